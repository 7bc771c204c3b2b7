"""Findings about pointers: to nothing, in a circle, to the wrong one, and to something dated later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from firstsaid.checking.case import Case, contains_run, days_apart, make_finding
from firstsaid.checking.credit import gives_credit, quoted_share
from firstsaid.checking.lexicon import GLUE, WEEKDAYS_AND_MONTHS
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.columns import from_table
from firstsaid.model import Citation, Evidence, Family, Finding

MAX_DAYS = 30
"""Reports that feed on each other come within weeks; later ones look back."""

MIN_SHARED = 2
"""Content words or figures that two credit sentences must share, outlets' names left out, to speak of the same thing."""

MAX_POSTINGS = 60
"""A word of more credit sentences of one outlet than this does not say what they are about; it also bounds the cost."""

BARE = ("http", "www", "<http", "(http")
"""An address in the text itself stays when all links are lost."""

MIN_CREDITED_WORDS = 30
MAX_QUOTED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Credit:
    """One document credits another document or outlet in one sentence. `cited`: ids of the documents it may mean."""

    citation: Citation
    sentence: tuple[int, int]
    outlet: str | None
    document_id: str | None
    keys: frozenset[str]


def citation_findings(case: Case) -> Iterator[Finding]:
    """Findings of the kinds about citations. Cost: linear in the citations times `MAX_POSTINGS`."""
    yield from _dangling(case)
    credit_rows = _credits(case)
    yield from _circles(case, credit_rows)
    yield from _elsewhere(case, credit_rows)
    yield from _to_the_future(case)


def _dangling(case: Case) -> Iterator[Finding]:
    linked = _outlets_with_links(case)
    for document_id, citations in case.citations.items():
        # Where no note, no link and no numbered table was read at all, the export lost them, not the author.
        has_notes = any(citation.resolves for citation in citations if citation.form == "footnote_marker")
        has_links = (case.headings[document_id].outlet or "") in linked
        has_numbered = any(citation.resolves for citation in citations if citation.form == "in_text" and citation.number is not None)
        dangling = []
        for citation in citations:
            if citation.form == "footnote_marker":
                is_read = has_notes
            elif citation.number is not None:
                is_read = has_numbered
            else:
                is_read = has_links or not _asks_for_link(citation)
            if is_read and not citation.resolves:
                dangling.append(citation)
        if not dangling:
            continue
        heading = case.headings[document_id]
        first = dangling[0]
        words = shortened(case.words(document_id, first.start, first.end), 60)
        what = f"footnote {first.number}" if first.form == "footnote_marker" and first.number is not None else f"“{words}”"
        more = f", and {len(dangling) - 1} more like it" if len(dangling) > 1 else ""
        because = (first.reason or "what it points to is not there").rstrip(".")
        why = f"In {heading.label()}, {what} points to nothing: {because}{more}."
        evidence = [Evidence(document_id, citation.start, citation.end, "points to nothing") for citation in dangling[:20]]
        could_be = ("the notes are on another page of the same capture", "the reader lost the notes or the links")
        # A document all of whose pointers dangle was probably read without its notes.
        share = len(dangling) / len(citations)
        strength = 3_000 + 150 * min(len(dangling), 10) - (1_200 if share == 1 and len(dangling) > 5 else 0)
        yield make_finding(case, "citation-dangling", f"{heading.label()}: {what}", why, could_be, strength, evidence, len(dangling))


def _asks_for_link(citation: Citation) -> bool:
    """Whether what is missing is a link: "click here" of a page, not a table or a list that should stand below."""
    return citation.form == "link" or any(key in ("link", "links", "form") for key in keys_of(citation.reason or ""))


def _outlets_with_links(case: Case) -> frozenset[str]:
    """Outlets of which at least one document was read with an address behind a link."""
    found = {
        case.headings[document_id].outlet or ""
        for document_id, citations in case.citations.items()
        if any(
            citation.form == "link" and citation.resolves and not case.words(document_id, citation.start, citation.end).startswith(BARE)
            for citation in citations
        )
    }
    found.update(heading.outlet or "" for heading in case.headings.values() if case.layout(heading.id, "link"))
    return frozenset(found)


# ------------------------------------------------------------------------------------------------------------------ circles


def _credits(case: Case) -> list[Credit]:
    """Citations that name an outlet or a document of this corpus, with what their sentence is about; by date, location, place."""
    found = []
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for outlet, words in case.outlet_keys.items():
        if words:
            by_first[words[0]].append((words, outlet))
    for document_id in case.in_order(case.citations):
        heading = case.headings[document_id]
        text = case.text(document_id)
        for citation in case.citations[document_id]:
            if citation.form == "footnote_marker":
                continue
            resolved = citation.resolved_document_id if citation.resolved_document_id in case.headings else None
            sentence = sentence_around(text, citation.start, citation.end)
            target = keys_of(f"{citation.target or ''} {text[citation.start : citation.end]}")
            named = [
                (at, -len(words), outlet)
                for at, key in enumerate(target)
                for words, outlet in by_first.get(key, ())
                if target[at : at + len(words)] == words
            ]
            # The name that comes first, and of two that begin together the longer one.
            cited_outlet: str | None = case.headings[resolved].outlet if resolved else min(named)[2] if named else None
            if (cited_outlet is None and resolved is None) or cited_outlet == heading.outlet:
                continue
            leave_out = set(case.outlet_keys.get(cited_outlet or "", ())) | set(case.outlet_keys.get(heading.outlet or "", ()))
            keys = frozenset(
                key for key in keys_of(text[slice(*sentence)])
                if (key not in GLUE or key.isdigit()) and key not in leave_out and len(key) > 1
                and key not in WEEKDAYS_AND_MONTHS and key not in ("reported", "report", "reports")
            )  # fmt: skip
            found.append(Credit(citation, sentence, cited_outlet, resolved, keys))
    return found


def _circles(case: Case, credit_rows: list[Credit]) -> Iterator[Finding]:
    """Documents that credit each other, directly or over a third, in sentences about the same thing."""
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, credit in enumerate(credit_rows):
        for key in credit.keys:
            by_place[case.headings[credit.citation.document_id].outlet or "", key].append(at)
    following = [_next_credits(case, credit, credit_rows, by_place) for credit in credit_rows]
    told: set[frozenset[str]] = set()
    for first, seconds in enumerate(following):
        for second in seconds:
            for cycle in [(first, second), *((first, second, third) for third in following[second] if third != first)]:
                if first not in following[cycle[-1]] or min(cycle) != first:
                    continue
                rows = [credit_rows[at] for at in cycle]
                documents = frozenset(row.citation.document_id for row in rows)
                if len(documents) < len(cycle) or documents in told:
                    continue
                if len(cycle) == 3 and any(pair < documents for pair in told):
                    continue
                told.add(documents)
                yield _circle(case, rows)


def _next_credits(case: Case, credit: Credit, credit_rows: list[Credit], by_place: dict[tuple[str, str], list[int]]) -> list[int]:
    """Credits made by what this one credits, in a sentence about the same thing."""
    shared: dict[int, int] = defaultdict(int)
    for key in credit.keys:
        members = by_place.get((credit.outlet or "", key), ())
        if len(members) <= MAX_POSTINGS:
            for at in members:
                shared[at] += 1
    here = case.headings[credit.citation.document_id]
    found = []
    for at, count in sorted(shared.items()):
        there = case.headings[credit_rows[at].citation.document_id]
        if count < MIN_SHARED or there.id == here.id or here.holds(there):
            continue
        # Which of an outlet's reports a sentence means is a guess; a link says so.
        if credit.citation.form == "link" and credit.document_id is not None and credit.document_id != there.id:
            continue
        apart = days_apart(here, there)
        if apart is None or apart <= MAX_DAYS:
            found.append(at)
    return found


def _circle(case: Case, rows: list[Credit]) -> Finding:
    headings = [case.headings[row.citation.document_id] for row in rows]
    common = frozenset.intersection(*(row.keys for row in rows))
    has_figure = any(key[:1].isdigit() for key in common)
    words = shortened(case.words(headings[0].id, *rows[0].sentence), 140)
    chain = ", ".join(f"{heading.label()} credits {case.headings[rows[(at + 1) % len(rows)].citation.document_id].outlet or 'the next'}"
                      for at, heading in enumerate(headings))  # fmt: skip
    why = f"{chain}, for the same thing: “{words}”."
    evidence = [
        Evidence(heading.id, *row.sentence, f"credits {row.outlet or 'another'}") for heading, row in zip(headings, rows, strict=True)
    ]
    strength = 6_000 + 250 * min(len(common), 6) + 600 * has_figure - 400 * (len(rows) > 2)
    could_be = ("both follow a third report", "one credits an earlier piece of the other", "a follow-up that sums up how the story spread")
    return make_finding(case, "circular-citation", words, why, could_be, strength, evidence)


# ----------------------------------------------------------------------------------------------------------- wrong pointers


def _elsewhere(case: Case, credit_rows: list[Credit]) -> Iterator[Finding]:
    """Words whose parent is one outlet's, in a document that credits only another one, which has no witness of them."""
    table = case.tables.get("family")
    if table is None or table.num_rows == 0 or not credit_rows:
        return
    by_document: dict[str, list[Credit]] = defaultdict(list)
    for credit in credit_rows:
        by_document[credit.citation.document_id].append(credit)
    spans = _passages(case)
    for family in sorted(from_table(Family, table), key=lambda family: family.id):
        outlets = {case.headings[node.id].outlet for node in family.nodes if node.id in case.headings}
        for edge in family.edges:
            if family.n_words < MIN_CREDITED_WORDS or edge.kind != "copy" or not edge.is_directed or edge.confidence < 6_000:
                continue
            place = spans.get((family.id, edge.child))
            if edge.parent not in case.headings or place is None or case.headings[edge.parent].outlet is None:
                continue
            near = [c for c in by_document.get(edge.child, ()) if place[0] - 300 <= c.citation.start <= place[1] + 300 and c.outlet]
            parent, child = case.headings[edge.parent], case.headings[edge.child]
            # Words that both quote are their speaker's, not the parent's.
            if not near or quoted_share(case, child.id, place) > MAX_QUOTED_SHARE:
                continue
            if parent.same_outlet(child) or not parent.is_before(child) or any(c.outlet in outlets for c in near):
                continue
            named = near[0].outlet or ""
            if gives_credit(case, child.id, parent) or contains_run(keys_of(case.text(parent.id)), case.outlet_keys.get(named, ())):
                continue
            words = shortened(case.words(child.id, *place), 140)
            why = f"{child.label()} credits {named}, but its words are earlier in {parent.label()}, in nothing of {named} here: “{words}”."
            base = spans.get((family.id, parent.id), (0, 0))
            evidence = (
                Evidence(child.id, *near[0].sentence, f"credits {named}"), Evidence(child.id, *place, "has the words"),
                Evidence(parent.id, *base, "had them first"),
            )  # fmt: skip
            could_be = (f"{named} published them and is not in the corpus with it", "the credit is for another passage")
            yield make_finding(case, "credited-elsewhere", words, why, could_be, 3_500 + 8 * min(family.n_words, 150), evidence)


def _passages(case: Case) -> dict[tuple[str, str], tuple[int, int]]:
    table = case.tables.get("passage")
    if table is None:
        return {}
    columns = [table[name].to_pylist() for name in ("family_id", "document_id", "start", "end")]
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for family_id, document_id, start, end in sorted(zip(*columns, strict=True)):
        found.setdefault((family_id, document_id), (start, end))
    return found


def _to_the_future(case: Case) -> Iterator[Finding]:
    """Links to a document of the corpus that is dated later than the one that links."""
    for document_id, citations in case.citations.items():
        heading = case.headings[document_id]
        for citation in citations:
            target = case.headings.get(citation.resolved_document_id or "")
            if target is None or citation.form == "in_text" or not heading.is_before(target) or heading.holds(target):
                continue
            # A site's own menus link to whatever is newest.
            if heading.same_outlet(target):
                continue
            apart = days_apart(heading, target) or 0
            if apart < 1:
                continue
            why = f"{heading.label()} links to {target.label()}, which is dated {apart} days later."
            evidence = (Evidence(document_id, citation.start, citation.end, "links to it"), Evidence(target.id, 0, 0, "dated later"))
            could_be = ("the page was edited later", "the address holds another text now", "one of the dates is of a later edition")
            strength = 2_500 + 10 * min(apart, 100)
            yield make_finding(case, "dates-disagree", f"{heading.label()} links to {target.label()}", why, could_be, strength, evidence)
            break
