// The digest that an approval signs (docs/approval.md), made again from what
// is shown: what the operator reads is then what the passkey signs, or nothing
// is signed at all.
import type { Approval } from "../../shared/types";

const ENCODING = "paraph approval 4";

function number(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

// Milliseconds are more than 32 bits hold.
function time(value: number): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}

function bytesOfHex(hex: string): Uint8Array {
  return new Uint8Array((hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
}

export function encoded(approval: Approval): Uint8Array<ArrayBuffer> {
  const { subject } = approval;
  const text = (value: string) => new TextEncoder().encode(value);
  const fields = [
    ENCODING, approval.registration, approval.workspace, approval.requested_by ?? "",
    approval.level,
    approval.profile, subject.given_names, subject.surname, subject.common_name, subject.country,
    subject.person_serial,
  ].map(text);
  const ownKey = bytesOfHex(approval.own_key?.sha256 ?? "");
  const parts = [
    ...fields, bytesOfHex(approval.address), bytesOfHex(approval.evidence), ownKey,
    bytesOfHex(approval.withdrawal ?? ""), text(approval.decision),
  ].flatMap((part) => [number(part.length), part]);
  const all = [
    ...parts, number(approval.needed), number(approval.attempt), time(approval.made_at),
  ];
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export async function digestOf(approval: Approval): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", encoded(approval)));
}
