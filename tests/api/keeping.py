"""Evidence that is past its time, and the two people who approve its end."""
import glob
import json
import os
import sqlite3
import time
import urllib.request

PASSWORD = "correct horse battery"


def database(case):
    return glob.glob(os.path.join(case.instance.dir, "store", "*.db"))[0]


def change(case, query, *values):
    with sqlite3.connect(database(case), timeout=20) as db:
        db.execute(query, values)
    db.close()


def no_optional_data_are_kept(case):
    """The number of a person that stands in the zone, beside what is needed."""
    with sqlite3.connect(database(case), timeout=20) as db:
        lines = [text for text, in db.execute(
            "SELECT text FROM findings JOIN evidence ON id = evidence WHERE registration = ? AND "
            "findings.name LIKE 'mrz_line%'", (case.values["id"],))]
        kept = db.execute("SELECT COUNT(*) FROM findings WHERE text LIKE '%ZE217746B%'").fetchone()
    db.close()
    assert any(one.startswith("UX47039156UTO8809232F3405178") for one in lines), lines
    assert kept == (0,), "a personal number is kept"


def look_now(case):
    """The job that comes each hour, now: it is told by whoever wakes the clerk."""
    change(case, "UPDATE jobs SET run_at = 1 WHERE name = 'retention'")
    made = case.client.send("POST", "/v1/registrations", json.dumps(
        {"applicant": "waker-%d@example.org" % time.time_ns(), "level": "lcp"}).encode(),
        {"Content-Type": "application/json"})
    assert made.status == 201, made.text


def waiting(case):
    with urllib.request.urlopen(case.instance.url + "/v1/health", timeout=10) as answer:
        told = json.load(answer)
    return told["retention"]["waiting"], told["status"], told["retention"].get("late", False)


def until(what, seconds=90):
    end = time.time() + seconds
    while time.time() < end:
        if what():
            return
        time.sleep(0.3)
    raise AssertionError("it did not come to that")


def kept(case):
    db = sqlite3.connect(database(case), timeout=20)
    rows = db.execute("SELECT id FROM evidence WHERE registration = ? AND sealed_key IS NOT NULL",
                      (case.values["id"],)).fetchall()
    db.close()
    return [row[0] for row in rows]


def file_of(case, evidence):
    return os.path.join(case.instance.dir, "vault", evidence)


def rule(case, name):
    rules = json.loads(case.instance.cli("retention", "show", "--json"))["rules"]
    return next(r for r in rules if r["rule"] == name)


def approve(case, role, status=0, password=PASSWORD):
    return case.instance.cli("retention", "approve", "abandoned", "--member", case.members[role],
                             "--password-stdin", input=password + "\n", status=status)


def destroyed_by_two(case):
    pieces = kept(case)
    assert pieces and all(os.path.exists(file_of(case, p)) for p in pieces), pieces
    change(case, "UPDATE registrations SET state_at = state_at - 40 * 86400000 WHERE id = ?",
           case.values["id"])
    look_now(case)
    until(lambda: waiting(case)[0] >= len(pieces))
    assert waiting(case)[1:] == ("degraded", True), waiting(case)
    assert not rule(case, "abandoned")["approved"] and rule(case, "abandoned")["due"] >= len(pieces)
    approve(case, "platform_admin", status=1, password="another password")
    approve(case, "platform_admin")
    approve(case, "platform_admin", status=1)
    look_now(case)
    time.sleep(3)
    assert kept(case) == pieces, "one person was enough"
    approve(case, "auditor")
    assert rule(case, "abandoned")["approved"]
    look_now(case)
    until(lambda: waiting(case)[0] == 0)
    assert not kept(case) and not any(os.path.exists(file_of(case, p)) for p in pieces)
    assert waiting(case)[1] == "ok", waiting(case)
    case.instance.cli("audit", "verify")
