"""Which check is there for which fault, and whether it saw it.

A fault is found only by a check that is there for it: one that another check
happened to flag, for its blur or its expiry, was missed.
"""

# the checks that say of such a fault what it is
OWN = {
    "altered_digit": ("mrz_digits",),
    "barcode": ("barcode_agrees",),
    "edited": ("field_retouched", "file_traces", "copied_glyphs",
               "printed_agrees_with_mrz"),
    "expired": ("not_expired",),
    "glyphs": ("copied_glyphs", "field_retouched", "mrz_digits",
               "printed_agrees_with_mrz"),
    "grey": ("not_grey",),
    "mismatch": ("printed_agrees_with_mrz", "sides_agree"),
    "pasted": ("portrait_edge", "portrait_ghost"),
    "print": ("not_printed_copy",),
    "retyped": ("field_retouched", "printed_agrees_with_mrz",
                "sides_agree"),
    "screen": ("not_screen",),
    "sides": ("sides_agree", "printed_agrees_with_mrz"),
    "swapped": ("portrait_ghost", "portrait_edge"),
    "word": ("not_specimen",),
    "zone_altered": ("printed_agrees_with_mrz", "sides_agree"),
    "zone_font": ("mrz_print",),
    "zone_pitch": ("mrz_print",),
}
# What lies between the sides of a card cannot be seen on one of them.
OF_BOTH = {"barcode", "mismatch", "retyped", "sides", "zone_altered"}


def flags(checks, truth):
    """The checks that flag a picture: unsure is no flag, nor that a side
    without a zone has none."""
    return [c["name"] for c in checks
            if (c["verdict"] in ("fail", "warn") or is_word(c, truth)) and
            (truth["lines"] or c["name"] != "mrz_structure")]


def is_word(check, truth):
    """The command reads as a test workspace, where a word across passes and is
    told in words."""
    return ("word" in kinds_of(truth) and
            check["explanation"].startswith("a specimen"))


def kinds_of(truth):
    """What a picture is counted under. Of the specimens' own state everything
    is a specimen, with a word across or without."""
    faults = [kind for kind in truth["flaws"]
              if kind != "word" or truth.get("country") != "UTO"]
    return faults if truth["flaws"] else ["genuine"]


def found_by(fault, flagged):
    """Of the checks that flagged a picture, those that saw this fault."""
    return [name for name in flagged if name in OWN.get(fault, ())]


def sides_of(picture, truth):
    """(front, back) of a card with a fault between its sides; None for all
    that one picture tells. Where both have the fault it is one."""
    if truth.get("side") not in ("front", "back") or \
            not OF_BOTH & set(truth["flaws"]):
        return None
    stem, ending = picture.rsplit(".", 1)
    if not stem.endswith("_" + truth["side"]):
        return None
    stem = stem[:-len(truth["side"])]
    return stem + "front." + ending, stem + "back." + ending
