import { readFileSync } from "node:fs";
import { openBrowser, PHONE, DESK, listen, shot, screen, test, ok, cameraFile, run, cleanUp } from "./lib.mjs";
const BASE = process.env.BASE_URL;
const key = JSON.parse(readFileSync("/tmp/cu-demo/logins.json")).api_key;
const complaints = [];
const level = process.env.LEVEL ?? "qcp";
const made = await (await fetch(BASE + "/v1/registrations", { method: "POST",
  headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
  body: JSON.stringify({ applicant: `p${Date.now()}@example.org`, level, fullname: "Ada Martin", phone_number: "+33612345678" }) })).json();
console.log(made.url ?? made);
const browser = await openBrowser(process.env.CAMERA);
const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2, locale: "en-GB", permissions: ["camera"] });
const page = await context.newPage();
listen(page, complaints);
page.on("response", async (r) => { if (r.url().includes("/takes") || r.url().includes("/handover")) console.log(r.request().method(), r.status(), r.url().replace(/.*session\/[^/]*/, "").slice(0, 70), r.status() >= 400 ? (await r.text()).slice(0, 200) : ""); });
await run("real", async () => {
  await page.goto(made.url);
  await test(page, "start").click();
  await test(page, "name-yes").click();
  await page.waitForTimeout(1000);
  for (let i = 0; i < 2; i += 1) {
    const now = await page.locator("[data-screen]").getAttribute("data-screen");
    console.log(now);
    if (now === "email" || now === "phone") await page.locator("[data-test=phone-send],[data-test=email-send]").first().click();
    if (!/email|phone/.test(now)) break;
    await page.locator("[name=code]").waitFor();
    await page.waitForTimeout(1500);
    const box = (await (await fetch(BASE + "/outbox")).text()).replace(/<[^>]*>/g, " ");
    const code = box.match(/\b\d{6}\b/)[0];
    await page.fill("[name=code]", code);
    await page.waitForTimeout(1500);
  }
  await screen(page, "consent");
  console.log((await page.locator(".prose").textContent()).slice(0, 300));
  await test(page, "consent-document").check();
  await test(page, "consent-biometric").check();
  await test(page, "consent-yes").click();
  await screen(page, "agreement");
  await page.locator("[data-test=terms]").evaluate((e) => { e.scrollTop = e.scrollHeight; });
  await test(page, "agreement-yes").click();
  await screen(page, "document-choose");
  await page.fill("[name=country]", "utop");
  await test(page, "country-UTO").click();
  await test(page, "kind-passport").click();
  await screen(page, "document-prepare");
  ok(await test(page, "file").count() === 0, "no files");
  const id = await page.evaluate(async (bytes) => {
    const s = await (await fetch("/v1/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token: location.hash.slice(1) }) })).json();
    const r = await fetch(`/v1/session/${s.id}/document/front`, { method: "POST", headers: { "Content-Type": "image/jpeg" }, body: Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)) });
    return [s.id, r.status, (await r.text()).slice(0, 100)];
  }, readFileSync("/work/trees/capture-ui/tests/specimens/demo_passport.jpg").toString("base64"));
  console.log(id);
  await page.waitForTimeout(3000);
  await page.reload();
  await screen(page, "life-face");
  for (const part of ["face", "document"]) {
    await test(page, "open-camera").click();
    await page.waitForFunction(() => document.querySelector("[data-test=record]")?.disabled === false || document.querySelector("[data-test=camera-trouble]"));
    await test(page, "record").click();
    await page.locator(`[data-screen=life-sending], [data-screen=life-document], [data-screen=life-given], [data-test=stopped], [data-test=retake]`).first().waitFor({ timeout: 60000 });
    await page.waitForTimeout(4000);
    await shot(page, `real-${part}`);
    console.log(part, await page.locator("[data-screen]").getAttribute("data-screen"), (await page.locator(".notice").allTextContents()).join("|"));
    if (await test(page, "open-camera").count() === 0) break;
    const name = await page.locator("[data-screen]").getAttribute("data-screen");
    if (part === "face" && name !== "life-document") break;
  }
  for (let i = 0; i < 12; i += 1) {
    await page.waitForTimeout(2500);
    console.log(await page.locator("[data-screen]").getAttribute("data-screen"), (await page.locator(".notice").allTextContents()).join("|"));
  }
  await shot(page, "real-end");
  ok(complaints.length === 0, complaints.join(";"));
}, async () => { await browser.close(); cleanUp(); });
