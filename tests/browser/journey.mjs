// The whole way in a real browser: a member asks for a certificate, the
// participant gets it on a phone-sized screen, the dashboard shows it.
//
//   BASE_URL=http://localhost:8080 LOGINS=logins.json node journey.mjs
//
// SHOTS=folder keeps a picture of every screen, SCHEME=dark in dark.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import {
  appears, BASE, cameraFile, cleanUp, CODE, DESK, found, IN_FIREFOX, inTrouble, LINK,
  listen, loginOf, ok, openBrowser, openParticipantBrowser, outbox, phoneLook, ROOT, run,
  screen, shot, test,
} from "./lib.mjs";
import { holdBefore } from "../../tools/faces/fake-camera.mjs";

const SPECIMEN = process.env.SPECIMEN ?? join(ROOT, "tests/specimens/demo_passport.jpg");
const NAME = process.env.NAME ?? "Zoé Åsa Lindqvist";
const COUNTRY = process.env.COUNTRY ?? "UTO";
const SCHEME = process.env.SCHEME === "dark" ? "dark" : "light";
const EMAIL = `zoe.${Date.now().toString(36)}@example.org`;
const complaints = [];
let own = null;

const picture = cameraFile(SPECIMEN);
const browser = await openBrowser();
const theirs = await openParticipantBrowser(picture);
const desk = await browser.newContext({
  colorScheme: SCHEME, locale: "en-GB", timezoneId: "Europe/Paris", viewport: DESK,
});
const phone = await theirs.newContext(phoneLook({ colorScheme: SCHEME }));
const member = await desk.newPage();
const person = await phone.newPage();
if (IN_FIREFOX) await holdBefore(person, picture);
listen(member, complaints);
listen(person, complaints);
inTrouble(async () => {
  await shot(member, "trouble-member");
  await shot(person, "trouble-participant");
});

async function signIn() {
  await member.goto(`${BASE}/`);
  await test(member, "login").waitFor();
  await shot(member, "member-01-login");
  const { email, password } = loginOf("owner");
  await member.fill("[name=email]", email);
  await member.fill("[name=password]", password);
  await test(member, "login").click();
  await test(member, "create").waitFor();
  ok(true, "a member signs in and sees the dashboard");
  await member.waitForLoadState("networkidle");
  await shot(member, "member-02-requests");
}

async function createRequest() {
  const before = await outbox();
  await test(member, "create").click();
  await member.fill("[name=applicant]", "not an address");
  await test(member, "confirm-create").click();
  ok(await appears(member.locator(".field.wrong")), "a wrong e-mail is refused beside its field");
  await member.fill("[name=applicant]", EMAIL);
  await member.locator("[data-test=request-form] summary").click();
  await member.fill("[name=fullname]", NAME);
  await shot(member, "member-03-form");
  await test(member, "confirm-create").click();
  await test(member, "request-detail").waitFor();
  ok(await appears(test(member, "created")), "the request is created and opens");
  const facts = () => member.locator("[data-test=request-detail] .pairs").textContent();
  ok((await facts()).includes("The person may correct the name"), "which tells what the person may do with the name");
  await shot(member, "member-04-created");
  const link = await found(LINK, before);
  ok(link.includes("/r#"), "the invitation with its link is in the outbox");
  return link;
}

async function refuseTwice() {
  await member.goto(`${BASE}/#/requests/new`);
  await member.fill("[name=applicant]", EMAIL);
  await test(member, "confirm-create").click();
  await test(member, "refused-registration_pending").waitFor();
  ok(true, "a second request for the same person is refused with a link to the first");
  await shot(member, "member-05-pending");
  await member.goto(`${BASE}/#/requests`);
}

async function welcomeAndName(link) {
  await person.goto(link);
  await screen(person, "welcome");
  ok(true, "the link opens the welcome");
  await shot(person, "participant-01-welcome");
  await test(person, "start").click();
  await screen(person, "name");
  ok((await test(person, "given-name").textContent()) === NAME, "the name given by the workspace is shown");
  await shot(person, "participant-02-name");
  await test(person, "name-no").click();
  await shot(person, "participant-03-name-refuse");
  await person.locator("dialog[open]").waitFor();
  await person.keyboard.press("Escape");
  await person.locator("dialog[open]").waitFor({ state: "detached" });
  await test(person, "name-yes").click();
}

async function proveEmail() {
  const next = person.locator("[data-screen=email], [data-screen=phone]");
  await next.first().waitFor();
  if (await person.locator("[data-screen=phone]").count()) return;
  const before = await outbox();
  await test(person, "email-send").click();
  await person.fill("[name=code]", await found(CODE, before));
}

async function provePhone() {
  await screen(person, "phone");
  await person.selectOption("[name=country]", "FR");
  await person.fill("[name=phone]", "06 12 34 56 78");
  await shot(person, "participant-04-phone");
  const before = await outbox();
  await test(person, "phone-send").click();
  await screen(person, "phone-code");
  const code = await found(CODE, before);
  const wrong = code === "000000" ? "111111" : "000000";
  await person.fill("[name=code]", wrong);
  await person.locator(".field .error").waitFor();
  ok(true, "a wrong code is refused with the tries that are left");
  await shot(person, "participant-05-code");
  await person.fill("[name=code]", code);
  await screen(person, "consent");
  ok(true, "the code from the SMS proves the phone");
}

async function consentAndAgree() {
  await shot(person, "participant-06-consent");
  await test(person, "consent-yes").click();
  await screen(person, "agreement");
  await test(person, "terms").waitFor();
  ok(await test(person, "agreement-yes").isDisabled(), "the terms cannot be accepted before they are read");
  await shot(person, "participant-07-agreement");
  await test(person, "terms").focus();
  await person.keyboard.press("End");
  await person.waitForTimeout(400);
  await test(person, "agreement-yes").click();
  await screen(person, "document-choose");
  ok(true, "the terms are accepted from the keyboard, at their end");
}

async function resume(link) {
  await person.goto("about:blank");
  await person.goto(link);
  await screen(person, "document-choose");
  ok(true, "the same link resumes at the same step");
}

async function chooseDocument() {
  await test(person, `country-${COUNTRY}`).waitFor();
  await shot(person, "participant-08-country");
  await test(person, `country-${COUNTRY}`).click();
  await shot(person, "participant-09-kind");
  await test(person, "kind-passport").click();
  await screen(person, "document-prepare");
  await shot(person, "participant-10-prepare");
}

async function takePicture() {
  await test(person, "open-camera").click();
  await test(person, "camera").waitFor();
  await person.waitForFunction(() => document.querySelector("video")?.videoWidth > 0);
  await shot(person, "participant-11-camera", 150);
  const itself = await person.locator("[data-screen=document-look]")
    .waitFor({ timeout: 15_000 }).then(() => true, () => false);
  ok(itself, "a good picture is taken by itself");
  if (!itself) await test(person, "shutter").click();
  await screen(person, "document-look");
  await person.locator(".taken img").waitFor();
  await shot(person, "participant-12-look");
  await test(person, "use-picture").click();
  const answered = person.locator("[data-screen=document-ready], [data-test=retake]");
  await answered.first().waitFor({ timeout: 60_000 });
  ok(await person.locator("[data-screen=document-ready]").count() > 0, "the picture is read");
  await shot(person, "participant-13-ready");
  await test(person, "complete").click();
}

// A request that openssl makes, and what it says of its public key.
function request() {
  const words = "req -new -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout /dev/null " +
    "-subj /CN=Anybody";
  const text = execFileSync("openssl", words.split(" "), { stdio: ["ignore", "pipe", "ignore"] });
  const key = execFileSync("openssl", ["req", "-pubkey", "-noout"], { input: text });
  return { text: text.toString(), key: key.toString() };
}

async function bringKey() {
  const choice = test(person, "own-key-choice");
  ok(!await test(person, "own-key-paste").isVisible(), "a key of one's own is offered behind a closed disclosure");
  await choice.locator("summary").click();
  await test(person, "own-key-paste").fill("-----BEGIN PRIVATE KEY-----");
  await test(person, "own-key-use").click();
  ok(await appears(test(person, "own-key-wrong")), "a private key is not sent");
  own = request();
  await test(person, "own-key-paste").fill(own.text.replace(/\n[^\n]+(?=\n-----END)/, "\nAAAA"));
  await test(person, "own-key-use").click();
  ok(await appears(test(person, "own-key-failure")), "a request that is not whole is refused");
  await shot(person, "participant-15-own-key-wrong");
  await test(person, "own-key-paste").fill(own.text);
  await test(person, "own-key-use").click();
  ok(await appears(test(person, "own-key-digest")), "the digest of the key is shown");
  await shot(person, "participant-15-own-key");
  await test(person, "own-key-remove").click();
  ok(await appears(choice), "the key can be taken back");
  await choice.locator("summary").click();
  await test(person, "own-key-file").setInputFiles({
    name: "own.csr", mimeType: "application/pkcs10", buffer: Buffer.from(own.text),
  });
  ok(await appears(test(person, "own-key-digest")), "and be brought again, as a file");
}

async function waitAndConfirm() {
  const next = person.locator("[data-screen=waiting], [data-screen=confirm]");
  await next.first().waitFor();
  await shot(person, "participant-14-waiting");
  await screen(person, "confirm", 90_000);
  ok(true, "the document passes and the data are shown for confirmation");
  const text = await person.locator(".facts").textContent();
  ok(text.includes("Lindqvist"), "the data are those of the document");
  await shot(person, "participant-15-confirm");
  await bringKey();
  await test(person, "confirm-yes").click();
  await screen(person, "done", 90_000);
  ok(true, "the certificate is issued");
  await shot(person, "participant-16-done");
}

async function download() {
  const waiting = person.waitForEvent("download", { timeout: 20_000 });
  await test(person, "download-pem").click();
  const stream = await (await waiting).createReadStream();
  let text = "";
  for await (const chunk of stream) text += chunk;
  ok(text.includes("BEGIN CERTIFICATE"), "the certificate can be downloaded");
  const key = execFileSync("openssl", ["x509", "-pubkey", "-noout"], { input: text }).toString();
  ok(key === own.key, "it is for the key that was brought");
  ok(await appears(test(person, "own-key-kept")), "and the page says who has that key");
  const code = await test(person, "revocation-code").textContent();
  ok(code.replace(/ /g, "").length === 12, "the revocation code is shown");
}

async function dashboard() {
  const row = member.locator(`[data-test=request][data-email="${EMAIL}"]`);
  await member.waitForSelector(`[data-email="${EMAIL}"][data-state=issued]`, { timeout: 20_000 });
  ok(true, "the dashboard shows it issued without being reloaded");
  await shot(member, "member-06-issued");
  ok(await row.locator(".expires").textContent() === "", "and what is issued does not expire as a request any more");
  await row.locator("a").first().click();
  await test(member, "to-certificate").waitFor();
  ok(await member.locator("[data-step][data-state=skipped] time").count() === 0 &&
    await member.locator("[data-step][data-state=done] time").count() > 5, "a time stands beside steps that were taken alone");
  ok(!(await member.locator("[data-test=request-detail] .pairs").textContent()).includes("may"),
    "what the person may do is told as long as they may");
  const history = await member.locator(".moments").last().textContent();
  ok(history.includes("Picture readfront readable") && !/_/.test(history), "the history is told in words");
  await shot(member, "member-07-detail");
  await test(member, "to-certificate").click();
  await test(member, "certificate-detail").waitFor();
  ok(await appears(member.locator("[data-status=valid]")), "the certificate is found and valid");
  await shot(member, "member-08-certificate");
  await test(member, "nav-certificates").click();
  await test(member, "certificate").first().waitFor();
  await shot(member, "member-09-find");
  await test(member, "nav-developer").click();
  await member.waitForTimeout(300);
  await shot(member, "member-10-developer");
}

await run("the journey", async () => {
  await signIn();
  const link = await createRequest();
  await refuseTwice();
  await welcomeAndName(link);
  await proveEmail();
  await provePhone();
  await consentAndAgree();
  await resume(link);
  await chooseDocument();
  await takePicture();
  await waitAndConfirm();
  await download();
  await dashboard();
  ok(complaints.length === 0, `no page complains${complaints.length ? `: ${complaints[0]}` : ""}`);
}, async () => {
  await browser.close();
  await theirs.close();
  cleanUp();
});
