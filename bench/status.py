#!/usr/bin/env python3
"""Status with very many certificates: how long until a revocation is seen.

Usage: bench/status.py [--certificates N] [--revoked N] [--rounds N]

One certificate is issued, then the stopped instance is filled with copies of
it under other serial numbers, in database and ledger alike (bench/fill.c). Of
some of them, taken anywhere, the revocation is asked for over HTTP, and the
clock runs until a question is answered "revoked" and until the list has the
serial number; then of as many one after the other, so that a list is always in
the making. Then the memory of each program, and the plans of the
queries that a question or a list needs: one that walks through a table is
marked.
"""
import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "lib"))
from instance import BUILD, Instance  # noqa: E402
from ocsp import Quick, der  # noqa: E402
from service import memory  # noqa: E402
from walk import first_certificate  # noqa: E402


def spent(pid):
    """Seconds of processor."""
    fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def revoke(paraph, key, certificate):
    request = urllib.request.Request("%s/v1/certificates/%s/revoke" % (paraph.url, certificate),
                                     b'{"reason": "key_compromise"}', method="POST",
                                     headers={"Authorization": "Bearer " + key,
                                              "Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=30).read()


def newest_list(paraph):
    with urllib.request.urlopen(paraph.url + "/pki/crl/issuing-l.crl", timeout=60) as answer:
        return answer.read()


def until_revoked(paraph, key, asker, identity, serial):
    """Seconds from the request to OCSP."""
    for _ in range(100):  # filled in without an answer: the first may be tryLater
        if asker.status(serial) == "good":
            break
    begun = time.time()
    revoke(paraph, key, identity)
    while asker.status(serial) != "revoked":
        assert time.time() < begun + 60
        time.sleep(0.005)
    return time.time() - begun


def measure(paraph, key, asker, rows):
    """Seconds from the request to OCSP, and to the list."""
    ocsp, lists = [], []
    for identity, serial in rows:
        number = der(2, bytes.fromhex(serial))
        begun = time.time()
        ocsp.append(until_revoked(paraph, key, asker, identity, serial))
        while number not in newest_list(paraph):
            assert time.time() < begun + 120
            time.sleep(0.02)
        lists.append(time.time() - begun)
    return ocsp, lists


def questions(asker, serials, clients=4):
    """Answers to single questions a second, and the median time of one."""
    times, lock = [], threading.Lock()

    def run(part):
        own = []
        for serial in part:
            begun = time.time()
            asker.ask(serial)
            own.append(time.time() - begun)
        with lock:
            times.extend(own)
    threads = [threading.Thread(target=run, args=(serials[i::clients],)) for i in range(clients)]
    begun = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.time() - begun), statistics.median(times)


PLANS = {
    "an OCSP answer": "SELECT response FROM ocsp_answers WHERE issuer = 'i' AND serial = 's'",
    "the certificate of a serial": "SELECT der FROM certificates WHERE issuer = 'i' AND serial = 's'",
    "what is new for a list": "SELECT serial, revoked_at, reason FROM certificates WHERE issuer = 'i' AND "
                              "revoked_at <> 0 AND revoked_at >= 1 UNION SELECT c.serial, c.revoked_at, c.reason "
                              "FROM jobs j CROSS JOIN certificates c WHERE j.name = 'revoke' AND c.id = j.subject "
                              "AND c.issuer = 'i' AND c.revoked_at <> 0",
    "whether any is on its way": "SELECT COUNT(*) FROM (SELECT 1 AS one FROM jobs WHERE name = 'revoke' LIMIT 1) AS some",
    "evidence with a key": "SELECT e.id FROM evidence e JOIN registrations r ON r.id = e.registration LEFT JOIN "
                           "certificates c ON c.registration = r.id WHERE e.sealed_key IS NOT NULL AND "
                           "e.state <> 'deleted' AND e.id > 'e' ORDER BY e.id LIMIT 1000",
    "answers to renew": "SELECT id FROM certificates WHERE (issuer, serial) IN (SELECT issuer, serial "
                        "FROM ocsp_answers WHERE next_update < 1 ORDER BY next_update LIMIT 50)",
    "the newest list": "SELECT number FROM crls WHERE issuer = 'i' ORDER BY number DESC LIMIT 1",
    "certificates of an address": "SELECT id FROM certificates WHERE email_folded = 'e' AND revoked_at = 0",
    "certificates that end": "SELECT id FROM certificates WHERE revoked_at = 0 AND not_after > 1 "
                             "AND not_after <= 2 ORDER BY not_after, id LIMIT 500",
    "the next job": "SELECT id FROM jobs WHERE run_at <= 1 AND lease_until <= 1 ORDER BY run_at, id LIMIT 1",
    "the journal's end": "SELECT seq FROM audit ORDER BY seq DESC LIMIT 1",
}


def plans(db):
    for title, query in PLANS.items():
        steps = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + query)]
        walks = any(step.startswith("SCAN") and "LIMIT" not in query for step in steps)
        print("  %-28s %s%s" % (title, "; ".join(steps), "   <-- walks" if walks else ""))


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--certificates", type=int, default=1000000)
    options.add_argument("--revoked", type=int, default=100000)
    options.add_argument("--rounds", type=int, default=100)
    options = options.parse_args()
    with Instance() as paraph:
        space = first_certificate(paraph, "Large Office")
        paraph.stop()
        begun = time.time()
        subprocess.run([os.path.join(BUILD, "tests", "fill"), paraph.conf, str(options.certificates),
                        str(options.revoked)], check=True)
        print("filled with %d certificates, %d revoked, in %.0f s" % (
            options.certificates, options.revoked, time.time() - begun))
        path = [os.path.join(folder, name) for folder, _, names in os.walk(paraph.dir)
                for name in names if name.endswith(".db")][0]
        ledger = [os.path.join(folder, name) for folder, _, names in os.walk(paraph.dir)
                  for name in names if name == "ledger"][0]
        print("database %.0f MB, ledger %.0f MB" % (
            os.path.getsize(path) / 1e6, os.path.getsize(ledger) / 1e6))
        begun = time.time()
        log = open(paraph.log, "ab")
        paraph.server = subprocess.Popen([os.path.join(BUILD, "src", "cli", "paraph"), "serve", "--config",
                                          paraph.conf], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        paraph.wait_until_up(600)
        print("started in %.1f s, of which the signer %.1f s of processor" % (
            time.time() - begun, spent(paraph.pid("signer"))))
        db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
        good = db.execute("SELECT id, serial FROM certificates WHERE revoked_at = 0 AND registration LIKE "
                          "'reg_0000%%' ORDER BY serial LIMIT %d" % (options.rounds * 40)).fetchall()
        random.Random(7).shuffle(good)
        asker = Quick(paraph.url, paraph.dir)
        begun = time.time()
        while asker.status(good[0][1]) != "good":
            assert time.time() < begun + 300
            time.sleep(0.1)
        print("compared, and answering %.1f s later; processor: clerk %.1f s, signer %.1f s" % (
            time.time() - begun, spent(paraph.pid("clerk")), spent(paraph.pid("signer"))))
        ocsp, lists = measure(paraph, space.key, asker, good[:options.rounds])
        busy = [until_revoked(paraph, space.key, asker, *row)
                for row in good[options.rounds:2 * options.rounds]]
        for title, times in (("OCSP", ocsp), ("the list", lists), ("OCSP, lists being made", busy)):
            print("revoked until %-22s median %.3f s, p99 %.3f s, worst %.3f s of %d" % (
                title, statistics.median(times), sorted(times)[len(times) * 99 // 100 - 1], max(times),
                len(times)))
        print("the list: %.2f MB" % (len(newest_list(paraph)) / 1e6))
        serials = [serial for _, serial in good[2 * options.rounds:]]
        rate, median = questions(asker, serials)
        print("OCSP, first question about each: %.0f /s, median %.1f ms" % (rate, median * 1000))
        rate, median = questions(asker, serials * 4)
        print("OCSP, the same again: %.0f /s, median %.1f ms" % (rate, median * 1000))
        for program, (resident, share) in memory(paraph).items():
            print("  %-12s %6.0f MiB resident, %6.0f proportional" % (program, resident, share))
        plans(db)


if __name__ == "__main__":
    main()
