"""Changes: whether something rose or fell, and whether a change in percent is that of the two numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from firstsaid.checking.case import Case, make_finding
from firstsaid.checking.intervals import decimal_of
from firstsaid.checking.tokens import shortened
from firstsaid.model import Evidence, Figure, Finding

_RISES = (
    "rose rise rises risen rising increase increases increased increasing grew grow grows grown growing growth jump jumps jumped "
    "climb climbs "
    "climbed climbing gain gains gained soared surge surges surged up higher more advanced expanded added swelled boost boosted "
    "raised raise raises "
    "improved longer larger faster stieg stiegen gestiegen wuchs zunahme anstieg mehr augmenté hausse aumentó subió aumento"
)
_FALLS = (
    "fell fall falls fallen falling decrease decreases decreased decreasing decline declines declined declining drop drops dropped "
    "dropping lost "
    "plunge plunged slump slumped slid slide slipped tumbled shrank shrink shrinks shrunk contracted down lower fewer less reduced "
    "reduce reduces "
    "reduction cut cuts cutting sank plummeted lowered shorter smaller cheaper slower loss losses sank sanken gesunken rückgang "
    "weniger baissé "
    "baisse cayó bajó redujo"
)
_WAY = dict.fromkeys(_RISES.split(), 1) | dict.fromkeys(_FALLS.split(), -1)
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_CHARS, _AFTER_CHARS = 60, 24
"""Where the word of a change stands: "fell, for the third time this year, by 3 %", "a 3 % fall"."""


def is_way(word: str) -> bool:
    """Whether the word says that something rose or fell."""
    return word in _WAY


def direction_of(sentence: str, figure: Figure, start: int) -> int:
    """1 where the words say that something rose, -1 where they say that it fell, 0 where neither. `start`: of the sentence."""
    before, after = max(0, figure.start - start), max(0, figure.end - start)
    inside = _WORD.findall(sentence[before:after].casefold())
    following = _WORD.findall(sentence[after : after + _AFTER_CHARS].casefold())[:2]
    preceding = _WORD.findall(sentence[max(0, before - _BEFORE_CHARS) : before].casefold())
    for word in (*inside, *following[:1], *reversed(preceding), *following[1:]):
        if word in _WAY:
            return _WAY[word]
    return 0


_TO_FROM = re.compile(r"[\s,]{1,3}to\s{1,2}(?:about |some |a record )?\Z")
_FROM = re.compile(
    r"[^.;:!?\d]{0,40}?\b(?:from|compared with|compared to|against|up on|down on|von|gegenüber|contre|frente a)\s{1,2}(?:the )?\Z",
    re.IGNORECASE,
)
_MOSTLY = ("exact",)
MIN_POINTS = Decimal("1.5")
"""Points of percent by which a change must miss its numbers: they were rounded, and the percent may be of unrounded ones."""

MAX_MISS = Decimal(10)
"""Times by which a change may miss: farther off, the two numbers and the percent are of different things."""


def change_findings(case: Case) -> Iterator[Finding]:
    """Sentences such as "rose by 12 percent, from 40 to 52" whose numbers make another change."""
    for document_id, figures in case.figures.items():
        if case.has_lost_signs(document_id):
            continue
        text = case.text(document_id)
        ordered = [figure for figure in figures if figure.kind not in ("date", "ordinal", "age")]
        for at, figure in enumerate(ordered):
            if figure.unit != "percent" or figure.kind not in ("change", "percent") or figure.modifier not in _MOSTLY:
                continue
            pair = _two_numbers(text, figure, ordered[at + 1 : at + 3])
            finding = _checked(case, text, figure, *pair) if pair is not None else None
            if finding is not None:
                yield finding


def _two_numbers(text: str, percent: Figure, following: list[Figure]) -> tuple[Decimal, Decimal, Figure] | None:
    """Where the change began and where it led, and the figure that it ends with."""
    if not following or following[0].sentence_start != percent.sentence_start:
        return None
    first = following[0]
    between = text[percent.end : first.start]
    low, high = decimal_of(first.low), decimal_of(first.high)
    if low is None or high is None or first.unit in ("percent", "percentage_point"):
        return None
    words = text[first.start : first.end].casefold()
    if low != high and first.kind == "change" and words.startswith("from ") and re.fullmatch(r"[\s,]{1,3}(?:\w+ ){0,3}", between):
        way = direction_of(text[percent.start - 80 if percent.start > 80 else 0 : percent.end], percent, max(0, percent.start - 80))
        return (high, low, first) if way < 0 else (low, high, first)
    if low != high or len(following) < 2 or not _TO_FROM.fullmatch(between):
        return None
    second = following[1]
    start = decimal_of(second.low)
    if second.low != second.high or start is None or second.unit not in (first.unit, None) or second.modifier not in _MOSTLY:
        return None
    if first.modifier not in _MOSTLY or second.sentence_start != percent.sentence_start:
        return None
    if not _FROM.fullmatch(text[first.end : second.start]):
        return None
    return start, low, second


def _checked(case: Case, text: str, percent: Figure, start: Decimal, end: Decimal, last: Figure) -> Finding | None:
    said_change = decimal_of(percent.low)
    if said_change is None or start <= 0 or end <= 0 or last.of_lemma in ("percent",):
        return None
    slack_start, slack_end = _half_a_digit(start), _half_a_digit(end)
    if slack_start >= start:
        return None
    most = abs(((end + slack_end) / (start - slack_start) - 1) * 100), abs(((end - slack_end) / (start + slack_start) - 1) * 100)
    made = abs((end / start - 1) * 100)
    least, most_ = min(*most, made), max(*most, made)
    slack = _half_a_digit(said_change) + MIN_POINTS
    if least - slack <= said_change <= most_ + slack:
        return None
    if made == 0 or not 1 / MAX_MISS <= said_change / made <= MAX_MISS:
        return None
    words = shortened(text[percent.start : last.end], 140)
    document_id = percent.document_id
    way = "rise" if end > start else "fall"
    why = f"{case.headings[document_id].label()} says “{words}”, but from {start:f} to {end:f} is a {way} of {made:.1f} percent."
    spans = ((percent, "gives the change"), (last, "gives the numbers"))
    evidence = tuple(Evidence(document_id, figure.start, figure.end, role) for figure, role in spans)
    could_be = ("the percent is of another time or of unrounded numbers", "points of percent are meant", "a slip of one digit")
    return make_finding(case, "figures-do-not-add-up", words, why, could_be, 6_800, evidence)


def _half_a_digit(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is given; noughts at the end of a whole number may be rounding."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent / 2 if isinstance(exponent, int) else Decimal(0)
