"""Words of another outlet's earlier text, without marks or credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.checking.case import Case, Heading, make_finding
from firstsaid.checking.credit import gives_credit, has_shared_credit, is_apparatus, lacks_own_words, quoted_share, within_boilerplate
from firstsaid.checking.names import SAME, compare_names
from firstsaid.checking.tokens import shortened
from firstsaid.model import MINUTES_PER_DAY, Evidence, Family, Finding

STANDING_DOCUMENTS, STANDING_DAYS = 4, 60

MANY_OUTLETS = 4
"""A text that so many outlets print is a release or a wire: `single-origin` says that once, no pair of them took it from the other."""

SALUTATIONS = ("Dear ", "DEAR ", "Sehr geehrte", "Cher ", "Chère ", "Estimad", "Gentile ", "Geachte ")

MIN_REUSED_WORDS = 40
"""Shorter stretches are set phrases, names of bodies and offices, and sentences of law."""


def witnesses(family: Family) -> list[str]:
    """Ids of the documents that attest a family."""
    return sorted({node.id for node in family.nodes if node.observed})


def uncredited_findings(case: Case, families: list[Family]) -> Iterator[Finding]:
    """Long stretches of another outlet's earlier text, compared with the parent in the stemma only."""
    table = case.tables.get("alignment")
    if table is None or table.num_rows == 0:
        return
    edges: dict[tuple[str, str], int] = {}
    n_children: dict[tuple[str, str], int] = defaultdict(int)
    broadcast: dict[tuple[str, str], int] = {}
    for family in families:
        if is_standing_text(case, family) or len({case.headings[one].outlet for one in witnesses(family)} - {None}) >= MANY_OUTLETS:
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


def is_own(parent: Heading, child: Heading) -> bool:
    """Whether one outlet or one author wrote both ("Governor A. Lind", later "Chair A. Lind")."""
    if parent.same_outlet(child) or compare_names(parent.outlet, child.outlet) == SAME:
        return True
    return any(compare_names(left, right) == SAME for left in parent.authors for right in child.authors)


def is_standing_text(case: Case, family: Family) -> bool:
    """Whether several documents repeat the passage over months: a note, a thanks, a description that nobody takes from anybody."""
    dated = [heading for heading in map(case.headings.__getitem__, witnesses(family)) if heading.earliest is not None]
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


def _is_letter(text: str, place: tuple[int, ...]) -> bool:
    """Whether a salutation stands before or in the stretch, as a letter opens."""
    return any(word in text[max(0, place[0] - 1_500) : place[1]] for word in SALUTATIONS)


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
    if not parent.outlet or not child.outlet or is_own(parent, child) or not parent.is_before(child):
        return
    kept = [
        (start, end, base_start, base_end, n_words) for start, end, base_start, base_end, n_words in places
        if quoted_share(case, child.id, (start, end)) < 0.5
        and not within_boilerplate(case, child.id, (start, end)) and not within_boilerplate(case, parent.id, (base_start, base_end))
        and not lacks_own_words(case.words(child.id, start, end)) and not is_apparatus(case, child.id, (start, end))
        and not is_apparatus(case, parent.id, (base_start, base_end))
    ]  # fmt: skip
    forebears = _forebears(case, pair[0], parents)
    is_credited = any(gives_credit(case, child.id, forebear) for forebear in (parent, *forebears))
    if not kept:
        return
    longest = max(kept, key=lambda place: (place[4], -place[0]))
    # Where the signs are lost, nobody can say that quotation marks were not there. A letter is its signers', wherever it is printed.
    if case.has_lost_signs(child.id) or all(
        _is_letter(case.text(one), place) for one, place in ((child.id, longest[:2]), (parent.id, longest[2:4]))
    ):
        return
    # A text that names the other's outlet was made with it or for it: joint letters, statements of one body.
    if is_credited or gives_credit(case, parent.id, child) or has_shared_credit(case, parent, child):
        return
    n_words = sum(place[4] for place in kept)
    # A text that many outlets print word for word is a release or a wire: `single-origin` says that once.
    shared = 0.5 if n_children >= 4 else 1.0
    strength = (3_000 + 12 * min(n_words, 250) + confidence * 0.15) * shared
    snippet = shortened(case.words(child.id, longest[0], longest[1]), 140)
    why = f"{child.label()} has {n_words} words of {parent.label()} without quotation marks or a word of credit: “{snippet}”."
    could_be = ("both print a third text", "the credit stands on the page but not in the text that was read", "the two belong together")
    evidence = [Evidence(child.id, longest[0], longest[1], "has the words"), Evidence(parent.id, longest[2], longest[3], "had them first")]
    yield make_finding(case, "uncredited-reuse", snippet, why, could_be, strength, evidence, len(kept))
