"""What it would have taken to make one version out of another, column by column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.collation import GAP
from firstsaid.tracing.witnesses import FAR

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

RUN_OF_CUT, CUT_WORD = 1.0, 0.1
"""A cut is one act however long; each further word still counts a little, so that two copies with the same long cut are kin."""
RUN_OF_ADDITION, ADDED_WORD = 1.0, 0.3
"""Words that the copy has and the parent lacks had to be invented (or come from elsewhere)."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Variable columns of a collation.

    `codes`: int32 (columns, versions). `columns`: their numbers. `attested`: int64, the same shape as `codes`: the moment by which the
    version's reading was certainly in the world (`FAR` when no dated version has it).
    """

    codes: npt.NDArray[np.int32]
    columns: Numbers
    attested: Numbers

    def take(self, kept: Numbers, versions: Numbers | None = None) -> Readings:
        """The same of some columns, and of some versions where they are named (then numbered anew in that order)."""
        if versions is None:
            return Readings(self.codes[kept], self.columns[kept], self.attested[kept])
        place = np.ix_(kept, versions)
        return Readings(self.codes[place], self.columns[kept], self.attested[place])


def readings(codes: npt.NDArray[np.int32], columns: Numbers, latest: Numbers) -> Readings:
    """`codes` of all columns, reduced to `columns`; `latest`: for each version the moment by which it was certainly there."""
    kept = codes[columns]
    attested = np.full(kept.shape, FAR, np.int64)
    for row in range(len(kept)):
        _, number = np.unique(kept[row], return_inverse=True)
        first = np.full(int(number.max()) + 1 if number.size else 0, FAR, np.int64)
        np.minimum.at(first, number, latest)
        attested[row] = first[number]
    return Readings(kept, columns, attested)


def cells(of: Readings, child: int, parents: Numbers) -> Floats:
    """What each column adds to the cost of making `child` from each of `parents`: float32 (columns, parents).

    A run of missing words counts once, at its first word. A reading that the parent had lost and the copy has again costs no more than
    any other: charging double for it made simulated trees worse (`benchmarks/stemma_simulation.py`, seeds 1, 2 and 7: 1 to 2 points).
    """
    own = of.codes[:, child][:, None]
    theirs = of.codes[:, parents]
    differs = own != theirs
    is_cut = differs & (own == GAP)
    is_added = differs & (theirs == GAP)
    follows = np.zeros((len(of.columns), 1), bool)
    follows[1:, 0] = np.diff(of.columns) == 1
    cost = (differs & ~is_cut & ~is_added).astype(np.float32)
    for mask, run, word in ((is_cut, RUN_OF_CUT, CUT_WORD), (is_added, RUN_OF_ADDITION, ADDED_WORD)):
        continues = np.zeros_like(mask)
        continues[1:] = mask[1:] & mask[:-1] & follows[1:]
        cost += mask * np.where(continues, np.float32(word), np.float32(run))
    return np.asarray(cost, np.float32)


def differing(of: Readings, child: int, parents: Numbers) -> Numbers:
    """Rows in which `child` and `parents` do not all agree: all that a comparison of these needs to look at."""
    return np.flatnonzero((of.codes[:, parents] != of.codes[:, child][:, None]).any(axis=1)).astype(np.int64)


def holders(codes: npt.NDArray[np.int32], weight: Numbers) -> npt.NDArray[np.int32]:
    """How many witnesses have each version's reading, same shape as `codes`; `weight`: witnesses per version."""
    found = np.empty(codes.shape, np.int32)
    for row, line in enumerate(codes):
        _, number = np.unique(line, return_inverse=True)
        found[row] = np.bincount(number, weights=weight)[number]
    return found


def reverted(of: Readings, child: int, parent: int, before: int) -> npt.NDArray[np.bool_]:
    """Columns where `parent` departs from `before` (its own parent) and `child` does not; each act once."""
    codes = of.codes
    found = (codes[:, parent] != codes[:, before]) & (codes[:, child] == codes[:, before])
    return _acts(of, found, (codes[:, parent] == GAP) | (codes[:, before] == GAP))


def shared_against(of: Readings, one: int, other: int, parent: int) -> npt.NDArray[np.bool_]:
    """Columns where both versions agree against `parent`; each act once."""
    codes = of.codes
    shared = (codes[:, one] == codes[:, other]) & (codes[:, one] != codes[:, parent])
    return _acts(of, shared, (codes[:, one] == GAP) | (codes[:, parent] == GAP))


def _acts(of: Readings, found: npt.NDArray[np.bool_], is_gap: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of each run of gaps only the first column: a cut or an addition is one act."""
    is_run = found & is_gap
    acts = found.copy()
    acts[1:] &= ~(is_run[1:] & is_run[:-1] & (np.diff(of.columns) == 1))
    return acts
