"""A passage family as a page: witnesses aligned word by word, and who seems to have copied whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from firstsaid.model import FULL, READING_KINDS, Document, Family, Passage, Reading, StemmaEdge
from firstsaid.showing.drawing import StemmaMark, draw_stemma
from firstsaid.showing.lines import Lines, direction
from firstsaid.showing.views import EdgeLine, FamilyView, Piece, VariantCell, VariantRow
from firstsaid.text import shortened
from firstsaid.tracing import collate
from firstsaid.wording import differences

MOST_WITNESSES = 40
"""Rows of one aligned table; with more, those with readings of their own come first and the page says how many are left out."""
MOST_COLUMNS = 60
CERTAIN, PROBABLE = 9_000, 5_000

LETTERS = dict(zip(READING_KINDS, ("F", "N", "D", "¬", "H", "−", "+", "↔", "S", ".", "W"), strict=True))
"""One mark for each kind of reading, so that nothing is said by colour alone."""


def family_view(lines: Lines, family: Family) -> FamilyView:
    """The view of one family."""
    passages = longest_by_document(lines.corpus.passages(family.id))
    documents = {one.document_id: lines.get(one.document_id) for one in passages}
    base_id = family.earliest_document_ids[0] if family.earliest_document_ids else passages[0].document_id
    order = sorted(passages, key=lambda one: (one.document_id != base_id, *_when(documents[one.document_id]), one.document_id))
    n_own = Counter(reading.document_id for reading in family.readings)
    shown = order if len(order) <= MOST_WITNESSES else sorted(order, key=lambda one: one.document_id != base_id and not n_own[one.document_id])
    shown = sorted(shown[:MOST_WITNESSES], key=order.index)
    sigla = {one.document_id: siglum(number) for number, one in enumerate(order)}
    texts = [documents[one.document_id].text[one.start : one.end] for one in shown]
    columns, cells = _variants(texts)
    rows = tuple(
        VariantRow(
            document=lines.document(documents[one.document_id]),
            siglum=sigla[one.document_id],
            cells=tuple(cells[number]),
            n_same=sum(cell.kind == "same" for cell in cells[number]),
            full_text=_against(texts[0], texts[number]) if number else (Piece(texts[0]),),
            direction=direction(texts[number]),
        )
        for number, one in enumerate(shown)
    )
    edges = tuple(_edge(edge, sigla, family.readings) for edge in family.edges)
    marks = [
        StemmaMark(
            node.id, sigla.get(node.id, node.id), lines.document(documents[node.id]).outlet if node.id in documents else "lost",
            documents[node.id].published if node.id in documents else None, node.observed, lines.links.document(node.id) if node.observed else "",
        )
        for node in family.nodes
    ]  # fmt: skip
    return FamilyView(
        line=lines.family(family),
        rows=rows,
        columns=columns,
        edges=edges,
        stemma_svg=draw_stemma(marks, family.edges),
        stemma_summary=_summary(family, sigla),
        origin_reasons=family.origin_reasons,
        is_rooted=family.is_rooted,
        n_witnesses_left_out=len(order) - len(shown),
    )


def siglum(number: int) -> str:
    """A, B, ... Z, A1, B1, ...: how philologists name witnesses."""
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")


def longest_by_document(passages: Sequence[Passage] | object) -> list[Passage]:
    """One passage a document: where a document holds several of a family, the longest."""
    best: dict[str, Passage] = {}
    for one in passages:  # type: ignore[attr-defined]
        held = best.get(one.document_id)
        if held is None or one.end - one.start > held.end - held.start:
            best[one.document_id] = one
    return list(best.values())


def _when(document: Document) -> tuple[bool, int]:
    return (document.published is None, document.published.earliest if document.published else 0)


def _variants(texts: Sequence[str]) -> tuple[tuple[int, ...], list[list[VariantCell]]]:
    """Places where not all texts agree, each a run of neighbouring columns, and what each text has there, marked against the first."""
    collation = collate(texts)
    runs: list[tuple[int, int]] = []
    for column in collation.variable().tolist():
        if runs and column - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    runs = runs[:MOST_COLUMNS]
    cells: list[list[VariantCell]] = [[] for _ in texts]
    for first, last in runs:
        spans = [collation.spans(column) for column in range(first, last)]
        stretches = []
        for number, text in enumerate(texts):
            here = [span for column in spans if (span := column[number]) is not None]
            stretches.append(text[min(a for a, _ in here) : max(b for _, b in here)] if here else "")
        for number, stretch in enumerate(stretches):
            cells[number].append(_cell(stretches[0], stretch, number == 0))
    return tuple(range(1, len(runs) + 1)), cells


def _cell(base: str, stretch: str, is_base: bool) -> VariantCell:
    shown = shortened(stretch, 90)
    if is_base:
        return VariantCell(shown or "–", "base", "")
    found = differences(base, stretch)
    if not found:
        return VariantCell(shown or "–", "same", "")
    kind = min((difference.kind for difference in found), key=READING_KINDS.index)
    return VariantCell(shown or "–", kind, LETTERS[kind])


def _against(base: str, text: str) -> tuple[Piece, ...]:
    """The text with its differences from the base marked; cuts stand as empty marked pieces with what is missing."""
    pieces: list[Piece] = []
    at = 0
    for one in sorted(differences(base, text), key=lambda one: (one.right_start, one.right_end)):
        if one.right_start < at:
            continue
        if one.right_start > at:
            pieces.append(Piece(text[at : one.right_start]))
        kind = one.kind
        if one.right_end > one.right_start:
            title = f"{kind}: earliest has “{shortened(one.left_text, 80)}”" if one.left_text else f"{kind}: not in the earliest"
            pieces.append(Piece(text[one.right_start : one.right_end], ("reading", f"k-{kind}"), anchor=title))
        else:
            pieces.append(Piece("⁁", ("reading", f"k-{kind}"), anchor=f"{kind}: earliest has “{shortened(one.left_text, 120)}”"))
        at = one.right_end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def _edge(edge: StemmaEdge, sigla: dict[str, str], readings: Sequence[Reading]) -> EdgeLine:
    sure = "certain" if edge.confidence >= CERTAIN else "probable" if edge.confidence >= PROBABLE else "open"
    own = [one for one in readings if one.document_id == edge.child and one.base_document_id == edge.parent]
    by_kind: dict[str, list[Reading]] = defaultdict(list)
    for one in own:
        by_kind[one.kind].append(one)
    entered = []
    for kind in READING_KINDS:
        for one in by_kind.get(kind, ())[:3]:
            entered.append(f"{kind}: “{shortened(one.base_text, 60) or '–'}” becomes “{shortened(one.text, 60) or '–'}”")
        if len(by_kind.get(kind, ())) > 3:
            entered.append(f"{kind}: {len(by_kind[kind]) - 3} more")
    return EdgeLine(
        edge.parent, edge.child, sigla.get(edge.parent, edge.parent), sigla.get(edge.child, edge.child), sure,
        edge.confidence * 100 // FULL, edge.kind, edge.reasons, tuple(entered[:8]),
    )  # fmt: skip


def _summary(family: Family, sigla: dict[str, str]) -> str:
    """The drawing in one sentence, for those who do not see it."""
    if not family.edges:
        return f"{family.n_documents} witnesses, no copying that the readings or dates would show."
    if not family.is_rooted:
        return f"{family.n_documents} witnesses, none dated: the lines say who is near whom, not who copied whom."
    told = [f"{sigla.get(edge.child, edge.child)} from {sigla.get(edge.parent, edge.parent)}" for edge in family.edges if edge.kind == "copy"]
    more = f" and {len(told) - 12} more" if len(told) > 12 else ""
    return f"Hypothesis of copying: {', '.join(told[:12])}{more}."
