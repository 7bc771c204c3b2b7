"""Compiled loops from seeds to exact runs of equal words, and from runs to chains. Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled
from firstsaid.matching.score_kernels import bits_set, gap_cost
from firstsaid.matching.word_kernels import HUB_SEED, LEVEL, LONG_RUN, TOP_LEVEL, Whole, is_common

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

MAX_GAP = 60
"""Words that may lie between two runs of one passage: a cut or an added clause. Longer, and it is two passages."""
LOOK_BACK = 24
"""Runs that a run looks back over for its predecessor: bounds chains to linear time; nearer runs win anyway."""
QUICK_BAND, QUICK_DROP, QUICK_LACK = 4, 6, 6
"""The first look at a chain: a narrow band, a small drop; nine of ten chains are chance and end here, short of the points they
need by more than 6. A wider look costs twice the time and finds a tenth of a percent more."""
FORMULA_WORDS = (0, 0, 0, 5, 5, 6, 9, 10)
"""Fewest words of a run that stands alone in its pair, by its level (see `word_kernels.LEVEL`): what hundreds of pairs share while
nothing around it agrees is a formula of the trade. Two in three pairs of 24,000 press releases end here, unread; of the pairs that truly
share a passage, in 10,000 documents, one in a thousand. In small corpora at most a third of the points needed: there, a line that many
quote counts."""
AROUND, ASIDE = 16, 3
"""A run alone is looked at this many words to either side, up to this many words off its diagonal, before anything is aligned."""
AROUND_LACK = 2
"""Points that what is around a run may lack. One alignment in two thousand is lost by it, and a quarter of the time."""
MASK_SIZE = 8
"""Numbers of 64 bits that hold which words are around a run, as far as their hashes tell: 512 bits for 40 words."""


@compiled
def is_formula(level: Whole, length: Whole, needed: int) -> bool:
    """Whether an exact run that stands alone in its pair is no sign of copying."""
    return bool(length < min(FORMULA_WORDS[level], needed // 3 + 1))


@compiled
def is_promising(
    words: U64, signatures: U64, a: Whole, b: Whole, length: Whole, points: Whole,
    a_low: Whole, a_high: Whole, b_low: Whole, b_high: Whole, needed: int, mask: U64,
) -> bool:  # fmt: skip
    """Whether the equal words around an exact run could bring it near the points it needs; nine of ten runs are chance and stop here.

    `mask` is work space of `MASK_SIZE`.
    """
    lacking = needed - AROUND_LACK - points
    for m in range(MASK_SIZE):
        mask[m] = 0
    for j in range(max(b_low, b - AROUND - ASIDE), min(b_high, b + length + AROUND + ASIDE)):
        mask[words[j] & np.uint64(MASK_SIZE - 1)] |= np.uint64(1) << (words[j] >> np.uint64(58))
    for side in range(2):
        for i in range(AROUND):
            if lacking <= 0:
                return True
            at = a + length + i if side else a - 1 - i
            other = b + length + i if side else b - 1 - i
            if at < a_low or at >= a_high:
                break
            word = words[at]
            if not (mask[word & np.uint64(MASK_SIZE - 1)] >> (word >> np.uint64(58))) & np.uint64(1):
                continue
            for j in range(max(b_low, other - ASIDE), min(b_high, other + ASIDE + 1)):
                if words[j] == word and word != np.uint64(0):
                    lacking -= 2 if bits_set(signatures[at]) > 2 else 1
                    break
    return bool(lacking <= 0)


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
def sort_seeds(lefts: U32, rights: U32, kinds: U8, low: int, high: int, a_low: Whole, b_low: Whole, keys: I64, order: I64) -> None:
    """Sort one pair's seeds by diagonal, then left place, in place. `a_low`, `b_low`: where the documents begin (of < 2**27 words each)."""
    n = high - low
    for i in range(n):
        left, right = np.int64(lefts[low + i]) - a_low, np.int64(rights[low + i]) - b_low
        keys[i] = ((right - left) << 36) + (left << 8) + np.int64(kinds[low + i])
    order_by(keys, n, order)
    for i in range(n):
        key = keys[order[i]]
        left = (key >> 8) & np.int64(0xFFFFFFF)
        kinds[low + i] = key & 255
        lefts[low + i] = left + a_low
        rights[low + i] = (key >> 36) + left + b_low


# Columns of `runs`: left place, right place, words, kind, points. A run's kind: bit 0, a hub's; from bit `LEVEL` on, its level.


@compiled
def joined_kind(kind: Whole, other: Whole) -> Whole:
    """The kind of what holds runs of two kinds: a hub's if one is, of the lower level."""
    levels = min(kind >> LEVEL, other >> LEVEL)
    return (levels << LEVEL) | ((kind | other) & HUB_SEED)


@compiled
def is_close(run: I64, other: I64) -> bool:
    """Whether two runs, the first of them further left, can be parts of one passage."""
    gap_b = other[1] - run[1] - run[2] if other[1] >= run[1] else run[1] - other[1] - other[2]
    return bool(other[0] - run[0] - run[2] <= MAX_GAP and gap_b <= MAX_GAP)


@compiled
def exact_runs(
    lefts: U32, rights: U32, kinds: U8, low: int, high: int, words: U64, signatures: U64, bounds: I64, left: Whole, right: Whole, runs: I64,
    keys: I64, order: I64, unsorted: I64, needed: int, mask: U64,
) -> int:  # fmt: skip
    """The maximal exact runs through one pair's sorted seeds, as rows of `runs` sorted by left place; how many.

    Left out: runs that are neither near another run nor promising, and short ones that very many share.
    """
    a_low, a_high, b_low, b_high = bounds[left], bounds[left + 1], bounds[right], bounds[right + 1]
    n = 0
    seen_diagonal, seen_end = np.int64(0), np.int64(-1)
    for s in range(low, high):
        a, b = np.int64(lefts[s]), np.int64(rights[s])
        kind = np.int64(kinds[s]) & (HUB_SEED | (TOP_LEVEL << LEVEL))
        if b - a == seen_diagonal and a < seen_end:
            unsorted[n - 1, 3] = joined_kind(unsorted[n - 1, 3], kind)
            continue
        while a > a_low and b > b_low and words[a - 1] == words[b - 1] and words[a - 1] != np.uint64(0):
            a -= 1
            b -= 1
        length = 0
        points = 0
        while a + length < a_high and b + length < b_high and words[a + length] == words[b + length]:
            if words[a + length] == np.uint64(0):
                break
            points += 2 if bits_set(signatures[a + length]) > 2 else 1
            length += 1
        if length == 0:
            continue
        seen_diagonal, seen_end = b - a, a + length
        unsorted[n, 0], unsorted[n, 1], unsorted[n, 2] = a, b, length
        unsorted[n, 3], unsorted[n, 4] = kind, points
        n += 1
    n_said = 0
    for i in range(n):
        if is_common(unsorted[i, 3] >> LEVEL, unsorted[i, 2]):
            continue
        for c in range(5):
            unsorted[n_said, c] = unsorted[i, c]
        n_said += 1
    n = n_said
    for i in range(n):
        if unsorted[i, 2] >= LONG_RUN:
            unsorted[i, 3] &= HUB_SEED
        keys[i] = ((unsorted[i, 0] - a_low) << 32) + (unsorted[i, 1] - b_low)
    order_by(keys, n, order)
    kept = 0
    for i in range(n):
        run = unsorted[order[i]]
        is_near = (i > 0 and is_close(unsorted[order[i - 1]], run)) or (i + 1 < n and is_close(run, unsorted[order[i + 1]]))
        if not is_near and is_formula(run[3] >> LEVEL, run[2], needed):
            continue
        if is_near or is_promising(words, signatures, run[0], run[1], run[2], run[4], a_low, a_high, b_low, b_high, needed, mask):
            for c in range(5):
                runs[kept, c] = run[c]
            kept += 1
    return kept


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
