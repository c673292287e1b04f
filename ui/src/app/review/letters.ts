// Where two readings of one field differ, letter by letter: for an eye that
// should not have to look for it. Case, marks and what stands between words
// are passed over; deciding is not done here.
import { fold } from "../../shared/format";
import { spellings } from "./differences";

export interface Piece {
  text: string;
  // other: not in the reading it is held against; lost: that has letters here
  kind: "same" | "other" | "lost";
}

const LENGTH_MAX = 200;
const ALIKE = 0.5; // with fewer letters in common, marking each would only confuse
const gap = (letter: string) => !/[\p{L}\p{N}]/u.test(letter);

interface Letter { text: string; key: string }

function lettersOf(text: string): Letter[] {
  return [...text.normalize("NFC")].slice(0, LENGTH_MAX).map((one) =>
    ({ text: one, key: gap(one) ? "" : fold(one) }));
}

// The longest row of letters that both have, as a table of its lengths.
function common(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i]![j] = a[i] === b[j]
        ? table[i + 1]![j + 1]! + 1
        : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}

function add(pieces: Piece[], kind: Piece["kind"], text: string): void {
  const last = pieces[pieces.length - 1];
  if (last?.kind === kind) last.text += kind === "lost" ? "" : text;
  else pieces.push({ kind, text: kind === "lost" ? "" : text });
}

// What of a reading is not in the one it is held against.
export function pieces(text: string, against: string): Piece[] {
  if (spellings(text).some((one) => spellings(against).includes(one))) {
    return [{ kind: "same", text }];
  }
  const mine = lettersOf(text);
  const theirs = lettersOf(against).filter((one) => one.key).map((one) => one.key);
  const real = mine.filter((one) => one.key);
  const table = common(real.map((one) => one.key), theirs);
  if ((table[0]?.[0] ?? 0) < ALIKE * Math.max(real.length, theirs.length) && real.length > 0) {
    return [{ kind: "other", text }];
  }
  const out: Piece[] = [];
  let i = 0;
  let j = 0;
  const skipLost = () => {
    let lost = false;
    while (j < theirs.length && (i >= real.length || (real[i]!.key !== theirs[j] &&
      table[i]![j + 1]! >= table[i + 1]![j]!))) {
      j += 1;
      lost = true;
    }
    return lost;
  };
  for (const letter of mine) {
    if (!letter.key) {
      add(out, "same", letter.text);
      continue;
    }
    const lost = skipLost();
    if (real[i]!.key === theirs[j]) {
      if (lost) addLost(out);
      add(out, "same", letter.text);
      j += 1;
    } else {
      add(out, "other", letter.text);
    }
    i += 1;
  }
  if (skipLost()) addLost(out);
  return out;
}

// A letter in another's place is one difference, not two.
function addLost(out: Piece[]): void {
  if (out[out.length - 1]?.kind !== "other") add(out, "lost", "");
}
