// QCP-n and QCP-n-qscd whole, in a real browser: a participant before a camera
// that shows an invented person doing what the page asks, an operator with a
// passkey who decides, a PIN, and the certificate.
//
//   BASE_URL= LOGINS= PEOPLE=folder node qualified.mjs
//
// PEOPLE holds what tools/faces makes: passport.jpg with truth.json, face/ and
// document/ with a clip for each prompt. OPERATOR is "e-mail password"; ENROL
// a command that makes the signer believe the passkey whose owner and
// fingerprint follow it.
// LEVELS: "qcp qcpnqscd".
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  addAuthenticator, appears, BASE, cameraFile, cleanUp, CODE, drawCase, enrolmentCode, found, inTrouble, listen, ok,
  openBrowser, openParticipantBrowser, outbox, phoneLook, run, screen, shot, test,
} from "./lib.mjs";
import { sitBefore } from "../../tools/faces/fake-camera.mjs";

const PEOPLE = process.env.PEOPLE;
const NAME = "Chiara Lo Presti";
const SURNAME = "Lo Presti";
const PIN = "27182845";
const KEY = JSON.parse(readFileSync(process.env.LOGINS, "utf8")).api_key;
const PASSPORT = cameraFile(join(PEOPLE, "passport.jpg"));
const LEVELS = (process.env.LEVELS ?? "qcp qcpnqscd").split(" ");
const WATCHED = 120_000; // a recording is looked at within
const complaints = [];
const browser = await openBrowser();
const theirs = await openParticipantBrowser();
let ownKey = "";
let current = null;
inTrouble(() => shot(current, "trouble-qualified"));

async function ask(level) {
  const answer = await fetch(`${BASE}/v1/registrations`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${KEY}` },
    body: JSON.stringify({
      applicant: `chiara.${level}.${Date.now().toString(36)}@example.org`, level,
      fullname: NAME, fullname_type: "suggestion",
    }),
  });
  const registration = await answer.json();
  ok(answer.status === 201, `${level}: a certificate is asked for`);
  return registration;
}

async function participant() {
  const context = await theirs.newContext(phoneLook());
  const page = await context.newPage();
  listen(page, complaints);
  await sitBefore(page, {
    face: join(PEOPLE, "face"), document: join(PEOPLE, "document"), picture: PASSPORT,
  });
  current = page;
  return page;
}

async function prove(page, what) {
  const before = await outbox();
  await test(page, `${what}-send`).click();
  await page.locator("[name=code]").waitFor();
  await page.fill("[name=code]", await found(CODE, before));
}

async function identify(page, url) {
  await page.goto(url);
  await screen(page, "welcome");
  await test(page, "start").click();
  await screen(page, "name");
  await test(page, "name-yes").click();
  await page.locator("[data-screen=email], [data-screen=phone]").first().waitFor();
  if (await page.locator("[data-screen=email]").count()) await prove(page, "email");
  await screen(page, "phone");
  await page.selectOption("[name=country]", "FR");
  await page.fill("[name=phone]", "06 12 34 56 78");
  await prove(page, "phone");
  await screen(page, "consent");
  await test(page, "consent-document").check();
  await test(page, "consent-biometric").check();
  await test(page, "consent-yes").click();
  await screen(page, "agreement");
  await test(page, "terms").focus();
  await page.keyboard.press("End");
  await page.waitForTimeout(400);
  await test(page, "agreement-yes").click();
  await screen(page, "document-choose");
}

// Before the evidence, because the operator signs for it.
async function bringKey(page) {
  await test(page, "own-key-choice").locator("summary").click();
  const words = "req -new -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout /dev/null -subj /CN=Anybody";
  const request = execFileSync("openssl", words.split(" "), { stdio: ["ignore", "pipe", "ignore"] });
  await test(page, "own-key-paste").fill(request.toString());
  await test(page, "own-key-use").click();
  ok(await appears(test(page, "own-key-digest")), "qcp: a key of one's own is taken before the evidence");
  await shot(page, "qualified-qcp-own-key");
  ownKey = execFileSync("openssl", ["req", "-pubkey", "-noout"], { input: request }).toString();
}

// At these levels the page takes no file: the passport lies before its camera.
async function photograph(page, level) {
  await test(page, "country-ITA").click();
  await test(page, "kind-passport").click();
  await screen(page, "document-prepare");
  ok(await page.locator("input[type=file]").count() === 0, `${level}: the page takes no file`);
  await test(page, "open-camera").click();
  await test(page, "camera").waitFor();
  await page.waitForFunction(() => document.querySelector("video")?.videoWidth > 0);
  await shot(page, `qualified-${level}-camera`, 150);
  const itself = await page.locator("[data-screen=document-look]")
    .waitFor({ timeout: 15_000 }).then(() => true, () => false);
  if (!itself) await test(page, "shutter").click();
  await screen(page, "document-look");
  await test(page, "use-picture").click();
  await page.locator("[data-screen=life-face], [data-screen=document-ready], [data-test=retake]")
    .first().waitFor({ timeout: 60_000 });
  await shot(page, `qualified-${level}-taken`);
  await screen(page, "life-face", 60_000);
  ok(true, `${level}: the page's camera takes the passport's picture, and it is read`);
}

async function record(page, part) {
  await test(page, "open-camera").click();
  await test(page, "record").waitFor();
  await page.waitForFunction(() => !document.querySelector("[data-test=record]").disabled);
  await shot(page, `qualified-${part}-ready`);
  await test(page, "record").click();
  await page.locator("[data-prompt]").first().waitFor();
  await page.waitForTimeout(4000);
  await shot(page, `qualified-${part}-prompt`, 0);
}

// A machine that is too busy loses frames; who is asked again does it again.
async function again(page, level) {
  console.log(`# ${level}: asked to record again: ${await page.locator(".notice").first().textContent()}`);
  await test(page, "again").click();
  await live(page, level);
}

async function live(page, level) {
  await shot(page, "qualified-intro");
  await record(page, "face");
  await screen(page, "life-document", 60_000);
  ok(true, `${level}: the face is recorded`);
  await record(page, "document");
  await screen(page, "life-given", 60_000);
  await shot(page, "qualified-given");
  await page.waitForFunction(
    () => document.querySelector("[data-test=complete]")?.disabled === false, null, { timeout: WATCHED });
  ok(true, `${level}: both recordings are looked at`);
  await test(page, "complete").click();
  await page.locator("[data-screen=in_review], [data-screen=life_again], [data-screen=refused]")
    .first().waitFor({ timeout: WATCHED });
  if (await page.locator("[data-screen=life_again]").count()) return again(page, level);
  await screen(page, "in_review", WATCHED);
  ok(true, `${level}: the case goes to an operator`);
  await shot(page, "qualified-in-review");
}

// the operator

async function operator() {
  const [email, password] = process.env.OPERATOR.split(" ");
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Paris",
  });
  const page = await context.newPage();
  listen(page, complaints);
  await addAuthenticator(page);
  current = page;
  await page.goto(`${BASE}/`);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await test(page, "login").click();
  await page.fill("[name=enrolment_code]", enrolmentCode(email));
  await test(page, "add-passkey").click();
  await test(page, "passkey-go-on").click();
  await test(page, "prove-passkey").click();
  await test(page, "queue").waitFor();
  // what the operator's own page shows, and reads out to the custodians
  const fingerprint = await page.evaluate(async () =>
    (await (await fetch("/v1/me/passkeys")).json()).data[0].fingerprint);
  execFileSync("bash", ["-c", `${process.env.ENROL} "$0" "$1"`, email, fingerprint], { stdio: "pipe" });
  ok(true, "two custodians enrol the operator's passkey");
  return page;
}

async function approve(page, id, level) {
  current = page;
  await drawCase(page, id);
  await page.locator(".pane img, .pane canvas").first().waitFor();
  await page.waitForTimeout(1500);
  await shot(page, `qualified-${level}-case`);
  ok(await test(page, "results").count() === 0, `${level}: the machine is silent before the opinion`);
  for (const answer of ["1", "1", "1"]) await page.keyboard.press(answer);
  await page.keyboard.press("Enter");
  await test(page, "results").waitFor();
  await shot(page, `qualified-${level}-results`);
  const machine = await test(page, "machine").textContent();
  console.log(`# the machine: ${machine}`);
  for (const view of ["face", "document"]) {
    await page.keyboard.press("v");
    await page.locator("canvas").first().waitFor();
    await page.waitForTimeout(800);
    await shot(page, `qualified-${level}-film-${view}`);
  }
  ok(true, `${level}: both films play in the console`);
  await page.keyboard.press("d");
  await page.keyboard.press("1");
  await test(page, "approval").waitFor();
  const key = await test(page, "approve-own-key").textContent();
  ok(level === "qcp" ? key.includes("P-256") : !key.includes("P-256"),
    `${level}: the approval says whose key it is for`);
  await shot(page, `qualified-${level}-approval`);
  await page.keyboard.press("Enter");
  const ended = await appears(page.locator("[data-outcome=approved]"), 30_000);
  ok(ended, `${level}: the operator's passkey signs the approval`);
  if (!ended) throw new Error(await page.locator(".notice").first().textContent());
}

// the end

async function receive(page, level) {
  current = page;
  await screen(page, "confirm", 60_000);
  const text = await page.locator(".facts").textContent();
  ok(text.includes(SURNAME), `${level}: the data to be certified are the document's`);
  await test(page, "confirm-yes").click();
  if (level === "qcpnqscd") await choosePin(page);
  await screen(page, "done", 60_000);
  ok(true, `${level}: the certificate is issued`);
  await shot(page, `qualified-${level}-done`);
}

async function choosePin(page) {
  await screen(page, "pin", 30_000);
  await page.fill("[name=pin]", "123456");
  await page.fill("[name=pin_again]", "123456");
  await shot(page, "qualified-pin-refused");
  ok(await test(page, "pin-set").isDisabled(), "a PIN that runs up is refused");
  await page.fill("[name=pin]", PIN);
  await page.fill("[name=pin_again]", PIN);
  await shot(page, "qualified-pin");
  await test(page, "pin-set").click();
}

async function changePin(page) {
  await test(page, "pin-change").locator("summary").click();
  await shot(page, "qualified-pin-code");
  const before = await outbox();
  await test(page, "pin-code-send").click();
  await page.locator("[name=code]").waitFor();
  await shot(page, "qualified-pin-code-sent");
  await page.fill("[name=code]", await found(CODE, before));
  await page.locator("[name=old]").waitFor();
  ok(true, "a PIN is tried after a mailed code only");
  const change = async (old, pin) => {
    await page.fill("[name=old]", old);
    await page.fill("[name=pin]", pin);
    await page.fill("[name=pin_again]", pin);
    await test(page, "pin-change-set").click();
  };
  await change("908172", "593024");
  ok(await appears(test(page, "pin-change-failure")), "a wrong old PIN changes nothing, and is said");
  await shot(page, "qualified-pin-change-wrong");
  await change(PIN, "593024");
  ok(await appears(test(page, "pin-changed")), "who knows the PIN changes it");
  await shot(page, "qualified-pin-changed");
  await test(page, "pin-forgotten").click();
  await shot(page, "qualified-pin-forgotten");
  await test(page, "pin-identify-begin").click();
  await screen(page, "welcome");
  ok(true, "who forgot it is identified again");
}

async function verify(page, id, level) {
  const pem = await page.evaluate(async () => {
    const id = (await (await fetch("/v1/session", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: location.hash.slice(1) }),
    })).json()).id;
    return (await fetch(`/v1/session/${id}/certificate.pem`)).text();
  });
  const said = execFileSync("openssl", ["x509", "-noout", "-text", "-nameopt", "utf8"], { input: pem }).toString();
  ok(said.includes("CN = Chiara Lo Presti") || said.includes("CN=Chiara Lo Presti"), `${level}: openssl reads the holder's name`);
  ok(said.includes("0.4.0.194112.1."), `${level}: with the policy of its level`);
  if (level === "qcp") {
    const key = execFileSync("openssl", ["x509", "-pubkey", "-noout"], { input: pem }).toString();
    ok(key === ownKey, "qcp: the certificate is for the key that was brought");
  }
  ok(/qcStatements|1\.3\.6\.1\.5\.5\.7\.1\.3/.test(said), `${level}: and its statements`);
}

await run("the qualified levels", async () => {
  const desk = await operator();
  for (const level of LEVELS) {
    const { id, url } = await ask(level);
    const page = await participant();
    await identify(page, url);
    if (level === "qcp") await bringKey(page);
    await photograph(page, level);
    await live(page, level);
    await approve(desk, id, level);
    await receive(page, level);
    await verify(page, id, level);
    if (level === "qcpnqscd") await changePin(page);
    await page.context().close();
  }
  ok(complaints.length === 0, `no page complains${complaints.length ? `: ${complaints[0]}` : ""}`);
}, async () => {
  await browser.close();
  await theirs.close();
  cleanUp();
});
