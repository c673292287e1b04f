// The camera screen: preview, frame in the document's shape, one hint, a
// button. The picture is taken by itself after a good second; the button
// always works, whatever the hints say.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../shared/controls";
import { Icon } from "../../shared/icons";
import { useAlone, useAwake, useFocus, useLasting } from "../../shared/hooks";
import { t, tWord } from "../../shared/text";
import { Screen } from "../screens/screen";
import { HowToAllow } from "./allow";
import {
  canUseCamera, isElsewhere, openCamera, toJpeg, troubleOf, watchTrack, type Camera, type CameraTrouble,
} from "./camera";
import { coverRegion, guideBox, shapeOf, widened, widthOf, type Box, type Size } from "./geometry";
import type { Hint } from "./quality";
import { watch } from "./watch";

interface Props {
  kind: string;
  what: string;
  onPicture: (picture: Blob) => void;
  onClose: () => void;
  onFile: ((file: File | undefined) => void) | null; // null: only the camera
  onPhone: (() => void) | null; // go on with another device
}

export const ASKING = 3000; // ms; by then a camera is open, or somebody is asked

function viewSize(): Size {
  return { width: window.innerWidth, height: window.innerHeight };
}

function useGuide(kind: string): { view: Size; guide: Box } {
  const [view, setView] = useState(viewSize);
  useEffect(() => {
    const changed = () => setView(viewSize());
    window.addEventListener("resize", changed);
    return () => window.removeEventListener("resize", changed);
  }, []);
  return { view, guide: guideBox(view, shapeOf(kind)) };
}

// A new hint stands still for a moment, or it would flicker and a screen
// reader would never finish a sentence.
export function useCalm<T>(hint: T): T {
  const [shown, show] = useState(hint);
  const since = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, since.current + 700 - Date.now());
    const timer = window.setTimeout(() => {
      since.current = Date.now();
      show(hint);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [hint]);
  return shown;
}

export function Capture(props: Props) {
  const [round, setRound] = useState(0);
  return <Once key={round} {...props} onAgain={() => setRound(round + 1)} />;
}

function Once(props: Props & { onAgain: () => void }) {
  const [trouble, setTrouble] = useState<CameraTrouble | null>(
    canUseCamera() ? null : "insecure",
  );
  const [camera, setCamera] = useState<Camera | null>(null);

  useEffect(() => {
    if (trouble === "insecure") return undefined;
    let opened: Camera | null = null;
    let left = false;
    openCamera().then(
      (one) => {
        opened = one;
        if (left) one.stop();
        else setCamera(one);
      },
      (error: unknown) => { if (!left) setTrouble(troubleOf(error)); },
    );
    return () => {
      left = true;
      opened?.stop();
    };
  }, []);

  useEffect(() => {
    const track = camera?.track;
    return track ? watchTrack(track, () => setTrouble("lost")) : undefined;
  }, [camera]);

  if (trouble) return <Trouble trouble={trouble} {...props} />;
  return <Preview camera={camera} {...props} />;
}

function Trouble(
  { trouble, onAgain, onClose, onFile, onPhone }:
  Props & { trouble: CameraTrouble; onAgain: () => void },
) {
  const elsewhere = onPhone !== null && isElsewhere(trouble);
  return (
    <Screen
      name="camera-trouble"
      title={t(trouble === "lost" ? "camera.lost_title" : "camera.trouble_title")}
    >
      <Notice tone="warning" alert test="camera-trouble">
        <p>{onFile ? tWord("camera.trouble", trouble) : tWord("camera.trouble_only", trouble)}</p>
      </Notice>
      {trouble === "refused" && <HowToAllow />}
      <div class="actions">
        {trouble !== "insecure" && (
          <Button
            kind={elsewhere ? "plain" : "primary"} wide icon="redo" test="camera-again"
            onClick={onAgain}
          >
            {t("camera.try_again")}
          </Button>
        )}
        {onPhone && (
          <Button
            kind={elsewhere ? "primary" : "plain"} wide icon="phone" test="to-phone"
            onClick={onPhone}
          >
            {t("life.other_device")}
          </Button>
        )}
        {onFile && <FileButton onFile={onFile} />}
        <Button kind="quiet" wide onClick={onClose}>{t("back")}</Button>
      </div>
    </Screen>
  );
}

function Preview(
  { camera, kind, what, onPicture, onClose, onFile }:
  Props & { camera: Camera | null },
) {
  const video = useRef<HTMLVideoElement>(null);
  const { view, guide } = useGuide(kind);
  const places = useRef({ view, guide });
  places.current = { view, guide };
  const [hint, setHint] = useState<Hint>("place");
  const [good, setGood] = useState(0);
  const [slow, setSlow] = useState(false);
  const [lit, setLit] = useState(false);
  const taken = useRef(false);
  const alone = useAlone<HTMLDivElement>();
  useAwake();
  const head = useFocus<HTMLHeadingElement>();
  const calm = useCalm(hint);
  const asking = useLasting(!camera, ASKING);

  const take = useCallback(async () => {
    const source = video.current;
    if (!source || taken.current || source.readyState < 2) return;
    taken.current = true;
    try {
      onPicture(await toJpeg(still(source, places.current)));
    } catch {
      taken.current = false;
    }
  }, [onPicture]);

  useEffect(() => {
    const element = video.current;
    if (!camera || !element) return undefined;
    element.srcObject = camera.stream;
    void element.play().catch(() => undefined);
    const watcher = watch(
      element, () => places.current, widthOf(kind),
      (seen, share) => { setHint(seen); setGood(share); },
      () => void take(),
    );
    const timer = window.setTimeout(() => setSlow(true), 15_000);
    return () => {
      watcher.stop();
      window.clearTimeout(timer);
    };
  }, [camera, take]);

  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", escape);
    return () => window.removeEventListener("keydown", escape);
  }, [onClose]);

  const lamp = async () => {
    await camera?.torch(!lit).then(() => setLit(!lit), () => undefined);
  };

  return (
    <div ref={alone} class="camera" data-test="camera">
      <video
        ref={video} playsInline muted disablePictureInPicture
        aria-label={t("camera.preview")}
      />
      <div
        class={`guide ${calm === "good" ? "good" : ""}`}
        style={{
          left: `${guide.x}px`, top: `${guide.y}px`,
          width: `${guide.width}px`, height: `${guide.height}px`,
        }}
      >
        <GuideMarks kind={kind} />
        <span class="guide-time" style={{ transform: `scaleX(${good})` }} />
      </div>
      <header class="camera-head">
        <button
          type="button" class="camera-round" aria-label={t("camera.close")}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
        <h1 ref={head} tabIndex={-1}>{what}</h1>
        {camera?.hasTorch
          ? (
            <button
              type="button" class="camera-round" aria-pressed={lit}
              aria-label={t("camera.light")} onClick={lamp}
            >
              <Icon name="light" />
            </button>
          )
          : <span class="camera-round empty" />}
      </header>
      <p
        class={`camera-hint ${calm}`} role="status" aria-live="polite"
        style={{ top: `${guide.y + guide.height + 18}px` }}
      >
        {camera ? tWord("hint", calm) : t(asking ? "camera.asking" : "camera.opening")}
      </p>
      <footer class="camera-foot">
        {slow && <p>{t("camera.press_yourself")}</p>}
        <button
          type="button" class="shutter" aria-label={t("camera.take")}
          data-test="shutter" disabled={!camera} onClick={() => void take()}
        />
        {onFile && <FileButton onFile={onFile} look="camera-link" />}
      </footer>
    </div>
  );
}

// A label over the browser's own file input: the one control that opens the
// files, the gallery or the phone's own camera, whatever the device has.
export function FileButton(
  { onFile, look = "button plain wide" }: {
    onFile: (file: File | undefined) => void; look?: string;
  },
) {
  return (
    <label class={`${look} file`}>
      <Icon name="upload" /><span>{t("capture.upload")}</span>
      <input
        type="file" accept="image/jpeg,image/png,application/pdf" data-test="file"
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

// Where the lines of letters lie: it tells at once which side is wanted.
function GuideMarks({ kind }: { kind: string }) {
  return <span class={`guide-marks ${kind === "passport" ? "passport" : "card"}`} aria-hidden="true" />;
}

function still(
  video: HTMLVideoElement, { view, guide }: { view: Size; guide: Box },
): HTMLCanvasElement {
  const size = { width: video.videoWidth, height: video.videoHeight };
  const from = coverRegion(view, size, widened(guide, 0.15, view));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(from.width);
  canvas.height = Math.round(from.height);
  canvas.getContext("2d")?.drawImage(
    video, from.x, from.y, from.width, from.height,
    0, 0, canvas.width, canvas.height,
  );
  return canvas;
}
