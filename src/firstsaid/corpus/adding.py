"""Bytes in: captures are kept before anything is parsed, then read in workers; whatever is killed in between is read the next time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from firstsaid import reading
from firstsaid.engines import Progress
from firstsaid.errors import UsageError
from firstsaid.model import Capture, Problem, Received
from firstsaid.reading.fetching import fetch, is_address
from firstsaid.store import connect, read, write

BYTES_PER_TRANSACTION = 32 << 20
"""Captures are kept in transactions of about this size: enough to make the wait for the disk small, little enough to lose nothing much."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What was added: captures and documents that are new, captures that were there already, and new problems."""

    n_captures: int
    n_known: int
    n_documents: int
    problems: tuple[Problem, ...]


def check_places(places: Sequence[str]) -> None:
    """Refuse what is neither a path that exists nor a web address.

    Raises:
        UsageError: names the first such place.
    """
    for place in places:
        if not is_address(place) and not Path(place).exists():
            raise UsageError(f"there is no file or folder {place}. Give paths that exist, or addresses with http:// or https://")


def add(connection: sqlite3.Connection, places: Sequence[str], progress: Progress) -> AddReport:
    """Keep what is found at the places, then read what has not been read yet."""
    check_places(places)
    n_new = n_known = 0
    before = _problem_ids(connection)
    for group in _transactions(_found_at(places)):
        with connect.transaction(connection):
            for item in group:
                if isinstance(item, Problem):
                    write.add_problem(connection, item)
                else:
                    is_new = write.add_capture(connection, item)[1]
                    n_new += is_new
                    n_known += not is_new
        progress("add", n_new + n_known, 0)
    n_documents = read_pending(connection, progress)
    fresh = tuple(problem for problem in read.problems(connection) if problem.id not in before)
    return AddReport(n_new, n_known, n_documents, fresh)


def _found_at(places: Sequence[str]) -> Iterator[Received | Problem]:
    """What lies at paths and at web addresses."""
    yield from reading.gather([place for place in places if not is_address(place)])
    yield from (fetch(place) for place in places if is_address(place))


def _problem_ids(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT id FROM problem")}


def _transactions(items: Iterable[Received | Problem]) -> Iterator[list[Received | Problem]]:
    group: list[Received | Problem] = []
    n_bytes = 0
    for item in items:
        group.append(item)
        n_bytes += len(item.data) if isinstance(item, Received) else 0
        if n_bytes >= BYTES_PER_TRANSACTION or len(group) >= 500:
            yield group
            group, n_bytes = [], 0
    if group:
        yield group


def read_pending(connection: sqlite3.Connection, progress: Progress) -> int:
    """Read the captures that have been kept but not read. Returns how many documents are new."""
    waiting = read.captures(connection, "WHERE NOT is_read")
    if not waiting:
        return 0
    n_documents = 0
    by_id: dict[str, Capture] = {capture.id: capture for capture in waiting}
    progress("read", 0, len(waiting))
    intakes = reading.read_safely(read.received_again(connection, capture) for capture in waiting)
    for n_done, (received, intake) in enumerate(intakes, start=1):
        capture = by_id[write.capture_id_of(received)]
        with connect.transaction(connection):
            n_documents += len(write.add_intake(connection, capture, intake))
        progress("read", n_done, len(waiting))
    return n_documents
