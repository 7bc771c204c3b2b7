"""Who is near whom where nothing is dated: a tree without direction.

Columns are resampled (Poisson bootstrap), each sample gives a neighbour-joining tree (Saitou and Nei 1987) whose short edges are
collapsed so that witnesses can be ancestors; the answer is the sampled tree nearest to all others, and an edge's confidence is its share of
the sample.
The root cannot be recovered from text alone and is never given.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.collation import GAP

Floats = npt.NDArray[np.float64]

LACUNA_COLUMNS = 8
"""From this many empty columns in a row on a gap says nothing: a lost leaf or an excerpt, not an omission (design section 6)."""
N_SAMPLES = 40
SEED = 20_240_602
SHORT_EDGE = 2.0
"""Edges shorter than this many readings are collapsed; best of 1, 2 and 3 in `benchmarks/stemma_simulation.py`."""
MAX_SAMPLED = 60
"""Up to this many versions trees are sampled and compared triple by triple; beyond it the one tree of all columns is taken."""
MAX_JOINED = 300
"""Up to this many versions neighbours are joined (cubic cost); beyond it the shortest links make the tree."""


@dataclass(frozen=True, slots=True)
class Tree:
    """An unrooted tree. `edges`: pairs of nodes with their confidence 0..1; nodes from `n_versions` on are lost versions."""

    n_versions: int
    edges: tuple[tuple[int, int, float], ...]


def loci(codes: npt.NDArray[np.int32], columns: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int32], Floats]:
    """Variable columns with lacunae marked -2, neighbours that group the versions alike as one, and the weight of each."""
    marked = codes.copy()
    for version in range(codes.shape[1]):
        empty = np.flatnonzero(codes[:, version] == GAP)
        if empty.size:
            breaks = np.flatnonzero(np.diff(columns[empty]) != 1) + 1
            for run in np.split(empty, breaks):
                if len(run) >= LACUNA_COLUMNS:
                    marked[run, version] = -2
    kept: list[int] = []
    weights: list[float] = []
    pattern_before = b""
    for row in range(len(marked)):
        _, first, number = np.unique(marked[row], return_index=True, return_inverse=True)
        pattern = np.argsort(np.argsort(first))[number].astype(np.int32).tobytes()
        if kept and pattern == pattern_before and columns[row] - columns[row - 1] == 1:
            weights[-1] += 0.1
            continue
        pattern_before = pattern
        kept.append(row)
        weights.append(1.0)
    return marked[kept], np.array(weights)


def hamming(codes: npt.NDArray[np.int32], weights: Floats) -> Floats:
    """Weighted share of columns in which two versions differ, times all weight: readings; lacunae left out. Shape (versions, versions)."""
    n = codes.shape[1]
    found = np.zeros((n, n))
    whole = weights.sum()
    for version in range(n):
        present = (codes != -2) & (codes[:, version] != -2)[:, None]
        differs = present & (codes != codes[:, version][:, None])
        found[version] = (weights @ differs) / np.maximum(weights @ present, 1e-9) * whole
    return (found + found.T) / 2


def neighbour_joining(distances: Floats) -> list[tuple[int, int, float]]:
    """Edges (node, node, length) of the neighbour-joining tree; new nodes are numbered from the number of leaves on."""
    n = len(distances)
    if n < 2:
        return []
    size = 2 * n
    d = np.zeros((size, size))
    d[:n, :n] = distances
    active = list(range(n))
    edges: list[tuple[int, int, float]] = []
    node = n
    while len(active) > 2:
        at = np.array(active)
        part = d[np.ix_(at, at)]
        total = part.sum(axis=1)
        score = (len(at) - 2) * part - total[:, None] - total[None, :]
        np.fill_diagonal(score, np.inf)
        # Rounded, so that equal scores tie on every machine.
        row, column = divmod(int(np.rint(score * 1e6).argmin()), len(at))
        one, other = active[row], active[column]
        half = part[row, column] / 2 + (total[row] - total[column]) / (2 * (len(at) - 2))
        edges += [(node, one, half), (node, other, part[row, column] - half)]
        d[node, at] = d[at, node] = (d[one, at] + d[other, at] - d[one, other]) / 2
        active = [a for a in active if a not in (one, other)] + [node]
        node += 1
    edges.append((active[0], active[1], float(d[active[0], active[1]])))
    return edges


def collapsed(edges: list[tuple[int, int, float]], n_versions: int) -> list[tuple[int, int]]:
    """Edges after the short ones are collapsed, shortest first; two versions never fall together."""
    stands_for = list(range(max((max(a, b) for a, b, _ in edges), default=0) + 1))

    def find(node: int) -> int:
        while stands_for[node] != node:
            stands_for[node] = stands_for[stands_for[node]]
            node = stands_for[node]
        return node

    for length, one, other in sorted((round(max(length, 0.0), 6), a, b) for a, b, length in edges):
        low, high = sorted((find(one), find(other)))
        if length <= SHORT_EDGE and high >= n_versions:
            stands_for[high] = low
    kept = {(min(find(a), find(b)), max(find(a), find(b))) for a, b, _ in edges}
    return sorted(edge for edge in kept if edge[0] != edge[1])


def shortest_links(distances: Floats) -> list[tuple[int, int]]:
    """Minimum spanning tree (Prim); ties to the lower number."""
    n = len(distances)
    best, nearest = distances[0].astype(np.float64).copy(), np.zeros(n, np.int64)
    best[0] = np.inf
    done = np.zeros(n, bool)
    done[0] = True
    edges = []
    for _ in range(n - 1):
        at = int(best.argmin())
        edges.append((min(int(nearest[at]), at), max(int(nearest[at]), at)))
        done[at] = True
        closer = (distances[at] < best) & ~done
        best[closer], nearest[closer] = distances[at][closer], at
        best[at] = np.inf
    return sorted(edges)


def tree(codes: npt.NDArray[np.int32], columns: npt.NDArray[np.int64]) -> Tree:
    """The tree of the versions (columns of `codes`, which holds the variable columns only). Deterministic (seeded)."""
    n = codes.shape[1]
    if n < 2:
        return Tree(n, ())
    if n > MAX_JOINED:
        return Tree(n, tuple((a, b, 0.5) for a, b in shortest_links(rough_distances(codes))))
    rows, weights = loci(codes, columns)
    if n == 2:
        return Tree(2, ((0, 1, 1.0),))
    whole = collapsed(neighbour_joining(hamming(rows, weights)), n)
    if n > MAX_SAMPLED:
        return Tree(n, tuple((a, b, 0.5) for a, b in whole))
    generator = np.random.default_rng(SEED)
    sampled = [collapsed(neighbour_joining(hamming(rows, weights * generator.poisson(1.0, len(weights)))), n) for _ in range(N_SAMPLES)]
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


def rough_distances(codes: npt.NDArray[np.int32]) -> Floats:
    """Distances of very many versions by the readings that are not the majority's; shape (versions, versions), float32 inside."""
    n = codes.shape[1]
    shared: list[tuple[int, int, int]] = []
    alone = np.zeros(n, np.float32)
    for row, line in enumerate(codes):
        values, counts = np.unique(line, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            if count == 1:
                alone[line == value] += 1
            elif count <= n // 2:
                shared.append((-count, row, value))
    shared.sort()
    held = np.array([codes[row] == value for _, row, value in shared[:2_000]], np.float32).reshape(-1, n).T
    sizes = held.sum(axis=1) + alone
    found = sizes[:, None] + sizes[None, :] - 2 * (held @ held.T)
    np.fill_diagonal(found, 0)
    return np.asarray(found, np.float64)
