"""Days and moments of the proleptic Gregorian calendar, and calendar dates as exactly as they were stated."""

from __future__ import annotations

from typing import NamedTuple

from firstsaid.model import MINUTES_PER_DAY, DateRange


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
    return written(*civil_from_days(moment // MINUTES_PER_DAY))


def written(year: int, month: int | None = None, day_of_month: int | None = None) -> str:
    """A date as EDTF writes it, as far as it is stated."""
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


def days_range(first: int, last: int, basis: str, confidence: int) -> DateRange:
    """The range from the first minute of one day to the last minute of another, both in days since 1970."""
    return DateRange(first * MINUTES_PER_DAY, last * MINUTES_PER_DAY + MINUTES_PER_DAY - 1, basis, confidence)
