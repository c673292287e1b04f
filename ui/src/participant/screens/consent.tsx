// Explicit consent, apart from the agreement, and the other way for whoever
// would rather not.
import { Button, Loading } from "../../shared/controls";
import { t } from "../../shared/text";
import { contactHref } from "../frame";
import type { ScreenProps } from "../journey";
import { Screen } from "./screen";

export function ConsentScreen({ session, act, busy, failure }: ScreenProps) {
  const { consent, workspace } = session;
  if (!consent) return <Screen name="consent" title={t("consent.title")}><Loading /></Screen>;
  return (
    <Screen name="consent" title={consent.title} failure={failure}>
      <div class="prose">
        {consent.paragraphs.map((text) => <p>{text}</p>)}
      </div>
      <div class="actions sticky">
        <Button
          kind="primary" wide busy={busy === "consent"} test="consent-yes"
          onClick={() => void act("consent", { sha256: consent.sha256 })}
        >
          {t("consent.yes")}
        </Button>
      </div>
      <details class="more">
        <summary>{t("consent.other_title")}</summary>
        <p>{t("consent.other", { name: workspace.name })}</p>
        {workspace.contact && (
          <p><a href={contactHref(workspace.contact)}>{workspace.contact}</a></p>
        )}
      </details>
    </Screen>
  );
}
