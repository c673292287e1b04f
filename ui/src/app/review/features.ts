// What to look at, and in which order, on a model of a document. General
// knowledge of the sort that standards and public registers share; nobody's
// official description.
import type { DocumentModel } from "../../shared/types";
import { planOf, type Plan } from "./plans";

export type FeatureName =
  | "tilt" | "foil" | "ink" | "portrait" | "ghost" | "laser" | "microprint" | "guilloche"
  | "engraving" | "register" | "window" | "flag" | "state" | "chip" | "zone";

const UNION = (
  "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT " +
  "ROU SVK SVN SWE"
).split(" ");

// Only cards of the Union since Regulation (EU) 2019/1157 show the country's
// letters in a flag: those that the table of documents has for the qualified
// levels.
function hasFlag(country: string | null, model: DocumentModel | null): boolean {
  return UNION.includes(country ?? "") && model?.qualified === true;
}

export interface Guide {
  plan: Plan;
  features: { name: FeatureName; number: number | null }[]; // as on the plan
}

// The numbers run in the order of the plan's places.
export function guideTo(
  kind: string | null, country: string | null, model: DocumentModel | null,
): Guide {
  const whole = planOf(kind, model?.format ?? null);
  const plan = hasFlag(country, model) ? whole
    : { ...whole, places: whole.places.filter(({ feature }) => feature !== "flag") };
  const placed = [...new Set(plan.places.map(({ feature }) => feature))];
  return {
    plan,
    features: [
      ...placed.map((name, index) => ({ name, number: index + 1 })),
      ...plan.everywhere.map((name) => ({ name, number: null })),
    ],
  };
}
