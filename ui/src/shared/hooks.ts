// Small hooks both pages share.
import { useEffect, useRef, useState } from "preact/hooks";

// Runs work at once and then every so often while the page can be seen: a
// hidden tab asks nothing of the server.
export function usePolling(
  work: (signal: AbortSignal) => Promise<void>, ms: number, keys: unknown[],
): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    let running = false;
    const tick = async () => {
      window.clearTimeout(timer);
      if (!running && document.visibilityState === "visible") {
        running = true;
        await latest.current(abort.signal).catch(() => undefined);
        running = false;
      }
      if (!abort.signal.aborted) timer = window.setTimeout(tick, ms);
    };
    const seen = () => {
      if (document.visibilityState === "visible") void tick();
    };
    document.addEventListener("visibilitychange", seen);
    void tick();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [ms, ...keys]);
}

export function useDebounced<T>(value: T, ms: number): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => settle(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

// Seconds until a moment, ticking; 0 once it is past.
export function useSecondsUntil(iso: string | null): number {
  const left = () =>
    iso ? Math.max(0, (Date.parse(iso) - Date.now()) / 1000) : 0;
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = window.setInterval(() => setSeconds(left()), 500);
    return () => window.clearInterval(timer);
  }, [iso]);
  return seconds;
}

// Moves the focus to a screen's heading when the screen changes, so that a
// screen reader starts at the top of what is new.
export function useHeadingFocus(key: unknown) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [key]);
  return heading;
}

// True once it has lasted: a browser that asks for the camera may be overlooked.
export function useLasting(lasts: boolean, ms: number): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!lasts) return undefined;
    const timer = window.setTimeout(() => setLong(true), ms);
    return () => window.clearTimeout(timer);
  }, [lasts, ms]);
  return long;
}

// The browser asks before it closes a page with something on its way.
export function useKeptOpen(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [on]);
}

// The screen stays on while nobody touches it: a telephone goes dark after half
// a minute, and a page that cannot be seen loses its camera. The browser takes
// the wish back when the page is left; seen again, it is told anew.
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const given = await navigator.wakeLock?.request("screen").catch(() => null);
      if (over) void given?.release();
      else lock = given ?? null;
    };
    const seen = () => void ask();
    document.addEventListener("visibilitychange", seen);
    void ask();
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", seen);
      void lock?.release();
    };
  }, []);
}

// What appears in the middle of a page is read from its heading on.
export function useFocus<T extends HTMLElement>(wanted = true) {
  const element = useRef<T>(null);
  useEffect(() => { if (wanted) element.current?.focus(); }, []);
  return element;
}

// What lies over the whole page is all there is of it: no key and no screen
// reader gets to what it hides (WCAG 2.4.11).
export function useAlone<T extends HTMLElement>() {
  const element = useRef<T>(null);
  useEffect(() => {
    const hidden: HTMLElement[] = [];
    for (let at: HTMLElement | null = element.current; at?.parentElement; at = at.parentElement) {
      if (at === document.body) break;
      for (const one of at.parentElement.children) {
        if (one === at || !(one instanceof HTMLElement) || one.inert) continue;
        one.inert = true;
        hidden.push(one);
      }
    }
    return () => hidden.forEach((one) => { one.inert = false; });
  }, []);
  return element;
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
