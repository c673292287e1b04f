// Texts by language. English decides which keys exist; the compiler refuses a
// key that is not there, and a test refuses a language that lacks one.
import type en from "../texts/en.json";

export type TextKey = keyof typeof en;
type Values = Record<string, string | number>;
type Table = Record<string, string>;

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

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

export async function useLanguage(language: Language): Promise<void> {
  const loaded = language === "fr"
    ? await import("../texts/fr.json")
    : await import("../texts/en.json");
  table = language === "fr" ? withFrenchSpaces(loaded.default) : loaded.default;
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
