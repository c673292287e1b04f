"""The fixed specimens are what their table makes, and say the truth."""

import glob
import json
import os
import tempfile
import unittest

import fixed
import forge
import make
import mrz


def truths():
    for path in sorted(glob.glob(os.path.join(fixed.OUT, "*.json"))):
        with open(path) as file:
            yield json.load(file)


def zone_is_spoilt(facts):
    """Whether a wrong digit is what the specimen is for."""
    return "altered_digit" in facts["flaws"] or any(
        f["kind"] == "glyphs" for f in facts.get("forged", ()))


def number_agrees(facts):
    """Whether the document number's check digit is right."""
    lines = [line["text"] for line in facts["lines"]]
    if facts["format"] == "FRA2":
        return mrz.check_digit(lines[1][:12]) == lines[1][12]
    field = lines[0][5:] if facts["format"] == "TD1" else lines[1]
    if field[9] == "<":
        rest = field[10:].split("<")[0]
        return rest[-1] in (mrz.check_digit(field[:9] + rest[:-1]),
                            mrz.check_digit(field[:10] + rest[:-1]))
    return mrz.check_digit(field[:9]) == field[9]


class Fixed(unittest.TestCase):

    def test_each_row_of_the_table_has_its_pictures(self):
        names = {facts["file"] for facts in truths()}
        for name, _ in fixed.rows():
            self.assertTrue(names & {
                name + ".jpg", name + "_front.jpg", name + "_back.jpg"}, name)

    def test_each_truth_has_its_picture(self):
        for facts in truths():
            path = os.path.join(fixed.OUT, facts["file"])
            self.assertTrue(os.path.exists(path), path)

    def test_only_a_spoilt_zone_has_a_wrong_check_digit(self):
        for facts in truths():
            if facts["lines"] and not zone_is_spoilt(facts):
                self.assertTrue(number_agrees(facts), facts["file"])
            if "altered_digit" in facts["flaws"] and facts["lines"]:
                self.assertFalse(number_agrees(facts), facts["file"])

    def test_each_forgery_has_a_specimen_with_its_regions(self):
        found = {f["kind"] for facts in truths()
                 for f in facts.get("forged", ()) if f["regions"]}
        self.assertEqual(found, set(forge.KINDS))

    def test_a_specimen_is_made_again_the_same(self):
        name = "forged_edited"
        words = dict(fixed.rows())[name]
        with tempfile.TemporaryDirectory() as folder:
            make.main(words + ["--name", name, "--out", folder])
            with open(os.path.join(folder, name + ".json")) as file:
                again = json.load(file)
        before = next(t for t in truths() if t["file"] == name + ".jpg")
        self.assertEqual(again, before)


if __name__ == "__main__":
    unittest.main()
