// Passkeys: enrolling one, proving it at sign-in, and signing an approval.
// The last two are the same act with another challenge: "paraph login:" and
// random octets at sign-in, the digest of what is approved at an approval. A
// sign-in never signs a digest, whoever asks for it. User verification is always
// demanded: whoever finds an unlocked computer cannot approve with it.
import { Failure } from "./api";
import { decode, encode } from "./base64url";
import type { AssertionWish, EnrolmentWish } from "./types";

const PATIENCE_MS = 120_000;

export function passkeysWork(): boolean {
  return typeof window.PublicKeyCredential === "function" && Boolean(navigator.credentials);
}

const key = (id: string): PublicKeyCredentialDescriptor =>
  ({ type: "public-key", id: decode(id) });

export function creationOptions(wish: EnrolmentWish): PublicKeyCredentialCreationOptions {
  return {
    challenge: decode(wish.challenge),
    rp: wish.rp,
    user: {
      id: decode(wish.user.id), name: wish.user.name, displayName: wish.user.display_name,
    },
    pubKeyCredParams: wish.algorithms.map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: wish.exclude.map(key),
    authenticatorSelection: { userVerification: "required", residentKey: "preferred" },
    attestation: "none",
    timeout: PATIENCE_MS,
  };
}

export function requestOptions(wish: AssertionWish): PublicKeyCredentialRequestOptions {
  return {
    challenge: decode(wish.challenge),
    rpId: wish.rp_id,
    allowCredentials: wish.allow.map(key),
    userVerification: "required",
    timeout: PATIENCE_MS,
  };
}

// Browsers say little on purpose; these are the cases somebody can act on.
function failureFrom(error: unknown): Failure {
  const name = error instanceof DOMException ? error.name : "";
  const code = {
    NotAllowedError: "passkey_cancelled", AbortError: "passkey_cancelled",
    InvalidStateError: "passkey_known", SecurityError: "passkey_address",
    NotSupportedError: "passkey_unsupported", RangeError: "passkey_unsupported",
  }[name] ?? "passkey_failed";
  return new Failure(code, "", 0);
}

async function ask<T>(work: () => Promise<Credential | null>): Promise<T> {
  if (!passkeysWork()) throw new Failure("passkey_unsupported", "", 0);
  try {
    const made = await work();
    if (made) return made as T;
  } catch (error) {
    throw failureFrom(error);
  }
  throw new Failure("passkey_failed", "", 0);
}

export async function enrol(
  wish: EnrolmentWish,
): Promise<{ client_data: string; attestation: string }> {
  const made = await ask<PublicKeyCredential>(() =>
    navigator.credentials.create({ publicKey: creationOptions(wish) }));
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    client_data: encode(response.clientDataJSON),
    attestation: encode(response.attestationObject),
  };
}

export interface Assertion {
  credential: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}

const SIGN_IN = new TextEncoder().encode("paraph login:");

export function isSignIn(challenge: Uint8Array): boolean {
  return challenge.length > 32 && SIGN_IN.every((octet, at) => challenge[at] === octet);
}

export async function signIn(wish: AssertionWish): Promise<Assertion> {
  if (!isSignIn(decode(wish.challenge))) throw new Failure("passkey_failed", "", 0);
  return assert(wish);
}

export async function assert(wish: AssertionWish): Promise<Assertion> {
  const made = await ask<PublicKeyCredential>(() =>
    navigator.credentials.get({ publicKey: requestOptions(wish) }));
  const response = made.response as AuthenticatorAssertionResponse;
  return {
    credential: encode(made.rawId),
    client_data: encode(response.clientDataJSON),
    authenticator_data: encode(response.authenticatorData),
    signature: encode(response.signature),
  };
}
