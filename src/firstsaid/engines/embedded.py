"""The embedded engine: one machine, worker processes for `each`, sorted blocks with spilling to disk for `group`."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.engines.protocol import Beside, Each, EachKernel, Group, Progress
from firstsaid.unfinished import hold_folder
from firstsaid.workers import without_main_module

ROWS_WORTH_WORKERS = 256
"""Fewer rows than this are done before two Python workers have started (about 0.6 s each)."""
BYTES_IN_MEMORY = 4 << 30
"""A grouped table above this size goes through files: at 24 GB, sorting needs room for two copies and the kernel for its own."""


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """Runs every step on this machine.

    `workers`: processes for `each` (0: run in this process). `bytes_in_memory`: size from which `group` spills to private files under
    `spill_folder` (the system's temporary folder if None).
    """

    workers: int = field(default_factory=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    bytes_in_memory: int = BYTES_IN_MEMORY
    spill_folder: Path | None = None

    def each(self, step: Each, rows: Iterable[pa.Table], progress: Progress) -> Iterator[tuple[pa.Table, pa.Table]]:
        """See `Engine.each`."""
        table = pa.concat_tables(list(rows))
        n_rows = table.num_rows
        starts = range(0, n_rows, step.rows_per_batch)
        batches = (table.slice(start, step.rows_per_batch) for start in starts)
        progress(step.name, 0, n_rows)
        if self.workers < 2 or n_rows < ROWS_WORTH_WORKERS or len(starts) < 2 * self.workers:
            results = _in_this_process(step, batches)
        else:
            results = self._in_workers(step, batches)
        n_done = 0
        for batch, made in results:
            n_done += batch.num_rows
            yield batch, made
            progress(step.name, n_done, n_rows)

    def _in_workers(self, step: Each, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, pa.Table]]:
        with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts) as pool:
            waiting: deque[tuple[pa.Table, Future[pa.Table]]] = deque()
            try:
                for batch in batches:
                    with without_main_module():
                        waiting.append((batch, pool.submit(_run, step.kernel, batch.combine_chunks())))
                    if len(waiting) > 3 * self.workers:
                        first, future = waiting.popleft()
                        yield first, _checked(step, future.result())
                while waiting:
                    first, future = waiting.popleft()
                    yield first, _checked(step, future.result())
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def group(self, step: Group, rows: Iterable[pa.Table], beside: Mapping[str, pa.Table], progress: Progress) -> Iterator[pa.Table]:
        """See `Engine.group`."""
        for n_done, n_all, block in self._blocks(step, rows):
            progress(step.name, n_done, n_all)
            yield _checked(step, step.kernel(block, {need.table: _rows_beside(need, beside[need.table], block) for need in step.beside}))
            progress(step.name, n_done + block.num_rows, n_all)

    def _blocks(self, step: Group, rows: Iterable[pa.Table]) -> Iterator[tuple[int, int, pa.Table]]:
        """Blocks that hold whole keys, with the rows before and in all."""
        held: list[pa.Table] = []
        n_bytes = 0
        files: _PartitionedFiles | None = None
        try:
            for table in rows:
                if files is None:
                    held.append(table)
                    n_bytes += table.nbytes
                    if n_bytes > self.bytes_in_memory and step.by:
                        files = _PartitionedFiles.create(self.spill_folder, step.by)
                        for earlier in held:
                            files.add(earlier)
                        held = []
                else:
                    files.add(table)
            if files is None:
                if held:
                    table = pa.concat_tables(held)
                    held.clear()
                    yield from _cut(table, step, 0, table.num_rows)
                return
            n_done = 0
            for table in files.partitions():
                yield from _cut(table, step, n_done, files.n_rows)
                n_done += table.num_rows
        finally:
            if files is not None:
                files.remove()


def _in_this_process(step: Each, batches: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, pa.Table]]:
    for batch in batches:
        yield batch, _checked(step, step.kernel(batch))


def _ignore_interrupts() -> None:
    """Ctrl-C is for the process that the user sees; it ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run(kernel: EachKernel, batch: pa.Table) -> pa.Table:
    return kernel(batch)


def _checked(step: Each | Group, made: pa.Table) -> pa.Table:
    """The kernel's rows in the step's schema; a kernel that returns other columns is a programming error worth a clear word."""
    if made.column_names != step.schema.names:
        raise TypeError(f"step {step.name} returned columns {made.column_names}, its schema says {step.schema.names}")
    return made.cast(step.schema)


def _sorted(table: pa.Table, by: tuple[str, ...]) -> pa.Table:
    """Rows by the key, then by every other column that can be sorted, so that the order of arrival leaves no trace."""
    others = [f.name for f in table.schema if f.name not in by and not pa.types.is_nested(f.type) and not pa.types.is_binary(f.type)]
    names = [*by, *others]
    if not names or table.num_rows < 2:
        return table
    columns = [table.column(name) for name in names]
    if all(pa.types.is_integer(column.type) and column.null_count == 0 for column in columns):
        # Several times faster than sorting in Arrow, and stable.
        order = np.lexsort([column.to_numpy() for column in reversed(columns)])
        return table.take(pa.array(order))
    return table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in names]))


def _cut(table: pa.Table, step: Group, n_done: int, n_all: int) -> Iterator[tuple[int, int, pa.Table]]:
    """Sorted blocks of about `rows_per_block` rows, cut only where the key changes."""
    table = _sorted(table, step.by)
    if not step.by or table.num_rows <= step.rows_per_block:
        if table.num_rows:
            yield n_done, n_all, table
        return
    changes = np.zeros(table.num_rows - 1, bool)
    for name in step.by:
        column = table.column(name).combine_chunks()
        changes |= pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy(zero_copy_only=False)
    key_starts = np.append(np.flatnonzero(changes) + 1, table.num_rows)
    start = 0
    while start < table.num_rows:
        wanted = np.searchsorted(key_starts, start + step.rows_per_block, side="right") - 1
        end = int(key_starts[max(wanted, np.searchsorted(key_starts, start, side="right"))])
        yield n_done + start, n_all, table.slice(start, end - start)
        start = end


def _rows_beside(need: Beside, table: pa.Table, block: pa.Table) -> pa.Table:
    if not need.columns:
        return table
    wanted = pc.unique(pa.chunked_array([chunk for name in need.columns for chunk in block.column(name).chunks]))
    if len(wanted) == table.num_rows:
        return table
    return table.filter(pc.is_in(table.column(need.key), value_set=wanted))


@dataclass
class _PartitionedFiles:
    """Rows spread over files by a hash of their key, so that all rows of a key lie in one file that fits in memory."""

    folder: Path
    remove: Callable[[], None]
    by: tuple[str, ...]
    n_rows: int = 0
    writers: dict[int, pa.RecordBatchFileWriter] = field(default_factory=dict)

    PARTITION_BITS = 6

    @staticmethod
    def create(parent: Path | None, by: tuple[str, ...]) -> _PartitionedFiles:
        held = hold_folder("firstsaid-spill-", parent)
        return _PartitionedFiles(held.path, held.remove, by)

    def add(self, table: pa.Table) -> None:
        self.n_rows += table.num_rows
        partition = np.zeros(table.num_rows, np.uint64)
        for name in self.by:
            partition = partition * np.uint64(0x9E3779B97F4A7C15) + _key_numbers(table.column(name))
        partition = (partition * np.uint64(0xD6E8FEB86659FD93)) >> np.uint64(64 - self.PARTITION_BITS)
        for number in np.unique(partition).tolist():
            part = table.filter(pa.array(partition == number))
            writer = self.writers.get(number)
            if writer is None:
                writer = self.writers[number] = pa.ipc.new_file(str(self.folder / f"{number:02d}.arrow"), table.schema)
            writer.write_table(part)

    def partitions(self) -> Iterator[pa.Table]:
        for writer in self.writers.values():
            writer.close()
        for number in sorted(self.writers):
            path = self.folder / f"{number:02d}.arrow"
            with pa.OSFile(str(path)) as opened:
                table = pa.ipc.open_file(opened).read_all()
            yield table
            path.unlink()


def _key_numbers(column: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """One uint64 a row: integers as they are, text by its bytes' blake2b (never an engine's own hash)."""
    if pa.types.is_integer(column.type):
        return np.asarray(column.to_numpy(), np.uint64)
    encoded = column.combine_chunks().dictionary_encode()
    numbers = [int.from_bytes(blake2b(str(value).encode(), digest_size=8).digest(), "little") for value in encoded.dictionary.to_pylist()]
    return np.asarray(np.array(numbers, np.uint64)[encoded.indices.to_numpy()], np.uint64)
