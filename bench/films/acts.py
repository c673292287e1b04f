"""Who does what when: a challenge, and a pose for every moment of it."""

import numpy as np

from photograph import smooth

ACTIONS = ("turn_left", "turn_right", "look_up", "open_mouth", "come_closer")
# of src/ident/lights.def
LIGHTS = {"light_amber": (255, 165, 60), "light_green": (50, 215, 80),
          "light_blue": (80, 125, 255), "light_violet": (245, 85, 235)}
REST = dict.fromkeys(("yaw", "pitch", "roll", "x", "y", "z", "mouth",
                      "blink", "gaze_x", "gaze_y"), 0.0)


def challenge(rng):
    """[(name, milliseconds it was shown at)], and when all ends. The screen
    shines in a third of them."""
    count = 3 if rng.random() < .6 else 4
    asked, t, last = [("look_ahead", 60)], 60, None
    for _ in range(count):
        t += int(rng.integers(1900, 2900))
        last = str(rng.choice([a for a in ACTIONS if a != last]))
        asked.append((last, t))
    t += int(rng.integers(2200, 2900))
    lights = list(rng.permutation(list(LIGHTS))) if rng.random() < .35 else ()
    for i, name in enumerate(lights):
        asked.append((str(name), t))
        t += int(rng.integers(950, 1200)) + (700 if i == 0 else 0)
    return asked, t + 300


class Actor:
    """does: "actions", "gaze" (eyes alone go where the head was asked to) or
    "nods" (talks and nods, and does nothing that was asked)."""

    def __init__(self, rng, asked, does="actions", slow=1.0, talks=False):
        self.does, self.talks = does, talks or does == "nods"
        self.far = {"turn_left": rng.uniform(18, 38),
                    "turn_right": rng.uniform(18, 38),
                    "look_up": rng.uniform(12, 24),
                    "open_mouth": rng.uniform(.6, 1.1),
                    "come_closer": rng.uniform(80, 130)}
        self.manner = rng.normal(0, 1, 6)
        free = 0.0
        self.todo = []      # (name, begins, is there, leaves, is back)
        for name, at in asked:
            if name in ACTIONS and does != "nods":
                t = max(at / 1000 + rng.uniform(.35, .9), free)
                there, holds, back = (rng.uniform(.3, .8) * slow,
                                      rng.uniform(.4, 1.1),
                                      rng.uniform(.3, .8) * slow)
                self.todo.append((name, t, t + there, t + there + holds,
                                  t + there + holds + back))
                free = self.todo[-1][4] + .1
        self.pace = rng.uniform(.05, .5, (6, 4))
        self.phase = rng.uniform(0, 6.28, (6, 4))
        self.sway = np.array([1.2, .8, .8, 2.5, 1.8, 3.0]) * \
            rng.uniform(.4, 1.6)
        self.blinks = np.cumsum(rng.uniform(1.5, 5, 40))
        self.tilt, self.rest = rng.normal(0, 2.5), rng.normal(0, 2)
        self.looks = (np.cumsum(rng.uniform(.4, 2, 90)),
                      rng.normal(0, 1.6, (91, 2)))

    def truth(self):
        return [] if self.does != "actions" else [
            {"name": name, "from_ms": int(a * 1000), "to_ms": int(d * 1000)}
            for name, a, _, _, d in self.todo]

    def pose(self, t):
        """Degrees, pixels of the photograph, shares of a whole."""
        sway = np.sin(6.283 * self.pace * t + self.phase).sum(1) / 2 * \
            self.sway
        p = dict(REST, **dict(zip(("yaw", "pitch", "roll", "x", "y", "z"),
                                  sway)))
        p["pitch"] += self.rest
        p["roll"] += self.tilt
        look = self.looks[1][np.searchsorted(self.looks[0], t)]
        p["gaze_x"], p["gaze_y"] = look[0], look[1] * .4
        for name, a, b, c, d in self.todo:
            if a < t < d:
                w = float(smooth(a, b, t) * (1 - smooth(c, d, t)))
                (self.look if self.does == "gaze" else self.act)(p, name, w)
        self.fidget(p, t)
        near = self.blinks[np.argmin(np.abs(self.blinks - t))]
        p["blink"] = float(np.clip(1.6 - abs(t - near) / .08, 0, 1))
        return p

    @staticmethod
    def look(p, name, w):
        p["gaze_x"] += w * {"turn_left": 9, "turn_right": -9}.get(name, 0)
        p["gaze_y"] -= w * 5 * (name == "look_up")

    def act(self, p, name, w):
        """Nobody does one thing alone."""
        far, k = self.far[name] * w, self.manner
        if name in ("turn_left", "turn_right"):
            side = 1 if name == "turn_left" else -1
            p["yaw"] += side * far
            p["roll"] += side * k[0] * 2.5 * w
            p["pitch"] += k[1] * 2 * w
            p["x"] += side * (3 + k[2] * 3) * w
            p["gaze_x"] -= side * 4 * w
        elif name == "look_up":
            p["pitch"] += far
            p["mouth"] += .06 * abs(k[3]) * w
            p["yaw"] += k[4] * 1.5 * w
            p["gaze_y"] -= 2 * w
        elif name == "open_mouth":
            p["mouth"] += far
            p["pitch"] += 2.5 * w
        else:
            p["z"] += far
            p["y"] += k[5] * 6 * w
            p["pitch"] += k[3] * 2 * w

    def fidget(self, p, t):
        if self.talks:
            now = max(0, np.sin(.9 * t + 1)) * .8
            p["mouth"] += now * .7 * max(
                0, .5 * np.sin(9 * t) * np.sin(5.3 * t + 1) + .1)
            p["pitch"] += now * 2 * np.sin(4 * t)
        if self.does == "nods":
            now = smooth(0, .5, np.sin(.8 * t))
            p["pitch"] += now * (11 * np.sin(6.3 * t) - 3)
