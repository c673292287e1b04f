// Draws a plan of plans.ts: the sheet, its lines of data, and each place with
// its number. Full outlines are given by a text, broken ones are usual.
import type { JSX } from "preact";
import { t, tWord } from "../../shared/text";
import type { Side } from "../../shared/types";
import type { FeatureName, Guide } from "./features";
import type { Box, Place } from "./plans";

const LINE = 4.6; // mm from one line of data to the next
const LENGTHS = [0.9, 0.6, 0.78, 0.5, 0.7];

function Lines({ box: [left, top, width, height] }: { box: Box }) {
  const rows = Math.floor(height / LINE);
  const path = Array.from({ length: rows }, (_, row) =>
    `M${left} ${top + (row + 0.5) * LINE}h${width * (LENGTHS[row % LENGTHS.length] ?? 1)}`).join("");
  return <path class="p-lines" d={path} />;
}

function Head({ box: [left, top, width, height] }: { box: Box }) {
  const middle = left + width / 2;
  const radius = width * 0.2;
  return (
    <g class="p-inside">
      <circle cx={middle} cy={top + height * 0.4} r={radius} />
      <path d={`M${left + width * 0.14} ${top + height}c0 ${-height * 0.3} ${width * 0.2} ${-height * 0.34} ` +
        `${width * 0.36} ${-height * 0.34}s${width * 0.36} ${height * 0.04} ${width * 0.36} ${height * 0.34}`} />
    </g>
  );
}

const wave = ([left, top, width, height]: Box) => [0.25, 0.5, 0.75].map((share) =>
  `M${left} ${top + height * share}q${width / 4} ${-height * 0.22} ${width / 2} 0t${width / 2} 0`).join("");
const bars = ([left, top, width, height]: Box) => [0.2, 0.4, 0.6, 0.8].map((share) =>
  `M${left + width * share} ${top}v${height}`).join("");
const rows = (count: number) => ([left, top, width, height]: Box) =>
  Array.from({ length: count }, (_, row) =>
    `M${left + 4} ${top + (height * (row + 1)) / (count + 1)}h${width - 8}`).join("");
const burst = ([left, top, width, height]: Box) => {
  const [x, y] = [left + width / 2, top + height / 2];
  return `M${left} ${y}L${x} ${top}L${left + width} ${y}L${x} ${top + height}zM${left} ${y}h${width}M${x} ${top}v${height}`;
};
const cross = ([left, top, width, height]: Box) =>
  `M${left} ${top + height / 2}h${width}M${left + width / 2} ${top}v${height}`;

// What is drawn inside an outline, where a plain one would say too little.
const INSIDE: { [name in FeatureName]?: (box: Box) => string } = {
  tilt: burst, foil: wave, laser: bars, zone: rows(2), engraving: rows(1), register: cross,
};

function Spot({ place, number }: { place: Place; number: number }) {
  const { feature, box, source } = place;
  const [left, top, width, height] = box;
  const path = INSIDE[feature]?.(box);
  return (
    <g class={`place${source ? " given" : ""}`}>
      <rect class="p-edge" x={left} y={top} width={width} height={height} rx="1.4" />
      {(feature === "portrait" || feature === "ghost") && <Head box={box} />}
      {path && <path class={feature === "zone" ? "p-zone" : "p-inside"} d={path} />}
      <Number at={place} number={number} />
    </g>
  );
}

// At the upper right corner, where it hides least.
function Number({ at: { box: [left, top, width] }, number }: { at: Place; number: number }) {
  const [x, y] = [left + width - 1.2, top + 1.2];
  return (
    <g class="p-number">
      <circle cx={x} cy={y} r="3.1" />
      <text x={x} y={y + 1.45} text-anchor="middle" font-size="4.2">{number}</text>
    </g>
  );
}

function Sheet({ guide, side }: { guide: Guide; side: Side }): JSX.Element {
  const { plan, features } = guide;
  const numberOf = (name: FeatureName) => features.find((one) => one.name === name)?.number ?? 0;
  const { width, height } = plan;
  return (
    <figure>
      <svg viewBox={`-1 -3 ${width + 4} ${height + 4}`} aria-hidden="true" focusable="false">
        <rect class="p-sheet" width={width} height={height} rx={plan.name === "passport" ? 1.5 : 3.2} />
        {plan.lines.filter((one) => one.side === side).map(({ box }, index) => <Lines key={index} box={box} />)}
        {plan.places.filter((one) => one.side === side).map((one) =>
          <Spot key={one.feature} place={one} number={numberOf(one.feature)} />)}
      </svg>
      {plan.sides.length > 1 && <figcaption>{tWord("side", side)}</figcaption>}
    </figure>
  );
}

export function PlanOf({ guide }: { guide: Guide }) {
  const fixed = guide.plan.places.some((one) => one.source);
  return (
    <div class="plan" data-test={`plan-${guide.plan.name}`}>
      <div class="sheets">
        {guide.plan.sides.map((side) => <Sheet key={side} guide={guide} side={side} />)}
      </div>
      <ul class="plan-keys">
        {fixed && <li><span class="p-key given" />{t("plan.given")}</li>}
        <li><span class="p-key" />{t("plan.usual")}</li>
      </ul>
    </div>
  );
}
