"""Files and folders that are not whole yet, and what a process that was killed has left of them.

Each is locked while it is made. What nobody holds any more is removed by the next that makes the like: it is of no use, it takes room, and
it may hold words of the user's texts. Where the system knows no such locks (Windows) it stays until somebody removes it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

SECONDS_TO_LOCK = 60
"""Nothing younger is taken for left behind: between making and locking lies a moment."""


@contextmanager
def whole_file(output: Path) -> Iterator[Path]:
    """Where to write so that the file appears when it is whole, or not at all. A device or a pipe is written to as it is."""
    if output.exists() and not output.is_file():
        yield output
        return
    _sweep(output.parent, f"{output.name}-", ".part")
    handle, name = tempfile.mkstemp(prefix=f"{output.name}-", suffix=".part", dir=output.parent)
    making = _Held(Path(name), _locked(handle))
    try:
        yield making.path
        making.path.chmod(0o644)
        making.path.replace(output)
    finally:
        making.let_go()
        making.path.unlink(missing_ok=True)


@contextmanager
def private_folder(prefix: str, parent: Path | None = None, suffix: str = "") -> Iterator[Path]:
    """A new folder that only its owner can read, and that is gone afterwards, unless it has been moved."""
    held = hold_folder(prefix, parent, suffix)
    try:
        yield held.path
    finally:
        held.remove()


def hold_folder(prefix: str, parent: Path | None = None, suffix: str = "") -> _Held:
    """The same for whoever removes it himself. `parent`: the system's temporary folder if None."""
    parent = parent or Path(tempfile.gettempdir())
    _sweep(parent, prefix, suffix)
    # mkdtemp makes the folder readable by its owner alone (0700).
    path = Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=parent))
    return _Held(path, _locked(os.open(path, os.O_RDONLY)) if sys.platform != "win32" else None)


@dataclass
class _Held:
    """Something in the making; `handle`: the open file that bears the lock."""

    path: Path
    handle: int | None

    def let_go(self) -> None:
        """Give up the lock."""
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None

    def remove(self) -> None:
        """Remove the folder and what is in it."""
        self.let_go()
        shutil.rmtree(self.path, ignore_errors=True)


def _locked(handle: int) -> int | None:
    """The open file with a lock, which ends with the process; None, and closed, on a system or disk without locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
        except OSError:
            os.close(handle)
            return None
        return handle
    os.close(handle)
    return None


def _sweep(folder: Path, prefix: str, suffix: str) -> None:
    """Remove what bears such a name, as `tempfile` makes them, and is held by nobody."""
    is_such = re.compile(rf"{re.escape(prefix)}[a-z0-9_]{{8}}{re.escape(suffix)}").fullmatch
    try:
        found = [Path(entry.path) for entry in os.scandir(folder) if is_such(entry.name) and not entry.is_symlink()]
    except OSError:
        return
    for path in found:
        if _is_left_behind(path):
            try:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            except OSError:
                # Gone meanwhile, or not ours to remove.
                continue


def _is_left_behind(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        if time.time() - os.fstat(handle).st_mtime < SECONDS_TO_LOCK:
            return False
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
