"""Texts with their ids, row by row, from JSON Lines, Parquet, and whatever else the readers know."""

from __future__ import annotations

import gzip
import io
import json
import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from firstsaid.errors import UsageError
from firstsaid.model import DateRange, Problem, Received
from firstsaid.text import sanitize

LINES_SUFFIXES = tuple(kind + packed for kind in (".jsonl", ".ndjson") for packed in ("", ".gz", ".zst"))
TABLE_SUFFIX = ".parquet"
NAMED_AT_MOST = 5
"""How many problems of one kind in one file are named: they show the pattern; a million would hide it and fill the memory."""
MAX_LINE_CHARS = 1 << 28
"""A longer line is refused: 40 million words, ten times a large book collection; without a bound, a packed file of a few megabytes can
unpack into one line of any size."""
ROWS_PER_BATCH = 256
"""Rows of a table in memory at a time, as Python objects."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its id, as the contracts of `match`, `similar` and `stemma` take it."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: DateRange | None = None


def text_rows(places: Iterable[str]) -> tuple[list[Row], list[Problem]]:
    """All rows of `each_row`, and the problems."""
    problems: list[Problem] = []
    return list(each_row(places, problems)), problems


def each_row(places: Iterable[str], problems: list[Problem]) -> Iterator[Row]:
    """The texts in files and folders, one by one. Of repeated ids the first is kept.

    JSON Lines and Parquet files are read row by row (columns `id`, `text`, and if there are any `title`, `outlet`, `date`), also those
    Parquet files that lie in a folder; everything else goes through the readers, and a file's id is its path relative to the folder.
    Problems are appended to `problems`: of one kind in one place the first few, and how many more there are.

    Raises:
        UsageError: a place does not exist.
    """
    seen: set[str] = set()
    for place in places:
        path = Path(place)
        if not path.exists():
            raise UsageError(f"there is no file or folder {place}")
        tables = sorted(path.rglob(f"*{TABLE_SUFFIX}")) if path.is_dir() else [path] if place.endswith(TABLE_SUFFIX) else []
        pieces: list[tuple[str, Iterable[Row | Problem]]] = [(table.name, _table_rows(table)) for table in tables]
        if path.is_dir() or not place.endswith((*LINES_SUFFIXES, TABLE_SUFFIX)):
            pieces.insert(0, (place, _read_rows(place)))
        elif not tables:
            pieces.append((path.name, _line_rows(path)))
        for name, items in pieces:
            yield from _kept(name, items, seen, problems)


def _kept(place: str, items: Iterable[Row | Problem], seen: set[str], problems: list[Problem]) -> Iterator[Row]:
    """The rows whose id is new; problems go where they belong."""
    counts: Counter[str] = Counter()
    for item in items:
        if isinstance(item, Row):
            if item.id not in seen:
                seen.add(item.id)
                yield item
                continue
            message, advice = f"the id {item.id!r} stands twice; the first is kept", "Give every text an id of its own"
            item = Problem.of("repeated-id", place, message, advice)
        counts[item.kind] += 1
        if counts[item.kind] <= NAMED_AT_MOST:
            problems.append(item)
    for kind, n in sorted(counts.items()):
        if n > NAMED_AT_MOST:
            problems.append(Problem.of(kind, place, f"{n - NAMED_AT_MOST:,} more of the kind {kind!r}", "See those named first"))


# ---------------------------------------------------------------------------------------------- JSON Lines


def _line_rows(path: Path) -> Iterator[Row | Problem]:
    counter = Counter[str]()
    unpacked = _opened(path)
    try:
        with unpacked:
            yield from _rows_of_lines(_text_lines(unpacked), path.name, counter)
    except (EOFError, zlib.error, OSError, UnicodeError) as error:
        message = f"it is damaged ({error}); the rows before the damage were read"
        yield Problem.of("damaged-archive", path.name, message, "Get the file again")
    yield from _replaced(path.name, counter)


def _opened(path: Path) -> io.BufferedReader | gzip.GzipFile:
    """The file's bytes, unpacked."""
    if path.suffix == ".gz":
        return gzip.GzipFile(path)
    if path.suffix == ".zst":
        import pyarrow as pa

        return io.BufferedReader(pa.input_stream(path, compression="zstd"))
    return path.open("rb")


_MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _text_lines(unpacked: io.BufferedReader | gzip.GzipFile) -> Iterator[str]:
    """The lines, at most a little longer than `MAX_LINE_CHARS`; bytes that are no text become lone surrogates, to be counted."""
    start = unpacked.peek(4)[:4]
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8-sig")
    with io.TextIOWrapper(unpacked, encoding, "surrogateescape" if encoding == "utf-8-sig" else "replace", newline="\n") as lines:
        yield from iter(partial(lines.readline, MAX_LINE_CHARS), "")


def _rows_of_lines(lines: Iterable[str], name: str, counter: Counter[str]) -> Iterator[Row | Problem]:
    row_of = _row_maker(counter)
    is_rest = False
    number = 0
    for line in lines:
        is_whole = line.endswith("\n") or len(line) < MAX_LINE_CHARS
        was_rest, is_rest = is_rest, not is_whole
        number += not was_rest
        if was_rest or not line.strip():
            continue
        if not is_whole:
            message = f"line {number} is longer than {MAX_LINE_CHARS:,} characters"
            yield Problem.of("bad-row", f"{name}:{number}", message, "Split the text into documents")
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Problem.of("bad-row", f"{name}:{number}", f"line {number} is no JSON ({error})", "Mend or delete the row")
            continue
        yield row_of(values, f"{name}:{number}")


def _row_maker(counter: Counter[str]) -> Callable[[Any, str], Row | Problem]:
    """What makes a row, or says what it lacks; `counter` counts replaced characters."""
    from firstsaid.dates import parse_date

    # Corpora have few days and many texts; reading a date takes as long as finding the words of a text.
    date_of = lru_cache(1 << 16)(lambda written: parse_date(written, "column"))

    def made(values: Any, location: str) -> Row | Problem:
        if not isinstance(values, Mapping):
            return _bad_row(location, "the row is no object with id and text")
        row_id, text = values.get("id"), values.get("text")
        if not isinstance(row_id, str | int | float) or isinstance(row_id, bool) or row_id == "" or _is_no_number(row_id):
            return _bad_row(location, f"its id ({str(row_id)[:40]!r}) is neither text nor number" if "id" in values else "it has no id")
        if not isinstance(text, str):
            return _bad_row(location, "its text is no string" if "text" in values else "it has no text")
        text, n_replaced = sanitize(text)
        counter["characters"] += n_replaced
        counter["texts"] += n_replaced > 0
        date = values.get("date")
        published = date_of(str(date)) if date else None
        return Row(sanitize(str(row_id))[0], text, _short(values.get("title")), _short(values.get("outlet")), published)

    return made


def _is_no_number(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _short(value: object) -> str | None:
    return sanitize(value)[0] if isinstance(value, str) and value else None


def _bad_row(location: str, message: str) -> Problem:
    return Problem.of("bad-row", location, message, "Mend or delete the row")


def _replaced(name: str, counter: Counter[str]) -> Iterator[Problem]:
    if counter["characters"]:
        message = f"{counter['characters']:,} characters in {counter['texts']:,} texts are none (NUL, half a character) and became U+FFFD"
        yield Problem.of("characters-replaced", name, message, "Save the file as UTF-8 if letters are missing")


# ---------------------------------------------------------------------------------------------- Parquet, and the readers


def _table_rows(path: Path) -> Iterator[Row | Problem]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    counter = Counter[str]()
    try:
        with pq.ParquetFile(path) as table:
            named = table.schema_arrow.names
            if missing := [name for name in ("id", "text") if name not in named]:
                message = f"it has no column '{missing[0]}' (its columns: {', '.join(named[:20])})"
                yield Problem.of("missing-column", path.name, message, "Name the columns id and text")
                return
            row_of = _row_maker(counter)
            number = 0
            for batch in table.iter_batches(ROWS_PER_BATCH, columns=[n for n in ("id", "text", "title", "outlet", "date") if n in named]):
                for values in batch.to_pylist():
                    number += 1
                    yield row_of(values, f"{path.name}:{number}")
    except (pa.ArrowException, OSError) as error:
        message = f"it cannot be read as Parquet ({str(error)[:200]}); the rows before the damage were read"
        yield Problem.of("damaged-archive", path.name, message, "Get the file again")
    yield from _replaced(path.name, counter)


def _read_rows(place: str) -> Iterator[Row | Problem]:
    """What the readers make of a file or folder. That a text has no date is no problem here: dates only settle which copy came first."""
    from firstsaid import reading

    problems: list[Problem] = []
    is_folder = Path(place).is_dir()

    def files() -> Iterator[Received]:
        for item in reading.gather([place]):
            if isinstance(item, Problem):
                problems.append(item)
            elif not (is_folder and item.location.endswith(TABLE_SUFFIX)):
                yield item

    for one, intake in reading.read_safely(files()):
        yield from (problem for problem in (*problems, *intake.problems) if problem.kind != "undated")
        problems.clear()
        for part in intake.parts:
            name = one.location + (f"#{part.name}" if part.name else "")
            yield Row(name, intake.text[part.start : part.end], part.title, part.outlet, part.published)
    yield from problems
