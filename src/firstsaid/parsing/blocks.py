"""Block quotations without marks: a paragraph that introduces, then one or more paragraphs in another's words."""

from __future__ import annotations

import re
from bisect import bisect_right

from firstsaid.parsing import lexicon
from firstsaid.parsing.direct import first_subject
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.speakers import Phrase, subject_after, subject_before
from firstsaid.parsing.statements import Attribution, Statement, phrase_stretch, stretch_of
from firstsaid.parsing.structure import NO_PAIR, Page

MIN_BLOCK_WORDS = 8  # shorter paragraphs after a colon are list items, names of speakers, captions
MAX_BLOCK_PARAGRAPHS = 12  # nobody quotes more without a word between
_FOOTNOTE_END = re.compile(
    r"(?:[.!?][\"”»]?\s?(?:\d{1,3}|\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})|\((?:[^()]{3,80}\d{4}[^()]{0,20}|p{1,2}\. ?\d[^()]{0,20})\)\.?)$"
)
_EDITORIAL_END = re.compile(r"[\[(](?:our|my|the author's|emphasis|machine|translat|italics)[^\])]{0,60}[\])]\.?$", re.IGNORECASE)
_FIRST_PERSON = lexicon.word_set("i we our my me us myself ourselves ich wir unser mein nous notre mon nosotros nuestro mi")
_RETURN_OPENERS = re.compile(
    r"(?:in other words|that is to say|this (?:is|was|means|shows|may|might|passage|quote|quotation|statement|claim|argument)|"
    r"these (?:words|lines)|so (?:much for|says)|note (?:that|how|the)|notice|as (?:we|i) (?:have )?(?:see|saw|seen|noted)|here,? |"
    r"what (?:is|are|he|she|they) |but (?:this|that|is)|well,|again,)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[…\[]|\.\.\.|[a-z])")


def find_blocks(page: Page, cues: dict[str, Cue]) -> list[Statement]:
    """Block quotations in order. Linear: each paragraph is looked at once as an introduction and once as a block."""
    found: list[Statement] = []
    marked = sorted((item.start, item.end) for item in page.layout if item.kind == "block_quote")
    unit_of_paragraph = {paragraph: unit for unit, paragraph in enumerate(page.paragraph_of_unit)}  # the last unit wins
    speaks = _first_person_paragraphs(page)
    skip_until = 0
    for index in range(len(page.paragraphs) - 1):
        if index + 1 < skip_until:
            continue
        following = page.paragraphs[index + 1]
        # How the author spoke until here: "I" in a block says something only where the author does not say it.
        author_is_first_person = sum(speaks[: index + 1][-20:]) * 3 > min(20, index + 1)
        layout_end = _layout_end(marked, following[0])
        introduction = _introduction(page, cues, unit_of_paragraph.get(index), layout_end is not None)
        if introduction is None and layout_end is None:
            continue
        if page.text[following[0]] in "\"“„«‘'「»":
            continue  # quoted with marks: the direct layer's
        last = index + 1
        if layout_end is not None:
            while last + 1 < len(page.paragraphs) and page.paragraphs[last + 1][0] < layout_end:
                last += 1
            confidence = 9000
        else:
            if page.text.count(" ", *following) + 1 < MIN_BLOCK_WORDS or _is_list_item(page.text, following[0]) or introduction is None:
                continue
            if _voice(page, cues, *following, _names_of(page, introduction), author_is_first_person) <= -4:
                continue  # the author goes on speaking of the one who seemed to be introduced
            last, confidence = _end_of_block(page, cues, index, introduction, author_is_first_person)
        skip_until = last + 1
        pieces = tuple((start, _without_marker(page.text, start, end)) for start, end in page.paragraphs[index + 1 : last + 1])
        phrase = introduction.speaker if introduction else None
        found.append(
            Statement(
                "block", pieces, phrase_stretch(page, phrase), phrase.kind if phrase else "none", None,
                stretch_of(page, introduction.cue) if introduction else None, None, confidence,
            )
        )  # fmt: skip
    return found


def _introduction(page: Page, cues: dict[str, Cue], unit: int | None, is_marked: bool) -> Attribution | None:
    """The cue of a paragraph whose last sentence opens a block: it ends with a colon, or breaks off after "that"."""
    if unit is None:
        return None
    first, end = page.units[unit]
    closing = page.lower[end - 1]
    if closing[0].isdigit() and end - 2 >= first and page.lower[end - 2] == ":":
        closing, end = ":", end - 1  # a footnote marker behind the colon
    if closing.isdigit() and not is_marked:
        return None
    if (not is_marked and closing not in (":", "：", "that", ",")) or page.pair_of[end - 1] != NO_PAIR:
        return None
    if closing == "," and not is_marked and page.lower[end - 2] not in cues:
        return None
    best: Attribution | None = None
    for verb in range(end - 1, max(first, end - 60) - 1, -1):
        if page.pair_of[verb] != NO_PAIR:
            continue
        cue = cues.get(page.lower[verb])
        if cue is None or cue.act not in ("say", "ask"):
            continue
        if page.is_capitalised(verb) and page.words[verb].isascii() and verb > first:
            continue
        inverted = subject_after(page, verb + 1, end)
        if verb == first or (page.is_capitalised(verb) and verb == first):
            if inverted:
                return Attribution((verb, verb + 1), inverted, cue.lemma)  # "Wrote the Society:"
            continue
        phrase, group = subject_before(page, verb, first)
        if phrase is None and cue.form == "participle":
            phrase = first_subject(page, cues, first, verb)
        if phrase is None and cue.form == "finite":
            phrase = inverted
        if phrase is not None and phrase.score >= 3000:
            found = Attribution((group, verb + 1), phrase, cue.lemma)
            if phrase.kind in ("name", "role", "pronoun"):
                return found
            best = best or found
    if best is None and is_marked:
        return None
    if best is None and closing in (":", "：") and end - first <= 9:
        phrase = subject_after(page, first, end)
        if phrase and phrase.end == end - 1 and phrase.kind == "name" and phrase.score > 8000:
            return Attribution((end - 1, end), phrase, ":")
    return best


def _layout_end(marked: list[tuple[int, int]], start: int) -> int | None:
    at = bisect_right(marked, (start, 1 << 62)) - 1
    return marked[at][1] if at >= 0 and marked[at][0] <= start < marked[at][1] else None


def _is_list_item(text: str, start: int) -> bool:
    return bool(re.match(r"[-*•‣·]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s", text[start : start + 6]))


def _first_person_paragraphs(page: Page) -> bytearray:
    """For each paragraph 1 if it speaks in the first person outside marks."""
    speaks = bytearray(len(page.paragraphs))
    at = 0
    for token, word in enumerate(page.lower):
        if word in _FIRST_PERSON and page.pair_of[token] == NO_PAIR:
            while at + 1 < len(page.paragraphs) and page.paragraphs[at + 1][0] <= page.starts[token]:
                at += 1
            speaks[at] = 1
    return speaks


def _end_of_block(
    page: Page, cues: dict[str, Cue], introduction_index: int, introduction: Attribution, author_is_first_person: bool
) -> tuple[int, int]:
    """The last paragraph of the block and how sure that is: the author's voice comes back after it."""
    text, blocks = page.text, page.paragraphs
    names = _names_of(page, introduction)
    indent = _indent(text, blocks[introduction_index + 1][0])
    is_indented = indent > _indent(text, blocks[introduction_index][0])
    last = introduction_index + 1
    confidence = 7000
    while last + 1 < len(blocks) and last - introduction_index < MAX_BLOCK_PARAGRAPHS:
        start, end = blocks[last + 1]
        if is_indented:
            if _indent(text, start) < indent:
                return last, 9000
            last += 1
            continue
        ended = text[blocks[last][0] : blocks[last][1]][-100:]
        if _FOOTNOTE_END.search(ended) or _EDITORIAL_END.search(ended):
            return last, 8500
        score = _voice(page, cues, start, end, names, author_is_first_person)
        if score <= 0:
            return last, 8000 if score <= -2 else 6000
        confidence = 6500
        last += 1
    return last, confidence


def _names_of(page: Page, introduction: Attribution) -> set[str]:
    """The capitalised words of the speaker, lower case."""
    if introduction.speaker is None:
        return set()
    tokens = range(introduction.speaker.start, introduction.speaker.end)
    return {
        page.lower[t] for t in tokens if page.is_capitalised(t) and len(page.words[t]) > 2 and page.lower[t] not in lexicon.DETERMINERS
    }  # fmt: skip


def _voice(page: Page, cues: dict[str, Cue], start: int, end: int, names: set[str], author_is_first_person: bool) -> int:
    """Above 0 where the paragraph still seems to be in the quoted voice."""
    low, high = page.tokens_before(start), page.tokens_before(end)
    opening = page.lower[low : min(high, low + 25)]
    score = -1
    if _GOES_ON.match(page.text, start):
        score += 3
    if not author_is_first_person and any(
        page.lower[token] in _FIRST_PERSON and page.pair_of[token] == NO_PAIR for token in range(low, high)
    ):
        score += 2
    if _RETURN_OPENERS.match(page.text, start):
        score -= 3
    if any(word in names or word.rstrip("s").rstrip("'’") in names for word in opening):
        score -= 3
    for token in range(low + 1, min(high, low + 25)):
        cue = cues.get(page.lower[token])
        if cue and cue.act == "say" and cue.form == "finite" and page.pair_of[token] == NO_PAIR:
            subject: Phrase | None = subject_before(page, token, low)[0]
            if subject and subject.kind in ("name", "pronoun", "role") and page.lower[subject.start] not in _FIRST_PERSON:
                score -= 3
                break
    if page.lower[high - 1] in (":", "that") or page.text[start] in '"“„«':
        score -= 3
    return score


def _indent(text: str, start: int) -> int:
    """Columns before the paragraph on its line; a leading > counts as deep."""
    line = text.rfind("\n", max(0, start - 80), start) + 1
    lead = text[line:start] if line else text[max(0, start - 80) : start] if start < 80 else ""
    return (8 if text[start] == ">" else 0) + (len(lead.expandtabs(4)) if not lead.strip() else 0)


def _without_marker(text: str, start: int, end: int) -> int:
    """The end of the paragraph without a footnote marker glued to its last stop."""
    tail = re.search(r"(?<=[.!?”\"»])(?:\d{1,3}|\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})$", text[max(start, end - 12) : end])
    return end - len(tail.group()) if tail else end
