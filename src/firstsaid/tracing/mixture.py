"""Copies made from two parents: a stretch of words from one, the rest from another.

Of all pairs of places the one is taken that with its best stretch explains the copy at the least cost. How likely it is to be real, two
logistic functions say that were fitted on simulated families (`benchmarks/stemma_simulation.py --fit`), others than those reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, exp, log

import numpy as np

from firstsaid.tracing.characters import UNKNOWN, Characters, Floats, Numbers, States
from firstsaid.tracing.distances import LEAST_LOST
from firstsaid.tracing.growth import NONE, Bools, Growth, Place, Places

MAX_FIRST, MAX_SECOND = 8, 6
"""Places tried as the first parent: the best single ones; and as the second: those that explain most of what the first does not."""
MIN_TELLING = 2
"""Readings inside the block that only the second parent explains, and outside that only the first does: one is met by chance."""
MIN_WIDTH = 0.05
"""A block covers this share of the text: readings that stand closer together are one rewritten line."""
LEAST_GAIN = 0.5
"""Two parents must explain more than the best single place does: half a reading, below which there is nothing to weigh."""
MIXED = 0.4
"""From this likelihood on a copy is held to be mixed (`benchmarks/stemma_simulation.py` prints how many are)."""
FEATURES = (
    "readings gained", "by chance", "second's inside", "first's outside", "width", "alike", "rarity", "share lost",
)  # fmt: skip
WEIGHTS_MIXED = (-2.82, 0.68, -0.09, 0.06, 0.1, -0.71, -0.5, 0.06, -1.8)
WEIGHTS_NAMED = (-2.77, 0.55, -0.03, -0.03, 0.13, -0.11, -1.56, 0.06, -1.56)
"""Constant, then one for each of `FEATURES`: that the copy is mixed at all, and that the second parent is the one named."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """A version reads with the owner of `second` in characters `start`..`end`, and hangs at `place` for the rest.

    `seconds`: all versions that read the same there, so that which one was used cannot be told; the first of them comes first.
    `likelihood` 0..1 that there was a second parent, `named` that it is the first of `seconds`; both from `features`.
    """

    place: Place
    seconds: tuple[int, ...]
    start: int
    end: int
    likelihood: float
    named: float
    features: tuple[float, ...]


def mixture(
    growth: Growth, of: Characters, reading: States, places: Places, allowed: Bools, single: float, lost_share: float
) -> Mixture | None:
    """The two of the `allowed` places that together explain a version's reading best, if they do better than one (`single`: its cost).

    For each pair the block is the stretch (maximum subarray) in which the second is cheaper than the first by most. A place that is cut
    explains nothing there. `lost_share`: lost versions for each that survives.
    """
    rows = np.flatnonzero(allowed)
    if rows.size < 2:
        return None
    wrong = _unexplained(growth, places, reading, rows) * growth.weight
    lost = np.where(places.tops[rows] == NONE, 0.0, growth.lost)
    totals = np.round(wrong.sum(axis=1) + lost, 6)
    held = (growth.own == reading).sum(axis=0)
    best: Mixture | None = None
    least = single - LEAST_GAIN
    for first in np.argsort(totals, kind="stable")[:MAX_FIRST].tolist():
        risen = np.zeros((len(rows), wrong.shape[1] + 1))
        np.cumsum(wrong[first] - wrong, axis=1, out=risen[:, 1:])
        low = np.minimum.accumulate(risen, axis=1)
        gains = risen - low
        ends = gains.argmax(axis=1)
        costs = np.round(totals[first] - gains[np.arange(len(rows)), ends] + lost, 6)
        for second in np.argsort(costs, kind="stable")[:MAX_SECOND].tolist():
            if costs[second] >= least:
                break
            end = int(ends[second])
            # A gain without a stretch is a place below a lost version traded for one below a version.
            if places.owners[rows[first]] == places.owners[rows[second]] or gains[second, end] <= 0:
                continue
            start = int(np.flatnonzero(risen[second, : end + 1] <= low[second, end] + 1e-9)[-1])
            change = wrong[second] - wrong[first]
            inside = np.flatnonzero(change[start:end] < 0) + start
            n_outside = int((change[:start] > 0).sum() + (change[end:] > 0).sum())
            if min(len(inside), n_outside) < MIN_TELLING or of.end[inside[-1]] - of.start[inside[0]] < MIN_WIDTH * of.end[-1]:
                continue
            least = float(costs[second])
            alike = (lost == 0) & (np.abs(wrong[:, start:end].sum(axis=1) - wrong[second, start:end].sum()) < 0.05)
            owners = dict.fromkeys([int(places.owners[rows[second]]), *places.owners[rows[alike]].tolist()])
            owners.pop(int(places.owners[rows[first]]), None)
            told = _features(of, change, held / growth.n, start, end, (single - least) * LEAST_LOST / growth.lost, len(owners), lost_share)
            place = places.place(int(rows[first]))
            best = Mixture(place, tuple(owners), start, end, _logistic(WEIGHTS_MIXED, told), _logistic(WEIGHTS_NAMED, told), told)
            break
    return best


def _unexplained(growth: Growth, places: Places, reading: States, rows: Numbers) -> Floats:
    """Where the version has a reading and the place has another or none."""
    present = reading != UNKNOWN
    bottom = (growth.states[places.bottoms[rows]] != reading) & present
    top = (growth.states[np.maximum(places.tops[rows], 0)] != reading) & present
    return np.asarray(bottom & (top | (places.tops[rows] == NONE)[:, None]), np.float64)


def _features(
    of: Characters, change: Floats, held: Floats, start: int, end: int, gain: float, n_alike: int, lost_share: float
) -> tuple[float, ...]:
    """What tells a real second parent from chance. `change`: what the second leaves unexplained less what the first does."""
    with_second, with_first = change < 0, change > 0
    inside = np.flatnonzero(with_second[start:end]) + start
    n_second, n_first = int(with_second.sum()), int(with_first.sum())
    n_second_inside, n_first_inside = len(inside), int(with_first[start:end].sum())
    n, n_inside = n_second + n_first, n_second_inside + n_first_inside
    # Whether readings scattered as a lost parent scatters them would stand together so (hypergeometric, over all stretches there are).
    more = sum(comb(n_inside, k) * comb(n - n_inside, n_second - k) for k in range(n_second_inside, min(n_inside, n_second) + 1))
    chance = log(more) - log(comb(n, n_second)) + 2 * log(n)
    width = float(of.end[inside[-1]] - of.start[inside[0]]) / float(of.end[-1])
    return (
        min(gain, 6.0),
        max(-12.0, chance),
        min(n_second_inside, 8.0),
        min(n_first - n_first_inside, 8.0),
        min(width, 0.6),
        log(n_alike),
        min(float(-np.log(np.maximum(held[inside], 1e-9)).sum()), 12.0),
        lost_share,
    )


def _logistic(weights: tuple[float, ...], features: tuple[float, ...]) -> float:
    return 1 / (1 + exp(-weights[0] - sum(weight * value for weight, value in zip(weights[1:], features, strict=True))))
