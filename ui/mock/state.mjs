// The mock's memory: invented people in every state, and the small helpers
// that keep a registration's steps, messages and certificate together.
import { createHash, randomBytes } from "node:crypto";

export const DAY = 86_400_000;
export const now = () => Date.now();
export const iso = (ms) => (ms === null ? null : new Date(ms).toISOString());
export const id = (prefix) => prefix + randomBytes(8).toString("hex");
export const hash = (text) => createHash("sha256").update(text).digest("hex");

export const state = {
  registrations: [],
  certificates: [],
  outbox: [],
  sessions: new Map(), // cookie -> { member, passkey }
  workspace: {
    id: "wsp_demo", name: "Atelier Demo", test: true, language: "en",
    features: { certificate_creation: true, qualified_levels: false, api: true },
  },
};

export const MEMBERS = [
  ["owner@demo.example", "Noor Haddad", "owner"],
  ["contributor@demo.example", "Camille Renaud", "contributor"],
  ["reader@demo.example", "Piet de Vries", "reader"],
  ["operator@demo.example", "Inês Duarte", "operator"],
  ["second@demo.example", "Tomáš Novák", "operator"],
  ["third@demo.example", "Leïla Ben Ali", "operator"],
  ["untrained@demo.example", "Anna Berg", "operator"],
  ["admin@demo.example", "Ruth Keller", "platform_admin"],
  ["off@demo.example", "Jonas Weber", "owner"],
].map(([email, name, role]) => ({
  object: "member", id: `mem_${email.split("@")[0]}`, email, name, role, keys: [],
  training_until: role === "operator" && !email.startsWith("untrained")
    ? iso(now() + 200 * DAY) : email.startsWith("untrained") ? iso(now() - 12 * DAY) : null,
  workspace: ["operator", "platform_admin"].includes(role) ? null : email.startsWith("off")
    ? { ...state.workspace, features: { certificate_creation: false } }
    : state.workspace,
  can: {
    see: ["owner", "contributor"].includes(role),
    create: ["owner", "contributor"].includes(role),
    revoke: role === "owner",
    review: role === "operator",
  },
}));

const STEPS = ["name", "email", "phone", "consent", "agreement", "document",
  "proof_of_life", "review", "confirm", "pin", "certificate"];
const SKIPPED = {
  lcp: ["proof_of_life", "review", "pin"], qcp: ["pin"], qcpnqscd: [],
};

export function newRegistration(fields) {
  const at = fields.at ?? now();
  const made = {
    object: "registration", id: id("reg_"), state: "created",
    level: fields.level ?? "lcp", email: fields.applicant,
    fullname: fields.fullname ?? null,
    fullname_type: fields.fullname ? fields.fullname_type ?? "suggestion" : null,
    phone_number: fields.phone_number ?? null,
    phone_number_type: fields.phone_number
      ? fields.phone_number_type ?? "suggestion" : null,
    language: fields.language ?? "en",
    created_at: iso(at), expires_at: iso(at + 7 * DAY), state_at: iso(at),
    requested_by: fields.by ?? "Noor Haddad",
    redirect_url: fields.redirect_url ?? null, metadata: null,
    workspace: "wsp_demo", certificate: null, token: randomBytes(18).toString("base64url"),
    steps: STEPS.map((name) => ({
      name, state: SKIPPED[fields.level ?? "lcp"].includes(name) ? "skipped" : "todo", at: null,
      attempts: 0, reasons: [],
    })),
    messages: [], history: [], document: null, code: null, reasons: [],
    attempts_left: 3,
  };
  state.registrations.unshift(made);
  return made;
}

export function step(registration, name, to, reasons = []) {
  const one = registration.steps.find((each) => each.name === name);
  one.state = to;
  one.at = to === "todo" ? null : iso(now());
  one.reasons = reasons;
}

export function move(registration, to, act, actor) {
  registration.state = to;
  registration.state_at = iso(now());
  registration.history.push({ at: iso(now()), actor, act, detail: null });
}

export function message(registration, kind, channel, to, text) {
  const at = iso(now());
  registration.messages.push({ kind, channel, created_at: at, sent_at: at, failed_at: null });
  state.outbox.unshift({ to, kind, at, text });
}

export function certify(registration, from = now()) {
  const serial = randomBytes(16).toString("hex");
  const certificate = {
    object: "certificate", id: id("crt_"), registration: registration.id,
    level: registration.level, fullname: registration.fullname,
    email: registration.email, phone_number: registration.phone_number,
    serial, issuer: "issuing-l", issuer_name: "Paraph TEST Issuing CA",
    not_before: iso(from), not_after: iso(from + 3 * 365 * DAY),
    fingerprint: hash(serial), status: "valid", revoked_at: null, reason: null,
    subject: {
      country: "FR", ...names(registration.fullname),
      common_name: registration.fullname,
      serial_number: randomBytes(8).toString("hex"),
    },
    created_at: iso(from),
  };
  state.certificates.unshift(certificate);
  registration.certificate = { id: certificate.id };
  return certificate;
}

export function names(fullname) {
  const words = (fullname ?? "").split(" ");
  return {
    surname: words.slice(-1)[0] ?? "", given_names: words.slice(0, -1).join(" "),
  };
}

// Puts a seeded registration as far along as its state says.
function advance(registration, to) {
  const reached = {
    created: 0, opened: 1, collecting: 5, checking: 6, action_required: 5,
    in_review: 6, approved: 6, issued: 9, declined: 0, refused: 5,
    cancelled: 2, expired: 1,
  }[to];
  registration.steps.filter((one) => one.state !== "skipped")
    .slice(0, reached).forEach((one, index) => {
      one.state = "done";
      one.at = iso(Date.parse(registration.created_at) + (index + 4) * 61_000);
    });
  registration.state = to;
  if (to === "in_review") step(registration, "review", "doing");
  if (to === "action_required") step(registration, "document", "doing", ["glare"]);
  if (to === "refused") step(registration, "document", "failed", ["expired"]);
  if (to === "issued") certify(registration, Date.parse(registration.created_at));
}

export function seed() {
  const people = [
    ["ines.almeida@example.org", "Inês Almeida", "+351912345678", "issued", 21],
    ["j.kowalski@example.org", "Jan Kowalski", "+48512345678", "expired", 17],
    ["hugo.lefevre@example.org", "Hugo Lefèvre", "+33612345678", "issued", 12],
    ["marta.rossi@example.org", "Marta Rossi", "+393331234567", "refused", 9],
    ["sven@example.org", null, null, "cancelled", 6],
    ["zoe@example.org", "Zoé Lindqvist", "+33698765431", "in_review", 3.2, "qcp"],
    ["amelie.dubois@example.org", "Amélie Dubois", "+33698765432", "in_review", 3],
    ["emil@example.org", "Emil Lindqvist", "+33698765433", "in_review", 2.5, "qcpnqscd", "flawed"],
    ["tomas.novak@example.org", "Tomáš Novák", "+420601234567", "action_required", 2],
    ["leila.benali@example.org", "Leïla Ben Ali", "+33711223344", "collecting", 1],
    ["peter.schmidt@example.org", "Peter Schmidt", "+4915112345678", "issued", 0.6],
    ["oscar@example.org", null, null, "created", 0.1],
  ];
  // CASES=20 for operators, a third of them forged
  for (let i = 0; i < Number(process.env.CASES ?? 0); i += 1) {
    people.push([`case${i}@example.org`, `Ana ${["Clean", "Still", "Forged"][i % 3]}`, `+336000000${i}`,
      "in_review", 2 - i / 100, ["qcp", "lcp", "qcpnqscd"][i % 3], i % 3 === 2 && "flawed"]);
  }
  for (const [applicant, fullname, phone_number, to, days, level, flaw] of people) {
    const made = newRegistration({
      applicant, fullname, phone_number, level, at: now() - days * DAY,
      by: days > 5 ? "Camille Renaud" : "Noor Haddad",
    });
    message(made, "invitation", "email", applicant, "");
    advance(made, to);
    if (to === "in_review") Object.assign(made, { why: level ? "level" : "doubt", flawed: Boolean(flaw) });
  }
  state.outbox = [];
}
