// One recording from beginning to end, without a screen: prompts are fetched
// one at a time, each moment is noted in the recording's own time, chunks go
// out as they come. Whoever stops it (a page left, a camera lost) gives the
// take up; it is begun anew as another one.
import { asFailure, Failure } from "../../shared/api";
import type { Part } from "../../shared/types";
import type { Hints } from "./hints";
import { standsFor, type Pace } from "./pace";
import { nextWait, startSender, type Sender, type Sending } from "./sender";
import { passes, type Prompt, type TakeBegun, type Wire } from "./wire";

export interface Tape {
  mediaType: string;
  start(onChunk: (bytes: Blob) => void): Promise<void>;
  now(): number; // milliseconds of the recording
  stop(): Promise<void>; // the last chunk has been given
}

export interface Shown extends Prompt {
  total: number;
  stands: number; // milliseconds
}

export interface TakeNeeds {
  wire: Wire;
  part: Part;
  pace: Pace;
  tape: Tape;
  hints: () => Hints;
  signal: AbortSignal;
  wait: (ms: number) => Promise<void>;
  now: () => number;
  show: (prompt: Shown) => void;
  sending: (sending: Sending) => void;
  stalled: (stalled: boolean) => void; // the next prompt does not come
  recorded: () => void; // no more to be done before the camera
}

// Without a prompt there is nothing to record: it is asked for until it comes
// or the take is over.
async function askPrompt(
  needs: TakeNeeds, take: TakeBegun, position: number, over: () => boolean,
): Promise<Prompt> {
  let pause = 0;
  for (;;) {
    try {
      const prompt = await needs.wire.prompt(take.id, position);
      if (pause) needs.stalled(false);
      return prompt;
    } catch (error) {
      pause = nextWait(pause, asFailure(error).retryAfter);
      const late = needs.now() + pause > Date.parse(take.expires_at);
      if (over() || late || !passes(error)) throw error;
      needs.stalled(true);
      await needs.wait(pause);
    }
  }
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason ?? new Failure("stopped", "", 0));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

// A take that was given up while a prompt stood asks and shows no more.
async function showAll(
  needs: TakeNeeds, take: TakeBegun, sender: Sender, over: () => boolean,
): Promise<string> {
  const shown: number[] = [];
  let light = false;
  for (let position = 0; position < take.prompts_total && !over(); position += 1) {
    const prompt = await askPrompt(needs, take, position, over);
    if (over()) break;
    const last = position === take.prompts_total - 1;
    // who has just done something comes back while the first light stands
    const ends = last || (!!prompt.light && !light);
    const stands = standsFor(prompt, needs.part, needs.pace, ends);
    light = !!prompt.light;
    if (position === 0) sender.open(prompt.expires_at);
    needs.show({ ...prompt, position, total: take.prompts_total, stands });
    shown.push(Math.max(0, Math.round(needs.tape.now())));
    await needs.wait(stands);
  }
  return shown.join(" ");
}

// The answer to a finish may be lost though it arrived: a take that is sent
// already is as good as one that was just finished.
async function finish(
  needs: TakeNeeds, take: TakeBegun,
  end: { chunks: number; mac: string; shown: string; hints: Hints },
): Promise<void> {
  let pause = 0;
  for (;;) {
    try {
      await needs.wire.finish(take.id, end);
      return;
    } catch (error) {
      pause = nextWait(pause, asFailure(error).retryAfter);
      if (needs.signal.aborted || !passes(error) || pause > 60_000) throw error;
      if (needs.now() > Date.parse(take.expires_at) + 60_000) throw error;
      await needs.wait(pause);
    }
  }
}

export async function runTake(needs: TakeNeeds): Promise<void> {
  const over = stopped(needs.signal);
  over.catch(() => undefined);
  const or = <T>(work: Promise<T>) => Promise.race([work, over]);
  const { tape } = needs;

  const take = await or(needs.wire.begin(needs.part, tape.mediaType, needs.hints()));
  let broke: (failure: Failure) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => { broke = reject; });
  broken.catch(() => undefined);
  const sender = startSender(take, {
    wire: needs.wire, wait: needs.wait, now: needs.now,
    tell: needs.sending, fail: (failure) => broke(failure),
  });
  const guarded = <T>(work: Promise<T>) => Promise.race([work, over, broken]);
  let ended = false;
  try {
    await guarded(tape.start((bytes) => sender.add(bytes)));
    const shown = await guarded(showAll(needs, take, sender, () => ended));
    await guarded(tape.stop());
    needs.recorded();
    const { chunks, mac } = await guarded(sender.drained());
    if (chunks === 0) throw new Failure("nothing_recorded", "", 0);
    await guarded(finish(needs, take, {
      chunks, mac, shown, hints: needs.hints(),
    }));
  } finally {
    ended = true;
    sender.stop();
  }
}
