// Whether two readings of one field say the same. Folding is for showing a
// difference to a human, never for deciding anything.
import { fold } from "../../shared/format";

// Letters the machine-readable zone writes with two (ICAO 9303 part 3).
const DOUBLED: Record<string, string> = {
  å: "aa", ä: "ae", æ: "ae", ö: "oe", ø: "oe", œ: "oe", ü: "ue", ß: "ss",
  ñ: "nxx", þ: "th", ð: "d", ĳ: "ij",
};

function words(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// A name with its marks taken away, and as the zone would write it.
export function spellings(text: string): string[] {
  const doubled = text.toLowerCase().normalize("NFC")
    .replace(/[^\x00-\x7f]/g, (letter) => DOUBLED[letter] ?? letter);
  return [words(text), words(doubled)];
}

// True when two of the readings that are there share no spelling.
export function differs(values: (string | null)[]): boolean {
  const given = values.filter((one): one is string => Boolean(one)).map(spellings);
  return given.some((one, index) => given.slice(index + 1).some(
    (other) => !one.some((spelling) => other.includes(spelling)),
  ));
}

const CODE = /^[A-Z]{3}$/;

// The same of states: "FRANÇAISE" and "FRA" cannot be held against each other
// by their letters, nor "D" and "DEU"; two codes can.
export function codesDiffer(values: (string | null)[]): boolean {
  return new Set(values.filter((one) => one && CODE.test(one))).size > 1;
}
