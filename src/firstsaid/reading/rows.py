"""JSON Lines, JSON arrays, CSV and TSV with named columns: every row is a document."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from firstsaid.dates import parse_date
from firstsaid.errors import UnreadableError
from firstsaid.model import DateRange, Intake, Part, Problem, Received
from firstsaid.reading.cutting import delimiter_of
from firstsaid.reading.decoding import characters_replaced, decode
from firstsaid.reading.doubled import doubled
from firstsaid.reading.language import language_of
from firstsaid.text import sanitize

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "document_id", "guid", "uid"),
    "text": ("text", "body", "content", "fulltext", "full_text", "article", "maintext"),
    "title": ("title", "headline", "heading"),
    "published": ("date", "published", "published_at", "date_published", "datepublished", "publication_date", "pubdate", "datetime",
                  "created_at",
                  "timestamp"),
    "modified": ("modified", "updated", "updated_at", "date_modified", "datemodified"),
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper", "site", "sitename", "series"),
    "authors": ("authors", "author", "byline", "creator"),
    "url": ("url", "link", "href", "permalink"),
    "language": ("language", "lang", "language_code"),
}  # fmt: skip
"""Names under which columns are found, in order of preference, whatever their case."""

NAMED_AT_MOST = 5
"""How many rows a problem names: it shows the pattern; a thousand hide it."""

_ADVICE_COLUMNS = "Name the column with the words 'text', and others 'id', 'title', 'date', 'outlet', 'author', 'url' or 'language'"


class _Row(NamedTuple):
    number: int
    values: Mapping[str, Any]


def read_rows(received: Received) -> Intake:
    """The texts of all rows, one under the other, each a part with what its columns say. Rows without text are named in a problem."""
    decoded = decode(received.data, received.location)
    problems = list(decoded.problems)
    text = decoded.text.removeprefix("\ufeff")
    if received.media_type == "application/x-ndjson":
        rows: Iterable[_Row] = _json_lines(text, received, problems)
    elif received.media_type == "application/json":
        rows = _json_array(text, received)
    else:
        rows = _csv_rows(text, received, problems)
    return _intake(rows, received, problems)


def _intake(rows: Iterable[_Row], received: Received, problems: list[Problem]) -> Intake:
    pieces: list[str] = []
    parts: list[Part] = []
    seen: dict[str, str] = {}
    textless: list[str] = []
    undated: list[str] = []
    unread_dates: list[str] = []
    places: dict[tuple[str, ...], dict[str, list[str]]] = {}
    at = n_rows = n_replaced = 0
    for row in rows:
        n_rows += 1
        keys = tuple(row.values)
        if keys not in places:
            places[keys] = _places(keys)
        columns = places[keys]
        name = _string(row.values, columns["id"]) or (f"row-{row.number}" if not received.offset else f"row-{received.offset}-{row.number}")
        body = next((value for key in columns["text"] if isinstance(value := row.values[key], str) and value.strip()), None)
        if body is None:
            textless.append(name)
            continue
        if seen.get(name) == body:
            continue
        if name in seen:
            repeated = name
            name = next(new for n in count(2) if (new := f"{repeated}~{n}") not in seen or seen[new] == body)
            if name in seen:
                continue
            problems.append(
                Problem.of(
                    "repeated-id",
                    f"{received.location}#{name}",
                    f"row {row.number} of '{received.location}' repeats the id '{repeated}' with another text; it is kept as '{name}'",
                    "Give every row an id of its own",
                )
            )
        seen[name] = body
        body, n_bad = sanitize(body)
        n_replaced += n_bad
        stated = _language_code(_string(row.values, columns["language"]))
        language = stated or language_of(body)
        published, unread = _date(row.values, columns["published"], stated)
        if unread:
            unread_dates.append(f"{name}: {unread[:40]!r}")
        elif published is None:
            undated.append(name)
        parts.append(
            Part(
                start=at,
                end=at + len(body),
                name=name,
                url=_string(row.values, columns["url"]),
                title=_string(row.values, columns["title"]),
                authors=_authors(row.values, columns["authors"]),
                outlet=_string(row.values, columns["outlet"]),
                language=language,
                published=published,
                modified=_date(row.values, columns["modified"], stated)[0],
            )
        )
        copy = doubled(body)
        if copy:
            problems.append(doubled_body(f"{received.location}#{name}", at + copy[0], at + copy[1]))
        pieces.append(body)
        at += len(body) + 1
    if n_rows and not parts and len(textless) == n_rows:
        raise UnreadableError("no-text-column", f"no row of '{received.location}' has a text", _ADVICE_COLUMNS)
    problems += _summaries(received.location, n_rows, textless, undated, unread_dates)
    if n_replaced:
        problems.append(characters_replaced(received.location, n_replaced))
    return Intake("\n".join(pieces), tuple(parts), (), tuple(problems))


def doubled_body(location: str, start: int, end: int) -> Problem:
    """The problem of a text that contains itself twice; the span is that of the second copy."""
    return Problem.of(
        "doubled-body",
        location,
        f"the text of '{location}' contains itself twice",
        "The second copy is left out of matching; if the page itself is sound, extract its text again",
        start=start,
        end=end,
    )


def _summaries(location: str, n_rows: int, textless: list[str], undated: list[str], unread_dates: list[str]) -> Iterator[Problem]:
    if textless:
        yield Problem.of(
            "row-without-text", location, f"{_count(textless, n_rows)} of '{location}' have no text: {_named(textless)}", _ADVICE_COLUMNS
        )
    if unread_dates:
        yield Problem.of(
            "date-unreadable",
            location,
            f"the dates of {_count(unread_dates, n_rows)} of '{location}' cannot be read: {_named(unread_dates)}",
            "Write dates as 2019-03-04, 2019-03 or 2019; these rows count as undated",
        )
    if undated:
        yield Problem.of(
            "undated",
            location,
            f"{_count(undated, n_rows)} of '{location}' have no date: {_named(undated)}",
            "Add a column 'date' (2019-03-04): what came first can be told of dated texts only",
        )


def _count(names: list[str], n_rows: int) -> str:
    return f"{len(names):,} of {n_rows:,} rows"


def _named(names: list[str]) -> str:
    return ", ".join(names[:NAMED_AT_MOST]) + (", ..." if len(names) > NAMED_AT_MOST else "")


def _places(keys: tuple[str, ...]) -> dict[str, list[str]]:
    """For every meaning the row's keys that may carry it, the preferred first."""
    folded: dict[str, str] = {}
    for key in keys:
        folded.setdefault(re.sub(r"[\s-]", "_", key.strip().lower()), key)
    return {meaning: [folded[name] for name in names if name in folded] for meaning, names in COLUMNS.items()}


def _string(values: Mapping[str, Any], keys: list[str]) -> str | None:
    for key in keys:
        value = values[key]
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return sanitize(value.strip())[0]
    return None


def _language_code(language: str | None) -> str | None:
    """`en` of `en-GB`; None for what is no two-letter code."""
    code = re.match(r"([A-Za-z]{2})(?:[-_]|$)", language or "")
    return code.group(1).lower() if code else None


def _authors(values: Mapping[str, Any], keys: list[str]) -> tuple[str, ...]:
    for key in keys:
        value = values[key]
        items = value if isinstance(value, list) else [value]
        names = [item.get("name") if isinstance(item, dict) else item for item in items]
        found = tuple(sanitize(name.strip())[0] for name in names if isinstance(name, str) and name.strip())
        if found:
            return found if len(found) > 1 else authors_in(found[0])
    return ()


def authors_in(byline: str) -> tuple[str, ...]:
    """The names in a byline.

    >>> authors_in("By Ada Byron; Charles Babbage and Mary Somerville")
    ('Ada Byron', 'Charles Babbage', 'Mary Somerville')
    """
    names = re.split(r"\s{0,2};\s{0,2}|\s{0,2}\|\s{0,2}|\s(?:and|und|et|y|&)\s", re.sub(r"^\s{0,2}by:?\s", "", byline, flags=re.IGNORECASE))
    return tuple(name.strip(" ,") for name in names if name.strip(" ,"))


def _date(values: Mapping[str, Any], keys: list[str], language: str | None) -> tuple[DateRange | None, str | None]:
    """The date, or what stands in its place and cannot be read."""
    unread = None
    for key in keys:
        value = values[key]
        if value is None or value == "" or isinstance(value, bool):
            continue
        date = parse_date(str(value), "column", (language,) if language else ())
        if date:
            return date, None
        unread = unread or str(value)
    return None, unread


def _json_lines(text: str, received: Received, problems: list[Problem]) -> Iterator[_Row]:
    broken: list[int] = []
    lines = text.split("\n")
    n_lines = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        n_lines += 1
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield _Row(number, row)
        else:
            broken.append(number)
    if broken:
        if len(broken) == n_lines:
            raise UnreadableError("broken-rows", f"no line of '{received.location}' is a JSON object", "Write one JSON object a line")
        named = _named([f"line {number}" for number in broken])
        problems.append(
            Problem.of(
                "broken-rows",
                received.location,
                f"{len(broken):,} lines of '{received.location}' (from byte {received.offset:,}) are no JSON objects: {named}",
                "Look at these lines; the others were read",
            )
        )


def _json_array(text: str, received: Received) -> Iterator[_Row]:
    """The objects of an array, of the first list of objects in an object, or the object itself."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("broken-rows", f"'{received.location}' is no JSON: {error}", "Repair it, or save it as JSON Lines") from error
    if isinstance(value, dict):
        lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
        value = lists[0] if lists and not _places(tuple(value))["text"] else [value]
    rows = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if not rows:
        raise UnreadableError("no-text-column", f"'{received.location}' holds no list of objects with a text", _ADVICE_COLUMNS)
    yield from (_Row(number, item) for number, item in enumerate(rows, 1))


def _csv_rows(text: str, received: Received, problems: list[Problem]) -> Iterator[_Row]:
    csv.field_size_limit(1 << 30)
    header_line = text.split("\n", 1)[0].encode()
    delimiter = "\t" if received.media_type == "text/tab-separated-values" else delimiter_of(header_line).decode()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(reader, [])
    if not _places(tuple(header))["text"]:
        raise UnreadableError(
            "no-text-column", f"'{received.location}' has no column with texts; its columns are {', '.join(header)[:200]}", _ADVICE_COLUMNS
        )
    uneven: list[str] = []
    number = 0
    try:
        for number, values in enumerate(reader, 1):
            if not values:
                continue
            if len(values) != len(header):
                uneven.append(f"row {number}")
            yield _Row(
                number,
                dict(zip(header, values, strict=False))
                if len(values) >= len(header)
                else {**dict.fromkeys(header, ""), **dict(zip(header, values, strict=False))},
            )
    except csv.Error as error:
        problems.append(
            Problem.of(
                "broken-rows",
                received.location,
                f"'{received.location}' breaks off after row {number}: {error}",
                "Repair the row; those before were read",
            )
        )
    if uneven:
        problems.append(
            Problem.of(
                "uneven-rows",
                received.location,
                f"{len(uneven):,} rows of '{received.location}' have more or fewer fields than the header: {_named(uneven)}",
                "Look for unquoted separators or line ends in these rows",
            )
        )
