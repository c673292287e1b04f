// What of the steps the participant sees, and which screen comes next.
import type { Part, PartState, Picture, Session, Side, Step } from "../shared/types";

// Operators' and signers' steps are not the participant's to do.
const NOT_THEIRS = new Set(["review", "certificate"]);

export interface Progress {
  names: string[];
  at: number; // index of the step being done; names.length when all are
}

export function progressOf(steps: Step[]): Progress {
  const theirs = steps.filter(
    (step) => !NOT_THEIRS.has(step.name) && step.state !== "skipped",
  );
  const open = theirs.findIndex((step) => step.state !== "done");
  return {
    names: theirs.map((step) => step.name),
    at: open === -1 ? theirs.length : open,
  };
}

// The welcome stands before the first act only: whoever comes back resumes.
export function showsWelcome(session: Session, started: boolean): boolean {
  if (started) return false;
  const before = session.state === "created" || session.state === "opened";
  const acted = session.steps.some(
    (step) => step.name !== "email" && step.state === "done",
  );
  return before && !acted;
}

export function asksForRecordings(session: Session): boolean {
  return session.steps.some(
    (step) => step.name === "proof_of_life" && step.state !== "skipped",
  );
}

// Files are for the lowest level; above it the camera alone.
export function takesFiles(session: Session): boolean {
  return session.level === "lcp";
}

export function pictureOf(session: Session, side: Side): Picture {
  const found = session.document?.pictures.find((one) => one.side === side);
  return found ?? { side, state: "missing", reasons: [] };
}

// The side to photograph now; null when every side is read or being read.
export function nextSide(session: Session): Side | null {
  const sides = session.document?.sides ?? [];
  return sides.find((side) => {
    const state = pictureOf(session, side).state;
    return state === "missing" || state === "retake";
  }) ?? null;
}

export function allRead(session: Session): boolean {
  const sides = session.document?.sides ?? [];
  return sides.length > 0 &&
    sides.every((side) => pictureOf(session, side).state === "read");
}

// Where the pictures of the document stand, in the words of recordings.
export function picturesOf(session: Session): PartState["state"] {
  const states = (session.document?.sides ?? []).map((side) => pictureOf(session, side).state);
  if (allRead(session)) return "read";
  if (states.includes("retake")) return "retake";
  return states.length > 0 && !states.includes("missing") ? "sent" : "todo";
}

// What a phone does for a desktop that has handed over: all that wants a camera.
const WANTS_CAMERA = new Set(["document", "ask_again", "proof_of_life"]);

export function wantsCamera(session: Session): boolean {
  return WANTS_CAMERA.has(session.next);
}

export function partsOf(session: Session): PartState[] {
  return session.proof_of_life?.parts ?? [];
}

// The part to record now; null when both are given.
export function nextPart(parts: PartState[]): Part | null {
  const open = parts.find((one) => one.state === "todo" || one.state === "retake");
  return open?.part ?? null;
}
