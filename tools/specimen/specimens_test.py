#!/usr/bin/python3
"""What the generator promises: truth that fits the picture, digits that are
right, forgeries only where they are said to be, and held-out things kept."""

import io
import unittest

import numpy as np
from PIL import Image, ImageDraw

import artwork
import countries
import desk
import forge
import levels
import mrz
import pages
import people
import specimens
import typefaces
import zone
from splits import allowed, split_of, stream

SEEDS = {"training": 1_000_000, "tuning": 2_000_000, "test": 3_000_000}
# kinds that leave the rest of the page as it was
LOCAL = ("retyped", "glyphs", "pasted", "zone_font", "zone_pitch",
         "zone_altered", "swapped")


def lines_of(seed, code, document):
    """The zone of one specimen, without drawing it."""
    rng = stream(seed, "person")
    p = people.finish(rng, people.person(rng, code, document))
    return p, people.lines(p)


def composite_agrees(kind, lines):
    """The digit over the whole, or over the single fields of a visa."""
    if kind == "td1":
        upper, middle = lines[:2]
        body = upper[5:] + middle[:7] + middle[8:15] + middle[18:29]
        return mrz.check_digit(body) == middle[29]
    if kind == "fra2":
        return mrz.check_digit(lines[0] + lines[1][:35]) == lines[1][35]
    line = lines[1]
    if kind in ("mrva", "mrvb"):
        return all(mrz.check_digit(line[a:b]) == line[b]
                   for a, b in ((0, 9), (13, 19), (21, 27)))
    end = {"td3": 43, "td2": 35}[kind]
    body = line[:10] + line[13:20] + line[21:end]
    return mrz.check_digit(body) == line[end]


class Zones(unittest.TestCase):

    def test_every_document_of_every_country_has_right_digits(self):
        widths = {"td3": (44, 44), "td1": (30, 30, 30), "td2": (36, 36),
                  "fra2": (36, 36), "mrva": (44, 44), "mrvb": (36, 36)}
        for code in countries.table():
            for document in countries.documents(code):
                for seed in range(5):
                    p, lines = lines_of(seed, code, document)
                    self.assertEqual(tuple(map(len, lines)),
                                     widths[p["kind"]], (code, lines))
                    self.assertTrue(composite_agrees(p["kind"], lines), lines)
                    self.assertFalse(set("".join(lines)) - set(mrz.ALPHABET))

    def test_an_altered_digit_is_wrong(self):
        p, lines = lines_of(3, "DEU", "identity_card")
        p["lines"] = lines
        specimens.falsify(p, {"altered_digit": True})
        self.assertNotEqual(mrz.check_digit(p["lines"][0][5:14]),
                            p["lines"][0][14])

    def test_a_new_country_changes_no_page_that_seeds_draw(self):
        drawn = {specimens.choose(stream(seed, "choice"), {})[0]
                 for seed in range(400)}
        self.assertEqual(drawn, set(countries.BY_SEED))

    def test_at_least_twelve_countries_and_all_formats_are_there(self):
        self.assertGreaterEqual(len(countries.table()), 12)
        found = {countries.DOCUMENTS[d] for c in countries.table()
                 for d in countries.documents(c)}
        self.assertEqual(found, set(specimens.KINDS))


class HeldOut(unittest.TestCase):

    def test_type_faces_of_the_test_are_in_no_other_split(self):
        self.assertFalse(typefaces.files("test") & typefaces.files("training"))
        for split, first in SEEDS.items():
            for seed in range(first, first + 60):
                drawn = typefaces.choose(stream(seed, "dress"), split)
                self.assertLessEqual(set(drawn.values()),
                                     typefaces.files(split))

    def test_spacings_weights_desks_and_artwork_are_kept_apart(self):
        for split, first in SEEDS.items():
            held = split == "test"
            self.assertEqual(split_of(first), split)
            for seed in range(first, first + 60):
                s = zone.style(stream(seed, "x"), "td1", split)
                self.assertEqual(zone.within(s["spacing"], zone.HELD_SPACING),
                                 held)
                self.assertEqual(zone.within(s["weight"], zone.HELD_WEIGHT),
                                 held)
        rows = [set(map(str, allowed(desk.SURFACES, s)))
                for s in ("training", "test")]
        self.assertFalse(rows[0] & rows[1])
        ends = [range(*artwork.EDITIONS[s]) for s in ("training", "test")]
        self.assertFalse(set(ends[0]) & set(ends[1]))

    def test_every_letter_has_its_glyph_in_every_face(self):
        for code in countries.table():
            rows = [row for row in typefaces.STYLES
                    if typefaces.writes(row, countries.words(code))]
            self.assertLessEqual({"all", "held"}, {row[0] for row in rows},
                                 code)
            text = countries.words(code).replace("ß", "")
            for path in {path for row in rows for path in row[1:]}:
                both = text + pages.capitals(text, path)
                for char in filter(str.isalpha, set(both)):
                    self.assertTrue(typefaces.has(path, char), (char, path))

    def test_letters_that_no_face_has_are_refused(self):
        with self.assertRaises(ValueError):
            typefaces.choose(stream(1, "dress"), "test", "ᚠᚢᚦ")

    def test_letters_without_capitals_stay_as_they_are(self):
        for row in typefaces.STYLES:
            if typefaces.writes(row, "გვარი"):
                self.assertEqual(pages.capitals("გვარი a", row[1]), "გვარი A")

    def test_a_face_without_capital_sharp_s_prints_two(self):
        for path in {p for row in typefaces.STYLES for p in row[1:]}:
            for char in pages.capitals("Weiß", path):
                self.assertTrue(typefaces.has(path, char), (char, path))


def mean_in(image, quad, grow):
    """Mean grey of a quad grown or shrunk about its middle, and of its rim."""
    quad = np.float64(quad)
    middle = quad.mean(0)
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon([tuple(p) for p in
                                  middle + (quad - middle) * grow], 255)
    return np.asarray(mask) > 0


class Truth(unittest.TestCase):

    def test_quads_lie_where_the_camera_put_them(self):
        page, = specimens.draw(31, 10, kind="td3", country="GRC")
        page.image = Image.new("RGB", page.image.size, (20, 20, 20))
        page.image.paste((250, 250, 250), page.pixels(page.portrait))
        for k, level in enumerate(("L1", "L2", "L3", "scan")):
            photo = specimens.photograph(page, k, level, glare=0, hand=False,
                                         blur=0.4)
            image = photo.image.convert("L")
            grey = np.asarray(image, np.float32)
            quad = photo.truth["portrait"]
            inner = mean_in(image, quad, 0.95)
            rim = mean_in(image, quad, 1.2) & ~mean_in(image, quad, 1.05)
            self.assertGreater(np.percentile(grey[inner], 3),
                               np.percentile(grey[rim], 97) + 30, level)

    def test_a_rectified_page_has_its_quads_moved_along(self):
        page, = specimens.draw(32, 10, kind="td3")
        cut, facts = specimens.rectified(specimens.photograph(page, 0, "L1"),
                                         8)
        self.assertEqual(cut.shape, (88 * 8, 125 * 8, 3))
        quad = np.float64(facts["portrait"]) / 8
        box = page.portrait
        self.assertLess(np.abs(quad - np.float64((
            box[:2], (box[2], box[1]), box[2:], (box[0], box[3])))).max(), 2)

    def test_the_same_seed_gives_the_same_bytes(self):
        made = [specimens.photograph(specimens.draw(
            1000033, 10, kind="td1", forge="edited")[0], 1, "L3").jpeg
            for _ in range(2)]
        self.assertEqual(made[0], made[1])

    def test_two_shots_of_one_page_differ(self):
        page, = specimens.draw(34, 10, kind="td3")
        a, b = (specimens.photograph(page, k, "L2") for k in (0, 1))
        self.assertNotEqual(a.truth["quad"], b.truth["quad"])
        self.assertEqual([n["text"] for n in a.truth["lines"]],
                         [n["text"] for n in b.truth["lines"]])


class Forgeries(unittest.TestCase):

    def test_a_forgery_changes_its_regions_and_nothing_else(self):
        for n, kind in enumerate(LOCAL):
            for seed in range(1000100 + n, 1000106 + n):
                genuine, forged = specimens.pair(seed, kind, 10, kind="td3",
                                                 country="ITA")
                a, b = (np.asarray(p[0].image, int) for p in (genuine, forged))
                where = np.abs(a - b).sum(2) > 0
                for box in forged[0].forged[0]["regions"]:
                    x0, y0, x1, y1 = forged[0].pixels(np.float64(box) + (
                        -0.5, -0.5, 0.5, 0.5))
                    where[max(0, y0):y1, max(0, x0):x1] = False
                # a line set to another pitch had its old place, too
                if kind == "zone_pitch":     # or rubbed out beside
                    where[forged[0].px(66):] = False
                self.assertFalse(where.any(), (kind, seed))
                self.assertTrue((a != b).any() or kind == "glyphs")

    def test_every_kind_says_what_was_done(self):
        for kind in forge.KINDS:
            made = specimens.draw(1000200, 8, document="identity_card",
                                  country="GRC", forge=kind)
            done = [f for p in made for f in p.forged]
            self.assertTrue(done, kind)
            self.assertTrue(all(f["kind"] == kind and f["regions"]
                                for f in done), kind)

    def test_a_genuine_page_is_called_nothing(self):
        for page in specimens.draw(1000201, 8, kind="td1"):
            photo = specimens.photograph(page, 0, "L1")
            self.assertEqual((photo.truth["flaws"], photo.truth["forged"]),
                             ([], []))

    def test_an_altered_zone_has_right_digits_and_another_print(self):
        page, = specimens.draw(1000202, 8, kind="td3", forge="zone_altered")
        lines = [line.text for line in page.lines]
        self.assertTrue(composite_agrees("td3", lines))
        self.assertNotEqual(lines, page.forged[0]["was"])

    def test_both_sides_of_two_documents_have_two_numbers(self):
        front, back = specimens.draw(1000203, 8, document="identity_card",
                                     country="EST", forge="sides")
        self.assertNotEqual(front.person["number"], back.person["number"])

    def test_a_file_saved_by_a_tool_says_so(self):
        found = 0
        for seed in range(1000210, 1000216):
            page, = specimens.draw(seed, 8, kind="td3", forge="edited")
            photo = specimens.photograph(page, 0, "L1")
            self.assertIn("saved_before", photo.truth["shot"])
            tags = Image.open(io.BytesIO(photo.jpeg)).getexif()
            found += 305 in tags
        self.assertGreater(found, 0)

    def test_each_level_has_its_numbers(self):
        for level in levels.LEVELS:
            shot = levels.draw(stream(1, level), level)
            self.assertIn("bend", shot)


if __name__ == "__main__":
    unittest.main()
