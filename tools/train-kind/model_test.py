"""The shipped network is the one that its description speaks of."""

import hashlib
import json
import os
import unittest

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "../../models")


class Model(unittest.TestCase):

    def test_the_digest_is_the_one_described(self):
        with open(os.path.join(MODELS, "kind.json")) as file:
            facts = json.load(file)
        with open(os.path.join(MODELS, facts["file"]), "rb") as file:
            data = file.read()
        self.assertEqual(hashlib.sha256(data).hexdigest(), facts["sha256"])
        self.assertLess(len(data), 400_000)


if __name__ == "__main__":
    unittest.main()
