"""What a step made of a block of rows, kept beside the corpus under a fingerprint of everything that went in.

A folder for each step holds *segments*: an Arrow file of rows and an array that says which of them belong to which block. A block whose
fingerprint is there need not be run again, whoever wrote it and whatever happened since: no segment is ever wrong, only of no use. So
there is nothing to keep in step with the corpus file, and the folder may be deleted, damaged or shared by two processes at any time.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

ROWS_PER_BATCH = 1 << 14
"""Rows of one piece of a segment: binary columns count their bytes in 32 bits, and a document's words can be a megabyte."""


def passed(folder: Path, n_documents: int) -> int | None:
    """The rounded number of documents, if it is another than at the last trace; notes it for the next."""
    note = folder / "scale"
    try:
        before = int(note.read_text(encoding="ascii"))
    except (OSError, ValueError):
        before = n_documents
    try:
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(str(n_documents), encoding="ascii")
    except OSError:
        return None
    return None if before == n_documents else max(before, n_documents) // 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Blocks of rows. `blocks`: fingerprints (n, 2), in rising order; block `i` made rows `bounds[i]` to `bounds[i + 1]`."""

    blocks: U64
    bounds: I64
    rows: pa.Table

    @staticmethod
    def of(blocks: U64, groups: I64, rows: pa.Table) -> Segment:
        """From fingerprints in any order and rows in any order; row `r` was made of block `groups[r]`."""
        order = np.lexsort((blocks[:, 1], blocks[:, 0]))
        place = np.empty(len(blocks), np.int64)
        place[order] = np.arange(len(blocks))
        groups = place[groups]
        bounds = np.zeros(len(blocks) + 1, np.int64)
        np.cumsum(np.bincount(groups, minlength=len(blocks)), out=bounds[1:])
        return Segment(blocks[order], bounds, rows.take(pa.array(np.argsort(groups, kind="stable"))))

    def places(self, wanted: U64) -> I64:
        """The number of each wanted block, -1 where it is not here."""
        if not len(self.blocks) or not len(wanted):
            return np.full(len(wanted), -1, np.int64)
        at = np.minimum(np.searchsorted(self.blocks[:, 0], wanted[:, 0]), len(self.blocks) - 1)
        return np.where((self.blocks[at] == wanted).all(axis=1), at, -1)

    def only(self, is_kept: npt.NDArray[np.bool_]) -> Segment:
        """The segment without some of its blocks; itself where all are kept."""
        if is_kept.all():
            return self
        counts = np.diff(self.bounds)
        bounds = np.zeros(int(is_kept.sum()) + 1, np.int64)
        np.cumsum(counts[is_kept], out=bounds[1:])
        return Segment(self.blocks[is_kept], bounds, self.rows.filter(pa.array(np.repeat(is_kept, counts))))


@dataclass
class Memory:
    """What one step remembers: `folder` may not exist yet."""

    folder: Path
    schema: pa.Schema
    _used: list[tuple[Path, Segment, int]] = field(default_factory=list)

    def recall(self, wanted: U64) -> tuple[npt.NDArray[np.bool_], list[pa.Table]]:
        """Which of the wanted blocks are remembered, and the rows they made."""
        is_known = np.zeros(len(wanted), bool)
        found: list[pa.Table] = []
        self._used = []
        for path in sorted(self.folder.glob("*.blocks")):
            segment = _opened(path, self.schema)
            if segment is None:
                _remove(path)
                continue
            places = segment.places(wanted)
            is_new = (places >= 0) & ~is_known
            is_used = np.zeros(len(segment.blocks), bool)
            is_used[places[is_new]] = True
            is_known |= is_new
            live = segment.only(is_used)
            found.append(live.rows)
            self._used.append((path, live, len(segment.blocks)))
        return is_known, found

    def keep(self, fresh: Segment) -> None:
        """Write what was made anew, joined with segments that are not much larger or half of no use; call `recall` before.

        A segment is rewritten only with one at least half its size, so that a block is written again about as often as the corpus doubles.
        Where nothing can be written the next trace works without.
        """
        gone: list[Path] = []
        joined = [fresh] if len(fresh.blocks) else []
        for path, live, n_blocks in sorted(self._used, key=lambda used: (len(used[1].blocks), used[0])):
            n_joined = sum(len(segment.blocks) for segment in joined)
            if 2 * len(live.blocks) < n_blocks or (joined and len(live.blocks) < 2 * n_joined):
                joined.append(live)
                gone.append(path)
        try:
            if sum(len(segment.blocks) for segment in joined):
                _write(self.folder, _merged(joined))
        except OSError:
            return
        finally:
            self._used = []
        for path in gone:
            _remove(path)
        _sweep(self.folder)


def _merged(segments: Sequence[Segment]) -> Segment:
    if len(segments) == 1:
        return segments[0]
    blocks = np.concatenate([segment.blocks for segment in segments])
    counts = np.concatenate([np.diff(segment.bounds) for segment in segments])
    return Segment.of(blocks, np.repeat(np.arange(len(blocks)), counts), pa.concat_tables([segment.rows for segment in segments]))


def _write(folder: Path, segment: Segment) -> None:
    """Both files aside, then moved: the rows first, so that a list of blocks never lies there without them."""
    folder.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        name = f"{len(segment.blocks):010d}-{int(segment.blocks.sum()):016x}"
        with pa.OSFile(str(making / "rows"), "wb") as file, pa.ipc.new_file(file, segment.rows.schema) as writer:
            writer.write_table(segment.rows, ROWS_PER_BATCH)
        with (making / "blocks").open("wb") as listing:
            np.save(listing, np.column_stack([segment.blocks, np.diff(segment.bounds).astype(np.uint64)]), allow_pickle=False)
        for part in ("rows", "blocks"):
            with (making / part).open("rb") as written:
                os.fsync(written.fileno())
            (making / part).rename(folder / f"{name}.{part}")
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _opened(path: Path, schema: pa.Schema) -> Segment | None:
    """The segment whose list of blocks lies at `path`; None where it is damaged, of another schema, or gone meanwhile."""
    try:
        listing = np.load(path, allow_pickle=False)
        mapped = pa.memory_map(str(path.with_suffix(".rows")))
        rows = pa.ipc.open_file(mapped).read_all()
        rows.validate(full=True)
    except (OSError, ValueError, EOFError, pa.ArrowException):
        return None
    if listing.dtype != np.uint64 or listing.ndim != 2 or listing.shape[1] != 3 or not rows.schema.equals(schema):
        return None
    bounds = np.zeros(len(listing) + 1, np.int64)
    np.cumsum(listing[:, 2].astype(np.int64), out=bounds[1:])
    if bounds[-1] != rows.num_rows or (np.diff(bounds) < 0).any():
        return None
    return Segment(np.ascontiguousarray(listing[:, :2]), bounds, rows)


def _remove(path: Path) -> None:
    """The list first: rows that nothing lists are of no use, and the next removal of that name takes them."""
    for part in (path, path.with_suffix(".rows")):
        try:
            part.unlink(missing_ok=True)
        except OSError:
            # Another process has it open, on a system that minds: it stays until the folder is removed.
            continue


def _sweep(folder: Path) -> None:
    """Remove what a process that was killed left half made, an hour ago or longer: another one may be making it now."""
    long_ago = time.time() - 3_600
    left = [*folder.glob(".making-*"), *(path for path in folder.glob("*.rows") if not path.with_suffix(".blocks").exists())]
    for path in left:
        try:
            if path.stat().st_mtime < long_ago:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError:
            # Gone already, or not ours to remove.
            continue
