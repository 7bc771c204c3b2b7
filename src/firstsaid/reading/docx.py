"""Word documents: their words with headings, quotations, lists, links and footnotes; tracked insertions in, deletions and comments out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from firstsaid.dates import parse_date
from firstsaid.errors import UnreadableError
from firstsaid.model import DateRange, Intake, Problem, Received
from firstsaid.reading.datelines import date_in_file_name, date_near_top
from firstsaid.reading.html_tree import Block
from firstsaid.reading.language import language_of
from firstsaid.reading.plain import mark_doubled, undated
from firstsaid.reading.serialising import Group, serialised
from firstsaid.text import sanitize

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBER_BYTES = 64 << 20
"""Of one unpacked part: a book of a thousand pages has 10 MB of XML; more is a packed bomb."""
MAX_MEMBERS = 5_000
"""Parts of a package; pictures are never unpacked, only counted."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1]),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1]),
)
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom", _MC_FALLBACK, f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", f"{_W}sdtPr"))
"""What is no text of the document: deletions, the old place of what was moved, second copies for old programs, codes, settings."""

_QUOTE_STYLE = re.compile(r"quote|zitat|citation|cita|block text", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading|title|überschrift|titel|titre|título", re.IGNORECASE)


@dataclass
class _Package:
    """What the document's parts say about each other, and what was left out on the way."""

    targets: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    n_inserted: int = 0
    n_deleted: int = 0


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a package whose main part is a Word document."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "word/document.xml" in package.NameToInfo
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return False


def read_docx(received: Received) -> Intake:
    """One document: paragraphs in order, notes at the end, tracked insertions as if accepted. What was left out is a problem.

    Raises:
        UnreadableError: it is damaged, unpacks too far, or holds no text.
    """
    location = received.location
    try:
        with zipfile.ZipFile(io.BytesIO(received.data)) as package:
            if len(package.infolist()) > MAX_MEMBERS:
                raise UnreadableError("expands-too-far", f"'{location}' holds more than {MAX_MEMBERS} parts", "Save its text and add that")
            blocks, found, n_comments = _blocks(package, location)
            core = _core(package, location)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, RuntimeError, KeyError) as error:
        raise UnreadableError(
            "damaged", f"'{location}' is a damaged Word document: {error}", "Open it in Word and save it again"
        ) from error
    if not blocks:
        raise UnreadableError("empty", f"'{location}' is a Word document without text", "Look whether it holds pictures of text")
    heading = next((block.text for block in blocks if block.kind == "heading"), None)
    head = "\n\n".join(block.text for block in blocks[:20])
    language = language_of("\n\n".join(block.text for block in blocks))
    written, modified = date_near_top(head, (language,) if language else ())
    published = date_in_file_name(location) or written
    authors = (core["creator"],) if core.get("creator") else ()
    group = Group(tuple(blocks), "", core.get("title") or heading, None, published, authors, modified=modified or _modified(core))
    text, layout, parts = serialised([group])
    problems = [*_left_out(location, found, n_comments)]
    if published is None:
        problems.append(undated(location))
    copies, copy_problems = mark_doubled(text, parts, location)
    return Intake(text, parts, (*layout, *copies), (*problems, *copy_problems))


def _modified(core: dict[str, str]) -> DateRange | None:
    return parse_date(core["modified"], "docx") if core.get("modified") else None


def _left_out(location: str, found: _Package, n_comments: int) -> Iterator[Problem]:
    if found.n_inserted or found.n_deleted:
        yield Problem.of(
            "tracked-changes",
            location,
            f"'{location}' has tracked changes: {found.n_inserted} insertions were read as accepted, {found.n_deleted} deletions left out",
            "Accept or reject them in Word if another state of the text is meant",
        )
    if n_comments:
        yield Problem.of(
            "comments-left-out",
            location,
            f"{n_comments} comments in the margin of '{location}' were left out",
            "Nothing, unless they matter",
        )


def _member(package: zipfile.ZipFile, name: str, location: str) -> _Element | None:
    """The root of an XML part, None where there is none. Unpacks no more than `MAX_MEMBER_BYTES`; entities are never resolved."""
    from lxml import etree

    if name not in package.NameToInfo:
        return None
    with package.open(name) as stream:
        data = stream.read(MAX_MEMBER_BYTES + 1)
    if len(data) > MAX_MEMBER_BYTES:
        raise UnreadableError(
            "expands-too-far",
            f"'{location}' unpacks to more than {MAX_MEMBER_BYTES >> 20} MB",
            "Check whether it is damaged; save its text",
        )
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableError("unsafe-xml", f"'{location}' declares XML entities, which Word never does", "Save it again in Word")
    if _STRICT.encode() in data[:8192]:
        for strict, transitional in _TRANSITIONAL:
            data = data.replace(strict.encode(), transitional.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            "damaged", f"'{location}' is a damaged Word document: {error}", "Open it in Word and save it again"
        ) from error


def _blocks(package: zipfile.ZipFile, location: str) -> tuple[list[Block], _Package, int]:
    found = _Package()
    relations = _member(package, "word/_rels/document.xml.rels", location)
    for relation in relations if relations is not None else ():
        if relation.get("TargetMode") == "External":
            found.targets[relation.get("Id") or ""] = relation.get("Target") or ""
    styles = _member(package, "word/styles.xml", location)
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        if name is not None:
            found.styles[style.get(f"{_W}styleId") or ""] = name.get(f"{_W}val") or ""
    for kind in ("footnote", "endnote"):
        notes = _member(package, f"word/{kind}s.xml", location)
        for note in notes.iter(f"{_W}{kind}") if notes is not None else ():
            if note.get(f"{_W}type") in (None, "normal"):
                pieces = (_paragraph(paragraph, found)[0].strip() for paragraph in note.iter(f"{_W}p"))
                found.notes[kind, note.get(f"{_W}id") or ""] = "\n".join(piece for piece in pieces if piece)
    document = _member(package, "word/document.xml", location)
    body = document.find(f"{_W}body") if document is not None else None
    blocks = [block for paragraph in (_paragraphs(body) if body is not None else ()) for block in _block(paragraph, found)]
    for (kind, label), number in sorted(found.numbers.items(), key=lambda one: one[1]):
        text = found.notes.get((kind, label), "")
        if text:
            blocks.append(Block("footnote", _NO_ELEMENT, f"[{number}] {text}", label=str(number)))
    comments = _member(package, "word/comments.xml", location)
    n_comments = sum(1 for _ in comments.iter(f"{_W}comment")) if comments is not None else 0
    return blocks, found, n_comments


_NO_ELEMENT: Any = None
"""A block of a page remembers its element; here there is none."""


def _paragraphs(body: _Element) -> Iterator[_Element]:
    """Paragraphs in reading order, those of tables cell by cell; none that was deleted or lies in a text box of another paragraph."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == f"{_W}p":
            yield element
            for box in element.iter(f"{_W}txbxContent"):
                if not any(parent.tag == _MC_FALLBACK for parent in box.iterancestors()):
                    stack.append(iter(box))
        elif element.tag not in _GONE:
            stack.append(iter(element))


def _block(paragraph: _Element, found: _Package) -> Iterator[Block]:
    text, links = _paragraph(paragraph, found)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return
    links = [(max(0, a - lead), min(len(text), b - lead), target) for a, b, target in links if a - lead < len(text) and b > lead]
    settings = paragraph.find(f"{_W}pPr")
    style = settings.find(f"{_W}pStyle") if settings is not None else None
    name = (found.styles.get(style.get(f"{_W}val") or "") or style.get(f"{_W}val") or "") if style is not None else ""
    is_listed = name.lower().startswith("list") or (settings is not None and settings.find(f"{_W}numPr") is not None)
    if _QUOTE_STYLE.search(name):
        yield Block("block_quote", _NO_ELEMENT, text, links, quote=paragraph)
    elif _HEADING_STYLE.search(name):
        yield Block("heading", _NO_ELEMENT, text, links)
    else:
        yield Block("list_item" if is_listed else "paragraph", _NO_ELEMENT, text, links)


def _paragraph(paragraph: _Element, found: _Package) -> tuple[str, list[tuple[int, int, str]]]:
    """The words of a paragraph as they stand when every tracked change is accepted, with its links."""
    pieces: list[str] = []
    links: list[tuple[int, int, str]] = []
    n_chars = 0
    stack: list[tuple[Iterator[_Element], int, str]] = [(iter(paragraph), 0, "")]
    while stack:
        children, begun, target = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
            if target and n_chars > begun:
                links.append((begun, n_chars, target))
            continue
        tag = element.tag
        if tag in (f"{_W}del", f"{_W}moveFrom"):
            found.n_deleted += 1
        if tag in _GONE or tag == f"{_W}txbxContent" or not isinstance(tag, str):
            continue
        found.n_inserted += tag in (f"{_W}ins", f"{_W}moveTo")
        piece = _piece(element, found)
        if piece:
            pieces.append(piece)
            n_chars += len(piece)
        elif tag != f"{_W}t":
            linked = found.targets.get(element.get(f"{_R}id") or "", "") if tag == f"{_W}hyperlink" else ""
            stack.append((iter(element), n_chars, linked))
    return "".join(pieces), links


def _piece(element: _Element, found: _Package) -> str:
    tag = element.tag
    if tag == f"{_W}t":
        return sanitize(element.text or "")[0]
    if tag in (f"{_W}tab", f"{_W}ptab"):
        return "\t"
    if tag in (f"{_W}br", f"{_W}cr"):
        return "\n"
    if tag == f"{_W}noBreakHyphen":
        return "-"
    if tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
        key = (tag.removeprefix(_W).removesuffix("Reference"), element.get(f"{_W}id") or "")
        return f"[{found.numbers.setdefault(key, len(found.numbers) + 1)}]"
    return ""


def _core(package: zipfile.ZipFile, location: str) -> dict[str, str]:
    """Title, creator and modified as the document's properties state them."""
    root = _member(package, "docProps/core.xml", location)
    stated: dict[str, str] = {}
    for element in root if root is not None else ():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        value = sanitize(element.text or "")[0].strip()
        if name in ("title", "creator", "modified") and value:
            stated[name] = value
    return stated
