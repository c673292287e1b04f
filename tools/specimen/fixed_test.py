"""The fixed specimens are what their table makes, and say the truth."""

import glob
import json
import os
import tempfile
import unittest

import fixed
import make
import mrz


def truths():
    for path in sorted(glob.glob(os.path.join(fixed.OUT, "*.json"))):
        with open(path) as file:
            yield json.load(file)


def number_agrees(facts):
    """Whether the document number's check digit is right."""
    lines = [line["text"] for line in facts["lines"]]
    if facts["format"] == "FRA2":
        return mrz.check_digit(lines[1][:12]) == lines[1][12]
    field = lines[0][5:] if facts["format"] == "TD1" else lines[1]
    if field[9] == "<":
        rest = field[10:].split("<")[0]
        return mrz.check_digit(field[:9] + rest[:-1]) == rest[-1]
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

    def test_only_the_altered_zone_has_a_wrong_check_digit(self):
        for facts in truths():
            if facts["lines"]:
                self.assertEqual(number_agrees(facts),
                                 "altered_digit" not in facts["flaws"],
                                 facts["file"])

    def test_a_specimen_is_made_again_the_same(self):
        words = dict(fixed.rows())["td2_ita"]
        with tempfile.TemporaryDirectory() as folder:
            make.main(words + ["--name", "td2_ita", "--out", folder])
            with open(os.path.join(folder, "td2_ita.json")) as file:
                again = json.load(file)
        before = next(t for t in truths() if t["file"] == "td2_ita.jpg")
        self.assertEqual(again, before)


if __name__ == "__main__":
    unittest.main()
