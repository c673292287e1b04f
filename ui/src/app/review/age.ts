// How long something has waited, in its largest unit: 3 min, 5 h, 2 d.
import { language } from "../../shared/text";

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

export function spell(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ["second", 1];
  return new Intl.NumberFormat(language(), {
    style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0,
  }).format(Math.floor(Math.max(0, seconds) / size));
}

export function age(iso: string, now = Date.now()): string {
  return spell((now - Date.parse(iso)) / 1000);
}
