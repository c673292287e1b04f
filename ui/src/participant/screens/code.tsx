// Six digits, one field: phones fill it in from the message by themselves,
// and the sixth digit sends it.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Failure } from "../../shared/api";
import { Button, Field } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { clock } from "../../shared/format";
import { useSecondsUntil } from "../../shared/hooks";
import { t, tCount } from "../../shared/text";
import type { Session } from "../../shared/types";

interface Props {
  code: NonNullable<Session["code"]>;
  busy: boolean;
  sending: boolean;
  failure: Failure | null;
  onCheck: (digits: string) => void;
  onResend: () => void;
}

export function CodeEntry({ code, busy, sending, failure, onCheck, onResend }: Props) {
  const [digits, setDigits] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const resendIn = useSecondsUntil(code.resend_at);
  const expiresIn = useSecondsUntil(code.expires_at);
  const over = expiresIn <= 0 || code.tries_left <= 0;

  useEffect(() => {
    setDigits("");
    input.current?.focus();
  }, [code.sent_at]);

  useEffect(() => {
    if (failure) {
      setDigits("");
      input.current?.focus();
    }
  }, [failure]);

  const typed = (text: string) => {
    const clean = text.replace(/\D/g, "").slice(0, 6);
    setDigits(clean);
    if (clean.length === 6 && !busy) onCheck(clean);
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (digits.length === 6) onCheck(digits);
      }}
      noValidate
    >
      <Field label={t("code.field")} error={over ? overText(code) : wrongText(failure, code)}>
        {(attributes) => (
          <input
            {...attributes} ref={input} class="code" name="code" type="text"
            inputMode="numeric" pattern="[0-9]*" autocomplete="one-time-code"
            maxLength={12} value={digits} disabled={over}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="actions">
        <Button
          kind="primary" wide type="submit" busy={busy} test="code-check"
          disabled={digits.length < 6 || over}
        >
          {t("code.check")}
        </Button>
        <Button
          kind={over ? "primary" : "quiet"} wide busy={sending} test="code-resend"
          counting={resendIn > 0} disabled={resendIn > 0} onClick={onResend}
        >
          {resendIn > 0 ? t("code.resend_in", { time: clock(resendIn) }) : t("code.resend")}
        </Button>
      </div>
    </form>
  );
}

function overText(code: Props["code"]): string {
  return code.tries_left <= 0 ? t("code.no_tries") : t("code.too_late");
}

function wrongText(failure: Failure | null, code: Props["code"]): string | null {
  if (!failure) return null;
  if (failure.code !== "invalid_request") return failureText(failure);
  return `${t("code.wrong")} ${tCount("code.tries", code.tries_left)}`;
}
