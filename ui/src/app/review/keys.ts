// The keyboard map: one table for what a key does and for the help that lists
// it. Letters, not places of keys, so that it reads alike on every keyboard.

export type Act =
  | "next" | "answer" | "confirm" | "decide" | "view" | "play" | "forward"
  | "back" | "event_forward" | "event_back" | "speed" | "zoom_in" | "zoom_out"
  | "whole" | "beside" | "put_back" | "rotate" | "contrast" | "channel" | "pane" | "pan" | "where"
  | "close_up" | "earlier" | "reference" | "help" | "leave" | "undo";

export type Group = "case" | "film" | "picture";

interface Key {
  keys: string[]; // as KeyboardEvent.key says, letters in lower case
  shift?: boolean; // undefined: either
  act: Act;
  group: Group;
  shown: string; // in the help; a word is what its text is called by
}

export const KEYS: Key[] = [
  { keys: ["n"], act: "next", group: "case", shown: "N" },
  { keys: ["v"], act: "view", group: "case", shown: "V" },
  { keys: ["1", "2", "3"], act: "answer", group: "case", shown: "1 2 3" },
  { keys: ["enter"], act: "confirm", group: "case", shown: "Enter" },
  { keys: ["d"], act: "decide", group: "case", shown: "D" },
  { keys: ["w"], act: "where", group: "case", shown: "W" },
  { keys: ["e"], act: "earlier", group: "case", shown: "E" },
  { keys: ["i"], act: "reference", group: "case", shown: "I" },
  { keys: ["?", "h"], act: "help", group: "case", shown: "?" },
  { keys: ["escape"], act: "leave", group: "case", shown: "Esc" },
  { keys: ["b"], act: "put_back", group: "case", shown: "B" },
  { keys: ["u"], act: "undo", group: "case", shown: "U" },
  { keys: [" "], act: "play", group: "film", shown: "␣" },
  { keys: ["arrowright"], shift: false, act: "forward", group: "film", shown: "→" },
  { keys: ["arrowleft"], shift: false, act: "back", group: "film", shown: "←" },
  { keys: ["."], act: "event_forward", group: "film", shown: "." },
  { keys: [","], act: "event_back", group: "film", shown: "," },
  { keys: ["s"], act: "speed", group: "film", shown: "S" },
  { keys: ["f"], act: "beside", group: "film", shown: "F" },
  { keys: ["m"], act: "close_up", group: "picture", shown: "M" },
  { keys: ["z", "+"], act: "zoom_in", group: "picture", shown: "Z" },
  { keys: ["x", "-"], act: "zoom_out", group: "picture", shown: "X" },
  { keys: ["0"], act: "whole", group: "picture", shown: "0" },
  {
    keys: ["arrowright", "arrowleft", "arrowup", "arrowdown"], shift: true,
    act: "pan", group: "picture", shown: "⇧ ← ↑ → ↓",
  },
  { keys: ["t"], act: "pane", group: "picture", shown: "T" },
  { keys: ["r"], act: "rotate", group: "picture", shown: "R" },
  { keys: ["c"], act: "contrast", group: "picture", shown: "C" },
  { keys: ["g"], act: "channel", group: "picture", shown: "G" },
];

interface Pressed {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

// What holds the focus keeps the keys it lives by: a text all but Escape, a
// button those that press it, a choice those that tick and change it.
export type Holder = "text" | "button" | "choice" | "page";
const ARROWS = ["arrowright", "arrowleft", "arrowup", "arrowdown"];
const KEEPS: { [holder in Holder]: string[] } = {
  text: [], button: [" ", "enter"], choice: [" ", ...ARROWS], page: [],
};

export function actOf(pressed: Pressed, holder: Holder): Act | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  const name = pressed.key.toLowerCase();
  if (holder === "text" && name !== "escape") return null;
  if (KEEPS[holder].includes(name)) return null;
  const found = KEYS.find((one) => one.keys.includes(name) &&
    (one.shift === undefined || one.shift === pressed.shiftKey));
  return found?.act ?? null;
}

export function holderOf(element: Element | null): Holder {
  if (!element) return "page";
  const type = (element as HTMLInputElement).type ?? "";
  if (element.matches("textarea, select")) return "text";
  if (element.matches("input")) {
    if (type === "range") return "page"; // the arrows step through its film
    return ["checkbox", "radio"].includes(type) ? "choice" : "text";
  }
  return element.matches("button, a, summary") ? "button" : "page";
}

// What counts as a key pressed: the measure of how much work a case is.
export function counts(event: Pressed & { repeat: boolean }): boolean {
  return !event.repeat && !["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key);
}
