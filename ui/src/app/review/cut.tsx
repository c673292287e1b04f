// A place of a picture, cut out of it: drawn, never given an address.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { FieldPlace } from "../../shared/types";
import { widened } from "./close-ups";
import { warm, warmed, type Size } from "./picture";

interface CutProps {
  blob: Blob;
  box: FieldPlace["box"];
  around: number; // pixels of the picture, on each side
  high: number; // pixels of what is drawn
  alt: string;
  filter: string;
  onSize?: (size: Size) => void;
}

export function Cut({ blob, box, around, high, alt, filter, onSize }: CutProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    let here = true;
    const show = (picture: ImageBitmap) => {
      if (!here || !canvas.current) return;
      draw(canvas.current, picture, widened(box, around, picture), high);
      onSize?.({ width: canvas.current.width, height: canvas.current.height });
    };
    const there = warmed(blob);
    if (there) show(there);
    else warm(blob).then(show, () => undefined);
    return () => { here = false; };
  }, [blob, box]);
  return <canvas ref={canvas} role="img" aria-label={alt} style={{ filter: filter || "none" }} />;
}

function draw(
  canvas: HTMLCanvasElement, picture: ImageBitmap, { x, y, width, height }: FieldPlace["box"], high: number,
): void {
  if (width <= 0 || height <= 0) return;
  canvas.height = high;
  canvas.width = Math.max(1, Math.round((high * width) / height));
  canvas.getContext("2d")?.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
}
