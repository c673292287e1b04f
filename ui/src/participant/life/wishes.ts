// How a person wants to be told: aloud or not, with more time or not, with
// colours of the screen or without. Kept for this tab only.
import type { Pace } from "./pace";

export interface Wishes { aloud: boolean; pace: Pace; lights: boolean }

const NAME = "recording-wishes";

// Whoever asked their device for little motion is not shone at unasked.
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// What a prompt is called aloud and in writing. A screen that stays dark is not
// said to shine.
export function toldAs(prompt: string, lights: boolean): string {
  return !lights && prompt.startsWith("light_") ? "look_ahead" : prompt;
}

export function readWishes(): Wishes {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME) ?? "{}") as Partial<Wishes>;
    return {
      aloud: kept.aloud !== false, pace: kept.pace === "slow" ? "slow" : "usual",
      lights: kept.lights ?? !calm(),
    };
  } catch {
    return { aloud: true, pace: "usual", lights: !calm() };
  }
}

export function keepWishes(wishes: Wishes): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(wishes));
  } catch {
    // then they are asked for again
  }
}
