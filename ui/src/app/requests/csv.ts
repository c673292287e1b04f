// CSV as people's spreadsheets write it: comma, semicolon or tab, quotes or
// none, a byte order mark or none, a line of headings or none.
import { check, cleanPhone, EMPTY, NAME_TYPES, PHONE_TYPES, type Draft, type Wrong } from "./draft";
import { LEVELS, type Level } from "../../shared/types";

export const MOST_LINES = 500;

export interface Line {
  number: number; // as counted in the file, from 1
  draft: Draft;
  wrong: Wrong;
}

export interface Sheet {
  lines: Line[];
  unknown: string[]; // headings that mean nothing here
  tooMany: boolean;
}

const HEADINGS: Record<string, keyof Draft> = {
  applicant: "applicant", email: "applicant", "e-mail": "applicant",
  mail: "applicant", courriel: "applicant",
  level: "level", niveau: "level", mon_certificate_level: "level",
  fullname: "fullname", full_name: "fullname", name: "fullname", nom: "fullname",
  fullname_type: "fullname_type", name_type: "fullname_type",
  phone_number: "phone_number", phone: "phone_number", mobile: "phone_number",
  telephone: "phone_number", "téléphone": "phone_number",
  phone_number_type: "phone_number_type", phone_type: "phone_number_type",
  language: "language", langue: "language",
  redirect_url: "redirect_url",
};

const ORDER: (keyof Draft)[] = [
  "applicant", "level", "fullname", "phone_number", "language", "redirect_url",
];

export function separatorOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const counts = [";", ",", "\t"].map((mark) => first.split(mark).length);
  const most = Math.max(...counts);
  return most > 1 ? [";", ",", "\t"][counts.indexOf(most)]! : ",";
}

// Rows of cells with the line each began on.
export function cells(text: string): { number: number; cells: string[] }[] {
  const clean = text.replace(/^\uFEFF/, "");
  const separator = separatorOf(clean);
  const rows: { number: number; cells: string[] }[] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let began = 1;
  const endCell = () => { row.push(cell.trim()); cell = ""; };
  const endRow = () => {
    endCell();
    if (row.some(Boolean)) rows.push({ number: began, cells: row });
    row = [];
    began = line;
  };
  for (let i = 0; i < clean.length; i += 1) {
    const one = clean[i]!;
    if (one === "\n") line += 1;
    if (quoted) {
      if (one !== '"') cell += one;
      else if (clean[i + 1] === '"') { cell += '"'; i += 1; }
      else quoted = false;
    } else if (one === '"' && cell.trim() === "") { quoted = true; cell = ""; }
    else if (one === separator) endCell();
    else if (one === "\n") endRow();
    else if (one !== "\r") cell += one;
  }
  endRow();
  return rows;
}

export function readSheet(text: string, allowed: Level[]): Sheet {
  const rows = cells(text);
  const first = rows[0]?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const named = first.some((cell) => HEADINGS[cell] === "applicant");
  const columns = named ? first.map((cell) => HEADINGS[cell] ?? null) : ORDER;
  const unknown = named ? first.filter((cell) => cell && !HEADINGS[cell]) : [];
  const data = named ? rows.slice(1) : rows;
  const lines = data.slice(0, MOST_LINES).map(({ number, cells: values }) => {
    const draft = draftOf(columns, values);
    return { number, draft, wrong: { ...check(draft, allowed), ...words(draft) } };
  });
  markRepeated(lines);
  return { lines, unknown, tooMany: data.length > MOST_LINES };
}

function draftOf(columns: (keyof Draft | null)[], values: string[]): Draft {
  const draft: Draft = { ...EMPTY };
  columns.forEach((column, index) => {
    const value = values[index] ?? "";
    if (!column || !value) return;
    if (column === "level") {
      const level = value.toLowerCase().replace(/[^a-z]/g, "");
      draft.level = LEVELS.find((one) => one === level) ?? "";
    } else if (column === "phone_number") draft.phone_number = cleanPhone(value);
    else if (column === "language") draft.language = value.toLowerCase();
    else draft[column] = value;
  });
  return draft;
}

function words(draft: Draft): Wrong {
  const wrong: Wrong = {};
  if (!NAME_TYPES.includes(draft.fullname_type)) wrong.fullname_type = "type_wrong";
  if (!PHONE_TYPES.includes(draft.phone_number_type)) {
    wrong.phone_number_type = "type_wrong";
  }
  if (draft.language && !/^[a-z]{2}$/.test(draft.language)) {
    wrong.language = "language_wrong";
  }
  return wrong;
}

// The same address and level twice would only make the second fail.
function markRepeated(lines: Line[]): void {
  const seen = new Set<string>();
  for (const line of lines) {
    const key = `${line.draft.applicant.toLowerCase()} ${line.draft.level}`;
    if (seen.has(key) && !line.wrong.applicant) line.wrong.applicant = "repeated";
    seen.add(key);
  }
}
