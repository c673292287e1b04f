// Pictures and films of the next case, fetched while this one is decided. It is
// not locked for that: another operator may take it, and then these are dropped
// unseen. They live in this page's memory until the case comes, or another.
import { useEffect } from "preact/hooks";
import { bytes, post } from "../../shared/api";
import type { Ahead, FilmPart, Review, Side } from "../../shared/types";
import { parseFilm, type Film } from "./film";
import { warm, warmFirst } from "./picture";

export interface Fetched {
  stills: { [side in Side]?: Blob };
  films: { [part in FilmPart]?: Film };
}

const nothing = (): Fetched => ({ stills: {}, films: {} });
let kept: { ahead: Ahead; fetched: Fetched } | null = null;

// What was fetched for this case; its attempt may be a later one by now.
export function takeAhead({ id, attempt }: { id: string; attempt: number }): Fetched {
  const found = kept?.ahead.id === id && kept.ahead.attempt === attempt ? kept.fetched : nothing();
  kept = null;
  return found;
}

// Nobody's after the one who was allowed to see them has signed out.
export function dropAhead(): void {
  kept = null;
}

// One after the other, in the order they are looked at: what is seen first must
// not wait for what is seen last.
export async function fetchAhead(signal: AbortSignal): Promise<void> {
  const ahead = await post<Ahead | null>("/v1/reviews/ahead");
  if (!ahead || signal.aborted) return;
  if (kept?.ahead.id !== ahead.id || kept.ahead.attempt !== ahead.attempt) {
    kept = { ahead, fetched: nothing() };
  }
  const { stills, films } = kept.fetched;
  for (const { side, still } of ahead.pictures) {
    stills[side] ??= new Blob([await bytes(still, signal)], { type: "image/jpeg" });
    void warm(stills[side]).catch(() => undefined);
  }
  for (const { part, url } of ahead.films) {
    films[part] ??= parseFilm(await bytes(url, signal));
    warmFirst(films[part].frames);
  }
}

const AFTER_MS = 700; // first the case that was opened, painted and all

// ready: what is looked at now has come, and goes first. Nothing may wait yet;
// so it is asked once more when there is an opinion.
export function useAhead(one: Review, ready: boolean): void {
  useEffect(() => {
    if (!ready) return undefined;
    const abort = new AbortController();
    const timer = window.setTimeout(() => {
      fetchAhead(abort.signal).catch(() => undefined); // then it is fetched when it comes
    }, AFTER_MS);
    return () => {
      window.clearTimeout(timer);
      abort.abort();
    };
  }, [one.id, ready, one.opinion !== null]);
}
