// How long something is kept, in words: years where they are whole.
import { yearsOf } from "./format";
import { tCount } from "./text";

export function durationText(days: number): string {
  const years = yearsOf(days);
  return years ? tCount("duration.years", years) : tCount("duration.days", days);
}
