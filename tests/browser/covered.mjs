// A case before an empty chair, on the pages' mock: it is covered, one key or a
// passkey uncovers it, and its lock tells that it ends before it does.
import { addAuthenticator, appears, ok, test } from "./lib.mjs";

const BENCH = { width: 1440, height: 900 };
const CODE = "BCDF-GHJK-LMNP-QRST"; // the mock's, ui/mock/passkeys.mjs
const MINUTE = 60_000;

async function openCase({ open, signIn }) {
  const page = await open(BENCH);
  await addAuthenticator(page);
  await page.clock.install();
  // the mock draws its films when they are first asked for, and waits for them
  for (const slow of ["**/ahead", "**/films/*"]) await page.route(slow, (route) => route.abort());
  await signIn(page, "third@demo.example");
  if (await appears(page.locator("[name=enrolment_code]"), 3000)) {
    await page.fill("[name=enrolment_code]", CODE);
    await test(page, "add-passkey").click();
    await test(page, "passkey-go-on").click();
  }
  await test(page, "prove-passkey").click();
  await test(page, "next").click();
  await test(page, "review-case").waitFor();
  await page.locator(".pane img, .pane canvas").first().waitFor();
  return page;
}

const isCovered = (page) => appears(test(page, "covered"));
const nameOf = (page) => page.locator(".case-bar h1").textContent();

async function byAKey({ judge }, page) {
  const whose = await nameOf(page);
  await page.mouse.move(200, 300);
  await page.clock.fastForward(4 * MINUTE);
  await page.mouse.move(210, 310);
  await page.clock.fastForward(4 * MINUTE);
  ok(await test(page, "covered").count() === 0, "who moves the mouse is there");
  await page.keyboard.press("1");
  await page.clock.fastForward(5 * MINUTE + 2000);
  ok(await isCovered(page), "after five minutes without a key or the mouse a case is covered");
  ok(!(await page.content()).includes(whose.split(" ")[0]) && await page.locator("img, canvas, .pane").count() === 0,
    "and no name, no picture and no film is on the page");
  await judge(page, "screen-review-covered");
  await page.keyboard.press("Shift");
  ok(await test(page, "covered").count() === 1, "a key that only holds others uncovers nothing");
  const seen = page.waitForRequest((one) => one.url().endsWith("/seen"));
  await page.keyboard.press("b");
  await test(page, "review-case").waitFor();
  ok(await seen.then(() => true, () => false), "what uncovers a case keeps it, at once");
  ok(await nameOf(page) === whose && await page.locator(".answer :checked").count() === 1,
    "one key uncovers it, with what was answered, and does nothing else");
}

async function lockEnds({ judge }, page) {
  // the lock runs from the server's answer, which has to be there before time
  // goes on
  await page.mouse.move(220, 320);
  await page.mouse.move(230, 330);
  const seen = page.waitForResponse((answer) => answer.url().endsWith("/seen"));
  await page.clock.fastForward(5 * MINUTE + 2000);
  await isCovered(page);
  await seen;
  await page.waitForTimeout(100);
  let told = 0;
  page.on("request", (one) => { told += one.url().endsWith("/seen") ? 1 : 0; });
  await page.mouse.move(240, 340);
  await page.mouse.move(250, 350);
  await page.keyboard.press("Shift");
  await page.clock.fastForward(16 * MINUTE);
  await page.locator("[data-test=cover-lock].warning").waitFor();
  ok(told === 0, "before a covered case a moved mouse does not keep it");
  ok(await page.waitForFunction(() => /^\d minutes? left/.test(document.title)).then(() => true, () => false),
    `the tab tells that the case goes back soon (${await page.title()})`);
  await judge(page, "screen-review-covered-soon");
  await page.clock.fastForward(8 * MINUTE);
  ok(await page.waitForFunction(() => document.title.startsWith("Case given back")).then(() => true, () => false),
    "and that it went back");
  await page.keyboard.press("b");
  ok(await appears(test(page, "lost")), "who comes back too late reads it");
  await page.keyboard.press("u");
  await test(page, "review-case").waitFor();
  ok(await page.locator(".answer :checked").count() === 1, "and takes it again by one key, with what was begun");
  await page.keyboard.press("b");
  await test(page, "put-back-told").waitFor();
}

// No timer runs in a computer that sleeps, and the first thing that happens as
// it wakes up may be a moved mouse: it covers the case, and keeps nothing.
async function wakesUp(page) {
  await test(page, "next").click();
  await test(page, "review-case").waitFor();
  await page.mouse.move(200, 300);
  await page.clock.fastForward(2 * MINUTE); // work until now is told
  await page.waitForTimeout(100);
  let told = 0;
  const tell = (one) => { told += one.url().endsWith("/seen") ? 1 : 0; };
  page.on("request", tell);
  await page.evaluate(() => {
    const late = Date.now() + 6 * 60_000;
    Date.now = () => late;
    window.dispatchEvent(new PointerEvent("pointermove", { screenX: 600, screenY: 600 }));
  });
  ok(await isCovered(page), "a computer that slept wakes up covered");
  await page.clock.fastForward(2 * MINUTE);
  await page.waitForTimeout(100);
  ok(told === 0, "and what woke it up does not keep the case");
  page.off("request", tell);
  await page.keyboard.press("b");
  await test(page, "review-case").waitFor();
  await page.keyboard.press("b");
  await test(page, "put-back-told").waitFor();
}

// review.cover_opens = passkey
async function byAPasskey({ judge }, page) {
  await page.route("**/v1/me", async (route) => {
    const answer = await route.fetch();
    const me = await answer.json();
    return route.fulfill({ json: { ...me, cover: { minutes: 2, opens: "passkey" } } });
  });
  await page.reload();
  await test(page, "next").click();
  await test(page, "review-case").waitFor();
  let told = 0;
  await page.route("**/v1/reviews/cover", (route) => (told++ ? route.continue() : route.abort()));
  await page.clock.fastForward(2 * MINUTE + 2000);
  await isCovered(page);
  for (let i = 0; i < 20 && told < 2; i++) {
    await page.waitForTimeout(100);
    await page.clock.fastForward(1000);
  }
  ok(told === 2, "a server that could not be told of it is told again");
  await page.keyboard.press("b");
  ok(await test(page, "covered").count() === 1, "where a passkey is asked for, a key uncovers nothing");
  await judge(page, "screen-review-covered-passkey");
  await test(page, "prove-passkey").click();
  await test(page, "review-case").waitFor();
  ok(true, "and the passkey does");
  await page.keyboard.press("b");
  await test(page, "put-back-told").waitFor();
}

export async function coveredCase(tools) {
  const page = await openCase(tools);
  await byAKey(tools, page);
  await lockEnds(tools, page);
  await wakesUp(page);
  await byAPasskey(tools, page);
}
