// The camera of the device: opening it, saying plainly why it does not open,
// its lamp, and one sharp picture from it. Nothing falls back in silence.

export type CameraTrouble =
  | "insecure" | "refused" | "none" | "busy" | "lost" | "unknown";

export interface Camera {
  stream: MediaStream;
  track: MediaStreamTrack | null;
  hasTorch: boolean;
  torch(on: boolean): Promise<void>;
  stop(): void;
}

interface TorchCapabilities extends MediaTrackCapabilities { torch?: boolean }

export function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "unknown";
}

// No second try helps on this device.
export function isElsewhere(trouble: string): boolean {
  return ["insecure", "none", "no_recording", "too_coarse"].includes(trouble);
}

const FOR_PICTURES: MediaTrackConstraints = {
  facingMode: { ideal: "environment" },
  width: { ideal: 2560 },
  height: { ideal: 1440 },
  ...({ resizeMode: { ideal: "none" } } as MediaTrackConstraints),
};

// Never a microphone: these pages may not even ask for one
// (Permissions-Policy, src/web/http.c).
export async function openCamera(wish = FOR_PICTURES): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false, video: wish,
  });
  const track = stream.getVideoTracks()[0];
  const abilities = track?.getCapabilities?.() as TorchCapabilities | undefined;
  return {
    stream, track: track ?? null,
    hasTorch: Boolean(abilities?.torch),
    torch: async (on) => {
      const wish = { advanced: [{ torch: on }] } as unknown;
      await track?.applyConstraints(wish as MediaTrackConstraints);
    },
    stop: () => stream.getTracks().forEach((one) => one.stop()),
  };
}

const MUTED = 1500; // ms: a telephone call takes the camera away this way

// Calls once, when the camera ends or falls silent.
export function watchTrack(track: MediaStreamTrack, lost: () => void): () => void {
  let timer = 0;
  const ended = () => lost();
  const muted = () => { timer = window.setTimeout(lost, MUTED); };
  const back = () => window.clearTimeout(timer);
  track.addEventListener("ended", ended);
  track.addEventListener("mute", muted);
  track.addEventListener("unmute", back);
  return () => {
    back();
    track.removeEventListener("ended", ended);
    track.removeEventListener("mute", muted);
    track.removeEventListener("unmute", back);
  };
}

export function canUseCamera(): boolean {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

export function toJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
      "image/jpeg", 0.93,
    );
  });
}

// What the server takes: the first bytes decide, not the file's name.
export async function pictureTrouble(
  file: Blob,
): Promise<"empty" | "too_large" | "unsupported_media_type" | null> {
  if (file.size === 0) return "empty";
  if (file.size > 10 * 1024 * 1024) return "too_large";
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const jpeg = head[0] === 0xff && head[1] === 0xd8;
  const png = head[0] === 0x89 && head[1] === 0x50 && head[2] === 0x4e;
  return jpeg || png || isPdf(head) ? null : "unsupported_media_type";
}

function isPdf(head: Uint8Array): boolean {
  return String.fromCharCode(...head.slice(0, 5)) === "%PDF-";
}

export async function typed(file: Blob): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, 5).arrayBuffer());
  const type = isPdf(head)
    ? "application/pdf" : head[0] === 0xff ? "image/jpeg" : "image/png";
  return file.type === type ? file : new Blob([file], { type });
}
