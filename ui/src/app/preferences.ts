// What a member chose for this browser alone.
const LANGUAGE = "paraph-language";

export function savedLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE);
  } catch {
    return null;
  }
}

export function saveLanguage(language: string): void {
  try {
    localStorage.setItem(LANGUAGE, language);
  } catch {
    // without storage the choice lasts until the page is closed
  }
}
