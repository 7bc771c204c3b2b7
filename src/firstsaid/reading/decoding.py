"""Bytes to the text that is frozen: which encoding, and what had to be replaced."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from firstsaid.errors import UnreadableError
from firstsaid.model import Problem
from firstsaid.text import sanitize

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00",
    b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"RIFF", b"OggS", b"ID3", b"MZ\x90\x00", b"PAR1", b"\x28\xb5\x2f\xfd",
)  # fmt: skip
PROBE_BYTES = 65_536
"""How much is looked at to tell text from binary and one encoding from another: more changed no answer, and guessing is slow."""
CONTROL_SHARE = 0.02
"""Text holds hardly any control characters; compressed data about 10 %."""
_CONTROL = bytes(code for code in range(32) if code not in (0, 7, 8, 9, 10, 11, 12, 13, 27))
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding it was in, and what had to be guessed or replaced."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML or XML page claims in its first 4 KB, if Python knows it."""
    found = _DECLARED.search(data, 0, 4096)
    return _known(found.group(1).decode("ascii")) if found else None


def _known(name: str) -> str | None:
    """Python's name of the encoding; browsers read Latin-1 and ASCII as Windows-1252."""
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if canonical in ("iso8859-1", "ascii") else canonical


def decode(data: bytes, location: str, declared: str | None = None) -> Decoded:
    """The text of the bytes. Order: byte order mark, UTF-8, what is declared, charset-normalizer's guess.

    A byte order mark stays as a character. Raises `UnreadableError` for what is empty or no text.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty", f"'{location}' holds no text", "Remove it, or check whether it was copied completely")
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None) or _utf16_without_mark(data)
    if encoding is None:
        _refuse_binary(data, location)
    problems: list[Problem] = []
    text = _strict(data, encoding or "utf-8")
    if text is None and encoding is None and not _is_mostly_utf8(data):
        encoding = declared if declared and _strict(data, declared) is not None else None
        if encoding is None:
            encoding = _guess(data, location)
            problems.append(
                Problem.of(
                    "encoding-guessed",
                    location,
                    f"'{location}' is not UTF-8 and was read as {encoding}",
                    "If letters look wrong, convert it to UTF-8 (for example with iconv) and add it again",
                )
            )
        text = _strict(data, encoding)
    encoding = encoding or "utf-8"
    n_replaced = 0
    if text is None:
        text = data.decode(encoding, "replace")
        n_replaced = text.count("\ufffd")
    text, n_cleaned = sanitize(text)
    if n_replaced + n_cleaned:
        problems.append(characters_replaced(location, n_replaced + n_cleaned))
    return Decoded(text, encoding, tuple(problems))


def characters_replaced(location: str, n_replaced: int) -> Problem:
    """The problem that says how many characters could not be kept."""
    characters = "1 character" if n_replaced == 1 else f"{n_replaced} characters"
    return Problem.of(
        "characters-replaced",
        location,
        f"{characters} of '{location}' could not be read or are no text (NUL, broken bytes) and stand as U+FFFD",
        "Nothing, if they are stray bytes; else get the text in its right encoding",
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_mostly_utf8(data: bytes) -> bool:
    """A UTF-8 text with a few broken bytes: what decodes as several bytes outweighs what does not."""
    text = data[:PROBE_BYTES].decode("utf-8", "replace")
    n_broken = text.count("\ufffd")
    n_long = sum(character > "\x7f" for character in text) - n_broken
    return n_long > 5 * n_broken or n_broken == 0


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of a mostly Latin text without byte order mark: every second byte is NUL."""
    probe = data[:PROBE_BYTES]
    if len(probe) < 8 or probe.count(0) < len(probe) // 3:
        return None
    for encoding, zeros in (("utf-16-le", probe[1::2]), ("utf-16-be", probe[0::2])):
        if zeros.count(0) > 0.7 * len(zeros) and _strict(data, encoding) is not None:
            return encoding
    return None


def _refuse_binary(data: bytes, location: str) -> None:
    probe = data[:PROBE_BYTES]
    n_control = len(probe) - len(probe.translate(None, _CONTROL))
    if probe.startswith(_MAGIC) or n_control > CONTROL_SHARE * len(probe) or probe.count(0) > CONTROL_SHARE * len(probe):
        raise UnreadableError(
            "binary", f"'{location}' is no text but binary data", "Convert it to text, HTML or Markdown, or leave it out of the folder"
        )


def _guess(data: bytes, location: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:PROBE_BYTES]).best()
    if best is None:
        raise UnreadableError("binary", f"'{location}' is no text in any known encoding", "Convert it to UTF-8 and add it again")
    return _known(best.encoding) or "cp1252"
