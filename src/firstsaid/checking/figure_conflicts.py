"""Two documents give figures for one thing that no number can satisfy at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from firstsaid.checking.case import Case, days_apart, make_finding
from firstsaid.checking.events import MAX_DAYS, Events
from firstsaid.checking.figure_changes import is_way
from firstsaid.checking.figure_rows import Placed, evidence_of, exclude_each_other, said, same_thing, stem
from firstsaid.checking.intervals import Interval, decimal_of
from firstsaid.checking.lexicon import GLUE, RELATIVE_DAYS, REVISIONS, WEEKDAYS_AND_MONTHS
from firstsaid.checking.tokens import keys_of
from firstsaid.model import Figure, Finding
from firstsaid.text import key as word_key

MAX_RATIO = Decimal(3)

MIN_WEIGHT, MIN_SHARE = 1.5, 0.3
"""What two sentences must share beyond the thing counted: nearly two rare words (see `rarity`), and this share of what the shorter
one says. Chosen by reading: lower, two sentences of one topic are taken for two tellings of one thing."""

MIN_LOOSE_WEIGHT, LOOSE_SHARE = 2.0, 0.5
"""The same for shares, lengths of time, money and small counts, of which any text is full; their near words must agree, too."""

SMALL_COUNT, NEAR_CHARS = Decimal(12), 80

GENERIC = frozenset(
    (
        "people",
        "person",
        "man",
        "woman",
        "men",
        "women",
        "child",
        "children",
        "percent",
        "dollar",
        "euro",
        "pound",
        "resident",
        "other",
        "time",
        "thing",
        "case",
        "number",
    )
)
"""Things counted everywhere: with these the two sentences must also share what happened to them."""

UPDATE_COULD_BE = (
    "one was written before the count was complete",
    "they count different things under one word",
    "different sources, each named",
)


def conflict_findings(case: Case, placed: dict[str, list[Placed]]) -> Iterator[Finding]:
    """One finding at most for each pair of documents and thing counted. Cost: linear in the figures times `events.MAX_POSTINGS`."""
    groups: dict[tuple[str, str, str], dict[str, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    for document_id, rows in placed.items():
        for row in rows:
            groups[same_thing(row.figure)][document_id].append(row)
    events = Events.of(case, placed)
    for thing in sorted(groups):
        by_document = groups[thing]
        if len(by_document) < 2:
            continue
        for (left_id, right_id), n_shared in sorted(events.among(by_document).items()):
            finding = _conflict(case, by_document[left_id], by_document[right_id], n_shared)
            if finding is not None:
                yield finding


def _conflict(case: Case, left_rows: list[Placed], right_rows: list[Placed], n_shared: int) -> Finding | None:
    """The best pair of figures that exclude each other, if no figure of the one document agrees with one of the other."""
    left_rows, right_rows = _sharp(left_rows), _sharp(right_rows)
    best: tuple[float, int, int, Placed, Placed] | None = None
    for left in left_rows:
        if any(not exclude_each_other(left, right) for right in right_rows):
            continue
        for right in right_rows:
            if any(not exclude_each_other(other, right) for other in left_rows) or not _one_occasion(left, right):
                continue
            if not may_be_one_quantity(left.interval, right.interval):
                continue
            weight = _common_weight(case, left, right)
            ranked = (-round(weight, 6), left.figure.start, right.figure.start, left, right)
            if weight > 0 and (best is None or ranked[:3] < best[:3]):
                best = ranked
    if best is None:
        return None
    left, right = best[3], best[4]
    here, there = case.headings[left.figure.document_id], case.headings[right.figure.document_id]
    if _is_revision(right, case) and not there.is_before(here):
        return None
    if _is_revision(left, case) and not here.is_before(there):
        return None
    if _says_both(case, left, right):
        return None
    apart = days_apart(here, there) or 0
    # What an outlet writes on another day is its next count, and what it writes twice in a day are two stories of one form.
    if here.same_outlet(there):
        return None
    if apart > MAX_DAYS and 10 * len(left.words & right.words) < 6 * min(len(left.words), len(right.words)):
        return None
    if apart > MAX_DAYS or _is_loose(left.figure) or _is_loose(right.figure):
        # Weeks apart, one name that the other text lacks is enough; in reports of one day each has its own speakers.
        n_other = _names_unknown_to(case, left, right) + _names_unknown_to(case, right, left)
        if n_other >= (1 if apart > MAX_DAYS else 2):
            return None
    grows = here.is_before(there) and left.figure.kind == "count" and _is_more(right.interval, left.interval)
    strength = 5_000.0 + 350 * min(6.0, -best[0]) + 200 * min(6, n_shared) - 700 * min(apart, 3) - 1_500 * (grows and apart >= 1)
    if left.interval.is_approximate or right.interval.is_approximate:
        strength -= 800
    said_left, said_right = said(case, left.figure), said(case, right.figure)
    why = f"{here.label()} says “{said_left}” and {there.label()} “{said_right}”: no number fits both."
    evidence = (evidence_of(left.figure, f"says {said_left}"), evidence_of(right.figure, f"says {said_right}"))
    return make_finding(case, "figures-conflict", f"{said_left} / {said_right}", why, UPDATE_COULD_BE, strength, evidence)


def _common_weight(case: Case, left: Placed, right: Placed) -> float:
    """How much the two sentences say the same, beyond what is counted: rare words weigh most. 0 where it is too little."""
    counted = _counted(case, left.figure) | _counted(case, right.figure)
    ours, theirs = left.words - counted, right.words - counted
    rarity = case.rarity
    weight = rarity.total(ours & theirs)
    least = min(rarity.total(ours), rarity.total(theirs))
    is_loose = _is_loose(left.figure) or _is_loose(right.figure)
    if weight < (MIN_LOOSE_WEIGHT if is_loose else MIN_WEIGHT) or weight < (LOOSE_SHARE if is_loose else MIN_SHARE) * least:
        return 0.0
    if is_loose:
        if _tells_other_numbers(case, left, right):
            return 0.0
        near_left, near_right = _near_words(case, left) - counted, _near_words(case, right) - counted
        if len(near_left & near_right) < LOOSE_SHARE * max(1, max(len(near_left), len(near_right))):
            return 0.0
    return weight


def _names_unknown_to(case: Case, row: Placed, other: Placed) -> bool:
    """Whether the sentence names something that the other's document never does: grants to two towns, schools of two states."""
    there = frozenset(keys_of(case.text(other.figure.document_id)))
    own = case.headings[row.figure.document_id]
    by = frozenset(keys_of(" ".join((own.outlet or "", *own.authors))))
    names = {word_key(name) for name in _NAME.findall(row.told)}
    return bool(names - there - by - WEEKDAYS_AND_MONTHS - GLUE)


_NAME = re.compile(r"(?<=[\w,–-] )[A-ZÀ-ÖØ-ÞА-Я][a-zà-öø-ÿа-я]{2,30}")
"""A capitalised word inside a sentence."""


def _tells_other_numbers(case: Case, left: Placed, right: Placed) -> bool:
    """Whether both sentences give several numbers and none in common: two reckonings, not two versions of one."""
    ours, theirs = (
        {word for word in keys_of(case.text(row.figure.document_id)[slice(*row.sentence)]) if word[:1].isdigit()} for row in (left, right)
    )
    return len(ours) > 1 and len(theirs) > 1 and not ours & theirs


def _counted(case: Case, figure: Figure) -> frozenset[str]:
    """Words for what is counted, and for its unit: every two figures that are compared share these."""
    lemma = stem(figure.of_lemma or "")
    end = figure.of_end if figure.of_end is not None and 0 <= figure.of_end - figure.end <= 60 else figure.end
    told = keys_of(case.words(figure.document_id, figure.start, end))
    return frozenset((*told, *keys_of(figure.unit or ""))) | {lemma, lemma + "s", lemma + "es", *lemma.split()}


def _is_loose(figure: Figure) -> bool:
    """Whether any text is full of such figures: shares, lengths of time, sums of money, a few of something."""
    lemma = stem(figure.of_lemma or "")
    return figure.kind != "count" or not lemma or lemma in GENERIC or (_is_small(figure.low) and _is_small(figure.high))


def _is_small(number: str | None) -> bool:
    value = decimal_of(number)
    return value is not None and value <= SMALL_COUNT


def _near_words(case: Case, row: Placed) -> frozenset[str]:
    """Content words within reach of the figure, in its sentence."""
    text = case.text(row.figure.document_id)
    start = max(row.sentence[0], row.figure.start - NEAR_CHARS)
    stretch = text[start : row.figure.start] + " " + text[row.figure.end : min(row.sentence[1], row.figure.end + NEAR_CHARS)]
    return frozenset(keys_of(stretch)) & row.words


def _sharp(rows: list[Placed]) -> list[Placed]:
    """Without vague figures ("dozens") beside which the same document gives a sharper one that they allow."""
    vague = [row for row in rows if row.figure.modifier in ("range", "about", "almost")]
    sharp = [row for row in rows if row not in vague]
    return sharp + [row for row in vague if all(exclude_each_other(row, other) for other in sharp)]


def may_be_one_quantity(left: Interval, right: Interval) -> bool:
    """Two counts of one thing are within a factor of `MAX_RATIO`, or a power of ten apart; else they count two things."""
    a, b = left.low or left.high, right.low or right.high
    if not a or not b:
        return True
    ratio = max(a, b) / min(a, b) if min(a, b) > 0 else Decimal(0)
    return ratio <= MAX_RATIO or ratio in (10, 100, 1000)


def _one_occasion(left: Placed, right: Placed) -> bool:
    """No sign of another day, place or condition in the two sentences."""
    a, b = left.figure, right.figure
    if a.place and b.place and keys_of(a.place) != keys_of(b.place):
        return False
    if a.as_of_earliest is not None and b.as_of_earliest is not None:
        return not (_ends_before(a, b) or _ends_before(b, a))
    named = WEEKDAYS_AND_MONTHS - RELATIVE_DAYS
    days_left, days_right = left.words & named, right.words & named
    return not (days_left and days_right and not days_left & days_right)


def _ends_before(left: Figure, right: Figure) -> bool:
    return left.as_of_latest is not None and right.as_of_earliest is not None and left.as_of_latest < right.as_of_earliest


def _is_revision(row: Placed, case: Case) -> bool:
    """Whether the sentence says that its figure takes the place of another."""
    text = case.text(row.figure.document_id)
    keys = keys_of(text[slice(*row.sentence)])
    # That something rose is what a change says of itself.
    return any(key in REVISIONS and not (row.figure.kind == "change" and is_way(key)) for key in keys)


def _says_both(case: Case, left: Placed, right: Placed) -> bool:
    """Whether the later document knows the other's figure: it then reports the disagreement itself."""
    if (left.figure.low, left.figure.high) == (right.figure.low, right.figure.high):
        return False  # a rise and a fall of one size
    for row, other in ((left, right), (right, left)):
        text = case.text(row.figure.document_id)
        value = case.words(other.figure.document_id, other.figure.start, other.figure.end)
        digits = re.findall(r"\d[\d.,]*", value)
        around = text[max(0, row.sentence[0] - 300) : row.sentence[1] + 300]
        if digits and any(re.search(rf"(?<![\d.,]){re.escape(number.rstrip('.,'))}(?![\d])", around) for number in digits):
            return True
    return False


def _is_more(left: Interval, right: Interval) -> bool:
    return left.low is not None and right.high is not None and left.low > right.high
