// What to look at, by kind of document. General knowledge of the sort that
// standards and public registers share; nobody's official description.

export type FeatureName =
  | "tilt" | "ink" | "portrait" | "ghost" | "microprint" | "guilloche"
  | "engraving" | "window" | "flag" | "zone";

const PASSPORT: FeatureName[] = ["tilt", "portrait", "ghost", "ink", "guilloche", "microprint", "zone"];
const CARD: FeatureName[] = [
  "tilt", "portrait", "engraving", "ghost", "ink", "window", "guilloche", "microprint", "zone",
];
const PERMIT: FeatureName[] = ["tilt", "portrait", "engraving", "ink", "guilloche", "microprint", "zone"];

const UNION = (
  "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT " +
  "ROU SVK SVN SWE"
).split(" ");

// Cards of the states of the Union since Regulation (EU) 2019/1157 show the
// country's letters in a flag; older models and other states' do not.
export function featuresFor(kind: string | null, country: string | null): FeatureName[] {
  if (kind === "residence_permit") return PERMIT;
  if (kind !== "identity_card") return PASSPORT;
  return country && UNION.includes(country) ? ["tilt", "flag", ...CARD.slice(1)] : CARD;
}
