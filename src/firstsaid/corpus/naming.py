"""Names under all their spellings, and what they say: first hand, through others, or unattributed in a copy of their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from firstsaid.model import Name, Quotation, Spelling
from firstsaid.store import read
from firstsaid.text import words


def names_like(connection: sqlite3.Connection, wanted: str) -> list[Name]:
    """Names one of whose spellings holds all the words wanted, the most mentioned first."""
    keys = set(words(wanted).keys)
    found = read.derived(connection, Name, "name", "ORDER BY n_mentions DESC, canonical, id")
    return [name for name in found if keys and any(keys <= set(words(spelling).keys) for spelling in (name.canonical, *name.spellings))]


def spellings_of(connection: sqlite3.Connection, name_id: str) -> list[Spelling]:
    """The spellings of one name with the reason of each, the commonest first."""
    return list(read.derived(connection, Spelling, "spelling", "WHERE name_id = ? ORDER BY n_mentions DESC, surface, in_full", (name_id,)))


def quotations_of(connection: sqlite3.Connection, speaker: str) -> Iterator[Quotation]:
    """Quotations whose speaker is that name, by whomever they are relayed, in reading order.

    A speaker that was resolved to a name counts by that name only; what is no name ("the harbour board") by its words.
    """
    keys = set(words(speaker).keys)
    name_ids = {name.id for name in names_like(connection, speaker)}
    of = {row["id"]: row["name_id"] for row in connection.execute("SELECT id, name_id FROM spelling")}
    for quotation in read.derived(connection, Quotation, "quotation"):
        if quotation.name_id in of:
            is_meant = of[quotation.name_id] in name_ids
        else:
            is_meant = bool(quotation.speaker_name) and keys <= set(words(quotation.speaker_name or "").keys)
        if is_meant:
            yield quotation
