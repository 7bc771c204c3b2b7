"""Words that attribute, by language, and the other small word lists of this room."""

from __future__ import annotations


def word_set(listing: str) -> frozenset[str]:
    """The words of a listing parted by white space."""
    return frozenset(listing.split())
