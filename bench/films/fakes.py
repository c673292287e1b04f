"""What is held up instead of a person: each takes a take and a moment and
gives the light that reaches the camera."""

import cv2
import numpy as np

import acts
from scene import PIVOT, Light, View, Webcam, normals, sheet, turned

SIDE = 800                          # of a still, in pixels
CAST = 2 * 400 * np.tan(np.radians(25))     # how wide it is where the face is


def still(take):
    """A picture of the person at rest elsewhere, the view it was cast by."""
    if not hasattr(take, "_still"):
        view = View((SIDE, SIDE), 50, 400)
        view.begin(np.roll(take.room, 300, 1), .5)
        take.sitter.draw(view, Light(.4, [((.3, -.5, .9), np.full(3, .55))]),
                         acts.REST)
        take._still = np.dstack([view.image * .75, np.ones(
            (SIDE, SIDE))]).astype(np.float32), view
    return take._still


def paper(take, t, bend):
    """A print in a hand, turned and brought nearer as was asked."""
    pose, (picture, _) = take.actor.pose(t), still(take)
    view, light = take.view(t), take.light(t)
    take.wall(view)
    turn = turned(pose["yaw"] * 1.1, pose["pitch"] * 1.4, pose["roll"] * 1.5)
    v, seams, places = sheet((420, 420), (SIDE, SIDE), bend)
    v = v @ turn.T + (pose["x"] * 2, pose["y"] * 2 + 20, pose["z"] - 40)
    view.draw(v, seams, places, picture, light.on(normals(v, seams)))
    return view.image


def waved(take, t):
    """a print that is turned, tilted and brought nearer"""
    return paper(take, t, .001)


def bent(take, t):
    """the same, bent around a head"""
    return paper(take, t, 1.3 + take.actor.pose(t)["yaw"] / 60)


def holes(take):
    """The print without what lies where eyes and lips are."""
    picture, view = still(take)
    person, out = take.sitter.person, picture.copy()
    form = person.form
    for k, more in ((slice(36, 42), 1.15), (slice(42, 48), 1.15),
                    (slice(48, 60), 1.5)):
        near = [np.argmin(np.abs(form.places - at).sum(1))
                for at in person.points[k]]
        ring = view.project(form.vertices[near])[:, :2]
        ring = ring.mean(0) + (ring - ring.mean(0)) * more
        out[..., 3] *= 1 - cv2.fillPoly(
            np.zeros((SIDE, SIDE), np.float32), [ring.astype(np.int32)], 1)
    return out


def cutout(take, t):
    """a print worn as a mask, with holes for eyes and mouth"""
    if not hasattr(take, "mask"):
        take.mask, take.behind = holes(take), take.somebody(3)
        take.behind.person.glasses = False
    pose, view, light = take.actor.pose(t), take.view(t), take.light(t)
    take.wall(view)
    take.behind.draw(view, light, dict(pose, yaw=pose["yaw"] * .9),
                     at=(0, 0, -22))
    v, seams, places = sheet((CAST, CAST), (SIDE, SIDE), .6)
    turn = turned(pose["yaw"] * 1.1, pose["pitch"] * 1.4, pose["roll"] * 1.5)
    v = (v - PIVOT) @ turn.T + PIVOT + [pose[k] for k in "xyz"]
    view.draw(v, seams, places, take.mask, light.on(normals(v, seams)))
    return view.image


def tablet(take, t):
    """a film of the right actions on a display in a hand"""
    if not hasattr(take, "inner"):
        take.inner = Webcam(take.rng, .006, 0, .01, .6)
    within = take.live(t, take.view(t, (640, 480), 60, 400, 0), Light(
        .3, [((-.4, -.5, .8), np.full(3, .55))]))
    within = take.inner.take(within, t, 1 / take.a["fps"])
    glass = np.full((540, 700, 4), .01, np.float32)
    glass[..., 3] = 1
    glass[30:-30, 30:-30, :3] = (within / np.float32(255)) ** 2.2 * .9 + .012
    view = take.view(t, hand=max(.5, take.a["hand"]))
    take.wall(view)
    s = np.sin(np.array([.9, 1.3, 2.1]) * t + take.phase[:3])
    v, seams, places = sheet((380, 293), (700, 540))
    v = v @ turned(3 * s[0], 3 * s[1], 1.5 * s[2]).T + (
        4 * s[0], 4 * s[1], 60)
    view.draw(v, seams, places, glass, np.ones((len(v), 3)))
    return view.image


def warped(take, t):
    """one still whose face is moved over the form of a head; no new light"""
    picture, was = still(take)
    pose, form = take.actor.pose(t), take.sitter.person.form
    view = View((SIDE, SIDE), 50, 400)
    view.begin(picture, 1.0, 0, (CAST, CAST))
    turn = turned(pose["yaw"] * .8, pose["pitch"] * .8, pose["roll"])
    v = form.opened(form.vertices, form.jaw, pose["mouth"])
    v = (v - PIVOT) @ turn.T + PIVOT + (pose["x"], pose["y"], 0)
    v[:, 2] = v[:, 2] * .02 + 2     # nearly flat, so that it hides nothing
    view.draw(v, form.triangles, was.project(form.vertices)[:, :2], picture,
              np.ones((len(v), 3)))
    (wide, high), nearer = take.a["size"], 1 + pose["z"] / 400
    move = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), 0,
                                   nearer * high / SIDE)
    move[:, 2] += (wide / 2 - SIDE / 2, high / 2 - SIDE / 2)
    return cv2.warpAffine(view.image, move, (wide, high),
                          borderMode=cv2.BORDER_REFLECT)


FAKES = {f.__name__: f for f in (waved, bent, cutout, tablet, warped)}
