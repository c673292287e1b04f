// A participant for browser tests: takes the place of the page's camera and
// plays the clips of tools/faces/camera, the one that a prompt asks for when
// the server has revealed it. For Playwright:
//
//     await sitBefore(page, { face: "DIR", document: "DIR" });
//
// before the page is opened. Wishes wider than 2000 pixels, those of pictures,
// see what `picture` names, a JPEG that is held still, or without it go to the
// browser's own fake camera. `answers` may say what is done for a
// prompt instead of it: { turn_left: "turn_right", look_up: null }.
//
//     await holdBefore(page, "PICTURE.jpg");
//
// holds one picture before the camera, for browsers that play no file as theirs.
import { readFileSync } from "node:fs";
import { join } from "node:path";

function load(folder) {
  const { clips } = JSON.parse(readFileSync(join(folder, "clips.json"), "utf8"));
  return Object.fromEntries(Object.entries(clips).map(([name, { file }]) =>
    [name, readFileSync(join(folder, file)).toString("base64")]));
}

export async function sitBefore(page, { picture, ...folders }, answers = {}) {
  if (picture) await holdBefore(page, picture);
  const parts = Object.fromEntries(Object.entries(folders).map(
    ([part, folder]) => [part, load(folder)]));
  await page.addInitScript(install, { parts, answers });
}

export async function holdBefore(page, picture) {
  await page.addInitScript(hold, readFileSync(picture).toString("base64"));
}

// Runs in the page. A hand trembles: a stream that shows nothing new may stop.
function hold(jpeg) {
  if (!navigator.mediaDevices) return;
  navigator.mediaDevices.getUserMedia = async () => {
    const bytes = Uint8Array.from(atob(jpeg), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const pen = canvas.getContext("2d");
    let shown = 0;
    const draw = () => {
      shown += 1;
      pen.drawImage(picture, shown % 2, 0);
    };
    draw();
    const made = canvas.captureStream(10);
    const [track] = made.getVideoTracks();
    const timer = setInterval(draw, 100);
    const stop = track.stop.bind(track);
    track.stop = () => { clearInterval(timer); stop(); };
    return made;
  };
}

// Runs in the page; everything it needs is in it.
function install({ parts, answers }) {
  if (!navigator.mediaDevices) return; // no page that may have a camera
  const SIZES = { face: [640, 480], document: [1280, 720] };
  const REACTION_MS = 400;
  const FADE_MS = 320;
  const videos = {};
  // for tests that ask what is going on
  const state = window.fakeCamera = {
    part: "face", resting: "rest", playing: null, waiting: [], videos,
    before: null, since: 0, last: () => null,
  };

  const video = (part, name) => {
    const key = `${part} ${name}`;
    if (!videos[key]) {
      const bytes = Uint8Array.from(atob(parts[part][name]), (c) => c.charCodeAt(0));
      const one = document.createElement("video");
      one.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
      one.muted = true;
      one.preload = "auto";
      videos[key] = one;
    }
    return videos[key];
  };
  const show = (name, again) => {
    const one = video(state.part, name);
    state.before = state.last();
    state.since = performance.now();
    one.loop = again;
    one.currentTime = 0;
    one.play().catch(() => undefined);
    state.playing = one;
    one.onended = again ? null : next;
  };
  const rest = () => show(state.resting, true);
  function next() {
    const name = state.waiting.shift();
    if (name) show(name, false);
    else rest();
  }
  const sit = (part) => {
    if (!parts[part]) return;
    state.part = part;
    state.resting = part === "face" ? "rest" : "absent";
    state.waiting = [];
    for (const name of Object.keys(parts[part])) video(part, name);
    rest();
  };
  const act = (asked) => {
    const name = asked in answers ? answers[asked] : asked;
    if (!name || !parts[state.part][name]) return;
    if (name === "show_front") state.resting = "rest";
    if (name === "show_back") state.resting = "rest_back";
    state.waiting.push(name);
    if (state.playing.loop) next();
  };

  // Who sits there sways, and does nothing twice in the same pixels: a clip
  // that is played again is no film shown again.
  const phases = Array.from({ length: 6 }, () => Math.random() * 6.28);
  const wave = (i, seconds) => Math.sin(
    (performance.now() / 1000 / seconds) * 6.28 + phases[i]);
  const sway = ({ width, height }) => {
    const zoom = 1.04 + 0.012 * wave(0, 7.3) + 0.004 * wave(1, 2.9);
    const [w, h] = [width * zoom, height * zoom];
    const x = (width - w) / 2 + width * (0.007 * wave(2, 5.1) + 0.003 * wave(3, 1.7));
    const y = (height - h) / 2 + height * (0.006 * wave(4, 6.1) + 0.003 * wave(5, 2.3));
    return [x, y, w, h];
  };

  const stream = (part) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = SIZES[part];
    // in memory: a canvas of the graphics card is slow to read back
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    sit(part);
    state.last = () => {
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = SIZES[part];
      copy.getContext("2d").drawImage(canvas, 0, 0);
      return copy;
    };
    // nobody jumps from one pose to another: a clip comes in over the last
    // picture of the one before
    const timer = setInterval(() => {
      const one = state.playing;
      if (!one || one.readyState < 2) return;
      const share = Math.min(1, (performance.now() - state.since) / FADE_MS);
      pen.globalAlpha = 1;
      if (state.before && share < 1) pen.drawImage(state.before, 0, 0);
      pen.globalAlpha = state.before ? Math.max(share, 0.05) : 1;
      pen.drawImage(one, ...sway(canvas));
      pen.globalAlpha = 1;
    }, 40);
    const made = canvas.captureStream(25);
    const [track] = made.getVideoTracks();
    const stop = track.stop.bind(track);
    track.stop = () => { clearInterval(timer); stop(); };
    Object.defineProperty(track, "label", { value: "Integrated Webcam" });
    track.getCapabilities = () => ({
      width: { min: 1, max: 1920 }, height: { min: 1, max: 1080 },
      frameRate: { min: 1, max: 30 }, facingMode: ["user"], deviceId: "camera",
    });
    track.getSettings = () => ({
      width: canvas.width, height: canvas.height, frameRate: 25, facingMode: "user",
      deviceId: "camera",
    });
    track.applyConstraints = async () => undefined;
    return made;
  };

  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const width = wish?.video?.width?.ideal ?? 0;
    // what holdBefore put in the camera's place, where it did
    if (width > 2000) return real(wish);
    return stream(wish.video.facingMode?.ideal === "environment" ? "document" : "face");
  };

  const ask = window.fetch.bind(window);
  window.fetch = async (...words) => {
    const url = String(words[0]?.url ?? words[0]);
    if (url.endsWith("/takes") && words[1]?.body) {
      try { sit(JSON.parse(words[1].body).part); } catch { /* not ours */ }
    }
    const answer = await ask(...words);
    if (/\/takes\/[^/]+\/prompt$/.test(url) && answer.ok) {
      const { name } = await answer.clone().json();
      setTimeout(() => act(name), REACTION_MS);
    }
    return answer;
  };
}
