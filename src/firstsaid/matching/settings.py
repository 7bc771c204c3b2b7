"""What can be set about finding the same words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReuseSettings:
    """Settings of `reuse`. Every default was measured on corpora of 1,000 and 10,000 documents with known passages."""

    shingle_words: int = 5
    """Words of a shingle: 4 lets common phrases pair half the corpus, 6 misses passages where every sixth word changed."""

    most_documents: int = 64
    """A shingle in more documents is compared with its earliest document only (the hub). The work grows with this number; below
    about 40, widely copied passages lose their pairs."""

    drop_points: int = 12
    """Points that an extension may lose before it stops: six equal words' worth, so that it crosses a rewritten clause. At 8,
    one passage in fifty comes in two pieces."""

    least_words: int = 7
    """Fewest equal words of an alignment: below it, set phrases of the language pass for copying."""

    least_points: int = 8
    """Points that an alignment needs (see `score_kernels.worth`), plus one for each doubling of the number of documents: pairs grow
    with the square of the documents, and chance matches fall by about three quarters with each two points."""

    def needed_points(self, n_documents: int) -> int:
        """Points that an alignment needs in a corpus of so many documents, rounded up to a power of two.

        >>> ReuseSettings().needed_points(1_000), ReuseSettings().needed_points(1_024), ReuseSettings().needed_points(1_025)
        (18, 18, 19)
        """
        return self.least_points + max(0, n_documents - 1).bit_length()

    def needed_points_between_kin(self, n_documents: int) -> int:
        """Points that two texts need where a third joins them over the same words: half, since the third vouches for them."""
        return self.needed_points(n_documents) // 2
