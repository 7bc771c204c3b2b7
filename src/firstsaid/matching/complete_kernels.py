"""Compiled loops that read the words of what other alignments vouch for (see `kin_kernels`). Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.align_kernels import NEAR, distance, n_light
from firstsaid.matching.compiled import compiled
from firstsaid.matching.score_kernels import EQUALS, MAX_FILL, bits_set, fill

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

MARGIN = 6
"""Words added around a proposed stretch: projection through the third document is a few words off."""
LONGEST_WINDOW = 600
"""Words: longer stretches that match share shingles anyway; bounds a comparison to 360,000 cells."""
LEAST_POINTS, WORDS_OF_LEAST = 6, 32
"""Points that two texts need where others vouch for the stretch, and one more for each doubling of it above 32 words. The place is given,
so they do not grow with the corpus: of 9,400 proposals in four corpora with known passages, fewer than one in ten below 5 points are true,
and ninety-nine in a hundred of 6 or more; at 9, heavily rewritten pairs fall from .834 to .805. Templates get many kin by it."""
ONE_POINT, ONE_EQUAL = 1 << 40, 1 << 20
"""In the cells of `local`: points, then 20 bits of equal words, then 10 bits each of where the alignment began."""
PROPOSED = -1
"""Points of a row that is still to be read."""


@compiled
def local(words: U64, signatures: U64, a0: int, a1: int, b0: int, b1: int, found: I64) -> None:
    """The best local alignment of two short stretches (of < 1,024 words) into `found`: a0, a1, b0, b1, points, equal words.

    Ties go to the end that is met first. Points, equal words and where it began travel in one integer, so that one maximum serves all.
    """
    n = b1 - b0
    cells = np.zeros(n + 1, np.int64)
    sizes = np.empty(n + 1, np.int64)
    for j in range(1, n + 1):
        sizes[j] = bits_set(signatures[b0 + j - 1])
    found[:] = 0
    best = 0
    for i in range(1, a1 - a0 + 1):
        diagonal, beside = 0, 0
        word, signature = words[a0 + i - 1], signatures[a0 + i - 1]
        size = bits_set(signature)
        if_equal = 2 * ONE_POINT + ONE_EQUAL if size > 2 else ONE_POINT + ONE_EQUAL
        for j in range(1, n + 1):
            if diagonal == 0:
                diagonal = ((i - 1) << 10) | (j - 1)
            # What `score_kernels.worth` says; written out, it takes half the time.
            both = bits_set(signature & signatures[b0 + j - 1])
            longer = max(size, sizes[j])
            gain = 2 * ONE_POINT if (both >= 3) & (longer >= 4) & (both * 10 >= longer * 6) else -ONE_POINT
            if words[b0 + j - 1] == word and word != np.uint64(0):
                gain = if_equal
            value = diagonal + gain
            diagonal = cells[j]
            value = max(value, max(diagonal, beside) - ONE_POINT)
            if value < ONE_POINT:
                value = 0
            cells[j] = value
            beside = value
            if value >> 40 > best >> 40:
                best = value
                found[1], found[3] = a0 + i, b0 + j
    found[0], found[2] = a0 + ((best >> 10) & 1023), b0 + (best & 1023)
    found[4], found[5] = best >> 40, (best >> 20) & (EQUALS - 1)


@compiled
def joins_earlier(out: I64, m: int) -> bool:
    """Whether row `m` is a piece of an earlier row of its pair (near it on both sides), which then holds both."""
    q = m - 1
    while q >= 0 and out[q, 0] == out[m, 0] and out[q, 1] == out[m, 1]:
        left = distance(out[q, 2], out[q, 3], out[m, 2], out[m, 3])
        right = distance(out[q, 4], out[q, 5], out[m, 4], out[m, 5])
        if left <= NEAR and right <= NEAR and out[q, 8] == out[m, 8]:
            for c in range(2, 6, 2):
                out[q, c], out[q, c + 1] = min(out[q, c], out[m, c]), max(out[q, c + 1], out[m, c + 1])
            out[q, 6] += out[m, 6]
            out[q, 7] = min(out[q, 7] + out[m, 7], out[q, 3] - out[q, 2], out[q, 5] - out[q, 4])
            return True
        q -= 1
    return False


@compiled
def completed(kin: I64, words: U64, signatures: U64, bounds: I64) -> I64:
    """Alignments of rows like those of `align`, with four columns more: the stretch that other alignments vouch for.

    A row that is known is widened to that stretch, and the equal words of what is added are counted. A proposed one (`PROPOSED`) is
    aligned within where to look and a margin, and kept, over all that is vouched for, if it earns the points. Pieces of one passage of a
    pair become one row; pairs must be whole, and their rows sorted.
    """
    out = np.empty((len(kin), 9), np.int64)
    found = np.zeros(6, np.int64)
    table = np.empty(MAX_FILL + 2, np.int64)
    m = 0
    for row in kin:
        for c in range(9):
            out[m, c] = row[c]
        a0, a1, b0, b1 = row[2], row[3], row[4], row[5]
        if row[6] == PROPOSED:
            left, right = row[0], row[1]
            a0, a1 = max(bounds[left], a0 - MARGIN), min(bounds[left + 1], a1 + MARGIN)
            b0, b1 = max(bounds[right], b0 - MARGIN), min(bounds[right + 1], b1 + MARGIN)
            if a1 - a0 > LONGEST_WINDOW or b1 - b0 > LONGEST_WINDOW:
                continue
            local(words, signatures, a0, a1, b0, b1, found)
            needed, size = LEAST_POINTS, max(row[10] - row[9], row[12] - row[11])
            while size > WORDS_OF_LEAST:
                needed += 1
                size = (size + 1) // 2
            if found[4] < needed + n_light(words, signatures, found[0], found[1]) // 2:
                continue
            a0, a1, b0, b1 = found[0], found[1], found[2], found[3]
            out[m, 6], out[m, 7] = found[4], found[5]
        else:
            for side in range(2):
                low, other = (a1, b1) if side else (row[9], row[11])
                high, other_high = (row[10], row[12]) if side else (a0, b0)
                if low < high and other < other_high:
                    out[m, 7] += fill(words, signatures, low, high, other, other_high, table) & (EQUALS - 1)
        out[m, 2], out[m, 3] = min(a0, row[9]), max(a1, row[10])
        out[m, 4], out[m, 5] = min(b0, row[11]), max(b1, row[12])
        m += not joins_earlier(out, m)
    return out[:m].copy()
