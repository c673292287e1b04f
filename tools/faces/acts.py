"""What somebody does before the camera, and when. A track says for each
moment where the head is and what mouth and eyes do; the prompts and the
events in it are the truth of a recording."""

import os
import re

import numpy as np

from splits import one, stream

ACTIONS = ("turn_left", "turn_right", "look_up", "open_mouth", "come_closer")
REST = {"yaw": 0.0, "pitch": 0.0, "roll": 0.0, "x": 0.0, "y": 0.0,
        "near": 1.0, "drop": 0.0, "lid": 0.0, "gaze_x": 0.0, "gaze_y": 0.0}

# the colours in which the page's screen shines, as the server names them
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                       "src", "ident", "lights.def")) as table:
    LIGHTS = {name: tuple(int(v) for v in rgb) for name, *rgb in re.findall(
        r"^LIGHT\((\w+), (\d+), (\d+), (\d+)\)", table.read(), re.M)}
LIGHTS_ASKED = 4


# how long a prompt stands, seconds: what the server draws, what the page gives
# at least (docs/proof-of-life.md); and how long the recording goes on
STANDS = {"face": (1.8, 3.2, 2.7), "document": (3.5, 5.0, 4.2),
          "light": (0.95, 1.2, 0)}
HELD = 0.8
FADES = 0.2         # from colour to colour


def stands(rng, part):
    low, high, least = STANDS[part]
    return max(rng.uniform(low, high) + 0.08, least)


def is_light(name):
    return name in LIGHTS


def linear(rgb):
    """Light of a screen's colour."""
    return (np.float32(rgb) / 255) ** np.float32(2.2)


def ease(t):
    t = np.clip(t, 0, 1)
    return t * t * t * (10 - 15 * t + 6 * t * t)


def challenge(seed, count=None):
    """Drawn as the server draws: look_ahead, then four or five actions, none
    twice in a row."""
    rng = stream(seed, "challenge")
    count = count or int(rng.integers(4, 6))
    out = []
    while len(out) < count:
        name = one(rng, ACTIONS)
        if not out or out[-1] != name:
            out.append(name)
    return ["look_ahead"] + out + lights(seed)


def lights(seed):
    """The colours that follow, none twice in a row."""
    rng, out = stream(seed, "lights"), []
    while len(out) < LIGHTS_ASKED:
        name = one(rng, tuple(LIGHTS))
        if not out or out[-1] != name:
            out.append(name)
    return out


def without_lights(prompts):
    return [name for name in prompts if not is_light(name)]


def peak(rng, name):
    """What an action moves, and how far."""
    if name in ("turn_left", "turn_right"):
        side = 1 if name == "turn_left" else -1
        yaw = rng.uniform(24, 36)
        return {"yaw": side * yaw, "pitch": rng.uniform(-3, 3),
                "roll": side * rng.uniform(-3, 3),
                "gaze_x": side * rng.uniform(-2, 2)}
    if name == "look_up":
        return {"pitch": rng.uniform(16, 24), "yaw": rng.uniform(-3, 3),
                "gaze_y": -rng.uniform(0, 2)}
    if name == "open_mouth":
        return {"drop": rng.uniform(18, 27), "pitch": rng.uniform(0, 3)}
    if name == "come_closer":
        return {"near": rng.uniform(0.62, 0.73), "y": rng.uniform(-6, 6)}
    if name == "blink":
        return {"lid": 1.0}
    if name == "gaze_left":
        return {"gaze_x": 4.5}
    if name == "gaze_right":
        return {"gaze_x": -4.5}
    return {}


def stretched(moves, ranges, rng):
    """The same moves, as far as somebody who moves otherwise goes. ranges:
    of some states, the least and the most."""
    return {k: float(np.sign(v) * rng.uniform(*ranges[k]))
            if k in ranges and abs(v) > 5 else v for k, v in moves.items()}


class Act:
    """One action: out, held, and back."""

    def __init__(self, rng, name, at, ranges=None):
        self.name, self.at = name, at
        self.rise = rng.uniform(0.35, 0.6)
        self.hold = rng.uniform(0.5, 1.0)
        self.fall = rng.uniform(0.35, 0.55)
        if name == "blink":
            self.rise, self.hold, self.fall = 0.07, 0.06, 0.1
        self.moves = peak(rng, name)
        if ranges:
            self.moves = stretched(self.moves, ranges, rng)
        # nobody comes back exactly to where they were, nor the same way
        self.after = {"yaw": rng.normal(0, 1.0), "pitch": rng.normal(0, 0.8),
                      "roll": rng.normal(0, 0.8), "x": rng.normal(0, 4),
                      "y": rng.normal(0, 2.5)}
        self.late = {k: rng.uniform(-0.05, 0.16) for k in REST}

    @property
    def end(self):
        return self.at + self.rise + self.hold + self.fall

    def share(self, t):
        return ease((t - self.at) / self.rise) * \
            (1 - ease((t - self.end + self.fall) / self.fall))


class Track:
    """All that one person does in one recording."""

    def __init__(self, seed, name="track"):
        self.rng = stream(seed, name)
        self.acts, self.prompts = [], []
        self.tremor = self.rng.uniform(0, 6.3, 4)
        self.wave = [(self.rng.uniform(0.08, 0.5), self.rng.uniform(0, 6.3),
                      self.rng.uniform(0.4, 1)) for _ in range(12)]
        self.blinks = list(np.cumsum(self.rng.uniform(1.6, 5, 60)))
        self.length = 0.0
        self.calm = 1.0
        self.ranges, self.rest = None, {}
        self.lights = []        # from when, and its light
        # the screen's share: by daylight a thirtieth of all light, in a dim
        # room more than half
        self.screen = float(np.exp(stream(seed, name, "screen").uniform(
            np.log(0.03), np.log(0.6))))

    def idle(self, t, k):
        """A small wandering of the k-th kind."""
        return self.calm * sum(
            a * np.sin(2 * np.pi * f * t + p) for f, p, a in
            self.wave[3 * k:3 * k + 3]) / 2

    def follow(self, prompts, done=None, asked=None):
        """Prompts one after the other, as the page asks them, each answered
        by what is done (itself, unless `done` says otherwise; None: nothing).
        asked: when, in milliseconds, if not drawn."""
        rng, t = self.rng, 0.05
        done = list(prompts) if done is None else done
        for k, (name, deed) in enumerate(zip(prompts, done)):
            t = asked[k] / 1000 if asked else t
            late = rng.uniform(0.02, 0.12)
            self.prompts.append({"name": name, "asked_ms": round(1000 * t),
                                 "shown_ms": round(1000 * (t + late))})
            start = t + late + rng.uniform(0.3, 1.2)
            if is_light(name):
                self.lights.append((t + late, linear(LIGHTS[name])))
            if deed and deed != "look_ahead" and not is_light(deed):
                if self.acts:   # nobody turns back before they are back
                    start = max(start, self.acts[-1].end + 0.05)
                self.acts.append(Act(rng, deed, start, self.ranges))
            t += stands(rng, "light" if is_light(name) else "face")
            if is_light(name) and k and not is_light(prompts[k - 1]):
                t += HELD       # to come back from the last action
        self.length = t + HELD
        if self.acts:
            self.length = max(self.length, self.acts[-1].end + 0.2)
        return self

    def at(self, t):
        """The state at a moment, as `REST`."""
        s = {**REST, **self.rest}
        s["yaw"] += 1.6 * self.idle(t, 0)
        s["pitch"] += 1.3 * self.idle(t + 9, 1)
        s["roll"] += 1.5 * self.idle(t, 2)
        s["x"] += 5 * self.idle(t, 3)
        s["y"] += 3 * self.idle(t + 5, 0)
        for k, name in enumerate(("yaw", "pitch", "x", "y")):
            s[name] += self.calm * 0.25 * np.sin(
                (11 + 3 * k) * t + self.tremor[k])
        s["near"] *= 1 + 0.01 * self.idle(t, 1)
        for act in self.acts:
            main = next(iter(act.moves), None)
            for name, value in act.moves.items():
                late = 0 if name == main else act.late[name]
                s[name] += act.share(t - late) * (value - REST[name])
            if act.name != "blink":
                gone = ease((t - act.at) / (act.end - act.at))
                for name, value in act.after.items():
                    s[name] += self.calm * gone * value
        for blink in self.blinks:
            s["lid"] = max(s["lid"], 1 - abs(t - blink) / 0.1)
        s["gaze_x"] += 1.2 * np.sign(np.sin(2.1 * t + self.wave[0][1])) * \
            (np.sin(0.9 * t) > 0.6)
        s["gaze_x"] -= 0.06 * s["yaw"]
        s["glow"] = self.glow(t)
        return s

    def glow(self, t):
        """What the screen adds to all other light, at its usual distance."""
        now = np.zeros(3, np.float32)
        for at, light in self.lights:
            now += np.float32(ease((t - at) / FADES)) * (light - now)
        return now * np.float32(self.screen)

    def events(self):
        return [{"name": a.name, "start_ms": round(1000 * a.at),
                 "peak_ms": round(1000 * (a.at + a.rise)),
                 "end_ms": round(1000 * a.end),
                 "peak": {k: round(float(v), 2) for k, v in a.moves.items()}}
                for a in self.acts]
