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
// go through.
const CHUNK_MS = 20_000;

async function putChunk(path: string, bytes: Blob): Promise<unknown> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), CHUNK_MS);
  try {
    const answer = await fetch(path, {
      method: "POST", credentials: "same-origin", body: bytes, signal: abort.signal,
      headers: { Accept: "application/json", "Content-Type": "application/octet-stream" },
    });
    const body = await answer.json().catch(() => null) as unknown;
    if (answer.ok) return body;
    throw failureOf(answer.status, body, answer.headers.get("Retry-After"));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("offline", "", 0);
  } finally {
    clearTimeout(timer);
  }
}

export function wireOf(session: string): Wire {
  const base = `/v1/session/${session}/takes`;
  return {
    begin: (part, media_type, hints) =>
      post<TakeBegun>(base, { part, media_type, hints }),
    prompt: (take, position) => post<Prompt>(`${base}/${take}/prompt`, { position }),
    chunk: (take, number, mac, bytes) =>
      putChunk(`${base}/${take}/chunks/${number}?mac=${mac}`, bytes),
    look: (take) => get<TakeState>(`${base}/${take}`),
    finish: (take, end) => post<unknown>(`${base}/${take}/finish`, end),
  };
}

// What a try later may mend: no connection, a server that is busy or restarts.
export function passes(error: unknown): boolean {
  const { status } = asFailure(error);
  return status === 0 || status === 429 || status >= 500;
}
