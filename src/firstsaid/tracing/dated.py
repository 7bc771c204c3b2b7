"""Who copied whom where dates say which witnesses can be parents at all.

Every version takes the cheapest earlier version as its parent (with a total order of dates no cycles can arise, so that this is the
minimum arborescence). How sure: the share of resampled columns (Bayesian bootstrap, Rubin 1981)
that keep the choice, but no more than its margin over the second-best allows. Two repairs follow:
children that share readings their common parent lacks get a lost version between, and blocks of readings from elsewhere name a second
parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.collation import GAP, Collation
from firstsaid.tracing.costs import Floats, Numbers, Readings, cells, differing, holders, readings, reverted, shared_against
from firstsaid.tracing.mixture import Mixture, mixture
from firstsaid.tracing.witnesses import FAR, Witness, credited, moments

N_RESAMPLED = 200
"""Resamplings of the columns: the standard error of a confidence of 0.9 is then 0.02."""
SEED = 20_240_601
CREDIT = 4.0
"""An explicit credit outweighs this many readings: copyists name the paper they have before them, but also one that they know it from."""
MAX_CANDIDATES = 400
"""Up to this many versions each is compared with all earlier ones; above it with the nearest ones by shared rare readings."""
MAX_COMPARED = 6_000
"""Above this many versions each is compared with the first one only: all pairs would take minutes."""
N_NEAREST = 64
RARE_READINGS = 2_000
"""How many readings (the least rare of those not in the majority) decide in large families which earlier versions are near."""
MARGIN_SLOPE = 2.0
"""A choice that rests on few columns is as sure as its margin: one reading .93, two .99 (found in the simulation: .90-1.0, .96-.99)."""
ONLY_CANDIDATE = 0.95
"""The only earlier version may still not be the parent: the true one may be lost."""
RANKS_AT_ONCE = 256
"""Rows of the product that finds near versions computed in one go: 6,000 versions make it 6 MB."""
MIN_SHARED = 3
"""Children that share this many readings against their parent had a lost version between (design: three; two meet by chance)."""
MIN_REVERTED = 2
"""A parent's readings that the child does not have, while it has the grandparent's: from two on the child did not read it."""
UNRELATED = 0.2
"""A version that shares less than this share of its words with a parent is linked to none."""


@dataclass(slots=True)
class Link:
    """One version's place in the tree. `parent`: a version or None; `margin`: cost to the second-best parent; `second`: that one."""

    parent: int | None = None
    support: float = 0.0
    second: int | None = None
    margin: float = 0.0
    n_candidates: int = 0
    lost: int | None = None
    also: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dated:
    """Links of all versions.

    `members[v]`: witnesses with version `v`, in date order; `order`: versions in date order;
    `credits[w]`: witnesses that `w` credits; `lost[k]`: the parent version of lost version `k` and its children.
    """

    links: list[Link]
    members: list[list[int]]
    order: list[int]
    named_by: list[frozenset[int]]
    lost: list[tuple[int, list[int]]]
    of: Readings


def date_order(witnesses: Sequence[Witness], collation: Collation, named_by: Sequence[frozenset[int]]) -> list[int]:
    """Witness numbers in order of their dates; of equal dates the credited and the central come first; the undated last.

    Within a tie this order says nothing about time: edges along it are undirected.
    """
    codes = collation.codes[collation.variable()]
    weight = np.bincount(np.array(collation.version_of, np.int64), minlength=codes.shape[1])
    strangeness = len(witnesses) * len(codes) - holders(codes, weight).sum(axis=0)
    n_credits = [0] * len(witnesses)
    for named in named_by:
        for other in named:
            n_credits[other] += 1

    def key(number: int) -> tuple[int, int, int, int, str]:
        low, high = moments(witnesses[number])
        is_undated = witnesses[number].published is None
        return (FAR if is_undated else low, high, -n_credits[number], int(strangeness[collation.version_of[number]]), witnesses[number].id)

    return sorted(range(len(witnesses)), key=key)


def link(witnesses: Sequence[Witness], collation: Collation) -> Dated:
    """Parents of all versions, with lost versions and second parents. Deterministic (seeded)."""
    named_by = credited(witnesses)
    n_versions = len(collation.first_of)
    members: list[list[int]] = [[] for _ in range(n_versions)]
    order: list[int] = []
    for witness in date_order(witnesses, collation, named_by):
        version = collation.version_of[witness]
        if not members[version]:
            order.append(version)
        members[version].append(witness)
    bounds = np.array([moments(witnesses[group[0]]) for group in members], np.int64).reshape(-1, 2)
    of = readings(collation.codes, collation.variable(), bounds[:, 1])
    links = [Link() for _ in range(n_versions)]
    near = _nearest(of, order) if n_versions > MAX_CANDIDATES else None
    weights = _weights(len(of.columns), N_RESAMPLED if n_versions <= MAX_CANDIDATES else N_RESAMPLED // 4)
    for rank, child in enumerate(order):
        candidates = np.array(order[:rank] if near is None else near[rank], np.int64)
        if candidates.size:
            bonus = _bonus(child, candidates, members, named_by)
            links[child] = _choose(of, child, candidates, bonus, weights, collation)
            if near is None and links[child].parent is not None:
                _mix(links[child], _mixture(of, child, candidates, bounds))
    lost = _lost_versions(of, links, order)
    return Dated(links, members, order, named_by, lost, of)


def _weights(n_columns: int, n_resampled: int) -> Floats:
    return np.random.default_rng(SEED).exponential(1.0, (n_columns, n_resampled)).astype(np.float32)


def _bonus(child: int, candidates: Numbers, members: list[list[int]], named_by: Sequence[frozenset[int]]) -> Floats:
    """What explicit credit by the child's first witness takes off the cost of each candidate."""
    named = named_by[members[child][0]]
    return np.array([CREDIT if named and not named.isdisjoint(members[version]) else 0.0 for version in candidates.tolist()], np.float32)


def _choose(of: Readings, child: int, candidates: Numbers, bonus: Floats, weights: Floats, collation: Collation) -> Link:
    """The cheapest of `candidates` (in date order; the earlier one of equal cost) and how often resampled columns agree."""
    rows = differing(of, child, candidates)
    part = of.take(rows, np.append(candidates, child))
    cost = cells(part, len(candidates), np.arange(len(candidates)))
    total = np.rint((cost.sum(axis=0) - bonus) * 100).astype(np.int64)
    own = collation.codes[:, child]
    has_word = own != GAP
    n_kept = ((own[:, None] == collation.codes[:, candidates]) & has_word[:, None]).sum(axis=0)
    # Two fragments of different places share no word, and yet little has to be cut to make one of the other: none is the other's parent.
    related = np.flatnonzero((n_kept > 0) & (n_kept >= UNRELATED * int(has_word.sum())))
    if related.size == 0:
        return Link(n_candidates=len(candidates))
    ranked = related[np.argsort(total[related], kind="stable")]
    best = int(ranked[0])
    parent = int(candidates[best])
    found = Link(parent, 1.0, n_candidates=len(candidates))
    if len(ranked) > 1:
        # Candidates far behind the best cannot win a resampling: leave them out.
        rivals = ranked[: min(len(ranked), 24)]
        sampled = cost[:, rivals].T @ weights[rows] - bonus[rivals][:, None]
        wins = np.abs(sampled - sampled.min(axis=0)) < 1e-3
        found.support = float((wins[0] / wins.sum(axis=0)).mean())
        found.second, found.margin = int(candidates[ranked[1]]), float(total[ranked[1]] - total[best]) / 100
        found.support = min(found.support, 1 - 0.5 * exp(-MARGIN_SLOPE * found.margin))
    else:
        found.support = ONLY_CANDIDATE
    return found


def _mixture(of: Readings, child: int, candidates: Numbers, bounds: Numbers) -> Mixture | None:
    """Two parents that were certainly there before; only versions compared with all others are looked at."""
    before = candidates[bounds[candidates, 1] < bounds[child, 0]]
    rows = differing(of, child, before)
    if before.size < 2:
        return None
    part, n = of.take(rows, np.append(before, child)), len(before)
    found = mixture(part, n, np.arange(n), cells(part, n, np.arange(n)))
    if found is None:
        return None
    return Mixture(int(before[found.first]), int(before[found.second]), int(rows[found.start]), int(rows[found.end - 1]) + 1)


MIXED = 0.8
"""The first parent of a copy from two is rarely more certain than this: which of them is the first is a matter of length."""


def _mix(link: Link, found: Mixture | None) -> None:
    """Record a second parent; the first one is then the one that explains the rest."""
    if found is None:
        return
    link.support = min(link.support, MIXED)
    link.parent = found.first
    link.also.append((found.second, found.start, found.end))


def _nearest(of: Readings, order: list[int]) -> list[list[int]]:
    """For each rank the earlier versions that share most readings which are not the majority's, and the first of all."""
    n = len(order)
    if n > MAX_COMPARED:
        return [order[: min(rank, 1)] for rank in range(n)]
    features: list[npt.NDArray[np.bool_]] = []
    sizes: list[int] = []
    for row in of.codes[:, order]:
        values, counts = np.unique(row, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            if 1 < count <= n // 2:
                features.append(row == value)
                sizes.append(count)
    chosen = sorted(range(len(features)), key=lambda at: (-sizes[at], at))[:RARE_READINGS]
    held = np.array([features[at] for at in chosen], np.float32).T.copy() if chosen else np.zeros((n, 1), np.float32)
    n_held = held.sum(axis=1)
    near: list[list[int]] = []
    common = np.zeros((0, 0), np.float32)
    for rank in range(n):
        if rank % RANKS_AT_ONCE == 0:
            common = held[rank : rank + RANKS_AT_ONCE] @ held[: rank + RANKS_AT_ONCE].T
        # Readings in common count for a candidate, its own others against it.
        score = 2 * common[rank % RANKS_AT_ONCE, :rank] - n_held[:rank]
        top = np.sort(np.argsort(-score, kind="stable")[:N_NEAREST])
        near.append([order[at] for at in sorted({*top.tolist(), *range(min(rank, 4))})])
    return near


def _lost_versions(of: Readings, links: list[Link], order: list[int]) -> list[tuple[int, list[int]]]:
    """Lost versions: between a parent and children that share readings against it. Sets `Link.lost`; may move a child up."""
    for child in order:
        parent = links[child].parent
        grandparent = links[parent].parent if parent is not None else None
        if parent is None or grandparent is None:
            continue
        own = _first_hand(links[child], len(of.columns))
        n_reverted = int((reverted(of, child, parent, grandparent) & own).sum())
        n_shared = int((shared_against(of, child, parent, grandparent) & own).sum())
        if n_reverted >= MIN_REVERTED and n_shared >= MIN_SHARED:
            links[child].parent = grandparent
    lost: list[tuple[int, list[int]]] = []
    children: dict[int, list[int]] = {}
    for child in order:
        parent = links[child].parent
        if parent is not None:
            children.setdefault(parent, []).append(child)
    for parent in order:
        for group in _sharing(of, links, parent, children.get(parent, [])):
            for child in group:
                links[child].lost = len(lost)
            lost.append((parent, group))
    return lost


def _first_hand(link: Link, n_columns: int) -> npt.NDArray[np.bool_]:
    """Columns that a version has from its first parent: all but the block from a second one."""
    own = np.ones(n_columns, bool)
    for _, start, end in link.also:
        own[start:end] = False
    return own


def _sharing(of: Readings, links: list[Link], parent: int, children: list[int]) -> list[list[int]]:
    """Groups of at least two children that share `MIN_SHARED` readings against the parent with the group's first."""
    groups: list[list[int]] = []
    children = children[:MAX_CANDIDATES]
    departs = (of.codes[:, children] != of.codes[:, parent][:, None]).sum(axis=1)
    rows = np.flatnonzero(departs > 1).astype(np.int64)
    if len(children) < 2 or len(rows) < MIN_SHARED:
        return []
    part, n_columns = of.take(rows), len(of.columns)
    for child in children:
        for group in groups:
            own = _first_hand(links[group[0]], n_columns)[rows] & _first_hand(links[child], n_columns)[rows]
            if int((shared_against(part, group[0], child, parent) & own).sum()) >= MIN_SHARED:
                group.append(child)
                break
        else:
            groups.append([child])
    return [group for group in groups if len(group) > 1]
