"""One file's bytes -> what is received of it: the file itself, cuts of its rows, or the members of an archive, a mailbox, a web archive.

Every way in has a limit on what it may unpack to; what goes beyond it is said, and what came before it is kept.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, Any

from firstsaid.dates import parse_date
from firstsaid.model import Problem, Received
from firstsaid.reading.cutting import ROW_SUFFIXES, cut_rows

MAX_FILE_BYTES = 512 << 20
"""A larger single text cannot be parsed in a worker's memory; rows files are cut and have no limit of size."""
MAX_EXPANSION, EXPANSION_FLOOR_BYTES = 200, 64 << 20
"""Real JSON Lines pack 3 to 20 times, a bomb 1,000 times; below the floor any ratio is harmless."""
MAX_MEMBERS = 200_000
"""An archive with more members than this is a bomb of directory entries, or should be given unpacked."""

MEDIA_TYPES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown", ".html": "text/html",
    ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".jsonl": "application/x-ndjson", ".ndjson": "application/x-ndjson",
    ".json": "application/json", ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xml": "application/xml",
    ".rss": "application/rss+xml", ".atom": "application/atom+xml", ".eml": "message/rfc822",
}  # fmt: skip
WEB_ARCHIVE_TYPES = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/rss+xml", "application/atom+xml", "application/pdf")
)
"""What of a web archive is a text; its pictures, styles and scripts are passed over as a browser's cache would hold them."""
NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, struct.error)
"""What `zipfile` raises on damaged, locked and hostile archives."""
_ARCHIVES = frozenset((".zip", ".wacz"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes lie and when they were taken in. `location`, `container`: as in `model.Capture`; `size_bytes`: as it lies there, packed.

    `now`: minutes since 1970; `modified`: the same, of the file's last change. `depth`: how many archives it lies in.
    """

    location: str
    container: str
    now: int
    modified: int | None
    size_bytes: int
    offset: int = 0
    depth: int = 0


def unpacked(stream: IO[bytes], place: Place) -> Iterator[Received | Problem]:
    """What is received of one file, by its name. Problems of reading the stream itself are the caller's."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(place.location).suffixes]
    is_packed = suffixes[-1:] == [".gz"]
    suffix = ((suffixes[-2:-1] if is_packed else suffixes[-1:]) or [""])[0]
    limit = max(EXPANSION_FLOOR_BYTES, MAX_EXPANSION * place.size_bytes)
    if suffix in _ARCHIVES and not is_packed:
        yield from _members(stream, place)
        return
    if is_packed:
        stream = gzip.GzipFile(fileobj=stream)  # type: ignore[assignment]
    if suffix == ".warc":
        # Unpacked here: warcio would pass over in silence that the end is missing. Places are those in the unpacked file.
        yield from _web_records(stream, place)
        return
    if suffix in ROW_SUFFIXES:
        for cut in cut_rows(stream, suffix, place.location, limit if is_packed or place.depth else None):
            yield cut if isinstance(cut, Problem) else _received(replace(place, offset=cut.offset), MEDIA_TYPES[suffix], cut.data)
        return
    if suffix == ".mbox":
        yield from _mails(stream, place, limit if is_packed or place.depth else None)
        return
    limit = limit if is_packed else MAX_FILE_BYTES
    data = stream.read(limit + 1)
    if len(data) > limit:
        yield too_large(place.location, f"more than {limit >> 20} MB unpacked")
    else:
        yield _received(place, MEDIA_TYPES.get(suffix, "application/octet-stream"), data)


def can_be_any_size(name: str) -> bool:
    """Whether files of this name are cut as they are read, so that no limit of size holds for them."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes if suffix.lower() != ".gz"]
    return suffixes[-1:] != [] and (suffixes[-1] in ROW_SUFFIXES or suffixes[-1] in _ARCHIVES or suffixes[-1] in (".mbox", ".warc"))


def _received(place: Place, media_type: str, data: bytes, *, how: str = "file") -> Received:
    return Received(place.location, place.container, place.offset, media_type, data, place.now, how, place.modified)


# ------------------------------------------------------------------------------------------------------------- archives


def _members(stream: IO[bytes], place: Place) -> Iterator[Received | Problem]:
    """The files in a ZIP archive, by name; archives in it are not opened, but web archives are (a WACZ holds some)."""
    with _opened(stream) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
        if not infos:
            yield _empty(place.location, "file")
        if len(infos) > MAX_MEMBERS:
            yield Problem.of(
                "too-large", place.location, f"'{place.location}' holds {len(infos):,} files; the limit is {MAX_MEMBERS:,}",
                "Unpack it and add the folder",
            )  # fmt: skip
            return
        budget = max(EXPANSION_FLOOR_BYTES, MAX_EXPANSION * place.size_bytes)
        for info in sorted(infos, key=lambda info: info.filename):
            name = info.filename.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            location = f"{place.location}!{name}"
            problem = _member_problem(info, location, place)
            budget -= info.file_size
            if problem is None and budget < 0:
                problem = Problem.of(
                    "expands-too-far", location, f"'{place.location}' unpacks too far; from '{name}' on it was left out",
                    "Check whether it is what it says; unpack it by hand and add the folder",
                )  # fmt: skip
            if problem is not None:
                yield problem
                if budget < 0:
                    return
                continue
            inner = Place(location, place.container, place.now, place.modified, info.compress_size, info.header_offset, place.depth + 1)
            try:
                with archive.open(info) as member:
                    yield from unpacked(member, inner)
            except NO_ARCHIVE as error:
                yield damaged(location, error)


def _opened(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive; whatever the standard library says of nonsense is said as one error."""
    try:
        return zipfile.ZipFile(stream)
    except NO_ARCHIVE as error:
        raise zipfile.BadZipFile(f"it is no ZIP archive: {error}") from error


def _member_problem(info: zipfile.ZipInfo, location: str, place: Place) -> Problem | None:
    """Why a member is not opened."""
    suffix = PurePosixPath(info.filename).suffix.lower()
    if info.flag_bits & 1:
        return Problem.of("locked", location, f"'{location}' is locked with a password", "Unpack it by hand and add the folder")
    if suffix in _ARCHIVES | {".7z", ".rar", ".tar", ".tgz"} or place.depth:
        return Problem.of("nested-archive", location, f"'{location}' is an archive in an archive", "Unpack it by hand and add the folder")
    if info.file_size > MAX_FILE_BYTES and not can_be_any_size(info.filename):
        return too_large(location, f"{info.file_size >> 20} MB")
    return None


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


# ------------------------------------------------------------------------------------------------------------- mailboxes


def _mails(stream: IO[bytes], place: Place, max_bytes: int | None) -> Iterator[Received | Problem]:
    """The mails of an mbox file: each begins at a line "From " behind an empty one (RFC 4155)."""
    number, size, offset, position = 0, 0, 0, 0
    lines: list[bytes] = []
    is_after_blank, is_too_large = True, False
    for line in iter(lambda: stream.readline(1 << 20), b""):
        position += len(line)
        if max_bytes is not None and position > max_bytes:
            yield Problem.of(
                "expands-too-far", place.location, f"'{place.location}' unpacks to more than {max_bytes >> 20} MB; its rest was left out",
                "Unpack it by hand and add the file",
            )  # fmt: skip
            break
        if line.startswith(b"From ") and is_after_blank:
            if lines:
                yield _mail(replace(place, offset=offset), number, lines, is_too_large)
            number, size, lines, offset, is_too_large = number + 1, 0, [], position, False
        elif number:
            size += len(line)
            is_too_large = size > MAX_FILE_BYTES
            if not is_too_large:
                lines.append(line)
        is_after_blank = not line.strip(b"\r\n")
    if lines:
        yield _mail(replace(place, offset=offset), number, lines, is_too_large)
    elif not number:
        yield _empty(place.location, "mail")


def _mail(place: Place, number: int, lines: list[bytes], is_too_large: bool) -> Received | Problem:
    location = f"{place.location}!{number}"
    if is_too_large:
        return too_large(location, f"more than {MAX_FILE_BYTES >> 20} MB")
    return _received(replace(place, location=location), "message/rfc822", b"".join(lines))


# ------------------------------------------------------------------------------------------------------------- web archives


def _web_records(stream: IO[bytes], place: Place) -> Iterator[Received | Problem]:
    """The pages in a web archive (ISO 28500), each at its own address and captured when its record says."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    budget = max(EXPANSION_FLOOR_BYTES, MAX_EXPANSION * place.size_bytes)
    try:
        records = ArchiveIterator(stream)
        is_empty = True
        while (record := _quietly(lambda: next(records, None))) is not None:
            is_empty = False
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            media_type = _media_type_of(record)
            data = record.content_stream().read(min(MAX_FILE_BYTES, budget) + 1) if _is_page(record, address, media_type) else None
            while record.raw_stream.read(1 << 20):
                pass  # to its end, where alone its place in the file is known
            if record.raw_stream.limit > 0 or record.rec_headers.get_header("Content-Length") is None:  # warcio itself does not say so
                yield damaged(place.location, EOFError(f"it breaks off in the record of {address}"))
            if data is None:
                continue
            budget -= len(data)
            here = replace(
                place, location=address, offset=_quietly(records.get_record_offset), now=_captured(record, place.now), modified=None
            )
            if len(data) > MAX_FILE_BYTES:
                yield too_large(address, f"more than {MAX_FILE_BYTES >> 20} MB")
            elif budget < 0:
                yield Problem.of(
                    "expands-too-far", place.location, f"'{place.location}' unpacks too far; from '{address}' on it was left out",
                    "Check whether it is what it says; cut it into smaller web archives",
                )  # fmt: skip
                return
            else:
                yield _received(here, media_type, data, how="warc")
        if is_empty:
            yield _empty(place.location, "record of a web archive")
    except AttributeError:
        yield damaged(place.location, EOFError("the header of a record breaks off"))
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
        yield damaged(place.location, error)


def _quietly(step: Callable[[], Any]) -> Any:
    """A step of warcio, which writes its warnings to the standard error of whoever calls it."""
    with contextlib.redirect_stderr(io.StringIO()):
        return step()


def _is_page(record: Any, address: str, media_type: str) -> bool:
    """Whether a record holds a text that came from the web: pictures, redirects and the crawler's own notes do not."""
    if record.rec_type not in ("response", "resource", "conversion") or not address.startswith(("http://", "https://")):
        return False
    if record.rec_type == "response" and (record.http_headers is None or record.http_headers.get_statuscode() != "200"):
        return False
    return media_type in WEB_ARCHIVE_TYPES


def _media_type_of(record: Any) -> str:
    stated = (record.http_headers or record.rec_headers).get_header("Content-Type")
    return (stated or "").split(";")[0].strip().lower()


def _captured(record: Any, now: int) -> int:
    """When the record says that it was taken, in minutes since 1970."""
    date = parse_date(record.rec_headers.get_header("WARC-Date") or "", "captured")
    return date.earliest if date else now


# ------------------------------------------------------------------------------------------------------------- problems


def _empty(location: str, what: str) -> Problem:
    return Problem.of("empty", location, f"'{location}' holds no {what}", "Look whether it was copied whole and is what its name says")


def damaged(location: str, error: Exception) -> Problem:
    """The problem of a file that breaks off or holds nonsense."""
    return Problem.of(
        "damaged-archive", location, f"'{location}' is damaged: {error}", "Get the file again; what came before the damage was read"
    )


def too_large(location: str, size: str) -> Problem:
    """The problem of a single text above the limit."""
    return Problem.of(
        "too-large",
        location,
        f"'{location}' is too large ({size}; the limit is {MAX_FILE_BYTES >> 20} MB)",
        "Split it, or save its texts as JSON Lines, which has no limit",
    )
