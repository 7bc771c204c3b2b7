"""What a statement's pieces look like before they are shown: no footnote markers at their ends, no marks around marked words alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from firstsaid.parsing import lexicon
from firstsaid.parsing.statements import Statement, Stretch, trimmed
from firstsaid.parsing.structure import Page

MIN_ESSAY_WORDS = 3  # of a statement in an essay: fewer are seldom reported there. In news "denounced the deal" and "endorsed Poe" are
MIN_NEWS_WORDS = 2  # one word ("dogs") states nothing; a name alone does where somebody endorses or accuses whom it names
MIN_POINTING_WORDS = 4  # "what she wrote" points at words; "what the board had promised" says something of them
_MARKER_BEHIND = re.compile(
    r"(?:\s?\[(?:\d{1,3}|\^[\w-]{1,20})?\]?|[¹²³⁰⁴-⁹]{1,3}|(?<=[^\W\d_]{3}[.!?,;:”\"»])\d{1,3}|(?<=[a-zà-ÿ]{4})\d{1,3}|\s\[)$"
)
_MARKER_BEFORE = re.compile(r"(?:\[\d{1,3}\]|\d{0,3}\]|[¹²³⁰⁴-⁹]{1,3})\s*")
_LONGEST_MARKER = 26  # characters: "[^" with a label of 20


def tidied(page: Page, statement: Statement) -> Statement | None:
    """The statement without what does not belong to its words; None where too little is left to be one."""
    pieces = tuple(piece for piece in (_without_markers(page.text, *piece) for piece in statement.pieces) if piece[0] < piece[1])
    if not pieces:
        return None
    form = statement.form
    if form in ("mixed", "indirect") and len(pieces) == 1 and (inner := _between_marks(page, *pieces[0])) is not None:
        pieces, form = (inner,), "direct"
    if form == "indirect":
        pieces = (_without_hour(page, *pieces[0]), *pieces[1:])
        pieces = tuple((start, start + len(page.text[start:end].rstrip(".,;: "))) for start, end in pieces)
        n_words = sum(_n_words(page, *piece) for piece in pieces)
        is_name = page.text[pieces[0][0]].isupper()
        least = MIN_ESSAY_WORDS if page.is_essay else MIN_NEWS_WORDS - is_name
        if n_words < least or _says_nothing(page, *pieces[0]):
            return None
    return statement if pieces == statement.pieces and form == statement.form else replace(statement, pieces=pieces, form=form)


def _without_markers(text: str, start: int, end: int) -> Stretch:
    for _ in range(3):  # two markers may stand side by side
        behind = _MARKER_BEHIND.search(text[max(start, end - _LONGEST_MARKER) : end])
        if behind is None:
            break
        end -= len(behind.group())
    before = _MARKER_BEFORE.match(text, start, min(end, start + _LONGEST_MARKER))
    return trimmed(text, before.end() if before else start, end)


def _between_marks(page: Page, start: int, end: int) -> Stretch | None:
    """What stands between the marks where the whole stretch is one pair of marks (or several around each other), else None."""
    found: Stretch | None = None
    at = bisect_left(page.pairs, start, key=lambda pair: pair.open)
    while at < len(page.pairs) and page.pairs[at].open == start and page.pairs[at].close == end and page.pairs[at].is_closed:
        start, end = found = trimmed(page.text, page.pairs[at].start, page.pairs[at].end)
        at += 1
    return found if found is not None and found[0] < found[1] else None


def _without_hour(page: Page, start: int, end: int) -> Stretch:
    """The stretch without what is left of "said on Friday morning" at its beginning."""
    first = page.token_at(start)
    is_hour = page.lower[first] in ("morning", "afternoon", "evening", "night") and page.tokens_before(end) > first + 2
    before = page.lower[first - 1] if first else ""
    return (page.starts[first + 1], end) if is_hour and before in lexicon.TIME_WORDS else (start, end)


def _says_nothing(page: Page, start: int, end: int) -> bool:
    """Whether the words only point at what is stated: "what she wrote", "which weekdays", "so to him"."""
    first, last = page.token_at(start), page.tokens_before(end)
    if page.lower[first] in ("what", "which", "how", "so", "whose"):
        return last - first < MIN_POINTING_WORDS
    return all(page.lower[token] in lexicon.SMALL_CLASSES for token in range(first, last))


def _n_words(page: Page, start: int, end: int) -> int:
    return sum(page.words[token][0].isalnum() for token in range(page.token_at(start), page.tokens_before(end)))
