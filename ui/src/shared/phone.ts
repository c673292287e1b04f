// Phone numbers as E.164. The server decides; this only joins a prefix chosen
// from a list with what a person types, and takes back a whole number.

export interface Prefix {
  country: string; // ISO 3166-1 alpha-2, for Intl.DisplayNames
  prefix: string;
}

const ROWS =
  "FR33 BE32 CH41 LU352 MC377 DE49 AT43 BG359 CY357 CZ420 DK45 EE372 ES34 " +
  "FI358 GB44 GR30 HR385 HU36 IE353 IS354 IT39 LI423 LT370 LV371 MT356 NL31 " +
  "NO47 PL48 PT351 RO40 SE46 SI386 SK421 DZ213 LB961 MA212 MG261 SN221 TN216 " +
  "CI225 CM237 GP590 MQ596 GF594 RE262 YT262 NC687 PF689 PM508 CA1 US1 AU61 " +
  "BR55 CN86 IN91 JP81 TR90 UA380";

export const PREFIXES: Prefix[] = ROWS.split(" ").map((row) => ({
  country: row.slice(0, 2),
  prefix: `+${row.slice(2)}`,
}));

// Where a leading 0 is dialled at home and left out after the prefix. Italy
// and a few others keep theirs.
const KEEPS_ZERO = new Set(["+39", "+225"]);

export function joinPhone(prefix: string, typed: string): string {
  const trimmed = typed.trim().replace(/\(0\)/g, "");
  const digits = trimmed.replace(/[^0-9]/g, "");
  if (trimmed.startsWith("+")) return `+${digits}`;
  if (trimmed.startsWith("00")) return `+${digits.slice(2)}`;
  if (digits === "") return "";
  const national = KEEPS_ZERO.has(prefix) ? digits : digits.replace(/^0/, "");
  return prefix + national;
}

export function isPhone(text: string): boolean {
  return /^\+[1-9][0-9]{6,14}$/.test(text);
}

export function splitPhone(
  number: string | null, fallback = "FR",
): { country: string; national: string } {
  const row = [...PREFIXES]
    .sort((a, b) => b.prefix.length - a.prefix.length)
    .find((one) => number?.startsWith(one.prefix));
  if (!number || !row) return { country: fallback, national: number ?? "" };
  return { country: row.country, national: number.slice(row.prefix.length) };
}

export function prefixOf(country: string): string {
  return PREFIXES.find((one) => one.country === country)?.prefix ?? "+33";
}

// Spaces for reading: +33 6 12 34 56 78.
export function spacedPhone(number: string | null): string {
  if (!number) return "";
  const { country, national } = splitPhone(number, "");
  if (!country) return number;
  const groups = national.length % 2 === 1
    ? [national.slice(0, 1), ...(national.slice(1).match(/../g) ?? [])]
    : national.match(/../g) ?? [];
  return `${prefixOf(country)} ${groups.join(" ")}`;
}
