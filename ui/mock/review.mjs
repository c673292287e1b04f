// The operators' part of the mock: queue, lock, opinion, decision, figures.
import { createHash } from "node:crypto";
import { film } from "./film.mjs";
import { checkAssertion } from "./passkeys.mjs";
import { Refusal } from "./refusal.mjs";
import * as s from "./state.mjs";

const { state } = s;
const LOCK_SECONDS = 20 * 60;
const FRAUD = ["forged_document", "wrong_person", "not_live", "coerced"];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();

const FACE = ["look_ahead", "turn_left", "look_up", "turn_right", "come_closer"];
const SHOWN = ["show_front", "tilt_sideways", "tilt_lengthwise", "show_back"];
const asked = (names, times) => names.map((name, i) =>
  ({ name, title: name, asked_ms: times[i] + 90, shown_ms: times[i] }));

const waiting = () => state.registrations.filter((one) => one.state === "in_review");
const sidesOf = (one) => (qualified(one) ? ["front", "back"] : ["front"]);
const partsOf = (one) => (qualified(one) ? ["face", "document", "compared"] : []);
const qualified = (one) => one.level !== "lcp";
const mayTake = (one, who) =>
  (!one.lock || one.lock === who.id) && !(one.decided ?? []).includes(who.id);

function gate(who) {
  if (!who.can.review) throw new Refusal(403, "forbidden");
  if (!(Date.parse(who.training_until ?? 0) > s.now())) throw new Refusal(403, "training_needed");
  if (!who.passkey_session) throw new Refusal(403, "passkey_needed");
}

function line(one, who) {
  return {
    id: one.id, level: one.level, workspace: { name: "Atelier Demo", test: true },
    opened_at: one.state_at, why: one.why ?? "doubt", mine: one.lock === who.id,
    second: Boolean(one.second),
  };
}

function queue(who) {
  const rows = waiting().filter((one) => mayTake(one, who))
    .sort((a, b) => a.state_at.localeCompare(b.state_at));
  return [200, {
    object: "list", data: rows.map((one) => line(one, who)), has_more: false, next_cursor: null,
    waiting: rows.length, oldest_at: rows[0]?.state_at ?? null, lock_seconds: LOCK_SECONDS,
  }];
}

// The case after the one that is held, by the same order as next.
function ahead(who) {
  if (!waiting().some((one) => one.lock === who.id)) throw new Refusal(409, "wrong_state");
  const one = waiting().filter((each) => each.lock !== who.id && mayTake(each, who))
    .sort((a, b) => a.state_at.localeCompare(b.state_at))[0];
  return one ? [200, {
    object: "ahead", id: one.id, attempt: 1,
    pictures: sidesOf(one).map((side) => ({ side, still: `/v1/reviews/${one.id}/ahead/stills/${side}.jpg` })),
    films: partsOf(one).map((part) => ({ part, url: `/v1/reviews/${one.id}/ahead/films/${part}` })),
  }] : [204, null];
}

function next(who, wanted) {
  const mine = waiting().find((one) => one.lock === who.id);
  if (wanted && mine && mine.id !== wanted) throw new Refusal(409, "wrong_state");
  const one = mine ?? (wanted ? waiting().find((each) => each.id === wanted)
    : waiting().filter((each) => mayTake(each, who))
      .sort((a, b) => a.state_at.localeCompare(b.state_at))[0]);
  if (!one) return wanted ? refuse(404, "not_found") : [204, null];
  if (!mayTake(one, who)) throw new Refusal(409, "locked");
  if (wanted && !one.held?.includes(who.id)) throw new Refusal(403, "forbidden");
  one.lock = who.id;
  one.held = [...(one.held ?? []), who.id];
  return [200, shown(one)];
}

function refuse(status, code) {
  throw new Refusal(status, code);
}

function fields(one) {
  const { given_names, surname } = s.names(one.fullname);
  const wrong = one.flawed ? surname.slice(0, -1) + "z" : surname;
  const all = [
    ["name", one.fullname, null, null],
    ["surname", null, surname.toUpperCase(), fold(wrong)],
    ["given_names", null, `${given_names} Rose`, fold(`${given_names} Rose`)],
    ["number", null, "CK2185067", "CK2185067"],
    ["birth_date", null, "1988-09-23", one.flawed ? "1989-09-23" : "1988-09-23"],
    ["expiry", null, "2034-02-28", "2034-02-28"],
    ["sex", null, "F", one.flawed ? "M" : "F"],
    ["country", "UTO", null, "UTO"], ["nationality", null, "UTOPIAN", "UTO"],
    ["kind", qualified(one) ? "identity_card" : "passport", null, null],
  ];
  return all.map(([name, declared, printed, mrz]) => ({
    name, declared, printed, mrz, barcode: null,
    shown: qualified(one) && ["surname", "number", "expiry"].includes(name) ? printed : null,
  }));
}

const TITLES = {
  one_person: "One person is in the recording", faces_agree: "The face is the document's portrait",
  challenge_followed: "What was asked was done, in its order and time",
  not_flat: "The face is no flat picture", document_moves: "Features of the document change when tilted",
};

function verdict(name, verdict, value, threshold, more = {}) {
  return {
    name, title: TITLES[name] ?? name, strength: "strong", verdict, value, threshold, source: "front",
    side: "front", box: null, span: null, reason: null, explanation: null, ...more,
  };
}

function verdicts(one) {
  const rows = [
    verdict("quality", "pass", 0.21, 0.05), verdict("mrz_digits", "pass", 0, 0),
    verdict("not_expired", "pass", null, null),
    verdict("name_agrees", "warn", 0.82, 0.9, { explanation: "a second given name stands on the document" }),
    verdict("not_screen", "unsure", 3.1, 4, {
      explanation: "weak pattern near the lower edge", box: { x: 620, y: 430, width: 260, height: 150 },
    }),
  ];
  if (!qualified(one)) return rows;
  const film = (source, from_ms, to_ms) => ({ source, side: null, span: { from_ms, to_ms } });
  return [
    ...rows,
    verdict("one_person", "pass", 1, 1, film("face", 0, 12200)),
    verdict("challenge_followed", one.flawed ? "fail" : "pass", one.flawed ? 3 : 4, 4, {
      ...film("face", 5200, 7000), explanation: one.flawed ? "look_up was not seen" : null,
    }),
    verdict("not_flat", one.flawed ? "fail" : "pass", 0.4, 1.2, {
      ...film("face", 3100, 9200), box: { x: 190, y: 70, width: 260, height: 340 },
      explanation: one.flawed ? "the face moves as a flat picture does" : null,
    }),
    verdict("document_moves", "pass", 0.31, 0.1, film("document", 2800, 9000)),
    verdict("faces_agree", "unsure", null, null, {
      source: "compared", side: null, explanation: "no model installed",
    }),
  ];
}

function events(one) {
  const at = (name, from_ms, to_ms, source) => ({ name, from_ms, to_ms, source });
  return [
    at("turn_left", 3100, 4900, "face"),
    ...(one.flawed ? [] : [at("look_up", 5300, 6900, "face")]),
    at("turn_right", 7300, 9100, "face"), at("come_closer", 9500, 11200, "face"),
    at("show_front", 300, 2600, "document"), at("tilt_sideways", 2900, 5700, "document"),
    at("tilt_lengthwise", 6100, 8900, "document"), at("show_back", 9700, 12600, "document"),
  ];
}

function shown(one) {
  const at = `/v1/reviews/${one.id}`;
  const recorded = qualified(one);
  const machine = one.flawed ? "refuses" : "doubts";
  return {
    object: "review", ...line(one, { id: one.lock }), attempt: 1,
    locked_seconds: LOCK_SECONDS,
    second: { needed: Boolean(one.second), why: (one.opinion && one.second) ?? null },
    declared: { fullname: one.fullname, country: "UTO", kind: recorded ? "identity_card" : "passport" },
    document: {
      country: "UTO", kind: recorded ? "identity_card" : "passport",
      models: recorded ? [
        { model: "specimen", from: "2020-01-01", format: "TD1", qualified: true, layout: "card",
          source: "ICAO 9303 specimen country" },
        { model: "specimen 2x36", from: null, format: "TD2", qualified: false, layout: "card",
          source: "ICAO 9303 specimen country" },
      ] : [{ model: "specimen", from: "2020-01-01", format: "TD3", qualified: true, layout: "passport",
        source: "ICAO 9303 specimen country" }],
    },
    pictures: sidesOf(one)
      .map((side) => ({ side, still: `${at}/stills/${side}.jpg` })),
    films: partsOf(one).map((part) => ({ part, url: `${at}/films/${part}` })),
    challenge: recorded ? {
      face: asked(FACE, [0, 2800, 5000, 7000, 9300]), document: asked(SHOWN, [0, 2700, 5900, 9300]),
    } : null,
    fields: fields(one),
    earlier: one.flawed ? [{
      id: "reg_0a1b2c3d4e5f60718293a4b5c6d7e8f9", same: "person", state: "refused",
      created_at: one.created_at, can_open: true,
    }] : [],
    own_key: one.own_key ?? null,
    faces: qualified(one) ? [] : [
      { mark: "portrait", side: "front", box: { x: 60, y: 220, width: 260, height: 330 } },
    ],
    opinion: one.opinion ?? null,
    ...(one.opinion ? { findings: [], verdicts: verdicts(one), events: events(one), machine,
      remarks: one.level === "lcp" ? [] : [
        { part: "face", words: ["device_changed"], told: 4 }, { part: "document", words: [], told: 1 },
      ] } : {}),
  };
}

function opinion(one, body) {
  if (one.opinion) throw new Refusal(409, "wrong_state");
  const { document, face, liveness } = body;
  one.opinion = { document, face, liveness, at: s.iso(s.now()) };
  return [200, shown(one)];
}

function approval(one, who) {
  const { given_names, surname } = s.names(one.fullname);
  const subject = {
    given_names: `${given_names} Rose`, surname, common_name: `${given_names} Rose ${surname}`,
    country: "UT", person_serial: "7c1f9a20b4",
  };
  const profile = { lcp: "lcp", qcp: "qcp_n", qcpnqscd: "qcp_n_qscd" }[one.level];
  const all = {
    registration: one.id, workspace: "wsp_00000000000000000000000000", requested_by: null,
    address: s.hash(one.email ?? one.id), withdrawal: null, level: one.level, profile, subject, evidence: s.hash(one.id),
    own_key: one.own_key ?? null, decision: "approve", needed: one.second ? 2 : 1,
    attempt: one.attempt ?? 1, made_at: (one.approvalMadeAt ??= s.now()),
  };
  return {
    ...all, digest: digest(all).toString("base64url"), rp_id: "localhost",
    allow: who.keys.map((key) => key.id),
  };
}

// docs/approval.md
function digest({ registration, workspace, requested_by: requestedBy, address, withdrawal, level, profile, subject, evidence, own_key: key, decision, needed, attempt, made_at }) {
  const hash = createHash("sha256");
  const size = (value) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(value);
    return four;
  };
  for (const one of ["paraph approval 4", registration, workspace, requestedBy ?? "", level, profile, subject.given_names,
    subject.surname, subject.common_name, subject.country, subject.person_serial,
    Buffer.from(address, "hex"), Buffer.from(evidence, "hex"), Buffer.from(key?.sha256 ?? "", "hex"), Buffer.from(withdrawal ?? "", "hex"), decision]) {
    hash.update(size(Buffer.byteLength(one))).update(one);
  }
  const made = Buffer.alloc(8);
  made.writeBigUInt64BE(BigInt(made_at));
  return hash.update(size(needed)).update(size(attempt)).update(made).digest();
}

function mayApprove(one) {
  const contrary = Object.values(one.opinion ?? {}).includes("no");
  if (contrary || (qualified(one) && one.flawed)) throw new Refusal(400, "invalid_request", "decision");
}

function leave(one, who) {
  one.lock = null;
  one.opinion = null;
  one.decided = [...(one.decided ?? []), who.id];
}

function decide(one, body, who, request) {
  if (!one.opinion) throw new Refusal(409, "wrong_state");
  if (typeof body.keys !== "number") throw new Refusal(400, "invalid_request", "keys");
  const reasons = (body.reasons ?? "").split(" ").filter(Boolean);
  if (body.decision === "approve") {
    mayApprove(one);
    checkAssertion(who, body, approval(one, who).digest, request);
  }
  leave(one, who);
  const fraud = reasons.some((reason) => FRAUD.includes(reason));
  if (body.decision === "refuse" && fraud && one.second !== "fraud") {
    one.second = "fraud";
    return [200, { object: "review", id: one.id, state: one.state, outcome: "second_needed" }];
  }
  s.step(one, "review", body.decision === "redo" ? "todo" : "done");
  one.reasons = fraud ? ["not_verified"] : reasons;
  s.move(one, { approve: "approved", refuse: "refused", redo: "action_required" }[body.decision],
    body.decision, "operator");
  const outcome = { approve: "approved", refuse: "refused", redo: "redo" }[body.decision];
  return [200, { object: "review", id: one.id, state: one.state, outcome }];
}

function figures(who) {
  const rows = [
    ["mem_operator", "Inês Duarte", 31, 1, 4, 4, 2, 0, 0, 74],
    ["mem_second", "Tomáš Novák", 27, 9, 3, 4, 1, 1, 0, 96],
    ["mem_third", "Leïla Ben Ali", 12, 0, 1, 1, 0, 0, 0, 118],
  ].map(([id, name, decisions, left, same, of, caught, missed, falsely_refused, median_seconds]) => ({
    id, name, decisions, draws: { drawn: decisions + left, left }, agreement: { same, of }, median_seconds,
    planted: who.role === "platform_admin"
      ? {
        caught, missed, accepted: caught, falsely_refused, fraud_asked_again: 0, genuine_asked_again: 0,
        reason_named: caught, reason_of: caught,
      } : null,
  }));
  return [200, {
    queue: { waiting: waiting().length, stranded: who.role === "platform_admin" ? 1 : 0, oldest_seconds: 11_400, median_wait_seconds: 1560 },
    day: {
      decisions: 70, approvals: 52, refusals: 6, redos: 12, median_seconds: 82, median_keys: 11,
    },
    operators: who.role === "platform_admin" ? rows : rows.slice(0, 1),
  }];
}

function reference(wanted) {
  const passport = wanted.get("kind") === "passport";
  const model = { model: "current", from: passport ? null : "2021-08-02", qualified: true,
    format: passport ? "TD3" : "TD1", layout: passport ? "passport" : "card", source: "of the mock" };
  return [200, { object: "reference", models: [model] }];
}

const still = (one, name) => ["still", `${qualified(one) ? "demo_card_" : "demo_passport_"}${name}`];

function held(id, who) {
  const one = state.registrations.find((each) => each.id === id);
  if (!one || one.state !== "in_review") throw new Refusal(404, "not_found");
  if (one.lock !== who.id) throw new Refusal(409, "locked");
  return one;
}

function earlier(one, other, [what, name]) {
  if (what === "stills") return ["still", `demo_card_${name}`];
  if (what === "films") return ["film", film(name)];
  const at = `/v1/reviews/${one.id}/earlier/${other}`;
  return [200, {
    object: "earlier", id: other, level: "qcp", state: "refused", created_at: one.created_at,
    declared: { fullname: "Emma Lindqvist", country: "UTO", kind: "identity_card" },
    pictures: ["front", "back"].map((side) => ({ side, still: `${at}/stills/${side}.jpg` })),
    films: ["face", "document", "compared"].map((part) => ({ part, url: `${at}/films/${part}` })),
    fields: fields(one),
  }];
}

export function reviews(request, url, body, who) {
  if (!(who.role === "platform_admin" && url.pathname.endsWith("/figures"))) gate(who);
  const [, , , id, act, name, ...rest] = url.pathname.split("/");
  if (!id) return queue(who);
  if (id === "figures") return figures(who);
  if (id === "next") return next(who, body.id);
  if (id === "reference") return reference(url.searchParams);
  if (id === "ahead") return ahead(who);
  if (id === "cover") return [200, { object: "session", passkey_session: true }];
  if (act === "ahead") {
    return name === "films" ? ["film", film(rest[0])]
      : still(state.registrations.find((each) => each.id === id), rest[0]);
  }
  const one = held(id, who);
  switch (act) {
    case undefined: return [200, shown(one)];
    case "earlier": return earlier(one, name, rest);
    case "stills": return still(one, name);
    case "films": return ["film", film(name)];
    case "seen": return [200, { object: "review", id, locked_seconds: LOCK_SECONDS }];
    case "opinion": return opinion(one, body);
    case "approval":
      mayApprove(one);
      return [200, approval(one, who)];
    case "decision": return decide(one, body, who, request);
    case "release":
      one.lock = null;
      return [200, { object: "review", id }];
    default: throw new Refusal(404, "not_found");
  }
}
