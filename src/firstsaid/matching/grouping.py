"""Families: passages held to descend from one, grown from alignments in the order of their documents' dates.

Like leader clustering with the earliest witness as leader: each passage joins the family that its strongest alignment with an earlier
document leads to, if enough of the family's root is left in it (see `family_kernels.LEAST_CLOSENESS`). Joining whatever overlaps
(single linkage) made one family of 29,000 documents out of the letterheads and grant templates of 72,785 press releases.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from firstsaid.model import Alignment, Passage, digest

I64 = npt.NDArray[np.int64]

N_ROW = 6
"""Columns of a passage: its family's root as first found (document, start, end), and the passage (document, start, end)."""


def families(alignments: Sequence[Alignment], order: Sequence[str] = ()) -> list[Passage]:
    """Passages with the family each belongs to, sorted by family, document and place.

    `order`: document ids by date, earliest first; documents not named follow by id. A family is named after its root, the passage of its
    earliest document that a second one shares, so that a later witness changes no id. No thin overlap joins anything, and no later
    document joins two families of earlier ones. Cost: a sort of the alignments.

    >>> pair = Alignment("x", "a", 0, 80, "b", 5, 85, 10_000, 15)
    >>> [(p.document_id, p.start, p.end) for p in families([pair])]
    [('a', 0, 80), ('b', 5, 85)]
    """
    names = sorted({a.left_id for a in alignments} | {a.right_id for a in alignments})
    numbers = {name: number for number, name in enumerate(names)}
    rows = np.array(
        [
            (numbers[a.left_id], a.left_start, a.left_end, numbers[a.right_id], a.right_start, a.right_end, a.similarity, a.n_words)
            for a in alignments
        ],
        np.int64,
    ).reshape(-1, 8)
    places = {name: place for place, name in enumerate(order)}
    by_date = sorted(range(len(names)), key=lambda number: (places.get(names[number], len(places)), names[number]))
    ranks = np.empty(len(names), np.int64)
    ranks[by_date] = np.arange(len(names))
    return named_passages(passage_rows_of(rows, ranks), names)


def passage_rows_of(rows: I64, ranks: I64) -> I64:
    """Passages as rows of `N_ROW` numbers, sorted, from alignments (left, start, end, right, start, end, similarity, equal words).

    Documents are numbers, `ranks` their order by date; starts and ends are code points.
    """
    from firstsaid.matching import family_kernels

    if not len(rows):
        return np.zeros((0, N_ROW), np.int64)
    lefts = np.column_stack([ranks[rows[:, 0]], rows[:, 1:3]])
    rights = np.column_stack([ranks[rows[:, 3]], rows[:, 4:6]])
    is_left_later = (lefts[:, 0] > rights[:, 0])[:, np.newaxis]
    sides = np.hstack([np.where(is_left_later, lefts, rights), np.where(is_left_later, rights, lefts), rows[:, 6:8]])
    strengths = rows[:, 6] * rows[:, 7]
    order = np.lexsort((sides[:, 5], sides[:, 4], sides[:, 3], sides[:, 2], sides[:, 1], -strengths, sides[:, 0]))
    sides, strengths = np.ascontiguousarray(sides[order]), strengths[order]
    places, roots, members = family_kernels.descended(sides, _first_cells(sides, len(ranks)))
    spans = _strongest_spans(sides, members, strengths)
    by_rank = np.argsort(ranks)
    passages = np.column_stack([roots, by_rank[places[:, 0]], spans])
    joined = family_kernels.joined(passages[np.lexsort(passages.T[::-1])])
    founders = places[joined[:, 0]]
    return np.column_stack([by_rank[founders[:, 0]], founders[:, 1:], joined[:, 1:]])


def _first_cells(sides: I64, n_documents: int) -> I64:
    """Where the cells of each document begin (see `family_kernels.CELL_CHARACTERS`): as many as its last side needs."""
    from firstsaid.matching.family_kernels import CELL_CHARACTERS

    lengths = np.zeros(n_documents, np.int64)
    for document, end in ((0, 2), (3, 5)):
        np.maximum.at(lengths, sides[:, document], sides[:, end])
    cells = np.zeros(n_documents + 1, np.int64)
    np.cumsum(lengths // CELL_CHARACTERS + 1, out=cells[1:])
    return cells


def _strongest_spans(sides: I64, members: I64, strengths: I64) -> I64:
    """For each passage the side that belongs to it of its strongest alignment, the first such in its document.

    Not the medians of all its sides: weak alignments are short, and a passage that has many of them would shrink to what they share. Not
    the first side that made it: a root that was first copied in part would be that part for good.
    """
    numbers = members.T.ravel()
    spans = np.concatenate([sides[:, 1:3], sides[:, 4:6]])
    order = np.lexsort((spans[:, 1], spans[:, 0], -np.tile(strengths, 2), numbers))
    order = order[np.searchsorted(numbers[order], 0) :]
    _, firsts = np.unique(numbers[order], return_index=True)
    return spans[order[firsts]]


def family_ids(rows: I64, names: Sequence[str]) -> list[str]:
    """The id of each row's family: the digest of its root as first found."""
    known: dict[tuple[int, int, int], str] = {}
    found = []
    for root in zip(*rows[:, :3].T.tolist(), strict=True):
        if root not in known:
            known[root] = digest("family", names[root[0]], root[1], root[2])
        found.append(known[root])
    return found


def named_passages(rows: I64, names: Sequence[str]) -> list[Passage]:
    """The passages with ids, sorted by family, document and place."""
    found = [
        Passage(digest("passage", family_id, names[document], start, end), family_id, names[document], start, end)
        for family_id, (document, start, end) in zip(family_ids(rows, names), rows[:, 3:].tolist(), strict=True)
    ]
    return sorted(found, key=lambda passage: (passage.family_id, passage.document_id, passage.start, passage.end))
