"""Compiled loops that group the sides of alignments into families. Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled

I64 = npt.NDArray[np.int64]

LOOK_AHEAD = 96
"""Later sides that a side is compared with: the sides of one passage start close together, and a hub has thousands."""
SHARE_OF_LONGER, SHARE_OF_SHORTER, LEAST_OF_LONGER = 50, 85, 30
"""Percent of two sides of one document that they must share to be one passage: half of the longer; or nearly all of the shorter and
a third of the longer. Less, and a quoted sentence joins every article that quotes it with every other sentence of each."""


@compiled
def root(parents: I64, i: int) -> int:
    """The representative of `i`, halving paths on the way."""
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


@compiled
def is_same_passage(low: int, high: int, other_low: int, other_high: int) -> bool:
    """Whether two stretches of one document are one passage."""
    shared = 100 * (min(high, other_high) - max(low, other_low))
    if shared <= 0:
        return False
    longer, shorter = max(high - low, other_high - other_low), min(high - low, other_high - other_low)
    return shared >= SHARE_OF_LONGER * longer or (shared >= SHARE_OF_SHORTER * shorter and shared >= LEAST_OF_LONGER * longer)


@compiled
def joined(sides: I64, partners: I64) -> I64:
    """For each side the smallest number of a side of its family.

    `sides`: rows (document, start, end), sorted; `partners`: the number of the other side of the same alignment.
    """
    n = len(sides)
    parents = np.arange(n)
    for i in range(n):
        a, b = root(parents, i), root(parents, partners[i])
        if a != b:
            parents[max(a, b)] = min(a, b)
    for i in range(n):
        j = i + 1
        while j < n and j - i <= LOOK_AHEAD and sides[j, 0] == sides[i, 0] and sides[j, 1] < sides[i, 2]:
            if is_same_passage(sides[i, 1], sides[i, 2], sides[j, 1], sides[j, 2]):
                a, b = root(parents, i), root(parents, j)
                if a != b:
                    parents[max(a, b)] = min(a, b)
            j += 1
    for i in range(n):
        parents[i] = root(parents, i)
    return parents


@compiled
def passages(members: I64) -> I64:
    """Rows (family, document, start, end) of the passages: sides of one family and document that overlap become one.

    `members`: rows (family, document, start, end), sorted. A passage's ends are the medians of its sides' ends: one alignment that ran
    on over its end does not move it.
    """
    n = len(members)
    out = np.empty((n, 4), np.int64)
    m = 0
    i = 0
    while i < n:
        j = i + 1
        reach = members[i, 3]
        while j < n and members[j, 0] == members[i, 0] and members[j, 1] == members[i, 1] and members[j, 2] < reach:
            reach = max(reach, members[j, 3])
            j += 1
        out[m, 0], out[m, 1] = members[i, 0], members[i, 1]
        middle = (j - i - 1) // 2
        out[m, 2] = members[i + middle, 2]
        ends = np.sort(members[i:j, 3])
        out[m, 3] = max(out[m, 2] + 1, ends[(j - i) // 2])
        m += 1
        i = j
    return out[:m].copy()
