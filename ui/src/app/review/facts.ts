// What can be said of a state's documents: from the tables by which they are
// read, from laws that are named, and from general knowledge that says so.
import type { DocumentModel } from "../../shared/types";
import { UNION } from "./features";
import { PERSONAL_NUMBERS, type PersonalNumber } from "./personal-numbers";
import { ALPHABETS, LETTERS, NUMBERS, VALIDITY } from "./tables";

export type Peculiarity =
  | "zone_d" | "no_vowels" | "no_letter_o" | "two_lines" | "fifteen_years"
  | "number_goes_on" | "personal_in_zone" | "first_digit_checks" | "british_codes"
  | "two_surnames" | "name_of_partner" | "name_of_use";

interface Peculiar {
  name: Peculiarity;
  country: string;
  kind?: string; // any
  own?: boolean; // of the state's own people: not on permits
  format?: string; // of the zone; any
  source?: string; // else general knowledge, to be confirmed
}

const PECULIAR: Peculiar[] = [
  { name: "number_goes_on", country: "BEL", kind: "identity_card", source: "ICAO 9303-5" },
  { name: "zone_d", country: "DEU", source: "ICAO 9303-3, section 5" },
  { name: "no_vowels", country: "DEU", kind: "identity_card" },
  { name: "no_vowels", country: "DEU", kind: "passport" },
  { name: "two_surnames", country: "ESP", own: true },
  { name: "personal_in_zone", country: "ESP", kind: "identity_card" },
  { name: "two_lines", country: "FRA", format: "FRA2" },
  { name: "fifteen_years", country: "FRA", format: "FRA2", source: "Décret nº 2013-1188" },
  { name: "name_of_use", country: "FRA" },
  { name: "british_codes", country: "GBR", source: "ICAO 9303-3, section 5" },
  { name: "no_letter_o", country: "NLD" },
  { name: "name_of_partner", country: "NLD" },
  { name: "first_digit_checks", country: "POL", kind: "identity_card" },
  { name: "two_surnames", country: "PRT", own: true },
];

export interface Facts {
  numbers: string[]; // how the document's are made: A a letter, 9 a digit, X either
  personal: PersonalNumber | null;
  // with accents, that names may have; "": the state's own letters come first,
  // and Latin ones without accents
  letters: string | null;
  spelt: [letter: string, inZone: string[]][];
  years: { most: number; longerFrom: number; source: string } | null;
  peculiar: { name: Peculiarity; source?: string }[];
}

// Only what is more than a basic letter with an accent: É is E everywhere.
const speltIn = (letters: string): Facts["spelt"] => [...letters].flatMap((letter) => {
  const zone = LETTERS.find(([capital]) => capital === letter)?.[3]?.split(" ") ?? [];
  return zone.length > 0 ? [[letter, zone] as [string, string[]]] : [];
});

// Of its own state before that of all. What the table has yet to confirm is told
// as general knowledge; and no law for cards of states that it does not bind.
function yearsOf(country: string, kind: string, format: string | null): Facts["years"] {
  if (format === "FRA2") return null; // a rule of its own, told as peculiar
  const row = VALIDITY.find(([of, what]) => (of === country || of === "") && what === kind);
  if (!row || isPermit(kind) || (kind === "identity_card" && !UNION.includes(country))) return null;
  const said = row[4]?.split(": ")[0] ?? "";
  return { most: Number(row[2]), longerFrom: Number(row[3]), source: said === "to be confirmed" ? "" : said };
}

// Whoever holds one is of another state: so are their names, and its number is
// of another series than that of the state's own card.
const isPermit = (kind: string | null) => kind === "residence_permit";

const numbersOf = (country: string, kind: string, layout: string) => isPermit(kind) ? []
  : NUMBERS.filter(([of, what]) => of === country && what === layout).map(([, , form]) => form ?? "");

export function factsOf(
  kind: string | null, country: string | null, model: DocumentModel | null,
): Facts {
  const format = model?.format ?? null;
  const letters = isPermit(kind) ? null : ALPHABETS.find(([of]) => of === country)?.[1] ?? null;
  const layout = model?.layout ?? (kind === "passport" ? "passport" : "card");
  return {
    numbers: numbersOf(country ?? "", kind ?? "", layout),
    personal: PERSONAL_NUMBERS.find((one) => one.country === country) ?? null,
    letters, spelt: speltIn(letters ?? ""),
    years: yearsOf(country ?? "", kind ?? "", format),
    peculiar: PECULIAR.filter((one) => one.country === country &&
      (one.kind ?? kind) === kind && !(one.own && isPermit(kind)) && (one.format ?? format) === format)
      .map(({ name, source }) => ({ name, ...(source && { source }) })),
  };
}
