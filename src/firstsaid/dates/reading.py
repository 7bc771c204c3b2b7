"""One date out of a text that is nothing else: a column, a meta tag, a line of a header."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from email.utils import parsedate_tz

from firstsaid.dates.days import Stated, days_from_civil, days_range
from firstsaid.dates.edtf import at_clock, from_edtf, simple_or_clock
from firstsaid.dates.words import FORMAT_CONFIDENCE, find_dates, is_weekday
from firstsaid.errors import UsageError
from firstsaid.model import FULL, MINUTES_PER_DAY, DateRange

LONGEST_DATE_CHARS = 100
"""A longer text is no date but holds one: see `find_dates`."""


def parse_date(text: str, basis: str, languages: Sequence[str] = (), confidence: int | None = None) -> DateRange | None:
    """The date that the whole text is, or None if it is none or leaves out the year; nothing is ever filled up.

    ISO 8601 and EDTF first (full confidence), then RFC 2822, dates in words of about 190 languages, digits, and epoch seconds.
    `03/04/2019` is a range over both readings. `languages` (ISO 639-1) settle ambiguous month names and let dateparser try its luck.

    >>> from firstsaid.dates import to_json
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
    quick = simple_or_clock(text, basis, sure) or _compact(text, basis, sure)
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
        return simple_or_clock(f"{text[:4]}-{text[4:6]}-{text[6:]}", basis, confidence)
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
    return at_clock(local, None if parts[9] is None else parts[9] // 60, basis, confidence)


def _only_date_in(text: str, basis: str, languages: Sequence[str], confidence: int) -> DateRange | None:
    found = list(find_dates(text, basis, languages, confidence))
    if len(found) != 1:
        return None
    rest = re.findall(r"[^\s.,،;:()|–-]+", text[: found[0].start] + " " + text[found[0].end :])
    # Weekdays, "at", "Uhr", "kl." may stand beside a date; more words make it a sentence.
    words = [word for word in rest if not is_weekday(word)]
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
    return days_range(days, days, basis, confidence // 2)
