"""Copies made from two parents: a stretch of words from one, the rest from another."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, log

import numpy as np

from firstsaid.tracing.characters import UNKNOWN, Characters, Floats, Numbers, States
from firstsaid.tracing.growth import LOST, NONE, Bools, Growth, Place, Places

MAX_FIRST = 8
"""Places tried as the first parent: the best single ones. The second may be any."""
GAIN = 1.5
"""Two parents must explain so many readings more than the best single place does."""
MIN_TELLING = 2
"""Acts inside the block that only the second parent explains, and outside that only the first does: one is met by chance."""
MIN_WIDTH = 0.1
"""A block covers this share of the text: readings that stand closer together are one rewritten line."""
BY_CHANCE = 1.35
"""So many blocks like it may be expected if its readings were scattered, as a lost parent scatters them (hypergeometric; an upper
bound, because the cost has chosen already). With these five, four in five blocks found in `benchmarks/stemma_simulation.py` are real."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """A version reads with the owner of `second` in characters `start`..`end`, and hangs at `place` for the rest.

    `seconds`: all versions that read the same there, so that which one was used cannot be told; the first of them comes first.
    """

    place: Place
    seconds: tuple[int, ...]
    start: int
    end: int


def mixture(growth: Growth, of: Characters, reading: States, places: Places, allowed: Bools, single: float) -> Mixture | None:
    """The two of the `allowed` places that together explain a version's reading, if no single one (`single`: its cost) does nearly as well.

    For each pair the block is the stretch (maximum subarray) in which the second is cheaper than the first by most; the cheapest pair
    wins, ties to the earlier. A place that is cut explains nothing there.
    """
    rows = np.flatnonzero(allowed)
    if rows.size < 2:
        return None
    wrong = _unexplained(growth, places, reading, rows) * growth.weight
    lost = np.where(places.tops[rows] == NONE, 0.0, LOST)
    totals = np.round(wrong.sum(axis=1) + lost, 6)
    best: tuple[float, int, int, int, int] | None = None
    for first in np.argsort(totals, kind="stable")[:MAX_FIRST].tolist():
        risen = np.zeros((len(rows), wrong.shape[1] + 1))
        np.cumsum(wrong[first] - wrong, axis=1, out=risen[:, 1:])
        low = np.minimum.accumulate(risen, axis=1)
        gains = risen - low
        ends = gains.argmax(axis=1)
        costs = np.round(totals[first] - gains[np.arange(len(rows)), ends] + lost, 6)
        second = int(costs.argmin())
        if best is None or costs[second] < best[0]:
            end = int(ends[second])
            start = int(np.flatnonzero(risen[second, : end + 1] <= low[second, end] + 1e-9)[-1])
            best = float(costs[second]), first, second, start, end
    if best is None or single - best[0] < GAIN:
        return None
    _, first, second, start, end = best
    if places.owners[rows[first]] == places.owners[rows[second]] or not _is_telling(of, wrong[second] - wrong[first], start, end):
        return None
    alike = (lost == 0) & (np.abs(wrong[:, start:end].sum(axis=1) - wrong[second, start:end].sum()) < 0.05)
    owners = dict.fromkeys([int(places.owners[rows[second]]), *places.owners[rows[alike]].tolist()])
    owners.pop(int(places.owners[rows[first]]), None)
    return Mixture(places.place(int(rows[first])), tuple(owners), start, end)


def _unexplained(growth: Growth, places: Places, reading: States, rows: Numbers) -> Floats:
    """Where the version has a reading and the place has another or none."""
    present = reading != UNKNOWN
    bottom = (growth.states[places.bottoms[rows]] != reading) & present
    top = (growth.states[np.maximum(places.tops[rows], 0)] != reading) & present
    return np.asarray(bottom & (top | (places.tops[rows] == NONE)[:, None]), np.float64)


def _is_telling(of: Characters, change: Floats, start: int, end: int) -> bool:
    """Whether the readings that speak for the second parent stand together as chance would not have it. `change`: second less first."""
    with_second, with_first = change < 0, change > 0
    inside = np.flatnonzero(with_second[start:end]) + start
    n_second, n_first = int(with_second.sum()), int(with_first.sum())
    n_second_inside, n_first_inside = len(inside), int(with_first[start:end].sum())
    if n_second_inside < MIN_TELLING or n_first - n_first_inside < MIN_TELLING:
        return False
    if of.end[inside[-1]] - of.start[inside[0]] < MIN_WIDTH * of.end[-1]:
        return False
    n, n_inside = n_second + n_first, n_second_inside + n_first_inside
    more = sum(comb(n_inside, k) * comb(n - n_inside, n_second - k) for k in range(n_second_inside, min(n_inside, n_second) + 1))
    return log(more) - log(comb(n, n_second)) + 2 * log(n) < log(BY_CHANCE)
