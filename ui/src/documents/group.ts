// Rows of models into countries with their kinds: one line a kind, from the
// earliest day of issue that some model of it has.
import type { AcceptedDocument } from "../shared/types";

export interface Kind {
  kind: string;
  name: string;
  from: string; // "" for any day
  sides: number;
}

export interface Country {
  code: string;
  name: string;
  kinds: Kind[];
}

export function byCountry(rows: AcceptedDocument[], language: string): Country[] {
  const countries = new Map<string, Country>();
  for (const row of rows) {
    const country = countries.get(row.country) ??
      { code: row.country, name: row.country_name, kinds: [] };
    countries.set(row.country, country);
    const known = country.kinds.find((one) => one.kind === row.kind);
    const name = row.kind_name.charAt(0).toUpperCase() + row.kind_name.slice(1);
    if (!known) {
      country.kinds.push({ kind: row.kind, name, from: row.valid_from, sides: row.sides });
    } else if (row.valid_from < known.from) known.from = row.valid_from;
  }
  return [...countries.values()].sort((a, b) => a.name.localeCompare(b.name, language));
}
