// Why a case is here, where that says anything: levels that always ask an
// operator would say the same of each of their cases.
import { tWord } from "../../shared/text";

const ALWAYS = ["always", "level"];

export function whyText(why: string | null): string {
  return why && !ALWAYS.includes(why) ? tWord("review_why", why) : "";
}
