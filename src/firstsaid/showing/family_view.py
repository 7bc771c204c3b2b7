"""A passage family as a page: witnesses aligned word by word, and who seems to have copied whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from firstsaid.model import FULL, READING_KINDS, Family, Passage, Reading, StemmaEdge
from firstsaid.showing.drawing import MOST_NODES, StemmaMark, draw_stemma
from firstsaid.showing.kinds import LETTERS
from firstsaid.showing.lines import Lines
from firstsaid.showing.places import places
from firstsaid.showing.screens import FamilyView
from firstsaid.showing.spoken import direction
from firstsaid.showing.views import EdgeLine, Piece, VariantCell, VariantRow
from firstsaid.text import shortened
from firstsaid.tracing import Collation, collate
from firstsaid.wording import differences

CERTAIN, PROBABLE = 9_000, 5_000
MOST_CELL_CHARS = 90
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


def family_view(lines: Lines, family: Family, settings: FamilySettings | None = None) -> FamilyView:
    """The view of one family. Cost: that of aligning the witnesses shown, about a third of a second for 30 of 1,000 words."""
    settings = settings or FamilySettings()
    passages = longest_by_document(lines.corpus.passages(family.id))
    ids = [one.document_id for one in passages]
    lines.prepare(ids)
    base_id = next((one for one in family.earliest_document_ids if one in ids), ids[0] if ids else "")
    order = sorted(passages, key=lambda one: (one.document_id != base_id, *_when(lines, one.document_id), one.document_id))
    sigla = {one.document_id: siglum(number) for number, one in enumerate(order)}
    lost = [node.id for node in family.nodes if not node.observed]
    sigla.update({one: lost_siglum(number) for number, one in enumerate(lost)})
    shown = _shown(order, base_id, family.readings, settings.most_witnesses)
    texts = [lines.text(one.document_id)[one.start : one.end][: settings.most_chars] for one in shown]
    n_columns, columns, cells = _variants(texts, settings.most_columns) if settings.most_columns else (0, (), [[] for _ in texts])
    rows = []
    n_full_chars = 0
    for number, one in enumerate(shown):
        n_full_chars += len(texts[number])
        pieces: tuple[Piece, ...] = ()
        if n_full_chars <= settings.most_full_chars:
            pieces = _against(texts[0], texts[number]) if number else (Piece(texts[0]),)
        rows.append(
            VariantRow(
                document=lines.document(one.document_id),
                href=lines.links.document(one.document_id, one.start),
                siglum=sigla[one.document_id],
                cells=tuple(cells[number]),
                full_text=pieces,
                direction=direction(texts[number]),
            )
        )
    (line,) = lines.families([family])
    readings: dict[str, list[Reading]] = defaultdict(list)
    for reading in family.readings:
        readings[reading.document_id].append(reading)
    edges = tuple(_edge(lines, edge, sigla, readings) for edge in family.edges[: settings.most_edges])
    present = {cell.kind for row in rows for cell in row.cells} | {
        mark[2:] for row in rows for piece in row.full_text for mark in piece.marks
    }
    return FamilyView(
        line=line,
        rows=tuple(rows),
        columns=columns,
        edges=edges,
        stemma_svg=draw_stemma(_stemma_marks(lines, family, sigla), family.edges) if family.edges else "",
        stemma_summary=_summary(family, sigla),
        origin_reasons=tuple(lines.said(reason, sigla) for reason in family.origin_reasons),
        is_rooted=family.is_rooted,
        kinds=tuple((kind, LETTERS[kind]) for kind in READING_KINDS if kind in present),
        n_columns_left_out=n_columns - len(columns),
        n_witnesses_left_out=len(order) - len(shown),
        n_edges_left_out=max(0, len(family.edges) - settings.most_edges),
    )


def _shown(order: Sequence[Passage], base_id: str, readings: Iterable[Reading], most: int) -> list[Passage]:
    if len(order) <= most:
        return list(order)
    n_own = Counter(reading.document_id for reading in readings)
    ranked = sorted(range(len(order)), key=lambda at: (order[at].document_id != base_id, not n_own[order[at].document_id], at))
    return [order[at] for at in sorted(ranked[:most])]


def _stemma_marks(lines: Lines, family: Family, sigla: dict[str, str]) -> list[StemmaMark]:
    marks = []
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


def _when(lines: Lines, document_id: str) -> tuple[bool, int]:
    published = lines.published(document_id)
    return (published is None, published.earliest if published else 0)


def _variants(texts: Sequence[str], most_columns: int) -> tuple[int, tuple[int, ...], list[list[VariantCell]]]:
    """Places where not all texts agree, each a run of neighbouring columns, and what each text has there, marked against the first.

    Returns how many places vary, the numbers of those shown, and the cells of each text.
    """
    cells: list[list[VariantCell]] = [[] for _ in texts]
    if len(texts) < 2:
        return 0, (), cells
    collation = collate(texts)
    runs = places(collation.codes)
    for first, last in runs[:most_columns]:
        spans = [collation.spans(column) for column in range(first, last)]
        stretches = []
        for number, text in enumerate(texts):
            here = [span for column in spans if (span := column[number]) is not None]
            stretches.append(text[min(a for a, _ in here) : max(b for _, b in here)] if here else "")
        # Against the first witness that has words here at all, if the base's stretch does not reach this far.
        base = next((stretch for stretch in stretches if stretch), "") if _is_outside(collation, 0, first, last) else stretches[0]
        known: dict[str, VariantCell] = {}
        for number, stretch in enumerate(stretches):
            if _is_outside(collation, number, first, last):
                cells[number].append(VariantCell("", "absent", ""))
            else:
                if number == 0:
                    cells[number].append(VariantCell(shortened(stretch, MOST_CELL_CHARS) or "–", "base", ""))
                    continue
                if stretch not in known:
                    known[stretch] = _cell(base, stretch)
                cells[number].append(known[stretch])
    return len(runs), tuple(range(1, min(len(runs), most_columns) + 1)), cells


def _is_outside(collation: Collation, witness: int, first: int, last: int) -> bool:
    """Whether the place lies before the first or after the last word of a witness."""
    present = np.flatnonzero(collation.places[:, collation.version_of[witness]] >= 0)
    return not len(present) or bool(last <= present[0] or first > present[-1])


def _cell(base: str, stretch: str) -> VariantCell:
    shown = shortened(stretch, MOST_CELL_CHARS) or "–"
    found = differences(base, stretch)
    if not found:
        return VariantCell(shown, "same", "")
    kind = min((difference.kind for difference in found), key=READING_KINDS.index)
    return VariantCell(shown, kind, LETTERS[kind])


def _against(base: str, text: str) -> tuple[Piece, ...]:
    """The text with its differences from the base marked; a cut stands as a caret with what is missing."""
    pieces: list[Piece] = []
    at = 0
    for one in sorted(differences(base, text), key=lambda one: (one.right_start, one.right_end)):
        if one.right_start < at:
            continue
        if one.right_start > at:
            pieces.append(Piece(text[at : one.right_start]))
        has = f"the base has “{shortened(one.left_text, 120)}”" if one.left_text.strip() else "not in the base"
        shown = text[one.right_start : one.right_end] or "⁁"
        pieces.append(Piece(shown, ("reading", f"k-{one.kind}"), letter=LETTERS[one.kind], title=f"{one.kind}: {has}"))
        at = one.right_end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


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
