// How long each prompt stands. The server cannot say while it goes on whether
// an action was seen; so there is time to read or hear it, to do it and to
// come back, and never less than the server draws. "slow" is for whoever needs
// longer; the server's time for a take leaves room for both (a test holds them
// against it). A light wants nothing but a still face: it stands as long as the
// server says.
import type { Part } from "../../shared/types";
import type { Prompt } from "./wire";

export type Pace = "usual" | "slow";

const LEAST: Record<Pace, Record<Part, number>> = {
  usual: { face: 2700, document: 4200 },
  slow: { face: 5500, document: 8000 },
};
const MARGIN = 80; // or a clock that is a little fast asks too soon
const HELD = 800; // after the last action, so that its end is in the picture
const LIGHTS = 5500; // all of them

export function standsFor(
  prompt: Pick<Prompt, "hold_ms" | "light">, part: Part, pace: Pace, ends: boolean,
): number {
  const least = prompt.light ? 0 : LEAST[pace][part];
  return Math.max(prompt.hold_ms + MARGIN, least) + (ends ? HELD : 0);
}

// Seconds to announce beforehand, in fives.
export function lengthOf(part: Part, pace: Pace, prompts: number): number {
  const lights = part === "face" ? LIGHTS : 0;
  return Math.ceil((prompts * LEAST[pace][part] + HELD + lights) / 5000) * 5;
}
