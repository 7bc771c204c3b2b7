"""Which reader reads what: by media type, then by looking at the bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from firstsaid.errors import UnreadableError
from firstsaid.model import Intake, Problem, Received
from firstsaid.reading.docx import is_docx, read_docx
from firstsaid.reading.feeds import is_feed, read_feed
from firstsaid.reading.html import read_html
from firstsaid.reading.mail import read_mail
from firstsaid.reading.markdown import read_markdown
from firstsaid.reading.pdf import read_pdf
from firstsaid.reading.plain import read_plain
from firstsaid.reading.rows import read_rows

READERS: Mapping[str, Callable[[Received], Intake]] = {
    "csv": read_rows,
    "docx": read_docx,
    "feed": read_feed,
    "html": read_html,
    "json": read_rows,
    "jsonl": read_rows,
    "mail": read_mail,
    "markdown": read_markdown,
    "pdf": read_pdf,
    "plain": read_plain,
    "tsv": read_rows,
}
_BY_MEDIA_TYPE = {
    "text/plain": "plain", "text/markdown": "markdown", "text/html": "html", "application/xhtml+xml": "html",
    "message/rfc822": "mail", "application/atom+xml": "feed", "application/rss+xml": "feed",
    "application/pdf": "pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/x-ndjson": "jsonl", "application/json": "json", "text/csv": "csv", "text/tab-separated-values": "tsv",
}  # fmt: skip
MEDIA_TYPE_OF = {reader: media_type for media_type, reader in reversed(_BY_MEDIA_TYPE.items())}
_FOREIGN = {
    b"PK\x03\x04": "an archive or an office document", b"\xd0\xcf\x11\xe0": "an old office document", b"{\\rtf": "RTF",
}  # fmt: skip
_HTML = re.compile(rb"\A\s{0,100}(?:<!--|<!doctype html|<html|<head|<body|<\?xml[^>]{0,200}\?>\s{0,20}<(?:!doctype )?html)", re.IGNORECASE)


def reader_of(received: Received) -> str:
    """The name of the reader for these bytes; raises `UnreadableError` where there is none."""
    data = received.data
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if is_docx(data):
        return "docx"
    what = next((name for mark, name in _FOREIGN.items() if data.startswith(mark)), None)
    if what:
        raise _no_reader(received, f" ({what})")
    by_type = _BY_MEDIA_TYPE.get(received.media_type)
    if by_type == "json" and _is_json_lines(data):
        return "jsonl"
    if by_type == "plain" and _HTML.match(data[:2048]):
        return "html"
    if by_type:
        return by_type
    if _HTML.match(data[:2048]):
        return "html"
    if is_feed(data):
        return "feed"
    if received.media_type in ("application/xml", "text/xml"):
        raise _no_reader(received, " (XML)")
    if _is_json_lines(data):
        return "jsonl"
    if data[:1] in (b"[", b"{") and received.media_type == "application/octet-stream" and data.rstrip()[-1:] in (b"]", b"}"):
        return "json"
    if PurePosixPath(received.location).suffix.lower() in _OTHER_FORMATS:
        raise _no_reader(received, "")
    return "plain"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OTHER_FORMATS = _words(
    ".doc .docx .odt .rtf .epub .pdf .mobi .xls .xlsx .ods .ppt .pptx .warc .wacz .msg .parquet .sqlite .db .zip "
    ".tar .tgz .7z .rar .jpg .jpeg .png .gif .webp .tif .tiff .svg .mp3 .mp4 .wav .avi .mov .js .css .py .exe .dll .so"
)
"""Suffixes that name a format of their own, so that a text-like beginning does not make them plain text."""


def _is_json_lines(data: bytes) -> bool:
    """Two or more lines, the first of which is a JSON object by itself."""
    first, _, rest = data[:65_536].lstrip(b"\xef\xbb\xbf").partition(b"\n")
    if not rest.strip() or not first.strip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _no_reader(received: Received, what: str) -> UnreadableError:
    return UnreadableError(
        "no-reader",
        f"no reader for '{received.location}'{what}. Readers: {', '.join(sorted(READERS))}",
        "Convert it to one of these, for example to plain text or HTML",
    )


def read(received: Received, reader: str | None = None) -> Intake:
    """The frozen text of what was received, the documents in it, their layout, and the problems; never raises on strange bytes.

    `reader`: a name of `READERS` to be used whatever the bytes look like.
    """
    try:
        name = reader or reader_of(received)
        return READERS[name](replace(received, media_type=MEDIA_TYPE_OF[name]))
    except UnreadableError as error:
        return failed(received, error.kind, error.message, error.advice)
    except RecursionError:
        return failed(received, "nested-too-deep", f"'{received.location}' is nested too deeply to be read", "Save it as plain text")


def failed(received: Received, kind: str, message: str, advice: str) -> Intake:
    """An intake without documents, with the reason why."""
    return Intake("", (), (), (Problem.of(kind, received.location, message, advice),))
