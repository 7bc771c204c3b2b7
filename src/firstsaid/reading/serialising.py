"""Blocks of text -> the frozen text with its layout and parts: the same for pages, feeds and mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from firstsaid.model import DateRange, Layout, Part
from firstsaid.reading.html_tree import Block, Element
from firstsaid.reading.language import language_of


@dataclass(frozen=True, slots=True)
class Group:
    """The blocks of one document, and what is known about it."""

    blocks: tuple[Block, ...]
    name: str = ""
    title: str | None = None
    url: str | None = None
    published: DateRange | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    modified: DateRange | None = None


def serialised(
    groups: Sequence[Group], *, outlet: str | None = None, authors: tuple[str, ...] = (), language: str | None = None
) -> tuple[str, tuple[Layout, ...], tuple[Part, ...]]:
    """Blocks one below the other, two line ends between them, and where each stands: text, layout, a part for each group.

    `outlet`, `authors`, `language`: what is known of all groups, where a group says nothing of its own.
    """
    pieces: list[str] = []
    layout: list[Layout] = []
    parts: list[Part] = []
    at = 0
    for group in groups:
        begin = at
        quote: Element | None = None
        for block in group.blocks:
            end = at + len(block.text)
            if block.quote is not None and block.quote is quote and layout:
                place = max(number for number, item in enumerate(layout) if item.kind == "block_quote")
                layout[place] = replace(layout[place], end=end)
                layout.append(Layout("", at, end, "paragraph"))
            else:
                kind = "block_quote" if block.quote is not None else block.kind
                layout.append(Layout("", at, end, kind, target=block.label))
            quote = block.quote
            if block.reason:
                layout.append(Layout("", at, end, "boilerplate", reason=block.reason))
            layout += [Layout("", at + start, at + stop, "link", target=target) for start, stop, target in block.links]
            pieces.append(block.text)
            at = end + 2
        body = "\n\n".join(block.text for block in group.blocks)
        parts.append(
            Part(
                begin,
                begin + len(body),
                name=group.name,
                url=group.url,
                title=group.title,
                authors=group.authors or authors,
                outlet=group.outlet or outlet,
                language=language_of(body) or language,
                published=group.published,
                modified=group.modified,
            )
        )
    ordered = sorted(layout, key=lambda item: (item.start, -item.end, item.kind))
    return "\n\n".join(pieces), tuple(ordered), tuple(parts)
