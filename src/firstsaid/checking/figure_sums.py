"""Parts in one sentence that do not make up its total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from firstsaid.checking.case import Case, make_finding
from firstsaid.checking.figure_rows import evidence_of, sentence_of
from firstsaid.checking.lexicon import SUBSET_WORDS, TOTAL_WORDS
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.model import Figure, Finding

CUE_CHARS = 30
"""Sums of money in a row are a list of parts; only "a total of", a colon or a bracket makes the first of them the whole."""

_OPENS_PARTS = re.compile(r"[^.!?\d]{0,60}?[,:;(–—]\s*\Z")
_JOINS_PARTS = re.compile(r"[^.!?\d]{0,40}\Z")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_VOTE_WORDS = _words("vote votes voted ballots ballot turnout abstained against favour favor opposed support supported polled survey poll")
_CLOSES_SHARES = re.compile(
    r"\b(?:undecided|abstain(?:ed|ing)|abstentions|no opinion|(?:do|did)(?: not|n['’]t) know|spoil(?:ed|t)|unsure|not sure|had no view)\b",
    re.IGNORECASE,
)
"""What the last share of a vote or a poll is called: with it the shares are all there are."""

_OF_WHOLE = re.compile(r"\s(?:out )?of (?:the |its |their |all |a total of )?(?:\w+ )?\Z")


def sum_findings(case: Case) -> Iterator[Finding]:
    """Parts that make another total than the one given, shares of a vote that do not make 100, parts larger than their whole."""
    yield from _totals(case)
    for document_id, figures in case.figures.items():
        if len(figures) < 2 or case.has_lost_signs(document_id):
            continue
        text = case.text(document_id)
        by_sentence: dict[tuple[int, int], list[Figure]] = {}
        for figure in figures:
            if figure.modifier == "exact" and figure.low is not None and figure.low == figure.high:
                by_sentence.setdefault(sentence_of(text, figure), []).append(figure)
        for (start, end), members in by_sentence.items():
            shares = [figure for figure in members if figure.kind == "percent" and figure.unit == "percent"]
            finding = _shares(case, text[start:end], document_id, shares) if len(shares) >= 3 else None
            if finding is not None:
                yield finding
            for part, whole in pairwise(members):
                if (finding := _part(case, text, part, whole)) is not None:
                    yield finding


def _shares(case: Case, sentence: str, document_id: str, shares: list[Figure]) -> Finding | None:
    """Shares of a vote or a poll, told to the last one, that do not make 100 within their rounding."""
    closing = list(_CLOSES_SHARES.finditer(sentence))
    if not closing or _VOTE_WORDS.isdisjoint(word.casefold() for word in re.findall(r"\w+", sentence)) or len(shares) > 6:
        return None
    made = sum((Decimal(share.low or "0") for share in shares), Decimal(0))
    if abs(made - 100) <= _rounding(shares) + Decimal("0.5") * len(shares) or abs(made - 100) > 12:
        return None
    sum_said = " + ".join(share.low or "" for share in shares)
    words = shortened(sentence, 160)
    why = f"{case.headings[document_id].label()} says “{words}”, but {sum_said} = {made.normalize():f}, not 100."
    evidence = tuple(evidence_of(share, "gives a share") for share in shares)
    could_be = ("a share is left out on purpose", "more than one answer was allowed", "a slip of one digit")
    return make_finding(case, "figures-do-not-add-up", words, why, could_be, 6_500, evidence)


def _part(case: Case, text: str, part: Figure, whole: Figure) -> Finding | None:
    """A part that is larger than what it is said to be a part of: "15 of the 12 passengers"."""
    if part.kind != "count" or whole.kind != "count" or not whole.of_lemma or not _OF_WHOLE.fullmatch(text[part.end : whole.start]):
        return None
    small, large = Decimal(part.low or "0"), Decimal(whole.low or "0")
    if small <= large or "." in f"{part.low}{whole.low}" or large < 2:
        return None
    words = shortened(text[part.start : max(whole.end, whole.of_end or whole.end)], 120)
    why = f"{case.headings[part.document_id].label()} says “{words}”: the part is larger than the whole."
    evidence = (evidence_of(part, "gives the part"), evidence_of(whole, "gives the whole"))
    could_be = ("the two numbers changed places", "a slip of one digit")
    return make_finding(case, "figures-do-not-add-up", words, why, could_be, 7_000, evidence)


def _totals(case: Case) -> Iterator[Finding]:
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
    between_first = text[parts[0].end : parts[1].start]
    if opening.lstrip().startswith(")") or (not re.search(r"[:(–—]\s*\Z", opening) and _share_a_preposition(opening, between_first)):
        return None  # "two in April, two in May and one in June"
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


def _share_a_preposition(opening: str, between: str) -> bool:
    """Whether the first number and the next one are told in the same way: then they are members of one list."""
    shared = set(re.findall(r"\w+", opening.casefold())).intersection(re.findall(r"\w+", between.casefold()))
    return not _PREPOSITIONS.isdisjoint(shared)


_PREPOSITIONS = _words("in from at for on to of by im aus von für à de en dans pour a para")


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
