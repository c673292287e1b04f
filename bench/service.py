#!/usr/bin/env python3
"""Figures of a whole instance: requests created per second, memory at rest.

Usage: bench/service.py [--count N] [--clients N]

Registrations are created over HTTP, each in its own durable transaction with
its journal entry and invitation. As the limit to compare with, the same
machine's durable commits per second are measured in the same run (a row into
an SQLite file, WAL, synchronous=FULL, one writer).
"""
import argparse
import os
import sqlite3
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "lib"))
from client import Client  # noqa: E402
from instance import Instance  # noqa: E402

PROGRAMS = ["supervisor", "web", "clerk", "inspector", "signer"]


def memory(paraph):
    """MiB of each program: (resident, proportional share)."""
    figures = {}
    for program in PROGRAMS:
        fields = {}
        for line in open("/proc/%d/smaps_rollup" % paraph.pid(program)):
            words = line.split()
            if len(words) > 1 and words[1].isdigit():
                fields[words[0]] = int(words[1]) / 1024
        figures[program] = (fields["Rss:"], fields["Pss:"])
    return figures


def commits_per_second(seconds=3.0):
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(os.path.join(folder, "x.db"), isolation_level=None)
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        count, end = 0, time.time() + seconds
        while time.time() < end:
            base.execute("INSERT INTO t (text) VALUES (?)", ("x" * 500,))
            count += 1
        return count / seconds


def create(paraph, space, count, clients):
    def work(first):
        client = Client(paraph.url, space.key)
        for n in range(first, count, clients):
            client.call("POST", "/v1/registrations", {
                "applicant": "person%d@mail.example" % n, "level": "lcp"})

    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    begun = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count / (time.time() - begun)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--clients", type=int, default=8)
    wish = parser.parse_args()
    with Instance() as paraph:
        space = paraph.workspace("Bench")
        time.sleep(3)
        figures = memory(paraph)
        for program, (rss, pss) in figures.items():
            print("%-11s resident %6.1f MiB, its share %6.1f MiB" % (program, rss, pss))
        print("%-11s resident %6.1f MiB, its share %6.1f MiB (limit 300)" % (
            "together", sum(f[0] for f in figures.values()), sum(f[1] for f in figures.values())))
        rate = create(paraph, space, wish.count, wish.clients)
        limit = commits_per_second()
        print("%.0f registrations/s by %d clients; %.0f bare durable commits/s here: ratio %.2f" % (
            rate, wish.clients, limit, rate / limit))


if __name__ == "__main__":
    main()
