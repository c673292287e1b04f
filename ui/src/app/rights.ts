// What a role sees of the members' page, and what that is called. The server
// holds who may do what; this only leaves out what it would refuse.
import type { TextKey } from "../shared/text";
import type { Me } from "../shared/types";

export const seesFigures = (me: Me) => me.can.review || me.role === "platform_admin";

// Members those of their workspace, auditors those of all.
export const seesRequests = (me: Me) => me.workspace !== null || me.can.see;

// Whoever may only read is not told to create.
export const requestsTitle = (me: Me): TextKey => (me.can.create ? "nav.requests" : "nav.requests_read");

export function requestsLead(me: Me): TextKey {
  if (me.can.create) return "requests.lead";
  return me.workspace ? "requests.lead_read" : "requests.lead_all";
}

export const certificatesLead = (me: Me): TextKey => (me.workspace ? "certificates.lead" : "certificates.lead_all");

export function home(me: Me): string {
  if (seesRequests(me)) return "requests";
  if (me.can.review) return "review";
  return seesFigures(me) ? "figures" : "personal";
}
