// The members' and operators' half of the API.
import { randomBytes } from "node:crypto";
import * as passkeys from "./passkeys.mjs";
import { Refusal } from "./refusal.mjs";
import { reviews } from "./review.mjs";
import * as s from "./state.mjs";

const { state } = s;

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

const cookieOf = (request) => /paraph_session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];

function sessionOf(request) {
  const session = state.sessions.get(cookieOf(request));
  if (!session) throw new Refusal(401, "unauthorized");
  return session;
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
  const session = { member, passkey: false };
  state.sessions.set(cookie, session);
  answer.setHeader("Set-Cookie", `paraph_session=${cookie}; Path=/; HttpOnly; SameSite=Strict`);
  return [200, me(session)];
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

// A session knows how it was proven; the member is the same in all of them.
function me(session) {
  const { keys, ...rest } = session.member;
  const cover = rest.can.review ? { cover: { minutes: 5, opens: "key" } } : {};
  return { ...rest, passkeys: keys.length, passkey_session: session.passkey, ...cover };
}

function ownKeys(request, url, body, session) {
  const { member: who } = session;
  const [, , , , id, act] = url.pathname.split("/");
  if (request.method === "GET") return [200, list(who.keys)];
  if (id === "begin") {
    passkeys.requireCode(who, body);
    return [200, {
      challenge: passkeys.passkeyBegin(who, "enrol"), rp: { id: "localhost", name: "Paraph" },
      user: { id: Buffer.from(who.id).toString("base64url"), name: who.email, display_name: who.name },
      exclude: who.keys.map((one) => one.id), algorithms: [-7, -257],
    }];
  }
  if (act === "remove") {
    who.keys = who.keys.filter((one) => one.id !== id);
    return [200, {}];
  }
  passkeys.requireCode(who, body);
  return [200, passkeys.enrolPasskey(who, body, request)];
}

function proveKey(url, request, body, session) {
  const { member: who } = session;
  if (url.pathname.endsWith("/begin")) {
    return [200, {
      challenge: passkeys.passkeyBegin(who, "login"), rp_id: "localhost", allow: who.keys.map((one) => one.id),
    }];
  }
  passkeys.signIn(who, body, request);
  session.passkey = true;
  return [200, me(session)];
}

export async function member(request, url, body, answer) {
  const base = `http://${request.headers.host}`;
  const key = `${request.method} ${url.pathname}`;
  if (key === "POST /v1/login") return login(request, body, answer);
  if (key === "POST /v1/logout") {
    state.sessions.delete(cookieOf(request));
    return [200, {}];
  }
  const session = sessionOf(request);
  const who = session.member;
  if (key === "GET /v1/me") return [200, me(session)];
  if (url.pathname.startsWith("/v1/me/passkeys")) return ownKeys(request, url, body, session);
  if (url.pathname.startsWith("/v1/login/passkey")) return proveKey(url, request, body, session);
  if (url.pathname.startsWith("/v1/reviews")) {
    return reviews(request, url, body, { ...who, passkey_session: session.passkey });
  }
  if (key === "GET /v1/registrations") return registrations(url.searchParams, base);
  if (key === "POST /v1/registrations") return create(who, body, base);
  if (key === "GET /v1/certificates") return certificates(url.searchParams);
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
  throw new Refusal(404, "not_found");
}
