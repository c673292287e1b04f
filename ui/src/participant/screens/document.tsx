// The identity document, in small screens of one thing each: choose it, then
// for each side prepare, take, look, send, hear what the server read.
import { useEffect, useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { t, tCount, tWord } from "../../shared/text";
import type { Side } from "../../shared/types";
import type { ScreenProps } from "../journey";
import { HandoverScreen, isOffered } from "../life/handover";
import { isHanded } from "../life/handed";
import { allRead, nextSide, pictureOf } from "../progress";
import { ChooseDocument } from "./choose";
import { PictureOf } from "./picture";
import { Screen } from "./screen";

export function sideName(kind: string, side: Side): string {
  return kind === "passport"
    ? t("side.passport") : tWord("side", side);
}

export function DocumentScreen(props: ScreenProps) {
  const { session, act, busy } = props;
  const again = session.next === "ask_again";
  const [choosing, setChoosing] = useState(false);
  const [heard, setHeard] = useState(!again);
  const [redo, setRedo] = useState<Side | null>(null);
  const handed = isHanded(session.id);
  const [phone, setPhone] = useState(!handed && isOffered(session));
  const chosen = session.document;

  // A new refusal is heard before anything is taken again.
  useEffect(() => setHeard(!again), [again, session.document?.attempts_left]);

  if (phone) return <HandoverScreen {...props} onBack={() => setPhone(false)} />;
  if (!chosen || choosing) {
    return (
      <ChooseDocument
        {...props} onChosen={() => { setChoosing(false); setRedo(null); }}
        onBack={chosen ? () => setChoosing(false) : null}
      />
    );
  }
  if (!heard) {
    return (
      <AskedAgain
        {...props} onOther={() => { setHeard(true); setChoosing(true); }}
        onGo={() => {
          setHeard(true);
          if (nextSide(session) === null) setRedo(chosen.sides[0] ?? null);
        }}
      />
    );
  }
  const reading = chosen.sides.find(
    (side) => pictureOf(session, side).state === "received",
  );
  const side = redo ?? nextSide(session) ?? reading ?? null;
  if (side === null || (redo === null && allRead(session))) {
    return (
      <AllGiven
        {...props} busy={busy} onSend={() => void act("complete")}
        onAgain={(one) => setRedo(one)}
      />
    );
  }
  return (
    <PictureOf
      key={side} {...props} side={side} again={redo !== null}
      onOther={() => setChoosing(true)}
      onPhone={handed ? null : () => setPhone(true)}
      onDone={() => setRedo(null)}
    />
  );
}

function AskedAgain(
  { session, onGo, onOther }: ScreenProps & { onGo: () => void; onOther: () => void },
) {
  return (
    <Screen name="ask_again" title={t("again.title")} lead={t("again.lead")}>
      <Notice tone="warning">
        <Reasons reasons={reasonsOf(session)} />
      </Notice>
      <AttemptsLeft session={session} />
      <div class="actions">
        <Button kind="primary" wide icon="camera" test="again" onClick={onGo}>
          {t("again.go")}
        </Button>
        <Button wide test="other-document" onClick={onOther}>{t("again.other")}</Button>
      </div>
    </Screen>
  );
}

// A refusal must not come unheard of.
export function AttemptsLeft({ session }: Pick<ScreenProps, "session">) {
  const left = session.document?.attempts_left ?? 0;
  return left > 0 ? <p class="small" data-test="attempts-left">{tCount("again.left", left)}</p> : null;
}

function reasonsOf(session: ScreenProps["session"]): string[] {
  const pictures = session.document?.pictures ?? [];
  const all = [...session.reasons, ...pictures.flatMap((one) => one.reasons)];
  return [...new Set(all)];
}

export function Reasons({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return <p>{t("reason.unknown")}</p>;
  if (reasons.length === 1) return <p>{tWord("reason", reasons[0])}</p>;
  return <ul>{reasons.map((one) => <li key={one}>{tWord("reason", one)}</li>)}</ul>;
}

function AllGiven(
  { session, failure, busy, onSend, onAgain }: ScreenProps & {
    onSend: () => void; onAgain: (side: Side) => void;
  },
) {
  const { kind, sides } = session.document ?? { kind: "", sides: [] };
  return (
    <Screen
      name="document-ready" title={t("document.ready_title")}
      lead={t("document.ready_lead")} failure={failure}
    >
      <ul class="given">
        {sides.map((side) => (
          <li key={side}>
            <span class="tick" aria-hidden="true" />
            <span>{sideName(kind, side)}</span>
            <Button kind="quiet" onClick={() => onAgain(side)}>{t("document.retake")}</Button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button
          kind="primary" wide busy={busy === "complete"} test="complete"
          onClick={onSend}
        >
          {t("document.check")}
        </Button>
      </div>
    </Screen>
  );
}
