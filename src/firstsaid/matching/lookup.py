"""How the index is asked: candidates by rare shingles and words, then compared word by word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.matching.words import WordArrays

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

LONG_QUERY = 120
"""Words: above it the query is matched by exact five-word runs and extension, as `reuse` does; below it, whole."""
MOST_PLACES = 20_000
"""Places of one word or shingle that are looked at: a commoner one says nothing, and the query's others do."""
MOST_CELLS = 50_000_000
"""Cells of word comparison spent on one query (about half a second); the windows with most evidence go first."""
RARE_WORDS = 8
"""Words of a query that are looked up singly, rarest first: two of them in their order make a candidate."""
MARGIN = 8
"""Words around a candidate: what was added to or cut from the wording moves its ends by a few words."""
ENOUGH_POINTS = 12
"""Points that are enough for a long sentence's fragment (six or more equal words); a short query needs two thirds of its own."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The words of the corpus, and where each three-word shingle and each word stands (hashes sorted, ties by place)."""

    words: WordArrays
    shingle_hashes: U32
    shingle_places: U32
    word_hashes: U32
    word_places: U32


@dataclass(frozen=True, slots=True)
class Found:
    """One match: the document's number, code points in it and in the query, equal words, similarity in 1/10,000."""

    document: int
    start: int
    end: int
    query_start: int
    query_end: int
    n_words: int
    similarity: int


def find(postings: Postings, query: WordArrays, min_words: int) -> list[Found]:
    """Every match of the query's words, unordered. At least `min_words` equal words, or all where the query has fewer."""
    from firstsaid.matching import word_kernels

    n = len(query)
    if n == 0 or not len(postings.words):
        return []
    bounds = np.array([0, n], np.int64)
    shingles = word_kernels.shingles(query.hashes, bounds, 3)
    places, at = _places_of(postings.shingle_hashes, postings.shingle_places, shingles)
    if n > LONG_QUERY:
        return _found_by_runs(postings, query, places, at, min_words)
    windows = _windows(postings, query, places, at)
    return _found_in_windows(postings, query, windows, min_words)


def _places_of(hashes: U32, places: U32, wanted: U64) -> tuple[I64, I64]:
    """Every place of each wanted hash (0 is none), and the number of the wanted one it belongs to; the common ones left out."""
    short = (wanted >> np.uint64(32)).astype(np.uint32)
    low = np.searchsorted(hashes, short, side="left")
    high = np.searchsorted(hashes, short, side="right")
    counts = np.where(wanted != 0, high - low, 0)
    counts = np.where(counts > MOST_PLACES, 0, counts)
    numbers = np.repeat(np.arange(len(wanted)), counts)
    within = np.arange(len(numbers)) - np.repeat(np.cumsum(counts) - counts, counts)
    return places[np.repeat(low, counts) + within].astype(np.int64), numbers


def _windows(postings: Postings, query: WordArrays, shingle_places: I64, shingle_at: I64) -> I64:
    """Stretches of documents worth comparing, as rows (from word, to word, evidence), most evidence first."""
    n = len(query)
    first_of_each = np.unique(query.hashes, return_index=True)[1]
    short = (query.hashes[first_of_each] >> np.uint64(32)).astype(np.uint32)
    counts = np.searchsorted(postings.word_hashes, short, side="right") - np.searchsorted(postings.word_hashes, short, side="left")
    known = first_of_each[counts > 0]
    rarest = known[np.lexsort((known, counts[counts > 0]))][:RARE_WORDS]
    word_places, word_number = _places_of(postings.word_hashes, postings.word_places, query.hashes[rarest])
    word_at = rarest[word_number]
    # A shingle alone makes a candidate; a word needs another word of the query near it, unless the query knows only one.
    places = np.concatenate([shingle_places, word_places])
    weights = np.concatenate([np.full(len(shingle_places), 3), np.ones(len(word_places), np.int64)])
    kinds = np.concatenate([shingle_at, word_at + n])
    starts = places - kinds % n
    owners = np.searchsorted(postings.words.bounds, places, side="right") - 1
    order = np.lexsort((kinds, starts, owners))
    places, weights, kinds, starts, owners = (column[order] for column in (places, weights, kinds, starts, owners))
    if not len(places):
        return np.zeros((0, 3), np.int64)
    breaks = np.ones(len(places), bool)
    breaks[1:] = (np.diff(owners) != 0) | (np.diff(starts) > MARGIN)
    groups = np.cumsum(breaks) - 1
    n_groups = int(groups[-1]) + 1
    # The same word of the query again adds no evidence.
    is_new = np.ones(len(places), bool)
    by_kind = np.lexsort((kinds, groups))
    is_new[by_kind[1:]] = (np.diff(groups[by_kind]) != 0) | (np.diff(kinds[by_kind]) != 0)
    evidence = np.bincount(groups, weights * is_new, n_groups).astype(np.int64)
    first = np.flatnonzero(breaks)
    last = np.append(first[1:], len(places)) - 1
    low = np.maximum(starts[first] - MARGIN, postings.words.bounds[owners[first]])
    high = np.minimum(starts[last] + n + MARGIN, postings.words.bounds[owners[first] + 1])
    enough = min(2, len(rarest))
    windows = np.column_stack([low, high, evidence])[evidence >= enough]
    windows = windows[np.lexsort((windows[:, 0], -windows[:, 2]))]
    spent = np.cumsum((windows[:, 1] - windows[:, 0]) * n)
    affordable: I64 = windows[(spent <= MOST_CELLS) | (np.arange(len(windows)) == 0)]
    return affordable


def _found_in_windows(postings: Postings, query: WordArrays, windows: I64, min_words: int) -> list[Found]:
    from firstsaid.matching import lookup_kernels

    words = postings.words
    full = lookup_kernels.own_points(query.hashes, query.signatures)
    least_points = min(ENOUGH_POINTS, (2 * full + 2) // 3)
    rows = lookup_kernels.compare_windows(
        windows, query.hashes, query.signatures, np.asarray(words.hashes), np.asarray(words.signatures),
        least_points, min(min_words, len(query)),
    )  # fmt: skip
    return _as_found(postings, query, rows)


def _found_by_runs(postings: Postings, query: WordArrays, places: I64, at: I64, min_words: int) -> list[Found]:
    """Matches of a long text: five equal words in a row, extended and chained as in `reuse`."""
    from firstsaid.matching import align_kernels
    from firstsaid.matching.settings import ReuseSettings

    words, n, settings = postings.words, len(query), ReuseSettings()
    owners = np.searchsorted(words.bounds, places, side="right") - 1
    fits = (places + 5 <= words.bounds[owners + 1]) & (at + 5 <= n)
    places, at, owners = places[fits], at[fits], owners[fits]
    is_run = np.ones(len(places), bool)
    for step in range(5):
        is_run &= words.hashes[places + step] == query.hashes[at + step]
    places, at, owners = places[is_run], at[is_run], owners[is_run]
    documents, numbers = np.unique(owners, return_inverse=True)
    # One buffer: the query, then the documents that share a run with it.
    pieces = [slice(int(words.bounds[d]), int(words.bounds[d + 1])) for d in documents]
    hashes = np.concatenate([query.hashes, *(words.hashes[piece] for piece in pieces)])
    signatures = np.concatenate([query.signatures, *(words.signatures[piece] for piece in pieces)])
    bounds = np.concatenate([[0], np.cumsum([n, *(piece.stop - piece.start for piece in pieces)])]).astype(np.int64)
    keys = (numbers + 1).astype(np.uint64)
    order = np.argsort(keys, kind="stable")
    moved = places - words.bounds[owners] + bounds[numbers + 1]
    rows = align_kernels.align(
        keys[order], at[order].astype(np.uint32), moved[order].astype(np.uint32), np.zeros(len(order), np.uint8),
        hashes, signatures, bounds, settings.drop_points, settings.needed_points(len(bounds)), 0, max(min_words, 5),
    )  # fmt: skip
    shift = words.bounds[documents] - bounds[1:-1] if len(documents) else np.zeros(0, np.int64)
    back = np.column_stack([rows[:, 2:4], rows[:, 4:6] + shift[rows[:, 1] - 1][:, None], rows[:, 7]])
    return _as_found(postings, query, back)


def _as_found(postings: Postings, query: WordArrays, rows: I64) -> list[Found]:
    """Rows (query words from, to, corpus words from, to, equal words) as matches, each stretch once."""
    words = postings.words
    found = []
    for a0, a1, b0, b1, equal in np.unique(rows, axis=0).tolist():
        document = int(np.searchsorted(words.bounds, b0, side="right")) - 1
        similarity = 2 * equal * 10_000 // (a1 - a0 + b1 - b0)
        start, end = int(words.starts[b0]), int(words.ends[b1 - 1])
        found.append(Found(document, start, end, int(query.starts[a0]), int(query.ends[a1 - 1]), equal, similarity))
    return found
