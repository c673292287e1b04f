// The members' and operators' half of the API.
import { randomBytes } from "node:crypto";
import * as s from "./state.mjs";

const { state } = s;

export class Refusal extends Error {
  constructor(status, code, field = null, more = {}) {
    super(code);
    Object.assign(this, { status, code, field, more });
  }
}

const fold = (text) =>
  (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const list = (data, more = false) => ({
  object: "list", data, has_more: more, next_cursor: more ? "more" : null,
});

function shown(one, base) {
  const counted = one.steps.filter((each) => each.state !== "skipped");
  const { token, code, document, reasons, attempts_left, messages, history, ...rest } = one;
  void code; void document; void reasons; void attempts_left; void messages; void history;
  return {
    ...rest, url: `${base}/r#${token}`,
    progress: {
      done: counted.filter((each) => each.state === "done").length,
      total: counted.length,
    },
  };
}

function memberOf(request) {
  const cookie = /paraph_session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
  const member = state.sessions.get(cookie);
  if (!member) throw new Refusal(401, "unauthorized");
  return member;
}

function find(rows, id) {
  const found = rows.find((one) => one.id === id);
  if (!found) throw new Refusal(404, "not_found");
  return found;
}

function login(request, body, answer) {
  const member = s.MEMBERS.find((one) => one.email === body.email);
  if (!member || body.password !== "demo") throw new Refusal(401, "unauthorized");
  const cookie = randomBytes(12).toString("hex");
  state.sessions.set(cookie, member);
  answer.setHeader("Set-Cookie", `paraph_session=${cookie}; Path=/; HttpOnly; SameSite=Strict`);
  return [200, member];
}

function create(member, body, base) {
  if (!/.@.+\../.test(body.applicant ?? "")) throw new Refusal(400, "invalid_request", "applicant");
  const same = (one) => one.email === body.applicant.toLowerCase() && one.level === body.level;
  if (state.certificates.some((one) => same(one) && one.status === "valid")) {
    throw new Refusal(409, "certificate_exists");
  }
  const open = state.registrations.find((one) => same(one) &&
    !["issued", "declined", "refused", "cancelled", "expired"].includes(one.state));
  if (open) throw new Refusal(409, "registration_pending", null, { registration: open.id });
  const made = s.newRegistration({
    ...body, applicant: body.applicant.toLowerCase(), by: member.name,
  });
  s.message(made, "invitation", "email", made.email,
    `Hello, Atelier Demo asks you to get a certificate: ${base}/r#${made.token}`);
  return [201, shown(made, base)];
}

function registrations(query, base) {
  const after = Date.parse(query.get("created_after") ?? "") || s.now() - 30 * s.DAY;
  const before = Date.parse(query.get("created_before") ?? "") || Infinity;
  const wanted = fold(query.get("query"));
  const rows = state.registrations.filter((one) =>
    (!query.get("state") || one.state === query.get("state")) &&
    (!query.get("level") || one.level === query.get("level")) &&
    Date.parse(one.created_at) >= after && Date.parse(one.created_at) < before &&
    (!wanted || [one.email, one.fullname, one.phone_number].some((each) => fold(each).includes(wanted))));
  const key = { name: "fullname" }[query.get("sort")] ?? query.get("sort") ?? "created_at";
  const sign = query.get("order") === "asc" ? 1 : -1;
  rows.sort((a, b) => sign * fold(a[key]).localeCompare(fold(b[key])));
  return [200, list(rows.map((one) => shown(one, base)))];
}

function certificates(query) {
  const wanted = fold(query.get("query"));
  return [200, list(state.certificates.filter((one) =>
    (!query.get("status") || one.status === query.get("status")) &&
    (!query.get("level") || one.level === query.get("level")) &&
    (!query.get("serial") || one.serial.includes(query.get("serial"))) &&
    (!wanted || [one.email, one.fullname, one.phone_number].some((each) => fold(each).includes(wanted)))))];
}

function review(one) {
  const { given_names, surname } = s.names(one.fullname);
  return {
    object: "review", id: one.id, level: one.level, why: "doubt",
    opened_at: one.state_at, workspace: { name: "Atelier Demo", test: true },
    declared: { fullname: one.fullname, country: "FRA", kind: "passport" },
    pictures: [{ side: "front", still: `/v1/reviews/${one.id}/stills/front.jpg` }],
    findings: [],
    fields: [
      { name: "surname", declared: surname, printed: surname.toUpperCase(), mrz: s.names(fold(one.fullname)).surname.toUpperCase() },
      { name: "given_names", declared: given_names, printed: `${given_names} Rose`, mrz: fold(`${given_names} Rose`).toUpperCase() },
      { name: "birth_date", declared: null, printed: "1988-04-12", mrz: "1988-04-12" },
      { name: "number", declared: null, printed: "19AB12345", mrz: "19AB12345" },
      { name: "expiry", declared: null, printed: "2031-09-30", mrz: "2031-09-30" },
    ],
    verdicts: [
      ["quality", "pass", 0.21, 0.05, null],
      ["mrz_digits", "pass", 0, 0, "all check digits agree"],
      ["not_expired", "pass", null, null, null],
      ["name_agrees", "warn", 0.82, 0.9, "a second given name stands on the document"],
      ["not_screen", "unsure", 3.1, 4, "weak pattern near the lower edge"],
      ["seen_before", "warn", 1, 0, "under other e-mails: the same document 0 times, person 1, picture 0"],
    ].map(([name, verdict, value, threshold, explanation]) => ({
      name, title: name, verdict, value, threshold, side: "front",
      box: name === "not_screen" ? { x: 120, y: 500, width: 700, height: 160 } : null,
      reason: null, explanation,
    })),
    earlier: [{
      id: "reg_0a1b2c3d4e5f60718293a4b5c6d7e8f9", same: "person",
      state: "refused", created_at: one.created_at,
    }],
  };
}

function decide(one, body) {
  s.step(one, "review", body.decision === "redo" ? "todo" : "done");
  const to = { approve: "approved", refuse: "refused", redo: "action_required" }[body.decision];
  one.reasons = body.reasons ?? [];
  s.move(one, to, body.decision, "operator");
  return [200, { object: "review", id: one.id, decided: true }];
}

export async function member(request, url, body, answer) {
  const base = `http://${request.headers.host}`;
  const key = `${request.method} ${url.pathname}`;
  if (key === "POST /v1/login") return login(request, body, answer);
  if (key === "POST /v1/logout") return [200, {}];
  const who = memberOf(request);
  if (key === "GET /v1/me") return [200, who];
  if (key === "GET /v1/registrations") return registrations(url.searchParams, base);
  if (key === "POST /v1/registrations") return create(who, body, base);
  if (key === "GET /v1/certificates") return certificates(url.searchParams);
  if (key === "GET /v1/reviews") {
    return [200, list(state.registrations.filter((one) => one.state === "in_review").map(review))];
  }
  const [, , section, id, act] = url.pathname.split("/");
  if (section === "registrations") {
    const one = find(state.registrations, id);
    if (act === "cancel") s.move(one, "cancelled", "cancel", "workspace");
    if (act === "remind") s.message(one, "reminder", "email", one.email, `${base}/r#${one.token}`);
    return [200, { ...shown(one, base), messages: one.messages, history: one.history }];
  }
  if (section === "certificates") {
    const one = find(state.certificates, id);
    if (act === "revoke") {
      Object.assign(one, { status: "revoked", reason: body.reason, revoked_at: s.iso(s.now()) });
    }
    return [200, one];
  }
  if (section === "reviews") {
    const one = find(state.registrations, id);
    if (act === "stills") return ["still"];
    return act === "decision" ? decide(one, body) : [200, review(one)];
  }
  throw new Refusal(404, "not_found");
}
