#!/usr/bin/python3
"""Makes recordings of invented people who do before a camera what they are
asked, and of attacks, with the truth beside each. The same arguments give the
same pictures, and the same bytes on the same versions of ffmpeg."""

import argparse
import json
import os
import sys

import beside  # noqa: F401, first
import attacks
import photo
import record
from splits import one, split_of, stream


def options(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of the first recording")
    add("--count", type=int, default=1, help="of recordings of each kind")
    add("--kind", default="honest", help="one, several with commas, or all: "
        + ", ".join(attacks.KINDS))
    add("--challenge", help="prompts with commas, look_ahead first; default: "
        "drawn")
    add("--asked", help="when each is asked, milliseconds with commas")
    add("--codec", choices=sorted(record.CODECS), help="default: by the seed")
    add("--fps", type=float, help="default: by the seed, 20 to 30")
    add("--size", default="640x480")
    add("--astronaut", action="store_true", help="the photograph of "
        "python3-skimage instead of a painted head")
    add("--trace", action="store_true", help="regular times and the muxer's "
        "own name, as of a file that was made")
    add("--out", required=True, help="folder")
    add("--name", help="of the file, without ending (for one recording)")
    return parser.parse_args(argv)


def planned(kind, seed, args):
    prompts = args.challenge and args.challenge.split(",")
    asked = args.asked and [int(v) for v in args.asked.split(",")]
    who = photo.astronaut() if args.astronaut else None
    size = tuple(int(v) for v in args.size.split("x"))
    return attacks.plan(kind, seed, who=who, prompts=prompts, asked=asked,
                        size=size)


def write(take, path, codec, fps, trace=False):
    """The file; gives the times of its frames."""
    jitter, drops = (0, 0) if trace else (0.003, 0.01)
    times = record.times_of(take.seed, fps, take.length, jitter, drops)
    writer = record.Writer(path, codec, take.size, times, trace=trace)
    for ms in times:
        writer.add(take.frame(ms / 1000))
    writer.close()
    return times


def recorded(kind, seed, args, name=None):
    """One recording and its truth, into files."""
    rng = stream(seed, "file")
    codec = args.codec or one(rng, ("vp8", "vp8", "vp9", "h264"))
    fps = args.fps or float(one(rng, (20, 24, 25, 30)))
    take = planned(kind, seed, args)
    name = name or "%s_%d" % (kind, seed)
    file = name + "." + record.CODECS[codec][0]
    times = write(take, os.path.join(args.out, file), codec, fps, args.trace)
    truth = {"file": file, "synthetic": True, "part": "face", "kind": kind,
             "about": attacks.KINDS[kind][2], "seed": seed,
             "split": split_of(seed), "codec": codec, "fps": fps,
             "size": take.size, "frames": len(times), "last_ms": times[-1],
             "trace": args.trace, **take.truth(),
             "camera": take.webcam.sensor.s, "shake": round(take.shake, 2),
             "person": {k: take.who.f[k] for k in (
                 "sex", "tone", "age", "style", "beard", "glasses")},
             "challenge": ",".join(p["name"] for p in take.track.prompts),
             "asked": ",".join(str(p["asked_ms"])
                               for p in take.track.prompts)}
    with open(os.path.join(args.out, name + ".json"), "w") as out:
        json.dump(truth, out, indent=1)
        out.write("\n")
    return truth


def main(argv=None):
    args = options(argv)
    os.makedirs(args.out, exist_ok=True)
    kinds = list(attacks.KINDS) if args.kind == "all" else \
        args.kind.split(",")
    for seed in range(args.seed, args.seed + args.count):
        for kind in kinds:
            recorded(kind, seed, args, args.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
