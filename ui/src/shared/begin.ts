// The first texts of a page. Where they do not come nobody can be told in
// texts: the page itself holds a line for that, in both languages.
import { knownLanguage, useLanguage, type Part } from "./text";

// Where the page is drawn; null: it cannot be.
export async function begin(part: Part, language?: string | null): Promise<HTMLElement | null> {
  try {
    await useLanguage(knownLanguage(language ?? navigator.language), part);
    return document.getElementById("page");
  } catch {
    document.getElementById("textless")?.removeAttribute("hidden");
    return null;
  }
}
