// The light table: which pictures lie side by side, and how they are looked at.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FilmPart, Review, Side, Verdict } from "../../shared/types";
import type { Film, FilmPicture } from "./film";
import { CHANNELS, CONTRASTS, after, filterOf, type Channel, type Contrast } from "./looks";
import { loaded, type Media } from "./media";
import { eventStretches, partOf, promptStretches, stretch, verdictsOn } from "./timeline";
import { usePlayer, type Player } from "./use-player";
import { WHOLE, type Zoom } from "./zoom";

export type ViewName = "pictures" | "face" | "document";

// A picture for the left pane beside a film.
export interface Beside {
  id: string;
  mark: FilmPicture["mark"] | "ghost";
  count: number; // of its mark: the second portrait
  side?: Side;
  picture?: FilmPicture;
}

const NO_FRAMES: FilmPicture[] = [];

export function viewsOf(one: Review): ViewName[] {
  const views: ViewName[] = ["pictures"];
  for (const part of ["face", "document"] as const) {
    if (one.films.some((film) => film.part === part)) views.push(part);
  }
  return views;
}

function numbered(id: string, pictures: FilmPicture[]): Beside[] {
  const counts = new Map<string, number>();
  return pictures.map((picture, index) => {
    const count = (counts.get(picture.mark) ?? 0) + 1;
    counts.set(picture.mark, count);
    return { id: `${id}${index}`, mark: picture.mark, count, picture };
  });
}

// Compared faces without a time are the document's: its portrait, its ghost.
function faces(pictures: FilmPicture[]): Beside[] {
  const still = pictures.filter((one) => one.timeMs === 0);
  return pictures.map((picture, index) => ({
    id: `compared${index}`, count: 1, picture,
    mark: picture.timeMs > 0 ? "portrait" : still.indexOf(picture) === 1 ? "ghost" : "face",
  }));
}

export function besideOf(view: ViewName, media: Media, sides: Side[]): Beside[] {
  const film = (part: FilmPart): Film | null => loaded(media.films[part]);
  const stills = sides.map((side): Beside =>
    ({ id: side, mark: side === "front" ? "still_front" : "still_back", count: 1, side }));
  const of = (part: FilmPart, marks: string[]) =>
    (film(part)?.best ?? []).filter((one) => marks.includes(one.mark));
  if (view === "face") {
    return [
      ...faces(of("compared", ["face"])),
      ...numbered("portrait", of("face", ["portrait"])), ...stills.slice(0, 1),
    ];
  }
  if (view === "document") return [...stills, ...numbered("shown", of("document", ["front", "back"]))];
  return [];
}

export function useTable(one: Review, media: Media) {
  const views = useMemo(() => viewsOf(one), [one.id]);
  const [view, setView] = useState<ViewName>("pictures");
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const [turns, setTurns] = useState<Record<string, number>>({});
  const [contrast, setContrast] = useState<Contrast>("plain");
  const [channel, setChannel] = useState<Channel>("all");
  const [pane, setPane] = useState(0);
  const [chosen, setChosen] = useState<{ [one in ViewName]?: string }>({});
  const [marked, setMarked] = useState<Verdict | null>(null);
  const [close, setClose] = useState<string | null>(null); // what it has come close to
  const face = usePlayer(loaded(media.films.face)?.frames ?? NO_FRAMES);
  const doc = usePlayer(loaded(media.films.document)?.frames ?? NO_FRAMES);
  const player: Player | null = view === "pictures" ? null : view === "face" ? face : doc;
  const calm = useRef(window.matchMedia("(prefers-reduced-motion: reduce)").matches);
  const begun = useRef<Set<ViewName>>(new Set());

  // A film runs by itself the first time it is seen.
  useEffect(() => {
    if (!player || player.frames.length === 0 || begun.current.has(view) || marked) return;
    begun.current.add(view);
    if (!calm.current) player.play();
  }, [view, player?.frames]);

  const come = (to: string | null) => {
    face.pause();
    doc.pause();
    setClose(to);
    setPane(0);
    setZoom(WHOLE);
  };
  const show = (next: ViewName) => {
    come(null);
    setView(next);
  };
  const mark = (verdict: Verdict | null) => {
    setMarked(verdict);
    come(null);
    if (!verdict) return;
    const part = partOf(verdict.source);
    const next = part === "document" ? "document" : part ? "face" : "pictures";
    if (!views.includes(next)) return;
    if (next !== view) show(next);
    begun.current.add(next);
    const one = next === "face" ? face : doc;
    one.pause();
    if (verdict.span && part !== "compared") one.seek(verdict.span.from_ms);
  };
  // Twice is back to how it came, wherever contrast and colours were left.
  const whole = () => {
    if (zoom !== WHOLE) return setZoom(WHOLE);
    setContrast("plain");
    setChannel("all");
    setTurns({});
    return undefined;
  };
  return {
    whole, views, view, show, close, come, zoom, setZoom, contrast, channel, pane, setPane, marked, mark, player,
    filter: filterOf(contrast, channel), chosen: chosen[view] ?? null,
    choose: (id: string) => setChosen((before) => ({ ...before, [view]: id })),
    turnOf: (id: string) => turns[id] ?? 0,
    turn: (id: string) => setTurns((before) => ({ ...before, [id]: ((before[id] ?? 0) + 90) % 360 })),
    moreContrast: () => setContrast(after(CONTRASTS, contrast)),
    nextChannel: () => setChannel(after(CHANNELS, channel)),
    nextView: () => show(after(views, view)),
    line: lineOf(one, view, player, marked),
  };
}

export type Table = ReturnType<typeof useTable>;

function lineOf(one: Review, view: ViewName, player: Player | null, marked: Verdict | null) {
  if (!player || view === "pictures") return { prompts: [], events: [], spans: [] };
  return {
    prompts: promptStretches(one.challenge?.[view] ?? [], player.length),
    events: eventStretches(one.events ?? [], view, player.length),
    spans: verdictsOn(one.verdicts ?? [], view, marked).map((verdict) => ({
      verdict,
      stretch: stretch(
        verdict.name, verdict.span?.from_ms ?? 0, verdict.span?.to_ms ?? 0, player.length,
      ),
    })),
  };
}
