"""Copies made from two parents: a stretch of words from one, the rest from another."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from firstsaid.tracing.collation import GAP
from firstsaid.tracing.costs import Floats, Numbers, Readings

MAX_TRIED = 6
"""Parents tried in pairs: the nearest of all, and as many of those nearest to what the best one does not explain."""
MIN_BLOCK = 3
"""Each of the two parents explains at least this many readings that the other does not: two agree by chance."""
BY_CHANCE = 1.0
"""So many blocks like it may be expected by chance if its readings were scattered, as a lost parent scatters them (an upper bound: the
cost has already chosen; at 1 nine in ten mixtures found by `benchmarks/stemma_simulation.py` are copies from two parents)."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """`child` reads with `second` in rows `start`..`end` of the variable columns and with `first` elsewhere."""

    first: int
    second: int
    start: int
    end: int


def mixture(of: Readings, child: int, candidates: Numbers, cost: Floats) -> Mixture | None:
    """The two of `candidates` that together explain a version's readings, if no single one does nearly as well.

    `cost`: what each column adds for each candidate (`costs.cells`). For each pair the block is the stretch (maximum subarray) in which
    the second is cheaper than the first by most; the cheapest pair wins, ties to the earlier. How telling a block is is then judged on
    columns where all three have a word: a cut is many columns and one act.
    """
    if len(candidates) < 2:
        return None
    tenths = np.rint(cost * 10).astype(np.int64)
    totals = tenths.sum(axis=0)
    nearest = np.argsort(totals, kind="stable")
    unexplained = tenths[tenths[:, nearest[0]] > 0].sum(axis=0)
    tried = np.array(sorted({*nearest[:MAX_TRIED].tolist(), *np.argsort(unexplained, kind="stable")[:MAX_TRIED].tolist()}))
    tenths = tenths[:, tried]
    gains = tenths[:, :, None] - tenths[:, None, :]
    total = np.concatenate([np.zeros((1, len(tried), len(tried)), np.int64), np.cumsum(gains, axis=0)])
    risen = total - np.minimum.accumulate(total, axis=0)
    left_over = tenths.sum(axis=0)[:, None] - risen.max(axis=0)
    np.fill_diagonal(left_over, np.iinfo(np.int64).max)
    first, second = divmod(int(left_over.argmin()), len(tried))
    if int(totals.min()) - int(left_over[first, second]) < 10 * MIN_BLOCK:
        return None
    end = int(risen[:, first, second].argmax())
    low = total[: end + 1, first, second]
    start = int(np.flatnonzero(low == low.min())[-1])
    codes = of.codes[:, [child, int(candidates[tried[first]]), int(candidates[tried[second]])]]
    own, one, other = codes[:, 0], codes[:, 1], codes[:, 2]
    is_telling = (codes != GAP).all(axis=1) & (one != other)
    with_first, with_second = is_telling & (own == one), is_telling & (own == other)
    n_first, n_second = int(with_first.sum()), int(with_second.sum())
    n_first_inside, n_second_inside = int(with_first[start:end].sum()), int(with_second[start:end].sum())
    if n_second_inside < MIN_BLOCK or n_first - n_first_inside < MIN_BLOCK:
        return None
    n, n_inside = n_first + n_second, n_first_inside + n_second_inside
    # Hypergeometric chance that so many fall inside, times the number of stretches there are.
    chance = comb(n_inside, n_second_inside) * comb(n - n_inside, n_second - n_second_inside) / comb(n, n_second) * n * n / 2
    if chance >= BY_CHANCE:
        return None
    inside = start + np.flatnonzero(with_second[start:end])
    return Mixture(int(candidates[tried[first]]), int(candidates[tried[second]]), int(inside[0]), int(inside[-1]) + 1)
