// One picture: a still, or a frame of a film. Stills get an address only while
// they are shown; frames get none, they are drawn. What is sure to be looked at
// next is decoded before (warm), and stands there with the page: a picture that
// has to be loaded and decoded first comes a tenth of a second after it.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FilmPicture } from "./film";

export interface Size { width: number; height: number }

type Encoded = Blob | FilmPicture;
const making = new WeakMap<Encoded, Promise<ImageBitmap>>();
const ready = new WeakMap<Encoded, ImageBitmap>(); // of those, what is there

const blobOf = (one: Encoded) =>
  (one instanceof Blob ? one : new Blob([one.jpeg], { type: "image/jpeg" }));

// Decoded once, and kept with what it was decoded from.
export function warm(one: Encoded): Promise<ImageBitmap> {
  const known = making.get(one);
  if (known) return known;
  const made = createImageBitmap(blobOf(one));
  making.set(one, made);
  made.then((bitmap) => ready.set(one, bitmap), () => undefined);
  return made;
}

export const warmed = (one: Encoded): ImageBitmap | undefined => ready.get(one);

export function warmFirst(frames: FilmPicture[]): void {
  if (frames[0]) void warm(frames[0]).catch(() => undefined);
}

interface StillProps {
  blob: Blob;
  alt: string;
  filter?: string;
  onSize?: (size: Size) => void;
  onBroken?: () => void;
}

export function Still(props: StillProps) {
  const [bitmap] = useState(() => warmed(props.blob));
  // the small ones are decoded small by the browser
  return bitmap && props.onSize ? <Drawn {...props} bitmap={bitmap} /> : <Loaded {...props} />;
}

function Drawn({ bitmap, alt, filter, onSize }: StillProps & { bitmap: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    draw(canvas.current, bitmap);
    onSize?.({ width: bitmap.width, height: bitmap.height });
  }, [bitmap]);
  return <canvas ref={canvas} role="img" aria-label={alt} style={{ filter: filter || "none" }} />;
}

function Loaded({ blob, alt, filter, onSize, onBroken }: StillProps) {
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
    const made = createImageBitmap(blobOf(picture));
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
  useLayoutEffect(() => {
    const first = frames[index] && warmed(frames[index]);
    if (first) draw(canvas.current, first);
  }, []);
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
