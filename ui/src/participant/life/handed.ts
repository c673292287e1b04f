// Whether this tab goes on for another device: it was let in by a number that
// the other one showed. And until then, what it came with: of this tab alone,
// for as long as the server lets a number be picked.
import type { Landing } from "../../shared/types";

const name = (session: string) => `handed-${session}`;

export function markHanded(session: string): void {
  try {
    sessionStorage.setItem(name(session), "yes");
  } catch {
    // then the last screen is the ordinary one
  }
}

export function isHanded(session: string): boolean {
  try {
    return sessionStorage.getItem(name(session)) === "yes";
  } catch {
    return false;
  }
}

const LANDING = "landing";

export function keepLanding(token: string, landing: Landing | null): void {
  try {
    if (landing) sessionStorage.setItem(LANDING, JSON.stringify({ token, landing }));
    else sessionStorage.removeItem(LANDING);
  } catch {
    // then a page that is loaded again needs another code
  }
}

export function readLanding(token: string): Landing | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(LANDING) ?? "null") as
      { token: string; landing: Landing } | null;
    const fits = kept?.token === token && Date.parse(kept.landing.expires_at) > Date.now();
    return fits ? kept.landing : null;
  } catch {
    return null;
  }
}
