"""Rows files (JSON Lines, CSV, TSV) cut into stretches of whole rows, streaming."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import IO, NamedTuple

from firstsaid.model import Problem

ROW_SUFFIXES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
CUT_BYTES = 8 << 20
"""A capture of rows: small enough for one worker's time and memory limits, large enough that few captures are made."""
MAX_ROW_BYTES = 64 << 20
"""One row of this size is a damaged file (or a packed bomb without line ends), not a text."""


class Cut(NamedTuple):
    """Whole rows, and the place of their first byte in the (unpacked) file. A CSV cut begins with the file's header."""

    offset: int
    data: bytes


def cut_rows(stream: IO[bytes] | gzip.GzipFile, suffix: str, location: str, max_bytes: int | None) -> Iterator[Cut | Problem]:
    """The stream in cuts of at most 8 MB of whole rows (a longer row is a cut of its own). `max_bytes`: of a packed stream."""
    delimiter = b""
    header, kept, size, offset, position, is_open = b"", list[bytes](), 0, 0, 0, False
    while line := stream.readline(MAX_ROW_BYTES + 1):
        if position == 0 and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield Cut(0, line + stream.read(MAX_ROW_BYTES))  # UTF-16 has no bytes that are line ends: read in one piece
            return
        position += len(line)
        if len(line) > MAX_ROW_BYTES or (max_bytes is not None and position > max_bytes):
            if kept and not is_open:
                yield Cut(offset, (header if offset else b"") + b"".join(kept))
            kind, what, limit = "row-too-long", "holds a row of", MAX_ROW_BYTES
            if len(line) <= MAX_ROW_BYTES and max_bytes is not None:
                kind, what, limit = "expands-too-far", "unpacks to", max_bytes
            yield Problem.of(
                kind,
                location,
                f"'{location}' {what} more than {limit >> 20} MB; its rest was left out",
                "Check whether it is damaged; one row should be one text",
            )
            return
        was_open = is_open
        if suffix in (".csv", ".tsv"):
            delimiter = delimiter or (b"\t" if suffix == ".tsv" else delimiter_of(line))
            is_open = leaves_open(line, is_open, delimiter)
            if not header and not is_open:
                header = b"".join(kept) + line
        if size and size + len(line) > CUT_BYTES and not was_open:
            yield Cut(offset, (header if offset else b"") + b"".join(kept))
            offset, kept, size = position - len(line), [], 0
        kept.append(line)
        size += len(line)
        if is_open and size > MAX_ROW_BYTES:
            is_open = False  # an unclosed quotation mark: go on line by line
    if kept:
        yield Cut(offset, (header if offset else b"") + b"".join(kept))


def delimiter_of(header: bytes) -> bytes:
    """What separates the columns of a CSV header: the most frequent of comma, semicolon, tab and bar; the first of them in a tie."""
    return max((b",", b";", b"\t", b"|"), key=header.count)


def leaves_open(line: bytes, is_open: bool, delimiter: bytes) -> bool:
    """Whether the line ends inside of a quoted field. A mark opens a field only at its beginning, as in the csv module.

    >>> leaves_open(b'1,"two', False, b","), leaves_open(b'three"', True, b","), leaves_open(b'5" pipe,2', False, b",")
    (True, False, False)
    """
    if b'"' not in line:
        return is_open
    at = 0
    while True:
        if is_open:
            mark = line.find(b'"', at)
            if mark < 0:
                return True
            if line[mark + 1 : mark + 2] == b'"':
                at = mark + 2
                continue
            is_open = False
            at = mark + 1
        elif line[at : at + 1] == b'"':
            is_open = True
            at += 1
            continue
        following = line.find(delimiter, at)
        if following < 0:
            return False
        at = following + 1
