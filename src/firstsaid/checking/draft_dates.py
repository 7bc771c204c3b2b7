"""A draft's dates against the dates of a corpus: those its texts give, those of their publication, and "yesterday" seen from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from firstsaid.checking.draft_pool import Around, Pool
from firstsaid.checking.lexicon import TEXT_WORDS, WEEKDAY_NUMBERS
from firstsaid.checking.shelf import Shelf, stems
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.dates import civil_from_days, days_from_civil
from firstsaid.model import MINUTES_PER_DAY, Figure, Span, Verdict

TIED_WORDS = 2
"""Content words that two sentences with dates have in common when they tell of one event."""

_PARTS = re.compile(r"(-?\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")
_BESIDE = 16
"""A weekday stands right before its date ("Monday, 3 May") or behind it ("3 May, a Monday")."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is told; None where it is not."""

    year: int | None
    month: int | None
    day: int | None

    def agrees(self, other: Day) -> bool:
        """Whether nothing that both tell differs, and they have something in common."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        return bool(both) and all(a == b for a, b in both)

    def with_year(self, year: int | None) -> Day:
        """With this year, where it has none."""
        return Day(self.year if self.year is not None else year, self.month, self.day)

    def weekday(self) -> int | None:
        """0 for Monday; None where a part is missing."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return (days_from_civil(self.year, self.month, self.day) + 3) % 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a corpus document. `n_shared`: content words of the draft's sentence in its own; `told`: how the text gives it."""

    document_id: str
    start: int
    end: int
    day: Day
    n_shared: int
    told: str


def day_of(written: str | None) -> Day | None:
    """The date of a figure's `low`, an EDTF date; None where it is none.

    >>> day_of("XXXX-09-28")
    Day(year=None, month=9, day=28)
    """
    found = _PARTS.fullmatch(written or "")
    if found is None:
        return None
    year, month, day = (None if part is None or "X" in part else int(part) for part in found.groups())
    return Day(year, month, day)


def date_verdict(figure: Figure, text: str, place: Around, pool: Pool, shelf: Shelf) -> Verdict | None:
    """What the corpus has for a date; None where it is none that could be held against others."""
    first, last = day_of(figure.low), day_of(figure.high)
    if first is None:
        return None
    documents = pool.documents(figure.start, figure.end)
    known = [dated for document_id in documents for dated in _dates_of(document_id, place, shelf)]
    known.sort(key=lambda d: (-d.n_shared, documents.index(d.document_id), d.start))
    agreeing = [d for d in known if first.agrees(d.day) or (last is not None and last != first and _within(first, last, d.day))]
    if last is not None and last != first and not any(last.agrees(d.day) and d.start < d.end for d in known):
        agreeing = []
    wrong = _wrong_weekday(figure, text, first, agreeing)
    if wrong:
        return _made(figure, "altered", wrong, agreeing[:1])
    tied = [d for d in known if d.n_shared >= TIED_WORDS]
    for dated in agreeing:
        other = _nearer(dated, tied, first, place)
        if other is not None:
            return _made(figure, "altered", f"{shelf.label(other.document_id)} gives “{other.told}” for it.", [other])
        return _made(figure, "same", f"{shelf.label(dated.document_id)} gives this date: {dated.told}.", [dated])
    best = next((d for d in tied if _is_as_exact(first, d.day)), None)
    if best is not None:
        return _made(figure, "altered", f"{shelf.label(best.document_id)} gives “{best.told}” for it.", [best])
    return _made(figure, "not-in-corpus", "No document of the corpus gives this date for this.", [])


def _made(figure: Figure, verdict: str, why: str, dates: list[Dated]) -> Verdict:
    spans = tuple(Span(d.document_id, d.start, d.end) for d in dates)
    return Verdict("date", figure.start, figure.end, verdict, verdict != "same", why, spans)


def _tells_of_text(place: Around) -> bool:
    """Whether the draft's sentence speaks of a text, whose date is then that of its publication."""
    return any(key in TEXT_WORDS for key in keys_of(place.sentence))


def _nearer(dated: Dated, tied: list[Dated], day: Day, place: Around) -> Dated | None:
    """A date of the same text, as exact and another one, whose sentence tells surely what the draft's does.

    That a text was published that day says little of what it tells: any date in such a sentence says more.
    """
    is_own = dated.start == dated.end
    for other in tied:
        is_nearer = other.n_shared >= max(dated.n_shared + 2, 3)
        is_nearer = is_nearer or (is_own and other.n_shared > dated.n_shared and not _tells_of_text(place))
        is_nearer = is_nearer and other.document_id == dated.document_id
        if is_nearer and _is_as_exact(day, other.day) and not day.agrees(other.day) and other.start != other.end:
            return other
    return None


def _is_as_exact(day: Day, other: Day) -> bool:
    return (day.month is None or other.month is not None) and (day.day is None or other.day is not None)


def _within(first: Day, last: Day, day: Day) -> bool:
    if first.year is None or last.year is None or day.year is None:
        return False
    return (first.year, first.month or 1, first.day or 1) <= (day.year, day.month or 12, day.day or 31) and (
        day.year, day.month or 1, day.day or 1) <= (last.year, last.month or 12, last.day or 31)  # fmt: skip


def _wrong_weekday(figure: Figure, text: str, day: Day, agreeing: list[Dated]) -> str:
    """How a weekday beside the date is not that day's; empty where none stands there or it is right."""
    before = keys_of(text[max(0, figure.start - _BESIDE) : figure.start])[-2:]
    behind = keys_of(text[figure.end : figure.end + _BESIDE])[:2]
    within = keys_of(text[figure.start : figure.end])
    said = next((WEEKDAY_NUMBERS[key] for key in (*within, *before, *behind) if key in WEEKDAY_NUMBERS), None)
    if said is None or day.day is None:
        return ""
    full = next((day.with_year(dated.day.year) for dated in agreeing if dated.day.year is not None), day)
    right = full.weekday()
    if right is None or right == said:
        return ""
    return f"{full.year}-{full.month:02}-{full.day:02} was a {_NAMES[right]}."


_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _dates_of(document_id: str, place: Around, shelf: Shelf) -> Iterator[Dated]:
    """The date of publication, the dates in the text, and the days it names from there."""
    document = shelf.document(document_id)
    published = None
    if document.published is not None and document.published.latest - document.published.earliest < 3 * MINUTES_PER_DAY:
        published = document.published.latest // MINUTES_PER_DAY
        year, month, day = civil_from_days(published)
        told = f"its own, {year}-{month:02}-{day:02}"
        yield Dated(document_id, 0, 0, Day(year, month, day), len(place.own & stems(document.title or "")), told)
    own_year = civil_from_days(published)[0] if published is not None else None
    for figure in shelf.figures(document_id):
        found = day_of(figure.low) if figure.kind == "date" else None
        if found is None:
            continue
        if found.year is None:
            found = found.with_year(_nearest_year(found, published))
        yield _dated(document_id, figure.start, figure.end, found, document.text, place)
        last = day_of(figure.high)
        if last is not None and last != day_of(figure.low):
            yield _dated(document_id, figure.start, figure.end, last.with_year(own_year), document.text, place)
    if published is not None:
        for start, end, days in shelf.relative_days(document_id):
            for offset in days:
                moment = _dated(document_id, start, end, Day(*civil_from_days(published + offset)), document.text, place)
                # A bare "Sunday" somewhere in the text names two dates; only its own sentence says of what.
                if moment.n_shared:
                    yield moment


def _nearest_year(day: Day, published: int | None) -> int | None:
    if published is None or day.month is None:
        return None
    year = civil_from_days(published)[0]
    years = sorted((year, year - 1, year + 1), key=lambda y: abs(days_from_civil(y, day.month or 1, min(day.day or 15, 28)) - published))
    return years[0]


def _dated(document_id: str, start: int, end: int, day: Day, text: str, place: Around) -> Dated:
    sentence = text[slice(*sentence_around(text, start, end))]
    return Dated(document_id, start, end, day, len(place.own & stems(sentence)), shortened(text[start:end], 40))
