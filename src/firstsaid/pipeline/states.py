"""What every table depends on, as digests: equal digests, equal rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from firstsaid.engines import Step
from firstsaid.model import digest
from firstsaid.pipeline import plan
from firstsaid.store import read

DOCUMENT_TABLES = ("document", "heading")
"""`document`: with the layout that the reader saw; `heading`: documents without text and layout. See also `marked_document`."""
TABLES_OF_THE_STORE = (*DOCUMENT_TABLES, "marked_document", "scale", "ruling")
"""What no step makes. `marked_document`: with boilerplate too; `scale`: one row, the number of documents rounded up to a power of two;
`ruling`: what the user decided about names."""

SETTINGS_DIGEST = digest("settings", "default")
"""Every setting is at its default in this version; a setting that a user can change joins this digest."""


def rounded_up(n_documents: int) -> int:
    """The next power of two: corpus-wide counts enter decisions only so, and a few documents more change nothing else.

    >>> rounded_up(1_000), rounded_up(1_024), rounded_up(1_025), rounded_up(0)
    (1024, 1024, 2048, 1)
    """
    return 1 << max(0, n_documents - 1).bit_length()


@dataclass
class States:
    """The digest of each table as it should be for the documents that were current when it was first asked for."""

    connection: sqlite3.Connection
    known: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """What the table depends on, the steps before it included."""
        if name not in self.known:
            self.known[name] = self._of_store(name) if name in TABLES_OF_THE_STORE else self.run_of(name)
        return self.known[name]

    def _of_store(self, name: str) -> str:
        if name == "marked_document":
            return digest(self.of("document"), self.of("boilerplate"))
        if name == "scale":
            (n_documents,) = self.connection.execute("SELECT count(*) FROM document WHERE is_current").fetchone()
            return digest("scale", rounded_up(n_documents))
        if name == "ruling":
            rulings = read.rulings(self.connection)
            return digest("rulings", *(part for one in rulings for part in (one.left, one.right, one.verdict, one.why)))
        rows = self.connection.execute(
            """SELECT id, capture_id, start, "end", url, title, outlet, language, authors, published_earliest, published_latest,
               published_basis FROM document WHERE is_current ORDER BY id"""
        )
        return digest("documents", *(str(tuple(row)) for row in rows))

    def run_of(self, table: str) -> str:
        """The id of a complete run that made this table of the corpus as it is now."""
        step = plan.step_named(table)
        return digest("run", table, step.version, SETTINGS_DIGEST, *map(self.of, plan.inputs_of(step)))

    def is_fresh(self, step: Step) -> bool:
        """Whether the step's tables are complete and of these documents."""
        return not self.stale_tables(step)

    def stale_tables(self, step: Step) -> list[str]:
        """Those of the step's tables that are not complete, or of other documents."""
        finished = "SELECT 1 FROM run WHERE id = ? AND finished IS NOT NULL"
        return [table for table in step.tables if not self.connection.execute(finished, (self.run_of(table),)).fetchone()]


def stale_steps(connection: sqlite3.Connection) -> list[str]:
    """Kept tables that a trace would bring up to date: nothing made yet, another version, or other inputs."""
    states = States(connection)
    return [table for step in plan.PLAN if step.is_kept for table in states.stale_tables(step)]
