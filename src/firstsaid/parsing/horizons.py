"""When a prediction says it will be so: the words of its horizon, resolved against the document's date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstsaid.dates import civil_from_days, days_from_civil, days_in_month
from firstsaid.model import MINUTES_PER_DAY
from firstsaid.parsing.figures.calendar import MONTHS, WEEKDAYS
from firstsaid.parsing.horizon_words import EARLY, LATE, MIDDLE, NTHS, NUMBERS, PATTERNS, SEASONS, UNITS

Days = tuple[int, int]
"""First and last day, as days since 1970."""

_GROUP = re.compile(r"([a-z]+)([12])[a-z]+\Z")
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
# Winter ends in the year after the one it is named by ("winter 2022" without more is December to February).
_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_HAN_MONTHS = {name: number for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)}
_FEW = 9  # "the coming weeks": up to nine of them, so that it is never called overdue too early
_LOOKS_BACK = re.compile(
    r"\b(?:\w+ed|made|given|taken|held|begun|known|seen|found|fell|rose|was|were|said|met|won|lost|left|came|went|began) $"
)  # "issued in May"
_PLANNED = re.compile(
    r"\b(?:expected|scheduled|planned|slated|projected|estimated|anticipated|predicted|needed|delayed|postponed|promised|proposed) $|"
    r"\b(?:be|being|get|have|has) \w{3,16} $"
)  # "expected in May", "will be opened in May"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The words of a horizon in the text, and first and last moment where they can be resolved."""

    start: int
    end: int
    earliest: int | None
    latest: int | None


def find_horizon(sentence: str, offset: int, today: int | None, language: str = "en") -> Horizon | None:
    """The most definite horizon of a sentence, in the order of the patterns. `today`: days since 1970, None if unknown."""
    searched = _with_small_head(sentence)
    for name, pattern in PATTERNS.get(language, PATTERNS["en"]):
        for match in pattern.finditer(searched):
            if name in ("at", "range") and _is_past(searched, match):
                continue
            days = _resolve(name, match, today)
            if days is not None and today is not None and days[1] < today:
                continue  # a date that had passed is no horizon
            earliest = days[0] * MINUTES_PER_DAY if days else None
            latest = days[1] * MINUTES_PER_DAY + MINUTES_PER_DAY - 1 if days else None
            return Horizon(offset + match.start(), offset + match.end(), earliest, latest)
    return None


def _with_small_head(sentence: str) -> str:
    """The sentence with a small first letter, where it is a word that opens a horizon ("By the end of 2025")."""
    head = re.match(r"\W{0,4}([A-Z])[a-z]{1,10}['’ ]", sentence)
    if head is None or re.match(r"[A-Z]\w+", sentence[head.start(1) :]).group().lower() in {*MONTHS, *WEEKDAYS}:  # type: ignore[union-attr]
        return sentence
    at = head.start(1)
    return sentence[:at] + sentence[at].lower() + sentence[at + 1 :]


def _is_past(sentence: str, match: re.Match[str]) -> bool:
    """Whether the time is that of something done ("issued in May")."""
    before = sentence[max(0, match.start() - 24) : match.start()]
    return _LOOKS_BACK.search(before) is not None and _PLANNED.search(before) is None


def _resolve(name: str, match: re.Match[str], today: int | None) -> Days | None:
    """First and last day of the horizon. A year needs no document date; nearly everything else does."""
    held = {key: value for key, value in match.groupdict().items() if value}
    times: list[dict[str, str]] = [{}, {}]
    for key, value in held.items():
        group = _GROUP.match(key)
        if group is not None:
            times[int(group.group(2)) - 1][group.group(1)] = value.strip().lower()
    if name in ("length", "coming"):
        return _length(held, today)
    if name == "soon" or not times[0]:
        return None
    looks_ahead = name in ("limit", "rest")
    second = _period(times[1], today, None, looks_ahead=True) if times[1] else None
    year = civil_from_days(second[0])[0] if second is not None else None
    first = _period(times[0], today, year, looks_ahead=looks_ahead)
    if first is None:
        return None
    if second is not None and "year" not in times[0] and first[0] > second[1]:
        first = _period(times[0], today, (year or 1) - 1, looks_ahead=looks_ahead) or first
    whole = (first[0], second[1]) if second is not None and second[1] >= first[0] else first
    if name == "rest":
        return (today if today is not None else whole[0]), whole[1]
    if name == "limit":
        is_before = re.match(r"before|ahead of|vor|avant|antes", held.get("lead", "")) and times[0].get("part", "") not in LATE
        last = whole[0] - 1 if is_before and not re.search(r"\b(?:end|ende|fin|final|fines)\b", match.group()) else whole[1]
        return (min(today, last) if today is not None else min(whole[0], last)), last
    return whole


def _length(held: dict[str, str], today: int | None) -> Days | None:
    """From the document's day on: "within a year", "in 10 to 15 years", "over the coming months"."""
    if today is None:
        return None
    unit = UNITS.get(held["length"].lower().removesuffix("s").replace("centurie", "century")) or UNITS.get(held["length"].lower())
    unit = unit or UNITS.get(held["length"].lower().rstrip("en")) or UNITS.get(held["length"].lower().removesuffix("es"))
    if unit is None:
        return None
    most = held.get("most", "").lower()
    is_many = not most and held["length"].lower()[-1:] in "sne" and not held.get("lead") and held["length"].lower() not in UNITS
    count = int(most) if most.isdecimal() else NUMBERS.get(most, _FEW if is_many else 1)
    return today, _after(today, unit, count, has_half="half" in held)


def _period(time: dict[str, str], today: int | None, year: int | None, *, looks_ahead: bool) -> Days | None:
    """First and last day of one time. `year`: of the other end of a range, for months that do not name theirs."""
    year = int(time["year"]) if "year" in time else year
    part = time.get("part", "")
    if "month" in time:
        return _narrowed(_month(time, today, year, looks_ahead=looks_ahead), part, today)
    if "nth" in time:
        return _nth(time, today, year)
    if "season" in time:
        return _narrowed(_season(time, today, year), part, today)
    if "year" in time:
        whole = (days_from_civil(year or 1, 1, 1), days_from_civil(year or 1, 12, 31))
        return _narrowed(whole, part, today)
    if today is None:
        return None
    this_year, month, day_of_month = civil_from_days(today)
    if "tomorrow" in time:
        return today + 1, today + 1
    if "weekday" in time:
        ahead = (WEEKDAYS[time["weekday"]] - (today + 3)) % 7 or 7
        ahead += 7 * (time.get("which") == "next" and ahead < 7 - (today + 3) % 7)
        return today + ahead, today + ahead
    if time.get("feast", "").startswith("e"):
        easter = _easter(this_year)
        return (easter if easter >= today else _easter(this_year + 1),) * 2
    if "feast" in time:
        feast_month, feast_day = {"c": (12, 25), "n": (12, 31), "t": (11, 28), "h": (10, 31)}[time["feast"][0]]
        feast_year = this_year + ((feast_month, feast_day) < (month, day_of_month))
        return (days_from_civil(feast_year, feast_month, feast_day),) * 2
    if "end" in time:
        end = _calendar_unit(UNITS[time["end"]], today, 0)[1]
        return end, end
    unit = UNITS.get(time.get("unit", ""))
    if "part" in time and "unit" not in time:
        unit = "year"  # Jahresende
    if time.get("which") in ("明", "来") and "unit" not in time:
        unit = "year"
    if unit is None:
        return None
    is_next = re.match(r"next|the coming|coming|明|下|来|näch|des näch|komm|proch|próx|que viene", time.get("which", "")) is not None
    whole = _calendar_unit(unit, today, int(is_next))
    return _narrowed(whole if is_next else (max(whole[0], today), whole[1]), part, today)


def _easter(year: int) -> int:
    """Easter Sunday of the western churches, by the anonymous Gregorian rule (Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * days) // 451
    month, day = divmod(h + days - 7 * m + 114, 31)
    return days_from_civil(year, month, day + 1)


def _narrowed(whole: Days | None, part: str, today: int | None) -> Days | None:
    """The early, middle or late part of a time, wide enough that nobody is held to a day he did not name."""
    if whole is None or not part:
        return whole
    first, last = whole
    n_days = last - first + 1
    part = part.removeprefix("la ").removeprefix("le ").removeprefix("el ").split(" ")[0]
    if part == "later":
        return max(first, today if today is not None else first), last
    if part in EARLY:
        return first, first + (n_days - 1) // 2
    if part in MIDDLE:
        return first + n_days // 3, first + 2 * n_days // 3
    return first + n_days // 2, last


def _month(time: dict[str, str], today: int | None, year: int | None, *, looks_ahead: bool) -> Days | None:
    month = MONTHS.get(time["month"]) or _HAN_MONTHS.get(time["month"]) or int(time["month"])
    if year is None:
        if today is None:
            return None
        this_year, this_month, this_day = civil_from_days(today)
        is_ahead = (month, int(time.get("day", 31))) >= (this_month, this_day)
        # "in May" in a text of June looks back
        looks_back = (this_month - month) % 12 < (2 if "day" in time else 5) and not looks_ahead and time.get("which") != "next"
        year = this_year if is_ahead or looks_back else this_year + 1
        year += time.get("which") == "next" and month == this_month
    last_of_month = days_in_month(year, month)
    if "day" not in time:
        return days_from_civil(year, month, 1), days_from_civil(year, month, last_of_month)
    if not 1 <= int(time["day"]) <= last_of_month:
        return None
    return (days_from_civil(year, month, int(time["day"])),) * 2


def _nth(time: dict[str, str], today: int | None, year: int | None) -> Days | None:
    """A quarter or a half of a year."""
    length = 3 if time.get("span", "q")[0] == "q" else 6
    number = int(time["nth"]) if time["nth"].isdecimal() else NTHS[time["nth"]]
    number = min(number, 12 // length)
    if year is None:
        if today is None:
            return None
        this_year, this_month, _ = civil_from_days(today)
        is_over = number * length < this_month and "which" not in time
        year = this_year + (time.get("which") == "next" or is_over)
    last_month = number * length
    first_month = last_month - length + 1
    return days_from_civil(year, first_month, 1), days_from_civil(year, last_month, days_in_month(year, last_month))


def _season(time: dict[str, str], today: int | None, year: int | None) -> Days | None:
    """The months of a season as named; of the next one, where no year is named."""
    first_month, last_month = _SEASON_MONTHS[SEASONS[time["season"]]]
    if year is None:
        if today is None:
            return None
        this_year, this_month, _ = civil_from_days(today)
        year = this_year + (last_month >= first_month and this_month > last_month)
        year -= last_month < first_month and this_month <= last_month  # January lies in the winter that began last year
        if time.get("which") == "next":
            year = this_year if first_month > this_month else this_year + 1
    end_year = year + (last_month < first_month)
    return days_from_civil(year, first_month, 1), days_from_civil(end_year, last_month, days_in_month(end_year, last_month))


def _after(today: int, unit: str, count: int, *, has_half: bool) -> int:
    """The day that lies so many units later; months and years by the calendar."""
    if unit == "hour":
        return today + -(-count // 24)
    if unit in _UNIT_DAYS:
        return today + count * _UNIT_DAYS[unit] + has_half * _UNIT_DAYS[unit] // 2
    months = min(count * _UNIT_MONTHS[unit] + has_half * _UNIT_MONTHS[unit] // 2, 12_000)
    year, month, day_of_month = civil_from_days(today)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    return days_from_civil(year, month, min(day_of_month, days_in_month(year, month)))


def _calendar_unit(unit: str, today: int, ahead: int) -> Days:
    """This or the next calendar day, week, weekend, month, quarter, year, decade or century."""
    year, month, _ = civil_from_days(today)
    if unit in ("day", "hour"):
        return today + ahead, today + ahead
    monday = today - (today + 3) % 7 + 7 * ahead
    if unit in ("week", "fortnight"):
        return monday, monday + 6
    if unit == "weekend":
        return monday + 5, monday + 6
    if unit in ("decade", "century"):
        span = _UNIT_MONTHS[unit] // 12
        start = year - year % span + span * ahead
        return days_from_civil(start, 1, 1), days_from_civil(start + span - 1, 12, 31)
    length = _UNIT_MONTHS[unit]
    index = (year * 12 + month - 1) // length * length + length * ahead
    end = index + length - 1
    return days_from_civil(index // 12, index % 12 + 1, 1), days_from_civil(end // 12, end % 12 + 1, days_in_month(end // 12, end % 12 + 1))
