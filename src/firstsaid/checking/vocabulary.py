"""The words of all documents as numbers, made in one pass: what finders ask of every text at once is then a question about columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from firstsaid.checking.tokens import keys_of

Numbers = npt.NDArray[np.uint32]

WORDS_AT_ONCE = 1 << 20
"""Columns about these words are some dozens of megabytes."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`numbers`: of each key. `words`: the numbers of all words, four bytes each; text `i` has `bounds[i]` to `bounds[i + 1]`."""

    numbers: dict[str, int]
    words: Numbers
    bounds: npt.NDArray[np.int64]

    @staticmethod
    def of(texts: Iterable[str]) -> Vocabulary:
        """Cost: one pass over all words."""
        numbers: dict[str, int] = {}
        texts_words = []
        for text in texts:
            keys = keys_of(text)
            numbers.update(zip(dict.fromkeys(key for key in keys if key not in numbers), count(len(numbers))))
            texts_words.append(np.fromiter(map(numbers.__getitem__, keys), np.uint32, len(keys)))
        bounds = np.zeros(len(texts_words) + 1, np.int64)
        np.cumsum([len(one) for one in texts_words], out=bounds[1:])
        return Vocabulary(numbers, np.concatenate(texts_words) if texts_words else np.zeros(0, np.uint32), bounds)

    def some_texts(self) -> Iterator[tuple[int, Numbers, npt.NDArray[np.int64]]]:
        """All words by the million: the number of the first text, the words, and where each text begins and ends in them."""
        first = 0
        while first < len(self.bounds) - 1:
            last = max(first + 1, int(np.searchsorted(self.bounds, self.bounds[first] + WORDS_AT_ONCE, side="right")) - 1)
            yield first, self.words[self.bounds[first] : self.bounds[last]], self.bounds[first : last + 1] - self.bounds[first]
            first = last

    def of_text(self, at: int) -> Numbers:
        """The words of one text, in order."""
        return self.words[self.bounds[at] : self.bounds[at + 1]]

    def n_texts_with(self, n_texts: int) -> npt.NDArray[np.int64]:
        """In how many of the first texts each word stands."""
        counts = np.zeros(len(self.numbers), np.int64)
        for at in range(min(n_texts, len(self.bounds) - 1)):
            counts[np.unique(self.of_text(at))] += 1
        return counts

    def texts_with_part(self, parts: Iterable[str]) -> list[int]:
        """The texts with a word that one of these is a part of, rising."""
        holds_part = re.compile("|".join(map(re.escape, sorted(parts)))).search
        is_asked = np.array([holds_part(key) is not None for key in self.numbers], bool)
        at = np.flatnonzero(is_asked[self.words])
        texts: list[int] = np.unique(np.searchsorted(self.bounds, at, side="right") - 1).tolist()
        return texts

    def texts_with(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """The texts that each of these words stands in, rising; a word of none is left out."""
        number_of = {key: self.numbers[key] for key in keys if key in self.numbers}
        is_asked = np.zeros(len(self.numbers), bool)
        is_asked[list(number_of.values())] = True
        at = np.flatnonzero(is_asked[self.words])
        n_texts = len(self.bounds) - 1
        owners = np.searchsorted(self.bounds, at, side="right") - 1
        numbers, texts = np.divmod(np.unique(self.words[at].astype(np.int64) * n_texts + owners), max(1, n_texts))
        return {
            key: texts[np.searchsorted(numbers, number) : np.searchsorted(numbers, number, "right")].tolist()
            for key, number in number_of.items()
        }
