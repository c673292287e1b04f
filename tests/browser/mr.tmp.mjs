import { openBrowser, cleanUp } from "./lib.mjs";
const browser = await openBrowser(null);
const context = await browser.newContext({ permissions: ["camera"] });
const page = await context.newPage();
await page.goto(process.env.BASE_URL + "/revoke");
for (const [type, extra] of [["video/mp4;codecs=avc1.42E01E", {}], ["video/mp4;codecs=avc1.42E01E", { videoKeyFrameIntervalDuration: 1000 }], ["video/webm;codecs=vp9", {}], ["video/webm;codecs=vp8", {}]]) {
  console.log(type, JSON.stringify(extra), JSON.stringify(await page.evaluate(async ([type, extra]) => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
    const out = [];
    const r = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 2e6, ...extra });
    const t0 = performance.now();
    r.ondataavailable = (e) => out.push([Math.round(performance.now() - t0), e.data.size]);
    r.start(1000);
    await new Promise((res) => setTimeout(res, 9000));
    await new Promise((res) => { r.onstop = res; r.stop(); });
    const s = stream.getVideoTracks()[0].getSettings();
    stream.getTracks().forEach((t) => t.stop());
    return [s.width, s.height, s.frameRate, out];
  }, [type, extra])));
}
await browser.close(); cleanUp();
