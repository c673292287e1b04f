// How a person wants to be told: aloud or not, with more time or not. Kept for
// this tab only.
import type { Pace } from "./pace";

export interface Wishes { aloud: boolean; pace: Pace }

const NAME = "recording-wishes";

export function readWishes(): Wishes {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME) ?? "{}") as Partial<Wishes>;
    return { aloud: kept.aloud !== false, pace: kept.pace === "slow" ? "slow" : "usual" };
  } catch {
    return { aloud: true, pace: "usual" };
  }
}

export function keepWishes(wishes: Wishes): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(wishes));
  } catch {
    // then they are asked for again
  }
}
