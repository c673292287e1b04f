// What a glance at a camera frame tells: too dark, nothing there, not lined
// up, glare, blurred, moving. Cheap sums over two small pictures, five times a
// second; only the hints and the automatic release depend on it. Whether a
// picture is good enough is the server's word alone.

export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Frame { x: number; y: number; width: number; height: number }

export type Hint =
  | "dark" | "place" | "fit" | "coarse" | "glare" | "blur" | "steady" | "good";

export interface Measures {
  brightness: number; // mean grey inside the frame, 0 to 255
  texture: number; // mean step between neighbours inside the frame
  edges: number; // sides of the frame along which an edge runs, 0 to 4
  glare: number; // share of the frame that is burnt out
  blur: number; // millimetres across which print fades; 0: hardly any print
  scale: number; // pixels that the camera has for a millimetre
  motion: number; // mean change since the frame before
}

// Darkness, blur and scale are measured as the server does (src/vision/page/quality.c)
// and never laxer than src/checks/quality.def, or a picture would be taken here
// only to be turned back: a test compares them. Glare has a limit of
// its own: a small frame cannot tell it from white paper, which the server can,
// and a stricter one would never release before a white document.
export const LIMITS = {
  dark: 62,
  texture: 2.2,
  edges: 3,
  edgeStep: 7,
  glare: 0.06,
  blur: 0.3,
  scale: 4.5,
  motion: 7,
};

export function greyOf(
  rgba: Uint8ClampedArray, width: number, height: number,
): Grey {
  const data = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < data.length; i += 1, j += 4) {
    data[i] = (rgba[j]! * 77 + rgba[j + 1]! * 150 + rgba[j + 2]! * 29) >> 8;
  }
  return { width, height, data };
}

function at(grey: Grey, x: number, y: number): number {
  return grey.data[y * grey.width + x]!;
}

export function brightness(grey: Grey, frame: Frame): number {
  let sum = 0;
  let count = 0;
  for (let y = frame.y; y < frame.y + frame.height; y += 2) {
    for (let x = frame.x; x < frame.x + frame.width; x += 2) {
      sum += at(grey, x, y);
      count += 1;
    }
  }
  return count ? sum / count : 0;
}

export function texture(grey: Grey, frame: Frame): number {
  let sum = 0;
  let count = 0;
  const inset = Math.round(Math.min(frame.width, frame.height) * 0.12);
  for (let y = frame.y + inset; y < frame.y + frame.height - inset; y += 1) {
    for (let x = frame.x + inset; x < frame.x + frame.width - inset; x += 1) {
      sum += Math.abs(at(grey, x, y) - at(grey, x - 1, y));
      count += 1;
    }
  }
  return count ? sum / count : 0;
}

// Glare burns whole patches out; white paper seldom does. Hence tiles.
export function glare(grey: Grey, frame: Frame): number {
  const tile = 8;
  let burnt = 0;
  let tiles = 0;
  for (let y = frame.y; y + tile <= frame.y + frame.height; y += tile) {
    for (let x = frame.x; x + tile <= frame.x + frame.width; x += tile) {
      let full = 0;
      for (let k = 0; k < tile * tile; k += 1) {
        if (at(grey, x + (k % tile), y + Math.floor(k / tile)) >= 252) full += 1;
      }
      tiles += 1;
      if (full >= tile * tile * 0.9) burnt += 1;
    }
  }
  return tiles ? burnt / tiles : 0;
}

export function sharpness(grey: Grey): number {
  let sum = 0;
  let squares = 0;
  let laplacian = 0;
  let laplacianSquares = 0;
  let count = 0;
  for (let y = 1; y < grey.height - 1; y += 1) {
    for (let x = 1; x < grey.width - 1; x += 1) {
      const here = at(grey, x, y);
      const l = 4 * here - at(grey, x - 1, y) - at(grey, x + 1, y)
        - at(grey, x, y - 1) - at(grey, x, y + 1);
      sum += here;
      squares += here * here;
      laplacian += l;
      laplacianSquares += l * l;
      count += 1;
    }
  }
  if (!count) return 0;
  const variance = squares / count - (sum / count) ** 2;
  const spread = laplacianSquares / count - (laplacian / count) ** 2;
  return variance < 12 ? 0 : spread / variance / 16;
}

// How wide the sharpest steps from paper to print are, in millimetres of the
// document: src/vision/page/quality.c, blur_of, on a part of the document.
const STEP_LEAST = 10; // levels from a pixel to the next but one
const SWING_LEAST = 40; // levels from the foot of a step to its head
const RUN = 20; // pixels that a step may take
const SHARPEST = 0.3; // share of steps: the rest are soft by design
const STEPS_LEAST = 60; // fewer than the server's: a part of its picture
const OWN_BLUR = 0.9; // pixels: by softening
const SOFT = [0.5699, 0.2054, 0.0096]; // a Gaussian of 0.7 pixels

function softened({ width, height, data }: Grey): Float32Array {
  const across = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  const [a, b, c] = SOFT as [number, number, number];
  for (let i = 2; i < data.length - 2; i += 1) {
    across[i] = a * data[i]! + b * (data[i - 1]! + data[i + 1]!) + c * (data[i - 2]! + data[i + 2]!);
  }
  for (let i = 2 * width; i < width * (height - 2); i += 1) {
    out[i] = a * across[i]! + b * (across[i - width]! + across[i + width]!)
      + c * (across[i - 2 * width]! + across[i + 2 * width]!);
  }
  return out;
}

// From the steepest point of a step to its foot and its head.
function stepWidth(soft: Float32Array, at: number, pitch: number, before: number, beyond: number): number {
  const slope = soft[at + pitch]! - soft[at - pitch]!;
  const sign = slope > 0 ? 1 : -1;
  let low = 0;
  let high = 0;
  while (low < before && low < RUN &&
    sign * (soft[at - low * pitch]! - soft[at - (low + 1) * pitch]!) > 0) low += 1;
  while (high < beyond && high < RUN &&
    sign * (soft[at + (high + 1) * pitch]! - soft[at + high * pitch]!) > 0) high += 1;
  const swing = Math.abs(soft[at + high * pitch]! - soft[at - low * pitch]!);
  return swing < SWING_LEAST ? 0 : swing / (Math.abs(slope) / 2) / 2.5066;
}

function sharpest(soft: Float32Array, width: number, height: number, down: boolean): number {
  const pitch = down ? width : 1;
  const other = down ? 1 : width;
  const length = down ? height : width;
  const lines = down ? width : height;
  const widths: number[] = [];
  for (let k = 8; k < lines - 8; k += 2) {
    for (let i = 5; i < length - 6; i += 1) {
      const at = k * other + i * pitch;
      const slope = Math.abs(soft[at + pitch]! - soft[at - pitch]!);
      if (slope < STEP_LEAST || slope < Math.abs(soft[at + 2 * pitch]! - soft[at]!) ||
        slope <= Math.abs(soft[at]! - soft[at - 2 * pitch]!)) continue;
      const found = stepWidth(soft, at, pitch, i - 3, length - i - 4);
      if (found > 0) widths.push(found);
    }
  }
  if (widths.length < STEPS_LEAST) return -1;
  return widths.sort((a, b) => a - b)[Math.floor(widths.length * SHARPEST)]!;
}

// The worse of two directions: a shaken camera is sharp in one.
export function blur(grey: Grey, perMm: number): number {
  const soft = softened(grey);
  const pixels = Math.max(
    sharpest(soft, grey.width, grey.height, false), sharpest(soft, grey.width, grey.height, true),
  );
  if (pixels < 0) return 0;
  return Math.sqrt(Math.max(pixels * pixels - OWN_BLUR * OWN_BLUR, 0.01)) / perMm;
}

export function motion(before: Grey | null, now: Grey): number {
  if (!before || before.data.length !== now.data.length) return 255;
  let sum = 0;
  for (let i = 0; i < now.data.length; i += 3) {
    sum += Math.abs(now.data[i]! - before.data[i]!);
  }
  return sum / (now.data.length / 3);
}

// The strongest straight step across one piece of one side of the frame. A
// sum with its sign: along an edge it adds up, in a pattern it cancels.
function step(
  grey: Grey, across: number[], along: number[], upright: boolean,
): number {
  let best = 0;
  for (const a of across) {
    let sum = 0;
    for (const b of along) {
      sum += upright
        ? at(grey, a + 1, b) - at(grey, a - 1, b)
        : at(grey, b, a + 1) - at(grey, b, a - 1);
    }
    best = Math.max(best, Math.abs(sum) / along.length);
  }
  return best;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

function hasEdge(
  grey: Grey, position: number, from: number, to: number, band: number,
  upright: boolean,
): boolean {
  const limit = upright ? grey.width : grey.height;
  const across = range(
    Math.max(1, position - band), Math.min(limit - 1, position + band + 1),
  );
  const pieces = 5;
  const length = Math.floor((to - from) / pieces);
  let found = 0;
  for (let i = 0; i < pieces; i += 1) {
    const along = range(from + i * length, from + (i + 1) * length);
    if (along.length && step(grey, across, along, upright) >= LIMITS.edgeStep) {
      found += 1;
    }
  }
  return found >= 3;
}

export function edges(grey: Grey, frame: Frame): number {
  const band = Math.max(3, Math.round(frame.width * 0.07));
  const right = frame.x + frame.width;
  const bottom = frame.y + frame.height;
  const sides = [
    hasEdge(grey, frame.x, frame.y, bottom, band, true),
    hasEdge(grey, right, frame.y, bottom, band, true),
    hasEdge(grey, frame.y, frame.x, right, band, false),
    hasEdge(grey, bottom, frame.x, right, band, false),
  ];
  return sides.filter(Boolean).length;
}

// A part of the document with its print, at so many pixels to a millimetre.
export interface Detail { grey: Grey; perMm: number }

export function measure(
  overview: Grey, frame: Frame, detail: Detail, before: Grey | null, scale: number,
): Measures {
  return {
    brightness: brightness(overview, frame),
    texture: texture(overview, frame),
    edges: edges(overview, frame),
    glare: glare(overview, frame),
    blur: blur(detail.grey, detail.perMm),
    scale,
    motion: motion(before, overview),
  };
}

// One thing to say at a time, the one that helps most first.
export function hintOf(m: Measures): Hint {
  if (m.brightness < LIMITS.dark) return "dark";
  if (m.edges < LIMITS.edges) {
    return m.texture < LIMITS.texture ? "place" : "fit";
  }
  if (m.scale < LIMITS.scale) return "coarse";
  if (m.texture < LIMITS.texture) return "blur";
  if (m.glare > LIMITS.glare) return "glare";
  if (m.motion > LIMITS.motion) return "steady";
  if (m.blur > LIMITS.blur) return "blur";
  return "good";
}
