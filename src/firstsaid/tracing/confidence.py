"""How sure a parent is: resampled readings and the distance to the next best place, turned into the share of such edges that are right.

A logistic function fitted on simulated families (`benchmarks/stemma_simulation.py --fit`), others than those that the
benchmark reports.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.characters import UNKNOWN, Characters, Floats
from firstsaid.tracing.growth import NONE, Bools, Growth, Places

N_RESAMPLED, N_RESAMPLED_LARGE = 100, 25
"""Resamplings of the readings (Bayesian bootstrap, Rubin 1981): a share of 0.9 has a standard error of 0.03, of 0.06 in large families."""
SEED = 20_240_601
MAX_RIVALS = 40
"""Places that are resampled, the cheapest: one far behind wins none."""
FAR_BEHIND = 4.0
"""Readings from which on a rival is out of the race."""
ONLY_CANDIDATE = 0.95
"""The only earlier version may still not be the parent: the true one may be lost."""
MOST_OWN = 8.0
"""Readings of a first version's own that count: more were too rare in the simulation to say what they mean."""
FEATURES = (
    "share", "margin to a version", "margin to a lost version", "tie", "lost between", "two parents", "first's own",
    "parent's own kept", "parent's own not kept", "share lost", "readings that arose twice",
)  # fmt: skip
WEIGHTS = (0.67, 0.43, 0.17, -0.05, -0.52, -1.58, -0.49, -0.9, 0.51, -1.35, -1.93, -2.23)
"""Constant, then one for each of `FEATURES`; printed by `benchmarks/stemma_simulation.py --fit`."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`confidence` 0..1 that the parent is right; the `second` best version and how many readings it is behind."""

    confidence: float
    second: int | None
    margin: float
    n_candidates: int
    features: tuple[float, ...] | None


def resampled(of: Characters, *, is_small: bool) -> npt.NDArray[np.float32]:
    """Weights of the characters, resampled: float32 (characters, samples)."""
    shape = len(of.weight), N_RESAMPLED if is_small else N_RESAMPLED_LARGE
    return np.random.default_rng(SEED).exponential(1.0, shape).astype(np.float32)


def judged(
    growth: Growth,
    of: Characters,
    version: int,
    places: Places,
    allowed: Bools,
    samples: npt.NDArray[np.float32],
    bonus: Floats | None,
    of_family: tuple[float, float],
) -> Judgement:
    """How sure the parent of `version` is, given all `places` it might hang at, in the `climate` of its family.

    Cost: `MAX_RIVALS` * characters * samples.
    """
    parent = int(growth.owners(growth.parent[version : version + 1])[0])
    off = np.zeros(len(places.costs)) if bonus is None else bonus[places.owners]
    costs = places.costs - off
    rows = np.flatnonzero(allowed)
    rows = rows[np.argsort(costs[rows], kind="stable")]
    owners = places.owners[rows]
    n_candidates = len(set(owners.tolist()))
    others = rows[owners != parent]
    if not others.size or len(others) == len(rows):
        return Judgement(ONLY_CANDIDATE if not others.size else 1 / (1 + n_candidates), None, 0.0, n_candidates, None)
    best = float(costs[rows[owners == parent]].min())
    to_version = costs[others[places.tops[others] == NONE]].min(initial=best + FAR_BEHIND) - best
    to_lost = costs[others[places.tops[others] != NONE]].min(initial=best + FAR_BEHIND) - best
    margin = float(costs[others[0]] - best)
    share = _share(growth, places, rows[:MAX_RIVALS], parent, samples, off)
    features = (
        float(np.log((share + 0.01) / (1.01 - share))),
        float(np.clip(to_version, -1, FAR_BEHIND)),
        float(np.clip(to_lost, -1, FAR_BEHIND)),
        float(margin < 0.05),
        float(growth.parent[version] >= growth.n),
        float(version in growth.blocks),
        _own_of_first(growth, of, parent),
        *_own_of_parent(growth, version, parent),
        *of_family,
    )
    score = WEIGHTS[0] + sum(weight * value for weight, value in zip(WEIGHTS[1:], features, strict=True))
    return Judgement(1 / (1 + float(np.exp(-score))), int(places.owners[others[0]]), max(0.0, round(margin, 2)), n_candidates, features)


def climate(growth: Growth, of: Characters) -> tuple[float, float]:
    """How much was lost in a family (lost versions for each that survives), and how often readings arose twice (share of all changes).

    The first says how likely a parent is to be missing, the second (one less the consistency index of Kluge and Farris 1969) how
    little one shared reading proves.
    """
    edges = np.array(growth.edges(), np.int64).reshape(-1, 2)
    n_lost = int((edges[:, 1] >= growth.n).sum())
    above, below = growth.states[edges[:, 0]], growth.states[edges[:, 1]]
    n_changes = ((above != below) & (above != UNKNOWN) & (below != UNKNOWN)).sum(axis=0)
    n_needed = of.states.max(axis=0, initial=0)
    changes = float(n_changes @ of.weight)
    return n_lost / growth.n, 1 - float(np.minimum(n_needed, n_changes) @ of.weight) / changes if changes else 0.0


def _share(
    growth: Growth, places: Places, rows: npt.NDArray[np.int64], parent: int, samples: npt.NDArray[np.float32], off: Floats
) -> float:
    """The share of resamplings in which a place below `parent` is the cheapest."""
    weighted = places.differs[rows] * growth.weight + places.restored[rows] * growth.restoring
    fixed = places.costs[rows] - weighted.sum(axis=1) - off[rows]
    needed = np.flatnonzero((weighted != weighted[0]).any(axis=0))
    sampled = weighted[:, needed].astype(np.float32) @ samples[needed] + fixed[:, None].astype(np.float32)
    is_own = places.owners[rows] == parent
    if not is_own.any() or is_own.all():
        return float(is_own.any())
    own, other = sampled[is_own].min(axis=0), sampled[~is_own].min(axis=0)
    return float((own < other - 1e-3).mean() + 0.5 * (np.abs(own - other) <= 1e-3).mean())


def _own_of_parent(growth: Growth, version: int, parent: int) -> tuple[float, float]:
    """Readings that came in with the parent: those that the copy kept show it was there, those that it lacks that another may have been."""
    above = int(growth.parent[parent])
    if above == NONE:
        return 0.0, 0.0
    before, own, copy = growth.states[above], growth.states[parent], growth.readings(version)
    is_own = (before != own) & (before != UNKNOWN) & (own != UNKNOWN) & (copy != UNKNOWN)
    is_kept = own == copy
    return float(np.log1p((is_own & is_kept) @ growth.weight)), float(np.log1p((is_own & ~is_kept) @ growth.weight))


def _own_of_first(growth: Growth, of: Characters, parent: int) -> float:
    """For copies of a first version: its readings where all others agree on another. With some, it may itself be a copy."""
    if growth.parent[parent] != NONE or growth.n < 3:
        return 0.0
    others = np.delete(of.states, parent, axis=0)
    own, most = of.states[parent], others.max(axis=0)
    is_alone = ((others == most) | (others == UNKNOWN)).all(axis=0) & (own != most) & (own != UNKNOWN)
    is_alone &= (others != UNKNOWN).sum(axis=0) > 1
    return float(np.log1p(min(is_alone @ growth.weight, MOST_OWN)))
