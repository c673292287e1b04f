// Several requests from a CSV: every line is checked here first; the good
// ones are then sent one by one, and each says how it went.
import { useState } from "preact/hooks";
import { asFailure, post } from "../../shared/api";
import { Button, Dialog, Field, Notice } from "../../shared/controls";
import { failureText, fieldText } from "../../shared/failure-text";
import { Icon } from "../../shared/icons";
import { t, tCount, tWord } from "../../shared/text";
import type { Me, Registration } from "../../shared/types";
import { bodyOf } from "./draft";
import { MOST_LINES, readSheet, type Line, type Sheet } from "./csv";
import { levelsOf } from "./form";

interface Outcome { ok: boolean; text: string; id?: string }

export function SeveralForm({ me, onClose }: { me: Me; onClose: () => void }) {
  const [text, setText] = useState("");
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [outcomes, setOutcomes] = useState<Map<number, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);
  const [batch] = useState(() => crypto.randomUUID?.() ?? String(Math.random()));

  const read = (value: string) => {
    setText(value);
    setOutcomes(new Map());
    setSheet(value.trim() ? readSheet(value, levelsOf(me)) : null);
  };
  const file = async (one: File | undefined) => {
    if (one && one.size <= 1_000_000) read(await one.text());
  };
  const good = sheet?.lines.filter((line) => isGood(line)) ?? [];
  const left = good.filter((line) => !outcomes.get(line.number)?.ok);

  const send = async () => {
    setBusy(true);
    for (const line of left) {
      const outcome = await sendLine(line, `${batch}-${line.number}`);
      setOutcomes((before) => new Map(before).set(line.number, outcome));
    }
    setBusy(false);
  };

  return (
    <Dialog title={t("several.title")} onClose={onClose} wide>
      <p>{t("several.lead", { most: MOST_LINES })}</p>
      <Field label={t("several.field")} hint={t("several.hint")}>
        {(attributes) => (
          <textarea
            {...attributes} class="mono" name="csv" rows={5} spellcheck={false}
            placeholder={"email,level,name,phone\nada@example.org,lcp,Ada Martin,+33612345678"}
            value={text} onInput={(event) => read(event.currentTarget.value)}
          />
        )}
      </Field>
      <label class="button plain file">
        <Icon name="upload" /><span>{t("several.file")}</span>
        <input
          type="file" accept=".csv,text/csv,text/plain"
          onChange={(event) => void file(event.currentTarget.files?.[0])}
        />
      </label>
      {sheet && <Report sheet={sheet} outcomes={outcomes} />}
      <footer class="dialog-foot">
        <Button onClick={onClose}>{outcomes.size > 0 ? t("close") : t("cancel")}</Button>
        <Button
          kind="primary" busy={busy} disabled={left.length === 0} test="send-several"
          onClick={() => void send()}
        >
          {left.length === 0 ? t("several.send_none") : tCount("several.send", left.length)}
        </Button>
      </footer>
    </Dialog>
  );
}

function isGood(line: Line): boolean {
  return Object.keys(line.wrong).length === 0;
}

async function sendLine(line: Line, key: string): Promise<Outcome> {
  try {
    const made = await post<Registration>(
      "/v1/registrations", bodyOf(line.draft), { "Idempotency-Key": key },
    );
    return { ok: true, text: t("several.sent"), id: made.id };
  } catch (error) {
    const failure = asFailure(error);
    const words = failure.field ? fieldText(failure) : failureText(failure);
    return { ok: false, text: words };
  }
}

function Report({ sheet, outcomes }: { sheet: Sheet; outcomes: Map<number, Outcome> }) {
  const bad = sheet.lines.filter((line) => !isGood(line)).length;
  return (
    <div class="report" data-test="report">
      <p role="status">
        {tCount("several.good", sheet.lines.length - bad)}
        {bad > 0 && ` ${tCount("several.bad", bad)}`}
      </p>
      {sheet.unknown.length > 0 && (
        <Notice tone="warning">
          <p>{t("several.unknown", { names: sheet.unknown.join(", ") })}</p>
        </Notice>
      )}
      {sheet.tooMany && (
        <Notice tone="warning"><p>{t("several.too_many", { most: MOST_LINES })}</p></Notice>
      )}
      <div class="table-box">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("several.line")}</th>
              <th scope="col">{t("form.email")}</th>
              <th scope="col">{t("form.level")}</th>
              <th scope="col">{t("several.result")}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.lines.map((line) => (
              <tr key={line.number} class={isGood(line) ? "" : "wrong"}>
                <td>{line.number}</td>
                <td>{line.draft.applicant}</td>
                <td>{tWord("level.name", line.draft.level)}</td>
                <td><LineResult line={line} outcome={outcomes.get(line.number)} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function LineResult({ line, outcome }: { line: Line; outcome: Outcome | undefined }) {
  if (outcome) {
    return outcome.id
      ? <a href={`#/requests/${outcome.id}`}>{outcome.text}</a>
      : <span class="error">{outcome.text}</span>;
  }
  if (isGood(line)) return <>{t("several.ready")}</>;
  return (
    <span class="error">
      {Object.values(line.wrong).map((word) => tWord("wrong", word)).join(" ")}
    </span>
  );
}
