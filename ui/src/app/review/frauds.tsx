// Draws signs.ts: what gives a fraud away, and what looks like it and is innocent.
import type { JSX } from "preact";
import { t, tWord } from "../../shared/text";
import { FRAUD } from "./reasons";
import { SIGNS, type Sign } from "./signs";

const Head = ({ x = 60, y = 30, size = 12 }: { x?: number; y?: number; size?: number }) => (
  <g>
    <circle class="d-line" cx={x} cy={y} r={size} />
    <path class="d-line" d={`M${x - size * 1.7} ${y + size * 3}c.5-${size * 1.2} ${size * 0.8}-${size * 1.6} ${size * 1.7}-${size * 1.6}s${size * 1.2} ${size * 0.4} ${size * 1.7} ${size * 1.6}`} />
  </g>
);

const DRAWINGS: Record<Sign, JSX.Element> = {
  retyped: (
    <g>
      <rect class="d-card" x="6" y="12" width="108" height="56" rx="4" />
      <path class="d-faint" d="M8 22c26-10 52 10 104 0M8 34c26-10 30 2 30 2M110 35h2M8 50c26-10 52 10 104 0" />
      <rect class="d-ghost" x="38" y="31" width="71" height="14" />
      <text class="d-text" x="14" y="26" font-size="9">MARTIN</text>
      <text class="d-text" x="41" y="42" font-size="11" font-weight="700">12.04.1999</text>
      <text class="d-text" x="14" y="62" font-size="9">03.11.2031</text>
    </g>
  ),
  moved_digit: (
    <g>
      <text class="d-text" x="10" y="36" font-size="21">19</text><text class="d-text" x="40" y="33" font-size="21">6</text>
      <text class="d-text" x="56" y="36" font-size="21">4</text>
      <path class="d-strong" d="M46 40c6 26 34 26 40 6M86 46l-5 3M86 46l3 6" />
      <rect class="d-ghost" x="37" y="14" width="17" height="25" /><rect class="d-ghost" x="82" y="14" width="17" height="25" />
      <text class="d-text" x="84" y="36" font-size="21">6</text>
    </g>
  ),
  other_portrait: (
    <g>
      <rect class="d-card" x="6" y="8" width="108" height="64" rx="5" />
      <path class="d-faint" d="M8 22h106M8 34h106M8 46h106M8 58h106" />
      <rect class="d-card" x="16" y="16" width="38" height="48" />
      <rect class="d-strong" x="16" y="16" width="38" height="48" />
      <Head x={35} y={34} size={9} />
      <circle class="d-ghost" cx="94" cy="46" r="6" /><path class="d-ghost" d="M86 42c2-8 14-8 16 0M84 64c1-8 5-10 10-10s9 2 10 10" />
    </g>
  ),
  printed_copy: (
    <g>
      <rect class="d-card" x="6" y="8" width="66" height="64" rx="3" />
      <path class="d-faint" d="M14 20h40M14 30h30M14 40h44M14 50h36" />
      <circle class="d-card" cx="86" cy="42" r="28" />
      {[0, 1, 2, 3, 4].flatMap((row) => [0, 1, 2, 3, 4].map((column) => (
        <circle key={`${row}${column}`} class={(row + column) % 2 ? "d-fill-a" : "d-fill-b"} cx={68 + column * 9 + (row % 2) * 3} cy={26 + row * 8.5} r={1.2 + ((row + column) % 3) * 0.8} />
      )))}
    </g>
  ),
  from_screen: (
    <g>
      <rect class="d-strong" x="8" y="8" width="104" height="58" rx="3" /><path class="d-line" d="M46 74h28" />
      <rect class="d-card" x="24" y="16" width="72" height="42" rx="3" />
      {[0, 1, 2, 3, 4, 5, 6].map((line) => (
        <path key={line} class="d-faint" d={`M${12 + line * 14} 62c10-14 4-34 14-50`} />
      ))}
    </g>
  ),
  does_not_add_up: (
    <g>
      <rect class="d-card" x="6" y="8" width="108" height="64" rx="5" />
      <text class="d-text" x="14" y="28" font-size="11">07.04.1991</text>
      <text class="d-text" x="14" y="62" font-size="11">{"910704"}</text><text class="d-pale" x="56" y="62" font-size="11">{"7F<<<"}</text>
      <path class="d-strong" d="M86 24c14 6 14 26-30 34M58 54l-4 4 6 2" /><path class="d-strong" d="M92 36l10 10M102 36l-10 10" />
    </g>
  ),
  look_alike: (
    <g>
      <rect class="d-card" x="10" y="10" width="44" height="60" rx="3" /><Head x={32} y={32} />
      <Head x={88} y={32} />
      <path class="d-strong" d="M19 32c-3-3-3 6 0 4M75 29c-5-4-5 12 0 9M26 30h3M35 30h3M81 30h3M93 30h3" />
    </g>
  ),
  borrowed: (
    <g>
      <rect class="d-card" x="8" y="24" width="48" height="34" rx="3" /><circle class="d-line" cx="22" cy="38" r="5" />
      <path class="d-faint" d="M34 34h16M34 40h12M34 46h16" />
      <path class="d-strong" d="M60 40h14M70 36l5 4-5 4" /><Head x={96} y={30} size={9} />
    </g>
  ),
  held_photo: (
    <g>
      <path class="d-card" d="M30 8l52 8-6 56-52-8z" /><Head x={54} y={32} size={10} />
      <path class="d-strong" d="M90 20c8 10 8 28 0 38M90 20l-1 7M90 20l7 2M90 58l-1-7M90 58l7-2" />
    </g>
  ),
  replayed: (
    <g>
      <rect class="d-strong" x="34" y="6" width="40" height="68" rx="6" /><Head x={54} y={32} size={9} />
      <path class="d-line" d="M92 30a14 14 0 1 1-6 22M92 30v-8M92 30h8" />
    </g>
  ),
  mask: (
    <g>
      <Head x={60} y={30} size={16} />
      <path class="d-strong" d="M50 24c3-3 7-3 9 0-2 3-6 3-9 0zM61 24c3-3 7-3 9 0-2 3-6 3-9 0zM54 38c4-3 8-3 12 0-4 3-8 3-12 0z" />
      <path class="d-ghost" d="M46 44c8 8 20 8 28 0" />
    </g>
  ),
  made_face: (
    <g>
      <Head x={60} y={30} size={15} />
      <path class="d-strong" d="M74 18c4 3-1 5 3 8s-2 5 2 8-4 5-1 8M52 40h16M56 37v6M60 37v6M64 37v6" />
      <path class="d-ghost" d="M30 52l26-22" />
    </g>
  ),
  led: (
    <g>
      <Head x={46} y={32} size={11} /><path class="d-strong" d="M50 30h3" />
      <path class="d-strong" d="M62 30h22M80 26l5 4-5 4" />
      <path class="d-ghost" d="M92 70c0-16 2-24 6-28a8 8 0 1 1 12 0c4 4 6 12 6 28" />
    </g>
  ),
};

export function Frauds() {
  return (
    <div data-test="frauds">
      <p class="hint">{t("frauds.lead")}</p>
      {FRAUD.map((reason) => (
        <section key={reason} class="frauds">
          <h3>{tWord("fraud", reason)}</h3>
          <ol class="features">
            {(SIGNS[reason] ?? []).map((sign) => (
              <li key={sign}>
                <svg class="drawing" viewBox="0 0 120 80" aria-hidden="true" focusable="false">{DRAWINGS[sign]}</svg>
                <div>
                  <h4>{tWord("sign_name", sign)}</h4>
                  <p>{tWord("sign_look", sign)}</p>
                  <p class="doubt"><strong>{t("frauds.innocent")}</strong> {tWord("sign_innocent", sign)}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      <p class="hint">{t("frauds.then")}</p>
    </div>
  );
}
