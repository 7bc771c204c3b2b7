"""HTML pages: main text with its layout, dates with their basis, and pages with several posts as several documents."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median
from typing import Any
from urllib.parse import urljoin

from firstsaid.errors import UnreadableError
from firstsaid.model import DateRange, Intake, Part, Received
from firstsaid.reading.datelines import date_in_file_name, date_line
from firstsaid.reading.decoding import declared_encoding, decode
from firstsaid.reading.html_facts import JSON_LD_CONFIDENCE, Facts, date_by_htmldate, facts_of, item_url, time_of
from firstsaid.reading.html_main import MIN_MAIN_LETTERS, letters_of, main_blocks
from firstsaid.reading.html_tree import HEADINGS, Block, Element, ancestors, blocks_of, parse, tokens_of, zone_of
from firstsaid.reading.language import language_of
from firstsaid.reading.plain import mark_doubled, post_parts, undated
from firstsaid.reading.posts import INHERITED_CONFIDENCE, split_posts
from firstsaid.reading.serialising import Group, serialised

MIN_POST_WORDS, MEDIAN_POST_WORDS = 25, 50
"""Shorter siblings are teasers that lead to the texts; a page of teasers is one document."""

FULLER = 4
"""How much longer the body in the metadata must be: it has no headings and links and is a teaser on some pages."""

_POST_CLASSES = frozenset(("post", "entry", "hentry", "blogpost", "blog-post", "h-entry", "post-outer", "type-post", "blog_post"))


def read_html(received: Received) -> Intake:
    """The page's main text, frozen as serialised here, with layout; one part, or one for each post. No main text is a problem."""
    decoded = decode(received.data, received.location, declared_encoding(received.data))
    tree = parse(decoded.text, received.location)
    facts = facts_of(tree, decoded.text, received.location)
    blocks = blocks_of(tree, facts.url)
    groups = [] if facts.is_one_article else _posts(tree, blocks, facts)
    if groups:
        text, layout, parts = serialised(groups, outlet=facts.outlet, authors=facts.authors, language=facts.language)
    else:
        kept = _fuller(main_blocks(blocks, decoded.text), facts, tree)
        if not kept:
            raise UnreadableError(
                "no-main-text",
                f"'{received.location}' is an HTML page without main text (only menus, scripts or pictures)",
                "If a browser shows text, it is made by scripts: save the page from the browser, or print it to text",
            )
        text, layout, _ = serialised([Group(tuple(kept))])
        parts = _single_or_split(text, kept, facts, received, decoded.text)
    problems = list(decoded.problems)
    nameless = [part.name for part in parts if part.published is None]
    if nameless:
        problems.append(undated(received.location, ", ".join(filter(None, nameless))))
    copies, copy_problems = mark_doubled(text, parts, received.location)
    return Intake(text, parts, (*layout, *copies), (*problems, *copy_problems))


def _fuller(kept: list[Block], facts: Facts, tree: Element) -> list[Block]:
    """The blocks, or the article's body in the page's metadata where scripts would have shown it and the tree has hardly any of it."""
    if not facts.body:
        return kept
    lines = [re.sub(r"\s+", " ", line).strip() for line in re.sub(r"<[^<>]{1,500}>", "\n", facts.body).splitlines()]
    told = [Block("paragraph", tree, line, []) for line in lines if line]
    if letters_of(told) < FULLER * letters_of(kept) or letters_of(told) < MIN_MAIN_LETTERS:
        return kept
    return [Block("heading", tree, facts.title, []), *told] if facts.title else told


def _single_or_split(text: str, kept: list[Block], facts: Facts, received: Received, html: str) -> tuple[Part, ...]:
    language = language_of(text) or facts.language
    posts = () if facts.is_one_article else split_posts(text, (language,) if language else ())
    # Where the page's own tree shows no posts, only text that says so twice over counts: two dates of their own, a title each.
    if sum(post.published is not None and post.published.basis == "text" for post in posts) >= 2 and all(post.title for post in posts):
        return tuple(replace(part, authors=facts.authors) for part in post_parts(text, posts, facts.outlet))
    written = next((found.date for block in kept[:8] if (found := date_line(block.text)) and not found.is_change), None)
    published = facts.published or written or date_in_file_name(received.location) or date_by_htmldate(html)
    part = Part(
        0,
        len(text),
        url=facts.url,
        title=facts.title,
        authors=facts.authors,
        outlet=facts.outlet,
        language=language,
        published=published,
        modified=facts.modified,
    )
    return (part,)


# ------------------------------------------------------------------------------------------------------------- several posts


def _posts(tree: Element, blocks: list[Block], facts: Facts) -> list[Group]:
    """The page's posts, if two or more siblings with a heading link or a time of their own carry whole texts; else nothing."""
    nodes = _post_nodes(tree)
    if len(nodes) < 2:
        return []
    owner: dict[Element, int] = {node: number for number, node in enumerate(nodes)}
    held: list[list[Block]] = [[] for _ in nodes]
    above: list[list[Block]] = [[] for _ in nodes]
    between: list[Block] = []
    for block in blocks:
        number = next((owner[element] for element in ancestors(block.element) if element in owner), None)
        if number is None:
            between.append(block)
            continue
        if not held[number]:
            above[number] = [item for item in between if date_line(item.text)][-1:]
        between = []
        held[number].append(block)
    kept = [number for number in range(len(nodes)) if _n_words(held[number]) >= MIN_POST_WORDS]
    if len(kept) < 2 or median(_n_words(held[number]) for number in kept) < MEDIAN_POST_WORDS:
        return []
    groups: list[Group] = []
    last: DateRange | None = None
    for number in kept:
        group = _group(nodes[number], above[number], held[number], len(groups) + 1, facts, last)
        groups.append(group)
        last = group.published
    return groups if any(group.published for group in groups) or len(kept) == len(nodes) else []


def _n_words(blocks: list[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks if block.reason in (None, "donation"))


def _post_nodes(tree: Element) -> list[Element]:
    """The outermost elements that are posts by tag or class and have a heading link or a time; one that wraps all others is passed by."""
    candidates = [element for element in tree.iter("article", "div", "section", "li") if _is_post(element)]
    chosen = set(candidates)
    inside: dict[Element, int] = dict.fromkeys(candidates, 0)
    for element in candidates:
        for outer in element.iterancestors():
            if outer in chosen:
                inside[outer] += 1
    # A wrapper holds several posts that do not hold each other; a post may hold one more element of its own kind ("post > entry").
    wrappers = {element for element in candidates if inside[element] >= 2 and _n_outermost(element, chosen) >= 2}
    kept = chosen - wrappers
    return [element for element in candidates if element in kept and not any(outer in kept for outer in element.iterancestors())]


def _n_outermost(wrapper: Element, chosen: set[Element]) -> int:
    """How many posts directly below the wrapper do not lie in one another."""
    count = 0
    for element in wrapper.iterdescendants():
        if element in chosen and next(outer for outer in element.iterancestors() if outer in chosen) is wrapper:
            count += 1
            if count == 2:
                break
    return count


def _is_post(element: Element) -> bool:
    names = set((element.get("class") or "").lower().split())
    if element.tag != "article" and not names & _POST_CLASSES:
        return False
    if any(zone_of(above) for above in ancestors(element)) or "comment" in tokens_of(element):
        return False
    return _permalink(element) is not None or time_of(element) is not None


def _permalink(element: Element) -> str | None:
    for link in element.iter("a"):
        href = link.get("href") or ""
        is_heading = any(above.tag in HEADINGS for above in link.iterancestors()) or any(
            inner.tag in HEADINGS for inner in link.iterdescendants()
        )
        if (
            href
            and not href.startswith("#")
            and (is_heading or "bookmark" in (link.get("rel") or "") or "u-url" in (link.get("class") or ""))
        ):
            return str(href)
    return None


def _group(node: Element, above: list[Block], held: list[Block], number: int, facts: Facts, last: DateRange | None) -> Group:
    heading = next((block.text for block in held if block.kind == "heading"), None)
    url = _permalink(node)
    item = _json_ld_of(heading, url, facts)
    published = (_item_date(item) if item else None) or time_of(node)
    written = [found.date for block in held[:6] + held[-4:] + above if (found := date_line(block.text)) and not found.is_change]
    published = published or (written[0] if written else None)
    if published is None and last is not None:
        published = DateRange(last.earliest, last.latest, "previous-post", min(last.confidence, INHERITED_CONFIDENCE))
    identity = node.get("id") or ""
    name = identity if re.fullmatch(r"[\w.-]{1,80}", identity) else f"post-{number}"
    if url and facts.url:
        url = urljoin(facts.url, url)
    url = url if url and url.startswith(("http://", "https://")) else None
    return Group((*above, *held), name, re.sub(r"\s+", " ", heading) if heading else None, url, published)


def _json_ld_of(heading: str | None, url: str | None, facts: Facts) -> dict[str, Any] | None:
    for item in facts.posts:
        stated = item_url(item)
        if (url and stated and stated.rstrip("/").endswith(url.rstrip("/"))) or (heading and item.get("headline") == heading):
            return item
    return None


def _item_date(item: dict[str, Any]) -> DateRange | None:
    from firstsaid.dates import parse_date

    stated = item.get("datePublished")
    return parse_date(stated, "json-ld", confidence=JSON_LD_CONFIDENCE) if isinstance(stated, str) else None
