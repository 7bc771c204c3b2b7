"""Compiled loops that group the sides of alignments into families, from the earliest document to the latest. Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled

I64 = npt.NDArray[np.int64]

SHARE_OF_LONGER, SHARE_OF_SHORTER, LEAST_OF_LONGER = 50, 85, 30
"""Percent of two stretches of one document that they must share to be one passage: half of the longer; or nearly all of the shorter and
a third of the longer. Less, and a quoted sentence joins every article that quotes it with every other sentence of each."""
WHOLE = 10_000
LEAST_CLOSENESS = 1_500
"""How close to its family's root a passage must be, of 10,000: the share of the root's words that are left at the end of the best line of
copies, taking each copy's losses as independent. At 2,500, families of heavy rewritings fall apart (of 10,000 documents, one family in
three hundred); at none, templates that are refilled again and again run into one another a word at a time."""
LEAST_WORDS_LEFT = 7
"""Words of the root that must be left, by the same reckoning: as many as an alignment needs. A root of a dozen words ("a member of the
Senate Armed Services Committee") is a set phrase, and what has half of it is another; at 8, families of heavy rewritings fall apart."""
CELL_CHARACTERS = 256
"""Passages of a document are looked up by the cell that their middle lies in; a look-up visits 3.4 cells for each cell's length of text."""
REACH = 17
"""Tenths of a stretch's length from its middle to that of a passage it may be one with: the longest has 10/3 of its length."""


@compiled
def is_same_passage(low: int, high: int, other_low: int, other_high: int) -> bool:
    """Whether two stretches of one document are one passage."""
    shared = 100 * (min(high, other_high) - max(low, other_low))
    if shared <= 0:
        return False
    longer, shorter = max(high - low, other_high - other_low), min(high - low, other_high - other_low)
    return shared >= SHARE_OF_LONGER * longer or (shared >= SHARE_OF_SHORTER * shorter and shared >= LEAST_OF_LONGER * longer)


@compiled
def covered(low: int, high: int, other_low: int, other_high: int) -> int:
    """What two stretches share of the longer, in 1/10,000."""
    return WHOLE * (min(high, other_high) - max(low, other_low)) // max(1, high - low, other_high - other_low)


@compiled
def is_close(closeness: int, root_words: int) -> bool:
    """Whether enough of a root of so many words is left in a passage of such closeness to it."""
    return closeness >= LEAST_CLOSENESS and closeness * root_words >= LEAST_WORDS_LEFT * WHOLE


@compiled
def passage_at(document: int, low: int, high: int, first_cells: I64, heads: I64, following: I64, places: I64) -> int:
    """The number of the document's passage that a stretch is one with: the one it covers best, then the first made; -1 where none is."""
    middle, reach = (low + high) // 2, (high - low) * REACH // 10
    first_cell = first_cells[document]
    last = min((middle + reach) // CELL_CHARACTERS, first_cells[document + 1] - first_cell - 1)
    found, best = -1, -1
    for cell in range(max(0, middle - reach) // CELL_CHARACTERS, last + 1):
        number = heads[first_cell + cell]
        while number >= 0:
            if is_same_passage(low, high, places[number, 1], places[number, 2]):
                share = covered(low, high, places[number, 1], places[number, 2])
                if share > best or (share == best and number < found):
                    found, best = number, share
            number = following[number]
    return found


@compiled
def put(
    number: int, document: int, low: int, high: int, root: int, close: int,
    first_cells: I64, heads: I64, following: I64, places: I64, roots: I64, closeness: I64,
) -> None:  # fmt: skip
    """Write down a new passage."""
    places[number, 0], places[number, 1], places[number, 2] = document, low, high
    roots[number] = root
    closeness[number] = close
    cell = first_cells[document] + (low + high) // 2 // CELL_CHARACTERS
    following[number] = heads[cell]
    heads[cell] = number


@compiled
def descended(sides: I64, first_cells: I64) -> tuple[I64, I64, I64]:
    """Every passage and what it descends from: places (document, start, end), the number of each one's root, and members.

    `sides`: one row per alignment, (later document, start, end, earlier document, start, end, similarity, equal words); documents are
    numbered by date; sorted by later document, strongest alignment first. `first_cells`: where the cells of each document begin, and
    one more.
    `members`: for each row the passages that its two sides belong to, -1 for none.

    A later document's stretch joins the family of the earlier passage that its strongest alignment leads to, if it is close enough to
    that family's root; an earlier stretch that belongs to none begins a family, or is taken into that of the later passage. No two
    families are ever joined: a later document changes nothing of what earlier ones have been found to share.
    """
    n = len(sides)
    heads = np.full(first_cells[-1], -1, np.int64)
    following = np.empty(2 * n, np.int64)
    places = np.empty((2 * n, 3), np.int64)
    roots = np.empty(2 * n, np.int64)
    closeness = np.empty(2 * n, np.int64)
    root_words = np.zeros(2 * n, np.int64)
    members = np.full((n, 2), -1, np.int64)
    size = 0
    for i in range(n):
        later, low, high, earlier, other_low, other_high, similarity, n_words = sides[i]
        mine = passage_at(later, low, high, first_cells, heads, following, places)
        other = passage_at(earlier, other_low, other_high, first_cells, heads, following, places)
        if other >= 0:
            share = covered(other_low, other_high, places[other, 1], places[other, 2])
            close = closeness[other] * similarity // WHOLE * share // WHOLE
            if mine < 0 and is_close(close, root_words[roots[other]]):
                mine, size = size, size + 1
                put(mine, later, low, high, roots[other], close, first_cells, heads, following, places, roots, closeness)
            elif mine >= 0 and roots[mine] == roots[other]:
                closeness[mine] = max(closeness[mine], close)
        elif mine < 0:
            other, mine, size = size, size + 1, size + 2
            put(other, earlier, other_low, other_high, other, WHOLE, first_cells, heads, following, places, roots, closeness)
            root_words[other] = n_words * WHOLE // max(1, similarity)
            put(mine, later, low, high, other, similarity, first_cells, heads, following, places, roots, closeness)
        else:
            close = closeness[mine] * similarity // WHOLE * covered(low, high, places[mine, 1], places[mine, 2]) // WHOLE
            if is_close(close, root_words[roots[mine]]):
                other, size = size, size + 1
                put(other, earlier, other_low, other_high, roots[mine], close, first_cells, heads, following, places, roots, closeness)
        if mine >= 0 and other >= 0 and roots[mine] == roots[other]:
            members[i, 0], members[i, 1] = mine, other
    return places[:size].copy(), roots[:size].copy(), members


@compiled
def joined(passages: I64) -> I64:
    """Rows (root, document, start, end): those of one family and document that overlap become one. `passages`: such rows, sorted."""
    out = np.empty((len(passages), 4), np.int64)
    size = 0
    for row in passages:
        if size and out[size - 1, 0] == row[0] and out[size - 1, 1] == row[1] and row[2] < out[size - 1, 3]:
            out[size - 1, 3] = max(out[size - 1, 3], row[3])
        else:
            out[size] = row
            size += 1
    return out[:size].copy()
