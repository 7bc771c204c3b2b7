"""Names under all their spellings, and what they say: first hand, through others, or unattributed in a copy of their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from rapidfuzz import fuzz

from firstsaid.model import Document, Name, Quotation, Spelling, Telling
from firstsaid.store import read
from firstsaid.text import words
from firstsaid.tracing import hand, on_behalf_of, tellings
from firstsaid.tracing.chains import UNATTRIBUTED

LEAST_LIKENESS, MOST_CLOSEST = 70, 5
"""Of 100 points, by word: below 70 the words share letters and no more ("zork", "york": 75; "bidn", "biden": 89; "maren", "brandt": 36)."""
MIN_COPIED_WORDS = 8
"""Fewer words in a row ("we will look into it") are said by many; whose they are does not follow from where else they stand."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Words in a document with the path by which they came there. `hand`: first-hand, relayed, unattributed, or None (nobody named).

    Where it is unattributed, `quotation` is the one that gives the same words to the speaker, in another document, and
    `start`..`end` where they stand in `document` without a speaker.
    """

    document: Document
    start: int
    end: int
    quotation: Quotation
    path: tuple[Telling, ...]
    hand: str | None


def names_like(connection: sqlite3.Connection, wanted: str) -> list[Name]:
    """Names one of whose spellings holds all the words wanted, the most mentioned first."""
    keys = set(words(wanted).keys)
    found = read.derived(connection, Name, "name", "ORDER BY n_mentions DESC, canonical, id")
    return [name for name in found if keys and any(keys <= set(words(spelling).keys) for spelling in (name.canonical, *name.spellings))]


def speakers_like(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """Names and speakers without a name that are quoted and that the words wanted fit, those quoted most first."""
    keys = set(words(wanted).keys)
    of_names = {name.canonical for name in names_like(connection, wanted)}
    return [speaker for speaker in _quoted(connection) if speaker in of_names or (keys and keys <= set(words(speaker).keys))]


def closest_speakers(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The quoted names that are written most like the one wanted, the closest first; for who mistypes one."""
    parts = words(wanted).keys
    likeness: list[tuple[float, str]] = []
    for speaker in _quoted(connection):
        there = words(speaker).keys
        if parts and there:
            each = [max(fuzz.ratio(part, one) for one in there) for part in parts]
            likeness.append((sum(each) / len(each), speaker))
    likeness.sort(key=lambda pair: -pair[0])  # stable: of equally close ones those quoted most come first
    return [speaker for close, speaker in likeness[:MOST_CLOSEST] if close >= LEAST_LIKENESS]


def _quoted(connection: sqlite3.Connection) -> list[str]:
    """Who is quoted, under the name that all spellings were joined to, the most quoted first."""
    rows = connection.execute(
        """SELECT coalesce(CASE WHEN name.kind != 'unnamed' THEN name.canonical END, quotation.speaker_name) AS speaker, count(*) AS n
           FROM quotation LEFT JOIN spelling ON spelling.id = quotation.name_id LEFT JOIN name ON name.id = spelling.name_id
           WHERE quotation.speaker_name IS NOT NULL GROUP BY 1 ORDER BY n DESC, speaker"""
    )
    return [row["speaker"] for row in rows]


def spellings_of(connection: sqlite3.Connection, name_id: str) -> list[Spelling]:
    """The spellings of one name with the reason of each, the commonest first."""
    return list(read.derived(connection, Spelling, "spelling", "WHERE name_id = ? ORDER BY n_mentions DESC, surface, in_full", (name_id,)))


def quotations_of(connection: sqlite3.Connection, speaker: str) -> Iterator[Quotation]:
    """Quotations whose speaker is that name, or speaks for it, by whomever they are relayed, in reading order.

    A speaker that was resolved to a name counts by that name only; what is no name ("the harbour board") by its words.
    """
    keys = set(words(speaker).keys)
    name_ids = {name.id for name in names_like(connection, speaker)}
    of = {row["id"]: row["name_id"] for row in connection.execute("SELECT id, name_id FROM spelling")}
    spoken_for = _spoken_for(connection, keys)
    for quotation in read.derived(connection, Quotation, "quotation"):
        if quotation.name_id in of:
            is_meant = of[quotation.name_id] in name_ids
        else:
            is_meant = bool(quotation.speaker_name) and keys <= set(words(quotation.speaker_name or "").keys)
        if is_meant or quotation.id in spoken_for:
            yield quotation


def _spoken_for(connection: sqlite3.Connection, keys: set[str]) -> set[str]:
    """Quotations of somebody who speaks for the name: "a spokesman for the Harbour Board", "the Board's lawyer"."""
    rows = connection.execute(
        """SELECT quotation.id, substr(document.text, speaker_start + 1, speaker_end - speaker_start) AS speaker
           FROM quotation JOIN document ON document.id = quotation.document_id WHERE speaker_start IS NOT NULL"""
    )
    found: set[str] = set()
    for quotation_id, speaker in rows:
        if not keys <= set(words(speaker).keys):
            continue
        body = on_behalf_of(Quotation("", "", 0, 0, "direct", (), 0, len(speaker)), speaker)
        if body is not None and keys <= set(words(speaker[body[0] : body[1]]).keys):
            found.add(quotation_id)
    return found


def heard(connection: sqlite3.Connection, speaker: str | None = None) -> Iterator[Heard]:
    """Quotations in reading order, each with the path by which it came into its document.

    With `speaker`, those of that name only, and after them the places where other documents print the same words and name nobody.
    """
    listed = quotations_of(connection, speaker) if speaker else read.derived(connection, Quotation, "quotation")
    copied: list[tuple[Quotation, Document]] = []
    for document_id, group in groupby(listed, key=attrgetter("document_id")):
        document = _document(connection, document_id)
        own = list(group)
        beside = list(read.derived(connection, Quotation, "quotation", "WHERE document_id = ?", (document_id,))) if speaker else own
        for quotation in own:
            path = tellings(quotation, beside, document)
            yield Heard(document, quotation.start, quotation.end, quotation, path, hand(path))
            if speaker and quotation.form in ("direct", "block", "mixed"):
                copied.append((quotation, document))
    yield from _unattributed(connection, copied)


def path_of(connection: sqlite3.Connection, quotation: Quotation) -> tuple[Telling, ...]:
    """The path by which one quotation came into its document."""
    beside = read.derived(connection, Quotation, "quotation", "WHERE document_id = ?", (quotation.document_id,))
    return tellings(quotation, beside, _document(connection, quotation.document_id))


def _unattributed(connection: sqlite3.Connection, copied: list[tuple[Quotation, Document]]) -> Iterator[Heard]:
    """Where words of these quotations stand again, word for word, in a passage of the same family, and nobody is named for them."""
    seen: set[tuple[str, int, int]] = set()
    for quotation, document in copied:
        for start, end in quotation.pieces:
            wanted = words(document.text[start:end]).keys
            if len(wanted) < MIN_COPIED_WORDS:
                continue
            rows = connection.execute(
                """SELECT DISTINCT there.document_id, there.start, there."end" FROM passage AS here
                   JOIN passage AS there ON there.family_id = here.family_id AND there.document_id != here.document_id
                   WHERE here.document_id = ? AND here.start < ? AND ? < here."end" ORDER BY 1, 2""",
                (document.id, end, start),
            ).fetchall()
            for other_id, low, high in rows:
                other = _document(connection, other_id)
                place = _place_of(wanted, other.text, low, high)
                if place is None or (other_id, *place) in seen or _has_speaker(connection, other_id, place):
                    continue
                seen.add((other_id, *place))
                author = ", ".join(other.authors) or other.outlet
                path = (
                    Telling("document", author, None, other_id, None, None, None),
                    Telling("speaker", None, None, other_id, None, None, quotation.id),
                )
                yield Heard(other, *place, quotation, path, UNATTRIBUTED)


def _place_of(wanted: tuple[str, ...], text: str, low: int, high: int) -> tuple[int, int] | None:
    """Where the words stand, all and in order, in a stretch of a text."""
    there = words(text[low:high])
    joined = f" {' '.join(there.keys)} "
    at = joined.find(f" {' '.join(wanted)} ")
    if at < 0:
        return None
    first = joined.count(" ", 0, at)
    return low + int(there.starts[first]), low + int(there.ends[first + len(wanted) - 1])


def _has_speaker(connection: sqlite3.Connection, document_id: str, place: tuple[int, int]) -> bool:
    row = connection.execute(
        'SELECT 1 FROM quotation WHERE document_id = ? AND start < ? AND ? < "end" AND speaker_name IS NOT NULL',
        (document_id, place[1], place[0]),
    ).fetchone()
    return row is not None


def _document(connection: sqlite3.Connection, document_id: str) -> Document:
    return next(read.documents(connection, "WHERE id = ?", (document_id,)))
