"""Operators: what approves, who may, and what is told outside."""
import json
import os
import re
import shutil
import tempfile
import time

from browser import Browser
from crowds import at_once
from scripts import JSON, ROOT


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


MOMENTS = (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", r"\w{3}, \d+ \w+ \d{4} [\d:]{8} \+0000",
           r"\d+ \w+ \d{4}, \d\d:\d\d UTC")
NOT_OF_THE_CASE = ("date", "x-request-id", "set-cookie")


def without_the_person(case, text):
    """What is of one request alone, each replaced by its name."""
    for name in ("id", "token", "email", "phone", "link"):
        text = text.replace(case.values[name], "<%s>" % name)
        text = text.replace(case.values[name].replace("@", "%40"), "<%s>" % name)
    for moment in MOMENTS:
        text = re.sub(moment, "<moment>", text)
    text = re.sub(r"/r#[\w-]+", "/r#<link>", text)
    text = re.sub(r"\b(wsp|msg|mai|req|evi)_[0-9a-z]{26}", r"<\1>", text)
    return re.sub(r"\b\d{6}\b", "<code>", text)


def row_of(case, answer):
    return json.dumps([one for one in answer.json["data"] if one["id"] == case.values["id"]])


def line_of(case, answer):
    return [line for line in answer.text.splitlines() if case.values["id"] in line]


def mails_of(case):
    told = []
    for folder, _, names in os.walk(case.instance.outbox):
        for name in sorted(names):
            text = open(os.path.join(folder, name), encoding="utf-8").read()
            if case.values["email"] in text or case.values["id"] in text:
                told.append(text)
    return told


def asked(case, browser, path, what=lambda _case, answer: answer.text):
    answer = browser.send("GET", path)
    heads = sorted((n.lower(), v) for n, v in answer.headers.items()
                   if n.lower() not in NOT_OF_THE_CASE + ("content-length", "etag"))
    return path, answer.status, heads, what(case, answer)


def outside(case):
    """Everything that a workspace, its programs, the participant and their
    mails show of a request."""
    time.sleep(1)  # mails are written by now
    identity = case.values["id"]
    program = Browser(case.instance.url, key=case.last.key)
    member = Browser(case.instance.url)
    member.send("POST", "/v1/login", json.dumps(
        {"email": case.members["reader"], "password": case.values["password"]}).encode(), JSON)
    participant = Browser(case.instance.url)
    participant.send("POST", "/v1/session", json.dumps(
        {"token": case.values["token"]}).encode(), JSON)
    told = []
    for browser in (program, member):
        told += [asked(case, browser, "/v1/registrations/" + identity),
                 asked(case, browser, "/v1/registrations", row_of),
                 asked(case, browser, "/v1/registrations.csv", line_of),
                 asked(case, browser, "/v1/reviews"),
                 asked(case, browser, "/v1/reviews/" + identity)]
    told += [asked(case, participant, "/v1/session/" + identity),
             asked(case, participant, "/v1/registrations/" + identity),
             asked(case, participant, "/v1/reviews/" + identity)]
    told.append(mails_of(case))
    assert identity in told[0][3] and told[1][3] != "[]" and told[2][3] and told[-1]
    case.exact = re.sub(r"req_[0-9a-z]{26}", "", json.dumps(told))
    return [without_the_person(case, line)
            for line in json.dumps(told, indent=0).splitlines()]


def outside_is_kept(case):
    outside(case)
    case.kept = case.exact


def outside_did_not_move(case):
    """A first suspicion touches nothing that is shown, not even a moment."""
    outside(case)
    assert case.exact == case.kept


def outside_before(case):
    case.before = outside(case)


def outside_after(case):
    case.after = outside(case)
    assert case.after != case.before


def same(one, other):
    differs = [pair for pair in zip(one, other) if pair[0] != pair[1]]
    assert not differs and len(one) == len(other), differs[:3]


def outside_same_before(case):
    same(case.before, outside(case))


def outside_same_after(case):
    same(case.after, outside(case))


def dossier_drawn_up(case):
    with tempfile.TemporaryDirectory() as folder:
        case.instance.cli("dossier", case.values["id"], "--member", case.members["auditor"],
                          "--password-stdin", "--out", os.path.join(folder, "a.asice"),
                          input=case.values["password"] + "\n")


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
    """Both had the case, and ask for it at the same instant, many times."""
    clients = []
    for role in ("operator", "another"):
        case.step_passkey(role)
        case.step_draw("")
        case.ask("POST", "/v1/reviews/%s/release" % case.values["id"])
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
    # others that wait are drawn as well, and put back
    assert own["draws"]["drawn"] == own["draws"]["left"] + 1, own
    assert "frauds missed 1/1" in case.instance.cli("review", "figures")


def dossier(case, specimen="demo_passport", **more):
    """A folder as tools/faces/dossier makes it, of pictures alone."""
    folder = tempfile.mkdtemp(dir=case.instance.dir)
    there = os.path.join(ROOT, "tests", "specimens", specimen)
    with open(there + ".json", encoding="utf-8") as told:
        page = {**json.load(told), "document": "passport", "fields": {
            "given": {"text": "Zoé Åsa"}, "surname": {"text": "Lindqvist"}}, **more}
    with open(there + ".jpg", "rb") as picture, \
            open(os.path.join(folder, os.path.basename(there) + ".jpg"), "wb") as out:
        out.write(b"\xff\xd8\xff\xfe\0\6" + os.urandom(4))  # a comment: no two are the same
        out.write(picture.read()[2:])
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as out:
        json.dump({"pictures": {"page": page}}, out)
    return folder


def plant(case, folder, *words, status=0):
    return case.instance.cli("review", "plant-dossier", folder, "fraud", "--workspace",
                             case.last.name, "--level", "lcp", *words, status=status)


def no_dossier_that_cannot_be_planted(case):
    """Nothing waits afterwards, and what was begun is nobody's case."""
    plant(case, os.path.join(case.instance.dir, "nowhere"), status=1)
    broken = dossier(case)
    with open(os.path.join(broken, "truth.json"), "a", encoding="utf-8") as out:
        out.write("}")
    plant(case, broken, status=1)
    plant(case, dossier(case, side="back"), status=1)
    plant(case, dossier(case, document="library_card"), status=1)
    plant(case, dossier(case, file="../../keys/link"), status=1)
    no_pipe_is_waited_for(case)
    plant(case, dossier(case, "desk_only", country="ITA", side="page"), status=1)
    films_are_looked_at_before_anything_is_made(case)
    plant(case, dossier(case), "--level", "high", status=1)
    plant(case, dossier(case), "--reason", "blurred", status=1)
    plant(case, dossier(case), "--workspace", "nobody", status=1)
    case.instance.cli("review", "plant-dossier", dossier(case), "fraud", status=2)
    case.instance.cli("review", "plant-dossier", dossier(case), "perhaps", "--workspace",
                      case.last.name, status=1)


def no_pipe_is_waited_for(case):
    folder = dossier(case, file="pipe.jpg")
    os.mkfifo(os.path.join(folder, "pipe.jpg"))
    plant(case, folder, status=1)


def requests(case):
    import sqlite3
    path = os.path.join(case.instance.dir, "store", "paraph.db")
    with sqlite3.connect(path, timeout=10) as store:
        count = store.execute("SELECT COUNT(*) FROM registrations").fetchone()
    store.close()
    return count


def films_are_looked_at_before_anything_is_made(case):
    before = requests(case)
    folder = dossier(case)
    plant(case, folder, "--level", "qcp", status=1)
    path = os.path.join(folder, "truth.json")
    with open(path, encoding="utf-8") as told:
        truth = json.load(told)
    shutil.copy(path, os.path.join(folder, "film.webm"))
    asked = [{"name": "look_ahead", "asked_ms": 0, "shown_ms": 0}]
    for prompts in ([], asked * 2000, [{**asked[0], "asked_ms": "0"}], asked):
        part = {"file": "film.webm", "prompts": prompts}
        with open(path, "w", encoding="utf-8") as out:
            json.dump({**truth, "face": part}, out)  # and no document's
        plant(case, folder, "--level", "qcp", status=1)
    assert requests(case) == before


def names_in(value):
    """Which members an answer has, in it and below, without how many."""
    if isinstance(value, dict):
        return {key for name, one in value.items()
                for key in {name} | {name + "." + below for below in names_in(one)}}
    if isinstance(value, list):
        return set().union(*(names_in(one) for one in value)) if value else set()
    return set()


def seen_by_operators(case):
    case.step_take("")
    return case.client.send("GET", "/v1/reviews/" + case.values["id"]).json


def what_operators_see_is_kept(case):
    case.genuine = seen_by_operators(case)
    case.ask("POST", "/v1/reviews/%s/release" % case.values["id"])


def a_dossier_is_planted(case):
    case.folder = dossier(case)
    case.values["id"] = plant(case, case.folder)


def a_dossier_is_not_planted_twice(case):
    before = requests(case)
    plant(case, case.folder, status=1)
    assert requests(case) == before


def operators_see_no_more_and_no_less(case):
    seen = seen_by_operators(case)
    assert names_in(seen) ^ names_in(case.genuine) <= {
        name for name in names_in(seen) | names_in(case.genuine) if name.startswith("earlier")}
    for same in ("level", "state", "workspace", "fullname", "country", "kind", "attempt"):
        assert seen.get(same) == case.genuine.get(same), same
    assert "invalid" not in json.dumps(seen) and "plant" not in json.dumps(seen)


def earlier_is_kept(case):
    case.values["earlier"] = case.values["id"]


def earlier_becomes(case, now, was):
    change(case, "UPDATE evidence SET kind = ? WHERE kind = ? AND registration = ?",
           (now, was, case.values["earlier"]))


def earlier_is_moved(case):
    """The back is what was made of the front: its bytes are those of its row."""
    earlier_becomes(case, "still_back", "still_front")


def earlier_is_moved_back(case):
    earlier_becomes(case, "still_front", "still_back")
