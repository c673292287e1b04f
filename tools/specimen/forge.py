"""Forgeries of a drawn page, each with its kind and regions in the truth."""

KINDS = ()


def ordered(seed, p, wishes):
    return []


def holder(seed, p, side, kinds, wishes, person):
    return p


def apply(page, kinds, rng):
    pass


def edited(image, shot, rng):
    raise NotImplementedError


def options(add):
    add("--grey", action="store_true", help="a photocopy")
    add("--screen", action="store_true", help="shown on a display")
