// From desktop to phone on a real instance, with two browsers: the code changes
// and is good once, a wrong number ends it and the desktop is told, the right
// one lets the phone in, and the desktop follows and may go on by itself.
//
//   BASE_URL= LOGINS= node handover.mjs
import { readFileSync } from "node:fs";
import {
  appears, BASE, cleanUp, DESK, inTrouble, listen, ok, openBrowser, openParticipantBrowser,
  phoneLook, run, screen, shot, test,
} from "./lib.mjs";
import { Participant } from "./participant.mjs";

const KEY = JSON.parse(readFileSync(process.env.LOGINS, "utf8")).api_key;
const CHANGES = 30_000; // the code does so every 20 seconds
const complaints = [];
const browser = await openBrowser();
const theirs = await openParticipantBrowser();
let current = null;
inTrouble(() => shot(current, "trouble-handover"));

async function open(where, look) {
  const page = await (await where.newContext(look)).newPage();
  listen(page, complaints);
  current = page;
  return page;
}

const address = (desk) => test(desk, "qr").getAttribute("data-address");

async function changes(desk) {
  const first = await address(desk);
  await desk.waitForFunction((before) =>
    document.querySelector("[data-test=qr]")?.getAttribute("data-address") !== before,
  first, { timeout: CHANGES });
  ok(true, "the code changes by itself");
  return first;
}

async function visit(phone, url) {
  await phone.goto("about:blank");
  await phone.goto(url);
}

await run("from desktop to phone", async () => {
  const person = new Participant("demo_passport", "UTO");
  const url = await person.toProofOfLife(KEY, "Zoé Åsa Lindqvist");
  const desk = await open(browser, { viewport: DESK, locale: "en-GB", timezoneId: "Europe/Paris" });
  const phone = await open(theirs, phoneLook());
  await desk.goto(url);
  await test(desk, "to-phone").click();
  await test(desk, "qr").waitFor();
  await shot(desk, "handover-01-code");

  const old = await changes(desk);
  await changes(desk);
  await visit(phone, old);
  await screen(phone, "landing-late");
  ok(true, "a picture of a code that is over opens nothing");
  await shot(phone, "handover-02-late");

  const used = await address(desk);
  await visit(phone, used);
  await screen(phone, "landing");
  await screen(desk, "handover-number");
  const told = await test(phone, "landing-facts").textContent();
  ok(told.includes("Demo") && told.includes("QCP-n") && told.includes("Chrome"),
    "the phone says who asks, for which level, and where it was begun");
  await shot(phone, "handover-03-pick");
  await shot(desk, "handover-04-number");
  const shown = await test(desk, "number").textContent();
  const other = await open(theirs, phoneLook());
  await visit(other, used);
  await screen(other, "landing-late");
  ok(true, "a second phone with the same code is turned away");
  await phone.locator(`.picks button:not([data-test=pick-${shown}])`).first().click();
  await screen(phone, "landing-ended");
  await screen(desk, "handover-ended");
  ok(true, "a wrong number ends it, and the desktop is told");
  await shot(desk, "handover-05-ended");

  await test(desk, "handover-again").click();
  await test(desk, "qr").waitFor();
  await visit(phone, await address(desk));
  await screen(phone, "landing");
  await screen(desk, "handover-number");
  await test(phone, `pick-${await test(desk, "number").textContent()}`).click();
  await screen(phone, "life-face");
  ok(true, "the right number lets the phone in");
  await screen(desk, "handover-following");
  ok(true, "and the desktop follows");
  await shot(desk, "handover-06-following");
  await shot(phone, "handover-07-phone");
  const cookies = await phone.context().cookies(BASE);
  ok(cookies.every((one) => one.httpOnly), "what the phone was given is not for scripts");
  await desk.reload();
  ok(await appears(desk.locator("[data-screen=handover-following]")), "a desktop that is loaded again still follows");

  await test(desk, "stay-here").click();
  await screen(desk, "life-face");
  await screen(phone, "handed_back");
  ok(true, "the desktop goes on by itself, and the phone says so untouched");
  await shot(phone, "handover-08-handed-back");
  const refused = await phone.evaluate(async () => {
    const id = location.hash.slice(1);
    return (await fetch(`/v1/session/${id}`)).status;
  });
  ok(refused === 401, "what the phone was given counts no more");
  ok(complaints.length === 0, `no page complains${complaints.length ? `: ${complaints[0]}` : ""}`);
}, async () => {
  await browser.close();
  await theirs.close();
  cleanUp();
});
