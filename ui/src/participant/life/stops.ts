// Why a recording did not come to its end, in the words of the pages.
import { asFailure } from "../../shared/api";

export type Stop =
  | "closed" | "left" | "camera_lost" | "recorder" | "late" | "elsewhere" | "handed_back"
  | "offline" | "too_large" | "often" | "unknown";

export function stopOf(error: unknown): Stop {
  const { code, status } = asFailure(error);
  if (code === "closed" || code === "left" || code === "camera_lost") return code;
  if (code === "recorder" || code === "nothing_recorded") return "recorder";
  if (code === "handed_back") return code;
  if (status === 410) return "late";
  if (status === 409) return "elsewhere";
  if (status === 413) return "too_large";
  if (status === 429) return "often";
  return status === 0 && code === "offline" ? "offline" : "unknown";
}
