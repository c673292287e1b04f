// Line drawings of a document's sides, so that one sees what is wanted before
// reading it.
import type { Side } from "../../shared/types";

export function DocumentDrawing({ kind, side }: { kind: string; side: Side }) {
  if (kind === "passport") return <Passport />;
  return side === "front" ? <CardFront /> : <CardBack />;
}

function Passport() {
  return (
    <svg class="drawing" viewBox="0 0 120 84" aria-hidden="true">
      <rect class="sheet" x="2" y="2" width="116" height="80" rx="6" />
      <rect class="tint" x="12" y="14" width="28" height="36" rx="3" />
      <path d="M26 25a5 5 0 1 0 0 .1M17 46c1-8 5-11 9-11s8 3 9 11" />
      <path d="M50 18h30M50 28h48M50 38h40M50 48h24" />
      <path class="zone" d="M10 63h100M10 72h100" />
    </svg>
  );
}

function CardFront() {
  return (
    <svg class="drawing" viewBox="0 0 120 76" aria-hidden="true">
      <rect class="sheet" x="2" y="2" width="116" height="72" rx="8" />
      <rect class="tint" x="12" y="20" width="30" height="40" rx="3" />
      <path d="M27 32a5 5 0 1 0 0 .1M17 56c1-9 5-12 10-12s9 3 10 12" />
      <path d="M12 12h40M52 26h40M52 38h54M52 50h32M52 62h46" />
    </svg>
  );
}

function CardBack() {
  return (
    <svg class="drawing" viewBox="0 0 120 76" aria-hidden="true">
      <rect class="sheet" x="2" y="2" width="116" height="72" rx="8" />
      <rect class="tint" x="86" y="12" width="20" height="16" rx="2" />
      <path d="M12 14h52M12 24h40M12 34h60" />
      <path class="zone" d="M10 49h100M10 57h100M10 65h100" />
    </svg>
  );
}
