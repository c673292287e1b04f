// The proof of life: two recordings, each explained before the camera is asked
// for; on this device or, from a desktop, on a phone.
import { useEffect, useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { usePolling } from "../../shared/hooks";
import { t, tCount, tWord } from "../../shared/text";
import type { Part } from "../../shared/types";
import type { ScreenProps } from "../journey";
import { nextPart, partsOf } from "../progress";
import { Reasons } from "../screens/document";
import { Screen } from "../screens/screen";
import { isHandheld } from "./device";
import { HandoverScreen, isOffered } from "./handover";
import { LifeIntro } from "./intro";
import { Record } from "./record";
import { isHanded } from "./handed";
import { keepWishes, readWishes, type Wishes } from "./wishes";

const ATTEMPTS = 3; // src/flow/flow.h

export function LifeScreen(props: ScreenProps) {
  const { session, refresh, act, clear } = props;
  const parts = partsOf(session);
  const step = session.steps.find((one) => one.name === "proof_of_life");
  const again = session.state === "action_required" && step?.state === "doing" &&
    parts.every((one) => one.state === "todo");
  const handed = isHanded(session.id);
  const [heard, setHeard] = useState(!again);
  const [redo, setRedo] = useState<Part | null>(null);
  const [recording, setRecording] = useState(false);
  const [phone, setPhone] = useState(!handed && isOffered(session));
  const [wishes, setWishes] = useState<Wishes>(readWishes);
  const part = redo ?? nextPart(parts);
  const reading = !recording && parts.some((one) => one.state === "sent");

  // Asked again after a check: heard before the camera opens once more.
  useEffect(() => setHeard(!again), [again, step?.attempts]);
  usePolling(async () => { if (reading) await refresh(); }, 1500, [reading]);
  // A phone hears that the other screen goes on by itself, without being touched.
  const idle = handed && !recording && !reading;
  usePolling(async () => { if (idle) await refresh(); }, 4000, [idle]);

  const wish = (next: Wishes) => {
    keepWishes(next);
    setWishes(next);
  };
  const toPhone = handed ? null : () => {
    setRecording(false);
    setPhone(true);
  };

  if (phone) return <HandoverScreen {...props} onBack={() => setPhone(false)} />;
  if (!heard && again) return <AskedAgain {...props} attempts={step?.attempts ?? 0} onGo={() => setHeard(true)} />;
  if (!part) {
    return <Given {...props} onSend={() => void act("complete")} onAgain={setRedo} />;
  }
  if (recording) {
    return (
      <Record
        session={session} part={part} wishes={wishes} onWishes={wish}
        onPhone={toPhone} refresh={refresh} onClose={() => setRecording(false)}
        onDone={() => {
          setRedo(null);
          void refresh().then(() => setRecording(false));
        }}
      />
    );
  }
  const state = parts.find((one) => one.part === part);
  return (
    <LifeIntro
      key={part} {...props} part={part} wishes={wishes} onWishes={wish}
      reasons={state?.state === "retake" && redo === null ? state.reasons : null}
      onPhone={isHandheld() ? null : toPhone}
      onRecord={() => { clear(); setRecording(true); }}
    />
  );
}

function AskedAgain(
  { session, attempts, onGo }: ScreenProps & { attempts: number; onGo: () => void },
) {
  const left = ATTEMPTS - attempts;
  return (
    <Screen name="life_again" title={t("again.title")} lead={t("life.again_lead")}>
      <Notice tone="warning"><Reasons reasons={session.reasons} /></Notice>
      {left > 0 && <p class="small">{tCount("again.left", left)}</p>}
      <div class="actions">
        <Button kind="primary" wide icon="camera" test="again" onClick={onGo}>
          {t("life.again")}
        </Button>
      </div>
    </Screen>
  );
}

function Given(
  { session, failure, busy, onSend, onAgain }: ScreenProps & {
    onSend: () => void; onAgain: (part: Part) => void;
  },
) {
  const parts = partsOf(session);
  const read = parts.every((one) => one.state === "read");
  return (
    <Screen
      name="life-given" failure={failure}
      title={read ? t("life.given_title") : t("life.looking_title")}
      lead={read ? t("life.given_lead") : t("life.looking_lead")}
    >
      <ul class="given">
        {parts.map(({ part, state }) => (
          <li key={part}>
            {state === "read"
              ? <span class="tick" aria-hidden="true" />
              : <span class="spinner" aria-hidden="true" />}
            <span>{tWord("life.part", part)}</span>
            {state === "read" && read
              ? <Button kind="quiet" onClick={() => onAgain(part)}>{t("life.redo")}</Button>
              : <span class="small">{tWord("life.state", state)}</span>}
          </li>
        ))}
      </ul>
      <p class="unseen" role="status">{read ? t("life.given_title") : ""}</p>
      <div class="actions">
        <Button
          kind="primary" wide busy={busy === "complete"} disabled={!read}
          test="complete" onClick={onSend}
        >
          {t("document.check")}
        </Button>
      </div>
    </Screen>
  );
}
