"""Findings about passages that recur: one text behind many reports, words taken without credit, drift, dates, copies minutes apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.checking.case import Case, Heading, days_apart, make_finding
from firstsaid.checking.credit import gives_credit, has_shared_credit, lacks_own_words, quoted_share, within_boilerplate
from firstsaid.checking.intervals import are_disjoint, interval_of
from firstsaid.checking.lexicon import GLUE, REVISIONS
from firstsaid.checking.names import SAME, compare_names
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.columns import from_table
from firstsaid.model import MINUTES_PER_DAY, Evidence, Family, Figure, Finding, Reading

MIN_OUTLETS = 3
"""Two papers with one text are a copy; from three on, a reader may take them for three confirmations."""

STANDING_DOCUMENTS, STANDING_DAYS = 4, 60

MIN_REUSED_WORDS = 40
"""Shorter stretches are set phrases, names of bodies and offices, and sentences of law."""

MIN_COPIES, COPY_MINUTES, MIN_COPY_WORDS = 5, 60, 12
"""Several accounts within the hour with more than a slogan in common."""

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
    yield from _uncredited(case, families)
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


def _witnesses(family: Family) -> list[str]:
    return sorted({node.id for node in family.nodes if node.observed})


# ------------------------------------------------------------------------------------------------------------- single origin


def _single_origin(case: Case, families: list[Family], spans: dict[str, Spans]) -> Iterator[Finding]:
    """One finding for each set of documents, however many passages they share."""
    groups: dict[tuple[str, ...], list[Family]] = defaultdict(list)
    for family in families:
        documents = tuple(_witnesses(family))
        outlets = {case.headings[document_id].outlet for document_id in documents} - {None}
        is_one = family.n_origins_certain == family.n_origins_possible == 1
        if is_one and len(outlets) >= MIN_OUTLETS and family.earliest_document_ids:
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


# --------------------------------------------------------------------------------------------------------- uncredited reuse


def _uncredited(case: Case, families: list[Family]) -> Iterator[Finding]:
    """Long stretches of another outlet's earlier text, compared with the parent in the stemma only."""
    table = case.tables.get("alignment")
    if table is None or table.num_rows == 0:
        return
    edges: dict[tuple[str, str], int] = {}
    n_children: dict[tuple[str, str], int] = defaultdict(int)
    broadcast: dict[tuple[str, str], int] = {}
    for family in families:
        if _is_standing_text(case, family):
            continue
        for edge in family.edges:
            n_children[family.id, edge.parent] += edge.is_directed and edge.kind == "copy"
        for edge in family.edges:
            if edge.kind != "copy" or not edge.is_directed or edge.parent not in case.headings or edge.child not in case.headings:
                continue
            pair = (edge.parent, edge.child)
            edges[pair] = max(edges.get(pair, 0), edge.confidence)
            broadcast[pair] = max(broadcast.get(pair, 0), n_children[family.id, edge.parent])
    parents: dict[str, set[str]] = defaultdict(set)
    for parent_id, child_id in edges:
        parents[child_id].add(parent_id)
    wanted = {tuple(sorted(pair)): pair for pair in sorted(edges)}
    taken: dict[tuple[str, str], list[tuple[int, int, int, int, int]]] = defaultdict(list)
    for left_id, left_start, left_end, right_id, right_start, right_end, n_words in _long_alignments(table):
        pair = wanted.get((left_id, right_id), ("", ""))
        if not pair[0]:
            continue
        ours, theirs = (left_start, left_end), (right_start, right_end)
        if pair[0] == right_id:
            ours, theirs = theirs, ours
        taken[pair].append((*theirs, *ours, n_words))
    for pair in sorted(taken):
        yield from _uncredited_pair(case, pair, taken[pair], edges[pair], broadcast[pair], parents)


def _is_own(parent: Heading, child: Heading) -> bool:
    """Whether one outlet or one author wrote both ("Governor A. Lind", later "Chair A. Lind")."""
    if parent.same_outlet(child) or compare_names(parent.outlet, child.outlet) == SAME:
        return True
    return any(compare_names(left, right) == SAME for left in parent.authors for right in child.authors)


def _is_standing_text(case: Case, family: Family) -> bool:
    """Whether several documents repeat the passage over months: a note, a thanks, a description that nobody takes from anybody."""
    dated = [heading for heading in map(case.headings.__getitem__, _witnesses(family)) if heading.earliest is not None]
    moments = [heading.earliest or 0 for heading in dated]
    return len(dated) >= STANDING_DOCUMENTS and max(moments) - min(moments) > STANDING_DAYS * MINUTES_PER_DAY


def _forebears(case: Case, document_id: str, parents: dict[str, set[str]]) -> list[Heading]:
    """What a parent was itself copied from, back to the first: who credits that, credits the words."""
    found: list[str] = []
    ahead = sorted(parents.get(document_id, ()))
    while ahead and len(found) < 12:
        following = ahead.pop(0)
        if following not in found and following != document_id:
            found.append(following)
            ahead += sorted(parents.get(following, ()))
    return [case.headings[one] for one in found]


def _long_alignments(table: pa.Table) -> list[tuple[str, int, int, str, int, int, int]]:
    long = table.filter(pc.greater_equal(table["n_words"], MIN_REUSED_WORDS))
    names = ("left_id", "left_start", "left_end", "right_id", "right_start", "right_end", "n_words")
    return sorted(zip(*(long[name].to_pylist() for name in names), strict=True))


def _uncredited_pair(
    case: Case,
    pair: tuple[str, str],
    places: list[tuple[int, int, int, int, int]],
    confidence: int,
    n_children: int,
    parents: dict[str, set[str]],
) -> Iterator[Finding]:
    parent, child = case.headings[pair[0]], case.headings[pair[1]]
    if not parent.outlet or not child.outlet or _is_own(parent, child) or not parent.is_before(child):
        return
    kept = [
        (start, end, base_start, base_end, n_words) for start, end, base_start, base_end, n_words in places
        if quoted_share(case, child.id, (start, end)) < 0.5
        and not within_boilerplate(case, child.id, (start, end)) and not within_boilerplate(case, parent.id, (base_start, base_end))
        and not lacks_own_words(case.words(child.id, start, end))
    ]  # fmt: skip
    forebears = _forebears(case, pair[0], parents)
    is_credited = any(gives_credit(case, child.id, forebear) for forebear in (parent, *forebears))
    if not kept or is_credited or has_shared_credit(case, parent, child):
        return
    n_words = sum(place[4] for place in kept)
    longest = max(kept, key=lambda place: (place[4], -place[0]))
    # A text that many outlets print word for word is a release or a wire: `single-origin` says that once.
    shared = 0.5 if n_children >= 4 else 1.0
    strength = (3_000 + 12 * min(n_words, 250) + confidence * 0.15) * shared
    snippet = shortened(case.words(child.id, longest[0], longest[1]), 140)
    why = f"{child.label()} has {n_words} words of {parent.label()} without quotation marks or a word of credit: “{snippet}”."
    could_be = ("both print a third text", "the credit stands on the page but not in the text that was read", "the two belong together")
    evidence = [Evidence(child.id, longest[0], longest[1], "has the words"), Evidence(parent.id, longest[2], longest[3], "had them first")]
    yield make_finding(case, "uncredited-reuse", snippet, why, could_be, strength, evidence, len(kept))


# -------------------------------------------------------------------------------------------------------------- drift


def _drift(case: Case, family: Family) -> Iterator[Finding]:
    """Figures, or the "at least" before them, that changed from a parent to its copy."""
    confidences = _descents(family)
    changes: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in family.readings:
        place = (reading.base_document_id, reading.document_id)
        if reading.kind in ("figure", "hedge") and place in confidences and all(one in case.headings for one in place):
            changes[reading.text, reading.base_text].append(reading)
    for change in sorted(changes):
        readings = sorted(changes[change], key=lambda reading: (case.headings[reading.document_id].order(), reading.start))
        for reading in readings:
            finding = _drifted(case, reading, confidences[reading.base_document_id, reading.document_id], len(readings))
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


def _drifted(case: Case, reading: Reading, confidence: int, n_similar: int) -> Finding | None:
    child, parent = case.headings[reading.document_id], case.headings[reading.base_document_id]
    if child.same_outlet(parent) or child.holds(parent) or child.is_before(parent):
        return None
    base_figure = _figure_at(case, parent.id, reading.base_start, reading.base_end)
    figure = _figure_at(case, child.id, reading.start, reading.end)
    if base_figure is None or figure is None or "date" in (base_figure.kind, figure.kind):
        return None
    if (base_figure.low, base_figure.high, base_figure.modifier) == (figure.low, figure.high, figure.modifier):
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
    if len(shared) < 3:
        return None
    said, base_said = _phrase(text, figure, reading.start), _phrase(base_text, base_figure, reading.base_start)
    apart = days_apart(parent, child) or 0
    strength = 4_500 + confidence * 0.2 + 800 * (reading.kind == "figure") - 300 * min(apart, 7)
    why = f"“{base_said}” in {parent.label()} is “{said}” in {child.label()}, whose text follows it."
    evidence = (
        Evidence(parent.id, min(base_figure.start, reading.base_start), max(base_figure.end, reading.base_end), "has it so"),
        Evidence(child.id, min(figure.start, reading.start), max(figure.end, reading.end), "has it otherwise"),
    )
    could_be = ("a later count with its own basis", "the later text follows another version")
    return make_finding(case, "figure-drift", f"{base_said} → {said}", why, could_be, strength, evidence, n_similar)


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
    """Edges whose own reasons say that the readings run against the dates."""
    for edge in family.edges:
        against = [reason for reason in edge.reasons if _says_dates_disagree(reason)]
        if not against or edge.parent not in case.headings or edge.child not in case.headings:
            continue
        parent, child = case.headings[edge.parent], case.headings[edge.child]
        why = f"By its readings, {parent.label()} and {child.label()} disagree with their dates: {against[0].rstrip('.')}."
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
    timed = [case.headings[d] for d in _witnesses(family)]
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
