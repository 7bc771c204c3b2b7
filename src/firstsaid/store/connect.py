"""Opening a corpus file: ours, whole, of a version we know, and never trusted more than a stranger's file deserves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firstsaid.errors import CorpusBusyError, CorpusError
from firstsaid.store.schema import APPLICATION_ID, DERIVED, KEPT, MIGRATIONS, SCHEMA_VERSION, VIEWS, column_kinds, derived_sql

BUSY_SECONDS = 10.0
"""How long to wait for another process that is writing: longer than any single transaction of ours takes."""
MAX_CELL_BYTES = 1 << 30
"""SQLite refuses larger values, so that a file received from someone cannot ask for more memory than the machine has."""


def create(path: Path) -> sqlite3.Connection:
    """A new corpus file. Made under another name and moved, so that a half-made file never bears the name.

    Raises:
        CorpusError: the folder does not exist or cannot be written.
    """
    if not path.parent.is_dir():
        raise CorpusError(f"cannot make {path}: there is no folder {path.parent}. Make it first")
    making = path.with_name(path.name + "-making")
    try:
        making.unlink(missing_ok=True)
        connection = sqlite3.connect(making, isolation_level=None)
        connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA page_size = 8192;")
        connection.executescript("BEGIN;" + KEPT + f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        make_derived(connection)
        connection.close()
        making.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise CorpusError(f"cannot make {path}: {error}. Choose a folder that can be written") from error
    return connect(path)


def make_derived(connection: sqlite3.Connection) -> None:
    """Derived tables and views, made anew where they are missing or were made for other nouns; those of another version are dropped."""
    for name in _outdated(connection):
        connection.executescript(f"BEGIN; DROP TABLE IF EXISTS {name};" + derived_sql(name) + "COMMIT;")
        _forget_runs(connection, name)
    for (name,) in connection.execute("SELECT DISTINCT step FROM run").fetchall():
        if name not in DERIVED:
            # A table that its owner made with other tools stays: no run made it. So do kept tables, whatever a stranger's file says.
            if _columns(connection, name)[-1:] == ["run_id"]:
                connection.execute(f"DROP TABLE {_quoted(name)}")
            _forget_runs(connection, name)
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW IF NOT EXISTS {name} AS {query}")


def _outdated(connection: sqlite3.Connection) -> list[str]:
    """Derived tables that are missing, or were made for other nouns."""
    return [name for name in DERIVED if _columns(connection, name) != [*column_kinds(DERIVED[name]), "run_id"]]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]


def _quoted(name: str) -> str:
    """A name that may come from a stranger's file, as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _forget_runs(connection: sqlite3.Connection, table: str) -> None:
    connection.execute("DELETE FROM run_document WHERE run_id IN (SELECT id FROM run WHERE step = ?)", (table,))
    connection.execute("DELETE FROM run WHERE step = ?", (table,))


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to an existing corpus file.

    Raises:
        CorpusError: there is no such file, it is not ours, is damaged, or was made by a newer version.
    """
    if not path.is_file():
        raise CorpusError(f"there is no corpus {path}. Make one with: firstsaid add {path} FOLDER")
    mode = "ro" if read_only else "rw"
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL_BYTES)
        _check(connection, path, read_only)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is not a Firstsaid corpus or is damaged ({error}). Restore a backup, or add the folder again") from error
    connection.row_factory = sqlite3.Row
    return connection


def _check(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise CorpusError(f"{path} is not a Firstsaid corpus. Choose another name for the corpus, such as case.firstsaid")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise CorpusError(f"{path} was made by a newer Firstsaid (schema {version}, this one knows {SCHEMA_VERSION}). Upgrade Firstsaid")
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'trigger'").fetchone():
        # We make no triggers: one in a file received from someone would run with our rights.
        raise CorpusError(f"{path} holds a trigger that Firstsaid did not make. Do not open it; ask its sender for the texts")
    views = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    if not views <= VIEWS.keys():
        # A view in the place of a table would show what nobody ever found.
        raise CorpusError(f"{path} holds a view that Firstsaid did not make ({', '.join(sorted(views - VIEWS.keys()))}). Do not trust it")
    if read_only:
        if version < SCHEMA_VERSION or _outdated(connection):
            raise CorpusError(f"{path} was traced by an earlier Firstsaid. Bring it up to date with: firstsaid trace {path}")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    while version < SCHEMA_VERSION:
        connection.executescript(f"BEGIN; {MIGRATIONS[version]} PRAGMA user_version = {version + 1}; COMMIT;")
        version += 1
    make_derived(connection)


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside is of one moment, whatever another process writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing, also when the process is killed in between.

    Raises:
        CorpusBusyError: another process has been writing for `BUSY_SECONDS`.
        CorpusError: the disk is full or the file is damaged.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise CorpusBusyError(f"another process is writing to this corpus ({error}). Wait until it is done, then try again") from error
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException as error:
        # Where the disk is full SQLite has rolled back already; "ROLLBACK" would then be an error of its own.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            advice = "Nothing was lost; free some disk space, or make the file writable, and try again"
            raise CorpusError(f"could not write to the corpus ({error}). {advice}") from error
        raise
