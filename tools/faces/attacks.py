"""Honest recordings and attacks, by kind. A take knows its prompts, what was
really done, and the picture of each moment; make.py writes them."""

import cv2
import numpy as np

import acts
import heads
import look
import person
import photo
import scene
import shoot
import tricks
from splits import one, stream

KINDS = {}


def kind(name, followed, about):
    """followed: whether what was asked was done, in its order."""
    def keep(maker):
        KINDS[name] = (maker, followed, about)
        return maker
    return keep


class Take:
    """One recording to be."""

    def __init__(self, seed, who=None, prompts=None, asked=None, size=None):
        self.seed, self.rng = seed, stream(seed, "take")
        self.who = who or person.Person(seed)
        self.prompts = prompts or acts.challenge(seed)
        self.middle = len(acts.without_lights(self.prompts)) // 2 + 1
        self.asked, self.size = asked, size or (640, 480)
        self.levels, self.distance, self.notes = {}, None, {}
        self.done, self.ranges, self.rest = None, None, {}
        self.turned, self.rhythm = False, None
        self.shake = float(self.rng.uniform(1, 3.5)) \
            if self.rng.random() < 0.3 else 0.0

    def begin(self):
        """The room, the sitter, the track; after the kind has its say."""
        self.webcam = shoot.Webcam(self.seed, *self.size, **self.levels)
        self.sitter = shoot.Sitter(self.who, self.webcam,
                                   distance=self.distance)
        self.track = acts.Track(self.seed)
        self.track.ranges, self.track.rest = self.ranges, self.rest
        self.track.follow(self.prompts, self.done, asked=self.asked)
        return self

    @property
    def length(self):
        return self.track.length

    def light(self, t):
        """The picture before lens and sensor."""
        picture = self.webcam.blank()
        self.sitter.draw(picture, self.track.at(t))
        return picture

    def shaken(self, picture, t):
        """Held in a hand."""
        if not self.shake:
            return picture
        w = self.track.wave
        a = [sum(np.sin(2 * np.pi * 1.7 * w[3 * k + j][0] * (j + 1) * t +
                        w[3 * k + j][1]) for j in range(3)) / 2
             for k in range(3)]
        turn = cv2.getRotationMatrix2D(
            (self.size[0] / 2, self.size[1] / 2), 0.25 * self.shake * a[2],
            1.02)
        turn[:, 2] += self.shake * a[0], self.shake * a[1]
        return cv2.warpAffine(picture, turn, self.size,
                              borderMode=cv2.BORDER_REPLICATE)

    def frame(self, t):
        return self.webcam.sensor.take(self.shaken(self.light(t), t), t)

    def truth(self):
        return {"prompts": self.track.prompts, "events": self.track.events(),
                **self.notes}


def still(take):
    """A sharp picture of the person as at rest, with its room."""
    picture = take.webcam.blank()
    take.sitter.draw(picture, dict(acts.REST))
    return picture


@kind("honest", True, "a person who does what is asked")
def honest(take):
    return take.begin()


@kind("slight", True, "turns of 15 to 20 degrees only")
def slight(take):
    take.ranges = {"yaw": (15, 20), "pitch": (11, 15)}
    return take.begin()


@kind("wide", True, "turns of 45 to 62 degrees: detectors lose the face")
def wide(take):
    take.ranges = {"yaw": (45, 62), "pitch": (26, 34)}
    return take.begin()


@kind("distant", True, "a face of a sixth of the picture's height")
def distant(take):
    take.distance = float(take.rng.uniform(850, 1050))
    return take.begin()


@kind("near", True, "a face of half of the picture's height")
def near(take):
    take.distance = float(take.rng.uniform(340, 400))
    return take.begin()


@kind("aside", True, "a camera that stands aside, below or above, and a head "
      "away from the middle")
def aside(take):
    side = one(take.rng, (-1, 1))
    take.rest = {"yaw": side * float(take.rng.uniform(8, 14)),
                 "pitch": float(take.rng.uniform(-10, 10)),
                 "x": side * float(take.rng.uniform(50, 90))}
    return take.begin()


@kind("dim", True, "little light and a noisy camera")
def dim(take):
    take.levels = {"gain": float(take.rng.uniform(0.22, 0.4)),
                   "noise": float(take.rng.uniform(4.5, 7))}
    return take.begin()


@kind("stutter", True, "a busy device: 15 frames a second, every eighth lost")
def stutter(take):
    take.rhythm = (15, 0.008, 0.12)
    return take.begin()


@kind("upright", True, "a telephone held upright, whose file is turned by a "
      "matrix (MP4)")
def upright(take):
    take.size, take.turned, take.shake = (480, 640), True, 2.0
    return take.begin()


@kind("gaze", False, "only the eyes move, the head does not turn")
def gaze(take):
    turn = {"turn_left": "gaze_left", "turn_right": "gaze_right"}
    take.done = [turn.get(name) for name in take.prompts]
    return take.begin()


@kind("order", False, "the right actions in another order")
def order(take):
    acted = acts.without_lights(take.prompts)[1:]
    for _ in range(50):
        other = list(take.rng.permutation(acted))
        if other != acted:
            break
    take.done = [None] + other + take.prompts[1 + len(acted):]
    return take.begin()


@kind("missing", False, "one action is left out")
def missing(take):
    take.done = list(take.prompts)
    take.done[int(take.rng.integers(1, len(acts.without_lights(
        take.prompts))))] = None
    return take.begin()


@kind("replay", False, "a recording made for another challenge")
def replay(take):
    take.begin()
    other = take.prompts
    while other[1:4] == take.prompts[1:4]:
        other = acts.challenge(int(take.rng.integers(1, 10 ** 9)),
                               len(acts.without_lights(take.prompts)) - 1)
    asked = take.track.prompts
    take.track = acts.Track(take.seed, "replayed").follow(other)
    take.track.prompts = asked
    take.track.length = max(take.track.length,
                            asked[-1]["shown_ms"] / 1000 + 3)
    return take


@kind("nobody", False, "an empty room")
def nobody(take):
    take.done = [None] * len(take.prompts)
    take.begin()
    take.light = lambda t: take.webcam.blank()
    return take


@kind("dark", True, "hardly any light")
def dark(take):
    take.levels = {"gain": float(take.rng.uniform(0.03, 0.07))}
    return take.begin()


@kind("blurred", True, "far out of focus")
def blurred(take):
    take.levels = {"blur": float(take.rng.uniform(7, 11))}
    return take.begin()


@kind("far", True, "too far away")
def far(take):
    take.distance = float(take.rng.uniform(2000, 2800))
    return take.begin()


@kind("covered", True, "a mask over mouth and nose, or a hand over the eyes")
def covered(take):
    what = one(take.rng, ("mask", "bar"))
    cloth = one(take.rng, sorted(tricks.CLOTH))
    tricks.cover(take.who, what, cloth)
    take.notes.update(cover=what, cloth=cloth if what == "mask" else None)
    return take.begin()


@kind("two", True, "a second person beside")
def two(take):
    take.begin()
    other = person.Person(take.seed + 500_000)
    side = one(take.rng, (-1, 1))
    take.sitter.beside -= 95 * side
    friend = shoot.Sitter(other, take.webcam, take.seed + 1, beside=side * 190,
                          distance=take.sitter.distance * 1.15)
    friend.beside = side * 170.0
    idle = acts.Track(take.seed, "friend")

    def light(t):
        picture = take.webcam.blank()
        friend.draw(picture, idle.at(t))
        take.sitter.draw(picture, take.track.at(t))
        return picture
    take.light = light
    take.notes["other_seed"] = other.seed
    return take


@kind("swapped", True, "another person takes the seat midway")
def swapped(take):
    take.begin()
    other = person.Person(take.seed + 500_000)
    second = shoot.Sitter(other, take.webcam, distance=take.sitter.distance)
    second.beside, second.height = take.sitter.beside, take.sitter.height
    middle = take.track.prompts[take.middle]["asked_ms"] / 1000
    first = take.light

    def light(t):
        if t < middle:
            return first(t)
        picture = take.webcam.blank()
        second.draw(picture, take.track.at(t))
        return picture
    take.light = light
    take.notes.update(other_seed=other.seed, at_ms=round(1000 * middle))
    return take


@kind("still", False, "one picture, and nothing moves")
def photo_still(take):
    take.done, take.shake = [None] * len(take.prompts), 0.0
    take.begin()
    picture = still(take)
    take.light = lambda t: picture.copy()
    return take


@kind("waved", False, "a photograph on paper, tilted, turned, brought closer")
def waved(take):
    take.begin()
    take.light = tricks.Paper(take, still(take), cut=True).light
    take.track.acts = []
    return take


@kind("bent", False, "a photograph on paper, bent to a part of a cylinder and "
      "turned")
def bent(take):
    take.begin()
    take.light = tricks.Bent(take, still(take)).light
    take.track.acts = []
    return take


@kind("morphed", True, "one picture whose parts are pushed about within it")
def morphed(take):
    take.begin()
    take.track.lights = []
    take.light = tricks.Morph(take, still(take)).light
    return take


@kind("carried", False, "a photograph that fills the picture, moved about "
      "with its background")
def carried(take):
    take.begin()
    take.light = tricks.Paper(take, still(take), cut=False).light
    take.track.acts = []
    return take


@kind("screen", True, "the right order, played from a display: moire alone "
      "betrays it")
def screen(take):
    take.begin()
    take.track.lights = []      # a film knows of none
    take.light = tricks.Display(take, take.light).light
    return take


@kind("screen_replay", False, "another challenge, played from a display")
def screen_replay(take):
    take = replay(take)
    take.light = tricks.Display(take, take.light).light
    return take


@kind("loop", False, "two seconds, again and again")
def loop(take):
    take.done = [None] * len(take.prompts)
    take.begin()
    take.track.blinks = [b for b in take.track.blinks if b < 0.9][:1]
    first, period = take.light, float(take.rng.uniform(1.6, 2.6))
    kept = {}

    def light(t):       # the same frames to the bit, before coding
        at = round((t % period) * 25) / 25
        if at not in kept:
            kept[at] = take.webcam.sensor.take(first(at), at)
        return kept[at].astype(np.float32)
    take.light = light
    take.frame = lambda t: light(t).astype(np.uint8)
    take.notes["period_ms"] = round(1000 * period)
    return take


@kind("freeze", True, "the picture stands for a second or more, the clock "
      "goes on")
def freeze(take):
    take.begin()
    act = take.track.acts[len(take.track.acts) // 2]
    start, long = act.at + act.rise, float(take.rng.uniform(1.0, 1.8))
    plain, kept = take.frame, []

    def frame(t):
        if start <= t < start + long:
            if not kept:
                kept.append(plain(start))
            return kept[0]
        return plain(t)
    take.frame = frame
    take.notes.update(at_ms=round(1000 * start), long_ms=round(1000 * long))
    return take


@kind("cut", True, "two recordings of the same person put together")
def cut(take):
    take.begin()
    other = take.rng.random() < 0.6
    seed = take.seed + 700_000 if other else take.seed
    second = shoot.Webcam(seed, *take.size)
    sitter = shoot.Sitter(take.who, second, seed + 1)
    if not other:
        sitter.beside += 60
    half = take.track.prompts[take.middle]["asked_ms"] / 1000
    first = take.light

    def light(t):
        if t < half:
            return first(t)
        picture = second.blank()
        sitter.draw(picture, take.track.at(t))
        return picture
    take.light = light
    take.notes.update(at_ms=round(1000 * half), other_room=bool(other))
    return take


@kind("warped", True, "one photograph animated over the form of a head, in "
      "the right order: its light goes along with its skin")
def warped(take):
    take.begin()
    picture = np.clip(still(take), 0, 255)
    camera, place = take.webcam.camera, take.sitter.place(acts.REST)
    e = take.who.f["eyes_apart"]
    marks = [camera.see(np.float32(p) + place) for p in (
        (-e, 0, 80), (e, 0, 80), (0, heads.LIP, 88))]
    f = heads.features(take.seed + 900_000)
    for name in ("eyes_apart", "coat", "hair", "style", "sex", "mouth_wide",
                 "hair_line"):
        f[name] = take.who.f[name]
    f["glasses"] = False
    take.track.lights = []
    take.sitter.who = photo.PhotoPerson(take.who.seed, f, picture, marks,
                                         0.84)
    flat = {"from": (0, 0, 1), "key": 0.2, "ambient": 0.8, "sky": 0,
            "gleam": 0, "cast": (1, 1, 1)}
    take.webcam.lamp = flat
    return take


def plan(name, seed, **more):
    """A Take of that kind."""
    maker, followed, _ = KINDS[name]
    take = maker(Take(seed, **more))
    take.kind = name
    take.notes["followed"] = followed
    return take
