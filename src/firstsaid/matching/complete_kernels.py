"""Compiled loops for passages that two documents share with a third: proposed where the third joins them, then aligned for themselves.

Two copies that were each rewritten share fewer words with each other than with what they were copied from, often not one whole
shingle. Where A matches B and B matches C over the same words, A and C are compared there directly. Imported lazily.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.align_kernels import N_OUT
from firstsaid.matching.compiled import compiled
from firstsaid.matching.score_kernels import EQUALS, bits_set
from firstsaid.matching.word_kernels import is_nested

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

MARGIN = 6
"""Words added around a proposed stretch: projection through the third document is a few words off."""
LONGEST_WINDOW = 400
"""Words: longer stretches that match share shingles anyway; bounds a comparison to 160,000 cells."""
ONE_POINT, ONE_EQUAL = 1 << 40, 1 << 20
"""In the cells of `local`: points, then 20 bits of equal words, then 10 bits each of where the alignment began."""
MOST_PARTNERS = 32
"""Alignments looked at around one place of one document: bounds proposals to the square of this."""
CROWD = 16
"""Alignments around one place for which a proposal needs one vote more: of two members of a large family that are worth comparing, most
members know; what one of forty proposes is a formula of the trade (of 24,000 press releases, half of all proposals)."""
N_PROPOSAL = 7
"""Columns of a proposal: left text, right text, left words (from, to), right words (from, to), alignments around the place."""


@compiled
def overlap_share(low: int, high: int, other_low: int, other_high: int) -> int:
    """Percent of the shorter stretch that both hold."""
    shared = min(high, other_high) - max(low, other_low)
    return 100 * shared // max(1, min(high - low, other_high - other_low)) if shared > 0 else 0


@compiled
def known_pair(pairs: U64, rows: I64, key: np.uint64, a0: int, a1: int, b0: int, b1: int) -> bool:
    """Whether `rows` (sorted by `pairs`) hold an alignment of this pair that overlaps the two stretches."""
    q = np.searchsorted(pairs, key)
    while q < len(pairs) and pairs[q] == key:
        if rows[q, 2] < a1 and a0 < rows[q, 3] and rows[q, 4] < b1 and b0 < rows[q, 5]:
            return True
        q += 1
    return False


@compiled
def propose(sides: I64, pairs: U64, rows: I64, captures: I64, spans: I64) -> I64:
    """Stretches to compare, as rows of `N_PROPOSAL` integers.

    `sides`: one row per alignment and side, (document, start, end, other document, other start, other end), sorted. `pairs`, `rows`:
    the alignments known, sorted by pair key.
    """
    n = len(sides)
    out = np.empty((1024, N_PROPOSAL), np.int64)
    m = 0
    for i in range(n):
        of_place = m
        j = i + 1
        while j < n and j - i < MOST_PARTNERS and sides[j, 0] == sides[i, 0] and sides[j, 1] < sides[i, 2]:
            first, second = i, j
            j += 1
            if sides[first, 3] == sides[second, 3]:
                continue
            low, high = max(sides[first, 1], sides[second, 1]), min(sides[first, 2], sides[second, 2])
            if overlap_share(sides[first, 1], sides[first, 2], sides[second, 1], sides[second, 2]) < 60:
                continue
            if sides[first, 3] > sides[second, 3]:
                first, second = second, first
            left, right = sides[first, 3], sides[second, 3]
            if is_nested(captures, spans, left, right):
                continue
            a0 = max(sides[first, 4], sides[first, 4] + low - sides[first, 1] - MARGIN)
            a1 = min(sides[first, 5], sides[first, 5] + high - sides[first, 2] + MARGIN)
            b0 = max(sides[second, 4], sides[second, 4] + low - sides[second, 1] - MARGIN)
            b1 = min(sides[second, 5], sides[second, 5] + high - sides[second, 2] + MARGIN)
            if a1 - a0 < 4 or b1 - b0 < 4:
                continue
            key = (np.uint64(left) << np.uint64(32)) | np.uint64(right)
            if known_pair(pairs, rows, key, a0, a1, b0, b1):
                continue
            if m == len(out):
                grown = np.empty((2 * m, N_PROPOSAL), np.int64)
                for q in range(m):
                    for c in range(N_PROPOSAL):
                        grown[q, c] = out[q, c]
                out = grown
            out[m, 0], out[m, 1], out[m, 2], out[m, 3], out[m, 4], out[m, 5] = left, right, a0, a1, b0, b1
            m += 1
        for q in range(of_place, m):
            out[q, 6] = j - i
    return out[:m].copy()


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
            gain = ONE_POINT if (both >= 3) & (longer >= 4) & (both * 10 >= longer * 6) else -ONE_POINT
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
def complete(proposals: I64, words: U64, signatures: U64, least_points: int, least_words: int) -> I64:
    """Alignments of the proposals (sorted), as rows like those of `align`; those of one pair that overlap are votes for one."""
    out = np.empty((max(1, len(proposals)), N_OUT), np.int64)
    found = np.zeros(6, np.int64)
    m = 0
    i = 0
    while i < len(proposals):
        left, right = proposals[i, 0], proposals[i, 1]
        a0, a1, b0, b1 = proposals[i, 2], proposals[i, 3], proposals[i, 4], proposals[i, 5]
        crowd = proposals[i, 6]
        votes = 1
        i += 1
        while i < len(proposals) and proposals[i, 0] == left and proposals[i, 1] == right:
            if not (proposals[i, 2] < a1 and proposals[i, 4] < b1 and b0 < proposals[i, 5]):
                break
            a1, b0, b1 = max(a1, proposals[i, 3]), min(b0, proposals[i, 4]), max(b1, proposals[i, 5])
            crowd = min(crowd, proposals[i, 6])
            votes += 1
            i += 1
        if votes <= crowd // CROWD:
            continue
        if a1 - a0 > LONGEST_WINDOW or b1 - b0 > LONGEST_WINDOW:
            continue
        local(words, signatures, a0, a1, b0, b1, found)
        if found[4] < least_points or found[5] < least_words:
            continue
        out[m, 0], out[m, 1] = left, right
        for c in range(4):
            out[m, 2 + c] = found[c]
        out[m, 6], out[m, 7], out[m, 8] = found[4], found[5], 0
        m += 1
    return out[:m].copy()
