"""Promises and forecasts with a day attached, whose day has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from firstsaid.checking.case import Case, make_finding
from firstsaid.checking.lexicon import GLUE
from firstsaid.checking.promises import Later, checkable, horizon_days, later_words
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.columns import from_table
from firstsaid.dates import day
from firstsaid.model import MINUTES_PER_DAY, Evidence, Finding, Prediction

RECURRING_WORDS = 6
"""The first content words of a prediction: standing sentences ("the committee will continue to monitor ...") agree in them."""

MAX_UNANSWERED = 12
"""Every year-old corpus is full of days gone by: of those on which no later document casts doubt, only the most checkable are shown."""

LATER_ROLE = {1: "later: not yet, it seems", 0: "later, of the same thing", -1: "later: done, it seems"}


def prediction_findings(case: Case, as_of: int | None) -> Iterator[Finding]:
    """One finding per document with predictions overdue at the moment `as_of`; a sentence that recurs over documents is one finding.

    Without `as_of`, the latest date of the corpus is the day to judge by: no clock is read.
    """
    moment = case.latest_moment if as_of is None else as_of
    if moment is None:
        return
    basis = "the day given" if as_of is not None else "the latest date in the corpus"
    scores = _overdue(case, moment)
    firsts = _first_of_each(case, list(scores))
    later = later_words(case, [prediction for prediction, _ in firsts])
    by_document: dict[str, list[tuple[int, Prediction, int]]] = defaultdict(list)
    for prediction, n_documents in firsts:
        found = later.get(prediction.id)
        if found is not None and found.sign < 0:
            continue
        weight = scores[prediction] + (1_500 if found is not None and found.sign > 0 else 200 if found is not None else 0)
        weight -= 500 * prediction.is_quoted + 600 * (n_documents > 2)
        by_document[prediction.document_id].append((weight, prediction, n_documents))
    made = [_finding(case, members, later, moment, basis) for _, members in sorted(by_document.items())]
    made.sort(key=lambda pair: (-pair[1].strength, pair[1].id))
    n_unanswered = 0
    for is_doubted, finding in made:
        n_unanswered += not is_doubted
        if is_doubted or n_unanswered <= MAX_UNANSWERED:
            yield finding


def _overdue(case: Case, moment: int) -> dict[Prediction, int]:
    """Checkable predictions whose horizon ended before `moment`, with how well each can be checked."""
    table = case.tables.get("prediction")
    found: dict[Prediction, int] = {}
    if table is None or table.num_rows == 0:
        return found
    for prediction in from_table(Prediction, table):
        heading = case.headings.get(prediction.document_id)
        if heading is None or heading.latest is None or prediction.horizon_latest is None or prediction.horizon_start is None:
            continue
        if prediction.condition_start is not None or prediction.horizon_latest >= moment or prediction.horizon_latest < heading.latest:
            continue
        score = checkable(case, prediction)
        if score >= 0:
            found[prediction] = score
    return found


def _first_of_each(case: Case, predictions: list[Prediction]) -> list[tuple[Prediction, int]]:
    """The earliest of each recurring sentence, with the number of documents that have it."""
    by_words: dict[tuple[str, ...], list[Prediction]] = defaultdict(list)
    for prediction in predictions:
        words = case.words(prediction.document_id, prediction.start, prediction.end)
        content = tuple(key for key in keys_of(words) if key not in GLUE and not key.isdigit())
        by_words[content[:RECURRING_WORDS]].append(prediction)
    firsts = []
    for _, members in sorted(by_words.items()):
        order = {document_id: at for at, document_id in enumerate(case.in_order(one.document_id for one in members))}
        first = min(members, key=lambda one: (order[one.document_id], one.start))
        firsts.append((first, len(order)))
    return firsts


def _holder(case: Case, prediction: Prediction) -> str | None:
    """Who makes the prediction, where it stands in somebody's words: the speaker of the innermost quotation around its horizon."""
    at = prediction.horizon_start or prediction.start
    around = [
        one
        for one in case.quotations.get(prediction.document_id, ())
        if one.start <= at < one.end and one.form != "indirect" and one.speaker_name
    ]
    return max(around, key=lambda one: (one.start, one.id)).speaker_name if around else None


def _finding(
    case: Case, members: list[tuple[int, Prediction, int]], later: dict[str, Later], moment: int, basis: str
) -> tuple[bool, Finding]:
    """The finding of one document, told by its most checkable prediction; and whether a later sentence casts doubt on that."""
    members.sort(key=lambda member: (-member[0], member[1].start))
    weight, first, n_documents = members[0]
    document_id = first.document_id
    heading = case.headings[document_id]
    horizon = case.words(document_id, first.horizon_start or first.start, first.horizon_end or first.end)
    words = shortened(case.words(document_id, first.start, first.end), 160)
    passed = day(first.horizon_latest or 0)
    holder = _holder(case, first)
    who = f"{heading.label()}, quoting {holder}," if holder else heading.label()
    why = f"{who} says “{words}”; “{shortened(horizon, 40)}” ran out on {passed}, before {basis} ({day(moment)})."
    more = f" {len(members) - 1} more of its predictions are past, too." if len(members) > 1 else ""
    recurs = f" The same sentence stands in {n_documents} documents." if n_documents > 1 else ""
    found = later.get(first.id)
    told = ""
    evidence = [Evidence(document_id, first.start, first.end, "predicts")]
    if found is not None:
        there = case.headings[found.document_id]
        told = f" {there.label()} says of it “{shortened(case.words(found.document_id, found.start, found.end), 140)}”."
        evidence.append(Evidence(found.document_id, found.start, found.end, LATER_ROLE[found.sign]))
    further = [Evidence(document_id, one.start, one.end, "predicts") for _, one, _ in members[1:10]]
    overdue = ((moment - (first.horizon_latest or 0)) // MINUTES_PER_DAY) + 1
    ahead = horizon_days(first, heading.latest or 0)
    strength = 1_500.0 + weight + 0.3 * min(overdue, 700) - min(ahead, 3_650) * 0.2
    could_be = ("it came true", "the plan was changed openly", "it was meant as a hope, or under a condition")
    total = sum(count for _, _, count in members)
    finding = make_finding(
        case, "prediction-overdue", words, why + recurs + more + told, could_be, strength, evidence[:1], total, [*evidence[1:], *further]
    )
    return found is not None and found.sign > 0, finding
