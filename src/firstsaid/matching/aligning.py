"""The same words elsewhere: every pair of spans that two documents of a body of texts share, altered wording included.

Shingles of four words at every place; those that stand in one document only are dropped by a bitmap; the rest is sorted, and
equal ones in two documents are seeds; seeds grow to exact runs, runs are chained over cuts and rewritten clauses, ends are extended;
what scores no better than chance is dropped; last comes what all alignments of a passage tell about each other (see `completing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from firstsaid.errors import UsageError
from firstsaid.matching.completing import HUB, completed, kin_rows
from firstsaid.matching.seeding import Seeds, seed_blocks
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.space import Space
from firstsaid.matching.threads import in_threads
from firstsaid.matching.words import Marked, WordArrays, word_arrays
from firstsaid.model import Alignment, DateRange

I64 = npt.NDArray[np.int64]
Place = tuple[str, int, int]
"""Where a document lies: capture id, start, end."""

FAR_FUTURE = 1 << 62
"""Stands for the date of an undated document when a hub is chosen: dated witnesses come first."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the kernels need to know of each document beside its words, in rising order of ids.

    `ranks`: by date, then id. `captures`: a number per capture, -1 for none; `spans`: (n, 2) places in it.
    """

    ranks: I64
    captures: I64
    spans: I64

    @staticmethod
    def of(dates: Sequence[int | DateRange | None] | None, places: Sequence[Place | None] | None, n_documents: int) -> Corpus:
        """From dates (moments) and places given in rising order of ids."""
        moments = np.full(n_documents, FAR_FUTURE, np.int64)
        if dates is not None:
            moments[:] = [FAR_FUTURE if date is None else date.earliest if isinstance(date, DateRange) else date for date in dates]
        ranks = np.empty(n_documents, np.int64)
        ranks[np.argsort(moments, kind="stable")] = np.arange(n_documents)
        captures = np.full(n_documents, -1, np.int64)
        spans = np.zeros((n_documents, 2), np.int64)
        numbers: dict[str, int] = {}
        for d, place in enumerate(places or ()):
            if place is not None:
                captures[d] = numbers.setdefault(place[0], len(numbers))
                spans[d] = place[1:]
        return Corpus(ranks, captures, spans)


def reuse(
    ids: Sequence[str],
    texts: Sequence[str],
    *,
    dates: Sequence[int | DateRange | None] | None = None,
    nested: Sequence[Place | None] | None = None,
    left_out: Sequence[Marked] | None = None,
    settings: ReuseSettings | None = None,
) -> list[Alignment]:
    """Every passage that two of the texts share, sorted by ids and places.

    `dates`: ranges or moments (minutes, see `model`), to choose the hub of what too many share; `nested`: where each document lies, so that
    documents inside each other are not compared; `left_out`: stretches (boilerplate) that match nothing. All in the order of `ids`.
    The order of the texts changes nothing. Time and memory grow with the number of words (about 45 bytes a word).

    Raises:
        UsageError: an id is repeated, or the lengths differ.

    >>> old = "In the year of the great flood the miller sold his two grey mules to the abbot"
    >>> new = "They say the miller sold his two grey mules to the abbot for nothing"
    >>> [found] = reuse(["a", "b"], [old, new])
    >>> old[found.left_start : found.left_end], found.n_words
    ('the miller sold his two grey mules to the abbot', 10)
    """
    settings = settings or ReuseSettings()
    order = _order_of_ids(ids, texts)
    names = [ids[i] for i in order]
    words = word_arrays([texts[i] for i in order], None if left_out is None else [left_out[i] for i in order])
    corpus = Corpus.of(
        None if dates is None else [dates[i] for i in order], None if nested is None else [nested[i] for i in order], len(order)
    )
    return as_alignments(aligned_words(words, corpus, settings), names, words)


def _order_of_ids(ids: Sequence[str], texts: Sequence[str]) -> list[int]:
    if len(ids) != len(texts):
        raise UsageError(f"{len(ids)} ids for {len(texts)} texts: give one id for each text")
    order = sorted(range(len(ids)), key=ids.__getitem__)
    for one, other in pairwise(order):
        if ids[one] == ids[other]:
            raise UsageError(f"id {ids[one]!r} is given to two texts: ids must differ")
    return order


def aligned_words(words: WordArrays, corpus: Corpus, settings: ReuseSettings, space: Space | None = None) -> I64:
    """Alignments as rows of word places (see `completing.N_FOUND`), sorted; documents are numbers in rising order of ids.

    `space`: where what is in between lies, if not in memory.
    """
    space = space or Space()
    return completed(kin_rows(_found(words, corpus, settings, space), corpus.captures, corpus.spans, space), words)


def _found(words: WordArrays, corpus: Corpus, settings: ReuseSettings, space: Space) -> I64:
    """What seeds lead to. The seeds, as large as the words where all are alike, are let go when it returns."""
    n_documents = len(words.bounds) - 1
    blocks = seed_blocks(words, corpus.ranks, corpus.captures, corpus.spans, settings, space)
    return np.concatenate(
        in_threads(lambda number: _aligned_range(blocks.of_range(number), words, settings, n_documents), range(blocks.n_ranges))
    )


def _aligned_range(seeds: Seeds, words: WordArrays, settings: ReuseSettings, n_documents: int) -> I64:
    """The alignments of a range of pairs, from seeds sorted by pair."""
    from firstsaid.matching import align_kernels

    points = settings.needed_points(n_documents)
    return align_kernels.align(
        *seeds, words.hashes, words.signatures, words.bounds, settings.drop_points, points, settings.doubt_points, settings.least_words
    )


def spans_of(rows: I64, words: WordArrays) -> I64:
    """Rows of word places as rows of code points: left, start, end, right, start, end, similarity in 1/10,000, equal words, is hub.

    What was found in two pieces that were both widened to the same stretch is there once, with the equal words of the better one.
    """
    n_words = rows[:, 7]
    similarity = 2 * n_words * 10_000 // np.maximum(1, rows[:, 3] - rows[:, 2] + rows[:, 5] - rows[:, 4])
    spans = np.column_stack(
        [
            rows[:, 0], words.starts[rows[:, 2]], words.ends[rows[:, 3] - 1],
            rows[:, 1], words.starts[rows[:, 4]], words.ends[rows[:, 5] - 1],
            similarity, n_words, rows[:, 8] == HUB,
        ]
    ).astype(np.int64)  # fmt: skip
    is_last = np.ones(len(spans), np.bool_)
    is_last[:-1] = (spans[1:, :6] != spans[:-1, :6]).any(axis=1)
    return spans[is_last]


def as_alignments(rows: I64, names: Sequence[str], words: WordArrays) -> list[Alignment]:
    """Rows of word places as alignments with code points."""
    found = []
    for left, a0, a1, right, b0, b1, similarity, n_words, is_hub in spans_of(rows, words).tolist():
        place = (names[left], a0, a1, names[right], b0, b1)
        found.append(Alignment(Alignment.identify(*place), *place, similarity, n_words, bool(is_hub)))
    return found
