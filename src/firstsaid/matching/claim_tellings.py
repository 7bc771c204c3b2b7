"""How many tellings of a claim there are: copies are merged, then what says the same in other words is put side by side.

Counting is by leader: each claim joins the earliest group that it is linked to by a pair called "same", if it is not strange to the
group's first claim; so that a chain of small steps does not join what nobody would call one claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from firstsaid.columns import iterate, schema, to_table
from firstsaid.model import FULL, ClaimPair, ClaimTelling, digest

CLAIM_TELLING_SCHEMA = schema(ClaimTelling)
LEAST_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a claim stands. `rank`: of its document by date, then its start."""

    rank: tuple[bool, int, str, int]
    claim_id: str
    document_id: str
    start: int
    end: int


@dataclass(slots=True)
class _Group:
    head: str
    members: list[tuple[str, str, str, int]] = field(default_factory=list)
    """(claim, telling, reason, score)."""


def telling_rows(pairs: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Group kernel over all rows of `claim_pair`, beside `heading`: one row for each claim that several documents make."""
    heading = beside["heading"]
    dates = dict(zip(heading.column("document_id").to_pylist(), heading.column("published_earliest").to_pylist(), strict=True))
    places: dict[str, _Place] = {}
    links: dict[str, list[ClaimPair]] = {}
    for pair in iterate(ClaimPair, pairs):
        places[pair.left_id] = _place(dates, pair.left_id, pair.left_document_id, pair.left_start, pair.left_end)
        places[pair.right_id] = _place(dates, pair.right_id, pair.right_document_id, pair.right_start, pair.right_end)
        links.setdefault(pair.right_id, []).append(pair)
    group_of: dict[str, _Group] = {}
    telling_of: dict[str, str] = {}
    groups: list[_Group] = []
    for place in sorted(places.values(), key=lambda one: (one.rank, one.claim_id)):
        known = {pair.left_id: pair for pair in links.get(place.claim_id, ())}
        group, telling, reason, score = _joined(place, known, places, group_of, telling_of)
        if group is None:
            group = _Group(place.claim_id)
            groups.append(group)
        group_of[place.claim_id] = group
        telling_of[place.claim_id] = telling
        group.members.append((place.claim_id, telling, reason, score))
    rows: list[ClaimTelling] = []
    for group in groups:
        if len({places[claim].document_id for claim, *_ in group.members}) < LEAST_DOCUMENTS:
            continue
        name = digest("claim group", group.head)
        for claim, telling, reason, score in group.members:
            at = places[claim]
            rows.append(ClaimTelling(name, digest("telling", telling), claim, at.document_id, at.start, at.end, reason, score))
    return to_table(ClaimTelling, rows)


def _place(dates: Mapping[str, int | None], claim_id: str, document_id: str, start: int, end: int) -> _Place:
    date = dates.get(document_id)
    return _Place((date is None, date or 0, document_id, start), claim_id, document_id, start, end)


def _joined(
    place: _Place,
    known: Mapping[str, ClaimPair],
    places: Mapping[str, _Place],
    group_of: Mapping[str, _Group],
    telling_of: Mapping[str, str],
) -> tuple[_Group | None, str, str, int]:
    """The group that a claim joins (None: a new one), its telling, why, and the score of the link."""
    earlier = sorted(known.values(), key=lambda pair: (places[pair.left_id].rank, pair.left_id))
    for pair in earlier:
        if pair.band == "copy":
            reason = f"the same words as in {pair.left_document_id}, or copied with it"
            return group_of[pair.left_id], telling_of[pair.left_id], reason, pair.score
    linked = [pair for pair in earlier if pair.band == "same" and _fits(pair, known, group_of, telling_of)]
    if linked:
        best = max(linked, key=lambda pair: pair.score)  # of equal ones the earliest
        reason = f"in other words than in {best.left_document_id}"
        return group_of[best.left_id], place.claim_id, reason, best.score
    return None, place.claim_id, "the earliest here", FULL


def _fits(pair: ClaimPair, known: Mapping[str, ClaimPair], group_of: Mapping[str, _Group], telling_of: Mapping[str, str]) -> bool:
    """Whether a link leads to a group's first telling, or its first claim is at least possibly the same."""
    head = group_of[pair.left_id].head
    return telling_of[pair.left_id] == telling_of[head] or head in known
