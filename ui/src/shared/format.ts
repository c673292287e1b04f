// How moments, numbers and words of the server are written for people.

export function date(iso: string | null, language: string): string {
  if (!iso) return "";
  return new Date(iso).toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric", month: "long", year: "numeric",
  });
}

export function shortDate(iso: string | null, language: string): string {
  if (!iso) return "";
  return new Date(iso).toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric", month: "short", year: "numeric",
  });
}

// The year only where it is another than now's.
export function nearDate(iso: string | null, language: string, now = new Date()): string {
  if (!iso) return "";
  const then = new Date(iso);
  if (then.getFullYear() !== now.getFullYear()) return shortDate(iso, language);
  return then.toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric", month: "short",
  });
}

export function moment(iso: string | null, language: string): string {
  if (!iso) return "";
  return new Date(iso).toLocaleString(language === "en" ? "en-GB" : language, {
    day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
  });
}

// "2026-01-31" of a date field, the start of that day here, as UTC.
export function dayStart(day: string): string {
  const [year, month, dayOfMonth] = day.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, dayOfMonth ?? 1).toISOString();
}

// Hex in groups, so that two people can compare it aloud.
export function grouped(hex: string, size = 4): string {
  const clean = hex.replace(/[^0-9a-zA-Z]/g, "").toUpperCase();
  return clean.match(new RegExp(`.{1,${size}}`, "g"))?.join(" ") ?? "";
}

// ... as programs print it: what two people hold against each other looks alike.
export function spaced(hex: string): string {
  return grouped(hex).toLowerCase();
}

// 0:09, 1:30
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function fileSize(bytes: number, language: string): string {
  const unit = language === "fr" ? ["ko", "Mo"] : ["kB", "MB"];
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} ${unit[0]}`;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return `${number.format(bytes / 1_000_000)} ${unit[1]}`;
}

// Folds case and diacritics, for a search in a list that is already here.
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

// Whole years where days come to some, leap days and all: 2557 are seven.
export function yearsOf(days: number): number {
  const years = Math.floor(days / 365);
  return years > 0 && days % 365 <= Math.floor(years / 4) + 1 ? years : 0;
}
