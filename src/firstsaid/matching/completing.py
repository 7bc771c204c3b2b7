"""What the alignments of many documents tell about each other: which weak ones to believe, where they end, who else to compare.

In blocks of documents, so that what is proposed need not fit in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.matching.space import Space
from firstsaid.matching.threads import in_threads
from firstsaid.matching.words import WordArrays

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

HUB, WEAK = 1, 2
"""Bits of an alignment's flags (column 8): one side is the hub's; too few points to stand alone."""
N_FOUND, N_KIN = 9, 13
"""Columns of found rows (left, right, left words from, to, right words from, to, points, equal words, flags), and of kin rows: the same,
then the stretch that other alignments vouch for. A row with points `complete_kernels.PROPOSED` says where to look."""
HOPS = 2
"""A and C are compared if one document joins them, or two. A third hop finds one in a thousand more."""
LEAST_WITNESSES = 3
"""Alignments of a passage, on either side, that can settle its ends: with two, the one that ran on over its end would move the other's."""
MOST_RANGES, ROWS_PER_RANGE = 256, 4_096
"""Ranges of documents, and the fewest rows worth one: enough for even work on many cores, and for a block to be a small part of the whole;
of fewer rows, calling costs more than the work."""


def in_order(rows: I64) -> I64:
    """The rows sorted by all their columns. The first six are documents and words, two of which are one number to sort by."""
    if len(rows) < 2:
        return rows
    packed = [(rows[:, c] << 32) | rows[:, c + 1] for c in (0, 2, 4)]
    return rows[np.lexsort((*rows[:, :5:-1].T, *packed[::-1]))]


def pair_keys(rows: I64) -> U64:
    """The pair of each row as one number: left << 32 | right."""
    return (rows[:, 0].astype(np.uint64) << np.uint64(32)) | rows[:, 1].astype(np.uint64)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of rows (sorted by their left document), to be had by range of documents."""

    rows: I64
    by_right: I64
    left_cuts: I64
    right_cuts: I64

    @staticmethod
    def of(rows: I64, limits: I64) -> Sides:
        """`limits`: the first document of each range, and one more."""
        by_right = np.argsort(rows[:, 1], kind="stable")
        return Sides(rows, by_right, np.searchsorted(rows[:, 0], limits), np.searchsorted(rows[by_right, 1], limits))

    def of_range(self, number: int) -> tuple[I64, I64]:
        """The sides of a range, sorted, and the number of each one's row, inverted (`~`) for a right side.

        Columns of a side: document, start, end, other document, other start, other end.
        """
        lefts = np.arange(self.left_cuts[number], self.left_cuts[number + 1])
        rights = self.by_right[self.right_cuts[number] : self.right_cuts[number + 1]]
        sides = np.concatenate([self.rows[lefts][:, [0, 2, 3, 1, 4, 5]], self.rows[rights][:, [1, 4, 5, 0, 2, 3]]])
        order = np.lexsort(sides.T[::-1])
        return sides[order], np.concatenate([lefts, ~rights])[order]


def limits_of(n_documents: int, n_rows: int) -> I64:
    """The first document of each range, and one more."""
    per_range = max(1, -(-n_documents // min(MOST_RANGES, 1 + n_rows // ROWS_PER_RANGE)))
    return np.arange(0, n_documents + per_range, per_range)


def kin_rows(found: I64, captures: I64, spans: I64, space: Space | None = None) -> I64:
    """Kin rows, sorted, from all that was found: believed, widened, proposed. `captures`, `spans`: see `aligning.Corpus`."""
    limits = limits_of(len(captures), len(found))
    made = [_widened(_believed(in_order(found), limits), limits)]
    for _ in range(HOPS):
        known = in_order(np.concatenate([rows[:, [0, 1, 9, 10, 11, 12, 6, 7, 8]] for rows in made]))
        made.append(_proposed(known, captures, spans, limits, space or Space()))
    return in_order(np.concatenate(made))


def completed(kin: I64, words: WordArrays) -> I64:
    """The alignments of kin rows (sorted), read word by word, sorted. Pairs must be whole."""
    from firstsaid.matching import complete_kernels

    limits = limits_of(len(words.bounds) - 1, len(kin))
    cuts = np.searchsorted(kin[:, 0], limits)

    def read(number: int) -> I64:
        rows = kin[cuts[number] : cuts[number + 1]]
        return in_order(complete_kernels.completed(rows, words.hashes, words.signatures, words.bounds))

    return np.concatenate([np.zeros((0, N_FOUND), np.int64), *in_threads(read, range(len(limits) - 1))])


def _believed(rows: I64, limits: I64) -> I64:
    """The rows without the weak ones that no strong alignment supports; the others count as strong."""
    from firstsaid.matching import kin_kernels

    is_weak = (rows[:, 8] & WEAK) != 0
    if not is_weak.any():
        return rows
    plain = np.flatnonzero(rows[:, 8] != HUB)
    sides = Sides.of(rows[plain], limits)
    supported = np.zeros(len(plain), np.bool_)

    def judge(number: int) -> None:
        places, numbers = sides.of_range(number)
        row_numbers = np.maximum(numbers, ~numbers)
        weak = is_weak[plain[row_numbers]]
        support = kin_kernels.supporters(np.column_stack([places[:, :4], weak]))
        supported[row_numbers[support > 0]] = True

    in_threads(judge, range(len(limits) - 1))
    is_kept = ~is_weak
    is_kept[plain] |= supported
    kept = rows[is_kept]
    kept[:, 8] &= ~WEAK
    return in_order(kept)


def _widened(rows: I64, limits: I64) -> I64:
    """Kin rows of the rows: where the other witnesses of both sides' passage agree that it goes on, so does the stretch vouched for."""
    from firstsaid.matching import kin_kernels

    kin = rows[:, [*range(N_FOUND), 2, 3, 4, 5]]
    plain = np.flatnonzero(rows[:, 8] == 0)
    sides = Sides.of(rows[plain], limits)
    left, right = (np.zeros((len(plain), 3), np.int64) for _ in range(2))

    def settle(number: int) -> None:
        places, numbers = sides.of_range(number)
        agreed = kin_kernels.agreed_ends(places)
        is_left = numbers >= 0
        left[numbers[is_left]] = agreed[is_left]
        right[~numbers[~is_left]] = agreed[~is_left]

    in_threads(settle, range(len(limits) - 1))
    is_settled = np.maximum(left[:, 2], right[:, 2]) >= LEAST_WITNESSES
    begins = is_settled & (left[:, 0] < rows[plain, 2]) & (right[:, 0] < rows[plain, 4])
    goes_on = is_settled & (left[:, 1] > rows[plain, 3]) & (right[:, 1] > rows[plain, 5])
    for wider, column in ((begins, 0), (goes_on, 1)):
        kin[plain[wider], 9 + column], kin[plain[wider], 11 + column] = left[wider, column], right[wider, column]
    return kin


def _proposed(known: I64, captures: I64, spans: I64, limits: I64, space: Space) -> I64:
    """What documents that match the same words of a third have there, as kin rows; pairs that are known there are left out."""
    from firstsaid.matching import complete_kernels, kin_kernels

    pairs = pair_keys(known)
    firsts = np.searchsorted(known[:, 0], np.arange(len(captures) + 1))
    sides = Sides.of(known[known[:, 8] == 0], limits)

    def proposed(number: int) -> tuple[I64, I64]:
        """What the documents of one range propose, by left document, and where each range of left documents begins."""
        made = kin_kernels.propose(sides.of_range(number)[0], pairs, firsts, known, captures, spans)
        made = made[np.argsort(made[:, 0], kind="stable")]
        return space.keep(made.ravel()).reshape(-1, made.shape[1]), np.searchsorted(made[:, 0], limits)

    numbers = range(len(limits) - 1)
    pieces = in_threads(proposed, numbers)

    def gathered(number: int) -> I64:
        """The proposals of one range of left documents, as kin rows."""
        rows = kin_kernels.gathered(in_order(np.concatenate([made[cuts[number] : cuts[number + 1]] for made, cuts in pieces])))
        unread = np.zeros((len(rows), N_KIN), np.int64)
        unread[:, :6], unread[:, 9:] = rows[:, :6], rows[:, 6:]
        unread[:, 6] = complete_kernels.PROPOSED
        return unread

    return np.concatenate([np.zeros((0, N_KIN), np.int64), *in_threads(gathered, numbers)])
