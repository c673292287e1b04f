"""What bench/inspect counts as found and as missed."""
import os
import re
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bench/lib"))
import frauds  # noqa: E402


def check(name, verdict, explanation=""):
    return {"name": name, "verdict": verdict, "explanation": explanation}


def truth(*flaws, side="page", lines=("P<",), country="FRA"):
    return {"flaws": list(flaws), "side": side, "lines": list(lines),
            "country": country}


class Frauds(unittest.TestCase):
    def test_a_check_for_something_else_finds_nothing(self):
        flagged = frauds.flags([check("quality", "fail"), check(
            "field_retouched", "unsure")], truth("retyped"))
        self.assertEqual(flagged, ["quality"])
        self.assertEqual(frauds.found_by("retyped", flagged), [])
        self.assertEqual(frauds.found_by("retyped", ["field_retouched"]),
                         ["field_retouched"])

    def test_a_side_without_a_zone_is_not_flagged_for_it(self):
        none = [check("mrz_structure", "fail")]
        self.assertEqual(frauds.flags(none, truth(lines=())), [])
        self.assertEqual(frauds.flags(none, truth()), ["mrz_structure"])

    def test_a_word_across_is_told_where_it_passes(self):
        said = [check("not_specimen", "pass", "a specimen, in a test")]
        self.assertEqual(frauds.flags(said, truth("word")),
                         ["not_specimen"])
        self.assertEqual(frauds.flags(said, truth()), [])
        self.assertEqual(frauds.flags(said, truth("word", country="UTO")),
                         [])
        self.assertEqual(frauds.kinds_of(truth("word", country="UTO")), [])
        self.assertEqual(frauds.kinds_of(truth()), ["genuine"])

    def test_what_lies_between_two_sides_is_asked_of_both(self):
        self.assertEqual(frauds.sides_of("a/b_back.jpg", truth(
            "sides", side="back")), ("a/b_front.jpg", "a/b_back.jpg"))
        self.assertIsNone(frauds.sides_of("a/b_back.jpg", truth(
            "grey", side="back")))
        self.assertIsNone(frauds.sides_of("a/b.jpg", truth("mismatch")))

    def test_every_fault_and_check_is_one(self):
        with open(os.path.join(ROOT, "src/checks/checks.def"),
                  encoding="utf-8") as file:
            checks = set(re.findall(r"^CHECK\((\w+)", file.read(), re.M))
        with open(os.path.join(ROOT, "tools/specimen/forge.py"),
                  encoding="utf-8") as file:
            kinds = set(re.findall(r'^    "(\w+)": "', file.read(), re.M))
        self.assertEqual(set(frauds.OWN),
                         kinds | {"altered_digit", "mismatch"})
        for own in frauds.OWN.values():
            self.assertLessEqual(set(own), checks)


if __name__ == "__main__":
    unittest.main()
