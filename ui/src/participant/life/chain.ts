// The chain that binds a recording's chunks to one take: each carries an HMAC
// over the one before, its own number and its bytes. Nothing can then be left
// out, exchanged, or brought in from another take.
//   mac(n) = HMAC-SHA256(key, mac(n-1) || n as 32 bits || SHA-256(chunk))
// The server says where it begins; numbers are big-endian, macs go out as hex.

export type Bytes = Uint8Array<ArrayBuffer>;

export function bytesOfBase64url(text: string): Bytes {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

export function bytesOfHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
}

export interface Chain {
  // The next chunk's mac; chunks must be given in their order, one at a time.
  next(chunk: ArrayBuffer): Promise<string>;
}

export async function beginChain(key: string, first: string): Promise<Chain> {
  const secret = await crypto.subtle.importKey(
    "raw", bytesOfBase64url(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"],
  );
  let before = bytesOfHex(first);
  let number = 0;
  return {
    async next(chunk) {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", chunk));
      const message = new Uint8Array(before.length + 4 + digest.length);
      message.set(before);
      new DataView(message.buffer).setUint32(before.length, number);
      message.set(digest, before.length + 4);
      before = new Uint8Array(await crypto.subtle.sign("HMAC", secret, message));
      number += 1;
      return hexOf(before);
    },
  };
}
