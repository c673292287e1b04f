// A key of one's own: what is sent, and what must not be.
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";

const { mediaTypeOf, OWN_KEY_MAX, ownKeyOf } =
  await import(join(process.env.MODULES, "participant/own-key.mjs"));
const bytes = (text) => new TextEncoder().encode(text);
const pem = (label) => bytes(`-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`);

test("a request is sent as what it is", () => {
  assert.equal(ownKeyOf(new Uint8Array([0x30, 0x82, 1, 0, 0x30])), "pkcs10");
  assert.equal(ownKeyOf(pem("CERTIFICATE REQUEST")), "pem");
  assert.equal(ownKeyOf(pem("NEW CERTIFICATE REQUEST")), "pem");
  assert.equal(mediaTypeOf("pkcs10"), "application/pkcs10");
  assert.equal(mediaTypeOf("pem"), "application/x-pem-file");
});

test("a private key is known and stays here, whatever stands beside it", () => {
  for (const label of ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]) {
    assert.equal(ownKeyOf(pem(label)), "private");
  }
  assert.equal(ownKeyOf(new Uint8Array([0x30, 0x81, 0x87, 0x02, 1, 0])), "private");
  assert.equal(ownKeyOf(new Uint8Array([0x30, 0x2e, 0x02, 1, 0])), "private");
  const both = new Uint8Array([...pem("CERTIFICATE REQUEST"), ...pem("RSA PRIVATE KEY")]);
  assert.equal(ownKeyOf(both), "private");
});

test("what is no request is not sent", () => {
  assert.equal(ownKeyOf(bytes("")), "other");
  assert.equal(ownKeyOf(bytes("hello")), "other");
  assert.equal(ownKeyOf(pem("CERTIFICATE")), "other");
  assert.equal(ownKeyOf(new Uint8Array(OWN_KEY_MAX + 1)), "too_large");
});
