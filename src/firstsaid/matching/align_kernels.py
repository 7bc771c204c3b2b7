"""Compiled loops that turn seeds into alignments: exact runs, chains of runs, gaps filled, ends extended.

Scores count in points: a chain is worth what its equal words are worth minus what lies between them (see `worth`). Imported lazily.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Whole = int | np.signedinteger[Any]

EQUALS = 1 << 20
"""Scores and counts of equal words travel in one integer, `points * EQUALS + equal words`, so that one maximum serves both."""
NEVER = -(1 << 50)

BAND = 12
"""Half width, in words, of the band of an end's extension: insertions of up to 12 words are crossed."""
QUICK_BAND, QUICK_DROP, QUICK_LACK = 4, 6, 6
"""The first look at a chain: a narrow band, a small drop; nine of ten chains are chance and end here, short of the points they
need by more than 6. A wider look costs twice the time and finds a tenth of a percent more."""
MAX_GAP = 60
"""Words that may lie between two runs of one passage: a cut or an added clause. Longer, and it is two passages."""
MAX_FILL = 60
LOOK_BACK = 24
"""Runs that a run looks back over for its predecessor: bounds chains to linear time; nearer runs win anyway."""
MAX_EXTENSION = 400
"""Words that an end is extended over without an exact run: past that, no score survives the drop."""


@compiled
def bits_set(x: np.uint64) -> Whole:
    """How many bits of a signature are set."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def worth(words: U64, signatures: U64, a: Whole, b: Whole) -> int:
    """Points for setting word `a` against word `b`, with 1 in the low part where they are equal.

    2 for equal words; 1 for words that share most of their letter pairs (misspelt, misread, inflected); -1 otherwise. Equal
    words of one or two letters are worth 1: in every language the short words are the common ones, and chance pairs them.
    """
    if words[a] == words[b] and words[a] != np.uint64(0):
        return (2 if bits_set(signatures[a]) > 2 else 1) * EQUALS + 1
    both = bits_set(signatures[a] & signatures[b])
    if both >= 3:
        longer = max(bits_set(signatures[a]), bits_set(signatures[b]))
        if longer >= 4 and both * 10 >= longer * 6:
            return EQUALS
    return -EQUALS


@compiled
def gap_cost(left: int, right: int) -> int:
    """Points that a gap costs at most: one for being there, a third of each substituted word, the logarithm of what is only on one side."""
    shorter, longer = min(left, right), max(left, right)
    cost = (shorter + 2) // 3
    extra = longer - shorter
    if longer > 0:
        cost += 1
    while extra > 0:
        cost += 1
        extra >>= 1
    return cost


@compiled
def fill(words: U64, signatures: U64, a0: int, a1: int, b0: int, b1: int, table: I64) -> int:
    """The best global alignment of two short gaps: `points * EQUALS + equal words`, never below `-gap_cost`."""
    m, n = a1 - a0, b1 - b0
    floor = -gap_cost(m, n) * EQUALS
    if m <= 0 or n <= 0 or m > MAX_FILL or n > MAX_FILL:
        return floor
    width = n + 1
    for j in range(width):
        table[j] = -j * EQUALS
    for i in range(1, m + 1):
        diagonal = table[0]
        table[0] = -i * EQUALS
        for j in range(1, width):
            value = diagonal + worth(words, signatures, a0 + i - 1, b0 + j - 1)
            diagonal = table[j]
            other = max(table[j], table[j - 1]) - EQUALS
            table[j] = max(value, other)
    best = table[n]
    # Counting the equal words keeps them even where the gap as such is charged less.
    equal = best & (EQUALS - 1)
    filled: int = max(best, floor + equal)
    return filled


@compiled
def extend(
    words: U64, signatures: U64, a: int, b: int, a_end: int, b_end: int, step: int, band: int, drop: int, rows: I64
) -> tuple[int, int, int]:
    """Banded X-drop extension from words `a`, `b` in direction `step`: (`points * EQUALS + equal words`, words taken on either side).

    `a_end`, `b_end` are the first places out of reach. Ties go to the shorter extension. `rows` is work space of two rows.
    """
    width = 2 * band + 3
    available_a, available_b = (a_end - a) * step, (b_end - b) * step
    best, best_i, best_j = 0, 0, 0
    now, past = 0, width
    for w in range(width):
        rows[past + w] = NEVER
        rows[now + w] = NEVER
    for w in range(band + 1):
        if w <= available_b:
            rows[past + band + 1 + w] = -w * EQUALS
    limit = drop * EQUALS
    for i in range(1, min(available_a, MAX_EXTENSION) + 1):
        row_best = NEVER
        rows[now] = NEVER
        rows[now + width - 1] = NEVER
        at = a + (i - 1) * step
        for w in range(1, width - 1):
            j = i + w - 1 - band
            if j < 0 or j > available_b:
                rows[now + w] = NEVER
                continue
            value = max(rows[past + w + 1], rows[now + w - 1]) - EQUALS
            if j > 0 and rows[past + w] > NEVER:
                value = max(value, rows[past + w] + worth(words, signatures, at, b + (j - 1) * step))
            if value < best - limit:
                value = NEVER
            rows[now + w] = value
            if value > row_best:
                row_best = value
                if value >> 20 > best >> 20:
                    best, best_i, best_j = value, i, j
        if row_best < best - limit:
            break
        now, past = past, now
    return best, best_i, best_j


@compiled
def order_by(keys: I64, n: int, order: I64) -> None:
    """The numbers 0..n-1 in `order`, by rising key, ties by number. Shell's sort: NumPy's costs seconds to compile, and n is small."""
    for i in range(n):
        order[i] = i
    gap = 1
    while gap < n // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, n):
            moving = order[i]
            j = i
            while j >= gap:
                other = order[j - gap]
                if keys[other] < keys[moving] or (keys[other] == keys[moving] and other < moving):
                    break
                order[j] = other
                j -= gap
            order[j] = moving
        gap //= 3


@compiled
def sort_seeds(lefts: U32, rights: U32, hubs: U8, low: int, high: int, keys: I64, order: I64) -> None:
    """Sort one pair's seeds by diagonal, then left place, in place."""
    n = high - low
    for i in range(n):
        left = np.int64(lefts[low + i])
        keys[i] = ((np.int64(rights[low + i]) - left) << 33) + (left << 1) + np.int64(hubs[low + i])
    order_by(keys, n, order)
    for i in range(n):
        key = keys[order[i]]
        left = (key >> 1) & np.int64(0xFFFFFFFF)
        hubs[low + i] = key & 1
        lefts[low + i] = left
        rights[low + i] = (key >> 33) + left


# Columns of `runs`: left place, right place, words, is hub, points.


@compiled
def exact_runs(
    lefts: U32, rights: U32, hubs: U8, low: int, high: int, words: U64, signatures: U64, bounds: I64, left: Whole, right: Whole, runs: I64,
    keys: I64, order: I64, unsorted: I64,
) -> int:  # fmt: skip
    """The maximal exact runs through one pair's sorted seeds, as rows of `runs` sorted by left place; how many."""
    a_low, a_high, b_low, b_high = bounds[left], bounds[left + 1], bounds[right], bounds[right + 1]
    n = 0
    for s in range(low, high):
        a, b = np.int64(lefts[s]), np.int64(rights[s])
        if n > 0 and unsorted[n - 1, 1] - unsorted[n - 1, 0] == b - a and a < unsorted[n - 1, 0] + unsorted[n - 1, 2]:
            unsorted[n - 1, 3] |= hubs[s]
            continue
        while a > a_low and b > b_low and words[a - 1] == words[b - 1] and words[a - 1] != np.uint64(0):
            a -= 1
            b -= 1
        length = 0
        points = 0
        while a + length < a_high and b + length < b_high and words[a + length] == words[b + length]:
            if words[a + length] == np.uint64(0):
                break
            points += worth(words, signatures, a + length, b + length) // EQUALS
            length += 1
        if length == 0:
            continue
        unsorted[n, 0], unsorted[n, 1], unsorted[n, 2] = a, b, length
        unsorted[n, 3], unsorted[n, 4] = hubs[s], points
        n += 1
    for i in range(n):
        keys[i] = ((unsorted[i, 0] - a_low) << 32) + (unsorted[i, 1] - b_low)
    order_by(keys, n, order)
    for i in range(n):
        for c in range(5):
            runs[i, c] = unsorted[order[i], c]
    return n


@compiled
def link_runs(runs: I64, n: int, chain: I64, before: I64) -> None:
    """For each run the best chain that ends in it (points in `chain`) and its predecessor there (`before`, -1 for none)."""
    for i in range(n):
        best = 0
        before[i] = -1
        for j in range(max(0, i - LOOK_BACK), i):
            gap_a = runs[i, 0] - runs[j, 0] - runs[j, 2]
            gap_b = runs[i, 1] - runs[j, 1] - runs[j, 2]
            overlap = max(0, -gap_a, -gap_b)
            if overlap >= min(runs[i, 2], runs[j, 2]) or max(gap_a, gap_b) > MAX_GAP:
                continue
            value = chain[j] - gap_cost(gap_a + overlap, gap_b + overlap) - 2 * overlap
            if value > best:
                best = value
                before[i] = j
        chain[i] = runs[i, 4] + best


N_OUT = 9
"""Columns of a result: left text, right text, left words (from, to), right words (from, to), points, equal words, is hub."""


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
    is_hub = 0
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
        is_hub |= runs[r, 3]
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
    out[6], out[7], out[8] = points, equal, is_hub


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
                out[q, 8] |= row[8]
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
def align(
    keys: U64, lefts: U32, rights: U32, hubs: U8, words: U64, signatures: U64, bounds: I64,
    drop: int, least_points: int, least_words: int,
) -> I64:  # fmt: skip
    """Every alignment of the pairs in `keys` (sorted; seeds sorted inside each pair here), as rows of `N_OUT` integers.

    Places are word numbers over the whole buffer. Kept: rows of at least `least_points` points and `least_words` equal words.
    """
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
    size = 0
    i = 0
    while i < n:
        j = i
        while j < n and keys[j] == keys[i]:
            j += 1
        left, right = np.int64(keys[i] >> np.uint64(32)), np.int64(keys[i] & np.uint64(0xFFFFFFFF))
        sort_seeds(lefts, rights, hubs, i, j, numbers, order)
        n_runs = exact_runs(lefts, rights, hubs, i, j, words, signatures, bounds, left, right, runs, numbers, order, unsorted)
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
            if out[q, 6] >= least_points and out[q, 7] >= least_words:
                for c in range(N_OUT):
                    out[kept, c] = out[q, c]
                kept += 1
        size = kept
        i = j
    return out[:size].copy()
