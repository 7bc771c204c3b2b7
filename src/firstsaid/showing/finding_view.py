"""The findings screens: a list that one narrows down, a finding among its neighbours, how far the review has come, what is confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from firstsaid.dates import from_edtf
from firstsaid.model import FINDING_KINDS, Finding
from firstsaid.showing.citing import citation
from firstsaid.showing.kinds import KIND_MEANING, KIND_WORDS
from firstsaid.showing.lines import FAIR, STRONG, FindingFacts, Lines
from firstsaid.showing.links import SHORT
from firstsaid.showing.paging import offset, paging
from firstsaid.showing.screens import ConfirmedView, FindingGroup, FindingsView, FindingView, Progress
from firstsaid.showing.spoken import day_words, natural, plain
from firstsaid.showing.views import ConfirmedFinding, FindingCard
from firstsaid.store import read

MOST_OUTLETS_OFFERED = 300
"""Outlets to choose from in a list; a longer one nobody scrolls through, and the outlet's own page leads here too."""
LEAST_STRENGTH = {"strong": STRONG, "fair": FAIR}


@dataclass(frozen=True, slots=True)
class FindingChoice:
    """Which findings are asked for; an empty field leaves them all in. `since`, `until`: EDTF, of the documents they rest on."""

    kind: str = ""
    strength: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    reviewed: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> FindingChoice:
        """The choice that stands in an address; anything else there is left alone."""
        return cls(**{field.name: asked.get(field.name, "")[:200].strip() for field in fields(cls)})

    def asked(self) -> dict[str, str]:
        """What is chosen, as it stands in an address."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def kinds_of(lines: Lines) -> tuple[tuple[str, str, int, str], ...]:
    """Kinds of finding: (kind, words, how many, link), in the order in which kinds are always told."""
    rows = lines.remember("kinds", lambda: Counter(fact.kind for fact in lines.finding_facts))
    known = [kind for kind in FINDING_KINDS if kind in rows] + sorted(kind for kind in rows if kind not in FINDING_KINDS)
    return tuple((kind, KIND_WORDS.get(kind, kind), rows[kind], lines.links.findings_of(kind)) for kind in known)


def chosen(lines: Lines, choice: FindingChoice) -> list[FindingFacts]:
    """The findings asked for, the strongest first.

    Raises:
        UsageError: a date is none.
    """
    since = from_edtf(choice.since, "asked").earliest if choice.since else None
    until = from_edtf(choice.until, "asked").latest if choice.until else None
    least = LEAST_STRENGTH.get(choice.strength, 0)
    outlet = lines.meant(choice.outlet)
    verdicts = {one: decision.verdict for one, decision in lines.decisions.items()}

    def fits(fact: FindingFacts) -> bool:
        verdict = verdicts.get(fact.id, "open")
        return (
            (not choice.kind or fact.kind == choice.kind)
            and fact.strength >= least
            and (not outlet or outlet in fact.outlets)
            and (since is None or (fact.latest is not None and fact.latest >= since))
            and (until is None or (fact.earliest is not None and fact.earliest <= until))
            and choice.reviewed in ("", verdict, "" if verdict == "open" else "decided")
        )

    return [fact for fact in lines.in_order(lines.finding_facts) if fits(fact)]


def progress(lines: Lines, among: Sequence[FindingFacts]) -> Progress:
    """How far the review of some findings has come."""
    verdicts = Counter(lines.decisions[fact.id].verdict for fact in among if fact.id in lines.decisions)
    n_decided = sum(verdicts.values())
    return Progress(len(among), n_decided, verdicts["confirmed"], verdicts["dismissed"], verdicts["noted"], len(among) - n_decided)


def _cards(lines: Lines, facts: Sequence[FindingFacts], asked: Mapping[str, str]) -> tuple[FindingCard, ...]:
    marks = ", ".join("?" * len(facts))
    found = {
        one.id: one for one in read.derived(lines.connection, Finding, "finding", f"WHERE id IN ({marks})", [fact.id for fact in facts])
    }
    cards = lines.findings([found[fact.id] for fact in facts])
    if not asked:
        return cards
    # From a narrowed list one walks on within it.
    return tuple(replace(card, href=lines.links.finding(fact.id, **asked)) for card, fact in zip(cards, facts, strict=True))


def findings(
    lines: Lines, choice: FindingChoice, *, each: int, size: int = 30, page: int = 1, held: frozenset[str] | None = None, done: str = ""
) -> FindingsView:
    """Findings: `each` of every kind where nothing is chosen, else a page of those chosen. `held`: only these (the report's).

    `done`: the finding that was just decided about.
    """
    kinds = kinds_of(lines)
    facts = chosen(lines, choice)
    asked = choice.asked()
    groups = []
    shown = None
    if asked:
        address: Callable[[int], str] = lambda number: lines.links.to("findings", **asked, page=number)  # noqa: E731
        shown = paging(address, page, size, len(facts))
        here = facts[offset(shown) : offset(shown) + size]
        words = KIND_WORDS.get(choice.kind, choice.kind)
        if here:
            groups.append(FindingGroup(choice.kind, words, KIND_MEANING.get(choice.kind, ""), _cards(lines, here, asked), 0, ""))
    else:
        for name, words, n, href in kinds:
            of_kind = [fact for fact in facts if fact.kind == name][:each]
            cards = _cards(lines, [fact for fact in of_kind if held is None or fact.id in held], {})
            groups.append(FindingGroup(name, words, KIND_MEANING.get(name, ""), cards, n - len(cards), href))
    return FindingsView(
        groups=tuple(groups),
        kinds=kinds,
        choice=asked,
        outlets=lines.remember("finding-outlets", lambda: _outlets(lines)),
        progress=progress(lines, lines.finding_facts),
        chosen=progress(lines, facts),
        paging=shown,
        can_decide=lines.links.is_served,
        confirmed_href=lines.links.to("confirmed"),
        done=_done(lines, done),
        page=page,
    )


def _outlets(lines: Lines) -> tuple[str, ...]:
    counted = Counter(outlet for fact in lines.finding_facts for outlet in fact.outlets)
    offered = sorted(counted, key=lambda outlet: (-counted[outlet], outlet))[:MOST_OUTLETS_OFFERED]
    return tuple(sorted((plain(lines.hide(outlet)) for outlet in offered), key=natural))


def _done(lines: Lines, finding_id: str) -> FindingCard | None:
    known = [fact.id for fact in lines.finding_facts if finding_id and fact.id.startswith(finding_id)]
    return _cards(lines, _facts_of(lines, known[:1]), {})[0] if known else None


def _facts_of(lines: Lines, ids: Sequence[str]) -> list[FindingFacts]:
    return [fact for fact in lines.finding_facts if fact.id in ids]


def finding(lines: Lines, found: Finding, choice: FindingChoice, done: str = "") -> FindingView:
    """One finding between its neighbours among those chosen. `done`: the finding that was just decided about."""
    facts = chosen(lines, choice)
    ids = [fact.id for fact in facts]
    asked = choice.asked()
    # A finding that was decided about may no longer be among those chosen; then the list begins behind it.
    at = ids.index(found.id) if found.id in ids else -1
    around = (ids[at - 1] if at > 0 else "", ids[at + 1] if at + 1 < len(ids) else "")
    previous, following = (lines.links.finding(one, **asked) if one else "" for one in around)
    (card,) = lines.findings([found])
    return FindingView(
        card=card,
        meaning=KIND_MEANING.get(found.kind, ""),
        choice=asked,
        position=at + 1,
        chosen=progress(lines, facts),
        previous=previous,
        next=following,
        next_id=around[1][:SHORT],
        list_href=lines.links.to("findings", **asked),
        of_kind_href=lines.links.findings_of(found.kind),
        can_decide=lines.links.is_served,
        done=_done(lines, done),
    )


def confirmed(lines: Lines) -> ConfirmedView:
    """What the user confirmed, with evidence and citations, to print or to hand on."""
    ids = [fact.id for fact in lines.finding_facts if fact.id in lines.decisions and lines.decisions[fact.id].verdict == "confirmed"]
    return ConfirmedView(plain(lines.corpus.path.name), tuple(_confirmed(lines, ids)), lines.links.is_served)


def _confirmed(lines: Lines, ids: Sequence[str]) -> Iterator[ConfirmedFinding]:
    for fact, card in zip(_facts_of(lines, ids), _cards(lines, _facts_of(lines, ids), {}), strict=True):
        cited = tuple(citation(lines, piece.document_id, piece.start, piece.end) for piece in lines.pieces_of(fact.id))
        yield ConfirmedFinding(card, day_words(lines.decisions[fact.id].made), cited[: len(card.evidence)])
