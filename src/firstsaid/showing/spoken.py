"""Dates, directions and strings from strangers, as a person reads them."""

from __future__ import annotations

import re
import unicodedata

from firstsaid.dates import civil_from_days, days_in_month, to_edtf
from firstsaid.model import MINUTES_PER_DAY, DateRange

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

_TRICKS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that make a name look like another one ("gpj.exe"), or that no page may hold."""


def plain(name: str | None) -> str:
    r"""A title, outlet, file name or address as it may stand in a line of ours: controls and direction marks made visible.

    >>> plain("photo\u202egpj.exe")
    'photo�gpj.exe'
    """
    return _TRICKS.sub("\ufffd", name or "")


_DIGITS = re.compile(r"(\d+)")


def natural(name: str) -> list[tuple[int, str]]:
    """A key for the order of the alphabet, with 2 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _DIGITS.split(name)]


def direction(text: str) -> str:
    """`rtl` where the first strong character runs right to left (Unicode Bidirectional Algorithm, rule P2), else `ltr`."""
    for character in text[:500]:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def when(date: DateRange | None) -> str:
    """A date as a person reads it; no more exact than it is known.

    >>> when(DateRange(0, 1439, "meta")), when(DateRange(600, 600, "meta")), when(None)
    ('1 January 1970', '1 January 1970, 10:00 UTC', 'undated')
    """
    if date is None:
        return "undated"
    if date.earliest == date.latest:
        hour, minute = divmod(date.earliest % MINUTES_PER_DAY, 60)
        return f"{_day(date.earliest)}, {hour:02d}:{minute:02d} UTC"
    edtf = to_edtf(date)
    if ".." in edtf:
        return f"until {_day(date.latest)}" if edtf.startswith("..") else f"from {_day(date.earliest)}"
    low, high = _civil(date.earliest), _civil(date.latest)
    if "/" not in edtf:
        if low == high:
            return _day(date.earliest)
        return f"{MONTHS[low[1] - 1]} {_year(low[0])}" if low[:2] == high[:2] else _year(low[0])
    if low[0] == high[0] and low[1] == high[1]:
        return f"{low[2]}–{high[2]} {MONTHS[low[1] - 1]} {_year(low[0])}"
    if (low[1:], high[1:]) == ((1, 1), (12, days_in_month(high[0], 12))):
        return f"{_year(low[0])}–{_year(high[0])}"
    return f"{_day(date.earliest)} – {_day(date.latest)}"


def day_words(moment: int) -> str:
    """The day of a moment in words.

    >>> day_words(0)
    '1 January 1970'
    """
    return _day(moment)


def month_words(moment: int) -> str:
    """The month of a moment in words."""
    year, month, _ = _civil(moment)
    return f"{MONTHS[month - 1]} {_year(year)}"


def year_words(moment: int) -> str:
    """The year of a moment."""
    return _year(_civil(moment)[0])


def _civil(moment: int) -> tuple[int, int, int]:
    return civil_from_days(moment // MINUTES_PER_DAY)


def _day(moment: int) -> str:
    year, month, day_of_month = _civil(moment)
    return f"{day_of_month} {MONTHS[month - 1]} {_year(year)}"


def _year(year: int) -> str:
    """Astronomical years count 0 for 1 BCE."""
    return str(year) if year > 0 else f"{1 - year} BCE"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "document"), counted(1200, "family", "families")
    ('1 document', '1,200 families')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
