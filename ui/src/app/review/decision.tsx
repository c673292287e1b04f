// Approve, refuse with reasons, or ask for the pictures again.
import { useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";
import { Button, Field, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { t, tWord } from "../../shared/text";

type Choice = "approve" | "refuse" | "redo";
const CHOICES: Choice[] = ["approve", "redo", "refuse"];

export const REASONS = [
  "blurred", "cut_off", "glare", "too_dark", "too_small", "grey",
  "uneven_light", "two_documents", "bad_file",
  "unreadable_zone", "no_document", "front_missing", "back_missing", "other_side", "different_documents",
  "expired", "kind_not_accepted", "other_country",
  "seen_identity_card", "seen_passport", "seen_residence_permit", "name_differs", "too_young", "not_verified",
];

export function Decision({ id, onDecided }: { id: string; onDecided: () => void }) {
  const [choice, setChoice] = useState<Choice | null>(null);
  const [reasons, setReasons] = useState<string[]>([]);
  const [note, setNote] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const needsReason = choice === "refuse" || choice === "redo";

  const toggle = (reason: string) => setReasons((before) =>
    before.includes(reason)
      ? before.filter((one) => one !== reason) : [...before, reason]);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!choice) return setWrong(t("review.choose"));
    if (needsReason && reasons.length === 0) return setWrong(t("review.give_reason"));
    setWrong(null);
    setBusy(true);
    setFailure(null);
    try {
      const body: Record<string, unknown> = { decision: choice };
      if (needsReason) body.reasons = reasons;
      if (note.trim()) body.note = note.trim();
      await post(`/v1/reviews/${id}/decision`, body);
      onDecided();
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  };

  return (
    <section class="card">
      <h2>{t("review.decision")}</h2>
      <form onSubmit={(event) => void submit(event)}>
        <fieldset class="choices">
          <legend class="unseen">{t("review.decision")}</legend>
          {CHOICES.map((one) => (
            <label class="check">
              <input
                type="radio" name="decision" value={one} checked={choice === one}
                onChange={() => setChoice(one)}
              />
              <span>
                <strong>{tWord("decision", one)}</strong>
                <span class="sub">{tWord("decision_text", one)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {needsReason && (
          <fieldset class="reasons">
            <legend>{t("review.reasons")}</legend>
            {REASONS.map((reason) => (
              <label class="check">
                <input
                  type="checkbox" checked={reasons.includes(reason)}
                  onChange={() => toggle(reason)}
                />
                <span>{tWord("reason", reason)}</span>
              </label>
            ))}
          </fieldset>
        )}
        <Field label={t("review.note")} optional hint={t("review.note_hint")}>
          {(attributes) => (
            <textarea
              {...attributes} rows={3} maxLength={2000} value={note}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
          )}
        </Field>
        {wrong && <Notice tone="bad" alert><p>{wrong}</p></Notice>}
        {failure && <Notice tone="bad" alert><p>{failureText(failure)}</p></Notice>}
        <Button kind="primary" wide type="submit" busy={busy} test="decide">
          {t("review.record")}
        </Button>
      </form>
    </section>
  );
}
