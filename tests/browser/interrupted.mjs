// What may go wrong before a camera, on a real instance: it is refused, it is
// lost midway, the page is closed, the line is away while it records. Each
// leads on in plain words, and the server keeps nothing of what came to no end.
//
//   BASE_URL= LOGINS= PEOPLE=folder node interrupted.mjs
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  appears, cleanUp, inTrouble, listen, ok, openParticipantBrowser, phoneLook, run, screen, shot, test,
} from "./lib.mjs";
import { Participant } from "./participant.mjs";
import { sitBefore } from "../../tools/faces/fake-camera.mjs";

const { PEOPLE } = process.env;
const KEY = JSON.parse(readFileSync(process.env.LOGINS, "utf8")).api_key;
const WATCHED = 120_000; // a recording is looked at within
const complaints = [];
const browser = await openParticipantBrowser();
let current = null;
inTrouble(() => shot(current, "trouble-interrupted"));

async function open(context, url) {
  const page = await context.newPage();
  listen(page, complaints);
  current = page;
  await sitBefore(page, { face: join(PEOPLE, "face"), document: join(PEOPLE, "document") });
  // the person says no until they say yes
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      if (localStorage.getItem("says-no")) throw new DOMException("no", "NotAllowedError");
      return (window.given = await real(wish));
    };
  });
  await page.goto(url);
  await screen(page, "life-face", 60_000);
  return page;
}

async function begin(page) {
  await page.waitForFunction(() => document.querySelector("[data-test=record]")?.disabled === false);
  await test(page, "record").click();
  await page.locator("[data-prompt]:not([data-prompt=look_ahead])").waitFor();
}

async function refused(page) {
  await page.evaluate(() => localStorage.setItem("says-no", "yes"));
  await test(page, "open-camera").click();
  ok(await appears(test(page, "allow")), "who refuses the camera reads how to allow it");
  await shot(page, "interrupted-refused");
  await page.evaluate(() => localStorage.removeItem("says-no"));
  await test(page, "camera-again").or(test(page, "open-camera")).first().click();
  ok(await appears(test(page, "record")), "and once it is allowed one press opens it");
}

async function lost(page, person) {
  await begin(page);
  await page.evaluate(() => window.given.getVideoTracks()[0].dispatchEvent(new Event("ended")));
  ok(await appears(test(page, "stopped")), "a camera that is lost ends the recording, and why");
  await shot(page, "interrupted-lost");
  const { parts } = (await person.session()).proof_of_life;
  ok(parts[0].state === "todo", "half a recording is none");
  await test(page, "record-again").click();
}

async function closed(page, url) {
  await begin(page);
  await page.close();
  const again = await open(page.context(), url);
  ok(true, "who closed the page while it recorded is where the recording begins");
  await test(again, "open-camera").click();
  return again;
}

async function offline(page, person) {
  await begin(page);
  await page.context().setOffline(true);
  ok(await appears(page.locator(".life-net", { hasText: /\S/ })), "a line that is away is said while it records");
  await page.waitForTimeout(2500);
  await shot(page, "interrupted-offline");
  await page.context().setOffline(false);
  await screen(page, "life-document", WATCHED);
  const { parts } = (await person.session()).proof_of_life;
  ok(parts[0].state !== "todo" && parts[0].takes_left === 7,
    `and the recording comes whole when it is back (${parts[0].state}, ${parts[0].takes_left} left)`);
}

await run("interrupted", async () => {
  const person = new Participant(join(PEOPLE, "passport"), "ITA");
  const url = await person.toProofOfLife(KEY, "Chiara Lo Presti");
  const context = await browser.newContext(phoneLook());
  let page = await open(context, url);
  await refused(page);
  await lost(page, person);
  page = await closed(page, url);
  await offline(page, person);
  ok(complaints.length === 0, `no page complains${complaints.length ? `: ${complaints[0]}` : ""}`);
}, async () => {
  await browser.close();
  cleanUp();
});
