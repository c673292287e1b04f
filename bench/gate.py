#!/usr/bin/env python3
"""How long a participant waits from the end of an upload until the picture is
"read" or to be taken "again", in a whole instance.

Usage: bench/gate.py [--count N] [PICTURE...]

Each picture is uploaded N times, each time by a participant of a request of
its own, one after the other. What is told, median and 95th percentile in
milliseconds: until web has answered the upload (received, sealed, stored),
until the reading is known to whoever asks every few milliseconds, and the
processor that web, clerk and inspector with its readers spent. Without
PICTURE: the demo passport at 12 megapixels, in files of some 2 and 6 MB.
"""
import argparse
import io
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.join(HERE, "..", "tests", "lib")
from instance import Instance  # noqa: E402
from walk import PICTURE, Walk  # noqa: E402

PROGRAMS = ["web", "clerk", "inspector"]
TICK = 1000 / os.sysconf("SC_CLK_TCK")
ASKED_EVERY = 0.01
PATIENCE = 30


def enlarged(size):
    """The demo passport with the pixels of a phone, in about so many bytes."""
    import numpy
    from PIL import Image
    grain = numpy.random.default_rng(7).normal(0, 3, (3000, 4000, 1))
    page = numpy.asarray(Image.open(PICTURE).convert("RGB").resize(
        (4000, 3000), Image.LANCZOS), float) + grain
    page = Image.fromarray(page.clip(0, 255).astype("uint8"))
    best = None
    for quality in range(60, 100):
        out = io.BytesIO()
        page.save(out, "JPEG", quality=quality)
        best = out.getvalue()
        if len(best) >= size:
            break
    return best


def spent(paraph):
    """Milliseconds of processor of each program, with children that ended."""
    out = {}
    for program in PROGRAMS:
        with open("/proc/%d/stat" % paraph.pid(program), encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        out[program] = sum(int(n) for n in fields[11:15]) * TICK
    return out


def settled(paraph):
    """Once a second has passed in which nothing was spent."""
    before = spent(paraph)
    while True:
        time.sleep(1)
        now = spent(paraph)
        if sum(now.values()) - sum(before.values()) <= 2 * TICK:
            return now
        before = now


def attempt(paraph, space, number, picture):
    walk = Walk(paraph.url, space.key, paraph.outbox, "gate%d@mail.example" % number,
                phone="+336%08d" % number)
    walk.ask("lcp")
    walk.open()
    walk.identify()
    walk.act("/document", {"country": "UTO", "kind": "passport"})
    before, begun = settled(paraph), time.time()
    walk.person.call("POST", walk.path + "/document/front", picture, "image/jpeg")
    answered = time.time()
    while not walk.picture("front"):
        if time.time() - begun > PATIENCE:
            raise AssertionError("nothing came of a picture")
        time.sleep(ASKED_EVERY)
    known, after = time.time(), settled(paraph)
    return {"answered": (answered - begun) * 1000, "known": (known - begun) * 1000,
            "state": walk.picture("front")["state"],
            **{program: after[program] - before[program] for program in PROGRAMS}}


def row(name, values):
    values = sorted(values)
    return "  %-28s %6.0f  %6.0f" % (name, values[len(values) // 2],
                                     values[min(len(values) - 1, len(values) * 95 // 100)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("pictures", nargs="*")
    wish = parser.parse_args()
    files = [(path, open(path, "rb").read()) for path in wish.pictures] or \
        [("%d MB" % size, enlarged(size * 1000000)) for size in (2, 6)]
    number = 0
    with Instance() as paraph:
        space = paraph.workspace("Gate")
        for name, picture in files:
            tries = []
            for _ in range(wish.count):
                number += 1
                tries.append(attempt(paraph, space, number, picture))
            states = [one["state"] for one in tries]
            print("%s, %d bytes: %d read, %d again" % (
                name, len(picture), states.count("read"), states.count("retake")))
            print("  %-28s median     p95" % "milliseconds")
            print(row("upload answered", [one["answered"] for one in tries]))
            print(row("reading known", [one["known"] for one in tries]))
            for program in PROGRAMS:
                print(row("processor, " + program, [one[program] for one in tries]))


if __name__ == "__main__":
    main()
