// The participant's half. Names steer it, so that every screen can be seen:
// "... Again" is asked once for another picture, "... Refused" is refused,
// "... Review" goes to an operator; any picture is "read" after a second.
import { randomInt } from "node:crypto";
import * as s from "./state.mjs";
import { claim, handover, hasLife, offered, partsOf, pick, takesOf } from "./life.mjs";
import { Refusal } from "./refusal.mjs";

const { state } = s;
const CONSENT = {
  title: "Your consent to the reading of your document",
  paragraphs: [
    "To give you a certificate, Atelier Demo asks Paraph to read the pictures of your identity document: your names, birth date, nationality, the document’s number and dates, and its photo.",
    "They serve this purpose alone: making sure that the certificate is given to you and nobody else.",
    "They are kept, encrypted, until 7 years after the certificate ends; if no certificate is made, for 30 days.",
  ],
};
const CONSENT_LIFE = {
  title: "Your consent to the check of your document and your face",
  paragraphs: [
    ...CONSENT.paragraphs.slice(0, 2),
    "Your face. Two short recordings without sound are made: of your face, and of the document in your hand. A program measures your face and compares it with the portrait on the document. These are biometric data; they serve to make sure that you are the person on the document, and present.",
    "The recordings are kept, encrypted, until 7 years after the certificate ends; if no certificate is made, for 30 days. Measurements of the face are deleted with the decision.",
  ],
};
CONSENT_LIFE.sha256 = s.hash(CONSENT_LIFE.paragraphs.join("\n"));
CONSENT.sha256 = s.hash(CONSENT.paragraphs.join("\n"));
const TERMS = {
  object: "agreement", title: "Certificate terms", language: "en",
  paragraphs: Array.from({ length: 9 }, (_, i) =>
    `${i + 1}. The holder keeps the means of signing under their own control, gives true information, and asks for the certificate to be revoked at once when any of it is no longer true or the means of signing may be in other hands.`),
};
TERMS.sha256 = s.hash(TERMS.paragraphs.join("\n"));

const LEVELS = [
  ["AUT", "Austria"], ["BEL", "Belgium"], ["BGR", "Bulgaria"], ["HRV", "Croatia"],
  ["CYP", "Cyprus"], ["CZE", "Czechia"], ["DNK", "Denmark"], ["EST", "Estonia"],
  ["FIN", "Finland"], ["FRA", "France"], ["DEU", "Germany"], ["GRC", "Greece"],
  ["HUN", "Hungary"], ["ISL", "Iceland"], ["IRL", "Ireland"], ["ITA", "Italy"],
  ["LVA", "Latvia"], ["LTU", "Lithuania"], ["LUX", "Luxembourg"], ["MLT", "Malta"],
  ["NLD", "Netherlands"], ["POL", "Poland"], ["PRT", "Portugal"], ["ROU", "Romania"],
  ["ESP", "Spain"], ["SWE", "Sweden"], ["CHE", "Switzerland"], ["UTO", "Utopia (specimen)"],
];
const KINDS = { passport: "Passport", identity_card: "Identity card" };

export function accepted() {
  const data = LEVELS.flatMap(([country, country_name]) =>
    Object.entries(KINDS).map(([kind, kind_name]) => ({
      country, country_name, kind, kind_name, model: "current",
      sides: kind === "passport" ? 1 : 2, note: null,
      valid_from: kind === "passport" ? "" : "2021-08-02",
    })));
  return [200, { object: "list", data, has_more: false, next_cursor: null }];
}

function nextOf(one) {
  const named = one.steps.find((each) => each.name === "name");
  if (one.state === "action_required" && named.state === "doing") return "name_again";
  const life = one.steps.find((each) => each.name === "proof_of_life");
  if (one.state === "action_required" && life.state === "doing") return "proof_of_life";
  const waiting = {
    checking: "waiting", action_required: "ask_again", in_review: "in_review",
    approved: one.issuing ? "issuing" : one.confirmed ? "pin" : "confirm", issued: "done",
    declined: "declined", refused: "refused", cancelled: "cancelled", expired: "expired",
  }[one.state];
  if (waiting) return waiting;
  return one.steps.find((each) => each.state === "todo" || each.state === "doing").name;
}

function pictures(one) {
  return one.document.sides.map((side) => {
    const given = one.document.given[side];
    const read = given && s.now() - given.at > 1000;
    return {
      side, reasons: given?.reasons ?? [],
      state: !given ? "missing" : given.reasons.length ? "retake" : read ? "read" : "received",
    };
  });
}

// What the clerk and the signer would do meanwhile.
function settle(one) {
  const since = s.now() - Date.parse(one.state_at);
  if (one.state === "checking" && since > 2500) check(one);
  if (one.state === "approved" && one.issuing && since > 2000) {
    s.certify(one);
    s.step(one, "certificate", "done");
    s.move(one, "issued", "issue", "signer");
    s.message(one, "issued", "email", one.email, "Your certificate is ready.");
  }
}

function check(one) {
  const wish = /(Again|Mistyped|Refused|Review|Still)$/.exec(one.fullname)?.[1];
  if (wish === "Again" && one.attempts_left === 3) {
    one.attempts_left = 2;
    one.reasons = ["glare"];
    Object.values(one.document.given).forEach((given) => { given.reasons = ["glare"]; });
    s.step(one, "document", "doing", ["glare"]);
    s.move(one, "action_required", "retake", "clerk");
  } else if (wish === "Still" && one.attempts_left === 3) {
    one.attempts_left = 2;
    one.reasons = ["instructions_not_followed"];
    one.life = null;
    s.step(one, "proof_of_life", "doing", one.reasons);
    one.steps.find((each) => each.name === "proof_of_life").attempts = 1;
    s.move(one, "action_required", "retake", "clerk");
  } else if (wish === "Mistyped") {
    one.attempts_left = 2;
    one.reasons = ["name_differs"];
    s.step(one, "name", "doing", ["name_differs"]);
    s.move(one, "action_required", "retake", "clerk");
  } else if (wish === "Refused") {
    one.reasons = ["expired"];
    s.step(one, "document", "failed", ["expired"]);
    s.move(one, "refused", "refuse", "clerk");
  } else if (wish === "Review") {
    s.step(one, "review", "doing");
    s.move(one, "in_review", "review", "clerk");
  } else {
    s.move(one, "approved", "approve", "clerk");
  }
}

function mask(email) {
  const [name, host] = email.split("@");
  return `${name[0]}•••@${host}`;
}

// At these levels the pictures are a step of their own.
function afterPictures(one) {
  const named = one.steps.find((each) => each.name === "document");
  if (hasLife(one) && one.document && named.state !== "done" &&
    pictures(one).every((each) => each.state === "read")) s.step(one, "document", "done");
}

function session(one) {
  settle(one);
  afterPictures(one);
  const certificate = state.certificates.find((each) => each.registration === one.id);
  return {
    object: "session", id: one.id, state: one.state, level: one.level,
    language: one.language, languages: ["en", "fr"],
    workspace: { name: "Atelier Demo", contact: "help@demo.example", test: true },
    email_masked: mask(one.email), fullname: one.fullname, fullname_type: one.fullname_type,
    phone_number: one.phone_number_type === "prerequisite" ? null : one.phone_number,
    phone_number_type: one.phone_number_type,
    phone_masked: one.phone_number ? `••••••${one.phone_number.slice(-2)}` : null,
    expires_at: one.expires_at, kept: { issued_days: 2557, abandoned_days: 30 },
    next: nextOf(one), steps: one.steps, reasons: one.reasons,
    consent: hasLife(one) ? CONSENT_LIFE : CONSENT,
    proof_of_life: hasLife(one) ? { parts: partsOf(one), kept_days: 2557, abandoned_days: 30 } : null,
    handover: offered(one),
    code: one.code && {
      channel: one.code.channel, sent_at: s.iso(one.code.at),
      resend_at: s.iso(one.code.at + 30_000), expires_at: s.iso(one.code.at + 300_000),
      tries_left: one.code.tries,
    },
    document: one.document && {
      country: one.document.country, kind: one.document.kind, sides: one.document.sides,
      pictures: pictures(one), attempts_left: one.attempts_left,
    },
    can_ask_a_person: one.state === "refused",
    data: ["approved", "issued"].includes(one.state)
      ? { ...s.names(one.fullname), nationality: "UTO", common_name: one.fullname } : null,
    own_key_open: one.level === "lcp" ? nextOf(one) === "confirm"
      : one.level === "qcp" && ["collecting", "action_required", "in_review"].includes(one.state),
    own_key: one.own_key ?? null,
    certificate: certificate ? {
      serial: certificate.serial, not_before: certificate.not_before,
      not_after: certificate.not_after, fingerprint: certificate.fingerprint,
      revoked_at: certificate.revoked_at ?? null,
      revocation_code: "QWKJ7HT4MB2R",
    } : null,
    redirect_url: one.redirect_url,
  };
}

function sendCode(one, channel, to) {
  const digits = String(randomInt(0, 1e6)).padStart(6, "0");
  one.code = { channel, digits, at: s.now(), tries: 5 };
  s.message(one, "code", channel === "phone" ? "sms" : "email", to, `Your code is ${digits}`);
}

function checkCode(one, channel, digits) {
  if (one.code?.digits !== digits) {
    one.code.tries -= 1;
    throw new Refusal(400, "invalid_request", "code");
  }
  one.code = null;
  s.step(one, channel, "done");
}

const ACTS = {
  name(one, body) {
    if (body.accept === false || body.accept === "false") {
      s.step(one, "name", "failed");
      return s.move(one, "declined", "refuse_name", "participant");
    }
    one.fullname = body.fullname ?? one.fullname;
    s.step(one, "name", "done");
    s.step(one, "email", "done");
    if (one.state === "action_required") s.move(one, "checking", "complete", "participant");
    return undefined;
  },
  "email-code": (one) => sendCode(one, "email", one.email),
  "email-code/check": (one, body) => checkCode(one, "email", body.code),
  "phone-code"(one, body) {
    one.phone_number = body.phone_number ?? one.phone_number;
    sendCode(one, "phone", one.phone_number);
  },
  "phone-code/check": (one, body) => checkCode(one, "phone", body.code),
  consent: (one) => s.step(one, "consent", "done"),
  agreement(one) {
    s.step(one, "agreement", "done");
    s.move(one, "collecting", "identify", "participant");
  },
  document(one, body) {
    const sides = body.kind === "passport" ? ["front"] : ["front", "back"];
    one.document = { country: body.country, kind: body.kind, sides, given: {} };
  },
  complete(one) {
    s.step(one, "document", "done");
    if (hasLife(one)) s.step(one, "proof_of_life", "done");
    s.move(one, "checking", "complete", "participant");
  },
  confirm(one, body) {
    if (!body.correct) return s.move(one, "in_review", "contest", "participant");
    s.step(one, "confirm", "done");
    one.state_at = s.iso(s.now());
    one.confirmed = true;
    one.issuing = one.level !== "qcpnqscd";
    return undefined;
  },
  pin(one, body) {
    if (!/^\d{6,12}$/.test(body.pin) || body.pin.includes("120488")) {
      throw new Refusal(400, "invalid_request", "pin");
    }
    s.step(one, "pin", "done");
    one.state_at = s.iso(s.now());
    one.issuing = true;
  },
  "pin/code": (one) => sendCode(one, "pin", one.email),
  "ask-a-person": (one) => s.move(one, "in_review", "ask_a_person", "participant"),
  language(one, body) { one.language = body.language; },
};

function picture(one, side, bytes) {
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!jpeg && bytes[0] !== 0x89) throw new Refusal(415, "unsupported_media_type");
  const first = !one.document.tried?.[side] && /Blurred$/.test(one.fullname);
  one.document.tried = { ...one.document.tried, [side]: true };
  one.document.given[side] = { at: s.now(), reasons: first ? ["blurred", "too_small"] : [] };
}

function letIn(one, answer) {
  answer.setHeader("Set-Cookie", `paraph_participant=${one.token}; Path=/v1/session/${one.id}; HttpOnly; SameSite=Strict`);
  return [200, session(one)];
}

export async function participant(request, url, body, bytes, answer) {
  if (url.pathname === "/v1/handover") return claim(body);
  if (url.pathname === "/v1/handover/pick") {
    const one = pick(body);
    return one ? letIn(one, answer) : [200, { object: "handover", state: "ended" }];
  }
  if (url.pathname === "/v1/session") {
    const one = state.registrations.find((each) => each.token === body.token);
    if (!one) throw new Refusal(404, "not_found");
    if (one.state === "created") s.move(one, "opened", "open_link", "participant");
    return letIn(one, answer);
  }
  const [, , , id, ...rest] = url.pathname.split("/");
  const one = state.registrations.find((each) => each.id === id);
  if (!one || !(request.headers.cookie ?? "").includes(one.token)) {
    throw new Refusal(401, "unauthorized");
  }
  const act = rest.join("/");
  if (request.method === "GET" && act === "") return [200, session(one)];
  if (request.method === "GET" && act === "agreement") return [200, TERMS];
  if (request.method === "GET" && /\.(pem|cer)$/.test(act)) return ["pem"];
  if (rest[0] === "takes") return takesOf(one, request.method, rest.slice(1), url, body, bytes);
  if (rest[0] === "handover") {
    return handover(one, request.method, rest[1], `http://${request.headers.host}`);
  }
  if (act === "key" || act === "key/remove") {
    one.own_key = act === "key" ? { algorithm: "P-256", sha256: s.hash(bytes) } : null;
    return [200, session(one)];
  }
  if (rest[0] === "document" && rest[1]) {
    picture(one, rest[1], bytes);
    const now = session(one);
    return [now.document.pictures.some((each) => each.state === "received") ? 202 : 200, now];
  }
  if (!ACTS[act]) throw new Refusal(404, "not_found");
  ACTS[act](one, body);
  return [200, session(one)];
}
