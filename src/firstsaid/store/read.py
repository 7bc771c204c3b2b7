"""What comes out of a corpus file, as nouns and as Arrow tables."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from firstsaid.columns import from_dict, schema
from firstsaid.model import Anchor, Capture, DateRange, Decision, Document, Layout, Problem, Received, Ruling
from firstsaid.store.packing import unpacked
from firstsaid.store.schema import DERIVED, column_kinds

Noun = TypeVar("Noun")

LAYOUT_TYPE = pa.list_(
    pa.struct([("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string()), ("target", pa.string()), ("reason", pa.string())])
)
DOCUMENT_SCHEMA = pa.schema(
    [
        ("document_id", pa.string()), ("capture_id", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("location", pa.string()),
        ("url", pa.string()), ("title", pa.string()), ("outlet", pa.string()), ("language", pa.string()),
        ("authors", pa.list_(pa.string())), ("published_earliest", pa.int64()), ("published_latest", pa.int64()),
        ("published_basis", pa.string()), ("text", pa.large_string()), ("layout", LAYOUT_TYPE),
    ]
)  # fmt: skip
"""The table that every plan starts from: see docs/explanation/architecture.md."""


_LAYOUT = """SELECT document_id, start, "end", kind, target, reason FROM layout"""
_BOILERPLATE = """SELECT document_id, start, "end", kind, target, reason FROM boilerplate"""


def document_table(connection: sqlite3.Connection) -> pa.Table:
    """All current documents, sorted by id, with the layout that their reader saw."""
    rows = _plain(connection).execute(
        """SELECT id, capture_id, start, "end", location, url, title, outlet, language, authors, published_earliest, published_latest,
           published_basis, text FROM document WHERE is_current ORDER BY id"""
    )
    names = DOCUMENT_SCHEMA.names[:-1]
    columns: dict[str, Any] = dict(zip(names, zip(*rows, strict=True), strict=False)) or dict.fromkeys(names, ())
    columns["authors"] = [json.loads(value) for value in columns["authors"]]
    layout = _layout_by_document(connection, _LAYOUT)
    columns["layout"] = [layout.get(document_id, []) for document_id in columns["document_id"]]
    return pa.table(columns, schema=DOCUMENT_SCHEMA)


def with_boilerplate(connection: sqlite3.Connection, documents: pa.Table) -> pa.Table:
    """The table of documents with derived boilerplate in its layout; the same table where there is none."""
    found = _layout_by_document(connection, _BOILERPLATE)
    if not found:
        return documents
    layout = documents.column("layout").to_pylist()
    for number, document_id in enumerate(documents.column("document_id").to_pylist()):
        if document_id in found:
            layout[number] = sorted(layout[number] + found[document_id], key=lambda piece: (piece["start"], -piece["end"], piece["kind"]))
    return documents.set_column(documents.schema.get_field_index("layout"), "layout", pa.array(layout, LAYOUT_TYPE))


def _layout_by_document(connection: sqlite3.Connection, query: str) -> dict[str, list[dict[str, Any]]]:
    """Pieces of layout in reading order, the containing one first."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = _plain(connection).execute(f'SELECT * FROM ({query}) ORDER BY document_id, start, "end" DESC, kind')
    for document_id, start, end, kind, target, reason in rows:
        piece = {"start": start, "end": end, "kind": kind, "target": target, "reason": reason}
        found.setdefault(document_id, []).append(piece)
    return found


def document_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of the current documents."""
    return frozenset(row[0] for row in connection.execute("SELECT id FROM document WHERE is_current"))


def documents_done(connection: sqlite3.Connection, step: str, run_id: str) -> dict[str, str]:
    """What a step has seen of each document, as a fingerprint; nothing that fits where another run saw it."""
    rows = _plain(connection).execute(
        "SELECT document_id, CASE run_id WHEN ? THEN inputs END FROM run_document WHERE step = ?", (run_id, step)
    )
    return {document_id: inputs or "" for document_id, inputs in rows}


def _plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples: several times faster than named rows where all columns are wanted."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def derived_table(connection: sqlite3.Connection, name: str, where: str = "", parameters: Sequence[Any] = ()) -> pa.Table:
    """One derived table in the schema of its noun, sorted by its first columns."""
    expected = schema(DERIVED[name])
    columns = list(zip(*_select(_plain(connection), name, where, parameters), strict=True))
    arrays = []
    values: Sequence[Any]
    for field, kind, values in zip(expected, column_kinds(DERIVED[name]).values(), columns or [()] * len(expected), strict=True):
        if kind == "JSON":
            # As one list: a fifth of the time of one value after the other.
            values = json.loads(f"[{','.join(values)}]")
        elif pa.types.is_boolean(field.type):
            values = [None if value is None else bool(value) for value in values]
        arrays.append(pa.array(values, field.type))
    return pa.Table.from_arrays(arrays, schema=expected)


def derived(connection: sqlite3.Connection, noun: type[Noun], name: str, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Noun]:
    """Rows of a derived table as nouns."""
    kinds = column_kinds(noun)
    booleans = {field.name for field in schema(noun) if pa.types.is_boolean(field.type)}
    for row in _select(connection, name, where, parameters):
        values: dict[str, Any] = {}
        for column, kind in kinds.items():
            value = row[column]
            values[column] = json.loads(value) if kind == "JSON" else bool(value) if column in booleans else value
        yield from_dict(noun, values)


def _select(connection: sqlite3.Connection | sqlite3.Cursor, name: str, where: str, parameters: Sequence[Any]) -> sqlite3.Cursor:
    kinds = column_kinds(DERIVED[name])
    order = 'document_id, start, "end" DESC, 1' if "document_id" in kinds and "start" in kinds else "1"
    columns = ", ".join(f'"{column}"' for column in kinds)
    tail = where if "ORDER BY" in where else f"{where} ORDER BY {order}"
    return connection.execute(f"SELECT {columns} FROM {name} {tail}", parameters)


def documents(
    connection: sqlite3.Connection, where: str = "WHERE is_current ORDER BY id", parameters: Sequence[Any] = ()
) -> Iterator[Document]:
    """Documents as nouns, with their whole text."""
    for row in connection.execute(f"SELECT * FROM document {where}", parameters):
        yield document_from_row(row)


def document_from_row(row: sqlite3.Row | Mapping[str, Any]) -> Document:
    """One row of the table `document` as a noun."""
    return Document(
        id=row["id"], capture_id=row["capture_id"], start=row["start"], end=row["end"], location=row["location"], text=row["text"],
        url=row["url"], title=row["title"], authors=tuple(json.loads(row["authors"])), outlet=row["outlet"], language=row["language"],
        published=_date(row, "published"), modified=_date(row, "modified"), captured=_date(row, "captured"), replaces=row["replaces"],
    )  # fmt: skip


def _date(row: sqlite3.Row | Mapping[str, Any], name: str) -> DateRange | None:
    if row[f"{name}_earliest"] is None:
        return None
    return DateRange(row[f"{name}_earliest"], row[f"{name}_latest"], row[f"{name}_basis"], row[f"{name}_confidence"])


def layout_of(connection: sqlite3.Connection, document_id: str) -> list[Layout]:
    """A document's layout with derived boilerplate, in reading order, the containing span first."""
    rows = connection.execute(
        """SELECT document_id, start, "end", kind, target, reason FROM layout WHERE document_id = :id
           UNION ALL SELECT document_id, start, "end", kind, target, reason FROM boilerplate WHERE document_id = :id
           ORDER BY 2, 3 DESC, 4""",
        {"id": document_id},
    )
    return [Layout(*row) for row in rows]


def captures(connection: sqlite3.Connection, where: str = "", parameters: Sequence[Any] = ()) -> list[Capture]:
    """Captures without their bytes, by location, offset and time."""
    rows = connection.execute(
        f"""SELECT id, location, container, "offset", media_type, sha256, size_bytes, captured, how FROM capture {where}
            ORDER BY location, "offset", captured, id""",
        parameters,
    )
    return [Capture(*row) for row in rows]


def received_again(connection: sqlite3.Connection, capture: Capture) -> Received:
    """The bytes of a capture as they came."""
    (frame,) = connection.execute("SELECT zstd FROM blob WHERE sha256 = ?", (capture.sha256,)).fetchone()
    data = unpacked(frame)
    return Received(capture.location, capture.container, capture.offset, capture.media_type, data, capture.captured, capture.how)


def frozen_texts(connection: sqlite3.Connection, capture_id: str) -> dict[int, str]:
    """The frozen texts of a capture by number, one for each reading that gave another text; empty while it has not been read."""
    rows = connection.execute("SELECT n, zstd FROM frozen_text WHERE capture_id = ? ORDER BY n", (capture_id,))
    return {n: unpacked(frame).decode("utf-8", "surrogatepass") for n, frame in rows}


def problems(connection: sqlite3.Connection) -> list[Problem]:
    """Every problem, by kind and place."""
    rows = connection.execute(
        """SELECT id, kind, location, message, advice, capture_id, document_id, start, "end" FROM problem ORDER BY kind, location, id"""
    )
    return [Problem(*row) for row in rows]


def decisions(connection: sqlite3.Connection) -> list[Decision]:
    """The user's log in the order of writing."""
    rows = connection.execute("SELECT subject_id, subject_kind, verdict, why, made, anchors FROM decision ORDER BY n")
    return [
        Decision(subject_id, subject_kind, verdict, why, made, tuple(from_dict(Anchor, one) for one in json.loads(anchors)))
        for subject_id, subject_kind, verdict, why, made, anchors in rows
    ]


def rulings(connection: sqlite3.Connection) -> list[Ruling]:
    """The user's last word on each pair of spellings, in the order of writing."""
    last: dict[frozenset[str], Ruling] = {}
    for decision in decisions(connection):
        if decision.subject_kind == "name" and len(decision.anchors) == 2:
            left, right = decision.anchors[0].exact, decision.anchors[1].exact
            last.pop(frozenset((left, right)), None)
            last[frozenset((left, right))] = Ruling(left, right, decision.verdict, decision.why)
    return list(last.values())


_SOLO_SCRIPTS = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")


MOST_RANKED = 10_000
"""Hits that are always ranked. What more than these and more than half of all documents hold weighs nothing in BM25 (its inverse document
frequency is below zero), and ranking it would take longer than reading: it comes in the order in which it was added."""


def search(connection: sqlite3.Connection, words: str, limit: int, offset: int = 0) -> Iterator[tuple[Document, str]]:
    """Documents that hold all the words, best first, each with a snippet in which [[ and ]] mark the hits.

    Words in quotation marks must stand together. Scripts without spaces are searched for as one string, without an index.
    """
    if _SOLO_SCRIPTS.search(words):
        wanted = words.strip().strip('"')
        rows = connection.execute(
            "SELECT * FROM document WHERE is_current AND instr(text, ?) ORDER BY published_earliest, id LIMIT ? OFFSET ?",
            (wanted, limit, offset),
        )
        for row in rows:
            document = document_from_row(row)
            at = document.text.index(wanted)
            before, after = document.text[max(0, at - 60) : at], document.text[at + len(wanted) : at + len(wanted) + 60]
            yield document, f"{before}[[{wanted}]]{after}"
        return
    query = fts_query(words)
    if not query:
        return
    (n_hits,) = connection.execute("SELECT count(*) FROM document_words WHERE document_words MATCH ?", (query,)).fetchone()
    is_telling = n_hits <= MOST_RANKED or 2 * n_hits <= connection.execute("SELECT count(*) FROM document").fetchone()[0]
    rows = connection.execute(
        f"""SELECT document.*, snippet(document_words, 1, '[[', ']]', '…', 24) AS snippet FROM document_words
           JOIN document ON document.n = document_words.rowid
           WHERE document_words MATCH ? AND is_current ORDER BY {"rank, document.id" if is_telling else "document_words.rowid"}
           LIMIT ? OFFSET ?""",
        (query, limit, offset),
    )
    for row in rows:
        yield document_from_row(row), row["snippet"]


def fts_query(words: str) -> str:
    """What a person typed as an FTS5 query: phrases stay phrases, everything else is plain words; never a syntax error."""
    parts = re.findall(r'"([^"]*)"|(\S+)', words)
    quoted = [re.sub(r"[^\w]+", " ", phrase or word).strip() for phrase, word in parts]
    return " ".join(f'"{part}"' for part in quoted if part)


def fts_any_query(words: str) -> str:
    """An FTS5 query for documents that hold any of the words, rarest first by rank; words of one or two letters are left out."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w{3,}", words)))
