// What goes wrong with a recording, on the pages' mock: no permission, another
// camera, a page that is closed, a connection that is away, two windows, and a
// browser that records as Safari does. Each must lead on, in plain words.
import { appears, DESK, ok, PHONE, screen, test } from "./lib.mjs";
import { startRecording, toLife } from "./life.mjs";

const QUICK = 30_000;
const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 " +
  "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const takesOf = async (tools, url) => {
  const { id } = await tools.participant(url);
  return (await (await fetch(`${tools.base}/mock/takes`)).json())
    .filter((one) => one.registration === id);
};

async function notAllowed(tools) {
  const looks = [
    ["safari_phone", PHONE, { userAgent: SAFARI, locale: "fr-FR" }],
    ["firefox", DESK, { userAgent: FIREFOX, colorScheme: "dark" }],
    // a desktop at 200 %: half as many points
    ["chrome", { width: 640, height: 430 }, {}],
  ];
  for (const [browser, viewport, more] of looks) {
    const page = await tools.open(viewport, more);
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await toLife(tools, page, "Ida Denied", { language: more.locale?.slice(0, 2) ?? "en" });
    await test(page, "open-camera").click();
    await test(page, "allow").waitFor();
    ok(await test(page, "allow").getAttribute("data-browser") === browser,
      `who denied the camera in ${browser} reads how to allow it there`);
    await tools.judge(page, `screen-life-denied-${browser}`);
    await page.context().close();
  }
}

// Safari: MP4 alone, cut where it pleases; here every five seconds.
async function asSafariRecords(tools) {
  const page = await tools.open(PHONE);
  await page.addInitScript(() => {
    const able = MediaRecorder.isTypeSupported.bind(MediaRecorder);
    MediaRecorder.isTypeSupported = (type) => type.startsWith("video/mp4") && able(type);
    const start = MediaRecorder.prototype.start;
    MediaRecorder.prototype.start = function slowly() { return start.call(this, 5000); };
  });
  const url = await toLife(tools, page, "Sara Safari");
  await startRecording(page, "face");
  await screen(page, "life-document", QUICK);
  const [take] = await takesOf(tools, url);
  ok(take.type === "video/mp4" && take.state === "sent" && take.chunks <= 4,
    `a recording in MP4 comes whole and by its name, in ${take.chunks} chunks`);
  await page.context().close();
}

async function withOtherDevices(tools) {
  const page = await tools.open(PHONE);
  const url = await toLife(tools, page, "Dora Devices Brief");
  await startRecording(page, "face");
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event("devicechange")));
  await screen(page, "life-document", QUICK);
  const [take] = await takesOf(tools, url);
  ok(take.ended.device_changed === true && take.hints.device_changed !== true,
    "a change of devices stops nothing, and is told");
  await page.context().close();
}

async function closedMidway(tools) {
  const first = await tools.open(PHONE);
  const url = await toLife(tools, first, "Clara Closed Brief");
  await startRecording(first, "face");
  await first.waitForTimeout(1500);
  await first.close();
  const page = await first.context().newPage();
  await page.goto(url);
  await screen(page, "life-face");
  ok(true, "who closed the page while recording is where the recording begins");
  await startRecording(page, "face");
  await screen(page, "life-document", QUICK);
  const takes = await takesOf(tools, url);
  ok(takes.map((one) => one.state).join(" ") === "superseded sent", "and the half recording is none");
  await page.context().close();
}

async function offlineForAWhile(tools) {
  const page = await tools.open(PHONE);
  const url = await toLife(tools, page, "Olaf Offline Brief");
  await startRecording(page, "face");
  await page.waitForTimeout(1500);
  await page.context().setOffline(true);
  ok(await appears(page.locator(".life-net", { hasText: /\S/ })), "a connection that is away is said while recording");
  await page.waitForTimeout(4000);
  await tools.judge(page, "screen-life-offline");
  await page.context().setOffline(false);
  await screen(page, "life-document", QUICK);
  const [take] = await takesOf(tools, url);
  ok(take.state === "sent", "five seconds without a connection cost nothing");
  await page.context().close();
}

// Recorded, and then no connection for longer than the take lives.
async function offlineAtTheEnd(tools) {
  const page = await tools.open(DESK, { colorScheme: "dark", locale: "fr-FR" });
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    window.later = 0;
    Date.now = () => now() + window.later;
  });
  await toLife(tools, page, "Nora Nevermore Brief", { language: "fr" });
  await startRecording(page, "face");
  await page.locator("[data-prompt]:not([data-prompt=look_ahead])").waitFor();
  await page.route("**/takes/**", (route) =>
    (/prompt$/.test(route.request().url()) ? route.continue() : route.abort()));
  await screen(page, "life-sending", QUICK);
  await tools.judge(page, "screen-life-sending-dark-fr");
  await page.evaluate(() => { window.later = 180_000; });
  await test(page, "stopped").waitFor({ timeout: QUICK });
  ok((await test(page, "stopped").textContent()).includes("connexion"), "a connection that stays away ends it, and why");
  await tools.judge(page, "screen-life-stopped-offline-dark-fr");
  await page.unroute("**/takes/**");
  await test(page, "record-again").click();
  await page.waitForFunction(() => document.querySelector("[data-test=record]")?.disabled === false);
  ok(true, "and one press begins again");
  await page.context().close();
}

async function twoWindows(tools) {
  const first = await tools.open(PHONE);
  const url = await toLife(tools, first, "Theo Twice");
  await startRecording(first, "face");
  const second = await tools.open(PHONE);
  await second.goto(url);
  await startRecording(second, "face");
  await test(first, "stopped").waitFor({ timeout: QUICK });
  ok((await test(first, "stopped").textContent()).includes("another window"),
    "of two windows that record the earlier one stops, and says why");
  await screen(second, "life-document", QUICK);
  ok(true, "and the later one comes to its end");
  await first.context().close();
  await second.context().close();
}

// The smallest phones, a phone on its side, a desktop at 200 %: words and frame
// must stand beside each other, and the button within the screen.
const covered = (page, names) => page.evaluate((all) => {
  const boxes = all.map((one) => document.querySelector(one)?.getBoundingClientRect()).filter(Boolean);
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 ||
    a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  const outside = boxes.some((one) => one.left < -1 || one.top < -1 ||
    one.right > innerWidth + 1 || one.bottom > innerHeight + 1);
  return boxes.length < all.length ? "missing" : outside ? "outside" : boxes.some((a, i) =>
    boxes.slice(i + 1).some((b) => !apart(a, b))) ? "covered" : "";
}, names);

async function onSmallScreens(tools) {
  const looks = [
    ["320", { width: 320, height: 568 }], ["side", { width: 740, height: 360 }],
    ["200", { width: 640, height: 430 }],
  ];
  for (const [name, viewport] of looks) {
    const page = await tools.open(viewport, { locale: "fr-FR" });
    await toLife(tools, page, "Simone Small Brief", { language: "fr" });
    await tools.judge(page, `screen-life-face-${name}-fr`);
    await test(page, "open-camera").click();
    await test(page, "record").waitFor();
    await page.waitForTimeout(1500);
    const ready = await covered(page, [".life-card", ".guide", "[data-test=record]"]);
    ok(ready === "", `ready on a screen of ${name}, nothing covers the frame${ready && `: ${ready}`}`);
    await tools.judge(page, `screen-life-ready-${name}-fr`);
    await test(page, "record").click();
    await page.locator("[data-prompt]:not([data-prompt=look_ahead])").waitFor();
    const recording = await covered(page, [".life-card", ".guide", ".life-now"]);
    ok(recording === "", `recording on a screen of ${name}, nothing covers the frame${recording && `: ${recording}`}`);
    await tools.judge(page, `screen-life-recording-${name}-fr`);
    await page.context().close();
  }
}

export const faults = [
  onSmallScreens, notAllowed, asSafariRecords, withOtherDevices, closedMidway, offlineForAWhile,
  offlineAtTheEnd, twoWindows,
];
