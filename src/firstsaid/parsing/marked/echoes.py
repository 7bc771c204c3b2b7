"""Words between marks that repeat what somebody was just quoted with: It is the “God forbid” that makes her ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from firstsaid.model import ScareQuote
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import Page

MIN_WORDS = 2  # one word of a quotation may stand between marks at a distance; two in a row are taken from it
CONFIDENCE = 6000  # seven of ten in essays written for the project


def with_echoes(
    page: Page, statements: Sequence[Statement], uses: Sequence[ScareQuote], unattributed: Sequence[int]
) -> tuple[list[Statement], list[ScareQuote], list[int]]:
    """The statements with those that repeat an earlier one and with its speaker, and the uses and pairs that are left. Linear."""
    said = _first_words(page, statements)
    if not said:
        return list(statements), list(uses), list(unattributed)
    found = [_spoken(page, said, statement) for statement in statements]
    kept: list[ScareQuote] = []
    for use in uses:
        original = _said_before(page, said, use.start, use.end) if use.use == "scare" else None
        if original is None:
            kept.append(use)
        else:
            found.append(_repeated(original, (use.start, use.end), ()))
    left: list[int] = []
    for index in unattributed:
        pair = page.outer[index]
        original = _said_before(page, said, pair.start, pair.end)
        if original is None:
            left.append(index)
        else:
            found.append(_repeated(original, (pair.start, pair.end), (index,)))
    return found, kept, left


def _repeated(original: Statement, piece: tuple[int, int], pairs: tuple[int, ...]) -> Statement:
    return Statement("direct", (piece,), original.speaker, "running", original.speaker_name, None, None, CONFIDENCE, pairs)


def _spoken(page: Page, said: dict[tuple[str, str], list[tuple[int, Statement]]], statement: Statement) -> Statement:
    """The statement with the speaker of the one that it repeats, where it has none of its own."""
    if statement.form != "direct" or statement.speaker is not None:
        return statement
    original = _said_before(page, said, statement.start, statement.end)
    return statement if original is None else replace(statement, speaker=original.speaker, speaker_kind="running")


def _first_words(page: Page, statements: Sequence[Statement]) -> dict[tuple[str, str], list[tuple[int, Statement]]]:
    """Every two words that follow each other in a statement with a speaker -> where, and in which."""
    found: dict[tuple[str, str], list[tuple[int, Statement]]] = {}
    for statement in statements:
        if statement.form not in ("block", "direct") or statement.speaker is None:
            continue
        for start, end in statement.pieces:
            tokens = list(_words(page, start, end))
            for left, right in pairwise(tokens):
                places = found.setdefault((page.lower[left], page.lower[right]), [])
                if len(places) < 4:  # a phrase said more often is told by its first places
                    places.append((left, statement))
    return found


def _said_before(page: Page, said: dict[tuple[str, str], list[tuple[int, Statement]]], start: int, end: int) -> Statement | None:
    """The statement before `start` that holds the words `start`..`end`."""
    tokens = list(_words(page, start, end))
    if len(tokens) < MIN_WORDS:
        return None
    words = [page.lower[token] for token in tokens]
    for place, statement in said.get((words[0], words[1]), ()):
        if statement.end > start:
            continue
        there = [
            page.lower[token] for token in range(place, min(len(page.words), place + 2 * len(words))) if page.words[token][0].isalnum()
        ]
        if there[: len(words)] == words:
            return statement
    return None


def _words(page: Page, start: int, end: int) -> Iterator[int]:
    return (token for token in range(page.token_at(start), page.tokens_before(end)) if page.words[token][0].isalnum())
