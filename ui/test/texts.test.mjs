// Every language has every text, with the same blanks to fill, in the file of
// the page that shows it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { PARTS, texts, usesOf } from "./texts.mjs";

const src = new URL("../src", import.meta.url).pathname;
const en = texts("en");
const others = [...new Set(readdirSync(join(src, "texts"))
  .map((name) => name.split(".")[1]))].filter((name) => name !== "en");
const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort();

for (const language of others) {
  test(`${language} has the keys of English, in the same files and order`, () => {
    for (const part of PARTS) {
      assert.deepEqual(Object.keys(texts(language, part)), Object.keys(texts("en", part)), part);
    }
  });
  test(`${language} fills the same blanks as English`, () => {
    const theirs = texts(language);
    for (const key of Object.keys(en)) {
      assert.deepEqual(blanks(theirs[key] ?? ""), blanks(en[key]), key);
    }
  });
}

test("no text is empty", () => {
  for (const [key, text] of Object.entries(en)) assert.ok(text.trim(), key);
});

test("every text is used, and lies with the page that uses it", () => {
  const wanted = usesOf(Object.keys(en));
  for (const part of PARTS) {
    for (const key of Object.keys(texts("en", part))) {
      assert.ok(wanted[key], `${key} is never used`);
      assert.equal(part, wanted[key], `${key} belongs to ${wanted[key]}`);
    }
  }
});

test("no component holds a text of its own", () => {
  for (const path of sources(src)) {
    if (!path.endsWith(".tsx")) continue;
    const found = readFileSync(path, "utf8")
      .match(/<(?:p|h1|h2|span|strong|li|dt|dd|th|td|legend)[^>={]*>\s*[A-Z][a-z]+ [a-z]+/);
    assert.equal(found, null, path);
  }
});

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

// The server's own lists: a word these pages do not know would be shown raw.
const root = join(src, "../../src");
const rows = (file, macro) => [...readFileSync(join(root, file), "utf8")
  .matchAll(new RegExp(`^${macro}\\("?(\\w+)"?`, "gm"))].map((one) => one[1]);

test("every state, step, reason and check of the server has its text", () => {
  const wanted = [
    ...rows("flow/states.def", "STATE").map((word) => `state.${word}`),
    ...rows("flow/steps.def", "STEP").map((word) => `step.${word}`),
    ...rows("checks/reasons.def", "REASON").map((word) => `reason.${word}`),
    ...rows("checks/checks.def", "CHECK").map((word) => `check.${word}`),
    ...rows("flow/events.def", "EVENT").map((word) => `act.${word}`),
    ...rows("flow/mails.def", "MAIL").map((word) => `message.${word}`),
    ...rows("flow/actors.def", "ACTOR").map((word) => `actor.${word}`),
    ...rows("flow/levels.def", "LEVEL").map((word) => `level.title.${word}`),
  ];
  assert.ok(wanted.length > 60, "the lists were read");
  for (const key of wanted) assert.ok(en[key], key);
});

// The history of a request tells each act of these kinds but those kept inward.
test("every act that workspaces are told has its text", () => {
  const quoted = /"((?:participant|evidence|registration)\.\w+)"/g;
  const said = (path) => [...readFileSync(path, "utf8").matchAll(quoted)].map((one) => one[1]);
  const inward = said(join(root, "web/registration_json.c"));
  const acts = readdirSync(join(root, "flow")).filter((name) => /\.c$/.test(name) && !name.endsWith("_test.c"))
    .flatMap((name) => said(join(root, "flow", name))).filter((act) => !inward.includes(act));
  assert.ok(inward.length > 3 && acts.length > 20, "the acts were read");
  for (const act of acts) assert.ok(en[`act.${act.split(".")[1]}`], act);
});

// One sentence for all of it: which step it came from would tell what was seen.
test("what is told of a suspicion names neither document nor face", () => {
  const kept = [...readFileSync(join(root, "checks/reasons.def"), "utf8")
    .matchAll(/^REASON\((\w+), false,/gm)].map((one) => one[1]);
  assert.ok(kept.length >= 4, "the list was read");
  for (const language of ["en", ...others]) {
    const theirs = texts(language);
    const told = theirs["reason.not_verified"];
    assert.doesNotMatch(told, /document|face|visage|recording|enregistrement/i, language);
    for (const one of kept) assert.equal(theirs[`reason.${one}`], told, `${language} ${one}`);
    assert.doesNotMatch(theirs["refused.title"], /document|face|visage/i, language);
  }
});

// Whoever reads only what was wrong tries the same again.
const NOTHING_TO_DO = ["name_differs", "not_verified", "too_young"];

test("each reason that can be mended says what to do", () => {
  const told = [...readFileSync(join(root, "checks/reasons.def"), "utf8")
    .matchAll(/^REASON\((\w+), true,/gm)].map((one) => one[1])
    .filter((one) => !NOTHING_TO_DO.includes(one));
  assert.ok(told.length > 25, "the list was read");
  for (const language of ["en", ...others]) {
    const theirs = texts(language);
    for (const one of told) assert.match(theirs[`reason.${one}`], /\. \S/, `${language} ${one}`);
  }
});
