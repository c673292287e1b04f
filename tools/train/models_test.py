#!/usr/bin/python3
"""The shipped networks are the ones that their descriptions speak of, and
all together are small."""

import glob
import hashlib
import json
import os
import re
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
MODELS = os.path.join(ROOT, "models")
TOGETHER = 5_000_000


def described():
    out = {}
    for path in glob.glob(os.path.join(MODELS, "*.json")):
        with open(path, encoding="utf-8") as file:
            out[os.path.basename(path)[:-5]] = json.load(file)
    return out


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


class Models(unittest.TestCase):

    def test_each_digest_is_the_one_described(self):
        for name, facts in described().items():
            with open(os.path.join(MODELS, facts["file"]), "rb") as file:
                digest = hashlib.sha256(file.read()).hexdigest()
            self.assertEqual(digest, facts["sha256"], name)

    def test_all_are_loaded_and_none_is_forgotten(self):
        rows = re.findall(r"^MODEL\((\w+)\)", read(
            "src/vision/models.def"), re.M)
        self.assertEqual(sorted(described()), rows)
        files = glob.glob(os.path.join(MODELS, "*.onnx"))
        self.assertEqual(sorted(os.path.basename(f)[:-5] for f in files),
                         rows)

    def test_each_says_what_made_it(self):
        for name, facts in described().items():
            program = facts["training"]["program"]
            self.assertTrue(os.path.exists(os.path.join(ROOT, program)),
                            program)
            self.assertTrue(facts["training"]["runs"], name)
            self.assertIn("## %s.onnx" % name, read("models/README.md"))

    def test_together_they_are_small(self):
        sizes = [os.path.getsize(f) for f in glob.glob(
            os.path.join(MODELS, "*.onnx"))]
        self.assertLess(sum(sizes), TOGETHER)

    def test_the_zone_reader_has_a_character_for_each_class(self):
        output = described()["mrz"]["output"]
        self.assertEqual(len(output["alphabet"]), output["blank"])
        self.assertEqual(output["classes"], output["blank"] + 1)


if __name__ == "__main__":
    unittest.main()
