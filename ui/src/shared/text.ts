// Texts by page and language. English decides which keys exist; the compiler
// refuses a key that is not there. A test refuses a language that lacks one,
// and a text that does not lie with the page that shows it.
import type app from "../texts/app.en.json";
import type participant from "../texts/participant.en.json";
import type open from "../texts/public.en.json";
import type review from "../texts/review.en.json";
import type shared from "../texts/shared.en.json";

// What a page may ask for; what is shared comes with each.
export type Part = "app" | "participant" | "public" | "review";
export type TextKey =
  | keyof typeof app | keyof typeof participant | keyof typeof open
  | keyof typeof review | keyof typeof shared;
type Values = Record<string, string | number>;
type Table = Record<string, string>;

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

const parts = new Set<Part | "shared">(["shared"]);
let table: Table = {};
let current: Language = "en";

export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

export function knownLanguage(wanted: string | null | undefined): Language {
  const short = (wanted ?? "").slice(0, 2).toLowerCase();
  return LANGUAGES.find((one) => one === short) ?? "en";
}

// French sets a space before ? ! : ; and inside « »; the mark must not begin a
// line of its own for it.
export function withFrenchSpaces(texts: Table): Table {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) =>
    [key, text.replace(/ ([?!:;»])/g, "\u00a0$1").replace(/« /g, "«\u00a0")]));
}

async function load(part: string, language: Language): Promise<Table> {
  const loaded = await import(`../texts/${part}.${language}.json`) as { default: Table };
  return language === "fr" ? withFrenchSpaces(loaded.default) : loaded.default;
}

// Adds these parts to what the page has asked for before.
export async function useLanguage(language: Language, ...more: Part[]): Promise<void> {
  const wanted = [...parts, ...more];
  const tables = await Promise.all(wanted.map((part) => load(part, language)));
  more.forEach((part) => parts.add(part));
  table = Object.assign({}, ...tables) as Table;
  current = language;
  document.documentElement.lang = language;
}

export function language(): Language {
  return current;
}

export function t(key: TextKey, values?: Values): string {
  return fill(table[key] ?? key, values);
}

// Keys made of a word of the server: the word itself stands in for a text
// that a newer server knows and these pages do not yet.
export function tWord(prefix: string, word: string | null | undefined, values?: Values): string {
  if (!word) return "";
  return fill(table[`${prefix}.${word}`] ?? word.replace(/_/g, " "), values);
}

export function has(key: string): boolean {
  return key in table;
}

// Texts with a count have two forms: key.one and key.other.
export function tCount(key: string, count: number, values: Values = {}): string {
  const rule = new Intl.PluralRules(current).select(count);
  const text = table[`${key}.${rule}`] ?? table[`${key}.other`] ?? key;
  return fill(text, { count, ...values });
}
