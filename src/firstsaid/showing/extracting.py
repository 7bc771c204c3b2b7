"""What a report shows of a text that is not ours to give away."""

from __future__ import annotations

from collections.abc import Iterable

from firstsaid.showing.sweeping import Mark, Stretch

CONTEXT_CHARS = 60
MOST_CHARS = 300
"""Of one extract: two or three sentences, as one quotes in a review."""
MOST_SHARE = 4
"""One part in so many of a document at most: more, and the extracts are the text."""
SHOWN_LAYERS = ("finding", "long", "quotation", "prediction", "citation", "scare")
"""Layers that say something about single words; a passage found elsewhere may be the whole text."""


def extracts(text: str, marks: Iterable[Mark]) -> list[Stretch]:
    """Stretches around what is marked, in reading order, cut at blanks; never more than a part of the text."""
    made: list[Stretch] = []
    left = len(text) // MOST_SHARE
    for mark in sorted((mark for mark in marks if mark.layer in SHOWN_LAYERS), key=lambda mark: (mark.start, mark.end)):
        start = _at_blank(text, max(0, mark.start - CONTEXT_CHARS), 1)
        end = _at_blank(text, min(len(text), min(mark.end, mark.start + MOST_CHARS) + CONTEXT_CHARS), -1)
        if made and start <= made[-1].end:
            start = made[-1].end
        if end <= start:
            continue
        if end - start > left:
            break
        left -= end - start
        if made and made[-1].end == start:
            made[-1] = Stretch(made[-1].start, end, "p")
        else:
            made.append(Stretch(start, end, "p"))
    return made


def _at_blank(text: str, at: int, step: int) -> int:
    """The nearest place in one direction that cuts no word, a word's length away at most."""
    for tried in range(at, at + 30 * step, step):
        if not 0 < tried < len(text):
            return min(max(tried, 0), len(text))
        if text[tried - 1].isspace() or text[tried].isspace():
            return tried
    return at
