"""Predictions whose time has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from firstsaid.checking.case import Case, make_finding
from firstsaid.checking.lexicon import GLUE, WEEKDAYS_AND_MONTHS
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.columns import from_table
from firstsaid.dates import day
from firstsaid.model import MINUTES_PER_DAY, Evidence, Finding, Prediction

APPOINTMENT_DAYS, NEWS_DAYS = 62, 14
DEADLINES = frozenset(
    ("by", "before", "until", "within", "end", "bis", "vor", "innerhalb", "ende", "avant", "ici", "dici", "fin", "antes", "dentro", "entro")
)
"""Words that make a day a deadline; without one, a day of the next weeks is an appointment."""

RECURRING_WORDS = 6
"""The first content words of a prediction: standing sentences ("the committee will continue to monitor ...") agree in them."""


def prediction_findings(case: Case, as_of: int | None) -> Iterator[Finding]:
    """One finding per document with predictions overdue at the moment `as_of`; a sentence that recurs over documents is one finding.

    Without `as_of`, the latest date of the corpus is the day to judge by: no clock is read.
    """
    table = case.tables.get("prediction")
    moment = case.latest_moment if as_of is None else as_of
    if table is None or table.num_rows == 0 or moment is None:
        return
    basis = "the day given" if as_of is not None else "the latest date in the corpus"
    by_words: dict[tuple[str, ...], list[Prediction]] = defaultdict(list)
    for prediction in from_table(Prediction, table):
        heading = case.headings.get(prediction.document_id)
        if heading is None or heading.latest is None or prediction.horizon_latest is None or prediction.horizon_start is None:
            continue
        if prediction.condition_start is not None or prediction.horizon_latest >= moment or prediction.horizon_latest < heading.latest:
            continue
        if _is_appointment(case, prediction, heading.latest):
            continue
        words = case.words(prediction.document_id, prediction.start, prediction.end)
        content = tuple(key for key in keys_of(words) if key not in GLUE and not key.isdigit())
        by_words[content[:RECURRING_WORDS]].append(prediction)
    by_document: dict[str, list[tuple[Prediction, int]]] = defaultdict(list)
    for _, members in sorted(by_words.items()):
        ordered = case.in_order(prediction.document_id for prediction in members)
        first = min(members, key=lambda prediction: (ordered.index(prediction.document_id), prediction.start))
        by_document[first.document_id].append((first, len({prediction.document_id for prediction in members})))
    for document_id in sorted(by_document):
        yield _overdue(case, document_id, by_document[document_id], moment, basis)


def _overdue(case: Case, document_id: str, members: list[tuple[Prediction, int]], moment: int, basis: str) -> Finding:
    heading = case.headings[document_id]
    members.sort(key=lambda member: (member[0].is_quoted, _horizon_days(member[0], heading.latest or 0), member[0].start))
    first, n_documents = members[0]
    horizon = case.words(document_id, first.horizon_start or first.start, first.horizon_end or first.end)
    words = shortened(case.words(document_id, first.start, first.end), 160)
    more = f" {len(members) - 1} more of its predictions are past, too." if len(members) > 1 else ""
    recurs = f" The same sentence stands in {n_documents} documents." if n_documents > 1 else ""
    passed = day(first.horizon_latest or 0)
    why = f"{heading.label()} says “{words}”; “{shortened(horizon, 40)}” ran out on {passed}, before {basis} ({day(moment)})."
    ahead = _horizon_days(first, heading.latest or 0)
    overdue = ((moment - (first.horizon_latest or 0)) // MINUTES_PER_DAY) + 1
    strength = 4_000.0 - 1_500 * first.is_quoted + 150 * min(len(members), 6) + min(overdue, 700) - min(ahead, 3_650) * 0.3
    if n_documents > 2:
        strength -= 1_000
    digits = any(key[:1].isdigit() for key in keys_of(words.replace(horizon, "")))
    strength += 500 * digits
    evidence = [Evidence(document_id, prediction.start, prediction.end, "predicts") for prediction, _ in members[:10]]
    could_be = ("it came true", "the plan was changed openly", "it was meant as a hope, or under a condition")
    total = sum(count for _, count in members)
    return make_finding(case, "prediction-overdue", words, why + recurs + more, could_be, strength, evidence, total)


def _is_appointment(case: Case, prediction: Prediction, published: int) -> bool:
    """Whether the horizon is a day or month of the next weeks without a deadline's word ("on Friday"): an announcement, not a promise."""
    if _horizon_days(prediction, published) > APPOINTMENT_DAYS:
        return False
    if _horizon_days(prediction, published) < NEWS_DAYS:
        return True
    horizon = case.words(prediction.document_id, prediction.horizon_start or 0, prediction.horizon_end or 0)
    keys = keys_of(horizon)
    return any(key in WEEKDAYS_AND_MONTHS for key in keys) and not any(key in DEADLINES for key in keys)


def _horizon_days(prediction: Prediction, published: int) -> int:
    return max(0, ((prediction.horizon_latest or 0) - published) // MINUTES_PER_DAY)
