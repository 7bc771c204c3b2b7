"""Figures: quantities as intervals, with what they count, where and when. An own grammar over tokens, linear in the text.

Conventions of the bounds (both ends belong to the interval):
- exact, about: low == high; "about 40" is 40..40 and the modifier says that it is rough.
- more_than, at_least: high is None. less_than, at_most, almost: low is None ("nearly 50": None..50).
- range: both ends; vague magnitudes by the conventions in `numbers` ("tens of thousands": 20000..99999).
- change: how much something rose or fell, as the text writes it, without a sign ("fell 7 %" is 7 percent); "rose from 40 to 55" is
  ONE figure 40..55 of modifier range, whichever end came first.
- date: low and high are EDTF days, months or years as text ("2019-03-04", "2019-03", "2019"; "XXXX-03-04" where the year is unknown).
- ratio: shares ("a third", "1 in 3") as a decimal to six places, and multiples ("5.5 times", "twice").
- cents and pence keep their number, with the units "cent" and "penny". `unit` of a count is "person", or the counted noun's lemma.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from firstsaid.model import DateRange, Figure, digest
from firstsaid.parsing.figures.calendar import MONTHS, WEEKDAYS, Calendar, date_at, days_spoken_of, published_day, years
from firstsaid.parsing.figures.dressing import Found, Sentence, open_ends
from firstsaid.parsing.figures.grammar import figure_at
from firstsaid.parsing.figures.lexicon import FRACTION_SIGNS, HAN_DIGITS, HAN_SCALES, Lexicon, guess_language, lexicon
from firstsaid.parsing.figures.numbers import MAX_DIGITS, canonical
from firstsaid.parsing.figures.roles import STOPPERS
from firstsaid.parsing.figures.tokens import Tokens, tokens

_PLACE_WINDOW = 16  # tokens after the figure in which "in X" is still about it
_MAX_PLACE_WORDS = 4
# Figures that a text may have: so many, and one for every few words. What has more is a table of numbers, which states nothing in words;
# without the bound 1 MB of "1 " gives half a million figures and takes 40 seconds.
MAX_FIGURES = 2000
WORDS_PER_FIGURE = 8
MAX_SENTENCE_TOKENS = 5_000  # of one sentence that are read beyond the room left: no sentence is longer


def find_figures(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    document_id: str = "",
    language: str | None = None,
    published: DateRange | None = None,
) -> list[Figure]:
    """Every figure of the text in order; spans never overlap.

    `sentences`: spans in order, as from `parsing.sentences`. `published`: what weekdays and dates without a year count from.
    Deterministic, linear in the text. See the module docstring for the conventions of the bounds.

    >>> [(f.low, f.high, f.of_lemma) for f in find_figures("15 dead and more than 45 injured.", [(0, 33)])]
    [('15', '15', 'dead'), ('45', None, 'wounded')]
    """
    t = tokens(text)
    base_language = (language or guess_language(t.lower)).split("-")[0]
    t = replace(t, is_english=base_language == "en")
    words = lexicon(base_language)
    starters = _starters(words)
    today = published_day(published)
    figures: list[Figure] = []
    n_words = 0
    for sentence_start, sentence_end in sentences or [(0, len(text))]:
        first, last = t.index(sentence_start), t.index(sentence_end)
        n_words += sum(t.kinds[at] == "w" for at in range(first, last))
        room = MAX_FIGURES + n_words // WORDS_PER_FIGURE - len(figures)
        if room <= 0:
            continue
        last = min(last, first + 2 * room + MAX_SENTENCE_TOKENS)
        if any(t.kinds[at] == "n" or t.lower[at] in starters for at in range(first, last)):
            figures += _in_sentence(t, Sentence(first, last), (sentence_start, sentence_end), words, starters, today, document_id)
    return figures


def _starters(words: Lexicon) -> frozenset[str]:
    return frozenset(
        (
            *words.small,
            *words.scales,
            *words.vague,
            *words.ordinals,
            *words.articles,
            *words.halves,
            *(f"{word}fold" for word in (*words.small, *words.scales)),
            *(("jeder", "jede", "jedes") if "drittel" in words.parts else ()),
            "few",
            "quarter",
            "several",
            "couple",
            "twice",
            *FRACTION_SIGNS,
            *HAN_DIGITS,
            *HAN_SCALES,
            *MONTHS,
        )
    )


def _in_sentence(
    t: Tokens,
    sentence: Sentence,
    span: tuple[int, int],
    words: Lexicon,
    starters: frozenset[str],
    today: int | None,
    document_id: str,
) -> list[Figure]:
    found: list[Found] = []
    dates: list[Calendar] = []
    at = sentence.start
    while at < sentence.end:
        if t.kinds[at] != "n" and t.lower[at] not in starters:
            at += 1
            continue
        date = date_at(t, at, today) if t.kinds[at] == "n" or t.lower[at] in MONTHS else None
        if date is not None and not _is_glued_before(t, at):
            dates.append(date)
            modifier = "exact" if date.low == date.high else "range"
            found.append(Found(at, date.next, None, None, None, "date", modifier, low_text=date.low, high_text=date.high))
            at = date.next
            continue
        figure = figure_at(t, at, sentence, words)
        if isinstance(figure, int):
            at = max(at + 1, figure)
            continue
        at = max(at + 1, figure.next)
        if figure.low_text is not None and figure.high_text is not None:
            dates.append(years(int(figure.low_text), int(figure.high_text), figure.first, figure.next))
        if figure.first < sentence.start < figure.next:
            figure = replace(figure, first=sentence.start)  # "Rs. 12,500" where the stop was taken for a sentence's end
        if figure.next <= sentence.end and figure.first >= sentence.start and not (found and found[-1].next > figure.first):
            found.append(figure)
    if not found:
        return []
    for at in range(1, len(found)):
        found[at] = _converted(t, found[at - 1], found[at])
    days = days_spoken_of(t, sentence.start, sentence.end, dates, today)
    made = (_figure(t, figure, sentence, span, days, document_id) for figure in found)
    return [figure for figure in made if figure is not None]


def _converted(t: Tokens, before: Found, found: Found) -> Found:
    """A figure in brackets that gives the one before in another unit has its modifier: "more than 100 km (60 miles)"."""
    is_in_brackets = t.word(found.first - 1) == "(" and found.first - 2 <= before.next and t.word(found.next) in (")", "/", ",")
    if not is_in_brackets or found.modifier != "exact" or before.modifier in ("exact", "range"):
        return found
    if before.kind != found.kind or found.kind not in ("measure", "money") or before.unit == found.unit:
        return found
    return open_ends(replace(found, modifier=before.modifier), keeps_range=False)


def _is_glued_before(t: Tokens, at: int) -> bool:
    """Whether the first number of a date hangs on something else: "Covid-19 March", "1.2/3"."""
    if not t.is_glued(at):
        return False
    before = t.word(at - 1)
    return (
        before in (".", ",", "/", "_", "#", "+") or (before.isascii() and before.isalnum()) or (before in ("-", "–") and t.is_glued(at - 1))
    )


def _figure(
    t: Tokens, found: Found, sentence: Sentence, span: tuple[int, int], days: list[tuple[int, int, int]], document_id: str
) -> Figure | None:
    start, end = t.starts[found.first], t.ends[found.next - 1]
    low = found.low_text if found.low is None else canonical(found.low)
    high = found.high_text if found.high is None else canonical(found.high)
    if max(len(low or ""), len(high or "")) > 2 * MAX_DIGITS:
        return None
    after = bisect_left(days, (found.first,))
    own = [day for day in days[after : after + 1] if day[0] < found.next]
    beside = own or days[max(0, after - 1) : after + 1]
    nearest = min(beside, key=lambda day: (abs(day[0] - found.first), day[0]), default=None)
    if found.kind == "date" and not own:
        nearest = None
    counted = found.counted
    return Figure(
        id=digest("figure", document_id, start, end, found.kind, low, high),
        document_id=document_id,
        start=start,
        end=end,
        low=low,
        high=high,
        unit=found.unit,
        kind=found.kind,
        modifier=found.modifier,
        of_start=t.starts[counted.first] if counted else None,
        of_end=t.ends[counted.next - 1] if counted else None,
        of_lemma=counted.lemma if counted else None,
        place=None if found.kind in ("date", "ordinal") else _place(t, found, sentence),
        as_of_earliest=nearest[1] if nearest else None,
        as_of_latest=nearest[2] if nearest else None,
        sentence_start=span[0],
        sentence_end=span[1],
        confidence=found.confidence,
    )


def _place(t: Tokens, found: Found, sentence: Sentence) -> str | None:
    """The capitalised words after the nearest "in" behind the figure, else after an "in" that opens the sentence."""
    for at in range(found.next, min(found.next + _PLACE_WINDOW, sentence.end)):
        if t.lower[at] in ("in", "near", "à", "en") and (name := _name_at(t, at + 1, sentence.end)):
            return name
        if t.kinds[at] == "n" or t.lower[at] in (".", ";"):
            break
    for at in range(found.first - 1, max(sentence.start - 1, found.first - 2 * _PLACE_WINDOW), -1):
        if t.lower[at] in ("in", "near", "à", "en") and (name := _name_at(t, at + 1, found.first)):
            return name
    return None


def _name_at(t: Tokens, at: int, end: int) -> str | None:
    if t.word(at) == "the" and t.is_capitalised(at + 1):
        at += 1
    last = at
    while last < end and last - at < _MAX_PLACE_WORDS and t.kinds[last] == "w" and t.is_capitalised(last):
        last += 1
    if last == at or t.word(at) in MONTHS or t.word(at) in WEEKDAYS or t.word(last - 1).endswith(("'s", "’s")):
        return None  # "in Warren's campaign"
    if t.word(at - 1) == "the" and t.kind(last) == "w" and t.word(last) not in STOPPERS and last < end:
        return None  # "in the Gallup average"
    return t.text[t.starts[at] : t.ends[last - 1]]
