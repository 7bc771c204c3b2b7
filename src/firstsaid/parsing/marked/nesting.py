"""Quotations inside quotations: each lies in the smallest one that holds it; "I" in it is who says that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firstsaid.model import Quotation, by_start


def with_parents(quotations: Sequence[Quotation]) -> list[Quotation]:
    """The quotations in reading order, each with the id of the smallest one that strictly contains it. n log n.

    "I told him that ..." inside a quotation gets the name of the outer speaker.
    """
    found: list[Quotation] = []
    around: list[Quotation] = []
    for quotation in by_start(quotations):
        while around and around[-1].end <= quotation.start:
            around.pop()
        parent = next((item for item in reversed(around[-8:]) if _contains(item, quotation)), None)
        if parent is not None:
            quotation = replace(quotation, parent_id=parent.id)
            if (quotation.speaker_name or "").lower() in _OWN and parent.speaker_name is not None:
                quotation = replace(quotation, speaker_name=parent.speaker_name, name_id=parent.name_id)
        found.append(quotation)
        around.append(quotation)
    return found


_OWN = frozenset(("i", "ich", "je", "yo", "eu", "io", "я"))


def _contains(outer: Quotation, inner: Quotation) -> bool:
    if not (outer.start <= inner.start and inner.end <= outer.end) or (outer.start, outer.end) == (inner.start, inner.end):
        return False
    # What stands between two pieces ("..., she said, ...") is not part of the quotation.
    return any(start <= inner.start and inner.end <= end for start, end in outer.pieces) or (
        len(inner.pieces) > 1 and outer.pieces[0][0] <= inner.start and inner.end <= outer.pieces[-1][1]
    )
