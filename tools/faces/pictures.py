"""The pictures of a document that its holder takes before the recordings."""

import os

import numpy as np
from PIL import Image

import documents
import shoot
import specimens
import variable
from splits import stream

NAMES = {"page": "passport", "front": "front", "back": "back"}


def take(out, seed, who, form, level, **wishes):
    """Files and their truth, by name."""
    facts = {}
    Image.fromarray(shoot.portrait(who)).save(
        os.path.join(out, "portrait.jpg"), quality=92)
    for page in documents.pages_of(seed, who, None, form, **wishes):
        image = np.array(page.image)
        rng = stream(seed, "angle", page.side)
        for feature in variable.features(page, seed):
            feature.onto(image, *rng.uniform(-9, 9, 2))
        page.image = Image.fromarray(image)
        photo = specimens.photograph(page, 0, level)
        name = NAMES[page.side] + ".jpg"
        with open(os.path.join(out, name), "wb") as file:
            file.write(photo.jpeg)
        facts[name] = {"file": name, **photo.truth}
    return facts
