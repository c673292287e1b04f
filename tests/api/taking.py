"""A page that records: what cases of takes and of the hand-over do."""
import base64
import hashlib
import hmac
import json
import os
import re
import sqlite3
import struct
import time

from crowds import at_once

JSON = {"Content-Type": "application/json"}
WEBM = bytes.fromhex("1a45dfa3")


def mac(key, chain, number, content):
    secret = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    link = bytes.fromhex(chain) + struct.pack(">I", number) + hashlib.sha256(content).digest()
    return hmac.new(secret, link, hashlib.sha256).hexdigest()


def path(case, rest=""):
    return "/v1/session/%s/takes/%s%s" % (case.values["id"], case.values["take"], rest)


def post(case, rest, body):
    return case.client.send("POST", path(case, rest), json.dumps(body).encode(), JSON)


def send(case, number, content, chain):
    sum_ = mac(case.values["key"], chain, number, content)
    return case.client.send("POST", path(case, "/chunks/%d?mac=%s" % (number, sum_)), content,
                            {"Content-Type": "video/webm"})


def store(case):
    return sqlite3.connect(os.path.join(case.instance.dir, "store", "paraph.db"), timeout=10)


def change(case, text, *values):
    database = store(case)
    with database:
        database.execute(text, values)
    database.close()


SEALED = ("registration", "id", "part", "prompts", "asked", "shown", "hints", "evidence",
          "attempt", "created_at", "started_at", "expires_at")


def seal_again(case):
    """As web would have sealed the take that it had left so: it alone and the
    clerk have the key."""
    with open(os.path.join(case.instance.dir, "keys", "link.key"), "rb") as file:
        sealing = hmac.new(file.read(), digestmod=hashlib.sha256)
    database = store(case)
    row = database.execute("SELECT %s FROM takes WHERE id = ?" % ", ".join(SEALED),
                           (case.values["take"],)).fetchone()
    database.close()
    for part in ("paraph challenge", *row):
        text = str(part).encode()
        sealing.update(struct.pack(">Q", len(text)) + text)
    change(case, "UPDATE takes SET seal = ? WHERE id = ?", sealing.hexdigest(),
           case.values["take"])


def recorded_by_one(case):
    case.by_one = case.values["id"]


def recorded_for_another(case):
    """What one person recorded becomes another's evidence: it was asked of the
    first, and is not read for the second."""
    database = store(case)
    evidence, = database.execute("SELECT evidence FROM takes WHERE registration = ? AND evidence "
                                 "<> ''", (case.by_one,)).fetchone()
    end, there = time.time() + 30, "SELECT state FROM evidence WHERE id = ?"
    while database.execute(there, (evidence,)).fetchone()[0] == "received":
        assert time.time() < end, "the first was never read"
        time.sleep(0.1)
    database.close()
    change(case, "UPDATE evidence SET registration = ?, attempt = 1, state = 'received' WHERE "
           "id = ?", case.values["id"], evidence)
    change(case, "INSERT INTO jobs (id, name, subject, run_at, lease_until, tries, created_at) "
           "VALUES (?, 'inspect', ?, 0, 0, 0, 0)", "job_" + evidence[4:], evidence)
    database = store(case)
    while not database.execute("SELECT 1 FROM audit WHERE subject = ? AND act = "
                               "'evidence.challenge_changed' AND detail = ?",
                               (case.values["id"], "face_video " + evidence)).fetchone():
        assert time.time() < end, "nobody noticed whose it is"
        time.sleep(0.1)
    database.close()


def no_more_takes_for_removed_rows(case):
    """Whoever reads what is asked in each, until it is what a film shows."""
    def begin():
        return case.client.send("POST", "/v1/session/%s/takes" % case.values["id"],
                                b'{"part": "document", "media_type": "video/webm"}', JSON)

    for _ in range(20):
        answer = begin()
        assert answer.status == 201, answer.text
    change(case, "DELETE FROM takes WHERE part = 'document' AND registration = ?",
           case.values["id"])
    answer = begin()
    assert answer.status == 429, answer.text


def twenty_offers(case):
    """Each ends the one before; a phone would have one pick of three at each."""
    for _ in range(20):
        answer = case.client.send("POST", "/v1/session/%s/handover" % case.values["id"])
        assert answer.status == 201, answer.text


def ask_everything(case):
    """Every prompt, each as soon as the server allows; $shown is when."""
    shown, stands, position, last = [], [], 0, False
    while not last:
        answer = post(case, "/prompt", {"position": position})
        if answer.status == 409:
            wait = answer.json["error"]["wait_ms"]
            assert 0 < wait <= 5000, answer.text
            time.sleep(wait / 1000)
            continue
        assert answer.status == 200, answer.text
        shown.append(answer.json["asked_ms"])
        stands.append(950 if "light" in answer.json else 1800)
        last, position = answer.json["last"], position + 1
    assert all(b - a >= least for a, b, least in zip(
        shown, shown[1:], stands)), shown
    case.values["shown"] = " ".join(str(ms) for ms in shown)


def fifty_chunks_at_once(case):
    """All of them the right next one: one is taken, and the page goes on."""
    content = WEBM + b"x" * 1500000
    answers = at_once(50, lambda i: send(case, i, content, case.values["chain"]))
    for answer in answers:
        assert not isinstance(answer, OSError), "a connection was cut: %r" % answer
        assert answer.status in (200, 400, 409, 429, 503), answer.text
    assert any(answer.status == 429 for answer in answers), "none was turned away"
    now = case.client.send("GET", path(case)).json
    assert now["next_chunk"] in (0, 1), now
    taken = send(case, 0, content, case.values["chain"])
    assert taken.status == 200 and taken.json["next_chunk"] == 1, taken.text


def the_same_chunk_fifty_times(case):
    content = WEBM + b"y" * 50000
    answers = at_once(50, lambda i: send(case, 0, content, case.values["chain"]))
    assert {a.status for a in answers} <= {200, 429}, [a.text for a in answers]
    assert any(a.status == 200 for a in answers)
    assert case.client.send("GET", path(case)).json["next_chunk"] == 1
    files = chunk_files(case)
    assert len(files) == 1 and all(files.values()), files


def let_the_take_lapse(case):
    """Four minutes pass for this take."""
    change(case, "UPDATE takes SET created_at = created_at - 240000, started_at = started_at - "
           "240000, expires_at = expires_at - 240000 WHERE id = ?", case.values["take"])
    seal_again(case)


def told_more_time(case):
    change(case, "UPDATE takes SET expires_at = expires_at + 60000 WHERE id = ?",
           case.values["take"])


def told_no_more_time(case):
    change(case, "UPDATE takes SET expires_at = expires_at - 60000 WHERE id = ?",
           case.values["take"])


def asked_what_an_old_film_shows(case):
    """The same, the other way round."""
    database = store(case)
    case.asked, = database.execute("SELECT prompts FROM takes WHERE id = ?",
                                   (case.values["take"],)).fetchone()
    database.close()
    words = case.asked.split()
    old = " ".join([words[0], *reversed(words[1:])])
    assert old != case.asked
    change(case, "UPDATE takes SET prompts = ? WHERE id = ?", old, case.values["take"])


def asked_what_was_drawn(case):
    change(case, "UPDATE takes SET prompts = ? WHERE id = ?", case.asked, case.values["take"])


def another_attempt(case):
    change(case, "UPDATE registrations SET attempt = attempt + 1, version = version + 1 "
           "WHERE id = ?", case.values["id"])


def in_vault(case, name):
    return os.path.join(case.instance.dir, "vault", name)


def chunk_files(case):
    """Whether the file of each chunk is there."""
    database = store(case)
    rows = database.execute("SELECT id FROM chunks WHERE take = ?",
                            (case.values["take"],)).fetchall()
    database.close()
    return {row[0]: os.path.exists(in_vault(case, row[0])) for row in rows}


def chunks_are_there(case):
    case.chunks = chunk_files(case)
    assert case.chunks and all(case.chunks.values()), case.chunks


def chunks_are_swept(case):
    """The job comes, and neither rows nor files are left."""
    end = time.time() + 70
    while time.time() < end:
        change(case, "UPDATE jobs SET run_at = 0 WHERE name = 'sweep' AND subject = ?",
               case.values["take"])
        # any act wakes the clerk
        case.client.send("POST", "/v1/session/%s/language" % case.values["id"],
                         b'{"language": "fr"}', JSON)
        left = [one for one in case.chunks if os.path.exists(in_vault(case, one))]
        if not left and not chunk_files(case):
            return
        time.sleep(0.3)
    raise AssertionError("still there: %s" % left)


def code_of_url(case):
    head, code = case.values["url_shown"].split("#")
    assert head == case.instance.url + "/r" and code.startswith("h."), case.values["url_shown"]
    case.values["code"] = code[2:]


def another_number(case):
    others = [n for n in case.values["choices"] if n != case.values["number"]]
    assert len(set(others)) == 2 and case.values["number"] in case.values["choices"]
    case.values["wrong"] = others[0]


def hints_are_kept_without_the_label(case):
    database = store(case)
    hints, = database.execute("SELECT hints FROM takes WHERE id = ?",
                              (case.values["take"],)).fetchone()
    database.close()
    kept = json.loads(hints)
    assert "Anna" not in hints and "label" not in hints, hints
    assert kept["begin"]["virtual_camera"] == "obs", hints
    assert re.fullmatch("[0-9a-f]{16}", kept["begin"]["camera"]), hints
    assert kept["begin"]["width"] == 1280 and kept["begin"]["device_changed"] is False, hints
    assert kept["end"]["jitter_us"] == 812, hints
    assert 0 <= kept["first_chunk_ms"] <= kept["last_chunk_ms"] and kept["drift_ms"] == 0, hints


def what_is_no_video_is_asked_again(case):
    end = time.time() + 60
    while time.time() < end:
        session = case.client.send("GET", "/v1/session/" + case.values["id"]).json
        state = session["proof_of_life"]["parts"][0]["state"]
        if state != "sent":
            assert state == "retake", session["proof_of_life"]
            return
        time.sleep(0.2)
    raise AssertionError("the recording was never looked at")


def chunks_are_gone(case):
    assert not chunk_files(case), chunk_files(case)
    left = [one for one in case.chunks if os.path.exists(in_vault(case, one))]
    assert not left, left
