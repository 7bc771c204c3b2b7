"""What kind of difference two stretches of words make."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from rapidfuzz.distance import OSA

from firstsaid.wording.counting import Units
from firstsaid.wording.lexicon import is_negation, lists, n_unspaced_negations
from firstsaid.wording.numbers import values

MAX_TELLING_WORDS = 8
"""A stretch present on one side only, or rewritten throughout, is named for a figure, name or "not" in it only up to this length: every
long cut contains some number, and what matters then is the cut."""
HEDGE_REACH = 3
"""Words around a change in which a hedging phrase may have its other words ("ما لا يقل عن" has four)."""
LAST_DAY = 31
DATE_REACH_CHARS = 12
"""Characters around a number in which the rest of a date in figures stands ("2021-03-12")."""


class Side(NamedTuple):
    """One side of a difference: words `start`..`end` of `of`."""

    text: str
    of: Units
    start: int
    end: int

    @property
    def keys(self) -> list[str]:
        """The words' keys."""
        return self.of.keys[self.start : self.end]

    def around(self, n_words: int) -> list[str]:
        """The keys with some more to either side."""
        return self.of.keys[max(0, self.start - n_words) : self.end + n_words]

    def surface(self, at: int) -> str:
        """A word as it stands in the text."""
        return self.text[self.of.starts[at] : self.of.ends[at]]


def kind_of(left: Side, right: Side, is_german: bool) -> str:
    """The most telling kind: figure, date, negation, name, hedge, order, spelling; then cut, addition, wording."""
    n_left, n_right = left.end - left.start, right.end - right.start
    one_sided = "cut" if n_right == 0 else "addition" if n_left == 0 else None
    if one_sided is None and is_respelt(left.keys, right.keys):
        return "spelling"
    if max(n_left, n_right) <= MAX_TELLING_WORDS or (one_sided is None and min(n_left, n_right) * 2 >= max(n_left, n_right)):
        is_long = max(n_left, n_right) > MAX_TELLING_WORDS
        if one_sided is None and _is_negated_twin(left.keys, right.keys):
            return "negation"
        for kind, left_has, right_has in (
            ("figure", _figures(left, one_sided is None), _figures(right, one_sided is None)),
            ("date", _dates(left), _dates(right)),
            ("negation", _negations(left), _negations(right)),
            ("name", _names(left, is_german), _names(right, is_german)),
            ("hedge", _hedges(left), _hedges(right)),
        ):
            # In a long rewritten stretch only what stands against something counts: one number against another.
            if left_has != right_has and not (is_long and not (left_has and right_has)):
                return kind
    if one_sided:
        return one_sided
    if n_left > 1 and sorted(left.keys) == sorted(right.keys):
        return "order"
    return "spelling" if _is_misspelt(left.keys, right.keys) else "wording"


def has_both(kind: str, left: Side, right: Side) -> bool:
    """Whether a figure stands against a figure, a date against a date, or a word against its misspelling."""
    if kind == "figure":
        return bool(_figures(left) and _figures(right))
    return bool(_dates(left) and _dates(right)) if kind == "date" else kind == "spelling"


# ---------------------------------------------------------------------------------------------- figures and dates


def _figures(side: Side, with_multiples: bool = True) -> Counter[str]:
    """The numbers. "Twice" and "triple" are figures where something stands against them; alone they are words like others."""
    numbers = lists().numbers
    found = (_number(side, at, numbers) for at in range(side.start, side.end))
    return Counter(value for value in found if value is not None and (with_multiples or not value.startswith("x")))


def _number(side: Side, at: int, numbers: dict[str, str]) -> str | None:
    key = side.of.keys[at]
    if any(c.isdigit() for c in key):
        return None if _is_date_number(side, at) else key
    return numbers.get(key)


_DATE_IN_FIGURES = re.compile(r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d)")
_KOREAN_DATE = re.compile(r"\d{1,4}[년월일]\w{0,4}")


def _is_date_number(side: Side, at: int) -> bool:
    """A day beside a month, four digits that read as a year, or a part of a date in figures."""
    keys, key = side.of.keys, side.of.keys[at]
    if not key[:1].isdigit():
        return False
    months = [k for k in (at - 2, at - 1, at + 1, at + 2) if 0 <= k < len(keys) and keys[k] in lists().months and _is_date_word(side, k)]
    if months and key.isdecimal() and (len(key) == 4 or (len(key) <= 2 and int(key) <= LAST_DAY)):
        return True
    if at + 1 < len(keys) and keys[at + 1] in lists().date_units:
        return True
    start, end = side.of.starts[at], side.of.ends[at]
    low = max(0, start - DATE_REACH_CHARS)
    if any(low + m.start() <= start and end <= low + m.end() for m in _DATE_IN_FIGURES.finditer(side.text[low : end + DATE_REACH_CHARS])):
        return True
    if _KOREAN_DATE.fullmatch(unicodedata.normalize("NFC", side.surface(at))):
        return True
    if not (len(key) == 4 and key.isdecimal() and 1000 <= int(key) <= 2199):
        return False
    after = side.text[end : end + 1]
    return (at > 0 and keys[at - 1] in lists().year_leads) or (after in ("", ".", ",", ")", ";", ":") and at > 0)


def _is_date_word(side: Side, at: int) -> bool:
    key = side.of.keys[at]
    if key not in lists().dates:
        return False
    if key not in lists().cased_dates or side.surface(at)[:1].isupper():
        return True
    # "le 3 mai", "mars 2021": small letters where a day or a year stands beside it.
    keys = side.of.keys
    return (at > 0 and keys[at - 1].isdecimal() and len(keys[at - 1]) <= 2) or (
        at + 1 < len(keys) and keys[at + 1].isdecimal() and len(keys[at + 1]) == 4
    )


def _dates(side: Side) -> Counter[str]:
    return Counter(side.of.keys[at] for at in range(side.start, side.end) if _is_date_word(side, at) or _is_date_number(side, at))


# ---------------------------------------------------------------------------------------------- negations and hedges


def _negations(side: Side) -> int:
    """How often the words deny; "no more than" hedges and does not deny."""
    known, keys = lists(), side.of.keys
    found = 0
    for at in range(side.start, side.end):
        is_after_ne = keys[at] in known.after_ne and any(
            keys[k] == "ne" or side.surface(k)[:2].lower() in ("n'", "n’") for k in range(max(0, at - 3), at)
        )
        if is_after_ne or is_negation(keys[at], side.surface(at), known.negations):
            found += not _is_in_hedge(keys, at)
    around = side.around(1)
    found += sum(tuple(around[at : at + 2]) in known.negation_phrases for at in range(len(around) - 1))
    low, high = max(0, side.start - 2), min(len(keys), side.end + 2)
    return found + (n_unspaced_negations(side.text[side.of.starts[low] : side.of.ends[high - 1]]) if low < high else 0)


def _is_in_hedge(keys: list[str], at: int) -> bool:
    """Whether the word belongs to a hedging phrase of several."""
    starts = range(max(0, at - HEDGE_REACH), at + 1)
    return any(tuple(keys[start : start + n]) in lists().hedges for start in starts for n in (2, 3, 4) if start + n > at)


def _is_negated_twin(left: list[str], right: list[str]) -> bool:
    """Whether one word is the other with a negating prefix: legal, illegal."""
    left, right = [key for key in left if key not in ("a", "an")], [key for key in right if key not in ("a", "an")]
    if len(left) != 1 or len(right) != 1:
        return False
    short, long = sorted((left[0], right[0]), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in ("un", "in", "im", "il", "ir", "non", "dis", "غیر", "نا"))


def _hedges(side: Side) -> Counter[tuple[str, ...]]:
    """Hedging phrases in the words and some words around them ("at least" may share a word with its context)."""
    hedges, around = lists().hedges, side.around(HEDGE_REACH)
    found = (tuple(around[at : at + n]) for n in (1, 2, 3, 4) for at in range(len(around) - n + 1))
    return Counter(phrase for phrase in found if phrase in hedges)


# ---------------------------------------------------------------------------------------------- names


def is_german(keys: list[str]) -> bool:
    """Whether a capital says little: German writes every noun with one."""
    sample = keys[:400]
    return sum(key in lists().german for key in sample) * 8 >= len(sample) > 0


def _names(side: Side, german: bool) -> Counter[str]:
    """Words with a capital that do not begin a sentence (in German: nor follow an article)."""
    found: Counter[str] = Counter()
    for at in range(side.start, side.end):
        surface = side.surface(at)
        if len(surface) < 2 or not surface[0].isupper() or (german and side.of.keys[max(0, at - 1)] in lists().german_determiners):
            continue
        before = side.text[side.of.ends[at - 1] if at else 0 : side.of.starts[at]]
        if at and not any(c in '.!?:\n"“”„«‘…' for c in before):
            found[side.of.keys[at]] += 1
    return found


# ---------------------------------------------------------------------------------------------- spelling

_SHAPES = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("li", "h"), ("ii", "u"), ("0", "o"), ("1", "l"), ("5", "s"), ("8", "b"), ("6", "b"))
"""Letters that a scanner reads for others, each made one."""
_CONFUSED = frozenset(map(frozenset, ("hb", "ce", "nu", "il", "tf", "oc", "ij", "lt", "hn", "gq", "vy")))
"""Pairs of letters that a scanner takes for each other: in a word of three letters, only these pass for a misreading."""


def is_respelt(left: list[str], right: list[str]) -> bool:
    """Whether the words are the same, joined or parted otherwise, misread by a scanner, or the same numbers in words and figures."""
    one, other = "".join(left), "".join(right)
    if one == other and not any(map(str.isdecimal, (*left, *right))):
        return True
    if len(left) > MAX_TELLING_WORDS or len(right) > MAX_TELLING_WORDS:
        return False
    is_misread = _has_digit(one) != _has_digit(other) and min(map(len, (one, other))) > 1 and _has_letter(one) and _has_letter(other)
    if is_misread and _shape(one) == _shape(other):
        return True
    numbers = values(left)
    return numbers is not None and numbers == values(right)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _shape(word: str) -> str:
    for seen, meant in _SHAPES:
        word = word.replace(seen, meant)
    return word


def _is_misspelt(left: list[str], right: list[str]) -> bool:
    """Whether few letters differ, in the words together or in each of them."""
    if len(left) == len(right) <= MAX_TELLING_WORDS:
        return all(one == other or _are_near(one, other) for one, other in zip(left, right, strict=True))
    return len(left) <= 2 and len(right) <= 2 and _are_near("".join(left), "".join(right))


def _are_near(one: str, other: str) -> bool:
    """One letter in words of up to seven, two in longer ones; the first letter holds; less where a scanner errs that way."""
    one, other = unicodedata.normalize("NFC", one), unicodedata.normalize("NFC", other)
    if _has_digit(one + other):
        return False
    shortest, longest = min(len(one), len(other)), max(len(one), len(other))
    if shortest >= 4 and one[0] == other[0] and OSA.distance(one, other) <= (1 if longest <= 7 else 2):
        return True
    if shortest >= 3 and _shape(one) == _shape(other):
        return True
    differing = [frozenset(pair) for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return shortest == longest >= 3 and len(differing) * 3 <= shortest and all(pair in _CONFUSED for pair in differing)
