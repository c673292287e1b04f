// What a glance at the oval tells before a recording: too dark, light from
// behind, nothing there, lens or focus blurred, moving. It finds no face, and
// keeps nobody from starting: whether the recording is good is the server's
// word.
import { motion, sharpness, type Grey } from "../capture/quality";

export type FaceHint = "dark" | "backlit" | "place" | "blur" | "steady" | "good";

export interface Glance {
  inside: number; // mean grey in the oval
  outside: number; // ... around it
  spread: number; // standard deviation in the oval
  sharpness: number;
  motion: number;
}

export const FACE_LIMITS = {
  dark: 55, backlit: 70, spread: 14, sharpness: 0.004, motion: 14,
};

function mean(sum: number, count: number): number {
  return count ? sum / count : 0;
}

// The oval fills the picture: what is measured is its own box.
export function glance(grey: Grey, before: Grey | null): Glance {
  const { width, height } = grey;
  let inside = 0, squares = 0, within = 0, outside = 0, around = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = (2 * x) / width - 1;
      const dy = (2 * y) / height - 1;
      const value = grey.data[y * width + x]!;
      const far = dx * dx + dy * dy;
      if (far <= 0.64) {
        inside += value;
        squares += value * value;
        within += 1;
      } else if (far > 1) {
        outside += value;
        around += 1;
      }
    }
  }
  const middle = mean(inside, within);
  return {
    inside: middle, outside: mean(outside, around),
    spread: Math.sqrt(Math.max(0, mean(squares, within) - middle * middle)),
    sharpness: sharpness(grey), motion: motion(before, grey),
  };
}

export function faceHintOf(seen: Glance): FaceHint {
  if (seen.inside < FACE_LIMITS.dark) {
    return seen.outside - seen.inside > FACE_LIMITS.backlit ? "backlit" : "dark";
  }
  if (seen.outside - seen.inside > FACE_LIMITS.backlit && seen.inside < 110) {
    return "backlit";
  }
  if (seen.spread < FACE_LIMITS.spread) return "place";
  if (seen.motion > FACE_LIMITS.motion) return "steady";
  if (seen.sharpness < FACE_LIMITS.sharpness) return "blur";
  return "good";
}
