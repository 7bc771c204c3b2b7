"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

from firstsaid.text import code_points, tables

MIN_LETTERS = 40
"""Shorter texts are names and numbers as often as sentences."""
MIN_PROBABILITY = 0.6
"""py3langid's normalised probability: single sentences in ten languages gave 0.68 to 0.99, lists of names 0.13, gibberish 0.52."""
PROBE_CHARS = 500
"""Three times this gave the same language for 1,999 of 2,000 press releases, at three times the cost."""


@cache
def _identifier() -> Any:
    from py3langid.langid import _load_identifier

    return _load_identifier(norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of the text's beginning, or None where it is too short or unsure.

    The probe begins after the first tenth of the text: beginnings hold names, dates and menus.
    """
    start = min(len(text) // 10, 2_000) if len(text) > PROBE_CHARS else 0
    probe = text[start : start + PROBE_CHARS]
    codes = code_points(probe)
    classes = tables().classes[codes.clip(max=len(tables().classes) - 1)]
    if int((classes != 0).sum()) < MIN_LETTERS or sum(character.isalpha() for character in probe) < MIN_LETTERS:
        return None
    language, probability = _identifier().classify(probe)
    return str(language) if probability >= MIN_PROBABILITY and len(language) == 2 else None
