#!/usr/bin/python3
"""Before an invented picture in the photograph's place: what the renderer
promises."""

import json
import os
import sys
import tempfile
import unittest

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import acts         # noqa: E402
import film         # noqa: E402
import people       # noqa: E402
import photograph   # noqa: E402
import scene        # noqa: E402

HIGH = (photograph.BOTTOM - photograph.TOP) * photograph.SHARP
WIDE = (photograph.RIGHT - photograph.LEFT) * photograph.SHARP


def invented():
    """Pale skin with dark eyes, hair around it, lips that meet."""
    y, x = np.mgrid[:HIGH, :WIDE].astype(np.float32)
    points = (photograph.POINTS - (photograph.LEFT, photograph.TOP)) * \
        photograph.SHARP
    points[photograph.LOWER] = points[photograph.UPPER]
    colours = np.full((HIGH, WIDE, 3), .5, np.float32)
    for k in (36, 42):
        cx, cy = points[k:k + 6].mean(0)
        far = np.hypot(x - cx, y - cy)
        colours[far < 18] = .8
        colours[far < 10] = .05
    cx, cy = points[30]
    opaque = np.float32(np.hypot((x - cx) / 200, (y - cy + 40) / 260) < 1)
    skin = np.float32(np.hypot((x - cx) / 140, (y - cy) / 230) < 1)
    return colours, opaque, skin, points


def somebody(seed=1):
    return scene.Sitter(people.Person(seed), np.random.default_rng(seed))


def view(size=(160, 120)):
    out = scene.View(size, 60, 400)
    out.begin(np.zeros((8, 8, 3), np.float32), 1.0)
    return out


def painted(out, z, colour, opaque=1.0):
    v, seams, places = scene.sheet((100, 100), (4, 4))
    texture = np.ones((4, 4, 4), np.float32)
    texture[..., 3] = opaque
    out.draw(v + (0, 0, z), seams, places, texture,
             np.full((len(v), 3), colour))


class Raster(unittest.TestCase):
    def test_what_is_nearer_hides_what_lies_behind_in_either_order(self):
        for order in ((0, .2), (-50, .9)), ((-50, .9), (0, .2)):
            out = view()
            for z, colour in order:
                painted(out, z, colour)
            self.assertAlmostEqual(float(out.image[55, 80, 0]), .2, places=4)

    def test_what_is_half_opaque_lets_half_through(self):
        out = view()
        painted(out, -50, .8)
        painted(out, 0, .2, .5)
        self.assertAlmostEqual(float(out.image[55, 80, 0]), .5, places=4)

    def test_nothing_behind_the_lens_or_beside_the_picture_is_drawn(self):
        out = view()
        v, seams, places = scene.sheet((100, 100), (4, 4))
        for move in ((5000, 0, 0), (0, -5000, 0)):
            out.draw(v + move, seams, places, scene.PLAIN, np.ones(
                (len(v), 3)))
        self.assertEqual(float(out.image.max()), 0)


class Head(unittest.TestCase):
    def test_left_is_the_persons_own_and_up_is_up(self):
        nose = np.array([0, 0, 10.0])
        self.assertGreater((scene.turned(20) @ nose)[0], 3)
        self.assertLess((scene.turned(0, 20) @ nose)[1], -3)

    def test_lips_meet_at_rest_and_part_when_the_jaw_goes_down(self):
        form = somebody().person.form
        rows = form.vertices.shape[0] - 5 * 96
        gaps = []
        for mouth in (0, 1):
            v = form.face(mouth)
            gaps.append(v[-96:, 1] - v[rows:rows + 96, 1])
        self.assertLess(np.abs(gaps[0]).max(), .5)
        self.assertGreater(gaps[1].max(), 12)
        self.assertLess(np.abs(gaps[1][:20]).max(), .5)

    def test_a_smile_is_closed(self):
        points = invented()[3].copy()
        points[photograph.LOWER[1:4], 1] += 12
        image = np.zeros((HIGH, WIDE, 3), np.float32)
        top = int(points[62, 1])
        image[top + 1:top + 11] = 1     # teeth
        middle = int(points[62, 0])
        self.assertLess(photograph.closed(image, points)[
            top:top + 30, middle].max(), .5)

    def test_eyes_shut_and_look_aside(self):
        who = people.Person(3)
        x, y = (int(v) for v in who.points[36:42].mean(0))
        still = who.seen(0, (0, 0))
        shut = who.seen(1, (0, 0))
        aside = who.seen(0, (9, 0))
        self.assertGreater(shut[y, x, :3].mean(),
                           2 * still[y, x, :3].mean())

        def dark(texture):
            row = 1 / (texture[y, x - 20:x + 20, :3].mean(1) + .02)
            return (row * np.arange(40)).sum() / row.sum()
        self.assertGreater(dark(aside), dark(still) + 2)

    def test_it_turns_in_the_picture(self):
        light = scene.Light(.8, [])
        middles = []
        for yaw in (-25, 0, 25):
            out, who = view((320, 240)), somebody()
            who.person.glasses = False
            who.draw(out, light, dict(acts.REST, yaw=yaw))
            face = out.image[100:135].mean(2)
            dark = 1 / (face + .05) * (face > 0)
            middles.append((dark * np.arange(320)).sum() / dark.sum())
        self.assertLess(middles[0], middles[1])
        self.assertLess(middles[1], middles[2])


class Acts(unittest.TestCase):
    def test_nothing_is_asked_twice_in_a_row_and_all_is_done_in_time(self):
        for seed in range(6):
            take = film.Take("honest", seed)
            asked, end = take.asked, take.end
            names = [n for n, _ in asked]
            self.assertTrue(all(a != b for a, b in zip(names, names[1:])))
            done = take.actor.truth()
            self.assertEqual([d["name"] for d in done], [
                n for n in names if n in acts.ACTIONS])
            self.assertLess(done[-1]["to_ms"], end)

    def test_only_eyes_move_in_gaze(self):
        asked = [("look_ahead", 60), ("turn_left", 2000), (
            "turn_right", 4000)]
        poses = {}
        for does in ("actions", "gaze"):
            actor = acts.Actor(np.random.default_rng(5), asked, does)
            poses[does] = [actor.pose(t)["yaw"] for t in np.arange(0, 9, .1)]
        self.assertEqual(actor.truth(), [])
        self.assertLess(np.ptp(poses["gaze"]), 8)
        self.assertGreater(np.ptp(poses["actions"]), 15)


class Films(unittest.TestCase):
    def test_each_kind_gives_pictures(self):
        for kind in film.ABOUT:
            take = film.Take(kind, 6)
            image = take.frame(.5)
            self.assertEqual(image.shape, (480, 640, 3), kind)
            self.assertTrue(np.isfinite(image).all(), kind)
            self.assertGreater(image.std(), .01, kind)

    def test_a_loop_asks_for_and_shows_the_same_twice(self):
        take = film.Take("loop", 6)
        names = [n for n, _ in take.asked[1:]]
        self.assertEqual(names[:2], names[2:])
        self.assertTrue(np.array_equal(take.frame(1.0), take.frame(
            1.0 + take.every)))

    def test_a_cut_leaves_something_out(self):
        take = film.Take("cut", 6)
        t = take.cut_ms / 1000
        around = [take.frame(t + d) for d in (-.08, 0, .02)]
        steps = [np.abs(a - b).mean() for a, b in zip(around, around[1:])]
        self.assertGreater(steps[1], steps[0])

    def test_the_screen_shines_on_the_face(self):
        take = film.Take("honest", 6)
        take.asked = [("look_ahead", 60), ("light_blue", 1000)]
        grey, blue = (take.frame(t).mean((0, 1)) for t in (.5, 1.9))
        self.assertGreater(blue[2] / blue[0], grey[2] / grey[0] * 1.02)

    def test_a_recording_comes_with_its_truth(self):
        take = film.Take("honest", 7)
        take.end = 600
        with tempfile.TemporaryDirectory() as folder:
            take.record(folder)
            with open(os.path.join(folder, "honest_plain_7.json")) as file:
                facts = json.load(file)
            self.assertGreater(os.path.getsize(
                os.path.join(folder, facts["file"])), 1000)
        self.assertEqual(facts["part"], "face")
        self.assertEqual(facts["prompts"][0]["name"], "look_ahead")

    def test_the_sets_share_nobody(self):
        seeds = {which: {seed for _, seed, _ in film.listed(which)}
                 for which in ("tuning", "final")}
        self.assertFalse(seeds["tuning"] & seeds["final"])
        for which in seeds:
            for kind, _, camera in film.listed(which):
                self.assertIn(kind, film.ABOUT)
                self.assertIn(camera, film.CAMERAS)


if __name__ == "__main__":
    photograph.laid_out = lambda path=None: invented()
    unittest.main()
