"""Compiled loops that turn seeds into alignments: chains of exact runs, gaps filled, ends extended, chains joined. Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled
from firstsaid.matching.run_kernels import (
    MASK_SIZE,
    QUICK_BAND,
    QUICK_DROP,
    QUICK_LACK,
    exact_runs,
    is_formula,
    joined_kind,
    link_runs,
    order_by,
    sort_seeds,
)
from firstsaid.matching.score_kernels import BAND, EQUALS, MAX_FILL, extend, fill
from firstsaid.matching.word_kernels import HUB_SEED, LENGTH, LEVEL, TOP_LEVEL, Whole

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

N_OUT = 9
"""Columns of a result: left text, right text, left words (from, to), right words (from, to), points, equal words, flags."""
WEAK = 2
"""Flag of an alignment that lacks points and counts only if another one supports it (see `completing`); `HUB_SEED` is the other flag."""

FORMULA_POINTS = (0, 0, 0, 0, 0, 4, 8, 8)
"""Points more that an alignment needs where its rarest run is of this level (see `word_kernels.LEVEL`): of 24,000 press releases, a fifth
of the alignments are standing phrases that end here; of 10,000 documents with known passages, none is lost."""


@compiled
def one_chain(
    runs: I64,
    members: I64,
    n: int,
    words: U64,
    signatures: U64,
    bounds: I64,
    left: Whole,
    right: Whole,
    drop: int,
    needed: int,
    rows: I64,
    out: I64,
) -> None:
    """Fill the gaps of one chain, extend its ends, and write it to `out`. `members` are run numbers, last first."""
    points = 0
    equal = 0
    kind: Whole = TOP_LEVEL << LEVEL
    first = members[n - 1]
    a_end = runs[first, 0]
    b_end = runs[first, 1]
    for m in range(n - 1, -1, -1):
        r = members[m]
        a, b, length = runs[r, 0], runs[r, 1], runs[r, 2]
        overlap = max(0, a_end - a, b_end - b)
        if m < n - 1:
            filled = fill(words, signatures, a_end, a + overlap, b_end, b + overlap, rows)
            points += filled >> 20
            equal += filled & (EQUALS - 1)
        points += runs[r, 4] - 2 * overlap
        equal += length - overlap
        kind = joined_kind(kind, runs[r, 3])
        a_end, b_end = a + length, b + length
    a_start, b_start = runs[first, 0], runs[first, 1]
    a_low, a_high, b_low, b_high = bounds[left], bounds[left + 1], bounds[right], bounds[right + 1]
    wide = points >= needed - QUICK_LACK
    gains = 0
    left_a, left_b, right_a, right_b = 0, 0, 0, 0
    # One call in a loop, not four calls: inlined four times, the extension takes four times as long to compile.
    for attempt in range(4):
        if attempt == 2:
            wide_is_due = not wide and points + (gains >> 20) >= needed - QUICK_LACK
            if not wide_is_due:
                break
            wide = True
            gains = 0
        band, reach = (BAND, drop) if wide else (QUICK_BAND, min(QUICK_DROP, drop))
        is_right = attempt & 1 == 0
        a, b = (a_end, b_end) if is_right else (a_start - 1, b_start - 1)
        a_stop, b_stop = (a_high, b_high) if is_right else (a_low - 1, b_low - 1)
        gain, i, j = extend(words, signatures, a, b, a_stop, b_stop, 1 if is_right else -1, band, reach, rows)
        gains += gain
        if is_right:
            right_a, right_b = i, j
        else:
            left_a, left_b = i, j
    points += gains >> 20
    equal += gains & (EQUALS - 1)
    out[0], out[1], out[2], out[3], out[4], out[5] = left, right, a_start - left_a, a_end + right_a, b_start - left_b, b_end + right_b
    out[6], out[7], out[8] = points, equal, kind


NEAR = 30
"""Words between two chains of one pair that are one passage with a clause moved or rewritten beyond recognition."""


@compiled
def distance(low: int, high: int, other_low: int, other_high: int) -> int:
    """Words between two stretches; negative: how many they share."""
    return max(low, other_low) - min(high, other_high)


@compiled
def join_chains(out: I64, first: int, n: int) -> int:
    """Join the chains `out[first:n]` of one pair that overlap or lie near each other on both sides; the new `n`.

    Best first. A chain that repeats words of a better one on one side only is repetition inside a document and is dropped.
    """
    count = n - first
    rows = np.empty((count, N_OUT), np.int64)
    keys = np.empty(count, np.int64)
    order = np.empty(count, np.int64)
    for i in range(count):
        keys[i] = -out[first + i, 6]
        for c in range(N_OUT):
            rows[i, c] = out[first + i, c]
    order_by(keys, count, order)
    kept = first
    for o in range(count):
        row = rows[order[o]]
        is_new = True
        for q in range(first, kept):
            da = distance(row[2], row[3], out[q, 2], out[q, 3])
            db = distance(row[4], row[5], out[q, 4], out[q, 5])
            if da <= NEAR and db <= NEAR:
                shared = max(0, -da, -db)
                size = max(row[3] - row[2], row[5] - row[4], 1)
                fresh = max(0, size - shared)
                out[q, 6] += max(0, row[6] * fresh // size - 3)
                out[q, 7] += row[7] * fresh // size
                out[q, 2], out[q, 3] = min(row[2], out[q, 2]), max(row[3], out[q, 3])
                out[q, 4], out[q, 5] = min(row[4], out[q, 4]), max(row[5], out[q, 5])
                out[q, 7] = min(out[q, 7], out[q, 3] - out[q, 2], out[q, 5] - out[q, 4])
                out[q, 8] = joined_kind(out[q, 8], row[8])
                is_new = False
                break
            if -da * 2 > row[3] - row[2] or -db * 2 > row[5] - row[4]:
                is_new = False
                break
        if is_new:
            for c in range(N_OUT):
                out[kept, c] = row[c]
            kept += 1
    return kept


@compiled
def n_light(words: U64, signatures: U64, start: Whole, end: Whole) -> int:
    """Words that say half as much as others (see `word_kernels.LIGHT_BELOW`): they earned a point each, and half of it is taken back."""
    n = 0
    for i in range(start, end):
        n += (signatures[i] == np.uint64(0)) & (words[i] != np.uint64(0))
    return n


@compiled
def align(
    keys: U64, lefts: U32, rights: U32, kinds: U8, words: U64, signatures: U64, bounds: I64,
    drop: int, enough_points: int, doubt_points: int, least_words: int,
) -> I64:  # fmt: skip
    """Every alignment of the pairs in `keys` (sorted; seeds sorted inside each pair here), as rows of `N_OUT` integers.

    Places are word numbers over the whole buffer. Kept: rows of at least `least_words` equal words and
    `enough_points` points; those that lack up to `doubt_points` of them are marked `WEAK`, but a hub's are left out.
    """
    least_points = enough_points - doubt_points
    n = len(keys)
    longest_group = 1
    i = 0
    while i < n:
        j = i
        while j < n and keys[j] == keys[i]:
            j += 1
        longest_group = max(longest_group, j - i)
        i = j
    runs = np.empty((longest_group, 5), np.int64)
    unsorted = np.empty((longest_group, 5), np.int64)
    numbers = np.empty(longest_group, np.int64)
    order = np.empty(longest_group, np.int64)
    chain = np.empty(longest_group, np.int64)
    before = np.empty(longest_group, np.int64)
    members = np.empty(longest_group, np.int64)
    is_used = np.zeros(longest_group, np.bool_)
    rows = np.empty(4 * BAND + MAX_FILL + 16, np.int64)
    out = np.empty((1024, N_OUT), np.int64)
    mask = np.empty(MASK_SIZE, np.uint64)
    size = 0
    i = 0
    while i < n:
        j = i
        while j < n and keys[j] == keys[i]:
            j += 1
        left, right = np.int64(keys[i] >> np.uint64(32)), np.int64(keys[i] & np.uint64(0xFFFFFFFF))
        kind = np.int64(kinds[i])
        if j == i + 1 and kind >> LENGTH and is_formula((kind >> LEVEL) & TOP_LEVEL, kind >> LENGTH, least_points):
            i = j
            continue
        sort_seeds(lefts, rights, kinds, i, j, bounds[left], bounds[right], numbers, order)
        n_runs = exact_runs(
            lefts, rights, kinds, i, j, words, signatures, bounds, left, right, runs, numbers, order, unsorted, least_points, mask
        )
        link_runs(runs, n_runs, chain, before)
        for r in range(n_runs):
            is_used[r] = False
            numbers[r] = -chain[r]
        order_by(numbers, n_runs, order)
        first = size
        for o in range(n_runs):
            r = order[o]
            if is_used[r]:
                continue
            m = 0
            at = r
            while at >= 0 and not is_used[at]:
                is_used[at] = True
                members[m] = at
                m += 1
                at = before[at]
            inside = False
            for q in range(first, size):
                a, b = runs[r, 0], runs[r, 1]
                if out[q, 2] <= a and a + runs[r, 2] <= out[q, 3] and out[q, 4] <= b and b + runs[r, 2] <= out[q, 5]:
                    inside = True
                    break
            if inside:
                continue
            if size == len(out):
                grown = np.empty((2 * size, N_OUT), np.int64)
                for q in range(size):
                    for c in range(N_OUT):
                        grown[q, c] = out[q, c]
                out = grown
            one_chain(runs, members, m, words, signatures, bounds, left, right, drop, least_points, rows, out[size])
            size += 1
        if size - first > 1:
            size = join_chains(out, first, size)
        kept = first
        for q in range(first, size):
            spare = out[q, 6] - least_points - FORMULA_POINTS[out[q, 8] >> LEVEL]
            if spare < 0 or out[q, 7] < least_words:
                continue
            spare -= n_light(words, signatures, out[q, 2], out[q, 3]) // 2
            is_hub = out[q, 8] & HUB_SEED
            if spare >= (doubt_points if is_hub else 0):
                out[q, 8] = is_hub if spare >= doubt_points else WEAK
                for c in range(N_OUT):
                    out[kept, c] = out[q, c]
                kept += 1
        size = kept
        i = j
    return out[:size].copy()
