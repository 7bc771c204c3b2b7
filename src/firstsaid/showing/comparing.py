"""A wording with its differences from another one marked, so that two can be read side by side."""

from __future__ import annotations

from dataclasses import replace

from firstsaid.showing.kinds import LETTERS
from firstsaid.showing.views import EvidenceLine, Piece
from firstsaid.text import shortened
from firstsaid.wording import Difference, differences

MOST_DIFFERENT = 3
"""Wordings of which more than one part in this is different are two texts; marking nearly all words says nothing."""


def against(base: str, text: str) -> tuple[Piece, ...]:
    """The text with its differences from the base marked; a cut stands as a caret. Empty where the two have too little in common.

    Punctuation is left alone: what was cut out of a sentence nearly always ends in another mark.
    """
    found = tuple(one for one in differences(base, text) if one.kind != "punctuation")
    if sum(max(len(one.left_text), len(one.right_text)) for one in found) * MOST_DIFFERENT > max(len(base), len(text)) * 2:
        return ()
    return marked(text, found)


def against_each_other(evidence: tuple[EvidenceLine, ...]) -> tuple[EvidenceLine, ...]:
    """Evidence with the words marked in which each differs from the first, and the first from the second."""
    if len(evidence) < 2:
        return evidence
    return tuple(
        replace(one, pieces=against(evidence[0 if at else 1].text, one.text)) if one.text else one for at, one in enumerate(evidence)
    )


def marked(text: str, found: tuple[Difference, ...]) -> tuple[Piece, ...]:
    """The text with differences marked where they stand in it."""
    pieces: list[Piece] = []
    at = 0
    for one in sorted(found, key=lambda one: (one.right_start, one.right_end)):
        if one.right_start < at:
            continue
        if one.right_start > at:
            pieces.append(Piece(text[at : one.right_start]))
        shown = text[one.right_start : one.right_end] or "⁁"
        pieces.append(Piece(shown, ("reading", f"k-{one.kind}"), letter=LETTERS[one.kind]))
        at = one.right_end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def told(found: tuple[Difference, ...], most: int) -> tuple[str, ...]:
    """The same differences in words, so that nothing hangs on a mark."""
    listed = [
        f"{one.kind}: {f'“{shortened(one.right_text, 80)}”' if one.right_text.strip() else 'nothing'} for "
        f"{f'“{shortened(one.left_text, 80)}”' if one.left_text.strip() else 'nothing'}"
        for one in found
    ]
    return (*listed[:most], *((f"and {len(listed) - most} more",) if len(listed) > most else ()))
