// Address or phone number and code, then one explicit press: it cannot be
// undone. Who has no revocation code has one sent; the page never says whether
// there is a certificate.
import { useState } from "preact/hooks";
import { Frame } from "../participant/frame";
import { Screen } from "../participant/screens/screen";
import { asFailure, post, type Failure } from "../shared/api";
import { Button, Dialog, Field, Notice } from "../shared/controls";
import { fieldText } from "../shared/failure-text";
import { grouped, moment } from "../shared/format";
import { isPhone, joinPhone } from "../shared/phone";
import { language, t, tWord } from "../shared/text";

const REASONS = ["unspecified", "key_compromise", "affiliation_changed", "superseded"];

interface Revoked {
  serial: string;
  revoked_at: string;
}

export function Revoke() {
  const [, redraw] = useState(0);
  const [done, setDone] = useState<Revoked | null>(null);
  const held = {
    act: () => Promise.resolve(null),
    retry: () => redraw((count) => count + 1),
  };
  return (
    <Frame session={null} held={held} bare>
      {done ? <Done revoked={done} /> : <Form onDone={setDone} />}
    </Frame>
  );
}

function Done({ revoked }: { revoked: Revoked }) {
  return (
    <Screen
      name="revoke-done" title={t("revoke_own.done_title")}
      lead={t("revoke_own.done_lead", { time: moment(revoked.revoked_at, language()) })}
    >
      <p class="small">{t("done.serial")}</p>
      <p class="mono" data-test="revoked-serial">{grouped(revoked.serial)}</p>
    </Screen>
  );
}

// A number is compared whole, so it is typed with its country.
function whoseOf(typed: string): { email: string } | { phone_number: string } {
  if (typed.includes("@")) return { email: typed.trim() };
  const whole = /^\s*(\+|00)/.test(typed);
  return { phone_number: whole ? joinPhone("", typed) : "" };
}

function Form({ onDone }: { onDone: (revoked: Revoked) => void }) {
  const [typed, setTyped] = useState("");
  const [code, setCode] = useState("");
  const [reason, setReason] = useState(REASONS[0] ?? "");
  const [sent, setSent] = useState(false);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);

  const run = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    setFailure(null);
    await work().catch((error: unknown) => setFailure(asFailure(error)));
    setBusy("");
  };
  const whose = whoseOf(typed);
  const named = "email" in whose || isPhone(whose.phone_number);
  const send = () => run("send", async () => {
    await post("/v1/revocations/code", whose);
    setSent(true);
  });
  const revoke = () => run("revoke", async () => {
    onDone(await post<Revoked>("/v1/revocations", { ...whose, code, reason }));
  });
  const wrong = (field: string) =>
    failure?.code === "invalid_request" && failure.field === field
      ? (field === "code" ? t("revoke_own.wrong_code") : fieldText(failure)) : null;
  return (
    <Screen
      name="revoke" title={t("revoke_own.title")} lead={t("revoke_own.lead")}
      failure={failure?.code === "invalid_request" ? null : failure}
    >
      <form onSubmit={(event) => { event.preventDefault(); setAsking(true); }} noValidate>
        <Field label={t("revoke_own.email")} hint={t("revoke_own.email_hint")} error={wrong("email") ?? wrong("phone_number")}>
          {(attributes) => (
            <input
              {...attributes} name="email" type="text" inputMode="email" autocomplete="email"
              spellcheck={false} autocapitalize="none" value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("revoke_own.code")} hint={t("revoke_own.code_hint")} error={wrong("code")}>
          {(attributes) => (
            <input
              {...attributes} name="code" type="text" autocomplete="off" class="mono"
              spellcheck={false} autocapitalize="none" maxLength={40} value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </Field>
        <Button
          kind="quiet" icon="mail" test="revoke-send" busy={busy === "send"}
          disabled={!named} onClick={() => void send()}
        >
          {t("revoke_own.send")}
        </Button>
        {sent && (
          <Notice tone="good" test="revoke-sent"><p>{t("revoke_own.sent")}</p></Notice>
        )}
        <Field label={t("revoke_own.reason")}>
          {(attributes) => (
            <select
              {...attributes} name="reason" value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            >
              {REASONS.map((one) => <option key={one} value={one}>{tWord("reason_own", one)}</option>)}
            </select>
          )}
        </Field>
        <div class="actions">
          <Button
            kind="danger" wide type="submit" test="revoke" busy={busy === "revoke"}
            disabled={!named || code.trim().length < 6}
          >
            {t("revoke_own.revoke")}
          </Button>
        </div>
      </form>
      {asking && (
        <Dialog title={t("revoke_own.sure_title")} onClose={() => setAsking(false)}>
          <p>{t("revoke_own.sure_text")}</p>
          <div class="actions">
            <Button
              kind="danger" wide test="revoke-yes"
              onClick={() => { setAsking(false); void revoke(); }}
            >
              {t("revoke_own.sure_yes")}
            </Button>
            <Button wide onClick={() => setAsking(false)}>{t("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </Screen>
  );
}
