"""What cases do that is more than one request and its answer."""
import json
import os
import re
import threading
import time
import urllib.parse
import uuid

from browser import Browser
from client import newest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SETTINGS = "[review]\nsecond_percent = 0\n[signer]\nsecond_percent = 0\n"
SPECIMEN = os.path.join(ROOT, "tests", "specimens", "demo_passport.jpg")
JSON = {"Content-Type": "application/json"}


def sleep(seconds):
    time.sleep(seconds)


def form(pairs):
    return urllib.parse.urlencode([tuple(pair) for pair in pairs]).encode()


def multipart(parts, root):
    mark, out = uuid.uuid4().hex, b""
    for name, value in parts:
        out += b"--" + mark.encode() + b"\r\n"
        head = 'Content-Disposition: form-data; name="%s"' % name
        content = value.encode()
        if value.startswith("@"):
            path, kind = value[1:].split(";")
            content = open(os.path.join(root, path), "rb").read()
            head += '; filename="picture"\r\nContent-Type: ' + kind
        out += head.encode() + b"\r\n\r\n" + content + b"\r\n"
    return out + b"--" + mark.encode() + b"--\r\n", "multipart/form-data; boundary=" + mark


# the participant's journey

def act(case, path, body):
    answer = case.client.send("POST", "/v1/session/%s/%s" % (case.values["id"], path),
                              json.dumps(body).encode(), JSON)
    assert answer.status == 200, "%d %s" % (answer.status, answer.text[:400])
    return answer.json


def code_from(case, ending, recipient, since, known=()):
    end = time.time() + 20
    while time.time() < end:
        text = newest(case.instance.outbox, ending, recipient, since, known)
        found = text and re.search(r"\b(\d{6})\b", text.split("\n\n", 1)[1])
        if found:
            return found.group(1)
        time.sleep(0.1)
    raise AssertionError("no code came for " + ending)


def prove(case, channel, ending, recipient):
    since = time.time() - 1
    known = {os.path.join(case.instance.outbox, name) for name in os.listdir(case.instance.outbox)}
    act(case, channel + "-code", {})
    code = code_from(case, ending, recipient, since, known)
    case.values["code"] = code
    act(case, channel + "-code/check", {"code": code})


def journey(case, step):
    session = case.client.send("GET", "/v1/session/" + case.values["id"]).json
    if step == "name":
        act(case, "name", {"fullname": session["fullname"] or "Anna Maria Eriksson",
                           "accept": True})
    elif step == "email":
        prove(case, "email", "eml", case.values["email"])
    elif step == "phone":
        prove(case, "phone", "sms", session["phone_number"])
    elif step == "consent":
        act(case, "consent", {"sha256": session["consent"]["sha256"]})
    elif step == "agreement":
        path = "/v1/session/%s/agreement" % case.values["id"]
        act(case, "agreement", {"sha256": case.client.send("GET", path).json["sha256"]})
    elif step == "document":
        act(case, "document", {"country": "UTO", "kind": "passport"})
    elif step == "picture":
        path = "/v1/session/%s/document/front" % case.values["id"]
        answer = case.client.send("POST", path, open(SPECIMEN, "rb").read(),
                                  {"Content-Type": "image/jpeg"})
        assert answer.status in (200, 202), answer.text
        wait_for_picture(case, "read")
    else:
        raise AssertionError("unknown step")


def wait_for_picture(case, state):
    end = time.time() + 40
    while time.time() < end:
        session = case.client.send("GET", "/v1/session/" + case.values["id"]).json
        found = session["document"]["pictures"][0]
        if found["state"] != "received":
            assert found["state"] == state, found
            return
        time.sleep(0.1)
    raise AssertionError("the picture was never looked at")


def wait(case, state):
    owner = Browser(case.instance.url, key=case.last.key)
    end = time.time() + 40
    while time.time() < end:
        found = owner.send("GET", "/v1/registrations/" + case.values["id"]).json
        if found["state"] == state:
            return
        time.sleep(0.1)
    raise AssertionError("still %s, not %s" % (found["state"], state))


# many at once

def at_once(count, what):
    """Runs what(i) in threads; gives their results in order."""
    results = [None] * count

    def one(i):
        try:
            results[i] = what(i)
        except OSError as error:
            results[i] = error
    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def two_hundred_uploads(case):
    path = "/v1/session/%s/document/front" % case.values["id"]
    picture = open(SPECIMEN, "rb").read()
    answers = at_once(200, lambda i: case.client.send(
        "POST", path, picture, {"Content-Type": "image/jpeg"}))
    for answer in answers:
        assert not isinstance(answer, OSError), "a connection was cut: %r" % answer
        assert answer.status in (200, 202, 409, 429, 503), answer.text
        if answer.status == 429:
            assert answer.json["error"]["code"] == "too_many_requests", answer.text
            assert int(answer.headers["Retry-After"]) >= 1
    assert any(answer.status in (200, 202) for answer in answers), "none came through"
    assert any(answer.status == 429 for answer in answers), "none was turned away"


def many_passwords_at_once(case):
    answers = at_once(40, lambda i: case.client.send("POST", "/v1/login", json.dumps(
        {"email": case.values["owner_email"], "password": "wrong password %d" % i}).encode(), JSON))
    looked_at = [a for a in answers if a.status == 401]
    assert 1 <= len(looked_at) <= 5, "%d passwords were looked at" % len(looked_at)
    assert {a.status for a in answers} == {401, 429}


def twins(case):
    """Two identical requests at the same instant: one registration, one 409."""
    wish = json.dumps({"applicant": "twin-%s@example.org" % uuid.uuid4().hex[:8],
                       "level": "lcp"}).encode()
    for _ in range(3):
        answers = at_once(8, lambda i: case.client.send("POST", "/v1/registrations", wish, JSON))
        made = [a for a in answers if a.status == 201]
        assert len(made) <= 1, "made %d" % len(made)
        case.values.setdefault("id", made[0].json["id"] if made else None)
        for answer in answers:
            if answer.status != 201:
                error = answer.json["error"]
                assert error["code"] == "registration_pending", answer.text
                assert error["registration"] == case.values["id"], answer.text


def twins_with_a_key(case):
    """The same with an Idempotency-Key: all get the one registration."""
    wish = json.dumps({"applicant": "twin-%s@example.org" % uuid.uuid4().hex[:8],
                       "level": "lcp"}).encode()
    headers = {**JSON, "Idempotency-Key": uuid.uuid4().hex}
    answers = at_once(8, lambda i: case.client.send("POST", "/v1/registrations", wish, headers))
    assert {a.status for a in answers} == {201}, [a.text for a in answers if a.status != 201][0]
    assert len({a.json["id"] for a in answers}) == 1


def openapi_has_every_route(case):
    described = case.client.send("GET", "/v1/openapi.json").json
    table = open(os.path.join(ROOT, "src", "web", "routes.def"), encoding="utf-8").read()
    rows = re.findall(r'^ROUTE\((\w+), "([^"]+)", (\w+)', table, re.M)
    assert len(rows) > 40
    for method, path, handler in rows:
        found = described["paths"][path.replace("*", "{request}")][method.lower()]
        assert found["operationId"] == handler, found


def headers_before_the_proxys(case):
    import socket
    for before in (b"X-Forwarded-For:\r\n", b"X-Filler: x\r\n" * 70):
        with socket.create_connection((case.client.url.hostname, case.client.url.port)) as wire:
            wire.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + before +
                         b"X-Forwarded-For: 192.0.2.1\r\n\r\n")
            answer = wire.makefile("rb").read()
        assert answer.split()[1] in (b"404", b"413"), answer[:200]


def slow_head(case):
    """Half a request must not hold up the others."""
    import socket
    with socket.create_connection((case.client.url.hostname, case.client.url.port)) as half:
        half.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n")
        assert case.client.send("GET", "/v1/health").status == 200


def broken_http(case):
    """Bytes that are no HTTP are answered or cut, and nothing dies."""
    import socket
    for junk in (b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                 b"POST /v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: nonsense\r\n\r\n",
                 b"GET /" + b"a" * 40000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"):
        with socket.create_connection((case.client.url.hostname, case.client.url.port)) as one:
            one.settimeout(5)
            try:
                one.sendall(junk)
                one.shutdown(socket.SHUT_WR)
                one.recv(4096)
            except OSError:
                pass
    assert case.client.send("GET", "/v1/health").status == 200


# pictures, time and status

def picture_is_turned_back(case):
    wait_for_picture(case, "retake")


def let_it_expire(case):
    """Puts the creation of this registration eight days back."""
    import sqlite3
    path = os.path.join(case.instance.dir, "store", "paraph.db")
    with sqlite3.connect(path, timeout=10) as store:
        store.execute("UPDATE registrations SET created_at = created_at - 691200000, "
                      "expires_at = expires_at - 691200000 WHERE id = ?", (case.values["id"],))
    store.close()


def until_refused(case):
    """Completes again until no attempt is left."""
    path = "/v1/session/" + case.values["id"]
    end = time.time() + 60
    while time.time() < end:
        session = case.client.send("GET", path).json
        if session["next"] == "refused":
            return
        if session["next"] in ("ask_again", "name_again"):
            journey(case, "picture")
            act(case, "complete", {})
        assert session["next"] in ("ask_again", "name_again", "waiting",
                                   "document"), session["next"]
        time.sleep(0.1)
    raise AssertionError("never refused: " + session["next"])


def revocation_code_is_sent(case):
    since = time.time() - 1
    answer = case.client.send("POST", "/v1/revocations/code", json.dumps(
        {"email": case.values["email"]}).encode(), JSON)
    assert answer.status == 202, answer.text
    case.values["sent"] = code_from(case, "eml", case.values["email"], since)


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


def until_pictures_are_read(case):
    end = time.time() + 60
    while time.time() < end:
        session = case.client.send("GET", "/v1/session/" + case.values["id"]).json
        states = [picture["state"] for picture in session["document"]["pictures"]]
        if "received" not in states:
            assert set(states) == {"read"}, states
            return
        time.sleep(0.2)
    raise AssertionError("the pictures were not read")


def every_command_has_help(case):
    table = open(os.path.join(ROOT, "src", "cli", "commands.def"), encoding="utf-8").read()
    for command in re.findall(r'COMMAND\("(\w+)"', table):
        told = case.instance.cli(command, "--help")
        assert told.startswith("usage: paraph " + command), told
        case.instance.cli(command, "--no-such-option", status=2)


# operators

def answers_are_good_once(case):
    def begin():
        return case.ask("POST", "/v1/login/passkey/begin")["challenge"]

    def prove(body):
        return case.client.send("POST", "/v1/login/passkey", json.dumps(body).encode(), JSON)

    challenge = begin()
    body = {"challenge": challenge, **case.key.sign(challenge)}
    before = dict(case.client.cookies)
    assert prove(body).status == 200
    answer = prove(body)
    assert answer.status == 400 and answer.json["error"]["field"] == "challenge", answer.text
    after, case.client.cookies = case.client.cookies, before
    assert case.client.send("GET", "/v1/me").status == 401, "the old session lives"
    case.client.cookies = after
    for flags in (0x00, 0x01, 0x04):  # nobody there, or nobody recognised
        challenge = begin()
        answer = prove({"challenge": challenge, **case.key.sign(challenge, flags)})
        assert answer.status == 403, answer.text
    challenge = begin()
    body = {"challenge": challenge, **case.key.sign(begin())}
    assert prove(body).status == 400, "an older challenge"
    counter, case.key.counter = case.key.counter, 0
    challenge = begin()
    answer = prove({"challenge": challenge, **case.key.sign(challenge)})
    assert answer.status == 403, "a copy of the passkey: " + answer.text
    case.key.counter = counter
# the end of certificates, and what is published

def in_store(case, statement, *values):
    import sqlite3
    path = os.path.join(case.instance.dir, "store", "paraph.db")
    with sqlite3.connect(path, timeout=10) as store:
        store.execute(statement, values)
    store.close()


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


def take_the_link(case):
    case.values["token"] = case.values["link"].split("#")[1]


def fingerprints_are_right(case):
    import hashlib
    for one in case.client.send("GET", "/v1/repository").json["authorities"]:
        der = case.client.send("GET", "/pki/ca/%s.cer" % one["name"]).content
        assert hashlib.sha256(der).hexdigest() == one["fingerprint"], one["name"]
        assert hashlib.sha1(der).hexdigest() == one["fingerprint_sha1"], one["name"]


def config_check_warns(case):
    told = case.instance.cli("config", "check")
    for key in ("pki.base_url", "policy.address", "policy.version"):
        assert "warning: %s: " % key in told, told


def only_the_right_signature_approves(case):
    path = "/v1/reviews/%s/" % case.values["id"]
    digest = case.client.send("GET", path + "approval").json["digest"]

    def decide(body):
        return case.client.send("POST", path + "decision", json.dumps(
            {"decision": "approve", **body}).encode(), JSON)

    answer = decide({})
    assert answer.status == 400 and answer.json["error"]["field"] == "credential", answer.text
    other = digest[:-2] + ("AA" if digest[-2:] != "AA" else "BA")
    assert decide(case.key.sign(other)).status == 403
    stranger = type(case.key)(case.instance.url)
    assert decide(stranger.sign(digest)).status == 403
    stranger = type(case.key)("https://elsewhere.example")
    stranger.id, stranger.pem, stranger.counter = case.key.id, case.key.pem, case.key.counter
    assert decide(stranger.sign(digest)).status == 403
    assert decide(case.key.sign(digest, 0x01)).status == 403, "nobody was recognised"
    broken = case.key.sign(digest)
    broken["signature"] = broken["signature"][:-4]
    assert decide(broken).status in (400, 403)


SUSPICIONS = ("forged_document", "wrong_person", "not_live", "coerced", "fraud", "glued")


def nothing_outside_tells_a_suspicion(case):
    """Everything a workspace, a participant or their mail can show."""
    time.sleep(1)  # mails are written by now
    identity = case.values["id"]
    owner = Browser(case.instance.url, key=case.last.key)
    told = [owner.send("GET", path).text for path in (
        "/v1/registrations/" + identity, "/v1/registrations",
        "/v1/registrations.csv")]
    participant = Browser(case.instance.url)
    participant.send("POST", "/v1/session", json.dumps(
        {"token": case.values["token"]}).encode(), JSON)
    told.append(participant.send("GET", "/v1/session/" + identity).text)
    for folder, _, names in os.walk(case.instance.outbox):
        for name in names:
            told.append(open(os.path.join(folder, name), encoding="utf-8").read())
    assert len(told) > 5 and identity in told[0] and identity in told[3]
    for text in told:
        for word in SUSPICIONS:
            assert word not in text.lower(), "%s in %s" % (word, text[:2000])


def trained_today(case):
    case.instance.cli("member", "trained", case.members["operator"],
                      time.strftime("%Y-%m-%d", time.gmtime()))


def change(case, *statement):
    import sqlite3
    path = os.path.join(case.instance.dir, "store", "paraph.db")
    with sqlite3.connect(path, timeout=10) as store:
        store.execute(*statement)
    store.close()


def twenty_minutes_pass(case):
    change(case, "UPDATE review_locks SET seen_at = seen_at - 1200000 WHERE registration = ?",
           (case.values["id"],))


def two_operators_at_once(case):
    """Both ask for the case at the same instant, many times."""
    clients = []
    for role in ("operator", "another"):
        case.step_passkey(role)
        clients.append(case.client)
    body = json.dumps({"id": case.values["id"]}).encode()
    for _ in range(10):
        answers = at_once(2, lambda i: clients[i].send("POST", "/v1/reviews/next", body, JSON))
        assert sorted(a.status for a in answers) == [200, 409], [a.text[:200] for a in answers]
        for client, answer in zip(clients, answers):
            if answer.status == 409:
                assert answer.json["error"]["code"] == "locked", answer.text
            else:
                path = "/v1/reviews/%s/release" % case.values["id"]
                assert client.send("POST", path).status == 200


def planted_fraud_was_missed(case):
    figures = json.loads(case.instance.cli("review", "figures", "--json"))
    own = [o for o in figures["operators"] if o["name"] == case.members["operator"]][0]
    assert own["planted"]["missed"] == 1 and own["planted"]["caught"] == 0, own
    assert "frauds missed 1/1" in case.instance.cli("review", "figures")
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


# status of certificates: the rows of the status table

UNAUTHORISED, MALFORMED = bytes.fromhex("30030a0106"), bytes.fromhex("30030a0101")


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
    import base64
    import urllib.parse
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
    import base64
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
