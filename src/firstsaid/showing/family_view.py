"""A passage family as a page: witnesses aligned word by word, and who seems to have copied whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firstsaid.model import FULL, READING_KINDS, Family, Passage, Reading, StemmaEdge
from firstsaid.showing.citing import citation
from firstsaid.showing.comparing import marked, told
from firstsaid.showing.drawing import MOST_NODES, StemmaMark, draw_stemma
from firstsaid.showing.kinds import LETTERS
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import SHORT
from firstsaid.showing.paging import offset, paging
from firstsaid.showing.screens import FamilyView
from firstsaid.showing.spoken import direction
from firstsaid.showing.variants import variants
from firstsaid.showing.views import EdgeLine, Piece, VariantRow
from firstsaid.text import shortened
from firstsaid.wording import differences

CERTAIN, PROBABLE = 9_000, 5_000
MOST_TOLD = 8
"""Differences of one witness told in words; the table of variants has them all."""
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"


@dataclass(frozen=True, slots=True)
class FamilySettings:
    """How much of a family one page shows; the page says what it leaves out."""

    most_witnesses: int = 30
    """Rows of the aligned table; with more, those with readings of their own come first."""
    most_columns: int = 40
    """Places that vary; more are said as a number."""
    most_chars: int = 6_000
    """Text of a witness that is aligned: about three printed pages."""
    most_full_chars: int = 90_000
    """Full texts of all witnesses together."""
    most_edges: int = 120
    """Rows of the stemma's table."""


def family_view(lines: Lines, family: Family, settings: FamilySettings | None = None, *, kind: str = "", page: int = 1) -> FamilyView:
    """The view of one family. Cost: that of aligning the witnesses shown, about a third of a second for 30 of 1,000 words.

    `kind`: only witnesses with a reading of that kind (`differs`: of any), and only places where one stands. Where somebody answers, the
    witnesses come a page at a time, by date; a report shows those that have readings of their own first, and says how many it left out.
    """
    settings = settings or FamilySettings()
    passages = longest_by_document(lines.corpus.passages(family.id))
    ids = {one.document_id: None for one in passages}
    moments = lines.moments(list(ids))
    base_id = next((one for one in family.earliest_document_ids if one in ids), next(iter(ids), ""))

    def place(one: Passage) -> tuple[bool, bool, int, str]:
        moment = moments.get(one.document_id)
        return one.document_id != base_id, moment is None, moment or 0, one.document_id

    order = sorted(passages, key=place)
    sigla = {one.document_id: siglum(number) for number, one in enumerate(order)}
    lost = [node.id for node in family.nodes if not node.observed]
    sigla.update({one: lost_siglum(number) for number, one in enumerate(lost)})
    readings: dict[str, list[Reading]] = defaultdict(list)
    for reading in family.readings:
        readings[reading.document_id].append(reading)
    if kind:
        order = [one for one in order if one.document_id == base_id or _has(readings.get(one.document_id, ()), kind)]
    shown_paging = None
    if lines.links.is_report:
        shown = _shown(order, base_id, family.readings, settings.most_witnesses)
    else:
        n_beside = settings.most_witnesses - 1
        shown_paging = paging(
            lambda number: lines.links.to("family", id=family.id[:SHORT], kind=kind, page=number), page, n_beside, len(order) - 1
        )
        first = 1 + offset(shown_paging)
        shown = [*order[:1], *order[first : first + n_beside]]
    lines.prepare(one.document_id for one in shown)
    texts = [lines.text(one.document_id)[one.start : one.end][: settings.most_chars] for one in shown]
    n_columns, columns, cells = variants(texts, settings.most_columns, kind) if settings.most_columns else (0, (), [[] for _ in texts])
    rows = []
    n_full_chars = 0
    for number, one in enumerate(shown):
        n_full_chars += len(texts[number])
        own = differences(texts[0], texts[number]) if number and n_full_chars <= settings.most_full_chars else ()
        pieces: tuple[Piece, ...] = ()
        if n_full_chars <= settings.most_full_chars:
            pieces = marked(texts[number], own) if number else (Piece(texts[0]),)
        rows.append(
            VariantRow(
                document=lines.document(one.document_id),
                href=lines.links.document(one.document_id, one.start),
                siglum=sigla[one.document_id],
                cells=tuple(cells[number]),
                full_text=pieces,
                direction=direction(texts[number]),
                differences=told(tuple(one for one in own if _is_told(one.kind, kind)), MOST_TOLD),
                citation=citation(lines, one.document_id, one.start, one.end),
            )
        )
    (line,) = lines.families([family])
    here = {one.document_id for one in shown}
    edges_here = family.edges if lines.links.is_report or not shown_paging else [edge for edge in family.edges if edge.child in here]
    present = {cell.kind for row in rows for cell in row.cells} | {
        mark[2:] for row in rows for piece in row.full_text for mark in piece.marks
    }
    return FamilyView(
        line=line,
        rows=tuple(rows),
        columns=columns,
        edges=tuple(_edge(lines, edge, sigla, readings) for edge in edges_here[: settings.most_edges]),
        stemma_svg=draw_stemma(_stemma_marks(lines, family, sigla), family.edges) if family.edges and page == 1 and not kind else "",
        stemma_summary=_summary(family, sigla),
        origin_reasons=tuple(lines.said(reason, sigla) for reason in family.origin_reasons),
        is_rooted=family.is_rooted,
        kinds=tuple((kind, LETTERS[kind]) for kind in READING_KINDS if kind in present),
        n_columns_left_out=n_columns - len(columns),
        n_witnesses_left_out=len(order) - len(shown) if lines.links.is_report else 0,
        n_edges_left_out=max(0, len(edges_here) - settings.most_edges),
        filters=_filters(lines, family, readings) if lines.links.is_served else (),
        kind=kind,
        paging=shown_paging,
        citation=citation(lines, base_id, shown[0].start, shown[0].end) if shown else "",
    )


def _is_told(kind: str, asked: str) -> bool:
    return kind == asked if asked in READING_KINDS else kind != "punctuation"


def _has(readings: Iterable[Reading], kind: str) -> bool:
    return any(kind in ("differs", reading.kind) for reading in readings)


def _filters(lines: Lines, family: Family, readings: dict[str, list[Reading]]) -> tuple[tuple[str, str, int, str], ...]:
    """What the witnesses can be narrowed to: (kind, words, how many witnesses, link)."""
    n_with = Counter(kind for own in readings.values() for kind in {reading.kind for reading in own})
    if not n_with:
        return ()
    href = lines.links.to
    short = family.id[:SHORT]
    return (
        ("", "all witnesses", family.n_documents, href("family", id=short)),
        ("differs", "those that differ", sum(1 for own in readings.values() if own), href("family", id=short, kind="differs")),
        *((kind, kind, n_with[kind], href("family", id=short, kind=kind)) for kind in READING_KINDS if kind in n_with),
    )


def _shown(order: Sequence[Passage], base_id: str, readings: Iterable[Reading], most: int) -> list[Passage]:
    if len(order) <= most:
        return list(order)
    n_own = Counter(reading.document_id for reading in readings)
    ranked = sorted(range(len(order)), key=lambda at: (order[at].document_id != base_id, not n_own[order[at].document_id], at))
    return [order[at] for at in sorted(ranked[:most])]


def _stemma_marks(lines: Lines, family: Family, sigla: dict[str, str]) -> list[StemmaMark]:
    marks = []
    lines.prepare(node.id for node in family.nodes[: MOST_NODES + 1] if node.observed and node.id in sigla)
    for node in family.nodes[: MOST_NODES + 1]:
        if node.observed and node.id in sigla:
            document = lines.document(node.id)
            published = lines.published(node.id)
            label = document.outlet or shortened(document.title, 24)
            marks.append(StemmaMark(node.id, sigla[node.id], label, published, True, lines.links.document(node.id)))
        else:
            marks.append(StemmaMark(node.id, sigla.get(node.id, "?"), "lost version", None, False, ""))
    return marks


def siglum(number: int) -> str:
    """A, B, ... Z, A1, B1, ...: how philologists name witnesses.

    >>> siglum(0), siglum(27)
    ('A', 'B1')
    """
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")


def lost_siglum(number: int) -> str:
    """α, β, ... ω, α1, ...: the same for versions that are lost.

    >>> lost_siglum(0), lost_siglum(24)
    ('α', 'α1')
    """
    return GREEK[number % len(GREEK)] + (str(number // len(GREEK)) if number >= len(GREEK) else "")


def longest_by_document(passages: Iterable[Passage]) -> list[Passage]:
    """One passage a document: where a document holds several of a family, the longest."""
    best: dict[str, Passage] = {}
    for one in passages:
        held = best.get(one.document_id)
        if held is None or one.end - one.start > held.end - held.start:
            best[one.document_id] = one
    return list(best.values())


def _edge(lines: Lines, edge: StemmaEdge, sigla: dict[str, str], readings: dict[str, list[Reading]]) -> EdgeLine:
    # The readings of a copy stand against its parent, or against the earliest witness where the parent is lost.
    own = [one for one in readings.get(edge.child, ()) if one.base_document_id == edge.parent or edge.parent.startswith("lost-")]
    by_kind: dict[str, list[Reading]] = defaultdict(list)
    for one in own:
        by_kind[one.kind].append(one)
    entered = []
    for kind in READING_KINDS:
        for one in by_kind.get(kind, ())[:3]:
            against = "" if one.base_document_id == edge.parent else f" (against {sigla.get(one.base_document_id, 'the earliest')})"
            entered.append(f"{kind}: “{shortened(one.base_text, 60) or '–'}” becomes “{shortened(one.text, 60) or '–'}”{against}")
        if len(by_kind.get(kind, ())) > 3:
            entered.append(f"{kind}: {len(by_kind[kind]) - 3} more")
    return EdgeLine(
        parent=sigla.get(edge.parent, "?"),
        child=sigla.get(edge.child, "?"),
        sure="certain" if edge.confidence >= CERTAIN else "probable" if edge.confidence >= PROBABLE else "open",
        percent=edge.confidence * 100 // FULL,
        kind=edge.kind,
        is_directed=edge.is_directed,
        reasons=tuple(lines.said(reason, sigla) for reason in edge.reasons),
        entered=tuple(entered[:8]),
    )


def _summary(family: Family, sigla: dict[str, str]) -> str:
    """The drawing in one sentence, for those who do not see it."""
    if not family.edges:
        return f"{family.n_documents} witnesses, and no copying among them that readings or dates would show."
    if not family.is_rooted:
        return f"{family.n_documents} witnesses; no date says which way the copying ran, so the lines say only who is near whom."
    told = [f"{sigla.get(edge.child, '?')} from {sigla.get(edge.parent, '?')}" for edge in family.edges if edge.kind == "copy"]
    more = f" and {len(told) - 12} more" if len(told) > 12 else ""
    return f"Hypothesis of who copied whom: {', '.join(told[:12])}{more}."
