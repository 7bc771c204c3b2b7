"""Markdown: the raw text of the file, with headings, quotations, lists, links and footnotes marked where they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from firstsaid.dates import parse_date
from firstsaid.model import DateRange, Intake, Layout, Part, Received
from firstsaid.reading.datelines import date_in_file_name, date_near_top
from firstsaid.reading.decoding import decode
from firstsaid.reading.language import language_of
from firstsaid.reading.plain import mark_doubled, post_parts, undated
from firstsaid.reading.posts import split_posts
from firstsaid.reading.rows import authors_in

MAX_PARSED_CHARS = 2_000_000
"""Beyond it no Markdown was written by hand, and the parser's token list would fill the worker's memory."""
MAX_FRONT_MATTER_LINES = 100

_FRONT_LINE = re.compile(r"([A-Za-z_-]{1,40}):[ \t]*(.*)$")
_LINK = re.compile(r"!?\[([^\[\]\n]{1,500})\]\(<?([^()\s<>]{1,2000})>?(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{0,100})\]")
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,100})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+\"[^\"\n]{0,300}\")?[ \t]*$", re.MULTILINE
)
_BARE_LINK = re.compile(r"<(https?://[^\s<>]{1,2000})>|(?<![(<\"'=\]\w])(https?://[^\s<>()\[\]\"']{1,2000}[^\s<>()\[\]\"'.,;:!?])")
_FOOTNOTE = re.compile(r"^\[\^([^\]\n]{1,50})\]:[ \t]*", re.MULTILINE)
_KINDS = {"heading_open": "heading", "blockquote_open": "block_quote", "list_item_open": "list_item", "paragraph_open": "paragraph"}


def read_markdown(received: Received) -> Intake:
    """The file's text as it is; the document begins after YAML front matter, which gives title, date and authors if it is there."""
    decoded = decode(received.data, received.location)
    text = decoded.text
    problems = list(decoded.problems)
    front, body_at = _front_matter(text)
    layout = _layout(text, body_at)
    language = front.get("lang") or front.get("language") or language_of(text[body_at:])
    languages = (language,) if language else ()
    heading = next((text[item.start : item.end] for item in layout if item.kind == "heading"), None)
    published = _front_date(front, ("date", "published", "created")) or date_in_file_name(received.location)
    written, modified = (None, None) if published else date_near_top(text[body_at:].replace("#", ""), languages)
    posts = split_posts(text, languages) if not front else ()
    if posts:
        parts = post_parts(text, posts)
        parts = tuple(replace(part, title=part.title.lstrip("# ")) if part.title else part for part in parts)
    else:
        parts = (
            Part(
                body_at,
                len(text),
                title=front.get("title") or heading,
                authors=authors_in(front.get("author") or front.get("authors") or ""),
                url=front.get("url") or front.get("canonical"),
                outlet=front.get("outlet") or front.get("publisher"),
                language=language,
                published=published or written,
                modified=_front_date(front, ("modified", "updated", "lastmod")) or modified,
            ),
        )
    if any(part.published is None for part in parts):
        problems.append(undated(received.location))
    copies, copy_problems = mark_doubled(text, parts, received.location)
    return Intake(text, parts, tuple(layout) + copies, (*problems, *copy_problems))


def _front_date(front: dict[str, str], keys: tuple[str, ...]) -> DateRange | None:
    dates = (parse_date(front[key], "front-matter") for key in keys if front.get(key))
    return next((date for date in dates if date), None)


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """The simple `key: value` lines between two `---` at the top, and where the body begins. Lists become "a; b"."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    values: dict[str, str] = {}
    at = len(text) - len(text.removeprefix("\ufeff")) + len(lines[0])
    key = ""
    for line in lines[1:MAX_FRONT_MATTER_LINES]:
        at += len(line)
        if line.rstrip() in ("---", "..."):
            return values, at
        found = _FRONT_LINE.match(line)
        item = re.match(r"\s+-\s+(.*)$|-\s+(.*)$", line)
        if found:
            key = found.group(1).lower()
            values[key] = (
                "; ".join(part.strip(" \"'") for part in found.group(2).strip().strip("[]").split(","))
                if found.group(2).startswith("[")
                else found.group(2).strip().strip("\"'")
            )
        elif item and key:
            values[key] = "; ".join(filter(None, (values[key], (item.group(1) or item.group(2)).strip(" \"'"))))
    return {}, 0


def _layout(text: str, body_at: int) -> list[Layout]:
    from markdown_it import MarkdownIt

    layout: list[Layout] = []
    body = text[body_at:]
    line_starts = [0]
    for found in re.finditer(r"\r\n|\n|\r", body):
        line_starts.append(found.end())
    line_starts.append(len(body))
    tokens = MarkdownIt("commonmark").parse(body) if len(body) <= MAX_PARSED_CHARS else []
    for token in tokens:
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        start, end = line_starts[token.map[0]], line_starts[min(token.map[1], len(line_starts) - 1)]
        span = _trimmed(body, start, end, kind)
        if span:
            layout.append(Layout("", body_at + span[0], body_at + span[1], kind))
    layout += _links(body, body_at)
    for note in _FOOTNOTE.finditer(body):
        end = body.find("\n", note.end())
        span = _trimmed(body, note.end(), len(body) if end < 0 else end, "footnote")
        if span:
            layout.append(Layout("", body_at + span[0], body_at + span[1], "footnote", target=note.group(1)))
    return sorted(layout, key=lambda item: (item.start, -item.end, item.kind))


def _trimmed(body: str, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """The lines' words without white space and marks of their kind at both ends."""
    lead = {"heading": " \t#", "block_quote": " \t>", "list_item": " \t-*+0123456789.)"}.get(kind, " \t")
    while start < end and (body[start] in lead or body[start].isspace()):
        start += 1
    if kind == "heading":
        end = start + len(body[start:end].split("\n")[0])  # without the line below of a Setext heading
    while end > start and (body[end - 1].isspace() or (kind == "heading" and body[end - 1] == "#")):
        end -= 1
    return (start, end) if start < end else None


def _links(body: str, body_at: int) -> list[Layout]:
    targets = {found.group(1).casefold(): found.group(2) for found in _DEFINITION.finditer(body)}
    links: list[Layout] = []
    for found in _LINK.finditer(body):
        links.append(Layout("", body_at + found.start(1), body_at + found.end(1), "link", target=found.group(2)))
    for found in _REFERENCE.finditer(body):
        target = targets.get((found.group(2) or found.group(1)).casefold())
        if target:
            links.append(Layout("", body_at + found.start(1), body_at + found.end(1), "link", target=target))
    for found in _BARE_LINK.finditer(body):
        group = 1 if found.group(1) else 2
        links.append(Layout("", body_at + found.start(group), body_at + found.end(group), "link", target=found.group(group)))
    return links
