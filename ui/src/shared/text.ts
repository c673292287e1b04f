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

// What the page has asked for, in the language it has now.
const tables = new Map<Part | "shared", Table>([["shared", {}]]);
let table: Table = {};
let current: Language = "en";
let wanted: Language = "en";

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

function keep(loaded: [Part | "shared", Table][]): void {
  for (const [part, texts] of loaded) tables.set(part, texts);
  table = Object.assign({}, ...tables.values()) as Table;
}

// Adds these parts to what the page has asked for before. Of two that are
// chosen at once the last one counts, whichever comes first.
export async function useLanguage(language: Language, ...more: Part[]): Promise<void> {
  wanted = language;
  const parts = [...new Set([...tables.keys(), ...more])];
  const loaded = await Promise.all(parts.map(async (part): Promise<[Part | "shared", Table]> =>
    [part, await load(part, language)])).catch((error) => {
    if (language === wanted) wanted = current;
    throw error;
  });
  if (language !== wanted) return;
  keep(loaded);
  current = language;
  document.documentElement.lang = language;
}

// Of a page's section that comes later, in whatever language it is by then.
export async function addTexts(part: Part): Promise<void> {
  let asked: Language;
  let loaded: Table;
  do {
    asked = wanted;
    loaded = await load(part, asked);
  } while (asked !== wanted);
  keep([[part, loaded]]);
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
