"""Compiled loops of the index: a query against windows of the corpus. Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled
from firstsaid.matching.complete_kernels import local
from firstsaid.matching.score_kernels import EQUALS, worth

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

NOWHERE = np.uint32(0xFFFFFFFF)
"""Stands for the new place of a word whose document is gone."""


@compiled
def own_points(words: U64, signatures: U64) -> int:
    """Points of the query against itself."""
    points = 0
    for i in range(len(words)):
        points += worth(words, signatures, i, i) // EQUALS
    return points


@compiled
def compare_windows(
    windows: I64, query: U64, query_signatures: U64, words: U64, signatures: U64, least_points: int, least_words: int
) -> I64:
    """The best match in each window (from word, to word): rows (query words from, to, corpus words from, to, equal words)."""
    n = len(query)
    longest = 1
    for w in range(len(windows)):
        longest = max(longest, windows[w, 1] - windows[w, 0])
    # Query and window in one buffer, as the alignment wants them.
    both = np.empty(n + longest, np.uint64)
    both_signatures = np.empty(n + longest, np.uint64)
    for i in range(n):
        both[i], both_signatures[i] = query[i], query_signatures[i]
    found = np.zeros(6, np.int64)
    out = np.empty((len(windows), 5), np.int64)
    m = 0
    for w in range(len(windows)):
        low, high = windows[w, 0], windows[w, 1]
        for i in range(high - low):
            both[n + i], both_signatures[n + i] = words[low + i], signatures[low + i]
        local(both, both_signatures, 0, n, n, n + high - low, found)
        if found[4] >= least_points and found[5] >= least_words:
            out[m, 0], out[m, 1], out[m, 4] = found[0], found[1], found[5]
            out[m, 2], out[m, 3] = found[2] - n + low, found[3] - n + low
            m += 1
    return out[:m].copy()


@compiled
def merge_postings(old: U32, old_places: U32, moved: U32, new: U32, new_places: U32, hashes: U32, places: U32) -> int:
    """Two lists of postings (hashes sorted, ties by place) as one, in `hashes` and `places`; how many there are.

    `moved`: where each word of the old list's documents stands now, in their old order, or `NOWHERE`.
    """
    i, j, n = 0, 0, 0
    while i < len(old) or j < len(new):
        if i < len(old) and moved[old_places[i]] == NOWHERE:
            i += 1
            continue
        is_old = j == len(new) or (i < len(old) and (old[i] < new[j] or (old[i] == new[j] and moved[old_places[i]] < new_places[j])))
        if is_old:
            hashes[n], places[n] = old[i], moved[old_places[i]]
            i += 1
        else:
            hashes[n], places[n] = new[j], new_places[j]
            j += 1
        n += 1
    return n
