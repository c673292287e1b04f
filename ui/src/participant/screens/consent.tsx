// Explicit consent, apart from the agreement, and the other way for whoever
// would rather not. Where a face is recorded, its data are of a special kind
// (GDPR article 9): they have a box of their own, and none is ticked beforehand.
import { useState } from "preact/hooks";
import { Button, Loading } from "../../shared/controls";
import { Icon } from "../../shared/icons";
import { t } from "../../shared/text";
import { contactHref } from "../frame";
import type { ScreenProps } from "../journey";
import { asksForRecordings } from "../progress";
import { Screen } from "./screen";

export function ConsentScreen({ session, act, busy, failure }: ScreenProps) {
  const { consent, workspace } = session;
  const [document, setDocument] = useState(false);
  const [face, setFace] = useState(false);
  const life = asksForRecordings(session);
  if (!consent) return <Screen name="consent" title={t("consent.title")}><Loading /></Screen>;
  return (
    <Screen name="consent" title={consent.title} failure={failure}>
      <div class="prose">
        {consent.paragraphs.map((text) => <p>{text}</p>)}
      </div>
      {life && (
        <fieldset class="consents">
          <legend class="unseen">{t("consent.title")}</legend>
          <Box checked={document} onChange={setDocument} test="consent-document">
            {t("consent.document_box")}
          </Box>
          <Box checked={face} onChange={setFace} test="consent-biometric">
            {t("consent.biometric_box")}
          </Box>
          <p class="small">{t("consent.both")}</p>
        </fieldset>
      )}
      <div class="actions sticky">
        <Button
          kind="primary" wide busy={busy === "consent"} test="consent-yes"
          disabled={life && !(document && face)}
          onClick={() => void act("consent", { sha256: consent.sha256 })}
        >
          {t("consent.yes")}
        </Button>
      </div>
      <details class="more">
        <summary>{t("consent.other_title")} <Icon name="down" /></summary>
        <p>{t("consent.other", { name: workspace.name })}</p>
        {workspace.contact && (
          <p><a href={contactHref(workspace.contact)}>{workspace.contact}</a></p>
        )}
      </details>
    </Screen>
  );
}

function Box(
  { checked, onChange, test, children }: {
    checked: boolean; onChange: (checked: boolean) => void; test: string; children: string;
  },
) {
  return (
    <label class="check">
      <input
        type="checkbox" checked={checked} data-test={test}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
