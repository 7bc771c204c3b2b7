"""Everything that does not hold together, ranked: what a fact-checker would look at first comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyarrow as pa

from firstsaid.checking.case import Case, bounded
from firstsaid.checking.citation_findings import citation_findings
from firstsaid.checking.family_findings import family_findings
from firstsaid.checking.figure_findings import figure_findings
from firstsaid.checking.prediction_findings import prediction_findings
from firstsaid.checking.quotation_findings import quotation_findings
from firstsaid.columns import to_table
from firstsaid.model import Finding

SETTINGS_SCHEMA = pa.schema([pa.field("as_of", pa.int64())])
"""The optional table `settings` beside the corpus: one row with the moment by which predictions are judged."""

MAX_EVIDENCE = 30

REPEAT_SHARE = 0.25
"""Each further finding of one kind about the same pair of documents loses this share: the list shall not be one story told ten times."""


def finding_rows(documents: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """All findings, the strongest first; ties by kind and id. Independent of the order of all rows.

    `documents`: see docs/explanation/architecture.md. `beside`: the tables quotation, figure, citation, prediction, mention, name,
    alignment, passage, family; a missing one is read as empty. An optional `settings` table (`SETTINGS_SCHEMA`) gives the day of judgement.
    Cost: one pass over all words, everything else linear in the rows; about 22 CPU seconds for 8,000 documents of 26 MB.
    """
    settings = beside.get("settings")
    as_of = settings["as_of"][0].as_py() if settings is not None and settings.num_rows else None
    case = Case(documents, {name: table for name, table in beside.items() if name != "settings"})
    return to_table(Finding, ranked(find(case, as_of)))


def find(case: Case, as_of: int | None = None) -> Iterator[Finding]:
    """Every finding of every kind, not ranked."""
    yield from quotation_findings(case)
    yield from figure_findings(case)
    yield from family_findings(case)
    yield from citation_findings(case)
    yield from prediction_findings(case, as_of)


def ranked(found: Iterator[Finding]) -> list[Finding]:
    """One finding for each set of near-identical ones, the strongest first."""
    merged = [*_merged(list(found)).values()]
    merged.sort(key=lambda item: (-item.strength, item.kind, item.id))
    repeats: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
    weighed = []
    for item in merged:
        documents = tuple(sorted({evidence.document_id for evidence in item.evidence}))
        place = (item.kind, documents)
        weighed.append(replace(item, strength=bounded(item.strength * (1 - REPEAT_SHARE) ** min(repeats[place], 6))))
        repeats[place] += 1
    return sorted(weighed, key=lambda item: (-item.strength, item.kind, item.id))


def _joined(first: Finding, other: Finding) -> Finding:
    """One finding that counts both and shows the other's places too."""
    new = tuple(evidence for evidence in other.evidence if evidence not in first.evidence)
    evidence = (*first.evidence, *new[: max(0, MAX_EVIDENCE - len(first.evidence))])
    return replace(first, n_similar=first.n_similar + other.n_similar, evidence=evidence)


def _merged(found: list[Finding]) -> dict[tuple[str, ...], Finding]:
    """Findings of one kind with one subject and one place, or with the same evidence, become one that counts them."""
    found.sort(key=lambda item: (-item.strength, item.kind, item.id))
    kept: dict[tuple[str, ...], Finding] = {}
    for item in found:
        key = (item.kind, item.subject.casefold()) if item.kind != "citation-dangling" else (item.kind, item.id)
        first = kept.get(key)
        kept[key] = item if first is None else _joined(first, item)
    return kept
