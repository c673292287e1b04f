// Recordings and the hand-over to a phone. A name ending in "Unseen" has its
// first recording of the face turned back; in "Flaky", the connection fails
// now and then while a recording is sent; in "Still", what was recorded is asked
// for again after the check; in "Brief", little is asked. The chain of chunks is checked as
// the server does it, so that the page's arithmetic is.
import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";
import * as s from "./state.mjs";
import { Refusal } from "./refusal.mjs";

const TAKE = 90_000;
const LOOKED_AT = 2500;
const SLOT = 20_000;
const DRAWN = ["turn_left", "turn_right", "look_up", "open_mouth", "come_closer"];
const LIGHTS = {
  light_amber: "#ffa53c", light_green: "#32d750", light_blue: "#507dff", light_violet: "#f555eb",
};
const takes = new Map();

export const hasLife = (one) => one.level !== "lcp";

function draw(one, part) {
  if (part === "document") {
    const all = ["show_front", "tilt_sideways", "tilt_lengthwise", "show_back"];
    return all.slice(0, one.document.sides.length === 2 ? 4 : 3);
  }
  const out = ["look_ahead"];
  const length = /Brief$/.test(one.fullname ?? "") ? 2 : 5;
  while (out.length < length) {
    const left = DRAWN.filter((name) => name !== out[out.length - 1]);
    out.push(left[randomInt(left.length)]);
  }
  const colours = Object.keys(LIGHTS);
  while (length > 2 && out.length < length + 4) {
    const left = colours.filter((name) => name !== out[out.length - 1]);
    out.push(left[randomInt(left.length)]);
  }
  return out;
}

function begin(one, body) {
  if (!["face", "document"].includes(body.part)) throw new Refusal(400, "invalid_request", "part");
  if (!/^video\/(webm|mp4)/.test(body.media_type)) throw new Refusal(415, "unsupported_media_type");
  for (const other of takes.values()) {
    if (other.one === one && other.part === body.part && other.state === "recording") other.state = "superseded";
  }
  const id = `tak_${randomBytes(16).toString("hex")}`;
  const take = {
    id, one, part: body.part, state: "recording", prompts: draw(one, body.part),
    asked: -1, at: s.now(), key: randomBytes(32),
    chain: createHash("sha256").update(id).digest("hex"), chunks: 0, size: 0, lost: 0,
    expires: s.now() + 2 * 60_000, hints: body.hints, type: body.media_type,
  };
  takes.set(id, take);
  return [201, {
    object: "take", id, part: take.part, state: take.state,
    key: take.key.toString("base64url"), chain: take.chain, next_chunk: 0,
    prompts_total: take.prompts.length, expires_at: s.iso(take.expires),
  }];
}

function prompt(take, body) {
  if (body.position !== take.asked && body.position !== take.asked + 1) {
    throw new Refusal(409, "wrong_state", "position");
  }
  if (body.position === 0 && take.asked < 0) take.expires = s.now() + TAKE;
  take.asked = body.position;
  const name = take.prompts[body.position];
  return [200, {
    object: "prompt", position: body.position, name, title: name.replace("_", " "),
    ...(LIGHTS[name] && { light: LIGHTS[name] }),
    hold_ms: LIGHTS[name] ? 950 : Number(process.env.HOLD ?? 1800), expires_at: s.iso(take.expires),
  }];
}

function chunk(take, number, mac, bytes) {
  if (/Flaky$/.test(take.one.fullname ?? "") && number % 3 === 1 && take.lost < number) {
    take.lost = number;
    throw new Refusal(503, "unavailable");
  }
  if (take.asked < 0) throw new Refusal(409, "wrong_state");
  if (s.now() > take.expires + 30_000) throw new Refusal(410, "expired");
  if (number > take.chunks) throw new Refusal(409, "conflict", "position", { next_chunk: take.chunks });
  if (number === take.chunks) {
    const place = Buffer.alloc(4);
    place.writeUInt32BE(number);
    const right = createHmac("sha256", take.key).update(Buffer.from(take.chain, "hex")).update(place)
      .update(createHash("sha256").update(bytes).digest()).digest("hex");
    if (mac !== right) throw new Refusal(400, "invalid_request", "mac");
    take.chain = right;
    take.chunks += 1;
    take.size += bytes.length;
  }
  return [200, { object: "take", id: take.id, state: take.state, next_chunk: take.chunks }];
}

function finish(take, body) {
  if (body.chunks !== take.chunks) throw new Refusal(409, "conflict", "chunks");
  if (body.mac !== take.chain) throw new Refusal(400, "invalid_request", "mac");
  const shown = String(body.shown).split(" ").map(Number);
  if (shown.length !== take.prompts.length || shown.some((one) => !Number.isInteger(one))) {
    throw new Refusal(400, "invalid_request", "shown");
  }
  take.state = "sent";
  take.ended = body.hints;
  const { one, part } = take;
  const unseen = part === "face" && /Unseen$/.test(one.fullname ?? "") && !one.unseen;
  one.unseen ||= unseen;
  one.life = { ...one.life, [part]: {
    at: s.now(), reasons: unseen ? ["face_not_seen", "recording_dark"] : [],
  } };
  return [200, { object: "take", id: take.id, state: take.state }];
}

// What was recorded last, for the tests of these pages.
export function recorded() {
  return [200, [...takes.values()].map(({ part, state, type, chunks, size, prompts, hints, ended, one }) =>
    ({ part, state, type, chunks, size, prompts, hints, ended, registration: one.id }))];
}

// A name ending in "Spent" has begun all of its recordings.
function takesLeft(one, part) {
  if (/Spent$/.test(one.fullname ?? "")) return 0;
  return 20 - [...takes.values()].filter((take) => take.one === one && take.part === part).length;
}

export function partsOf(one) {
  return ["face", "document"].map((part) => {
    const given = one.life?.[part];
    const looked = given && s.now() - given.at > LOOKED_AT;
    const state = !given ? "todo" : !looked ? "sent" : given.reasons.length ? "retake" : "read";
    return { part, state, reasons: looked ? given.reasons : [], takes_left: takesLeft(one, part) };
  });
}

export function takesOf(one, method, rest, url, body, bytes) {
  if (rest.length === 0) return begin(one, body);
  const take = takes.get(rest[0]);
  if (!take || take.one !== one) throw new Refusal(404, "not_found");
  if (method === "GET") return [200, { object: "take", id: take.id, state: take.state, next_chunk: take.chunks }];
  if (take.state !== "recording") throw new Refusal(409, "wrong_state");
  if (rest[1] === "prompt") return prompt(take, body);
  if (rest[1] === "finish") return finish(take, body);
  return chunk(take, Number(rest[2]), url.searchParams.get("mac"), bytes);
}

// hand-over

const tokenAt = (handover, slot) => createHmac("sha256", handover.secret).update(String(slot)).digest("base64url");
const slotNow = () => Math.floor(s.now() / SLOT);

export function handover(one, method, act, base) {
  if (act === "end") {
    if (one.handover) Object.assign(one.handover, { state: "ended", why: "ended" });
  } else if (method === "POST") {
    const choices = [];
    while (choices.length < 3) {
      const number = randomInt(10, 100);
      if (!choices.includes(number)) choices.push(number);
    }
    one.handover = {
      state: "open", secret: randomBytes(32), choices, number: choices[randomInt(3)],
      at: s.now(), ticket: null, why: "", phone: "",
    };
  }
  const now = one.handover;
  if (!now) throw new Refusal(404, "not_found");
  return [200, {
    object: "handover", state: now.state,
    url: now.state === "open" ? `${base}/r#h.${tokenAt(now, slotNow())}` : null,
    changes_at: s.iso((slotNow() + 1) * SLOT), expires_at: s.iso(now.at + 600_000),
  }];
}

export function offered(one) {
  const now = one.handover;
  return now ? {
    state: now.state, number: now.state === "asked" ? now.number : null,
    device: now.phone, why: now.why,
  } : null;
}

export function claim(body) {
  const one = s.state.registrations.find((each) => each.handover?.state === "open" &&
    [slotNow(), slotNow() - 1].some((slot) => tokenAt(each.handover, slot) === body.token));
  if (!one) throw new Refusal(410, "expired");
  Object.assign(one.handover, {
    state: "asked", ticket: randomBytes(18).toString("base64url"), phone: "Chrome, Android",
  });
  return [200, {
    object: "handover", ticket: one.handover.ticket, choices: one.handover.choices,
    workspace: { name: "Atelier Demo", test: true }, level: one.level,
    device: "Firefox, Linux", begun_at: s.iso(one.handover.at), expires_at: s.iso(s.now() + 120_000),
    language: one.language,
  }];
}

export function pick(body) {
  const one = s.state.registrations.find((each) => each.handover?.ticket === body.ticket);
  if (!one || one.handover.state !== "asked") throw new Refusal(410, "expired");
  if (body.number !== one.handover.number) {
    const declined = body.number === undefined;
    Object.assign(one.handover, { state: "ended", why: declined ? "declined" : "wrong_number" });
    if (declined) return null;
    throw new Refusal(403, "forbidden");
  }
  one.handover.state = "taken";
  return one;
}
