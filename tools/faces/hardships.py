"""Honest people before cameras, in rooms and under hats that make it hard:
what a webcam at home does and a drawn head in even light does not."""

import cv2
import numpy as np

import acts
import look
import person
import photo
import shoot
from attacks import kind
from splits import one


def steps(take, many, low, high):
    """Something that changes at some moments, in 0.3 s each: a function of
    time."""
    rng = take.rng
    at = np.sort(rng.uniform(1.5, max(3.0, take.length - 1), many))
    values = [1.0] + [float(rng.uniform(low, high)) for _ in at]

    def value(t):
        out = values[0]
        for moment, before, after in zip(at, values, values[1:]):
            out += (after - before) * float(acts.ease((t - moment) / 0.3))
        return out
    return value


def washed(take, change):
    """Every picture of light through `change(picture, t)`."""
    first = take.light
    take.light = lambda t: change(first(t), t)
    return take


@kind("adjusting", True, "a camera that sets exposure and white anew, in "
      "steps")
def adjusting(take):
    take.begin()
    gain = steps(take, 3, 0.7, 1.3)
    warm, cold = steps(take, 2, 0.9, 1.1), steps(take, 2, 0.9, 1.1)
    return washed(take, lambda p, t: p * np.float32(
        (gain(t) * warm(t), gain(t), gain(t) * cold(t))))


@kind("sidelit", True, "a lamp from one side, little light else")
def sidelit(take):
    take.begin()
    side = one(take.rng, (-1, 1))
    take.webcam.lamp.update({"from": (0.93 * side, -0.2, 0.31), "key": 0.85,
                             "ambient": 0.22, "sky": 0.02})
    return take


@kind("below", True, "a laptop's camera, far below the eyes")
def below(take):
    take.rest = {"pitch": float(take.rng.uniform(9, 16))}
    return take.begin()


@kind("wide_angle", True, "a telephone's wide lens, close to the face")
def wide_angle(take):
    take.distance = float(take.rng.uniform(300, 380))
    take.begin()
    w, h = take.size
    take.webcam.camera = look.Camera(w, h, float(
        take.rng.uniform(0.52, 0.62)) * max(w, h))
    return take


@kind("backlit", True, "a window behind: a bright room, a dark face")
def backlit(take):
    take.begin()
    take.webcam.lamp.update({"key": 0.15, "ambient": 0.24, "sky": 0.1})
    room = take.webcam.room
    glare = 235 - (235 - np.clip(room, 0, 235)) * 0.45
    take.webcam.room = glare.astype(np.float32)
    return take


@kind("smeared", True, "a slow shutter that smears what moves, read row by "
      "row")
def smeared(take):
    take.begin()
    first, h = take.light, take.size[1]
    rows = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]

    def light(t):
        moving = any(a.at - 0.1 < t < a.at + a.rise + 0.1 or
                     a.end - a.fall - 0.1 < t < a.end + 0.1
                     for a in take.track.acts)
        if not moving:
            return first(t)
        seen = [first(t + d) for d in (0.0, 0.02, 0.04)]
        upper, lower = (seen[0] + seen[1]) / 2, (seen[1] + seen[2]) / 2
        return upper + rows * (lower - upper)
    take.light = light
    return take


@kind("leaning", True, "a head askew by 10 to 15 degrees, off the middle")
def leaning(take):
    side = one(take.rng, (-1, 1))
    take.rest = {"roll": side * float(take.rng.uniform(10, 15)),
                 "x": one(take.rng, (-1, 1)) * float(
                     take.rng.uniform(60, 110)),
                 "y": float(take.rng.uniform(-30, 40))}
    return take.begin()


@kind("handheld", True, "a telephone that shakes in the hand")
def handheld(take):
    take.size, take.turned = (480, 640), True
    take.shake = float(take.rng.uniform(7, 11))
    return take.begin()


@kind("blocky", True, "12 to 15 uneven frames a second, at 150 kbit/s")
def blocky(take):
    take.rhythm = (float(take.rng.uniform(12, 15)), 0.016, 0.06)
    take.codec, take.rate = "vp8", 150_000
    return take.begin()


@kind("slowly", True, "everything is done slowly")
def slowly(take):
    take.begin()
    for act in take.track.acts:
        act.rise, act.hold, act.fall = 0.8, 0.5, 0.7
    return take


@kind("rebound", True, "whoever turns comes back past the middle")
def rebound(take):
    take.begin()
    track = take.track
    plain = track.at
    back = [(a.end, -np.sign(a.moves["yaw"]) * float(take.rng.uniform(
        8, 13))) for a in track.acts if abs(a.moves.get("yaw", 0)) > 10]

    def at(t):
        s = plain(t)
        for end, far in back:
            s["yaw"] += far * float(acts.ease((t - end + 0.2) / 0.25) * (
                1 - acts.ease((t - end - 0.1) / 0.25)))
        return s
    track.at = at
    return take


@kind("eager", True, "begins an action too early, and does it again when it "
      "is asked for")
def eager(take):
    take.begin()
    track = take.track
    k = int(take.rng.integers(1, len(track.acts)))
    again, shown = track.acts[k], track.prompts[k + 1]["shown_ms"]
    early = acts.Act(take.rng, again.name, max(
        track.acts[k - 1].end + 0.3, shown / 1000 - 0.9), track.ranges)
    early.rise = early.hold = early.fall = 0.35
    again.at = max(again.at, early.end + 0.5)
    track.acts.append(early)
    track.acts.sort(key=lambda a: a.at)
    for before, after in zip(track.acts, track.acts[1:]):
        after.at = max(after.at, before.end + 0.1)
    track.length = max(track.length, track.acts[-1].end + 0.3)
    return take


@kind("company", True, "a television behind, and somebody without a face who "
      "walks by")
def company(take):
    take.begin()
    rng, (w, h) = take.rng, take.size
    x = one(rng, (0.02, 0.76))
    tv = [int(v) for v in (x * w, 0.1 * h, (x + 0.2) * w, 0.32 * h)]
    colours = rng.uniform(20, 230, (64, 3))
    start, blank = float(rng.uniform(2, 5)), take.webcam.blank
    now = [0.0]

    def room():
        picture, t = blank(), now[0]
        shot = int(t / 1.7)
        picture[tv[1]:tv[3], tv[0]:tv[2]] = colours[shot % 64]
        high = int(tv[1] + (tv[3] - tv[1]) * (0.3 + 0.3 * np.sin(2 * t)))
        picture[high:tv[3], tv[0]:tv[2]] = colours[(shot + 31) % 64]
        at = (t - start) / 3
        if 0 < at < 1:      # a back, out of focus
            mid = int((1.3 * at - 0.15) * w)
            coat = picture[int(0.2 * h):, max(0, mid - 60):max(0, mid + 60)]
            coat[:] = 0.2 * coat + 0.8 * np.float32((70, 74, 96))
            picture[int(0.2 * h):] = cv2.blur(picture[int(0.2 * h):], (9, 9))
        return picture
    take.webcam.blank = room
    first = take.light

    def light(t):
        now[0] = t
        return first(t)
    take.light = light
    return take


@kind("drifting", True, "exposure that goes up and down in ten seconds and "
      "more")
def drifting(take):
    take.begin()
    far, phase = take.rng.uniform(0.3, 0.5), take.rng.uniform(0, 6.3)
    slow = 2 * np.pi / take.rng.uniform(9, 22)
    return washed(take, lambda p, t: p * np.float32(
        np.exp(far * np.sin(slow * t + phase))))


@kind("passing", True, "somebody who walks past behind in a second or two and "
      "looks over")
def passing(take):
    take.begin()
    rng, side = take.rng, one(take.rng, (-1, 1))
    other = shoot.Sitter(person.Person(take.seed + 500_000), take.webcam,
                         take.seed + 1, distance=take.sitter.distance *
                         float(rng.uniform(1.6, 2.2)))
    other.beside = other.height = 0.0
    start = float(rng.uniform(3, max(4, take.length - 4)))
    long, turn = float(rng.uniform(1.2, 2.0)), float(rng.uniform(15, 40))

    def light(t):
        picture, at = take.webcam.blank(), (t - start) / long
        if 0 < at < 1:
            other.draw(picture, {**acts.REST, "yaw": side * turn,
                                 "x": side * (1 - 2 * at) * other.distance,
                                 "y": 12 * abs(np.sin(6 * t)) - 60})
        take.sitter.draw(picture, take.track.at(t))
        return picture
    take.light = light
    take.notes.update(at_ms=round(1000 * start), long_ms=round(1000 * long))
    return take


@kind("poster", True, "a picture of somebody else on the wall")
def poster(take):
    take.begin()
    rng, (w, h) = take.rng, take.size
    wide = int(w * rng.uniform(0.13, 0.34))
    tall = wide * 9 // 7
    print_ = shoot.portrait(person.Person(take.seed + 500_000), wide, tall,
                            rng.uniform(60, 220, 3))
    x = one(rng, (int(0.03 * w), int(0.97 * w) - wide))
    y = int(h * rng.uniform(0.03, 0.2))
    light = take.webcam.room[y:y + tall, x:x + wide].mean() / 200
    take.webcam.room[y:y + tall, x:x + wide] = cv2.GaussianBlur(
        print_.astype(np.float32), (0, 0), 1) * np.float32(light)
    return take


def moved(take, change):
    """Every state of the sitter through `change(state, t)`."""
    plain = take.track.at

    def at(t):
        s = plain(t)
        change(s, t)
        return s
    take.track.at = at
    return take


def between(take, t):
    """1 while nothing is done that was asked, 0 in an action."""
    return min([1.0] + [float(np.clip(max(a.at - t, t - a.end) / 0.2, 0, 1))
                        for a in take.track.acts])


def speech(take):
    """Millimetres of jaw: syllables, in stretches."""
    rate, phase = take.rng.uniform(3, 5), take.rng.uniform(0, 6.3, 3)
    far = take.rng.uniform(5, 9)

    def drop(t):
        says = np.sin(1.1 * t + phase[0]) > -0.4
        return says * far * max(0.0, np.sin(2 * np.pi * rate * t + 2 * np.sin(
            0.7 * t + phase[1]))) * (0.7 + 0.3 * np.sin(2.3 * t + phase[2]))
    return drop


def nods(take):
    """Degrees downwards, now and then."""
    at = np.cumsum(take.rng.uniform(1.5, 4, 40))
    far = take.rng.uniform(7, 13)
    return lambda t: far * max(0.0, 1 - np.abs(at - t).min() / 0.3)


@kind("talking", True, "talks all the while")
def talking(take):
    take.begin()
    drop = speech(take)
    return moved(take, lambda s, t: s.update(
        drop=s["drop"] + between(take, t) * drop(t)))


@kind("nodding", True, "nods between what is asked")
def nodding(take):
    take.begin()
    down = nods(take)
    return moved(take, lambda s, t: s.update(
        pitch=s["pitch"] - between(take, t) * down(t)))


@kind("leaving", True, "bends down out of the picture for a moment, between "
      "two actions")
def leaving(take):
    take.begin()
    track = take.track
    k = int(take.rng.integers(0, len(track.acts) - 1))
    gone = track.acts[k].end + 0.1
    long = float(take.rng.uniform(0.3, 0.7))
    back = gone + 0.8 + long
    for act in track.acts[k + 1:]:
        act.at = max(act.at, back + 0.1)
        back = act.end
    track.length = max(track.length, back + 0.3)
    take.notes.update(at_ms=round(1000 * gone), long_ms=round(1000 * long))

    def change(s, t):
        away = float(acts.ease((t - gone) / 0.4) * (
            1 - acts.ease((t - gone - 0.4 - long) / 0.4)))
        s["y"] += 420 * away
        s["pitch"] -= 15 * away
    return moved(take, change)


@kind("restless", False, "looks about with the eyes, talks, nods, sways and "
      "does nothing that is asked")
def restless(take):
    turn = {"turn_left": "gaze_left", "turn_right": "gaze_right"}
    take.done = [turn.get(name) for name in take.prompts]
    take.begin()
    drop, down = speech(take), nods(take)
    sway = take.rng.uniform(0, 6.3, 3)

    def change(s, t):
        s["drop"] += drop(t)
        s["pitch"] -= down(t)
        s["yaw"] += 2.5 * np.sin(0.9 * t + sway[0]) + 0.4 * s["gaze_x"]
        s["x"] += 14 * np.sin(0.5 * t + sway[1])
        s["near"] *= 1 + 0.04 * np.sin(0.6 * t + sway[2])
    return moved(take, change)


@kind("hunting", True, "a camera that never comes to rest with exposure and "
      "white")
def hunting(take):
    take.begin()
    a, b = take.rng.uniform(0.3, 0.8, 2)
    return washed(take, lambda p, t: p * np.float32(
        1 + 0.12 * np.sin(2 * np.pi * a * t) + 0.05 * np.sin(
            2 * np.pi * b * t + np.float32((0, 1, 2)))))


@kind("slow_camera", True, "9 to 11 frames a second")
def slow_camera(take):
    take.rhythm = (float(take.rng.uniform(9, 11)), 0.01, 0.03)
    return take.begin()


@kind("swift_camera", True, "60 frames a second")
def swift_camera(take):
    take.rhythm = (60.0, 0.002, 0.01)
    return take.begin()


@kind("large", True, "1280x720")
def large(take):
    take.size = (1280, 720)
    return take.begin()


@kind("photographed", True, "a head with a photograph's skin: the astronaut's")
def photographed(take):
    take.who = photo.astronaut()
    return take.begin()


def paint(who, area, colour):
    s = who.canvas
    s.out += np.float32(area)[..., None] * (np.float32(colour) - s.out)
    who.states.clear()
    who.lids.clear()


@kind("fringe", True, "hair over the forehead to the brows, or the shade of "
      "a brim")
def fringe(take):
    s, f = take.who.canvas, take.who.f
    if take.rng.random() < 0.5:
        edge = -26 + 4 * np.sin(s.x / 3) + 0.004 * s.x ** 2
        area = np.clip((edge - s.y) / 3, 0, 1) * (np.abs(s.turn) < 80)
        paint(take.who, 0.95 * area, np.float32(f["hair"]) * 0.9)
    else:
        area = np.clip((-40 - s.y) / 2, 0, 1)
        paint(take.who, area, one(take.rng, ((40, 44, 70), (120, 30, 34))))
        s.out *= (1 - 0.35 * np.clip((4 - s.y) / 30, 0, 1) * (
            s.y > -40))[..., None]
    return take.begin()


@kind("headscarf", True, "a scarf around hair, ears and neck")
def headscarf(take):
    s = take.who.canvas
    oval = (s.x / 66) ** 2 + ((s.y - 32) / 88) ** 2
    area = np.clip((oval - 1) * 8, 0, 1)
    cloth = one(take.rng, ((150, 90, 110), (60, 80, 120), (200, 196, 184)))
    fold = 1 + 0.08 * np.sin((s.y + 0.4 * s.x) / 6)
    paint(take.who, area, np.float32(cloth) * fold[..., None])
    take.begin()
    return take


@kind("glinting", True, "glasses in which the screen is seen")
def glinting(take):
    who = take.who
    who.f["glasses"] = True
    who.states.clear()
    who.lids.clear()
    plain, s = who.eyes, who.canvas
    x, y = s.x[who.patch], s.y[who.patch]
    apart = who.f["eyes_apart"]

    def eyes(gaze, lid):
        out = plain(gaze, lid).astype(np.float32)
        for side in (-1, 1):
            u, v = x - side * apart - 3, y + 3
            pane = np.clip(7 - np.abs(u), 0, 1) * np.clip(
                5 - np.abs(v), 0, 1)
            out += 0.7 * pane[..., None] * (np.float32(
                (226, 236, 246)) - out)
        return out.astype(np.uint8)
    who.eyes = eyes
    return take.begin()
