// One side: prepare, take or choose, look at it, send it, hear the answer.
import { useEffect, useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { Icon } from "../../shared/icons";
import { failureText } from "../../shared/failure-text";
import { useKeptOpen, usePolling } from "../../shared/hooks";
import { t, tWord } from "../../shared/text";
import type { Side } from "../../shared/types";
import { pictureTrouble, typed } from "../capture/camera";
import { useAsksForCamera } from "../capture/asks";
import { Capture, FileButton } from "../capture/capture";
import type { ScreenProps } from "../journey";
import { isHandheld } from "../life/device";
import { pictureOf, takesFiles } from "../progress";
import { Reasons, sideName } from "./document";
import { DocumentDrawing } from "./drawing";
import { Screen } from "./screen";

type Stage = "prepare" | "camera" | "look" | "sending";

interface Props extends ScreenProps {
  side: Side;
  again: boolean;
  onOther: () => void;
  onPhone: (() => void) | null; // go on with another device
  onDone: () => void;
}

export function PictureOf(props: Props) {
  const { session, side, send, failure, refresh, clear, onDone } = props;
  const [stage, setStage] = useState<Stage>("prepare");
  const [picture, setPicture] = useState<Blob | null>(null);
  const [share, setShare] = useState(0);
  const [wrong, setWrong] = useState<string | null>(null);
  const kind = session.document?.kind ?? "";
  const state = pictureOf(session, side).state;
  const reading = state === "received" && stage !== "camera" && stage !== "look";

  useKeptOpen(stage === "sending");
  usePolling(
    async () => { if (reading && stage !== "sending") await refresh(); },
    1200, [reading, stage],
  );

  const look = (one: Blob) => {
    clear();
    setPicture(one);
    setStage("look");
  };
  const chosen = async (file: File | undefined) => {
    if (!file) return;
    const trouble = await pictureTrouble(file);
    setWrong(trouble ? tWord("file", trouble) : null);
    if (trouble) setStage("prepare");
    else look(file);
  };
  const use = async () => {
    if (!picture) return;
    setShare(0);
    setStage("sending");
    const done = await send(side, await typed(picture), setShare);
    if (!done) {
      setStage("look");
      return;
    }
    setStage("prepare");
    setPicture(null);
    if (pictureOf(done, side).state !== "retake") onDone();
  };

  if (stage === "camera") {
    return (
      <Capture
        kind={kind} what={sideName(kind, side)} onPicture={look}
        onClose={() => setStage("prepare")}
        onPhone={props.onPhone}
        onFile={takesFiles(session) ? (file) => void chosen(file) : null}
      />
    );
  }
  if (stage === "look" && picture) {
    return (
      <Look
        picture={picture} kind={kind} side={side} failure={failure ? failureText(failure) : null}
        onUse={() => void use()} onRetake={() => { clear(); setStage("prepare"); }}
      />
    );
  }
  if (stage === "sending" || reading) return <Sending share={reading ? 1 : share} />;
  return (
    <Prepare
      {...props} wrong={wrong} onFile={(file) => void chosen(file)}
      onCamera={() => { clear(); setWrong(null); setStage("camera"); }}
    />
  );
}

function Prepare(
  { session, side, again, wrong, onCamera, onFile, onOther, onPhone }: Props & {
    wrong: string | null; onCamera: () => void;
    onFile: (file: File | undefined) => void;
  },
) {
  const kind = session.document?.kind ?? "";
  const name = sideName(kind, side);
  const { state, reasons } = pictureOf(session, side);
  const retake = state === "retake" && !again;
  const asks = useAsksForCamera();
  const toPhone = isHandheld() ? null : onPhone;
  const best = toPhone && !takesFiles(session); // no file to choose instead

  return (
    <Screen
      name="document-prepare"
      title={retake ? t("capture.again_title") : name}
      lead={retake ? undefined : t("capture.lead")}
    >
      {retake && (
        <Notice tone="warning" alert test="retake">
          <p class="notice-title">{name}</p>
          <Reasons reasons={reasons} />
        </Notice>
      )}
      {!retake && <DocumentDrawing kind={kind} side={side} />}
      <ul class="tips">
        <li>{t("capture.tip_flat")}</li>
        <li>{t("capture.tip_light")}</li>
        <li>{t("capture.tip_whole")}</li>
      </ul>
      {!takesFiles(session) && <p class="small">{t("capture.camera_only")}</p>}
      {wrong && <Notice tone="bad" alert><p>{wrong}</p></Notice>}
      {asks && <p class="aside"><Icon name="camera" /> <span>{t("capture.permission")}</span></p>}
      <div class="actions">
        {best && <ToPhone onPhone={toPhone} />}
        <Button
          kind={best ? "plain" : "primary"} wide icon="camera" test="open-camera" onClick={onCamera}
        >
          {best ? t("life.on_this") : retake ? t("capture.take_again") : t("capture.take")}
        </Button>
        {takesFiles(session) && <FileButton onFile={onFile} />}
        {!best && toPhone && <ToPhone onPhone={toPhone} plain />}
        <Button kind="quiet" wide onClick={onOther}>{t("again.other")}</Button>
      </div>
    </Screen>
  );
}

function ToPhone({ onPhone, plain }: { onPhone: () => void; plain?: boolean }) {
  return (
    <Button kind={plain ? "plain" : "primary"} wide icon="phone" test="to-phone" onClick={onPhone}>
      {t("life.on_phone")}
    </Button>
  );
}

function Look(
  { picture, kind, side, failure, onUse, onRetake }: {
    picture: Blob; kind: string; side: Side; failure: string | null;
    onUse: () => void; onRetake: () => void;
  },
) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return (
    <Screen name="document-look" title={t("look.title")} lead={t("look.lead")}>
      {failure && <Notice tone="bad" alert><p>{failure}</p></Notice>}
      {address && picture.type === "application/pdf" && (
        <p class="taken-file"><Icon name="check" /> {t("look.pdf")}</p>
      )}
      {address && picture.type !== "application/pdf" && (
        <a class="taken" href={address} target="_blank" rel="noopener" title={t("look.enlarge")}>
          <img src={address} alt={t("look.picture", { name: sideName(kind, side) })} />
        </a>
      )}
      <div class="actions sticky">
        <Button kind="primary" wide icon="check" test="use-picture" onClick={onUse}>
          {failure ? t("look.send_again") : t("look.use")}
        </Button>
        <Button wide icon="redo" test="retake-picture" onClick={onRetake}>
          {t("look.retake")}
        </Button>
      </div>
    </Screen>
  );
}

function Sending({ share }: { share: number }) {
  const sent = share >= 1;
  return (
    <Screen
      name="document-sending"
      title={sent ? t("sending.reading") : t("sending.title")}
      lead={sent ? t("sending.reading_lead") : t("sending.lead")}
    >
      <progress
        class="upload" max={1} value={sent ? undefined : share}
        aria-label={t("sending.title")}
      />
      <p class="small" role="status">
        {sent ? "" : t("sending.share", { share: Math.round(share * 100) })}
      </p>
    </Screen>
  );
}
