"""Feeds: RSS and Atom, and the exports of WordPress and Blogger, which are feeds. Every entry is a document."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

from firstsaid.dates import parse_date
from firstsaid.errors import UnreadableError
from firstsaid.model import DateRange, Intake, Problem, Received
from firstsaid.reading.html_tree import Block, blocks_of, parse
from firstsaid.reading.plain import mark_doubled, undated
from firstsaid.reading.rows import NAMED_AT_MOST
from firstsaid.reading.serialising import Group, serialised
from firstsaid.text import sanitize

FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
"""How a feed begins, behind its declaration and comments."""
LOOK_BYTES = 4_096
NO_TEXT_KINDS = frozenset(("attachment", "nav_menu_item", "wp_navigation", "wp_global_styles", "custom_css", "oembed_cache", "revision"))
"""What a WordPress export holds beside posts and pages: files, menus, styles, and earlier states of a draft."""


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin as a feed does."""
    head = data[:LOOK_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and FEED.search(head) is not None


def read_feed(received: Received) -> Intake:
    """The entries of a feed, one below the other, each with its title, address, date and authors; the feed's title is the outlet.

    Raises:
        UnreadableError: it holds no entry with a text.
    """
    import feedparser

    try:
        feed = feedparser.parse(io.BytesIO(received.data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # What feedparser stumbles over in names and declarations that are none.
        raise UnreadableError(
            "broken-feed", f"'{received.location}' cannot be read as a feed: {error}", "Get it again, or save the pages that it lists"
        ) from error
    groups: list[Group] = []
    textless: list[str] = []
    names: Counter[str] = Counter()
    for number, entry in enumerate(feed.entries, 1):
        if entry.get("wp_post_type") in NO_TEXT_KINDS:
            continue
        name = _line(entry.get("id")) or _line(entry.get("link")) or f"entry-{number}"
        group = _group(entry, name if not names[name] else f"{name}~{names[name] + 1}", received.location)
        names[name] += 1
        if any(block.kind != "heading" for block in group.blocks):
            groups.append(group)
        else:
            textless.append(name)
    if not groups:
        reason = f": {feed.bozo_exception}" if feed.get("bozo_exception") else ""
        raise UnreadableError(
            "no-main-text",
            f"'{received.location}' is a feed without an entry that has a text{reason}",
            "Look whether it was saved whole; entries without text are links: add the pages that they lead to",
        )
    text, layout, parts = serialised(groups, outlet=_line(feed.feed.get("title")), language=_language(feed.feed.get("language")))
    problems = [_textless(received.location, textless, len(feed.entries))] if textless else []
    if feed.bozo and feed.get("bozo_exception") and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        problems.append(_broken(received.location, str(feed.bozo_exception)))
    without_date = [part.name for part in parts if part.published is None]
    if without_date:
        problems.append(undated(received.location, ", ".join(without_date[:NAMED_AT_MOST])))
    copies, copy_problems = mark_doubled(text, parts, received.location)
    return Intake(text, parts, (*layout, *copies), (*problems, *copy_problems))


def _group(entry: Any, name: str, location: str) -> Group:
    title = _line(entry.get("title"))
    contents = [item.get("value") or "" for item in entry.get("content", ())] or [entry.get("summary") or ""]
    body = max(contents, key=len)
    address = _line(entry.get("link"))
    url = address if address and address.startswith(("http://", "https://")) else None
    blocks: list[Block] = []
    if body.strip():
        body = sanitize(body)[0]
        page = body if re.search(r"<[a-zA-Z!/]", body) else "".join(f"<p>{line}</p>" for line in body.splitlines())
        blocks = [block for block in blocks_of(parse(f"<html><body>{page}</body></html>", location), url) if block.text]
    if title and not (blocks and blocks[0].text == title):
        blocks.insert(0, Block("heading", None, title, []))
    authors = tuple(author for item in entry.get("authors", ()) if (author := _line(item.get("name"))))
    outlet = _line(entry.get("source", {}).get("title")) if isinstance(entry.get("source"), dict) else None
    return Group(
        tuple(blocks), name, title, url, _date(entry, "published") or _date(entry, "updated"), authors, outlet, _date(entry, "updated")
    )


def _date(entry: Any, field: str) -> DateRange | None:
    # feedparser gives "updated" for "published" where only the latter is there, and warns of it.
    value = dict.get(entry, field)
    return parse_date(value, "feed") if isinstance(value, str) else None


def _line(value: Any) -> str | None:
    """A value as one line of text, or None where there is none; titles may hold tags."""
    if not isinstance(value, str):
        return None
    if "<" in value:
        value = re.sub(r"<[^<>]{1,500}>", "", value)
    return re.sub(r"\s+", " ", sanitize(value)[0]).strip() or None


def _language(value: Any) -> str | None:
    code = re.match(r"([A-Za-z]{2})(?:[-_]|$)", value) if isinstance(value, str) else None
    return code.group(1).lower() if code else None


def _textless(location: str, names: list[str], n_entries: int) -> Problem:
    shown = ", ".join(names[:NAMED_AT_MOST]) + (", ..." if len(names) > NAMED_AT_MOST else "")
    return Problem.of(
        "row-without-text",
        location,
        f"{len(names):,} of {n_entries:,} entries of '{location}' have no text: {shown}",
        "They are links: add the pages that they lead to",
    )


def _broken(location: str, reason: str) -> Problem:
    return Problem.of(
        "broken-feed",
        location,
        f"'{location}' is not well formed ({reason[:200]}); what could be read of it was",
        "Look whether the last entries are there; get the feed again if they are not",
    )
