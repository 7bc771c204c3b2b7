"""Where words of another without marks end: the author's voice comes back. Each sign has a weight; their sum decides.

The weights were set by hand on 136 quotations of a public blog whose layout had been taken away, and on essays written for the project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.subject_of_cue import subject_before

MAX_BLOCK_PARAGRAPHS = 12  # nobody quotes more without a word between
_SINGULAR = lexicon.word_set(
    "i me my myself mine i'm i’m i've i’ve i'd i’d i'll i’ll ich mich mir mein meine je moi mon ma mes yo mi mis eu meu io mio я мой мне"
)
_PLURAL = lexicon.word_set(
    "we us our ourselves ours we're we’re we've we’ve we'll we’ll wir uns unser unsere nous notre nos nosotros nuestro nuestra noi nostro мы наш нас"
)
_HE_SHE = lexicon.word_set("he she er sie il elle él ella ele ela egli lui lei он она")
_GOES_ON = re.compile(r"(?:[…\[]|\.\.\.|[a-zà-ÿ])")
_RETURN_OPENERS = re.compile(
    r"(?:in (?:other words|short|this (?:passage|view|account|way))|that is to say|(?:this|that) (?:is|was|means|shows|may|might|seems|"
    r"passage|quote|quotation|statement|claim|argument|sentence|paragraph|last|one|idea|point|view)\b|these (?:words|lines|are)|"
    r"so (?:much for|says|there)|note\b|notice\b|as (?:we|i) (?:have )?(?:see|saw|seen|noted|said)|here,? (?:we|i|he|she|the|is)\b|"
    r"what (?:is|are|he|she|they|strikes|follows|i|we)\b|but (?:this|that|is|what|i|here)\b|well,|again,|read (?:that|it)|"
    r"it (?:is|'s|’s) (?:hard|worth|the|a|clear|easy|not clear)|there (?:is|was) (?:much|something|nothing|no\b|a lot)|"
    r"das (?:ist|war|heißt|klingt)|dies(?:e|er|es)? |so (?:spricht|schreibt|klingt)|soweit|"
    r"c['’]est|voilà|ces (?:mots|lignes)|cette |eso |esto |estas palabras|esa |questo |queste |isso |это |эти |так )",
    re.IGNORECASE,
)
_SOFT_OPENERS = re.compile(
    r"(?:so\b|yes\b|no,|now,|of course|fair enough|true|perhaps|exactly|indeed|ha\b|oh\b|okay|ok\b|right\b|amen|quite|my |i |me\b)",
    re.IGNORECASE,
)
_TEXT_NOUNS = lexicon.word_set(
    """
    sentence passage paragraph words quote quotation line lines statement claim argument letter entry essay article post author book
    piece point view position document passage's text reply answer remark phrase demand excerpt writer reading review letter's
    satz worte zeilen passage phrase mots lignes texte frase palabras texto
    """
)
_DEMONSTRATIVES = lexicon.word_set(
    "the this that these those his her their its such here der die das diese dieser dieses ce cette ces esta este ese"
)
_FOOTNOTE_END = re.compile(
    r"(?:[.!?][\"”»]?\s?(?:\d{1,3}|\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})|\((?:[^()]{3,80}\d{4}[^()]{0,20}|p{1,2}\. ?\d[^()]{0,20})\)\.?)$"
)
_EDITORIAL_END = re.compile(
    r"[\[(](?:our|my|the author['’]s|emphasis|emphases|machine|translat|italics|bold)[^\])]{0,60}[\])]\.?$", re.IGNORECASE
)
_ENTRY = re.compile(
    r"(?:\(?\d{1,3}[.)]\s|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:first|second|third|fourth|fifth|finally)(?:ly)?,|"
    r"(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|item\b|art(?:icle|\.)? \d)",
    re.IGNORECASE,
)
_CONTENT_WORD = 5  # letters; shorter words are in every text
MAX_LOOK_BACK = 6  # paragraphs of the author before the block that show his voice and his words


@dataclass(frozen=True, slots=True)
class Voices:
    """For each paragraph, whether it says "I" and "we" outside marks, and its longer words."""

    singular: bytearray
    plural: bytearray
    he_she: bytearray


def voices_of(page: Page) -> Voices:
    """What each paragraph says of itself. One pass over the tokens."""
    found = Voices(*(bytearray(len(page.paragraphs)) for _ in range(3)))
    at = 0
    for token, word in enumerate(page.lower):
        kind = found.singular if word in _SINGULAR else found.plural if word in _PLURAL else found.he_she if word in _HE_SHE else None
        if kind is not None and page.pair_of[token] == NO_PAIR:
            while at + 1 < len(page.paragraphs) and page.paragraphs[at + 1][0] <= page.starts[token]:
                at += 1
            kind[at] = 1
    return found


def end_of_block(page: Page, cues: dict[str, Cue], voices: Voices, introducing: int, names: set[str]) -> tuple[int, int]:
    """The last paragraph of the block behind paragraph `introducing`, and how sure that is (0..10,000). `names`: the speaker's words."""
    text, paragraphs = page.text, page.paragraphs
    indent = _indent(text, paragraphs[introducing + 1][0])
    is_indented = indent > _indent(text, paragraphs[introducing][0])
    is_slanted = _is_slanted(text, *paragraphs[introducing + 1])
    last = introducing + 1
    sureness = 7000
    while last + 1 < len(paragraphs) and last - introducing < MAX_BLOCK_PARAGRAPHS:
        start, end = paragraphs[last + 1]
        if is_indented or is_slanted:
            if (is_indented and _indent(text, start) < indent) or (is_slanted and not _is_slanted(text, start, end)):
                return last, 9000
            last += 1
            continue
        ended = text[paragraphs[last][0] : paragraphs[last][1]][-100:]
        if _FOOTNOTE_END.search(ended) or _EDITORIAL_END.search(ended):
            return last, 8500
        score = going_on(page, cues, voices, introducing, last + 1, names)
        if score <= 0:
            return last, 8000 if score <= -2 else 6000
        sureness = 6500
        last += 1
    return last, sureness


def another_voice(page: Page, voices: Voices, introducing: int, names: set[str]) -> int:
    """What the first paragraph behind an introduction adds to it: it breaks in, or says "I" where the author does not; -9 where it
    speaks of the one who seemed to be introduced."""
    number = introducing + 1
    start, end = page.paragraphs[number]
    opening = page.lower[page.tokens_before(start) : page.tokens_before(end)][:30]
    if any(_bare(word) in names for word in opening):
        return -9
    if page.text[start] in "…[" or page.text.startswith("...", start):
        return 2
    author = range(max(0, introducing - MAX_LOOK_BACK), number)
    by_author = [any(spoken[item] for item in author) for spoken in (voices.singular, voices.plural)]
    is_new = any(spoken[number] and not known for spoken, known in zip((voices.singular, voices.plural), by_author, strict=True))
    return int(is_new) - (2 if _RETURN_OPENERS.match(page.text, start) else 0) - (1 if page.text[end - 1] == ":" else 0)


def going_on(page: Page, cues: dict[str, Cue], voices: Voices, introducing: int, number: int, names: set[str]) -> float:
    """Above 0 where paragraph `number` still seems to be in the voice that paragraph `introducing` introduced."""
    text = page.text
    start, end = page.paragraphs[number]
    low, high = page.tokens_before(start), page.tokens_before(end)
    opening = page.lower[low : min(high, low + 30)]
    block = range(introducing + 1, number)
    author = range(max(0, introducing - MAX_LOOK_BACK), introducing + 1)
    score = -1.0
    score += 3 if _GOES_ON.match(text, start) else 0
    score -= 3 if _RETURN_OPENERS.match(text, start) else 0
    score -= 1 if _SOFT_OPENERS.match(text, start) else 0
    score += _by_person(voices, block, author, number)
    if any(_bare(word) in names for word in opening):
        score -= 3.5
    elif any(_bare(word) in names for word in page.lower[low:high]):
        score -= 2
    if opening and opening[0] in _HE_SHE and not any(voices.he_she[item] for item in block):
        score -= 2
    score -= 2 if any(a in _DEMONSTRATIVES and b in _TEXT_NOUNS for a, b in zip(opening, opening[1:], strict=False)) else 0
    score -= 2.5 if _is_reported(page, cues, low, min(high, low + 25)) else 0
    score -= 3 if page.lower[high - 1] in (":", "that") or text[start] in '"“„«' else 0
    score -= 4 if _repeats(page, block, low, high) else 0
    score += _by_beginning(text, [page.paragraphs[item] for item in block], start)
    score += _by_words(page, block, author, low, high)
    score -= 1 if number + 1 == len(page.paragraphs) else 0
    score -= 1 if high - low < 8 else 0
    return score


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _by_person(voices: Voices, block: range, author: range, number: int) -> float:
    """ "I" and "we" tell voices apart where one of the two does not use them."""
    score = 0.0
    for spoken, weight in ((voices.singular, 3.0), (voices.plural, 2.0)):
        in_block, by_author = any(spoken[item] for item in block), any(spoken[item] for item in author)
        if spoken[number] and in_block and not by_author:
            score += weight
        elif spoken[number] and by_author and not in_block:
            score -= weight
        elif not spoken[number] and in_block and not by_author:
            score -= 0.5
    return score


def _is_reported(page: Page, cues: dict[str, Cue], low: int, high: int) -> bool:
    """Whether somebody is said to say something: a voice that speaks of speakers."""
    for token in range(low + 1, high):
        cue = cues.get(page.lower[token])
        if cue and cue.act == "say" and cue.form == "finite" and page.pair_of[token] == NO_PAIR:
            subject = subject_before(page, token, low)[0]
            if subject and subject.kind in ("name", "pronoun", "role") and page.lower[subject.start] not in _SINGULAR | _PLURAL:
                return True
    return False


def _repeats(page: Page, block: range, low: int, high: int) -> bool:
    """Whether words between marks were just said in the block: who repeats them is not who said them."""
    first = next((page.pair_of[token] for token in range(low, high) if page.pair_of[token] != NO_PAIR), NO_PAIR)
    if first == NO_PAIR:
        return False
    said = " ".join(
        " ".join(page.lower[page.tokens_before(start) : page.tokens_before(end)])
        for start, end in (page.paragraphs[item] for item in block)
    )
    said = f" {said} "
    for pair in page.outer[first : first + 4]:
        words = [word for word in page.lower[page.token_at(pair.start) : page.tokens_before(pair.end)] if word[0].isalnum()]
        if (
            pair.open < page.starts[high - 1]
            and words
            and (len(words) > 1 or len(words[0]) >= _CONTENT_WORD)
            and f" {' '.join(words)} " in said
        ):
            return True
    return False


def _by_beginning(text: str, block: list[tuple[int, int]], start: int) -> float:
    """Paragraphs that begin alike belong together: dates of a diary, numbers, the same first words."""
    if _ENTRY.match(text, start):
        return 4.0 if any(_ENTRY.match(text, other) for other, _ in block) else 0.0
    mine = text[start : start + 40].split()[:2]
    return 2.0 if len(mine) == 2 and any(text[other : other + 40].split()[:2] == mine for other, _ in block) else 0.0


def _by_words(page: Page, block: range, author: range, low: int, high: int) -> float:
    """Longer words shared with the block rather than with what the author wrote before it; -1.5..1.5."""
    mine = {word for word in page.lower[low:high] if len(word) >= _CONTENT_WORD}
    if len(mine) < 5 or not block:
        return 0.0

    def share(paragraphs: range) -> float:
        begin, stop = page.paragraphs[paragraphs[0]][0], page.paragraphs[paragraphs[-1]][1]
        words = {word for word in page.lower[page.tokens_before(begin) : page.tokens_before(stop)] if len(word) >= _CONTENT_WORD}
        return len(mine & words) / len(mine)

    return max(-1.5, min(1.5, 6 * (share(block) - share(author))))


def _indent(text: str, start: int) -> int:
    """Columns before the paragraph on its line; a leading > counts as deep."""
    line = text.rfind("\n", max(0, start - 80), start) + 1
    lead = text[line:start] if line else text[max(0, start - 80) : start] if start < 80 else ""
    return (8 if text[start] == ">" else 0) + (len(lead.expandtabs(4)) if not lead.strip() else 0)


def _is_slanted(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is set in italics from end to end: *...*, _..._."""
    mark = text[start]
    return mark in "*_" and end - start > 2 and text[start + 1] != " " and text[end - 1] == mark
