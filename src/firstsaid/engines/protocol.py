"""What an engine is: it runs steps over tables and knows no text.

A *kernel* is a top-level, pure function over Arrow tables: no globals, no network, no clock, and its rows do not depend on the order or
the size of the batches it is given. That is all Spark needs to run the same kernels (`mapInArrow`, `applyInArrow`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

EachKernel = Callable[[pa.Table], pa.Table]
"""A batch of rows -> any number of rows. Called with at least one row."""

GroupKernel = Callable[[pa.Table, Mapping[str, pa.Table]], pa.Table]
"""All rows of a block of keys, sorted by the key and then by every other sortable column, and the rows beside it -> rows."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Rows of another table that a group kernel needs next to its block: those whose `key` stands in one of the block's `columns`.

    With no `columns`, the whole table is handed over (small tables only).
    """

    table: str
    key: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Each:
    """Run `kernel` on batches of the table `of`; the rows it returns are the table `name`.

    `version` goes up whenever the kernel's results change. `rows_per_batch` is a physical hint. `settings` enter the run's digest.
    `by`: the column that says which row of `of` a result row belongs to, so that only new rows need running. Rows that are not
    `is_kept` live only as long as the steps that use them; those that are `is_remembered` need not be made again from an unchanged row.
    `makes`: the tables that a row holds lists of, each in the column of its name; those are kept, in place of a table `name`.
    """

    name: str
    of: str
    kernel: EachKernel
    schema: pa.Schema
    version: int = 1
    rows_per_batch: int = 64
    by: str = "document_id"
    is_kept: bool = True
    is_remembered: bool = False
    makes: tuple[str, ...] = ()

    @property
    def key_of_made(self) -> tuple[str, ...]:
        """The columns of a result row that say what it was made of."""
        return (self.by,)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the step makes."""
        return self.makes or (self.name,)


@dataclass(frozen=True, slots=True)
class Group:
    """Run `kernel` on blocks of the table `of` that hold all rows of each key in `by`; no `by` means one block of everything.

    `rows_per_block` bounds a block, except that one key is never split. A step that `is_remembered` need not be run again on a key whose
    rows, and rows beside it, are unchanged; it must have a key, and `made_by` names the columns of its result rows that hold that key where
    they are called otherwise than in `by`.
    """

    name: str
    of: str
    by: tuple[str, ...]
    kernel: GroupKernel
    schema: pa.Schema
    beside: tuple[Beside, ...] = ()
    version: int = 1
    rows_per_block: int = 1 << 24
    is_kept: bool = True
    is_remembered: bool = False
    made_by: tuple[str, ...] = ()

    @property
    def key_of_made(self) -> tuple[str, ...]:
        """The columns of a result row that say what it was made of."""
        return self.made_by or self.by

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the step makes."""
        return (self.name,)


Step = Each | Group

Progress = Callable[[str, int, int], None]
"""Called with the step's name, rows done, rows in all."""


class Engine(Protocol):
    """Runs the two verbs. Two implementations must give equal tables for the same step and rows, whatever the batches."""

    def each(self, step: Each, rows: Iterable[pa.Table], progress: Progress) -> Iterator[tuple[pa.Table, pa.Table]]:
        """Pairs (batch of input rows, rows made of it), in the order of the rows: what has been yielded can be saved."""
        ...

    def group(self, step: Group, rows: Iterable[pa.Table], beside: Mapping[str, pa.Table], progress: Progress) -> Iterator[pa.Table]:
        """Result tables, block by block; which keys share a block leaves no trace in the rows, only in their order."""
        ...
