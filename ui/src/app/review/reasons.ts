// Reasons of a decision, by what they are of. Those of fraud are told to
// nobody but the file: the participant reads one generic sentence.

export const ABOUT_PICTURES = [
  "blurred", "covered", "cut_off", "glare", "too_dark", "too_small", "grey",
  "uneven_light", "two_documents", "bad_file", "unreadable_zone", "no_document",
  "front_missing", "back_missing", "other_side", "different_documents",
  "other_country", "seen_identity_card", "seen_passport", "seen_residence_permit",
  "name_differs",
];

export const ABOUT_RECORDINGS = [
  "face_not_seen", "face_covered", "more_than_one_person", "instructions_not_followed",
  "face_too_small", "camera_beside", "document_not_seen", "recording_dark", "recording_blurred",
  "recording_too_short", "recording_broken", "bad_recording",
];

export const FINAL = ["expired", "kind_not_accepted", "too_young", "not_verified"];

export const FRAUD = ["forged_document", "wrong_person", "not_live", "coerced"];

export interface ReasonGroup {
  name: "pictures" | "recordings" | "final" | "fraud";
  reasons: string[];
}

export type RedoStep = "document" | "proof_of_life";

export function groupsFor(
  choice: "refuse" | "redo", steps: RedoStep[], recorded: boolean,
): ReasonGroup[] {
  const pictures: ReasonGroup = { name: "pictures", reasons: [...ABOUT_PICTURES] };
  const recordings: ReasonGroup = { name: "recordings", reasons: [...ABOUT_RECORDINGS] };
  if (choice === "refuse") {
    return [
      { name: "fraud", reasons: [...FRAUD] }, { name: "final", reasons: [...FINAL] },
      pictures, ...(recorded ? [recordings] : []),
    ];
  }
  return [
    ...(steps.includes("document")
      ? [{ ...pictures, reasons: [...pictures.reasons, "expired", "kind_not_accepted"] }] : []),
    ...(steps.includes("proof_of_life") ? [recordings] : []),
  ];
}

export const isFraud = (reasons: string[]) => reasons.some((one) => FRAUD.includes(one));
