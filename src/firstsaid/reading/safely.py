"""Reading in worker processes with limits on time and memory: one bad file never stops a run, hangs it or eats the machine."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess

from firstsaid.model import Intake, Received
from firstsaid.reading.formats import failed, read, reader_of
from firstsaid.workers import without_main_module

SECONDS_PER_ITEM, SECONDS_PER_MEGABYTE = 30, 4
"""The slowest honest input measured (tables of 3 MB) took 2 s a megabyte on one busy core; a hostile one never ends."""
SECONDS_TO_START = 120
"""Of a new worker until it says that it is there: one second on an idle machine, half a minute on one that swaps."""
MEMORY_BYTES = 3 << 30
"""Address space of a worker: libraries alone take 1 GB of it; 60 MB pages needed 1.5 GB."""
IN_PROCESS_BYTES = 24 << 20
"""Rows and plain text up to so much in all are read here: workers take a second to start, this much takes less than three."""
LOOK_AHEAD_PER_WORKER = 2
"""Items handed out ahead of the one whose turn it is, so that no worker waits and memory stays bounded."""
_TRUSTED = frozenset(("plain", "jsonl", "csv", "tsv", "json"))
"""Readers over the standard library and linear patterns only."""


def read_safely(
    items: Iterable[Received], workers: int | None = None, *, seconds: int = SECONDS_PER_ITEM
) -> Iterator[tuple[Received, Intake]]:
    """Every item with its intake, in the order given. What takes too long or too much memory is a problem; the rest goes on.

    `workers`: processes, as many as there are cores if not given; 0 reads everything here, without limits. HTML and Markdown are
    always read in workers otherwise; small amounts of plain text and rows are read here, so that tiny corpora are quick.
    """
    if workers == 0:
        for item in items:
            yield item, read(item)
        return
    pool = _Pool(workers or os.cpu_count() or 1, seconds)
    try:
        read_here = 0
        for item in items:
            is_small = read_here + len(item.data) <= IN_PROCESS_BYTES and _is_trusted(item)
            if is_small:
                read_here += len(item.data)
                pool.add(item, read(item))
            else:
                pool.add(item)
            yield from pool.ready(limit=pool.n_workers * LOOK_AHEAD_PER_WORKER)
        yield from pool.ready(limit=0)
    finally:
        pool.stop()


def _is_trusted(item: Received) -> bool:
    from firstsaid.errors import UnreadableError

    try:
        return reader_of(item) in _TRUSTED
    except UnreadableError:
        return True  # it will be a problem at once


@dataclass(slots=True)
class _Task:
    item: Received
    intake: Intake | None = None
    is_started: bool = False


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: multiprocessing.connection.Connection
    task: _Task | None = None
    deadline: float = 0.0
    is_ready: bool = False


class _Pool:
    """Workers started when first needed, each with one item at a time, so that a dead one is known by its item."""

    def __init__(self, n_workers: int, seconds: int) -> None:
        self.n_workers = n_workers
        self.seconds = seconds
        self.context: SpawnContext = multiprocessing.get_context("spawn")
        self.workers: list[_Worker] = []
        self.tasks: list[_Task] = []

    def add(self, item: Received, intake: Intake | None = None) -> None:
        self.tasks.append(_Task(item, intake))
        self._hand_out()

    def ready(self, limit: int) -> Iterator[tuple[Received, Intake]]:
        """Finished items in order; waits until no more than `limit` are left."""
        while self.tasks:
            if self.tasks[0].intake is not None:
                task = self.tasks.pop(0)
                yield task.item, task.intake  # type: ignore[misc]
            elif len(self.tasks) > limit:
                self._wait()
            else:
                return

    def stop(self) -> None:
        for worker in self.workers:
            worker.process.kill()
            worker.connection.close()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()

    def _hand_out(self) -> None:
        for task in self.tasks:
            if task.intake is not None or task.is_started:
                continue
            worker = self._free_worker()
            if worker is None:
                return
            task.is_started = True
            worker.task = task
            worker.deadline = time.monotonic() + (self._allowed(task.item) if worker.is_ready else SECONDS_TO_START)
            try:
                worker.connection.send(task.item)
            except (BrokenPipeError, ConnectionResetError):
                self._lost(worker)

    def _free_worker(self) -> _Worker | None:
        free = next((worker for worker in self.workers if worker.task is None), None)
        if free is None and len(self.workers) < self.n_workers:
            here, there = self.context.Pipe()
            process = self.context.Process(target=_work, args=(there, MEMORY_BYTES), daemon=True)
            with without_main_module():
                _start_deaf(process)
            there.close()
            free = _Worker(process, here)
            self.workers.append(free)
        return free

    def _wait(self) -> None:
        """Until something happens: a result, a death, a deadline."""
        busy = [worker for worker in self.workers if worker.task is not None]
        soonest = min(worker.deadline for worker in busy)
        happened = multiprocessing.connection.wait([worker.connection for worker in busy], max(0.0, soonest - time.monotonic()))
        for worker in busy:
            if worker.connection in happened:
                try:
                    intake = worker.connection.recv()
                except (EOFError, ConnectionResetError):
                    self._lost(worker)
                    continue
                if intake is None:  # it has started up; its item's time begins now
                    worker.is_ready = True
                    worker.deadline = time.monotonic() + self._allowed(worker.task.item if worker.task else None)
                    continue
                if worker.task is not None:
                    worker.task.intake = intake
                worker.task = None
            elif time.monotonic() >= worker.deadline:
                item = worker.task.item if worker.task else None
                seconds = self._allowed(item)
                self._lost(worker, f"'{item.location if item else ''}' took longer than {seconds} seconds")
        self._hand_out()

    def _allowed(self, item: Received | None) -> int:
        return self.seconds + SECONDS_PER_MEGABYTE * (len(item.data) >> 20 if item else 0)

    def _lost(self, worker: _Worker, too_long: str | None = None) -> None:
        """The worker is gone (or has to go): its item becomes a problem, and another worker will be started when needed."""
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self.workers.remove(worker)
        if worker.task is None:
            return
        item = worker.task.item
        advice = "Look at the file; if it is sound, save it as plain text and add that"
        if too_long:
            worker.task.intake = failed(item, "took-too-long", too_long, advice)
        else:
            # The system itself kills what eats its memory, with signal 9; everything else is a crash of a library.
            is_killed = worker.process.exitcode == -signal.SIGKILL if hasattr(signal, "SIGKILL") else False
            kind, what = ("too-much-memory", "needed too much memory") if is_killed else ("reader-crashed", "crashed its reader")
            worker.task.intake = failed(item, kind, f"'{item.location}' {what}", advice)


def _start_deaf(process: BaseProcess) -> None:
    """Start a process that does not hear Ctrl-C even before its first line runs: it would only print a traceback."""
    if threading.current_thread() is not threading.main_thread():
        process.start()  # only the main thread may set signal handlers
        return
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, previous)


def _work(connection: multiprocessing.connection.Connection, memory_bytes: int) -> None:
    """A worker's life: receive, read, send, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; it then stops us
    _limit_memory(memory_bytes)
    connection.send(None)
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_read_guarded(item))


def _read_guarded(item: Received) -> Intake:
    """`read`, with what libraries raise on strange input turned into a problem: one file must not end the worker."""
    advice = "Look at the file; if it is sound, save it as plain text and add that"
    try:
        return read(item)
    except MemoryError:
        return failed(item, "too-much-memory", f"'{item.location}' needed too much memory", advice)
    except Exception as error:  # noqa: BLE001 - parse workers turn every error of a library into a problem
        return failed(item, "reader-crashed", f"'{item.location}' crashed its reader: {type(error).__name__}: {str(error)[:200]}", advice)


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    if soft == resource.RLIM_INFINITY or soft > wanted:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
