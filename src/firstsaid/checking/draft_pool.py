"""What a draft's figure is held against: figures of the documents behind it, and how near their sentences come to the draft's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from firstsaid.checking.intervals import Interval, decimal_of, interval_of
from firstsaid.checking.lexicon import WEEKDAYS_AND_MONTHS
from firstsaid.checking.shelf import Shelf, stem, stems
from firstsaid.checking.tokens import keys_of, sentence_around
from firstsaid.model import Figure
from firstsaid.text import words

MOST_DOCUMENTS = 12
"""Documents held against one figure: those that share words with its sentence, and those that its part of the draft rests on."""

PART_CHARS = 2_500
"""A draft's part that is looked up as a whole: a sentence ("He is 44.") may share no word with the text it rests on; its page does."""

MOST_BEHIND = 6
"""Documents taken from such a look-up, best first."""

BOUNDARY_WORDS = 3
"""A comma or a joining word between a figure and a word parts them as much as so many words."""

_YEAR = re.compile(r"(?<![\d.,])(1[0-9]{3}|20[0-9]{2})(?![\d.,]\d|\d)")
_BOUNDARY = re.compile(
    r"[,;:()–—.!?]|\b(?:and|but|while|after|against|than|compared|whereas|und|aber|gegen|nach|et|mais|contre|y|pero|frente)\b"
)
_NOT_TIMES = frozenset(("may", "march", "hier", "heute", "today"))
"""Names of months that are common words, and days that only a text's own date can name."""


@dataclass(frozen=True, slots=True)
class Around:
    """A figure's surroundings in its own text. `own`: stems of its sentence without numbers; `weak`: those of the sentences beside it.

    `bound`: keys of the words that stand nearer to this figure than to any other of the sentence; `times`: those of them that name a
    year, month or weekday. `companions`: the numbers of the other figures of the sentence.
    """

    start: int
    end: int
    sentence: str
    own: frozenset[str]
    weak: frozenset[str]
    bound: frozenset[str]
    times: frozenset[str]
    companions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of the corpus that may be the draft's. `n_shared`: content words of the draft's sentence in its own.

    `score` orders candidates: shared words count double, those of the sentences beside it once, the same noun and the same other
    numbers in the sentence as two words. `is_tied`: the two sentences surely speak of one thing.
    """

    figure: Figure
    interval: Interval
    around: Around
    n_shared: int
    score: int
    is_same_noun: bool
    is_tied: bool


def unit_of(figure: Figure) -> str:
    """The unit; none for counts, whose unit is what they count, and of which two texts may speak in other words."""
    return "" if figure.kind in ("count", "age") or figure.unit is None else figure.unit


def is_percentage(figure: Figure) -> bool:
    """Whether the figure is a share of a hundred."""
    return figure.unit == "percent"


def value_of(figure: Figure) -> Decimal | None:
    """The number of a figure; of an open one its closed end."""
    return decimal_of(figure.low if figure.low is not None else figure.high)


def n_digits(value: Decimal) -> int:
    """How many digits are given, without noughts at the end: 2 for 45, 450 and 0.45."""
    return len(value.normalize().as_tuple().digits)


def surroundings(text: str, figures: Sequence[Figure]) -> dict[str, Around]:
    """The surroundings of each figure of one text, by figure id. Cost: the words of its sentences, times the figures of each."""
    by_sentence: dict[tuple[int, int], list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(sentence_around(text, figure.start, figure.end), []).append(figure)
    found: dict[str, Around] = {}
    for (start, end), members in by_sentence.items():
        sentence = text[start:end]
        own = frozenset(one for one in stems(sentence) if not one[:1].isdigit())
        beside = text[slice(*_before(text, start))] + " " + text[slice(*_after(text, end))]
        weak = frozenset(one for one in stems(beside) if not one[:1].isdigit()) - own
        # A date is no rival for its own words: "fined 1.3 million in 2010" binds the year to the money.
        rivals = [one for one in members if one.kind not in ("date", "duration")] or [one for one in members if one.kind != "date"]
        near = _bound_words(sentence, [(one.start - start, one.end - start) for one in rivals]) if rivals else []
        bound = {one.id: keys for one, keys in zip(rivals, near, strict=True)}
        for figure in members:
            keys = bound[figure.id] if figure.id in bound else _bound_words(sentence, [(figure.start - start, figure.end - start)])[0]
            times = frozenset(key for key in keys if (key in WEEKDAYS_AND_MONTHS and key not in _NOT_TIMES) or _YEAR.fullmatch(key))
            others = frozenset(other.low for other in members if other is not figure and other.low is not None)
            counted = stems(text[figure.start : figure.end])
            found[figure.id] = Around(start, end, sentence, own - counted, weak, keys, times, others)
    return found


def _before(text: str, start: int) -> tuple[int, int]:
    stop = len(text[:start].rstrip())
    return (sentence_around(text, max(0, stop - 1), stop)[0], stop) if stop else (0, 0)


def _after(text: str, end: int) -> tuple[int, int]:
    begin = end + len(text[end : end + 50]) - len(text[end : end + 50].lstrip())
    return (begin, sentence_around(text, begin, begin + 1)[1]) if begin < len(text) else (end, end)


def _bound_words(sentence: str, spans: Sequence[tuple[int, int]]) -> list[frozenset[str]]:
    """For each span, the keys of the words that are nearest to it."""
    found = words(sentence)
    starts = found.starts.tolist()
    boundaries = [one.start() for one in _BOUNDARY.finditer(sentence)]
    bound: list[set[str]] = [set() for _ in spans]
    places = [(bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1) for start, end in spans]
    for at, key in enumerate(found.keys):
        begin = starts[at]
        distances = []
        for (first, last), (start, end) in zip(places, spans, strict=True):
            if first <= at <= last:
                distances.append(0)
                continue
            low, high = (begin, start) if at < first else (end, begin)
            crossed = bisect_right(boundaries, high) - bisect_right(boundaries, low - 1)
            distances.append((first - at if at < first else at - last) + BOUNDARY_WORDS * crossed)
        nearest = distances.index(min(distances))
        if key in WEEKDAYS_AND_MONTHS or _YEAR.fullmatch(key):
            # "60 cents in the capital in August cost 84 today": a time goes with what stands before it, up to the next comma.
            before = max((number for number, (_, last) in enumerate(places) if last < at), default=nearest)
            stop = spans[before][1]
            nearest = before if bisect_right(boundaries, begin) == bisect_right(boundaries, stop - 1) else nearest
        bound[nearest].add(key)
    return [frozenset(keys) for keys in bound]


class Pool:
    """The figures that a draft's are held against, looked up part by part."""

    def __init__(self, text: str, shelf: Shelf) -> None:
        """For the draft `text`."""
        self.text, self.shelf = text, shelf
        self._around: dict[str, dict[str, Around]] = {}

    def documents(self, start: int, end: int) -> list[str]:
        """Documents that a stretch of the draft may rest on, the likeliest first."""
        low, high = sentence_around(self.text, start, end)
        sentence = self.text[low:high]
        part = start // PART_CHARS * PART_CHARS
        behind = self.shelf.about(self.text[part : part + PART_CHARS])
        named = [
            match.document_id for match in (*self.shelf.found_at(low, high)[:MOST_DOCUMENTS], *self.shelf.related(sentence)[:MOST_BEHIND])
        ]
        return list(dict.fromkeys((*behind[:MOST_BEHIND], *named)))[:MOST_DOCUMENTS]

    def around(self, document_id: str) -> dict[str, Around]:
        """The surroundings of the figures of a document."""
        if document_id not in self._around:
            self._around[document_id] = surroundings(self.shelf.document(document_id).text, self.shelf.figures(document_id))
        return self._around[document_id]

    def known(self, figure: Figure, place: Around) -> list[Known]:
        """Figures of those documents, the one that comes nearest first."""
        found = []
        lemma = stem(figure.of_lemma.split()[-1]) if figure.of_lemma else ""
        for document_id in self.documents(figure.start, figure.end):
            around = self.around(document_id)
            title = stems(self.shelf.document(document_id).title or "")
            for other in self.shelf.figures(document_id):
                interval = interval_of(other)
                if interval is not None:
                    found.append(_known(figure, place, other, interval, around[other.id], lemma, title))
        found.sort(key=lambda k: (-k.score, self.shelf.order(k.figure.document_id), k.figure.document_id, k.figure.start))
        return found


def _known(
    figure: Figure, place: Around, other: Figure, interval: Interval, around: Around, lemma: str, title: frozenset[str]
) -> Known:  # fmt: skip
    n_shared = len(place.own & around.own)
    n_weak = len(place.own & (around.weak | title) - around.own)
    n_companions = len(place.companions & around.companions)
    their_lemma = stem(other.of_lemma.split()[-1]) if other.of_lemma else ""
    is_same_noun = bool(lemma) and (lemma == their_lemma or (not their_lemma and lemma in around.own))
    score = 2 * n_shared + n_weak + 2 * is_same_noun + 2 * n_companions
    is_tied = n_shared >= 2 or (score >= 3 and (n_shared >= 1 or is_same_noun)) or (n_companions >= 1 and n_shared + n_weak >= 1)
    # A sentence without content words of its own ("He is 44.") can only be told by the number.
    return Known(figure=other, interval=interval, around=around, n_shared=n_shared, score=score, is_same_noun=is_same_noun,
                 is_tied=is_tied or len(place.own) <= 1)  # fmt: skip


def contrasts(place: Around, known: Known, rivals: Sequence[Known]) -> str:
    """The word by which the draft's figure belongs to another figure of the same sentence; empty where nothing says so.

    "The heather bee fell by 12 percent, the field bee by 57": "heather" and "field" stand before the same word, or behind the
    same two. A draft with 57 and "heather" has taken the wrong one.
    """
    near_ours = _neighbours(known.around.sentence, known.around.bound)
    for rival in rivals:
        if rival.around.start != known.around.start or rival.figure.document_id != known.figure.document_id or rival is known:
            continue
        near_theirs = _neighbours(rival.around.sentence, rival.around.bound)
        for theirs, (before, after) in near_theirs.items():
            if theirs not in place.bound or theirs in known.around.bound:
                continue
            for ours, (our_before, our_after) in near_ours.items():
                is_parallel = (after and after == our_after) or (len(before) == 2 and before == our_before)
                both_times = theirs in rival.around.times and ours in known.around.times
                if ours != theirs and ours not in place.bound and ours not in rival.around.bound and (is_parallel or both_times):
                    return theirs
    return ""


def _neighbours(sentence: str, bound: frozenset[str]) -> dict[str, tuple[tuple[str, ...], str]]:
    """For each content word, the two keys before it and the one behind it."""
    keys = keys_of(sentence)
    return {
        key: (tuple(keys[max(0, at - 2) : at]), keys[at + 1] if at + 1 < len(keys) else "")
        for at, key in enumerate(keys)
        if key in bound and len(key) > 2
    }
