// What to look at, and in which order, on a model of a document. General
// knowledge of the sort that standards and public registers share; nobody's
// official description.
import type { DocumentModel, Side } from "../../shared/types";
import { planOf, TOLD, type Plan, type Told } from "./plans";

export type FeatureName =
  | "tilt" | "foil" | "ink" | "portrait" | "ghost" | "laser" | "microprint" | "guilloche"
  | "engraving" | "register" | "window" | "flag" | "state" | "chip" | "zone";

export const UNION = (
  "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT " +
  "ROU SVK SVN SWE"
).split(" ");

// Only cards of the Union since Regulation (EU) 2019/1157 show the country's
// letters in a flag: those that the table of documents has for the qualified
// levels.
function hasFlag(country: string | null, model: DocumentModel | null): boolean {
  return UNION.includes(country ?? "") && model?.qualified === true;
}

// By what one knows that it is there: a text that fixes its place, a register
// that tells it of this model and side, or neither.
export type Ground =
  | { how: "given"; source: string }
  | { how: "told"; source: string; side: Side }
  | { how: "usual" };

export interface Feature { name: FeatureName; number: number | null; ground: Ground }

export interface Guide {
  plan: Plan;
  features: Feature[]; // as on the plan
}

const toldOf = (kind: string | null, country: string | null, model: DocumentModel | null) =>
  TOLD.find((one) => one.kind === kind && one.country === country &&
    model?.from?.startsWith(String(one.year)));

function groundOf(name: FeatureName, plan: Plan, told: Told | undefined): Ground {
  const fixed = plan.places.find((one) => one.feature === name && one.source);
  if (fixed?.source) return { how: "given", source: fixed.source };
  const side = told?.has.find(([each]) => each === name)?.[1];
  return told && side ? { how: "told", source: told.source, side } : { how: "usual" };
}

// What a register tells of this model and no plan of its shape has.
function besides(plan: Plan, told: Told | undefined): FeatureName[] {
  const known = [...plan.places.map(({ feature }) => feature), ...plan.everywhere];
  return (told?.has ?? []).map(([name]) => name).filter((name) => !known.includes(name));
}

// The numbers run in the order of the plan's places.
export function guideTo(
  kind: string | null, country: string | null, model: DocumentModel | null,
): Guide {
  const whole = planOf(kind, model?.format ?? null);
  const plan = hasFlag(country, model) ? whole
    : { ...whole, places: whole.places.filter(({ feature }) => feature !== "flag") };
  const placed = [...new Set(plan.places.map(({ feature }) => feature))];
  const told = toldOf(kind, country, model);
  const feature = (name: FeatureName, number: number | null): Feature =>
    ({ name, number, ground: groundOf(name, plan, told) });
  return {
    plan,
    features: [
      ...placed.map((name, index) => feature(name, index + 1)),
      ...besides(plan, told).map((name) => feature(name, null)),
      ...plan.everywhere.map((name) => feature(name, null)),
    ],
  };
}
