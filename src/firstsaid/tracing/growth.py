"""A tree of versions with lost ones between, grown one version at a time and improved by moving branches.

Parsimony in which witnesses may stand at inner nodes. A new version hangs below a node, or below a lost version on an edge: that one reads
as the majority of the three around it. Which places are allowed (dates, kinship) is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from firstsaid.tracing.characters import HAS_TEXT, IS_CUT, UNKNOWN, Characters, Floats, Numbers, States
from firstsaid.tracing.distances import LEAST_LOST

SETTLING_ROUNDS = 2
"""Passes over the lost versions until their readings agree with their neighbours'; more changed no tree."""
NONE = -1

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version may hang: below the node `bottom` (`top` is `NONE`), or below a lost version on the edge `top`-`bottom`."""

    top: int
    bottom: int
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """All places for a version. `tops` is `NONE` for nodes; `owners`: the nearest version that survives at or above each place.

    `differs`: bool (places, characters), where the version has a reading that the place does not explain; `costs` sums their weights and
    what words that come back and a lost version cost.
    """

    tops: Numbers
    bottoms: Numbers
    owners: Numbers
    differs: Bools
    restored: Bools
    costs: Floats

    def place(self, number: int) -> Place:
        """One of them."""
        return Place(int(self.tops[number]), int(self.bottoms[number]))


class Growth:
    """The tree. Nodes below `n` are versions, the others lost ones; `parent` is `NONE` for roots and for what is not placed yet.

    `lost`: how many readings a lost version must save.
    """

    def __init__(self, of: Characters, lost: float = LEAST_LOST, weight: Floats | None = None) -> None:
        self.lost = lost
        self.n, n_characters = of.states.shape
        self.weight = of.weight if weight is None else weight
        self.restoring = of.restoring
        self.cuts = np.flatnonzero(of.restoring > 0)
        self.own = of.states
        size = 2 * self.n + 2
        self.states: States = np.full((size, n_characters), UNKNOWN, np.int16)
        self.states[: self.n] = of.states
        self.parent: Numbers = np.full(size, NONE, np.int64)
        self.children: list[list[int]] = [[] for _ in range(size)]
        self.is_placed: Bools = np.zeros(size, bool)
        self.free = list(range(size - 1, self.n - 1, -1))
        self.lacking = np.flatnonzero((of.states == UNKNOWN).any(axis=1)).tolist()
        self.blocks: dict[int, tuple[int, int]] = {}

    # -------------------------------------------------------------------------------------------------- asking

    def edges(self) -> list[tuple[int, int]]:
        """(parent, child) of all edges, by child."""
        return [(int(self.parent[node]), node) for node in np.flatnonzero(self.is_placed).tolist() if self.parent[node] != NONE]

    def owners(self, nodes: Numbers) -> Numbers:
        """For each node the nearest version that survives, at it or above."""
        found = nodes.copy()
        while (is_lost := found >= self.n).any():
            found[is_lost] = self.parent[found[is_lost]]
        return found

    def below(self, node: int) -> list[int]:
        """The node and all under it."""
        found = [node]
        for at in found:
            found += self.children[at]
        return found

    def readings(self, node: int) -> States:
        """What a node reads of its own accord: nothing where it is cut, nor in a block that it has from a second parent."""
        own: States = self.own[node] if node < self.n else self.states[node]
        if node in self.blocks:
            low, high = self.blocks[node]
            own = own.copy()
            own[low:high] = UNKNOWN
        return own

    def distance(self, above: int, node: int) -> float:
        """What it costs to make `node` out of `above`, in readings."""
        left, right = self.states[above], self.readings(node)
        differs = (left != right) & (left != UNKNOWN) & (right != UNKNOWN)
        return float(differs @ self.weight + (differs & (left == IS_CUT) & (right == HAS_TEXT)) @ self.restoring)

    def places(self, reading: States, without: int = NONE, nodes: Numbers | None = None) -> Places:
        """Every place for a version that reads `reading`, in the tree as it is without the branch of node `without`.

        With `nodes` only these and the edges above them are looked at (all others are too far to matter).
        """
        is_there = self.is_placed.copy()
        joined = NONE
        if without != NONE:
            is_there[self.below(without)] = False
            top = int(self.parent[without])
            if top >= self.n and len(self.children[top]) == 2 and self.parent[top] != NONE:
                # A lost version with one child left is gone too: its parent and that child stand against each other.
                is_there[top] = False
                joined = next(child for child in self.children[top] if child != without)
        listed = np.flatnonzero(is_there) if nodes is None else nodes[is_there[nodes]]
        above = self.parent[listed].copy()
        if joined != NONE:
            above[listed == joined] = self.parent[self.parent[joined]]
        has_edge = above != NONE
        if nodes is not None:
            listed = np.union1d(listed, above[has_edge])
            above = np.where(listed == joined, self.parent[self.parent[joined]], self.parent[listed])
            has_edge = (above != NONE) & is_there[np.maximum(above, 0)] & np.isin(above, listed)
        bottoms, tops = listed[has_edge], above[has_edge]
        states = self.states[listed]
        present = reading != UNKNOWN
        unequal = (states != reading) & present
        known = states != UNKNOWN
        back = np.zeros_like(unequal)
        back[:, self.cuts] = (states[:, self.cuts] == IS_CUT) & (reading[self.cuts] == HAS_TEXT)
        slot = np.searchsorted(listed, tops), np.flatnonzero(has_edge)
        unequal_top, known_top = unequal[slot[0]], known[slot[0]]
        for row, bottom in enumerate(bottoms.tolist()):
            if bottom in self.blocks:
                low, high = self.blocks[bottom]
                unequal_top[row, low:high], known_top[row, low:high] = present[low:high], False
        on_edge = unequal_top & unequal[slot[1]] & (known_top | known[slot[1]])
        differs = np.concatenate([unequal & known, on_edge])
        restored = np.concatenate([back, on_edge & (back[slot[0]] | back[slot[1]])])
        costs = differs @ self.weight + restored @ self.restoring
        costs[len(listed) :] += self.lost
        return Places(
            np.concatenate([np.full(len(listed), NONE), tops]),
            np.concatenate([listed, bottoms]),
            self.owners(np.concatenate([listed, tops])),
            differs,
            restored,
            np.round(costs, 6),
        )

    # -------------------------------------------------------------------------------------------------- changing

    def plant(self, version: int) -> None:
        """A version that hangs below nothing."""
        self.is_placed[version] = True

    def put(self, node: int, place: Place) -> None:
        """Hang a node, with what is below it, at a place."""
        self.is_placed[node] = True
        if place.top == NONE:
            self._fill(node, place.bottom)
            self._link(place.bottom, node)
            return
        self._unlink(place.bottom)
        if place.is_inside:
            self._fill(node, place.top)
            self._link(place.top, node)
            self._link(node, place.bottom)
            return
        lost = self.free.pop()
        self.is_placed[lost] = True
        top, bottom, own = self.states[place.top], self.states[place.bottom], self.readings(node)
        majority = np.where((bottom == own) & (bottom != UNKNOWN), bottom, top)
        self.states[lost] = np.where(majority == UNKNOWN, np.where(bottom != UNKNOWN, bottom, own), majority)
        self._fill(node, lost)
        self._link(place.top, lost)
        self._link(lost, place.bottom)
        self._link(lost, node)

    def take(self, node: int) -> None:
        """Take a branch off the tree; a lost version above it that has one child left goes."""
        top = self._unlink(node)
        if top >= self.n and len(self.children[top]) == 1 and self.parent[top] != NONE:
            self._dissolve(top, int(self.parent[top]))

    def cost_here(self, node: int) -> float:
        """What taking a branch off would save."""
        top = int(self.parent[node])
        cost = self.distance(top, node)
        if top >= self.n and len(self.children[top]) == 2 and self.parent[top] != NONE:
            above, other = int(self.parent[top]), next(child for child in self.children[top] if child != node)
            cost += self.distance(above, top) + self.distance(top, other) - self.distance(above, other) + self.lost
        return round(cost, 6)

    def settle(self) -> None:
        """Lost versions read as most of their neighbours, cut ones as their neighbours where they are cut; equal lost ones go."""
        lost = [node for node in np.flatnonzero(self.is_placed).tolist() if node >= self.n]
        for _ in range(SETTLING_ROUNDS):
            for node in self.lacking:
                if self.is_placed[node] and (around := self._around(node)):
                    missing = self.own[node] == UNKNOWN
                    self.states[node, missing] = _majority(np.array([s[missing] for s in around]), self.states[node, missing])
            for node in lost:
                around = self._around(node)
                if len(around) > 2:
                    self.states[node] = _majority(np.array(around), self.states[node])
        for node in lost:
            top = int(self.parent[node])
            if top == NONE:
                continue
            if len(self.children[node]) < 2 or self._is_equal(node, top):
                self._dissolve(node, top)

    def reroot(self, node: int) -> None:
        """Let every path run from `node`: for trees whose edges have no direction."""
        path = [node]
        while self.parent[path[-1]] != NONE:
            path.append(int(self.parent[path[-1]]))
        for low, high in pairwise(path):
            self.children[high].remove(low)
        for low, high in pairwise(path):
            self.children[low].append(high)
            self.parent[high] = low
        self.parent[node] = NONE

    # -------------------------------------------------------------------------------------------------- inside

    def _around(self, node: int) -> list[States]:
        above = [] if self.parent[node] == NONE else [self.states[self.parent[node]]]
        return above + [self.readings(child) if child in self.blocks else self.states[child] for child in self.children[node]]

    def _is_equal(self, one: int, other: int) -> bool:
        left, right = self.states[one], self.states[other]
        return not ((left != right) & (left != UNKNOWN) & (right != UNKNOWN)).any()

    def _fill(self, node: int, like: int) -> None:
        """What a version has cut away it may have read as its neighbour does."""
        if node < self.n:
            self.states[node] = np.where(self.own[node] == UNKNOWN, self.states[like], self.own[node])

    def _link(self, above: int, node: int) -> None:
        self.parent[node] = above
        self.children[above].append(node)

    def _unlink(self, node: int) -> int:
        above = int(self.parent[node])
        if above != NONE:
            self.children[above].remove(node)
        self.parent[node] = NONE
        return above

    def _dissolve(self, lost: int, into: int) -> None:
        """Give what hangs below a lost version to `into`, its parent."""
        self._unlink(lost)
        for child in list(self.children[lost]):
            self._unlink(child)
            self._link(into, child)
        self.is_placed[lost] = False
        self.free.append(lost)


def _majority(around: States, now: States) -> States:
    """Of each column the commonest known state; ties keep `now`, then go to the first."""
    votes = (around[:, None, :] == around[None, :, :]).sum(axis=1) * 2 + (around == now)
    votes[around == UNKNOWN] = -1
    winner = around[votes.argmax(axis=0), np.arange(around.shape[1])]
    return np.asarray(np.where(winner == UNKNOWN, now, winner), np.int16)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What dates and kinship allow. `earliest`, `latest`: int64 moments of versions; `kin[v, w]`: whether `v` may hang below `w` at all."""

    earliest: Numbers
    latest: Numbers
    kin: Bools

    def allow(self, growth: Growth, node: int, places: Places) -> Bools:
        """Of all places those whose owner may have been there before the branch of `node`."""
        allowed: Bools = self.earliest[places.owners] <= self.first(growth, node)
        return allowed & self.kin[node, places.owners] if node < growth.n else allowed

    def allow_inside(self, growth: Growth, version: int, bottoms: Numbers) -> Bools:
        """Whether a version may stand above each of `bottoms`."""
        return np.array([self.first(growth, bottom) >= self.earliest[version] for bottom in bottoms.tolist()], bool)

    def first(self, growth: Growth, node: int) -> int:
        """The moment by which the first of the versions that a branch begins with was there."""
        if node < growth.n:
            return int(self.latest[node])
        return min(self.first(growth, child) for child in growth.children[node])


def cheapest(growth: Growth, node: int, places: Places, bounds: Bounds, bonus: Floats | None = None) -> tuple[Place, float] | None:
    """The cheapest allowed place and its cost; of equal ones a node before an edge, the lower number first. None when none is allowed.

    `bonus`: what each version's credit takes off. A version without children may also stand inside an edge: then whatever it
    has of its own is undone below it.
    """
    allowed = bounds.allow(growth, node, places)
    if not allowed.any():
        return None
    costs = places.costs if bonus is None else places.costs - bonus[places.owners]
    best = int(np.where(allowed, costs, np.inf).argmin())
    found, cost = places.place(best), float(costs[best])
    on_edge = np.flatnonzero(allowed & (places.tops != NONE))
    if node < growth.n and not growth.children[node] and on_edge.size:
        inside = np.where(bounds.allow_inside(growth, node, places.bottoms[on_edge]), 2 * (places.costs[on_edge] - growth.lost), np.inf)
        least = int(inside.argmin())
        if inside[least] < cost - 1e-6:
            place = places.place(int(on_edge[least]))
            return Place(place.top, place.bottom, is_inside=True), float(inside[least])
    return found, cost


def improve(growth: Growth, order: Sequence[int], bounds: Bounds, rounds: int, bonuses: Mapping[int, Floats]) -> None:
    """Move branches to where they cost less, until none does or the rounds are over.

    `bonuses[v][w]`: what `v`'s credit to `w` is worth.
    """
    for _ in range(rounds):
        n_moved = 0
        for node in [*order, *range(growth.n, len(growth.parent))]:
            if not growth.is_placed[node] or growth.parent[node] == NONE:
                continue
            own_bonus = bonuses.get(node)
            found = cheapest(growth, node, growth.places(growth.readings(node), without=node), bounds, own_bonus)
            credit = 0.0 if own_bonus is None else float(own_bonus[growth.owners(growth.parent[node : node + 1])[0]])
            if found is not None and found[1] < growth.cost_here(node) - credit - 1e-6:
                growth.take(node)
                growth.put(node, found[0])
                n_moved += 1
        growth.settle()
        if n_moved == 0:
            return
