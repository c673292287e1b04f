"""Counts as shares, and how far two strings are apart."""

import math

Z = 1.96    # of the normal distribution, for 95 %


def wilson(part, whole):
    """Wilson's 95 % interval of a share, from 0 to 1."""
    if not whole:
        return 0.0, 1.0
    p, more = part / whole, Z * Z / whole
    middle = (p + more / 2) / (1 + more)
    half = Z * math.sqrt(p * (1 - p) / whole + more / (4 * whole)) / (
        1 + more)
    return max(0.0, middle - half), min(1.0, middle + half)


def share(part, whole, digits=1):
    """As docs/ have it: "3 of 71 (1.4 to 11.7 %)"; "-" for none of none."""
    if not whole:
        return "-"
    low, high = (100 * v for v in wilson(part, whole))
    return "%d of %d (%.*f to %.*f %%)" % (part, whole, digits, low, digits,
                                           high)


def percentile(values, below):
    """The value that this share of them stays below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(below * len(ordered)))]


def distance(a, b):
    """Letters to insert, drop or exchange (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1,
                                         before + (x != y))
    return row[-1]
