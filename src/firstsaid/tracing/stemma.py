"""Witnesses in, stemma out: the dated and the undated way, told in one form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from firstsaid.model import FULL, StemmaEdge, StemmaNode
from firstsaid.tracing.characters import UNKNOWN, characters
from firstsaid.tracing.collation import GAP, Collation, collate
from firstsaid.tracing.dated import MAX_IMPROVED, Dated, link
from firstsaid.tracing.mixture import MIXED
from firstsaid.tracing.origins import LONG_RUN, Joining, origins
from firstsaid.tracing.reasons import Describer, dates_told, named
from firstsaid.tracing.undated import tree
from firstsaid.tracing.witnesses import Stemma, Witness, credited, earliest, is_before, moments

SAME_TEXT = 9_900
"""Confidence that one of several equal witnesses has its words from the one earlier equal witness there is."""

NAMED = 0.5
"""From this likelihood on a second parent is named and drawn; below it the copy is said to have a stretch from elsewhere."""
MIN_AGAINST = 3.0
"""A later copy that lacks so many readings of an earlier one and has none of its own did not have it before it: one or two readings
go back to an older form when a text is edited back and forth."""
NEARLY = 2.0
"""A rival less than so many readings behind the chosen parent is named: farther ones are right in one case of a hundred."""


def stemma(witnesses: Sequence[Witness], collation: Collation | None = None) -> Stemma:
    """A hypothesis of who copied whom among witnesses of one text, with reasons, and the number of independent origins.

    With dates edges run from earlier to later; ties and missing dates leave single edges undirected. Without any date no edge has a
    direction and no earliest witness is given. The order of `witnesses` does not matter; ids must differ. Deterministic (seeded).
    `collation`: of the texts of `witnesses`, where somebody has laid them side by side already.

    >>> day = lambda n: DateRange(1440 * n, 1440 * n + 1439, "column")
    >>> from firstsaid.model import DateRange
    >>> found = stemma([Witness("b", "the red boat sank today", day(2)), Witness("a", "the red boat sank", day(1))])
    >>> found.earliest, [(edge.parent, edge.child) for edge in found.edges]
    (('a',), [('a', 'b')])
    """
    order = sorted(range(len(witnesses)), key=lambda number: (moments(witnesses[number]), witnesses[number].id))
    listed = [witnesses[number] for number in order]
    collation = collate([witness.text for witness in listed]) if collation is None else collation.of_witnesses(order)
    named_by = credited(listed)
    if any(witness.published for witness in listed):
        edges, n_lost = _dated_edges(listed, collation)
    else:
        edges, n_lost = _undated_edges(listed, collation, named_by)
    nodes = [StemmaNode(witness.id, True) for witness in listed]
    nodes += [StemmaNode(lost_id(number), False) for number in range(n_lost)]
    counted = origins(listed, _joinings(listed, collation, edges), named_by)
    return Stemma(
        is_rooted=any(edge.is_directed for edge in edges) or (len(listed) == 1 and listed[0].published is not None),
        nodes=tuple(nodes),
        edges=tuple(edges),
        earliest=earliest(listed),
        origins_certain=counted.certain,
        origins_possible=counted.possible,
        origin_reasons=counted.reasons,
    )


def lost_id(number: int) -> str:
    """The name of a version that the readings call for and nobody has."""
    return f"lost-{number + 1}"


def _dated_edges(witnesses: list[Witness], collation: Collation) -> tuple[list[StemmaEdge], int]:
    dated = link(witnesses, collation)
    describer = Describer(witnesses, collation)
    names = {node: lost_id(number) for number, node in enumerate(dated.lost)}
    edges = _lost_edges(witnesses, describer, dated, names)
    for version in dated.order:
        found = dated.links[version]
        child = dated.members[version][0]
        if found.parent is not None:
            parent, confidence, is_directed, reasons = _parent(witnesses, describer, dated, version)
            above = witnesses[parent].id
            if found.lost is not None:
                above = names[found.lost]
                reasons = [f"closest surviving version is {witnesses[parent].id}", *reasons]
                reasons += _against_dates(witnesses, dated, version, found.lost)
            seconds, told = _seconds(witnesses, describer, dated, version)
            edges.append(StemmaEdge(above, witnesses[child].id, confidence, "copy", tuple(reasons + told), is_directed))
            edges += seconds
        edges += _equal_edges(witnesses, dated, version)
    return edges, len(dated.lost)


def _lost_edges(witnesses: list[Witness], describer: Describer, dated: Dated, names: dict[int, str]) -> list[StemmaEdge]:
    """Edges that lead to lost versions, from the parents of these; as sure as the surest copy below."""
    growth, of = dated.growth, dated.of
    found = []
    for node in dated.lost:
        above = int(growth.parent[node])
        owner = int(growth.owners(np.array([above]))[0])
        below = growth.below(node)
        firsts = [next(version for version in growth.below(child) if version < growth.n) for child in growth.children[node]]
        own, other = growth.states[node], growth.states[above]
        rows = np.flatnonzero((own != other) & (own != UNKNOWN) & (other != UNKNOWN) & (own == growth.states[firsts]).any(axis=0))
        holder = max(firsts, key=lambda version: int((growth.states[version, rows] == own[rows]).sum()))
        held = rows[growth.states[holder, rows] == own[rows]]
        phrase = describer.most_telling(holder, [(int(of.start[row]), int(of.end[row])) for row in held])
        listed = [dated.members[version][0] for version in firsts]
        lacking = witnesses[dated.members[owner][0]].id if above == owner else names[above]
        reasons = [
            f"{named(witnesses, listed, 0, len(listed))} go back to {len(rows)} readings that {lacking} lacks"
            + (f", such as “{phrase}”" if phrase else "")
        ]
        support = max(dated.links[version].support for version in below if version < growth.n)
        parent = witnesses[dated.members[owner][0]]
        is_directed = all(is_before(parent, witnesses[number]) for number in listed)
        confidence = min(max(1, round(FULL * support)), SAME_TEXT)
        found.append(
            StemmaEdge(parent.id if above == owner else names[above], names[node], confidence, "copy", tuple(reasons), is_directed)
        )
    return found


def _against_dates(witnesses: list[Witness], dated: Dated, version: int, lost: int) -> list[str]:
    """Whether a version reads like what earlier ones were copied from: it has nothing of its own against the lost version above both."""
    growth = dated.growth
    if growth.distance(lost, version) > 0:
        return []
    child = dated.members[version][0]
    others = [dated.members[other][0] for other in growth.below(lost) if other < growth.n and growth.distance(lost, other) >= MIN_AGAINST]
    earlier = [other for other in others if is_before(witnesses[other], witnesses[child])]
    if not earlier:
        return []
    first = min(earlier, key=lambda other: (moments(witnesses[other]), other))
    return [f"by its readings it stands before {witnesses[first].id}, against the dates: it has all that both share and nothing of its own"]


def _seconds(witnesses: list[Witness], describer: Describer, dated: Dated, version: int) -> tuple[list[StemmaEdge], list[str]]:
    """The edge to the second parent; or what is said of a stretch from elsewhere where nobody can say from which of several."""
    mixed = dated.links[version].mixed
    if mixed is None or mixed.likelihood < MIXED:
        return [], []
    child = witnesses[dated.members[version][0]].id
    rows = np.arange(mixed.start, mixed.end)
    own = dated.of.states[version, rows]
    shared = rows[(own == dated.of.states[mixed.seconds[0], rows]) & (own != UNKNOWN)]
    places = [(int(dated.of.start[row]), int(dated.of.end[row])) for row in shared]
    phrase = describer.phrase(version, np.arange(*places[0])) if places else ""
    start_told = f"from “{phrase}” on" if phrase else "in one block"
    holders = [dated.members[other][0] for other in mixed.seconds]
    if mixed.named < NAMED:
        return [], [f"has a stretch from elsewhere {start_told}: {named(witnesses, holders, 0, len(holders))} read so there"]
    reasons = [f"reads with {witnesses[holders[0]].id} {start_told}, against its first parent"]
    if len(holders) > 1:
        reasons.append(f"{named(witnesses, holders, 1, len(holders))} read the same there: which one was used cannot be told")
    confidence = max(1, min(FULL, round(FULL * mixed.named / len(holders))))
    return [StemmaEdge(witnesses[holders[0]].id, child, confidence, "contamination", tuple(reasons))], []


def _parent(witnesses: list[Witness], describer: Describer, dated: Dated, version: int) -> tuple[int, int, bool, list[str]]:
    """The witness that a version's first witness was copied from: its number, confidence, whether directed, and reasons."""
    found = dated.links[version]
    child = dated.members[version][0]
    above = found.parent if found.parent is not None else version
    holders = dated.members[above]
    credited_ones = [holder for holder in holders if holder in dated.named_by[child]] if dated.named_by[child] else []
    # Holders stand in date order: those up to the child's latest moment may have been there before it.
    n_possible = max(1, bisect_right(holders, moments(witnesses[child])[1], key=lambda holder: moments(witnesses[holder])[0]))
    parent = (credited_ones or holders)[0]
    confidence = found.support
    reasons = describer.shared(above, version)
    if not reasons and found.second is not None:
        reasons = describer.against(above, version, found.second)
    reasons += describer.changed(above, version)
    if credited_ones:
        reasons.insert(0, f"credits {witnesses[parent].outlet or witnesses[parent].id}")
    elif n_possible > 1:
        confidence /= n_possible
        reasons.append(f"{named(witnesses, holders, 1, n_possible)} had the same words by then")
    if found.n_candidates == 1:
        reasons.append("the only earlier version")
    elif found.second is not None and found.margin < NEARLY:
        rival = witnesses[dated.members[found.second][0]].id
        reasons.append(f"{rival} is nearly as close ({found.margin:.1f} readings behind)" if found.margin else f"{rival} is as close")
    if len(dated.order) > MAX_IMPROVED:
        reasons.append(f"of {len(dated.order)} versions only the nearest earlier ones were compared")
    reasons.append(dates_told(witnesses[parent], witnesses[child]))
    is_directed = bool(credited_ones) or is_before(witnesses[parent], witnesses[child])
    return parent, min(FULL, max(1, round(confidence * FULL))), is_directed, reasons


def _equal_edges(witnesses: list[Witness], dated: Dated, version: int) -> list[StemmaEdge]:
    """Edges to the later witnesses of one version, from the credited or the first one that has the same words."""
    members = dated.members[version]
    edges = []
    for rank, child in enumerate(members[1:], 1):
        credited_ones = [other for other in members[:rank] if other in dated.named_by[child]] if dated.named_by[child] else []
        parent = (credited_ones or members)[0]
        n_candidates = 1 if credited_ones else rank
        reasons = ["has the same words", dates_told(witnesses[parent], witnesses[child])]
        if credited_ones:
            reasons.insert(0, f"credits {witnesses[parent].outlet or witnesses[parent].id}")
        elif rank > 1:
            reasons.append(f"so have {named(witnesses, members, 1, rank)}: which one was copied cannot be told")
        is_directed = bool(credited_ones) or is_before(witnesses[parent], witnesses[child])
        confidence = max(1, SAME_TEXT // n_candidates)
        edges.append(StemmaEdge(witnesses[parent].id, witnesses[child].id, confidence, "copy", tuple(reasons), is_directed))
    return edges


def _undated_edges(witnesses: list[Witness], collation: Collation, named_by: list[frozenset[int]]) -> tuple[list[StemmaEdge], int]:
    found = tree(characters(collation.codes))
    describer = Describer(witnesses, collation)
    lost = {node: number for number, node in enumerate(sorted({n for a, b, _ in found.edges for n in (a, b) if n >= found.n_versions}))}
    edges = []
    for one, other, confidence in found.edges:
        names = [witnesses[collation.first_of[n]].id if n < found.n_versions else lost_id(lost[n]) for n in (one, other)]
        reasons = ["a lost version stands between the witnesses that it parts"]
        if max(one, other) < found.n_versions:
            reasons = describer.shared(one, other) + describer.changed(one, other)
            ends = collation.first_of[one], collation.first_of[other]
            for at, credit in (ends, ends[::-1]):
                if credit in named_by[at]:
                    reasons.insert(0, f"{witnesses[at].id} credits {witnesses[credit].outlet or witnesses[credit].id}")
        edges.append(StemmaEdge(names[0], names[1], max(1, round(confidence * FULL)), "copy", tuple(reasons), False))
    for witness, version in enumerate(collation.version_of):
        first = collation.first_of[version]
        if first != witness:
            edges.append(StemmaEdge(witnesses[first].id, witnesses[witness].id, SAME_TEXT, "copy", ("has the same words",), False))
    return edges, len(lost)


def _joinings(witnesses: list[Witness], collation: Collation, edges: Sequence[StemmaEdge]) -> list[Joining]:
    """What the stemma says about one origin: each edge joins; for certain where a long stretch of words is shared."""
    number = {witness.id: at for at, witness in enumerate(witnesses)}
    joinings: list[Joining] = []
    lost: dict[str, int] = {}
    for edge in edges:
        ends = [edge.parent, edge.child]
        inside = [number[end] if end in number else lost.get(end) for end in ends]
        if None in inside:
            # The first witness met stands for the lost version.
            known = next((at for at in inside if at is not None), None)
            for end in ends:
                if end not in number and known is not None:
                    lost[end] = known
            continue
        one, other = (at for at in inside if at is not None)
        if one == other:
            continue
        run = longest_run(collation, one, other)
        names = f"{witnesses[one].id} and {witnesses[other].id}"
        reason = f"{names} share {run} words in a row" + ("" if run >= LONG_RUN else ", which may be chance")
        joinings.append(Joining(one, other, run >= LONG_RUN, reason))
    return joinings


def longest_run(collation: Collation, one: int, other: int) -> int:
    """The longest stretch of words that two witnesses share, in words."""
    left, right = (collation.version_of[at] for at in (one, other))
    if left == right:
        return len(collation.units[one].keys)
    a, b = collation.codes[:, left], collation.codes[:, right]
    present = (a != GAP) | (b != GAP)
    equal = np.concatenate([[False], (a == b)[present], [False]])
    edges = np.flatnonzero(np.diff(equal.astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max(initial=0))
