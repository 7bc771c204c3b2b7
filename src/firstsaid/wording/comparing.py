"""Where two wordings differ, and what kind of difference each is."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from firstsaid import text as texts
from firstsaid.wording.alignment import Opcode, align
from firstsaid.wording.counting import Units, units
from firstsaid.wording.kinds import MAX_TELLING_WORDS, Side, has_both, is_german, kind_of

MAX_SLID_WORDS = 8
"""Words between two cuts that may have been set against the wrong ones of two equal stretches; longer ones are equal for a reason."""
MIN_MOVED_WORDS = 3
"""Words cut here and added there are a move from this length on; shorter ones ("of the") meet by chance, unless they are close."""
MAX_SWAP_WORDS = 3
"""Two short stretches with up to this many words between them that changed places are one reading: "red and white", "white and red"."""
MAX_SWAP_CHARS = 60
"""The same in characters, so that no long stretch is cut into words for it."""
PERCENT_REACH = 4
"""Characters around the place where the word is missing in which its sign stands: spaces and a stop."""
PERCENT = frozenset(("percent", "percentage", "prozent", "procent", "procento", "процентов", "процента", "процент"))
PERCENT_PHRASES = frozenset(("per cent", "pour cent", "por ciento", "per cento", "por cento", "في المئة", "في المائة"))


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

    Neighbouring changed words are one difference, unless each word stands against one of its own kind. Case, accents and typography
    (quote marks, dashes, spaces) are no difference; punctuation between equal words is. Cost: near-linear for similar texts.

    >>> [(d.kind, d.left_text, d.right_text) for d in differences("at least 40 men died", "45 men died")]
    [('figure', 'at least 40', '45')]
    """
    if left == right:
        return ()
    left_units, right_units = units(left), units(right)
    german = is_german(left_units.keys)
    found: list[_Worded] = []
    for op in _grouped(_slid(align(left_units.keys, right_units.keys), left_units.keys, right_units.keys)):
        if op.tag == "equal":
            found += (_Worded(mark, (), ()) for mark in _punctuation(left, left_units, right, right_units, op))
            continue
        for kind, a, b, c, d in _parted(left, left_units, right, right_units, op, german):
            one = _difference(kind, left, _span(left_units, a, b), right, _span(right_units, c, d))
            found.append(_Worded(_as_practised(one, left, right), tuple(left_units.keys[a:b]), tuple(right_units.keys[c:d])))
    return _with_moves(found, left, right)


class _Worded(NamedTuple):
    """A difference with the keys of its words; marks have none."""

    difference: Difference
    left_keys: tuple[str, ...]
    right_keys: tuple[str, ...]


def _slid(opcodes: list[Opcode], left: list[str], right: list[str]) -> list[Opcode]:
    """Two cuts (or additions) around words that also close the second, as one: "[After] the [vote the]" is "[After the vote] the"."""
    slid: list[Opcode] = []
    for op in opcodes:
        if slid and slid[-1].tag == op.tag == "equal":
            op = Opcode("equal", slid[-1].left_start, op.left_end, slid.pop().right_start, op.right_end)
        slid.append(op)
        while len(slid) >= 3 and slid[-1].tag == slid[-3].tag and slid[-1].tag in ("delete", "insert") and slid[-2].tag == "equal":
            first, kept, last = slid[-3:]
            n = kept.left_end - kept.left_start
            keys, end = (left, last.left_end) if last.tag == "delete" else (right, last.right_end)
            start = kept.left_start if last.tag == "delete" else kept.right_start
            size = last.left_end - last.left_start + last.right_end - last.right_start
            if n > min(size, MAX_SLID_WORDS) or keys[end - n : end] != keys[start : start + n]:
                break
            if last.tag == "delete":
                cut = Opcode("delete", first.left_start, end - n, kept.right_start, kept.right_start)
                slid[-3:] = [cut, Opcode("equal", end - n, end, kept.right_start, kept.right_end)]
            else:
                cut = Opcode("insert", kept.left_start, kept.left_start, first.right_start, end - n)
                slid[-3:] = [cut, Opcode("equal", kept.left_start, kept.left_end, end - n, end)]
    return slid


def _grouped(opcodes: list[Opcode]) -> list[Opcode]:
    """Neighbouring changes as one change."""
    grouped: list[Opcode] = []
    for op in opcodes:
        if grouped and op.tag != "equal" and grouped[-1].tag != "equal":
            before = grouped.pop()
            op = Opcode("replace", before.left_start, op.left_end, before.right_start, op.right_end)
        grouped.append(op)
    return grouped


def _parted(left: str, left_units: Units, right: str, right_units: Units, op: Opcode, german: bool) -> list[tuple[str, int, int, int, int]]:
    """The kinds of a changed stretch with its words: one, or several where each word stands against one that makes a kind of its own."""
    n = op.left_end - op.left_start
    if 1 < n == op.right_end - op.right_start <= MAX_TELLING_WORDS:
        pairs = []
        for offset in range(n):
            a, c = op.left_start + offset, op.right_start + offset
            one, other = Side(left, left_units, a, a + 1), Side(right, right_units, c, c + 1)
            kind = kind_of(one, other, german)
            if not has_both(kind, one, other):
                break
            pairs.append((kind, a, c))
        if len(pairs) == n and len({kind for kind, _, _ in pairs}) > 1:
            runs = [list(run) for _, run in groupby(pairs, key=lambda pair: pair[0])]
            return [(run[0][0], run[0][1], run[-1][1] + 1, run[0][2], run[-1][2] + 1) for run in runs]
    sides = Side(left, left_units, op.left_start, op.left_end), Side(right, right_units, op.right_start, op.right_end)
    return [(kind_of(*sides, german), op.left_start, op.left_end, op.right_start, op.right_end)]


def _span(of: Units, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return of.starts[start], of.ends[end - 1]
    at = of.starts[start] if start < len(of.starts) else of.ends[-1] if of.ends else 0
    return at, at


def _as_practised(one: Difference, left: str, right: str) -> Difference:
    """An editor's "[sic]" is a mark and no word; "percent" for "%" is a spelling."""
    if one.left_text and one.right_text:
        return one
    words = (one.left_text or one.right_text).casefold()
    text, start, end = (left, one.left_start, one.left_end) if one.left_text else (right, one.right_start, one.right_end)
    if words == "sic" and text[start - 1 : start] in ("[", "(") and text[end : end + 1] in ("]", ")"):
        return _with_span(one, not one.left_text, right if not one.left_text else left, start - 1, end + 1, "punctuation")
    if words in PERCENT or words in PERCENT_PHRASES:
        other, place = (right, one.right_start) if one.left_text else (left, one.left_start)
        sign = other.find("%", max(0, place - PERCENT_REACH), place + PERCENT_REACH)
        if sign >= 0:
            return _with_span(one, bool(one.left_text), other, sign, sign + 1, "spelling")
    return one


def _with_span(one: Difference, is_right: bool, text: str, start: int, end: int, kind: str) -> Difference:
    if is_right:
        return replace(one, kind=kind, right_start=start, right_end=end, right_text=text[start:end])
    return replace(one, kind=kind, left_start=start, left_end=end, left_text=text[start:end])


# ---------------------------------------------------------------------------------------------- marks between words

_TELLING_SIGNS = "%‰+−"


def _punctuation(left: str, left_units: Units, right: str, right_units: Units, op: Opcode) -> list[Difference]:
    """Differences between equal words; what stands outside the first and last word is a matter of how the span was cut."""
    found = []
    n = op.left_end - op.left_start
    for offset in range(n):
        at_left, at_right = op.left_start + offset, op.right_start + offset
        start_left, start_right = left_units.starts[at_left], right_units.starts[at_right]
        if (left[start_left] == "[") != (right[start_right] == "["):
            whole = (start_left, left_units.ends[at_left]), (start_right, right_units.ends[at_right])
            found.append(_difference("punctuation", left, whole[0], right, whole[1]))
        if offset == n - 1:
            break
        span_left = (left_units.ends[at_left], left_units.starts[at_left + 1])
        span_right = (right_units.ends[at_right], right_units.starts[at_right + 1])
        gap_left, gap_right = left[slice(*span_left)], right[slice(*span_right)]
        if gap_left == gap_right or (gap_left.isspace() and gap_right.isspace()):
            continue
        bare_left, bare_right = _bare(gap_left), _bare(gap_right)
        if bare_left != bare_right:
            is_figure = any(c in _TELLING_SIGNS or unicodedata.category(c) == "Sc" for c in set(bare_left) ^ set(bare_right))
            is_figure = is_figure or _ends_in_minus(left, *span_left) != _ends_in_minus(right, *span_right)
            kind = "figure" if is_figure else "punctuation"
            found.append(_difference(kind, left, _stripped(left, *span_left), right, _stripped(right, *span_right)))
    return found


def _difference(kind: str, left: str, left_span: tuple[int, int], right: str, right_span: tuple[int, int]) -> Difference:
    return Difference(kind, *left_span, *right_span, left[slice(*left_span)], right[slice(*right_span)])


_INVISIBLE = str.maketrans(dict.fromkeys("\u200e\u200f\u061c፡", ""))


def _bare(gap: str) -> str:
    """The signs of a gap: no spaces and word dividers, quote marks alike, dashes alike."""
    return texts.typography(gap).text.translate(_INVISIBLE).replace(" ", "").replace("'", '"').replace("--", "-")


def _ends_in_minus(text: str, start: int, end: int) -> bool:
    """Whether the gap's last sign makes a number negative: "to -12", and not "10-12"."""
    return end - start > 1 and text[end - 1] in "-−–" and text[end - 2].isspace() and text[end].isdigit()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# ---------------------------------------------------------------------------------------------- moves


def _with_moves(found: list[_Worded], left: str, right: str) -> tuple[Difference, ...]:
    """The same words cut in one place and added in another are a move: both become kind `order`, or one reading where they are close."""
    additions: dict[tuple[str, ...], list[int]] = {}
    for at, item in enumerate(found):
        if item.right_keys and not item.left_keys:
            additions.setdefault(item.right_keys, []).append(at)
    for at, item in enumerate(found) if additions else ():
        if item.right_keys or not item.left_keys:
            continue
        places = additions.get(item.left_keys, [])
        after = bisect_left(places, at)
        is_long = len(item.left_keys) >= MIN_MOVED_WORDS
        near = [place for place in places[max(0, after - 1) : after + 1] if is_long or abs(place - at) == 1]
        if near:
            place = min(near, key=lambda place: (abs(place - at), place))
            del places[bisect_left(places, place)]
            for moved in (at, place):
                found[moved] = found[moved]._replace(difference=replace(found[moved].difference, kind="order"))
    joined: list[_Worded] = []
    for item in found:
        if joined and _is_swap(joined[-1], item, left):
            first = joined.pop().difference
            left_span = _of_words(left, first.left_start, item.difference.left_end)
            right_span = _of_words(right, first.right_start, item.difference.right_end)
            item = _Worded(_difference("order", left, left_span, right, right_span), (), ())
        joined.append(item)
    return tuple(item.difference for item in joined)


def _of_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch from its first word to the end of its last."""
    inside = units(text[start:end])
    return start + inside.starts[0], start + inside.ends[-1]


def _is_swap(one: _Worded, other: _Worded, left: str) -> bool:
    """Whether two differences are two stretches close to each other that changed places."""
    if not one.left_keys + one.right_keys or (one.left_keys, one.right_keys) != (other.right_keys, other.left_keys):
        return False
    if {one.difference.kind, other.difference.kind} <= {"figure", "name", "date", "negation"}:
        return False
    between = left[one.difference.left_end : other.difference.left_start]
    return len(between) <= MAX_SWAP_CHARS and len(units(between).keys) <= MAX_SWAP_WORDS
