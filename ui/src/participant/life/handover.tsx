// A session that began on a desktop goes on with a phone: the QR code changes
// every 20 seconds, so a picture of it is soon worth nothing, and the number
// proves that whoever holds the phone also sees this screen.
import { useEffect, useState } from "preact/hooks";
import { asFailure, get, post, type Failure } from "../../shared/api";
import { Button, Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { usePolling } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { qr, qrPath } from "../../shared/qr";
import { t, tWord } from "../../shared/text";
import type { Handover, Offer, Session } from "../../shared/types";
import type { ScreenProps } from "../journey";
import { partsOf, picturesOf } from "../progress";
import { Screen } from "../screens/screen";

const LOOK = 1200; // ms; the code is fetched with every look, so it is new in time

export function isOffered(session: Session): boolean {
  const state = session.handover?.state;
  return state === "asked" || state === "taken";
}

export function HandoverScreen(
  { session, refresh, onBack }: ScreenProps & { onBack: () => void },
) {
  const base = `/v1/session/${session.id}/handover`;
  const [offer, setOffer] = useState<Offer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  const [leaving, setLeaving] = useState(false);

  // What the number is, and who came, stands in the session.
  const ask = async (work: Promise<Offer>) => {
    try {
      const now = await work;
      if (now.state !== "open") await refresh();
      setOffer(now);
      setFailure(null);
    } catch (error) {
      setFailure(asFailure(error));
    }
  };
  // A page that was loaded again goes on with the offer there is.
  useEffect(() => {
    setOffer(null);
    void ask(round === 0 && isOffered(session)
      ? get<Offer>(base) : post<Offer>(base));
  }, [round]);
  const over = offer?.state === "ended";
  usePolling(async () => {
    if (offer && !over && !leaving) await ask(get<Offer>(base));
  }, LOOK, [round, over, leaving]);

  // A phone that was let in goes on until the server has heard.
  const back = async () => {
    setLeaving(true);
    try {
      await post<Offer>(`${base}/end`);
      await refresh();
      onBack();
    } catch (error) {
      setFailure(asFailure(error));
      setLeaving(false);
    }
  };
  const again = () => setRound(round + 1);

  const handover = session.handover;
  if (over) return <Ended why={handover?.why ?? ""} onAgain={again} onBack={onBack} />;
  if (offer?.state === "taken") {
    return <Following session={session} {...{ failure, leaving }} onBack={() => void back()} />;
  }
  if (offer?.state === "asked" && handover) {
    return <PickThere handover={handover} {...{ failure, leaving }} onBack={() => void back()} />;
  }
  return (
    <Screen name="handover" title={t("handover.title")} lead={t("handover.lead")}>
      {failure && (
        <Notice tone="bad" alert>
          <p>{failureText(failure)}</p>
          {!offer && <Button onClick={again}>{t("try_again")}</Button>}
        </Notice>
      )}
      {!offer && !failure && <Loading />}
      {offer?.url && (
        <>
          <Code address={offer.url} />
          <ol class="numbered">
            <li>{t("handover.step_scan")}</li>
            <li>{t("handover.step_open")}</li>
            <li>{t("handover.step_number")}</li>
          </ol>
          <p class="small">{t("handover.changes")}</p>
        </>
      )}
      <div class="actions">
        <Button kind="quiet" wide test="stay-here" busy={leaving} onClick={() => void back()}>
          {t("handover.stay")}</Button>
      </div>
    </Screen>
  );
}

function Code({ address }: { address: string }) {
  const grid = qr(address);
  const side = grid.length + 8; // four light ones on each side
  return (
    <div class="qr">
      <svg
        viewBox={`-4 -4 ${side} ${side}`} role="img" aria-label={t("handover.code")}
        shape-rendering="crispEdges" data-test="qr" data-address={address}
      >
        <rect x="-4" y="-4" width={side} height={side} />
        <path d={qrPath(grid)} />
      </svg>
    </div>
  );
}

interface Leave { failure: Failure | null; leaving: boolean; onBack: () => void }

function PickThere({ handover, failure, leaving, onBack }: Leave & { handover: Handover }) {
  return (
    <Screen
      name="handover-number" failure={failure}
      title={t("handover.number_title")} lead={t("handover.number_lead")}
    >
      <p class="big-number" role="status">
        <span class="unseen">{t("handover.number")} </span>
        <output data-test="number">{handover.number}</output>
      </p>
      {handover.device && <p class="small centre">{t("handover.phone", { phone: handover.device })}</p>}
      <p class="aside"><Icon name="shield" /> <span>{t("handover.not_mine")}</span></p>
      <div class="actions">
        <Button kind="quiet" wide test="stay-here" busy={leaving} onClick={onBack}>
          {t("handover.stop")}</Button>
      </div>
    </Screen>
  );
}

function Following({ session, failure, leaving, onBack }: Leave & { session: Session }) {
  const rows = [
    { name: t("handover.pictures"), state: picturesOf(session) },
    ...partsOf(session).map(({ part, state }) => ({ name: tWord("handover.film", part), state })),
  ];
  return (
    <Screen
      name="handover-following" failure={failure}
      title={t("handover.following_title")} lead={t("handover.following_lead")}
    >
      <ul class="given" aria-live="polite">
        {rows.map(({ name, state }) => (
          <li key={name}>
            {state === "read"
              ? <span class="tick" aria-hidden="true" />
              : <span class={`open-tick ${state}`} aria-hidden="true" />}
            <span>{name}</span>
            <span class="small">{tWord("life.state", state)}</span>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button kind="quiet" wide test="stay-here" busy={leaving} onClick={onBack}>
          {t("handover.take_back")}</Button>
      </div>
    </Screen>
  );
}

function Ended(
  { why, onAgain, onBack }: { why: string; onAgain: () => void; onBack: () => void },
) {
  return (
    <Screen
      name="handover-ended"
      title={t(why === "taken_back" ? "handover.back_title" : "handover.ended_title")}
    >
      <Notice tone="warning" alert test="handover-ended">
        <p>{tWord("handover.ended", why || "ended")}</p>
      </Notice>
      <div class="actions">
        <Button kind="primary" wide icon="redo" test="handover-again" onClick={onAgain}>
          {t("handover.again")}
        </Button>
        <Button wide test="stay-here" onClick={onBack}>{t("handover.stay")}</Button>
      </div>
    </Screen>
  );
}
