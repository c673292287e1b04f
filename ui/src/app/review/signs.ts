// How frauds look that operators meet, under the reason that a refusal names
// (src/checks/reasons.def). Drawings are in frauds.tsx, words in the texts.
export type Sign =
  | "retyped" | "moved_digit" | "other_portrait" | "printed_copy" | "from_screen" | "does_not_add_up"
  | "look_alike" | "borrowed"
  | "held_photo" | "replayed" | "mask" | "made_face"
  | "led";

export const SIGNS: { [reason in string]?: Sign[] } = {
  forged_document: ["retyped", "moved_digit", "other_portrait", "printed_copy", "from_screen", "does_not_add_up"],
  wrong_person: ["look_alike", "borrowed"],
  not_live: ["held_photo", "replayed", "mask", "made_face"],
  coerced: ["led"],
};
