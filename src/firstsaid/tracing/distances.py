"""How far versions are apart, in readings, and what that says of how they were copied."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.characters import UNKNOWN, Characters, Floats

MAX_COMPARED_IN_FULL = 150
"""Up to this many versions all readings of all pairs are compared (some seconds); beyond it those that most versions share."""
TELLING = 2_000
"""How many readings, those shared by most short of a majority, say which versions of very many are near."""
LEAST_LOST = 2.0
"""A lost version must save two readings: one reading in which a copy goes back to an older one may be a correction
(`benchmarks/stemma_simulation.py`, press: 0.8 loses 6 points of right edges, 1.6, 2 and 2.6 are alike)."""
LOST_SHARE = 0.25
"""Where copyists change much, some of it undoes the last one's changes by chance: a lost version must save a quarter of what a copy
changes. Families of scribes who respell every eleventh word: 9 points more right edges than with two readings; 0.2 and 0.3 are alike."""


def distances(of: Characters, weight: Floats) -> Floats:
    """Readings in which two versions differ, where both have one, scaled up to all of them; of very many versions by shared readings."""
    n = len(of.states)
    if n > MAX_COMPARED_IN_FULL:
        return rough_distances(of.states)
    found = np.zeros((n, n))
    present = of.states != UNKNOWN
    for version in range(n):
        both = present & present[version]
        differs = both & (of.states != of.states[version])
        found[version] = (differs @ weight) / np.maximum(both @ weight, 1e-9) * weight.sum()
    return np.round((found + found.T) / 2, 6)


def lost_cost(of: Characters, far: Floats | None = None) -> float:
    """How many readings a lost version must save in this family. `far`: the `distances`, if they are known."""
    if not 2 < len(of.states) <= MAX_COMPARED_IN_FULL:
        return LEAST_LOST
    apart = (distances(of, of.weight) if far is None else far).copy()
    np.fill_diagonal(apart, np.inf)
    return max(LEAST_LOST, round(LOST_SHARE * float(np.median(apart.min(axis=1))), 6))


def rough_distances(states: npt.NDArray[np.int16]) -> Floats:
    """Distances of very many versions by the readings that are not the majority's; shape (versions, versions)."""
    n = len(states)
    shared: list[tuple[int, int, int]] = []
    alone = np.zeros(n, np.float32)
    for column, line in enumerate(states.T):
        values, counts = np.unique(line[line != UNKNOWN], return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            if count == 1:
                alone[line == value] += 1
            elif count <= n // 2:
                shared.append((-count, column, value))
    shared.sort()
    held = np.array([states[:, column] == value for _, column, value in shared[:TELLING]], np.float32).reshape(-1, n).T
    sizes = held.sum(axis=1) + alone
    found = sizes[:, None] + sizes[None, :] - 2 * (held @ held.T)
    np.fill_diagonal(found, 0)
    return np.asarray(found, np.float64)
