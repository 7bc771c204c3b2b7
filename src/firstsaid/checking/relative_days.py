"""Days that a text names from its own: yesterday, last night, on Wednesday."""

from __future__ import annotations

from firstsaid.checking.lexicon import RELATIVE_DAY_OFFSETS, WEEKDAY_NUMBERS
from firstsaid.text import words


def relative_days(text: str, published: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """Places that name a day from the text's own, with the days so named, counted from publication (a day since 1970).

    "Yesterday" is one day; "on Wednesday" is the last Wednesday or the next. Bare weekdays beside a date are that date's.
    """
    found = words(text)
    weekday = (published + 3) % 7
    made = []
    for at, key in enumerate(found.keys):
        start, end = int(found.starts[at]), int(found.ends[at])
        offsets = RELATIVE_DAY_OFFSETS.get(key)
        if key == "night" and at and found.keys[at - 1] == "last":
            offsets = (-1,)
        if key in WEEKDAY_NUMBERS:
            back = (weekday - WEEKDAY_NUMBERS[key]) % 7
            offsets = (-back, 7 - back) if back else (0, -7, 7)
        if offsets is not None:
            made.append((start, end, offsets))
    return made
