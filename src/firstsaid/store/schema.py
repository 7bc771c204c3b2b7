"""What stands in a corpus file. Kept tables are written out here and migrated; derived ones are read off the nouns and rebuilt."""

from __future__ import annotations

import typing
from dataclasses import fields, is_dataclass
from typing import Any

from firstsaid.model import (
    Alignment,
    Citation,
    Claim,
    ClaimPair,
    ClaimTelling,
    Family,
    Figure,
    Finding,
    Layout,
    Mention,
    Name,
    Passage,
    Prediction,
    Quotation,
    ScareQuote,
    Spelling,
    Tie,
)

APPLICATION_ID = 0x46697253
""""FirS": what SQLite's header says of our files, so that a foreign database is refused before it is read."""

SCHEMA_VERSION = 3

KEPT = """
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    zstd BLOB NOT NULL
) STRICT;
CREATE TABLE capture (
    id TEXT PRIMARY KEY,
    location TEXT NOT NULL,
    container TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    size_bytes INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    how TEXT NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE frozen_text (
    n INTEGER PRIMARY KEY,
    capture_id TEXT NOT NULL REFERENCES capture (id),
    reader_version INTEGER NOT NULL,
    zstd BLOB NOT NULL
) STRICT;
CREATE INDEX frozen_text_by_capture ON frozen_text (capture_id);
CREATE INDEX capture_by_location ON capture (location);
CREATE TABLE document (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    capture_id TEXT NOT NULL REFERENCES capture (id),
    frozen_text_n INTEGER NOT NULL REFERENCES frozen_text (n),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    location TEXT NOT NULL,
    url TEXT,
    title TEXT,
    authors TEXT NOT NULL,
    outlet TEXT,
    language TEXT,
    published TEXT,
    published_earliest INTEGER,
    published_latest INTEGER,
    published_basis TEXT,
    published_confidence INTEGER,
    modified_earliest INTEGER,
    modified_latest INTEGER,
    modified_basis TEXT,
    modified_confidence INTEGER,
    captured_earliest INTEGER,
    captured_latest INTEGER,
    captured_basis TEXT,
    captured_confidence INTEGER,
    replaces TEXT,
    is_current INTEGER NOT NULL DEFAULT 1,
    text TEXT NOT NULL,
    as_read TEXT
) STRICT;
CREATE INDEX document_by_capture ON document (capture_id);
CREATE INDEX document_by_date ON document (published_earliest);
CREATE TABLE layout (
    document_id TEXT NOT NULL REFERENCES document (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target TEXT,
    reason TEXT
) STRICT;
CREATE INDEX layout_by_document ON layout (document_id, start);
CREATE TABLE problem (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    location TEXT NOT NULL,
    message TEXT NOT NULL,
    advice TEXT NOT NULL,
    capture_id TEXT,
    document_id TEXT,
    start INTEGER,
    "end" INTEGER
) STRICT;
CREATE TABLE decision (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    why TEXT NOT NULL,
    made INTEGER NOT NULL,
    anchors TEXT NOT NULL
) STRICT;
CREATE TABLE description (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    pattern TEXT NOT NULL,
    outlet TEXT,
    title TEXT,
    authors TEXT,
    earliest INTEGER,
    latest INTEGER,
    made INTEGER NOT NULL
) STRICT;
CREATE TABLE run (
    id TEXT PRIMARY KEY,
    step TEXT NOT NULL,
    version INTEGER NOT NULL,
    settings_digest TEXT NOT NULL,
    input_digest TEXT NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER,
    n_rows INTEGER NOT NULL
) STRICT;
CREATE INDEX run_by_step ON run (step);
CREATE TABLE run_document (
    step TEXT NOT NULL,
    document_id TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES run (id),
    inputs TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (step, document_id)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE document_words USING fts5 (
    title, text, content = 'document', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
"""

MIGRATIONS: dict[int, str] = {
    1: "ALTER TABLE run_document ADD COLUMN inputs TEXT NOT NULL DEFAULT '';",
    2: """ALTER TABLE document ADD COLUMN as_read TEXT;
          CREATE TABLE description (
              n INTEGER PRIMARY KEY AUTOINCREMENT, pattern TEXT NOT NULL, outlet TEXT, title TEXT, authors TEXT, earliest INTEGER,
              latest INTEGER, made INTEGER NOT NULL
          ) STRICT;""",
}
"""SQL that brings a file from the version that is the key to the next. Derived tables are dropped and made again instead."""

DERIVED: dict[str, type[Any]] = {
    "boilerplate": Layout,
    "quotation": Quotation,
    "scare_quote": ScareQuote,
    "figure": Figure,
    "found_citation": Citation,
    "citation": Citation,
    "prediction": Prediction,
    "mention": Mention,
    "tie": Tie,
    "spelling": Spelling,
    "name": Name,
    "alignment": Alignment,
    "passage": Passage,
    "claim": Claim,
    "claim_pair": ClaimPair,
    "claim_telling": ClaimTelling,
    "family": Family,
    "finding": Finding,
}
"""Derived tables by name, in the order in which they are made."""

INDEXES = {
    "boilerplate": ("document_id, start",),
    "quotation": ("document_id, start", "name_id"),
    "scare_quote": ("document_id, start",),
    "figure": ("document_id, start", "of_lemma"),
    "found_citation": ("document_id",),
    "citation": ("document_id, start", "resolved_document_id"),
    "prediction": ("document_id, start",),
    "mention": ("document_id, start", "name_id", "surface"),
    "spelling": ("name_id",),
    "tie": ("document_id, start", "left_name_id", "right_name_id"),
    "alignment": ("left_id", "right_id"),
    "passage": ("document_id", "family_id"),
    "claim": ("document_id, start", "worth"),
    "claim_pair": ("left_id", "right_id"),
    "claim_telling": ("document_id, start", "group_id", "claim_id"),
    "family": ("n_documents",),
    "finding": ("kind, strength",),
}


def _opened(table: str, column: str, name: str, fields: str) -> str:
    """A query with one row for each thing nested in a column of a derived table."""
    picked = ", ".join(f"json_extract(piece.value, '$.{field}') AS \"{field}\"" for field in fields.split())
    return f"SELECT {table}.id AS {table}_id, piece.key AS {name}, {picked} FROM {table}, json_each({table}.{column}) AS piece"


VIEWS = {
    "evidence": _opened("finding", "evidence", "position", "document_id start end role"),
    "stemma_edge": _opened("family", "edges", "number", "parent child confidence kind reasons is_directed"),
    "reading": _opened("family", "readings", "number", "document_id start end base_document_id kind text base_text"),
}
"""What lies nested in a derived row, opened for people who read the file with other tools. Our own code runs these queries as they
stand here, not through the views: a schema is not trusted (`PRAGMA trusted_schema`), even our own."""


def column_kinds(noun: type[Any]) -> dict[str, str]:
    """SQLite type of each field: INTEGER, TEXT, or JSON (tuples and nested nouns, stored as text)."""
    hints = typing.get_type_hints(noun)
    kinds = {}
    for field in fields(noun):
        hint = hints[field.name]
        choices = [choice for choice in typing.get_args(hint) or (hint,) if choice is not type(None)]
        if typing.get_origin(hint) is tuple or is_dataclass(choices[0]):
            kinds[field.name] = "JSON"
        else:
            kinds[field.name] = "INTEGER" if choices[0] in (int, bool) else "TEXT"
    return kinds


def derived_sql(name: str) -> str:
    """DDL of one derived table, read off its noun, with its run and indexes."""
    noun = DERIVED[name]
    columns = [f'"{column}" {"TEXT" if kind == "JSON" else kind}' for column, kind in column_kinds(noun).items()]
    statements = [f"CREATE TABLE {name} ({', '.join(columns)}, run_id TEXT NOT NULL) STRICT;"]
    if "id" in column_kinds(noun):
        statements.append(f"CREATE UNIQUE INDEX {name}_by_id ON {name} (id);")
    for number, columns_of_index in enumerate(INDEXES.get(name, ())):
        statements.append(f"CREATE INDEX {name}_index_{number} ON {name} ({columns_of_index});")
    return "\n".join(statements)
