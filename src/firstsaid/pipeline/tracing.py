"""Running the plan: each step where its inputs have changed, each table saved before the next begins."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.columns import to_table
from firstsaid.engines import Each, Engine, Group, Progress, Step
from firstsaid.model import Ruling, digest
from firstsaid.pipeline import plan
from firstsaid.pipeline.plan import inputs_of, step_named
from firstsaid.pipeline.states import SETTINGS_DIGEST, TABLES_OF_THE_STORE, States
from firstsaid.store import connect, read, write


@dataclass(frozen=True, slots=True)
class TraceReport:
    """What a trace did. `ran`: step name -> rows made; `skipped`: steps whose inputs had not changed. `seconds` of wall time."""

    n_documents: int
    ran: dict[str, int]
    skipped: tuple[str, ...]
    seconds: float


def trace(connection: sqlite3.Connection, engine: Engine, progress: Progress) -> TraceReport:
    """Bring every derived table up to date. What has been saved is kept when interrupted; the next call goes on from there.

    Raises:
        CorpusBusyError: another process is writing.
        CorpusError: the disk is full.
    """
    began = time.monotonic()
    tracing_run = _Trace(connection, engine, progress)
    for step in plan.PLAN:
        if step.is_kept:
            tracing_run.bring_up_to_date(step)
    n_documents = tracing_run.table("heading").num_rows
    return TraceReport(n_documents, tracing_run.ran, tuple(tracing_run.skipped), time.monotonic() - began)


@dataclass
class _Trace:
    """One run of the plan: tables are made when a step needs them and let go when none does."""

    connection: sqlite3.Connection
    engine: Engine
    progress: Progress
    ran: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    held: dict[str, pa.Table] = field(default_factory=dict)

    def bring_up_to_date(self, step: Step) -> None:
        states = States(self.connection)
        if states.is_fresh(step):
            self.skipped.append(step.name)
            return
        run_id = states.run_of(step)
        self.ran[step.name] = self._run_each(step, run_id) if isinstance(step, Each) else self._run_group(step, run_id)
        self.held.pop(step.name, None)
        self._let_go(step)

    def _run_each(self, step: Each, run_id: str) -> int:
        """Only the documents that this version of the step has not seen yet; saved batch by batch."""
        made_by = digest(step.name, step.version, SETTINGS_DIGEST)
        documents = self.table(step.of)
        seen = {
            row[0]: row[1] for row in self.connection.execute("SELECT document_id, run_id FROM run_document WHERE step = ?", (step.name,))
        }
        wanted = documents.column("document_id").to_pylist()
        with connect.transaction(self.connection):
            gone = [one for one, by in seen.items() if by != made_by] + sorted(seen.keys() - set(wanted))
            write.clear_documents(self.connection, step.name, gone)
            self._begin(step, made_by)
            self._begin(step, run_id)
        missing = pa.array([seen.get(one) != made_by for one in wanted], pa.bool_())
        n_rows = 0
        waiting: list[tuple[pa.Table, pa.Table]] = []
        saved = time.monotonic()
        for batch, made in self.engine.each(step, [documents.filter(missing)], self.progress):
            waiting.append((batch, made))
            if time.monotonic() - saved > SECONDS_BETWEEN_SAVES:
                n_rows += self._save(step, waiting, made_by)
                waiting, saved = [], time.monotonic()
        n_rows += self._save(step, waiting, made_by)
        self._finish(run_id, n_rows)
        return n_rows

    def _save(self, step: Each, pairs: list[tuple[pa.Table, pa.Table]], made_by: str) -> int:
        with connect.transaction(self.connection):
            # Another process may have traced the same documents meanwhile: the same rows, which cannot stand twice.
            rows = self.connection.execute("SELECT document_id FROM run_document WHERE step = ? AND run_id = ?", (step.name, made_by))
            there = pa.array([row[0] for row in rows], pa.string())
            pairs = [(_without(batch, there), _without(made, there)) for batch, made in pairs]
            n_rows = sum(write.save_rows(self.connection, step.name, made, made_by) for _, made in pairs)
            for batch, _ in pairs:
                write.mark_documents_done(self.connection, step.name, batch.column("document_id").to_pylist(), made_by)
        return n_rows

    def _run_group(self, step: Group, run_id: str) -> int:
        """Everything anew: one added document may change any block. Replaced in one transaction."""
        beside = {need.table: self.table(need.table) for need in step.beside}
        made = list(self.engine.group(step, self.stream(step.of), beside, self.progress))
        with connect.transaction(self.connection):
            write.clear_step(self.connection, step.name)
            self._begin(step, run_id)
            n_rows = sum(write.save_rows(self.connection, step.name, table, run_id) for table in made)
        self._finish(run_id, n_rows)
        return n_rows

    def _begin(self, step: Step, run_id: str) -> None:
        inputs = digest(States(self.connection).of(step.of))
        write.begin_run(self.connection, run_id, step.name, step.version, SETTINGS_DIGEST, inputs, int(time.time() / 60))

    def _finish(self, run_id: str, n_rows: int) -> None:
        with connect.transaction(self.connection):
            write.finish_run(self.connection, run_id, int(time.time() / 60), n_rows)

    def table(self, name: str) -> pa.Table:
        """The whole table: read from the file, or made now if it is not kept."""
        if name not in self.held:
            self.held[name] = self._load(name)
        return self.held[name]

    def _load(self, name: str) -> pa.Table:
        if name in ("document", "marked_document"):
            return read.document_table(self.connection, with_boilerplate=name == "marked_document")
        if name == "heading":
            return self.table("document").drop_columns(["text", "layout"])
        if name == "ruling":
            return to_table(Ruling, read.rulings(self.connection))
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
        if isinstance(step, Each):
            for _, made in self.engine.each(step, self.stream(step.of), self.progress):
                yield made
        else:
            beside = {need.table: self.table(need.table) for need in step.beside}
            yield from self.engine.group(step, self.stream(step.of), beside, self.progress)

    def _n_users(self, name: str) -> int:
        return sum(name in inputs_of(step) for step in plan.PLAN)

    def _let_go(self, done: Step) -> None:
        """Drop tables that no later step needs."""
        later = plan.PLAN[plan.PLAN.index(done) + 1 :]
        for name in [name for name in self.held if name != "heading" and not any(name in inputs_of(step) for step in later)]:
            del self.held[name]


def _without(table: pa.Table, document_ids: pa.Array) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table.column("document_id"), document_ids)))


SECONDS_BETWEEN_SAVES = 2.0
"""How much work a kill can cost; shorter makes more transactions, each a wait for the disk."""
