"""Texts as they come, turned into words while the next are read: what `match` works on, so that no text is kept."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.errors import UsageError
from firstsaid.matching.aligning import Corpus, aligned_words, spans_of
from firstsaid.matching.grouping import family_ids, passage_rows_of
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.space import Space
from firstsaid.matching.threads import n_cores
from firstsaid.matching.words import CHUNK_CHARACTERS, WordArrays, word_arrays

I64 = npt.NDArray[np.int64]

WORDS_IN_MEMORY = 1 << 27
"""Words (24 bytes each) above which they, their shingles and seeds go to disk: with what matching needs beside them about 8 GB."""
BYTES_A_WORD = 24
SLAB_WORDS = 1 << 22
"""Words of a slab: 100 MB, of which the system gives only what is written to."""
MOST_WORDS = (1 << 32) - 1
"""Places of words are 32-bit numbers."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The same words among gathered texts. `names`: ids, rising; documents are their numbers.

    `alignments`: rows (left, start, end, right, start, end, similarity in 1/10,000, equal words, is hub), sorted. `ranks`: the documents'
    order by date.
    """

    names: list[str]
    alignments: I64
    ranks: I64

    def families(self) -> tuple[list[str], I64]:
        """The family of each passage, and the passages (document, start, end), sorted by family."""
        rows = passage_rows_of(self.alignments[:, :8], self.ranks)
        named = family_ids(rows, self.names)
        order = sorted(range(len(named)), key=lambda i: (named[i], i))
        return [named[i] for i in order], rows[order, 3:]


@dataclass
class _Slab:
    """Words of some texts in one piece of memory, which goes back to the system whole: freed small arrays stay with the process."""

    data: npt.NDArray[np.uint8]
    n_words: int = 0
    counts: list[I64] = field(default_factory=list)

    def columns(self) -> tuple[npt.NDArray[Any], ...]:
        """Room for hashes, signatures, starts and ends (see `WordArrays`)."""
        n = len(self.data) // BYTES_A_WORD
        cuts = [self.data[8 * n * at : 8 * n * (at + 1)] for at in (0, 1)] + [self.data[4 * n * at : 4 * n * (at + 1)] for at in (4, 5)]
        return tuple(cut.view(kind) for cut, kind in zip(cuts, (np.uint64, np.uint64, np.uint32, np.uint32), strict=True))

    def add(self, words: WordArrays) -> None:
        """Copy the words behind those that are there."""
        for column, data in zip(self.columns(), (words.hashes, words.signatures, words.starts, words.ends), strict=True):
            column[self.n_words : self.n_words + len(words)] = data
        self.n_words += len(words)
        self.counts.append(np.diff(words.bounds))


@dataclass
class GatheredTexts:
    """Takes texts one at a time and finds what they share. Cost in memory: 24 bytes a word, then about 45; more words go to disk.

    `spill_folder`: where what does not fit goes (the system's temporary folder if None). Use it in a `with` block: it removes its files.
    """

    words_in_memory: int = WORDS_IN_MEMORY
    spill_folder: Path | None = None
    ids: list[str] = field(default_factory=list)
    moments: list[int | None] = field(default_factory=list)
    n_words: int = 0
    space: Space = field(default_factory=Space)
    waiting: list[str] = field(default_factory=list)
    n_characters: int = 0
    coming: deque[Future[WordArrays]] = field(default_factory=deque)
    slabs: deque[_Slab] = field(default_factory=deque)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(n_cores()))

    def __enter__(self) -> GatheredTexts:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """End the threads and remove the files."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.slabs.clear()
        self.space.__exit__(kind, error, traceback)

    def add(self, name: str, text: str, moment: int | None = None) -> None:
        """One text; `moment` (minutes, see `model`) is its date, None where it has none.

        Raises:
            UsageError: there are more words than 32-bit numbers count.
        """
        self.ids.append(name)
        self.moments.append(moment)
        self.waiting.append(text)
        self.n_characters += len(text)
        if self.n_characters >= CHUNK_CHARACTERS:
            self._hand_over()

    def _hand_over(self) -> None:
        self.coming.append(self.pool.submit(word_arrays, self.waiting))
        self.waiting, self.n_characters = [], 0
        while len(self.coming) > 2 * n_cores():
            self._collect()

    def _collect(self) -> None:
        """Wait for the next words; all go to disk if they are too many for memory."""
        made = self.coming.popleft().result()
        self.n_words += len(made)
        if self.n_words > MOST_WORDS:
            raise UsageError(f"more than {MOST_WORDS:,} words: match them in two parts")
        if self.n_words > self.words_in_memory and self.space.folder is None:
            self.space = Space.on_disk(self.spill_folder)
            for slab in self.slabs:
                slab.data = self.space.keep(slab.data)
        if not self.slabs or BYTES_A_WORD * (self.slabs[-1].n_words + len(made)) > len(self.slabs[-1].data):
            self.slabs.append(_Slab(self.space.empty(BYTES_A_WORD * max(SLAB_WORDS, len(made)), np.uint8)))
        self.slabs[-1].add(made)

    def _words(self, order: list[int]) -> WordArrays:
        """The words of all texts, one text after the other in `order` (numbers of texts as they came)."""
        from firstsaid.matching import deal_kernels

        self._hand_over()
        while self.coming:
            self._collect()
        counts = np.concatenate([some for slab in self.slabs for some in slab.counts])
        bounds = np.zeros(len(order) + 1, np.int64)
        np.cumsum(counts[order], out=bounds[1:])
        targets = np.empty(len(order), np.int64)
        targets[order] = bounds[:-1]
        words = WordArrays(
            self.space.empty(self.n_words, np.uint64), self.space.empty(self.n_words, np.uint64),
            self.space.empty(self.n_words, np.uint32), self.space.empty(self.n_words, np.uint32), bounds,
        )  # fmt: skip
        columns: tuple[npt.NDArray[Any], ...] = (words.hashes, words.signatures, words.starts, words.ends)
        first = 0
        while self.slabs:  # each is let go as it has been copied
            slab = self.slabs.popleft()
            starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(slab.counts))])
            last = first + len(starts) - 1
            for column, into in zip(slab.columns(), columns, strict=True):
                deal_kernels.place(column, starts, targets[first:last], into)
            first = last
        return words

    def matched(self, settings: ReuseSettings | None = None) -> Matched:
        """What the texts share: the same rows as `reuse` gives, in whatever order they came and wherever they lie.

        Raises:
            UsageError: an id was given twice.
        """
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        names = [self.ids[i] for i in order]
        for one, other in pairwise(names):
            if one == other:
                raise UsageError(f"id {one!r} is given to two texts: ids must differ")
        words = self._words(order)
        corpus = Corpus.of([self.moments[i] for i in order], None, len(order))
        rows = aligned_words(words, corpus, settings or ReuseSettings(), self.space)
        return Matched(names, spans_of(rows, words), corpus.ranks)
