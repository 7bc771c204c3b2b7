"""Which of many short wordings share words in order with each other, or stand in a text: an inverted list of three-word shingles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

N = 3
"""Shorter shingles are phrases of the language; with longer ones a changed word in the middle hides a short quotation."""

MAX_POSTINGS = 24
"""Up to here all pairs of a shingle are looked at; above, each is paired with the earliest only, so that the cost stays linear."""

FILTER_BITS = 22
"""4 MB: with a million different shingles in the wordings it still keeps four of five others from being looked up."""
FILTER_SHIFT = np.uint64(64 - FILTER_BITS)

Integers = npt.NDArray[np.int64]
_PRIMES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


def _hashes(ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """One number per three neighbouring word ids; 64 bits, so that a collision among 10 million is unlikely, and only costs a look."""
    n = len(ids) - N + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    mixed = np.zeros(n, np.uint64)
    for offset, prime in enumerate(_PRIMES):
        mixed = (mixed ^ ids[offset : offset + n]) * prime
        mixed ^= mixed >> np.uint64(29)
    return mixed


@lru_cache(maxsize=MAX_POSTINGS + 1)
def _pairs_of(n: int) -> tuple[Integers, Integers]:
    """Every pair of `n` places, the lower first."""
    left, right = np.triu_indices(n, 1)
    return left, right


@dataclass(frozen=True)
class ShingleIndex:
    """Inverted list over wordings (numbered from 0, the earliest first). `hashes` is sorted; `owners`, `offsets` go with it.

    `may_stand`: by the upper `FILTER_BITS` of a hash, whether any is like it: most words of a text stand in no wording.
    """

    ids: dict[str, int]
    hashes: npt.NDArray[np.uint64]
    may_stand: npt.NDArray[np.bool_]
    owners: Integers
    offsets: Integers
    counts: Integers

    @staticmethod
    def build(wordings: Sequence[tuple[str, ...]]) -> ShingleIndex:
        """Index of the keys of each wording. Cost: sorting all their words once."""
        ids: dict[str, int] = {}
        hashes, owners, offsets = [], [], []
        counts = np.zeros(len(wordings), np.int64)
        for number, keys in enumerate(wordings):
            coded = np.array([ids.setdefault(key, len(ids) + 1) for key in keys], np.uint64)
            made = _hashes(coded)
            counts[number] = len(made)
            hashes.append(made)
            owners.append(np.full(len(made), number, np.int64))
            offsets.append(np.arange(len(made), dtype=np.int64))
        joined = np.concatenate(hashes) if hashes else np.zeros(0, np.uint64)
        order = np.argsort(joined, kind="stable")
        may_stand = np.zeros(1 << FILTER_BITS, bool)
        may_stand[joined >> FILTER_SHIFT] = True
        owner = np.concatenate(owners)[order] if owners else np.zeros(0, np.int64)
        offset = np.concatenate(offsets)[order] if offsets else np.zeros(0, np.int64)
        return ShingleIndex(ids, joined[order], may_stand, owner, offset, counts)

    def pairs(self, min_share: float) -> Iterator[tuple[int, int]]:
        """Pairs (lower, higher number) that share at least one shingle and `min_share` of the shorter one's, in order."""
        starts = np.flatnonzero(np.append(True, self.hashes[1:] != self.hashes[:-1])) if len(self.hashes) else np.zeros(0, np.int64)
        stops = np.append(starts[1:], len(self.hashes))
        left: list[Integers] = []
        right: list[Integers] = []
        for start, stop in zip(starts[stops - starts > 1].tolist(), stops[stops - starts > 1].tolist(), strict=True):
            members = np.unique(self.owners[start:stop])
            if len(members) < 2:
                continue
            if len(members) <= MAX_POSTINGS:
                a, b = _pairs_of(len(members))
                left.append(members[a])
                right.append(members[b])
            else:
                left.append(np.full(len(members) - 1, members[0]))
                right.append(members[1:])
        if not left:
            return
        n = len(self.counts)
        codes, shared = np.unique(np.concatenate(left) * n + np.concatenate(right), return_counts=True)
        a, b = codes // n, codes % n
        enough = shared >= np.maximum(1, min_share * np.minimum(self.counts[a], self.counts[b]))
        yield from zip(a[enough].tolist(), b[enough].tolist(), strict=True)

    def found_in(self, words: npt.NDArray[np.uint64], bounds: Integers, min_share: float) -> Iterator[tuple[int, int, int, int, int]]:
        """(text, wording, first word, last word, shingles found) for wordings of which `min_share` stand in a text near one place.

        `words`: the number that `ids` has for each word of the texts, 0 where it has none; text `i` has `bounds[i]` to `bounds[i + 1]`.
        """
        hashes = _hashes(words)
        at = np.flatnonzero(self.may_stand[hashes >> FILTER_SHIFT])
        low = np.searchsorted(self.hashes, hashes[at], "left")
        texts = np.searchsorted(bounds, at, "right") - 1
        # A shingle of the end of one text and the beginning of the next stands in neither.
        is_there = self.hashes[np.minimum(low, len(self.hashes) - 1)] == hashes[at] if len(self.hashes) else np.zeros(len(at), bool)
        is_there &= at + N <= bounds[texts + 1]
        at, low, texts = at[is_there], low[is_there], texts[is_there]
        sizes = np.searchsorted(self.hashes, hashes[at], "right") - low
        keep = sizes <= MAX_POSTINGS
        at, low, sizes, texts = at[keep], low[keep], sizes[keep], np.repeat(texts[keep], sizes[keep])
        if not len(at):
            return
        rows = np.repeat(low - np.append(0, np.cumsum(sizes)[:-1]), sizes) + np.arange(int(sizes.sum()))
        owners, starts = self.owners[rows], np.repeat(at, sizes) - bounds[texts] - self.offsets[rows]
        order = np.lexsort((starts, owners, texts))
        owners, starts, texts = owners[order], starts[order], texts[order]
        begins = np.flatnonzero(np.append(True, (owners[1:] != owners[:-1]) | (texts[1:] != texts[:-1])))
        stops = np.append(begins[1:], len(owners))
        enough = np.maximum(1.0, min_share * self.counts[owners[begins]])
        chosen = stops - begins >= enough
        for begin, stop, wanted in zip(begins[chosen].tolist(), stops[chosen].tolist(), enough[chosen].tolist(), strict=True):
            text, owner = int(texts[begin]), int(owners[begin])
            reach = int(self.counts[owner]) + N
            places = starts[begin:stop]
            upper = np.searchsorted(places, places + max(6, reach // 3), "right")
            best = int(np.argmax(upper - np.arange(len(places))))
            n_found = int(upper[best]) - best
            if n_found >= wanted:
                first, last = max(0, int(places[best])), int(places[upper[best] - 1]) + reach
                yield text, owner, first, min(int(bounds[text + 1] - bounds[text]) - 1, last), n_found
