"""Which blocks of a page are its main text.

trafilatura says which words are main text; the text itself is then taken from the page's own tree, so that every character, link
and footnote is the page's, nothing is doubled by an extractor, and blocks that an extractor lost inside of the text stay.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import defaultdict

from firstsaid.reading.datelines import date_line
from firstsaid.reading.html_tree import Block, Element, ancestors

MAX_EXTRACTED_CHARS = 3_000_000
"""Longer pages are tables, logs or hostile: trafilatura takes more than ten seconds for them, the page's own structure is used."""
MAIN_SHARE = 0.5
"""A container whose text is main text by half holds the article; what it holds besides belongs to the article as well."""
MIN_SUBSTRING_LETTERS = 20
"""Shorter blocks ("Home", "Share") are found by chance in any long text; they must be a whole line of the extraction."""
WINDOW_LETTERS, MAX_WINDOWS, WINDOW_SHARE = 16, 40, 0.7
"""Sixteen letters in a row do not recur by chance; 0.7 of the windows leaves room for three lost marks in ten windows."""
LINK_SHARE = 0.6
"""A block that is link by more than this and not in the extraction is a menu or a list of other texts."""
AFTERWORD_BLOCKS = 6
"""How far below the main text its share bar or request for donations may stand."""
MIN_MAIN_LETTERS = 40
"""Less is a cookie notice or an error page's single sentence."""

_NO_LETTERS = re.compile(r"[\W_]+")


def letters_of(blocks: list[Block]) -> int:
    """How many letters and digits the blocks hold."""
    return sum(len(_letters(block.text)) for block in blocks)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def main_blocks(blocks: list[Block], html: str) -> list[Block]:
    """The blocks of the main text in order; those in menus, share bars and the like inside of it keep their `reason`."""
    if not blocks:
        return []
    letters = [_letters(block.text) for block in blocks]
    extracted = _extracted(html) if len(html) <= MAX_EXTRACTED_CHARS else ()
    is_main = _selected(blocks, letters, extracted)
    if sum(len(text) for text, chosen in zip(letters, is_main, strict=True) if chosen) < MIN_MAIN_LETTERS:
        is_main = [block.zone is None for block in blocks]
    if sum(len(text) for text, chosen in zip(letters, is_main, strict=True) if chosen) < MIN_MAIN_LETTERS:
        return []
    return _with_company(blocks, letters, is_main)


def _extracted(html: str) -> tuple[str, ...]:
    """The letters of every element of trafilatura's body."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = trafilatura.bare_extraction(
        html,
        fast=True,
        include_comments=False,
        include_tables=True,
        include_links=False,
        include_formatting=False,
    )
    body = getattr(document, "body", None)
    if body is None:
        return ()
    texts = ["".join(element.itertext()) for element in body] + [body.text or ""]
    texts += ["".join(element.itertext()) for element in body.iter("item", "cell", "row")]
    return tuple(filter(None, map(_letters, texts)))


def _selected(blocks: list[Block], letters: list[str], extracted: tuple[str, ...]) -> list[bool]:
    whole = set(extracted)
    joined = "\n".join(extracted)
    return [bool(text) and (text in whole or (len(text) >= MIN_SUBSTRING_LETTERS and _stands_in(text, joined))) for text in letters]


def _stands_in(text: str, joined: str) -> bool:
    """Whether the block was extracted, be it with a word lost or added (a note's mark, a button inside of the paragraph)."""
    if text in joined:
        return True
    windows = [
        text[at : at + WINDOW_LETTERS] for at in range(0, len(text) - WINDOW_LETTERS + 1, max(WINDOW_LETTERS, len(text) // MAX_WINDOWS))
    ]
    return len(windows) >= 3 and sum(window in joined for window in windows) >= WINDOW_SHARE * len(windows)


def _with_company(blocks: list[Block], letters: list[str], is_main: list[bool]) -> list[Block]:
    """The chosen blocks, and what stands among them in the same container: headings, captions, notes, share bars (as boilerplate)."""
    total: dict[Element, int] = defaultdict(int)
    main: dict[Element, int] = defaultdict(int)
    for block, text, chosen in zip(blocks, letters, is_main, strict=True):
        for element in ancestors(block.element):
            total[element] += len(text) if block.zone is None or chosen else 0
            main[element] += len(text) if chosen else 0
    n_main = sum(len(text) for text, chosen in zip(letters, is_main, strict=True) if chosen)
    for block in blocks:
        # A "zone" that holds most of the main text is only called so ("has-sidebar", "newsletter-page").
        if block.zone is not None and main[block.zone] >= MAIN_SHARE * n_main:
            block.zone, block.reason = None, None
    chosen_at = [number for number, chosen in enumerate(is_main) if chosen]
    first, last = chosen_at[0], chosen_at[-1]
    head = _head(blocks, first, total)
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if is_main[number] or number in head:
            kept.append(block)
            continue
        container = next((element for element in ancestors(block.element) if main[element]), None)
        if container is None or container.tag in ("body", "html") or main[container] < MAIN_SHARE * max(1, total[container]):
            continue
        if block.zone is None and (
            block.kind == "footnote" or (first < number < last and _belongs(block, letters[number], is_main, number))
        ):
            kept.append(block)
        elif first < number < last + AFTERWORD_BLOCKS and (block.reason or _is_menu(block)):
            block.reason = block.reason or "links"
            kept.append(block)
    return kept


def _belongs(block: Block, letters: str, is_main: list[bool], number: int) -> bool:
    """Whether a block that was not extracted is text all the same: of a kind or length that is, or with main text on both sides."""
    if _is_byline(block) or date_line(block.text):
        return True
    if _is_menu(block):
        return False
    is_between = any(is_main[max(0, number - 2) : number]) and any(is_main[number + 1 : number + 3])
    return is_between and (block.kind in ("heading", "caption", "block_quote", "list_item") or len(letters) >= MIN_MAIN_LETTERS)


def _is_menu(block: Block) -> bool:
    return sum(end - start for start, end, _ in block.links) > LINK_SHARE * len(block.text)


def _head(blocks: list[Block], first: int, total: dict[Element, int]) -> frozenset[int]:
    """The page's main heading before the first chosen block, with the date and author lines between the two."""
    above = [
        number
        for number in range(first)
        if blocks[number].kind == "heading" and blocks[number].element.tag == "h1" and blocks[number].zone is None
    ]
    if not above:
        return frozenset()
    title_at = above[-1]
    lines = [
        number
        for number in range(title_at + 1, first)
        if blocks[number].zone is None and (date_line(blocks[number].text) or _is_byline(blocks[number]))
    ]
    return frozenset((title_at, *lines))


def _is_byline(block: Block) -> bool:
    names = (block.element.get("class") or "") + (block.element.get("rel") or "")
    return (
        len(block.text) <= 120
        and re.search(r"byline|author|dateline|published|pubdate|entry-meta|post-meta|subtitle|standfirst|lede", names) is not None
    )
