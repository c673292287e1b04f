// Everything a case shows, fetched when it is opened, so that looking at it
// never waits: films when the pictures, which are seen first, are painted. It
// lives in this page's memory alone and goes with it.
import { useEffect, useState } from "preact/hooks";
import { asFailure, bytes, type Failure } from "../../shared/api";
import type { FilmPart, Review, Side } from "../../shared/types";
import { fetchStill, takeAhead } from "./ahead";
import { DamagedFilm, parseFilm, type Film } from "./film";
import { warmFirst } from "./picture";

export type Loaded<T> = T | Failure | "damaged" | undefined;
export interface Media {
  stills: { [side in Side]?: Loaded<Blob> };
  films: { [part in FilmPart]?: Loaded<Film> };
}

export function loaded<T extends object>(one: Loaded<T>): T | null {
  return one && one !== "damaged" && !(one instanceof Error) ? one : null;
}

// Whether all of it has come, or will not.
export function isSettled(one: Review, media: Media): boolean {
  return one.pictures.every(({ side }) => media.stills[side] !== undefined) &&
    one.films.every(({ part }) => media.films[part] !== undefined);
}

const PAINTED_MS = 300;

// A page that is not seen is not painted: then it is only a moment later.
const painted = () => new Promise<void>((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  window.setTimeout(resolve, PAINTED_MS);
});

const troubleOf = (error: unknown) =>
  error instanceof DamagedFilm ? "damaged" as const : asFailure(error);

export function useMedia(one: Review): { media: Media; again: () => void } {
  const [{ coming, ...there }] = useState(() => takeAhead(one));
  const [media, setMedia] = useState<Media>(there);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const still = (side: Side, value: Loaded<Blob>) => !abort.signal.aborted &&
      setMedia((before) => ({ ...before, stills: { ...before.stills, [side]: value } }));
    const film = (part: FilmPart, value: Loaded<Film>) => !abort.signal.aborted &&
      setMedia((before) => ({ ...before, films: { ...before.films, [part]: value } }));
    const stills = one.pictures.filter(({ side }) => !loaded(media.stills[side]))
      .map(({ side, still: url }) => ((tries === 0 && coming[side]) || fetchStill(url, abort.signal)).then(
        (all) => still(side, all), (error: unknown) => still(side, troubleOf(error)),
      ));
    const films = () => {
      for (const { part, url } of one.films) {
        if (abort.signal.aborted) return;
        if (loaded(media.films[part])) continue;
        bytes(url, abort.signal).then(parseFilm).then(
          (all) => {
            warmFirst(all.frames);
            return film(part, all);
          }, (error: unknown) => film(part, troubleOf(error)),
        );
      }
    };
    if (stills.length === 0) films();
    else void Promise.all(stills).then(painted).then(films);
    return () => abort.abort();
  }, [one.id, tries]);
  return { media, again: () => setTries((count) => count + 1) };
}
