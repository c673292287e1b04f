"""What cases do that is more than one request and its answer: the participant's
journey, waiting, the store. More by theme: crowds.py, operators.py, status.py."""
import json
import os
import re
import time
import urllib.parse
import uuid

from browser import Browser
from client import newest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SETTINGS = ("[review]\nsecond_percent = 0\ncover_opens = passkey\n"
            "[signer]\nsecond_percent = 0\n")
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


def openapi_has_every_route(case):
    described = case.client.send("GET", "/v1/openapi.json").json
    table = open(os.path.join(ROOT, "src", "web", "routes.def"), encoding="utf-8").read()
    rows = re.findall(r'^ROUTE\((\w+), "([^"]+)", (\w+)', table, re.M)
    assert len(rows) > 40
    for method, path, handler in rows:
        found = described["paths"][path.replace("*", "{request}")][method.lower()]
        assert found["operationId"] == handler, found


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


def attempts_are_left_until_the_third(case):
    """What the participant reads after each, and that it is one fewer."""
    path, left = "/v1/session/" + case.values["id"], []
    end = time.time() + 60
    while time.time() < end:
        session = case.client.send("GET", path).json
        if session["next"] == "refused":
            assert left == [2, 1], left
            return
        if session["next"] in ("ask_again", "name_again"):
            left.append(session["document"]["attempts_left"])
            journey(case, "picture")
            act(case, "complete", {})
        time.sleep(0.1)
    raise AssertionError("never refused: " + session["next"])


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


def a_code_came(case):
    """To the address of the registration; and one that is another."""
    case.values["code"] = code_from(case, "eml", case.values["email"], time.time() - 5)
    case.values["wrong"] = "%06d" % ((int(case.values["code"]) + 1) % 1000000)


def the_next_one(case):
    case.values["before"], case.values["id"] = case.values["id"], case.values["next"]


def the_one_before_is_superseded(case):
    owner = Browser(case.instance.url, key=case.last.key)
    end = time.time() + 20
    while time.time() < end:
        old = owner.send("GET", "/v1/registrations/" + case.values["before"]).json["certificate"]["id"]
        old = owner.send("GET", "/v1/certificates/" + old).json
        told = case.instance.cli("ca", "ledger")
        if old["revoked_at"] and re.search(r" revoked .*serial=" + old["serial"], told):
            break
        time.sleep(0.2)
    else:
        raise AssertionError("the one before is in force: " + told)
    assert old["reason"] == "superseded", old
    now = case.client.send("GET", "/v1/session/" + case.values["id"]).json["certificate"]
    assert now["revoked_at"] is None


def revocation_code_is_sent_by_sms(case):
    answer = case.client.send("GET", "/v1/session/" + case.values["id"])
    phone = json.loads(answer.text)["phone_number"]
    since = time.time() - 1
    answer = case.client.send("POST", "/v1/revocations/code", json.dumps(
        {"phone_number": phone}).encode(), JSON)
    assert answer.status == 202, answer.text
    code = code_from(case, "sms", phone, since)
    # wrong by mail: it came by another way
    answer = case.client.send("POST", "/v1/revocations", json.dumps(
        {"email": case.values["email"], "code": code}).encode(), JSON)
    assert answer.status == 400, answer.text


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


def in_store(case, statement, *values):
    import sqlite3
    path = os.path.join(case.instance.dir, "store", "paraph.db")
    with sqlite3.connect(path, timeout=10) as store:
        store.execute(statement, values)
    store.close()


def its_history_tells_nothing_of_it(case):
    owner = Browser(case.instance.url, key=case.last.key)
    found = owner.send("GET", "/v1/registrations/" + case.values["id"]).json
    acts = {entry["act"] for entry in found["history"]}
    assert "evidence.read" in acts, acts
    assert not acts & {"evidence.read_again", "registration.judged"}, acts


def take_the_link(case):
    case.values["token"] = case.values["link"].split("#")[1]


def config_check_warns(case):
    told = case.instance.cli("config", "check")
    for key in ("pki.base_url", "policy.address", "policy.version"):
        assert "warning: %s: " % key in told, told
