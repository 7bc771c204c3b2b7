"""What a reader asks the local page: words searched for, and where they were first said."""

from __future__ import annotations

import re

from firstsaid.showing.lines import Lines
from firstsaid.showing.screens import SearchView, WhenceView
from firstsaid.showing.spoken import counted, direction, plain
from firstsaid.showing.views import Paging, Piece, SearchHit, WitnessLine
from firstsaid.text import shortened

HITS = 30
MOST_WITNESSES = 60
MOST_FAMILIES = 10
_MARKED = re.compile(r"\[\[|\]\]")


def search(lines: Lines, words: str, page: int) -> SearchView:
    """Documents that hold the words, best first."""
    words = words.strip()
    # One more than a page tells whether there is a next one; counting all hits would take as long as finding them.
    found = list(lines.corpus.search(words, HITS + 1, (page - 1) * HITS)) if words else []
    first = (page - 1) * HITS
    more = len(found) > HITS
    shown = None
    if page > 1 or more:
        n_known = first + len(found)
        before, after = (lines.links.to("search", q=words, page=number) for number in (page - 1, page + 1))
        shown = Paging(first + 1, first + min(HITS, len(found)), n_known, before if page > 1 else "", after if more else "")
    lines.prepare(document.id for document, _ in found)
    hits = tuple(SearchHit(lines.document(document.id), tuple(_snippet(snippet)), direction(snippet)) for document, snippet in found[:HITS])
    return SearchView(words, hits, shown)


def _snippet(snippet: str) -> list[Piece]:
    """`[[so]]` as marked pieces; brackets that do not pair stay text."""
    pieces: list[Piece] = []
    at = 0
    is_hit = False
    for found in _MARKED.finditer(snippet):
        if (found.group() == "[[") == is_hit:
            continue
        if found.start() > at:
            pieces.append(Piece(snippet[at : found.start()], ("place",) if is_hit else ()))
        is_hit = not is_hit
        at = found.end()
    if at < len(snippet):
        pieces.append(Piece(snippet[at:]))
    return pieces


def whence(lines: Lines, words: str) -> WhenceView:
    """The story of some words."""
    words = words.strip()
    if not words:
        return WhenceView("", "", (), 0, (), "", ())
    found = lines.corpus.whence(words)
    lines.prepare(one.document_id for one in found.witnesses[:MOST_WITNESSES])
    earliest = {(one.document_id, one.start) for one in found.earliest}
    witnesses = []
    for one in found.witnesses[:MOST_WITNESSES]:
        differences = tuple(
            f"{d.kind}: “{shortened(d.left_text, 60) or '–'}” here “{shortened(d.right_text, 60) or '–'}”" for d in one.differences[:4]
        )
        line = lines.span(one.document_id, one.start, one.end)
        witnesses.append(WitnessLine(line, one.similarity // 100, differences, (one.document_id, one.start) in earliest))
    how = {
        "words": f"These words stand in {counted(len(found.witnesses), 'document')}.",
        "claim": f"Nobody here uses these words. Said in other words, it may stand in {counted(len(found.witnesses), 'document')}.",
        "nothing": "Nothing here says this, in these words or, as far as can be told, in others.",
    }[found.how]
    low, high = found.n_origins_certain, found.n_origins_possible
    return WhenceView(
        plain(words), how, tuple(witnesses), max(0, len(found.witnesses) - MOST_WITNESSES), lines.families(found.families[:MOST_FAMILIES]),
        str(low) if low == high else f"{low} to {high}", tuple(map(lines.said, found.origin_reasons)),
    )  # fmt: skip
