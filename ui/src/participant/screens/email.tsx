// Only for a link that was handed over: whoever came by the mailed link has
// proven the address already.
import { Button } from "../../shared/controls";
import { t } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { CodeEntry } from "./code";
import { Screen } from "./screen";

export function EmailScreen({ session, act, busy, failure, refresh }: ScreenProps) {
  const address = session.email_masked;
  const code = session.code?.channel === "email" ? session.code : null;
  if (!code) {
    return (
      <Screen
        name="email" title={t("email.title")}
        lead={t("email.lead", { address })} failure={failure}
      >
        <div class="actions">
          <Button
            kind="primary" wide icon="mail" test="email-send"
            busy={busy === "email-code"} onClick={() => void act("email-code")}
          >
            {t("email.send")}
          </Button>
        </div>
      </Screen>
    );
  }
  return (
    <Screen
      name="email" title={t("email.code_title")}
      lead={t("email.code_lead", { address })}
    >
      <CodeEntry
        code={code} busy={busy === "email-code/check"}
        sending={busy === "email-code"} failure={failure}
        onCheck={(digits) => void act("email-code/check", { code: digits })
          .then((done) => { if (!done) void refresh(); })}
        onResend={() => void act("email-code")}
      />
      <p class="small">{t("email.look_in_junk")}</p>
    </Screen>
  );
}
