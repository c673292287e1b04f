"""Keys that participants bring, as OpenSSL makes them."""
import hashlib
import os
import subprocess
import tempfile
import time

from approving import confirm, order_with, until_refused
from scripts import in_store

P256 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
P384 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"]
P521 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"]


def openssl(*words, given=None):
    return subprocess.run(["openssl", *words], input=given, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def request(kind, *more, form="DER"):
    with tempfile.TemporaryDirectory() as folder:
        return openssl("req", "-new", "-nodes", *kind, "-keyout", os.path.join(folder, "key"),
                       "-subj", "/CN=Anybody", "-sha256", "-outform", form, *more)


def public_key(csr, form="PEM"):
    """Its SubjectPublicKeyInfo, DER."""
    pem = openssl("req", "-inform", form, "-pubkey", "-noout", given=csr)
    return openssl("pkey", "-pubin", "-outform", "DER", given=pem)


def bring(case, csr):
    kind = "x-pem-file" if b"-----BEGIN" in csr else "pkcs10"
    return case.client.send("POST", "/v1/session/%s/key" % case.values["id"], csr,
                            {"Content-Type": "application/" + kind})


def refused(case, csr, status, code):
    answer = bring(case, csr)
    assert answer.status == status, "%s: %d %s" % (code, answer.status, answer.text)
    assert answer.json["error"]["code"] == code, answer.text


def key_too_early(case):
    refused(case, request(P256), 409, "wrong_state")


def key_too_late(case):
    refused(case, request(P256), 409, "wrong_state")


def key_of_another_level(case):
    refused(case, request(P256), 409, "own_key_level")


def key_is_reviewed(case):
    refused(case, request(P256), 409, "own_key_reviewed")


def keys_that_are_refused(case):
    good = request(P256)
    broken = good[:-1] + bytes([good[-1] ^ 1])
    refused(case, request(["-newkey", "rsa:2048"]), 400, "key_not_accepted")
    refused(case, request(P521), 400, "key_not_accepted")
    refused(case, broken, 400, "key_signature")
    refused(case, good[:-1], 400, "key_request")
    refused(case, request(P256, form="PEM")[:-30], 400, "key_request")
    refused(case, b"", 400, "key_request")
    refused(case, request(P256, "-addext", "basicConstraints=CA:TRUE"), 400, "key_request")


def take(case, csr):
    answer = bring(case, csr)
    assert answer.status == 200, answer.text
    pem = csr if b"-----BEGIN" in csr else openssl("req", "-inform", "DER", given=csr)
    assert answer.json["own_key_open"] is True, answer.text
    digest = hashlib.sha256(public_key(pem)).hexdigest()
    assert answer.json["own_key"]["sha256"] == digest, answer.text
    case.values["key_digest"] = digest
    case.values["csr"] = pem


def keys_that_are_taken(case):
    for kind in (P256, P384, ["-newkey", "rsa:3072"]):
        for form in ("DER", "PEM"):
            take(case, request(kind, form=form))
    take(case, request(P256, "-text", form="PEM"))


def bring_the_key(case):
    take(case, request(P256, form="PEM"))


def bring_the_same_key(case):
    take(case, case.values["csr"])


def certificate_is_for_the_key(case):
    """What openssl x509 -pubkey prints of it is the key's."""
    path = "/v1/session/%s/certificate.pem" % case.values["id"]
    found = openssl("x509", "-pubkey", "-noout", given=case.client.send("GET", path).content)
    wanted = openssl("req", "-pubkey", "-noout", given=case.values["csr"])
    assert found == wanted, found


def another_person_by_row(case):
    """The specimen knows one person: the name of this one is written over."""
    in_store(case, "UPDATE registrations SET given_names = 'Maja' WHERE id = ?",
             case.values["id"])


def asked_for_another_key(case):
    end = time.time() + 20
    while time.time() < end:
        session = case.client.send("GET", "/v1/session/" + case.values["id"]).json
        if session["next"] == "confirm":
            confirm = [s for s in session["steps"] if s["name"] == "confirm"][0]
            assert confirm["reasons"] == ["key_of_another"], confirm
            assert session["own_key"] is None, session["own_key"]
            return
        assert session["next"] == "issuing", session["next"]
        time.sleep(0.1)
    raise AssertionError("nothing was said about the key")


def key_row(case, csr):
    return ("INSERT INTO own_keys (registration, request, sha256, algorithm, created_at) "
            "VALUES (?, ?, ?, 'P-256', 0)",
            (case.values["id"], csr, hashlib.sha256(public_key(csr, "DER")).hexdigest()))


def without_key(case):
    return ("DELETE FROM own_keys WHERE registration = ?", (case.values["id"],))


def nothing_comes_of_another_key(case):
    """Each in place of the one that the operator signed for; then that one."""
    mine = openssl("req", "-outform", "DER", given=case.values["csr"])
    before = order_with(case, [without_key(case), key_row(case, request(P256))])
    confirm(case)
    until_refused(case, before, "another key", "another challenge")
    before = order_with(case, [without_key(case)])
    until_refused(case, before, "no key", "another challenge")
    order_with(case, [key_row(case, mine)])


def nothing_comes_of_a_key_that_was_not_approved(case):
    before = order_with(case, [key_row(case, request(P256))])
    confirm(case)
    until_refused(case, before, "a key", "another challenge")
    order_with(case, [without_key(case)])
