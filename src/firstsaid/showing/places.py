"""Where witnesses vary: columns of a collation joined to places that a table can show."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

GAP = -1
LONGEST_OMISSION = 8
"""Words that a witness leaves out within one place; a longer omission is a place of its own, else one short witness would make the whole
text one place."""
LONGEST_PLACE = 12
"""Columns of one place: more no longer fit a cell."""


def places(codes: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    """Half-open runs of columns in which witnesses vary, in order; `codes` as in `tracing.Collation`.

    What lies before the first or after the last word of a witness says nothing about it. Neighbouring columns that vary make one place.
    """
    n_columns, n_versions = codes.shape
    speaks = np.ones((n_columns, n_versions), bool)
    omissions: Counter[tuple[int, int]] = Counter()
    for version in range(n_versions):
        present = np.flatnonzero(codes[:, version] != GAP)
        if not len(present):
            speaks[:, version] = False
            continue
        speaks[: present[0], version] = False
        speaks[present[-1] + 1 :, version] = False
        for before, after in zip(present[:-1].tolist(), present[1:].tolist(), strict=True):
            if after - before - 1 > LONGEST_OMISSION:
                speaks[before + 1 : after, version] = False
                omissions[before + 1, after] += 1
    runs: list[tuple[int, int]] = []
    for column in range(n_columns):
        told = codes[column][speaks[column]]
        if len(told) < 2 or (told == told[0]).all():
            continue
        if runs and column - runs[-1][1] <= 1 and column - runs[-1][0] < LONGEST_PLACE:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return sorted({*runs, *_apart(omissions)})


def _apart(omissions: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of omissions that overlap, the one that most witnesses make, else the longest.

    Cuts that begin and end a few words apart would else each be a place of its own, with nearly the same words.
    """
    kept: list[tuple[int, int]] = []
    for one in sorted(omissions, key=lambda one: (-omissions[one], one[0] - one[1], one)):
        if all(one[1] <= start or end <= one[0] for start, end in kept):
            kept.append(one)
    return kept
