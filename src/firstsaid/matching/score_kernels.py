"""Compiled loops that compare words: what a pair is worth, short gaps filled, ends extended.

Scores count in points: equal words earn them, what lies between costs them (see `worth`). Imported lazily.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled
from firstsaid.matching.word_kernels import Whole

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

EQUALS = 1 << 20
"""Scores and counts of equal words travel in one integer, `points * EQUALS + equal words`, so that one maximum serves both."""
NEVER = -(1 << 50)

BAND = 12
"""Half width, in words, of the band of an end's extension: insertions of up to 12 words are crossed."""
MAX_FILL = 60
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

    2 for equal words and for those that share most of their letter pairs (misspelt, misread, inflected: chance pairs them as rarely,
    and at 1, one in a hundred badly misread pairs is lost); -1 otherwise. Equal words of one or two letters are worth 1: in every
    language the short words are the common ones, and chance pairs them.
    """
    # No early returns: nobody can predict which it will be, and a wrong guess costs more than the arithmetic.
    both, size = bits_set(signatures[a] & signatures[b]), bits_set(signatures[a])
    longer = max(size, bits_set(signatures[b]))
    points = 2 * EQUALS if (both >= 3) & (longer >= 4) & (both * 10 >= longer * 6) else -EQUALS
    if words[a] == words[b] and words[a] != np.uint64(0):
        points = (2 if size > 2 else 1) * EQUALS + 1
    return points


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
    # Only cells between the first and the last that still live are looked at: far from a match the band thins out quickly.
    low, high = band + 1, min(2 * band + 1, band + 1 + available_b)
    for i in range(1, min(available_a, MAX_EXTENSION) + 1):
        new_low, new_high = width, -1
        beside = NEVER
        at = a + (i - 1) * step
        for w in range(max(1, low - 1), width - 1):
            if w > high and beside == NEVER:
                break
            j = i + w - 1 - band
            value = NEVER
            if 0 <= j <= available_b:
                above = rows[past + w + 1] if low <= w + 1 <= high else NEVER
                value = max(above, beside) - EQUALS
                if j > 0 and low <= w <= high and rows[past + w] > NEVER:
                    value = max(value, rows[past + w] + worth(words, signatures, at, b + (j - 1) * step))
                if value < best - limit:
                    value = NEVER
            rows[now + w] = value
            beside = value
            if value > NEVER:
                new_low, new_high = min(new_low, w), w
                if value >> 20 > best >> 20:
                    best, best_i, best_j = value, i, j
        if new_high < 0:
            break
        low, high = new_low, new_high
        now, past = past, now
    return best, best_i, best_j
