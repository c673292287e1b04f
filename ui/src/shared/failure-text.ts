// A failure in the reader's own words. The server's message is English and
// for developers; it is shown only where these pages have no text of theirs.
import type { Failure } from "./api";
import { has, t, tCount, tWord } from "./text";

export function failureText(failure: Failure): string {
  if (failure.code === "too_many_requests" && failure.retryAfter) {
    return failure.retryAfter < 90
      ? tCount("error.wait_seconds", failure.retryAfter)
      : tCount("error.wait_minutes", Math.ceil(failure.retryAfter / 60));
  }
  if (has(`error.${failure.code}`)) return tWord("error", failure.code);
  return failure.message || t("error.internal");
}

// What to say beside a field the server refused.
export function fieldText(failure: Failure): string {
  if (has(`field_error.${failure.field ?? ""}`)) {
    return tWord("field_error", failure.field);
  }
  return failure.message || failureText(failure);
}
