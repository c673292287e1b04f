// Looks at the preview a few times a second and says what it sees; counts the
// good looks in a row and releases the shutter after about a second of them.
import { coverRegion, widened, type Box, type Size } from "./geometry";
import { greyOf, hintOf, measure, type Frame, type Grey, type Hint } from "./quality";

const EVERY = 180; // ms
const GOOD_IN_A_ROW = 6;
const OVERVIEW = 240; // pixels across
const AROUND = 0.1;
const DOCUMENT = 1000; // pixels across, for the blur: as many as the server takes

export interface Watcher { stop(): void }

export function watch(
  video: HTMLVideoElement,
  places: () => { view: Size; guide: Box },
  across: number, // millimetres of the document
  tell: (hint: Hint, good: number) => void,
  release: () => void,
): Watcher {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let before: Grey | null = null;
  let good = 0;
  let done = false;

  const look = () => {
    if (done || !context || video.readyState < 2) return;
    const { view, guide } = places();
    const size = { width: video.videoWidth, height: video.videoHeight };
    const around = widened(guide, AROUND, view);
    const region = coverRegion(view, size, around);
    const inner = coverRegion(view, size, guide);
    const overview = grab(canvas, context, video, region, OVERVIEW);
    const scale = OVERVIEW / region.width;
    const frame: Frame = {
      x: Math.round((inner.x - region.x) * scale),
      y: Math.round((inner.y - region.y) * scale),
      width: Math.floor(inner.width * scale),
      height: Math.floor(inner.height * scale),
    };
    frame.width = Math.min(frame.width, overview.width - frame.x);
    frame.height = Math.min(frame.height, overview.height - frame.y);
    const strip = detailOf(inner);
    const perMm = DOCUMENT / across;
    const detail = {
      perMm, grey: grab(canvas, context, video, strip, (strip.width * DOCUMENT) / inner.width),
    };
    const hint = hintOf(measure(overview, frame, detail, before, inner.width / across));
    before = overview;
    good = hint === "good" ? good + 1 : 0;
    tell(hint, Math.min(1, good / GOOD_IN_A_ROW));
    if (good >= GOOD_IN_A_ROW) {
      good = 0;
      release();
    }
  };

  const timer = window.setInterval(look, EVERY);
  return {
    stop: () => {
      done = true;
      window.clearInterval(timer);
    },
  };
}

// Blur is measured on the lower part, where documents carry most of their
// print; at one scale for every camera: it is the letters that must be sharp,
// not the pixels.
function detailOf(inner: Box): Box {
  return {
    x: inner.x + inner.width * 0.1, width: inner.width * 0.8,
    y: inner.y + inner.height * 0.48, height: inner.height * 0.46,
  };
}

export function grab(
  canvas: HTMLCanvasElement, context: CanvasRenderingContext2D,
  video: HTMLVideoElement, from: Box, width: number,
): Grey {
  const scale = width / from.width;
  canvas.width = Math.max(16, Math.round(from.width * scale));
  canvas.height = Math.max(16, Math.round(from.height * scale));
  context.drawImage(
    video, from.x, from.y, from.width, from.height,
    0, 0, canvas.width, canvas.height,
  );
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  return greyOf(pixels.data, canvas.width, canvas.height);
}
