"""Families: passages held to descend from one, joined from alignments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from firstsaid.model import Alignment, Passage, digest

I64 = npt.NDArray[np.int64]


def families(alignments: Sequence[Alignment], order: Sequence[str] = ()) -> list[Passage]:
    """Passages with the family each belongs to, sorted by family, document and place.

    `order`: document ids by date, earliest first; documents not named follow by id. A family is named after its earliest passage, so that
    a later witness changes no id. Alignments of one family overlap well in the document they share (see `family_kernels`):
    a thin overlap joins nothing. Cost: a sort of the alignments.

    >>> pair = Alignment("x", "a", 0, 80, "b", 5, 85, 10_000, 15)
    >>> [(p.document_id, p.start, p.end) for p in families([pair])]
    [('a', 0, 80), ('b', 5, 85)]
    """
    names = sorted({a.left_id for a in alignments} | {a.right_id for a in alignments})
    numbers = {name: number for number, name in enumerate(names)}
    rows = np.array(
        [(numbers[a.left_id], a.left_start, a.left_end, numbers[a.right_id], a.right_start, a.right_end) for a in alignments], np.int64
    ).reshape(-1, 6)
    return named_passages(passage_rows_of(rows), names, order)


def passage_rows_of(rows: I64) -> I64:
    """Rows (family, document, start, end), sorted, from alignments (left, start, end, right, start, end); documents are numbers."""
    from firstsaid.matching import family_kernels

    if not len(rows):
        return np.zeros((0, 4), np.int64)
    rows = np.unique(rows, axis=0)
    n = len(rows)
    sides = np.concatenate([rows[:, :3], rows[:, 3:]])
    order = np.lexsort(sides.T[::-1])
    places = np.empty(2 * n, np.int64)
    places[order] = np.arange(2 * n)
    partners = np.concatenate([places[n:], places[:n]])[order]
    labels = family_kernels.joined(sides[order], partners)
    members = np.column_stack([labels, sides[order]])
    return family_kernels.passages(members[np.lexsort(members.T[::-1])])


def named_passages(rows: I64, names: Sequence[str], order: Sequence[str]) -> list[Passage]:
    """The passages with ids: a family's is the digest of its earliest passage."""
    ranks = {name: rank for rank, name in enumerate(order)}
    by_family: dict[int, list[tuple[str, int, int]]] = {}
    for family, document, start, end in rows.tolist():
        by_family.setdefault(family, []).append((names[document], start, end))
    found: dict[str, Passage] = {}
    for members in by_family.values():
        first = min(members, key=lambda member: (ranks.get(member[0], len(ranks)), member))
        family_id = digest("family", *first)
        for document_id, start, end in members:
            # Two families with one earliest passage are one, and what they share stands in it once.
            passage_id = digest("passage", family_id, document_id, start, end)
            found[passage_id] = Passage(passage_id, family_id, document_id, start, end)
    return sorted(found.values(), key=lambda passage: (passage.family_id, passage.document_id, passage.start, passage.end))
