"""Who copied whom where dates say which witnesses can be parents at all.

Versions are added in date order, each where it costs least (`growth`): below a version or below a lost one between two others. Then
branches move to where they cost less, as far as dates allow, and blocks of readings from elsewhere name a second parent
(`mixture`). How sure each parent is: `confidence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.characters import Characters, Floats, Numbers, characters
from firstsaid.tracing.collation import GAP, Collation, holders
from firstsaid.tracing.confidence import Judgement, climate, judged, resampled
from firstsaid.tracing.distances import lost_cost
from firstsaid.tracing.growth import NONE, Bools, Bounds, Growth, Places, cheapest, improve
from firstsaid.tracing.mixture import MIXED, Mixture, mixture
from firstsaid.tracing.witnesses import FAR, Witness, credited, moments

CREDIT = 4.0
"""An explicit credit outweighs this many readings: copyists name the paper they have before them, but also one that they know it from."""
MAX_IMPROVED = 150
"""Up to this many versions branches are moved and second parents looked for (cubic cost, some seconds); above it a version stays where
it was added, chosen among its nearest ones."""
MAX_COMPARED = 6_000
"""Above this many versions each is compared with the first one only: all pairs would take minutes."""
N_NEAREST = 64
RARE_READINGS = 2_000
"""How many readings (the least rare of those not in the majority) decide in large families which earlier versions are near."""
RANKS_AT_ONCE = 256
"""Rows of the product that finds near versions computed in one go: 6,000 versions make it 6 MB."""
ROUNDS = 3
"""How often all branches are tried elsewhere; the third round moves next to none."""
UNKNOWN_CLIMATE = (0.1, 0.1)
"""In large families choices are judged as they are made, before it shows how much was lost: as in a typical one."""
UNRELATED = 0.2
"""A version that shares less than this share of its words with a parent is linked to none."""


@dataclass(slots=True)
class Link:
    """One version's place in the tree. `parent`: the nearest version that survives, or None; `lost`: the lost version between, a node.

    `second`: the next best parent, `margin` readings behind. `mixed`: the likeliest second parent,
    held to be one from `mixture.MIXED` on. `features`: what the support was computed from (`confidence.FEATURES`).
    """

    parent: int | None = None
    support: float = 0.0
    second: int | None = None
    margin: float = 0.0
    n_candidates: int = 0
    lost: int | None = None
    mixed: Mixture | None = None
    features: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """Links of all versions.

    `members[v]`: witnesses with version `v`, in date order; `order`: versions in date order;
    `named_by[w]`: witnesses that `w` credits; `lost`: nodes of lost versions, parents before children.
    """

    links: list[Link]
    members: list[list[int]]
    order: list[int]
    named_by: list[frozenset[int]]
    lost: list[int]
    growth: Growth
    of: Characters


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
    n = len(collation.first_of)
    members: list[list[int]] = [[] for _ in range(n)]
    order: list[int] = []
    for witness in date_order(witnesses, collation, named_by):
        version = collation.version_of[witness]
        if not members[version]:
            order.append(version)
        members[version].append(witness)
    spans = np.array([moments(witnesses[group[0]]) for group in members], np.int64).reshape(-1, 2)
    is_small = n <= MAX_IMPROVED
    near = None if is_small else nearest(collation.codes[collation.variable()], order)
    bounds = Bounds(spans[:, 0], spans[:, 1], _kin(collation, order, near))
    of = characters(collation.codes)
    grown = _Grown(Growth(of, lost_cost(of)), of, bounds, _bonuses(members, named_by), resampled(of, is_small=is_small), order)
    links = [Link() for _ in range(n)]
    for rank, version in enumerate(order):
        judgement = grown.add(version, rank, None if near is None else np.array(near[rank], np.int64))
        if judgement is not None:
            _record(links[version], judgement)
    grown.growth.settle()
    if is_small:
        # Two versions leave no choice.
        for version, found in (grown.improve() if n > 2 else {}).items():
            links[version].mixed = found
        of_family = climate(grown.growth, of)
        for version in order:
            if grown.growth.parent[version] != NONE:
                _record(links[version], grown.judge(version, of_family))
    for version in order:
        above = int(grown.growth.parent[version])
        links[version].lost = above if above >= n else None
        links[version].parent = None if above == NONE else int(grown.growth.owners(np.array([above]))[0])
    return Dated(links, members, order, named_by, _lost_in_order(grown.growth, order), grown.growth, of)


@dataclass(frozen=True, slots=True)
class _Grown:
    """A tree that grows, with what is needed at each step."""

    growth: Growth
    of: Characters
    bounds: Bounds
    bonuses: dict[int, Floats]
    samples: npt.NDArray[np.float32]
    order: list[int]

    def add(self, version: int, rank: int, near: Numbers | None) -> Judgement | None:
        """Hang a version where it costs least; for large families (`near`: the versions to look at) also judge the choice now."""
        if rank == 0:
            self.growth.plant(version)
            return None
        places = self.growth.places(self.growth.readings(version), nodes=near)
        found = cheapest(self.growth, version, places, self.bounds, self.bonuses.get(version))
        if found is None:
            self.growth.plant(version)
            return None
        self.growth.put(version, found[0])
        return None if near is None else self._judged(version, places, UNKNOWN_CLIMATE)

    def improve(self) -> dict[int, Mixture]:
        """Move branches, find second parents, and move the branches that this frees."""
        improve(self.growth, self.order, self.bounds, ROUNDS, self.bonuses)
        self._mix()
        improve(self.growth, self.order, self.bounds, ROUNDS - 1, self.bonuses)
        found = self._mix()
        self.growth.settle()
        return found

    def judge(self, version: int, of_family: tuple[float, float]) -> Judgement:
        """How sure the parent of a version is, against all other places in the finished tree."""
        return self._judged(version, self.growth.places(self.growth.readings(version), without=version), of_family)

    def _judged(self, version: int, places: Places, of_family: tuple[float, float]) -> Judgement:
        allowed = self.bounds.allow(self.growth, version, places)
        return judged(self.growth, self.of, version, places, allowed, self.samples, self.bonuses.get(version), of_family)

    def _mix(self) -> dict[int, Mixture]:
        """Every version taken off the tree and judged again, as a copy from one or from two that were certainly there before."""
        growth, mixtures = self.growth, {}
        lost_share, _ = climate(growth, self.of)
        for version in self.order:
            if growth.parent[version] == NONE:
                continue
            growth.blocks.pop(version, None)
            reading = growth.readings(version)
            places = growth.places(reading, without=version)
            found = cheapest(growth, version, places, self.bounds, self.bonuses.get(version))
            if found is None:
                continue
            place = found[0]
            before = self.bounds.allow(growth, version, places) & self._is_before(version, places)
            mixed = mixture(growth, self.of, reading, places, before, found[1], lost_share)
            if mixed is not None:
                mixtures[version] = mixed
            if mixed is not None and mixed.likelihood >= MIXED:
                place = mixed.place
                growth.blocks[version] = mixed.start, mixed.end
            growth.take(version)
            growth.put(version, place)
        return mixtures

    def _is_before(self, version: int, places: Places) -> Bools:
        """Places that stand for a version before this one. What a later one shares with it may be its own gift."""
        first = {node: self.bounds.first(self.growth, node) for node in set(places.bottoms.tolist())}
        return np.array([first[node] < self.bounds.earliest[version] for node in places.bottoms.tolist()], bool)


def _record(into: Link, judgement: Judgement) -> None:
    into.support, into.second, into.margin = judgement.confidence, judgement.second, judgement.margin
    into.n_candidates, into.features = judgement.n_candidates, judgement.features


def _bonuses(members: list[list[int]], named_by: Sequence[frozenset[int]]) -> dict[int, Floats]:
    """For each version whose first witness credits another: what that takes off the cost of each version as its parent."""
    found = {}
    for version, group in enumerate(members):
        named = named_by[group[0]]
        if named:
            found[version] = np.array([0.0 if named.isdisjoint(others) else CREDIT for others in members])
    return found


def _kin(collation: Collation, order: list[int], near: list[list[int]] | None) -> Bools:
    """Which versions share enough words to be copies: bool (versions, versions), whether the row may hang below the column.

    Two fragments of different places share no word, and yet little has to be cut to make one of the other: none is the other's parent.
    """
    codes = collation.codes
    found = np.zeros((codes.shape[1], codes.shape[1]), bool)
    for rank, version in enumerate(order):
        others = np.arange(codes.shape[1]) if near is None else np.array(near[rank], np.int64)
        own = codes[:, version]
        rows = np.flatnonzero(own != GAP)
        n_kept = (codes[np.ix_(rows, others)] == own[rows][:, None]).sum(axis=0)
        found[version, others] = (n_kept > 0) & (n_kept >= UNRELATED * len(rows))
    return found


def nearest(codes: npt.NDArray[np.int32], order: list[int]) -> list[list[int]]:
    """For each rank the earlier versions that share most readings which are not the majority's, and the first of all."""
    n = len(order)
    if n > MAX_COMPARED:
        return [order[: min(rank, 1)] for rank in range(n)]
    features: list[npt.NDArray[np.bool_]] = []
    sizes: list[int] = []
    for row in codes[:, order]:
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


def _lost_in_order(growth: Growth, order: list[int]) -> list[int]:
    """Nodes of lost versions, parents before children, in order of the first of their copies."""
    found: dict[int, None] = {}
    for version in order:
        path = []
        node = int(growth.parent[version])
        while node >= growth.n and node not in found:
            path.append(node)
            node = int(growth.parent[node])
        found.update(dict.fromkeys(reversed(path)))
    return list(found)
