// What a member chose for this browser alone.
const LANGUAGE = "paraph-language";
const SHORTCUTS = "paraph-shortcuts";

function saved(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // without storage the choice lasts until the page is closed
  }
}

export const savedLanguage = () => saved(LANGUAGE);
export const saveLanguage = (language: string) => save(LANGUAGE, language);

// Keys of one letter in the review: on unless somebody switched them off.
let shortcuts: boolean | null = null;

export function shortcutsOn(): boolean {
  shortcuts ??= saved(SHORTCUTS) !== "off";
  return shortcuts;
}

export function saveShortcuts(on: boolean): void {
  shortcuts = on;
  save(SHORTCUTS, on ? "on" : "off");
}
