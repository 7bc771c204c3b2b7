"""Where words of another without marks end: paragraph by paragraph, the chance that the author's voice is not back yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from firstsaid.parsing import lexicon
from firstsaid.parsing.blocks.block_model import MIN_GOING_ON, chance
from firstsaid.parsing.blocks.manners import (
    CONTENT_WORD,
    HE_OR_SHE,
    HE_SHE,
    MAX_TOKENS,
    PLURAL,
    SINGULAR,
    YOU,
    Manner,
    apostrophe,
    habits_of,
    mean_of,
    persons_of,
    words_of,
)
from firstsaid.parsing.blocks.sentence_signs import of_sentence, small_words_of
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.subject_of_cue import subject_before
from firstsaid.parsing.who.whose_words import OWN

MAX_BLOCK_PARAGRAPHS = 12  # nobody quotes more without a word between
_GOES_ON = re.compile(r"(?:[…\[]|\.\.\.|[a-zà-ÿ])")
RETURN_OPENERS = re.compile(
    r"(?:in (?:other words|short|this (?:passage|view|account|way))|that is to say|(?:this|that) (?:is|was|means|shows|may|might|seems|"
    r"passage|quote|quotation|statement|claim|argument|sentence|paragraph|last|one|idea|point|view)\b|these (?:words|lines|are)|"
    r"so (?:much for|says|there)|note\b|notice\b|as (?:we|i) (?:have )?(?:see|saw|seen|noted|said)|here,? (?:we|i|he|she|the|is)\b|"
    r"what (?:is|are|he|she|they|strikes|follows|i|we)\b|but (?:this|that|is|what|i|here)\b|well,|again,|read (?:that|it)|"
    r"it (?:is|'s|’s) (?:hard|worth|the|a|clear|easy|not clear)|there (?:is|was) (?:much|something|nothing|no\b|a lot)|"
    r"das (?:ist|war|heißt|klingt)|dies(?:e|er|es)? |so (?:spricht|schreibt|klingt)|soweit|"
    r"c['’]est|voilà|ces (?:mots|lignes)|cette |eso |esto |estas palabras|esa |questo |queste |isso |это |эти |так )",
    re.IGNORECASE,
)
SOFT_OPENERS = re.compile(
    r"(?:so\b|yes\b|no,|now,|of course|fair enough|true|perhaps|exactly|indeed|ha\b|oh\b|okay|ok\b|right\b|amen|quite|my |i |me\b)",
    re.IGNORECASE,
)
THEIR_TEXTS = lexicon.word_set(
    """
    sentence passage paragraph words quote quotation line lines statement claim argument letter entry essay article post author book
    piece point view position document passage's text reply answer remark phrase demand excerpt writer reading review letter's
    satz worte zeilen passage phrase mots lignes texte frase palabras texto
    """
)
DEMONSTRATIVES = lexicon.word_set(
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
MAX_LOOK_BACK = 6  # paragraphs of the author before the block that show his voice and his words


def end_of_block(page: Page, cues: dict[str, Cue], manners: list[Manner], introducing: int, names: set[str]) -> tuple[int, int]:
    """The last paragraph of the block behind paragraph `introducing`, and how sure that is (0..10,000). `names`: the speaker's words."""
    text, paragraphs = page.text, page.paragraphs
    indent = _indent(text, paragraphs[introducing + 1][0])
    is_indented = indent > _indent(text, paragraphs[introducing][0])
    is_slanted = _is_slanted(text, *paragraphs[introducing + 1])
    last = introducing + 1
    sureness = 1.0
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
        going_on = chance("goes on", signs_of(page, cues, manners, introducing, last + 1, names))
        if going_on < MIN_GOING_ON:
            return last, round(10_000 * sureness * (1 - going_on))
        sureness *= going_on
        last += 1
    return last, round(10_000 * sureness)


def signs_of(page: Page, cues: dict[str, Cue], manners: list[Manner], introducing: int, number: int, names: set[str]) -> dict[str, float]:
    """What paragraph `number`, the one before it and the one after it show of whose voice it is; most are 0 or 1."""
    author = range(max(0, introducing - MAX_LOOK_BACK), introducing + 1)
    block = range(introducing + 1, number)
    signs = _of_words(page, cues, manners, introducing, number, names)
    signs |= _of_habits(manners, author, block, number)
    signs |= _of_persons(manners, author, block, number)
    signs |= _of_openings(page, manners, number)
    signs |= _of_announcement(page, cues, introducing)
    signs["repeats a run"] = float(_repeats_a_run(page, manners, block, number))
    if number + 1 < len(page.paragraphs):
        signs |= _of_after(page, manners, introducing, number, names)
    return signs


def _of_announcement(page: Page, cues: dict[str, Cue], introducing: int) -> dict[str, float]:
    """What the introduction says of how much is coming: "a whole page", "one sentence", "the letter in full"."""
    unit = page.unit_at(page.paragraphs[introducing][1] - 1)
    signs = of_sentence(page, cues, introducing, unit)
    small = small_words_of(page, unit)
    found = {
        f"announced {name}": signs[name] for name in ("whole", "ends on a text", "text late", "a text first", "part of a text", "open cue")
    }
    found["announced one"] = float("w one" in small or "w sentence" in small or "w line" in small)
    found["announced more"] = float(any(f"w {word}" in small for word in _MORE))
    return found


_OF_LENGTH = ("whole", "ends on a text", "text late", "a text first", "part of a text", "open cue")
_MORE = ("paragraphs", "pages", "page", "diary", "letter", "speech", "story", "account", "length", "chapter", "minutes", "testimony")


def _of_openings(page: Page, manners: list[Manner], number: int) -> dict[str, float]:
    """The first words of paragraph `number` ("b it", "p it is") and of the one behind it ("a this"), as signs."""
    low, high = manners[number].low, manners[number].high
    found = {f"b {page.lower[low]}": 1.0, f"p {' '.join(page.lower[low : low + 2])}": 1.0} if high - low > 1 else {}
    if number + 1 < len(manners) and manners[number + 1].low < manners[number + 1].high:
        found[f"a {page.lower[manners[number + 1].low]}"] = 1.0
    return found


def _repeats_a_run(page: Page, manners: list[Manner], block: range, number: int) -> bool:
    """Whether the paragraph says `_RUN` words in a row that the block has just said: its author takes them up."""
    said: set[tuple[str, ...]] = set()
    for item in block:
        said |= _runs(page, manners[item])
    return not said.isdisjoint(_runs(page, manners[number]))


def _runs(page: Page, manner: Manner) -> set[tuple[str, ...]]:
    words = [word for word in page.lower[manner.low : min(manner.high, manner.low + MAX_TOKENS)] if word[0].isalnum()]
    return set(zip(*(words[step:] for step in range(_RUN)), strict=False))


_RUN = 5  # four in a row ("at the end of") are common in any two paragraphs of one page


def _of_words(page: Page, cues: dict[str, Cue], manners: list[Manner], introducing: int, number: int, names: set[str]) -> dict[str, float]:
    text = page.text
    start, end = page.paragraphs[number]
    low, high = manners[number].low, manners[number].high
    opening = page.lower[low : min(high, low + 30)]
    word = opening[0] if opening else ""
    block = range(introducing + 1, number)
    before, begun = page.paragraphs[number - 1], manners[number - 1]
    is_named = any(bare(other) in names for other in opening)
    opens_with_mark = text[start] in '"“„«'
    others = [page.paragraphs[item] for item in block]
    signs = {
        "breaks in": _GOES_ON.match(text, start) is not None,
        "returns": RETURN_OPENERS.match(text, start) is not None,
        "softly returns": SOFT_OPENERS.match(text, start) is not None,
        "names the speaker first": is_named,
        "names the speaker": not is_named and any(bare(other) in names for other in page.lower[low : min(high, low + MAX_TOKENS)]),
        "he or she": word in HE_OR_SHE and not any(manners[item].says(HE_SHE) for item in block),
        "this passage": any(a in DEMONSTRATIVES and b in THEIR_TEXTS for a, b in pairwise(opening)),
        "reports": _is_reported(page, cues, low, min(high, low + 25)),
        "introduces": high > low and page.lower[high - 1] in (":", "that"),
        "opens with a mark": opens_with_mark,
        "has marks": not opens_with_mark and _has_pair(page, start, end) and not _has_pair(page, others[0][0], before[1]),
        "repeats": repeats(page, block, low, min(high, low + MAX_TOKENS)),
        "begins alike": _begins_alike(text, others, start),
        "next entry": _is_next_entry(text, others, start),
        "is a list item": _LIST_ITEM.match(text, start) is not None,
        "follows a colon": text[before[1] - 1] == ":",
        "follows no stop": text[before[1] - 1].isalnum() or text[before[1] - 1] in ",-–",
        "follows an ellipsis": text[max(before[0], before[1] - 4) : before[1]].rstrip(")]").endswith(("…", "...")),
        "last of all": number + 1 == len(page.paragraphs),
        "first": number == introducing + 2, "nth": min(1.0, (number - introducing - 2) / 3),
        "brief": high - low <= 15, "long": high - low > 80, "follows a brief one": begun.high - begun.low <= 15,
        "opens with I": word in OWN, "opens with a link": word in _LINKS, "opens with he": word in HE_OR_SHE,
        "asks": "?" in text[start : min(end, start + 200)], "essay": page.is_essay,
    }  # fmt: skip
    return {name: float(value) for name, value in signs.items()}


_LINKS = lexicon.word_set("this that these those but so and however also then dies das aber und mais et cela ce pero y esto eso")


def _of_habits(manners: list[Manner], author: range, block: range, number: int) -> dict[str, float]:
    """Whose habits, past forms, length of words and longer words paragraph `number` has."""
    mine = manners[number]
    by_author, in_block = habits_of(manners, author), habits_of(manners, block)
    sign = apostrophe(mine.habits)
    is_told_apart = sign != 0 and apostrophe(by_author) * apostrophe(in_block) < 0
    n_words = max(5, len(mine.words))
    with_block = len(mine.words & words_of(manners, block)) / n_words
    with_author = len(mine.words & words_of(manners, author)) / n_words
    past = [abs(mine.past - mean_of(manners, paragraphs, past=True)) for paragraphs in (author, block)]
    length = [abs(mine.length - mean_of(manners, paragraphs, past=False)) for paragraphs in (author, block)]
    return {
        "habits of the block": float(min(3, (mine.habits & in_block & ~by_author).bit_count())),
        "habits of the author": float(min(3, (mine.habits & by_author & ~in_block).bit_count())),
        "new habits": float(min(3, (mine.habits & ~by_author & ~in_block).bit_count())),
        "apostrophe of the author": float(is_told_apart and sign == apostrophe(by_author)),
        "apostrophe of the block": float(is_told_apart and sign == apostrophe(in_block)),
        "past of the block": max(-1.0, min(1.0, 10 * (past[0] - past[1]))),
        "length of the block": max(-1.0, min(1.0, length[0] - length[1])),
        "words of the block": with_block,
        "words of the author": with_author,
        "words": max(-1.5, min(1.5, 6 * (with_block - with_author))) if len(mine.words) >= 5 else 0.0,
        "odd persons": max(-2.0, min(3.0, mine.oddness_of_persons)),
        "odd habits": max(-1.5, min(2.0, mine.oddness_of_habits / 2)),
        "odd habits before": max(-1.5, min(2.0, manners[number - 1].oddness_of_habits / 2)),
    }


def _of_persons(manners: list[Manner], author: range, block: range, number: int) -> dict[str, float]:
    """The signs of person: "I", "we" and "you" tell voices apart where one of the two does not use them."""
    by_author, in_block = persons_of(manners, author), persons_of(manners, block)
    found: dict[str, float] = {}
    for person, name in ((SINGULAR, "I"), (PLURAL, "we"), (YOU, "you")):
        theirs = bool(in_block >> person & 1) and not by_author >> person & 1
        mine = bool(by_author >> person & 1) and not in_block >> person & 1
        found[f"{name} of the block"] = float(manners[number].says(person) and theirs)
        found[f"{name} of the author"] = float(manners[number].says(person) and mine)
        found[f"no {name}"] = float(not manners[number].says(person) and theirs)
    return found


def _of_after(page: Page, manners: list[Manner], introducing: int, number: int, names: set[str]) -> dict[str, float]:
    """Signs of the paragraph behind: where the author returns there, he need not have returned here."""
    text, mine, after = page.text, manners[number], manners[number + 1]
    start = page.paragraphs[number + 1][0]
    opening = page.lower[after.low : min(after.high, after.low + 30)]
    signs = {
        "then returns": RETURN_OPENERS.match(text, start) is not None,
        "then softly returns": SOFT_OPENERS.match(text, start) is not None,
        "then names the speaker": any(bare(word) in names for word in opening),
        "then he": bool(opening) and opening[0] in HE_OR_SHE,
        "then repeats": repeats(page, range(introducing + 1, number + 1), after.low, min(after.high, after.low + MAX_TOKENS)),
        "then a colon": after.high > after.low and page.lower[after.high - 1] == ":",
        "then takes up": len(mine.words & after.words) / max(5, len(mine.words)),
    }
    return {name: float(value) for name, value in signs.items()}


def bare(word: str) -> str:
    """The word without a possessive ending."""
    return word.removesuffix("'s").removesuffix("’s")


def _has_pair(page: Page, start: int, end: int) -> bool:
    at = bisect_left(page.outer, start, key=lambda pair: pair.open)
    return at < len(page.outer) and page.outer[at].open < end


def _is_reported(page: Page, cues: dict[str, Cue], low: int, high: int) -> bool:
    """Whether somebody is said to say something: a voice that speaks of speakers."""
    for token in range(low + 1, high):
        cue = cues.get(page.lower[token])
        if cue and cue.act == "say" and cue.form == "finite" and page.pair_of[token] == NO_PAIR:
            subject = subject_before(page, token, low)[0]
            if subject and subject.kind in ("name", "pronoun", "role") and page.lower[subject.start] not in OWN:
                return True
    return False


def repeats(page: Page, block: range, low: int, high: int) -> bool:
    """Whether words between marks were just said in the block: who repeats them is not who said them."""
    first = next((page.pair_of[token] for token in range(low, high) if page.pair_of[token] != NO_PAIR), NO_PAIR)
    if first == NO_PAIR:
        return False
    said = " ".join(
        " ".join(page.lower[page.tokens_before(start) : page.tokens_before(end)][:MAX_TOKENS])
        for start, end in (page.paragraphs[item] for item in block)
    )
    said = f" {said} "
    for pair in page.outer[first : first + 4]:
        words = [word for word in page.lower[page.token_at(pair.start) : page.tokens_before(pair.end)] if word[0].isalnum()]
        if (
            pair.open < page.starts[high - 1]
            and words
            and (len(words) > 1 or len(words[0]) >= CONTENT_WORD)
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


def _indent(text: str, start: int) -> int:
    """Columns before the paragraph on its line; a leading > counts as deep."""
    line = text.rfind("\n", max(0, start - 80), start) + 1
    lead = text[line:start] if line else text[max(0, start - 80) : start] if start < 80 else ""
    return (8 if text[start] == ">" else 0) + (len(lead.expandtabs(4)) if not lead.strip() else 0)


def _is_slanted(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is set in italics from end to end: *...*, _..._."""
    mark = text[start]
    return mark in "*_" and end - start > 2 and text[start + 1] != " " and text[end - 1] == mark
