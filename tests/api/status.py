"""The end of certificates and their status: OCSP, lists, notices."""
import base64
import hashlib
import json
import os
import re
import time
import urllib.parse

from browser import Browser
from client import newest
from scripts import JSON, in_store


def ocsp(case):
    import subprocess
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        def fetch(path, name):
            found = case.client.send("GET", path)
            assert found.status == 200, found.text
            open(os.path.join(folder, name), "wb").write(found.content)
        fetch("/pki/ca/root.cer", "root.cer")
        fetch("/pki/ca/issuing-l.cer", "ca.cer")
        fetch("/v1/certificates/%s.cer" % case.values["crt"], "crt.cer")
        for name in ("root", "ca", "crt"):
            subprocess.run(["openssl", "x509", "-inform", "DER", "-in", name + ".cer",
                            "-out", name + ".pem"], cwd=folder, check=True)
        with open(os.path.join(folder, "chain.pem"), "w", encoding="ascii") as chain:
            for name in ("ca.pem", "root.pem"):
                chain.write(open(os.path.join(folder, name), encoding="ascii").read())
        done = subprocess.run(
            ["openssl", "ocsp", "-issuer", "ca.pem", "-cert", "crt.pem", "-no_nonce",
             "-CAfile", "chain.pem", "-url", case.instance.url + "/pki/ocsp"],
            cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.stdout


def ocsp_says(case, what):
    end = time.time() + 20
    while time.time() < end:
        found = ocsp(case)
        if "crt.pem: " + what in found and "Response verify OK" in found:
            return
        time.sleep(0.2)
    raise AssertionError(found)


def ocsp_says_good(case):
    ocsp_says(case, "good")


def ocsp_says_revoked(case):
    ocsp_says(case, "revoked")


def administrator_revokes(case):
    cli, crt = case.instance.cli, case.values["crt"]
    found = json.loads(cli("certificate", "find", "--json", case.values["email"]))
    assert found["id"] == crt and found["status"] == "valid", found
    assert crt in cli("certificate", "find", found["serial"].upper())
    because = ("--because", "its key was published; seen on the 26th")
    cli("certificate", "revoke", crt, "--reason", "key_compromise", status=2)
    cli("certificate", "revoke", crt, "--reason", "certificate_hold", *because, status=2)
    cli("certificate", "revoke", "Lindqvist", "--reason", "key_compromise", *because, status=1)
    cli("certificate", "revoke", found["registration"], "--reason", "key_compromise", *because)
    cli("certificate", "revoke", crt, "--reason", "superseded", *because, status=1)
    cli("audit", "verify")


def notice_comes(case):
    """Puts the end of the certificate twenty days from now; its notice is
    given within a minute."""
    since = time.time() - 1
    in_store(case, "UPDATE certificates SET not_after = ?, created_at = created_at - 86400000 * 100 "
             "WHERE id = ?", int(time.time() * 1000) + 86400000 * 20, case.values["crt"])
    in_store(case, "UPDATE jobs SET run_at = 0 WHERE name = 'expire'")
    case.client.send("POST", "/v1/revocations/code", json.dumps(
        {"email": "nobody@example.org"}).encode(), JSON)  # wakes the clerk
    end = time.time() + 75
    while time.time() < end:
        text = newest(case.instance.outbox, "eml", case.values["email"], since)
        found = text and re.search(r"/renew#([\w-]+)", text)
        if found:
            assert "ends on" in text or "prend fin" in text, text
            case.values["renewal"] = found.group(1)
            return
        time.sleep(0.2)
    raise AssertionError("no notice came")


def fingerprints_are_right(case):
    for one in case.client.send("GET", "/v1/repository").json["authorities"]:
        der = case.client.send("GET", "/pki/ca/%s.cer" % one["name"]).content
        assert hashlib.sha256(der).hexdigest() == one["fingerprint"], one["name"]
        assert hashlib.sha1(der).hexdigest() == one["fingerprint_sha1"], one["name"]


def crl_number(case):
    lists = case.client.send("GET", "/v1/health").json["lists"]
    return [one["number"] for one in lists if one["issuer"] == "issuing-l"][0]


def make_list_anew(case, above):
    """Ages the newest list, so that the clerk makes another one."""
    in_store(case, "UPDATE crls SET this_update = this_update - 86400000 WHERE issuer = 'issuing-l'")
    in_store(case, "UPDATE jobs SET run_at = 0 WHERE name = 'crl' AND subject = 'issuing-l'")
    case.client.send("POST", "/v1/revocations/code", json.dumps(
        {"email": "nobody@example.org"}).encode(), JSON)  # wakes the clerk
    end = time.time() + 70
    while time.time() < end:
        if crl_number(case) > above:
            return crl_number(case)
        time.sleep(0.2)
    raise AssertionError("no list above %d" % above)


def crl_numbers_grow(case):
    """Lists that the signer has signed vanish before they are stored."""
    number = make_list_anew(case, crl_number(case))
    for lost in (1, 2):
        for _ in range(lost):
            number = make_list_anew(case, number)
        in_store(case, "DELETE FROM crls WHERE issuer = 'issuing-l' AND number > ?", number - lost)
        assert crl_number(case) == number - lost
        number = make_list_anew(case, number)


def a_late_list_is_told(case):
    import sqlite3
    path = os.path.join(case.instance.dir, "store", "paraph.db")
    with sqlite3.connect(path, timeout=10) as store:
        first = store.execute("SELECT number, der FROM crls WHERE issuer = 'issuing-l' "
                              "ORDER BY number DESC LIMIT 1").fetchone()
        store.execute("UPDATE crls SET der = ? WHERE issuer = 'issuing-l' AND number = ?",
                      (aged(first[1]), first[0]))
    health = case.client.send("GET", "/v1/health")
    told = [one["late"] for one in health.json["lists"] if one["issuer"] == "issuing-l"]
    figures = case.client.send("GET", "/metrics").text
    with sqlite3.connect(path, timeout=10) as store:
        store.execute("UPDATE crls SET der = ? WHERE issuer = 'issuing-l' AND number = ?",
                      (first[1], first[0]))
    store.close()
    assert told == [True] and health.status == 200 and health.json["status"] == "degraded"
    assert 'paraph_crl_late{issuer="issuing-l"} 1' in figures


def aged(der):
    """The same list, its thisUpdate a year earlier (its signature is broken)."""
    at = der.index(b"\x17\x0d")  # UTCTime
    year = b"%02d" % (int(der[at + 2:at + 4]) - 1)
    return der[:at + 2] + year + der[at + 4:]

UNAUTHORISED, MALFORMED = bytes.fromhex("30030a0106"), bytes.fromhex("30030a0101")
TRY_LATER = bytes.fromhex("30030a0103")


def asker(case):
    from ocsp import Asker
    return Asker(Browser(case.instance.url, key=case.spaces["main"].key), case.values["crt"])


def until(what, found):
    end = time.time() + 20
    while time.time() < end:
        text = what()
        if all(part in text for part in found):
            return text
        time.sleep(0.2)
    raise AssertionError(text)


def status_in_every_way(case):
    a = asker(case)
    for more in ((), ("-sha256",), ("-sha1",)):
        told = a.openssl(*more, "-cert", "crt.pem")
        assert "crt.pem: good" in told and "Response verify OK" in told, told
    request = a.request("-sha256", "-cert", "crt.pem")
    status, headers, body = a.post(request)
    text = a.text(body)
    assert status == 200 and "Cert Status: good" in text and "Archive Cutoff" in text, text
    assert headers["Content-Type"] == "application/ocsp-response"
    raw = base64.b64encode(request).decode()
    for tail in (urllib.parse.quote(raw, safe=""), raw, "/" + raw, raw.rstrip("=")):
        status, headers, found = a.get(tail)
        assert found == body, "by GET %s: %r" % (tail, found[:20])
        for name in ("ETag", "Last-Modified", "Expires", "Cache-Control"):
            assert headers[name], name
        assert "public" in headers["Cache-Control"] and "no-transform" in headers["Cache-Control"]
    assert a.get(raw, {"If-None-Match": headers["ETag"]})[0] == 304


def ocsptool(a, certificate="crt.pem", issuer="ca.pem"):
    return a.run("ocsptool", "--ask=" + a.url, "--load-cert", certificate, "--load-issuer", issuer,
                 "--load-trust", "chain.pem")


def ocsptool_says(a, status, certificate="crt.pem"):
    told = ocsptool(a, certificate)
    assert "Certificate Status: " + status in told and "Verifying OCSP Response: Success" in told, told
    return told


def ocsptool_says_good(case):
    ocsptool_says(asker(case), "good")


def ocsptool_tells_others_apart(case):
    """A serial number that was never issued, and an issuer that is not ours."""
    a = asker(case)
    a.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
          "-nodes", "-keyout", "k.pem", "-out", "other.pem", "-subj", "/CN=Other")
    a.run("openssl", "x509", "-in", "crt.pem", "-outform", "DER", "-out", "crt.der")
    serial = bytes.fromhex(a.run("openssl", "x509", "-in", "crt.pem", "-noout", "-serial").strip().split("=")[1])
    a.write("never.der", a.read("crt.der").replace(serial, serial[:-4] + b"None", 1))
    a.run("openssl", "x509", "-inform", "DER", "-in", "never.der", "-out", "never.pem")
    told = ocsptool_says(a, "revoked", "never.pem")
    assert "1970" in told, told
    told = ocsptool(a, "other.pem", "other.pem")
    assert "nauthorized" in told, told


def nonces_of_every_length(case):
    from ocsp import NONCE, with_nonce
    a = asker(case)
    plain = a.request()
    for size in (1, 16, 32, 128):
        status, headers, body = a.post(with_nonce(plain, size))
        assert status == 200 and "Cert Status: good" in a.text(body), size
        assert headers["Cache-Control"] == "no-store", headers
        assert (NONCE in body) == (size >= 16), "a nonce of %d" % size
        assert size < 16 or b"\x5a" * size in body, size
    for size in (0, 129):
        assert a.post(with_nonce(plain, size))[2] == MALFORMED, size
    told = a.openssl("-cert", "crt.pem", nonce=True)
    assert "crt.pem: good" in told and "WARNING: no nonce" not in told, told


def never_issued_is_told_apart(case):
    a = asker(case)
    never = "0x%032x" % (1 << 100)
    for hash_name in ("-sha1", "-sha256"):
        told = a.openssl(hash_name, "-serial", never)
        assert "Response verify OK" in told and never + ": revoked" in told, told
        assert "Reason: certificateHold" in told and "Jan  1 00:00:00 1970" in told, told
    status, headers, body = a.post(a.request("-serial", never))
    assert bytes.fromhex("300f06092b06010505073001090402" + "0500") in body, "no extended-revoke"
    assert headers["Cache-Control"] == "no-store"


def several_in_one(case):
    a = asker(case)
    never = "0x%032x" % (1 << 100)
    told = a.openssl("-sha256", "-cert", "crt.pem", "-sha1", "-cert", "crt.pem", "-serial", never)
    assert told.count("crt.pem: good") == 2 and never + ": revoked" in told, told
    assert "Response verify OK" in told, told
    many = a.openssl(*[word for i in range(16) for word in ("-serial", "0x%x" % (1000 + i))])
    assert many.count(": revoked") == 16, many
    # one too many, and one that is not ours beside one that is
    assert "malformedrequest" in a.openssl(*[word for i in range(17) for word in (
        "-serial", "0x%x" % (1000 + i))]).replace(" ", "").lower()


def nobody_else_is_good(case):
    a = asker(case)
    a.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
          "-nodes", "-keyout", "k.pem", "-out", "other.pem", "-subj", "/CN=Other")
    for issuers in ([("other.pem", "0x01")], [("ca.pem", "0x01"), ("other.pem", "0x01")],
                    [("other.pem", "0x01"), ("ca.pem", "0x01")]):
        words = [word for issuer, serial in issuers for word in ("-issuer", issuer, "-serial", serial)]
        a.run("openssl", "ocsp", *words, "-no_nonce", "-reqout", "r.der")
        assert a.post(a.read("r.der"))[2] == UNAUTHORISED, issuers


def put_end_in_the_past(case):
    """The certificate has ended for us, and its answer with it."""
    in_store(case, "UPDATE certificates SET not_after = ?, not_before = not_before - 86400000 "
             "WHERE id = ?", int(time.time() * 1000) - 3600000, case.values["crt"])
    in_store(case, "UPDATE ocsp_answers SET next_update = 1 WHERE serial = "
             "(SELECT serial FROM certificates WHERE id = ?)", case.values["crt"])


def without_a_database_nothing_is_good(case):
    """Neither good nor unknown: later. What was answered a moment ago may be
    answered once more."""
    a = asker(case)
    request = a.request()
    in_store(case, "ALTER TABLE ocsp_answers RENAME TO ocsp_answers_away")
    try:
        end = time.time() + 20
        found = a.post(request)[2]
        while found != TRY_LATER and time.time() < end:
            assert "Cert Status: good" in a.text(found), a.text(found)
            time.sleep(0.5)
            found = a.post(request)[2]
        assert found == TRY_LATER, found.hex()
    finally:
        in_store(case, "ALTER TABLE ocsp_answers_away RENAME TO ocsp_answers")
    told = until(a.openssl, ("crt.pem: good",))
    assert "Response verify OK" in told, told


def ended_is_still_good(case):
    put_end_in_the_past(case)
    told = asker(case).openssl()  # made while we wait
    assert "crt.pem: good" in told and "Response verify OK" in told, told
    ocsptool_says_good(case)


def revoked_says_when_and_why(case):
    a = asker(case)
    told = until(a.openssl, ("crt.pem: revoked", "Response verify OK"))
    assert "Reason: superseded" in told and "Revocation Time: " in told, told
    ocsptool_says(a, "revoked")
    return told


def revocation_is_seen_at_once(case):
    """Though the same question was answered "good" a moment before, by GET and
    by POST, and such answers are kept for a moment."""
    a = asker(case)
    request = a.request()
    raw = base64.b64encode(request).decode().replace("/", "%2F")
    before = [a.post(request)[2] for _ in range(3)] + [a.get(raw)[2] for _ in range(3)]
    assert len(set(before)) == 1 and "Cert Status: good" in a.text(before[0]), a.text(before[0])
    done = case.client.send("POST", "/v1/certificates/%s/revoke" % case.values["crt"],
                            b'{"reason": "superseded"}', {"Content-Type": "application/json"})
    assert done.status == 200, done.text
    for found in (a.post(request)[2], a.get(raw)[2]):
        assert found != before[0], "good after it was revoked"


def ended_is_still_revoked(case):
    before = revoked_says_when_and_why(case)
    put_end_in_the_past(case)
    after = revoked_says_when_and_why(case)
    when = [line for line in before.split("\n") if "Revocation Time" in line]
    assert when and when[0] in after, after


def bad_ocsp_requests(case):
    """Cut short anywhere, of an unknown hash, of ten thousand entries, larger
    than any request: each is answered at once, and the next one is served."""
    import tempfile
    from ocsp import Quick, der, first
    with tempfile.TemporaryDirectory() as folder:
        q = Quick(case.instance.url, folder)
        request = q.template
        for size in range(len(request)):
            assert q.post(request[:size])[2] == MALFORMED, size
        assert q.post(request + b"\0")[2] == MALFORMED
        # SHA-512 instead of SHA-1: the name and key cannot be ours
        sha1, sha512 = bytes.fromhex("06052b0e03021a"), bytes.fromhex("0609608648016503040203")
        assert sha1 in request
        one = first(first(first(first(request)[1])[1])[1])[1]  # the CertID, in its Request
        cert_id = first(one)[1]
        other = der(0x30, der(0x30, sha512 + b"\x05\0") + first(cert_id)[2])
        assert q.post(der(0x30, der(0x30, der(0x30, der(0x30, other)))))[2] in (MALFORMED, UNAUTHORISED)
        for count in (17, 100, 10000):
            begun = time.time()
            status, _, body = q.post(der(0x30, der(0x30, der(0x30, der(0x30, one) * count))))
            assert status in (200, 413) and (status == 413 or body == MALFORMED), (count, status, body[:20])
            assert time.time() - begun < 5, count
        status, _, body = q.post(b"\x30\x84\x7f\xff\xff\xff" + b"\0" * (4 << 20))
        assert status == 413 or body == MALFORMED, status
        assert first(first(q.ask("4000000000000000000000000000000e"))[1])[1] == b"\0"
