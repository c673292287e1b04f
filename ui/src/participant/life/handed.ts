// Whether this tab goes on for another device: it was let in by a number that
// the other one showed.

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
