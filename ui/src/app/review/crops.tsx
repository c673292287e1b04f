// Portrait and ghost cut from the document's picture, side by side and as high
// as each other: where there is no recording nothing else shows them together.
import type { Review } from "../../shared/types";
import { t, tWord } from "../../shared/text";
import { loaded, type Media } from "./media";
import { warm, warmed } from "./picture";
import { useLayoutEffect, useRef } from "preact/hooks";

const HIGH = 220; // pixels
const AROUND = 0.08; // of the face, on each side

export function Crops({ one, media, filter }: { one: Review; media: Media; filter: string }) {
  if (one.faces.length === 0) return null;
  return (
    <ul class="crops" data-test="crops" aria-label={t("review.crops")}>
      {one.faces.map((face) => {
        const blob = loaded(media.stills[face.side]);
        return (
          <li key={face.mark}>
            {blob && <Crop blob={blob} box={face.box} alt={tWord("crop", face.mark)} filter={filter} />}
            <span>{tWord("crop", face.mark)}</span>
          </li>
        );
      })}
    </ul>
  );
}

interface CropProps {
  blob: Blob;
  box: Review["faces"][number]["box"];
  alt: string;
  filter: string;
}

function Crop({ blob, box, alt, filter }: CropProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    let here = true;
    const show = (picture: ImageBitmap) => {
      if (here && canvas.current) cut(canvas.current, picture, box);
    };
    const there = warmed(blob);
    if (there) show(there);
    else warm(blob).then(show, () => undefined);
    return () => { here = false; };
  }, [blob, box]);
  return <canvas ref={canvas} role="img" aria-label={alt} style={{ filter: filter || "none" }} />;
}

function cut(canvas: HTMLCanvasElement, picture: ImageBitmap, box: CropProps["box"]): void {
  const left = Math.max(0, box.x - box.width * AROUND);
  const top = Math.max(0, box.y - box.height * AROUND);
  const width = Math.min(picture.width - left, box.width * (1 + 2 * AROUND));
  const height = Math.min(picture.height - top, box.height * (1 + 2 * AROUND));
  if (width <= 0 || height <= 0) return;
  canvas.height = HIGH;
  canvas.width = Math.max(1, Math.round((HIGH * width) / height));
  canvas.getContext("2d")?.drawImage(
    picture, left, top, width, height, 0, 0, canvas.width, canvas.height,
  );
}
