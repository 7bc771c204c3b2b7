"""What the user says of documents: an outlet, a date, a title, authors that the bytes do not state or state wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from firstsaid.dates import parse_date
from firstsaid.errors import UsageError
from firstsaid.model import Description
from firstsaid.store import connect, described

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus


def describe(
    corpus: Corpus,
    patterns: Sequence[str],
    *,
    outlet: str | None,
    published: str | None,
    title: str | None,
    authors: tuple[str, ...] | None,
    made: int,
) -> int:
    """Keep what is said of the documents at some locations and lay it over them; see `Corpus.describe`."""
    if all(value is None for value in (outlet, published, title, authors)):
        raise UsageError("say what is known: --outlet, --published, --title or --author")
    for name, value in (("outlet", outlet), ("title", title), *(("author", author) for author in authors or ())):
        if value is not None and not value.strip():
            raise UsageError(f"the {name} is empty. Give its name")
    date = None
    if published is not None:
        date = parse_date(published, described.BASIS)
        if date is None:
            raise UsageError(f"{published!r} is no date with a year. Write it as 1890-01-31, 1890-01, 1890, or 1890-01/1890-03")
    connection = corpus.connection
    with connect.transaction(connection):
        locations = [row["location"] for row in connection.execute("SELECT location FROM document WHERE is_current")]
        for pattern in patterns:
            if not any(described.fits(pattern, location) for location in locations):
                raise UsageError(f"no document lies at {pattern!r}. Locations: firstsaid list {corpus.path} documents")
            described.add_description(connection, Description(pattern, outlet, title, authors, date, made))
        described.lay_over(connection)
        if date is not None:
            undated = [row["location"] for row in connection.execute("SELECT location FROM problem WHERE kind = 'undated'")]
            solved = [(place,) for place in undated if any(described.fits(pattern, place) for pattern in patterns)]
            connection.executemany("DELETE FROM problem WHERE kind = 'undated' AND location = ?", solved)
    return sum(any(described.fits(pattern, location) for pattern in patterns) for location in locations)
