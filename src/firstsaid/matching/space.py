"""Where large arrays lie: in memory, or in a private folder that the operating system pages in and out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from firstsaid.unfinished import hold_folder

Data = npt.NDArray[Any]


@dataclass
class Space:
    """Gives room for arrays and keeps arrays; with a `folder`, in files that are mapped to memory and gone when it is closed.

    Mapped pages count as memory of the process but are the system's to take back, so that a corpus may be larger than memory.
    """

    folder: Path | None = None
    remove: Callable[[], None] | None = None
    kept: IO[bytes] | None = None
    n_files: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @staticmethod
    def on_disk(parent: Path | None = None) -> Space:
        """In a new folder under `parent` (the system's temporary folder if None) that only its owner can read."""
        held = hold_folder("firstsaid-spill-", parent)
        return Space(held.path, held.remove)

    def __enter__(self) -> Space:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Remove the files; arrays in them must not be used any more."""
        if self.kept is not None:
            self.kept.close()
        if self.remove is not None:
            self.remove()

    def empty(self, n: int, kind: type[np.generic]) -> Data:
        """An array of `n` items to be written to."""
        if self.folder is None or n == 0:
            return np.empty(n, kind)
        with self.lock:
            self.n_files += 1
            path = self.folder / f"{self.n_files}.bin"
        return np.asarray(np.memmap(path, kind, "w+", shape=(n,)))

    def keep(self, data: Data) -> Data:
        """The same items, out of memory if this space is on disk."""
        if self.folder is None or not len(data):
            return data
        with self.lock:
            if self.kept is None:
                self.kept = (self.folder / "kept.bin").open("w+b")
            place = self.kept.seek(0, 2)
            place += -place % data.dtype.itemsize
            self.kept.seek(place)
            self.kept.write(np.ascontiguousarray(data).data)
            self.kept.flush()
        return np.asarray(np.memmap(self.folder / "kept.bin", data.dtype, "r+", place, (len(data),)))
