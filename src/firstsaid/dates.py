"""Dates as ranges of minutes: to and from EDTF level 1 and JSON, days, and the date formats of the wild.

A date is never made more exact than what is written: a month is a month long, `03/04/2019` is 4 March or 3 April, and a clock time
without a zone may be any zone's. Nothing here looks at the clock: what a text leaves out is never filled up with today.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from email.utils import parsedate_tz
from functools import cache
from typing import NamedTuple

from firstsaid.errors import UsageError
from firstsaid.model import FULL, MINUTES_PER_DAY, DateRange

OPEN_EARLIEST = -9999
OPEN_LATEST = 9999
"""Years that stand for an open end (`../2019`): outside of every text's dates, and still four digits long."""

EASTERNMOST_MINUTES, WESTERNMOST_MINUTES = 14 * 60, 12 * 60
"""Clocks run from UTC-12 to UTC+14: a clock time without a zone is so much earlier or later in UTC."""

FORMAT_CONFIDENCE = 9_000
"""Of dates in words: a month's name may be a word of another language that our table does not know."""


# ------------------------------------------------------------------------------------------------------------- days and moments


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the proleptic Gregorian calendar, year 0 being 1 BCE.

    Method: Hinnant, "chrono-Compatible Low-Level Date Algorithms".

    >>> days_from_civil(1970, 1, 2), days_from_civil(-43, 3, 15)
    (1, -735160)
    """
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Year, month, day of so many days since 1970-01-01; the inverse of `days_from_civil`."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def days_in_month(year: int, month: int) -> int:
    """How many days the month has."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return days_from_civil(*following, 1) - days_from_civil(year, month, 1)


def day(moment: int) -> str:
    """The UTC day of a moment (minutes since 1970) as `YYYY-MM-DD`; years before year 0 with a minus.

    >>> day(0), day(-1)
    ('1970-01-01', '1969-12-31')
    """
    return _written(*civil_from_days(moment // MINUTES_PER_DAY))


def _written(year: int, month: int | None = None, day_of_month: int | None = None) -> str:
    parts = [f"-{-year:04d}" if year < 0 else f"{year:04d}"]
    parts += [f"{part:02d}" for part in (month, day_of_month) if part is not None]
    return "-".join(parts)


class Stated(NamedTuple):
    """A calendar date as exactly as it was stated."""

    year: int
    month: int | None = None
    day: int | None = None

    def first_day(self) -> int:
        """Days since 1970 of its first day."""
        return days_from_civil(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> int:
        """Days since 1970 of its last day."""
        month = self.month or 12
        return days_from_civil(self.year, month, self.day or days_in_month(self.year, month))

    def is_possible(self) -> bool:
        """Whether the calendar has such a date."""
        if self.month is None:
            return True
        return 1 <= self.month <= 12 and (self.day is None or 1 <= self.day <= days_in_month(self.year, self.month))


def _days_range(first: int, last: int, basis: str, confidence: int) -> DateRange:
    return DateRange(first * MINUTES_PER_DAY, last * MINUTES_PER_DAY + MINUTES_PER_DAY - 1, basis, confidence)


def to_json(date: DateRange) -> dict[str, str]:
    """What `--json` prints: whole days, in UTC.

    >>> to_json(from_edtf("2019-03", "column"))
    {'earliest': '2019-03-01', 'latest': '2019-03-31', 'basis': 'column'}
    """
    return {"earliest": day(date.earliest), "latest": day(date.latest), "basis": date.basis}


# ------------------------------------------------------------------------------------------------------------- EDTF


_SIMPLE = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_CLOCK = re.compile(
    r"(-?[0-9]{4})-?([0-9]{2})-?([0-9]{2})[Tt ]\s?([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"\s?([Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?\Z"
)


def from_edtf(text: str, basis: str, confidence: int = FULL) -> DateRange:
    """The range that an EDTF level 1 expression (or an ISO 8601 date and time) stands for; raises `UsageError` for anything else.

    Circa (`~`, `%`) widens by one unit of what is stated, uncertain (`?`) halves the confidence; `..` opens an end.

    >>> date = from_edtf("2019-03-04", "column")
    >>> day(date.earliest), day(date.latest), date.latest - date.earliest
    ('2019-03-04', '2019-03-04', 1439)
    """
    text = text.strip()
    simple = _simple_or_clock(text, basis, confidence)
    if simple is not None:
        return simple
    if text.count("/") == 1:
        left, right = (part.strip() for part in text.split("/"))
        if left in ("", "..") and right in ("", ".."):
            raise UsageError(f"{text!r} has no end that is known: write it as '2019/..' or '../2019'")
        begin = None if left in ("", "..") else from_edtf(left, basis, confidence)
        finish = None if right in ("", "..") else from_edtf(right, basis, confidence)
        earliest = begin.earliest if begin else days_from_civil(OPEN_EARLIEST, 1, 1) * MINUTES_PER_DAY
        latest = finish.latest if finish else days_from_civil(OPEN_LATEST + 1, 1, 1) * MINUTES_PER_DAY - 1
        if earliest > latest:
            raise UsageError(f"the interval {text!r} ends before it begins")
        return DateRange(earliest, latest, basis, min(part.confidence for part in (begin, finish) if part))
    if text[-1:] in ("~", "?", "%"):
        stated = from_edtf(text[:-1], basis, confidence)
        doubted = confidence if text[-1] == "~" else confidence // 2
        return DateRange(stated.earliest, stated.latest, basis, doubted) if text[-1] == "?" else _widened(text[:-1], stated, basis, doubted)
    return _by_library(text, basis, confidence)


def _simple_or_clock(text: str, basis: str, confidence: int) -> DateRange | None:
    found = _SIMPLE.match(text)
    if found:
        stated = Stated(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
        return _days_range(stated.first_day(), stated.last_day(), basis, confidence) if stated.is_possible() else None
    found = _CLOCK.match(text)
    if not found:
        return None
    year, month, day_of_month, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if not Stated(year, month, day_of_month).is_possible() or hour > 24 or minute > 59 or second > 60:
        return None
    days = days_from_civil(year, month, day_of_month)
    if hour == minute == second == 0:
        # Midnight is how programs write a date that has no time.
        return _days_range(days, days, basis, confidence)
    return _at_clock(days * MINUTES_PER_DAY + hour * 60 + minute, _zone_minutes(found.group(7)), basis, confidence)


def _at_clock(local: int, zone: int | None, basis: str, confidence: int) -> DateRange:
    if zone is None:
        return DateRange(local - EASTERNMOST_MINUTES, local + WESTERNMOST_MINUTES, basis, confidence)
    return DateRange(local - zone, local - zone, basis, confidence)


_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
          "pst": -480, "pdt": -420, "msk": 180, "jst": 540}  # fmt: skip
"""Names that stand for one offset in practice; IST, BST and CST are three places each and stay unknown."""


def _zone_minutes(zone: str | None) -> int | None:
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        return (int(digits[:2]) * 60 + int(digits[2:] or 0)) * (-1 if zone[0] == "-" else 1)
    return _ZONES.get(zone.lower())


def _widened(text: str, stated: DateRange, basis: str, confidence: int) -> DateRange:
    """One unit of what is stated on each side: circa 1850 is 1849 to 1851."""
    if re.fullmatch("-?[0-9]{4}", text):
        return _days_range(Stated(int(text) - 1).first_day(), Stated(int(text) + 1).last_day(), basis, confidence)
    unit = stated.latest - stated.earliest + 1
    return DateRange(stated.earliest - unit, stated.latest + unit, basis, confidence)


def _by_library(text: str, basis: str, confidence: int) -> DateRange:
    """Unspecified digits, seasons and long years, as the `edtf` library reads them."""
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        first, last = days_from_civil(*low[:3]), days_from_civil(*high[:3])
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise UsageError(f"{text!r} is no date: write it as 2019, 2019-03, 2019-03-04, 2019~ or 2019-03/2019-05 (EDTF level 1)") from error
    return _days_range(min(first, last), max(first, last), basis, confidence)


def to_edtf(date: DateRange) -> str:
    """EDTF level 1 that covers the range; the same range where that is whole days or one minute, else widened to whole days.

    >>> to_edtf(from_edtf("2019", "column")), to_edtf(from_edtf("2019-03-04T10:20+01:00", "column"))
    ('2019', '2019-03-04T09:20:00Z')
    """
    if date.earliest == date.latest:
        hour, minute = divmod(date.earliest % MINUTES_PER_DAY, 60)
        return f"{day(date.earliest)}T{hour:02d}:{minute:02d}:00Z"
    low = civil_from_days(date.earliest // MINUTES_PER_DAY)
    high = civil_from_days(date.latest // MINUTES_PER_DAY)
    for stated in (Stated(low[0]), Stated(low[0], low[1]), Stated(*low)):
        if civil_from_days(stated.first_day()) == low and civil_from_days(stated.last_day()) == high:
            return _written(*stated)
    left = ".." if low[0] <= OPEN_EARLIEST else _written(*low)
    right = ".." if high[0] >= OPEN_LATEST else _written(*high)
    return f"{left}/{right}"


# ------------------------------------------------------------------------------------------------------------- dates in words

_MONTH_KEYS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_WEEKDAY_KEYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MORE_MONTHS = {
    # Arabic month names of the Levant and the Maghreb, which the library's table lacks.
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9, "تشرين الأول": 10,
    "تشرين الثاني": 11, "كانون الأول": 12, "جانفي": 1, "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "أوت": 8, "غشت": 8,
    "شتنبر": 9, "نونبر": 11, "دجنبر": 12,
}  # fmt: skip
_JALALI_MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

_WORD = r"(?:(?:كانون|تشرين) )?[^\s\d.,;:/()\[\]|–-]{1,20}"
_JOIN = r"(?:de|del|of|d'|d’|den|på|al)?"
_YEAR = r"(\d{4})(?![\d\w])"
_DAY_FIRST = re.compile(
    rf"(?<![\d\w.,/-])(\d{{1,2}})(?:st|nd|rd|th|er|re|º|ª|°|\.|-)?\s{{0,2}}{_JOIN}\s?({_WORD})[.,]?\s{{0,2}}-?{_JOIN}\s?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"(?<![\d\w])({_WORD})\.?\s{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?\s?[,،]?\s{{1,2}}{_YEAR}")
_YEAR_FIRST = re.compile(rf"(?<![\d\w])(\d{{4}})\.?\s{{1,2}}({_WORD})\s{{1,2}}(\d{{1,2}})(?!\d)")
_EAST_ASIAN = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_MONTH_ONLY = re.compile(rf"(?<![\d\w])({_WORD})[.,]?\s{{1,2}}{_JOIN}\s?{_YEAR}")
_BIG_ENDIAN = re.compile(r"(?<![\d\w.,/-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-])")
_LITTLE_ENDIAN = re.compile(r"(?<![\d\w.,/-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?![\d\w/-])")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})[:h.](\d{2})(?::\d{2})?\s?([ap]\.?m\.?(?![a-z]))?\s{0,2}\(?"
    r"(Z|UTC|GMT|[A-Z]{3,4}(?![a-zA-Z])|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


@cache
def _names() -> tuple[dict[str, dict[str, int]], frozenset[str]]:
    """Names of months (word -> language -> number) and weekdays of every language that dateparser's CLDR tables know."""
    import pkgutil
    from importlib import import_module

    import dateparser.data.date_translation_data as tables

    months: dict[str, dict[str, int]] = {}
    weekdays: set[str] = set()
    for name in sorted(module.name for module in pkgutil.iter_modules(tables.__path__)):
        if "-" in name:
            continue
        info = import_module(f"{tables.__name__}.{name}").info
        for number, key in enumerate(_MONTH_KEYS, 1):
            for word in info.get(key, ()):
                months.setdefault(word.lower().rstrip("."), {})[name] = number
        for key in _WEEKDAY_KEYS:
            weekdays.update(word.lower().rstrip(".") for word in info.get(key, ()))
    for word, number in _MORE_MONTHS.items():
        months.setdefault(word, {})["ar"] = number
    return months, frozenset(weekdays)


def _months(word: str, languages: Sequence[str]) -> list[int]:
    """Which months the word may be: usually none or one. The languages asked for win, then English, which dates so much of the web."""
    by_language = _names()[0].get(word.lower().rstrip("."))
    if not by_language:
        return []
    for language in (*languages, "en"):
        if language in by_language:
            return [by_language[language]]
    return sorted(set(by_language.values()))


def is_weekday(word: str) -> bool:
    """Whether the word names a day of the week in some language."""
    return word.lower().rstrip(".") in _names()[1]


def _from_jalali(year: int, month: int, day_of_month: int) -> int:
    """Days since 1970 of a date in the Iranian solar calendar (33-year leap cycle, right for 1178 to 1633 AP)."""
    year += 1595
    days = -355_668 + 365 * year + year // 33 * 8 + (year % 33 + 3) // 4 + day_of_month
    days += (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return days - 719_528


class Found(NamedTuple):
    """A date in a text: code points `start`..`end`, half-open, time included if there is one."""

    start: int
    end: int
    date: DateRange


def find_dates(text: str, basis: str, languages: Sequence[str] = (), confidence: int = FORMAT_CONFIDENCE) -> Iterator[Found]:
    """Dates of at least month and year, written in words or digits, in reading order, without overlaps.

    Cost: linear; meant for lines, not for whole books. A clock time counts when it follows the date within a few characters.
    """
    candidates: list[tuple[int, int, int, int]] = []
    for pattern in (_BIG_ENDIAN, _LITTLE_ENDIAN, _EAST_ASIAN, _DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _MONTH_ONLY):
        for found in pattern.finditer(text):
            days = _matched_days(pattern, found, languages)
            if days:
                candidates.append((found.start(), -found.end(), *days))
    reached = 0
    for start, minus_end, first, last in sorted(candidates):
        if start < reached:
            continue
        end = -minus_end
        date = _days_range(first, last, basis, confidence if last - first < 32 else confidence // 2)
        clock = _TIME.search(text, end, end + 24) if first == last else None
        if clock and not re.search(r"\d", text[end : clock.start()]):
            with_time = _with_time(first, clock, basis, confidence)
            if with_time:
                date, end = with_time, clock.end()
        reached = end
        yield Found(start, end, date)


def _with_time(days: int, clock: re.Match[str], basis: str, confidence: int) -> DateRange | None:
    hour, minute, half, zone = int(clock.group(1)), int(clock.group(2)), clock.group(3), clock.group(4)
    if half:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    return _at_clock(days * MINUTES_PER_DAY + hour * 60 + minute, _zone_minutes(zone), basis, confidence)


def _matched_days(pattern: re.Pattern[str], found: re.Match[str], languages: Sequence[str]) -> tuple[int, int] | None:
    """First and last day of a match, or None where it is no date."""
    parts = found.groups()
    if pattern is _BIG_ENDIAN:
        year, month, day_of_month = int(parts[0]), int(parts[2]), int(parts[3])
        if "\u06f0" <= parts[0][0] <= "\u06f9" and 1250 <= year <= 1450:
            return _jalali_days(year, month, day_of_month)
        return _ends([Stated(year, month, day_of_month)])
    if pattern is _LITTLE_ENDIAN:
        left, right, year = int(parts[0]), int(parts[2]), int(parts[3])
        # With dots the day comes first everywhere; with strokes only a number above 12 tells.
        orders = [Stated(year, right, left)] if parts[1] == "." else [Stated(year, right, left), Stated(year, left, right)]
        return _ends(orders)
    if pattern is _EAST_ASIAN:
        return _ends([Stated(int(parts[0]), int(parts[1]), int(parts[2]) if parts[2] else None)])
    places = {_DAY_FIRST: (2, 1, 0), _MONTH_FIRST: (2, 0, 1), _YEAR_FIRST: (0, 1, 2), _MONTH_ONLY: (1, 0, None)}
    year_at, word_at, day_at = places[pattern]
    year, word = int(parts[year_at]), parts[word_at]
    day_stated = int(parts[day_at]) if day_at is not None else None
    if word in _JALALI_MONTHS and 1250 <= year <= 1450:
        return _jalali_days(year, _JALALI_MONTHS.index(word) + 1, day_stated)
    if not 1000 <= year <= 2999:
        return None
    if year > 2400 and "th" in _names()[0].get(word.lower(), ()):
        year -= 543  # the Thai calendar counts from the Buddha's death
    return _ends([Stated(year, month, day_stated) for month in _months(word, languages)])


def _jalali_days(year: int, month: int, day_of_month: int | None) -> tuple[int, int] | None:
    if not 1 <= month <= 12 or not 1 <= (day_of_month or 1) <= 31:
        return None
    first = _from_jalali(year, month, day_of_month or 1)
    return (first, first) if day_of_month else (first, _from_jalali(*((year + 1, 1) if month == 12 else (year, month + 1)), 1) - 1)


def _ends(readings: list[Stated]) -> tuple[int, int] | None:
    possible = [stated for stated in readings if stated.is_possible() and stated.year > 0]
    if not possible:
        return None
    return min(stated.first_day() for stated in possible), max(stated.last_day() for stated in possible)


LONGEST_DATE_CHARS = 100
"""A longer text is no date but holds one: see `find_dates`."""


def parse_date(text: str, basis: str, languages: Sequence[str] = (), confidence: int | None = None) -> DateRange | None:
    """The date that the whole text is, or None if it is none or leaves out the year; nothing is ever filled up.

    ISO 8601 and EDTF first (full confidence), then RFC 2822, dates in words of about 190 languages, digits, and epoch seconds.
    `03/04/2019` is a range over both readings. `languages` (ISO 639-1) settle ambiguous month names and let dateparser try its luck.

    >>> to_json(parse_date("March 2019", "column"))
    {'earliest': '2019-03-01', 'latest': '2019-03-31', 'basis': 'column'}
    >>> parse_date("3 days ago", "column") is None
    True
    """
    text = text.strip()
    if not text or len(text) > LONGEST_DATE_CHARS or not any(character.isdigit() for character in text):
        return None
    sure = FULL if confidence is None else confidence
    in_words = FORMAT_CONFIDENCE if confidence is None else confidence
    quick = _simple_or_clock(text, basis, sure) or _compact(text, basis, sure)
    if quick:
        return quick
    if text[0] in "-.Y" or text[-1] in "~?%X./" or ("/" in text and re.fullmatch(r"[-\d/.~?%X]{6,}", text) and text.count("/") == 1):
        try:
            return from_edtf(text, basis, sure)
        except UsageError:
            pass
    return (
        _mail_date(text, basis, sure) or _only_date_in(text, basis, languages, in_words) or _by_dateparser(text, basis, languages, in_words)
    )


def _compact(text: str, basis: str, confidence: int) -> DateRange | None:
    """`20190304` and seconds or milliseconds since 1970."""
    if not (text.isascii() and text.isdigit()):
        return None
    if len(text) == 8:
        return _simple_or_clock(f"{text[:4]}-{text[4:6]}-{text[6:]}", basis, confidence)
    if len(text) in (10, 13):
        moment = int(text[:10]) // 60
        return DateRange(moment, moment, basis, confidence)
    return None


def _mail_date(text: str, basis: str, confidence: int) -> DateRange | None:
    if ":" not in text or not text.isascii():
        return None
    parts = parsedate_tz(text) if re.match(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d", text) else None
    if not parts or not Stated(*parts[:3]).is_possible():
        return None
    local = days_from_civil(*parts[:3]) * MINUTES_PER_DAY + parts[3] * 60 + parts[4]
    return _at_clock(local, None if parts[9] is None else parts[9] // 60, basis, confidence)


def _only_date_in(text: str, basis: str, languages: Sequence[str], confidence: int) -> DateRange | None:
    found = list(find_dates(text, basis, languages, confidence))
    if len(found) != 1:
        return None
    rest = re.findall(r"[^\s.,،;:()|–-]+", text[: found[0].start] + " " + text[found[0].end :])
    # Weekdays, "at", "Uhr", "kl." may stand beside a date; more words make it a sentence.
    words = [word for word in rest if word.lower() not in _names()[1]]
    return found[0].date if len(words) <= 2 and not any(character.isdigit() for word in words for character in word) else None


def _by_dateparser(text: str, basis: str, languages: Sequence[str], confidence: int) -> DateRange | None:
    """What our patterns miss, if the library finds day, month and year in it and the year is written there.

    Only for known languages: without them the library loads and tries them all, seconds for a first date and 20 ms for every other.
    """
    if not languages or not re.search(r"\d{4}", text) or len(re.findall(r"\w+", text)) < 3 or not re.search(r"[^\W\d_]{3}", text):
        return None
    import dateparser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RETURN_AS_TIMEZONE_AWARE": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(text, languages=[*languages], settings=settings)
    if found is None or str(found.year) not in {str(int(digits)) for digits in re.findall(r"\d{4}", text)}:
        return None
    days = days_from_civil(found.year, found.month, found.day)
    return _days_range(days, days, basis, confidence // 2)
