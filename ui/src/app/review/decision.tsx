// Approve, ask again for named steps, or refuse with reasons.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { fold } from "../../shared/format";
import { useFocus } from "../../shared/hooks";
import { t, tWord } from "../../shared/text";
import type { Review } from "../../shared/types";
import { ApproveStep } from "./approve";
import { Key } from "./key";
import { Note } from "./note";
import { groupsFor, isFraud, type ReasonGroup, type RedoStep } from "./reasons";
import { approvalBarred, barredBy, CHOICES, type Choice, type DecisionForm } from "./use-decision";

const STEPS: RedoStep[] = ["document", "proof_of_life"];

// Below the results until one of them is begun.
export function ToDecision({ one, onChoose }: { one: Review; onChoose: (choice: Choice) => void }) {
  return (
    <div class="to-decision" role="group" aria-label={t("review.decision")} data-test="to-decision">
      {CHOICES.map((choice, index) => (
        <button
          key={choice} type="button" class="choice" data-test={`to-${choice}`}
          disabled={choice === "approve" && approvalBarred(one)} onClick={() => onChoose(choice)}
        >
          <span><Key act="answer" only={String(index + 1)} /> {tWord("decision", choice)}</span>
        </button>
      ))}
    </div>
  );
}

export function DecisionCard({ one, form }: { one: Review; form: DecisionForm }) {
  const { choice, busy } = form;
  // the search for a reason takes the keys when it is there from the beginning
  const head = useFocus<HTMLHeadingElement>(choice === null || choice === "approve");
  const barred = approvalBarred(one);
  const barredNow = choice === "approve" && barredBy(form.failure) !== null;
  return (
    <section class="part decision" data-test="decision">
      <h2 ref={head} tabIndex={-1}>{t("review.decision")}</h2>
      <form onSubmit={(event) => { event.preventDefault(); form.submit(); }}>
        <fieldset class="choices" disabled={busy}>
          <legend class="unseen">{t("review.decision")}</legend>
          {CHOICES.map((each, index) => (
            <label key={each} class={`choice ${each}`}>
              <input
                type="radio" name="decision" value={each} checked={choice === each}
                disabled={each === "approve" && barred} onChange={() => form.choose(each)}
              />
              <span><Key act="answer" only={String(index + 1)} /> {tWord("decision", each)}</span>
            </label>
          ))}
        </fieldset>
        <Plain one={one} form={form} />
        {choice === "approve" && !barred && <ApproveStep form={form} />}
        {choice === "redo" && <Steps one={one} form={form} />}
        {(choice === "redo" || choice === "refuse") && <Why one={one} form={form} />}
        {form.wrong && <Notice tone="bad" alert test="decision-wrong"><p>{tWord("review", form.wrong)}</p></Notice>}
        {form.failure && !barredNow && (
          <Notice tone="bad" alert test="decision-failed">
            <p>{failureText(form.failure)}</p>
          </Notice>
        )}
        {choice && !barredNow && !(choice === "approve" && barred) && (
          <Button
            kind={choice === "refuse" ? "danger" : "primary"} wide type="submit" busy={busy}
            test="decide"
          >
            {tWord("decide", choice)} <Key act="confirm" />
          </Button>
        )}
      </form>
    </section>
  );
}

// Said before anything is pressed: what this decision will not do alone.
function Plain({ one, form }: { one: Review; form: DecisionForm }) {
  const { choice } = form;
  const says: string[] = [];
  if (approvalBarred(one)) says.push(t("decide.contrary"));
  const by = barredBy(form.failure);
  if (choice === "approve" && by) says.push(tWord("barred", by));
  if (choice === "approve" && (form.approval?.needed ?? 1) > 1) says.push(t("approve.two"));
  if (choice === "refuse" && isFraud(form.reasons)) {
    says.push(one.second.why === "fraud" ? t("decide.fraud_second") : t("decide.fraud_first"));
  }
  if (says.length === 0) return null;
  return <Notice tone="warning" test="decision-plain">{says.map((each) => <p key={each}>{each}</p>)}</Notice>;
}

function Steps({ one, form }: { one: Review; form: DecisionForm }) {
  const offered = STEPS.filter((step) => step === "document" || one.films.length > 0);
  if (offered.length < 2) return null;
  return (
    <fieldset class="steps-again">
      <legend>{t("decide.steps")}</legend>
      {offered.map((step) => (
        <label key={step} class="check">
          <input
            type="checkbox" checked={form.steps.includes(step)} data-test={`step-${step}`}
            onChange={() => form.toggleStep(step)}
          />
          <span>{tWord("step", step)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function textOf(group: ReasonGroup["name"], reason: string): string {
  return group === "fraud" ? tWord("fraud", reason) : tWord("reason", reason);
}

// A few letters and Enter tick a reason: thirty boxes are no work for a mouse.
function Why({ one, form }: { one: Review; form: DecisionForm }) {
  const [wanted, setWanted] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => search.current?.focus(), [form.choice]);
  const choice = form.choice === "refuse" ? "refuse" : "redo";
  const groups = groupsFor(choice, form.steps, one.films.length > 0).map((group) => ({
    ...group,
    reasons: group.reasons.filter((reason) =>
      fold(textOf(group.name, reason)).includes(fold(wanted))),
  })).filter((group) => group.reasons.length > 0);
  const first = groups[0]?.reasons[0];

  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !wanted.trim()) return;
    event.preventDefault();
    if (first) form.toggleReason(first);
    setWanted("");
  };
  return (
    <>
      <fieldset class="why">
        <legend>{t("review.reasons")}</legend>
        <input
          ref={search} type="search" value={wanted} class="why-search" data-test="find-reason"
          aria-label={t("decide.find_reason")} placeholder={t("decide.find_reason")}
          onInput={(event) => setWanted(event.currentTarget.value)} onKeyDown={enter}
        />
        <div class="why-list" tabIndex={0} role="group" aria-label={t("review.reasons")}>
          {groups.map((group) => (
            <div key={group.name}>
              <h3>{tWord("reason_group", group.name)}</h3>
              {group.reasons.map((reason) => (
                <label key={reason} class={`check${wanted && reason === first ? " first" : ""}`}>
                  <input
                    type="checkbox" checked={form.reasons.includes(reason)} value={reason}
                    onChange={() => form.toggleReason(reason)}
                  />
                  <span>{textOf(group.name, reason)}</span>
                </label>
              ))}
            </div>
          ))}
          {groups.length === 0 && <p class="hint">{t("decide.no_reason_found")}</p>}
        </div>
      </fieldset>
      <Note form={form} />
    </>
  );
}
