"""Ties between names as somebody states them: "the institute, funded by the Harbour Trust". No facts: each is a claim of who says it.

A language is a tuple of patterns over what stands between two names of one sentence; other languages add theirs to `PATTERNS`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from firstsaid.model import Quotation, Tie, digest
from firstsaid.parsing.mentions import spelling_id
from firstsaid.parsing.names import Named, NameIndex
from firstsaid.parsing.structure import Page

MAX_BETWEEN_CHARS = 120
"""Two names further apart are seldom tied by one phrase, and the patterns run over this many characters at most."""

_BE = r"(?:is|was|are|were|has been|had been|being|remains)"
_NOT = r"(?: (?:not|never|no longer))?"
_HOW = (
    r"(?: (?:partly|largely|mainly|wholly|jointly|fully|also|once|then|now|reportedly|allegedly|secretly|privately|previously|formerly))*"
)
_THE = r"(?:the |an? |its |their )?(?:\w+[- ]){0,3}?"
_OPEN = rf",?(?: (?:which|that|who))?(?: {_BE})?{_NOT}{_HOW}"

PATTERNS: dict[str, tuple[tuple[str, re.Pattern[str], bool], ...]] = {
    "en": tuple(
        (kind, re.compile(rf"{words}{_THE}$", re.IGNORECASE), is_turned)
        for kind, words, is_turned in (
            ("funded_by", rf"{_OPEN} (?:funded|financed|bankrolled|sponsored|paid|backed|supported) by ", False),
            ("funded_by", rf"{_OPEN} (?:receives|received|takes|took|gets|got) (?:money|funding|funds|grants|donations) from ", False),
            ("funded_by", r",?(?: (?:which|that))?(?: has| had)? (?:funds|funded|finances|financed|bankrolls|bankrolled) ", True),
            ("owned_by", rf"{_OPEN} (?:owned|controlled|held|run|operated|acquired|bought) by ", False),
            ("owned_by", r",?(?: (?:which|that))?(?: has| had)? (?:owns|owned|controls|controlled|acquired|bought|operates) ", True),
            ("founded_by", rf"{_OPEN} (?:founded|established|set up|created|started|launched) by ", False),
            ("founded_by", r",?(?: (?:who|which|that))?(?: has| had)? (?:founded|co-founded|established|set up|created) ", True),
            (
                "outlet_of",
                rf",?(?: (?:which|that))?(?: {_BE})?{_NOT},? (?:an? |the )?(?:media arm|mouthpiece|news ?paper|organ|news agency|magazine|"
                r"broadcaster|news arm|press office) of ",
                False,
            ),
            (
                "part_of",
                rf",?(?: (?:which|that))?(?: {_BE})?{_NOT},? (?:an? |the )?(?:\w+ )?(?:subsidiary|arm|branch|division|unit|part|wing|"
                r"member|affiliate|offshoot|chapter) of ",
                False,
            ),
            (
                "speaks_for",
                r",?(?: who)?(?: is| was)?,? (?:an? |the )?(?:\w+ )?(?:spokes(?:man|woman|person)|lawyer|attorney) (?:for|of) ",
                False,
            ),
            (
                "formerly_at",
                rf",?(?: who)?(?: {_BE})?,? (?:formerly |previously |once |an? (?:former|ex-) ?(?:\w+ ){{1,3}}|an? ex-\w+ |(?:the )?former "
                r"(?:\w+ ){1,3})(?:at|of|with|for|from) ",
                False,
            ),
            ("formerly_at", r",?(?: who)?(?: had| has)? (?:once |previously |formerly )?worked (?:for|at) ", False),
            (
                "works_for",
                r",?(?: who)?(?: (?:works|is employed) (?:for|at|by)| is on the payroll of|,? (?:an? |the )?(?:employee|director|chief "
                r"executive|head|chair(?:man|woman)?|president|consultant|adviser|advisor) (?:of|at|to|for)) ",
                False,
            ),
            ("partner_of", rf"{_OPEN} (?:affiliated|associated|allied|partnered|in partnership) with ", False),
        )
    )
}
"""By language: the kind, what stands between the left and the right name, and whether left and right change places."""
_DENIED = re.compile(r"\b(?:not|never|no longer|n['’]t)\b", re.IGNORECASE)
_MAY_TIE = re.compile(
    r"\b(?:(?:funded|financed|bankrolled|sponsored|paid|backed|supported|owned|controlled|held|run|operated|acquired|bought) by|"
    r"(?:founded|established|set up|created|started|launched|employed) by|(?:money|funding|funds|grants|donations) from|funds|funded|"
    r"finances|financed|bankrolls|bankrolled|owns|owned|controls|controlled|acquired|bought|operates|founded|co-founded|established|set up|"
    r"created|(?:subsidiary|arm|branch|division|unit|part|wing|member|affiliate|offshoot|chapter|mouthpiece|newspaper|paper|organ) of|"
    r"(?:agency|magazine|broadcaster|office) of|spokes\w{3,6} (?:for|of)|(?:lawyer|attorney) (?:for|of)|former|formerly|previously|once|"
    r"ex-\w|works?|worked|payroll|(?:employee|director|executive|head|chair\w{0,5}|president|consultant|advis[eo]r) (?:of|at|to|for)|"
    r"(?:affiliated|associated|allied|partnered|partnership) with)\b",
    re.IGNORECASE,
)
"""What every tie has between its names; a text without it is not taken apart."""
CONFIDENCE, CONFIDENCE_FAR = 7000, 5000
"""A phrase right between two names; with further words between (a list, a relative clause) it may tie others."""


def may_hold_ties(text: str) -> bool:
    """Whether a text holds a word that ties at all; a quick look before the text is taken apart."""
    return _MAY_TIE.search(text) is not None


def find_ties(page: Page, index: NameIndex, quotations: Sequence[Quotation], document_id: str) -> list[Tie]:
    """Every stated tie between two neighbouring names of one sentence, in reading order, with who states it."""
    patterns = PATTERNS.get(page.language or "en", ())
    found: list[Tie] = []
    if not patterns:
        return found
    ordered = sorted(quotations, key=lambda item: (item.start, -item.end))
    starts = [item.start for item in ordered]
    for left, right in zip(index.names, index.names[1:], strict=False):
        between = page.text[left.end : right.start]
        if not between or len(between) > MAX_BETWEEN_CHARS or "\n\n" in between or left.canonical == right.canonical:
            continue
        if left.canonical in index.persons and right.canonical in index.persons:
            continue  # ties between two persons are nobody's business here: names exist to follow statements
        if not _MAY_TIE.search(between) or page.unit_at(left.start) != page.unit_at(right.start):
            continue
        flat = " ".join(between.split()) if "\n" in between or "  " in between else between
        flat = flat[2:] if flat.startswith(("'s", "’s")) else flat
        if not flat.startswith((" ", ",")):
            flat = " " + flat
        flat = flat if flat.endswith(" ") else flat + " "
        for kind, pattern, is_turned in patterns:
            if pattern.match(flat):
                ends = (right, left) if is_turned else (left, right)
                stated = _stated_by(page, index, _holder(ordered, starts, left.start, right.end), left)
                found.append(_tie(document_id, kind, ends, stated, flat))
                break
    return found


_Stated = tuple[str | None, str | None, str | None]
"""Who states a tie: name, the name's id, and the quotation that holds the words."""


def _stated_by(page: Page, index: NameIndex, holder: Quotation | None, left: Named) -> _Stated:
    if holder is not None:
        return holder.speaker_name, holder.name_id, holder.id
    first = page.units[max(0, page.unit_at(left.start))][0]
    if page.lower[first : first + 2] == ["according", "to"]:
        before = index.inside(page.starts[first], left.start)
        if before:
            return before[0].canonical, spelling_id(before[0].canonical, before[0].surface), None
    return None, None, None


def _tie(document_id: str, kind: str, ends: tuple[Named, Named], stated: _Stated, between: str) -> Tie:
    left, right = ends
    start, end = min(left.start, right.start), max(left.end, right.end)
    left_id, right_id = (spelling_id(named.canonical, named.surface) for named in ends)
    is_denied = _DENIED.search(between) is not None
    confidence = CONFIDENCE if len(between) < MAX_BETWEEN_CHARS // 2 else CONFIDENCE_FAR
    tie_id = digest("tie", document_id, start, end, kind)
    return Tie(
        tie_id, document_id, start, end, kind, left.start, left.end, left.canonical, left_id, right.start, right.end, right.canonical,
        right_id, *stated, is_denied, confidence,
    )  # fmt: skip


def _holder(ordered: Sequence[Quotation], starts: Sequence[int], start: int, end: int) -> Quotation | None:
    """The innermost quotation that holds the words and has a speaker."""
    best: Quotation | None = None
    at = bisect_right(starts, start)
    for item in reversed(ordered[max(0, at - 64) : at]):  # quotations nest a few levels deep: the holder is among the last before
        is_inner = best is None or item.end - item.start < best.end - best.start
        if item.end >= end and item.speaker_name and is_inner:
            best = item
    return best
