// Rows of the server's tables (src/**/*.def), as they were when the pages were
// built: what the reader of documents goes by is what operators are told.
import alphabets from "../../../../src/vision/print/alphabets.def?raw";
import letters from "../../../../src/ident/transliteration.def?raw";
import numbers from "../../../../src/vision/print/numbers.def?raw";
import validity from "../../../../src/ident/validity.def?raw";

const ROW = /^([A-Z]+)\((.*)\)\s*$/gm;
const CELL = /"([^"]*)"|([^\s,"]+)/g;

function rowsOf(text: string, name: string): string[][] {
  return [...text.matchAll(ROW)].filter((row) => row[1] === name).map((row) =>
    [...(row[2] ?? "").matchAll(CELL)].map((cell) => cell[1] ?? cell[2] ?? ""));
}

export const NUMBERS = rowsOf(numbers, "NUMBER"); // country, layout, form
export const ALPHABETS = rowsOf(alphabets, "ALPHABET"); // country, letters
export const LETTERS = rowsOf(letters, "LETTER"); // capital, small, folded, in zones
export const VALIDITY = rowsOf(validity, "VALIDITY"); // country, kind, years, longer from, source
