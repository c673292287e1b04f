"""A passkey in software, for tests: registers and signs as a browser with an
authenticator does (WebAuthn Level 2). Keys and signatures are openssl's.

    key = Passkey(base_url)
    key.register(challenge)   ->  client_data, attestation
    key.sign(challenge)       ->  credential, client_data, authenticator_data,
                                  signature
"""
import base64
import hashlib
import json
import os
import subprocess
import urllib.parse

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text_of(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def head(kind, number):
    """The head of a CBOR item in its shortest form."""
    if number < 24:
        return bytes([kind << 5 | number])
    size = 1 if number < 0x100 else 2 if number < 0x10000 else 4
    return bytes([kind << 5 | {1: 24, 2: 25, 4: 26}[size]]) + number.to_bytes(size, "big")


def cbor(value):
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())


def openssl(*args, data=None):
    return subprocess.run(["openssl", *args], input=data, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


class Passkey:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.rp_id, self.origin = parts.hostname, "%s://%s" % (parts.scheme, parts.netloc)
        self.id, self.counter = os.urandom(20), 0
        self.pem = openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
        self.spki = openssl("pkey", "-pubout", "-outform", "DER", data=self.pem)

    @property
    def credential(self):
        return text_of(self.id)

    def client_data(self, kind, challenge):
        return json.dumps({"type": "webauthn." + kind, "challenge": challenge,
                           "origin": self.origin, "crossOrigin": False}).encode()

    def authenticator_data(self, flags, attested=b""):
        self.counter += 1
        return (hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) +
                self.counter.to_bytes(4, "big") + attested)

    def register(self, challenge):
        key = cbor({1: 2, 3: -7, -1: 1, -2: self.spki[-64:-32], -3: self.spki[-32:]})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        data = self.authenticator_data(PRESENT | VERIFIED | ATTESTED, attested)
        return {"client_data": text_of(self.client_data("create", challenge)),
                "attestation": text_of(cbor({"fmt": "none", "attStmt": {}, "authData": data}))}

    def sign(self, challenge, flags=PRESENT | VERIFIED):
        client = self.client_data("get", challenge)
        data = self.authenticator_data(flags)
        signed = data + hashlib.sha256(client).digest()
        with Secret(self.pem) as path:
            signature = openssl("dgst", "-sha256", "-sign", path, data=signed)
        return {"credential": self.credential, "client_data": text_of(client),
                "authenticator_data": text_of(data), "signature": text_of(signature)}


class Secret:
    """A key as a file that only this process and its children can open."""

    def __init__(self, content):
        self.fd = os.memfd_create("key")
        os.write(self.fd, content)

    def __enter__(self):
        return "/proc/%d/fd/%d" % (os.getpid(), self.fd)

    def __exit__(self, kind, error, trace):
        os.close(self.fd)
