"""Witnesses of one text, what is said of their descent, and what their dates and credits allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firstsaid.model import DateRange, StemmaEdge, StemmaNode
from firstsaid.wording import units

CERTAIN = 9_000
"""Edges from this confidence on are called certain; `benchmarks/stemma_simulation.py` prints how often they are right."""
LIKELY = 5_000
"""Below this an edge is one of several candidates."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One version of a text as somebody published it. `credits`: outlets, bodies or witness ids that it names as where it has it from."""

    id: str
    text: str
    published: DateRange | None = None
    outlet: str | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stemma:
    """A hypothesis of who copied whom.

    `is_rooted`: dates (or credits) say which way edges run; without them `edges` have `is_directed` False. `earliest`: ids of the earliest
    witnesses among those given, several when their dates tie, None when nothing is dated: a fact about the witnesses, no origin.
    `origins_certain`..`origins_possible`: fewest and most independent first tellings; `origin_reasons` says what joins them.
    """

    is_rooted: bool
    nodes: tuple[StemmaNode, ...]
    edges: tuple[StemmaEdge, ...]
    earliest: tuple[str, ...] | None
    origins_certain: int
    origins_possible: int
    origin_reasons: tuple[str, ...]


def earliest(witnesses: Sequence[Witness]) -> tuple[str, ...] | None:
    """Ids of the dated witnesses that no other is certainly before, in the given order; None when none is dated."""
    dates = [w.published for w in witnesses if w.published]
    if not dates:
        return None
    first_end = min(date.latest for date in dates)
    return tuple(w.id for w in witnesses if w.published and w.published.earliest <= first_end)


FAR = 1 << 60
"""Past every moment: stands for the open ends of an unknown date."""


def moments(witness: Witness) -> tuple[int, int]:
    """Earliest and latest moment; an undated witness may be of any time."""
    return (witness.published.earliest, witness.published.latest) if witness.published else (-FAR, FAR)


def is_before(one: Witness, other: Witness) -> bool:
    """Whether every moment of `one` lies before every moment of `other`."""
    return one.published is not None and other.published is not None and one.published.is_before(other.published)


def name_key(name: str) -> str:
    """A name without its article, in comparable form: "The Harbour News" and "harbour news" are one."""
    keys = units(name).keys
    return " ".join(keys[1:] if len(keys) > 1 and keys[0] in ("the", "der", "die", "das", "le", "la", "les", "el", "los") else keys)


def credited(witnesses: Sequence[Witness]) -> list[frozenset[int]]:
    """For each witness the numbers of the others that it credits: by id, or by the outlet's name within a credited name.

    Several witnesses of one outlet are all candidates. Cost: witnesses * their credits, plus one look-up each.
    """
    by_id = {witness.id: number for number, witness in enumerate(witnesses)}
    by_outlet: dict[str, list[int]] = {}
    for number, witness in enumerate(witnesses):
        if witness.outlet and name_key(witness.outlet):
            by_outlet.setdefault(name_key(witness.outlet), []).append(number)
    found: list[frozenset[int]] = []
    for number, witness in enumerate(witnesses):
        named: set[int] = set()
        for name in witness.credits:
            if name in by_id:
                named.add(by_id[name])
            words = name_key(name).split()
            for low in range(len(words)):
                for high in range(low + 1, min(len(words), low + 8) + 1):
                    named.update(by_outlet.get(" ".join(words[low:high]), ()))
        own = name_key(witness.outlet) if witness.outlet else None
        found.append(frozenset(n for n in named if n != number and not (own and _outlet_key(witnesses[n]) == own)))
    return found


def _outlet_key(witness: Witness) -> str | None:
    return name_key(witness.outlet) if witness.outlet else None
