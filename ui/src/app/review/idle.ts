// Whether anybody is at the keys and the mouse. A case that is open before an
// empty chair is covered; the key that uncovers it does nothing else.
import { useEffect, useRef, useState } from "preact/hooks";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
const LOOK_MS = 1000;
const HOLDS_OTHERS = ["Shift", "Control", "Alt", "Meta", "AltGraph"];

// Calls back for each sign of somebody. A pointer "moves" too when the page
// changes below it: only one that stands elsewhere than before counts.
export function onSigns(heard: (event: Event) => void): () => void {
  let at = "";
  const sign = (event: Event) => {
    if (event.type === "pointermove") {
      const { screenX, screenY } = event as PointerEvent;
      const before = at;
      at = `${screenX} ${screenY}`;
      if (before === at || before === "") return;
    }
    heard(event);
  };
  const how = { capture: true };
  for (const name of SIGNS) window.addEventListener(name, sign, how);
  return () => {
    for (const name of SIGNS) window.removeEventListener(name, sign, how);
  };
}

interface Idle {
  minutes: number;
  wakesByKey: boolean;
  onIdle: () => void;
}

// By the clock and not by a timer alone: a computer that slept wakes up covered.
export function useIdle({ minutes, wakesByKey, onIdle }: Idle): { idle: boolean; wake: () => void } {
  const [idle, setIdle] = useState(false);
  const seen = useRef(Date.now());
  const asleep = useRef(false);
  const wake = () => {
    seen.current = Date.now();
    asleep.current = false;
    setIdle(false);
  };
  useEffect(() => {
    if (minutes <= 0) return undefined;
    const look = () => {
      if (asleep.current || Date.now() - seen.current < minutes * 60_000) return;
      asleep.current = true;
      setIdle(true);
      onIdle();
    };
    const sign = (event: Event) => {
      look();
      if (!asleep.current) {
        seen.current = Date.now();
        return;
      }
      if (!wakesByKey || event.type !== "keydown") return;
      if (HOLDS_OTHERS.includes((event as KeyboardEvent).key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wake();
    };
    const leave = onSigns(sign);
    const timer = window.setInterval(look, LOOK_MS);
    return () => {
      window.clearInterval(timer);
      leave();
    };
  }, [minutes, wakesByKey]);
  return { idle, wake };
}
