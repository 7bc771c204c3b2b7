"""Passages that two documents share with a third, compared directly: in blocks of documents, so that proposals need not fit in memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.space import Space
from firstsaid.matching.threads import in_threads
from firstsaid.matching.words import WordArrays

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

MOST_RANGES = 256
"""Ranges of documents: enough for even work on many cores, and for a block to be a small part of the whole."""


def in_order(rows: I64) -> I64:
    """The rows sorted by all their columns. The first six are documents and words, two of which are one number to sort by."""
    if len(rows) < 2:
        return rows
    packed = [(rows[:, c] << 32) | rows[:, c + 1] for c in (0, 2, 4)]
    return rows[np.lexsort((*rows[:, :5:-1].T, *packed[::-1]))]


def pair_keys(rows: I64) -> U64:
    """The pair of each row as one number: left << 32 | right."""
    return (rows[:, 0].astype(np.uint64) << np.uint64(32)) | rows[:, 1].astype(np.uint64)


def completed(
    rows: I64, words: WordArrays, captures: I64, spans: I64, settings: ReuseSettings, n_documents: int, space: Space
) -> I64:  # fmt: skip
    """The rows (sorted) and those that a third document leads to, sorted. `captures`, `spans`: see `aligning.Corpus`."""
    from firstsaid.matching import complete_kernels

    per_range = max(1, -(-n_documents // MOST_RANGES))
    limits = np.arange(0, n_documents + per_range, per_range)
    pairs = pair_keys(rows)
    plain = rows[rows[:, 8] == 0]
    by_right = np.argsort(plain[:, 1], kind="stable")
    left_cuts = np.searchsorted(plain[:, 0], limits)
    right_cuts = np.searchsorted(plain[by_right, 1], limits)
    points = settings.needed_points_between_kin(n_documents)

    def proposed(number: int) -> tuple[I64, I64]:
        """What the documents of one range propose, sorted by pair, and where each range of left documents begins."""
        as_left = plain[left_cuts[number] : left_cuts[number + 1]]
        as_right = plain[by_right[right_cuts[number] : right_cuts[number + 1]]]
        sides = in_order(np.concatenate([as_left[:, [0, 2, 3, 1, 4, 5]], as_right[:, [1, 4, 5, 0, 2, 3]]]))
        made = complete_kernels.propose(sides, pairs, rows, captures, spans)
        made = made[np.argsort(made[:, 0], kind="stable")]
        width = made.shape[1]
        return space.keep(made.ravel()).reshape(-1, width), np.searchsorted(made[:, 0], limits)

    numbers = range(len(limits) - 1)
    pieces = in_threads(proposed, numbers)
    row_cuts = np.searchsorted(rows[:, 0], limits)

    def compared(number: int) -> I64:
        """The rows of one range of left documents, with those added to them."""
        wanted = in_order(np.concatenate([made[cuts[number] : cuts[number + 1]] for made, cuts in pieces]))
        added = complete_kernels.complete(wanted, words.hashes, words.signatures, points, settings.least_words - 2)
        return in_order(np.concatenate([rows[row_cuts[number] : row_cuts[number + 1]], added]))

    return np.concatenate([rows[:0], *in_threads(compared, numbers)])
