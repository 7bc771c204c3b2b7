"""Date ranges to and from EDTF level 1 (ISO 8601-2) and clock times of ISO 8601."""

from __future__ import annotations

import re

from firstsaid.dates.days import Stated, civil_from_days, day, days_from_civil, days_range, written
from firstsaid.errors import UsageError
from firstsaid.model import FULL, MINUTES_PER_DAY, DateRange

OPEN_EARLIEST = -9999
OPEN_LATEST = 9999
"""Years that stand for an open end (`../2019`): outside of every text's dates, and still four digits long."""

EASTERNMOST_MINUTES, WESTERNMOST_MINUTES = 14 * 60, 12 * 60
"""Clocks run from UTC-12 to UTC+14: a clock time without a zone is so much earlier or later in UTC."""


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
    simple = simple_or_clock(text, basis, confidence)
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


def simple_or_clock(text: str, basis: str, confidence: int) -> DateRange | None:
    """The range of a plain date of ISO 8601, with or without a clock time; None for anything else."""
    found = _SIMPLE.match(text)
    if found:
        stated = Stated(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
        return days_range(stated.first_day(), stated.last_day(), basis, confidence) if stated.is_possible() else None
    found = _CLOCK.match(text)
    if not found:
        return None
    year, month, day_of_month, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if not Stated(year, month, day_of_month).is_possible() or hour > 24 or minute > 59 or second > 60:
        return None
    days = days_from_civil(year, month, day_of_month)
    if hour == minute == second == 0:
        # Midnight is how programs write a date that has no time.
        return days_range(days, days, basis, confidence)
    return at_clock(days * MINUTES_PER_DAY + hour * 60 + minute, zone_minutes(found.group(7)), basis, confidence)


def at_clock(local: int, zone: int | None, basis: str, confidence: int) -> DateRange:
    """The moment of a clock time. `local`: minutes since 1970 on that clock; `zone`: its minutes east of UTC, if stated."""
    if zone is None:
        return DateRange(local - EASTERNMOST_MINUTES, local + WESTERNMOST_MINUTES, basis, confidence)
    return DateRange(local - zone, local - zone, basis, confidence)


_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
          "pst": -480, "pdt": -420, "msk": 180, "jst": 540}  # fmt: skip
"""Names that stand for one offset in practice; IST, BST and CST are three places each and stay unknown."""


def zone_minutes(zone: str | None) -> int | None:
    """How many minutes east of UTC a zone lies, by its name or as `+01:00`; None where it is neither."""
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        return (int(digits[:2]) * 60 + int(digits[2:] or 0)) * (-1 if zone[0] == "-" else 1)
    return _ZONES.get(zone.lower())


def _widened(text: str, stated: DateRange, basis: str, confidence: int) -> DateRange:
    """One unit of what is stated on each side: circa 1850 is 1849 to 1851."""
    if re.fullmatch("-?[0-9]{4}", text):
        return days_range(Stated(int(text) - 1).first_day(), Stated(int(text) + 1).last_day(), basis, confidence)
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
    return days_range(min(first, last), max(first, last), basis, confidence)


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
            return written(*stated)
    left = ".." if low[0] <= OPEN_EARLIEST else written(*low)
    right = ".." if high[0] >= OPEN_LATEST else written(*high)
    return f"{left}/{right}"


def to_json(date: DateRange) -> dict[str, str]:
    """What `--json` prints: whole days, in UTC.

    >>> to_json(from_edtf("2019-03", "column"))
    {'earliest': '2019-03-01', 'latest': '2019-03-31', 'basis': 'column'}
    """
    return {"earliest": day(date.earliest), "latest": day(date.latest), "basis": date.basis}
