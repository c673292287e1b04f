// The phone that came by the QR code: it shows who asks for what, where and when
// the session was begun, and lets in whoever picks the number that the other
// screen shows.
import { useEffect, useState } from "preact/hooks";
import { asFailure, post, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment } from "../../shared/format";
import { language, t, tWord } from "../../shared/text";
import type { Landing, Session } from "../../shared/types";
import { Screen } from "../screens/screen";
import { keepLanding, markHanded, readLanding } from "./handed";

const START = "#h.";

export function handoverToken(hash: string): string | null {
  return hash.startsWith(START) ? decodeURIComponent(hash.slice(START.length)) : null;
}

export function LandingScreen(
  { token, onLanguage }: {
    token: string; onLanguage: (language: string) => Promise<void>;
  },
) {
  const [landing, setLanding] = useState<Landing | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [ended, setEnded] = useState<"wrong" | "declined" | null>(null);
  const [busy, setBusy] = useState<number | null>(null);

  // A code works once: a page that is loaded again goes on with its ticket.
  const come = () => {
    setFailure(null);
    const kept = readLanding(token);
    const asked = kept ? Promise.resolve(kept) : post<Landing>("/v1/handover", { token });
    asked.then(async (come) => {
      keepLanding(token, come);
      await onLanguage(come.language);
      setLanding(come);
    }, (error: unknown) => setFailure(asFailure(error)));
  };
  useEffect(come, [token]);

  const pick = async (number: number | null) => {
    if (!landing) return;
    setBusy(number);
    setFailure(null);
    try {
      const session = await post<Session>(
        "/v1/handover/pick", { ticket: landing.ticket, ...(number !== null && { number }) },
      );
      if (number === null) {
        keepLanding(token, null);
        setEnded("declined");
        return;
      }
      keepLanding(token, null);
      markHanded(session.id);
      window.location.replace(`/r#${session.id}`);
      window.location.reload();
    } catch (error) {
      const met = asFailure(error);
      if (met.status === 0 || met.status === 429 || met.status >= 500) setFailure(met);
      else {
        keepLanding(token, null);
        setEnded(number === null ? "declined" : "wrong");
      }
    } finally {
      setBusy(null);
    }
  };

  if (ended) {
    return (
      <Screen name="landing-ended" title={t(ended === "wrong" ? "landing.wrong_title" : "landing.declined_title")}>
        <Notice tone="warning" alert test="landing-ended">
          <p>{t(ended === "wrong" ? "landing.wrong" : "landing.declined")}</p>
        </Notice>
      </Screen>
    );
  }
  if (failure && !landing) return <Late failure={failure} onRetry={come} />;
  if (!landing) return <Loading />;
  return (
    <Screen
      name="landing" title={t("landing.title")} failure={failure}
      lead={t("landing.lead")}
    >
      <dl class="facts" data-test="landing-facts">
        <div><dt>{t("landing.who")}</dt><dd>{landing.workspace.name}</dd></div>
        <div><dt>{t("welcome.level")}</dt><dd>{tWord("level.short", landing.level)}</dd></div>
        <div><dt>{t("landing.where")}</dt><dd>{landing.device || t("landing.unknown")}</dd></div>
        <div><dt>{t("landing.when")}</dt><dd>{moment(landing.begun_at, language())}</dd></div>
      </dl>
      <h2 id="pick">{t("landing.pick")}</h2>
      <div class="picks" role="group" aria-labelledby="pick">
        {landing.choices.map((number) => (
          <Button
            key={number} test={`pick-${number}`} busy={busy === number}
            onClick={() => void pick(number)}
          >
            {String(number)}
          </Button>
        ))}
      </div>
      <div class="actions">
        <Button kind="quiet" wide test="pick-none" onClick={() => void pick(null)}>
          {t("landing.none")}
        </Button>
      </div>
    </Screen>
  );
}

function Late({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const gone = failure.status >= 400 && failure.status < 500 && failure.status !== 429;
  return (
    <Screen
      name="landing-late" title={gone ? t("landing.late_title") : t("closed.title.trouble")}
      lead={gone ? t("landing.late") : failureText(failure)}
    >
      {!gone && (
        <div class="actions">
          <Button kind="primary" wide icon="redo" onClick={onRetry}>{t("try_again")}</Button>
        </div>
      )}
    </Screen>
  );
}

// The phone's part is over; the desktop goes on.
export function HandedScreen({ onHere }: { onHere: () => void }) {
  return (
    <Screen name="handed" title={t("handed.title")} lead={t("handed.lead")}>
      <div class="actions">
        <Button wide test="go-on-here" onClick={onHere}>{t("handed.here")}</Button>
      </div>
    </Screen>
  );
}
