// The session as the page holds it: opened with the link's token, replaced by
// the answer of every act. A cookie that ran out is renewed with the token; an
// act that no longer fits (two tabs) only brings the page up to date.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asFailure, get, post, upload, type Failure } from "../shared/api";
import { knownLanguage, language, useLanguage } from "../shared/text";
import type { Session } from "../shared/types";
import { mediaTypeOf, ownKeyOf } from "./own-key";

export type Act = (path: string, body?: object) => Promise<Session | null>;

export interface Held {
  session: Session | null;
  closed: Failure | null; // the link does not open
  busy: string | null; // the path of the act under way
  failure: Failure | null; // what the last act met
  act: Act;
  send: (side: string, picture: Blob, onProgress: (share: number) => void) => Promise<Session | null>;
  bring: (request: Uint8Array<ArrayBuffer>) => Promise<Session | null>; // for a key of one's own
  refresh: () => Promise<void>;
  retry: () => void;
  clear: () => void;
}

export function tokenOf(hash: string): string {
  return decodeURIComponent(hash.replace(/^#/, "")).trim();
}

// A phone that was let in has a cookie and no link: its address names the
// registration alone.
export function isHandedOver(token: string): boolean {
  return /^reg_[0-9a-z]{8,40}$/.test(token);
}

export function useSession(onLanguage: () => void): Held {
  const [session, setSession] = useState<Session | null>(null);
  const [closed, setClosed] = useState<Failure | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const id = useRef("");

  const take = useCallback(async (next: Session) => {
    id.current = next.id;
    const wanted = knownLanguage(next.language);
    if (wanted !== language()) {
      await useLanguage(wanted);
      onLanguage();
    }
    setSession(next);
    return next;
  }, []);

  const open = useCallback(async () => {
    const token = tokenOf(window.location.hash);
    try {
      await take(await (isHandedOver(token)
        ? get<Session>(`/v1/session/${token}`)
        : post<Session>("/v1/session", { token })));
      setClosed(null);
    } catch (error) {
      setClosed(asFailure(error));
    }
  }, []);

  // One more try after the cookie was renewed, and the truth after a refusal
  // that says the page is behind.
  const guarded = useCallback(
    async (name: string, work: () => Promise<Session>) => {
      setBusy(name);
      setFailure(null);
      try {
        return await take(await work());
      } catch (error) {
        const met = asFailure(error);
        if (met.status === 401) {
          await open();
          const again = await work().then(take).catch(() => null);
          if (again) return again;
        }
        if (met.code === "wrong_state" || met.code === "expired") {
          await refresh();
        }
        setFailure(met);
        return null;
      } finally {
        setBusy(null);
      }
    }, []);

  const refresh = useCallback(async () => {
    try {
      await take(await get<Session>(`/v1/session/${id.current}`));
    } catch (error) {
      if (asFailure(error).status === 401) await open();
    }
  }, []);

  useEffect(() => {
    void open();
    const again = () => window.location.reload();
    window.addEventListener("hashchange", again);
    return () => window.removeEventListener("hashchange", again);
  }, []);

  return {
    session, closed, busy, failure, refresh,
    act: (path, body = {}) =>
      guarded(path, () => post<Session>(`/v1/session/${id.current}/${path}`, body)),
    send: (side, picture, onProgress) =>
      guarded(`document/${side}`, () => upload<Session>(
        `/v1/session/${id.current}/document/${side}`, picture, onProgress,
      )),
    bring: (request) => guarded("key", () => upload<Session>(
      `/v1/session/${id.current}/key`,
      new Blob([request], { type: mediaTypeOf(ownKeyOf(request)) }), () => undefined,
    )),
    retry: () => { setClosed(null); void open(); },
    clear: () => setFailure(null),
  };
}
