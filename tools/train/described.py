"""What stands beside each network: its digest, how it is fed, what made it."""

import hashlib
import json
import os

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "../../models")


def describe(path, facts, runs):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    facts = {"file": os.path.basename(path), "sha256": digest, "opset": 11,
             **facts}
    facts["training"] = {**facts["training"], "runs": runs}
    with open(path[:-5] + ".json", "w") as file:
        json.dump(facts, file, indent=1)
        file.write("\n")
