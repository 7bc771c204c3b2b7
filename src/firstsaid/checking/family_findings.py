"""Findings about passages that recur: one text behind many reports, words taken without credit, drift, dates, copies minutes apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firstsaid.checking.case import Case, Heading, days_apart, make_finding
from firstsaid.checking.credit import (
    gives_credit,
    has_shared_credit,
    is_names,
    quoted_share,
    within_boilerplate,
)
from firstsaid.checking.intervals import are_disjoint, interval_of
from firstsaid.checking.lexicon import GLUE, REVISIONS
from firstsaid.checking.reuse_findings import STANDING_DAYS, is_own, is_standing_text, uncredited_findings, witnesses
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.columns import from_table
from firstsaid.model import MINUTES_PER_DAY, Evidence, Family, Figure, Finding, Reading

MIN_DESCENT = 4_000
"""Confidence of the weakest edge between a first witness and one that is counted as resting on it, where others may stand alone."""

MIN_OUTLETS = 3
"""Two papers with one text are a copy; from three on, a reader may take them for three confirmations."""

MIN_ORIGIN_WORDS = 25
"""Chosen by reading: shorter passages of three outlets are names of laws and offices, and set phrases."""

MIN_COPIES, COPY_MINUTES, MIN_COPY_WORDS = 5, 60, 12
"""Several accounts within the hour with more than a slogan in common."""

MIN_SENTENCE_SHARE = 0.65
"""Of the shorter sentence's content words: with fewer in common, the two speak of different things inside one copied passage."""

SHORT_LINE_WORDS = 5

FIGURE_REACH_CHARS = 20
"""A hedge stands this close before its figure ("at least some 30,000")."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The first passage of each document of one family, by document id."""

    places: dict[str, tuple[int, int]]

    def evidence(self, document_id: str, role: str) -> Evidence:
        """The document's passage; its beginning where the family has none for it."""
        start, end = self.places.get(document_id, (0, 0))
        return Evidence(document_id, start, end, role)


def family_findings(case: Case) -> Iterator[Finding]:
    """Findings from families, their stemmata and readings. Cost: linear in passages, edges and readings."""
    table = case.tables.get("family")
    if table is None or table.num_rows == 0:
        return
    families = [family for family in from_table(Family, table) if all(n.id in case.headings for n in family.nodes if n.observed)]
    families.sort(key=lambda family: family.id)
    spans = _spans(case, families)
    yield from _single_origin(case, families, spans)
    yield from uncredited_findings(case, families)
    for family in families:
        yield from _drift(case, family)
        yield from _dates(case, family, spans[family.id])
        yield from _copies(case, family, spans[family.id])


def _spans(case: Case, families: list[Family]) -> dict[str, Spans]:
    found: dict[str, dict[str, tuple[int, int]]] = {family.id: {} for family in families}
    table = case.tables.get("passage")
    if table is not None:
        columns = [table[name].to_pylist() for name in ("family_id", "document_id", "start", "end")]
        for family_id, document_id, start, end in sorted(zip(*columns, strict=True)):
            if family_id in found and document_id in case.headings:
                found[family_id].setdefault(document_id, (start, end))
    return {family_id: Spans(places) for family_id, places in found.items()}


# ------------------------------------------------------------------------------------------------------------- single origin


def _single_origin(case: Case, families: list[Family], spans: dict[str, Spans]) -> Iterator[Finding]:
    """One finding for each set of documents, however many passages they share."""
    groups: dict[tuple[str, ...], list[Family]] = defaultdict(list)
    for family in families:
        documents = tuple(witnesses(family))
        if family.n_origins_certain == family.n_origins_possible > 1:
            # A witness that may have told it by himself leaves the others where they are: those that descend from the first.
            descents = _descents(family)
            documents = tuple(one for one in documents if one in family.earliest_document_ids or _follows_first(family, descents, one))
        outlets = {case.headings[document_id].outlet for document_id in documents} - {None}
        is_one = family.n_origins_certain == family.n_origins_possible
        if is_one and len(outlets) >= MIN_OUTLETS and family.earliest_document_ids and not _is_serial(case, documents):
            groups[documents].append(family)
    for documents, members in _joined(groups):
        largest = max(members, key=lambda family: (family.n_words, family.id))
        n_words = sum(family.n_words for family in members)
        n_outlets = len({case.headings[document_id].outlet for document_id in documents} - {None})
        earliest = case.in_order(largest.earliest_document_ids)
        first = case.headings[earliest[0]]
        tie = f" (with {len(earliest) - 1} more of the same date)" if len(earliest) > 1 else ""
        silent = [d for d in documents if d not in earliest and not gives_credit(case, d, first)]
        why = f"{len(documents)} reports of {n_outlets} outlets rest on one text; its earliest witness here is {first.label()}{tie}"
        why += f": “{shortened(largest.snippet, 120)}”."
        strength = 3_000.0 + 250 * min(n_outlets, 10) + 12 * min(n_words, 150) + 150 * min(len(silent), 10)
        place = spans[largest.id].places.get(first.id, (0, 0))
        # A shared quotation has one speaker, which is no secret: the reports around it may be anybody's own.
        if largest.n_words < MIN_ORIGIN_WORDS or is_names(case.words(first.id, *place)):
            continue
        if within_boilerplate(case, first.id, place) or quoted_share(case, first.id, place) >= 0.5:
            continue
        if not silent:
            strength *= 0.6
        ordered = case.in_order(documents)
        evidence = [spans[largest.id].evidence(first.id, "earliest witness")]
        evidence += [spans[largest.id].evidence(other, "rests on the same text") for other in ordered if other != first.id][:30]
        could_be = (
            "all were at the same event and used one prepared text openly",
            "a common origin outside this corpus",
            "a wire service that all pay for",
        )
        yield make_finding(case, "single-origin", shortened(largest.snippet, 100), why, could_be, strength, evidence, len(members))


def _follows_first(family: Family, descents: dict[tuple[str, str], int], document_id: str) -> bool:
    return any(descents.get((first, document_id), 0) >= MIN_DESCENT for first in family.earliest_document_ids)


def _is_serial(case: Case, documents: Sequence[str]) -> bool:
    """Whether one outlet has at least half of the documents, over months: a statement that it issues again and again, and others repeat."""
    by_outlet: dict[str, list[int]] = defaultdict(list)
    for heading in map(case.headings.__getitem__, documents):
        if heading.outlet and heading.earliest is not None:
            by_outlet[heading.outlet].append(heading.earliest)
    moments = max(by_outlet.values(), key=len, default=[])
    return 2 * len(moments) >= len(documents) and max(moments) - min(moments) > STANDING_DAYS * MINUTES_PER_DAY


def _joined(groups: dict[tuple[str, ...], list[Family]]) -> list[tuple[tuple[str, ...], list[Family]]]:
    """Sets of documents that lie within a larger set go with it: the reports are the same, some only keep fewer paragraphs."""
    kept: list[tuple[tuple[str, ...], list[Family]]] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for documents in sorted(groups, key=lambda ids: (-len(ids), ids)):
        inside = None
        for at in holders.get(documents[0], ()):
            if set(documents) <= set(kept[at][0]):
                inside = at
                break
        if inside is not None:
            kept[inside][1].extend(groups[documents])
            continue
        for document_id in documents:
            holders[document_id].append(len(kept))
        kept.append((documents, list(groups[documents])))
    return kept


# -------------------------------------------------------------------------------------------------------------- drift


def _drift(case: Case, family: Family) -> Iterator[Finding]:
    """Figures, or the "at least" before them, that changed from a parent to its copy."""
    confidences = _descents(family)
    changes: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in family.readings:
        place = (reading.base_document_id, reading.document_id)
        if (
            reading.kind in ("figure", "hedge")
            and (place in confidences or place[0] in family.earliest_document_ids)
            and all(one in case.headings for one in place)
        ):
            changes[reading.text, reading.base_text].append(reading)
    for change in sorted(changes):
        readings = sorted(changes[change], key=lambda reading: (case.headings[reading.document_id].order(), reading.start))
        for reading in readings:
            finding = _drifted(case, reading, confidences.get((reading.base_document_id, reading.document_id)), len(readings))
            if finding is not None:
                yield finding
                break


def _descents(family: Family) -> dict[tuple[str, str], int]:
    """(ancestor, descendant) in the stemma, with the least confidence of the edges between them."""
    parents: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for edge in family.edges:
        if edge.is_directed:
            parents[edge.child].append((edge.parent, edge.confidence))
    found: dict[tuple[str, str], int] = {}
    for child in sorted(parents):
        ahead = [*parents[child]]
        while ahead:
            ancestor, confidence = ahead.pop()
            if found.get((ancestor, child), -1) >= confidence or ancestor == child:
                continue
            found[ancestor, child] = confidence
            ahead += [(parent, min(confidence, other)) for parent, other in parents.get(ancestor, ())]
    return found


def _drifted(case: Case, reading: Reading, confidence: int | None, n_similar: int) -> Finding | None:
    child, parent = case.headings[reading.document_id], case.headings[reading.base_document_id]
    if child.same_outlet(parent) or child.holds(parent) or child.is_before(parent):
        return None
    if case.has_lost_signs(child.id) or case.has_lost_signs(parent.id):
        return None
    base_figure = _figure_at(case, parent.id, reading.base_start, reading.base_end)
    figure = _figure_at(case, child.id, reading.start, reading.end)
    if base_figure is None or figure is None or "date" in (base_figure.kind, figure.kind):
        return None
    if (base_figure.low, base_figure.high, base_figure.modifier) == (figure.low, figure.high, figure.modifier):
        return None
    if _is_one_end(figure, base_figure) or _is_one_end(base_figure, figure):
        return None
    if _is_within(figure, base_figure) or quoted_share(case, child.id, (figure.start, figure.end)) == 1:
        return None
    text, base_text = case.text(child.id), case.text(parent.id)
    sentence = sentence_around(text, figure.start, figure.end)
    base_sentence = sentence_around(base_text, base_figure.start, base_figure.end)
    new_words = set(keys_of(text[slice(*sentence)])) - set(keys_of(base_text[slice(*base_sentence)]))
    if new_words & REVISIONS:
        return None
    shared = (set(keys_of(text[slice(*sentence)])) & set(keys_of(base_text[slice(*base_sentence)]))) - GLUE
    if len(shared) < 3 or len(shared) < MIN_SENTENCE_SHARE * min(
        _n_content(text[slice(*sentence)]), _n_content(base_text[slice(*base_sentence)])
    ):
        return None
    if _is_in_short_line(text, figure) or _is_in_short_line(base_text, base_figure):
        return None
    said, base_said = _phrase(text, figure, reading.start), _phrase(base_text, base_figure, reading.base_start)
    apart = days_apart(parent, child) or 0
    strength = 4_500 + (confidence or 0) * 0.2 + 800 * (reading.kind == "figure") - 300 * min(apart, 7)
    how = "whose text follows it" if confidence else "which has the same passage"
    why = f"“{base_said}” in {parent.label()} is “{said}” in {child.label()}, {how}."
    evidence = (
        Evidence(parent.id, min(base_figure.start, reading.base_start), max(base_figure.end, reading.base_end), "has it so"),
        Evidence(child.id, min(figure.start, reading.start), max(figure.end, reading.end), "has it otherwise"),
    )
    could_be = ("a later count with its own basis", "the later text follows another version")
    return make_finding(case, "figure-drift", f"{base_said} → {said}", why, could_be, strength, evidence, n_similar)


def _is_one_end(figure: Figure, other: Figure) -> bool:
    """Whether a number is one end of the other's stretch: "to 7.25" of "from 5.15 to 7.25"."""
    return (
        figure.low == figure.high
        and None not in (other.low, other.high)
        and other.low != other.high
        and figure.low in (other.low, other.high)
    )


def _n_content(sentence: str) -> int:
    return len(set(keys_of(sentence)) - GLUE)


def _is_in_short_line(text: str, figure: Figure) -> bool:
    """Whether the figure stands in a line of a few words: an address, a table's row, a heading."""
    start, end = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
    return len(text[start : end if end >= 0 else len(text)].split()) <= SHORT_LINE_WORDS


def _is_within(figure: Figure, base: Figure) -> bool:
    """Whether the later text gives another number that the earlier interval allows: 17 for "between 15 and 20"."""
    if base.low == base.high or figure.low in (base.low, base.high):
        return False
    one, other = interval_of(figure), interval_of(base)
    return one is not None and other is not None and not are_disjoint(one, other)


def _figure_at(case: Case, document_id: str, start: int, end: int) -> Figure | None:
    """The figure that a reading changes or stands right in front of."""
    near = [f for f in case.figures.get(document_id, ()) if f.start <= end + FIGURE_REACH_CHARS and start <= f.end]
    return min(near, key=lambda f: (max(0, f.start - end, start - f.end), f.start), default=None)


def _phrase(text: str, figure: Figure, reading_start: int) -> str:
    start = min(figure.start, reading_start) if figure.start - reading_start <= FIGURE_REACH_CHARS else figure.start
    if any(c in ".!?\n" for c in text[start : figure.start]):
        start = figure.start
    end = figure.of_end if figure.of_end and figure.end <= figure.of_end <= figure.end + 40 else figure.end
    return shortened(text[start:end], 80)


# -------------------------------------------------------------------------------------------------- dates; copies by the minute


def _dates(case: Case, family: Family, spans: Spans) -> Iterator[Finding]:
    """Edges whose own reasons say that the readings run against the dates. What one house prints over and over is edited back and forth."""
    if is_standing_text(case, family):
        return
    for edge in family.edges:
        against = [reason for reason in edge.reasons if _says_dates_disagree(reason)]
        # Below a lost version the reason itself names the other document.
        others = (edge.parent, *(node.id for node in family.nodes if against and node.id != edge.child and node.id in against[0]))
        other = next((name for name in others if name in case.headings), None)
        if not against or other is None or edge.child not in case.headings:
            continue
        parent, child = case.headings[other], case.headings[edge.child]
        if is_own(parent, child):
            continue
        told = against[0].rstrip(".").replace(other, parent.label())
        why = f"By its readings, {parent.label()} and {child.label()} disagree with their dates: {told}."
        evidence = (spans.evidence(parent.id, "earlier by date"), spans.evidence(child.id, "earlier by its readings"))
        could_be = ("one of the dates is of a later edition", "both follow a text that is not in the corpus")
        yield make_finding(case, "dates-disagree", family.snippet, why, could_be, 3_000 + edge.confidence * 0.3, evidence)


def _says_dates_disagree(reason: str) -> bool:
    keys = set(keys_of(reason))
    return bool(keys & {"date", "dates", "dated"}) and bool(
        keys & {"contradict", "contradicts", "disagree", "disagrees", "against", "though", "despite"}
    )


def _copies(case: Case, family: Family, spans: Spans) -> Iterator[Finding]:
    """Many outlets or accounts with one wording within the hour, where times are known to the minute."""
    if family.n_words < MIN_COPY_WORDS:
        return
    timed = [case.headings[d] for d in witnesses(family)]
    timed = sorted((h for h in timed if h.earliest is not None and h.earliest == h.latest and (h.outlet or h.authors)), key=Heading.order)
    best: list[Heading] = []
    first = 0
    for last in range(len(timed)):
        while (timed[last].earliest or 0) - (timed[first].earliest or 0) > COPY_MINUTES:
            first += 1
        if last - first + 1 > len(best):
            best = timed[first : last + 1]
    accounts = {heading.outlet or "|".join(heading.authors) for heading in best}
    if len(best) < MIN_COPIES or len(accounts) < MIN_COPIES:
        return
    n_credited = sum(gives_credit(case, heading.id, best[0]) for heading in best[1:])
    if 2 * n_credited >= len(best) or all(has_shared_credit(case, best[0], other) for other in best[1:]):
        return
    minutes = (best[-1].earliest or 0) - (best[0].earliest or 0)
    why = f"{len(accounts)} accounts have the same words within {minutes} minutes, the first of them {best[0].label()}: "
    why += f"“{shortened(family.snippet, 120)}”."
    evidence = [
        spans.evidence(heading.id, f"{(heading.earliest or 0) - (best[0].earliest or 0)} minutes after the first") for heading in best[:30]
    ]
    strength = 4_000 + 200 * min(len(best), 15) + 10 * min(family.n_words, 100) - 20 * minutes
    could_be = ("a wire copy", "a campaign that says so", "a button that posts a prepared text")
    yield make_finding(case, "coordinated-copies", family.snippet, why, could_be, strength, evidence, len(best))
