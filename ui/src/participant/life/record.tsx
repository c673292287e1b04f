// One recording on the screen: the camera opens, light is looked at, the
// person starts, instructions come one by one, the rest is sent. Whatever
// comes between is said, and then it is begun again: half a recording is none.
import { useEffect, useRef, useState } from "preact/hooks";
import { asFailure, Failure } from "../../shared/api";
import { Button, Notice } from "../../shared/controls";
import { useKeptOpen } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { language, t, tWord } from "../../shared/text";
import type { Part, Session } from "../../shared/types";
import { HowToAllow } from "../capture/allow";
import { isElsewhere, watchTrack } from "../capture/camera";
import { Screen } from "../screens/screen";
import { mirrored, useCamera, meterFrames, type Trouble } from "./camera-use";
import { cameraHints, spacingHints } from "./hints";
import { CameraStage, type Look } from "./stage";
import type { Sending as SendingState } from "./sender";
import { stopOf, type Stop } from "./stops";
import { runTake, type Shown } from "./take";
import { makeTape } from "./tape";
import { buzz, canSpeak, hush, speak, wakeVoice } from "./voice";
import { wireOf } from "./wire";
import { toldAs, type Wishes } from "./wishes";

interface Props {
  session: Session;
  part: Part;
  wishes: Wishes;
  onWishes: (wishes: Wishes) => void;
  onDone: () => void;
  onClose: () => void;
  onPhone: (() => void) | null; // go on with another device
  refresh: () => Promise<void>;
}

type Stage =
  | { name: "ready" } | { name: "recording"; shown: Shown | null }
  | { name: "sending" } | { name: "stopped"; why: Stop };

const wait = (ms: number) =>
  new Promise<void>((resolve) => { window.setTimeout(resolve, ms); });

export function Record(props: Props) {
  const [round, setRound] = useState(0);
  return <Once key={round} {...props} onAgain={() => setRound(round + 1)} />;
}

function Once(props: Props & { onAgain: () => void }) {
  const { session, part, wishes, onDone, onClose, onAgain, refresh } = props;
  const { camera, trouble, track, close } = useCamera(part);
  const video = useRef<HTMLVideoElement>(null);
  const [stage, setStage] = useState<Stage>({ name: "ready" });
  const [sending, setSending] = useState<SendingState>({ sent: 0, known: 0, troubled: false });
  const [stalled, setStalled] = useState(false);
  const running = useRef<AbortController | null>(null);
  const aloud = useRef(wishes.aloud);
  aloud.current = wishes.aloud;
  useKeptOpen(stage.name === "sending");

  const giveUp = (code: string) => running.current?.abort(new Failure(code, "", 0));

  useEffect(() => () => {
    giveUp("closed");
    hush();
  }, []);

  useEffect(() => {
    const element = video.current;
    if (!camera || !element) return;
    element.srcObject = camera.stream;
    void element.play().catch(() => undefined);
  }, [camera]);

  useEffect(() => {
    if (!track || stage.name === "sending" || stage.name === "stopped") return undefined;
    return watchTrack(track, () => {
      if (running.current) giveUp("camera_lost");
      else setStage({ name: "stopped", why: "camera_lost" });
    });
  }, [track, stage.name]);

  const record = async () => {
    const element = video.current;
    if (!camera || !track || !element || running.current) return;
    const abort = new AbortController();
    running.current = abort;
    const hidden = () => { if (document.visibilityState === "hidden") giveUp("left"); };
    let changed = false;
    const change = () => { changed = true; };
    const frames = meterFrames(element);
    const settings = { ...cameraHints(track), ...(!wishes.lights && { lights_off: true }) };
    let light = false;
    document.addEventListener("visibilitychange", hidden);
    navigator.mediaDevices.addEventListener("devicechange", change);
    const away = () => {
      document.removeEventListener("visibilitychange", hidden);
      navigator.mediaDevices.removeEventListener("devicechange", change);
      frames.stop();
      hush();
      close();
    };
    setStage({ name: "recording", shown: null });
    if (aloud.current) wakeVoice(language());
    try {
      await runTake({
        wire: wireOf(session.id), part, pace: wishes.pace, signal: abort.signal,
        tape: makeTape(camera.stream, part, () => giveUp("recorder")),
        hints: () => ({ ...settings, ...spacingHints(frames.meter.read(), changed) }),
        wait, now: Date.now, sending: setSending, stalled: setStalled,
        show: (shown) => {
          setStage({ name: "recording", shown });
          const same = light && !!shown.light; // said once for all of them
          light = !!shown.light;
          if (same) return;
          buzz();
          if (aloud.current) speak(tWord("prompt", toldAs(shown.name, wishes.lights)), language());
        },
        recorded: () => {
          away();
          setStage({ name: "sending" });
        },
      });
      onDone();
    } catch (error) {
      const why = stopOf(error);
      if (why !== "closed") setStage({ name: "stopped", why });
      if (asFailure(error).status) void refresh();
    } finally {
      running.current = null;
      away();
    }
  };

  const leave = () => {
    giveUp("closed");
    onClose();
  };

  if (trouble) return <NoCamera trouble={trouble} {...props} />;
  if (stage.name === "stopped") {
    return <Stopped why={stage.why} onAgain={onAgain} onPhone={props.onPhone} />;
  }
  if (stage.name === "sending") return <Sending sending={sending} />;
  const look: Look = {
    part, camera, video, kind: session.document?.kind ?? "",
    mirror: mirrored(part, track?.getSettings()),
    aloud: wishes.aloud, lights: wishes.lights, onLeave: leave,
    onAloud: canSpeak(language()) ? () => {
      if (wishes.aloud) hush();
      props.onWishes({ ...wishes, aloud: !wishes.aloud });
    } : null,
  };
  return (
    <CameraStage
      look={look} recording={stage.name === "recording"}
      shown={stage.name === "recording" ? stage.shown : null}
      stalled={stalled} troubled={sending.troubled} onStart={() => void record()}
    />
  );
}

function NoCamera(
  { trouble, onAgain, onPhone, onClose }:
  Props & { trouble: Trouble; onAgain: () => void },
) {
  const hopeless = trouble === "insecure" || trouble === "no_recording";
  const elsewhere = onPhone !== null && isElsewhere(trouble);
  return (
    <Screen name="life-trouble" title={t("camera.trouble_title")}>
      <Notice tone="warning" alert test="camera-trouble">
        <p>{tWord("life.trouble", trouble)}</p>
      </Notice>
      {trouble === "refused" && <HowToAllow />}
      <div class="actions">
        {!hopeless && (
          <Button
            kind={elsewhere ? "plain" : "primary"} wide icon="redo" test="camera-again"
            onClick={onAgain}
          >
            {t("camera.try_again")}
          </Button>
        )}
        {onPhone && (
          <Button kind={elsewhere ? "primary" : "plain"} wide icon="phone" test="to-phone" onClick={onPhone}>
            {t("life.other_device")}
          </Button>
        )}
        <Button kind="quiet" wide onClick={onClose}>{t("back")}</Button>
      </div>
    </Screen>
  );
}

function Stopped(
  { why, onAgain, onPhone }: {
    why: Stop; onAgain: () => void; onPhone: (() => void) | null;
  },
) {
  return (
    <Screen name="life-stopped" title={t("life.stopped_title")}>
      <Notice tone="warning" alert test="stopped">
        <p>{tWord("life.stopped", why)}</p>
      </Notice>
      <p>{t("life.stopped_lead")}</p>
      <div class="actions">
        <Button kind="primary" wide icon="redo" test="record-again" onClick={onAgain}>
          {t("life.again")}
        </Button>
        {onPhone && (
          <Button wide icon="phone" test="to-phone" onClick={onPhone}>
            {t("life.other_device")}
          </Button>
        )}
      </div>
    </Screen>
  );
}

function Sending({ sending }: { sending: SendingState }) {
  const share = sending.known ? sending.sent / sending.known : 0;
  const all = sending.known > 0 && sending.sent >= sending.known;
  return (
    <Screen name="life-sending" title={t("life.sending_title")} lead={t("sending.lead")}>
      <progress
        class="upload" max={1} value={all ? undefined : share}
        aria-label={t("life.sending_title")}
      />
      <p class="small" role="status">
        {sending.troubled ? t("life.sending_troubled")
          : all ? "" : t("sending.share", { share: Math.round(share * 20) * 5 })}
      </p>
      <p class="aside"><Icon name="info" /> <span>{t("life.sending_recorded")}</span></p>
    </Screen>
  );
}
