// What is spoken and felt while a person looks at the camera and not at words:
// a voice of the page's language or none, one sentence at a time.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

const voice = await import(join(process.env.MODULES, "participant/life/voice.mjs"));

// A device that speaks with these voices; what it was told, in its order.
function device(...languages) {
  const told = [];
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) { this.text = text; }
  };
  globalThis.speechSynthesis = {
    getVoices: () => languages.map((lang) => ({ lang })),
    cancel: () => told.push("hush"),
    speak: ({ text, lang }) => told.push(`${lang}: ${text}`),
  };
  return told;
}

function silent() {
  delete globalThis.speechSynthesis;
}

function shaking(vibrate) {
  Object.defineProperty(globalThis, "navigator", { value: { vibrate }, configurable: true, writable: true });
}

test("a prompt is spoken in the page's language, and ends the one before", () => {
  const told = device("de-DE", "fr-FR");
  voice.speak("Regardez vers le haut", "fr");
  assert.deepEqual(told, ["hush", "fr: Regardez vers le haut"]);
});

test("no voice of another language speaks", () => {
  const told = device("de-DE", "en-US");
  assert.equal(voice.canSpeak("fr"), false);
  voice.speak("Regardez vers le haut", "fr");
  assert.deepEqual(told, []);
});

test("a language is known by any of its countries", () => {
  device("FR-ca");
  assert.equal(voice.canSpeak("fr"), true);
});

test("where voices are named later it is tried", () => {
  const told = device();
  voice.speak("Look up", "en");
  assert.equal(told.at(-1), "en: Look up");
});

test("the press that begins a recording wakes the voice", () => {
  const told = device("en-GB");
  voice.wakeVoice("en");
  assert.equal(told.at(-1), "en:  ");
});

test("what is being said ends when it is switched off", () => {
  const told = device("en-GB");
  voice.hush();
  assert.deepEqual(told, ["hush"]);
});

test("a device that cannot speak is asked nothing", () => {
  silent();
  assert.equal(voice.canSpeak("en"), false);
  voice.speak("Look up", "en");
  voice.hush();
});

test("a prompt is felt where the device shakes", () => {
  const felt = [];
  shaking((ms) => felt.push(ms));
  voice.buzz();
  assert.equal(felt.length, 1);
  assert.ok(felt[0] >= 30 && felt[0] <= 200, `${felt[0]} ms`);
});

test("a device that does not shake, or may not, goes on", () => {
  shaking(undefined);
  voice.buzz();
  shaking(() => { throw new Error("not allowed"); });
  voice.buzz();
});
