// One picture: a still, or a frame of a film. Stills get an address only while
// they are shown; frames get none, they are drawn.
import { useEffect, useRef, useState } from "preact/hooks";
import type { FilmPicture } from "./film";

export interface Size { width: number; height: number }

export function Still(
  { blob, alt, filter, onSize, onBroken }: {
    blob: Blob; alt: string; filter?: string;
    onSize?: (size: Size) => void; onBroken?: () => void;
  },
) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (!address) return null;
  return (
    <img
      src={address} alt={alt} draggable={false} style={{ filter: filter || "none" }}
      onError={onBroken}
      onLoad={({ currentTarget: image }) =>
        onSize?.({ width: image.naturalWidth, height: image.naturalHeight })}
    />
  );
}

// Decoded ahead of time; what was passed is forgotten, since a whole film in
// pixels would be a gigabyte.
const AHEAD = 6;
const KEPT = 24;

class Decoded {
  private readonly all = new Map<FilmPicture, Promise<ImageBitmap>>();

  get(picture: FilmPicture): Promise<ImageBitmap> {
    const known = this.all.get(picture);
    if (known) return known;
    const made = createImageBitmap(new Blob([picture.jpeg], { type: "image/jpeg" }));
    made.catch(() => undefined);
    this.all.set(picture, made);
    for (const [old, bitmap] of this.all) {
      if (this.all.size <= KEPT) break;
      this.all.delete(old);
      void bitmap.then((one) => one.close(), () => undefined);
    }
    return made;
  }

  clear(): void {
    for (const bitmap of this.all.values()) void bitmap.then((one) => one.close(), () => undefined);
    this.all.clear();
  }
}

function draw(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap): void {
  if (!canvas) return;
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
}

export function Frame(
  { frames, index, alt, filter, onSize }: {
    frames: FilmPicture[]; index: number; alt: string; filter?: string;
    onSize?: (size: Size) => void;
  },
) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const decoded = useRef(new Decoded());
  const [broken, setBroken] = useState(false);
  useEffect(() => () => decoded.current.clear(), [frames]);
  useEffect(() => {
    let wanted = true;
    const picture = frames[index];
    if (!picture) return undefined;
    onSize?.({ width: picture.width, height: picture.height });
    decoded.current.get(picture).then(
      (bitmap) => {
        if (!wanted) return;
        setBroken(false);
        draw(canvas.current, bitmap);
        frames.slice(index + 1, index + 1 + AHEAD).forEach((one) => void decoded.current.get(one).catch(() => undefined));
      },
      () => wanted && setBroken(true),
    );
    return () => { wanted = false; };
  }, [frames, index]);
  return (
    <canvas
      ref={canvas} class={broken ? "broken" : ""}
      {...(alt ? { role: "img", "aria-label": alt } : { "aria-hidden": true })}
      style={{ filter: filter || "none" }}
    />
  );
}
