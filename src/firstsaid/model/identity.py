"""Ids, scores, spans and dates: what every noun is made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

Pieces = tuple[tuple[int, int], ...]
"""Stretches of one text as (start, end), in order."""
FULL = 10_000
"""The highest score: every score is a whole number of ten-thousandths."""


def digest(*parts: str | bytes | int | None) -> str:
    """32 hexadecimal characters that identify `parts` in order.

    blake2b with 16 bytes; parts are length-prefixed, so that ("ab", "c") and ("a", "bc") differ.
    """
    pieces: list[bytes] = []
    for part in parts:
        data = part if isinstance(part, bytes) else b"" if part is None else str(part).encode("utf-8", "surrogatepass")
        pieces += (len(data).to_bytes(8, "little"), data)
    return hashlib.blake2b(b"".join(pieces), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's text: code points `start`..`end`, 0-based, end excluded."""

    document_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a reversed span."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} in document {self.document_id[:8]} is reversed or negative")

    def overlap(self, other: Span) -> int:
        """How many code points both spans hold; 0 for spans of different documents."""
        if self.document_id != other.document_id:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


MINUTES_PER_DAY = 1440


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something was, as far as is known: somewhere between two minutes, both included.

    `earliest`, `latest`: minutes since 1970-01-01T00:00 UTC, proleptic Gregorian. A year is a range of days and never becomes
    1 January. `basis`: where the date comes from (`json-ld`, `meta`, `url`, `text`, `column`, `file-name`, `file-mtime`, ...).
    `confidence`: 0..10,000. Printing and parsing as EDTF is in `firstsaid.dates`.
    """

    earliest: int
    latest: int
    basis: str
    confidence: int = FULL

    def __post_init__(self) -> None:
        """Refuse a reversed range."""
        if self.earliest > self.latest:
            raise ValueError(f"date range {self.earliest}..{self.latest} is reversed")

    def is_before(self, other: DateRange) -> bool:
        """Whether every moment of this range lies before every moment of the other."""
        return self.latest < other.earliest

    def overlaps(self, other: DateRange) -> bool:
        """Whether the two may be the same moment: a tie, to be said as a tie."""
        return self.earliest <= other.latest and other.earliest <= self.latest
