"""How bad a photograph of each level is.

L1 near-frontal and clean; L2 a careless hand; L3 any orientation, perspective,
motion, glare; L4 far away, blurred, noisy and hard compressed. Level `scan`
is no photograph of ours but what public specimen pictures are: see scan.py.
"""

# name: (least, most); probabilities are single numbers
LEVELS = {
    "L1": dict(roll=3, tilt=4, cover=(0.84, 0.93), turned=0, shadow=0,
               glare=0, motion=0, blur=(0.4, 0.7), noise=(1, 3),
               quality=(84, 92), slope=(0.02, 0.1), objects=(0, 2),
               lens=0.01, bend=0.3, hand=0, mosaic=0.3, sharpen=0.3),
    "L2": dict(roll=12, tilt=10, cover=(0.78, 0.93), turned=0.3, shadow=0.6,
               glare=0, motion=0, blur=(0.5, 1.3), noise=(2, 6),
               quality=(72, 90), slope=(0.05, 0.2), objects=(0, 4),
               lens=0.02, bend=0.8, hand=0.15, mosaic=0.5, sharpen=0.4),
    "L3": dict(roll=30, tilt=20, cover=(0.8, 0.95), turned=0.75, shadow=0.6,
               glare=0.5, motion=0.4, blur=(0.5, 1.4), noise=(3, 9),
               quality=(50, 85), slope=(0.05, 0.28), objects=(1, 5),
               lens=0.04, bend=1.5, hand=0.25, mosaic=0.5, sharpen=0.4),
    "L4": dict(roll=40, tilt=24, cover=(0.62, 0.9), turned=0.75, shadow=0.6,
               glare=0.6, motion=0.3, blur=(1.3, 2.6), noise=(6, 15),
               quality=(35, 75), slope=(0.05, 0.3), objects=(1, 5),
               lens=0.04, bend=1.5, hand=0.25, mosaic=0.5, sharpen=0.3),
}
NAMES = sorted(LEVELS) + ["scan"]
TABLES = ("standard", "standard", "flat", "steep", "even")


def draw(rng, level):
    """One photograph's parameters."""
    v = LEVELS[level]
    between = lambda name: float(rng.uniform(*v[name]))  # noqa: E731
    signed = lambda name: float(rng.uniform(-1, 1) * v[name])  # noqa: E731
    chance = lambda name: bool(rng.random() < v[name])  # noqa: E731
    return {
        "turn": 90 * int(rng.integers(1, 4)) if chance("turned") else 0,
        "roll": signed("roll"), "pitch": signed("tilt"),
        "yaw": signed("tilt"), "lens": signed("lens"), "bend": signed("bend"),
        "cover": between("cover"), "blur": between("blur"),
        "disc": bool(rng.random() < 0.2), "noise": between("noise"),
        "mosaic": chance("mosaic"),
        "sharpen": float(chance("sharpen") * rng.uniform(0.3, 1.4)),
        "slope": between("slope"), "objects": int(rng.integers(*v["objects"])),
        "shadow": float(chance("shadow") * rng.uniform(0.2, 0.55)),
        "glare": int(chance("glare")), "hand": chance("hand"),
        "motion": float(chance("motion") * rng.uniform(1, 3)),
        "exposure": float(rng.uniform(0.86, 1.06)), "cast": 0.05,
        "quality": int(between("quality")),
        "tables": TABLES[int(rng.integers(0, len(TABLES)))],
        "subsampling": (2, 2, 2, 1, 0)[int(rng.integers(0, 5))],
        "progressive": bool(rng.random() < 0.15),
    }
