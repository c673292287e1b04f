// Every screen the journey does not reach, on the pages' mock: asked again,
// refused, another way to identify, the ends, operators, French, dark, large
// and small. Each is judged by axe against WCAG 2.2 AA.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { coveredCase } from "./covered.mjs";
import { faults } from "./faults.mjs";
import { lifeScreens } from "./life.mjs";
import {
  appears, cameraFile, cleanUp, DESK, IN_FIREFOX, inTrouble, listen, ok, openBrowser,
  openParticipantBrowser, PHONE, ROOT, run, screen, shot, tabsBehindCamera, test,
} from "./lib.mjs";
import { reviewScreens } from "./review-screens.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SPECIMENS = join(ROOT, "tests/specimens");
const complaints = [];
let base = "";
let current = null;

const mock = spawn(process.execPath, [join(ROOT, "ui/mock/server.mjs")], {
  stdio: ["ignore", "pipe", "ignore"],
});
base = await new Promise((resolve) => {
  mock.stdout.once("data", (data) => resolve(String(data).trim()));
});
const browser = IN_FIREFOX ? await openParticipantBrowser()
  : await openBrowser(cameraFile(join(SPECIMENS, "demo_card_front.jpg"), "--blurred"));
inTrouble(() => shot(current, "trouble-screen"));

async function open(viewport, more = {}) {
  const mobile = viewport.width < 600;
  const context = await browser.newContext({
    viewport, locale: "en-GB", timezoneId: "Europe/Paris",
    ...(!IN_FIREFOX && {
      permissions: ["camera"], deviceScaleFactor: mobile ? 2 : 1, isMobile: mobile, hasTouch: mobile,
    }), ...more,
  });
  const page = await context.newPage();
  // Firefox lets no events of a script's own reach a track, unless asked to.
  if (IN_FIREFOX) {
    await page.addInitScript(() => {
      MediaStreamTrack.prototype.addEventListener = function hearAll(type, heard) {
        EventTarget.prototype.addEventListener.call(this, type, heard, false, true);
      };
    });
  }
  listen(page, complaints);
  current = page;
  return page;
}

// WIDTHS="360 768 1280 1920" looks at every screen at these widths as well.
const WIDTHS = (process.env.WIDTHS ?? "").split(" ").filter(Boolean).map(Number);
const isWide = (page) => page.evaluate(() =>
  document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

// Would it stand in a language that runs from right to left?
async function isWideTurned(page) {
  const turn = (dir) => page.evaluate((to) => { document.documentElement.dir = to; }, dir);
  await turn("rtl");
  const wide = await isWide(page);
  await turn("");
  return wide;
}

async function sweep(page, name) {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 700 ? 780 : 900 });
    await shot(page, `${name}-at-${width}`);
    if (await isWide(page)) ok(false, `${name} fits ${width} pixels`);
  }
  if (WIDTHS.length > 0) await page.setViewportSize(before);
}

async function judge(page, name) {
  await shot(page, name);
  await sweep(page, name);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return result.violations.map((one) =>
      `${one.id}: ${one.nodes.slice(0, 2).map((node) => node.target.join(" ")).join(", ")}`);
  });
  const wide = await isWide(page);
  const turned = await isWideTurned(page);
  ok(found.length === 0 && !wide && !turned,
    `${name} meets WCAG 2.2 AA${found.length ? `: ${found.join("; ")}` : ""}${wide ? ": wider than the screen" : ""}${turned ? ": wider from right to left" : ""}`);
}

// the mock's API, as a member would use it

async function cookieOf(email) {
  const answer = await fetch(`${base}/v1/login`, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password: "demo" }),
  });
  return answer.headers.get("set-cookie").split(";")[0];
}

const owner = await cookieOf("owner@demo.example");

async function ask(fullname, more = {}) {
  const applicant = `p${Math.random().toString(36).slice(2, 8)}@example.org`;
  const answer = await fetch(`${base}/v1/registrations`, {
    method: "POST", headers: { "Content-Type": "application/json", Cookie: owner },
    body: JSON.stringify({ applicant, level: "lcp", fullname, ...more }),
  });
  return answer.json();
}

// A participant by the API, as the journey has proved the pages.
async function participant(link) {
  const token = link.split("#")[1];
  let cookie = "";
  const call = async (path, body, type = "application/json") => {
    const answer = await fetch(base + path, {
      method: "POST", body: type.endsWith("json") ? JSON.stringify(body) : body,
      headers: { "Content-Type": type, Cookie: cookie },
    });
    cookie ||= answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    return answer.json();
  };
  const session = await call("/v1/session", { token });
  return { ...session, act: (path, body = {}, type = undefined) =>
    call(`/v1/session/${session.id}/${path}`, body, type) };
}

async function toConsent(link) {
  const one = await participant(link);
  await one.act("name", { accept: true, fullname: one.fullname });
  await one.act("phone-code", { phone_number: "+33612345678" });
  const box = await (await fetch(`${base}/outbox`)).text();
  await one.act("phone-code/check", { code: box.match(/\b\d{6}\b/)[0] });
  return one;
}

async function toDocument(link, withPictures = false) {
  const one = await toConsent(link);
  await one.act("consent");
  await one.act("agreement");
  if (!withPictures) return;
  await one.act("document", { country: "FRA", kind: "identity_card" });
  for (const side of ["front", "back"]) {
    await one.act(`document/${side}`, readFileSync(join(SPECIMENS, `demo_card_${side}.jpg`)), "image/jpeg");
  }
}

async function upload(page, file) {
  await page.setInputFiles("[data-test=file]", join(SPECIMENS, file));
  await screen(page, "document-look");
  await test(page, "use-picture").click();
}

// participant

// Scripts came and texts did not.
async function withoutTexts() {
  for (const path of ["/", "/r#x", "/revoke"]) {
    const page = await open(PHONE);
    await page.route(/\/assets\/[a-z]+\.(en|fr)-/, (route) => route.abort());
    await page.goto(`${base}${path}`);
    ok(await appears(page.locator("#textless")), `${path} without its texts says so`);
    await judge(page, `screen-textless-${path.replace(/\W/g, "")}`);
  }
}

async function declines() {
  const page = await open(PHONE);
  const { url } = await ask("Marie Dupont", { fullname_type: "prerequisite" });
  await page.goto(url);
  await screen(page, "welcome");
  await judge(page, "screen-welcome");
  await test(page, "start").click();
  await screen(page, "name");
  ok(await test(page, "name-correct").count() === 0, "a name that is prerequisite cannot be edited");
  await judge(page, "screen-name-fixed");
  await test(page, "name-no").click();
  await judge(page, "screen-name-refuse");
  await test(page, "name-refuse").click();
  await screen(page, "declined");
  ok(!(await page.locator(".foot").textContent()).includes("open until") &&
    await page.locator("a[href^='mailto:']").count() === 1, "what has ended is open no more, and says once whom to ask");
  await judge(page, "screen-declined");
}

async function typesName() {
  const page = await open(PHONE);
  const { url } = await ask(undefined);
  await page.goto(url);
  await test(page, "start").click();
  await screen(page, "name");
  await page.fill("[name=fullname]", "Cher");
  await test(page, "name-save").click();
  ok(await appears(page.locator(".field .error")), "one word is not a whole name");
  await judge(page, "screen-name-typed");
  await page.fill("[name=fullname]", "Cher Sarkisian");
  await test(page, "name-save").click();
  await screen(page, "phone");
  await page.fill("[name=phone]", "12");
  await test(page, "phone-send").click();
  ok(await appears(page.locator(".field .error")), "two digits are not a phone number");
  await judge(page, "screen-phone");
}

async function cardAndAgain() {
  const page = await open(PHONE);
  const { url } = await ask("Ada Martin Again");
  await toDocument(url);
  await page.goto(url);
  await screen(page, "document-choose");
  await page.fill("[name=country]", "fran");
  await judge(page, "screen-country");
  await test(page, "country-FRA").click();
  await judge(page, "screen-kind");
  await test(page, "kind-identity_card").click();
  await screen(page, "document-prepare");
  await judge(page, "screen-prepare");
  await test(page, "open-camera").click();
  await test(page, "camera").waitFor();
  await page.waitForTimeout(3500);
  ok(await test(page, "camera").isVisible(), "a blurred picture is not taken by itself");
  await judge(page, "screen-camera-blurred");
  ok(!await tabsBehindCamera(page), "no key gets behind the camera");
  await test(page, "shutter").click();
  await screen(page, "document-look");
  ok(true, "the button takes it all the same");
  await judge(page, "screen-look");
  await test(page, "retake-picture").click();
  await page.setInputFiles("[data-test=file]", join(SPECIMENS, "README.md"));
  ok(await appears(page.locator(".notice.bad")), "a file that is no picture is refused at once");
  await upload(page, "demo_card_front.jpg");
  await page.getByText("Back of the document").first().waitFor();
  await upload(page, "demo_card_back.jpg");
  await screen(page, "document-ready");
  await judge(page, "screen-ready");
  await test(page, "complete").click();
  await screen(page, "waiting");
  await judge(page, "screen-waiting");
  await screen(page, "ask_again");
  await judge(page, "screen-ask-again");
  ok(await test(page, "attempts-left").count() === 1, "so does what has to be taken again");
  await test(page, "again").click();
  await screen(page, "document-prepare");
  ok(await appears(test(page, "retake")), "the picture that was refused is asked for with its reason");
  await judge(page, "screen-retake");
}

async function mistypedName() {
  const page = await open(PHONE);
  const { url } = await ask("Ida Lovlace Mistyped");
  await toDocument(url);
  await page.goto(url);
  await test(page, "country-FRA").click();
  await test(page, "kind-passport").click();
  await upload(page, "demo_passport.jpg");
  await screen(page, "document-ready");
  await test(page, "complete").click();
  await page.getByText("The name differs").waitFor();
  await judge(page, "screen-name-again");
  ok(/2/.test(await test(page, "attempts-left").textContent()), "a name that differs tells how often it may be tried");
  await page.fill("[name=fullname]", "Ida Lovelace");
  await test(page, "name-save").click();
  await screen(page, "waiting");
  ok(true, "a corrected name is checked without new pictures");
}

async function refusedThenPerson() {
  const page = await open(PHONE, { colorScheme: "dark" });
  const { url } = await ask("Olga Petrova Refused");
  await toDocument(url);
  await page.goto(url);
  await test(page, "country-FRA").click();
  await test(page, "kind-passport").click();
  await upload(page, "demo_passport.jpg");
  await screen(page, "document-ready");
  await test(page, "complete").click();
  await screen(page, "refused");
  ok((await page.locator("main").textContent()).includes("can make a new request"),
    "who is refused reads how to come by a certificate all the same");
  await judge(page, "screen-refused-dark");
  await test(page, "ask-a-person").click();
  await screen(page, "in_review");
  await judge(page, "screen-in-review-dark");
}

async function revokesOwn() {
  const page = await open(PHONE);
  await page.goto(`${base}/revoke`);
  await screen(page, "revoke");
  ok(await test(page, "revoke").isDisabled(), "nothing is revoked without a code");
  await page.fill("[name=email]", "ada@example.org");
  await test(page, "revoke-send").click();
  await test(page, "revoke-sent").waitFor();
  await page.fill("[name=code]", "654321");
  await test(page, "revoke").click();
  await judge(page, "screen-revoke-sure");
  await test(page, "revoke-yes").click();
  ok(await appears(page.locator(".field .error")), "a wrong code is refused at its field");
  await judge(page, "screen-revoke-own");
  await page.fill("[name=code]", "123456");
  await test(page, "revoke").click();
  await test(page, "revoke-yes").click();
  await screen(page, "revoke-done");
  await judge(page, "screen-revoke-done");
}

// The link of an expiry notice: begins, or says why it does not.
async function renews() {
  const page = await open(PHONE);
  await page.goto(`${base}/renew#ended`);
  await screen(page, "renew");
  await judge(page, "screen-renew");
  await test(page, "renew").click();
  await test(page, "failure").waitFor();
  ok(await test(page, "renew").count() === 0, "what has ended is not offered again");
  ok(!(await page.locator("main").textContent()).includes("ends soon"), "nor said to end soon");
  await judge(page, "screen-renew-ended");
  await page.goto("about:blank");
  await page.goto(`${base}/renew#good`);
  await test(page, "renew").click();
  await screen(page, "bad_link");
  ok(new URL(page.url()).pathname === "/r", "a renewal leads to its request");
}

// Public: no login, no link.
async function publicRepository() {
  for (const [viewport, name, more] of [[PHONE, "phone", {}], [DESK, "desk-dark", { colorScheme: "dark" }]]) {
    const page = await open(viewport, more);
    await page.goto(`${base}/repository`);
    await screen(page, "repository");
    await test(page, "authority-root").waitFor();
    ok(await page.locator(".authority").first().getAttribute("data-test") === "authority-root",
      "the root stands first");
    ok(await page.locator(".late").count() === 1, "a list that is late is said to be");
    await judge(page, `screen-repository-${name}`);
    await page.selectOption("[data-test=language]", "fr");
    ok(await appears(page.getByText("Dépôt public")), "the repository speaks French");
    await test(page, "policy-pds-fr").scrollIntoViewIfNeeded();
    await judge(page, `screen-repository-${name}-fr`);
  }
}

async function acceptedDocuments() {
  for (const [viewport, name] of [[PHONE, "phone"], [DESK, "desk"]]) {
    const page = await open(viewport);
    await page.goto(`${base}/accepted-documents`);
    await screen(page, "accepted");
    await test(page, "country-FRA").waitFor();
    await judge(page, `screen-accepted-${name}`);
    await page.fill("[name=country]", "germ");
    ok(await test(page, "country-DEU").isVisible() &&
      await test(page, "country-FRA").count() === 0, "a country is found by its name");
    await page.selectOption("[data-test=language]", "fr");
    ok(await appears(page.getByText("Documents d’identité acceptés")), "the list speaks French");
  }
}

async function blurredAtOnce() {
  const page = await open(PHONE);
  const { url } = await ask("Paul Blurred");
  await toDocument(url);
  await page.goto(url);
  await test(page, "country-FRA").click();
  await test(page, "kind-passport").click();
  await upload(page, "demo_passport.jpg");
  await test(page, "retake").waitFor();
  ok((await test(page, "retake").textContent()).includes("blurred"), "a picture turned back says why");
  await judge(page, "screen-turned-back");
}

async function noCamera() {
  const page = await open(PHONE);
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return; // Firefox's empty page
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.answers = [
      () => new Promise(() => undefined),
      () => Promise.reject(new DOMException("no", "NotAllowedError")), real,
    ];
    navigator.mediaDevices.getUserMedia = (wish) => window.answers[0](wish);
  });
  const { url } = await ask("Ida Nocamera");
  await toDocument(url);
  await page.goto(url);
  await test(page, "country-FRA").click();
  await test(page, "kind-passport").click();
  await test(page, "open-camera").click();
  ok(await appears(page.getByText("please allow it")), "a question of the browser's that is overlooked is pointed at");
  await judge(page, "screen-camera-asking");
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.answers.shift());
  await test(page, "open-camera").click();
  await test(page, "camera-trouble").waitFor();
  ok(await test(page, "allow").getAttribute("data-browser") === (IN_FIREFOX ? "firefox" : "chrome") && await test(page, "file").count() === 1,
    "a camera that is not allowed is said, with the way to allow it and the other way");
  await judge(page, "screen-camera-trouble");
  await page.evaluate(() => window.answers.shift());
  await test(page, "camera-again").click();
  await page.waitForFunction(() => document.querySelector("video")?.videoWidth > 0);
  ok(true, "once allowed, one press opens it");
  await page.evaluate(() => document.querySelector("video").srcObject.getVideoTracks()[0]
    .dispatchEvent(new Event("ended")));
  ok(await appears(test(page, "camera-trouble")), "a camera that is lost before the picture is told");
  await judge(page, "screen-camera-lost");
}

async function ends() {
  const page = await open(PHONE);
  await page.goto(`${base}/r#nothing-here`);
  await screen(page, "bad_link");
  await judge(page, "screen-bad-link");
  const one = await ask("Karl Cancelled");
  await fetch(`${base}/v1/registrations/${one.id}/cancel`, { method: "POST", headers: { Cookie: owner } });
  await page.goto("about:blank");
  await page.goto(one.url);
  await screen(page, "cancelled");
  await judge(page, "screen-cancelled");
  await page.route("**/v1/session", (route) => route.abort());
  await page.goto("about:blank");
  await page.goto(one.url);
  await screen(page, "trouble");
  await judge(page, "screen-offline");
}

async function frenchOnDesk() {
  const page = await open(DESK);
  const { url } = await ask("Zoé Lindqvist");
  await page.goto(url);
  await screen(page, "welcome");
  await page.selectOption("[data-test=language]", "fr");
  await page.getByText("Commencer").waitFor();
  ok(await page.locator("html").getAttribute("lang") === "fr", "the page speaks French when asked");
  await judge(page, "screen-welcome-desk-fr");
  await test(page, "start").click();
  await screen(page, "name");
  await judge(page, "screen-name-desk-fr");
}

// members and operators

async function signIn(page, email) {
  await page.goto(`${base}/`);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", "demo");
  await test(page, "login").click();
}

async function member() {
  const page = await open(DESK);
  await page.goto(`${base}/`);
  await page.fill("[name=email]", "owner@demo.example");
  await page.fill("[name=password]", "wrong");
  await test(page, "login").click();
  await test(page, "login-failed").waitFor();
  await judge(page, "screen-login-failed");
  await signIn(page, "owner@demo.example");
  await test(page, "requests").waitFor();
  await judge(page, "screen-requests");
  await page.fill("[name=query]", "lefevre");
  await page.waitForFunction(() => document.querySelectorAll("[data-test=request]").length === 1);
  ok(true, "the search finds Lefèvre without the accent");
  await page.fill("[name=query]", "nobody at all");
  await page.locator(".empty").waitFor();
  await judge(page, "screen-nothing-found");
  await test(page, "several").click();
  await page.fill("[name=csv]", "email,level,name\nada@example.org,lcp,Ada Martin\nbroken,lcp,Bob\n");
  await test(page, "report").waitFor();
  await judge(page, "screen-several");
  await test(page, "send-several").click();
  await page.locator("[data-test=report] a").waitFor();
  ok(await page.locator("[data-test=report] a").count() === 1, "of two lines the good one is created");
  await page.goto(`${base}/#/certificates`);
  await test(page, "certificate").first().click();
  await test(page, "revoke").click();
  ok(await test(page, "revoke-yes").isDisabled(), "revoking needs a confirmation");
  await judge(page, "screen-revoke");
  await page.locator(".check input").check();
  await test(page, "revoke-yes").click();
  await page.locator("[data-status=revoked]").waitFor();
  await judge(page, "screen-revoked");
  await page.goto(`${base}/#/workspace`);
  await judge(page, "screen-workspace");
  await page.goto(`${base}/#/personal`);
  await judge(page, "screen-personal");
}

async function memberElsewhere() {
  const dark = await open(DESK, { colorScheme: "dark", locale: "fr-FR" });
  await signIn(dark, "owner@demo.example");
  await test(dark, "requests").waitFor();
  ok(await dark.locator("nav a span, nav a").evaluateAll((all) => all.every((one) => one.offsetHeight < 50)),
    "each section stands on one line of the sidebar, in French too");
  ok(await dark.locator(".table-box").evaluate((one) => one.scrollWidth <= one.clientWidth), "and no column of the list is cut");
  await judge(dark, "screen-requests-dark-fr");
  await test(dark, "create").click();
  await test(dark, "request-form").waitFor();
  await judge(dark, "screen-form-dark-fr");
  const phone = await open(PHONE);
  await signIn(phone, "owner@demo.example");
  await test(phone, "requests").waitFor();
  await judge(phone, "screen-requests-phone");
  await phone.locator("[data-test=request] a").first().click();
  await test(phone, "request-detail").waitFor();
  await judge(phone, "screen-detail-phone");
  const off = await open(DESK);
  await signIn(off, "off@demo.example");
  await test(off, "feature-off").waitFor();
  await judge(off, "screen-feature-off");
}

// ONLY="spent offlineForAWhile" walks these alone. In Firefox it is what may go
// wrong with a camera, a page and a line: there, another browser may differ.
const OTHER_BROWSER = "noCamera withoutCamera interrupted byPhone closedMidway offlineForAWhile twoWindows";
const ONLY = (process.env.ONLY ?? (IN_FIREFOX ? OTHER_BROWSER : "")).split(" ").filter(Boolean);
const tools = { open, judge, ask, toConsent, toDocument, base, participant, upload, signIn };
const STEPS = [
  // first: later ones send cases of their own to the operators
  coveredCase, reviewScreens, withoutTexts, declines, typesName, cardAndAgain, mistypedName, revokesOwn, renews,
  publicRepository, acceptedDocuments, refusedThenPerson, blurredAtOnce, noCamera, ends,
  frenchOnDesk, ...lifeScreens, ...faults, member, memberElsewhere,
];

await run("the screens", async () => {
  for (const step of STEPS) {
    if (ONLY.length === 0 || ONLY.includes(step.name)) await step(tools);
  }
  ok(complaints.length === 0, `no page complains${complaints.length ? `: ${complaints.join(" | ")}` : ""}`);
}, async () => {
  await browser.close();
  mock.kill();
  cleanUp();
});
