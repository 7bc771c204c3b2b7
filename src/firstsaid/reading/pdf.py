"""PDF files: the text that they hold, lines joined to paragraphs by their distance; running heads and page numbers marked as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from firstsaid.errors import UnreadableError
from firstsaid.model import Intake, Layout, Part, Problem, Received
from firstsaid.reading.datelines import date_in_file_name, date_near_top, title_near_top
from firstsaid.reading.language import language_of
from firstsaid.reading.plain import mark_doubled, undated
from firstsaid.text import sanitize

MAX_PAGES = 3_000
"""The longest reports have 2,000 pages; a hostile file names a million empty ones."""
MAX_CHARS = 20_000_000
"""Of text in all: ten times the longest book."""

WIDE_GAP = 1.35
"""Times the usual distance of two lines: more white between them begins a paragraph."""
INDENT = 0.8
"""Times the height of a line: a first line moved in by so much begins a paragraph where the line before ended its sentence."""

MIN_PAGES_WITH_HEAD, HEAD_SHARE = 3, 0.4
"""A first or last line that stands on so many pages, and on such a share of them, numbers aside, is a running head."""

MIN_CHARS_PER_PAGE = 20
"""Fewer letters on the average page: the pages are pictures."""

_NUMBER = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]?\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text, its distance from the line above, and where it begins and how high it is, in points."""

    text: str
    gap: float
    left: float
    height: float


def read_pdf(received: Received) -> Intake:
    """One document over all pages. Runs in a worker process under limits: the library is C++ and the file may be hostile.

    Raises:
        UnreadableError: it is damaged, locked by a password, or holds pictures of pages and no text.
    """
    import pypdfium2

    location = received.location
    try:
        document = pypdfium2.PdfDocument(received.data)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        kind, what = ("locked", "is locked by a password") if is_locked else ("damaged", "is a damaged PDF file")
        advice = "Save a copy without a password" if is_locked else "Open it in a reader and print it to a new PDF"
        raise UnreadableError(kind, f"'{location}' {what}", advice) from error
    try:
        pages, n_pages, n_broken = _pages(document)
        stated = document.get_metadata_dict()
    finally:
        document.close()
    n_chars = sum(len(line.text) for page in pages for line in page)
    if n_chars < MIN_CHARS_PER_PAGE * min(n_pages, len(pages)) or not n_chars:
        raise UnreadableError(
            "no-text",
            f"'{location}' holds {n_pages} pages of pictures and no text",
            "Run text recognition (OCR) on it, then add the result",
        )
    text, layout = _joined(pages)
    problems = [*_left_out(location, n_pages, len(pages), n_broken)]
    language = language_of(text)
    written, modified = date_near_top(text, (language,) if language else ())
    published = date_in_file_name(location) or written
    if published is None:
        problems.append(undated(location))
    title = sanitize(stated.get("Title") or "")[0].strip() or title_near_top(text)
    author = sanitize(stated.get("Author") or "")[0].strip()
    part = Part(
        0, len(text), title=title, authors=(author,) if author else (), language=language, published=published, modified=modified
    )  # fmt: skip
    copies, copy_problems = mark_doubled(text, (part,), location)
    return Intake(text, (part,), (*layout, *copies), (*problems, *copy_problems))


def _left_out(location: str, n_pages: int, n_read: int, n_broken: int) -> Iterator[Problem]:
    if n_read < n_pages:
        yield Problem.of("truncated", location, f"Only the first {n_read} of {n_pages} pages of '{location}' were read", "Split the file")
    if n_broken:
        yield Problem.of(
            "pages-left-out", location, f"{n_broken} pages of '{location}' are damaged and were left out", "Print it to a new PDF"
        )


def _pages(document: Any) -> tuple[list[list[_Line]], int, int]:
    """The lines of each page, how many pages there are, and how many could not be read."""
    import pypdfium2

    pages: list[list[_Line]] = []
    n_broken, n_chars = 0, 0
    n_pages = len(document)
    for number in range(min(n_pages, MAX_PAGES)):
        try:
            page = document[number]
            textpage = page.get_textpage()
            lines = _lines(textpage)
            textpage.close()
            page.close()
        except pypdfium2.PdfiumError:
            n_broken += 1
            continue
        pages.append(lines)
        n_chars += sum(len(line.text) for line in lines)
        if n_chars > MAX_CHARS:
            break
    return pages, n_pages, n_broken


def _lines(textpage: Any) -> list[_Line]:
    """The page's lines in the order of the file, with their places."""
    n_chars = textpage.count_chars()
    if n_chars <= 0:
        return []
    text = textpage.get_text_range(0, n_chars)
    lines: list[_Line] = []
    bottom = 0.0
    at = 0
    for raw in re.split(r"\r\n|\r|\n", text):
        stripped = raw.strip()
        if stripped:
            first = at + len(raw) - len(raw.lstrip())
            # Characters beyond the basic plane are two places of the page's text; boxes are then those of a neighbour, which will do.
            left, low, _, high = textpage.get_charbox(min(first, n_chars - 1))
            lines.append(_Line(sanitize(stripped)[0], bottom - high if lines else 0.0, left, max(1.0, high - low)))
            bottom = high
        at += len(raw) + 2
    return lines


def _joined(pages: list[list[_Line]]) -> tuple[str, tuple[Layout, ...]]:
    """One text: lines of a paragraph below each other, paragraphs apart; running heads are kept and marked."""
    heads = _running_heads(pages)
    pieces: list[str] = []
    layout: list[Layout] = []
    at, begun = 0, 0
    previous: _Line | None = None

    def close(end: int) -> None:
        if end > begun and previous is not None:
            layout.append(Layout("", begun, end, "paragraph"))

    for page in pages:
        body = [line for number, line in enumerate(page) if not _is_head(number, page, heads)]
        gaps = [line.gap for line in body[1:] if line.gap > 0]
        usual = median(gaps) if gaps else 0.0
        left = min((line.left for line in body), default=0.0)
        for number, line in enumerate(page):
            is_head = _is_head(number, page, heads)
            is_new = previous is None or is_head or _begins(line, previous, is_first=bool(body) and line is body[0], usual=usual, left=left)
            if pieces:
                if is_new:
                    close(at)
                separator = "\n\n" if is_new else "\n"
                pieces.append(separator)
                at += len(separator)
            if is_new:
                begun = at
            pieces.append(line.text)
            at += len(line.text)
            if is_head:
                layout.append(Layout("", begun, at, "paragraph"))
                layout.append(Layout("", begun, at, "boilerplate", reason="running head"))
                previous, begun = None, at
            else:
                previous = line
    close(at)
    return "".join(pieces), tuple(sorted(layout, key=lambda item: (item.start, -item.end, item.kind)))


def _begins(line: _Line, previous: _Line, *, is_first: bool, usual: float, left: float) -> bool:
    """Whether a line begins a paragraph: behind a wide gap, in another size, or moved in behind the end of a sentence."""
    ended = _ENDED.search(previous.text) is not None
    if is_first:
        return ended
    if usual and (line.gap > WIDE_GAP * usual or line.gap < -usual):
        return ended or line.gap > WIDE_GAP * usual
    if abs(line.height - previous.height) > 0.5 * max(line.height, previous.height) and ended:
        return True
    return ended and line.left - left > INDENT * line.height


def _running_heads(pages: list[list[_Line]]) -> frozenset[str]:
    counts = Counter(_without_numbers(line.text) for page in pages for line in dict.fromkeys((*page[:2], *page[-2:])))
    needed = max(MIN_PAGES_WITH_HEAD, HEAD_SHARE * len(pages))
    return frozenset(text for text, count in counts.items() if count >= needed)


def _without_numbers(text: str) -> str:
    return _NUMBER.sub("#", text).casefold()


def _is_head(number: int, page: list[_Line], heads: frozenset[str]) -> bool:
    return (number < 2 or number >= len(page) - 2) and _without_numbers(page[number].text) in heads
