// Which texts a page's modules ask for. A page loads the files of texts that
// its main.tsx names, and the review its own when it is opened.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const src = new URL("../src", import.meta.url).pathname;
const OPENED = [
  ["app", "app/main.tsx"],
  ["participant", "participant/main.tsx"],
  ["public", "documents/main.tsx"],
  ["public", "renew/main.tsx"],
  ["public", "repository/main.tsx"],
  ["public", "revoke/main.tsx"],
  ["review", "app/review/section.tsx"],
];
export const PARTS = ["app", "participant", "public", "review", "shared"];

// The texts of one file, or all of a language.
export function texts(language, part) {
  const load = (name) =>
    JSON.parse(readFileSync(join(src, "texts", `${name}.${language}.json`), "utf8"));
  return part ? load(part) : Object.assign({}, ...PARTS.map(load));
}

function imported(path, name) {
  const found = ["", ".ts", ".tsx"]
    .map((end) => join(dirname(path), name) + end)
    .find((one) => /\.tsx?$/.test(one) && existsSync(one));
  return found ? [found] : [];
}

// What comes with a module; import() is what comes later.
function modulesOf(first) {
  const code = new Map();
  const open = [first];
  for (const path of open) {
    if (code.has(path)) continue;
    code.set(path, readFileSync(path, "utf8"));
    for (const [, name] of code.get(path)
      .matchAll(/^(?:import|export)(?! type)[^;]*?"(\.[^"]+)";/gm)) {
      open.push(...imported(path, name));
    }
  }
  return [...code.values()].join("\n");
}

// Failures name their texts by the server's words.
const MADE = ["field_error"];

function asksFor(code, key) {
  const families = [...code.matchAll(/\bt(?:Word|Count)\("([a-z_.]+)"/g)]
    .map((one) => one[1]).concat(MADE);
  return code.includes(`"${key}"`) ||
    families.some((family) => key.startsWith(`${family}.`));
}

// Where the review's texts lie, the page's own are there already.
function lowest(parts) {
  const pages = new Set(parts.map((one) => (one === "review" ? "app" : one)));
  if (pages.size > 1) return "shared";
  return parts.includes("app") ? "app" : parts[0];
}

// key -> the part in which it belongs; none for a key that nobody asks for.
export function usesOf(keys) {
  const opened = OPENED.map(([part, path]) => [part, modulesOf(join(src, path))]);
  return Object.fromEntries(keys.map((key) => [
    key, lowest(opened.filter(([, code]) => asksFor(code, key)).map(([part]) => part)),
  ]));
}
