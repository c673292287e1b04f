// The case that "next" answered, on its way to the page that shows it without
// asking the server again: so it must be of whoever is signed in then.
import { post } from "../../shared/api";
import type { Review } from "../../shared/types";
import { fetchGiven } from "./ahead";

let handed: Review | null = null;
let signOuts = 0;

export function takeHanded(id: string): Review | null {
  const one = handed?.id === id ? handed : null;
  handed = null;
  return one;
}

// Nobody's after a sign-out, nor is what is still on its way.
export function dropHanded(): void {
  handed = null;
  signOuts += 1;
}

export async function takeNext(): Promise<Review | null> {
  const before = signOuts;
  const got = await post<Review | null>("/v1/reviews/next");
  if (signOuts !== before) return null;
  if (got) fetchGiven(got);
  handed = got;
  return got;
}
