// Portrait and ghost cut from the document's picture, side by side and as high
// as each other: where there is no recording nothing else shows them together.
import type { Review } from "../../shared/types";
import { t, tWord } from "../../shared/text";
import { Cut } from "./cut";
import { loaded, type Media } from "./media";

const HIGH = 220; // pixels
export const AROUND = 0.08; // of the face, on each side

export function Crops({ one, media, filter }: { one: Review; media: Media; filter: string }) {
  if (one.faces.length === 0) return null;
  return (
    <ul class="crops" data-test="crops" aria-label={t("review.crops")}>
      {one.faces.map(({ mark, side, box }) => {
        const blob = loaded(media.stills[side]);
        return (
          <li key={mark}>
            {blob && (
              <Cut
                blob={blob} box={box} around={AROUND * box.width} high={HIGH}
                alt={tWord("crop", mark)} filter={filter}
              />
            )}
            <span>{tWord("crop", mark)}</span>
          </li>
        );
      })}
    </ul>
  );
}
