"""Dossiers: verified by the commands of their own README.txt, and by no other."""
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import zipfile

import keeping

PASSWORD = "correct horse battery"
BLOCK = re.compile(r"(?:^     .*\n)+", re.M)


def run(script, folder, right=True):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                          check=False)
    assert (done.returncode == 0) == right, "%s\n%s" % (script, done.stdout)
    return done.stdout


def export(case, *more, role="auditor", status=0, password=PASSWORD, identity=None):
    """Where it was written to."""
    path = os.path.join(case.folder, "%d.asice" % len(os.listdir(case.folder)))
    case.instance.cli("dossier", identity or case.values["id"], "--member", case.members[role],
                      "--password-stdin", "--out", path, *more, input=password + "\n",
                      status=status)
    return path


def sections(folder, name="README.txt"):
    """The commands of each section, by its number; 0: what it does not prove."""
    text = open(os.path.join(folder, name), encoding="utf-8").read()
    parts = re.split(r"^(\d)  .*\n", text.replace("\nWhat it does", "\n0  ").replace(
        "\nCe qu'il ne", "\n0  "), flags=re.M)
    return {int(n): BLOCK.findall(body) for n, body in zip(parts[1::2], parts[2::2])}


def unpacked(path):
    folder = tempfile.mkdtemp(dir=os.path.dirname(path))
    run("unzip -q '%s' -d dossier" % path, folder)
    return os.path.join(folder, "dossier")


def seal_and_files(folder, right=True):
    told = sections(folder)
    script = told[2][0] + told[3][0].replace("grep -cF", "grep -qF")
    return run(script, folder, right)


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        return json.load(f)


def acts(case):
    db = sqlite3.connect(keeping.database(case), timeout=20)
    rows = db.execute("SELECT act, actor FROM audit WHERE subject = ? ORDER BY seq",
                      (case.values["id"],)).fetchall()
    db.close()
    return rows


def a_dossier_is_made(case):
    case.folder = tempfile.mkdtemp(dir=case.instance.dir)
    case.container = export(case)
    assert os.stat(case.container).st_mode & 0o777 == 0o600
    case.dossier = unpacked(case.container)


def its_readme_verifies_it(case):
    """Each command as it stands, in both languages."""
    for name in ("README.txt", "LISEZMOI.txt"):
        told = sections(case.dossier, name)
        assert sorted(told) == list(range(8)), (name, sorted(told))
        file = "FILE" if name == "README.txt" else "FICHIER"
        number = "NUMBER" if name == "README.txt" else "NUMERO"
        again = tempfile.mkdtemp(dir=case.folder)
        run(told[1][0].replace(file, case.container), again)
        assert "successful" in run(told[2][0], case.dossier)
        for block in told[2][1:] + told[3]:
            run(block, case.dossier)
        assert "Verified OK" in approvals(case, told[5][0])
        said = run(told[6][0], case.dossier)
        assert "certificate.pem: OK" in said and "Response verify OK" in said and ": good" in said, said
        entry = read(case.dossier, "journal/journal.json")[3]
        said = run(told[7][0].replace(number, str(entry["number"])), case.dossier)
        assert said.endswith(entry["previous"]), said
        run(told[0][0].replace(file, case.container), again)


def approvals(case, block):
    said = ""
    folder = os.path.join(case.dossier, "approvals")
    assert os.listdir(folder)
    for one in sorted(os.listdir(folder)):
        here = os.path.join(folder, one)
        said += run(block, here)
        challenge = json.load(open(os.path.join(here, "client-data.json"),
                                   encoding="utf-8"))["challenge"]
        assert challenge in said, said
        present = run("od -An -tu1 -j32 -N1 authenticator-data.bin", here)
        assert int(present) & 5 == 5, present
        assert case.values["id"] in run("strings approved.bin", here)
    return said


def it_holds_what_was_given_and_decided(case):
    r = read(case.dossier, "registration.json")
    assert r["id"] == case.values["id"] and r["state"] == "issued", r
    assert r["applicant"]["email"] == case.values["email"], r
    pieces = read(case.dossier, "evidence.json")
    assert {p["kind"] for p in pieces} >= {"agreement", "consent", "document_front"}, [p["kind"] for p in pieces]
    for p in pieces:
        assert p["file"] and not p["missing"], p
        with open(os.path.join(case.dossier, p["file"]), "rb") as f:
            assert len(f.read()) == p["size"], p
        assert p["sha256"] in open(os.path.join(case.dossier, "SHA256SUMS"), encoding="ascii").read()
    attempt = read(case.dossier, "attempts.json")["attempts"][-1]
    assert attempt["decisions"][0]["decision"] == "approve", attempt
    assert attempt["decisions"][0]["opinion"]["document"], attempt
    people = read(case.dossier, "people.json")
    assert people[attempt["decisions"][0]["operator"]]["role"] == "operator", people
    ledger = open(os.path.join(case.dossier, "ledger.txt"), encoding="utf-8").read()
    assert " approved registration=" in ledger and " issued " in ledger, ledger
    assert "not inside" not in open(os.path.join(case.dossier, "README.txt"), encoding="utf-8").read()


def the_journal_has_it_and_its_lines_are_checkpoints(case):
    who = [actor for act, actor in acts(case) if act.startswith("dossier.")]
    assert [a for a, _ in acts(case)][-2:] == ["dossier.asked", "dossier.listed"], acts(case)
    assert len(set(who)) == 1 and who[0].startswith("mem_"), who
    lines = open(os.path.join(case.dossier, "journal", "chain.txt"), encoding="ascii").read()
    lines = lines.strip().split("\n")
    own = {str(e["number"]): e["hash"] for e in read(case.dossier, "journal/journal.json")}
    assert set(own.items()) <= {tuple(line.split()) for line in lines}
    numbers = [int(line.split()[0]) for line in lines]
    assert numbers == sorted(set(numbers))
    for line in (lines[0], lines[-1]):
        case.instance.cli("audit", "verify", "--checkpoint", line)
    case.instance.cli("audit", "verify", "--checkpoint", "%d %s" % (
        numbers[-1], lines[0].split()[1]), status=1)


def flip(path):
    """One bit in its middle; again: as it was."""
    with open(path, "r+b") as f:
        f.seek(os.path.getsize(path) // 2)
        byte = f.read(1)
        f.seek(-1, os.SEEK_CUR)
        f.write(bytes([byte[0] ^ 1]))


def a_byte_changed_in_any_part_is_found(case):
    """By the commands of the true README: a changed one says what it likes."""
    told = sections(case.dossier)
    script = told[2][0] + told[3][0].replace("grep -cF", "grep -qF")
    run(script, case.dossier)
    with zipfile.ZipFile(case.container) as z:
        assert z.testzip() is None
        names = z.namelist()
    assert names[0] == "mimetype" and len(names) > 30, names
    for name in names[1:]:
        flip(os.path.join(case.dossier, name))
        run(script, case.dossier, right=False)
        flip(os.path.join(case.dossier, name))
    run(script, case.dossier)


def without_evidence(case):
    folder = unpacked(export(case, "--without-evidence"))
    seal_and_files(folder)
    assert not os.path.exists(os.path.join(folder, "evidence"))
    assert all(p["missing"] and not p["file"] for p in read(folder, "evidence.json"))


def whoever_may_not_gets_none(case):
    before = acts(case)
    for more in ({"role": "operator"}, {"password": "another battery horse"},
                 {"identity": "reg_" + "0" * 26}):
        assert not os.path.exists(export(case, status=1, **more)), more
    case.instance.cli("dossier", "../../etc/passwd", "--member", case.members["auditor"], status=2)
    case.instance.cli("dossier", case.values["id"], status=2)
    there = os.path.join(case.folder, "there")
    with open(there, "w", encoding="ascii") as f:
        f.write("mine")
    case.instance.cli("dossier", case.values["id"], "--member", case.members["auditor"],
                      "--password-stdin", "--out", there, input=PASSWORD + "\n", status=1)
    assert open(there, encoding="ascii").read() == "mine"
    assert acts(case) == before


def what_is_destroyed_or_damaged_is_named(case):
    pieces = keeping.kept(case)
    keeping.change(case, "UPDATE evidence SET sealed_key = NULL, state = 'deleted' WHERE id = ?",
                   pieces[0])
    flip(keeping.file_of(case, pieces[1]))
    folder = unpacked(export(case))
    seal_and_files(folder)
    missing = {p["id"]: p["missing"] for p in read(folder, "evidence.json") if p["missing"]}
    assert missing == {pieces[0]: "destroyed", pieces[1]: "its file is damaged or another"}, missing
    assert "(2 of %d are" % len(pieces) in open(os.path.join(folder, "README.txt"),
                                                encoding="utf-8").read()
    one = read(folder, "approvals/" + os.listdir(os.path.join(folder, "approvals"))[0] +
               "/approval.json")
    assert one["approved"].startswith("cannot be built any more"), one


def what_cannot_be_written_ends_it(case):
    """No sentence about evidence that a fault of ours kept out."""
    last = keeping.kept(case)[-1]
    to = "UPDATE evidence SET kind = replace(kind, ?, ?) WHERE id = ?"
    keeping.change(case, to, "_", " ", last)
    assert not os.path.exists(export(case, status=1))
    keeping.change(case, to, " ", "_", last)


def of_one_that_is_not_certified(case):
    """What each check said of it, and nothing of a certificate."""
    folder = unpacked(export(case))
    seal_and_files(folder)
    verdicts = read(folder, "attempts.json")["attempts"][0]["verdicts"]
    assert {v["check"]: v["verdict"] for v in verdicts}["mrz_digits"] == "pass", verdicts
    assert os.path.exists(os.path.join(folder, "trust", "roots.pem"))
    for name in ("certificate", "approvals"):
        assert not os.path.exists(os.path.join(folder, name)), name


def the_request_for_their_own_key_is_in_it(case):
    seal_and_files(case.dossier)
    assert "verify OK" in run(sections(case.dossier)[6][1], case.dossier)
    assert run("openssl req -in certificate/own-key.pem -noout -pubkey", case.dossier) == run(
        "openssl x509 -in certificate/certificate.pem -noout -pubkey", case.dossier)


def no_personal_data_outside(case):
    log = open(case.instance.log, encoding="utf-8", errors="replace").read()
    assert "dossier.sealed dossier=dos_" in log
    for word in ("Lindqvist", case.values["email"]):
        assert word not in "\n".join(line for line in log.split("\n") if "dossier" in line), word
