"""Block quotations without marks: a paragraph that introduces, then one or more paragraphs in another's words."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from firstsaid.parsing import lexicon
from firstsaid.parsing.blocks.block_model import MIN_CHANCE, MIN_INTRODUCING, MIN_QUIET_CHANCE, both, chance, weight
from firstsaid.parsing.blocks.block_signs import beginning, capitalised, introducing, signs_of_page, sounding
from firstsaid.parsing.blocks.introductions import MIN_SCORE, Introduction, has_colon, introduction_of
from firstsaid.parsing.blocks.manners import Manner, manners_of
from firstsaid.parsing.blocks.returning_voice import end_of_block
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.statements import Statement, Stretch, phrase_stretch, stretch_of
from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.addressees import YOU, addressee_of
from firstsaid.parsing.who.named_after import pointed_to, signature_of
from firstsaid.parsing.who.speakers import Phrase

MIN_BLOCK_WORDS = 8  # shorter paragraphs after a colon are list items, names of speakers, captions
OWN_PLAN = -3  # the score of "So I would say:", which announces the author's own words
UNMARKED_CHANCE = 0.65  # behind "writes that" and "as follows." at a paragraph's end: too rare in posts to learn from (7 of 15 quote there)
_CODE = re.compile(r"[{}<>=;$\\]{1,3}")
_TURN = re.compile(r"\(\(|\[?[A-Z]{1,3}\]?:")  # of an interview: "Q:", "((WN))"
_MAX_CODE_SHARE = 40  # one such sign for fewer characters is program text or a formula


def find_blocks(page: Page, cues: dict[str, Cue]) -> list[Statement]:
    """Block quotations in order. Linear: each paragraph is looked at once as an introduction and once as a block."""
    found: list[Statement] = []
    marked = sorted((item.start, item.end) for item in page.layout if item.kind == "block_quote")
    unit_of_paragraph = {paragraph: unit for unit, paragraph in enumerate(page.paragraph_of_unit)}  # the last unit wins
    reader = _Reader(page, cues)
    skip_until = 0
    for index in range(len(page.paragraphs) - 1):
        if index + 1 < skip_until:
            continue
        following = page.paragraphs[index + 1]
        layout_end = _layout_end(marked, following[0])
        unit = unit_of_paragraph.get(index)
        if (unit is None and layout_end is None) or page.text[following[0]] in "\"“„«‘'「»":
            continue  # quoted with marks: the direct layer's
        last = index + 1
        if layout_end is not None:
            introduction = introduction_of(page, cues, unit, True) if unit is not None else None
            while last + 1 < len(page.paragraphs) and page.paragraphs[last + 1][0] < layout_end:
                last += 1
            confidence = 9000
        else:
            begins, introduction = reader.chance_behind(index, unit or 0)
            if begins < MIN_CHANCE or introduction is None:
                continue
            names = capitalised(page, *page.units[unit or 0]) | _names_of(page, introduction)
            last, confidence = end_of_block(page, cues, reader.manners, index, names)
            confidence = round(begins * confidence)
        skip_until = last + 1
        pieces = tuple((start, _without_marker(page.text, start, end)) for start, end in page.paragraphs[index + 1 : last + 1])
        behind = page.paragraphs[last + 1][0] if last + 1 < len(page.paragraphs) else len(page.text)
        found.append(_with_speaker(page, cues, introduction, pieces, behind, confidence))
    return found


class _Reader:
    """The chance of each paragraph of one page; what is read of all paragraphs is read when the first of them asks for it."""

    def __init__(self, page: Page, cues: dict[str, Cue]) -> None:
        self._page, self._cues = page, cues

    @cached_property
    def manners(self) -> list[Manner]:
        """The manner of each paragraph."""
        return manners_of(self._page)

    @cached_property
    def _about(self) -> dict[str, float]:
        return signs_of_page(self._page)

    def chance_behind(self, index: int, unit: int) -> tuple[float, Introduction | None]:
        """The chance that another's words begin behind paragraph `index`, whose last sentence is `unit`, and what introduces them."""
        page = self._page
        if not may_be_quoted(page.text, *page.paragraphs[index + 1]):
            return 0.0, None
        introduction = introduction_of(page, self._cues, unit, False)
        if has_colon(page, unit):
            if introduction is None or introduction.score <= OWN_PLAN:
                return 0.0, introduction
            return chance("begins", self._about | beginning(page, self._cues, self.manners, index, unit, introduction)), introduction
        announced = UNMARKED_CHANCE if introduction is not None and introduction.score >= MIN_SCORE else 0.0
        quiet = self._quiet_chance(index, unit) if page.is_essay else 0.0
        if quiet > announced:
            return quiet, introduction_of(page, self._cues, unit, True)
        return announced, introduction

    def _quiet_chance(self, index: int, unit: int) -> float:
        """The chance behind a full sentence, 0 where it does not reach its own threshold."""
        introduces = weight("introduces", self._about | introducing(self._page, self._cues, index, unit))
        if introduces < MIN_INTRODUCING:
            return 0.0
        sounds = weight("sounds another", sounding(self._page, self._cues, self.manners, index, unit))
        found = chance("quiet", both(introduces, sounds))
        return found if found >= MIN_QUIET_CHANCE else 0.0


def _with_speaker(
    page: Page, cues: dict[str, Cue], introduction: Introduction | None, pieces: tuple[Stretch, ...], behind: int, confidence: int
) -> Statement:
    """The block with its speaker: who signs it, whom its introduction names, else whom the sentence at `behind` points to."""
    cue = stretch_of(page, introduction.cue) if introduction and introduction.cue else None
    phrase = introduction.speaker if introduction else None
    signed = signature_of(page, *pieces[-1])
    if signed is not None and (introduction is None or introduction.score < SURE):
        name, end = signed
        kept = (*pieces[:-1], (pieces[-1][0], end)) if end > pieces[-1][0] else pieces[:-1]
        if kept:
            return Statement("block", kept, name, "name", None, None, None, confidence)
    if phrase is None or not _is_somebody(page, phrase):
        pointed = pointed_to(page, cues, behind)
        phrase = pointed or phrase
        cue = None if pointed is not None else cue
    if phrase is not None and phrase.kind == "pronoun" and page.lower[phrase.start] in YOU:
        phrase = addressee_of(page) or phrase
    kind = phrase.kind if phrase else "running" if introduction is not None and introduction.goes_on else "none"
    return Statement("block", pieces, phrase_stretch(page, phrase), kind, None, cue, None, confidence)


SURE = 5  # of an introduction with a cue, its subject and another sign: it outweighs a name under the block, which may be of a work


def _is_somebody(page: Page, phrase: Phrase) -> bool:
    """Whether an introduction names a speaker himself: a capital, or a pronoun; not "somebody", "a notice"."""
    return (
        phrase.kind in ("pronoun", "relative")
        or any(page.words[token][0].isupper() for token in range(phrase.start + 1, phrase.end))
        or (page.words[phrase.start][0].isupper() and page.lower[phrase.start] not in lexicon.DETERMINERS | {"somebody", "someone"})
    )


def may_be_quoted(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is long enough, no list item and no program text."""
    if text.count(" ", start, end) + 1 < MIN_BLOCK_WORDS or _is_list_item(text, start) or _TURN.match(text, start):
        return False
    return sum(len(sign) for sign in _CODE.findall(text, start, min(end, start + 400))) * _MAX_CODE_SHARE < min(400, end - start)


def _layout_end(marked: list[tuple[int, int]], start: int) -> int | None:
    at = bisect_right(marked, (start, 1 << 62)) - 1
    return marked[at][1] if at >= 0 and marked[at][0] <= start < marked[at][1] else None


def _is_list_item(text: str, start: int) -> bool:
    return bool(re.match(r"[-*•‣·]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s", text[start : start + 6]))


def _names_of(page: Page, introduction: Introduction) -> set[str]:
    """The capitalised words of the speaker, lower case."""
    if introduction.speaker is None:
        return set()
    tokens = range(introduction.speaker.start, introduction.speaker.end)
    return {
        page.lower[t].removesuffix("'s").removesuffix("’s")
        for t in tokens
        if page.is_capitalised(t) and len(page.words[t]) > 2 and page.lower[t] not in lexicon.DETERMINERS
    }


def _without_marker(text: str, start: int, end: int) -> int:
    """The end of the paragraph without a footnote marker glued to its last stop."""
    tail = re.search(r"(?<=[.!?”\"»])(?:\d{1,3}|\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})$", text[max(start, end - 12) : end])
    return end - len(tail.group()) if tail else end
