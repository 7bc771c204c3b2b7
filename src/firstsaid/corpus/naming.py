"""Quotations by speaker: a name under any of its spellings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from firstsaid.model import Name, Quotation
from firstsaid.store import read
from firstsaid.text import words


def names_like(connection: sqlite3.Connection, wanted: str) -> list[Name]:
    """Names one of whose spellings holds all the words wanted, the most mentioned first."""
    keys = set(words(wanted).keys)
    found = read.derived(connection, Name, "name", "ORDER BY n_mentions DESC, canonical, id")
    return [name for name in found if keys and any(keys <= set(words(spelling).keys) for spelling in (name.canonical, *name.spellings))]


def quotations_of(connection: sqlite3.Connection, speaker: str) -> Iterator[Quotation]:
    """Quotations whose speaker is that name, by whomever they are relayed, in reading order."""
    names = names_like(connection, speaker)
    name_ids = {name.id for name in names}
    keys = set(words(speaker).keys)
    spoken: set[str] = set()
    for name_id in sorted(name_ids):
        rows = connection.execute(
            """SELECT quotation.id FROM mention JOIN quotation ON quotation.document_id = mention.document_id
               AND quotation.speaker_start < mention."end" AND mention.start < quotation.speaker_end WHERE mention.name_id = ?""",
            (name_id,),
        )
        spoken.update(row[0] for row in rows)
    for quotation in read.derived(connection, Quotation, "quotation"):
        by_name = quotation.speaker_name and keys <= set(words(quotation.speaker_name).keys)
        if by_name or quotation.name_id in name_ids or quotation.id in spoken:
            yield quotation
