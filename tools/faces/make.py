#!/usr/bin/python3
"""Makes recordings of invented people who do before a camera what they are
asked, of documents held up, and of attacks on both, with the truth beside
each. The same arguments give the same pictures, and the same bytes on the
same versions of ffmpeg and of the libraries below it."""

import argparse
import json
import os
import sys

import beside  # noqa: F401, first
import acts
import attacks
import documents
import hardships  # noqa: F401, kinds too
import photo
import record
from splits import one, split_of, stream

TABLES = {"face": attacks.KINDS, "document": documents.KINDS}


def options(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of the first recording")
    add("--count", type=int, default=1, help="of recordings of each kind")
    add("--part", choices=sorted(TABLES), default="face")
    add("--kind", default="honest", help="one, several with commas, or all; "
        "face: %s; document: %s" % (", ".join(attacks.KINDS), ", ".join(
            documents.KINDS)))
    add("--challenge", help="prompts with commas, look_ahead first; default: "
        "drawn")
    add("--actions", type=int, help="how many are drawn; default: 4 or 5")
    add("--asked", help="when each is asked, milliseconds with commas")
    add("--codec", choices=sorted(record.CODECS), help="default: by the seed")
    add("--fps", type=float, help="default: by the seed, 20 to 30 (document: "
        "15 to 24)")
    add("--size", default="640x480", help="of a face's recording")
    add("--astronaut", action="store_true", help="the photograph of "
        "python3-skimage instead of a painted head")
    add("--trace", action="store_true", help="regular times and the muxer's "
        "own name, as of a file that was made")
    add("--out", required=True, help="folder")
    add("--name", help="of the file, without ending (for one recording)")
    return parser.parse_args(argv)


def planned(part, kind, seed, challenge=None, asked=None, size="640x480",
            astronaut=False, actions=None, **more):
    """A Take or a Show."""
    wishes = dict(more)
    if actions and part == "face":
        wishes["prompts"] = acts.challenge(seed, actions)
    if challenge:
        wishes["prompts"] = challenge.replace(" ", ",").split(",")
    if asked:
        wishes["asked"] = [int(v) for v in asked.split(",")]
    if part == "document":
        return documents.plan(kind, seed, **wishes)
    if astronaut:
        wishes["who"] = photo.astronaut()
    return attacks.plan(kind, seed, size=tuple(
        int(v) for v in size.split("x")), **wishes)


def write(take, path, codec, fps, trace=False):
    """The file; gives the times of its frames."""
    jitter, drops = (0, 0) if trace else (0.003, 0.01)
    if getattr(take, "rhythm", None):
        fps, jitter, drops = take.rhythm
    times = record.times_of(take.seed, fps, take.length, jitter, drops)
    writer = record.Writer(path, codec, take.size, times, trace=trace,
                           rate=getattr(take, "rate", None),
                           turned=getattr(take, "turned", False))
    for ms in times:
        writer.add(take.frame(ms / 1000))
    writer.close()
    return times


def shape_of(part, seed, codec=None, fps=None):
    """Codec and frames a second."""
    rng = stream(seed, "file", part)
    rates = (20, 24, 25, 30) if part == "face" else (15, 20, 24)
    return codec or one(rng, ("vp8", "vp8", "vp9", "h264")), \
        fps or float(one(rng, rates))


def recorded(take, part, out, name, codec=None, fps=None, trace=False):
    """One recording into a file; gives its truth."""
    codec, fps = shape_of(part, take.seed, codec, fps)
    if getattr(take, "turned", False):
        codec = "h264"      # WebM knows no matrix
    codec = getattr(take, "codec", None) or codec
    file = name + "." + record.CODECS[codec][0]
    times = write(take, os.path.join(out, file), codec, fps, trace)
    facts = take.truth()
    return {"file": file, "synthetic": True, "part": part,
            "kind": take.kind, "about": TABLES[part][take.kind][2],
            "seed": take.seed, "split": split_of(take.seed), "codec": codec,
            "fps": fps, "size": take.size, "frames": len(times),
            "last_ms": times[-1], "trace": trace,
            "challenge": " ".join(p["name"] for p in facts["prompts"]),
            "camera": take.webcam.sensor.s, "person": {
                k: take.who.f[k] for k in ("sex", "tone", "age", "style",
                                           "beard", "glasses")}, **facts}


def save(facts, path):
    with open(path, "w") as out:
        json.dump(facts, out, indent=1)
        out.write("\n")


def main(argv=None):
    args = options(argv)
    os.makedirs(args.out, exist_ok=True)
    kinds = list(TABLES[args.part]) if args.kind == "all" else \
        args.kind.split(",")
    for seed in range(args.seed, args.seed + args.count):
        for kind in kinds:
            take = planned(args.part, kind, seed, args.challenge, args.asked,
                           args.size, args.astronaut, args.actions)
            name = args.name or "%s_%s_%d" % (args.part, kind, seed)
            save(recorded(take, args.part, args.out, name, args.codec,
                          args.fps, args.trace),
                 os.path.join(args.out, name + ".json"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
