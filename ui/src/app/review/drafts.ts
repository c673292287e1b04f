// What an operator has begun on a case and not sent: answers, reasons, a note.
// It outlives the case's page (put back by a slip, the lock or the session
// lost in the middle), but only in this page's memory, and only for who wrote
// it: it is gone with a sign-out, and with the sign-in of anybody else.
import type { Answer } from "../../shared/types";
import type { RedoStep } from "./reasons";

export interface Draft {
  answers: { document?: Answer; face?: Answer; liveness?: Answer };
  reasons: string[];
  steps: RedoStep[];
  note: string;
}

const kept = new Map<string, Draft>();
let owner: string | null = null;

const nameOf = ({ id, attempt }: { id: string; attempt: number }) => `${id} ${attempt}`;

export function draftOf(one: { id: string; attempt: number }): Draft {
  const known = kept.get(nameOf(one));
  if (known) return known;
  const fresh: Draft = { answers: {}, reasons: [], steps: [], note: "" };
  kept.set(nameOf(one), fresh);
  return fresh;
}

// It was decided: nothing of it is needed any more.
export function dropDraft(one: { id: string; attempt: number }): void {
  kept.delete(nameOf(one));
}

export function dropDrafts(): void {
  kept.clear();
  owner = null;
}

export function keepDraftsOf(member: string): void {
  if (owner !== member) kept.clear();
  owner = member;
}
