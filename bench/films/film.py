#!/usr/bin/python3
"""Recordings of people that tools/faces did not draw, and attacks with them:
another head, another renderer, so that what was tuned there meets a stranger.

    bench/films/film.py --seed 7 --out DIR                  an honest person
    bench/films/film.py --seed 7 --kind waved --camera dim --out DIR
    bench/films/film.py --set tuning --out DIR              of films.txt
    bench/faces.py --recordings DIR --list                  before the checks

Needs what tools/faces needs, the astronaut's photograph (python3-skimage, or
ASTRONAUT=FILE) and `ninja -C build tests/vision/libfilms_raster.so`.
"""

import argparse
import json
import os
import sys

import cv2
import numpy as np

import acts
import fakes
from people import Person
from photograph import smooth
from scene import ROOT, Light, Sitter, View, Webcam, room

sys.path[1:1] = [os.path.join(ROOT, "tools", k) for k in (
    "faces", "specimen")]
import record   # noqa: E402  what a browser would have written

HERE = os.path.dirname(os.path.abspath(__file__))
# what is unlike the usual: a laptop on a desk, 640 x 480, 12 frames a second
CAMERAS = {
    "plain": {}, "window": {"window": True}, "lamp": {},
    "dim": {"noise": .05, "soft": 1.0}, "handheld": {"hand": 1.0},
    "hunting": {"hunts": .16}, "white": {"drifts": .09},
    "below": {"pitch": -16.0, "away": 330}, "close": {"away": 290},
    "wide": {"fov": 84.0, "away": 300}, "f24": {"fps": 24},
    "f30": {"fps": 30}, "dropped": {"fps": 24, "drops": .3},
    "talks": {"talks": True}, "slow": {"slow": 1.8}, "small": {"rate": 200},
    "upright": {"size": (480, 640), "fov": 62, "away": 420, "hand": .6},
    "hd": {"size": (1280, 720)}}
PEOPLE = {"honest": "actions", "gaze": "gaze", "nods": "nods"}
ABOUT = {
    "honest": "a person who does what is asked",
    "gaze": "the head at rest, the eyes go where they were asked to",
    "nods": "talks and nods, and does nothing that was asked",
    "two": "somebody else behind", "swapped": "another person from a turn on",
    "loop": "two actions, shown twice", "cut": "a second and a half left out",
    **{name: f.__doc__ for name, f in fakes.FAKES.items()}}


def surroundings(rng, camera):
    a = {"size": (640, 480), "fps": 12, "fov": rng.uniform(52, 70),
         "away": rng.uniform(330, 460), "pitch": rng.normal(0, 3),
         "noise": rng.uniform(.006, .016), "soft": rng.uniform(.45, .8),
         "hunts": 0, "drifts": .01, "hand": 0, "drops": .01,
         "codec": str(rng.choice(["vp8", "vp9", "h264"])),
         "rate": int(rng.choice([400, 700, 1000, 1500])), "slow": 1.0,
         "talks": False, "window": False}
    k = rng.uniform(.7, 1.2)
    a["light"] = Light(.3 * k, [
        ((rng.uniform(-.8, .8), -.6, .8), np.array([.6, .57, .53]) * k),
        ((rng.uniform(-1, 1), -.1, .6), np.array([.2, .2, .23]) * k)])
    a.update(CAMERAS[camera])
    if camera == "lamp":
        a["light"] = Light(.12, [((rng.choice([-1, 1]), -.2, .25),
                                  np.array([1.1, 1.0, .85]))])
    if camera == "window":
        a["light"] = Light(.3, [((0, -.3, 1), np.array([.15, .15, .17]))])
    a["screen"] = rng.uniform(.12, .3) * (1.5 if camera == "dim" else 1)
    return a


class Take:
    """One recording: who, where, what was asked; a frame for every moment."""

    def __init__(self, kind, seed, camera="plain"):
        rng = self.rng = np.random.default_rng(seed)
        self.kind, self.seed, self.camera = kind, seed, camera
        a = self.a = surroundings(rng, camera)
        self.asked, self.end = acts.challenge(rng)
        self.sitter = self.somebody(1)
        self.actor = acts.Actor(rng, self.asked, PEOPLE.get(kind, "actions"),
                                a["slow"], a["talks"])
        if self.actor.todo:     # whoever is late is not cut off
            self.end = max(self.end, int(1000 * self.actor.todo[-1][4]) + 300)
        self.room = room(rng, a["window"])
        self.webcam = Webcam(rng, a["noise"], a["hunts"], a["drifts"],
                             a["soft"])
        self.phase = rng.uniform(0, 6.28, 8)
        self.colour = np.full(3, .7)    # of the screen
        self.cut_ms = 0
        if kind in ("loop", "cut"):
            {"loop": self.repeat, "cut": self.leave_out}[kind]()

    def somebody(self, which):
        return Sitter(Person(self.seed * 7 + which), self.rng)

    def view(self, t, size=None, fov=None, away=None, hand=None):
        a, hand = self.a, self.a["hand"] if hand is None else hand
        s = np.sin(np.array([1.1, 2.3, 3.1, .7, 1.7, 5.1, 4.3, .4]) * t +
                   self.phase)
        out = View(size or a["size"], fov or a["fov"], away or a["away"],
                   a["pitch"] + hand * (s[0] + .5 * s[1]) * 1.2,
                   hand * (s[3] + .5 * s[4]) * 1.6)
        out.roll, out.shift = hand * .02 * s[7], s[5:7] * hand * 1.2
        return out

    def wall(self, view):
        view.begin(self.room, 1.0 if self.a["window"] else .35)

    def light(self, t):
        """The room's, and that of the screen, which fades from colour to
        colour."""
        shown = [(n, at) for n, at in self.asked if at <= t * 1000]
        goal, k = np.full(3, .7), 1.0
        if shown and shown[-1][0] in acts.LIGHTS:
            goal = (np.array(acts.LIGHTS[shown[-1][0]]) / 255) ** 2.2
            k = smooth(0, .2, t - shown[-1][1] / 1000)
        colour = self.colour + k * (goal - self.colour)
        if k >= 1:
            self.colour = goal
        self.a["light"].screen = colour * self.a["screen"]
        return self.a["light"]

    def live(self, t, view=None, light=None):
        view, light = view or self.view(t), light or self.light(t)
        self.wall(view)
        if self.kind == "two":
            if not hasattr(self, "other"):
                self.other = self.somebody(5)
                self.beside = acts.Actor(self.rng, [])
            self.other.draw(view, light, self.beside.pose(t),
                            at=(190, -25, -230))
        self.who(t).draw(view, light, self.actor.pose(t))
        return view.image

    def who(self, t):
        if self.kind != "swapped":
            return self.sitter
        turn = self.actor.todo[len(self.actor.todo) // 2]
        if t <= (turn[2] + turn[3]) / 2:
            return self.sitter
        if not hasattr(self, "third"):
            self.third = self.somebody(9)
            self.third.cloth = self.sitter.cloth
        return self.third

    def repeat(self):
        """The first two actions make the whole challenge."""
        every = self.every = self.actor.todo[1][4] + .35
        two = [(n, at) for n, at in self.asked if n in acts.ACTIONS][:2]
        self.asked = self.asked[:1] + two + [
            (n, at + int(1000 * every)) for n, at in two]
        self.end = int(2000 * every) + 200

    def leave_out(self):
        """What was left out lies between two actions."""
        self.cut_ms = int(1000 * self.actor.todo[1][4]) + 250
        later = [d if 1000 * d[1] < self.cut_ms + 100 else
                 (d[0],) + tuple(x + 1.7 for x in d[1:])
                 for d in self.actor.todo]
        self.actor.todo = later

    def frame(self, t):
        if self.kind in fakes.FAKES:
            return fakes.FAKES[self.kind](self, t)
        if self.kind == "loop":
            return self.live(t % self.every)
        if self.kind == "cut" and 1000 * t > self.cut_ms:
            return self.live(t + 1.7)
        return self.live(t)

    def write(self, path):
        """The file; gives when its last frame is."""
        a, last = self.a, 0.0
        times = record.times_of(self.seed, a["fps"], self.end / 1000,
                                drops=a["drops"])
        wide, high = a["size"]
        rate = int(a["rate"] * (wide * high / 307200) ** .75)
        out = record.Writer(path, a["codec"], a["size"], times,
                            rate="%dk" % rate)
        for ms in times:
            t = ms / 1000
            out.add(np.ascontiguousarray(self.webcam.take(
                self.frame(t), t, t - last if t else 1 / a["fps"])))
            last = t
        out.close()
        return times[-1]

    def record(self, folder):
        name = "%s_%s_%d" % (self.kind, self.camera, self.seed)
        file = name + "." + record.CODECS[self.a["codec"]][0]
        last = self.write(os.path.join(folder, file))
        who = self.sitter.person
        facts = {
            "file": file, "synthetic": True, "part": "face",
            "kind": self.kind, "about": ABOUT[self.kind],
            "camera": self.camera, "seed": self.seed,
            "codec": self.a["codec"], "fps": self.a["fps"],
            "size": self.a["size"], "last_ms": last,
            "challenge": " ".join("%s@%d" % p for p in self.asked),
            "prompts": [{"name": n, "shown_ms": at} for n, at in self.asked],
            "events": self.actor.truth(),
            "person": {k: bool(getattr(who, k)) for k in (
                "scarf", "beard", "glasses")}}
        with open(os.path.join(folder, name + ".json"), "w") as out:
            json.dump(facts, out, indent=1)


def listed(which):
    """Rows of films.txt: set, kind, camera, seed."""
    with open(os.path.join(HERE, "films.txt")) as rows:
        for row in rows:
            word = row.split()
            if word and word[0] == which:
                yield word[1], int(word[3]), word[2]


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    add = parser.add_argument
    add("--seed", type=int, default=1)
    add("--kind", default="honest", choices=sorted(ABOUT))
    add("--camera", default="plain", choices=sorted(CAMERAS))
    add("--set", choices=("tuning", "final"))
    add("--out", default=".")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    os.makedirs(args.out, exist_ok=True)
    rows = listed(args.set) if args.set else (
        (args.kind, args.seed, args.camera),)
    for kind, seed, camera in rows:
        take = Take(kind, seed, camera)
        take.record(args.out)


if __name__ == "__main__":
    sys.exit(main())
