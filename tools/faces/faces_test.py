"""Rendered people do what their truth says, and kinds of attack are what they
are called."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import beside  # noqa: E402, F401
import acts  # noqa: E402
import attacks  # noqa: E402
import documents  # noqa: E402
import hardships  # noqa: E402, F401
import heads  # noqa: E402
import look  # noqa: E402
import make  # noqa: E402
import person  # noqa: E402
import photo  # noqa: E402
import record  # noqa: E402
import scene  # noqa: E402
import shoot  # noqa: E402

SEED = 41
SHORT = ["look_ahead", "turn_left", "open_mouth"]
PAINTED = ("covered", "fringe", "headscarf", "glinting")
WHO = person.Person(SEED)


def seen(**moves):
    """A picture of the person in one pose, in grey."""
    webcam = shoot.Webcam(SEED)
    picture = webcam.blank()
    shoot.Sitter(WHO, webcam, distance=500).draw(
        picture, dict(acts.REST, **moves))
    return picture.mean(-1)


def times(path):
    said = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of",
         "csv=p=0", path], stdout=subprocess.PIPE, check=True).stdout
    return [round(1000 * float(v)) for v in said.split()]


def colours(path):
    return subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=pix_fmt", "-of",
         "csv=p=0", path], stdout=subprocess.PIPE, check=True,
        text=True).stdout.strip()


class Heads(unittest.TestCase):

    def test_a_seed_is_one_person_and_another_is_another(self):
        again = shoot.portrait(person.Person(SEED))
        self.assertTrue((again == shoot.portrait(WHO)).all())
        other = shoot.portrait(person.Person(SEED + 1))
        self.assertGreater(np.abs(again.astype(int) - other).mean(), 3)

    def test_turning_left_moves_the_nose_to_the_images_right(self):
        camera = look.Camera(640, 480, 560)
        nose = lambda yaw, pitch: camera.see(look.Pose(  # noqa: E731
            (0, 0, -500), yaw, pitch).world((0, 45, 110)))
        rest = nose(0, 0)
        left = acts.peak(np.random.default_rng(1), "turn_left")["yaw"]
        self.assertGreater(nose(left, 0)[0], rest[0] + 20)
        right = acts.peak(np.random.default_rng(1), "turn_right")["yaw"]
        self.assertLess(nose(right, 0)[0], rest[0] - 20)
        up = acts.peak(np.random.default_rng(1), "look_up")["pitch"]
        self.assertLess(nose(0, up)[1], rest[1] - 10)

    def test_an_open_mouth_is_dark_where_the_lips_were(self):
        shut, opened = WHO.base(0)[1], WHO.base(24)[1]
        row = int((heads.LIP + 14 - heads.TOP) /
                  (heads.BOTTOM - heads.TOP) * heads.ROWS)
        middle = (row, heads.COLUMNS // 2)
        self.assertLess(opened[middle].mean(), 0.6 * shut[middle].mean())

    def test_closed_lids_hide_the_eyes(self):
        rows, columns = WHO.patch
        x, y = WHO.canvas.x[rows, columns], WHO.canvas.y[rows, columns]
        pupil = np.hypot(x - WHO.f["eyes_apart"], y - 1.1) < 1.5
        dark = WHO.eyes((0, 0), 0)[pupil].mean()
        self.assertGreater(WHO.eyes((0, 0), 1)[pupil].mean(), 2 * dark)

    def test_coming_closer_fills_more_of_the_picture(self):
        room = shoot.Webcam(SEED).blank().mean(-1)
        covered = lambda p: (np.abs(p - room) > 12).sum()  # noqa: E731
        self.assertGreater(covered(seen(near=0.65)), 1.3 * covered(seen()))


class Acts(unittest.TestCase):

    def test_a_challenge_is_drawn_as_the_server_draws(self):
        for seed in range(300):
            drawn = acts.challenge(seed)
            self.assertEqual(drawn[0], "look_ahead")
            self.assertIn(len(drawn), (9, 10))
            self.assertTrue(all(acts.is_light(name) == (k >= len(drawn) - 4)
                                for k, name in enumerate(drawn)))
            self.assertTrue(all(a != b for a, b in zip(drawn, drawn[1:])))

    def test_honest_people_do_each_after_it_was_asked_one_after_the_other(
            self):
        for seed in range(60):
            track = acts.Track(seed).follow(acts.challenge(seed))
            asked = [p for p in track.prompts[1:]
                     if not acts.is_light(p["name"])]
            self.assertEqual([a.name for a in track.acts],
                             [p["name"] for p in asked])
            for act, prompt in zip(track.acts, asked):
                late = 1000 * act.at - prompt["shown_ms"]
                self.assertTrue(290 <= late <= 1500, late)
            for act, after in zip(track.acts, track.acts[1:]):
                self.assertLess(act.end, after.at)
            self.assertLess(track.acts[-1].end, track.length)

    def test_times_that_were_given_are_kept(self):
        track = acts.Track(3).follow(SHORT, asked=[0, 3000, 6500])
        self.assertEqual([p["asked_ms"] for p in track.prompts],
                         [0, 3000, 6500])


    def test_the_screen_shines_in_what_was_asked_and_never_before(self):
        track = acts.Track(5).follow(["look_ahead", "turn_left", "light_blue",
                                      "light_amber"])
        self.assertEqual(track.glow(0.5).max(), 0)
        shown = [p["shown_ms"] / 1000 for p in track.prompts]
        blue, amber = track.glow(shown[2] + 0.5), track.glow(shown[3] + 0.5)
        self.assertGreater(blue[2], 2 * blue[0])
        self.assertGreater(amber[0], 2 * amber[2])
        self.assertGreater(shown[3] - shown[2], 0.95)


class Kinds(unittest.TestCase):

    # A plain picture stands in for the one photograph, which is of a package
    # that no test may need.
    @classmethod
    @mock.patch.object(photo, "photograph",
                       return_value=np.full((512, 512, 3), 150, np.uint8))
    def setUpClass(cls, _):
        cls.takes = {kind: attacks.plan(
            kind, SEED, who=person.Person(SEED) if kind in PAINTED else WHO,
            prompts=list(SHORT)) for kind in attacks.KINDS}

    def planned(self, kind):
        return self.takes[kind]

    def test_each_kind_gives_pictures_and_its_truth(self):
        for kind, take in self.takes.items():
            frame = take.frame(0.5)
            wide, high = take.size
            self.assertEqual((frame.shape, frame.dtype),
                             ((high, wide, 3), np.uint8), kind)
            self.assertEqual(len(take.truth()["prompts"]), 3, kind)
            json.dumps(take.truth())

    def test_what_counts_as_followed_was_followed(self):
        for kind, (_, followed, _) in attacks.KINDS.items():
            done = [e["name"] for e in self.planned(kind).truth()["events"]]
            if kind == "eager":     # one of them twice
                self.assertEqual(len(done), 3)
                done = list(dict.fromkeys(done))
            self.assertEqual(done == SHORT[1:], followed, kind)

    def test_people_turn_as_far_as_their_kind_says(self):
        for kind, least, most in (("slight", 15, 20), ("wide", 45, 62)):
            turn = self.planned(kind).truth()["events"][0]["peak"]["yaw"]
            self.assertTrue(least <= turn <= most, (kind, turn))
        self.assertNotEqual(self.planned("aside").track.at(0)["yaw"], 0)
        self.assertEqual(self.planned("upright").size, (480, 640))

    def test_a_person_takes_on_the_light_and_a_display_does_not(self):
        asked = ["look_ahead", "light_amber", "light_blue"]
        for kind, answers in (("honest", True), ("screen", False),
                              ("warped", False)):
            take = attacks.plan(kind, SEED, who=person.Person(SEED),
                                prompts=asked)
            take.track.screen = 0.6
            amber, blue = (take.light(
                p["shown_ms"] / 1000 + 0.6)[200:280, 280:360].mean((0, 1))
                for p in take.track.prompts[1:])
            warmer = amber[0] / amber[2] / (blue[0] / blue[2])
            self.assertEqual(warmer > 1.2, answers, (kind, warmer))

    def test_a_photograph_never_moves_by_itself(self):
        take = self.planned("still")
        self.assertTrue((take.light(0.2) == take.light(2.9)).all())

    def test_a_loop_comes_again_to_the_bit_and_a_person_does_not(self):
        take = self.planned("loop")
        period = take.truth()["period_ms"] / 1000
        self.assertTrue((take.frame(0.2) == take.frame(0.2 + period)).all())
        honest = self.planned("honest")
        self.assertFalse((honest.frame(0.2) ==
                          honest.frame(0.2 + period)).all())

    def test_another_person_sits_there_after_the_swap(self):
        take = self.planned("swapped")
        at, honest = take.truth()["at_ms"] / 1000, self.planned("honest")
        differ = [np.abs(take.light(t) - honest.light(t)).mean()
                  for t in (at - 0.1, at + 0.1)]
        self.assertEqual(differ[0], 0)
        self.assertGreater(differ[1], 2)

    def test_rooms_held_out_are_seen_under_test_seeds_alone(self):
        def kinds(first):
            return {scene.kind_of(seed) for seed in range(first, first + 40)}
        self.assertFalse(kinds(2_000_000) & kinds(3_000_000))


class Documents(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.made = documents.pages_of(SEED, WHO, 5.0, "td1")

        cls.shows = {kind: documents.plan(kind, SEED, who=WHO, made=cls.made)
                     for kind in ("honest", "flat", "one_side", "screen")}

    def show(self, kind):
        return self.shows[kind]

    def test_a_card_is_turned_over_and_a_passport_is_not(self):
        quads = self.show("honest").truth()["quads"]
        self.assertEqual({side for _, side, _ in quads}, {0, 1})
        once = {side for _, side, _ in self.show("one_side").truth()["quads"]}
        self.assertEqual(once, {0})

    def test_a_foil_changes_with_the_angle_and_a_print_of_it_does_not(self):
        for kind, changes in (("honest", True), ("flat", False)):
            card = self.show(kind).cards[0]
            gloss, card.gloss = card.gloss, 0
            differ = (card.face(-20, 0) != card.face(20, 0)).any()
            self.assertEqual(differ, changes, kind)
            card.gloss = gloss

    def test_the_page_lies_where_its_truth_says(self):
        show = documents.plan("honest", SEED, who=WHO, made=self.made)
        show.cards[0].image[:] = (0, 255, 0)
        show.cards[0].change, show.cards[0].gloss = False, 0
        at = show.handling.acts[0][2]
        _, quad = show.quad(at)
        x, y = quad.mean(0).astype(int)
        frame = show.frame(at)
        self.assertGreater(int(frame[y, x, 1]), int(frame[y, x, 0]) + 80)

    def test_each_kind_gives_pictures(self):
        for kind, show in self.shows.items():
            frame = show.frame(3.0)
            self.assertEqual((frame.shape, frame.dtype),
                             ((720, 1280, 3), np.uint8), kind)


class Files(unittest.TestCase):

    def test_frames_have_the_times_they_were_given_in_each_codec(self):
        take = attacks.plan("nobody", SEED, who=WHO, prompts=list(SHORT))
        given = record.times_of(SEED, 20, 0.5)
        with tempfile.TemporaryDirectory() as folder:
            for codec, (form, _) in record.CODECS.items():
                path = os.path.join(folder, codec + "." + form)
                writer = record.Writer(path, codec, take.size, given)
                for ms in given:
                    writer.add(take.frame(ms / 1000))
                writer.close()
                self.assertEqual(times(path), given, codec)
                self.assertEqual(colours(path), "yuv420p", codec)
                with open(path, "rb") as file:
                    data = file.read()
                self.assertNotIn(b"Lavf", data, codec)
                self.assertEqual(b"Chrome" in data, form == "webm", codec)

    def test_a_telephones_file_lies_and_says_how_it_is_turned(self):
        given = record.times_of(SEED, 20, 0.3)
        upright = np.zeros((640, 480, 3), np.uint8)
        upright[:320] = 255     # the upper half
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.mp4")
            writer = record.Writer(path, "h264", (480, 640), given,
                                   turned=True)
            for _ in given:
                writer.add(upright)
            writer.close()
            raw = subprocess.run(
                ["ffmpeg", "-v", "error", "-i", path, "-frames:v", "1", "-f",
                 "rawvideo", "-pix_fmt", "gray", "-"],
                stdout=subprocess.PIPE, check=True).stdout
        seen = np.frombuffer(raw, np.uint8).reshape(640, 480)
        self.assertGreater(seen[100].mean(), 200)
        self.assertLess(seen[540].mean(), 50)

    def test_camera_times_are_not_regular_and_a_files_are(self):
        camera = np.diff(record.times_of(1, 25, 8))
        self.assertGreater(camera.std(), 1)
        self.assertEqual(set(np.diff(record.times_of(1, 25, 8, 0, 0))), {40})

    def test_the_command_writes_a_recording_and_its_truth(self):
        with tempfile.TemporaryDirectory() as folder:
            make.main(["--seed", "5", "--kind", "nobody", "--challenge",
                       "look_ahead", "--out", folder, "--name", "x",
                       "--codec", "vp8"])
            with open(os.path.join(folder, "x.json")) as file:
                facts = json.load(file)
            self.assertEqual(len(times(os.path.join(folder, facts["file"]))),
                             facts["frames"])


if __name__ == "__main__":
    unittest.main()
