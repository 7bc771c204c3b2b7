"""Dates as ranges of minutes: to and from EDTF level 1 and JSON, days, and the date formats of the wild.

A date is never made more exact than what is written: a month is a month long, `03/04/2019` is 4 March or 3 April, and a clock time
without a zone may be any zone's. Nothing here looks at the clock: what a text leaves out is never filled up with today.
"""

from firstsaid.dates.days import civil_from_days, day, days_from_civil, days_in_month
from firstsaid.dates.edtf import from_edtf, to_edtf, to_json
from firstsaid.dates.reading import parse_date
from firstsaid.dates.words import find_dates, is_weekday

__all__ = [
    "civil_from_days",
    "day",
    "days_from_civil",
    "days_in_month",
    "find_dates",
    "from_edtf",
    "is_weekday",
    "parse_date",
    "to_edtf",
    "to_json",
]
