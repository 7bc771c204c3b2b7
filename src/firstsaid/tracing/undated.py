"""Who is near whom where nothing is dated: a tree without direction.

Versions are added one by one, the central first, each where it costs least (`growth`), witnesses as inner nodes where they have nothing of
their own; then branches move to where they cost less. Readings are resampled (Bayesian bootstrap, Rubin 1981), each sample gives a tree;
the answer is the one nearest to all others, and an edge's confidence is its share of the sample.
The root cannot be recovered from text alone and is never given.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.characters import Characters, Floats
from firstsaid.tracing.distances import distances, lost_cost
from firstsaid.tracing.growth import Bounds, Growth, cheapest, improve

N_SAMPLES = 16
"""Trees of resampled readings; 30 were no nearer to the truth than 12 (`benchmarks/stemma_simulation.py`), and cost twice as much."""
SEED = 20_240_602
MAX_SAMPLED = 60
"""Up to this many versions trees are sampled and compared triple by triple; beyond it the one tree of all readings is taken."""
MAX_IMPROVED = 150
"""Up to this many versions branches are moved; beyond it a version stays where it was added, chosen among its nearest ones."""
N_NEAREST = 64
ROUNDS = 3
UNSAMPLED = 0.5
"""Confidence of an edge of a tree that is too large to be sampled: no claim either way."""


@dataclass(frozen=True, slots=True)
class Tree:
    """An unrooted tree. `edges`: pairs of nodes with their confidence 0..1; nodes from `n_versions` on are lost versions."""

    n_versions: int
    edges: tuple[tuple[int, int, float], ...]


def tree(of: Characters) -> Tree:
    """The tree of all versions. Cost: for 40 versions of 1,000 words a second."""
    n = len(of.states)
    if n < 2:
        return Tree(n, ())
    if n == 2:
        return Tree(2, ((0, 1, 1.0),))
    far = distances(of, of.weight)
    whole = _grown(of, of.weight, far)
    if n > MAX_SAMPLED:
        return Tree(n, tuple((a, b, UNSAMPLED) for a, b in whole))
    generator = np.random.default_rng(SEED)
    sampled = []
    for _ in range(N_SAMPLES):
        weight = of.weight * generator.exponential(1.0, len(of.weight))
        sampled.append(_grown(of, weight, distances(of, weight)))
    candidates = [whole, *sampled]
    signs = np.array([_signs(edges, n) for edges in candidates])
    # The distance of two sign patterns sums over samples: compare each with the counts of -1, 0 and 1.
    counts = [(signs == value).sum(axis=0) for value in (-1, 0, 1)]
    costs = [
        int(sum((np.abs(pattern - value) * count).sum() for value, count in zip((-1, 0, 1), counts, strict=True))) for pattern in signs
    ]
    chosen = candidates[int(np.argmin(costs))]
    support = Counter(key for edges in sampled for key in set(_keys(edges, n).values()))
    keys = _keys(chosen, n)
    return Tree(n, tuple((a, b, support[keys[a, b]] / N_SAMPLES) for a, b in chosen))


def _grown(of: Characters, weight: Floats, far: Floats) -> list[tuple[int, int]]:
    """Edges of the tree that `weight` gives; versions in the order of a minimum spanning tree (Prim) from the central one."""
    n = len(of.states)
    order = _order(far)
    growth = Growth(of, lost_cost(of, far), weight)
    always = np.zeros(n, np.int64)
    bounds = Bounds(always, always, np.ones((n, n), bool))
    growth.plant(order[0])
    for rank, version in enumerate(order[1:], 1):
        near = None
        if n > MAX_IMPROVED:
            earlier = np.array(order[:rank])
            near = np.sort(earlier[np.argsort(far[version, earlier], kind="stable")[:N_NEAREST]])
        found = cheapest(growth, version, growth.places(growth.readings(version), nodes=near), bounds)
        if found is not None:
            growth.put(version, found[0])
    growth.settle()
    if n <= MAX_IMPROVED:
        for root in (order[-1], order[0]):
            # What lies above a node can only be moved when the tree runs from elsewhere.
            improve(growth, order, bounds, ROUNDS - 1, {})
            growth.reroot(root)
        improve(growth, order, bounds, 1, {})
    return sorted((min(edge), max(edge)) for edge in growth.edges())


def _order(far: Floats) -> list[int]:
    start = int(far.sum(axis=1).argmin())
    order, nearest = [start], far[start].copy()
    is_done = np.zeros(len(far), bool)
    is_done[start] = True
    for _ in range(len(far) - 1):
        version = int(np.where(is_done, np.inf, nearest).argmin())
        order.append(version)
        is_done[version] = True
        nearest = np.minimum(nearest, far[version])
    return order


def _signs(edges: list[tuple[int, int]], n: int) -> npt.NDArray[np.int8]:
    """For all triples of versions which of two is nearer to the first: -1, 0, 1; int8 of shape (n, n, n)."""
    steps = _steps(edges, n)
    return np.asarray(np.sign(steps[:, :, None] - steps[:, None, :]), np.int8)


def _steps(edges: list[tuple[int, int]], n: int) -> npt.NDArray[np.int64]:
    beside = _beside(edges)
    found = np.zeros((n, n), np.int64)
    for start in range(n):
        seen = {start: 0}
        stack = [start]
        while stack:
            at = stack.pop()
            for other in beside.get(at, ()):
                if other not in seen:
                    seen[other] = seen[at] + 1
                    stack.append(other)
        found[start] = [seen.get(other, 0) for other in range(n)]
    return found


def _beside(edges: list[tuple[int, int]]) -> dict[int, list[int]]:
    beside: dict[int, list[int]] = {}
    for one, other in edges:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    return beside


def _keys(edges: list[tuple[int, int]], n: int) -> dict[tuple[int, int], tuple[int, int, int]]:
    """What makes an edge the same edge in another tree: the versions at its ends (-1 for a lost one) and which versions it parts."""
    beside = _beside(edges)
    keys: dict[tuple[int, int], tuple[int, int, int]] = {}
    for one, other in edges:
        side, stack, seen = 0, [other], {one, other}
        while stack:
            at = stack.pop()
            side |= 1 << at if at < n else 0
            for further in beside[at]:
                if further not in seen:
                    seen.add(further)
                    stack.append(further)
        parted = side if side & 1 == 0 else ((1 << n) - 1) ^ side
        ends = sorted(node if node < n else -1 for node in (one, other))
        is_inner = 1 < parted.bit_count() < n - 1
        keys[one, other] = (-2, -2, parted) if is_inner else (ends[0], ends[1], parted)
    return keys
