"""The same words elsewhere: every pair of spans that two documents of a body of texts share, altered wording included.

Shingles of five words at every place; those that stand in one document only are dropped by a bitmap; the rest is sorted, and
equal ones in two documents are seeds; seeds grow to exact runs, runs are chained over cuts and rewritten clauses, ends are extended;
what scores no better than chance is dropped; documents that a third one joins are compared directly.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from firstsaid.errors import UsageError
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.words import Marked, WordArrays, word_arrays
from firstsaid.model import Alignment, DateRange

I64 = npt.NDArray[np.int64]
Place = tuple[str, int, int]
"""Where a document lies: capture id, start, end."""

KEYS_PER_BLOCK = 1 << 17
"""Keys that one call of a compiled loop is given: a tenth of a second's work; corpora that fit in one block start no threads."""
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


Seeds = tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.uint8]]
"""Pair keys, left places, right places, kinds (see `word_kernels.seeds`)."""


def aligned_words(words: WordArrays, corpus: Corpus, settings: ReuseSettings) -> I64:
    """Alignments as rows of word places (see `align_kernels.N_OUT`), sorted; documents are numbers in rising order of ids."""
    n_documents = len(words.bounds) - 1
    rows = aligned_seeds(sorted_seeds(words, corpus, settings), words, settings, n_documents)
    return completed(in_order(rows), words, corpus, settings, n_documents)


def sorted_seeds(words: WordArrays, corpus: Corpus, settings: ReuseSettings) -> Seeds:
    """Places that two documents share, sorted by pair."""
    from firstsaid.matching import word_kernels

    hashes = word_kernels.shingles(words.hashes, words.bounds, settings.shingle_words)
    places = word_kernels.recurring(hashes, bitmap_bits(len(hashes)))
    hashes = hashes[places]
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    owners = (np.searchsorted(words.bounds, places, side="right") - 1).astype(np.uint32)
    state = np.zeros(len(words), np.uint8)
    word_kernels.group_states(hashes, places, owners, corpus.ranks, settings.most_documents, state)
    keys, lefts, rights, kinds = word_kernels.seeds(
        hashes, places, owners, words.hashes, state, words.bounds, corpus.captures, corpus.spans, settings.shingle_words, False
    )
    del hashes, places, owners, state
    order = np.argsort(keys)
    return keys[order], lefts[order], rights[order], kinds[order]


def aligned_seeds(seeds: Seeds, words: WordArrays, settings: ReuseSettings, n_documents: int) -> I64:
    """The alignments of each pair, from seeds sorted by pair."""
    from firstsaid.matching import align_kernels

    keys, lefts, rights, kinds = seeds
    points = settings.needed_points(n_documents)

    def aligned(low: int, high: int) -> I64:
        return align_kernels.align(
            keys[low:high], lefts[low:high], rights[low:high], kinds[low:high], words.hashes, words.signatures, words.bounds,
            settings.drop_points, points, settings.least_words,
        )  # fmt: skip

    return in_blocks(aligned, keys)


def bitmap_bits(n_hashes: int) -> int:
    """log2 of the bits of the bitmap that drops what stands once: 8 to 16 a hash lets 6 to 12 % of those in by accident."""
    return max(16, (8 * n_hashes).bit_length())


def in_order(rows: I64) -> I64:
    """The rows sorted by all their columns."""
    return rows[np.lexsort(rows.T[::-1])] if len(rows) else rows


def in_blocks(work: Callable[[int, int], I64], keys: npt.NDArray[np.uint64]) -> I64:
    """The rows that `work` makes of blocks of sorted `keys` (from, to), in their order; equal keys stay in one block.

    Two blocks at a time where there are two cores: compiled loops do not hold Python's lock.
    """
    cuts = [0]
    while cuts[-1] < len(keys):
        cuts.append(int(np.searchsorted(keys, keys[min(cuts[-1] + KEYS_PER_BLOCK, len(keys)) - 1], side="right")))
    blocks = list(pairwise(cuts))
    if len(blocks) < 2:
        return work(0, len(keys))
    work(0, 0)
    with ThreadPoolExecutor(min(len(blocks), os.cpu_count() or 1)) as pool:
        return np.concatenate(list(pool.map(lambda block: work(*block), blocks)))


def pair_keys(rows: I64) -> npt.NDArray[np.uint64]:
    """The pair of each row as one number: left << 32 | right."""
    return (rows[:, 0].astype(np.uint64) << np.uint64(32)) | rows[:, 1].astype(np.uint64)


def completed(rows: I64, words: WordArrays, corpus: Corpus, settings: ReuseSettings, n_documents: int) -> I64:
    """The rows and those that a third document leads to, sorted."""
    from firstsaid.matching import complete_kernels

    plain = rows[rows[:, 8] == 0]
    sides = in_order(np.concatenate([plain[:, [0, 2, 3, 1, 4, 5]], plain[:, [1, 4, 5, 0, 2, 3]]]))
    proposals = in_order(complete_kernels.propose(sides, pair_keys(rows), rows, corpus.captures, corpus.spans))
    points = settings.needed_points_between_kin(n_documents)

    def compared(low: int, high: int) -> I64:
        return complete_kernels.complete(proposals[low:high], words.hashes, words.signatures, points, settings.least_words - 2)

    added = in_blocks(compared, pair_keys(proposals))
    return in_order(np.concatenate([rows, added]))


def place_of(one: Alignment) -> tuple[str, int, int, str, int, int]:
    """What an alignment joins."""
    return one.left_id, one.left_start, one.left_end, one.right_id, one.right_start, one.right_end


def as_alignments(rows: I64, names: Sequence[str], words: WordArrays) -> list[Alignment]:
    """Rows of word places as alignments with code points."""
    spans = np.stack(
        [words.starts[rows[:, 2]], words.ends[rows[:, 3] - 1], words.starts[rows[:, 4]], words.ends[rows[:, 5] - 1]], axis=1
    ).astype(np.int64)
    n_words = rows[:, 7]
    similarity = 2 * n_words * 10_000 // np.maximum(1, rows[:, 3] - rows[:, 2] + rows[:, 5] - rows[:, 4])
    found: list[Alignment] = []
    columns = (rows[:, 0], rows[:, 1], *spans.T, similarity, n_words, rows[:, 8] != 0)
    for left, right, a0, a1, b0, b1, score, equal, is_hub in zip(*(column.tolist() for column in columns), strict=True):
        place = (names[left], a0, a1, names[right], b0, b1)
        if found and place == place_of(found[-1]):
            continue  # found by seeds and through a third document alike
        found.append(Alignment(Alignment.identify(*place), *place, score, equal, is_hub))
    return found
