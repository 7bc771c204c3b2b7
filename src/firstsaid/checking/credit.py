"""Whether a document says whose words it has, and stretches of which nobody need say so."""

from __future__ import annotations

import re
from functools import lru_cache

from firstsaid.checking.case import Case, Heading, contains_run, outlet_words
from firstsaid.checking.lexicon import CREDITS, LAW_AND_LICENCE
from firstsaid.checking.names import name_words
from firstsaid.checking.tokens import keys_of
from firstsaid.text import words as words_of

_AGENCY = re.compile(r"\(([A-Z][A-Za-z]{1,11})\)\s?[-–—]|[-–—]\s?\(?([A-Z]{2,6})\)?\s*$|/([A-Z]{2,6})/", re.MULTILINE)
"""How agencies sign: `HARBOUR (XYZ) -` at the head, `- XYZ` or `/XYZ/` at the end of a line."""

MAX_LAW_SHARE = 0.08
"""Chosen by hand, not measured: one word in twelve of that list; a news story about a law should stay below it."""


@lru_cache(maxsize=512)
def _keys(text: str) -> tuple[str, ...]:
    return words_of(text).keys


def gives_credit(case: Case, document_id: str, earlier: Heading) -> bool:
    """Whether a document names the earlier one's outlet, author, agency or address anywhere, or says "according to" of it."""
    text = case.text(document_id)
    if earlier.url and _bare_url(earlier.url) in text:
        return True
    for citation in case.citations.get(document_id, ()):
        if citation.resolved_document_id == earlier.id:
            return True
        target = citation.target or ""
        if earlier.url and _host(earlier.url) and _host(earlier.url) == _host(target):
            return True
    keys = _keys(text)
    if earlier.outlet and contains_run(keys, outlet_words(earlier.outlet)):
        return True
    for author in (*earlier.authors, earlier.outlet or ""):
        words = name_words(author)
        if words and contains_run(keys, words):
            return True
    return bool(earlier.title) and len(keys_of(earlier.title or "")) >= 4 and contains_run(keys, keys_of(earlier.title or ""))


def _bare_url(url: str) -> str:
    return re.sub(r"^\w+://(www\.)?", "", url).rstrip("/")


def _host(url: str) -> str:
    found = re.match(r"\w+://(?:www\.)?([^/:?#]+)", url)
    return found.group(1).lower() if found else ""


def agencies(text: str) -> frozenset[str]:
    """Marks by which news agencies sign a text.

    >>> sorted(agencies("DUNMERE (Coastwire) - A ferry struck the pier."))
    ['coastwire']
    """
    head_and_foot = text[:400] + "\n" + text[-200:]
    return frozenset(group.lower() for found in _AGENCY.finditer(head_and_foot) for group in found.groups() if group)


def has_shared_credit(case: Case, left: Heading, right: Heading) -> bool:
    """Whether both sign or credit one third party: an agency, or an outlet that is neither of the two."""
    texts = case.text(left.id), case.text(right.id)
    if agencies(texts[0]) & agencies(texts[1]):
        return True
    head = tuple(text[:600].casefold() + " " + text[-400:].casefold() for text in texts)
    for mark in CREDITS:
        # A mark begins a word: "via" stands in "Bolivia", too.
        found = [re.search(rf"(?<!\w){re.escape(mark)}", part) for part in head]
        if found[0] is None or found[1] is None:
            continue
        after = [keys_of(part[place.end() : place.end() + 60])[:3] for part, place in zip(head, found, strict=True) if place]
        if after[0] and after[0][:2] == after[1][:2]:
            return True
    return False


def quoted_share(case: Case, document_id: str, span: tuple[int, int]) -> float:
    """The share of a stretch that lies in direct, mixed or block quotations, or in the layout of a block quotation."""
    start, end = span
    covered = [(q.start, q.end) for q in case.quotations.get(document_id, ()) if q.form != "indirect"]
    covered += case.layout(document_id, "block_quote")
    reached, total = start, 0
    for a, b in sorted(covered):
        a, b = max(a, reached), min(b, end)
        if b > a:
            total += b - a
            reached = b
    return total / max(1, end - start)


def within_boilerplate(case: Case, document_id: str, span: tuple[int, int]) -> bool:
    """Whether at least half of a stretch is boilerplate."""
    start, end = span
    covered = sum(max(0, min(b, end) - max(a, start)) for a, b in case.layout(document_id, "boilerplate"))
    return 2 * covered >= max(1, end - start)


_APPARATUS = re.compile(
    r"Return to text|\bibid\b|\bvol\. ?\d|\bpp?\. ?\d|\bdoi\b|\bet al\b|https?://|www\.|\bSee also\b|\beds?\.|\bpress release\b|"
    r"\(\w+,? \d{4}\)|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}|"
    r"University Press|\bJournal of\b|\bWorking Paper\b",
    re.IGNORECASE,
)
"""What notes and lists of works are made of."""

MAX_APPARATUS_SHARE = 0.05
"""Such signs per word; running prose that gives its dates in full stays below."""

_THANKS = re.compile(
    r"\b(?:thank you|thanks to|pleasure to|honou?red? to|grateful|invit(?:ing|ation|ed)|delighted to|danke|merci|gracias)\b", re.I
)
OPENING_CHARS = 1_000


def is_apparatus(case: Case, document_id: str, span: tuple[int, int]) -> bool:
    """Whether a stretch is notes, a list of works or of names, or the thanks with which a speech opens: nobody takes these from anybody."""
    text = case.words(document_id, *span)
    n_words = max(1, len(text.split()))
    if len(_APPARATUS.findall(text)) >= MAX_APPARATUS_SHARE * n_words or is_names(text):
        return True
    return span[0] < OPENING_CHARS and len(_THANKS.findall(text)) * 40 >= n_words


def is_names(text: str) -> bool:
    """Whether most words are capitalised: a list of those present, the long name of a law.

    >>> is_names("Present: Anna Lind, Karl Berg and Per Holm of the Harbour Board"), is_names("Anna Lind said that the pool will close")
    (True, False)
    """
    found = re.findall(r"[^\W\d_]{2,}", text)
    return bool(found) and sum(word[0].isupper() for word in found) >= MAX_NAMES_SHARE * len(found)


MAX_NAMES_SHARE = 0.5


def lacks_own_words(text: str) -> bool:
    r"""Law or licence text, or a list: nobody's wording, which anybody may repeat.

    >>> lacks_own_words("Monday 9:00 Hall A\nMonday 10:00 Hall B\nMonday 11:00 Hall C\nMonday 12:00 Hall D")
    True
    """
    keys = keys_of(text)
    if not keys:
        return True
    if sum(key in LAW_AND_LICENCE for key in keys) >= MAX_LAW_SHARE * len(keys):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    short = sum(len(line.split()) <= 8 for line in lines)
    if len(lines) >= 4 and short >= 0.7 * len(lines):
        return True
    return sum(key[:1].isdigit() for key in keys) >= 0.25 * len(keys)
