"""What can be set about finding the same words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReuseSettings:
    """Settings of `reuse`. Every default was measured on corpora of 1,000 and 10,000 documents with known passages."""

    shingle_words: int = 4
    """Words of a shingle: with 5, 76 of 7,300 planted copies are found by nothing, with 4 54; with 3, pairs by chance are three times as
    many. What four words let in by chance ends before alignment (see `run_kernels.FORMULA_WORDS`)."""

    most_documents: int = 64
    """A shingle in more documents is compared with its earliest document only (the hub). The work grows with this number; below
    about 40, widely copied passages lose their pairs."""

    drop_points: int = 12
    """Points that an extension may lose before it stops: six equal words' worth, so that it crosses a rewritten clause. At 8,
    one passage in fifty comes in two pieces."""

    least_words: int = 7
    """Fewest equal words of an alignment: below it, set phrases of the language pass for copying."""

    least_points: int = 9
    """Points that an alignment needs (see `score_kernels.worth`), plus one for each doubling of the number of documents: pairs grow
    with the square of the documents, and chance matches fall by about three quarters with each two points."""

    doubt_points: int = 5
    """Points that an alignment may lack if another one, of either document with a third, covers the same stretch. Of heavily rewritten
    pairs, .834 are found with it and .805 without; with 7, .839, but precision falls from .980 to .973 and alignment takes longer."""

    def needed_points(self, n_documents: int) -> int:
        """Points that an alignment needs in a corpus of so many documents, rounded up to a power of two.

        >>> ReuseSettings().needed_points(1_000), ReuseSettings().needed_points(1_024), ReuseSettings().needed_points(1_025)
        (19, 19, 20)
        """
        return self.least_points + max(0, n_documents - 1).bit_length()
