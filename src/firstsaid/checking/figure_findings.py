"""Findings about figures: in conflict between documents, changed along a stemma, parts that do not make up the total, superseded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from firstsaid.checking.case import Case, Heading, days_apart, make_finding
from firstsaid.checking.intervals import Interval, are_disjoint, interval_of
from firstsaid.checking.lexicon import CORRECTIONS, GLUE, RELATIVE_DAYS, REVISIONS, SUBSET_WORDS, TOTAL_WORDS, WEEKDAYS_AND_MONTHS
from firstsaid.checking.tokens import keys_of, remembered_key, sentence_around, shortened
from firstsaid.model import Evidence, Figure, Finding

CONFLICT_KINDS = ("count", "money", "percent", "measure", "duration", "rate", "ratio")
MAX_DAYS = 3
"""Reports of one event come within days; later figures are later counts."""

MAX_POSTINGS = 40
"""Names and words of more figures of one kind than this say nothing about which event is meant; it also bounds the cost."""

MAX_FAMILY_DAYS = 30
"""Where a shared passage shows that one sentence is meant, a report may come weeks later; the sentences must then be nearly equal."""

MIN_COMMON_SHARE, LOOSE_COMMON_SHARE = 0.25, 0.5
"""Share of the shorter sentence's content words: two long sentences about one bill share a few words whatever they count."""

MIN_SHARED = 3
"""Rare names or words that two documents must share to speak of one event, where no family joins them."""

MAX_RATIO = Decimal(3)

MAX_CORRECTION_DAYS, BESIDE_CHARS = 60, 300

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


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its interval and the content words of its sentence."""

    figure: Figure
    interval: Interval
    sentence: tuple[int, int]
    words: frozenset[str]


def figure_findings(case: Case) -> Iterator[Finding]:
    """Findings of the kinds about figures. Cost: linear in the figures times `MAX_POSTINGS`."""
    placed = _placed(case)
    yield from _conflicts(case, placed)
    yield from _sums(case)
    yield from _superseded(case, placed)


def _placed(case: Case) -> dict[str, list[Placed]]:
    """Figures that can be compared, by document."""
    found: dict[str, list[Placed]] = {}
    for document_id, figures in case.figures.items():
        text = case.text(document_id)
        rows = []
        quoted = [(q.start, q.end) for q in case.quotations.get(document_id, ()) if q.form in ("direct", "block")]
        sentences: dict[tuple[int, int], frozenset[str]] = {}
        for figure in figures:
            interval = interval_of(figure)
            # Inside a quotation the words themselves are compared.
            if any(start <= figure.start and figure.end <= end for start, end in quoted):
                continue
            if interval is None or figure.kind not in CONFLICT_KINDS or not (figure.of_lemma or figure.unit):
                continue
            sentence = _sentence(text, figure)
            if sentence not in sentences:
                sentences[sentence] = frozenset(
                    key for key in keys_of(text[slice(*sentence)]) if key not in GLUE and len(key) > 2 and not key.isdigit()
                )
            rows.append(Placed(figure, interval, sentence, sentences[sentence]))
        if rows:
            found[document_id] = rows
    return found


def _sentence(text: str, figure: Figure) -> tuple[int, int]:
    if figure.sentence_start is not None and figure.sentence_end is not None:
        return figure.sentence_start, figure.sentence_end
    return sentence_around(text, figure.start, figure.end)


def same_thing(figure: Figure) -> tuple[str, str, str]:
    """What two figures must have in common to be compared at all."""
    return figure.kind, _stem(figure.of_lemma or ""), figure.unit or ""


@lru_cache(maxsize=1 << 16)
def _stem(lemma: str) -> str:
    """A lemma's key without the plural ending, should the parser have left it."""
    key = " ".join(remembered_key(part) for part in lemma.split())
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith("ss") else key


# ------------------------------------------------------------------------------------------------------------------ conflicts


def _conflicts(case: Case, placed: dict[str, list[Placed]]) -> Iterator[Finding]:
    groups: dict[tuple[str, str, str], dict[str, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    for document_id, rows in placed.items():
        for row in rows:
            groups[same_thing(row.figure)][document_id].append(row)
    event_keys = _rare(_event_keys(case, placed))
    families = _families_of(case)
    for thing in sorted(groups):
        by_document = groups[thing]
        if len(by_document) < 2:
            continue
        shared = _documents_of_one_event(case, by_document, event_keys, families)
        for (left_id, right_id), n_shared in sorted(shared.items()):
            finding = _conflict(case, by_document[left_id], by_document[right_id], n_shared)
            if finding is not None:
                yield finding


def _event_keys(case: Case, placed: dict[str, list[Placed]]) -> dict[str, frozenset[str]]:
    """What each document is about: the names in it and the content words of its title and opening."""
    found = {}
    for document_id in placed:
        heading = case.headings[document_id]
        opening = f"{heading.title or ''} {case.text(document_id)[:600]}"
        words = {key for key in keys_of(opening) if key not in GLUE and len(key) > 3 and key not in WEEKDAYS_AND_MONTHS}
        found[document_id] = frozenset(words | {f"#{name_id}" for name_id in case.name_ids.get(document_id, ())})
    return found


def _rare(event_keys: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Without the keys of more than `MAX_POSTINGS` documents of the whole corpus."""
    counts: dict[str, int] = defaultdict(int)
    for keys in event_keys.values():
        for key in keys:
            counts[key] += 1
    return {document_id: frozenset(key for key in keys if counts[key] <= MAX_POSTINGS) for document_id, keys in event_keys.items()}


def _families_of(case: Case) -> dict[str, frozenset[str]]:
    table = case.tables.get("passage")
    found: dict[str, set[str]] = defaultdict(set)
    if table is not None:
        for document_id, family_id in zip(table["document_id"].to_pylist(), table["family_id"].to_pylist(), strict=True):
            found[document_id].add(family_id)
    return {document_id: frozenset(ids) for document_id, ids in found.items()}


def _documents_of_one_event(
    case: Case, by_document: dict[str, list[Placed]], event_keys: dict[str, frozenset[str]], families: dict[str, frozenset[str]]
) -> dict[tuple[str, str], int]:
    """Pairs of documents (the earlier first) with how many rare keys they share; a shared family counts as `MIN_SHARED`."""
    order = {document_id: at for at, document_id in enumerate(case.in_order(by_document))}
    postings: dict[str, list[str]] = defaultdict(list)
    for document_id in order:
        for key in event_keys[document_id]:
            postings[key].append(document_id)
        for family_id in families.get(document_id, ()):
            postings[f"={family_id}"].append(document_id)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for key, members in postings.items():
        if len(members) < 2 or len(members) > MAX_POSTINGS:
            continue
        weight, reach = (MIN_SHARED, MAX_FAMILY_DAYS) if key[0] == "=" else (1, MAX_DAYS)
        for at, left_id in enumerate(members):
            for right_id in members[at + 1 :]:
                left, right = case.headings[left_id], case.headings[right_id]
                if left.latest is not None and right.earliest is not None and right.earliest - left.latest > reach * 1440:
                    break
                if days_apart(left, right) is not None and not left.holds(right):
                    shared[left_id, right_id] += weight
    return {pair: count for pair, count in shared.items() if count >= MIN_SHARED}


def _conflict(case: Case, left_rows: list[Placed], right_rows: list[Placed], n_shared: int) -> Finding | None:
    """The best pair of figures that exclude each other, if no figure of the one document agrees with one of the other."""
    left_rows, right_rows = _sharp(left_rows), _sharp(right_rows)
    best: tuple[int, int, int, Placed, Placed] | None = None
    for left in left_rows:
        if any(not are_disjoint(left.interval, right.interval) for right in right_rows):
            continue
        for right in right_rows:
            if any(not are_disjoint(other.interval, right.interval) for other in left_rows) or not _one_occasion(left, right):
                continue
            common = len(left.words & right.words)
            if not _may_be_one_quantity(left.interval, right.interval):
                continue
            is_loose = left.figure.kind in ("percent", "money") or not left.figure.of_lemma
            share = LOOSE_COMMON_SHARE if is_loose else MIN_COMMON_SHARE
            if common < _needed(left.figure) or common < share * min(len(left.words), len(right.words)):
                continue
            ranked = (-common, left.figure.start, right.figure.start, left, right)
            if best is None or ranked[:3] < best[:3]:
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
    # What an outlet writes on another day is its next count.
    if here.same_outlet(there) and apart >= 1:
        return None
    if apart > MAX_DAYS and 10 * len(left.words & right.words) < 6 * min(len(left.words), len(right.words)):
        return None
    grows = here.is_before(there) and left.figure.kind == "count" and _is_more(right.interval, left.interval)
    strength = 5_000.0 + 250 * min(8, -best[0]) + 200 * min(6, n_shared) - 700 * min(apart, 3) - 1_500 * (grows and apart >= 1)
    if here.same_outlet(there):
        strength *= 0.6
    if left.interval.is_approximate or right.interval.is_approximate:
        strength -= 800
    said_left, said_right = _said(case, left.figure), _said(case, right.figure)
    why = f"{here.label()} says “{said_left}” and {there.label()} “{said_right}”: no number fits both."
    evidence = (_evidence(left.figure, f"says {said_left}"), _evidence(right.figure, f"says {said_right}"))
    return make_finding(case, "figures-conflict", f"{said_left} / {said_right}", why, UPDATE_COULD_BE, strength, evidence)


def _sharp(rows: list[Placed]) -> list[Placed]:
    """Without vague figures ("dozens") beside which the same document gives a sharper one that they allow."""
    vague = [row for row in rows if row.figure.modifier in ("range", "about", "almost")]
    sharp = [row for row in rows if row not in vague]
    return sharp + [row for row in vague if all(are_disjoint(row.interval, other.interval) for other in sharp)]


def _may_be_one_quantity(left: Interval, right: Interval) -> bool:
    """Two counts of one thing are within a factor of `MAX_RATIO`, or a power of ten apart; else they count two things."""
    a, b = left.low or left.high, right.low or right.high
    if not a or not b:
        return True
    ratio = max(a, b) / min(a, b) if min(a, b) > 0 else Decimal(0)
    return ratio <= MAX_RATIO or ratio in (10, 100, 1000)


def _needed(figure: Figure) -> int:
    lemma = _stem(figure.of_lemma or "")
    return 4 if not lemma or lemma in GENERIC or figure.kind in ("money", "percent", "duration", "measure") else 2


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
    return any(key in REVISIONS for key in keys_of(text[slice(*row.sentence)]))


def _says_both(case: Case, left: Placed, right: Placed) -> bool:
    """Whether the later document knows the other's figure: it then reports the disagreement itself."""
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


def _said(case: Case, figure: Figure) -> str:
    """The figure with what it counts, as it stands."""
    end = figure.of_end if figure.of_end is not None and 0 <= figure.of_end - figure.end <= 60 else figure.end
    return shortened(case.words(figure.document_id, figure.start, max(end, figure.end)), 70)


def _evidence(figure: Figure, role: str) -> Evidence:
    return Evidence(figure.document_id, figure.start, figure.end, role)


# -------------------------------------------------------------------------------------------------------------------- sums

_OPENS_PARTS = re.compile(r"[^.!?\d]{0,60}?[,:;(–—]\s*\Z")
_JOINS_PARTS = re.compile(r"[^.!?\d]{0,40}\Z")


def _sums(case: Case) -> Iterator[Finding]:
    """Sentences of the form "12 people, 5 men and 6 women" whose parts make another total."""
    for document_id, figures in case.figures.items():
        counts = [
            f
            for f in figures
            if f.kind in ("count", "money", "percent") and f.modifier == "exact" and f.low is not None and f.low == f.high
        ]
        if len(counts) < 3:
            continue
        text = case.text(document_id)
        for at, total in enumerate(counts[:-2]):
            finding = _sum(case, text, document_id, total, counts[at + 1 :])
            if finding is not None:
                yield finding


def _sum(case: Case, text: str, document_id: str, total: Figure, following: list[Figure]) -> Finding | None:
    _, sentence_end = _sentence(text, total)
    opening = text[total.end : following[0].start]
    if not _OPENS_PARTS.match(opening) or any(key in SUBSET_WORDS for key in keys_of(opening)):
        return None
    parts: list[Figure] = []
    for part in following:
        if part.end > sentence_end or part.unit != total.unit or part.kind != total.kind:
            break
        between = text[parts[-1].end : part.start] if parts else ""
        if parts and (not _JOINS_PARTS.match(between) or not re.search(r"[,;]|\b(and|und|et|y|e|en|och|og)\b", between)):
            break
        if any(key in SUBSET_WORDS or key in TOTAL_WORDS for key in keys_of(between)):
            break
        parts.append(part)
    if len(parts) < 2:
        return None
    # A list is closed by "and": what follows it without one belongs to the next thought.
    if not re.search(r"\b(and|und|et|y|e|en|och|og)\b", text[parts[0].end : parts[-1].start]):
        return None
    stop = min(sentence_end, parts[-1].end + 60)
    if any(key in SUBSET_WORDS or key in ("more", "others", "rest", "unknown") for key in keys_of(text[parts[-1].end : stop])):
        return None
    try:
        whole, summands = Decimal(total.low or ""), [Decimal(part.low or "") for part in parts]
    except InvalidOperation:
        return None
    made = sum(summands, Decimal(0))
    if total.kind == "percent" and whole != 100:
        return None
    tolerance = _rounding([total, *parts]) if total.kind != "percent" else Decimal(len(parts))
    # The parts of something else rarely come within a fifth of the total; those that do and miss it are slips.
    if made == whole or abs(made - whole) <= tolerance or abs(made - whole) > max(Decimal(2), whole / 5):
        return None
    # After a mere comma a list of different things reads the same; only a near miss of the total tells the two apart.
    if not re.search(r"[:(–—]\s*\Z", opening) and (total.kind == "percent" or abs(made - whole) > max(Decimal(1), whole / 20)):
        return None
    start, end = total.start, parts[-1].of_end or parts[-1].end
    said = shortened(text[start : max(end, parts[-1].end)], 160)
    sum_said = " + ".join(part.low or "" for part in parts)
    why = f"{case.headings[document_id].label()} says “{said}”, but {sum_said} = {made.normalize():f}, not {total.low}."
    evidence = (_evidence(total, "gives the total"), *(_evidence(part, "gives a part") for part in parts))
    could_be = ("a part is left out on purpose", "the parts overlap", "a slip of one digit")
    return make_finding(case, "figures-do-not-add-up", said, why, could_be, 7_000 + 200 * (len(parts) == 2), evidence)


def _rounding(figures: list[Figure]) -> Decimal:
    """How far a sum of rounded numbers may be off: half a unit of the last digit given, for each."""
    slack = Decimal(0)
    for figure in figures:
        number = Decimal(figure.low or "0").normalize()
        exponent = number.as_tuple().exponent
        places = exponent if isinstance(exponent, int) else 0
        if places < 0 or places >= 3:
            slack += Decimal(10) ** places / 2
    return slack


# -------------------------------------------------------------------------------------------------------------- superseded


def _is_beside(left: Placed, right: Placed) -> bool:
    return abs(left.figure.start - right.figure.start) <= BESIDE_CHARS


def _superseded(case: Case, placed: dict[str, list[Placed]]) -> Iterator[Finding]:
    """Figures that their own outlet corrected later, in a sentence that says so and names the thing counted."""
    corrections: list[tuple[Heading, Placed]] = []
    by_outlet: dict[tuple[str, tuple[str, str, str]], list[Placed]] = defaultdict(list)
    for document_id, rows in placed.items():
        heading = case.headings[document_id]
        if not heading.outlet:
            continue
        text = case.text(document_id)
        for row in rows:
            by_outlet[heading.outlet, same_thing(row.figure)].append(row)
            beside = text[max(0, row.sentence[0] - 150) : row.sentence[1]]
            if any(key in CORRECTIONS for key in keys_of(beside)):
                corrections.append((heading, row))
    for heading, row in corrections:
        text = case.text(heading.id)
        around = frozenset(keys_of(text[max(0, row.sentence[0] - 300) : row.sentence[1] + 300])) - GLUE
        by_document = {heading.id: [other for other in placed[heading.id] if same_thing(other.figure) == same_thing(row.figure)]}
        for old in by_outlet[heading.outlet or "", same_thing(row.figure)]:
            before = case.headings[old.figure.document_id]
            if not before.is_before(heading) or not are_disjoint(old.interval, row.interval) or before.holds(heading):
                continue
            apart = days_apart(before, heading)
            if apart is None or apart > MAX_CORRECTION_DAYS or len(old.words & around) < 2:
                continue
            # A correction says what it corrects: the old number of the same thing stands beside the new one.
            if not any(other.interval == old.interval and _is_beside(other, row) for other in by_document[heading.id]):
                continue
            said_old, said_new = _said(case, old.figure), _said(case, row.figure)
            why = f"{before.label()} says “{said_old}”; {heading.label()} corrected it to “{said_new}”."
            evidence = (_evidence(old.figure, f"says {said_old}"), _evidence(row.figure, "corrects it"))
            could_be = ("the correction is of another figure", "the earlier text was corrected in place after it was read in")
            yield make_finding(case, "superseded", f"{said_old}, later {said_new}", why, could_be, 7_500, evidence)
            break
