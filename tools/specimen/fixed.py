#!/usr/bin/python3
"""Makes the fixed specimens under tests/specimens from fixed.list."""

import os
import shlex
import sys

import make

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "../../tests/specimens")


def rows():
    """Name and arguments of each row of the table."""
    with open(os.path.join(HERE, "fixed.list")) as file:
        for row in file:
            words = shlex.split(row, comments=True)
            if words:
                yield words[0], words[1:]


def main(wanted):
    for name, words in rows():
        if not wanted or name in wanted:
            make.main(words + ["--name", name, "--out", OUT])
            print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
