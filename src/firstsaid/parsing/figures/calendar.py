"""Dates as figures, and the day a sentence speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.dates import civil_from_days, days_from_civil, days_in_month
from firstsaid.model import MINUTES_PER_DAY, DateRange
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.time_names import MAX_NAME_WORDS, opens_name

_MONTH_NAMES = (
    "january jan januar janvier enero", "february feb februar février febrero", "march mar märz mars marzo", "april apr avril abril",
    "may mai mayo", "june jun juni juin junio", "july jul juli juillet julio", "august aug août agosto",
    "september sep sept septembre septiembre", "october oct oktober octobre octubre", "november nov novembre noviembre",
    "december dec dezember décembre diciembre",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_ALSO_WORDS = frozenset(["may", "mar", "march", "mai", "mars", "jun"])  # months only beside a number, with a capital
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag lundi lunes", "tuesday dienstag mardi martes", "wednesday mittwoch mercredi "
            "miércoles", "thursday donnerstag jeudi jueves",
            "friday freitag vendredi viernes", "saturday samstag samedi sábado", "sunday sonntag dimanche domingo",
        )
    )
    for name in names.split()
}  # fmt: skip
YEARS = range(1000, 2200)  # a bare number in this range may be a year; outside of it a text would say "AD" or "BCE"
_AFTER_YEAR_PREPOSITION = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "during",
        "from",
        "before",
        "after",
        "of",
        "early",
        "late",
        "mid",
        "between",
        "circa",
        "c",
        "through",
        "throughout",
        "year",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "im",
        "jahr",
        "seit",
        "bis",
        "en",
        "depuis",
        "desde",
        "hasta",
        "année",
        "año",
        "ab",
        "fy",
        "fiscal",
        "around",
        "back",
        "mid-",
    ]
)
_HALF_A_YEAR_DAYS = 183  # a date without a year is the nearest one: at most half a year from the document's day


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date over the tokens `first`..`next`: EDTF bounds as text, and days since 1970 where the year is known."""

    low: str
    high: str
    first: int
    next: int
    first_day: int | None
    last_day: int | None

    @property
    def as_of(self) -> tuple[int, int] | None:
        """First and last minute, where the year is known."""
        if self.first_day is None or self.last_day is None:
            return None
        return self.first_day * MINUTES_PER_DAY, self.last_day * MINUTES_PER_DAY + MINUTES_PER_DAY - 1


def published_day(published: DateRange | None) -> int | None:
    """The day since 1970 that relative dates count from, if the document's date is known to a week."""
    if published is None or published.latest - published.earliest > 7 * MINUTES_PER_DAY:
        return None
    return published.latest // MINUTES_PER_DAY


def year_of(number: str) -> int | None:
    """The year that four digits may stand for."""
    if len(number) == 4 and number.isdecimal() and int(number) in YEARS:
        return int(number)
    return None


def _day(year: int, month: int, day: int, first: int, following: int) -> Calendar | None:
    if not (1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        return None
    written = f"{year:04d}-{month:02d}-{day:02d}"
    number = days_from_civil(year, month, day)
    return Calendar(written, written, first, following, number, number)


def _month(year: int, month: int, first: int, following: int) -> Calendar:
    start = days_from_civil(year, month, 1)
    written = f"{year:04d}-{month:02d}"
    return Calendar(written, written, first, following, start, start + days_in_month(year, month) - 1)


def years(low: int, high: int, first: int, following: int) -> Calendar:
    """A year, or a range of years."""
    return Calendar(f"{low:04d}", f"{high:04d}", first, following, days_from_civil(low, 1, 1), days_from_civil(high, 12, 31))


def _yearless(month: int, day: int, first: int, following: int, today: int | None) -> Calendar | None:
    if not 1 <= day <= (29 if month == 2 else days_in_month(2001, month)):
        return None
    if today is not None:
        year = civil_from_days(today)[0]
        candidates = [days_from_civil(y, month, day) for y in (year - 1, year, year + 1) if day <= days_in_month(y, month)]
        nearest = min(candidates, key=lambda number: (abs(number - today), number), default=None)
        if nearest is not None and abs(nearest - today) <= _HALF_A_YEAR_DAYS:
            y, m, d = civil_from_days(nearest)
            return _day(y, m, d, first, following)
    written = f"XXXX-{month:02d}-{day:02d}"
    return Calendar(written, written, first, following, None, None)


def month_at(t: Tokens, at: int) -> int | None:
    """The month that the token names; words that are also verbs need a capital."""
    month = MONTHS.get(t.word(at))
    if month is not None and t.word(at) in _ALSO_WORDS and not t.is_capitalised(at):
        return None
    return month


def _small(t: Tokens, at: int) -> tuple[int, int] | None:
    """A day of a month at token `at` ("4", "4th", "4."), and the token after it."""
    if t.kind(at) != "n" or len(t.raw(at)) > 2 or not t.raw(at).isdecimal() or not 1 <= int(t.raw(at)) <= 31:
        return None
    following = at + 1
    if t.is_glued(following) and t.word(following) in ("st", "nd", "rd", "th", "."):
        if t.word(following) == "." and month_at(t, following + 1) is None:
            return int(t.raw(at)), following
        following += 1
    return int(t.raw(at)), following


def _year_at(t: Tokens, at: int) -> tuple[int, int] | None:
    if t.word(at) in (",", "of", "de"):
        at += 1
    year = year_of(t.raw(at)) if t.kind(at) == "n" else None
    if year is None or (t.is_glued(at + 1) and t.word(at + 1) in ("%", "/")):
        return None
    return year, at + 1


def date_at(t: Tokens, at: int, today: int | None) -> Calendar | None:
    """The date that begins at token `at`: day and month in either order, month and year, ISO, dotted, slashed, CJK."""
    month = month_at(t, at)
    if month is not None:
        return _month_first(t, at, month, today)
    if t.kind(at) != "n":
        return None
    raw = t.raw(at)
    if t.word(at + 1) == "年" and len(raw) <= 4:
        return _han(t, at)
    iso = _iso(t, at)
    if iso is not None:
        return iso
    if raw.count(".") == 2:
        day, month_text, year_text = raw.split(".")
        if len(year_text) == 4 and len(day) <= 2 and len(month_text) <= 2 and int(year_text) in YEARS:
            return _day(int(year_text), int(month_text), int(day), at, at + 1)
        return None
    small = _small(t, at)
    if small is None:
        return None
    day_number, following = small
    of_at = following + 1 if t.word(following) in ("of", "de") else following
    month = month_at(t, of_at)
    if month is not None and not (t.is_glued(of_at) and of_at == following and t.word(following - 1) != "."):
        after = of_at + 1
        if t.word(after) == "." and year_of(t.raw(after + 1)):
            after += 1
        dated = _year_at(t, after)
        if dated is not None:
            return _day(dated[0], month, day_number, at, dated[1])
        return _yearless(month, day_number, at, of_at + 1, today)
    # "4-6 March 2019": the day range is one date figure.
    if t.word(following) in ("-", "–", "to", "and", "bis") and _small(t, following + 1) is not None:
        last = _small(t, following + 1)
        month = month_at(t, last[1]) if last else None
        if last is not None and month is not None and day_number < last[0]:
            dated = _year_at(t, last[1] + 1)
            ends = [
                _day(dated[0], month, number, at, dated[1]) if dated else _yearless(month, number, at, last[1] + 1, today)
                for number in (day_number, last[0])
            ]
            if ends[0] is not None and ends[1] is not None:
                return Calendar(ends[0].low, ends[1].high, at, ends[1].next, ends[0].first_day, ends[1].last_day)
    return None


def _month_first(t: Tokens, at: int, month: int, today: int | None) -> Calendar | None:
    after = at + 1
    if t.word(after) == "." and len(t.word(at)) <= 4:
        after += 1
    small = _small(t, after)
    if small is not None and "\n" not in t.gap(after):
        day_number, following = small
        if t.is_glued(following) and t.word(following) in (":", "%"):
            return None
        dated = _year_at(t, following)
        # "March 4, 2019 people" has no comma before the noun; a year is believed after a comma or directly.
        if dated is not None:
            return _day(dated[0], month, day_number, at, dated[1])
        if t.word(following) in ("-", "–") and _small(t, following + 1) is not None:
            last = _small(t, following + 1)
            if last is not None and last[0] > day_number:
                ended = _year_at(t, last[1])
                ends = [
                    _day(ended[0], month, number, at, ended[1]) if ended else _yearless(month, number, at, last[1], today)
                    for number in (day_number, last[0])
                ]
                if ends[0] is not None and ends[1] is not None:
                    return Calendar(ends[0].low, ends[1].high, at, ends[1].next, ends[0].first_day, ends[1].last_day)
        return _yearless(month, day_number, at, following, today)
    dated = _year_at(t, after)
    if dated is not None and "\n" not in t.gap(dated[1] - 1):
        return _month(dated[0], month, at, dated[1])
    return None


def _iso(t: Tokens, at: int) -> Calendar | None:
    mark = t.word(at + 1)
    if mark not in ("-", "/") or not (t.is_glued(at + 1) and t.is_glued(at + 2) and t.kind(at + 2) == "n"):
        return None
    has_three = t.word(at + 3) == mark and t.is_glued(at + 3) and t.is_glued(at + 4) and t.kind(at + 4) in ("n", "m")
    if not has_three:
        return None
    first, second, third = t.raw(at), t.raw(at + 2), t.raw(at + 4)
    if not (first.isdecimal() and second.isdecimal()):
        return None
    if year_of(first) and len(second) == 2 and third[:2].isdecimal() and len(third) == 2:
        following = at + 5
        if t.is_glued(following) and t.kind(following) == "m" and t.word(following).startswith("t"):
            following += 1
            while following < len(t) and t.is_glued(following) and following < at + 16:
                following += 1
        return _day(int(first), int(second), int(third), at, following)
    if mark == "/" and year_of(third) and len(first) <= 2 and len(second) <= 2:
        if int(first) > 12:
            return _day(int(third), int(second), int(first), at, at + 5)
        if int(second) > 12:
            return _day(int(third), int(first), int(second), at, at + 5)
        # 03/04/2019 is 3 April or 4 March: both ends are kept.
        either = sorted(
            (
                found
                for found in (_day(int(third), int(first), int(second), at, at + 5), _day(int(third), int(second), int(first), at, at + 5))
                if found
            ),
            key=lambda found: found.low,
        )
        if either:
            return Calendar(either[0].low, either[-1].high, at, at + 5, either[0].first_day, either[-1].last_day)
    return None


def _han(t: Tokens, at: int) -> Calendar | None:
    year = year_of(t.raw(at))
    if year is None:
        return None
    if t.kind(at + 2) == "n" and t.word(at + 3) == "月" and t.raw(at + 2).isdecimal() and 1 <= int(t.raw(at + 2)[:4]) <= 12:
        month = int(t.raw(at + 2))
        if t.kind(at + 4) == "n" and t.word(at + 5) in ("日", "号") and t.raw(at + 4).isdecimal():
            return _day(year, month, int(t.raw(at + 4)[:4]), at, at + 6)
        return _month(year, month, at, at + 4)
    return years(year, year, at, at + 2)


_OF_A_YEAR = frozenset(
    ("charter", "treaty", "act", "battle", "siege", "revolution", "constitution", "edict", "war", "famine", "plague", "flood", "crisis")
)  # "the charter of 1215 names"


def is_year(t: Tokens, at: int) -> bool:
    """Whether the bare four digits at token `at` are a year and not a count: by the words before and after."""
    if year_of(t.raw(at)) is None:
        return False
    before, after = t.word(at - 1), t.word(at + 1)
    if before in (
        "than",
        "about",
        "around",
        "nearly",
        "some",
        "almost",
        "over",
        "under",
        "least",
        "most",
        "killed",
        "only",
        "just",
    ) and not (t.kind(at + 1) != "w" and before == "around"):
        return False
    if before == "." and t.word(at - 2) in ("d", "e") and t.is_glued(at - 1):
        return True  # A.D. 1000
    if before == "of" and t.word(at - 2) in _OF_A_YEAR:
        return True
    if before in ("of", "by") and t.word(at - 2) in (
        "average",
        "total",
        "sum",
        "cost",
        "number",
        "price",
        "maximum",
        "minimum",
        "increased",
        "rose",
        "fell",
        "fee",
    ):
        return False
    if before in ("from", "between") and after in ("to", "and") and t.kind(at + 2) == "n" and _counts(t, at + 3):
        return False  # "from 1000 to 2000 workers"
    if before in _AFTER_YEAR_PREPOSITION or before in ("'", "’"):
        return not (before in ("of", "by", "from", "between") and _counts(t, at + 1))
    if t.word(at - 2) in ("mid", "early", "late") and before == "-":
        return True
    if before == "(" and after == ")":
        return True
    if after == "s" and t.is_glued(at + 1):
        return True
    return 1900 <= int(t.raw(at)) <= 2100 and not _counts(t, at + 1)


def _counts(t: Tokens, at: int) -> bool:
    """Whether the word after could be what a number counts: a lower-case word that looks like a plural."""
    word = t.word(at)
    if t.kind(at) != "w" or t.is_capitalised(at) or t.is_glued(at):
        return t.kind(at) == "s" and word in ("%", "°")
    return (word.endswith("s") and len(word) > 3 and not word.endswith("ss") and word not in ("was", "has", "elections",
    "protests", "olympics")) or word in (
        "people", "men", "women", "children", "dead", "killed", "injured", "wounded", "percent", "per", "km", "kg", "million", "billion",
    )  # fmt: skip


_RELATIVE_DAYS = {"today": 0, "yesterday": -1, "tonight": 0, "heute": 0, "gestern": -1, "aujourd'hui": 0, "hier": -1, "ayer": -1, "hoy": 0}
_NOT_THE_DAY = frozenset(["since", "until", "till", "before", "after", "from", "between", "through"])


def _opens_name(t: Tokens, at: int, opens_sentence: bool) -> bool:
    return opens_name([t.raw(token) for token in range(max(0, at - 1), at + MAX_NAME_WORDS + 1)], min(at, 1), opens_sentence)


def days_spoken_of(t: Tokens, start: int, end: int, dates: list[Calendar], today: int | None) -> list[tuple[int, int, int]]:
    """The days that a sentence (tokens `start`..`end`) speaks of: (token, first minute, last minute), in order."""
    found: list[tuple[int, int, int]] = []
    for date in dates:
        moments = date.as_of
        if moments is not None and t.word(date.first - 1) not in _NOT_THE_DAY:
            found.append((date.first, *moments))
    if today is not None:
        for at in range(start, end):
            word = t.lower[at]
            offset: int | None = _RELATIVE_DAYS.get(word)
            is_day = word in WEEKDAYS and t.is_capitalised(at) and t.word(at - 1) not in _NOT_THE_DAY and t.word(at - 1) != "next"
            if is_day and not _opens_name(t, at, at == start):
                # 1970-01-01 was a Thursday; the latest such day, the document's own included.
                offset = -((today + 3 - WEEKDAYS[word]) % 7)
            if offset is not None:
                first = (today + offset) * MINUTES_PER_DAY
                found.append((at, first, first + MINUTES_PER_DAY - 1))
    found.sort()
    return found
