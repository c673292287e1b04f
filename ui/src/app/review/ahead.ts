// Pictures and films of the next case, fetched while this one is decided. It is
// not locked for that: another operator may take it, and then these are dropped
// unseen. They live in this page's memory until the case comes, or another. Of
// a case that nothing was fetched of, an operator's first, the pictures are
// asked for when it is given: making its page takes as long as they do.
import { useEffect } from "preact/hooks";
import { bytes, post } from "../../shared/api";
import type { Ahead, FilmPart, Review, Side } from "../../shared/types";
import { parseFilm, type Film } from "./film";
import { warm, warmFirst } from "./picture";

export interface Fetched {
  stills: { [side in Side]?: Blob };
  films: { [part in FilmPart]?: Film };
  coming: { [side in Side]?: Promise<Blob> }; // asked for, and decoded when there
}

type Which = Pick<Ahead, "id" | "attempt">;

const nothing = (): Fetched => ({ stills: {}, films: {}, coming: {} });
let kept: { ahead: Which; fetched: Fetched } | null = null;
let leaving = new AbortController();

function keptOf({ id, attempt }: Which): Fetched {
  if (kept?.ahead.id !== id || kept.ahead.attempt !== attempt) {
    kept = { ahead: { id, attempt }, fetched: nothing() };
  }
  return kept.fetched;
}

// What was fetched for this case; its attempt may be a later one by now.
export function takeAhead({ id, attempt }: Which): Fetched {
  const found = kept?.ahead.id === id && kept.ahead.attempt === attempt ? kept.fetched : nothing();
  kept = null;
  return found;
}

// Nobody's after the one who was allowed to see them has signed out.
export function dropAhead(): void {
  kept = null;
  leaving.abort();
  leaving = new AbortController();
}

// A picture that can be shown the moment it is there; one that cannot be
// decoded says so where it is shown.
export async function fetchStill(url: string, signal: AbortSignal): Promise<Blob> {
  const still = new Blob([await bytes(url, signal)], { type: "image/jpeg" });
  await warm(still).catch(() => undefined);
  return still;
}

export function fetchGiven(one: Which & { pictures: { side: Side; still: string }[] }): void {
  const { stills, coming } = keptOf(one);
  for (const { side, still } of one.pictures) {
    if (stills[side] || coming[side]) continue;
    const begun = fetchStill(still, leaving.signal);
    begun.catch(() => undefined); // whoever shows it hears of it
    coming[side] = begun;
  }
}

// One after the other, in the order they are looked at: what is seen first must
// not wait for what is seen last.
export async function fetchAhead(signal: AbortSignal): Promise<void> {
  const ahead = await post<Ahead | null>("/v1/reviews/ahead");
  if (!ahead || signal.aborted) return;
  const { stills, films } = keptOf(ahead);
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
