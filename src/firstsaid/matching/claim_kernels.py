"""Compiled loops that compare one claim with thousands: the nearest by vector, the best by rare words, and what two texts share.

The words of a text are a sorted set of numbers, many such sets one array of `members` with `bounds` (see `claim_index.Sets`). Scores are
whole millionths before they are compared, so that a last binary digit decides nothing. Imported lazily.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.claim_index import FEATURES, Asked, Held, Texts
from firstsaid.matching.compiled import compiled, compiled_sum

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]

WHOLE = 1_000_000.0

_COLUMNS = {name: column for column, name in enumerate(FEATURES)}
BM25, BM25_TO_BEST, BM25_RANK = _COLUMNS["bm25"], _COLUMNS["bm25_to_best"], _COLUMNS["bm25_rank"]
QUERY_WORDS, DOCUMENT_WORDS = _COLUMNS["query_words"], _COLUMNS["document_words"]
QUERY_PIECES, DOCUMENT_PIECES = _COLUMNS["query_pieces"], _COLUMNS["document_pieces"]
QUERY_NAMES, DOCUMENT_NAMES = _COLUMNS["query_names"], _COLUMNS["document_names"]
NUMBERS_SHARED, NUMBERS_NOT_MISSING, NEGATION = _COLUMNS["numbers_shared"], _COLUMNS["numbers_not_missing"], _COLUMNS["negation_agrees"]
COSINES = (_COLUMNS["cosine"], _COLUMNS["deep_cosine"])
"""The first of three columns of each kind of vector: as it is, against the best, by rank."""


@compiled_sum
def dot(left: F32, right: F32) -> np.float32:
    """The dot product of two rows."""
    total = np.float32(0)
    for at in range(len(left)):
        total += left[at] * right[at]
    return total


@compiled
def sum_rows(table: F32, ids: I64, bounds: I64, sums: F32) -> None:
    """Add up rows of a table: row `i` of `sums` is the sum of those that `ids[bounds[i]:bounds[i + 1]]` names."""
    for text in range(len(sums)):
        for at in range(bounds[text], bounds[text + 1]):
            sums[text] += table[ids[at]]


@compiled
def is_member(value: int, members: I64, first: int, last: int) -> bool:
    """Whether a sorted stretch of `members` holds a value."""
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if members[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < last and members[low] == value


@compiled
def keep_best(value: float, row: int, values: F64, rows: I64, n_kept: int) -> int:
    """Put a row among the best so far, rows coming in any order; of equal ones the lower rows stay. Returns how many are kept."""
    if n_kept < len(rows):
        values[n_kept] = value
        rows[n_kept] = row
        return n_kept + 1
    worst = 0
    for at in range(1, n_kept):
        if values[at] < values[worst] or (values[at] == values[worst] and rows[at] > rows[worst]):
            worst = at
    if value > values[worst] or (value == values[worst] and row < rows[worst]):
        values[worst] = value
        rows[worst] = row
    return n_kept


@compiled
def keep_nearest(cosines: F32, hidden: I64, first: int, last: int, rows: I64) -> int:
    """Fill `rows` with those of the highest cosines, hidden ones left out. Returns how many there are."""
    values = np.empty(len(rows), np.float64)
    n_kept = 0
    floor = np.float32(-2)
    for row in range(len(cosines)):
        if cosines[row] >= floor and not is_member(row, hidden, first, last):
            n_kept = keep_best(np.rint(np.float64(cosines[row]) * WHOLE), row, values, rows, n_kept)
            if n_kept == len(rows):
                # A little below the worst kept: what comes that near must be rounded before it is compared.
                floor = np.float32(values.min() / WHOLE - 2 / WHOLE)
    return n_kept


@compiled
def add_impacts(terms: I64, first: int, last: int, starts: I64, posted: I32, impact: F32, scores: F64, touched: I32) -> int:
    """Add the impacts of terms to the documents' scores. Returns how many documents hold any of them; `touched` names them."""
    n_touched = 0
    for at in range(first, last):
        for posting in range(starts[terms[at]], starts[terms[at] + 1]):
            row = posted[posting]
            if scores[row] == 0.0:
                touched[n_touched] = row
                n_touched += 1
            scores[row] += impact[posting]
    return n_touched


@compiled
def union(lists: I64, counts: I64, joined: I64) -> int:
    """Write what stands in any of the lists, in rising order and once. Returns how many."""
    n = 0
    for number in range(len(lists)):
        for at in range(counts[number]):
            joined[n] = lists[number, at]
            n += 1
    ordered = np.sort(joined[:n])
    n_unique = 0
    for at in range(n):
        if at == 0 or ordered[at] != ordered[at - 1]:
            joined[n_unique] = ordered[at]
            n_unique += 1
    return n_unique


@compiled
def weigh_common(left: I64, l0: int, l1: int, right: I64, r0: int, r1: int, weight: F64) -> tuple[float, float]:
    """The weight of what two sorted sets share, and that of the whole right one."""
    common = 0.0
    held = 0.0
    at = l0
    for there in range(r0, r1):
        member = right[there]
        held += weight[member]
        while at < l1 and left[at] < member:
            at += 1
        if at < l1 and left[at] == member:
            common += weight[member]
    return common, held


@compiled
def count_common(left: I64, l0: int, l1: int, right: I64, r0: int, r1: int) -> int:
    """How many members two sorted sets share."""
    n = 0
    at = l0
    for there in range(r0, r1):
        while at < l1 and left[at] < right[there]:
            at += 1
        if at < l1 and left[at] == right[there]:
            n += 1
    return n


@compiled
def fill_ranks(table: F64, n: int, column: int, to_best: int, rank: int) -> None:
    """From a column of scores: how far each lies from the best, and 1 / (5 + how many are better)."""
    best = -1e9
    for at in range(n):
        best = max(best, table[at, column])
    for at in range(n):
        n_better = 0
        for other in range(n):
            n_better += table[other, column] > table[at, column]
        table[at, to_best] = table[at, column] - best
        table[at, rank] = 1.0 / (5.0 + n_better)


@compiled
def share_pieces(queries: Texts, query: int, documents: Texts, candidates: I64, n: int, held: Held, places: I32, table: F64) -> None:
    """Fill in how well each word piece of one text is met by the most alike piece of the other, averaged by rarity.

    `places`: scratch of one -1 a word piece, left so: a piece that several candidates hold is compared once.
    """
    p0, p1 = queries.piece_bounds[query], queries.piece_bounds[query + 1]
    n_mine = p1 - p0
    if not n_mine:
        return
    n_unique = 0
    for at in range(n):
        for there in range(documents.piece_bounds[candidates[at]], documents.piece_bounds[candidates[at] + 1]):
            if places[documents.pieces[there]] < 0:
                places[documents.pieces[there]] = n_unique
                n_unique += 1
    alike = np.empty((n_unique, n_mine), np.float32)
    best_of = np.full(n_unique, np.float32(-2))
    own = 0.0
    for here in range(n_mine):
        own += held.piece_rarity[queries.pieces[p0 + here]]
    for at in range(n):
        d0, d1 = documents.piece_bounds[candidates[at]], documents.piece_bounds[candidates[at] + 1]
        met = 0.0
        weight = 0.0
        best_here = np.full(n_mine, np.float32(-2))
        for there in range(d0, d1):
            piece = documents.pieces[there]
            place = places[piece]
            if best_of[place] == -2:
                for here in range(n_mine):
                    alike[place, here] = dot(held.unit[piece], held.unit[queries.pieces[p0 + here]])
                best_of[place] = alike[place].max()
            met += held.piece_rarity[piece] * best_of[place]
            weight += held.piece_rarity[piece]
            for here in range(n_mine):
                best_here[here] = max(best_here[here], alike[place, here])
        if d0 == d1:
            continue
        mine_met = 0.0
        for here in range(n_mine):
            mine_met += held.piece_rarity[queries.pieces[p0 + here]] * best_here[here]
        table[at, QUERY_PIECES] = mine_met / max(own, 1e-6)
        table[at, DOCUMENT_PIECES] = met / max(weight, 1e-6)
    for at in range(n):
        for there in range(documents.piece_bounds[candidates[at]], documents.piece_bounds[candidates[at] + 1]):
            places[documents.pieces[there]] = -1


@compiled
def compare_block(
    queries: Texts,
    asked: Asked,
    documents: Texts,
    held: Held,
    cosines: F32,
    mine: tuple[F32, ...],
    theirs: tuple[F32, ...],
    first: int,
    last: int,
    n_each: int,
    candidates: I64,
    counts: I64,
    features: F64,
) -> None:
    """Fill in the candidates of queries `first` to `last` (rising rows), how many they are, and their features.

    `cosines`: kinds of vectors x queries x documents, which choose the candidates; what is weighed is made anew from `mine` and `theirs`,
    since the last digits of a product of matrices hang on their size. `n_each`: candidates taken by words and by each kind of vector.
    """
    n_documents = len(documents.negated)
    n_kinds = cosines.shape[0]
    scores = np.zeros(n_documents, np.float64)
    touched = np.empty(n_documents, np.int32)
    places = np.full(len(held.piece_rarity), -1, np.int32)
    lists = np.empty((n_kinds + 1, n_each), np.int64)
    sizes = np.zeros(n_kinds + 1, np.int64)
    values = np.empty(n_each, np.float64)
    for query in range(first, last):
        h0, h1 = asked.hidden_bounds[query], asked.hidden_bounds[query + 1]
        t0, t1 = asked.term_bounds[query], asked.term_bounds[query + 1]
        n_touched = add_impacts(asked.terms, t0, t1, held.starts, held.posted, held.impact, scores, touched)
        sizes[0] = 0
        for at in range(n_touched):
            row = touched[at]
            scores[row] = np.rint(scores[row] * WHOLE)
            if not is_member(row, asked.hidden, h0, h1):
                sizes[0] = keep_best(scores[row], row, values, lists[0], sizes[0])
        for kind in range(n_kinds):
            sizes[kind + 1] = keep_nearest(cosines[kind, query], asked.hidden, h0, h1, lists[kind + 1])
        n = union(lists, sizes, candidates[query])
        counts[query] = n
        table = features[query]
        for at in range(n):
            row = candidates[query, at]
            table[at, BM25] = scores[row] / WHOLE / 10
            for kind in range(n_kinds):
                table[at, COSINES[kind]] = np.rint(np.float64(dot(mine[kind][query], theirs[kind][row])) * WHOLE) / WHOLE
        for at in range(n_touched):
            scores[touched[at]] = 0
        fill_ranks(table, n, BM25, BM25_TO_BEST, BM25_RANK)
        best = table[:n, BM25].max() if n else 0.0
        for at in range(n):
            # A share of the best, not a distance from it: the sum of a long query is a long one.
            table[at, BM25_TO_BEST] = table[at, BM25] / max(best, 1e-7)
        for kind in range(n_kinds):
            fill_ranks(table, n, COSINES[kind], COSINES[kind] + 1, COSINES[kind] + 2)
        compare_sets(queries, query, asked, documents, held, candidates[query], n, table)
        share_pieces(queries, query, documents, candidates[query], n, held, places, table)


@compiled
def compare_sets(queries: Texts, query: int, asked: Asked, documents: Texts, held: Held, candidates: I64, n: int, table: F64) -> None:
    """Fill in the shares of words and names, weighted by rarity, so that "the" counts next to nothing; and those of numbers."""
    w0, w1 = queries.word_bounds[query], queries.word_bounds[query + 1]
    n0, n1 = queries.name_bounds[query], queries.name_bounds[query + 1]
    f0, f1 = queries.number_bounds[query], queries.number_bounds[query + 1]
    all_words = asked.unknown_words[query]
    for at in range(w0, w1):
        all_words += held.rarity[queries.words[at]]
    all_names = asked.unknown_names[query]
    for at in range(n0, n1):
        all_names += held.rarity[queries.names[at]]
    for at in range(n):
        row = candidates[at]
        d0, d1 = documents.word_bounds[row], documents.word_bounds[row + 1]
        common, own = weigh_common(queries.words, w0, w1, documents.words, d0, d1, held.rarity)
        table[at, QUERY_WORDS] = common / max(all_words, 1e-6)
        table[at, DOCUMENT_WORDS] = common / max(own, 1e-6)
        common, own = weigh_common(queries.names, n0, n1, documents.words, d0, d1, held.rarity)
        table[at, QUERY_NAMES] = common / max(all_names, 1e-6)
        m0, m1 = documents.name_bounds[row], documents.name_bounds[row + 1]
        common, own = weigh_common(queries.words, w0, w1, documents.names, m0, m1, held.rarity)
        table[at, DOCUMENT_NAMES] = common / max(own, 1e-6)
        g0, g1 = documents.number_bounds[row], documents.number_bounds[row + 1]
        n_common = count_common(queries.numbers, f0, f1, documents.numbers, g0, g1)
        table[at, NUMBERS_SHARED] = n_common / max(g1 - g0, 1)
        table[at, NUMBERS_NOT_MISSING] = n_common == g1 - g0
        table[at, NEGATION] = documents.negated[row] == queries.negated[query]
