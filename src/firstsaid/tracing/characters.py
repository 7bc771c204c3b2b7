"""What tells versions apart: words by place, and each cut or addition as one act however long.

Simple indel coding (Simmons and Ochoterena 2000): a run of empty columns is one character, and what stands inside it is unknown for the
version that has it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.collation import GAP

States = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

UNKNOWN = -1
"""The state of a version that says nothing about a character: it has a longer cut there."""
HAS_TEXT, IS_CUT = 0, 1
"""States of a character of a run of empty columns."""
FURTHER_WORD = 0.3
"""Neighbouring columns that part the versions alike are one act; each further one still weighs a little (as in the prototype)."""
CUT_WORD, MOST_FOR_CUT = 0.1, 1.0
"""A longer cut is rarer, so that two versions with the same one are kin; but it is one act."""
RESTORED_WORD, MOST_FOR_RESTORED = 0.3, 3.0
"""Words that the copy has and its parent lacks had to be invented or found elsewhere. Without the bound a leaf lost from one
manuscript would outweigh all its readings (`benchmarks/stemma_simulation.py`, scribes: 1.5 to 6 tried)."""


LOOSE_WORDS, LOOSE_SHARE = 4, 12
"""Where a passage was cut out of a longer text says nothing of who copied whom: up to four words more or less at either end, and no more
than a twelfth of the text, weigh nothing (`benchmarks/quality/parents.py`, reuse c1k: 3 points more parents right than without)."""


@dataclass(frozen=True, slots=True)
class Characters:
    """`states`: int16 (versions, characters) in order of places; equal numbers mean equal readings, `UNKNOWN` nothing.

    `weight`: what a difference costs, in readings; `restoring`: what a character of a cut costs more when its words come back.
    `start`, `end`: columns of the collation that each character covers.
    """

    states: States
    weight: Floats
    restoring: Floats
    start: Numbers
    end: Numbers


def characters(codes: npt.NDArray[np.int32]) -> Characters:
    """The characters of a collation's `codes` (columns, versions). Cost: columns * versions, and versions for each distinct cut."""
    rows: list[npt.NDArray[np.int16]] = []
    places: list[tuple[int, int, bool]] = []
    weights: list[float] = []
    has_words = np.concatenate([[0], np.cumsum((codes != GAP).sum(axis=1) * 2 > codes.shape[1])])
    for row, low, high in _cuts(codes):
        rows.append(row)
        places.append((low, high, True))
        # Columns in which most have nothing are what others added: no part of a cut.
        n_words = max(1, int(has_words[high] - has_words[low]))
        weights.append(1.0 + min(MOST_FOR_CUT, CUT_WORD * (n_words - 1)))
    before = b""
    for column, line in enumerate(codes):
        known = line != GAP
        values, first, number = np.unique(line[known], return_index=True, return_inverse=True)
        if len(values) < 2:
            before = b""
            continue
        row = np.full(len(line), UNKNOWN, np.int16)
        # States are numbered as they come up, so that equal partitions are equal rows.
        row[known] = np.argsort(np.argsort(first))[number]
        if row.tobytes() == before:
            weights[-1] += FURTHER_WORD
            places[-1] = (places[-1][0], column + 1, False)
            continue
        before = row.tobytes()
        rows.append(row)
        places.append((column, column + 1, False))
        weights.append(1.0)
    at = np.array(places, np.int64).reshape(-1, 3)
    states = np.array(rows, np.int16).reshape(len(rows), codes.shape[1])
    order = np.lexsort((at[:, 2], at[:, 0]))
    n_loose = min(LOOSE_WORDS, len(codes) // LOOSE_SHARE)
    is_end = (at[:, 0] == 0) | (at[:, 1] == len(codes))
    counts = ~((at[:, 2] == 1) & is_end & (at[:, 1] - at[:, 0] <= n_loose))
    further = np.minimum(RESTORED_WORD * (at[:, 1] - at[:, 0] - 1), MOST_FOR_RESTORED) * at[:, 2] * counts
    return Characters(states[order].T.copy(), (np.array(weights) * counts)[order], further[order], at[order, 0], at[order, 1])


def _cuts(codes: npt.NDArray[np.int32]) -> list[tuple[npt.NDArray[np.int16], int, int]]:
    """For each distinct run of empty columns, by place: which versions have it, which have text there; its first column and its end."""
    is_gap = codes == GAP
    starts, ends = np.full(codes.shape, -1, np.int32), np.full(codes.shape, -1, np.int32)
    runs: set[tuple[int, int]] = set()
    for version in range(codes.shape[1]):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], is_gap[:, version], [False]]).astype(np.int8)))
        for low, high in edges.reshape(-1, 2).tolist():
            starts[low:high, version], ends[low:high, version] = low, high
            runs.add((low, high))
    found = []
    for low, high in sorted(runs):
        is_same = (starts[low] == low) & (ends[low] == high)
        is_inside = (starts[low] >= 0) & (ends[low] >= high) & ~is_same
        row = np.where(is_same, IS_CUT, np.where(is_inside, UNKNOWN, HAS_TEXT)).astype(np.int16)
        if (row == HAS_TEXT).any():
            found.append((row, low, high))
    return found
