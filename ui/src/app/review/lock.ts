// The lock on a case: kept while somebody works, given up by idleness. The
// server is told of work at most once a minute, and never of none, so that a
// computer left alone frees its case; nor is what moves a mouse before a covered
// page work on it. The server says for how many seconds it is held, and they
// are counted here from its answer: the two clocks need not agree.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";
import { onSigns } from "./idle";

const EVERY_MS = 60_000;
const ENDS_THE_LOCK = ["locked", "not_found"];
const LINE = ["online", "offline"] as const;

export interface Lock {
  until: string;
  lost: boolean;
  offline: boolean;
}

export interface Held { locked_seconds: number }

const untilOf = ({ locked_seconds }: Held) => new Date(Date.now() + locked_seconds * 1000).toISOString();

// asleep: the case is covered.
export function useLock(first: Held & { id: string }, asleep: boolean): Lock & { lose: () => void } {
  const { id } = first;
  const [lock, setLock] = useState<Lock>(() => ({ until: untilOf(first), lost: false, offline: false }));
  const worked = useRef(false);
  const away = useRef(asleep);
  const tell = () => {
    if (!worked.current) return;
    worked.current = false;
    post<Held>(`/v1/reviews/${id}/seen`).then(
      (held) => setLock({ until: untilOf(held), lost: false, offline: false }),
      (error: unknown) => {
        const failure = asFailure(error);
        worked.current = true; // asked again a minute later
        setLock((before) => ({
          ...before, offline: failure.code === "offline",
          lost: before.lost || losesLock(failure),
        }));
      },
    );
  };
  useEffect(() => {
    const uncovered = away.current && !asleep;
    away.current = asleep;
    // what moved a mouse may be what showed that the chair is empty: a computer
    // that woke up
    if (asleep) worked.current = false;
    if (!uncovered) return;
    worked.current = true;
    tell();
  }, [asleep]);
  useEffect(() => {
    const leave = onSigns(() => { worked.current ||= !away.current; });
    // the browser may know sooner than the next time of asking; and back on
    // the line, the case is held again at once, or known to be lost
    const line = () => {
      setLock((before) => ({ ...before, offline: !navigator.onLine }));
      if (navigator.onLine) tell();
    };
    for (const word of LINE) window.addEventListener(word, line);
    const timer = window.setInterval(tell, EVERY_MS);
    return () => {
      window.clearInterval(timer);
      leave();
      for (const word of LINE) window.removeEventListener(word, line);
    };
  }, [id]);
  const lose = () => setLock((before) => ({ ...before, lost: true }));
  useEffect(() => {
    const over = () => {
      if (Date.now() >= Date.parse(lock.until)) lose();
    };
    const timer = window.setInterval(over, 1000);
    return () => window.clearInterval(timer);
  }, [lock.until]);
  return { ...lock, lose };
}

export const losesLock = (failure: Failure) => ENDS_THE_LOCK.includes(failure.code);
