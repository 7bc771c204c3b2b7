"""Rereading, verifying, backing up, forgetting: what keeps a corpus trustworthy over years."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid import reading
from firstsaid.corpus.adding import AddReport
from firstsaid.engines import Progress
from firstsaid.errors import CorpusError, UsageError
from firstsaid.model import Capture, Intake, Problem
from firstsaid.store import connect, described, read, write
from firstsaid.store.schema import DERIVED

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what did not hold. An empty `failures` means that everything is as it was."""

    n_captures: int
    n_documents: int
    n_spans: int
    failures: tuple[str, ...]


def verify(connection: sqlite3.Connection) -> Verification:
    """Check SQLite's own integrity, the bytes' checksums, that documents are slices of frozen texts, and that spans lie inside them."""
    failures = [f"database: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    failures += [f"database: row {row[1]} of {row[0]} points to nothing" for row in connection.execute("PRAGMA foreign_key_check")]
    all_captures = read.captures(connection)
    n_documents = n_spans = 0
    for capture in all_captures:
        received = read.received_again(connection, capture)
        if sha256(received.data).hexdigest() != capture.sha256:
            failures.append(f"{capture.location}: the stored bytes are not those that were added")
        texts = read.frozen_texts(connection, capture.id)
        for row in connection.execute("SELECT * FROM document WHERE capture_id = ? ORDER BY n", (capture.id,)):
            n_documents += 1
            document = read.document_from_row(row)
            if texts.get(row["frozen_text_n"], "")[document.start : document.end] != document.text:
                failures.append(f"{document.location}: its text is not a slice of its capture's text")
            if document.id != document.identify(document.location, document.text):
                failures.append(f"{document.location}: its id does not fit its place and text")
    for name in DERIVED:
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        if not {"document_id", "start", "end"} <= columns:
            continue
        n_spans += connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        outside = connection.execute(
            f"""SELECT count(*) FROM {name} LEFT JOIN document ON document.id = {name}.document_id
                WHERE document.id IS NULL OR {name}.start < 0 OR {name}."end" > length(document.text) OR {name}.start > {name}."end" """
        ).fetchone()[0]
        if outside:
            failures.append(f"table {name}: {outside} spans lie outside their documents. Run trace again")
    return Verification(len(all_captures), n_documents, n_spans, tuple(failures))


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file page by page; the copy is whole or absent."""
    if path.exists():
        raise UsageError(f"{path} exists already. Choose another name: a backup never overwrites")
    making = path.with_name(path.name + "-making")
    making.unlink(missing_ok=True)
    try:
        target = sqlite3.connect(making)
        try:
            connection.backup(target, pages=4096)
        finally:
            target.close()
        making.rename(path)
    except sqlite3.Error as error:
        making.unlink(missing_ok=True)
        raise CorpusError(f"cannot write {path}: {error}. Choose a folder that is there, on a disk with room for the corpus") from error


def forget(corpus: Corpus, locations: Sequence[str]) -> int:
    """Delete all captures at these locations, then everything derived and the index: they may hold their words."""
    from firstsaid.corpus.whence import remove_index

    connection = corpus.connection
    wanted: list[Capture] = []
    for location in locations:
        found = read.captures(connection, "WHERE location = ?", (location,))
        if not found:
            raise UsageError(f"no capture at {location!r}. Locations: firstsaid list {corpus.path} documents")
        wanted += found
    with connect.transaction(connection):
        gone = write.forget_captures(connection, [capture.id for capture in wanted])
        for name in DERIVED:
            write.clear_step(connection, name)
    remove_index(corpus)
    # Words linger in the search index's old segments and in the write-ahead log until both are rewritten.
    connection.execute("INSERT INTO document_words (document_words) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(gone)


def reread(connection: sqlite3.Connection, progress: Progress) -> AddReport:
    """Read all captures again. A document whose text comes out differently is replaced, never changed."""
    all_captures = read.captures(connection)
    by_id = {capture.id: capture for capture in all_captures}
    n_new = 0
    problems: list[Problem] = []
    intakes = reading.read_safely(read.received_again(connection, capture) for capture in all_captures)
    for n_done, (received, intake) in enumerate(intakes, start=1):
        capture = by_id[write.capture_id_of(received)]
        with connect.transaction(connection):
            n_new += _replace(connection, capture, intake)
        problems += intake.problems
        progress("reread", n_done, len(all_captures))
    return AddReport(0, len(all_captures), n_new, tuple(problems))


def _replace(connection: sqlite3.Connection, capture: Capture, intake: Intake) -> int:
    old = {
        row["location"]: row["id"]
        for row in connection.execute("SELECT id, location FROM document WHERE capture_id = ? AND is_current", (capture.id,))
    }
    documents, layout = write.documents_of(capture, intake)
    if not documents or {document.id for document in documents} == set(old.values()):
        return 0
    for old_id in old.values():
        connection.execute("UPDATE document SET is_current = 0 WHERE id = ?", (old_id,))
    n_new = 0
    text_n = write.freeze(connection, capture, intake.text)
    for document in documents:
        if connection.execute("UPDATE document SET is_current = 1 WHERE id = ?", (document.id,)).rowcount:
            continue
        write.add_document(connection, replace(document, replaces=old.get(document.location)), text_n)
        write.add_layout(connection, [span for span in layout if span.document_id == document.id])
        n_new += 1
    described.lay_over(connection, [document.id for document in documents])
    return n_new
