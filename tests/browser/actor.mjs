// An invented person before the page's camera: getUserMedia gives a canvas on
// which clips are played, the one of the prompt that the page shows, and rest
// in between. What the page records is what a camera would give it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PARTS = { face: [640, 480], document: [1280, 720] };

export async function actor(page, folder) {
  const clips = {};
  for (const part of Object.keys(PARTS)) {
    clips[part] = JSON.parse(readFileSync(join(folder, part, "clips.json"), "utf8")).clips;
  }
  await page.route(/\/__clips__\//, (route) => {
    const [part, name] = new URL(route.request().url()).pathname.split("/").slice(-2);
    route.fulfill({
      contentType: "video/webm", body: readFileSync(join(folder, part, `${name}.webm`)),
    });
  });
  await page.addInitScript(play, { clips, sizes: PARTS });
}

// In the page.
function play({ clips, sizes }) {
  const films = {};
  let stage = null;

  async function film(part, name) {
    const key = `${part}/${name}`;
    films[key] ??= (async () => {
      const blob = await (await fetch(`/__clips__/${key}`)).blob();
      const video = document.createElement("video");
      video.muted = true;
      video.src = URL.createObjectURL(blob);
      await new Promise((done) => { video.onloadeddata = done; });
      return video;
    })();
    return films[key];
  }

  async function act(name) {
    const { part } = stage;
    const known = clips[part][name] ? name : "rest";
    const video = await film(part, known);
    video.loop = known === "rest";
    video.currentTime = 0;
    stage.video?.pause();
    stage.video = video;
    video.onended = () => act("rest");
    await video.play();
  }

  function draw() {
    if (!stage) return;
    if (stage.video) stage.pen.drawImage(stage.video, 0, 0, stage.canvas.width, stage.canvas.height);
    stage.timer = setTimeout(draw, 40);
  }

  async function open({ video: wanted }) {
    const facing = wanted?.facingMode?.ideal ?? wanted?.facingMode;
    const part = facing === "environment" ? "document" : "face";
    const [width, height] = sizes[part];
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    if (stage) clearTimeout(stage.timer);
    stage = { part, canvas, pen: canvas.getContext("2d") };
    await Promise.all(Object.keys(clips[part]).map((name) => film(part, name)));
    await act("rest");
    draw();
    const stream = canvas.captureStream(25);
    const [track] = stream.getVideoTracks();
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({
      ...settings(), width, height, frameRate: 25, facingMode: part === "face" ? "user" : "environment",
    });
    return stream;
  }

  navigator.mediaDevices.getUserMedia = open;

  let shown = "";
  setInterval(() => {
    const prompt = document.querySelector("[data-prompt]")?.getAttribute("data-prompt") ?? "";
    if (prompt === shown) return;
    shown = prompt;
    if (stage && prompt) void act(prompt === "look_ahead" ? "rest" : prompt);
  }, 30);
}
