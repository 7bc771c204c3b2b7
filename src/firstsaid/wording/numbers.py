"""What numbers in words and figures are worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from firstsaid.wording.lexicon import lists

_FIGURE = re.compile(r"(\d{1,40})(?:\.(\d{1,40}))?(k|m|mn|mio|mrd|bn|tn)?")
_SUFFIXES = {"k": 1_000, "m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9, "mrd": 10**9, "tn": 10**12}
MAX_NUMBER_WORDS = 12
"""Words of a stretch that is read as numbers: a longer one is a table."""


def values(keys: Sequence[str]) -> tuple[Fraction, ...] | None:
    """The numbers that the words are, if they are nothing else; "twenty one", "1.2 million" and "3m" are one number each.

    >>> values(["forty", "five"]) == values(["45"]), values(["1.2", "million"]) == values(["1200000"]), values(["men"])
    (True, True, None)
    """
    if not 0 < len(keys) <= MAX_NUMBER_WORDS:
        return None
    found: list[Fraction] = []
    above, current, last = Fraction(0), Fraction(0), Fraction(0)
    is_open = False
    for key in keys:
        value = _value(key)
        if value is None:
            return None
        if is_open and _is_multiplier(key):
            if value >= 1_000:
                above, current = above + current * value, Fraction(0)
            else:
                current *= value
        elif is_open and _fits_below(value, last, key):
            current += value
        else:
            if is_open:
                found.append(above + current)
            above, current, is_open = Fraction(0), value, True
        last = value
    return (*found, above + current)


def _value(key: str) -> Fraction | None:
    if match := _FIGURE.fullmatch(key):
        whole, decimals, suffix = match.groups()
        value = Fraction(int(whole)) + (Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0)
        return value * _SUFFIXES.get(suffix or "", 1)
    written = "1" if key in lists().ones else lists().numbers.get(key)
    return None if written is None or written.startswith("x") else Fraction(written)


_MULTIPLIERS = frozenset(("100", "1000", "10000", "1000000", "100000000", "1000000000"))


def _is_multiplier(key: str) -> bool:
    return key == "十" or lists().numbers.get(key) in _MULTIPLIERS


def _fits_below(value: Fraction, last: Fraction, key: str) -> bool:
    """Whether a number word goes on with the number before it: "twenty" and "one", "hundred" and "five"."""
    return not key[0].isdecimal() and 1 <= value < last and last in (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 1_000, 10_000, 10**6)
