// The screens of the proof of life, of going on with a phone, and of the PIN,
// on the pages' mock. The recordings are real: made by the browser of its fake
// camera, sent in chunks whose chain the mock checks.
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { appears, DESK, IN_FIREFOX, ok, PHONE, ROOT, screen, tabsBehindCamera, test } from "./lib.mjs";

const QUICK = 30_000;

// tools: what screens.mjs has: open, judge, ask, toDocument, upload, base
export const lifeScreens = [
  consents, wholeOnPhone, withoutColours, ...(IN_FIREFOX ? [] : [withOwnColours]), turnedBack, askedAgain,
  withoutCamera, interrupted, spent, weakConnection, byPhone, picturesByPhone, withoutAnyCamera, wrongNumber, pins,
];

// A recording of one chunk, sent as the page would.
async function takeByApi(one, part) {
  const take = await one.act("takes", { part, media_type: "video/webm", hints: {} });
  for (let position = 0; position < take.prompts_total; position += 1) {
    await one.act(`takes/${take.id}/prompt`, { position });
  }
  const bytes = Buffer.from("1a45dfa3", "hex");
  const mac = createHmac("sha256", Buffer.from(take.key, "base64url"))
    .update(Buffer.from(take.chain, "hex")).update(Buffer.alloc(4))
    .update(createHash("sha256").update(bytes).digest()).digest("hex");
  await one.act(`takes/${take.id}/chunks/0?mac=${mac}`, bytes, "application/octet-stream");
  const shown = Array.from({ length: take.prompts_total }, (_, i) => i * 3000).join(" ");
  await one.act(`takes/${take.id}/finish`, { chunks: 1, mac, shown, hints: {} });
}

export async function lifeByApi(tools, link) {
  const one = await tools.participant(link);
  await takeByApi(one, "face");
  await takeByApi(one, "document");
  return one;
}

const frenchDark = { colorScheme: "dark", locale: "fr-FR" };

// As the journey does it, but with pictures sent by the API: at these levels
// the page takes no files.
export async function toLife(tools, page, name, more = {}) {
  const { url } = await tools.ask(name, { level: "qcp", ...more });
  await tools.toDocument(url, true);
  await page.goto(url);
  await screen(page, "life-face");
  return url;
}

export async function startRecording(page, part) {
  await test(page, "open-camera").click();
  await test(page, "record").waitFor();
  await page.waitForFunction(() => !document.querySelector("[data-test=record]").disabled);
  await test(page, "record").click();
  await page.locator(`[data-prompt=${part === "face" ? "look_ahead" : "show_front"}]`).waitFor();
}

export async function given(page) {
  await screen(page, "life-given");
  await page.waitForFunction(() => !document.querySelector("[data-test=complete]").disabled);
}

async function consents(tools) {
  const page = await tools.open(PHONE);
  const { url } = await tools.ask("Ada Martin", { level: "qcp" });
  await tools.toConsent(url);
  await page.goto(url);
  await screen(page, "consent");
  ok(await test(page, "consent-yes").isDisabled(), "biometric data need a consent of their own");
  await test(page, "consent-document").check();
  ok(await test(page, "consent-yes").isDisabled(), "consent to the document is not consent to the face");
  await test(page, "consent-biometric").check();
  await tools.judge(page, "screen-life-consent");
  await test(page, "consent-yes").click();
  await screen(page, "agreement");
}

// How many of the page's wishes for a screen that stays on hold.
const awake = (page) => page.evaluate(() => window.awake ?? 0);

async function countWishes(page) {
  await page.addInitScript(() => {
    window.awake = 0;
    const request = async () => {
      window.awake += 1;
      return { release: async () => { window.awake -= 1; } };
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
  });
}

// What the page has the device say, and how often it has it shake.
async function listen(page) {
  await page.addInitScript(() => {
    window.heard = [];
    window.felt = 0;
    window.SpeechSynthesisUtterance ??= class { constructor(text) { this.text = text; } };
    const voice = { getVoices: () => [], cancel() {}, speak: (one) => window.heard.push(one.text.trim()) };
    Object.defineProperty(window, "speechSynthesis", { value: voice, configurable: true });
    Object.defineProperty(navigator, "vibrate", { value: () => Boolean(window.felt += 1), configurable: true });
  });
}

async function wholeOnPhone(tools) {
  const page = await tools.open(PHONE);
  await countWishes(page);
  await listen(page);
  await toLife(tools, page, "Ada Martin");
  ok(IN_FIREFOX || await test(page, "to-phone").count() === 0, "a phone is not told to use a phone");
  await tools.judge(page, "screen-life-face");
  await test(page, "open-camera").click();
  await test(page, "record").waitFor();
  await page.waitForTimeout(1500);
  ok(await awake(page) === 1, "a screen that nobody touches stays on before the camera");
  await tools.judge(page, "screen-life-ready");
  await test(page, "record").click();
  await page.locator("[data-prompt=look_ahead]").waitFor();
  const shown = [];
  while (shown.length < 5) {
    const name = await test(page, "prompt").getAttribute("data-prompt");
    if (name && name !== shown[shown.length - 1]) shown.push(name);
    if (shown.length === 2) await tools.judge(page, "screen-life-recording");
    await page.waitForTimeout(100);
  }
  await page.locator("[data-prompt^=light_]").waitFor();
  const lit = await test(page, "light").evaluate((one) => one.style.backgroundColor);
  await tools.judge(page, "screen-life-light");
  await screen(page, "life-document", QUICK);
  ok(await awake(page) === 0, "and may go off when it is over");
  const { heard, felt } = await page.evaluate(() => ({ heard: window.heard.filter(Boolean), felt: window.felt }));
  ok(heard.length > shown.length && felt === heard.length,
    `each prompt is said and felt, the colours once for all: ${heard.join(" | ")}`);
  ok(true, "the face is recorded, prompt by prompt, and the document follows");
  ok(/^rgb\(/.test(lit), `the screen shines in colours: ${lit}`);
  await tools.judge(page, "screen-life-document");
  await startRecording(page, "document");
  await page.locator("[data-prompt=tilt_sideways]").waitFor();
  await tools.judge(page, "screen-life-document-recording");
  await screen(page, "life-given", QUICK);
  await tools.judge(page, "screen-life-looking");
  await given(page);
  await tools.judge(page, "screen-life-given");
  const takes = await (await fetch(`${tools.base}/mock/takes`)).json();
  const mine = takes.slice(-2);
  ok(mine.every((one) => one.state === "sent" && one.chunks > 3),
    `both came whole, in chunks while they were made: ${mine.map((one) => one.chunks).join(", ")}`);
  ok(mine.every((one) => one.hints.width > 0 && one.hints.label !== undefined && !("sound" in one.hints)),
    "what the camera says of itself goes with them");
  ok(await page.evaluate(() => !document.querySelector("video")), "the camera is off");
  await test(page, "complete").click();
  await screen(page, "waiting");
}

// The longest instruction, on a small phone that lies on its side.
async function wordsFitAside(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 568, height: 320 });
  const fits = await page.evaluate(() => {
    const card = document.querySelector(".life-card").cloneNode(true);
    card.querySelector(".life-words").textContent = "Turn your head to the right, then back";
    document.querySelector(".camera").append(card);
    const [outer, inner] = [card, card.querySelector(".life-words")].map((one) => one.getBoundingClientRect());
    card.remove();
    return inner.bottom <= outer.bottom && inner.right <= outer.right;
  });
  await page.setViewportSize(before);
  return fits;
}

// Colours of the reader's own take grounds away; the light is asked for as it is.
async function withOwnColours(tools) {
  const page = await tools.open(PHONE, { forcedColors: "active" });
  const ground = (one) => getComputedStyle(one).backgroundColor;
  await toLife(tools, page, "Ada Martin");
  const steps = await page.locator(".progress li").evaluateAll((all) =>
    all.map((one) => getComputedStyle(one).backgroundColor));
  ok(steps[0] !== steps[steps.length - 1], "in the reader's own colours, what is done differs from what is not");
  await tools.judge(page, "screen-own-colours");
  await startRecording(page, "face");
  ok(await page.locator(".life-now .dot").evaluate(ground) === "rgb(214, 48, 42)",
    "in the reader's own colours, the sign of a recording is red");
  await tools.judge(page, "screen-own-colours-recording");
  ok(await page.waitForFunction(() => {
    const one = document.querySelector("[data-test=light]");
    return one?.style.backgroundColor.startsWith("rgb(") &&
      getComputedStyle(one).backgroundColor === one.style.backgroundColor;
  }).then(() => true, () => false), "in the reader's own colours, the screen shines as asked");
}

// Whoever asked their device for little motion is not shone at.
async function withoutColours(tools) {
  const page = await tools.open(PHONE, { reducedMotion: "reduce" });
  await toLife(tools, page, "Ada Martin");
  ok(await test(page, "wish-dark").isChecked(), "little motion switches the colours off");
  await startRecording(page, "face");
  await page.locator("[data-prompt^=light_]").waitFor();
  const lit = await test(page, "light").evaluate((one) => one.style.backgroundColor);
  ok(lit === "transparent", `the prompt stands, the screen stays as it is: ${lit}`);
  ok(!(await test(page, "prompt").textContent()).includes("shines"), "nor is it said to shine");
  await screen(page, "life-document", QUICK);
}

async function turnedBack(tools) {
  const page = await tools.open(PHONE, frenchDark);
  await toLife(tools, page, "Ida Unseen", { language: "fr" });
  await test(page, "wish-aloud").uncheck().catch(() => undefined);
  await startRecording(page, "face");
  await page.locator("[data-screen=life-document], [data-test=retake]").first().waitFor({ timeout: QUICK });
  await test(page, "retake").waitFor({ timeout: QUICK });
  ok((await test(page, "retake").textContent()).includes("visage"), "a recording turned back says why");
  await tools.judge(page, "screen-life-turned-back-dark-fr");
}

async function askedAgain(tools) {
  const page = await tools.open(PHONE);
  const url = await toLife(tools, page, "Leo Still");
  await lifeByApi(tools, url);
  await page.reload();
  await given(page);
  await test(page, "complete").click();
  await screen(page, "life_again");
  await tools.judge(page, "screen-life-asked-again");
  await test(page, "again").click();
  await screen(page, "life-face");
  ok(true, "asked again after the check, only the recordings are made anew");
}

async function withoutCamera(tools) {
  const page = await tools.open(DESK);
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return; // Firefox's empty page
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await toLife(tools, page, "Ida Nocamera");
  await tools.judge(page, "screen-life-face-desk");
  await test(page, "open-camera").click();
  await test(page, "camera-trouble").waitFor();
  ok(await test(page, "to-phone").isVisible(), "a camera that is refused leaves another device");
  await tools.judge(page, "screen-life-no-camera");
}

async function spent(tools) {
  const page = await tools.open(PHONE);
  await toLife(tools, page, "Sam Spent");
  ok(await appears(test(page, "spent")) && await test(page, "open-camera").count() === 0,
    "after too many beginnings there is another way, said plainly");
  await tools.judge(page, "screen-life-spent");
}

async function interrupted(tools) {
  const page = await tools.open(DESK, { colorScheme: "dark" });
  await toLife(tools, page, "Ole Interrupted");
  await startRecording(page, "face");
  await page.waitForTimeout(700);
  await tools.judge(page, "screen-life-recording-desk");
  await page.evaluate(() => {
    const { srcObject } = document.querySelector("video");
    srcObject.getVideoTracks()[0].dispatchEvent(new Event("ended"));
  });
  await test(page, "stopped").waitFor();
  ok(true, "a camera that is lost ends the recording, with the reason");
  await page.waitForTimeout(3500);
  ok(await test(page, "stopped").isVisible(), "and stays ended when the next instruction would come");
  await tools.judge(page, "screen-life-stopped-dark");
  await test(page, "record-again").click();
  await page.waitForFunction(() => document.querySelector("[data-test=record]")?.disabled === false);
  await test(page, "record").click();
  await page.locator("[data-prompt=look_ahead]").waitFor();
  ok(await wordsFitAside(page), "the longest instruction fits a small phone on its side");
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await test(page, "stopped").waitFor();
  ok((await test(page, "stopped").textContent()).includes("left"), "a page that is left does not record on");
  await test(page, "record-again").click();
  await page.waitForFunction(() => document.querySelector("[data-test=record]")?.disabled === false);
  ok(!await tabsBehindCamera(page), "no key gets behind the camera's screen");
  await page.keyboard.press("Escape");
  await screen(page, "life-face");
  ok(true, "Escape closes the camera");
  await page.keyboard.press("Tab");
  ok(await page.evaluate(() => document.activeElement !== document.body),
    "and what it hid can be reached again");
}

async function weakConnection(tools) {
  const page = await tools.open(PHONE);
  await toLife(tools, page, "Max Flaky");
  await startRecording(page, "face");
  await page.waitForTimeout(3000);
  await page.route("**/chunks/**", (route) => route.abort());
  await page.locator(".life-net", { hasText: /\S/ }).waitFor();
  await tools.judge(page, "screen-life-weak");
  await screen(page, "life-sending", QUICK);
  await page.waitForTimeout(500);
  await tools.judge(page, "screen-life-sending");
  await page.unroute("**/chunks/**");
  await screen(page, "life-document", QUICK);
  ok(true, "what was recorded without a connection is sent when it is back");
}

async function byPhone(tools) {
  const desk = await tools.open(DESK);
  const url = await toLife(tools, desk, "Nils Phone");
  await test(desk, "to-phone").click();
  await test(desk, "qr").waitFor();
  await tools.judge(desk, "screen-handover");
  const first = await test(desk, "qr").getAttribute("data-address");
  const phone = await tools.open(PHONE);
  await phone.goto(first);
  await screen(phone, "landing");
  const told = await test(phone, "landing-facts").textContent();
  ok(told.includes("Atelier Demo") && told.includes("QCP-n") && told.includes("Firefox, Linux"),
    "the phone says who asks, for which level, and where it was begun");
  await tools.judge(phone, "screen-landing");
  await screen(desk, "handover-number");
  await tools.judge(desk, "screen-handover-number");
  const number = await test(desk, "number").textContent();
  await test(phone, `pick-${number}`).click();
  await screen(phone, "life-face");
  ok(true, "the phone that picks the right number goes on");
  await screen(desk, "handover-following");
  await tools.judge(desk, "screen-handover-following");
  await phone.reload();
  await screen(phone, "life-face");
  ok(true, "the phone's page may be loaded again");
  await lifeByApi(tools, url);
  await phone.reload();
  await given(phone);
  await test(phone, "complete").click();
  await screen(phone, "handed");
  await tools.judge(phone, "screen-handed");
  await desk.locator("[data-screen=waiting], [data-screen=confirm]").first().waitFor();
  ok(true, "the desktop goes on by itself");
}

// Files are not taken at these levels: a desktop without a good camera hands
// over before the first picture.
async function picturesByPhone(tools) {
  const desk = await tools.open(DESK);
  const { url } = await tools.ask("Pia Pictures", { level: "qcp" });
  await tools.toDocument(url);
  const one = await tools.participant(url);
  await one.act("document", { country: "FRA", kind: "passport" });
  await desk.goto(url);
  await screen(desk, "document-prepare");
  await tools.judge(desk, "screen-prepare-qualified-desk");
  await test(desk, "to-phone").click();
  await test(desk, "qr").waitFor();
  const phone = await tools.open(PHONE);
  await phone.goto(await test(desk, "qr").getAttribute("data-address"));
  await screen(phone, "landing");
  await screen(desk, "handover-number");
  await phone.reload();
  await screen(phone, "landing");
  ok(true, "a phone whose page is loaded again picks all the same");
  await test(phone, `pick-${await test(desk, "number").textContent()}`).click();
  await screen(phone, "document-prepare");
  ok(IN_FIREFOX || await test(phone, "to-phone").count() === 0, "the phone takes the pictures, and hands over to none");
  await screen(desk, "handover-following");
  await tools.judge(desk, "screen-handover-following-pictures");
  await one.act("document/front", readFileSync(join(ROOT, "tests/specimens/demo_passport.jpg")), "image/jpeg");
  ok(await appears(desk.locator(".given li:first-child .tick")), "the desktop follows the pictures");
  await phone.reload();
  await screen(phone, "life-face");
  ok(await appears(desk.locator("[data-screen=handover-following]")), "and the recordings, without another code");
}

async function withoutAnyCamera(tools) {
  const page = await tools.open(DESK, { locale: "fr-FR" });
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotFoundError"));
  });
  const { url } = await tools.ask("Nora Nocamera", { level: "qcp", language: "fr" });
  await tools.toDocument(url);
  await (await tools.participant(url)).act("document", { country: "FRA", kind: "passport" });
  await page.goto(url);
  await test(page, "open-camera").click();
  await test(page, "camera-trouble").waitFor();
  await tools.judge(page, "screen-no-camera-fr");
  await test(page, "to-phone").click();
  ok(await appears(test(page, "qr")), "a computer without a camera leads to a phone from the first picture on");
}

async function wrongNumber(tools) {
  const desk = await tools.open(DESK);
  await toLife(tools, desk, "Uwe Wrong");
  await test(desk, "to-phone").click();
  await test(desk, "qr").waitFor();
  const phone = await tools.open(PHONE);
  await phone.goto(await test(desk, "qr").getAttribute("data-address"));
  await screen(phone, "landing");
  await screen(desk, "handover-number");
  const number = await test(desk, "number").textContent();
  await phone.locator(`.picks button:not([data-test=pick-${number}])`).first().click();
  await screen(phone, "landing-ended");
  await tools.judge(phone, "screen-landing-wrong");
  await screen(desk, "handover-ended");
  ok(true, "a wrong number ends the try, and the desktop is told");
  await tools.judge(desk, "screen-handover-ended");
  await test(desk, "handover-again").click();
  await test(desk, "qr").waitFor();
  const again = await test(desk, "qr").getAttribute("data-address");
  await phone.goto("about:blank");
  await phone.goto(again);
  await screen(phone, "landing");
  await test(phone, "pick-none").click();
  await screen(phone, "landing-ended");
  await phone.goto("about:blank");
  await phone.goto(again);
  await screen(phone, "landing-late");
  await tools.judge(phone, "screen-landing-late");
  ok(true, "a code works once");
}

async function pins(tools) {
  const page = await tools.open(PHONE);
  const url = await toLife(tools, page, "Pia Pin", { level: "qcpnqscd" });
  const one = await lifeByApi(tools, url);
  await page.waitForTimeout(2600);
  await one.act("complete");
  await page.reload();
  await screen(page, "confirm");
  await test(page, "confirm-yes").click();
  await screen(page, "pin");
  await tools.judge(page, "screen-pin");
  await page.fill("[name=pin]", "123456");
  ok(await page.locator("[data-rule=no_run].unmet").count() === 1 && await test(page, "pin-set").isDisabled(),
    "a run of digits is no PIN");
  await tools.judge(page, "screen-pin-weak");
  await page.fill("[name=pin]", "120488");
  await page.fill("[name=pin_again]", "120489");
  await test(page, "pin-set").click();
  ok(await appears(page.locator(".field .error")), "two different PINs are not taken");
  await page.fill("[name=pin_again]", "120488");
  await test(page, "pin-set").click();
  await page.locator(".field .error").waitFor();
  ok(await page.inputValue("[name=pin]") === "", "what the server turns back is gone from the page");
  await tools.judge(page, "screen-pin-turned-back");
  await page.fill("[name=pin]", "920517");
  await page.fill("[name=pin_again]", "920517");
  await test(page, "pin-set").click();
  await screen(page, "done", QUICK);
  ok(await appears(test(page, "pin-kept")), "the end says that nobody can recover the PIN");
  await tools.judge(page, "screen-done-pin");
}
