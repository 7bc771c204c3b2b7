"""Pointers to something else: links, footnote markers, works and outlets named in the text, and pointers to nothing."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Sequence

from firstsaid.model import Citation, Layout, digest
from firstsaid.parsing.cited_works import Item, named_works, overlaps
from firstsaid.parsing.footnotes import MAX_NOTE_TEXT, find_markers
from firstsaid.parsing.pointers import ADDRESS, MARKDOWN_LINK, numbered_pointers, pointers_here, works_spoken_of

_REFERENCE_LINK = re.compile(r"(?<!!)\[[^\[\]\n]{2,200}\]\[(?P<label>[^\[\]\n]{1,40})\]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?P<label>[^\[\]\n]{1,40})\]:[ \t]{1,4}<?(?P<address>[^\s<>]{1,2000})", re.MULTILINE)
_IDENTIFIER = re.compile(r"\b(?:doi:\s?10\.\d{4,9}/[^\s<>\"”»]{1,300}|arXiv:\d{4}\.\d{4,5}(?:v\d{1,2})?)", re.IGNORECASE)


def find_citations(text: str, layout: Sequence[Layout], sentences: Sequence[tuple[int, int]], *, document_id: str = "") -> list[Citation]:
    """Every pointer of the text in order of place. `layout`: links with their targets and footnotes, as read.

    `resolves` says whether what is pointed at is there: an address, a note, a list below. A work or an outlet that is named
    counts as there; whether the corpus holds it is for the corpus to say. Linear in the text.
    """
    del sentences  # pointers may cross them: a note stands behind the stop
    found = _links(text, layout)
    taken = sorted((start, end) for start, end, *_ in found)
    markers = find_markers(text, layout)
    for marker in markers:
        note = text[marker.note[0] : marker.note[1]].strip()[:MAX_NOTE_TEXT] if marker.note else None
        reason = None if marker.note else f"no note {marker.label} in this document"
        if overlaps(taken, marker.start, marker.end):
            found = [item for item in found if not (item[0] < marker.end and marker.start < item[1] and (item[4] or "").startswith("#"))]
            taken = sorted((start, end) for start, end, *_ in found)
            if overlaps(taken, marker.start, marker.end):
                continue
        found.append((marker.start, marker.end, "footnote_marker", marker.number, note, marker.note is not None, reason))
    links = {item.start for item in layout if item.kind == "link"}
    named = [item for item in named_works(text, links) if not overlaps(taken, item[0], item[1])]
    found += named
    taken = sorted([*taken, *((item[0], item[1]) for item in named)])
    inner = [*pointers_here(text, layout, taken), *numbered_pointers(text, markers), *works_spoken_of(text, taken)]
    found += [item for item in inner if not overlaps(taken, item[0], item[1])]
    found.sort(key=lambda item: (item[0], item[1], item[2]))
    return [
        Citation(digest("citation", document_id, start, end, form), document_id, start, end, form, number, target, resolves, None, reason)
        for start, end, form, number, target, resolves, reason in found
    ]


def _links(text: str, layout: Sequence[Layout]) -> list[Item]:
    found: list[Item] = []
    taken: list[tuple[int, int]] = []
    n_in_document = {item.target for item in layout if item.kind == "footnote" and item.target}
    links = {(item.start, item.end): item for item in layout if item.kind == "link"}
    for item in sorted(links.values(), key=lambda item: (item.start, item.end)):
        target = (item.target or "").strip()
        surface = text[item.start : item.end].strip(" [](){}^")
        if target.startswith("#") and surface.isdecimal() and len(surface) <= 3:
            resolves = target[1:] in n_in_document or surface in n_in_document
            if resolves:
                note = next(note for note in layout if note.kind == "footnote" and note.target in (target[1:], surface))
                body = text[note.start : note.end].strip()[:MAX_NOTE_TEXT]
                found.append((item.start, item.end, "footnote_marker", int(surface), body, True, None))
                taken.append((item.start, item.end))
            # Without a note in the layout the marker is left to the run of numbers.
            continue
        found.append((item.start, item.end, "link", None, target or None, bool(target), None if target else "link text without an address"))
        taken.append((item.start, item.end))
    for match in MARKDOWN_LINK.finditer(text):
        if not overlaps(taken, *match.span()):
            target = match.group(2)
            found.append((*match.span(), "link", None, target or None, bool(target), None if target else "link text without an address"))
            insort(taken, match.span())
    defined = {match["label"]: match["address"] for match in _DEFINITION.finditer(text)} if "][" in text else {}
    for match in _REFERENCE_LINK.finditer(text):
        if not overlaps(taken, *match.span()):
            address = defined.get(match["label"], "")
            reason = None if address else "link text without an address"
            found.append((*match.span(), "link", None, address or None, bool(address), reason))
            insort(taken, match.span())
    for match in _IDENTIFIER.finditer(text):
        address = match.group().rstrip(".,;:!?'’*_)")
        if not overlaps(taken, match.start(), match.start() + len(address)):
            found.append((match.start(), match.start() + len(address), "link", None, address, True, None))
            insort(taken, (match.start(), match.start() + len(address)))
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(".,;:!?'’*_")
        if address.count(")") > address.count("("):
            address = address.rstrip(")").rstrip(".,;:")
        start, end = match.start(), match.start() + len(address)
        if not overlaps(taken, start, end):
            found.append((start, end, "link", None, address, True, None))
    return found
