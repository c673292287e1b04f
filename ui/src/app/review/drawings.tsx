// Our own drawings of what a document's features do. General, on purpose: they
// show what to look for, not how one country's document is made.
import type { JSX } from "preact";
import type { FeatureName } from "./features";

const Card = ({ children }: { children?: JSX.Element | JSX.Element[] }) => (
  <g>
    <rect class="d-card" x="6" y="8" width="108" height="64" rx="5" />
    <circle class="d-line" cx="27" cy="31" r="7" />
    <path class="d-line" d="M14 52c1-9 6-12 13-12s12 3 13 12" />
    <path class="d-faint" d="M48 22h44M48 30h32M48 38h38" />
    {children}
  </g>
);

const DRAWINGS: Record<FeatureName, JSX.Element> = {
  tilt: (
    <g>
      <path class="d-card" d="M8 24 54 14v46L8 66z" />
      <path class="d-card" d="M66 14l46 10v42L66 60z" />
      <path class="d-strong" d="M24 46l8-18 6 15z" />
      <path class="d-strong" d="M80 30h18v14H80zM84 26h10" />
      <path class="d-line" d="M52 72c6 4 10 4 16 0M66 70l3 2-2 4" />
    </g>
  ),
  ink: (
    <g>
      <rect class="d-card" x="6" y="14" width="50" height="52" rx="4" />
      <rect class="d-card" x="64" y="14" width="50" height="52" rx="4" />
      <circle class="d-fill-a" cx="31" cy="40" r="14" /><circle class="d-fill-b" cx="89" cy="40" r="14" />
    </g>
  ),
  portrait: (
    <Card>
      <path class="d-strong" d="M10 14c10 6 24-2 34 4M10 24c10 6 24-2 34 4M10 44c10 6 24-2 34 4M10 60c10 6 24-2 34 4" />
    </Card>
  ),
  ghost: (
    <Card>
      <circle class="d-ghost" cx="98" cy="46" r="5" />
      <path class="d-ghost" d="M89 62c1-7 4-9 9-9s8 2 9 9" />
    </Card>
  ),
  microprint: (
    <g>
      <path class="d-line" d="M10 60h60" /><circle class="d-card" cx="74" cy="34" r="26" />
      <text class="d-text" x="54" y="32" font-size="9">ABCABC</text>
      <text class="d-text" x="54" y="43" font-size="9">ABCABC</text>
      <path class="d-strong" d="M93 53l16 17" />
    </g>
  ),
  guilloche: (
    <g>
      <rect class="d-card" x="6" y="8" width="108" height="64" rx="5" />
      {[0, 6, 12, 18].map((y) => (
        <path class="d-faint" d={`M8 ${28 + y}c18-22 34 22 52 0s34 22 52 0`} />
      ))}
    </g>
  ),
  engraving: (
    <g>
      <path class="d-card" d="M8 54h104v12H8z" />
      <path class="d-strong" d="M24 54v-8h8v8M44 54V40h8v14M64 54v-6h8v6M84 54V42h8v12" />
      <path class="d-faint" d="M10 20l96 26M10 28l70 18" />
    </g>
  ),
  window: (
    <Card>
      <path class="d-ghost" d="M92 46l6-6 8 6v10l-8 8-6-6z" />
      <path class="d-faint" d="M114 40l6-6M114 52l6 0" />
    </Card>
  ),
  foil: (
    <Card>
      <path class="d-strong" d="M18 66c6-14 20-14 26-26s18-12 26-24" />
      <path class="d-strong" d="M30 70c6-14 20-14 26-26s18-12 26-24" />
    </Card>
  ),
  laser: (
    <g>
      <rect class="d-card" x="8" y="16" width="46" height="48" rx="3" />
      <rect class="d-card" x="66" y="16" width="46" height="48" rx="3" />
      <path class="d-faint" d="M16 16v48M24 16v48M32 16v48M40 16v48M48 16v48M74 16v48M82 16v48M90 16v48M98 16v48M106 16v48" />
      <circle class="d-strong" cx="31" cy="34" r="7" /><path class="d-strong" d="M19 58c0-9 6-12 12-12s12 3 12 12" />
      <text class="d-text" x="73" y="45" font-size="13">2034</text>
    </g>
  ),
  register: (
    <g>
      <circle class="d-card" cx="24" cy="40" r="17" /><circle class="d-card" cx="60" cy="40" r="17" />
      <circle class="d-card" cx="97" cy="40" r="17" />
      <path class="d-strong" d="M24 27v13H12zM60 53V40h12zM97 27v13H85zM97 53V40h12z" />
    </g>
  ),
  chip: (
    <g>
      <rect class="d-card" x="30" y="18" width="60" height="44" rx="5" />
      <path class="d-strong" d="M30 40h18M72 40h18" /><circle class="d-strong" cx="60" cy="40" r="12" />
    </g>
  ),
  state: (
    <g>
      <rect class="d-card" x="6" y="8" width="108" height="64" rx="5" />
      {[22, 36, 50, 64].map((y) => <text class="d-pale" x="11" y={y} font-size="9">ABC ABC ABC ABC</text>)}
      <text class="d-text" x="11" y="43" font-size="10">I&lt;ABCD2314589</text>
      <text class="d-text" x="11" y="59" font-size="10">7408122F12041</text>
    </g>
  ),
  flag: (
    <Card>
      <g>
        <rect class="d-strong" x="88" y="13" width="20" height="14" />
        <circle class="d-faint" cx="98" cy="20" r="5" />
      </g>
    </Card>
  ),
  zone: (
    <g>
      <rect class="d-card" x="6" y="8" width="108" height="64" rx="5" />
      <text class="d-text" x="11" y="52" font-size="8">P&lt;UTOERIKSSON&lt;&lt;ANNA</text>
      <text class="d-text" x="11" y="64" font-size="8">L898902C36UTO7408122</text>
      <path class="d-faint" d="M14 20h50M14 28h36" />
    </g>
  ),
};

export function Drawing({ name }: { name: FeatureName }) {
  return (
    <svg class="drawing" viewBox="0 0 120 80" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}
