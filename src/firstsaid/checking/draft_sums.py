"""A draft's figure made from figures of one document: sum, difference, product, share, change, average, years and clock times between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from firstsaid.checking.draft_pool import Around, Known, is_percentage, n_digits, unit_of, value_of
from firstsaid.checking.figure_rows import same_thing
from firstsaid.checking.intervals import decimal_of
from firstsaid.checking.lexicon import CHANGES, NUMBER_CUES, SUM_CUES
from firstsaid.checking.shelf import stem
from firstsaid.checking.tokens import keys_of
from firstsaid.model import Figure

MOST_OPERANDS = 24
"""Sums are looked for among so many figures of a document, those nearest to the draft's sentence: more would make any number of some."""

SURE_VALUE = 100
"""Exact sums of a hundred or more are rarely met by chance among so few operands; smaller ones must be called for by a word."""

NEAR_SHARE = Decimal("0.1")
"""What "about", "nearly", "over" leave open beside a derived number, as for any other figure."""

SUBUNITS = {"penny": "GBP", "pence": "GBP", "cent": "", "cents": "", "centime": "EUR", "øre": "", "kopeck": "RUB"}
"""A hundredth of a currency; "" where several currencies have it."""

_CLOCK = re.compile(r"(?<![\d:.,])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?![\d:])")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_MONTHS_OF = {"year": 12, "quarter": 3, "week": 4}


@dataclass(frozen=True, slots=True)
class Derived:
    """Operands, and the sum as it is shown."""

    operands: tuple[Known, ...]
    shown: str


def derivation(figure: Figure, place: Around, members: Sequence[Known], is_contradicted: bool = False) -> Derived | None:
    """How figures of one document make the draft's; None where they do not, or might by mere chance.

    `members`: nearest first. `is_contradicted`: a text gives another number for just this, so that only a sum that the draft itself
    points at, by naming an operand, or an exact one of large numbers, is believed.
    """
    wanted = _in_whole_units(figure)
    if wanted is None:
        return None
    usable = [one for k in members[:MOST_OPERANDS] for one in _ends(k)]
    usable.sort(key=lambda k: k.figure.start)
    cues = NUMBER_CUES & (place.bound | frozenset(keys_of(place.sentence)))
    best: tuple[int, Derived] | None = None
    for operands, shown in (*_sums(figure, wanted, usable), *_quotients(figure, wanted, usable), *_products(figure, wanted, place, usable)):
        trust = _trust(figure, wanted, place, operands, shown, bool(cues))
        is_sure = "=" in shown and (wanted >= SURE_VALUE or len({k.around.start for k in operands}) == 1 < len(operands))
        if is_contradicted and not is_sure and not any(k.figure.low in place.companions for k in operands):
            continue
        if trust > 0 and (best is None or trust > best[0]):
            best = (trust, Derived(operands, shown))
    return best[1] if best else None


def _ends(known: Known) -> Iterator[Known]:
    """The figure; of a range ("from 1.80 to 2.40") both ends, which are two numbers to reckon with."""
    figure = known.figure
    if figure.low is not None and figure.high is not None and figure.low != figure.high and figure.modifier == "range":
        yield replace(known, figure=replace(figure, high=figure.low, modifier="exact"))
        yield replace(known, figure=replace(figure, low=figure.high, modifier="exact"))
    elif figure.low is not None or figure.high is not None:
        yield known


def _is_called_for(place: Around, operands: tuple[Known, ...]) -> bool:
    """Whether the draft's words ask for a sum: "in all", "together", or the nouns of all that is added."""
    keys = frozenset(keys_of(place.sentence))
    nouns = [stem(k.figure.of_lemma.split()[-1]) for k in operands if k.figure.of_lemma]
    return (
        bool(keys & SUM_CUES)
        or re.search(r"\bin all\b", place.sentence) is not None
        or (len(nouns) == len(operands) > len(set(nouns)) - 1 and frozenset(nouns) <= place.own and len(set(nouns)) > 1)
    )


def _in_whole_units(figure: Figure) -> Decimal | None:
    value = value_of(figure)
    if value is not None and (figure.unit or "") in SUBUNITS:
        return value / 100
    return value


def _trust(figure: Figure, wanted: Decimal, place: Around, operands: tuple[Known, ...], shown: str, has_cue: bool) -> int:
    """Above 0 where the operands are likely meant: they stand together, or beside the figure in the draft, and speak of its thing."""
    together = len({(k.around.start, k.figure.document_id) for k in operands}) == 1
    beside = all(abs(left.around.start - right.around.start) < 400 for left, right in combinations(operands, 2))
    alike = len({same_thing(k.figure)[1:] for k in operands}) == 1 and bool(operands[0].figure.of_lemma or operands[0].figure.unit)
    anchored = any(k.figure.low in place.companions for k in operands)
    shared = max(k.n_shared for k in operands)
    noun = any(k.is_same_noun for k in operands)
    points = 2 * together + beside + alike + 2 * anchored + min(shared, 3) + noun + has_cue
    if not (together or beside or alike or anchored) or not (shared or anchored or noun):
        return 0
    if " + " in shown and "×" not in shown and not _is_called_for(place, operands):
        return 0
    if (("/" in shown and n_digits(wanted) < 2) or " of " in shown) and not (together or anchored or (alike and noun)):
        return 0
    if "=" in shown and wanted >= SURE_VALUE and n_digits(wanted) >= 2:
        return points
    if "×" in shown and wanted >= 1000 and unit_of(figure) and points >= 4:
        return points
    needed = 4 if n_digits(wanted) >= 2 else 5
    return points if has_cue and points >= needed else 0


def _sums_up(figure: Figure, wanted: Decimal, made: Decimal) -> bool:
    """Whether a sum or difference is the draft's number: exactly, or under a hedge as near as people round a sum that they know."""
    return made == wanted or (figure.modifier in ("about", "almost") and abs(made - wanted) <= wanted / 50 and fits(figure, wanted, made))


def fits(figure: Figure, wanted: Decimal, made: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether a computed number is what the draft says, as far as its hedge and its digits go."""
    if figure.modifier in ("more_than", "at_least"):
        return wanted <= made + slack <= wanted * (1 + 2 * NEAR_SHARE) + slack
    if figure.modifier in ("less_than", "at_most", "almost"):
        return wanted * (1 - NEAR_SHARE) - slack <= made <= wanted + slack
    if figure.modifier in ("about", "range"):
        return abs(made - wanted) <= max(wanted * NEAR_SHARE / 2, slack)
    return abs(made - wanted) <= slack


def rounding_of(value: Decimal) -> Decimal:
    """Half a unit of the last digit given."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent / 2 if isinstance(exponent, int) else Decimal(0)


def _alike(left: Figure, right: Figure) -> bool:
    """Whether two figures can be added: one unit, or none on one side."""
    units = {SUBUNITS.get(unit, unit) for unit in (unit_of(left), unit_of(right))} - {""}
    return len(units) <= 1


_Made = Iterator[tuple[tuple[Known, ...], str]]


def _sums(figure: Figure, wanted: Decimal, members: Sequence[Known]) -> _Made:
    if figure.kind in ("ratio", "rate"):
        return
    usable = [(known, _in_whole_units(known.figure) or Decimal(0)) for known in members if _alike(figure, known.figure)]
    for (left, a), (right, b) in combinations(usable, 2):
        if not _alike(left.figure, right.figure) or not a or not b:
            continue
        if _sums_up(figure, wanted, a + b):
            yield (left, right), f"{a:f} + {b:f} = {a + b:f}"
        if _sums_up(figure, wanted, abs(a - b)):
            yield (left, right), f"{max(a, b):f} − {min(a, b):f} = {abs(a - b):f}"
    for (left, a), (right, b), (third, c) in combinations(usable, 3):
        together = left.around.start == third.around.start and left.figure.document_id == third.figure.document_id
        alike = _alike(left.figure, right.figure) and _alike(right.figure, third.figure)
        if together and alike and _sums_up(figure, wanted, a + b + c):
            yield (left, right, third), f"{a:f} + {b:f} + {c:f} = {a + b + c:f}"
    for known, a in usable:
        if is_percentage(figure) and is_percentage(known.figure) and _sums_up(figure, wanted, 100 - a):
            yield (known,), f"100 − {a:f} = {100 - a:f}"


def _quotients(figure: Figure, wanted: Decimal, members: Sequence[Known]) -> _Made:
    is_share = is_percentage(figure) or (figure.unit or "").startswith("per ")
    counted = [
        (known, value_of(known.figure) or Decimal(0))
        for known in members
        if known.figure.kind != "ratio" and not is_percentage(known.figure)
    ]
    for (left, a), (right, b) in combinations(counted, 2):
        if a == b or min(a, b) <= 0 or (min(a, b) == 1 and not unit_of(left.figure)) or (min(a, b) * 50 < max(a, b) and is_share):
            continue
        small, large = min(a, b), max(a, b)
        if is_share:
            hundred = Decimal((figure.unit or "").removeprefix("per ")) if (figure.unit or "").startswith("per ") else Decimal(100)
            slack = min(rounding_of(wanted), Decimal("0.5") if n_digits(wanted) > 1 else Decimal(1))
            if _alike(left.figure, right.figure):
                for x, y in ((a, b), (b, a)):
                    if fits(figure, abs(wanted), abs(y - x) / x * hundred, slack):
                        yield (left, right), f"from {x:f} to {y:f} is {(y - x) / x * 100:.1f} percent"
                if fits(figure, wanted, small / large * hundred, slack):
                    yield (left, right), f"{small:f} of {large:f} is {small / large * 100:.1f} percent"
        elif figure.kind == "ratio":
            slack = wanted / 20
            for made, shown in (
                (small / large, f"{small:f} of {large:f} is {small / large:.2f}"),
                (large / small, f"{large:f} is {large / small:.2f} times {small:f}"),
                ((large - small) / large, f"from {large:f} to {small:f} is {(large - small) / large:.2f} less"),
            ):
                if _alike(left.figure, right.figure) and fits(figure, wanted, made, slack):
                    yield (left, right), shown
        elif unit_of(left.figure) != unit_of(right.figure) or not unit_of(left.figure):
            slack = max(rounding_of(wanted), wanted / 100) if wanted >= 10 else rounding_of(wanted)
            if fits(figure, wanted, large / small, slack):
                yield (left, right), f"{large:f} / {small:f} is {large / small:.2f}"


def _products(figure: Figure, wanted: Decimal, place: Around, members: Sequence[Known]) -> _Made:
    """A rate over a longer time ("49 a month": 588 a year), and a number told in the draft times another ("over three years")."""
    keys = frozenset(keys_of(place.sentence))
    factors = {Decimal(n) for unit, n in _MONTHS_OF.items() if unit in keys and unit != "week"}
    factors |= {Decimal(52)} if "year" in keys else set()
    told = {Decimal(number) for number in place.companions if number.isdigit() and 2 <= int(number) <= 100}
    alike = [
        (known, _in_whole_units(known.figure) or Decimal(0)) for known in members if _alike(figure, known.figure) and unit_of(known.figure)
    ]
    for known, a in alike:
        for n in sorted(factors | told):
            if fits(figure, wanted, a * n):
                yield (known,), f"{n:f} × {a:f} = {a * n:f}"
    for left, a in alike:
        for right, b in alike:
            if left is not right and left.around.start == right.around.start:
                for n in sorted(told) if unit_of(figure) else ():
                    if fits(figure, wanted, a + (n - 1) * b):
                        yield (left, right), f"{a:f} + {n - 1:f} × {b:f} = {a + (n - 1) * b:f}"
    parts = [known for known in members if known.figure.kind in ("ratio", "percent")]
    for known, a in alike:
        for part in parts:
            share = (value_of(part.figure) or Decimal(0)) / (100 if part.figure.kind == "percent" else 1)
            if known.figure.kind not in ("ratio", "percent") and known.around.start == part.around.start and 0 < share < 1:
                for made in (a * share, a * (1 - share)):
                    if fits(figure, wanted, made, made / 1000):
                        yield (known, part), f"{share if made == a * share else 1 - share:.3g} × {a:f} = {made:.6g}"


def seconds_between(figure: Figure, sentence: str) -> str:
    """How two clock times of a sentence lie so far apart as the draft's duration says; empty if none do."""
    value = value_of(figure)
    if value is None or figure.unit not in _SECONDS:
        return ""
    wanted = value * _SECONDS[figure.unit]
    times = [(found.group(), _seconds(found)) for found in _CLOCK.finditer(sentence)][:MOST_OPERANDS]
    for (left, a), (right, b) in combinations(times, 2):
        if abs(a - b) == wanted:
            return f"from {left} to {right} is {value:f} {figure.unit}s"
    return ""


def _seconds(found: re.Match[str]) -> int:
    first, second, third = (int(part) if part else None for part in found.groups())
    if third is None:
        return 3600 * (first or 0) + 60 * (second or 0)
    return 3600 * (first or 0) + 60 * (second or 0) + third


def same_clock(written: str, sentence: str) -> str:
    """The clock time of a sentence that is the written one in another form ("4.12", "04:12"); empty if there is none."""
    found = _CLOCK.fullmatch(written.strip())
    if found is None:
        return ""
    return next(
        (other.group() for other in _CLOCK.finditer(sentence) if other.groups(default="0") and _seconds(other) == _seconds(found)), ""
    )


def change_between(figure: Figure, place: Around, beside: Sequence[Figure]) -> str:
    """What a share comes to by the two numbers that the draft's own sentence gives for it, where that is another one.

    "From 60 cents to 84, or by a quarter": it is 40 percent. Empty where the sentence gives no two numbers of one unit, or it is right.
    """
    wanted = value_of(figure)
    if wanted is None or not (is_percentage(figure) or figure.kind == "ratio") or not CHANGES & frozenset(keys_of(place.sentence)):
        return ""
    numbers = [value for other in beside for value in (decimal_of(other.low), decimal_of(other.high)) if value and unit_of(other)]
    numbers = list(dict.fromkeys(numbers))
    if len(numbers) != 2 or len({unit_of(other) for other in beside}) != 1:
        return ""
    first, last = numbers
    made = abs(last - first) / first * (100 if is_percentage(figure) else 1)
    share = min(numbers) / max(numbers) * (100 if is_percentage(figure) else 1)
    if any(fits(figure, wanted, one, wanted / 10) for one in (made, share, 1 / made if made else wanted, last / first, first / last)):
        return ""
    return f"from {first:f} to {last:f} is {(last - first) / first * 100:.1f} percent"
