// A key as it is drawn beside what it does.
import { tWord } from "../../shared/text";
import { shortcutsOn } from "../preferences";
import { KEYS, type Act } from "./keys";

export function Key({ act, only }: { act: Act; only?: string }) {
  const found = KEYS.find((one) => one.act === act);
  if (!found || !shortcutsOn()) return null;
  return <kbd aria-hidden="true">{only ?? tWord("key", found.shown)}</kbd>;
}
