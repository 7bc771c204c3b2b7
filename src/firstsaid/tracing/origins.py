"""How many independent first tellings there may be, fewest to most, and why witnesses were joined.

Independence of text is not independence of knowledge: two accounts in other words may still rest on one informant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firstsaid.tracing.witnesses import Witness, name_key

MAX_REASONS = 24
"""Sentences kept: the rest is counted in the last one."""
LONG_RUN = 12
"""This many shared words in a row are no chance and no set phrase: the two have one origin (with fewer they may have one)."""


@dataclass(frozen=True, slots=True)
class Origins:
    """`certain`..`possible`: fewest and most independent first tellings; `reasons`: what joins witnesses, strongest first."""

    certain: int
    possible: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """Two witnesses with one origin, for certain or possibly."""

    one: int
    other: int
    is_certain: bool
    reason: str


def origins(witnesses: Sequence[Witness], joinings: Iterable[Joining], named_by: Sequence[frozenset[int]]) -> Origins:
    """The interval after joining through copying (`joinings`), explicit credit, one publisher, and one body credited by several.

    The fewest: every joining holds. The most: only the certain ones do. Reasons are given once per joining that reduced the count.
    """
    listed = [*_by_credit(witnesses, named_by), *_by_publisher(witnesses), *_by_common_credit(witnesses), *joinings]
    n_certain, all_reasons = _joined(len(witnesses), listed)
    n_possible, _ = _joined(len(witnesses), [joining for joining in listed if joining.is_certain])
    reasons = list(dict.fromkeys(all_reasons))
    if len(reasons) > MAX_REASONS:
        reasons = [*reasons[:MAX_REASONS], f"{len(reasons) - MAX_REASONS} more reasons of these kinds"]
    return Origins(n_certain, n_possible, tuple(reasons))


def _joined(n: int, joinings: Iterable[Joining]) -> tuple[int, list[str]]:
    stands_for = list(range(n))

    def find(at: int) -> int:
        while stands_for[at] != at:
            stands_for[at] = stands_for[stands_for[at]]
            at = stands_for[at]
        return at

    reasons = []
    for joining in joinings:
        one, other = find(joining.one), find(joining.other)
        if one != other:
            stands_for[max(one, other)] = min(one, other)
            reasons.append(joining.reason)
    return sum(find(at) == at for at in range(n)), reasons


def _by_credit(witnesses: Sequence[Witness], named_by: Sequence[frozenset[int]]) -> list[Joining]:
    joinings = []
    for number, named in enumerate(named_by):
        for other in sorted(named):
            name = witnesses[other].outlet or witnesses[other].id
            joinings.append(Joining(number, other, True, f"{witnesses[number].id} credits {name}"))
    return joinings


def _by_publisher(witnesses: Sequence[Witness]) -> list[Joining]:
    first: dict[str, int] = {}
    joinings = []
    for number, witness in enumerate(witnesses):
        outlet = name_key(witness.outlet) if witness.outlet else ""
        if outlet and first.setdefault(outlet, number) != number:
            reason = f"{witnesses[first[outlet]].id} and {witness.id} are both published by {witness.outlet}"
            joinings.append(Joining(first[outlet], number, True, reason))
    return joinings


def _by_common_credit(witnesses: Sequence[Witness]) -> list[Joining]:
    first: dict[str, int] = {}
    joinings = []
    for number, witness in enumerate(witnesses):
        for name in witness.credits:
            body = name_key(name)
            if body and first.setdefault(body, number) != number:
                reason = f"{witnesses[first[body]].id} and {witness.id} both credit {name}"
                joinings.append(Joining(first[body], number, True, reason))
    return joinings
