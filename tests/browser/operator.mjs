// Operators against a demo instance, each with a passkey of their browser's:
// both after the same case, an approval that takes two, asking again, and a
// refusal for fraud that takes two. The participants' half goes by the API; journey.mjs proves its pages.
//
//   BASE_URL=http://localhost:8080 LOGINS=logins.json node operator.mjs
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  addAuthenticator, appears, BASE, cleanUp, drawCase, enrolmentCode, IN_FIREFOX, inTrouble, listen, loginOf, ok,
  openOperatorBrowser, run, shot, test,
} from "./lib.mjs";
import { Participant } from "./participant.mjs";

const KEY = JSON.parse(readFileSync(process.env.LOGINS, "utf8")).api_key;
const complaints = [];
const browser = await openOperatorBrowser();
let current = null;
inTrouble(() => shot(current, "trouble-operator"));

// operators

// In a second browser, those who have no passkey in the first.
function newcomer(nth) {
  const email = `newcomer${nth}@demo.example`;
  const password = execFileSync(process.env.PARAPH, ["member", "add", "-", email, "--role", "operator",
    "--name", `Newcomer ${nth}`, "--trained", new Date().toISOString().slice(0, 10)]).toString().trim();
  return { email, password };
}

async function operator(nth) {
  const { email, password } = IN_FIREFOX ? newcomer(nth) : loginOf("operator", nth);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Paris",
  });
  const page = await context.newPage();
  listen(page, complaints);
  const key = await addAuthenticator(page);
  current = page;
  await page.goto(`${BASE}/`);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await test(page, "login").click();
  ok(await appears(test(page, "passkey-needed")), `${email}: without a passkey the queue is closed`);
  await page.fill("[name=enrolment_code]", enrolmentCode(email));
  await test(page, "add-passkey").click();
  await test(page, "passkey-go-on").click();
  await test(page, "prove-passkey").click();
  await test(page, "queue").waitFor();
  ok(true, `${email}: with a passkey the queue opens`);
  return { page, key };
}

async function take({ page }, participant) {
  current = page;
  await page.bringToFront(); // Firefox asks for a passkey in the page before all others alone
  await drawCase(page, participant.id);
  await page.locator(".pane img, .pane canvas").first().waitFor();
  const kept = await page.locator(".pane img, .pane canvas").first().evaluate((one) =>
    !one.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true })));
  ok(kept, "the browser's menu, which saves pictures, does not open on one");
}

async function think({ page }, ...answers) {
  for (const one of answers) await page.keyboard.press(one);
  await page.keyboard.press("Enter");
  await test(page, "results").waitFor();
}

async function ended({ page }, outcome, sentence) {
  const there = await appears(page.locator(`[data-outcome=${outcome}]`), 20_000);
  ok(there, sentence);
  if (!there) throw new Error(await page.locator(".notice").first().textContent());
}

const next = ({ page }) => page.evaluate(() => {
  location.hash = "#/review";
}).then(() => test(page, "next").waitFor()).then(() => page.keyboard.press("n"));

const opened = ({ page }) => page.evaluate(() => /#\/review\/(\w+)/.exec(location.hash)?.[1] ?? null);

// Both press the key for the next case at once, while three wait.
async function twoAtOnce(first, second) {
  await Promise.all([first, second].map(next));
  await Promise.all([first, second].map(({ page }) => test(page, "review-case").waitFor()));
  const [one, other] = await Promise.all([first, second].map(opened));
  ok(one !== null && other !== null && one !== other, "two who ask at once get two cases");
  await second.page.evaluate((id) => { location.hash = `#/review/${id}`; }, one);
  const back = await second.page.waitForFunction((id) => location.hash === `#/review/${id}`, other, { timeout: 10_000 })
    .then(() => test(second.page, "review-case").waitFor(), () => null);
  ok(back !== null, "who opens the other's case by its address is back at their own");
  for (const { page } of [first, second]) {
    await page.keyboard.press("b");
    await test(page, "put-back-told").waitFor();
  }
}

// The same while one waits.
async function twoForOne(first, second, participant) {
  await Promise.all([first, second].map(next));
  const got = await Promise.all([first, second].map(async (each) => {
    await each.page.locator("[data-test=review-case], [data-test=queue-empty]").waitFor();
    return opened(each);
  }));
  ok(got.filter((id) => id === participant.id).length === 1 && got.includes(null),
    "of two who ask for the last case at once one gets it, and the other reads that none waits");
  const { page } = got[0] ? first : second;
  await page.keyboard.press("b");
  await test(page, "put-back-told").waitFor();
}

// Faces, then each field that stands there twice, then the pictures again.
async function closeUps({ page }) {
  const close = () => page.evaluate(() => document.querySelector("[data-test^=close-]")?.dataset.test ?? null);
  const seen = [];
  for (let i = 0; i < 15; i += 1) {
    await page.keyboard.press("m");
    await page.waitForTimeout(100);
    const now = await close();
    if (now === null) break;
    seen.push(now.replace("close-", ""));
    if (seen.length === 2) await shot(page, "operator-01-close-up");
    const panes = await page.locator("[data-test^=close-] canvas").evaluateAll((all) =>
      all.map(({ width, height, ariaLabel }) => width > 0 && height > 0 && ariaLabel));
    if (panes.length < 2 || !panes.every(Boolean)) return ok(false, `${now}: ${panes}`);
  }
  ok(seen[0] === "faces" && ["surname", "number", "birth_date", "expiry"].every((name) => seen.includes(name)),
    `a key comes close to faces and fields, printed and zone beside each other: ${seen.join(" ")}`);
  ok(await close() === null && await test(page, "view-pictures").count() === 1, "and then back to the pictures");
  await page.keyboard.press("m");
  await page.keyboard.press("Escape");
  return ok(await close() === null, "from which Esc leads back at once");
}

async function twoApprove(first, second, participant) {
  await take(first, participant);
  ok(await test(first.page, "results").count() === 0, "nothing of the machine's is shown before the opinion");
  await shot(first.page, "operator-01-case");
  await closeUps(first);
  const held = await second.page.evaluate(async (id) => {
    const answer = await fetch("/v1/reviews/next", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ id }),
    });
    return (await answer.json()).error?.code;
  }, participant.id);
  ok(held === "locked", "a case that one operator has is closed to another");
  await think(first, "1", "1");
  ok(await test(first.page, "machine").textContent() === "Refuses", "the machine's word appears after the own");
  await shot(first.page, "operator-02-results");
  await first.page.keyboard.press("d");
  await first.page.keyboard.press("1");
  await test(first.page, "approval").waitFor();
  const words = await test(first.page, "digest-words").textContent();
  await shot(first.page, "operator-03-approve");
  await first.key.verified(false);
  await first.page.keyboard.press("Enter");
  ok(await appears(test(first.page, "decision-failed")), "without a verified person nothing is signed");
  await first.key.verified(true);
  await first.page.keyboard.press("Enter");
  await ended(first, "second_needed", "an approval against the machine waits for a second operator");

  await take(second, participant);
  ok(await appears(test(second.page, "second")), "the second operator is told to be the second");
  await think(second, "1", "1");
  await second.page.keyboard.press("d");
  await second.page.keyboard.press("1");
  await test(second.page, "approval").waitFor();
  ok(await test(second.page, "digest-words").textContent() === words, "both sign the same digest");
  await second.page.keyboard.press("Enter");
  await ended(second, "approved", "with two signatures it is approved");
  await participant.until((session) => session.next === "confirm");
  ok(true, "the participant goes on to the data of the certificate");
}

async function askAgain(first, participant) {
  await take(first, participant);
  await think(first, "1", "3");
  await first.page.keyboard.press("d");
  await first.page.keyboard.press("1");
  ok(await appears(test(first.page, "decision-plain")) && await test(first.page, "decide").count() === 0,
    "a name that is not the document's cannot be approved, and the page says so");
  await first.page.keyboard.press("2");
  await test(first.page, "find-reason").waitFor();
  await first.page.keyboard.type("blurr");
  await first.page.keyboard.press("Enter");
  await first.page.keyboard.press("Enter");
  await ended(first, "redo", "asking again is recorded");
  await participant.until((session) => session.next === "ask_again");
  ok(true, "the participant is asked again");
}

async function twoRefuse(first, second, participant) {
  for (const [one, outcome, sentence] of [
    [first, "second_needed", "a refusal for fraud waits for a second operator"],
    [second, "refused", "the second one's refusal is final"],
  ]) {
    await take(one, participant);
    await think(one, "2", "2");
    await one.page.keyboard.press("d");
    await one.page.keyboard.press("3");
    await one.page.locator("[value=forged_document]").check();
    await shot(one.page, `operator-04-${outcome}`);
    await test(one.page, "decide").click();
    await ended(one, outcome, sentence);
  }
  const session = await participant.until((each) => each.next === "refused");
  const said = JSON.stringify(session);
  ok(!said.includes("forged"), "the participant reads nothing of the suspicion");
}

async function figures({ page }) {
  await page.goto(`${BASE}/#/figures`);
  await page.locator("table.figures tbody tr").first().waitFor();
  ok(await page.locator("table.figures tbody tr").count() === 1, "an operator sees the own figures alone");
  await shot(page, "operator-05-figures");
}

await run("the operators", async () => {
  // one whose passport is over, two under names that are not their document's
  const expired = await new Participant("forged_expired", "LUX").toReview(KEY, "Hélène Thoß");
  const other = await new Participant("demo_passport", "UTO").toReview(KEY, "Somebody Quite Different");
  const third = await new Participant("demo_passport", "UTO").toReview(KEY, "Another Person Entirely");
  const first = await operator(0);
  const second = await operator(1);
  await twoAtOnce(first, second);
  await twoApprove(first, second, expired);
  await askAgain(first, other);
  await twoForOne(first, second, third);
  await twoRefuse(first, second, third);
  await figures(first);
  ok(complaints.length === 0, `no page complains${complaints.length ? `: ${complaints[0]}` : ""}`);
}, async () => {
  await browser.close();
  cleanUp();
});
