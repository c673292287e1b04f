#!/usr/bin/env python3
"""From a waiting order to a stored certificate, through the whole service.

Usage: bench/issue.py [--certificates N] [--rounds N]

Makes an instance, has one certificate issued by the pages, and puts copies of
that registration beside it, approved and confirmed (tests/crash/orders.c).
Then it starts the service and watches the database until all have their
certificate: clerk, signer, ledger, journal and database as ever. Certificates
a second between the first and the last one; processor time of each with what
its start took.
"""
import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "lib"))
from instance import BUILD, Instance  # noqa: E402
from walk import first_certificate  # noqa: E402

SETTINGS = "[signer]\nrate_per_hour = 1000000\n"
TICKS = os.sysconf("SC_CLK_TCK")


def spent(pid):
    fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def issued(paraph):
    path = [os.path.join(folder, name) for folder, _, names in os.walk(paraph.dir)
            for name in names if name.endswith(".db")][0]
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True, timeout=30)
    try:
        return db.execute("SELECT COUNT(*), MIN(created_at), MAX(created_at) FROM certificates "
                          "WHERE email LIKE 'waits%'").fetchone()
    finally:
        db.close()


def measure(count):
    with Instance(SETTINGS) as paraph:
        first_certificate(paraph)
        paraph.stop()
        subprocess.run([os.path.join(BUILD, "tests", "orders"), paraph.conf, str(count)], check=True)
        paraph.start()
        pids = {p: paraph.pid(p) for p in ("clerk", "signer")}
        have = 0
        while have < count:
            time.sleep(0.1)
            have, begun, ended = issued(paraph)
        used = {p: spent(pid) / count * 1000 for p, pid in pids.items()}
        return 1000 * (count - 1) / max(ended - begun, 1), used["clerk"], used["signer"]


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--certificates", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    options = options.parse_args()
    found = [measure(options.certificates) for _ in range(options.rounds)]
    rate, clerk, signer = (statistics.median(column) for column in zip(*found))
    print("order to stored certificate   %6.0f /s   clerk %.2f, signer %.2f CPU-ms each   (%d, median of %d; %s)" % (
        rate, clerk, signer, options.certificates, options.rounds,
        ", ".join("%.0f" % r for r, _, _ in found)))


if __name__ == "__main__":
    main()
