// Where to look: a plan for each shape of document, in millimetres from the
// upper left corner. What a text fixes names it: ICAO Doc 9303 has the portrait
// (zone V) and the machine-readable zone (zone VII), a regulation what it says.
// The rest is where most models have it, to be confirmed on the one at hand:
// nobody's official description is behind it. TOLD is what a public register
// says that a model has, without saying where on its side. plan.tsx draws these
// tables, features.ts says what each thing is.
import type { Side } from "../../shared/types";
import type { FeatureName } from "./features";

export type Box = [left: number, top: number, width: number, height: number];

export interface Place { feature: FeatureName; side: Side; box: Box; source?: string }

export interface Plan {
  name: "passport" | "card" | "card_2x36" | "french_card" | "permit";
  width: number;
  height: number;
  sides: Side[];
  lines: { side: Side; box: Box }[]; // where data stand
  places: Place[];
  everywhere: FeatureName[]; // things that have no place of their own
}

const place = (feature: FeatureName, side: Side, ...box: Box): Place => ({ feature, side, box });
// The portrait and the zone of ICAO Doc 9303, in the part for its size.
const given = (part: number, feature: "portrait" | "zone", side: Side, ...box: Box): Place =>
  ({ feature, side, box, source: `ICAO 9303-${part}, zone ${feature === "zone" ? "VII" : "V"}` });

export const PLANS: Plan[] = [
  {
    name: "passport", width: 125, height: 88, sides: ["front"],
    lines: [{ side: "front", box: [45, 17, 46, 42] }],
    places: [
      given(4, "portrait", "front", 5, 16, 35, 45),
      given(4, "zone", "front", 0, 65, 125, 23),
      place("tilt", "front", 96, 5, 22, 19),
      place("foil", "front", 30, 30, 34, 28),
      place("ghost", "front", 98, 36, 19, 24),
      place("laser", "front", 76, 44, 17, 16),
      place("ink", "front", 64, 4, 22, 9),
    ],
    everywhere: ["guilloche", "microprint"],
  },
  {
    name: "card", width: 85.6, height: 54, sides: ["front", "back"],
    lines: [
      { side: "front", box: [32, 14, 32, 26] }, { side: "back", box: [4, 6, 42, 18] },
    ],
    places: [
      given(5, "portrait", "front", 4, 13, 24, 31),
      given(5, "zone", "back", 0, 31, 85.6, 23),
      place("flag", "front", 4, 3, 11, 8),
      place("tilt", "front", 22, 30, 18, 15),
      place("ghost", "front", 68, 29, 13, 17),
      place("laser", "front", 68, 13, 13, 13),
      place("engraving", "front", 42, 43, 22, 7),
      place("ink", "back", 50, 6, 12, 10),
      place("register", "back", 66, 5, 10, 10),
      place("window", "back", 66, 17, 14, 11),
      place("chip", "front", 70, 3, 11, 7),
    ],
    everywhere: ["guilloche", "microprint"],
  },
  {
    name: "card_2x36", width: 105, height: 74, sides: ["front", "back"],
    lines: [
      { side: "front", box: [38, 13, 42, 34] }, { side: "back", box: [6, 8, 60, 30] },
    ],
    places: [
      given(6, "portrait", "front", 5, 12, 28, 36),
      given(6, "zone", "front", 0, 51, 105, 23),
      place("foil", "front", 24, 26, 26, 22),
      place("ghost", "front", 86, 28, 14, 18),
      place("ink", "front", 82, 5, 18, 9),
    ],
    everywhere: ["guilloche", "microprint"],
  },
  {
    name: "french_card", width: 105, height: 74, sides: ["front", "back"],
    lines: [
      { side: "front", box: [40, 18, 58, 30] }, { side: "back", box: [8, 10, 70, 36] },
    ],
    places: [
      place("portrait", "front", 6, 16, 28, 36),
      place("zone", "front", 0, 56, 105, 18),
      place("foil", "front", 20, 24, 30, 28),
    ],
    everywhere: ["guilloche", "microprint"],
  },
  {
    name: "permit", width: 85.6, height: 54,
    sides: ["front", "back"],
    lines: [
      { side: "front", box: [32, 12, 32, 30] }, { side: "back", box: [4, 5, 44, 20] },
    ],
    places: [
      given(5, "portrait", "front", 4, 14, 24, 31),
      given(5, "zone", "back", 0, 31, 85.6, 23),
      {
        feature: "state", side: "back", box: [4, 33, 77, 19],
        source: "Regulation (EC) 1030/2002, Annex (a), machine-readable area",
      },
      place("foil", "front", 20, 26, 24, 20),
      place("tilt", "front", 67, 13, 14, 14),
      place("ghost", "front", 68, 30, 13, 17),
      place("engraving", "front", 46, 43, 18, 7),
      place("register", "back", 54, 6, 10, 10),
      place("laser", "back", 68, 6, 13, 13),
      place("chip", "front", 70, 3, 11, 7),
    ],
    everywhere: ["guilloche", "microprint"],
  },
];

// Features that a register tells of a model, by kind, country and first year.
export interface Told {
  kind: string;
  country: string;
  year: number;
  source: string;
  has: [FeatureName, Side][];
}

export const TOLD: Told[] = [
  {
    kind: "residence_permit", country: "FRA", year: 2020,
    source: "PRADO FRA-HO-12001; Keesing, France 2020 permit",
    has: [["foil", "front"], ["ink", "front"], ["laser", "back"], ["engraving", "front"], ["microprint", "front"]],
  },
  {
    kind: "residence_permit", country: "EST", year: 2020, source: "PRADO EST-HO-07001",
    has: [["foil", "front"], ["ghost", "front"]],
  },
];

// format: a row of the server's mrz_formats.def.
export function planOf(kind: string | null, format: string | null): Plan {
  const name = kind === "residence_permit" ? "permit"
    : format === "FRA2" ? "french_card"
      : format === "TD2" ? "card_2x36"
        : kind === "identity_card" ? "card" : "passport";
  return PLANS.find((one) => one.name === name) as Plan;
}
