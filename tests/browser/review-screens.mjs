// The operators' screens on the pages' mock: what stands before the queue, the
// cases with and without films, from the keyboard as they are meant to be
// worked, and what may go wrong on the way.
import { addAuthenticator, appears, IN_FIREFOX, ok, PHONE, test } from "./lib.mjs";

const BENCH = { width: 1440, height: 900 };
const CODE = "BCDF-GHJK-LMNP-QRST"; // the mock's, ui/mock/passkeys.mjs

// The film stands where it is seeked, so that pictures are alike each time.
async function stillFilm(page, ms) {
  await test(page, "scrub").evaluate((input, value) => {
    input.value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, ms);
}

// In the reader's own colours the view that is open is told, and can be read.
async function ownColours(page, judge) {
  await page.emulateMedia({ forcedColors: "active" });
  const grounds = await page.locator(".tool[aria-pressed]").evaluateAll((all) => all.map((one) => {
    const { backgroundColor, forcedColorAdjust } = getComputedStyle(one);
    return [one.ariaPressed, backgroundColor, forcedColorAdjust].join(" ");
  }));
  const open = grounds.filter((one) => one.startsWith("true"));
  ok(open.length === 1 && open[0].endsWith("none") && grounds.every((one) =>
    one === open[0] || one.split(" ", 2)[1] !== open[0].split(" ", 2)[1]),
  `in the reader's own colours, the open view is told apart: ${grounds.join("; ")}`);
  await judge(page, "screen-review-own-colours");
  await page.emulateMedia({ forcedColors: "none" });
}

// The mock draws its films when they are first asked for.
const SLOW = { timeout: 120_000 };

const drawnFilm = (page) => page.waitForFunction(() => {
  const canvas = document.querySelector("[data-test^=pane-film] canvas");
  return canvas && canvas.width > 300;
}, null, SLOW);

const drawnStills = (page) => page.waitForFunction(() =>
  [...document.querySelectorAll(".pane img")].every((one) => one.complete && one.naturalWidth > 0) &&
  [...document.querySelectorAll(".pane canvas")].every((one) => one.width > 300) &&
  document.querySelector(".pane img, .pane canvas"));

async function keys(page, ...all) {
  for (const one of all) await page.keyboard.press(one);
}

async function beforeTheQueue({ open, judge, signIn, base }) {
  const untrained = await open(BENCH);
  await signIn(untrained, "untrained@demo.example");
  ok(await appears(test(untrained, "training-needed")), "without training the queue stays closed, and why");
  await judge(untrained, "screen-review-training");

  const page = await open(BENCH);
  const key = await addAuthenticator(page);
  await signIn(page, "operator@demo.example");
  await test(page, "passkey-needed").waitFor();
  ok(true, "without a passkey the queue stays closed");
  await judge(page, "screen-review-passkey-needed");
  await page.fill("[name=passkey_name]", "Key on the ring");
  await page.fill("[name=enrolment_code]", "WRNG-WRNG-WRNG-WRNG");
  await test(page, "add-passkey").click();
  ok(await appears(test(page, "passkey-failed")), "a wrong enrolment code makes no passkey, and says so");
  await page.fill("[name=enrolment_code]", CODE);
  await test(page, "add-passkey").click();
  await test(page, "passkey-added").waitFor();
  ok((await key.credentials()).length === 1, "a passkey is made in the browser and accepted");
  await judge(page, "screen-passkey-added");
  await test(page, "passkey-go-on").click();
  await key.verified(false);
  await test(page, "prove-passkey").click();
  ok(await appears(test(page, "passkey-failed")), "a person who is not verified is not signed in");
  await key.verified(true);
  await test(page, "prove-passkey").click();
  await test(page, "queue").waitFor();
  ok(true, "with the passkey the queue opens");
  await test(page, "waiting").first().waitFor();
  await judge(page, "screen-review-queue");

  await page.goto(`${base}/#/personal`);
  await test(page, "passkey").waitFor();
  await judge(page, "screen-personal-passkeys");
  await test(page, "remove-passkey").click();
  await page.locator("dialog[open]").waitFor();
  await judge(page, "screen-passkey-remove");
  await page.keyboard.press("Escape");
  await page.evaluate(() => fetch("/v1/logout", { method: "POST" }));
  await signIn(page, "operator@demo.example");
  await test(page, "login-passkey").waitFor();
  await judge(page, "screen-login-passkey");
  await test(page, "prove-passkey").click();
  await test(page, "queue").waitFor();
  ok(true, "a later sign-in asks for the password and then the passkey");
  return { page, key };
}

// Pictures that take their time: how many were still to come when the first film
// was asked for.
async function pictureFirst(page) {
  let open = 0;
  let asked = null;
  await page.route("**/stills/*.jpg", async (route) => {
    await page.waitForTimeout(400);
    await route.continue();
  });
  page.on("request", (request) => {
    if (request.url().includes("/stills/")) open += 1;
    if (request.url().includes("/films/")) asked ??= open;
  });
  page.on("requestfinished", (request) => { if (request.url().includes("/stills/")) open -= 1; });
  return async () => {
    await page.waitForRequest(/\/films\//, { timeout: 2000 }).catch(() => undefined);
    await page.unroute("**/stills/*.jpg");
    return asked;
  };
}

async function lowScreen(page) {
  await page.setViewportSize({ width: 1366, height: 768 });
  const below = await page.locator(".question, [data-test=give-opinion]").evaluateAll((all) =>
    all.filter((one) => one.getBoundingClientRect().bottom > window.innerHeight).length);
  ok(below === 0, "on a low screen all questions stand below the fields without scrolling");
  await page.setViewportSize({ width: 1366, height: 400 });
  await keys(page, "1", "1", "1");
  await page.waitForTimeout(100);
  ok(await test(page, "give-opinion").evaluate((one) =>
    one.getBoundingClientRect().bottom <= window.innerHeight), "on a lower one what is to be pressed comes into view");
  await keys(page, "u", "u", "u");
  await page.setViewportSize(BENCH);
}

// Nine keys are enough: N V V 1 1 1 Enter 1 Enter.
async function cleanCase({ judge }, { page, key }) {
  await test(page, "waiting").first().waitFor();
  const firstFilm = await pictureFirst(page);
  await keys(page, "n");
  await test(page, "review-case").waitFor();
  await drawnStills(page);
  ok(await firstFilm() === 0, "films are asked for when the pictures have come");
  await lowScreen(page);
  ok(await test(page, "results").count() === 0, "before the opinion nothing of the machine's is shown");
  ok(await page.locator(".pane-table").first().evaluate((one) =>
    getComputedStyle(one, "::after").content === '"operator@demo.example"'),
  "each picture bears the name of who looks at it");
  await judge(page, "screen-review-case");
  if (!IN_FIREFOX) await ownColours(page, judge);
  await keys(page, "v");
  await drawnFilm(page);
  await page.waitForFunction(() => document.querySelectorAll("[data-test=strip] li").length === 8, null, SLOW);
  ok(true, "portrait, ghost and faces of the recording stand in one row");
  const beside = () => page.locator("[data-test=strip] [aria-pressed=true]").textContent();
  const first = await beside();
  await keys(page, "f");
  ok(await beside() !== first, "a key lays the next of them beside the film");
  await stillFilm(page, 4000);
  await judge(page, "screen-review-face");
  await keys(page, "v");
  await drawnFilm(page);
  await stillFilm(page, 4400);
  await judge(page, "screen-review-document");
  await keys(page, "1", "1", "1", "Enter");
  await test(page, "results").waitFor();
  ok(await appears(test(page, "events")), "after the opinion the events stand on the time line");
  ok(await page.locator(".line-row.prompts .bar").evaluateAll((all) =>
    all.every((one) => one.scrollWidth <= one.clientWidth)), "whose words are whole");
  ok(await appears(test(page, "to-decision")), "and what can be decided stands below");
  await judge(page, "screen-review-results");
  await keys(page, "1");
  await test(page, "approval").waitFor();
  const said = await test(page, "digest-words").textContent();
  ok(/^[a-z]{5}(-[a-z]{5}){3}$/.test(said), "the digest that is signed can be read aloud");
  await judge(page, "screen-review-approve");
  await key.verified(false);
  await keys(page, "Enter");
  ok(await appears(test(page, "decision-failed")), "an approval without a verified person is not made");
  await judge(page, "screen-review-approve-failed");
  await key.verified(true);
  await keys(page, "Enter");
  await page.locator("[data-outcome=approved]").waitFor();
  const effort = await page.locator("[data-test=decided] .hint").textContent();
  ok(/^16 keys/.test(effort), `N and sixteen keys, six of them taken back, one for the failure and one to look, approve a case (${effort})`);
  await judge(page, "screen-review-approved");
}

async function stillsOnly({ judge }, { page }) {
  await keys(page, "n");
  await test(page, "review-case").waitFor();
  const whose = await page.locator("h1").textContent();
  await keys(page, "2", "b");
  await test(page, "put-back-told").waitFor();
  await test(page, "queue").waitFor();
  await judge(page, "screen-review-put-back");
  await keys(page, "?");
  ok(await appears(test(page, "help")), "the keys are told in the queue too");
  await keys(page, "Escape", "u");
  await test(page, "review-case").waitFor();
  ok(await page.locator("h1").textContent() === whose && await page.locator(".answer :checked").count() === 1,
    "a case put back by a slip is taken again by one key, with what was answered");
  await keys(page, "u");
  ok(await page.locator(".answer :checked").count() === 0, "and an answer is taken back by the same key");
  await keys(page, "b");
  await test(page, "queue").waitFor();
  await keys(page, "n");
  await test(page, "review-case").waitFor();
  ok(await page.locator("h1").textContent() === whose, "a case that is put back by a key waits for the next look");
  await drawnStills(page);
  await page.locator(".pane-table").first().hover({ position: { x: 180, y: 300 } });
  await page.mouse.wheel(0, -400);
  await keys(page, "c");
  ok(await page.locator(".pane-sheet").first().evaluate((one) => !one.style.transform.includes("scale(1)")),
    "the wheel comes closer to where it stands");
  await judge(page, "screen-review-zoomed");
  await keys(page, "g", "r", "0");
  const looks = page.locator(".looks [aria-pressed=true]");
  ok(await looks.count() === 2, "a key shows the whole again, contrast and colours as they were");
  await keys(page, "0");
  ok(await looks.count() === 0 && await page.locator(".pane-sheet").first().evaluate((one) =>
    !/rotate\((?!0)/.test(one.style.transform)), "and once more, the picture as it came");
  await keys(page, "?");
  await test(page, "help").waitFor();
  await judge(page, "screen-review-help");
  await keys(page, "Escape", "i");
  await test(page, "reference").waitFor();
  await judge(page, "screen-review-reference");
  await test(page, "to-frauds").click();
  await test(page, "frauds").waitFor();
  await judge(page, "screen-review-frauds");
  await keys(page, "i", "1", "3", "Enter");
  await test(page, "results").waitFor();
  await test(page, "mark-not_screen").click();
  ok(await appears(test(page, "mark")), "a check shows the place that it speaks of");
  await judge(page, "screen-review-where");
  await page.route("**/approval", async (route) => {
    const told = await (await route.fetch()).json();
    told.subject.surname = "Other";
    await route.fulfill({ json: told });
  });
  await keys(page, "d", "1");
  ok(await appears(test(page, "approval-differs")) && await test(page, "approval").count() === 0,
    "data that are not those of the digest are not signed");
  await page.unroute("**/approval");
  // closed, and begun again with asking: the letters that follow are its
  await keys(page, "Escape");
  await test(page, "to-decision").waitFor();
  await keys(page, "2");
  await test(page, "find-reason").waitFor();
  await page.keyboard.type("b");
  ok(await test(page, "find-reason").inputValue() === "b", "what is typed after a digit looks for a reason");
  await test(page, "find-reason").fill("");
  await keys(page, "Escape", "Enter");
  ok(await appears(test(page, "decision-wrong")), "asking again needs a reason");
  await test(page, "find-reason").focus();
  await page.keyboard.type("blurr");
  await keys(page, "Enter");
  ok(await page.locator("[value=blurred]").isChecked(), "a few letters and Enter tick a reason");
  await test(page, "note").fill("The lower edge is soft.");
  await judge(page, "screen-review-redo");
  await page.route("**/decision", (route) => route.abort());
  await test(page, "decide").click();
  ok(await appears(test(page, "decision-failed")), "a lost connection is told");
  ok(await test(page, "note").inputValue() === "The lower edge is soft.", "and what was typed stays");
  await judge(page, "screen-review-offline");
  await page.unroute("**/decision");
  await test(page, "decide").click();
  await page.locator("[data-outcome=redo]").waitFor();
  ok(true, "asking again is recorded");
}

async function suspicion({ judge }, { page }) {
  await keys(page, "n");
  await test(page, "review-case").waitFor();
  await drawnStills(page);
  ok(await page.locator("tr.apart mark").count() >= 2, "letters that differ are marked");
  await judge(page, "screen-review-differs");
  await keys(page, "1", "e");
  await test(page, "earlier-faces").waitFor();
  ok(await page.locator("[data-test=earlier-faces] ul").count() === 2,
    "faces of an earlier request stand above those of the case");
  await judge(page, "screen-review-earlier");
  const answered = () => page.locator(".answer :checked").count();
  await keys(page, "1", "2", "b");
  ok(await test(page, "earlier-case").count() === 1 && await answered() === 1,
    "no key does anything to the case behind it");
  await keys(page, "Escape");
  ok(await test(page, "earlier-case").count() === 0 && await answered() === 1,
    "Esc closes it, and takes back nothing that was answered");
  await keys(page, "e", "e");
  ok(await test(page, "earlier-case").count() === 0, "and so does the key that opened it, after the last one");
  await keys(page, "u");
  await page.context().setOffline(true);
  ok(await appears(test(page, "offline")), "a connection lost with a case in hand is said at once");
  ok(await page.locator(".case-bar").evaluate((one) => one.offsetHeight) < 90,
    "beside what the bar says already, and no taller for it");
  await keys(page, "1", "2", "2", "Enter");
  ok(await appears(page.locator(".opinion .notice")), "an opinion that does not go out is kept");
  await judge(page, "screen-review-opinion-offline");
  await page.context().setOffline(false);
  await test(page, "offline").waitFor({ state: "detached" });
  await keys(page, "Enter");
  await test(page, "results").waitFor();
  await keys(page, "w");
  await drawnFilm(page);
  await page.waitForTimeout(200);
  await judge(page, "screen-review-event");
  await page.setViewportSize({ width: 320, height: 780 }); // as at 400 % of 1280
  ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320),
    "the time line with its events fits 320 pixels");
  await page.setViewportSize(BENCH);
  await keys(page, "w");
  await test(page, "mark").waitFor();
  await judge(page, "screen-review-region");
  await keys(page, "d");
  ok(await page.locator("[name=decision][value=approve]").isDisabled(),
    "who said no is offered no approval");
  await keys(page, "3");
  await page.locator("[value=not_live]").check();
  ok(await appears(test(page, "decision-plain")), "suspected fraud is said to need a second operator");
  await judge(page, "screen-review-refuse");
  await test(page, "decide").click();
  await page.locator("[data-outcome=second_needed]").waitFor();
  ok(true, "a refusal for fraud waits for a second operator");
  await judge(page, "screen-review-second-needed");
  await keys(page, "n");
  await test(page, "queue-empty").waitFor();
  ok(true, "what one has decided does not come back, and the queue is empty");
  await judge(page, "screen-review-empty");
  await theGuide(judge, page);
  await page.goto(page.url().replace(/#.*/, "#/figures"));
  await test(page, "figures").waitFor();
  await judge(page, "screen-figures-own");
}

// What one learns from, without a case.
async function theGuide(judge, page) {
  await test(page, "nav-guide").click();
  await test(page, "guide").waitFor();
  await test(page, "guide-country").selectOption("FRA");
  await test(page, "guide-kind").selectOption("identity_card");
  await test(page, "facts").waitFor();
  ok((await test(page, "facts").textContent()).includes("10 years"),
    "the guide tells of a model what its tables know");
  await judge(page, "screen-guide");
}

async function secondOperator({ open, judge, signIn, base }) {
  const page = await open(BENCH, { colorScheme: "dark", locale: "fr-FR" });
  await addAuthenticator(page);
  await signIn(page, "second@demo.example");
  await page.fill("[name=enrolment_code]", CODE);
  await test(page, "add-passkey").click();
  await test(page, "passkey-go-on").click();
  await test(page, "prove-passkey").click();
  await test(page, "waiting").first().waitFor();
  await keys(page, "n");
  await test(page, "second").waitFor();
  ok(await test(page, "results").count() === 0, "the second operator judges without the first one's words");
  await drawnStills(page);
  await judge(page, "screen-review-second-dark-fr");
  await test(page, "to-face").click();
  await drawnFilm(page);
  await stillFilm(page, 8200);
  await judge(page, "screen-review-face-dark-fr");
  // the browser was closed with a lock held: its case is the next one
  const whose = await page.locator("h1").textContent();
  await page.goto("about:blank");
  await page.goto(`${base}/#/review`);
  ok(await appears(test(page, "queue-mine")), "a case that is still held is said to be");
  await judge(page, "screen-review-mine-dark-fr");
  await keys(page, "n");
  await test(page, "review-case").waitFor();
  ok(await page.locator("h1").textContent() === whose, "and is the next one");
  // the lock is given to another meanwhile
  await page.clock.install();
  await page.route("**/seen", (route) => route.fulfill({
    status: 409, contentType: "application/json", body: '{"error":{"code":"locked","message":""}}',
  }));
  await page.reload();
  await test(page, "review-case").waitFor();
  await keys(page, "z");
  await page.clock.fastForward(61_000);
  ok(await appears(test(page, "lost")), "a lost lock is told at once");
  ok(await page.locator(".pane").count() === 0, "and the pictures are gone");
  await judge(page, "screen-review-lost-dark-fr");
  await page.unroute("**/seen");
  await keys(page, "Escape");
  await test(page, "queue-mine").waitFor(); // the queue has come
  await keys(page, "n");
  await test(page, "review-case").waitFor();
  await keys(page, "1", "2", "2", "Enter");
  await test(page, "results").waitFor();
  await keys(page, "d", "3");
  await test(page, "note").fill("Un doute sur le visage.");
  await page.locator("[value=wrong_person]").check();
  await page.route("**/decision", (route) => route.fulfill({
    status: 409, contentType: "application/json", body: '{"error":{"code":"locked","message":""}}',
  }));
  await test(page, "decide").click();
  await test(page, "lost").waitFor();
  ok(await appears(page.getByText("Un doute sur le visage.")), "a decision that comes too late keeps its note");
  await page.unroute("**/decision");
  await keys(page, "u");
  await test(page, "results").waitFor();
  await keys(page, "d", "3");
  ok(await test(page, "note").inputValue() === "Un doute sur le visage.",
    "a case that nobody else has is taken again, with what was begun");
  await sessionEnds({ judge }, page);
}

// In the middle of a note: nothing of it stays on the screen, and who signs in
// again goes on with it. A sign-out forgets it.
async function sessionEnds({ judge }, page) {
  const signIn = async () => {
    await page.fill("[name=email]", "second@demo.example");
    await page.fill("[name=password]", "demo");
    await test(page, "login").click();
    await test(page, "prove-passkey").click();
    await test(page, "results").waitFor();
    await keys(page, "d", "3");
    return test(page, "note").inputValue();
  };
  await page.route("**/decision", (route) => route.fulfill({
    status: 401, contentType: "application/json", body: '{"error":{"code":"unauthorized","message":""}}',
  }));
  await test(page, "decide").click();
  await test(page, "session-over").waitFor();
  ok(!(await page.content()).includes("Un doute"), "of a session that is over nothing stays on the screen");
  ok(await page.evaluate(() => location.hash) === "#/", "nor in its address");
  await judge(page, "screen-session-over-dark-fr");
  await page.unroute("**/decision");
  ok(await signIn() === "Un doute sur le visage.", "who signs in again goes on with the note");
  await page.evaluate(() => { window.caseAt = location.hash; location.hash = "#/personal"; });
  await page.locator(".leave").click();
  await page.locator("[name=email]").waitFor();
  ok(await page.evaluate(() => location.hash) === "#/", "who signs out leaves no address of theirs");
  ok(await test(page, "session-over").count() === 0, "who signs out is not told that the session is over");
  await page.evaluate(() => { location.hash = window.caseAt; });
  ok(await signIn() === "", "and what they had typed is gone");
}

async function elsewhere({ open, judge, signIn }) {
  const admin = await open({ width: 1280, height: 860 });
  await signIn(admin, "admin@demo.example");
  await test(admin, "figures").waitFor();
  await admin.locator("table.figures").waitFor();
  ok(await admin.locator("table.figures tbody tr").count() === 3, "the platform administrator sees all operators");
  ok(await test(admin, "left-often").count() === 1, "and is told who leaves too many cases undecided");
  await judge(admin, "screen-figures");

  const phone = await open(PHONE);
  await addAuthenticator(phone);
  await signIn(phone, "second@demo.example");
  await test(phone, "login-later").click();
  await test(phone, "passkey-needed").waitFor();
  await judge(phone, "screen-review-passkey-phone");
}

export async function reviewScreens(tools) {
  const operator = await beforeTheQueue(tools);
  await cleanCase(tools, operator);
  await stillsOnly(tools, operator);
  await suspicion(tools, operator);
  await secondOperator(tools);
  await elsewhere(tools);
}
