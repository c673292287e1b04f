// The decision as it is being made. What was typed or ticked stays through a
// lost connection, and a signature that was given is sent again rather than
// asked for again.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, Failure, get, post } from "../../shared/api";
import { decode, hex } from "../../shared/base64url";
import { assert, type Assertion } from "../../shared/passkey";
import type { Approval, Outcome, Review } from "../../shared/types";
import { digestOf } from "./digest";
import { draftOf, dropDraft } from "./drafts";
import type { RedoStep } from "./reasons";

export type Choice = "approve" | "redo" | "refuse";
export const CHOICES: Choice[] = ["approve", "redo", "refuse"];
export type Wrong = "choose" | "give_reason" | "give_step";

// Who said no does not approve: the machine's results must not talk anybody
// out of their own eyes. The server refuses it too.
export function approvalBarred(one: Review): boolean {
  return Object.values(one.opinion ?? {}).includes("no");
}

// ... and where the machine must accept too, or the names are not to be
// certified, its answer names the field that stands in the way.
export function barredBy(failure: Failure | null): "decision" | "fullname" | null {
  if (failure?.code !== "invalid_request") return null;
  return failure.field === "decision" || failure.field === "fullname" ? failure.field : null;
}

export interface DecisionForm {
  choice: Choice | null;
  approval: Approval | null;
  digest: Uint8Array | null; // of what is shown, and what is signed
  reasons: string[];
  steps: RedoStep[];
  note: string;
  wrong: Wrong | null;
  busy: boolean;
  failure: Failure | null;
  choose: (choice: Choice) => void;
  toggleReason: (reason: string) => void;
  toggleStep: (step: RedoStep) => void;
  write: (note: string) => void;
  submit: () => void;
}

export interface Decided { outcome: Outcome; unbelieved: boolean; choice: Choice }

function likelySteps(one: Review): RedoStep[] {
  const { opinion } = one;
  const steps: RedoStep[] = [];
  if (opinion?.document !== "yes") steps.push("document");
  if (one.films.length > 0 && (opinion?.face !== "yes" || opinion.liveness !== "yes")) {
    steps.push("proof_of_life");
  }
  return steps.length > 0 ? steps : ["document"];
}

// Throws unless the digest is that of the data that come with it.
async function digestShown(approval: Approval): Promise<Uint8Array> {
  const digest = await digestOf(approval);
  const given = decode(approval.digest);
  if (hex(digest) !== hex(given)) throw new Failure("approval_differs", "", 0);
  return digest;
}

const toggled = <T>(all: T[], one: T) =>
  all.includes(one) ? all.filter((each) => each !== one) : [...all, one];

export function useDecision(
  one: Review, pressed: () => number,
  onDecided: (decided: Decided) => void, onFailure: (failure: Failure) => void,
): DecisionForm {
  const [choice, setChoice] = useState<Choice | null>(null);
  const [approval, setApproval] = useState<Approval | null>(null);
  const [digest, setDigest] = useState<Uint8Array | null>(null);
  const [reasons, setReasons] = useState(() => draftOf(one).reasons);
  const [steps, setSteps] = useState(() => draftOf(one).steps);
  const [note, setNote] = useState(() => draftOf(one).note);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const signed = useRef<Assertion | null>(null);

  useEffect(() => { Object.assign(draftOf(one), { reasons, steps, note }); }, [reasons, steps, note]);

  const failed = (error: unknown) => {
    const met = asFailure(error);
    setFailure(met);
    onFailure(met);
    return met;
  };
  const load = async () => {
    setFailure(null);
    signed.current = null;
    try {
      const got = await get<Approval>(`/v1/reviews/${one.id}/approval`);
      setDigest(await digestShown(got));
      setApproval(got);
    } catch (error) {
      failed(error instanceof RangeError ? new Failure("approval_differs", "", 0) : error);
    }
  };
  useEffect(() => {
    if (choice === "approve" && !approval && !approvalBarred(one)) void load();
  }, [choice]);

  const missing = (): Wrong | null => {
    if (!choice || (choice === "approve" && approvalBarred(one))) return "choose";
    if (choice === "redo" && steps.length === 0) return "give_step";
    return choice !== "approve" && reasons.length === 0 ? "give_reason" : null;
  };
  const bodyOf = async (): Promise<Record<string, unknown>> => {
    const body: Record<string, unknown> = { decision: choice, keys: pressed() };
    if (note.trim()) body.note = note.trim();
    if (choice !== "approve") body.reasons = reasons.join(" ");
    if (choice === "redo") body.steps = steps.join(" ");
    if (choice !== "approve" || !approval) return body;
    signed.current ??= await assert({
      challenge: approval.digest, rp_id: approval.rp_id, allow: approval.allow,
    });
    return { ...body, ...signed.current };
  };
  const submit = async () => {
    if (busy) return;
    const lacking = missing();
    setWrong(lacking);
    if (lacking) return;
    if (choice === "approve" && !approval) return load();
    setBusy(true);
    setFailure(null);
    try {
      const { outcome, unbelieved = false } = await post<{ outcome: Outcome; unbelieved?: boolean }>(
        `/v1/reviews/${one.id}/decision`, await bodyOf(),
      );
      dropDraft(one);
      onDecided({ outcome, unbelieved, choice: choice as Choice });
    } catch (error) {
      const met = failed(error);
      setBusy(false);
      // an answer of the server: what was signed was not what it wants signed
      if (choice === "approve" && met.status >= 400 && met.status < 500) {
        signed.current = null;
        setApproval(null);
      }
    }
  };
  return {
    choice, approval, digest, reasons, steps, note, wrong, busy, failure,
    choose: (next) => {
      if (busy) return;
      setChoice(next);
      setWrong(null);
      setFailure(null);
      if (next === "redo" && steps.length === 0) setSteps(likelySteps(one));
    },
    toggleReason: (reason) => {
      setWrong(null);
      setReasons((before) => toggled(before, reason));
    },
    toggleStep: (step) => {
      setWrong(null);
      setSteps((before) => toggled(before, step));
    },
    write: setNote,
    submit: () => void submit(),
  };
}
