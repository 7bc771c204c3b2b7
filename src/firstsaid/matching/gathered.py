"""Texts as they come, turned into words while the next are read: what `match` works on, so that no text is kept."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import TracebackType

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
    pieces: list[Future[WordArrays] | WordArrays] = field(default_factory=list)
    n_collected: int = 0
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(n_cores()))

    def __enter__(self) -> GatheredTexts:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """End the threads and remove the files."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.pieces.clear()
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
        self.pieces.append(self.pool.submit(word_arrays, self.waiting))
        self.waiting, self.n_characters = [], 0
        while len(self.pieces) - self.n_collected > 2 * n_cores():
            self._collect()

    def _collect(self) -> None:
        """Wait for the next piece; put it on disk if there are too many words for memory."""
        piece = self.pieces[self.n_collected]
        made = piece.result() if isinstance(piece, Future) else piece
        self.n_words += len(made)
        if self.n_words > MOST_WORDS:
            raise UsageError(f"more than {MOST_WORDS:,} words: match them in two parts")
        if self.n_words > self.words_in_memory and self.space.folder is None:
            self.space = Space.on_disk(self.spill_folder)
            self.pieces[: self.n_collected] = [self._kept(one) for one in self.pieces[: self.n_collected] if isinstance(one, WordArrays)]
        self.pieces[self.n_collected] = self._kept(made)
        self.n_collected += 1

    def _kept(self, words: WordArrays) -> WordArrays:
        keep = self.space.keep
        return WordArrays(keep(words.hashes), keep(words.signatures), keep(words.starts), keep(words.ends), words.bounds)

    def _words(self, order: list[int]) -> WordArrays:
        """The words of all texts, one text after the other in `order` (numbers of texts as they came)."""
        from firstsaid.matching import deal_kernels

        self._hand_over()
        while self.n_collected < len(self.pieces):
            self._collect()
        pieces = deque(piece for piece in self.pieces if isinstance(piece, WordArrays))
        self.pieces.clear()
        counts = np.concatenate([np.diff(piece.bounds) for piece in pieces])
        bounds = np.zeros(len(order) + 1, np.int64)
        np.cumsum(counts[order], out=bounds[1:])
        targets = np.empty(len(order), np.int64)
        targets[order] = bounds[:-1]
        words = WordArrays(
            self.space.empty(self.n_words, np.uint64), self.space.empty(self.n_words, np.uint64),
            self.space.empty(self.n_words, np.uint32), self.space.empty(self.n_words, np.uint32), bounds,
        )  # fmt: skip
        first = 0
        while pieces:  # each is let go as it has been copied
            piece = pieces.popleft()
            last = first + len(piece.bounds) - 1
            deal_kernels.place(piece.hashes, piece.bounds, targets[first:last], words.hashes)
            deal_kernels.place(piece.signatures, piece.bounds, targets[first:last], words.signatures)
            deal_kernels.place(piece.starts, piece.bounds, targets[first:last], words.starts)
            deal_kernels.place(piece.ends, piece.bounds, targets[first:last], words.ends)
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
