"""The second recording of a proof of life: a document held before the camera,
tilted both ways and turned over, or something else in its place."""

import cv2
import numpy as np

import acts
import look
import person
import shoot
import specimens
import tricks
from card import Card
from splits import one, stream

SIZE = (1280, 720)
SCALE = 9.0         # drawn pixels a millimetre
FADE = 0.25         # seconds of focus hunting's half-life
PROMPTS = ("show_front", "tilt_sideways", "tilt_lengthwise", "show_back")
KINDS = {}


def kind(name, followed, about):
    def keep(maker):
        KINDS[name] = (maker, followed, about)
        return maker
    return keep


def holder(seed):
    """Somebody, and the document in that name with that face."""
    who = person.Person(seed)
    return who, pages_of(seed, who)


def pages_of(seed, who, scale=SCALE, form=None, **wishes):
    """The pages of the person's document, one or two, drawn."""
    from PIL import Image
    face = Image.fromarray(shoot.portrait(who))
    form = form or form_of(seed)
    return specimens.draw(seed, scale, kind=form, sex=who.f["sex"], face=face,
                          **wishes)


def form_of(seed):
    return one(stream(seed, "form"), ("td3", "td1", "td1"))


class Handling:
    """Where the document is at each moment."""

    def __init__(self, seed, prompts, done=None, asked=None):
        self.rng = rng = stream(seed, "handling")
        self.prompts, self.acts = [], []
        self.track = acts.Track(seed, "hand")
        t = 0.05
        done = list(prompts) if done is None else done
        for k, (name, deed) in enumerate(zip(prompts, done)):
            t = asked[k] / 1000 if asked else t
            late = rng.uniform(0.02, 0.12)
            self.prompts.append({"name": name, "asked_ms": round(1000 * t),
                                 "shown_ms": round(1000 * (t + late))})
            start = t + late + rng.uniform(0.3, 0.9)
            if self.acts:
                start = max(start, self.acts[-1][2] + 0.1)
            long = rng.uniform(2.6, 3.4)
            if deed:
                self.acts.append((deed, start, start + long,
                                  rng.uniform(22, 34), rng.choice((-1, 1))))
            t += acts.stands(rng, "document")
        self.length = t + acts.HELD

    def at(self, t):
        """Yaw, pitch, roll in degrees; x, y in millimetres; nearness."""
        i = self.track.idle
        yaw, pitch, roll = 4 * i(t, 0), 4 * i(t, 1), 3 * i(t, 2)
        x, y, near = 6 * i(t, 3), 5 * i(t + 7, 1), 1 + 0.02 * i(t, 2)
        there = 0.0
        for name, start, end, far, sign in self.acts:
            u = (t - start) / (end - start)
            if name == "show_front":
                there = acts.ease((t - start + 0.3) / 0.7)
            if name in ("tilt_sideways", "tilt_lengthwise") and 0 < u < 1:
                swing = np.sin(2 * np.pi * acts.ease(u) ** 0.9)
                if name == "tilt_sideways":
                    yaw += sign * far * swing
                else:
                    pitch += sign * 0.85 * far * swing
            if name == "show_back":
                yaw += 180 * acts.ease((t - start) / 0.9)
        y += 260 * (1 - there)
        return yaw, pitch, roll, x, y, near

    def events(self):
        return [{"name": a[0], "start_ms": round(1000 * a[1]),
                 "end_ms": round(1000 * a[2]), "degrees": round(a[3], 1)}
                for a in self.acts]


class Show:
    """One recording of a document."""

    def __init__(self, seed, who=None, made=None, prompts=None, asked=None):
        self.seed, self.rng = seed, stream(seed, "show")
        self.who = who or person.Person(seed)
        self.made = made or pages_of(seed, self.who)
        own = PROMPTS if len(self.made) > 1 else PROMPTS[:-1]
        self.prompts, self.asked = list(prompts or own), asked
        self.done, self.levels, self.notes = None, {}, {}
        self.change, self.seen = True, self.made
        self.size = SIZE

    def begin(self):
        rng = self.rng
        self.webcam = shoot.Webcam(self.seed, *SIZE, **self.levels)
        self.webcam.sensor.grain = self.webcam.sensor.grain.astype(np.int16)
        self.behind = self.background()
        self.cards = [Card(page, self.seed, self.who.f["skin"], self.change)
                      for page in self.seen]
        wide = rng.uniform(560, 720) if self.seen[0].side != "page" else \
            rng.uniform(680, 800)
        self.away = self.webcam.camera.focal * self.seen[0].width / wide
        self.handling = Handling(self.seed, self.prompts, self.done,
                                 self.asked)
        self.places = rng.uniform(-12, 12, 2)
        self.sharp = [0.2] + [a[1] + 0.7 for a in self.handling.acts
                              if a[0] == "show_back"]
        return self

    def background(self):
        """The room and the person behind, out of focus, as bytes."""
        picture = self.webcam.blank()
        sitter = shoot.Sitter(self.who, self.webcam)
        sitter.beside -= 110
        sitter.draw(picture, dict(acts.REST))
        picture = cv2.GaussianBlur(picture, (0, 0), 2.5)
        return np.uint8(np.clip(picture, 0, 255))

    @property
    def length(self):
        return self.handling.length

    def pose(self, t):
        yaw, pitch, roll, x, y, near = self.handling.at(t)
        if self.seen[0].side == "page":
            y += 18
        return look.rotation(yaw, pitch, roll), np.float32(
            (x + self.places[0], y + self.places[1], -self.away * near)), \
            yaw, pitch

    def side(self, turn):
        """0 front, 1 back; by which way the document looks."""
        return 0 if turn[2, 2] > 0 else 1

    def quad(self, t):
        """The page's corners in the picture, its own top left first."""
        turn, place, _, _ = self.pose(t)
        k = self.side(turn)
        card = self.cards[min(k, len(self.cards) - 1)]
        corners = card.corners()[1] * ((-1, 1, 1) if k else (1, 1, 1))
        return k, self.webcam.camera.see(corners @ turn.T + place)

    def layer(self, t):
        """Premultiplied RGBA of the document, in a part of the picture."""
        turn, place, yaw, pitch = self.pose(t)
        k = self.side(turn)
        card = self.cards[min(k, len(self.cards) - 1)]
        flip = (-1, 1, 1) if k else (1, 1, 1)
        sheet = card.face(yaw - 180 * k, pitch)
        seen = self.webcam.camera.see(
            card.corners()[0] * flip @ turn.T + place).astype(np.float32)
        h, w = sheet.shape[:2]
        low = np.clip(np.floor(seen.min(0)), 0, SIZE).astype(int)
        high = np.clip(np.ceil(seen.max(0)), 0, SIZE).astype(int)
        if (high - low).min() < 4:
            return None
        move = cv2.getPerspectiveTransform(np.float32(
            ((0, 0), (w, 0), (w, h), (0, h))), seen - np.float32(low))
        part = cv2.warpPerspective(sheet, move, tuple(
            int(v) for v in high - low), flags=cv2.INTER_LINEAR)
        shade = 0.84 + 0.16 * abs(turn[2, 2]) + 0.1 * turn[0, 2]
        part[..., :3] = cv2.convertScaleAbs(part[..., :3], alpha=float(shade))
        return low, high, part

    def arm(self, picture, t):
        """The fist behind the document's edge and the arm below it."""
        turn, place, _, _ = self.pose(t)
        k = self.side(turn)
        card = self.cards[min(k, len(self.cards) - 1)]
        x, y = card.fist * ((-1, 1) if k else (1, 1))
        at = self.webcam.camera.see(
            np.float32((x, y, -14 if k == 0 else 14)) @ turn.T + place)
        unit = self.webcam.camera.focal / -place[2]
        skin = tuple(0.86 * v for v in self.who.f["skin"])
        at = np.int32(np.clip(at, -4000, 4000))
        cv2.ellipse(picture, tuple(int(v) for v in at), (
            int(24 * unit), int(30 * unit)), 12, 0, 360, skin, -1,
            cv2.LINE_AA)
        side = 1 if at[0] > SIZE[0] / 2 else -1
        foot = (int(at[0] + side * 30 * unit), int(at[1] + 300 * unit))
        cv2.line(picture, tuple(int(v) for v in at + (0, int(14 * unit))),
                 foot, tuple(0.92 * v for v in self.who.f["coat"]),
                 max(1, int(46 * unit)), cv2.LINE_AA)

    def blur(self, t):
        hunt = sum(4.5 * 0.5 ** ((t - s) / FADE) for s in self.sharp if t > s)
        return 0.5 + min(hunt, 5)

    def scene(self, t):
        """Bytes, before noise: motion blurs where it is fast."""
        _, before = self.quad(t - 0.008)
        _, after = self.quad(t + 0.008)
        moved = float(np.abs(after - before).max())
        times = [t] if moved < 3 else [t - 0.008, t, t + 0.008]
        total = None
        for at in times:
            picture = self.behind.copy()
            self.arm(picture, at)
            seen = self.layer(at)
            if seen:
                low, high, part = seen
                sigma = self.blur(t)
                if sigma > 0.6:
                    part = cv2.GaussianBlur(part, (0, 0), sigma)
                view = picture[low[1]:high[1], low[0]:high[0]]
                keep = 255 - part[..., 3:]
                view[:] = cv2.add(cv2.multiply(view, np.broadcast_to(
                    keep, view.shape).copy(), scale=1 / 255), part[..., :3])
            total = picture if total is None else \
                cv2.add(total.astype(np.uint16), picture, dtype=cv2.CV_16U)
        return total if len(times) == 1 else cv2.convertScaleAbs(
            total, alpha=1 / len(times))

    def frame(self, t):
        picture = self.scene(t)
        sensor = self.webcam.sensor
        if self.levels.get("blur"):
            picture = cv2.GaussianBlur(picture, (0, 0), self.levels["blur"])
        gain = sensor.s["gain"]
        if abs(gain - 1) > 0.02:
            picture = cv2.convertScaleAbs(picture, alpha=gain)
        x, y = sensor.rng.integers(0, 64, 2)
        return cv2.add(picture, sensor.grain[y:y + SIZE[1], x:x + SIZE[0]],
                       dtype=cv2.CV_8U)

    def truth(self):
        shown = []
        for k in range(int(self.length * 5)):
            side, quad = self.quad(k / 5)
            shown.append([200 * k, side, quad.round(1).tolist()])
        return {"prompts": self.handling.prompts,
                "events": self.handling.events(), "quads": shown,
                "variable": [] if not self.change else [
                    {"side": page.side, "kind": f.kind, "box": f.box}
                    for page, card in zip(self.seen, self.cards)
                    for f in card.features],
                **self.notes}


@kind("honest", True, "the document of the pictures, shown as asked")
def honest(show):
    return show.begin()


@kind("flat", True, "a print of it: nothing changes with the angle")
def flat(show):
    show.change = False
    return show.begin()


@kind("other_document", True, "another document than in the pictures, of the "
      "same kind")
def other_document(show):
    form = specimens_form(show.made)
    other = show.seed + 400_000
    show.seen = pages_of(other, person.Person(other), form=form)
    show.notes["other_seed"] = other
    return show.begin()


@kind("other_portrait", True, "the same data with another person's portrait "
      "in the recording alone")
def other_portrait(show):
    form = specimens_form(show.made)
    other = show.seed + 400_000
    show.seen = pages_of(show.seed, person.Person(other), form=form)
    show.notes["other_seed"] = other
    return show.begin()


@kind("screen", True, "the document on a display")
def screen(show):
    show.begin()
    plain = show.scene
    show.webcam.sensor.s.setdefault("blur", 0.6)
    shown = tricks.Display(show, lambda t: plain(t).astype(np.float32))
    show.scene = lambda t: np.uint8(np.clip(shown.light(t), 0, 255))
    return show


@kind("untilted", False, "held still when it should be tilted")
def untilted(show):
    show.done = [None if p.startswith("tilt") else p for p in show.prompts]
    return show.begin()


@kind("one_side", False, "never turned over (cards alone; a passport's is "
      "honest)")
def one_side(show):
    show.done = [None if p == "show_back" else p for p in show.prompts]
    return show.begin()


@kind("absent", False, "no document is held up")
def absent(show):
    show.done = [None] * len(show.prompts)
    return show.begin()


@kind("blurred", True, "never in focus")
def blurred(show):
    show.levels = {"blur": float(show.rng.uniform(6, 9))}
    return show.begin()


@kind("dark", True, "hardly any light")
def dark(show):
    show.levels = {"gain": float(show.rng.uniform(0.04, 0.09))}
    return show.begin()


def specimens_form(made):
    return made[0].person["kind"]


def plan(name, seed, **more):
    maker, followed, _ = KINDS[name]
    show = maker(Show(seed, **more))
    show.kind = name
    show.notes["followed"] = followed
    return show
