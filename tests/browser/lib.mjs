// What the browser tests share: TAP, a browser of Debian's with a fake
// camera, pictures of screens, and the demo's outbox.
//
// BROWSER=firefox takes Debian's Firefox, driven by WebDriver BiDi, for the
// participant and for operators; members stay in Chromium.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, firefox } from "playwright-core";
import { addSoftKey, SOFT_KEY_PREFS } from "./soft-key.mjs";

const HERE = new URL(".", import.meta.url).pathname;
export const ROOT = join(HERE, "../..");
export const BASE = (process.env.BASE_URL ?? "http://localhost:8080").replace(/\/$/, "");
const SHOTS = process.env.SHOTS
  ? join(process.env.SHOTS, process.env.BROWSER === "firefox" ? "firefox" : "") : "";
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 860 };

// tests

let count = 0;
let failed = 0;

export function ok(condition, sentence) {
  count += 1;
  if (!condition) failed += 1;
  console.log(`${condition ? "ok" : "not ok"} ${count} - ${sentence}`);
  return Boolean(condition);
}

export function finish() {
  console.log(`1..${count}`);
  console.log(`# ${count - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

// The first thing that does not appear ends the run: the rest hangs on it.
export async function run(name, work, clean) {
  try {
    await work();
  } catch (error) {
    ok(false, `${name}: ${String(error.message ?? error).split("\n").slice(0, 3).join(" ")}`);
    await onTrouble?.().catch(() => undefined);
  } finally {
    await clean();
    finish();
  }
}

let onTrouble = null;
export function inTrouble(work) {
  onTrouble = work;
}

// browser

const scratch = mkdtempSync(join(tmpdir(), "paraph-browser-"));

export function cameraFile(specimen, ...options) {
  const out = join(scratch, `camera${options.join("")}.mjpeg`);
  execFileSync(process.env.PYTHON ?? "/usr/bin/python3", [join(HERE, "camera.py"), specimen, out, ...options]);
  return out;
}

export async function openBrowser(camera) {
  const args = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
  ];
  if (camera) args.push(`--use-file-for-fake-video-capture=${camera}`);
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args,
  });
}

// The participant's browser. Firefox plays no file as its camera: who wants a
// picture before it holds one there (tools/faces/fake-camera.mjs).
export const IN_FIREFOX = process.env.BROWSER === "firefox";

export async function openParticipantBrowser(camera) {
  if (!IN_FIREFOX) return openBrowser(camera);
  return launchFirefox({
    "media.navigator.streams.fake": true,
    "media.navigator.permission.disabled": true,
  });
}

const launchFirefox = (firefoxUserPrefs, args = []) => firefox.launch({
  channel: "moz-firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", args, firefoxUserPrefs,
});

let softKey = null; // of the whole browser

// The operators' browser: one that has passkeys to test with.
export async function openOperatorBrowser() {
  if (!IN_FIREFOX) return openBrowser();
  const port = 20000 + Math.floor(Math.random() * 20000);
  const browser = await launchFirefox(SOFT_KEY_PREFS(port), ["--marionette"]);
  softKey = await addSoftKey(port);
  browser.on("disconnected", () => softKey.close());
  return browser;
}

// Firefox has no phone to pretend: its window is as small as one.
export function phoneLook(more = {}) {
  const look = { locale: "en-GB", timezoneId: "Europe/Paris", viewport: PHONE, ...more };
  if (IN_FIREFOX) return look;
  return { ...look, deviceScaleFactor: 2, isMobile: true, hasTouch: true, permissions: ["camera"] };
}

// An administrator's code for somebody's first passkey.
export function enrolmentCode(email) {
  return execFileSync(process.env.PARAPH, ["member", "enrol-code", email]).toString().trim();
}

// A passkey of the browser's own, in Chromium in this page alone: it has a
// person who is always there and always verified, until told otherwise.
export async function addAuthenticator(page) {
  if (softKey) return softKey;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true,
      hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  const tell = (method, more) => devtools.send(`WebAuthn.${method}`, { authenticatorId, ...more });
  return {
    verified: (isUserVerified) => tell("setUserVerified", { isUserVerified }),
    credentials: async () => (await tell("getCredentials")).credentials,
  };
}

export function cleanUp() {
  rmSync(scratch, { recursive: true, force: true });
}

// Answers that are meant; a style that the driver wants in Firefox for shots.
const HARMLESS = /status of (4\d\d|503)|ERR_FAILED|ERR_INTERNET_DISCONNECTED|blocked an inline style \(style-src-elem\)/;

// What the console says when a page breaks its own policy or throws.
export function listen(page, complaints) {
  const hear = (text) => { if (!HARMLESS.test(text)) complaints.push(text); };
  page.on("pageerror", (error) => hear(String(error)));
  page.on("console", (message) => { if (message.type() === "error") hear(message.text()); });
}

export async function shot(page, name, settle = 250) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.waitForTimeout(settle);
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

export const test = (page, name) => page.locator(`[data-test="${name}"]`);

// Cases are drawn: others are put back until the operator holds this one.
export async function drawCase(page, id) {
  await page.goto(`${BASE}/#/review`);
  await page.evaluate(async (wanted) => {
    for (let i = 0; i < 500; i += 1) {
      const { id: drawn } = await (await fetch("/v1/reviews/next", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: "{}",
      })).json();
      if (drawn === wanted) return;
      await fetch(`/v1/reviews/${drawn}/release`, { method: "POST" });
    }
    throw new Error("it is never drawn");
  }, id);
  await test(page, "queue-mine").waitFor();
  await page.keyboard.press("n");
  await test(page, "review-case").waitFor();
}

export async function screen(page, name, timeout = 20_000) {
  await page.locator(`[data-screen="${name}"]`).waitFor({ timeout });
}

// A page draws a moment after it is pressed: wait for what should appear.
export async function appears(locator, timeout = 10_000) {
  return locator.first().waitFor({ timeout }).then(() => true, () => false);
}

// demo

// LOGINS names the demo's JSON file: {"members": [{"role", "email", "password"}]}
export function loginOf(role, nth = 0) {
  if (process.env.MEMBER_EMAIL) {
    return { email: process.env.MEMBER_EMAIL, password: process.env.MEMBER_PASSWORD ?? "" };
  }
  if (!process.env.LOGINS) return { email: `${role}@demo.example`, password: "demo" };
  const rows = JSON.parse(readFileSync(process.env.LOGINS, "utf8")).members;
  const found = rows.filter((one) => one.role === role)[nth];
  if (!found) throw new Error(`${process.env.LOGINS} has no ${role}`);
  return found;
}

export async function outbox() {
  const answer = await fetch(`${BASE}/outbox`);
  if (!answer.ok) throw new Error(`the outbox answers ${answer.status}`);
  return (await answer.text()).replace(/<[^>]*>/g, " ").replace(/&amp;/g, "&");
}

export async function found(pattern, before) {
  const old = new Set(before.match(pattern) ?? []);
  for (let i = 0; i < 100; i += 1) {
    const fresh = ((await outbox()).match(pattern) ?? []).find((one) => !old.has(one));
    if (fresh) return fresh;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing like ${pattern} came to the outbox`);
}

export const LINK = /https?:\/\/\S+\/r#[\w.~-]+/g;
export const CODE = /\b\d{6}\b/g;

// Whether the keyboard gets to what the camera's screen hides.
export async function tabsBehindCamera(page) {
  for (let i = 0; i < 9; i += 1) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(() => document.activeElement === document.body ||
      document.activeElement === document.documentElement || Boolean(document.activeElement.closest(".camera")));
    if (!there) return true;
  }
  return false;
}
