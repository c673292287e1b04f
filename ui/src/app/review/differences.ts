// Whether two readings of one field say the same. Folding is for showing a
// difference to a human, never for deciding anything.
import { fold } from "../../shared/format";

export function plain(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// The readings that disagree with the first that is there.
export function differs(values: (string | null)[]): boolean {
  const given = values.filter((one): one is string => Boolean(one)).map(plain);
  return new Set(given).size > 1;
}
