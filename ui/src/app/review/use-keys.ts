// Hears the keyboard for a case and counts what is pressed.
import { useLayoutEffect, useRef } from "preact/hooks";
import { shortcutsOn } from "../preferences";
import { actOf, counts, holderOf, type Act } from "./keys";

// A handler answers true when the key was for it.
export type Handler = (act: Act, event: KeyboardEvent) => boolean;

export function useKeys(handler: Handler): { pressed: () => number } {
  const latest = useRef(handler);
  const count = useRef(0);
  latest.current = handler;
  // with the page, not after it is painted: a key pressed at once counts
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (counts(event)) count.current += 1;
      if (event.defaultPrevented) return;
      const act = actOf(event, holderOf(event.target as Element | null));
      if (!act || (!shortcutsOn() && act !== "leave")) return;
      if (latest.current(act, event)) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return { pressed: () => count.current };
}
