// Passkeys in the mock. It looks at what can be seen without a key: that the
// browser answered the challenge that was given, for this page, and that the
// person was verified. Signatures are not verified here.
import { createHash, randomBytes } from "node:crypto";
import { Refusal } from "./refusal.mjs";

const text = (purpose) =>
  Buffer.concat([Buffer.from(`paraph ${purpose}:`), randomBytes(24)]).toString("base64url");
export const ENROLMENT_CODE = "BCDF-GHJK-LMNP-QRST";
const open = new Map(); // challenge -> member id

export function passkeyBegin(member, purpose) {
  const challenge = text(purpose);
  open.set(challenge, member.id);
  return challenge;
}

function take(challenge, member) {
  if (open.get(challenge) !== member.id) throw new Refusal(400, "invalid_request", "challenge");
  open.delete(challenge);
}

function said(body, type, challenge, request) {
  const data = JSON.parse(Buffer.from(body.client_data, "base64url").toString());
  const right = data.type === type && data.challenge === challenge &&
    data.origin === `http://${request.headers.host}`;
  if (!right) throw new Refusal(400, "invalid_request", "client_data");
}

// The first one of an operator takes a code that an administrator made.
export function requireCode(member, body) {
  if (member.keys.length > 0 || !member.can.review) return;
  if (body?.code !== ENROLMENT_CODE) throw new Refusal(403, "enrolment_code");
}

export function enrolPasskey(member, body, request) {
  take(body.challenge, member);
  said(body, "webauthn.create", body.challenge, request);
  const attestation = Buffer.from(body.attestation, "base64url");
  // authData's credential id: after rp hash, flags, counter, aaguid
  const at = attestation.indexOf(createHash("sha256").update("localhost").digest());
  if (at < 0) throw new Refusal(400, "invalid_request", "attestation");
  const size = attestation.readUInt16BE(at + 53);
  const id = attestation.subarray(at + 55, at + 55 + size).toString("base64url");
  const one = {
    id, name: body.name, used_at: null, created_at: new Date().toISOString(),
    fingerprint: createHash("sha256").update(attestation).digest("hex"),
  };
  member.keys.push(one);
  return one;
}

export function checkAssertion(member, body, challenge, request) {
  said(body, "webauthn.get", challenge, request);
  const data = Buffer.from(body.authenticator_data, "base64url");
  const rp = createHash("sha256").update("localhost").digest();
  const verified = (data[32] & 5) === 5;
  const known = member.keys.find((one) => one.id === body.credential);
  if (!known || !verified || !data.subarray(0, 32).equals(rp) || !body.signature) {
    throw new Refusal(403, "forbidden");
  }
  known.used_at = new Date().toISOString();
}

export function signIn(member, body, request) {
  take(body.challenge, member);
  checkAssertion(member, body, body.challenge, request);
}
