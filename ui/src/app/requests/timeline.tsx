// Steps, messages and history as lists of moments.
import { moment } from "../../shared/format";
import { has, language, t, tCount, tWord } from "../../shared/text";
import type { HistoryEntry, Message, Step } from "../../shared/types";

// Nothing has happened there that a time could tell of.
const UNTOUCHED = ["todo", "skipped"];

export function Steps({ steps, ended }: { steps: Step[]; ended: boolean }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step.name} class={step.state} data-step={step.name} data-state={step.state}>
          <span class="dot" aria-hidden="true" />
          <div>
            <p>
              <strong>{tWord("step", step.name)}</strong>
              <span class="step-state">{tWord("step_state", ended && step.state === "todo" ? "left" : step.state)}</span>
            </p>
            {step.reasons.length > 0 && (
              <p class="step-reasons">
                {step.reasons.map((reason) => tWord("reason", reason)).join(" ")}
              </p>
            )}
            {step.attempts > 1 && <p class="sub">{tCount("detail.attempts", step.attempts)}</p>}
          </div>
          {!UNTOUCHED.includes(step.state) && <time>{moment(step.at, language())}</time>}
        </li>
      ))}
    </ol>
  );
}

export function Messages({ messages }: { messages: Message[] }) {
  if (messages.length === 0) return null;
  return (
    <section class="card">
      <h2>{t("detail.messages")}</h2>
      <ul class="moments">
        {messages.map((one) => (
          <li>
            <span>
              {tWord("message", one.kind)}
              <span class="sub">{tWord("channel", one.channel)}</span>
            </span>
            <span class={one.failed_at ? "error" : "sub"}>
              {one.failed_at ? t("detail.not_sent")
                : one.sent_at ? t("detail.sent") : t("detail.to_send")}
            </span>
            <time>{moment(one.sent_at ?? one.failed_at ?? one.created_at, language())}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

// "registration.approve" is told as "approve"; "created>opened" as its states.
function actText(act: string): string {
  return tWord("act", act.split(".").pop());
}

const IDENTIFIER = /^[a-z]{3}_/;

// "document_front read" is told in words; what identifies rows, to nobody here.
function wordText(word: string): string {
  if (IDENTIFIER.test(word)) return "";
  if (has(`level.name.${word}`)) return tWord("level.name", word);
  if (has(`kind.${word}`)) return tWord("kind", word);
  return tWord("act_word", word);
}

function detailText(detail: string): string {
  const move = /^(\w+)>(\w+)/.exec(detail);
  if (move) return `${tWord("state", move[1])} → ${tWord("state", move[2])}`;
  return detail.split(" ").map(wordText).filter(Boolean).join(" ");
}

export function History({ history }: { history: HistoryEntry[] }) {
  if (history.length === 0) return null;
  return (
    <section class="card">
      <details class="more">
        <summary>{t("detail.history")}</summary>
        <ul class="moments">
          {history.map((one) => (
            <li>
              <span>
                {actText(one.act)}
                {one.detail && <span class="sub">{detailText(one.detail)}</span>}
              </span>
              <span class="sub">{tWord("actor", one.actor)}</span>
              <time>{moment(one.at, language())}</time>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
