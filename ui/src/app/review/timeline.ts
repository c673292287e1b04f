// What stands on a film's time line, in parts of its length.
import type { Asked, Happened, FilmPart, Source, Verdict } from "../../shared/types";

export interface Stretch {
  name: string;
  fromMs: number;
  toMs: number;
  left: number; // in percent
  width: number;
}

const WIDTH_MIN = 1.2;

export function stretch(name: string, fromMs: number, toMs: number, length: number): Stretch {
  const from = Math.min(Math.max(0, fromMs), length);
  const to = Math.min(Math.max(from, toMs), length);
  const width = Math.max(WIDTH_MIN, ((to - from) / length) * 100);
  return { name, fromMs: from, toMs: to, width, left: Math.min((from / length) * 100, 100 - width) };
}

// A prompt stands until the next one. The page's time is the recording's own;
// the server's, where the page gave none.
const momentOf = (one: Asked) => one.shown_ms || one.asked_ms;

export function promptStretches(prompts: Asked[], length: number): Stretch[] {
  const seen = prompts.filter((one, index) => index === 0 || momentOf(one) > 0)
    .sort((a, b) => momentOf(a) - momentOf(b));
  return seen.map((one, index) => {
    const next = seen[index + 1];
    return stretch(one.name, momentOf(one), next ? momentOf(next) : length, length);
  });
}

export function promptAt(prompts: Stretch[], ms: number): Stretch | null {
  return [...prompts].reverse().find((one) => one.fromMs <= ms) ?? null;
}

export function eventStretches(events: Happened[], part: FilmPart, length: number): Stretch[] {
  return events.filter((one) => one.source === part)
    .map((one) => stretch(one.name, one.from_ms, one.to_ms, length));
}

export const partOf = (source: Source | null | undefined): FilmPart | null =>
  source === "face" || source === "document" || source === "compared" ? source : null;

// What passes is not drawn: a line full of good news hides the bad.
export function verdictsOn(verdicts: Verdict[], part: FilmPart, marked: Verdict | null): Verdict[] {
  return verdicts.filter((one) => one.span && partOf(one.source) === part &&
    (one.verdict !== "pass" || one === marked));
}

// All but one action was seen, and that one is for the operator to look for.
export const isMissed = (one: Verdict) =>
  one.name === "challenge_followed" && one.verdict === "unsure" && Boolean(one.span);

// Where the keys "." and "," go.
export function nextMoment(moments: number[], ms: number, forward: boolean): number | null {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  return (forward
    ? sorted.find((one) => one > ms)
    : sorted.reverse().find((one) => one < ms - 300)) ?? null;
}
