// The camera screen's arithmetic, on drawn pictures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const load = (name) => import(join(process.env.MODULES, `${name}.mjs`));
const geometry = await load("participant/capture/geometry");
const quality = await load("participant/capture/quality");
const camera = await load("participant/capture/camera");
const { browserOf } = await load("participant/capture/browsers");

const PHONE = { width: 390, height: 844 };

test("the frame has the document's shape and fits on small and large screens", () => {
  for (const view of [PHONE, { width: 320, height: 568 }, { width: 1440, height: 900 }, { width: 844, height: 390 }]) {
    for (const kind of ["passport", "identity_card"]) {
      const box = geometry.guideBox(view, geometry.shapeOf(kind));
      assert.ok(Math.abs(box.width / box.height - geometry.shapeOf(kind)) < 0.001);
      assert.ok(box.x >= 0 && box.x + box.width <= view.width, "inside across");
      assert.ok(box.y + box.height <= view.height, "inside down");
    }
  }
});

test("hint and button have room below the frame, the title above it", () => {
  for (const [width, height] of [[390, 844], [320, 568], [768, 1024], [1280, 720], [1280, 900], [1680, 900], [1920, 1080]]) {
    for (const kind of ["passport", "identity_card"]) {
      const box = geometry.guideBox({ width, height }, geometry.shapeOf(kind));
      assert.ok(height - box.y - box.height >= geometry.BELOW - 1, `${width}x${height} ${kind}`);
      assert.ok(box.y >= 72, `${width}x${height} ${kind}`);
    }
  }
});

test("a box on the screen is found in the camera's picture", () => {
  const video = { width: 1080, height: 1920 };
  const whole = geometry.coverRegion(PHONE, video, { x: 0, y: 0, ...PHONE });
  assert.ok(Math.abs(whole.height - 1920) < 0.01);
  assert.ok(Math.abs(whole.width - 1920 * (390 / 844)) < 0.01);
  assert.ok(Math.abs(whole.x - (1080 - whole.width) / 2) < 0.01);
});

test("what is asked beyond the picture is cut off", () => {
  const region = geometry.coverRegion(PHONE, { width: 100, height: 100 }, { x: -5000, y: -5000, width: 20000, height: 20000 });
  assert.deepEqual(region, { x: 0, y: 0, width: 100, height: 100 });
});

test("room around the frame stays on the screen", () => {
  const box = geometry.widened({ x: 10, y: 300, width: 370, height: 260 }, 0.15, PHONE);
  assert.equal(box.x, 0);
  assert.equal(box.width, 390);
  assert.ok(box.y < 300 && box.y > 200);
});

// A card of letters on a table, drawn in grey.
const W = 240, H = 180;
const FRAME = { x: 20, y: 15, width: 200, height: 150 };
function scene({ card = FRAME, ground = 70, paper = 190, ink = 60, gain = 1, burnt = false } = {}) {
  const data = new Uint8Array(W * H);
  for (let y = 0; y < H; y += 1) {
    for (let x = 0; x < W; x += 1) {
      const inside = card && x >= card.x && x < card.x + card.width && y >= card.y && y < card.y + card.height;
      let grey = inside ? paper : ground;
      if (inside && y % 12 < 5 && (x * 7 + y) % 9 < 4 && x > card.x + 14 && x < card.x + card.width - 14) grey = ink;
      if (burnt && inside && (x - 120) ** 2 + (y - 80) ** 2 < 1600) grey = 255;
      data[y * W + x] = Math.min(255, grey * gain);
    }
  }
  return { width: W, height: H, data };
}
const blurred = (grey) => {
  const out = new Uint8Array(grey.data.length);
  const { width, height } = grey;
  for (let y = 3; y < height - 3; y += 1) {
    for (let x = 3; x < width - 3; x += 1) {
      let sum = 0;
      for (let j = -3; j <= 3; j += 1) for (let i = -3; i <= 3; i += 1) sum += grey.data[(y + j) * width + x + i];
      out[y * width + x] = sum / 49;
    }
  }
  return { width, height, data: out };
};
const hint = (picture, before = picture, detail = picture, scale = 9) =>
  quality.hintOf(quality.measure(picture, FRAME, { grey: detail, perMm: 6.4 }, before, scale));

test("a sharp, still, well-lit card in the frame is good", () => {
  assert.equal(hint(scene()), "good");
});

test("darkness is said first", () => {
  assert.equal(hint(scene({ gain: 0.25 })), "dark");
});

test("an empty table asks for the document", () => {
  assert.equal(hint(scene({ card: null, ground: 120 })), "place");
});

test("a card that is too far asks to come closer", () => {
  assert.equal(hint(scene({ card: { x: 70, y: 50, width: 100, height: 76 } })), "fit");
});

test("a burnt patch is glare", () => {
  assert.equal(hint(scene({ burnt: true })), "glare");
});

test("a camera that is too coarse for the document is said to be", () => {
  assert.equal(hint(scene(), undefined, undefined, 4), "coarse");
});

test("the hints of darkness, blur and scale are never laxer than what the server turns back", () => {
  const path = new URL("../../src/checks/quality.def", import.meta.url);
  const table = readFileSync(path, "utf8");
  const limit = (name) => Number(table.match(new RegExp(`${name}, (?:LEAST|MOST), ([0-9.]+)`))[1]);
  assert.ok(quality.LIMITS.blur <= limit("quality_blur"));
  assert.ok(quality.LIMITS.scale >= limit("quality_scale"));
  assert.ok(quality.LIMITS.dark >= limit("quality_brightness") * 255);
});

test("a moving card is asked to hold still", () => {
  assert.equal(hint(scene(), scene({ card: { ...FRAME, x: 40 } })), "steady");
});

test("a card without any sharp letter is blurred, not absent", () => {
  const grey = scene({ ink: 190 });
  assert.equal(hint(grey), "blur");
});

test("a blurred card is not released", () => {
  assert.equal(hint(scene(), scene(), blurred(blurred(scene()))), "blur");
});

test("the first look never releases, having nothing to compare with", () => {
  assert.equal(hint(scene(), null), "steady");
});

test("a flat grey picture has no sharpness", () => {
  assert.equal(quality.sharpness({ width: 9, height: 9, data: new Uint8Array(81).fill(99) }), 0);
});

test("colours become grey by their weight to the eye", () => {
  const { data } = quality.greyOf(new Uint8ClampedArray([0, 255, 0, 255, 0, 0, 255, 255]), 2, 1);
  assert.ok(data[0] > data[1]);
});

test("files are judged by their first bytes and their size", async () => {
  const blob = (...bytes) => new Blob([new Uint8Array(bytes)]);
  assert.equal(await camera.pictureTrouble(blob(0xff, 0xd8, 0xff)), null);
  assert.equal(await camera.pictureTrouble(blob(0x89, 0x50, 0x4e, 0x47)), null);
  assert.equal(await camera.pictureTrouble(blob(0x25, 0x50, 0x44, 0x46, 0x2d)), null);
  assert.equal((await camera.typed(blob(0x25, 0x50, 0x44, 0x46, 0x2d))).type, "application/pdf");
  assert.equal(await camera.pictureTrouble(blob(0x47, 0x49, 0x46, 0x38)), "unsupported_media_type");
  assert.equal(await camera.pictureTrouble(blob()), "empty");
  assert.equal(await camera.pictureTrouble(new Blob([new Uint8Array(10 * 1024 * 1024 + 1)])), "too_large");
});

test("each browser is told its own way to allow the camera", () => {
  const agents = {
    safari_phone: ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", 5],
    other_ios: ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0 Mobile/15E148 Safari/604.1", 5],
    safari: ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", 0],
    firefox: ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", 0],
    firefox_phone: ["Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", 5],
    chrome: ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36", 10],
    chrome_phone: ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36", 5],
    other: ["curl/8", 0],
  };
  for (const [name, [agent, fingers]] of Object.entries(agents)) {
    assert.equal(browserOf(agent, fingers), name);
  }
  assert.equal(browserOf(agents.safari[0], 5), "safari_phone", "an iPad");
});

test("where no second try helps, another device comes first", () => {
  for (const one of ["insecure", "none", "no_recording", "too_coarse"]) assert.ok(camera.isElsewhere(one), one);
  for (const one of ["refused", "busy", "lost", "unknown"]) assert.ok(!camera.isElsewhere(one), one);
});
