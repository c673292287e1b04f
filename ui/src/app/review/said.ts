// What a check says to operators comes in English, with words and numbers
// filled in. For another language a table has each sentence, {} standing for
// what was filled in, and what it is there, {1} standing for the first of these.
// A test finds in it all that the checks can say.
import { language, withFrenchSpaces, type Language } from "../../shared/text";

type Sentences = Record<string, string>;
interface Pattern { pattern: RegExp; text: string }
interface Known { whole: Map<string, string>; filled: Pattern[] }

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// The one with the most words of its own comes first.
export function known(sentences: Sentences): Known {
  const all = Object.entries(sentences).sort(([a], [b]) => b.length - a.length);
  return {
    whole: new Map(all),
    filled: all.filter(([said]) => said.includes("{}")).map(([said, text]) => (
      { text, pattern: new RegExp(`^${said.split("{}").map(escaped).join("(.*?)")}$`, "s") })),
  };
}

// null: not in the table. What was filled in may be a sentence, a list, or
// something that has no translation.
export function saidIn(table: Known, said: string): string | null {
  const whole = table.whole.get(said);
  if (whole !== undefined) return whole;
  for (const { pattern, text } of table.filled) {
    const parts = pattern.exec(said)?.slice(1);
    if (!parts) continue;
    return text.replace(/\{(\d)\}/g, (_, at: string) => {
      const part = parts[Number(at) - 1] ?? "";
      return saidIn(table, part) ?? part;
    });
  }
  return listIn(table, said);
}

// What stands in a list may have commas of its own.
function listIn(table: Known, said: string): string | null {
  for (let at = said.indexOf(", "); at >= 0; at = said.indexOf(", ", at + 1)) {
    const first = table.whole.get(said.slice(0, at));
    const rest = first === undefined ? null : saidIn(table, said.slice(at + 2));
    if (rest !== null) return `${first}, ${rest}`;
  }
  return null;
}

const tables: { [one in Language]?: Known } = {};

export async function prepareSaid(): Promise<void> {
  const french = await import("../../texts/said.fr.json") as { default: Sentences };
  tables.fr = known(withFrenchSpaces(french.default));
}

// In which language it is, too: a sentence of a newer server is shown as it is.
export function said(sentence: string): { lang: Language; text: string } {
  const table = tables[language()];
  const text = table ? saidIn(table, sentence) : null;
  return text === null ? { lang: "en", text: sentence } : { lang: language(), text };
}
