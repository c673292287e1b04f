"""The three ways around an operator that are tried first: a session that
somebody stole, the API, a row that somebody changed. Each is turned away at the
door where there is one; and for whoever is past that door, the signer refuses
the order, says why, and its ledger has no certificate."""
import base64
import json
import time

from browser import Browser
from passkey import Passkey, PRESENT
import approving
import taking


def certified_nobody(case):
    told = case.instance.cli("ca", "ledger", case.values["id"])
    assert " issued " not in told, told


def operator_of(case):
    return case.client.send("GET", "/v1/me").json["id"]


def a_stolen_session(case):
    """The cookie of an operator who has just proven their passkey. Without it
    the thief signs nothing; so they add one of their own, which web believes,
    because the session is the operator's. The custodians never saw it."""
    thief = Browser(case.instance.url)
    thief.cookies = dict(case.client.cookies)
    answer = approving.decide(case, thief, {})
    assert answer.status == 400 and answer.json["error"]["field"] == "credential", answer.text
    key = Passkey(case.instance.url)
    wish = thief.send("POST", "/v1/me/passkeys/begin", b"{}", approving.JSON).json
    added = thief.send("POST", "/v1/me/passkeys", json.dumps(
        {"challenge": wish["challenge"], "name": "theirs", **key.register(wish["challenge"])}
    ).encode(), approving.JSON)
    assert added.status == 201, added.text
    answer = approving.decide(case, thief, key.sign(approving.approval(case)["digest"]))
    assert answer.status == 200 and answer.json["unbelieved"] is True, answer.text
    before = len(approving.refusals(case))
    approving.confirm(case)
    approving.until_refused(case, before, "a thief's passkey", "a passkey that is not enrolled")
    certified_nobody(case)


def approved_by_a_row(case, signed):
    """Everything that an approved and confirmed request has; signed: what goes
    for the operator's signature, or None."""
    identity, said = case.values["id"], case.said
    subject, now = said["subject"], int(time.time() * 1000)
    rows = [
        ("INSERT INTO jobs (id, name, subject, run_at, lease_until, tries, created_at) "
         "VALUES (?, 'issue', ?, 0, 0, 0, ?)", ("job_" + identity[4:], identity, now)),
        ("UPDATE registrations SET state = 'approved', state_at = ?, confirmed_at = ?, "
         "given_names = ?, surname = ?, nationality = ?, version = version + 1 WHERE id = ?",
         (now, now, subject["given_names"], subject["surname"], subject["country"], identity)),
    ]
    if signed:
        parts = [base64.urlsafe_b64decode(signed[name] + "==")
                 for name in ("authenticator_data", "client_data", "signature")]
        rows.append((
            "INSERT INTO approvals (registration, attempt, operator, credential, "
            "authenticator_data, client_data, signature, needed, at, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            (identity, said["attempt"], operator_of(case), signed["credential"], *parts, now,
             said["made_at"])))
    return approving.order_with(case, rows)


def the_api(case):
    """A program instead of a person: a key of the API, a session that only a
    password proved, and an answer of the passkey for which nobody was asked
    to be there. The last, put past the API, is refused by the signer too."""
    case.said = approving.approval(case)
    good = case.key.sign(case.said["digest"])
    key = Browser(case.instance.url, key=case.last.key)
    assert approving.decide(case, key, good).status == 403, "an API key approves"
    program = Browser(case.instance.url)
    program.send("POST", "/v1/login", json.dumps(
        {"email": case.members["operator"], "password": "correct horse battery"}).encode(),
        approving.JSON)
    answer = approving.decide(case, program, good)
    assert answer.json["error"]["code"] == "passkey_needed", answer.text
    unseen = case.key.sign(case.said["digest"], PRESENT)
    assert approving.decide(case, case.client, unseen).status == 403, "nobody was verified"
    before = approved_by_a_row(case, unseen)
    approving.until_refused(case, before, "nobody was verified", "verif")
    certified_nobody(case)


def answers_to_other_questions(case):
    """Whoever has the session of the operator who holds the case, and what
    their passkey answered when they signed in, or to a page that asked for a
    refusal or a redo: none of it approves. Nor does the sign-in, put past the
    pages."""
    case.said = approving.approval(case)
    thief = Browser(case.instance.url)
    thief.cookies = dict(case.client.cookies)
    sign_in = case.key.sign(thief.send("POST", "/v1/login/passkey/begin").json["challenge"])
    answer = approving.decide(case, thief, sign_in)
    assert answer.status == 403, "a sign-in approves: " + answer.text
    for word in ("refuse", "redo"):
        other = case.key.sign(approving.digest_of(dict(case.said, decision=word)))
        answer = approving.decide(case, thief, other)
        assert answer.status == 403, "%s approves: %s" % (word, answer.text)
    before = approved_by_a_row(case, sign_in)
    approving.until_refused(case, before, "a sign-in", "a signature of another challenge")
    certified_nobody(case)


def a_row_that_says_approved(case):
    """Somebody writes to the database: approved, and no operator signed."""
    case.said = approving.approval(case)
    before = approved_by_a_row(case, None)
    approving.until_refused(case, before, "no operator at all", "no approval")
    certified_nobody(case)


def a_changed_row(case):
    """An operator approved one person, and the row names another. With the
    true name again the certificate is made: nothing else stood in its way."""
    database = taking.store(case)
    surname, = database.execute("SELECT surname FROM registrations WHERE id = ?",
                                (case.values["id"],)).fetchone()
    database.close()

    def named(name):
        return approving.set_("registrations", "surname", name, "id", case.values["id"])

    before = approving.order_with(case, [named("Mallory")])
    approving.confirm(case)
    approving.until_refused(case, before, "another name", "a signature of another challenge")
    certified_nobody(case)
    approving.order_with(case, [named(surname)])


def judged_as_failed(case):
    """What the clerk judged, before it seals it."""
    database = taking.store(case)
    with database:
        database.execute("INSERT INTO verdicts (registration, attempt, name, position, verdict, "
                         "side, x, y, width, height, reason, explanation) VALUES "
                         "(?, 1, 'mrz_digits', 0, 'fail', 0, 0, 0, 0, 0, '', '')",
                         (case.values["id"],))
    database.close()


def verdict_turned(case):
    database = taking.store(case)
    with database:
        assert database.execute("UPDATE verdicts SET verdict = 'pass' WHERE registration = ?",
                                (case.values["id"],)).rowcount == 1
    database.close()


JUDGED = ("mrz_digits", "mrz_structure", "adult", "not_grey", "quality")


def judged_with_others(case):
    database = taking.store(case)
    with database:
        database.executemany(
            "INSERT INTO verdicts (registration, attempt, name, position, verdict, side, x, y, "
            "width, height, reason, explanation) VALUES (?, 1, ?, ?, ?, 0, 0, 0, 0, 0, '', '')",
            [(case.values["id"], name, at, "pass" if at else "fail")
             for at, name in enumerate(JUDGED)])
    database.close()


def verdicts_hidden(case):
    """What is sealed stays the same octets: three rows of evidence, the first
    without an id, say what the verdicts said, which are gone."""
    one, two, three, four, five = JUDGED
    now = int(time.time() * 1000) + 1000000
    database = taking.store(case)
    with database:
        database.execute("DELETE FROM verdicts WHERE registration = ?", (case.values["id"],))
        for at, (identity, kind, digest, state, seal) in enumerate((
                ("", one, "fail", "", two), ("pass", "", three, "pass", ""),
                (four, "pass", "", five, "pass"))):
            database.execute(
                "INSERT INTO evidence (id, registration, attempt, kind, state, reasons, media_type, "
                "size, sha256, created_at) VALUES (?, ?, 1, ?, ?, '', '', 0, ?, ?)",
                (identity, case.values["id"], kind, state, digest, now + at))
            database.execute("INSERT INTO finding_seals (evidence, seal) VALUES (?, ?)",
                             (identity, seal))
    database.close()


def told(case, act):
    database = taking.store(case)
    count, = database.execute("SELECT count(*) FROM audit WHERE subject = ? AND act = ?",
                              (case.values["id"], act)).fetchone()
    database.close()
    return count


def told_of_the_change(case):
    return told(case, "registration.verdicts_changed")


def changed_by_rows(case, *statements):
    database = taking.store(case)
    front, = database.execute("SELECT id FROM evidence WHERE registration = ? AND kind = "
                              "'document_front' AND state = 'read'",
                              (case.values["id"],)).fetchone()
    with database:
        for statement, values in statements:
            assert database.execute(statement, (*values, front)).rowcount > 0, statement
    database.close()


def a_name_found_by_row(case):
    """The zone of a passport names the participant, and nothing else does."""
    line = "P<UTOMALLORY<<MARC".ljust(44, "<")
    changed_by_rows(case, (
        "UPDATE findings SET text = ? WHERE name = 'mrz_line_1' AND evidence = ?", (line,)), (
        "DELETE FROM findings WHERE name IN ('printed_surname', 'printed_given_names') AND "
        "evidence = ?", ()))


def it_was_read_again(case):
    assert told(case, "evidence.read_again") == 1
    assert told(case, "registration.judged") == 1
    database = taking.store(case)
    line, = database.execute("SELECT text FROM findings JOIN evidence ON id = evidence WHERE "
                             "registration = ? AND findings.name = 'mrz_line_1'",
                             (case.values["id"],)).fetchone()
    database.close()
    assert "MALLORY" not in line, line
    with open(case.instance.log, encoding="utf-8") as log:
        assert "registration.read_again registration=" + case.values["id"] in log.read()


def a_number_found_by_row(case):
    changed_by_rows(case, (
        "UPDATE findings SET text = ? WHERE name = 'printed_number' AND evidence = ?",
        ("000000000",)))


def a_changed_finding(case):
    """Verdicts are as they were sealed, and what they were made of is not: it
    takes two operators, and the journal says so."""
    case.said = approving.approval(case)
    assert case.said["needed"] == 1
    answer = approving.decide(case, case.client, case.key.sign(case.said["digest"]))
    assert answer.status == 200 and answer.json["outcome"] == "second_needed", answer.text
    assert told_of_the_change(case) == 1
    certified_nobody(case)
    drop_case(case)


def ordered_and_told(case):
    """Two have signed, which is what a broken seal takes: it goes on, and the
    journal says once that somebody wrote there."""
    verdict_turned(case)
    approving.confirm(case)


def told_once_of_the_order(case):
    database = taking.store(case)
    rows = database.execute("SELECT detail FROM audit WHERE subject = ? AND act = "
                            "'registration.verdicts_changed'", (case.values["id"],)).fetchall()
    database.close()
    assert rows == [("order attempt 1",)], rows


def a_hidden_verdict(case):
    a_changed_finding(case)
    database = taking.store(case)
    with database:
        for table, column in (("finding_seals", "evidence"), ("evidence", "id")):
            database.execute("DELETE FROM %s WHERE %s IN ('', 'pass', ?)" % (table, column),
                             (JUDGED[3],))
    database.close()


def a_picture_moved(case):
    """The back is what was made of the front: its bytes are those of its row."""
    database = taking.store(case)
    with database:
        assert database.execute("UPDATE evidence SET kind = 'still_back' WHERE registration = ? AND "
                                "kind = 'still_front'", (case.values["id"],)).rowcount == 1
    database.close()


def a_moved_picture(case):
    """It is not shown, and nobody approves, nor for a row that says so."""
    shown = case.client.send("GET", "/v1/reviews/%s/stills/back.jpg" % case.values["id"])
    assert shown.status == 403 and shown.json["error"]["code"] == "check_failed", shown.text
    case.said = approving.approval(case)
    answer = approving.decide(case, case.client, case.key.sign(case.said["digest"]))
    assert answer.status == 403 and answer.json["error"]["code"] == "check_failed", answer.text
    assert told_of_the_change(case) == 1
    approved_by_a_row(case, case.key.sign(case.said["digest"]))
    end = time.time() + 30
    database = taking.store(case)
    state = "approved"
    while state == "approved":
        assert time.time() < end, "the order was not stopped"
        time.sleep(0.1)
        state, = database.execute("SELECT state FROM registrations WHERE id = ?",
                                  (case.values["id"],)).fetchone()
    database.close()
    assert state == "in_review", state
    certified_nobody(case)
    drop_case(case)


def drop_case(case):
    database = taking.store(case)
    with database:  # not before the cases that are drawn after it
        database.execute("UPDATE registrations SET state = 'cancelled' WHERE id = ?",
                         (case.values["id"],))
    database.close()


def a_turned_verdict(case):
    """A failed check takes two operators. With its row turned the pages ask
    for one, whose approval is not enough: not where it is given, and not for
    the order of a row that says approved. The journal tells of both."""
    case.said = approving.approval(case)
    assert case.said["needed"] == 1, "the row was believed less than ever"
    answer = approving.decide(case, case.client, case.key.sign(case.said["digest"]))
    assert answer.status == 200 and answer.json["outcome"] == "second_needed", answer.text
    assert told_of_the_change(case) == 1
    approved_by_a_row(case, None)
    end = time.time() + 30
    while told_of_the_change(case) < 2:
        assert time.time() < end, "the order was not stopped"
        time.sleep(0.1)
    database = taking.store(case)
    state, = database.execute("SELECT state FROM registrations WHERE id = ?",
                              (case.values["id"],)).fetchone()
    why, = database.execute("SELECT second FROM reviews WHERE registration = ?",
                            (case.values["id"],)).fetchone()
    database.close()
    assert (state, why) == ("in_review", "failed_check"), (state, why)
    certified_nobody(case)
    drop_case(case)
