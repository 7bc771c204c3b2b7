"""Running the plan: each step where its inputs have changed, each table saved before the next begins."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.columns import to_table, unnested
from firstsaid.engines import Each, Engine, Group, Progress, Step
from firstsaid.model import Ruling, digest
from firstsaid.pipeline import fingerprints, plan, remembering
from firstsaid.pipeline.blocks import blocks_of, keys_of
from firstsaid.pipeline.plan import inputs_of, step_named
from firstsaid.pipeline.states import SETTINGS_DIGEST, TABLES_OF_THE_STORE, States, rounded_up
from firstsaid.store import connect, read, write

SECONDS_BETWEEN_SAVES = 2.0
"""How much work a kill can cost; shorter makes more transactions, each a wait for the disk."""
MOST_REMEMBERED_BYTES = 4 << 30
"""A table above this size goes through its step in pieces (see `embedded.BYTES_IN_MEMORY`), and nothing of it is remembered."""
COLLECTION_THRESHOLD = 70_000
"""Objects between two looks for garbage in circles. Python's own 700 costs steps that make many rows a sixth of their time."""
SCALE_SCHEMA = pa.schema([pa.field("n_documents", pa.int64(), nullable=False)])


@dataclass(frozen=True, slots=True)
class TraceReport:
    """What a trace did. `ran`: table -> rows made; `skipped`: tables whose inputs had not changed. `seconds` of wall time.

    `passed`: the number of documents, a power of two, that the corpus has passed since the last trace, so that thresholds changed and
    everything that uses them was made anew; None where it has not, or nothing is remembered of an earlier trace.
    """

    n_documents: int
    ran: dict[str, int]
    skipped: tuple[str, ...]
    seconds: float
    passed: int | None = None


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage in circles more seldom: a step makes millions of small rows that live to its end, and no circles."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECTION_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_few_collections()
def trace(connection: sqlite3.Connection, engine: Engine, progress: Progress, folder: Path | None = None) -> TraceReport:
    """Bring every derived table up to date. What has been saved is kept when interrupted; the next call goes on from there.

    `folder`: where steps remember their blocks (see `remembering`); without it, all blocks of a step that is not up to date are run.

    Raises:
        CorpusBusyError: another process is writing.
        CorpusError: the disk is full.
    """
    began = time.monotonic()
    with connect.snapshot(connection):
        # Documents that are added from here on are for the next trace.
        (n_documents,) = connection.execute("SELECT count(*) FROM document WHERE is_current").fetchone()
        running = _Trace(connection, engine, progress, folder, States(connection))
        todo = [step for step in plan.PLAN if step.is_kept and not running.states.is_fresh(step)]
        if todo:
            running.take_documents()
    for step in todo:
        running.bring_up_to_date(step)
    skipped = tuple(table for step in plan.PLAN if step.is_kept and step not in todo for table in step.tables)
    passed = remembering.passed(folder, rounded_up(n_documents)) if folder is not None else None
    return TraceReport(n_documents, running.ran, skipped, time.monotonic() - began, passed)


@dataclass
class _Trace:
    """One run of the plan: tables are made when a step needs them and let go when none does."""

    connection: sqlite3.Connection
    engine: Engine
    progress: Progress
    folder: Path | None
    states: States
    ran: dict[str, int] = field(default_factory=dict)
    held: dict[str, pa.Table] = field(default_factory=dict)
    prints: dict[str, dict[str, str]] = field(default_factory=dict)

    def take_documents(self) -> None:
        """Hold the documents, and what the user ruled, as they are now: all steps see the same ones, whatever is added meanwhile."""
        documents = read.document_table(self.connection)
        self.held["document"] = documents
        self.held["heading"] = documents.drop_columns(["text", "layout"])
        self.held["ruling"] = to_table(Ruling, read.rulings(self.connection))
        self.held["scale"] = pa.table({"n_documents": [rounded_up(documents.num_rows)]}, schema=SCALE_SCHEMA)

    def bring_up_to_date(self, step: Step) -> None:
        """Run one step whose table is not up to date."""
        if isinstance(step, Each):
            self._run_each(step)
        else:
            self._run_group(step)
        for table in step.tables:
            self.held.pop(table, None)
        self._let_go(step)

    def _run_each(self, step: Each) -> None:
        """Only the documents that this version of the step has not seen as they are; saved batch by batch."""
        documents = self.table(step.of)
        wanted = self._fingerprints(step.of)
        missing: set[str] = set()
        with connect.transaction(self.connection):
            # A document that is new to this trace may be another process's, which has traced it already.
            current = read.document_ids(self.connection)
            for table in step.tables:
                seen = read.documents_done(self.connection, table, _made_by(step, table))
                gone = [one for one, inputs in seen.items() if (wanted[one] != inputs if one in wanted else one not in current)]
                write.clear_documents(self.connection, table, gone)
                self._begin(step, table, _made_by(step, table))
                self._begin(step, table, self.states.run_of(table))
                missing.update(one for one, inputs in wanted.items() if seen.get(one) != inputs)
                self.ran[table] = 0
        waiting: list[tuple[pa.Table, pa.Table]] = []
        saved = time.monotonic()
        rows = documents.filter(pa.array([one in missing for one in wanted], pa.bool_()))
        for batch, made in self.engine.each(step, [rows], self.progress):
            waiting.append((batch, made))
            if time.monotonic() - saved > SECONDS_BETWEEN_SAVES:
                self._save(step, waiting, wanted)
                waiting, saved = [], time.monotonic()
        self._save(step, waiting, wanted)
        with connect.transaction(self.connection):
            for table in step.tables:
                self._finish(table)

    def _fingerprints(self, name: str) -> dict[str, str]:
        """Of each document's row, by its id; read once for all steps that run on the documents."""
        if name not in self.prints:
            table = self.table(name)
            prints = fingerprints.as_text(fingerprints.of_rows(table))
            self.prints[name] = dict(zip(table.column("document_id").to_pylist(), prints, strict=True))
        return self.prints[name]

    def _save(self, step: Each, pairs: list[tuple[pa.Table, pa.Table]], wanted: dict[str, str]) -> None:
        """Keep what was made of some documents: all tables of the step in one transaction."""
        with connect.transaction(self.connection):
            for table in step.tables:
                # Another process may have traced the same documents meanwhile: the same rows, which cannot stand twice.
                seen = read.documents_done(self.connection, table, _made_by(step, table))
                there = pa.array([one for one, inputs in seen.items() if wanted.get(one) == inputs], pa.string())
                done = [one for batch, _ in pairs for one in _without(batch, there).column("document_id").to_pylist()]
                write.clear_documents(self.connection, table, [one for one in done if one in seen])
                for _, made in pairs:
                    rows = _without(made, there)
                    rows = unnested(rows, table) if step.makes else rows
                    self.ran[table] += write.save_rows(self.connection, table, rows, _made_by(step, table))
                write.mark_documents_done(self.connection, table, [(one, wanted[one]) for one in done], _made_by(step, table))

    def _run_group(self, step: Group) -> None:
        """The whole table, of blocks made anew and remembered ones; only rows that are new or gone are written, in one transaction."""
        run_id = self.states.run_of(step.name)
        made = list(self._make(step))
        with connect.transaction(self.connection):
            self._begin(step, step.name, run_id)
            self.ran[step.name] = write.save_changes(self.connection, step.name, made, run_id)
            self._finish(step.name)

    def _begin(self, step: Step, table: str, run_id: str) -> None:
        inputs = digest(self.states.of(step.of))
        write.begin_run(self.connection, run_id, table, step.version, SETTINGS_DIGEST, inputs, int(time.time() / 60))

    def _finish(self, table: str) -> None:
        write.finish_run(self.connection, table, self.states.run_of(table), int(time.time() / 60))

    def table(self, name: str) -> pa.Table:
        """The whole table: read from the file, or made now if it is not kept."""
        if name not in self.held:
            self.held[name] = self._load(name)
        return self.held[name]

    def _load(self, name: str) -> pa.Table:
        if name == "marked_document":
            return read.with_boilerplate(self.connection, self.held["document"])
        step = step_named(name)
        if step.is_kept:
            return read.derived_table(self.connection, name)
        tables = list(self._make(step))
        return pa.concat_tables(tables) if tables else step.schema.empty_table()

    def stream(self, name: str) -> Iterator[pa.Table]:
        """The table in pieces, without holding the whole of one that only the next step needs."""
        step = None if name in TABLES_OF_THE_STORE else step_named(name)
        if step is None or step.is_kept or name in self.held or self._n_users(name) > 1:
            yield self.table(name)
        else:
            yield from self._make(step)

    def _make(self, step: Step) -> Iterator[pa.Table]:
        """The step's rows, of every block."""
        if self.folder is None or not step.is_remembered:
            yield from self._run(step, self.stream(step.of))
            return
        pieces = []
        n_bytes = 0
        stream = self.stream(step.of)
        for piece in stream:
            pieces.append(piece)
            n_bytes += piece.nbytes
            if n_bytes > MOST_REMEMBERED_BYTES:
                yield from self._run(step, _chained(pieces, stream))
                return
        if pieces:
            yield from self._remembered(step, pa.concat_tables(pieces), self.folder)

    def _remembered(self, step: Step, rows: pa.Table, folder: Path) -> Iterator[pa.Table]:
        """The step's rows: those of blocks that nothing has changed in as they were, the others made now."""
        memory = remembering.Memory(folder / step.name, step.schema)
        blocks = blocks_of(step, rows, {name: self.table(name) for name in inputs_of(step)[1:]})
        is_known, remembered = memory.recall(blocks.prints)
        yield from remembered
        made = list(self._run(step, iter([rows.filter(pa.array(~is_known[blocks.groups]))])))
        table = pa.concat_tables(made) if made else step.schema.empty_table()
        yield table
        memory.keep(blocks.segment(~is_known, table, keys_of(table, step.key_of_made)))

    def _run(self, step: Step, rows: Iterator[pa.Table]) -> Iterator[pa.Table]:
        if isinstance(step, Each):
            for _, made in self.engine.each(step, rows, self.progress):
                yield made
        else:
            beside = {need.table: self.table(need.table) for need in step.beside}
            yield from self.engine.group(step, rows, beside, self.progress)

    def _n_users(self, name: str) -> int:
        return sum(name in inputs_of(step) for step in plan.PLAN)

    def _let_go(self, done: Step) -> None:
        """Drop tables that no later step needs; the documents stay, so that all steps see the same ones."""
        later = plan.PLAN[plan.PLAN.index(done) + 1 :]
        for name in [name for name in self.held if name not in TABLES_OF_THE_STORE and not any(name in inputs_of(one) for one in later)]:
            del self.held[name]


def _made_by(step: Each, table: str) -> str:
    """Which version of a step made a table's rows; their documents stand in the ledger under it."""
    return digest(table, step.version, SETTINGS_DIGEST)


def _chained(first: list[pa.Table], rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    while first:
        yield first.pop(0)
    yield from rest


def _without(table: pa.Table, document_ids: pa.Array) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table.column("document_id"), document_ids)))
