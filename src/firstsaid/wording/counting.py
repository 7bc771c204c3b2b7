"""Words of a text, with separated numbers joined into one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from firstsaid import text as texts


@dataclass(frozen=True, slots=True)
class Units:
    """The words of one text, separated numbers joined. `starts`, `ends`: code points; `keys`: what to compare."""

    starts: list[int]
    ends: list[int]
    keys: list[str]


_SEPARATORS = frozenset(".,٫٬")
_SPACES_IN_NUMBERS = frozenset(" \u00a0\u202f\u2009")


def units(text: str) -> Units:
    """The words of `text` with separated numbers joined into one.

    >>> units("1,000 men, 1.5 tons").keys
    ['1000', 'men', '1.5', 'tons']
    """
    bounds = texts.word_bounds(text)
    starts, ends = bounds[0].tolist(), bounds[1].tolist()
    if "]" in text:
        starts, ends = _with_bracketed_letters(text, starts, ends)
    keys = [_key(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    if not any(c.isdigit() for c in text):
        return Units(starts, ends, keys)
    joined = Units([], [], [])
    at, n = 0, len(keys)
    while at < n:
        stop = at + 1
        if keys[at].isdecimal():
            while stop < n and keys[stop].isdecimal() and _is_one_number(text, starts, ends, keys, stop, stop - at):
                stop += 1
            key = _number_key([_digits(key) for key in keys[at:stop]], [text[ends[k] : starts[k + 1]] for k in range(at, stop - 1)])
        else:
            key = keys[at]
        joined.starts.append(starts[at])
        joined.ends.append(ends[stop - 1])
        joined.keys.append(key)
        at = stop
    return joined


def _with_bracketed_letters(text: str, starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Words whose first letter an editor changed ("[T]he") as one, bracket included."""
    kept_starts: list[int] = []
    kept_ends: list[int] = []
    at = 0
    while at < len(starts):
        start, end = starts[at], ends[at]
        if end - start == 1 and text[start - 1 : end + 1] == f"[{text[start]}]" and at + 1 < len(starts) and starts[at + 1] == end + 1:
            at += 1
            start, end = start - 1, ends[at]
        kept_starts.append(start)
        kept_ends.append(end)
        at += 1
    return kept_starts, kept_ends


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """The key of a word: kept, as witnesses of one text have the same words over and over."""
    return texts.key(word)


def _is_one_number(text: str, starts: list[int], ends: list[int], keys: list[str], at: int, n_before: int) -> bool:
    """Whether the digits at word `at` carry on the number before them ("1,000", "30 000"; not "in 2019, 300")."""
    gap = text[ends[at - 1] : starts[at]]
    if gap in _SEPARATORS:
        return True
    return gap in _SPACES_IN_NUMBERS and len(keys[at]) == 3 and len(keys[at - 1]) <= 3 and (n_before == 1 or len(keys[at - 1]) == 3)


def _digits(key: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in key)


def _number_key(groups: list[str], separators: list[str]) -> str:
    """One key for one value: "1,000" and "1.000" are 1000, "3,50" is 3.5; dates such as 12.03.2024 stay as they are."""
    if len(groups) == 1:
        return groups[0].lstrip("0") or "0" if len(groups[0]) <= 2 else groups[0]
    decimal = ""
    if len(groups[-1]) != 3 or (len(groups) == 2 and groups[0] == "0") or (len(groups) > 2 and separators[-1] != separators[-2]):
        *groups, decimal = groups
    if not all(len(group) == 3 for group in groups[1:]) or (len(groups) > 1 and len(groups[0]) > 3):
        return ".".join([*groups, decimal])
    decimal = decimal.rstrip("0")
    return (("".join(groups)).lstrip("0") or "0") + ("." + decimal if decimal else "")
