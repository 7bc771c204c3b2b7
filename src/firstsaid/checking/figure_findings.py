"""Findings about figures: in conflict between documents, parts that do not make up the total, superseded by a correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from firstsaid.checking.case import Case, Heading, days_apart, make_finding
from firstsaid.checking.figure_changes import change_findings
from firstsaid.checking.figure_conflicts import conflict_findings, may_be_one_quantity
from firstsaid.checking.figure_rows import Placed, evidence_of, placed_figures, said, same_thing
from firstsaid.checking.figure_sums import sum_findings
from firstsaid.checking.intervals import are_disjoint
from firstsaid.checking.lexicon import CORRECTIONS, GLUE
from firstsaid.checking.tokens import keys_of
from firstsaid.model import Finding

MAX_CORRECTION_DAYS, BESIDE_CHARS = 60, 300

MIN_RETOLD_SHARE = 0.3
"""Share, by weight, of the corrected sentence: with less, the correction is of something else that is counted in the same unit."""


def figure_findings(case: Case) -> Iterator[Finding]:
    """Findings of the kinds about figures. Cost: linear in the figures times `events.MAX_POSTINGS`."""
    placed = placed_figures(case)
    yield from conflict_findings(case, placed)
    yield from sum_findings(case)
    yield from change_findings(case)
    yield from superseded_findings(case, placed)


def _tells_the_same(case: Case, old: Placed, around: frozenset[str]) -> bool:
    """Whether the words of the corrected sentence stand around the correction."""
    rarity = case.rarity
    weight = rarity.total(old.words & around)
    return weight >= 1 and weight >= MIN_RETOLD_SHARE * rarity.total(old.words)


def _is_beside(left: Placed, right: Placed) -> bool:
    return abs(left.figure.start - right.figure.start) <= BESIDE_CHARS


def superseded_findings(case: Case, placed: dict[str, list[Placed]]) -> Iterator[Finding]:
    """Figures that their own outlet corrected later, in a sentence that says so and names the thing counted."""
    corrections: list[tuple[Heading, Placed]] = []
    by_outlet: dict[tuple[str, tuple[str, str, str]], list[Placed]] = defaultdict(list)
    # Nearly no text corrects anything. A stretch may begin inside a word: "incorrect" may end as "correct".
    listed = list(case.headings)
    has_outlets = any(heading.outlet for heading in case.headings.values())
    correcting = {listed[at] for at in case.vocabulary.texts_with_part(CORRECTIONS)} if has_outlets else set()
    for document_id, rows in placed.items():
        heading = case.headings[document_id]
        if not heading.outlet:
            continue
        text = case.text(document_id)
        for row in rows:
            by_outlet[heading.outlet, same_thing(row.figure)].append(row)
            beside = text[max(0, row.sentence[0] - 150) : row.sentence[1]] if document_id in correcting else ""
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
            if not may_be_one_quantity(old.interval, row.interval):
                continue
            if apart is None or apart > MAX_CORRECTION_DAYS or not _tells_the_same(case, old, around):
                continue
            # A correction says what it corrects: the old number of the same thing stands beside the new one.
            if not any(other.interval == old.interval and _is_beside(other, row) for other in by_document[heading.id]):
                continue
            said_old, said_new = said(case, old.figure), said(case, row.figure)
            why = f"{before.label()} says “{said_old}”; {heading.label()} corrected it to “{said_new}”."
            evidence = (evidence_of(old.figure, f"says {said_old}"), evidence_of(row.figure, "corrects it"))
            could_be = ("the correction is of another figure", "the earlier text was corrected in place after it was read in")
            yield make_finding(case, "superseded", f"{said_old}, later {said_new}", why, could_be, 7_500, evidence)
            break
