// The camera while a recording is prepared and made: which one, whether it is
// fit, and what happens to it.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Part } from "../../shared/types";
import {
  canUseCamera, openCamera, troubleOf, type Camera, type CameraTrouble,
} from "../capture/camera";
import { isHandheld } from "./device";
import { startMeter, type Meter } from "./spacing";
import { recordableType } from "./tape";

export type Trouble = CameraTrouble | "no_recording" | "too_coarse";

// The document must be read from the recording (product 6).
const DOCUMENT = { long: 1280, short: 720 };

function wishFor(part: Part): MediaTrackConstraints {
  const wide = part === "document" && isHandheld();
  return {
    facingMode: { ideal: part === "face" ? "user" : "environment" },
    width: { ideal: wide ? 1920 : 1280 },
    height: { ideal: wide ? 1080 : 720 },
    frameRate: { ideal: 30 },
  };
}

export function isFine(part: Part, settings: MediaTrackSettings): boolean {
  const sides = [settings.width ?? 0, settings.height ?? 0].sort((a, b) => b - a);
  return part === "face" || (sides[0]! >= DOCUMENT.long && sides[1]! >= DOCUMENT.short);
}

// What faces the person is shown as a mirror, by style alone.
export function mirrored(part: Part, settings: MediaTrackSettings | undefined): boolean {
  return part === "face" || (settings?.facingMode ?? "user") === "user";
}

export interface CameraUse {
  camera: Camera | null;
  trouble: Trouble | null;
  track: MediaStreamTrack | null;
  close: () => void;
}

export function useCamera(part: Part): CameraUse {
  const [camera, setCamera] = useState<Camera | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(
    !canUseCamera() ? "insecure" : !recordableType() ? "no_recording" : null,
  );
  const opened = useRef<Camera | null>(null);
  const close = () => {
    opened.current?.stop();
    opened.current = null;
  };

  useEffect(() => {
    if (trouble) return undefined;
    let left = false;
    openCamera(wishFor(part)).then((one) => {
      const settings = one.stream.getVideoTracks()[0]?.getSettings() ?? {};
      opened.current = one;
      if (left) close();
      else if (isFine(part, settings)) setCamera(one);
      else {
        close();
        setTrouble("too_coarse");
      }
    }, (error: unknown) => setTrouble(troubleOf(error)));
    return () => {
      left = true;
      close();
    };
  }, []);

  return { camera, trouble, track: camera?.stream.getVideoTracks()[0] ?? null, close };
}

interface FrameTold { mediaTime: number; captureTime?: number }
type Framed = HTMLVideoElement & {
  requestVideoFrameCallback?: (call: (now: number, told: FrameTold) => void) => number;
};

export function meterFrames(video: HTMLVideoElement): { meter: Meter; stop: () => void } {
  const meter = startMeter();
  const framed = video as Framed;
  let on = true;
  const next = () => framed.requestVideoFrameCallback?.((_, told) => {
    if (!on) return;
    meter.frame(told.captureTime ?? told.mediaTime * 1000);
    next();
  });
  next();
  return { meter, stop: () => { on = false; } };
}
