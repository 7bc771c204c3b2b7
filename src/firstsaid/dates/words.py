"""Dates as texts write them, in words and digits of many languages and calendars, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from firstsaid.dates.days import Stated, days_range
from firstsaid.dates.edtf import at_clock, zone_minutes
from firstsaid.model import MINUTES_PER_DAY, DateRange

FORMAT_CONFIDENCE = 9_000
"""Of dates in words: a month's name may be a word of another language that our table does not know."""

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
        date = days_range(first, last, basis, confidence if last - first < 32 else confidence // 2)
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
    return at_clock(days * MINUTES_PER_DAY + hour * 60 + minute, zone_minutes(zone), basis, confidence)


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
