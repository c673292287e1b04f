// What is asked, drawn: as one sees oneself in the preview, which is a mirror.
// So the participant's left is on the left.
import type { ComponentChildren } from "preact";

const HEAD = "M60 18c-20 0-31 15-31 36 0 26 15 46 31 46s31-20 31-46c0-21-11-36-31-36";

function features(dx: number, dy: number): string {
  const x = (at: number) => at + dx;
  const y = (at: number) => at + dy;
  return `M${x(47)} ${y(50)}v.1M${x(73)} ${y(50)}v.1` +
    `M${x(60)} ${y(54)}v9h-3M${x(51)} ${y(78)}q9 5 18 0`;
}

const CARD = "M22 36h76v48H22z";
const PORTRAIT = "M40 51a6 6 0 1 0 0 .1M30 74c1-9 5-12 10-12s9 3 10 12";
const LINES = "M58 48h30M58 58h30M58 68h20";

const PATHS: Record<string, { thin?: string; line: string; move?: string }> = {
  look_ahead: { line: HEAD + features(0, 0) },
  turn_left: { line: HEAD + features(-15, 0), move: "M24 60H6M13 52l-8 8 8 8" },
  turn_right: { line: HEAD + features(15, 0), move: "M96 60h18M107 52l8 8-8 8" },
  look_up: { line: HEAD + features(0, -15), move: "M104 44V20M96 28l8-9 8 9" },
  open_mouth: {
    line: `${HEAD}M47 46v.1M73 46v.1M60 50v8h-3`,
    move: "M60 69c-6 0-9 5-9 10s3 10 9 10 9-5 9-10-3-10-9-10",
  },
  come_closer: {
    thin: "M60 34c-12 0-19 9-19 22 0 16 9 28 19 28s19-12 19-28c0-13-7-22-19-22",
    line: "M60 8C32 8 18 27 18 55c0 34 20 58 42 58s42-24 42-58C102 27 88 8 60 8",
    move: "M36 32l-9-8M84 32l9-8M38 84l-8 9M82 84l8 9",
  },
  show_front: { line: CARD + PORTRAIT + LINES },
  show_back: {
    line: `${CARD}M30 46h40M30 55h30`,
    thin: "M28 67h64M28 76h64", move: "M46 20q14-9 28 0M68 12l7 8-9 5",
  },
  tilt_sideways: {
    line: "M34 30l52 8v44l-52 8zM44 52v18M54 53h22M54 62h22",
    move: "M20 46c-8 9-8 19 0 28M13 70l7 5 3-9M100 46c8 9 8 19 0 28M107 70l-7 5-3-9",
  },
  tilt_lengthwise: {
    line: "M32 40h56l10 42H22zM42 54h12M40 64h40M38 73h44",
    move: "M46 26q14-10 28 0M68 18l7 8-10 4M46 96q14 10 28 0M68 104l7-8-10-4",
  },
};

export function PromptDrawing({ name }: { name: string }) {
  const paths = PATHS[name.startsWith("light_") ? "look_ahead" : name];
  if (!paths) return null;
  return (
    <svg class="prompt-drawing" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
      {paths.thin && <path class="thin" d={paths.thin} />}
      <path d={paths.line} />
      {paths.move && <path class="move" d={paths.move} />}
    </svg>
  );
}

const ROUND = 2 * Math.PI * 46;

// The ring empties while its prompt stands; share: what is left of it.
export function Ring({ share, children }: { share: number; children: ComponentChildren }) {
  return (
    <span class="ring">
      <svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <circle class="ring-ground" cx="50" cy="50" r="46" />
        <circle
          class="ring-left" cx="50" cy="50" r="46"
          stroke-dasharray={ROUND} stroke-dashoffset={ROUND * (1 - share)}
        />
      </svg>
      {children}
    </span>
  );
}
