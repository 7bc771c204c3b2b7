"""An HTML page as a tree, and the tree as blocks of text that remember their element, their links and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from firstsaid.errors import UnreadableError

Element = Any
"""An lxml element; lxml has no types of its own."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SKIPPED = _words(
    "script style noscript template svg iframe object embed canvas button input select textarea option audio video map head "
    "title link meta datalist"
)
BLOCKS = _words(
    "p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td "
    "th caption figure figcaption blockquote pre form fieldset address details summary hr center body html dialog menu "
    "hgroup legend"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MAX_DEPTH = 240
"""libxml2 stops at 256 levels; deeper than this is hostile, and our walk is recursive."""

_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_HIDDEN_CLASS = frozenset(("visually-hidden", "sr-only", "screen-reader-text", "visuallyhidden", "hidden", "noprint", "mw-editsection"))
_NOTE_ID = re.compile(r"(?:fn|ftn|_ftn|footnote|endnote|cite_note|note|sdfootnote|edn|_edn)[-_:.]?[\w.:-]{0,40}$", re.IGNORECASE)
_NOTE_CLASS = frozenset(("footnote", "footnotes", "endnote", "endnotes", "references", "reflist", "notes"))
_BACK_LINK = frozenset(("↩", "↩︎", "↑", "^", "⏎", "back", "return", "zurück", "retour", "[back]", "↵", "⤴"))
_SUPERSCRIPTS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_ZONES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "navigation",
        _words("nav navbar navigation menu breadcrumb breadcrumbs pagination pager skip skiplink toc masthead topbar"),
    ),
    (
        "related texts",
        _words("related recommended recommendation recommendations readmore morefrom trending popular mostread teaser"),
    ),
    ("sharing", _words("share sharing shares social sharedaddy addtoany addthis sharebar likes")),
    ("comments", frozenset(["comment", "comments", "respond", "disqus", "commentlist"])),
    ("consent", frozenset(["cookie", "cookies", "consent", "gdpr", "ccpa"])),
    ("subscription", frozenset(["newsletter", "subscribe", "subscription", "signup", "paywall"])),
    ("advertising", _words("ad ads advert advertisement advertising sponsor sponsored promo promotion adsbygoogle")),
    ("donation", frozenset(["donate", "donation", "donations"])),
    ("sidebar", frozenset(["sidebar", "widget", "widgets"])),
    ("page footer", frozenset(["copyright", "colophon", "imprint", "sitefooter"])),
)
_TAG_ZONES = {"nav": "navigation", "aside": "aside", "footer": "page footer", "form": "form", "dialog": "consent"}
_ROLE_ZONES = {"navigation": "navigation", "contentinfo": "page footer", "complementary": "aside", "search": "form", "dialog": "consent",
               "alertdialog": "consent", "banner": "navigation"}  # fmt: skip
_WHITE = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(slots=True)
class Block:
    """A stretch of text between two block-level tags. `links`: (start, end, target) within `text`.

    `zone`: the outermost element that by its tag, role or class is no body text, and `reason` what it is instead.
    """

    kind: str
    element: Element
    text: str
    links: list[tuple[int, int, str]] = field(default_factory=list)
    label: str | None = None
    zone: Element | None = None
    reason: str | None = None
    quote: Element | None = None


def parse(text: str, location: str) -> Element:
    """The tree of the page; raises `UnreadableError` where nothing can be made of it."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        # Bytes, because lxml refuses text that declares an encoding in its XML line.
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError(
            "no-main-text", f"'{location}' holds no text that can be read as HTML", "Save the page again from a browser"
        ) from error
    return tree


def tokens_of(element: Element) -> frozenset[str]:
    """The words of the element's class and id, lower case, cut at hyphens, underscores and capitals."""
    words = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return frozenset(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", words).lower()))


def zone_of(element: Element) -> str | None:
    """What the element is instead of body text, by its tag, role, class or id; None for body text."""
    tag = element.tag
    if tag in ("html", "body", "main", "article"):
        return None
    role = _ROLE_ZONES.get((element.get("role") or "").lower())
    if role and not (role == "navigation" and tag == "header"):
        return role
    if tag in _TAG_ZONES:
        return _TAG_ZONES[tag]
    if not (element.get("class") or element.get("id")):
        return None
    tokens = tokens_of(element)
    return next((zone for zone, words in _ZONES if tokens & words), None)


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and element.tag not in ("a", "sup", "span")):
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style[:500]):
        return True
    names = element.get("class")
    return bool(names) and not _HIDDEN_CLASS.isdisjoint(names.lower().split())


class _Writer:
    """Collects one block's text with white space collapsed as browsers do, and its links."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.links: list[tuple[int, int, str]] = []

    def add(self, text: str | None, *, keep: bool = False) -> None:
        if not text:
            return
        collapsed = text if keep else _WHITE.sub(" ", text)
        if collapsed[0] == " " and not keep and (not self.length or self.pieces[-1][-1] in " \n"):
            collapsed = collapsed[1:]
        if collapsed:
            self.pieces.append(collapsed)
            self.length += len(collapsed)

    def take(self) -> tuple[str, list[tuple[int, int, str]]]:
        raw = "".join(self.pieces)
        lead = len(raw) - len(raw.lstrip())
        text = raw.strip()
        links = [(max(0, start - lead), min(len(text), end - lead), target) for start, end, target in self.links]
        self.pieces, self.length, self.links = [], 0, []
        return text, [link for link in links if link[0] < link[1]]


class _Context:
    """What the elements above say about a block: its kind, note label, zone, block quotation."""

    __slots__ = ("in_notes", "kind", "label", "quote", "reason", "zone")

    def __init__(self) -> None:
        self.kind = "paragraph"
        self.label: str | None = None
        self.zone: Element | None = None
        self.reason: str | None = None
        self.quote: Element | None = None
        self.in_notes = False

    def below(self, element: Element) -> _Context:
        context = _Context()
        context.kind, context.label, context.zone, context.reason, context.quote = self.kind, self.label, self.zone, self.reason, self.quote
        tag = element.tag
        context.in_notes = self.in_notes or (tag in ("ol", "ul", "section", "div") and not _NOTE_CLASS.isdisjoint(tokens_of(element)))
        if context.zone is None:
            context.reason = zone_of(element)
            context.zone = element if context.reason else None
        identity = element.get("id") or ""
        if tag in ("li", "p", "div", "dd", "tr") and identity and _NOTE_ID.match(identity):
            context.kind, context.label = "footnote", _label(identity)
        elif self.kind == "footnote":
            context.kind = "footnote"
        elif tag in HEADINGS:
            context.kind = "heading"
        elif tag == "blockquote":
            context.kind, context.quote = "block_quote", element
        elif tag in ("li", "dt", "dd"):
            context.kind = "footnote" if context.in_notes else "list_item"
            if context.in_notes:
                context.label = str(sum(1 for _ in element.itersiblings("li", preceding=True)) + 1)
        elif tag in ("figcaption", "caption"):
            context.kind = "caption"
        return context


def _label(identity: str) -> str:
    digits = re.findall(r"\d+", identity)
    return digits[-1] if digits else identity


def blocks_of(root: Element, base_url: str | None) -> list[Block]:
    """The blocks of text below the element, in order. Hidden elements, scripts and controls are left out."""
    blocks: list[Block] = []
    writer = _Writer()

    def flush(element: Element, context: _Context) -> None:
        text, links = writer.take()
        if not text:
            return
        if context.kind == "footnote" and context.label and not re.match(r"[\[(]?\d|[*†‡]", text):
            lead = f"[{context.label}] "
            text, links = lead + text, [(start + len(lead), end + len(lead), target) for start, end, target in links]
        blocks.append(Block(context.kind, element, text, links, context.label, context.zone, context.reason, context.quote))
        if context.kind == "footnote":
            context.label = None  # a second paragraph of the note

    def walk(element: Element, context: _Context, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED or depth > MAX_DEPTH or _is_hidden(element):
            return
        if tag == "br":
            writer.add("\n", keep=True)
            return
        if tag == "tr" and not any(child.tag in BLOCKS - {"td", "th"} for child in element.iterdescendants() if isinstance(child.tag, str)):
            _row(element, context, depth)
            return
        is_block = tag in BLOCKS
        if is_block:
            inner = context.below(element)
            writer.add(element.text, keep=tag == "pre")
        else:
            inner = context
            if tag == "sup" and _superscript(element):
                return
            if tag == "a":
                _link(element, context, depth)
                return
            writer.add(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag in BLOCKS:
                flush(element, inner)
                walk(child, inner, depth + 1)
            else:
                walk(child, inner, depth + 1)
            writer.add(child.tail, keep=tag == "pre")
        if is_block:
            flush(element, inner)

    def _row(element: Element, context: _Context, depth: int) -> None:
        inner = context.below(element)
        for number, cell in enumerate(element):
            if number and writer.length:
                writer.add(" | ", keep=True)
            if isinstance(cell.tag, str):
                writer.add(cell.text)
                for child in cell:
                    walk(child, inner, depth + 2)
                    writer.add(child.tail)
        flush(element, inner)

    def _superscript(element: Element) -> bool:
        inside = "".join(element.itertext()).strip()
        if element.find(".//a") is not None or not inside or not re.fullmatch(r"[\d+−n-]{1,6}", inside):
            return False
        writer.add(inside.translate(_SUPERSCRIPTS))
        return True

    def _link(element: Element, context: _Context, depth: int) -> None:
        href = (element.get("href") or "").strip()
        inside = "".join(element.itertext()).strip()
        if href.startswith("#") and context.kind == "footnote" and inside.lower() in _BACK_LINK:
            return
        is_marker = href.find("#") >= 0 and re.fullmatch(r"[\d*†‡a-z]{1,4}", inside) and _is_raised(element)
        start, n_pieces = writer.length, len(writer.pieces)
        if is_marker:
            writer.add(f"[{inside}]")
        else:
            writer.add(element.text)
            for child in element:
                if isinstance(child.tag, str) and child.tag in BLOCKS:
                    writer.add("\n", keep=True)
                walk_inline(child, context, depth + 1)
                writer.add(child.tail)
        target = _target(href, base_url)
        if target and writer.length > start:
            raw = "".join(writer.pieces[n_pieces:])
            lead, trail = len(raw) - len(raw.lstrip()), len(raw) - len(raw.rstrip())
            writer.links.append((start + lead, writer.length - trail, target))

    def walk_inline(element: Element, context: _Context, depth: int) -> None:
        """Inside of a link nothing begins a new block, so that the link stays one stretch."""
        if not isinstance(element.tag, str) or element.tag in SKIPPED or depth > MAX_DEPTH or _is_hidden(element):
            return
        writer.add("\n" if element.tag == "br" else element.text, keep=element.tag == "br")
        for child in element:
            walk_inline(child, context, depth + 1)
            writer.add(child.tail)

    walk(root, _Context(), 0)
    flush(root, _Context())
    return blocks


def _is_raised(element: Element) -> bool:
    """Whether a link stands raised, as footnote markers do."""
    if element.find(".//sup") is not None or (element.getparent() is not None and element.getparent().tag == "sup"):
        return True
    return bool(tokens_of(element) & {"footnote", "noteref", "fn", "footnoteref", "reference", "ref"})


def _target(href: str, base_url: str | None) -> str | None:
    if not href or re.match(r"(?:javascript|mailto|tel|data):", href, re.IGNORECASE):
        return None
    if href.startswith("#") or not base_url:
        return href[:2000] if href != "#" else None
    try:
        return urljoin(base_url, href)[:2000]
    except ValueError:
        return href[:2000]


def ancestors(element: Element) -> Iterator[Element]:
    """The element and all above it."""
    yield element
    yield from element.iterancestors()
