// One request as typed, checked before it is sent, and as the API takes it.
import { isPhone } from "../../shared/phone";
import type { Level, Registration } from "../../shared/types";

export interface Draft {
  applicant: string;
  level: Level | "";
  fullname: string;
  fullname_type: string;
  phone_number: string;
  phone_number_type: string;
  language: string;
  redirect_url: string;
}

export const EMPTY: Draft = {
  applicant: "", level: "lcp", fullname: "", fullname_type: "suggestion",
  phone_number: "", phone_number_type: "suggestion", language: "",
  redirect_url: "",
};

export const PHONE_TYPES = ["suggestion", "flex_prerequisite", "prerequisite"];
export const NAME_TYPES = ["suggestion", "prerequisite"];

export type Wrong = Partial<Record<keyof Draft, string>>;

export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}

// Names of texts, by field; empty when all is well.
export function check(draft: Draft, levels: Level[]): Wrong {
  const wrong: Wrong = {};
  if (!draft.applicant.trim()) wrong.applicant = "email_missing";
  else if (!isEmail(draft.applicant.trim())) wrong.applicant = "email_wrong";
  if (!draft.level) wrong.level = "level_missing";
  else if (!levels.includes(draft.level)) wrong.level = "level_off";
  if (draft.fullname.length > 150) wrong.fullname = "name_long";
  const phone = cleanPhone(draft.phone_number);
  if (phone && !isPhone(phone)) wrong.phone_number = "phone_wrong";
  if (draft.redirect_url.trim() && !isAddress(draft.redirect_url.trim())) {
    wrong.redirect_url = "address_wrong";
  }
  return wrong;
}

function isAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

export function cleanPhone(text: string): string {
  const trimmed = text.trim().replace(/\(0\)/, "").replace(/[\s.\-()/]/g, "");
  return trimmed.startsWith("00") ? `+${trimmed.slice(2)}` : trimmed;
}

// Only what was filled in: the API refuses empty fields by name.
export function bodyOf(draft: Draft): Record<string, string> {
  const body: Record<string, string> = {
    applicant: draft.applicant.trim(),
    level: draft.level,
  };
  const name = draft.fullname.trim().replace(/\s+/g, " ");
  if (name) {
    body.fullname = name;
    body.fullname_type = draft.fullname_type || "suggestion";
  }
  const phone = cleanPhone(draft.phone_number);
  if (phone) {
    body.phone_number = phone;
    body.phone_number_type = draft.phone_number_type || "suggestion";
  }
  if (draft.language) body.language = draft.language;
  if (draft.redirect_url.trim()) body.redirect_url = draft.redirect_url.trim();
  return body;
}

export function draftFrom(old: Registration): Draft {
  return {
    applicant: old.email,
    level: old.level,
    fullname: old.fullname ?? "",
    fullname_type: old.fullname_type ?? "suggestion",
    phone_number: old.phone_number ?? "",
    phone_number_type: old.phone_number_type ?? "suggestion",
    language: old.language ?? "",
    redirect_url: old.redirect_url ?? "",
  };
}
