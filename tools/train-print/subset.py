#!/usr/bin/python3
"""Copies the faces to train with into a folder, cut down to the letters that
are drawn; those that have old-style figures a second time with them."""

import argparse
import os

from fontTools import subset
from fontTools.ttLib import TTFont

import faces


def old_figures(font):
    """The glyphs of old-style figures by those they stand in for."""
    if "GSUB" not in font:
        return {}
    table, found = font["GSUB"].table, {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "onum":
            continue
        for index in record.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[index].SubTable:
                part = getattr(part, "ExtSubTable", part)
                found.update(getattr(part, "mapping", {}))
    return found


def swapped(font):
    """Digits drawn as old-style figures; False when it has none."""
    figures, changed = old_figures(font), 0
    for part in font["cmap"].tables:
        for code in range(48, 58):
            name = getattr(part, "cmap", {}).get(code)
            if name in figures and isinstance(figures[name], str):
                part.cmap[code] = figures[name]
                changed += 1
    return changed >= 10


def cut(font, path):
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [1, 2]
    options.drop_tables += ["DSIG", "GPOS", "GSUB", "GDEF"]
    tool = subset.Subsetter(options)
    tool.populate(text=" " + faces.GLYPHS + faces.VARIANTS + faces.OTHERS)
    tool.subset(font)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    font.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roots", nargs="+")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    count = old = 0
    for root in args.roots:
        for path in sorted(set(faces.files(faces.TRAIN, root + "/"))):
            to = os.path.join(args.out, os.path.relpath(path, root))
            if os.path.exists(to):
                continue
            try:
                cut(TTFont(path, lazy=True), to)
                count += 1
                font = TTFont(path, lazy=True)
                if swapped(font):
                    name, kind = os.path.splitext(to)
                    cut(font, name + ".old" + kind)
                    old += 1
            except Exception as error:
                print("%s: %s" % (path, error))
    print("%d faces, %d of them also with old-style figures" % (count, old))


if __name__ == "__main__":
    main()
