"""Asking for the status of a certificate, as relying parties' tools do."""
import os
import subprocess
import tempfile
import urllib.error
import urllib.request


def der(tag, content):
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def first(data):
    """Tag, content and what follows of the first item."""
    size, at = data[1], 2
    if size & 0x80:
        at += size & 0x7f
        size = int.from_bytes(data[2:at], "big")
    return data[0], data[at:at + size], data[at + size:]


NONCE = bytes.fromhex("06092b0601050507300102")


def with_nonce(request, size):
    """The same request, its nonce of so many octets."""
    requests = first(first(request)[1])[1]
    extension = der(0x30, NONCE + der(4, der(4, b"\x5a" * size)))
    return der(0x30, der(0x30, requests + der(0xa2, der(0x30, extension))))


class Asker:
    """One certificate with its issuers, in a folder of its own."""

    def __init__(self, client, certificate, issuer="issuing-l"):
        self.url = client.url.geturl().rstrip("/") + "/pki/ocsp"
        self.folder = tempfile.mkdtemp(prefix="paraph-ocsp-")
        for path, name in (("/pki/ca/root.pem", "root.pem"), ("/pki/ca/%s.pem" % issuer, "ca.pem"),
                           ("/v1/certificates/%s.pem" % certificate, "crt.pem")):
            found = client.send("GET", path)
            assert found.status == 200, found.text
            self.write(name, found.content)
        self.write("chain.pem", self.read("ca.pem") + self.read("root.pem"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), "rb") as source:
            return source.read()

    def write(self, name, content):
        with open(self.path(name), "wb") as target:
            target.write(content)

    def run(self, *words):
        done = subprocess.run(words, cwd=self.folder, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.stdout

    def openssl(self, *words, nonce=False):
        """openssl ocsp about the certificate: what it printed."""
        return self.run("openssl", "ocsp", "-issuer", "ca.pem", *(() if nonce else ("-no_nonce",)),
                        "-CAfile", "chain.pem", "-url", self.url, *(words or ("-cert", "crt.pem")))

    def request(self, *words):
        """The DER of a request that openssl makes."""
        self.run("openssl", "ocsp", "-issuer", "ca.pem", "-no_nonce", "-reqout", "request.der",
                 *(words or ("-cert", "crt.pem")))
        return self.read("request.der")

    def post(self, request):
        """Status, headers and body."""
        return send(urllib.request.Request(self.url, request, {
            "Content-Type": "application/ocsp-request"}))

    def get(self, tail, headers=None):
        return send(urllib.request.Request(self.url + "/" + tail, headers=headers or {}))

    def text(self, response):
        """A response in words, checked against the chain."""
        self.write("response.der", response)
        return self.run("openssl", "ocsp", "-respin", "response.der", "-resp_text", "-issuer",
                        "ca.pem", "-cert", "crt.pem", "-CAfile", "chain.pem", "-no_nonce")


def send(request):
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class Quick:
    """Very many questions about serial numbers: no program for each. Reads
    what the answer says and verifies nothing."""

    MARK = "4000000000000000000000000000000f"

    def __init__(self, url, folder, issuer="issuing-l"):
        self.url = url + "/pki/ocsp"
        ca, request = os.path.join(folder, "quick.pem"), os.path.join(folder, "quick.der")
        with urllib.request.urlopen("%s/pki/ca/%s.pem" % (url, issuer), timeout=20) as answer:
            pem = answer.read()
        with open(ca, "wb") as target:
            target.write(pem)
        subprocess.run(["openssl", "ocsp", "-issuer", ca, "-serial", "0x" + self.MARK, "-no_nonce",
                        "-reqout", request], check=True, stdout=subprocess.DEVNULL)
        with open(request, "rb") as source:
            self.template = source.read()

    def ask(self, serial):
        body = self.template.replace(bytes.fromhex(self.MARK), bytes.fromhex(serial))
        return self.post(body)[2]

    def post(self, request):
        return send(urllib.request.Request(self.url, request, {
            "Content-Type": "application/ocsp-request"}))

    def status(self, serial):
        answer = self.ask(serial)
        if first(first(answer)[1])[1] != b"\0":
            return "error"
        number = der(2, bytes.fromhex(serial))
        return {0x80: "good", 0xa1: "revoked", 0x82: "unknown"}[
            answer[answer.index(number) + len(number)]]
