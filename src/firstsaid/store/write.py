"""What goes into a corpus file. Every function expects to stand inside `connect.transaction`."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

import pyarrow as pa

from firstsaid.columns import as_dict
from firstsaid.dates import to_edtf
from firstsaid.model import Capture, DateRange, Decision, Document, Intake, Layout, Problem, Received
from firstsaid.store.described import lay_over
from firstsaid.store.packing import packed
from firstsaid.store.schema import DERIVED, column_kinds

READER_VERSION = 1
"""Goes up when readers give other texts; `reread` then offers what has changed. Frozen texts never change by themselves."""


def capture_id_of(received: Received) -> str:
    """The id of the capture that these bytes are or would be."""
    return Capture.identify(received.location, sha256(received.data).hexdigest(), received.offset)


def add_capture(connection: sqlite3.Connection, received: Received) -> tuple[str, bool]:
    """Keep the bytes as they came. Returns the capture's id and whether it is new; the same bytes at the same place are not."""
    checksum = sha256(received.data).hexdigest()
    capture_id = capture_id_of(received)
    if connection.execute("SELECT 1 FROM capture WHERE id = ?", (capture_id,)).fetchone():
        return capture_id, False
    if not connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (checksum,)).fetchone():
        connection.execute("INSERT INTO blob VALUES (?, ?, ?)", (checksum, len(received.data), packed(received.data)))
    connection.execute(
        """INSERT INTO capture (id, location, container, "offset", media_type, sha256, size_bytes, captured, how)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            capture_id, received.location, received.container, received.offset, received.media_type, checksum,
            len(received.data), received.captured, received.how,
        ),
    )  # fmt: skip
    return capture_id, True


def documents_of(capture: Capture, intake: Intake) -> tuple[list[Document], list[Layout]]:
    """The documents that an intake holds, cut out of the capture's text, and their layout in the documents' own offsets."""
    documents = []
    layout: list[Layout] = []
    captured = DateRange(capture.captured, capture.captured, "captured")
    for part in intake.parts:
        location = capture.location + (f"#{part.name}" if part.name else "")
        text = intake.text[part.start : part.end]
        document = Document(
            id=Document.identify(location, text), capture_id=capture.id, start=part.start, end=part.end, location=location, text=text,
            url=part.url, title=part.title, authors=part.authors, outlet=part.outlet, language=part.language,
            published=part.published, modified=part.modified, captured=captured,
        )  # fmt: skip
        documents.append(document)
    # Layout is in the capture's order and documents too: walk both once.
    spans = sorted(intake.layout, key=lambda span: (span.start, -span.end))
    for document in documents:
        for span in _inside(spans, document.start, document.end):
            layout.append(Layout(document.id, span.start - document.start, span.end - document.start, span.kind, span.target, span.reason))
    return documents, layout


def _inside(spans: Sequence[Layout], start: int, end: int) -> list[Layout]:
    from bisect import bisect_left

    first = bisect_left(spans, start, key=lambda span: span.start)
    chosen = []
    for span in spans[first:]:
        if span.start >= end:
            break
        if span.end <= end:
            chosen.append(span)
    return chosen


def add_intake(connection: sqlite3.Connection, capture: Capture, intake: Intake) -> list[str]:
    """Freeze a capture's text and keep its documents, layout and problems. Returns the ids of the documents that are new."""
    documents, layout = documents_of(capture, intake)
    text_n = freeze(connection, capture, intake.text)
    fresh = {document.id for document in documents if add_document(connection, document, text_n)}
    add_layout(connection, [span for span in layout if span.document_id in fresh])
    for problem in intake.problems:
        add_problem(connection, problem, capture.id)
    lay_over(connection, fresh)
    connection.execute("UPDATE capture SET is_read = 1 WHERE id = ?", (capture.id,))
    return sorted(fresh)


def freeze(connection: sqlite3.Connection, capture: Capture, text: str) -> int:
    """Keep the text that a reading of a capture gave. Returns its number."""
    frame = packed(text.encode("utf-8", "surrogatepass"))
    cursor = connection.execute(
        "INSERT INTO frozen_text (capture_id, reader_version, zstd) VALUES (?, ?, ?)", (capture.id, READER_VERSION, frame)
    )
    return int(cursor.lastrowid or 0)


def add_document(connection: sqlite3.Connection, document: Document, text_n: int) -> bool:
    """Keep one document, a slice of the frozen text `text_n`, and its words for search; False if it is there already."""
    values = {
        "id": document.id, "capture_id": document.capture_id, "frozen_text_n": text_n, "start": document.start, "end": document.end,
        "location": document.location, "url": document.url, "title": document.title,
        "authors": json.dumps(document.authors, ensure_ascii=False), "outlet": document.outlet, "language": document.language,
        "published": to_edtf(document.published) if document.published else None,
        **_date("published", document.published), **_date("modified", document.modified), **_date("captured", document.captured),
        "replaces": document.replaces, "text": document.text,
    }  # fmt: skip
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT OR IGNORE INTO document ({names}) VALUES ({marks})", tuple(values.values()))
    if not cursor.rowcount:
        return False
    connection.execute(
        "INSERT INTO document_words (rowid, title, text) VALUES (?, ?, ?)", (cursor.lastrowid, document.title, document.text)
    )
    return True


def _date(name: str, date: DateRange | None) -> dict[str, int | str | None]:
    parts = ("earliest", "latest", "basis", "confidence")
    return {f"{name}_{part}": getattr(date, part) if date else None for part in parts}


def add_layout(connection: sqlite3.Connection, layout: Iterable[Layout]) -> None:
    """Keep what stretches of documents were on the page."""
    connection.executemany(
        "INSERT INTO layout VALUES (?, ?, ?, ?, ?, ?)", [(x.document_id, x.start, x.end, x.kind, x.target, x.reason) for x in layout]
    )


def add_problem(connection: sqlite3.Connection, problem: Problem, capture_id: str | None = None) -> None:
    """Keep one problem; the same problem twice is one."""
    connection.execute(
        "INSERT OR IGNORE INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            problem.id, problem.kind, problem.location, problem.message, problem.advice, problem.capture_id or capture_id,
            problem.document_id, problem.start, problem.end,
        ),
    )  # fmt: skip


def add_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    """Append one line to the user's log. There is no way to change or delete one."""
    anchors = json.dumps([as_dict(anchor) for anchor in decision.anchors], ensure_ascii=False)
    connection.execute(
        "INSERT INTO decision (subject_id, subject_kind, verdict, why, made, anchors) VALUES (?, ?, ?, ?, ?, ?)",
        (decision.subject_id, decision.subject_kind, decision.verdict, decision.why, decision.made, anchors),
    )


def begin_run(
    connection: sqlite3.Connection, run_id: str, step: str, version: int, settings_digest: str, input_digest: str, started: int
) -> None:
    """Say that a run of a step has begun (again, if it was interrupted)."""
    connection.execute(
        "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?, ?, NULL, 0)", (run_id, step, version, settings_digest, input_digest, started)
    )


def finish_run(connection: sqlite3.Connection, step: str, run_id: str, finished: int) -> None:
    """Say that a run is complete: from now on the step's table is this run's, and no other's.

    Rows that an earlier run made and this one confirmed still name the run that made them; runs of which nothing is left are forgotten.
    """
    connection.execute("UPDATE run SET finished = NULL WHERE step = ? AND id <> ?", (step, run_id))
    connection.execute(f"UPDATE run SET finished = ?, n_rows = (SELECT count(*) FROM {step}) WHERE id = ?", (finished, run_id))
    connection.execute(
        f"""DELETE FROM run WHERE step = ? AND id <> ? AND id NOT IN (SELECT run_id FROM run_document WHERE step = ?)
            AND id NOT IN (SELECT run_id FROM {step})""",
        (step, run_id, step),
    )


def save_rows(connection: sqlite3.Connection, name: str, table: pa.Table, run_id: str) -> int:
    """Append rows of a derived table. Returns how many."""
    return _insert(connection, name, _as_stored(name, table), run_id)


def save_changes(connection: sqlite3.Connection, name: str, tables: Iterable[pa.Table], run_id: str) -> int:
    """Make a derived table hold just these rows: those that are there stay, with the run that made them. Returns how many it holds."""
    wanted = Counter(row for table in tables for row in _as_stored(name, table))
    n_rows = wanted.total()
    names = ", ".join(f'"{column}"' for column in column_kinds(DERIVED[name]))
    cursor = connection.cursor()
    cursor.row_factory = None
    gone: list[tuple[int]] = []
    for rowid, *row in cursor.execute(f"SELECT rowid, {names} FROM {name}"):
        stored = tuple(row)
        if wanted[stored]:
            wanted[stored] -= 1
        else:
            gone.append((rowid,))
    connection.executemany(f"DELETE FROM {name} WHERE rowid = ?", gone)
    _insert(connection, name, wanted.elements(), run_id)
    return n_rows


def _as_stored(name: str, table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Rows as SQLite holds them: nested values as JSON, truth as 0 and 1."""
    columns = []
    for column, kind in column_kinds(DERIVED[name]).items():
        values = table.column(column).to_pylist()
        columns.append([json.dumps(value, ensure_ascii=False) for value in values] if kind == "JSON" else values)
    return zip(*columns, strict=True)


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[tuple[Any, ...]], run_id: str) -> int:
    kinds = column_kinds(DERIVED[name])
    names = ", ".join(f'"{column}"' for column in kinds)
    cursor = connection.executemany(
        f"INSERT INTO {name} ({names}, run_id) VALUES ({', '.join('?' * (len(kinds) + 1))})", ((*row, run_id) for row in rows)
    )
    return max(0, cursor.rowcount)


def mark_documents_done(connection: sqlite3.Connection, step: str, documents: Iterable[tuple[str, str]], run_id: str) -> None:
    """Remember what a step has seen of these documents (id, fingerprint), whether or not it found anything in them."""
    connection.executemany(
        "INSERT OR REPLACE INTO run_document VALUES (?, ?, ?, ?)", [(step, one, run_id, seen) for one, seen in documents]
    )


def clear_step(connection: sqlite3.Connection, name: str) -> None:
    """Delete a step's derived rows and what is remembered of its runs."""
    if name in DERIVED:
        connection.execute(f"DELETE FROM {name}")
    connection.execute("DELETE FROM run_document WHERE step = ?", (name,))
    connection.execute("DELETE FROM run WHERE step = ?", (name,))


def clear_documents(connection: sqlite3.Connection, name: str, document_ids: Sequence[str]) -> None:
    """Delete a step's derived rows of some documents."""
    for document_id in document_ids:
        connection.execute(f"DELETE FROM {name} WHERE document_id = ?", (document_id,))
        connection.execute("DELETE FROM run_document WHERE step = ? AND document_id = ?", (name, document_id))


def forget_captures(connection: sqlite3.Connection, capture_ids: Sequence[str]) -> list[str]:
    """Delete captures, their bytes, texts, documents and problems; `secure_delete` overwrites them. Returns the documents' ids.

    Decisions stay: they are the user's own words. Every derived table must be made again afterwards.
    """
    gone: list[str] = []
    for capture_id in capture_ids:
        rows = connection.execute("SELECT n, id, title, text FROM document WHERE capture_id = ?", (capture_id,)).fetchall()
        for row in rows:
            connection.execute(
                "INSERT INTO document_words (document_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
                (row["n"], row["title"], row["text"]),
            )
            connection.execute("DELETE FROM layout WHERE document_id = ?", (row["id"],))
            gone.append(row["id"])
        connection.execute("DELETE FROM document WHERE capture_id = ?", (capture_id,))
        connection.execute("DELETE FROM frozen_text WHERE capture_id = ?", (capture_id,))
        connection.execute("DELETE FROM problem WHERE capture_id = ?", (capture_id,))
        (checksum,) = connection.execute("SELECT sha256 FROM capture WHERE id = ?", (capture_id,)).fetchone()
        connection.execute("DELETE FROM capture WHERE id = ?", (capture_id,))
        if not connection.execute("SELECT 1 FROM capture WHERE sha256 = ?", (checksum,)).fetchone():
            connection.execute("DELETE FROM blob WHERE sha256 = ?", (checksum,))
    return gone
