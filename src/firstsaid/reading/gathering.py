"""Files and folders -> what was received, in sorted order, before anything is parsed."""

from __future__ import annotations

import gzip
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from firstsaid.model import Problem, Received
from firstsaid.reading.cutting import ROW_SUFFIXES, cut_rows

MAX_FILE_BYTES = 512 << 20
"""A larger single text cannot be parsed in a worker's memory; rows files are cut and have no limit of size."""
MAX_EXPANSION, EXPANSION_FLOOR_BYTES = 200, 64 << 20
"""Real JSON Lines pack 3 to 20 times, a bomb 1,000 times; below the floor any ratio is harmless."""

MEDIA_TYPES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown", ".html": "text/html",
    ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".jsonl": "application/x-ndjson", ".ndjson": "application/x-ndjson",
    ".json": "application/json", ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xml": "application/xml",
}  # fmt: skip
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
    container = writable(str(path))
    try:
        status = path.stat()
        if not path.is_file():
            yield Problem.of("special-file", location, f"'{location}' is no ordinary file", "Leave it out, or save its content in a file")
            return
        suffixes = [suffix.lower() for suffix in path.suffixes]
        is_packed = suffixes[-1:] == [".gz"]
        suffix = (suffixes[-2:-1] if is_packed else suffixes[-1:]) or [""]
        media_type = MEDIA_TYPES.get(suffix[0], "application/octet-stream")
        modified = int(status.st_mtime) // 60
        is_rows = suffix[0] in ROW_SUFFIXES
        if status.st_size > MAX_FILE_BYTES and not is_rows:
            yield _too_large(location, f"{status.st_size >> 20} MB")
            return
        with path.open("rb") as raw:
            stream: IO[bytes] | gzip.GzipFile = raw
            limit = MAX_FILE_BYTES
            if is_packed:
                stream = gzip.GzipFile(fileobj=raw)
                limit = max(EXPANSION_FLOOR_BYTES, MAX_EXPANSION * status.st_size)
            if is_rows:
                for cut in cut_rows(stream, suffix[0], location, limit if is_packed else None):
                    if isinstance(cut, Problem):
                        yield cut
                    else:
                        yield Received(location, container, cut.offset, media_type, cut.data, now, "file", modified)
                return
            data = stream.read(limit + 1)
        if len(data) > limit:
            yield _too_large(location, f"more than {limit >> 20} MB unpacked")
            return
        yield Received(location, container, 0, media_type, data, now, "file", modified)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Problem.of(
            "damaged-archive", location, f"'{location}' is damaged: {error}", "Get the file again; what came before the damage was read"
        )
    except PermissionError:
        yield Problem.of("permission", location, f"'{location}' may not be read", "Change its permissions and add it again")
    except OSError as error:
        yield Problem.of(
            "unreadable", location, f"'{location}' cannot be read: {error.strerror or error}", "Check the disk, then add it again"
        )


def _too_large(location: str, size: str) -> Problem:
    return Problem.of(
        "too-large",
        location,
        f"'{location}' is too large ({size}; the limit is {MAX_FILE_BYTES >> 20} MB)",
        "Split it, or save its texts as JSON Lines, which has no limit",
    )
