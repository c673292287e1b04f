// The terms, read to the end and then accepted by a press of their own. The
// box is in the tab order, so arrow keys scroll it as a finger does.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { t } from "../../shared/text";
import type { Agreement } from "../../shared/types";
import type { ScreenProps } from "../journey";
import { Screen } from "./screen";

export function AgreementScreen({ session, act, busy, failure }: ScreenProps) {
  const [agreement, setAgreement] = useState<Agreement | null>(null);
  const [missing, setMissing] = useState<Failure | null>(null);
  const [read, setRead] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  const load = () => {
    setMissing(null);
    get<Agreement>(`/v1/session/${session.id}/agreement`).then(
      setAgreement, (error: unknown) => setMissing(asFailure(error)),
    );
  };
  useEffect(load, [session.id, session.language]);

  const look = () => {
    const element = box.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (left < 24) setRead(true);
  };
  useEffect(look, [agreement]);

  return (
    <Screen
      name="agreement" title={agreement?.title ?? t("agreement.title")}
      lead={t("agreement.lead")} failure={failure}
    >
      {missing && (
        <Notice tone="bad" alert>
          <p>{failureText(missing)}</p>
          <Button onClick={load}>{t("try_again")}</Button>
        </Notice>
      )}
      {!agreement && !missing && <Loading />}
      {agreement && (
        <>
          <div
            ref={box} class={`terms${read ? " read" : ""}`} tabIndex={0}
            role="region" aria-label={agreement.title} lang={agreement.language}
            onScroll={look} data-test="terms"
          >
            {agreement.paragraphs.map((text) => <p>{text}</p>)}
          </div>
          <p class="small" aria-live="polite">
            {read ? t("agreement.read") : t("agreement.scroll")}
          </p>
          <div class="actions">
            <Button
              kind="primary" wide disabled={!read} busy={busy === "agreement"}
              test="agreement-yes"
              onClick={() => void act("agreement", { sha256: agreement.sha256 })}
            >
              {t("agreement.yes")}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}
