"""Where two wordings differ, and what kind of difference each is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

from rapidfuzz.distance import OSA

from firstsaid import text as texts
from firstsaid.wording.alignment import Opcode, align
from firstsaid.wording.counting import Units, units
from firstsaid.wording.lexicon import is_negation, lists

MAX_TELLING_WORDS = 8
"""A stretch present on one side only, or rewritten throughout, is named for a figure, name or "not" in it only up to this length: every
long cut contains some number, and what matters then is the cut."""
MIN_MOVED_WORDS = 3
"""Words cut here and added there are a move from this length on; shorter ones ("of the") meet by chance."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two wordings differ. Half-open code points into either text; an empty side marks the place of a cut or addition.

    `kind` is one of `model.READING_KINDS`.
    """

    kind: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    left_text: str
    right_text: str


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Where `right` differs from `left`, in reading order, with the most telling kind of each difference.

    Neighbouring changed words are one difference. Case, accents and typography (quote marks, dashes, spaces) are no difference;
    punctuation between equal words is. Cost: near-linear for similar texts.

    >>> [(d.kind, d.left_text, d.right_text) for d in differences("at least 40 men died", "45 men died")]
    [('figure', 'at least 40', '45')]
    """
    if left == right:
        return ()
    left_units, right_units = units(left), units(right)
    opcodes = _grouped(align(left_units.keys, right_units.keys))
    is_german = _is_german(left_units.keys)
    found: list[Difference] = []
    for op in opcodes:
        if op.tag == "equal":
            found += _punctuation(left, left_units, right, right_units, op)
            continue
        left_span = _span(left, left_units, op.left_start, op.left_end)
        right_span = _span(right, right_units, op.right_start, op.right_end)
        kind = _kind(
            _Side(left, left_units, op.left_start, op.left_end), _Side(right, right_units, op.right_start, op.right_end), is_german
        )
        found.append(Difference(kind, *left_span, *right_span, left[slice(*left_span)], right[slice(*right_span)]))
    return _with_moves(found)


def _grouped(opcodes: list[Opcode]) -> list[Opcode]:
    """Neighbouring changes as one change."""
    grouped: list[Opcode] = []
    for op in opcodes:
        if grouped and op.tag != "equal" and grouped[-1].tag != "equal":
            before = grouped.pop()
            op = Opcode("replace", before.left_start, op.left_end, before.right_start, op.right_end)
        grouped.append(op)
    return grouped


def _span(text: str, of: Units, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return of.starts[start], of.ends[end - 1]
    at = of.starts[start] if start < len(of.starts) else of.ends[-1] if of.ends else 0
    return at, at


class _Side(NamedTuple):
    """One side of a difference: words `start`..`end` of `of`."""

    text: str
    of: Units
    start: int
    end: int

    @property
    def keys(self) -> list[str]:
        return self.of.keys[self.start : self.end]

    def around(self, n_words: int) -> list[str]:
        return self.of.keys[max(0, self.start - n_words) : self.end + n_words]

    def surface(self, at: int) -> str:
        return self.text[self.of.starts[at] : self.of.ends[at]]


def _kind(left: _Side, right: _Side, is_german: bool) -> str:
    """The most telling kind: figure, date, negation, name, hedge, order, spelling; then cut, addition, wording."""
    n_left, n_right = left.end - left.start, right.end - right.start
    one_sided = "cut" if n_right == 0 else "addition" if n_left == 0 else None
    if max(n_left, n_right) <= MAX_TELLING_WORDS or (one_sided is None and min(n_left, n_right) * 2 >= max(n_left, n_right)):
        is_long = max(n_left, n_right) > MAX_TELLING_WORDS
        for kind, left_has, right_has in (
            ("figure", _figures(left), _figures(right)),
            ("date", _dates(left), _dates(right)),
            ("negation", _negations(left), _negations(right)),
            ("name", _names(left, is_german), _names(right, is_german)),
            ("hedge", _hedges(left), _hedges(right)),
        ):
            # In a long rewritten stretch only what stands against something counts: one number against another.
            if left_has != right_has and not (is_long and not (left_has and right_has)):
                return kind
        if one_sided is None and _is_negated_twin(left.keys, right.keys):
            return "negation"
    if one_sided:
        return one_sided
    if n_left > 1 and sorted(left.keys) == sorted(right.keys):
        return "order"
    return "spelling" if _is_spelling(left.keys, right.keys) else "wording"


def _figures(side: _Side) -> Counter[str]:
    numbers = lists().numbers
    found = (_number(side, at, numbers) for at in range(side.start, side.end))
    return Counter(value for value in found if value is not None)


def _number(side: _Side, at: int, numbers: dict[str, str]) -> str | None:
    key = side.of.keys[at]
    if any(c.isdigit() for c in key):
        return None if _is_date_number(side, at) else key
    return numbers.get(key)


def _is_date_number(side: _Side, at: int) -> bool:
    """A day beside a month, or four digits that read as a year."""
    keys, key = side.of.keys, side.of.keys[at]
    if not key[:1].isdigit():
        return False
    if any(_is_date_word(side, k) for k in (at - 2, at - 1, at + 1, at + 2) if 0 <= k < len(keys)):
        return len(key) <= 4
    if re.fullmatch(r"\d{1,4}\.\d{1,2}\.\d{1,4}", key):
        return True
    if not (len(key) == 4 and key.isdecimal() and 1000 <= int(key) <= 2199):
        return False
    after = side.text[side.of.ends[at] : side.of.ends[at] + 1]
    return (at > 0 and keys[at - 1] in lists().year_leads) or (after in ("", ".", ",", ")", ";", ":") and at > 0)


def _is_date_word(side: _Side, at: int) -> bool:
    key = side.of.keys[at]
    if key not in lists().dates:
        return False
    return key not in lists().cased_dates or side.surface(at)[:1].isupper()


def _dates(side: _Side) -> Counter[str]:
    return Counter(side.of.keys[at] for at in range(side.start, side.end) if _is_date_word(side, at) or _is_date_number(side, at))


def _negations(side: _Side) -> int:
    negations = lists().negations
    return sum(is_negation(side.of.keys[at], side.surface(at), negations) for at in range(side.start, side.end))


def _is_negated_twin(left: list[str], right: list[str]) -> bool:
    """Whether one word is the other with a negating prefix: legal, illegal."""
    left, right = [key for key in left if key not in ("a", "an")], [key for key in right if key not in ("a", "an")]
    if len(left) != 1 or len(right) != 1:
        return False
    short, long = sorted((left[0], right[0]), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in ("un", "in", "im", "il", "ir", "non", "dis", "غیر", "نا"))


def _hedges(side: _Side) -> Counter[tuple[str, ...]]:
    """Hedging phrases in the words and two words around them ("at least" may share a word with its context)."""
    hedges, around = lists().hedges, side.around(2)
    found = (tuple(around[at : at + n]) for n in (1, 2, 3, 4) for at in range(len(around) - n + 1))
    return Counter(phrase for phrase in found if phrase in hedges)


def _is_german(keys: list[str]) -> bool:
    """Whether a capital says little: German writes every noun with one."""
    sample = keys[:400]
    return sum(key in lists().german for key in sample) * 8 >= len(sample) > 0


def _names(side: _Side, is_german: bool) -> Counter[str]:
    """Words with a capital that do not begin a sentence (in German: nor follow an article)."""
    found: Counter[str] = Counter()
    for at in range(side.start, side.end):
        surface = side.surface(at)
        if len(surface) < 2 or not surface[0].isupper() or (is_german and side.of.keys[max(0, at - 1)] in lists().german_determiners):
            continue
        before = side.text[side.of.ends[at - 1] if at else 0 : side.of.starts[at]]
        if at and not any(c in '.!?:\n"“”„«‘…' for c in before):
            found[side.of.keys[at]] += 1
    return found


def _is_spelling(left: list[str], right: list[str]) -> bool:
    """Whether few letters differ: one in words of up to seven letters, two in longer ones; the first letter holds."""
    one, other = "".join(left), "".join(right)
    if len(left) > 2 or len(right) > 2:
        return False
    if one == other:
        return True
    shortest = min(len(one), len(other))
    if shortest < 4 or one[0] != other[0] or any(c.isdigit() for c in one + other):
        return False
    return OSA.distance(one, other) <= (1 if max(len(one), len(other)) <= 7 else 2)


_TELLING_SIGNS = "%‰+−"


def _punctuation(left: str, left_units: Units, right: str, right_units: Units, op: Opcode) -> list[Difference]:
    """Differences between equal words; what stands outside the first and last word is a matter of how the span was cut."""
    found = []
    for offset in range(op.left_end - op.left_start - 1):
        at_left, at_right = op.left_start + offset, op.right_start + offset
        span_left = (left_units.ends[at_left], left_units.starts[at_left + 1])
        span_right = (right_units.ends[at_right], right_units.starts[at_right + 1])
        gap_left, gap_right = left[slice(*span_left)], right[slice(*span_right)]
        if gap_left == gap_right or (gap_left.isspace() and gap_right.isspace()):
            continue
        bare_left, bare_right = _bare(gap_left), _bare(gap_right)
        if bare_left != bare_right:
            is_figure = any(c in _TELLING_SIGNS or unicodedata.category(c) == "Sc" for c in set(bare_left) ^ set(bare_right))
            span_left, span_right = _stripped(left, span_left), _stripped(right, span_right)
            kind = "figure" if is_figure else "punctuation"
            found.append(Difference(kind, *span_left, *span_right, left[slice(*span_left)], right[slice(*span_right)]))
    return found


def _bare(gap: str) -> str:
    """The signs of a gap: no spaces, quote marks alike, dashes alike."""
    return texts.typography(gap).text.replace(" ", "").replace("'", '"').replace("--", "-")


def _stripped(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _with_moves(found: list[Difference]) -> tuple[Difference, ...]:
    """The same words cut in one place and added in another are a move: both become kind `order`."""
    cuts = [at for at, item in enumerate(found) if not item.right_text and item.left_text]
    additions: dict[str, list[int]] = {}
    for at, item in enumerate(found):
        if not item.left_text and item.right_text:
            additions.setdefault(" ".join(units(item.right_text).keys), []).append(at)
    for at in cuts if additions else ():
        keys = units(found[at].left_text).keys
        places = additions.get(" ".join(keys), [])
        near = [place for place in places if len(keys) >= MIN_MOVED_WORDS or abs(place - at) == 1]
        if near:
            place = min(near, key=lambda place: (abs(place - at), place))
            places.remove(place)
            found[at], found[place] = replace(found[at], kind="order"), replace(found[place], kind="order")
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        if one.left_text and one.right_text and (one.left_text, one.right_text) == (other.right_text, other.left_text):
            found[at], found[at + 1] = replace(one, kind="order"), replace(other, kind="order")
    return tuple(found)
