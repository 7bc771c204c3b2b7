"""When a prediction says it will be so: the words of its horizon, resolved against the document's date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstsaid.dates import civil_from_days, days_from_civil, days_in_month
from firstsaid.model import MINUTES_PER_DAY
from firstsaid.parsing.figures.calendar import MONTHS, WEEKDAYS

_SMALL = {
    word: n
    for n, word in enumerate(["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 0)
} | {
    "a": 1,
    "an": 1,
}
_SMALL |= {
    "a few": 5,
    "several": 9,
    "a couple of": 2,
    "the next few": 5,
    "the coming": 5,
    "few": 5,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
}
_NUMBER = (
    r"(?:\d{1,3}|a few|a couple of|several|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|fifty)"
)
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade)s?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:19|20|21)\d\d"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE if name not in ("day", "month", "weekday") else 0))
    for name, pattern in (
        ("until_day", rf"\bby (?:the end of )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?"),
        ("until_day", rf"\bby (?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>{_YEAR}))?"),
        ("until_month", rf"\b(?:by|before) (?:the )?(?:end of |early |late |mid-)?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?! \d)"),
        ("season", r"\b(?P<how>by|before|until|till|in|during|from) "
        r"(?:the )?(?:(?:end|start) of |early |late |mid-)?(?:the )?"
        rf"(?P<season>{_SEASON})(?: (?:of |term |season )?(?P<year>{_YEAR}))?\b(?! \w{{0,12}}s\b)"),
        ("season", rf"\b(?P<how>bis|vor|im) (?:zum |Ende des |zum Ende des |dem )?(?P<season>Frühlings?|Frühjahrs?|"
        rf"Sommers?|Herbst(?:es|s)?|Winters?)(?: (?P<year>{_YEAR}))?\b"),
        ("season", rf"(?:\b(?P<how>avant|d['’]ici|en|pendant)|\bau) (?:la fin (?:de l['’]|du )|à l['’]|le |l['’])?(?P<season>printemps|été|"
        rf"automne|hiver)(?: (?P<year>{_YEAR}))?\b"),
        ("until_year", rf"\b(?:by|before|bis|d['’]ici(?: à)?|until) (?:the )?(?:end of |early |late |mid-|zum jahr |fiscal "
        rf"year |fiscal )?(?P<year>{_YEAR})\b(?!\d|,\d|%)"),
        ("decade", r"\b(?:by|before|in|over|during) (?:the )?(?:end of )?(?:the|this|next) (?P<which>decade|century)\b"),
        ("end_of", rf"\bby (?:the )?end of (?P<which>the|this|next) {_UNIT}\b"),
        ("end_of", rf"\b(?P<which>later this|before the end of this|at the end of this|by this) {_UNIT}\b"),
        ("within", rf"\b(?:within|in|over|during|inside|innerhalb von) (?:the )?(?:next |coming |following "
        rf")?(?P<number>{_NUMBER}) (?:more )?{_UNIT}(?:['’] time)?\b"),
        ("within", rf"\b(?:within the|(?:over|during|in) the (?:next|coming|following)) (?:next |coming )?{_UNIT}\b"),
        ("coming", rf"\b(?:in|over|during|for|within) the (?:next few|coming|next several|next couple of|years|months) "
        rf"?{_UNIT}?(?: ahead)?\b"),
        ("from_now", rf"\b(?P<number>{_NUMBER}) {_UNIT} from now\b"),
        ("next", rf"\b(?:nächste[ns]?|next|l['’]année prochaine|the coming|early next|late next) {_UNIT}\b"),
        ("next_season", r"\bnext (?P<season>spring|summer|autumn|fall|winter)\b"),
        ("tomorrow", r"\b(?:tomorrow|morgen|demain|mañana)\b"),
        ("day", rf"\bon (?:{_WEEKDAY},? )?(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?"),
        ("day", rf"\bon (?:{_WEEKDAY},? )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?!\d)(?:,? (?P<year>{_YEAR}))?"),
        ("month", rf"\b(?:in|from|starting|beginning|this|next) (?:early |late |mid-)?(?P<month>{_MONTH})(?:,? "
        rf"(?P<year>{_YEAR}))?(?! \d)"),
        ("year", rf"\b(?:in|from|for|during|throughout|im jahr|en) (?:early |late |mid-|the year |fiscal |the (?:first|second|"
        rf"third|fourth) (?:half|quarter) of |the (?:spring|summer|autumn|fall|winter) of )?(?P<year>{_YEAR})\b(?!\d|,\d|%)"),
        ("weekday", rf"\b(?:on|this|next) (?P<weekday>{_WEEKDAY})\b"),
        ("this", rf"(?<!earlier )(?<!half of )(?<!as of )\b(?:this|for the rest of the|for the remainder of the) {_UNIT}\b"),
        ("soon", r"\b(?:soon|shortly|in the near future|in the long run|in the longer run|in the years ahead|in the months "
        r"ahead|in the future|over the medium term|in coming (?:years|months|weeks|days))\b"),
    )
)  # fmt: skip
_LENGTH_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
# First and last month; winter ends in the year after the one it is named by ("winter 2022" without more is December to February).
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_SEASON_NAMES = (
    ("spring", ("frühling", "frühjahr", "printemps", "spring")),
    ("summer", ("sommer", "été", "summer")),
    ("autumn", ("herbst", "automne", "autumn", "fall")),
    ("winter", ("winter", "hiver")),
)
_LOOKS_BACK = re.compile(
    r"(?:\w{3}ed|made|given|taken|held|begun|known|set|put|seen|found|fell|rose|was|were|said|met) $"
)  # "issued in May"
_DEADLINE = re.compile(r"(?:by|before|until|till|bis|vor|avant|d['’]ici)\b", re.IGNORECASE)
_FUTURE_PASSIVE = re.compile(r"\bbe \w{3,16} $")
_FEW = 9  # "the coming weeks": up to nine of them, so that it is never called overdue too early


@dataclass(frozen=True, slots=True)
class Horizon:
    """The words of a horizon in the text, and first and last moment where they can be resolved."""

    start: int
    end: int
    earliest: int | None
    latest: int | None


def find_horizon(sentence: str, offset: int, today: int | None) -> Horizon | None:
    """The most definite horizon of a sentence, in the order of the patterns. `today`: days since 1970, None if unknown."""
    for name, pattern in _PATTERNS:
        match = pattern.search(sentence)
        if match is None or (name in ("month", "year", "day", "weekday", "season") and _is_past(sentence, match)):
            continue
        groups = {key: value for key, value in match.groupdict().items() if value}
        days = _resolve(name, groups, today, match.group())
        if days is not None and today is not None and days[1] < today:
            continue  # a date that had passed is no horizon
        earliest = days[0] * MINUTES_PER_DAY if days else None
        latest = days[1] * MINUTES_PER_DAY + MINUTES_PER_DAY - 1 if days else None
        return Horizon(offset + match.start(), offset + match.end(), earliest, latest)
    return None


def _is_past(sentence: str, match: re.Match[str]) -> bool:
    """Whether the time is that of something done ("issued in May"), not a deadline ("finished by spring", "will be opened in May")."""
    before = sentence[max(0, match.start() - 24) : match.start()]
    return bool(_LOOKS_BACK.search(before)) and not _DEADLINE.match(match.group()) and not _FUTURE_PASSIVE.search(before)


def _resolve(name: str, groups: dict[str, str], today: int | None, words: str) -> tuple[int, int] | None:
    """First and last day of the horizon. Years need no document date; everything else does."""
    if name == "season":
        return _season(groups, today, words.lower())
    if "year" in groups and "month" not in groups and int(groups["year"]):
        year = int(groups["year"])
        first = days_from_civil(year, 1, 1)
        if name == "until_year":
            last = (
                days_from_civil(year - 1, 12, 31)
                if words.lower().startswith("before") and "end" not in words
                else days_from_civil(year, 12, 31)
            )
            return (min(today, last) if today is not None and today <= last else min(first, last), last)
        return first, days_from_civil(year, 12, 31)
    if "month" in groups:
        return _month_or_day(name, groups, today)
    if today is None:
        return None
    year, month, _ = civil_from_days(today)
    if name == "tomorrow":
        return today + 1, today + 1
    if name == "decade":
        span = 10 if groups["which"].lower() == "decade" else 100
        end = year - year % span + span - 1 + (span if "next" in words.lower() else 0)
        return today, days_from_civil(end, 12, 31)
    if name == "weekday":
        ahead = (WEEKDAYS[groups["weekday"].lower()] - (today + 3)) % 7 or 7
        return today + ahead, today + ahead
    if name == "next_season":
        first_month, last_month = _SEASONS[groups["season"].lower()]
        start_year = year if first_month > month else year + 1
        end_year = start_year + (last_month < first_month)
        return days_from_civil(start_year, first_month, 1), days_from_civil(end_year, last_month, days_in_month(end_year, last_month))
    unit = groups.get("unit", "").lower()
    if not unit:
        return None
    if name in ("within", "from_now"):
        number = groups.get("number", "a").lower()
        count = int(number) if number.isdecimal() else _SMALL.get(number, 1)
        return today, _after(today, unit, count)
    if name == "coming":
        return today, _after(today, unit, _FEW)
    return _calendar_unit(
        unit, today, 1 if name == "next" or groups.get("which", "").lower() == "next" else 0, from_today=name in ("end_of", "this")
    )


def _season(groups: dict[str, str], today: int | None, words: str) -> tuple[int, int] | None:
    """The months of a season as named; "by" and "before" reach from today, and "before spring" ends with the month before it."""
    named = groups["season"].lower()
    first_month, last_month = _SEASONS[next(name for name, forms in _SEASON_NAMES if named.startswith(forms))]
    if "year" in groups:
        year = int(groups["year"])
    elif today is None:
        return None
    else:
        this_year, this_month, _ = civil_from_days(today)
        year = this_year + (last_month >= first_month and this_month > last_month)
        year -= last_month < first_month and this_month <= last_month  # January lies in the winter that began last year
    end_year = year + (last_month < first_month)
    first, last = days_from_civil(year, first_month, 1), days_from_civil(end_year, last_month, days_in_month(end_year, last_month))
    is_limit = words.startswith(("by", "before", "until", "till", "bis", "vor", "avant", "d'ici", "d’ici"))
    if words.startswith(("before", "vor", "avant")) and not any(word in words for word in ("end of", "ende", "fin")):
        last = first - 1
    if is_limit and today is not None:
        first = min(today, last)
    return min(first, last), last


def _month_or_day(name: str, groups: dict[str, str], today: int | None) -> tuple[int, int] | None:
    month = MONTHS[groups["month"].lower()]
    if "year" in groups:
        year = int(groups["year"])
    elif today is None:
        return None
    else:
        this_year, this_month, this_day = civil_from_days(today)
        is_ahead = (month, int(groups.get("day", 31))) >= (this_month, this_day)
        year = this_year if is_ahead else this_year + 1
        if not is_ahead and (this_month - month) % 12 < 5 and name in ("day", "month"):
            year = this_year  # "in May" in a text of June looks back
    last_of_month = days_in_month(year, month)
    if "day" in groups:
        number = int(groups["day"])
        if not 1 <= number <= last_of_month:
            return None
        last = days_from_civil(year, month, number)
        first = last
    else:
        first, last = days_from_civil(year, month, 1), days_from_civil(year, month, last_of_month)
    if name.startswith("until") and today is not None and today <= last:
        first = today
    return first, last


def _after(today: int, unit: str, count: int) -> int:
    """The day that lies so many units later; months and years by the calendar."""
    if unit in ("day", "week"):
        return today + count * _LENGTH_DAYS[unit]
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month, day_of_month = civil_from_days(today)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    return days_from_civil(year, month, min(day_of_month, days_in_month(year, month)))


def _calendar_unit(unit: str, today: int, ahead: int, *, from_today: bool) -> tuple[int, int] | None:
    """This or the next calendar day, week, month, quarter, year or decade."""
    year, month, _ = civil_from_days(today)
    if unit == "day":
        return today + ahead, today + ahead
    if unit == "week":
        monday = today - (today + 3) % 7 + 7 * ahead
        first, last = monday, monday + 6
    elif unit == "decade":
        start = year - year % 10 + 10 * ahead
        first, last = days_from_civil(start, 1, 1), days_from_civil(start + 9, 12, 31)
    else:
        length = {"month": 1, "quarter": 3, "year": 12}[unit]
        index = (year * 12 + month - 1) // length * length + length * ahead
        first = days_from_civil(index // 12, index % 12 + 1, 1)
        end = index + length - 1
        last = days_from_civil(end // 12, end % 12 + 1, days_in_month(end // 12, end % 12 + 1))
    return (max(first, today) if from_today else first), last
