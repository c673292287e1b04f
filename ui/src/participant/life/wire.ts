// What the server is asked while a recording is made: one take, its prompts,
// its chunks, its end.
import { asFailure, failureOf, get, post, Failure } from "../../shared/api";
import type { Part } from "../../shared/types";
import type { Hints } from "./hints";

export interface TakeBegun {
  id: string;
  part: Part;
  key: string; // base64url
  chain: string; // hex, where the chain begins
  prompts_total: number;
  expires_at: string;
  next_chunk: number;
}

export interface TakeState {
  state: "recording" | "sent" | "gathered" | "superseded";
  next_chunk: number;
}

export interface Prompt {
  position: number;
  name: string;
  light?: string; // in which colour the screen shines meanwhile
  hold_ms: number; // the next one is not told sooner
  expires_at: string; // the first begins the recording's own time
}

export interface Wire {
  begin(part: Part, mediaType: string, hints: Hints): Promise<TakeBegun>;
  prompt(take: string, position: number): Promise<Prompt>;
  chunk(take: string, number: number, mac: string, bytes: Blob): Promise<unknown>;
  look(take: string): Promise<TakeState>;
  finish(take: string, end: {
    chunks: number; mac: string; shown: string; hints: Hints;
  }): Promise<unknown>;
}

// A connection that hangs is worth less than one that fails: the next try may
// go through. Nobody can be asked to do anything before a prompt is here.
const PROMPT_MS = 6000;
const OTHER_MS = 20_000;

// What is asked, or a connection that is away when no answer came in time.
export async function within<T>(
  ms: number, ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ms);
  const late = () => new Failure("offline", "", 0);
  try {
    const answer = await ask(abort.signal);
    if (abort.signal.aborted) throw late();
    return answer;
  } catch (error) {
    throw abort.signal.aborted ? late() : error;
  } finally {
    clearTimeout(timer);
  }
}

async function putChunk(path: string, bytes: Blob, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, {
    method: "POST", credentials: "same-origin", body: bytes, signal,
    headers: { Accept: "application/json", "Content-Type": "application/octet-stream" },
  }).catch(() => { throw new Failure("offline", "", 0); });
  const body = await answer.json().catch(() => null) as unknown;
  if (answer.ok) return body;
  throw failureOf(answer.status, body, answer.headers.get("Retry-After"));
}

export function wireOf(session: string): Wire {
  const base = `/v1/session/${session}/takes`;
  const ask = <T>(ms: number, path: string, body: object) =>
    within(ms, (signal) => post<T>(base + path, body, {}, signal));
  return {
    begin: (part, media_type, hints) =>
      ask<TakeBegun>(OTHER_MS, "", { part, media_type, hints }),
    prompt: (take, position) => ask<Prompt>(PROMPT_MS, `/${take}/prompt`, { position }),
    chunk: (take, number, mac, bytes) => within(OTHER_MS, (signal) =>
      putChunk(`${base}/${take}/chunks/${number}?mac=${mac}`, bytes, signal)),
    look: (take) => within(OTHER_MS, (signal) => get<TakeState>(`${base}/${take}`, signal)),
    finish: (take, end) => ask<unknown>(OTHER_MS, `/${take}/finish`, end),
  };
}

// What a try later may mend: no connection, a server that is busy or restarts.
export function passes(error: unknown): boolean {
  const { status } = asFailure(error);
  return status === 0 || status === 429 || status >= 500;
}
