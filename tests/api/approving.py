"""Attempts at a qualified certificate that the signer has to refuse: rows that
somebody changed, signatures that somebody kept, sessions that somebody stole.
What the recordings showed is not the matter here, so that a case comes into
review by a row, as a subverted web could put it there."""
import base64
import hashlib
import hmac
import json
import os
import re
import signal
import struct
import time

from browser import Browser
import taking

JSON = {"Content-Type": "application/json"}


def key_file(case, name):
    with open(os.path.join(case.instance.dir, "keys", name), "rb") as file:
        return file.read()


def sealed(case, database):
    """The clerk's seal over what was judged (src/flow/verdict_seal.h), which
    nobody else can make: with the key that opens evidence."""
    def mac(key, text):
        return hmac.new(key, text, hashlib.sha256).digest()

    attempt, level = database.execute("SELECT attempt, level FROM registrations WHERE id = ?",
                                      (case.values["id"],)).fetchone()
    which = (case.values["id"], attempt)
    words = [case.values["id"], str(attempt), level]
    for row in database.execute("SELECT id, kind, sha256, state, COALESCE(f.seal, '') FROM evidence "
                                "LEFT JOIN finding_seals f ON f.evidence = id WHERE registration = "
                                "? AND attempt = ? ORDER BY created_at, id", which):
        words += row
    words.append("")
    for row in database.execute("SELECT name, verdict, reason FROM verdicts WHERE "
                                "registration = ? AND attempt = ? ORDER BY position", which):
        words += row
    key = mac(mac(key_file(case, "vault.pub"), key_file(case, "vault.key")),
              b"paraph verdicts and findings\x01")
    seal = mac(key, b"".join(word.encode() + b"\0" for word in words)).hex()
    database.execute("INSERT INTO verdict_seals (registration, attempt, seal) VALUES (?, ?, ?)",
                     (*which, seal))


def in_review_by_row(case):
    """As the clerk would have judged it."""
    database = taking.store(case)
    now = int(time.time() * 1000)
    with database:
        sealed(case, database)
        database.execute("UPDATE registrations SET state = 'in_review', state_at = ?, "
                         "version = version + 1 WHERE id = ?", (now, case.values["id"]))
        database.execute("INSERT INTO reviews (registration, why, opened_at, decided_at, "
                         "decided_by, decision, reasons, note) VALUES (?, 'always', ?, 0, '', '', "
                         "'', '')", (case.values["id"], now))
    database.close()


def secret(case, name):
    path = os.path.join(case.instance.dir, name)
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as out:
            out.write("a long passphrase of " + name)
        os.chmod(path, 0o600)
    return path


def enrolled_by_two_custodians(case):
    """The operator who is signed in, as on the signer's machine."""
    both = [part for name in ("anna", "bert")
            for part in ("--passphrase-file", secret(case, name))]
    if not os.path.exists(os.path.join(case.instance.dir, "signer", "custodians")):
        case.instance.cli("operator", "custodians", "Anna", "Bert", *both)
    keys = case.client.send("GET", "/v1/me/passkeys").json["data"]
    email = case.client.send("GET", "/v1/me").json["email"]
    path = os.path.join(case.instance.dir, "passkey.txt")
    with open(path, "w", encoding="utf-8") as out:
        out.write(case.instance.cli("member", "show-passkey", email) + "\n")
    case.instance.cli("operator", "enrol", path, "--fingerprint", keys[0]["fingerprint"], *both)


def removed_by_two_custodians(case):
    both = [part for name in ("anna", "bert")
            for part in ("--passphrase-file", secret(case, name))]
    case.instance.cli("operator", "remove", case.client.send("GET", "/v1/me").json["id"], *both)


def ordered_and_refused(case):
    confirm(case)
    until_refused(case, order_with(case, []), "a removed operator", "not enrolled")


def ordered_again(case):
    order_with(case, [])


def passkey_gone_by_row(case):
    database = taking.store(case)
    with database:
        assert database.execute("DELETE FROM passkeys WHERE id = ?",
                                (case.signed["credential"],)).rowcount == 1
    database.close()
    challenge = case.client.send("POST", "/v1/login/passkey/begin")
    assert challenge.status == 403, challenge.text


def rows_of_the_one_before(case):
    """The kept signature, in rows that say it is of this registration."""
    database = taking.store(case)
    member, = database.execute("SELECT operator FROM approvals WHERE credential = ?",
                               (case.signed["credential"],)).fetchone()
    database.close()
    until_refused(case, approved_by_rows(case, member), "the rows of another",
                  "a signature of another challenge")


def approval(case):
    answer = case.client.send("GET", "/v1/reviews/%s/approval" % case.values["id"])
    assert answer.status == 200, answer.text
    assert answer.json["digest"] == digest_of(answer.json), answer.text
    return answer.json


def digest_of(a):
    """docs/approval.md, made of what the page is told."""
    subject = a["subject"]
    fields = [text.encode() for text in (
        "paraph approval 4", a["registration"], a["workspace"], a["requested_by"] or "", a["level"],
        a["profile"], subject["given_names"], subject["surname"], subject["common_name"],
        subject["country"], subject["person_serial"])]
    fields += [bytes.fromhex(text) for text in (
        a["address"], a["evidence"], (a["own_key"] or {"sha256": ""})["sha256"],
        a["withdrawal"] or "")]
    fields.append(a["decision"].encode())
    encoded = b"".join(struct.pack(">I", len(field)) + field for field in fields)
    encoded += struct.pack(">IIQ", a["needed"], a["attempt"], a["made_at"])
    return base64.urlsafe_b64encode(hashlib.sha256(encoded).digest()).decode().rstrip("=")


def decide(case, client, body):
    return client.send("POST", "/v1/reviews/%s/decision" % case.values["id"],
                       json.dumps({"decision": "approve", **body}).encode(), JSON)


def nobody_else_approves(case):
    """By a key of the API, by a session without the passkey, by another's
    passkey, by a signature over another time."""
    body = case.key.sign(approval(case)["digest"])
    key = Browser(case.instance.url, key=case.last.key)
    assert decide(case, key, body).status == 403, "an API key approves"
    nobody = Browser(case.instance.url)
    assert decide(case, nobody, body).status == 401
    stolen = Browser(case.instance.url)  # a password, and no passkey
    stolen.send("POST", "/v1/login", json.dumps(
        {"email": case.members["operator"], "password": "correct horse battery"}).encode(), JSON)
    answer = decide(case, stolen, body)
    assert answer.status == 403 and answer.json["error"]["code"] == "passkey_needed", answer.text
    answer = decide(case, case.client, {})  # a stolen session that a passkey proved
    assert answer.status == 400 and answer.json["error"]["field"] == "credential", answer.text
    other = case.passkeys["another"].sign(approval(case)["digest"])
    assert decide(case, case.client, other).status == 403, "another operator's passkey"
    old = case.key.sign(approval(case)["digest"])
    approval(case)  # drawn up again, at another time
    assert decide(case, case.client, old).status == 403, "a signature over another time"


def replayed_elsewhere(case):
    """The signature that approved the case before approves no other."""
    answer = decide(case, case.client, case.signed)
    assert answer.status == 403, answer.text


def sign_and_keep(case):
    case.said = approval(case)
    case.signed = case.key.sign(case.said["digest"])


def approve_with_kept(case):
    answer = decide(case, case.client, case.signed)
    assert answer.status == 200 and answer.json["outcome"] == "approved", answer.text
    again = decide(case, case.client, case.signed)
    assert again.status in (404, 409), "the same signature again: " + again.text


def told_that_nobody_believes(case):
    answer = decide(case, case.client, case.signed)
    assert answer.status == 200 and answer.json["unbelieved"] is True, answer.text


def told_of_no_doubt(case):
    answer = decide(case, case.client, case.signed)
    assert answer.status == 200 and answer.json["unbelieved"] is False, answer.text


def refusals(case):
    """What the clerk said of this registration's orders, oldest first."""
    with open(case.instance.log, encoding="utf-8", errors="replace") as log:
        return re.findall(r"(?:job\.failed job=issue subject|order\.not_believed registration)=%s "
                          r"(?:tries=\d+ error=\S+ )?why=\"([^\"]*)\"" % case.values["id"],
                          log.read())


def wake(case):
    client = Browser(case.instance.url)
    client.send("POST", "/v1/session", json.dumps({"token": case.values["token"]}).encode(), JSON)
    client.send("POST", "/v1/session/%s/language" % case.values["id"], b'{"language": "fr"}', JSON)


def confirm(case):
    client = Browser(case.instance.url)
    client.send("POST", "/v1/session", json.dumps({"token": case.values["token"]}).encode(), JSON)
    answer = client.send("POST", "/v1/session/%s/confirm" % case.values["id"],
                         b'{"correct": true}', JSON)
    assert answer.status == 200, answer.text


def order_with(case, rows):
    """All in one transaction, so that nothing is ordered in between."""
    before = len(refusals(case))
    database = taking.store(case)
    with database:
        for text, values in rows:
            assert database.execute(text, values).rowcount > 0, text
        database.execute("UPDATE jobs SET run_at = 0, lease_until = 0, tries = 0 WHERE "
                         "name = 'issue' AND subject = ?", (case.values["id"],))
    database.close()
    wake(case)
    return before


def until_refused(case, before, rows, why):
    end = time.time() + 30
    while time.time() < end:
        said = refusals(case)[before:]
        if said:
            assert re.search(why, said[0]), "%s: refused, but for %r" % (rows, said[0])
            return
        time.sleep(0.1)
    raise AssertionError("%s: not refused" % (rows,))


def set_(table, column, value, key, of):
    return ("UPDATE %s SET %s = ? WHERE %s = ?" % (table, column, key), (value, of))


def rows_of(case):
    """(table, column, another value, what the signer says)."""
    one = "a signature of another challenge"
    other = case.passkeys["another"]
    database = taking.store(case)
    another, = database.execute("SELECT member FROM passkeys WHERE id = ?",
                                (other.credential,)).fetchone()
    database.close()
    later = int(time.time() * 1000) + 3600000
    flipped = bytearray(base64.urlsafe_b64decode(case.signed["signature"] + "=="))
    flipped[-1] ^= 1
    return [
        ("registrations", "surname", "Mallory", one),
        ("registrations", "given_names", "Mallory", one),
        ("registrations", "nationality", "BE", one),
        ("registrations", "person_serial", "0000000000", one),
        ("registrations", "workspace", "wsp_" + "2" * 26, one),
        ("registrations", "requested_by", "mem_" + "2" * 26, one),
        ("registrations", "email_folded", "mallory@example.org", one),
        ("registrations", "attempt", 2, "no approval"),
        ("approvals", "needed", 2, "2 approvals needed"),
        ("approvals", "made_at", later, "from the future"),
        ("approvals", "made_at", case.said["made_at"] + 1, one),
        ("approvals", "operator", another, "the passkey of another operator"),
        ("approvals", "credential", other.credential, "the passkey of another operator"),
        ("approvals", "signature", bytes(flipped), "signature"),
        ("evidence", "sha256", "0" * 64, one),
        ("evidence", "state", "retake", one),
        ("registrations", "level", "qcpnqscd", one),
    ]


def nothing_comes_of_changed_rows(case):
    """Each change alone, and each undone before the next."""
    registration, undo = case.values["id"], []
    database = taking.store(case)
    piece, = database.execute("SELECT id FROM evidence WHERE registration = ?",
                              (registration,)).fetchone()
    keys = {"registrations": ("id", registration), "evidence": ("id", piece),
            "approvals": ("registration", registration)}
    plan = []
    for table, name, value, why in rows_of(case):
        key, of = keys[table]
        old = database.execute("SELECT %s FROM %s WHERE %s = ?" % (name, table, key),
                               (of,)).fetchone()[0]
        plan.append((set_(table, name, value, key, of), set_(table, name, old, key, of), why))
    database.close()
    for change, back, why in plan:
        before = order_with(case, undo + [change])
        if not undo:  # the first is there before anything is ordered
            confirm(case)
        until_refused(case, before, change, why)
        undo = [back]
    order_with(case, undo)


def approved_by_rows(case, member):
    """All the rows of an approved request, with the signature that was kept."""
    identity, subject = case.values["id"], case.said["subject"]
    signed = {name: base64.urlsafe_b64decode(case.signed[name] + "==")
              for name in ("authenticator_data", "client_data", "signature")}
    now = int(time.time() * 1000)
    database = taking.store(case)
    with database:
        database.execute("INSERT INTO jobs (id, name, subject, run_at, lease_until, tries, "
                         "created_at) VALUES (?, 'issue', ?, ?, 0, 0, ?)",
                         ("job_" + identity[4:], identity, now + 3600000, now))
        # as if it had never been withdrawn: the signer knows
        database.execute("DELETE FROM withdrawals WHERE registration = ?", (identity,))
    database.close()
    return order_with(case, [
        ("UPDATE registrations SET state = 'approved', state_at = ?, confirmed_at = ?, "
         "given_names = ?, surname = ?, nationality = ?, version = version + 1 WHERE id = ?",
         (now, now, subject["given_names"], subject["surname"], subject["country"], identity)),
        ("INSERT INTO approvals (registration, attempt, operator, credential, authenticator_data, "
         "client_data, signature, needed, at, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
         (identity, case.said["attempt"], member, case.signed["credential"],
          signed["authenticator_data"], signed["client_data"], signed["signature"], now,
          case.said["made_at"])),
    ])


def order_what_was_refused(case):
    """Somebody has the database and a signature that the operator gave before
    they refused: all the rows of an approved request are there again."""
    identity = case.values["id"]
    database = taking.store(case)
    member, = database.execute("SELECT member FROM passkeys WHERE id = ?",
                               (case.signed["credential"],)).fetchone()
    database.close()
    until_refused(case, approved_by_rows(case, member), "the rows of before", "withdrawn")
    state = case.client.send("GET", "/v1/reviews/" + identity)  # back with operators, at once
    assert state.status in (404, 409), state.text
    database = taking.store(case)
    now = database.execute("SELECT state FROM registrations WHERE id = ?", (identity,)).fetchone()[0]
    database.close()
    assert now == "in_review", now


def the_ledger_tells(case):
    told = case.instance.cli("ca", "ledger", case.values["id"])
    assert " approved registration=" in told and " issued " in told, told
    assert told.count(" approved ") == 1, told


def is_withdrawn(case):
    """By the time the act is answered."""
    told = case.instance.cli("ca", "ledger", case.values["id"])
    assert " made_void registration=" in told, told


def nothing_while_the_signer_does_not_hear(case):
    """The data are contested, and the signer stands still: nothing was done."""
    path = "/v1/session/%s/confirm" % case.values["id"]
    os.kill(case.instance.pid("signer"), signal.SIGSTOP)
    try:
        answer = case.client.send("POST", path, b'{"correct": false}', JSON)
    finally:
        os.kill(case.instance.pid("signer"), signal.SIGCONT)
    assert answer.status == 503, answer.text
    session = case.client.send("GET", "/v1/session/" + case.values["id"]).json
    assert session["state"] == "approved", session["state"]


def is_drawn(case):
    assert " drawn registration=" in case.instance.cli("ca", "ledger", case.values["id"])


def nothing_of_the_pin_stays(case):
    """Neither in the body, nor in what it was parsed into: web's memory."""
    time.sleep(0.3)
    digits, pid, places = case.values["pin"].encode(), case.instance.pid("web"), []
    with open("/proc/%d/maps" % pid, encoding="utf-8") as maps, \
            open("/proc/%d/mem" % pid, "rb", 0) as memory:
        for line in maps:
            span, rights, rest = line.split(None, 2)
            if rights[:2] != "rw" or "[vvar]" in rest:
                continue
            first, last = (int(end, 16) for end in span.split("-"))
            try:
                memory.seek(first)
                held = memory.read(last - first)
            except (OSError, ValueError):
                continue
            places += [(hex(first + m.start()), rest.split()[-1], held[max(0, m.start() - 24):m.end() + 16])
                       for m in re.finditer(digits, held)]
    assert not places, places


def draw_pin(case):
    """Digits that are nowhere else."""
    case.values["pin"] = "%012d" % int.from_bytes(os.urandom(4), "big")
    case.values["pin"] = "73" + case.values["pin"][2:]


def country_of_nobody(case):
    """A document may say Kosovo; ISO 3166-1 does not."""
    taking.change(case, "UPDATE registrations SET nationality = 'XK', version = version + 1 "
                  "WHERE id = ?", case.values["id"])


def order_ended(case):
    database = taking.store(case)
    jobs, = database.execute("SELECT count(*) FROM jobs WHERE name = 'issue' AND subject = ?",
                             (case.values["id"],)).fetchone()
    why, = database.execute("SELECT why FROM reviews WHERE registration = ?",
                            (case.values["id"],)).fetchone()
    noted, = database.execute(
        "SELECT count(*) FROM audit WHERE act = 'registration.not_certifiable' AND subject = ?",
        (case.values["id"],)).fetchone()
    database.close()
    assert (jobs, why, noted) == (0, "not_certifiable", 1), (jobs, why, noted)
