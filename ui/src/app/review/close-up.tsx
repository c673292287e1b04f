// The light table come close to one thing: what is printed above what the zone
// has, letter below letter; or the document's portrait, a face of the film and
// the ghost, as large as each other. Zoom, contrast and colours stay shared.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t, tWord } from "../../shared/text";
import type { Review } from "../../shared/types";
import { FACES, placesOf } from "./close-ups";
import { AROUND } from "./crops";
import { Cut } from "./cut";
import type { FilmPicture } from "./film";
import { loaded, type Media } from "./media";
import { Pane } from "./pane";
import { Frame, type Size } from "./picture";
import { besideOf, type Table } from "./use-table";

const HIGH = 480; // pixels
const TEXT_AROUND = 0.3; // of its height

interface Shown { id: string; label: string; draw: (look: Look) => ComponentChildren }
interface Look { alt: string; filter: string; onSize: (size: Size) => void }

function Film({ picture, ...look }: Look & { picture: FilmPicture }) {
  const [frames] = useState(() => [picture]);
  return <Frame frames={frames} index={0} {...look} />;
}

// Those that were cut out to be compared lie alike; where there are none, the
// places on the document itself.
export function facesOf(one: Review, media: Media): Shown[] {
  const compared = besideOf("face", media, []).filter(({ id }) => id.startsWith("compared"));
  const film = (mark: string): Shown[] => compared.filter((each) => each.mark === mark).slice(0, 1)
    .map(({ id, picture }) => ({
      id, label: tWord("mark", mark),
      draw: (look) => picture && <Film picture={picture} {...look} />,
    }));
  const still = (mark: "portrait" | "ghost"): Shown[] => one.faces.filter((each) => each.mark === mark)
    .flatMap(({ side, box }) => {
      const blob = loaded(media.stills[side]);
      return blob ? [{
        id: mark, label: tWord("crop", mark),
        draw: (look: Look) => <Cut blob={blob} box={box} around={AROUND * box.width} high={HIGH} {...look} />,
      }] : [];
    });
  const either = (first: Shown[], second: Shown[]) => (first.length > 0 ? first : second);
  return [...either(film("face"), still("portrait")), ...film("portrait"), ...either(film("ghost"), still("ghost"))];
}

function wordsOf(one: Review, media: Media, name: string): Shown[] {
  return placesOf(one, name).flatMap(({ source, side, box }) => {
    const blob = loaded(media.stills[side]);
    return blob ? [{
      id: `${source}-${side}`, label: `${tWord("field", name)} · ${tWord("source", source)}`,
      draw: (look: Look) => <Cut blob={blob} box={box} around={TEXT_AROUND * box.height} high={HIGH} {...look} />,
    }] : [];
  });
}

export function CloseUp({ one, media, table, name }: { one: Review; media: Media; table: Table; name: string }) {
  const shown = name === FACES ? facesOf(one, media) : wordsOf(one, media, name);
  const title = name === FACES ? t("close.faces") : tWord("field", name);
  return (
    <div
      class={`panes close ${name === FACES ? "faces" : "above"}`} data-test={`close-${name}`}
      role="group" aria-label={title}
    >
      <p class="unseen" role="status">{t("close.told", { what: title })}</p>
      {shown.map((each, index) => <ClosePane key={`${name}-${each.id}`} one={each} index={index} table={table} />)}
    </div>
  );
}

function ClosePane({ one, index, table }: { one: Shown; index: number; table: Table }) {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const id = `close-${one.id}`;
  return (
    <Pane
      label={one.label} test={id} active={table.pane === index} zoom={table.zoom} turn={table.turnOf(id)}
      size={size} mark={null} onActive={() => table.setPane(index)} onZoom={table.setZoom}
    >
      {one.draw({ alt: one.label, filter: table.filter, onSize: setSize })}
    </Pane>
  );
}
