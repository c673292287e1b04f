// What the checks say, in every language but their own.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const { known, saidIn } = await import(join(process.env.MODULES, "app/review/said.mjs"));
const root = new URL("../../src", import.meta.url).pathname;
const texts = new URL("../src/texts", import.meta.url).pathname;
const read = (name) => readFileSync(join(root, name), "utf8").replace(/\/\*[^]*?\*\//g, "");
const tables = Object.fromEntries(readdirSync(texts).filter((name) => name.startsWith("said."))
  .map((name) => [name.split(".")[1], JSON.parse(readFileSync(join(texts, name), "utf8"))]));

// Formats that read, or that put two names together.
const INWARD = ["{} {} {}", "{} {}", "{} {}%n", "{} {} {} %*f %lf"];

// Every literal of more than one word: a check says nothing that is not one.
function literals(name) {
  return [...read(name).replace(/^#include.*$/gm, "").matchAll(/"((?:[^"\\]|\\.)*)"(?:\s*"((?:[^"\\]|\\.)*)")*/g)]
    .map(([whole]) => [...whole.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1]).join(""))
    .filter((one) => /[a-z%].* |^ /.test(one)).map((one) => one.replace(/%\d*(?:zu|[sdu])/g, "{}"))
    .filter((one) => !INWARD.includes(one));
}

const sources = readdirSync(join(root, "checks"))
  .filter((name) => /\.(c|def|h)$/.test(name) && !/_test|fixture|_fuzz|^checks\.def|^reasons\.def/.test(name))
  .map((name) => `checks/${name}`);
const sentences = [...new Set([...sources, "ident/mrz_doubt.c", "ident/mrz_flaws.def"].flatMap(literals))];
const words = [
  ...[...read("ident/mrz_digits.def").matchAll(/^DIGIT\(\w+, (\w+),/gm)].map((one) => one[1]),
  ...[...read("vision/film/motions.def").matchAll(/^MOTION\((\w+)/gm)].map((one) => one[1]),
  "number", "surname", "expiry", "before", "passport", "identity_card", "residence_permit",
];

test("everything that a check can say is there in every language", () => {
  assert.ok(sentences.length > 200 && new Set(words).size > 14, "the sources were read");
  assert.ok(Object.keys(tables).length > 0);
  for (const [language, table] of Object.entries(tables)) {
    assert.deepEqual([...sentences, ...words].filter((one) => !table[one]), [], language);
  }
});

test("and loses nothing of what was filled in", () => {
  for (const [language, table] of Object.entries(tables)) {
    for (const [said, text] of Object.entries(table)) {
      const places = said.split("{}").length - 1;
      const used = [...text.matchAll(/\{(\d)\}/g)].map((one) => Number(one[1])).sort();
      assert.deepEqual(used, Array.from({ length: places }, (_, at) => at + 1), `${language}: ${said}`);
    }
  }
});

test("what was filled in is translated where it is a sentence, a word or a list of them", () => {
  const french = known(tables.fr);
  const says = (said, text) => assert.equal(saidIn(french, said), text);
  says("they differ: number, birth date", "ils diffèrent : numéro, date de naissance");
  says("all 4 check digits agree", "les 4 chiffres de contrôle concordent");
  says("they agree, but letters were exchanged", "ils concordent, mais des lettres ont été échangées");
  says("3 of 4 in order and time; turn_left was not seen: look yourself (few pictures a second)",
    "3 sur 4 dans l’ordre et à temps ; pas vu : tête à gauche ; à vous de voir (peu d’images par seconde)");
  says("3 of 5 in order and time; look_up was not seen, either time: look yourself (the face was lost for a time)",
    "3 sur 5 dans l’ordre et à temps ; pas vu, ni la première fois ni la seconde : tête levée ; " +
    "à vous de voir (le visage a été perdu un moment)");
  says("4 of 5 in order and time; look_up was not seen: look yourself",
    "4 sur 5 dans l’ordre et à temps ; pas vu : tête levée ; à vous de voir");
  says("all 4 check digits agree, the number's counts its filler",
    "les 4 chiffres de contrôle concordent, celui du numéro compte son remplissage");
  says("turn_left before it was asked for", "tête à gauche avant la demande");
  says("the sex is none of M, F, X and <, the expiry is not a date",
    "le sexe n’est ni M, ni F, ni X, ni <, l’expiration n’est pas une date");
  says("written by Photoshop 25", "écrit par Photoshop 25");
  says("folds to the zone, but the print reads otherwise", "va avec la zone, mais l’impression se lit autrement");
  says("a sentence of another day", null);
  says("number, a sentence of another day", null);
});
