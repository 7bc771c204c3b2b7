"""Compiled loops for what several alignments of one passage tell about each other, before any word is read again. Imported lazily.

Two copies that were each rewritten share fewer words with each other than with what they were copied from, often not one whole
shingle. Where A matches B and B matches C over the same words, A and C are worth comparing there; where most witnesses of a passage agree
on where it ends, an alignment that stops short of it goes on; and a weak alignment is believed if it covers what others have found copied.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled
from firstsaid.matching.word_kernels import is_nested

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

REACH = 24
"""Neighbours, in order of place, that a side is compared with before and after it: bounds the work where thousands share a passage."""
SUPPORT_SHARE = 60
"""Percent of the longer of two stretches that both must hold for one to support the other. Of weak alignments, in 10,000 documents with
known passages, 291 of 306 true ones have such support and 85 of 738 others; at 50 a fifth more of the others, at 80 23 true ones fewer."""
SHARE_OF_LONGER, SHARE_OF_SHORTER, LEAST_OF_LONGER = 50, 85, 30
"""Percent of two sides of one document that they must share to be one passage, whose ends they then settle: half of the longer; or
nearly all of the shorter and a third of the longer."""
PROJECTED_SHARE = 60
"""Percent of the shorter of two sides of one document that both must hold for their partners to be compared. Less, and the partners have
other words of the document each."""
MOST_PARTNERS = 32
"""Alignments looked at around one place of one document: bounds proposals to the square of this."""
CROWD = 16
"""Alignments around one place for which a proposal needs one vote more: of two members of a large family that are worth comparing, most
members know; what one of forty proposes is a formula of the trade (of 24,000 press releases, half of all proposals)."""
SMALL_CROWD, CLOSE_KNIT = 12, 40
"""Percent of the pairs of partners around a place that must have been found, where the alignments are as many, for others to be proposed.
Copies of one passage mostly match each other, documents that fill in one form do not: two thirds of what 72,784 press releases propose
end here; of 10,000 documents with known passages one proposal in fifteen, two in five of them false. At 8, heavily rewritten pairs fall
from .834 to .825."""
LEAST_WORDS = 4
"""Words: a shorter stretch is not proposed."""
N_PROPOSAL = 7
"""Columns of a proposal: left text, right text, left words (from, to), right words (from, to), alignments around the place."""
N_GATHERED = 10
"""Columns of gathered proposals: left text, right text, where to look (four), and the middle of what was proposed (four)."""


@compiled
def shared_percent(low: int, high: int, other_low: int, other_high: int, is_of_longer: bool) -> int:
    """Percent of the longer, or the shorter, stretch that both hold."""
    shared = min(high, other_high) - max(low, other_low)
    size, other = high - low, other_high - other_low
    return 100 * shared // max(1, max(size, other) if is_of_longer else min(size, other)) if shared > 0 else 0


@compiled
def supporters(sides: I64) -> I64:
    """For each side how many strong alignments with other documents cover the same stretch.

    `sides`: rows (document, start, end, other document, is weak), sorted.
    """
    n = len(sides)
    out = np.zeros(n, np.int64)
    for i in range(n):
        for j in range(max(0, i - REACH), min(n, i + REACH + 1)):
            if sides[j, 0] != sides[i, 0] or sides[j, 4] or sides[j, 3] == sides[i, 3]:
                continue
            out[i] += shared_percent(sides[i, 1], sides[i, 2], sides[j, 1], sides[j, 2], True) >= SUPPORT_SHARE
    return out


@compiled
def insert(values: I64, n: int, value: int) -> None:
    """Insert a value into the first `n` sorted ones."""
    while n > 0 and values[n - 1] > value:
        values[n] = values[n - 1]
        n -= 1
    values[n] = value


@compiled
def agreed_ends(sides: I64) -> I64:
    """For each side the median start and end of the sides of its document that are the same passage, and how many they are.

    `sides`: rows that begin with (document, start, end), sorted.
    """
    n = len(sides)
    out = np.empty((n, 3), np.int64)
    starts = np.empty(2 * REACH + 2, np.int64)
    ends = np.empty(2 * REACH + 2, np.int64)
    for i in range(n):
        low, high = sides[i, 1], sides[i, 2]
        count = 0
        for j in range(max(0, i - REACH), min(n, i + REACH + 1)):
            if sides[j, 0] != sides[i, 0]:
                continue
            of_longer = shared_percent(low, high, sides[j, 1], sides[j, 2], True)
            of_shorter = shared_percent(low, high, sides[j, 1], sides[j, 2], False)
            if of_longer >= SHARE_OF_LONGER or (of_shorter >= SHARE_OF_SHORTER and of_longer >= LEAST_OF_LONGER):
                insert(starts, count, sides[j, 1])
                insert(ends, count, sides[j, 2])
                count += 1
        out[i, 0], out[i, 1], out[i, 2] = starts[(count - 1) // 2], ends[count // 2], count
    return out


@compiled
def known_row(pairs: U64, firsts: I64, rows: I64, key: np.uint64, a0: int, a1: int, b0: int, b1: int) -> int:
    """The number of the row that aligns this pair and overlaps the two stretches; -1 where none does. The rest: see `propose`."""
    left = key >> np.uint64(32)
    low, high = firsts[left], firsts[left + np.uint64(1)]
    q = low + np.searchsorted(pairs[low:high], key)
    while q < len(pairs) and pairs[q] == key:
        if rows[q, 2] < a1 and a0 < rows[q, 3] and rows[q, 4] < b1 and b0 < rows[q, 5]:
            return int(q)
        q += 1
    return -1


@compiled
def crowds(sides: I64, n_pairs: I64, n_known: I64) -> I64:
    """How many alignments are around each side's place, and what percent of the pairs of their partners match.

    `n_pairs`, `n_known`: the pairs of each side with later ones, and those that match.
    """
    n = len(sides)
    out = np.zeros((n, 2), np.int64)
    for i in range(n):
        of_all, of_known = 0, 0
        for j in range(max(0, i - MOST_PARTNERS), min(n, i + MOST_PARTNERS + 1)):
            if sides[j, 0] != sides[i, 0]:
                continue
            if shared_percent(sides[i, 1], sides[i, 2], sides[j, 1], sides[j, 2], False) >= PROJECTED_SHARE:
                of_all += n_pairs[j]
                of_known += n_known[j]
                out[i, 0] += 1
        out[i, 1] = 100 * of_known // max(1, of_all)
    return out


@compiled
def propose(sides: I64, pairs: U64, firsts: I64, rows: I64, captures: I64, spans: I64) -> I64:
    """Stretches to compare, as rows of `N_PROPOSAL` integers: what the third document's shared words are in either partner.

    `sides`: one row per alignment and side, (document, start, end, other document, other start, other end), sorted. `pairs`, `rows`:
    the alignments known, sorted by pair key; those that are themselves proposed have negative points. `firsts`: where the rows of each left
    document begin, and one more.
    """
    n = len(sides)
    n_pairs = np.zeros(n, np.int64)
    n_known = np.zeros(n, np.int64)
    out = np.empty((1024, N_PROPOSAL + 1), np.int64)
    m = 0
    for i in range(n):
        j = i + 1
        while j < n and j - i < MOST_PARTNERS and sides[j, 0] == sides[i, 0] and sides[j, 1] < sides[i, 2]:
            first, second = i, j
            j += 1
            if sides[first, 3] == sides[second, 3]:
                continue
            if shared_percent(sides[first, 1], sides[first, 2], sides[second, 1], sides[second, 2], False) < PROJECTED_SHARE:
                continue
            low, high = max(sides[first, 1], sides[second, 1]), min(sides[first, 2], sides[second, 2])
            if sides[first, 3] > sides[second, 3]:
                first, second = second, first
            left, right = sides[first, 3], sides[second, 3]
            if is_nested(captures, spans, left, right):
                continue
            a0 = max(sides[first, 4], sides[first, 4] + low - sides[first, 1])
            a1 = min(sides[first, 5], sides[first, 5] + high - sides[first, 2])
            b0 = max(sides[second, 4], sides[second, 4] + low - sides[second, 1])
            b1 = min(sides[second, 5], sides[second, 5] + high - sides[second, 2])
            if a1 - a0 < LEAST_WORDS or b1 - b0 < LEAST_WORDS:
                continue
            key = (np.uint64(left) << np.uint64(32)) | np.uint64(right)
            known = known_row(pairs, firsts, rows, key, a0, a1, b0, b1)
            n_pairs[i] += 1
            if known >= 0:
                n_known[i] += rows[known, 6] >= 0
                continue
            if m == len(out):
                grown = np.empty((2 * m, N_PROPOSAL + 1), np.int64)
                for q in range(m):
                    for c in range(N_PROPOSAL + 1):
                        grown[q, c] = out[q, c]
                out = grown
            out[m, 0], out[m, 1], out[m, 2], out[m, 3], out[m, 4], out[m, 5] = left, right, a0, a1, b0, b1
            out[m, 6], out[m, 7] = i, j - 1
            m += 1
    around = crowds(sides, n_pairs, n_known)
    kept = 0
    for q in range(m):  # only now is it known how many of the pairs around each place match
        one, other = around[out[q, 6]], around[out[q, 7]]
        out[q, 6] = max(one[0], other[0])
        if out[q, 6] < SMALL_CROWD or max(one[1], other[1]) >= CLOSE_KNIT:
            for c in range(N_PROPOSAL):
                out[kept, c] = out[q, c]
            kept += 1
    return out[:kept, :N_PROPOSAL].copy()


@compiled
def gathered(proposals: I64) -> I64:
    """Proposals of one pair that overlap (sorted) as one row of `N_GATHERED` integers; left out where the votes are few for the crowd."""
    n = len(proposals)
    out = np.empty((n, N_GATHERED), np.int64)
    m = 0
    i = 0
    while i < n:
        left, right = proposals[i, 0], proposals[i, 1]
        a0, a1, b0, b1, crowd = proposals[i, 2], proposals[i, 3], proposals[i, 4], proposals[i, 5], proposals[i, 6]
        j = i + 1
        while j < n and proposals[j, 0] == left and proposals[j, 1] == right:
            if not (proposals[j, 2] < a1 and proposals[j, 4] < b1 and b0 < proposals[j, 5]):
                break
            a1, b0, b1 = max(a1, proposals[j, 3]), min(b0, proposals[j, 4]), max(b1, proposals[j, 5])
            crowd = min(crowd, proposals[j, 6])
            j += 1
        votes = j - i
        if votes > crowd // CROWD:
            out[m, 0], out[m, 1], out[m, 2], out[m, 3], out[m, 4], out[m, 5] = left, right, a0, a1, b0, b1
            for c in range(4):
                out[m, 6 + c] = np.sort(proposals[i:j, 2 + c])[votes // 2]
            m += 1
        i = j
    return out[:m].copy()
