// What will stand in the certificate, before it is made.
import { useState } from "preact/hooks";
import { Button, Dialog } from "../../shared/controls";
import { t } from "../../shared/text";
import type { ScreenProps } from "../journey";
import { isOfOwnKey, OwnKeyChoice } from "./own-key";
import { Screen } from "./screen";

export function ConfirmScreen(props: ScreenProps) {
  const { session, act, busy, failure } = props;
  const [wrong, setWrong] = useState(false);
  const { data } = session;
  return (
    <Screen
      name="confirm" title={t("confirm.title")} lead={t("confirm.lead")}
      failure={isOfOwnKey(failure) ? null : failure}
    >
      {data && (
        <dl class="facts stacked">
          <div><dt>{t("confirm.given_names")}</dt><dd>{data.given_names}</dd></div>
          <div><dt>{t("confirm.surname")}</dt><dd>{data.surname}</dd></div>
          {data.nationality && (
            <div><dt>{t("confirm.nationality")}</dt><dd>{countryName(data.nationality)}</dd></div>
          )}
          {data.document_number && (
            <div>
              <dt>{t("confirm.document_number")}</dt>
              <dd class="mono">{data.document_number}</dd>
            </div>
          )}
          <div><dt>{t("confirm.common_name")}</dt><dd>{data.common_name}</dd></div>
          <div><dt>{t("confirm.email")}</dt><dd>{session.email_masked}</dd></div>
        </dl>
      )}
      <OwnKeyChoice {...props} />
      <div class="actions">
        <Button
          kind="primary" wide busy={busy === "confirm"} test="confirm-yes"
          onClick={() => void act("confirm", { correct: true })}
        >
          {t("confirm.yes")}
        </Button>
        <Button kind="quiet" wide test="confirm-no" onClick={() => setWrong(true)}>
          {t("confirm.no")}
        </Button>
      </div>
      {wrong && (
        <Dialog title={t("confirm.wrong_title")} onClose={() => setWrong(false)}>
          <p>{t("confirm.wrong_text")}</p>
          <div class="actions">
            <Button
              kind="primary" wide busy={busy === "confirm"}
              onClick={() => void act("confirm", { correct: false })}
            >
              {t("confirm.wrong_yes")}
            </Button>
            <Button wide onClick={() => setWrong(false)}>{t("back")}</Button>
          </div>
        </Dialog>
      )}
    </Screen>
  );
}

// The server gives two or three letters; browsers name the two-letter codes.
function countryName(code: string): string {
  if (code.length !== 2) return code;
  try {
    const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
