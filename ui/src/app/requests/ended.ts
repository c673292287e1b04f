// Which requests are over. One that ended in another way does not expire any
// more: beside "Issued", its date would be taken for the certificate's.
import type { Registration } from "../../shared/types";

const ENDED = new Set(["issued", "declined", "refused", "cancelled", "expired"]);

export const hasEnded = (state: string) => ENDED.has(state);

export function expiryOf({ state, expires_at }: Pick<Registration, "state" | "expires_at">): string | null {
  return hasEnded(state) && state !== "expired" ? null : expires_at;
}
