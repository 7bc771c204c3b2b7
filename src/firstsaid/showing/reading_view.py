"""One document as captured, with what was found in it: marks on the text, notes in the margin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from firstsaid.model import Document, Layout
from firstsaid.showing.citing import citation
from firstsaid.showing.claim_marks import claim_marks
from firstsaid.showing.extracting import extracts
from firstsaid.showing.kinds import KIND_WORDS, LAYERS
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import SHORT, external
from firstsaid.showing.screens import ReadingView
from firstsaid.showing.spoken import counted, day_words, direction, plain, when
from firstsaid.showing.sweeping import Mark, Stretch, blocks, numbered
from firstsaid.showing.views import FigureLine, Note, SharingLine, Window
from firstsaid.store import read
from firstsaid.text import shortened

WINDOW_CHARS = 40_000
"""Text on one page: about 25 printed pages, which a browser lays out at once and the server renders in a fifth of a second."""
MOST_FIGURES = 300
MOST_SHARING = 8
"""Documents named as sharing words with the one shown; a statement repeated for years shares some with all of its kind."""
MOST_TINTED_CHARS = 300
"""A finding about a longer stretch has its note and no tint: a whole page in colour marks nothing."""
TAGS = {
    "heading": "h3", "paragraph": "p", "block_quote": "blockquote", "list_item": "li", "caption": "caption", "footnote": "footnote",
}  # fmt: skip
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def reading_view(lines: Lines, document: Document, *, at: int | None = None, window: int = 1) -> ReadingView:
    """The view of one document: a window of it (`window`, or the one that holds the code point `at`); in a report its beginning."""
    most_chars = lines.most_text_chars
    document = replace(document, text=lines.blotted(document.text))
    all_stretches = list(stretches(document.text, read.layout_of(lines.connection, document.id)))
    starts = _windows(all_stretches)
    if most_chars is None:
        number = min(max(1, window), len(starts))
        if at is not None:
            number = max(1, sum(start <= at for start in starts))
        first = starts[number - 1]
        last = starts[number] if number < len(starts) else len(document.text)
        around = (number - 1 if number > 1 else 0, number + 1 if number < len(starts) else 0)
        hrefs = (lines.links.to("document", id=document.id[:SHORT], window=one) if one else "" for one in around)
        shown_window = Window(number, len(starts), *hrefs)
    else:
        first, last, shown_window = 0, most_chars, Window(1, 1, "", "")
    found = list(_marks(lines, document))
    shown = [one for one in all_stretches if first <= one.start < last]
    end = max((one.end for one in shown), default=0)
    if not lines.has_full_text:
        shown = extracts(document.text, found)
    if at is not None and 0 <= at < len(document.text):
        found.append(Mark(at, min(at + 1, len(document.text)), "place"))
    marks = numbered([mark for mark in found if mark.start < mark.end and mark.end > first and mark.start < end])
    prefix = f"d-{document.id[:SHORT]}"
    previous, following = _neighbours(lines, document)
    sharing, n_sharing = _sharing(lines, document)
    counts = {name: sum(name in (mark.layer, mark.note.layer if mark.note else "") for mark in found) for name, _ in LAYERS}
    return ReadingView(
        document=lines.document(document.id),
        url="" if lines.hiding.words else external(document.url),
        authors=plain(", ".join(document.authors)),
        modified=when(document.modified) if document.modified else "",
        captured=when(document.captured) if document.captured else "",
        blocks=tuple(blocks(document.text, shown, marks, prefix)),
        figures=tuple(_figures(lines, document, first, end)),
        layers=tuple((name, words, counts[name]) for name, words in LAYERS if counts[name]),
        direction=direction(document.text),
        n_words=len(document.text.split()),
        previous=previous,
        next=following,
        window=shown_window if shown_window.n_windows > 1 else None,
        n_chars_left_out=0 if most_chars is None or not lines.has_full_text else max(0, len(document.text.rstrip()) - end),
        sharing=sharing,
        n_sharing=n_sharing,
        citation=citation(lines, document.id),
        is_extract=not lines.has_full_text,
    )


def _sharing(lines: Lines, document: Document) -> tuple[tuple[SharingLine, ...], int]:
    """The documents with which this one has its longest passages in common, earlier ones first, and how many there are in all."""
    rows = lines.connection.execute(
        """SELECT other, max(n_words) AS n_words, published_earliest AS earliest, published_latest AS latest, at FROM (
               SELECT right_id AS other, n_words, left_start AS at FROM alignment WHERE left_id = :id
               UNION ALL SELECT left_id, n_words, right_start FROM alignment WHERE right_id = :id)
           JOIN document ON document.id = other GROUP BY other ORDER BY n_words DESC, other""",
        {"id": document.id},
    ).fetchall()
    told = []
    for row in rows[:MOST_SHARING]:
        if document.published is None or row["earliest"] is None:
            order = "order unknown, undated"
        elif row["latest"] < document.published.earliest:
            order = "earlier"
        else:
            order = "later" if row["earliest"] > document.published.latest else "at the same time"
        told.append(SharingLine(lines.document(row["other"]), lines.links.document(document.id, row["at"]), row["n_words"], order))
    return tuple(sorted(told, key=lambda one: (one.order != "earlier", -one.n_words))), len(rows)


def stretches(text: str, layout: Sequence[Layout]) -> Iterator[Stretch]:
    """The text as paragraphs: those its reader saw, and between them those that blank lines, else single lines, make."""
    at = 0
    for span in layout:
        # The outermost block wins: a paragraph inside a list item is that item.
        if span.kind in TAGS and span.start >= at and span.end > span.start:
            yield from _by_lines(text, at, span.start)
            yield Stretch(span.start, span.end, TAGS[span.kind])
            at = span.end
    yield from _by_lines(text, at, len(text))


def _by_lines(text: str, start: int, end: int) -> Iterator[Stretch]:
    gap = text[start:end]
    if not gap or gap.isspace():
        return
    separator = _BLANK_LINE if _BLANK_LINE.search(gap.strip()) else re.compile(r"\n")
    at = 0
    for found in [*separator.finditer(gap), None]:
        stop = found.start() if found else len(gap)
        part = gap[at:stop]
        if part.strip():
            left = len(part) - len(part.lstrip())
            yield Stretch(start + at + left, start + at + len(part.rstrip()), "p")
        at = found.end() if found else stop


def _windows(all_stretches: Sequence[Stretch]) -> list[int]:
    """Where each window begins: at a paragraph, once the one before holds enough."""
    starts = [0]
    for one in all_stretches:
        if one.end - starts[-1] > WINDOW_CHARS and one.start > starts[-1]:
            starts.append(one.start)
    return starts


# ---------------------------------------------------------------------------------------------- marks


def _marks(lines: Lines, document: Document) -> Iterator[Mark]:
    one = {"id": document.id}
    text = document.text
    yield from _quotations(lines, document)
    for row in lines.connection.execute('SELECT start, "end", use FROM scare_quote WHERE document_id = :id', one):
        yield Mark(row["start"], row["end"], "scare")
    for row in lines.connection.execute('SELECT start, "end" FROM figure WHERE document_id = :id', one):
        yield Mark(row["start"], row["end"], "figure")
    for row in lines.connection.execute(
        'SELECT start, "end", horizon_start, horizon_end, horizon_latest, is_quoted FROM prediction WHERE document_id = :id', one
    ):
        said: list[str] = []
        if row["horizon_start"] is not None:
            said.append(f"by: {shortened(text[row['horizon_start'] : row['horizon_end']], 60)}")
        if row["horizon_latest"] is not None:
            said.append(f"that is, until {day_words(row['horizon_latest'])}")
        head = "Prediction, in a quotation" if row["is_quoted"] else "Prediction"
        yield Mark(row["start"], row["end"], "prediction", Note(0, "prediction", head, tuple(said)))
    yield from _citations(lines, document)
    yield from _passages(lines, document)
    yield from claim_marks(lines, document)
    yield from _findings(lines, document)
    for span in read.layout_of(lines.connection, document.id):
        if span.kind == "link":
            yield Mark(span.start, span.end, "link", href=external(span.target))
        elif span.kind == "boilerplate":
            yield Mark(span.start, span.end, "boilerplate")


def _quotations(lines: Lines, document: Document) -> Iterator[Mark]:
    rows = lines.connection.execute(
        """SELECT quotation.id, quotation.form, quotation.pieces, quotation.speaker_name, quotation.speaker_is_unnamed,
                  quotation.work_start, quotation.work_end, quotation.parent_id, name.canonical
           FROM quotation LEFT JOIN spelling ON spelling.id = quotation.name_id LEFT JOIN name ON name.id = spelling.name_id
           WHERE document_id = ? ORDER BY quotation.start""",
        (document.id,),
    ).fetchall()
    speaker_of = {row["id"]: row["speaker_name"] for row in rows}
    parent_of = {row["id"]: row["parent_id"] for row in rows}
    for row in rows:
        form = {"direct": "Quotation", "indirect": "Reported statement", "mixed": "Part quotation", "block": "Block quotation"}[row["form"]]
        who = plain(row["speaker_name"])
        said = []
        if not who:
            said.append("no speaker named")
        elif row["speaker_is_unnamed"]:
            said.append("a speaker who is not named")
        if row["canonical"] and row["canonical"] != row["speaker_name"]:
            said.append(f"that is, {plain(row['canonical'])}")
        if row["work_start"] is not None:
            said.append(f"in: {shortened(document.text[row['work_start'] : row['work_end']], 80)}")
        relays = _relays(row["parent_id"], parent_of, speaker_of)
        if relays:
            said.append(f"as told by {', as told by '.join(relays)}")
        note = Note(0, "quotation", f"{form}: {who}" if who else form, tuple(said), lines.links.speaker(who) if who else "")
        for start, end in json.loads(row["pieces"]):
            yield Mark(start, end, "quotation", note, row["id"])


def _relays(parent_id: str | None, parent_of: dict[str, str | None], speaker_of: dict[str, str | None]) -> list[str]:
    """The speakers around a quotation, the nearest first."""
    found: list[str] = []
    seen: set[str] = set()
    while parent_id is not None and parent_id in parent_of and parent_id not in seen:
        seen.add(parent_id)
        name = plain(speaker_of[parent_id])
        if name and name not in found:
            found.append(name)
        parent_id = parent_of[parent_id]
    return found


def _citations(lines: Lines, document: Document) -> Iterator[Mark]:
    rows = lines.connection.execute(
        'SELECT start, "end", number, target, resolves, resolved_document_id, reason FROM citation WHERE document_id = ?', (document.id,)
    ).fetchall()
    for row in rows:
        note = None
        if not row["resolves"]:
            note = Note(0, "citation", "Citation points nowhere", (plain(row["reason"] or "nothing was captured that it could point to"),))
        elif row["resolved_document_id"]:
            line = lines.document(row["resolved_document_id"])
            note = Note(0, "citation", f"Cites {line.title}", (f"{line.outlet or line.location}, {line.when}",), line.href)
        yield Mark(row["start"], row["end"], "citation", note)


def _passages(lines: Lines, document: Document) -> Iterator[Mark]:
    rows = lines.connection.execute(
        'SELECT family_id, start, "end" FROM passage WHERE document_id = ? ORDER BY start, family_id', (document.id,)
    ).fetchall()
    for row in rows:
        facts = lines.family_facts(row["family_id"])
        if facts is None:
            continue
        said = []
        if document.id in facts.earliest:
            others = len(facts.earliest) - 1
            said.append("this is the earliest witness here" + (f", with {counted(others, 'other')}" if others else ""))
        elif facts.earliest:
            first = lines.document(facts.earliest[0])
            said.append(f"earliest witness here: {first.when}, {first.outlet or first.title}")
        for kind, base, own in facts.readings.get(document.id, ())[:3]:
            said.append(f"{kind}: “{shortened(own, 70) or '–'}” stands for “{shortened(base, 70) or '–'}”")
        n_more = len(facts.readings.get(document.id, ())) - 3
        if n_more > 0:
            said.append(f"and {counted(n_more, 'more difference')}")
        note = Note(
            0, "passage", f"Also in {counted(facts.n_documents - 1, 'other document')}", tuple(said), lines.links.family(row["family_id"])
        )
        yield Mark(row["start"], row["end"], "passage", note, row["family_id"])


def _findings(lines: Lines, document: Document) -> Iterator[Mark]:
    rows = lines.findings_in(document.id)
    for finding_id, kind, why, start, end, role in rows:
        decision = lines.decisions.get(finding_id)
        said = [plain(shortened(why, 260))]
        if role:
            said.append(f"here: {plain(role)}")
        if decision:
            said.append(f"you have {decision.verdict} this")
        note = Note(0, "finding", KIND_WORDS.get(kind, kind), tuple(said), lines.links.finding(finding_id))
        yield Mark(start, end, "finding" if end - start <= MOST_TINTED_CHARS else "long", note, finding_id)


def _figures(lines: Lines, document: Document, first: int, end: int) -> Iterator[FigureLine]:
    rows = lines.connection.execute(
        """SELECT start, "end", low, high, unit, kind, modifier, of_start, of_end FROM figure
           WHERE document_id = ? AND start >= ? AND start < ? ORDER BY start LIMIT ?""",
        (document.id, first, end, MOST_FIGURES),
    )
    for row in rows:
        low, high = row["low"], row["high"]
        value = low if low == high else f"{low or 'any'} to {high or 'any'}"
        if row["modifier"] not in ("exact", "range"):
            value = f"{row['modifier'].replace('_', ' ')} {low if low is not None else high}"
        of = "" if row["of_start"] is None else shortened(document.text[row["of_start"] : row["of_end"]], 60)
        yield FigureLine(
            lines.links.document(document.id, row["start"]), shortened(document.text[row["start"] : row["end"]], 60),
            f"{value} {row['unit'] or ''}".strip(), row["kind"], of,
        )  # fmt: skip


def _neighbours(lines: Lines, document: Document) -> tuple[str, str]:
    """Links to the documents before and after in the order of the list."""
    here = lines.position.get(document.id)
    if here is None:
        return "", ""
    around = [lines.order[at] if 0 <= at < len(lines.order) else None for at in (here - 1, here + 1)]
    return tuple("" if one is None else lines.links.document(one) for one in around)  # type: ignore[return-value]
