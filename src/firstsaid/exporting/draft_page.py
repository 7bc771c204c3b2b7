"""A checked draft as one page: its text on the left with what was checked marked, the evidence beside it on the right."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.model import Verdict

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus
    from firstsaid.corpus.drafts import DraftCheck

MOST_EVIDENCE = 3
"""Places shown for one verdict; the others say the same."""

CONTEXT_CHARS = 120
"""Of a document's text on both sides of a place."""

_STYLE = """
body{font:16px/1.55 system-ui,sans-serif;margin:0;color:#1b1b1b;background:#fff}
header,footer{padding:1rem 1.5rem;background:#f2f2ef}
h1{font-size:1.3rem;margin:0 0 .3rem}
.row{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.5rem;padding:.3rem 1.5rem;border-top:1px solid #ddd}
.row p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}
mark{background:#e4efe2;color:inherit}mark.flag{background:#ffe2d6;outline:1px solid #b3411a}
.note{font-size:.9rem;margin:.6rem 0;padding:.4rem .6rem;border-left:4px solid #7aa874;background:#f7f9f6;overflow-wrap:anywhere}
.note.flag{border-color:#b3411a;background:#fdf3ee}
blockquote{margin:.3rem 0 0 .6rem;color:#444}b.here{background:#fff3b0;font-weight:600}
@media (prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}header,footer{background:#222}.row{border-color:#333}
mark{background:#27402a}mark.flag{background:#5a2a18}.note{background:#1d231d}.note.flag{background:#2c1d17}blockquote{color:#bbb}
b.here{background:#5c5210}}
@media (max-width:50rem){.row{display:block}}
"""


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{name}: draft check</title><style>{style}</style></head>
<body><header><h1>{name}</h1><p>{n_checked} things checked, {n_flagged} to look at.</p>{notes}</header>
<main>{rows}</main>
<footer><p>A mark means: look here. No mark does not mean that it is right. Nothing here says true or false.</p></footer></body></html>
"""


def write_draft_page(corpus: Corpus, draft: Path, check: DraftCheck, output: Path) -> None:
    """Write the page; it needs no network and runs no script."""
    flagged = sum(verdict.flag for verdict in check.verdicts)
    rows = "".join(_rows(corpus, check))
    name = _safe(draft.name)
    notes = "".join(f"<p>{_safe(note)}.</p>" for note in check.notes)
    for document_id in check.left_out:
        location = _safe(corpus.document(document_id).location)
        notes += f"<p>Left out, because it shares nearly all its words with the draft: {location}.</p>"
    page = _PAGE.format(name=name, style=_STYLE, n_checked=len(check.verdicts), n_flagged=flagged, notes=notes, rows=rows)
    output.write_text(page, encoding="utf-8")


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and marks that turn the direction of words around: a hostile text could make the page read otherwise."""


def _safe(words: str) -> str:
    return html.escape(_UNSEEN.sub("\ufffd", words))


def _rows(corpus: Corpus, check: DraftCheck) -> Iterator[str]:
    """One row a paragraph: its words on the left, the verdicts on what begins in it on the right."""
    at = 0
    for paragraph in check.text.split("\n\n"):
        end = at + len(paragraph)
        if paragraph.strip():
            here = [(number, one) for number, one in enumerate(check.verdicts, 1) if at <= one.start < end or one.start == at]
            notes = "".join(_note(corpus, number, one) for number, one in here)
            yield f'<section class="row"><p dir="auto">{_marked(paragraph, at, here)}</p><div>{notes}</div></section>'
        at = end + 2


def _marked(paragraph: str, at: int, here: Sequence[tuple[int, Verdict]]) -> str:
    """The paragraph with what was checked marked; of stretches that lie within each other the first and longest is."""
    pieces, rest = [], 0
    for number, verdict in sorted(here, key=lambda one: (one[1].start, -one[1].end)):
        start, end = verdict.start - at, min(verdict.end - at, len(paragraph))
        if start < rest or start >= end:
            continue
        flag = ' class="flag"' if verdict.flag else ""
        pieces += [_safe(paragraph[rest:start]), f'<mark{flag} id="d{number}">{_safe(paragraph[start:end])}</mark><sup>{number}</sup>']
        rest = end
    return "".join((*pieces, _safe(paragraph[rest:])))


def _note(corpus: Corpus, number: int, verdict: Verdict) -> str:
    flag = " flag" if verdict.flag else ""
    sign = "Look: " if verdict.flag else ""
    evidence = "".join(_evidence(corpus, span.document_id, span.start, span.end) for span in verdict.evidence[:MOST_EVIDENCE])
    head = f"{number}. {sign}{verdict.type}, {verdict.verdict}"
    return f'<div class="note{flag}"><b>{_safe(head)}</b><br><span dir="auto">{_safe(verdict.why)}</span>{evidence}</div>'


def _evidence(corpus: Corpus, document_id: str, start: int, end: int) -> str:
    document = corpus.document(document_id)
    before = document.text[max(0, start - CONTEXT_CHARS) : start]
    after = document.text[end : end + CONTEXT_CHARS]
    place = f"{_safe(before)}<b class=here>{_safe(document.text[start:end])}</b>{_safe(after)}"
    return f'<blockquote dir="auto">{_safe(document.location)}: …{place}…</blockquote>'
