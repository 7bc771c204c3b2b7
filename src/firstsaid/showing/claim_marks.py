"""Marks of a reading view where a claim is made elsewhere in other words; the same words are passages, and marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from firstsaid.model import Document
from firstsaid.showing.lines import Lines
from firstsaid.showing.spoken import counted
from firstsaid.showing.sweeping import Mark
from firstsaid.showing.views import Note

MOST_SHOWN = 2
"""Other tellings beside one claim, the earliest first."""
MOST_PLACES = 3_000
"""Rows looked at for one document."""


class Place(NamedTuple):
    """Where another document makes the claim."""

    telling_id: str
    document_id: str
    start: int
    end: int


def claim_marks(lines: Lines, document: Document) -> Iterator[Mark]:
    """Claims of the document that others make in other words, each with how many tellings there are and the earliest of them."""
    if not lines.remember("has-claims", lambda: _has_claims(lines)):
        return
    rows = lines.connection.execute(
        """SELECT own.claim_id, own.start AS own_start, own."end" AS own_end, other.telling_id, other.document_id, other.start, other."end"
           FROM claim_telling AS own JOIN claim_telling AS other ON other.group_id = own.group_id
           JOIN document ON document.id = other.document_id
           WHERE own.document_id = :id AND other.document_id != :id AND other.telling_id != own.telling_id
           ORDER BY own.start, own.claim_id, document.published_earliest IS NULL, document.published_earliest, document.id, other.start
           LIMIT :most""",
        {"id": document.id, "most": MOST_PLACES},
    ).fetchall()
    places: dict[tuple[str, int, int], dict[str, Place]] = {}
    for row in rows:
        # Copies of one telling count once; the earliest stands for it.
        told = places.setdefault((row["claim_id"], row["own_start"], row["own_end"]), {})
        told.setdefault(row["telling_id"], Place(row["telling_id"], row["document_id"], row["start"], row["end"]))
    lines.prepare(place.document_id for told in places.values() for place in list(told.values())[:MOST_SHOWN])
    for (claim_id, start, end), told in places.items():
        first = list(told.values())[:MOST_SHOWN]
        evidence = tuple(lines.span(place.document_id, place.start, place.end) for place in first)
        note = Note(0, "claim", f"Said in other words in {counted(len(told), 'other telling')}", (), "", evidence)
        yield Mark(start, end, "claim", note, f"claim:{claim_id}")


def _has_claims(lines: Lines) -> bool:
    """Whether the corpus has the table: one that is opened to be read only, and was traced before there were claims, has not."""
    return lines.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'claim_telling'").fetchone() is not None
