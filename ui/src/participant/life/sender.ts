// Sends a recording's chunks while it is made. One at a time and in order, so
// that the server's chain never waits for a gap; what fails is tried again
// until the take's time is over, from where the server says it stands.
import { asFailure, type Failure } from "../../shared/api";
import { beginChain } from "./chain";
import { passes, type TakeBegun, type Wire } from "./wire";

export const CHUNK_MAX = 1024 * 1024; // the server takes twice that
const FIRST_WAIT = 500;
const LONGEST_WAIT = 4000;
const GAPS = 2; // "not the next one", again and again: another page records
const GRACE = 30_000; // uploads may end this long after the take

interface Chunk { mac: string; bytes: Blob }

export interface Sending {
  sent: number; // bytes
  known: number; // bytes recorded so far
  troubled: boolean; // the connection does not carry right now
}

export interface Sender {
  add(bytes: Blob): void;
  // Nothing goes out before the first prompt began the recording's time.
  open(expires: string): void;
  // Resolves when all that was added is with the server.
  drained(): Promise<{ chunks: number; mac: string }>;
  stop(): void;
}

export interface SenderNeeds {
  wire: Pick<Wire, "chunk" | "look">;
  wait: (ms: number) => Promise<void>;
  now: () => number;
  tell: (sending: Sending) => void;
  fail: (failure: Failure) => void;
}

export function pieces(bytes: Blob): Blob[] {
  const out: Blob[] = [];
  for (let at = 0; at < bytes.size; at += CHUNK_MAX) {
    out.push(bytes.slice(at, at + CHUNK_MAX));
  }
  return out;
}

export function nextWait(before: number, asked: number | null): number {
  const doubled = before ? Math.min(before * 2, LONGEST_WAIT) : FIRST_WAIT;
  return Math.max(doubled, (asked ?? 0) * 1000);
}

export function startSender(take: TakeBegun, needs: SenderNeeds): Sender {
  const chunks: Chunk[] = [];
  let until = 0;
  const chain = beginChain(take.key, take.chain);
  let chained: Promise<void> = Promise.resolve();
  let next = take.next_chunk;
  let running = false;
  let stopped = false;
  let troubled = false;
  const waiting: (() => void)[] = [];

  const size = (to: number) =>
    chunks.slice(0, to).reduce((sum, one) => sum + one.bytes.size, 0);
  const tell = () =>
    needs.tell({ sent: size(next), known: size(chunks.length), troubled });
  const end = (failure: Failure) => {
    if (!stopped) needs.fail(failure);
    stopped = true;
  };

  // Where the server stands; after a lost answer it may have the chunk.
  const resume = async () => {
    const state = await needs.wire.look(take.id);
    if (state.state === "recording") next = state.next_chunk;
    troubled = false;
  };

  const once = async () => {
    const chunk = chunks[next]!;
    await needs.wire.chunk(take.id, next, chunk.mac, chunk.bytes);
    next += 1;
  };

  const run = async () => {
    if (running || until === 0) return;
    running = true;
    let pause = 0;
    let gaps = 0;
    while (!stopped && next < chunks.length) {
      try {
        if (troubled) await resume();
        if (next < chunks.length) await once();
        pause = gaps = 0;
      } catch (error) {
        const failure = asFailure(error);
        troubled = true;
        pause = nextWait(pause, failure.retryAfter);
        if (failure.status === 409) gaps += 1;
        if (failure.status === 409 ? gaps > GAPS : !passes(error)) end(failure);
        if (needs.now() + pause > until) end(failure);
      }
      tell();
      if (troubled && !stopped) await needs.wait(pause);
    }
    running = false;
    if (!stopped) waiting.splice(0).forEach((each) => each());
  };

  return {
    add(bytes) {
      if (stopped) return;
      for (const piece of pieces(bytes)) {
        chained = chained.then(async () => {
          const mac = await (await chain).next(await piece.arrayBuffer());
          chunks.push({ mac, bytes: piece });
          if (!stopped) tell();
          void run();
        });
      }
    },
    open(expires) {
      until = Date.parse(expires) + GRACE;
      void run();
    },
    async drained() {
      await chained;
      if (next < chunks.length || running) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          void run();
        });
      }
      return { chunks: chunks.length, mac: chunks[chunks.length - 1]?.mac ?? "" };
    },
    stop() { stopped = true; },
  };
}
