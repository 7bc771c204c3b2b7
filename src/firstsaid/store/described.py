"""What the user says of documents that do not say it themselves: outlet, date, title, authors. Kept, and laid over what was read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from firstsaid.dates import to_edtf
from firstsaid.model import DateRange, Description

BASIS = "the user"
"""The basis of a date that somebody typed: pages show it in place of where a text states its date."""
COLUMNS = (
    "outlet", "title", "authors", "published", "published_earliest", "published_latest", "published_basis", "published_confidence",
)  # fmt: skip


def descriptions(connection: sqlite3.Connection) -> list[Description]:
    """Everything the user has said of documents, in the order in which it was said."""
    rows = connection.execute("SELECT pattern, outlet, title, authors, earliest, latest, made FROM description ORDER BY n")
    return [
        Description(
            row["pattern"], row["outlet"], row["title"], None if row["authors"] is None else tuple(json.loads(row["authors"])),
            None if row["earliest"] is None else DateRange(row["earliest"], row["latest"], BASIS), row["made"],
        )
        for row in rows
    ]  # fmt: skip


def add_description(connection: sqlite3.Connection, said: Description) -> None:
    """Append one line to what the user has said; nothing of it is ever changed or deleted."""
    authors = None if said.authors is None else json.dumps(said.authors, ensure_ascii=False)
    date = (said.published.earliest, said.published.latest) if said.published else (None, None)
    connection.execute(
        "INSERT INTO description (pattern, outlet, title, authors, earliest, latest, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (said.pattern, said.outlet, said.title, authors, *date, said.made),
    )


def fits(pattern: str, location: str) -> bool:
    """Whether a pattern means a document: its location, that of the capture it is part of, or either with `*` for any characters.

    >>> fits("letters/*", "letters/1890-01.txt"), fits("posts.jsonl", "posts.jsonl#7"), fits("posts.jsonl", "posts.jsonl.bak")
    (True, True, False)
    """
    first, *rest = pattern.split("*")
    return any(_fits_whole(first, rest, location[:end]) for end in (len(location), *(n for n, sign in enumerate(location) if sign == "#")))


def _fits_whole(first: str, rest: list[str], location: str) -> bool:
    """Piece by piece from the left, each where it first stands: linear, which a regular expression is not."""
    if not location.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1]:
        at = location.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return location == first if not rest else len(location) - len(rest[-1]) >= at and location.endswith(rest[-1])


def lay_over(connection: sqlite3.Connection, document_ids: Iterable[str] | None = None) -> int:
    """Make documents bear what the user has said of them, over what was read. Returns how many changed.

    `document_ids`: only these; otherwise all. What was read is kept beside it.
    """
    said = descriptions(connection)
    if not said:
        return 0
    names = ", ".join(COLUMNS)
    query = f"SELECT n, location, as_read, {names} FROM document"
    if document_ids is None:
        rows = connection.execute(query).fetchall()
    else:
        rows = [row for one in document_ids for row in connection.execute(f"{query} WHERE id = ?", (one,))]
    n_changed = 0
    for row in rows:
        stands = {column: row[column] for column in COLUMNS}
        now = dict(json.loads(row["as_read"])) if row["as_read"] else dict(stands)
        read = json.dumps(now, ensure_ascii=False)
        for one in said:
            if fits(one.pattern, row["location"]):
                now.update(_columns(one))
        if now != stands:
            _change(connection, row["n"], stands, now, read)
            n_changed += 1
    return n_changed


def _columns(said: Description) -> dict[str, Any]:
    """What one description sets."""
    values: dict[str, Any] = {}
    if said.outlet is not None:
        values["outlet"] = said.outlet
    if said.title is not None:
        values["title"] = said.title
    if said.authors is not None:
        values["authors"] = json.dumps(said.authors, ensure_ascii=False)
    if said.published is not None:
        date = said.published
        values["published"] = to_edtf(date)
        values |= {f"published_{part}": getattr(date, part) for part in ("earliest", "latest", "basis", "confidence")}
    return values


def _change(connection: sqlite3.Connection, n: int, stands: dict[str, Any], now: dict[str, Any], read: str) -> None:
    """Write one document's row, and its title in the search index (SQLite wants the old words to take them out)."""
    if now["title"] != stands["title"]:
        connection.execute(
            "INSERT INTO document_words (document_words, rowid, title, text) SELECT 'delete', n, title, text FROM document WHERE n = ?",
            (n,),
        )
    places = ", ".join(f"{column} = ?" for column in COLUMNS)
    connection.execute(f"UPDATE document SET {places}, as_read = ? WHERE n = ?", (*(now[column] for column in COLUMNS), read, n))
    if now["title"] != stands["title"]:
        connection.execute("INSERT INTO document_words (rowid, title, text) SELECT n, title, text FROM document WHERE n = ?", (n,))
