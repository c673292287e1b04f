// What the page can tell about the camera beside the picture. All of it can be
// forged, so it is only ever a hint to whoever looks: the camera's name, what
// it says of itself and what it leaves unsaid, a change of devices, and how
// regularly its frames came. Names and limits as in src/web/bodies.def.
import type { Spacing } from "./spacing";

const LABEL_MAX = 120; // bytes
const WORDS_MAX = 300;

export interface Hints {
  label?: string;
  facing?: string;
  width?: number;
  height?: number;
  frame_rate?: number;
  capabilities?: string;
  device_changed?: boolean;
  frames?: number;
  jitter_us?: number;
  lights_off?: boolean;
}

interface Track {
  label: string;
  getSettings(): MediaTrackSettings;
  getCapabilities?: () => object;
}

const FACING = ["user", "environment", "left", "right"];

// One line, cut between letters.
export function cut(text: string, most: number): string {
  let out = "";
  let size = 0;
  for (const letter of text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").trim()) {
    size += new TextEncoder().encode(letter).length;
    if (size > most) break;
    out += letter;
  }
  return out;
}

function whole(value: number | undefined, most: number): number | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return Math.min(most, Math.max(0, Math.round(value)));
}

function words(capabilities: object): string {
  const names = Object.keys(capabilities)
    .map((name) => name.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`))
    .filter((name) => /^[a-z_]+$/.test(name)).sort();
  while (names.join(" ").length > WORDS_MAX) names.pop();
  return names.join(" ");
}

export function cameraHints(track: Track): Hints {
  const settings = track.getSettings();
  const told = track.getCapabilities?.();
  const label = cut(track.label, LABEL_MAX);
  const facing = FACING.find((one) => one === settings.facingMode);
  const capabilities = told ? words(told) : "";
  return {
    ...(label && { label }), ...(facing && { facing }),
    width: whole(settings.width, 99_999), height: whole(settings.height, 99_999),
    frame_rate: whole(settings.frameRate, 999),
    ...(capabilities && { capabilities }),
  };
}

export function spacingHints(spacing: Spacing, deviceChanged: boolean): Hints {
  return {
    device_changed: deviceChanged,
    frames: whole(spacing.frames, 999_999),
    jitter_us: whole(spacing.deviation * 1000, 9_999_999),
  };
}
