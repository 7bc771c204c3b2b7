"""Parts in one sentence that do not make up its total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from firstsaid.checking.case import Case, make_finding
from firstsaid.checking.figure_rows import evidence_of, sentence_of
from firstsaid.checking.lexicon import SUBSET_WORDS, TOTAL_WORDS
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.model import Figure, Finding

CUE_CHARS = 30
"""Sums of money in a row are a list of parts; only "a total of", a colon or a bracket makes the first of them the whole."""

_OPENS_PARTS = re.compile(r"[^.!?\d]{0,60}?[,:;(–—]\s*\Z")
_JOINS_PARTS = re.compile(r"[^.!?\d]{0,40}\Z")


def sum_findings(case: Case) -> Iterator[Finding]:
    """Sentences of the form "12 people, 5 men and 6 women" whose parts make another total."""
    for document_id, figures in case.figures.items():
        counts = [
            f
            for f in figures
            if f.kind in ("count", "money", "percent") and f.modifier == "exact" and f.low is not None and f.low == f.high
        ]
        if len(counts) < 3 or case.has_lost_signs(document_id):
            continue
        text = case.text(document_id)
        for at, total in enumerate(counts[:-2]):
            finding = _sum(case, text, document_id, total, counts[at + 1 :])
            if finding is not None:
                yield finding


def _sum(case: Case, text: str, document_id: str, total: Figure, following: list[Figure]) -> Finding | None:
    _, sentence_end = sentence_of(text, total)
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
    has_cue = any(key in TOTAL_WORDS for key in keys_of(text[max(0, total.start - CUE_CHARS) : total.start]))
    if total.kind != "count" and not has_cue and not re.search(r"[:(–—]\s*\Z", opening):
        return None
    # After a mere comma a list of different things reads the same; only a near miss of the total tells the two apart.
    if not re.search(r"[:(–—]\s*\Z", opening) and (total.kind == "percent" or abs(made - whole) > max(Decimal(1), whole / 20)):
        return None
    start, end = total.start, parts[-1].of_end or parts[-1].end
    said = shortened(text[start : max(end, parts[-1].end)], 160)
    sum_said = " + ".join(part.low or "" for part in parts)
    why = f"{case.headings[document_id].label()} says “{said}”, but {sum_said} = {made.normalize():f}, not {total.low}."
    evidence = (evidence_of(total, "gives the total"), *(evidence_of(part, "gives a part") for part in parts))
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
