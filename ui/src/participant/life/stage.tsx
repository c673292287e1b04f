// The dark screen around the camera: before a recording the light is looked
// at; during one it holds a single instruction, large. At its end the screen
// itself is the lamp, in colours that the server names.
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAlone, useAwake, useLasting } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { t, tWord } from "../../shared/text";
import type { Part } from "../../shared/types";
import type { Camera } from "../capture/camera";
import { ASKING, useCalm } from "../capture/capture";
import {
  coverRegion, FACE, shapeOf, stageBox, widened, widthOf, type Box, type Size,
} from "../capture/geometry";
import { grab, watch } from "../capture/watch";
import type { Grey } from "../capture/quality";
import { PromptDrawing, Ring } from "./drawings";
import { faceHintOf, glance } from "./presence";
import type { Shown } from "./take";
import { toldAs } from "./wishes";

export interface Look {
  part: Part;
  kind: string;
  camera: Camera | null;
  video: RefObject<HTMLVideoElement>;
  mirror: boolean;
  aloud: boolean;
  lights: boolean; // the screen may shine in colours
  onAloud: (() => void) | null; // the device speaks
  onLeave: () => void;
}

const GLANCE = 220; // ms
const ACROSS = 96; // pixels

function useStage(part: Part, kind: string): { view: Size; guide: Box } {
  const size = () => ({ width: window.innerWidth, height: window.innerHeight });
  const [view, setView] = useState<Size>(size);
  useEffect(() => {
    const changed = () => setView(size());
    window.addEventListener("resize", changed);
    return () => window.removeEventListener("resize", changed);
  }, []);
  return { view, guide: stageBox(view, part === "face" ? FACE : shapeOf(kind)) };
}

// What to better before starting; of a face by the oval alone, of a document
// as when it was photographed.
function useHint(look: Look, off: boolean, view: Size, guide: Box): string {
  const [hint, setHint] = useState("place");
  const places = useRef({ view, guide });
  places.current = { view, guide };

  useEffect(() => {
    const video = look.video.current;
    if (!look.camera || !video || off) return undefined;
    if (look.part === "document") {
      const watcher = watch(video, () => places.current, widthOf(look.kind), setHint, () => undefined);
      return watcher.stop;
    }
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    let before: Grey | null = null;
    const timer = window.setInterval(() => {
      if (!context || video.readyState < 2) return;
      const size = { width: video.videoWidth, height: video.videoHeight };
      const around = widened(places.current.guide, 0.12, places.current.view);
      const region = coverRegion(places.current.view, size, around);
      const grey = grab(canvas, context, video, region, ACROSS);
      setHint(faceHintOf(glance(grey, before)));
      before = grey;
    }, GLANCE);
    return () => window.clearInterval(timer);
  }, [look.camera, look.part, off]);
  return hint;
}

interface StageProps {
  look: Look;
  recording: boolean;
  shown: Shown | null;
  stalled: boolean; // no instruction comes
  troubled: boolean; // nothing goes out
  onStart: () => void;
}

// One tree for before and during: the preview must go on without a blink.
export function CameraStage(props: StageProps) {
  const { look, recording } = props;
  const { view, guide } = useStage(look.part, look.kind);
  const alone = useAlone<HTMLDivElement>();
  useAwake();
  const hint = useCalm(useHint(look, recording, view, guide));
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape") look.onLeave();
    };
    window.addEventListener("keydown", escape);
    return () => window.removeEventListener("keydown", escape);
  }, [look.onLeave]);

  const light = recording && look.lights ? props.shown?.light : undefined;
  return (
    <div ref={alone} class={`camera life${light ? " lit" : ""}`} data-test="life-camera">
      <video
        ref={look.video} class={look.mirror ? "mirror" : ""} playsInline muted
        disablePictureInPicture aria-label={t("camera.preview")}
      />
      <div
        class={`guide ${look.part}${recording || hint === "good" ? " good" : ""}`}
        style={{
          left: `${guide.x}px`, top: `${guide.y}px`,
          width: `${guide.width}px`, height: `${guide.height}px`,
        }}
      />
      <div class="life-light" style={{ backgroundColor: light ?? "transparent" }} data-test="light" />
      <header class="camera-head">
        <button
          type="button" class="camera-round" aria-label={t("camera.close")}
          data-test="life-close" onClick={look.onLeave}
        >
          <Icon name="close" />
        </button>
        <h1>{tWord("life.part", look.part)}</h1>
        {look.onAloud && (
          <button
            type="button" class="camera-round" aria-pressed={look.aloud}
            aria-label={t("life.aloud")} data-test="aloud" onClick={look.onAloud}
          >
            <Icon name="sound" />
          </button>
        )}
      </header>
      {recording ? <Recording {...props} /> : <Ready {...props} hint={hint} />}
    </div>
  );
}

function Ready({ look, hint, onStart }: StageProps & { hint: string }) {
  const start = useRef<HTMLButtonElement>(null);
  const asking = useLasting(!look.camera, ASKING);
  useEffect(() => { if (look.camera) start.current?.focus(); }, [look.camera]);
  return (
    <>
      <div class="life-card ready">
        <p class="life-words">{tWord("life.ready", look.part)}</p>
        <p role="status" aria-live="polite" class={`life-hint${hint === "good" ? " good" : ""}`} data-test="life-hint">
          {look.camera
            ? look.part === "face" ? tWord("face_hint", hint) : tWord("hint", hint)
            : t(asking ? "camera.asking" : "camera.opening")}
        </p>
      </div>
      <footer class="camera-foot">
        <button
          ref={start} type="button" class="life-start" data-test="record"
          disabled={!look.camera} onClick={onStart}
        >
          <span class="dot" aria-hidden="true" /> {t("life.start")}
        </button>
      </footer>
    </>
  );
}

function useShare(shown: Shown | null): number {
  const [share, setShare] = useState(1);
  useEffect(() => {
    if (!shown) return undefined;
    const began = performance.now();
    setShare(1);
    const timer = window.setInterval(() => {
      setShare(Math.max(0, 1 - (performance.now() - began) / shown.stands));
    }, 200);
    return () => window.clearInterval(timer);
  }, [shown?.position, shown?.stands]);
  return share;
}

function Recording({ look, shown, stalled, troubled }: StageProps) {
  const share = useShare(shown);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <>
      <div class="life-card" ref={card} tabIndex={-1}>
        <Ring share={shown ? share : 1}>
          {shown && <PromptDrawing name={shown.name} />}
        </Ring>
        <p class="life-words" aria-live="assertive" data-test="prompt" data-prompt={shown?.name}>
          {shown ? tWord("prompt", toldAs(shown.name, look.lights)) : t("life.wait")}
        </p>
      </div>
      <footer class="camera-foot">
        <p class="life-now">
          <span class="dot" aria-hidden="true" /> {t("life.recording")}
          {shown && <> · {t("life.of", { now: shown.position + 1, total: shown.total })}</>}
        </p>
        <p role="status" class="life-net">
          {stalled ? t("life.stalled") : troubled ? t("life.troubled") : ""}
        </p>
      </footer>
    </>
  );
}
