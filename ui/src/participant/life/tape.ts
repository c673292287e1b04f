// MediaRecorder behind the Tape that a take needs. Video alone: the page asks
// for no microphone, and the stream it records has none.
import type { Tape } from "./take";

const SLICE = 1000; // ms
const KEY_FRAMES = 1000; // ms; MP4 is cut at key frames, else every few seconds
const TYPES = [
  "video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9",
  "video/webm;codecs=vp8", "video/mp4", "video/webm",
];
const RATE = { face: 2_000_000, document: 6_000_000 }; // bits a second
const LAST_CHUNK = 3000; // ms to wait for it

export function chooseType(supported: (type: string) => boolean): string | null {
  return TYPES.find(supported) ?? null;
}

export function recordableType(): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return chooseType((type) => MediaRecorder.isTypeSupported(type));
}

export function makeTape(
  stream: MediaStream, part: "face" | "document", broke: () => void,
): Tape {
  const mimeType = recordableType() ?? "";
  const video = new MediaStream(stream.getVideoTracks());
  const recorder = new MediaRecorder(video, {
    mimeType, videoBitsPerSecond: RATE[part],
    ...({ videoKeyFrameIntervalDuration: KEY_FRAMES } as MediaRecorderOptions),
  });
  let began = 0;

  return {
    mediaType: (recorder.mimeType || mimeType).split(";")[0]!,
    start: (onChunk) => new Promise((resolve) => {
      recorder.ondataavailable = (event) => {
        if (event.data.size > 0) onChunk(event.data);
      };
      recorder.onerror = broke;
      recorder.onstart = () => {
        began = performance.now();
        resolve();
      };
      recorder.start(SLICE);
    }),
    now: () => performance.now() - began,
    stop: () => new Promise((resolve) => {
      if (recorder.state === "inactive") {
        resolve();
        return;
      }
      window.setTimeout(resolve, LAST_CHUNK);
      recorder.onstop = () => resolve();
      recorder.stop();
    }),
  };
}
