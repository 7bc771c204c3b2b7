"""From words to seeds, block by block: shingles are dealt into ranges of hashes, and the seeds they give into ranges of documents.

A block fits in a core's cache, blocks run on all cores, and where the arrays lie on disk (see `space`) only the blocks at work and one
byte a word are in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.space import Space
from firstsaid.matching.threads import in_threads
from firstsaid.matching.words import WordArrays

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

Seeds = tuple[U64, U32, U32, U8]
"""Pair keys, left places, right places, kinds (see `word_kernels.seeds`)."""

PART_WORDS_BITS = 18
"""log2 of the shingles of a block, at most: with their places 3 MB, about what a core's cache holds."""
MOST_PART_BITS = 12
"""More than 4,096 blocks are written to in turn slower than larger ones are sorted."""
WORDS_PER_CHUNK = 1 << 20
"""Words whose shingles a core makes at a time: 8 MB."""
CELL_BITS = 8
"""log2 of the words for which one document number is kept, to find the document of a place without a search."""
MOST_RANGES = 256
"""Ranges of left documents that seeds are dealt into: enough for even work on many cores, few enough to be written to in turn."""


@dataclass(frozen=True, slots=True)
class SeedBlocks:
    """Seeds in ranges of left documents: for each range its pieces, one from each block of hashes that gave any."""

    pieces: tuple[tuple[Seeds, I64], ...]
    """Per block of hashes: its seeds, range by range, and where each range begins."""
    n_ranges: int

    def of_range(self, number: int) -> Seeds:
        """The seeds of one range, sorted by pair."""
        cuts = [(seeds, int(starts[number]), int(starts[number + 1])) for seeds, starts in self.pieces]
        keys, lefts, rights, kinds = (
            np.concatenate([seeds[column][low:high] for seeds, low, high in cuts] or [np.empty(0, kind)])
            for column, kind in enumerate((np.uint64, np.uint32, np.uint32, np.uint8))
        )
        order = np.argsort(keys)
        return keys[order], lefts[order], rights[order], kinds[order]


def seed_blocks(words: WordArrays, ranks: I64, captures: I64, spans: I64, settings: ReuseSettings, space: Space) -> SeedBlocks:
    """Places that two documents share. `ranks`, `captures`, `spans`: see `aligning.Corpus`."""
    from firstsaid.matching import deal_kernels, word_kernels

    hashes, places, cuts, bits = _dealt_shingles(words, settings.shingle_words, space)
    state = np.zeros(len(words), np.uint8)
    firsts = _first_documents(words.bounds)
    n_documents = len(words.bounds) - 1
    per_range = max(1, -(-n_documents // MOST_RANGES))
    n_ranges = max(1, -(-n_documents // per_range))

    def recurring(part: int) -> int:
        """Keep what recurs of a block, sorted, at its beginning; how much that is."""
        low, high = cuts[part], cuts[part + 1]
        kept = word_kernels.recurring(hashes[low:high], bitmap_bits(high - low), bits)
        chosen, at = hashes[low:high][kept], places[low:high][kept]
        order = np.argsort(chosen)
        chosen, at = chosen[order], at[order]
        deal_kernels.order_ties(chosen, at)
        hashes[low : low + len(chosen)], places[low : low + len(chosen)] = chosen, at
        owners = deal_kernels.owners_of(at, words.bounds, firsts, CELL_BITS)
        word_kernels.group_states(chosen, at, owners, ranks, settings.most_documents, state)
        return len(chosen)

    def seeds(block: tuple[int, int]) -> tuple[Seeds, I64]:
        """The seeds of a block, range by range, and where each range begins. Needs what all blocks wrote to `state`."""
        low, n_kept = block
        chosen, at = hashes[low : low + n_kept], places[low : low + n_kept]
        owners = deal_kernels.owners_of(at, words.bounds, firsts, CELL_BITS)
        found = word_kernels.seeds(
            chosen, at, owners, words.hashes, state, words.bounds, captures, spans, settings.shingle_words, False
        )  # fmt: skip
        counts = deal_kernels.count_ranges(found[0], per_range, n_ranges)
        order = deal_kernels.order_of_ranges(found[0], per_range, counts)
        starts = np.zeros(n_ranges + 1, np.int64)
        np.cumsum(counts, out=starts[1:])
        keys, lefts, rights, kinds = (space.keep(column[order]) for column in found)
        return (keys, lefts, rights, kinds), starts

    parts = list(range(len(cuts) - 1))
    kept = in_threads(recurring, parts)
    made = in_threads(seeds, [(int(cuts[part]), n) for part, n in zip(parts, kept, strict=True) if n])
    return SeedBlocks(tuple(made), n_ranges)


def bitmap_bits(n_hashes: int) -> int:
    """log2 of the bits of the bitmap that drops what stands once: 8 to 16 a hash lets 6 to 12 % of those in by accident."""
    return max(16, (8 * n_hashes).bit_length())


def _dealt_shingles(words: WordArrays, width: int, space: Space) -> tuple[U64, U32, list[int], int]:
    """Shingles and their places, block by block and rising inside each, where each block begins, and log2 of the number of blocks."""
    from firstsaid.matching import deal_kernels, word_kernels

    bits = min(MOST_PART_BITS, max(0, len(words) - 1 >> PART_WORDS_BITS).bit_length())
    chunks = _chunks(words.bounds)

    def shingles(chunk: tuple[int, int]) -> tuple[U64, int]:
        first, last = chunk
        low, high = int(words.bounds[first]), int(words.bounds[last])
        return word_kernels.shingles(words.hashes[low:high], words.bounds[first : last + 1] - low, width), low

    # Counted first and made again to be dealt: half a second for 100 million words, against 8 bytes a word.
    counts = np.array(in_threads(lambda chunk: deal_kernels.count_parts(shingles(chunk)[0], bits), chunks), np.int64).reshape(-1, 1 << bits)
    totals = counts.sum(axis=0)
    starts = np.zeros(len(totals) + 1, np.int64)
    np.cumsum(totals, out=starts[1:])
    cursors = starts[:-1] + np.cumsum(counts, axis=0) - counts
    hashes, places = space.empty(int(starts[-1]), np.uint64), space.empty(int(starts[-1]), np.uint32)

    def deal(number: int) -> None:
        made, low = shingles(chunks[number])
        deal_kernels.deal(made, low, bits, cursors[number].copy(), hashes, places)

    in_threads(deal, range(len(chunks)))
    return hashes, places, starts.tolist(), bits


def _chunks(bounds: I64) -> list[tuple[int, int]]:
    """Documents (from, to) of about `WORDS_PER_CHUNK` words each; one document is never cut."""
    cuts = np.unique(np.searchsorted(bounds, np.arange(0, bounds[-1] + WORDS_PER_CHUNK, WORDS_PER_CHUNK))).tolist()
    return list(pairwise([0, *(cut for cut in cuts if 0 < cut < len(bounds) - 1), len(bounds) - 1]))


def _first_documents(bounds: I64) -> U32:
    """The document of the first word of each cell (see `CELL_BITS`)."""
    cells = np.arange(0, max(1, int(bounds[-1])), 1 << CELL_BITS)
    return (np.searchsorted(bounds, cells, side="right") - 1).astype(np.uint32)
