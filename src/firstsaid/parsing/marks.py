"""Pairs of quote marks: a stack per paragraph, so that a stray mark spoils nothing beyond its paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DOUBLE, _SINGLE, _ANGLE, _SINGLE_ANGLE = "double", "single", "angle", "single_angle"
_FAMILIES = {
    **dict.fromkeys("\"“”„‟＂〝〞〟", _DOUBLE), "''": _DOUBLE, "``": _DOUBLE, "´´": _DOUBLE,
    **dict.fromkeys("'‘’‚‛`´＇", _SINGLE),
    **dict.fromkeys("«»", _ANGLE),
    **dict.fromkeys("‹›", _SINGLE_ANGLE),
    **dict.fromkeys("「」｢｣", "corner"), **dict.fromkeys("『』", "white_corner"),
    **dict.fromkeys("《》", "title"), **dict.fromkeys("〈〉", "single_title"),
}  # fmt: skip
TITLE_FAMILIES = ("title", "single_title")
_MARK = re.compile("''|``|´´|[\"“”„‟＂〝〞〟'‘’‚‛`´＇«»‹›「」｢｣『』《》〈〉]")
_MAX_DEPTH = 64  # open marks looked through for a partner; without it "‘“" and a million « would take quadratic time
# A paragraph with more marks than this, and one for fewer than so many characters, is code or noise and quotes nobody. Without it a
# million marks take half a minute; quoted dialogue has a mark for 20 characters at most, a list of quoted letters one for 3.
MAX_DENSE_MARKS = 200
MIN_CHARACTERS_PER_MARK = 4
_ALWAYS_OPEN = frozenset("„‚〝「｢『《〈‟‛") | {"``"}
_COMMON_MARKS = "\"“”„'‘’`«»‹›「」"
_ALWAYS_CLOSE = frozenset("〞〟」｣』》〉")
_OPENS_AFTER = frozenset("([{—–-/:;,¿¡“‘„‚«‹「『\"'،؛：，（")
_CLOSES_BEFORE = frozenset(")]}.,;:!?…—–-/”’»›」』\"'،؛؟۔।：，。！？）*†‡")
# Words that begin with an apostrophe; without them "'em" would open a quotation.
_ELISION = re.compile(r"['’‘](?:\d0s\b|\d\ds?\b|(?:em|tis|twas|til|cause|bout|round|n|cuz|neath|gainst|kay|nother|s)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Words between two marks of one paragraph. `open`..`close` spans the marks too, `start`..`end` only what is between.

    `depth`: how many pairs of the same paragraph hold this one. `is_closed`: False where the closing mark is missing, then the pair
    reaches to the end of the paragraph. `paragraph`: index of the paragraph.
    """

    open: int
    start: int
    end: int
    close: int
    family: str
    depth: int
    paragraph: int
    is_closed: bool = True

    @property
    def is_title_mark(self) -> bool:
        """Whether the marks themselves say that this is the title of a work (《》)."""
        return self.family in TITLE_FAMILIES


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    family: str
    can_open: bool
    can_close: bool


def find_pairs(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Pair]:
    """Every pair of marks, by start, the outer pair first. Linear in the text.

    >>> [text[p.start:p.end] for text in ["It's “a ‘fine’ mess”, he said"] for p in find_pairs(text, [(0, len(text))])]
    ['a ‘fine’ mess', 'fine']
    """
    found: list[Pair] = []
    marks = _marks(text, [span for span in paragraphs if not _is_noise(text, *span)])
    at = 0
    for index, (start, end) in enumerate(paragraphs):
        while at < len(marks) and marks[at].start < start:
            at += 1
        stop = at
        while stop < len(marks) and marks[stop].start < end:
            stop += 1
        found.extend(_pairs_of_paragraph(text, marks[at:stop], index, end))
        at = stop
    found.sort(key=lambda pair: (pair.open, -pair.close))
    return _with_depth(found)


def _is_noise(text: str, start: int, end: int) -> bool:
    if end - start < MAX_DENSE_MARKS:
        return False
    n_marks = sum(text.count(mark, start, end) for mark in _COMMON_MARKS)
    return n_marks > MAX_DENSE_MARKS and n_marks * MIN_CHARACTERS_PER_MARK > end - start


def _marks(text: str, spans: Sequence[tuple[int, int]]) -> list[_Mark]:
    """Every mark that may open or close something, in order; apostrophes inside words and inch signs are left out."""
    found: list[_Mark] = []
    for match in (match for span in spans for match in _MARK.finditer(text, *span)):
        mark = match.group()
        start, end = match.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        family = _FAMILIES[mark]
        if family == _SINGLE:
            if before.isalnum() and after.isalnum():
                continue  # an apostrophe
            if mark in "'’‘" and _ELISION.match(text, start) and not before.isalnum():
                continue
            if mark in "'`´" and before.isdigit() and not after.isalnum():
                continue  # feet, minutes
        if mark == '"' and before.isdigit() and after in " ,.;)x×" and text.count('"', max(0, start - 400), start) % 2 == 0:
            continue  # inches
        opens = (before.isspace() or before in _OPENS_AFTER) and not after.isspace()
        closes = (after.isspace() or after in _CLOSES_BEFORE) and not before.isspace()
        if mark in _ALWAYS_OPEN:
            opens, closes = True, False
        elif mark in _ALWAYS_CLOSE:
            opens, closes = False, True
        elif family in (_ANGLE, _SINGLE_ANGLE):
            opens = closes = True  # « opens in French, closes in »German«; spaces stand inside the French ones
        elif mark in ("“", "‘"):
            # Opens in English, closes in „German“: the stack knows which.
            opens = not after.isspace() or mark == "“"
            closes = not before.isspace()
        elif mark in ("”", "’"):
            opens = opens and not closes  # ”Swedish”
            closes = not before.isspace() or not opens
        elif not opens and not closes:
            if family == _SINGLE:
                continue
            opens = closes = True  # glued on both sides or on none
        found.append(_Mark(start, end, mark, family, opens, closes))
    return found


def _pairs_of_paragraph(text: str, marks: list[_Mark], paragraph: int, paragraph_end: int) -> list[Pair]:
    later_closers = _single_closer_follows(marks)
    stack: list[_Mark] = []
    open_families: dict[str, int] = {}
    found: list[Pair] = []
    for index, mark in enumerate(marks):
        partner = _partner(stack, open_families, mark)
        if partner is not None and mark.family == _SINGLE and _is_possessive(text, mark) and later_closers[index]:
            continue  # the workers' union: a better closing mark follows
        if partner is not None and mark.can_open and mark.can_close and mark.text in "“‘" and stack[partner].text not in "„‚”’":
            partner = None  # “a “b” c”: only „ and ‚ are closed by these
        if partner is not None and mark.can_close and not (mark.can_open and _rather_opens(stack[partner], mark)):
            opening = stack[partner]
            for dropped in stack[partner:]:
                open_families[dropped.family] -= 1
            del stack[partner:]
            found.append(Pair(opening.start, opening.end, mark.start, mark.end, mark.family, 0, paragraph))
        elif mark.can_open:
            stack.append(mark)
            open_families[mark.family] = open_families.get(mark.family, 0) + 1
    # A mark that opens and is never closed reaches to the end of its paragraph; single ones are apostrophes.
    last_close = max((pair.close for pair in found), default=-1)
    unclosed = [mark for mark in stack if mark.family not in (_SINGLE, _SINGLE_ANGLE)]
    if unclosed:
        first = unclosed[-1]
        if first.start > last_close or all(
            pair.open > first.start and pair.family != first.family for pair in found if pair.close > first.start
        ):
            found.append(Pair(first.start, first.end, paragraph_end, paragraph_end, first.family, 0, paragraph, False))
    return found


def _partner(stack: list[_Mark], open_families: dict[str, int], mark: _Mark) -> int | None:
    """The index on the stack of the mark that this one would close. Deep marks of other families are passed over only for outer ones."""
    if not mark.can_close or not open_families.get(mark.family):
        return None
    for depth in range(len(stack) - 1, max(-1, len(stack) - 1 - _MAX_DEPTH), -1):
        if stack[depth].family == mark.family:
            return depth
        if mark.family == _SINGLE and stack[depth].family == _DOUBLE:
            return None  # a single mark inside “...” cannot close one outside
    return None


def _rather_opens(opening: _Mark, mark: _Mark) -> bool:
    """Whether a mark that could do both opens: « after «, a glued straight mark while none is open."""
    if mark.family in (_ANGLE, _SINGLE_ANGLE):
        return mark.text == opening.text
    return False


def _is_possessive(text: str, mark: _Mark) -> bool:
    return (
        mark.text in "'’"
        and text[mark.start - 1 : mark.start] in ("s", "S", "z", "x")
        and text[mark.end : mark.end + 2].strip()[:1].islower()
    )


def _single_closer_follows(marks: list[_Mark]) -> list[bool]:
    """For each mark, whether a single closing mark follows before the next single opening one."""
    follows = [False] * len(marks)
    closer_ahead = False
    for index in range(len(marks) - 1, -1, -1):
        follows[index] = closer_ahead
        mark = marks[index]
        if mark.family == _SINGLE:
            closer_ahead = mark.can_close if not (mark.can_open and not mark.can_close) else False
    return follows


def _with_depth(pairs: list[Pair]) -> list[Pair]:
    """The same pairs with their depth; pairs that cross an earlier one are left out."""
    kept: list[Pair] = []
    around: list[Pair] = []
    for pair in pairs:
        while around and around[-1].close <= pair.open:
            around.pop()
        if around and pair.close > around[-1].close:
            continue
        kept.append(
            Pair(pair.open, pair.start, pair.end, pair.close, pair.family, len(around), pair.paragraph, pair.is_closed) if around else pair
        )
        around.append(pair)
    return kept
