// The lock on a case: kept while somebody works, given up by idleness. The
// server is told of work at most once a minute, and never of none, so that a
// computer left alone frees its case.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";

const EVERY_MS = 60_000;
const ENDS_THE_LOCK = ["locked", "not_found"];
const LINE = ["online", "offline"] as const;
const SIGNS = ["keydown", "pointerdown", "wheel"] as const;

export interface Lock {
  until: string;
  lost: boolean;
  offline: boolean;
}

export function useLock(id: string, until: string): Lock & { lose: () => void } {
  const [lock, setLock] = useState<Lock>({ until, lost: false, offline: false });
  const worked = useRef(false);
  useEffect(() => {
    const work = () => { worked.current = true; };
    for (const sign of SIGNS) window.addEventListener(sign, work, { passive: true });
    const tell = () => {
      if (!worked.current) return;
      worked.current = false;
      post<{ locked_until: string }>(`/v1/reviews/${id}/seen`).then(
        (answer) => setLock({
          until: answer?.locked_until ?? new Date(Date.now() + 20 * 60_000).toISOString(),
          lost: false, offline: false,
        }),
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
      for (const sign of SIGNS) window.removeEventListener(sign, work);
      for (const word of LINE) window.removeEventListener(word, line);
    };
  }, [id]);
  return { ...lock, lose: () => setLock((before) => ({ ...before, lost: true })) };
}

export const losesLock = (failure: Failure) => ENDS_THE_LOCK.includes(failure.code);
