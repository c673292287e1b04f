#!/usr/bin/env python3
"""docs/requirements.md: every clause has one row, every file named is there.

Prints TAP.
"""
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAST = {"A": 60, "B": 36, "C": 53, "D": 7, "F": 26, "N": 18}
# numbers that were never given
NOT_THERE = {"C": {18, 19, 47, 48, 49}, "F": {18, 19}}


def rows():
    for line in open(os.path.join(ROOT, "docs", "requirements.md"), encoding="utf-8"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and re.match(r"[ABCDFN]-?\d", cells[0]):
            yield cells


def numbers(cell):
    """A-1 to A-6, A-9: the numbers of each letter."""
    for part in cell.split(", "):
        ends = re.findall(r"([ABCDFN])-?(\d+)", part)
        first, last = ends[0], ends[-1]
        for number in range(int(first[1]), int(last[1]) + 1):
            yield first[0], number


def each_clause_has_one_row():
    found = [clause for row in rows() for clause in numbers(row[0])]
    wanted = {(letter, n) for letter, last in LAST.items() for n in range(1, last + 1)
              if n not in NOT_THERE.get(letter, ())}
    twice = {clause for clause in found if found.count(clause) > 1}
    assert not twice, "twice: %s" % sorted(twice)
    assert set(found) == wanted, "lacking %s, strange %s" % (sorted(wanted - set(found)), sorted(set(found) - wanted))


def each_file_is_there():
    for row in rows():
        for path in re.findall(r"`([^`]+/[^`]+)`", " ".join(row)):
            assert os.path.exists(os.path.join(ROOT, path)), "%s: no %s" % (row[0], path)


def each_has_code_or_says_why_not():
    for clause, _, code, test in rows():
        assert code and test, clause
        assert "`" in code or code.startswith(("none:", "operator", "as ")), clause
        assert "`" in test or test in ("none", "as there"), clause


def main():
    tests = [each_clause_has_one_row, each_file_is_there, each_has_code_or_says_why_not]
    print("1..%d" % len(tests))
    for i, test in enumerate(tests, 1):
        try:
            test()
            print("ok %d - %s" % (i, test.__name__.replace("_", " ")))
        except AssertionError as error:
            print("not ok %d - %s\n# %s" % (i, test.__name__.replace("_", " "), error))


main()
