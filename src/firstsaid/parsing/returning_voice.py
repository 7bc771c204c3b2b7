"""Where words of another without marks end: the author's voice comes back. Each sign has a weight; their sum decides.

The weights are those of a logistic regression over 470 paragraphs of a public blog whose block quotations had lost their layout, pulled by
hand towards what essays written for the project show where the blog has fewer than ten cases.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.subject_of_cue import subject_before

MAX_BLOCK_PARAGRAPHS = 12  # nobody quotes more without a word between
_SINGULAR = lexicon.word_set(
    "i me my myself mine i'm i’m i've i’ve i'd i’d i'll i’ll ich mich mir mein meine je moi mon ma mes yo mi mis eu meu io mio я мой мне"
)
_PLURAL = lexicon.word_set(
    "we us our ourselves ours we're we’re we've we’ve we'll we’ll wir uns unser unsere nous notre nos nosotros nuestro"
    " nuestra noi nostro мы наш нас"
)
_HE_SHE = lexicon.word_set("he she er sie il elle él ella ele ela egli lui lei он она")
_YOU = lexicon.word_set("you your yours yourself you're you’re du ihr dein euch tu vous votre usted ustedes você lei voi вы ты")
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
BIAS = 0.05
WEIGHTS = {
    "breaks in": 1.5, "returns": -2.0, "softly returns": -0.5, "names the speaker first": -2.0, "names the speaker": -0.7,
    "he or she": -1.0,
    "this passage": -1.0, "reports": -0.5, "introduces": -1.3, "opens with a mark": -1.5, "has marks": -1.3, "repeats": -2.5,
    "begins alike": 1.2, "next entry": 2.5, "is a list item": 1.6, "follows a colon": 0.5, "last of all": -1.5, "nth": 0.5, "words": 0.8,
    "I of the block": 1.5, "I of the author": -1.0, "no I": 0.0, "we of the block": 1.2, "we of the author": -0.5, "no we": -0.6,
}  # fmt: skip
_CONTENT_WORD = 5  # letters; shorter words are in every text
MAX_LOOK_BACK = 6  # paragraphs of the author before the block that show his voice and his words


@dataclass(frozen=True, slots=True)
class Voices:
    """For each paragraph, whether it says "I", "we", "he or she" and "you" outside marks."""

    singular: bytearray
    plural: bytearray
    he_she: bytearray
    you: bytearray


def voices_of(page: Page) -> Voices:
    """What each paragraph says of itself. One pass over the tokens."""
    found = Voices(*(bytearray(len(page.paragraphs)) for _ in range(4)))
    at = 0
    for token, word in enumerate(page.lower):
        kind = (
            found.singular
            if word in _SINGULAR
            else found.plural
            if word in _PLURAL
            else found.he_she
            if word in _HE_SHE
            else found.you
            if word in _YOU
            else None
        )
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
    """What the first paragraph behind an introduction adds to it: it breaks in, or says "I", "we", "you" where the author does not.

    -9 where it speaks of the one who seemed to be introduced.
    """
    number = introducing + 1
    start, end = page.paragraphs[number]
    opening = page.lower[page.tokens_before(start) : page.tokens_before(end)][:30]
    if any(_bare(word) in names for word in opening):
        return -9
    if page.text[start] in "…[" or page.text.startswith("...", start):
        return 2
    author = range(max(0, introducing - MAX_LOOK_BACK), number)
    addressed = any(voices.you[item] for item in author)
    by_author = [any(spoken[item] for item in author) for spoken in (voices.singular, voices.plural)]
    is_new = any(
        spoken[number] and not known
        for spoken, known in zip((voices.singular, voices.plural, voices.you), (*by_author, addressed), strict=True)
    )
    return int(is_new) - (2 if _RETURN_OPENERS.match(page.text, start) else 0) - (1 if page.text[end - 1] == ":" else 0)


def going_on(page: Page, cues: dict[str, Cue], voices: Voices, introducing: int, number: int, names: set[str]) -> float:
    """Above 0 where paragraph `number` still seems to be in the voice that paragraph `introducing` introduced: the log of the odds."""
    signs = signs_of(page, cues, voices, introducing, number, names)
    return BIAS + sum(WEIGHTS[name] * value for name, value in signs.items())


def signs_of(page: Page, cues: dict[str, Cue], voices: Voices, introducing: int, number: int, names: set[str]) -> dict[str, float]:
    """What paragraph `number` shows of its voice; each 0 to 1 but for `words`, -1.5 to 1.5."""
    text = page.text
    start, end = page.paragraphs[number]
    low, high = page.tokens_before(start), page.tokens_before(end)
    opening = page.lower[low : min(high, low + 30)]
    block = range(introducing + 1, number)
    author = range(max(0, introducing - MAX_LOOK_BACK), introducing + 1)
    before = page.paragraphs[number - 1]
    is_named = any(_bare(word) in names for word in opening)
    opens_with_mark = text[start] in '"“„«'
    signs = {
        "breaks in": _GOES_ON.match(text, start) is not None,
        "returns": _RETURN_OPENERS.match(text, start) is not None,
        "softly returns": _SOFT_OPENERS.match(text, start) is not None,
        "names the speaker first": is_named,
        "names the speaker": not is_named and any(_bare(word) in names for word in page.lower[low:high]),
        "he or she": bool(opening) and opening[0] in _HE_SHE and not any(voices.he_she[item] for item in block),
        "this passage": any(a in _DEMONSTRATIVES and b in _TEXT_NOUNS for a, b in pairwise(opening)),
        "reports": _is_reported(page, cues, low, min(high, low + 25)),
        "introduces": page.lower[high - 1] in (":", "that"),
        "opens with a mark": opens_with_mark,
        "has marks": not opens_with_mark
        and _has_pair(page, start, end)
        and not _has_pair(page, page.paragraphs[introducing + 1][0], before[1]),
        "repeats": _repeats(page, block, low, high),
        "begins alike": _begins_alike(text, [page.paragraphs[item] for item in block], start),
        "next entry": _is_next_entry(text, [page.paragraphs[item] for item in block], start),
        "is a list item": _LIST_ITEM.match(text, start) is not None,
        "follows a colon": text[before[1] - 1] == ":",
        "last of all": number + 1 == len(page.paragraphs),
        "nth": min(1.0, (number - introducing - 2) / 3),
    }
    found = {name: float(value) for name, value in signs.items()}
    found["words"] = _by_words(page, block, author, low, high)
    found |= _persons(voices, block, author, number)
    return found


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _persons(voices: Voices, block: range, author: range, number: int) -> dict[str, float]:
    """The signs of person: "I" and "we" tell voices apart where one of the two does not use them."""
    found: dict[str, float] = {}
    for person, spoken in (("I", voices.singular), ("we", voices.plural)):
        in_block, by_author = any(spoken[item] for item in block), any(spoken[item] for item in author)
        found[f"{person} of the block"] = float(spoken[number] and in_block and not by_author)
        found[f"{person} of the author"] = float(spoken[number] and by_author and not in_block)
        found[f"no {person}"] = float(not spoken[number] and in_block and not by_author)
    return found


def _has_pair(page: Page, start: int, end: int) -> bool:
    at = bisect_left(page.outer, start, key=lambda pair: pair.open)
    return at < len(page.outer) and page.outer[at].open < end


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


def _begins_alike(text: str, block: list[tuple[int, int]], start: int) -> bool:
    """Paragraphs with the same first words belong together."""
    mine = text[start : start + 40].split()[:2]
    return len(mine) == 2 and any(text[other : other + 40].split()[:2] == mine for other, _ in block)


def _is_next_entry(text: str, block: list[tuple[int, int]], start: int) -> bool:
    """Dates of a diary and numbers go on."""
    return _ENTRY.match(text, start) is not None and any(_ENTRY.match(text, other) for other, _ in block)


_LIST_ITEM = re.compile(r"(?:[-*•‣·]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")


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
