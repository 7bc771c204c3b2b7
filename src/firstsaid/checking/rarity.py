"""How much a shared word says about two texts of one corpus: a word of nearly every document says nothing, a rare one much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2

from firstsaid.checking.vocabulary import Vocabulary

SAMPLE_DOCUMENTS = 2_000
"""The documents of the lowest ids, which are digests and so a fair sample: shares above a thousandth are known well enough from these."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of `n_documents` sampled documents each word stands."""

    n_documents: int
    counts: Mapping[str, int]

    def weight(self, key: str) -> float:
        """1 for a word of at most two documents, towards 0 for a word of all; in a corpus of two documents every word weighs 1.

        >>> rarity = Rarity(100, {"inflation": 98, "ferry": 2})
        >>> round(rarity.weight("inflation"), 1), rarity.weight("ferry"), rarity.weight("ondine")
        (0.2, 1.0, 1.0)
        """
        most = log2(1 + max(2, self.n_documents) / 2)
        return min(1.0, log2(1 + self.n_documents / max(2, self.counts.get(key, 0))) / most)

    def total(self, keys: Iterable[str]) -> float:
        """The weights together, added in the order of the words so that the sum never depends on a set's."""
        return sum(self.weight(key) for key in sorted(keys))


def rarity_of(vocabulary: Vocabulary) -> Rarity:
    """Counted over the first texts."""
    counts = vocabulary.n_texts_with(SAMPLE_DOCUMENTS).tolist()
    return Rarity(min(SAMPLE_DOCUMENTS, len(vocabulary.bounds) - 1), dict(zip(vocabulary.numbers, counts, strict=True)))
