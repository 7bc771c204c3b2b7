"""Files and folders -> what was received, in sorted order, before anything is parsed."""

from __future__ import annotations

import gzip
import os
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from firstsaid.model import Problem, Received
from firstsaid.reading import unpacking

_SKIPPED_NAMES = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


def gather(paths: Iterable[str | os.PathLike[str]], *, captured: int | None = None) -> Iterator[Received | Problem]:
    """Every readable file below `paths`, folders in sorted order; what cannot be read is a problem and the rest goes on.

    The location is relative to the folder that was given, with `/` on every system; a single file's location is its name. Rows files
    come in cuts of up to 8 MB, one after the other, so that memory stays small. `captured`: minutes since 1970, now if not given.
    """
    now = int(time.time()) // 60 if captured is None else captured
    for path in paths:
        root = Path(path)
        if not root.exists() and not root.is_symlink():
            place = writable(str(path))
            yield Problem.of("missing", place, f"'{place}' does not exist", "Check the spelling and whether the disk is mounted")
        elif root.is_dir():
            yield from _folder(root, now)
        else:
            yield from _file(root, writable(root.name), now)


def writable(name: str) -> str:
    """A file's name as it can be written anywhere: bytes that are no UTF-8 (names from old disks and archives) stand as their numbers."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_skipped(name: str) -> bool:
    """Hidden files, what operating systems leave behind, and our own corpora with their journals."""
    return name.startswith(".") or name in _SKIPPED_NAMES or ".firstsaid" in name


def _folder(root: Path, now: int) -> Iterator[Received | Problem]:
    refused: list[OSError] = []
    real_root = root.resolve()
    for folder, folders, files in os.walk(root, onerror=refused.append, followlinks=False):
        here = Path(folder)
        linked = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not _is_skipped(name) and name not in linked)
        for name in sorted([*files, *linked]):
            if _is_skipped(name):
                continue
            path = here / name
            location = writable(PurePosixPath(path.relative_to(root)).as_posix())
            if path.is_symlink():
                problem = _linked(path, location, real_root)
                if problem:
                    yield problem
                    continue
            yield from _file(path, location, now)
        yield from (_refused(error, root) for error in refused)
        refused.clear()
    yield from (_refused(error, root) for error in refused)


def _refused(error: OSError, root: Path) -> Problem:
    place = writable(os.path.relpath(error.filename or root, root).replace(os.sep, "/"))
    return Problem.of(
        "permission", place, f"'{place}' cannot be opened: {error.strerror}", "Change its permissions and add the folder again"
    )


def _linked(path: Path, location: str, real_root: Path) -> Problem | None:
    """Why a symbolic link is not followed, or None if it points to a file inside of the folder."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Problem.of("broken-link", location, f"'{location}' is a link that leads nowhere or in a circle", "Remove or repair the link")
    if not target.is_relative_to(real_root):
        return Problem.of("link-outside", location, f"'{location}' is a link out of the folder", "Add what it points to by its own path")
    if target.is_dir():
        return Problem.of("linked-folder", location, f"'{location}' is a link to a folder", "Nothing: the folder itself is read")
    return None


def _file(path: Path, location: str, now: int) -> Iterator[Received | Problem]:
    try:
        status = path.stat()
        if not path.is_file():
            yield Problem.of("special-file", location, f"'{location}' is no ordinary file", "Leave it out, or save its content in a file")
            return
        if status.st_size > unpacking.MAX_FILE_BYTES and not unpacking.can_be_any_size(path.name):
            yield unpacking.too_large(location, f"{status.st_size >> 20} MB")
            return
        place = unpacking.Place(location, writable(str(path)), now, int(status.st_mtime) // 60, status.st_size)
        with path.open("rb") as stream:
            yield from unpacking.unpacked(stream, place)
    except (gzip.BadGzipFile, zipfile.BadZipFile, EOFError, zlib.error) as error:
        yield unpacking.damaged(location, error)
    except PermissionError:
        yield Problem.of("permission", location, f"'{location}' may not be read", "Change its permissions and add it again")
    except OSError as error:
        yield Problem.of(
            "unreadable", location, f"'{location}' cannot be read: {error.strerror or error}", "Check the disk, then add it again"
        )
