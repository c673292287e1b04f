// How long something has waited, in its largest unit: 3 min, 5 h, 2 d.
import { language } from "../../shared/text";

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

function spelt(seconds: number, digits: number, whole: (count: number) => number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ["second", 1];
  return new Intl.NumberFormat(language(), {
    style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits,
  }).format(whole(Math.max(0, seconds) / size));
}

export const spell = (seconds: number) => spelt(seconds, 0, Math.floor);

// For a measure: 1.8 h is not one hour.
export const spellMeasure = (seconds: number) => spelt(seconds, 1, (count) => count);

export function age(iso: string, now = Date.now()): string {
  return spell((now - Date.parse(iso)) / 1000);
}
