// A request for a key of one's own, as a file or pasted. The server reads it;
// here is only what kind of file it is, and whether it can be one at all.
export const OWN_KEY_MAX = 8192;

export type OwnKey = "pkcs10" | "pem" | "private" | "other" | "too_large";

export function ownKeyOf(bytes: Uint8Array): OwnKey {
  if (bytes.length > OWN_KEY_MAX) return "too_large";
  if (bytes[0] === 0x30) return derOf(bytes);
  const text = new TextDecoder().decode(bytes);
  // the one thing that must not leave the person's machine
  if (text.includes("PRIVATE KEY-----")) return "private";
  return text.includes("CERTIFICATE REQUEST-----") ? "pem" : "other";
}

// A request begins with another SEQUENCE; private keys (PKCS#8, PKCS#1, SEC 1)
// with their version, an INTEGER. An encrypted one begins like a request.
function derOf(bytes: Uint8Array): OwnKey {
  const length = bytes[1] ?? 0;
  const first = bytes[length < 0x80 ? 2 : 2 + (length & 0x7f)];
  return first === 0x30 ? "pkcs10" : first === 0x02 ? "private" : "other";
}

export function mediaTypeOf(kind: OwnKey): string {
  return kind === "pkcs10" ? "application/pkcs10" : "application/x-pem-file";
}
