"""What speaks for and against words of another: signs of the sentence before, of the paragraph itself, of the ones after it."""

from __future__ import annotations

import re
from itertools import pairwise

from firstsaid.parsing import lexicon
from firstsaid.parsing.blocks.introductions import (
    COLONS,
    EDITORIAL,
    HANDING_ON,
    HERE,
    LIST_NOUNS,
    LISTING,
    PRESENTING,
    QUOTING,
    Introduction,
    by_cue,
    closing_of,
)
from firstsaid.parsing.blocks.manners import (
    HABITS,
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
from firstsaid.parsing.blocks.returning_voice import (
    DEMONSTRATIVES,
    MAX_LOOK_BACK,
    RETURN_OPENERS,
    SOFT_OPENERS,
    THEIR_TEXTS,
    bare,
    repeats,
)
from firstsaid.parsing.blocks.sentence_signs import around, of_sentence, openings_of, small_words_of
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.whose_words import HE_SHE as HE_OR_SHE
from firstsaid.parsing.who.whose_words import MAX_SENTENCE_TOKENS, OWN, has_any

_FOLLOWING = lexicon.word_set("following follows below folgende folgendes folgt suivant suivante suit siguiente sigue")
_NUMBERS = lexicon.word_set("two three four five several few some many another zwei drei einige deux trois quelques dos tres algunos")
_LINKS = lexicon.word_set("this that these those but so and however also then dies das aber und mais et cela ce pero y esto eso")
_ARTICLES = lexicon.word_set("the a an der die das ein eine le la les un une el los las una")
_FROM = lexicon.word_set("from aus von de according as per via wie comme como in")
_POSSESSIVES = lexicon.word_set("his her their its sein seine ihr ihre son sa ses leur su sus")
_YOUS = lexicon.word_set("you your")
_CONDITIONS = lexicon.word_set("if when while although though because since as in on at with for it there i'm we it's it’s")
_PLACE = re.compile(r"(?:\(?(?:p\.|pp\.|ch\.|chapter|§|\d{4}|\d{1,3})[^()]{0,20}\)?|\))\W{0,2}$")  # "(p. 12)" at an end
_OPENING = 30  # tokens in which a paragraph shows whose it is
_NEAR = 6  # tokens before the colon


def beginning(
    page: Page, cues: dict[str, Cue], manners: list[Manner], index: int, unit: int, introduction: Introduction
) -> dict[str, float]:
    """Signs that paragraph `index`, whose last sentence is `unit`, introduces and the next is in another's words; most are 0 or 1.

    Signs of the whole page are `signs_of_page`.
    """
    signs = introducing(page, cues, index, unit, introduction) | sounding(page, cues, manners, index, unit)
    signs["a name says and a new person"] = signs["a name says"] * signs["new person"]
    signs["somebody says and it is long"] = max(signs["a name says"], signs["he says"]) * signs["next is longish"]
    signs["nobody says but a new person"] = (1 - signs["cue"]) * signs["new person"]
    return signs


def introducing(page: Page, cues: dict[str, Cue], index: int, unit: int, introduction: Introduction | None = None) -> dict[str, float]:
    """The signs of the sentence alone. Without an introduction the verb of saying with its subject stands for it."""
    names = capitalised(page, *page.units[unit])
    signs, found = _of_introduction(page, cues, index, unit, bool(names), len(names) > 1)
    introduction = introduction or found or Introduction(None, None, 0)
    signs["score"] = max(-3.0, min(8.0, introduction.score)) / 4
    signs["a speaker"] = float(introduction.speaker is not None)
    signs["a named speaker"] = float(introduction.speaker is not None and introduction.speaker.kind in ("name", "role"))
    signs["goes on"] = float(introduction.goes_on)
    return signs | of_sentence(page, cues, index, unit) | small_words_of(page, unit)


def sounding(page: Page, cues: dict[str, Cue], manners: list[Manner], index: int, unit: int) -> dict[str, float]:
    """The signs of the next paragraph and of those behind it."""
    names = capitalised(page, *page.units[unit])
    signs = _of_next(page, cues, manners, index, names)
    signs |= _of_voices(manners, range(max(0, index - MAX_LOOK_BACK), index + 1), index + 1)
    signs |= _of_after(page, manners, index, names)
    return signs | around(manners, index) | openings_of(page, manners, index)


def signs_of_page(page: Page) -> dict[str, float]:
    """What a page is like: shares of its paragraphs.

    Programs are explained behind colons and news reports: code, lists, final colons, "said"; short and long ones, such in marks.
    """
    n = min(len(page.paragraphs), _MAX_PAGE)
    heads = [page.text[start : min(end, start + 300)] for start, end in page.paragraphs[:n]]
    lengths = [page.tokens_before(end) - page.tokens_before(start) for start, end in page.paragraphs[:n]]
    return {
        "page of code": sum(_CODE.search(head) is not None for head in heads) / n,
        "page of lists": sum(_ITEM.match(head) is not None for head in heads) / n,
        "page of colons": min(0.3, sum(page.text[end - 1] in COLONS for _, end in page.paragraphs[:n]) / n) * 3,
        "page of reports": sum(_REPORT.search(head) is not None for head in heads) / n,
        "page short": sum(length < _SHORT for length in lengths) / n,
        "page long paragraphs": sum(length > _LONG for length in lengths) / n,
        "page in marks": sum(head[0] in '"“«' for head in heads) / n,
        "essay": float(page.is_essay),
    }


_SHORT, _LONG = 15, 80  # tokens of a paragraph
_MAX_PAGE = 100  # paragraphs that show what a page is about
_CODE = re.compile(r"[{}<>=$\\]|\w\(\)|\w_\w|\b[a-z]+[A-Z]\w|\w\.\w+\(|\.(?:py|js|md|html|rs|go|c|sh)\b")
_REPORT = re.compile(r"\b(?:said|told|sagte|déclaré|dijo)\b")
_ITEM = re.compile(r"[-*•‣·]\s|\(?\d{1,2}[.)]\s")


def capitalised(page: Page, low: int, high: int) -> set[str]:
    """The capitalised words of a sentence but for its first, in lower case."""
    return {
        bare(page.lower[token])
        for token in range(max(low + 1, high - MAX_SENTENCE_TOKENS), high)
        if len(page.words[token]) > 2
        and page.words[token][0].isupper()
        and page.lower[token] not in lexicon.SMALL_CLASSES
        and page.lower[token] not in lexicon.TIME_WORDS
    }


def _of_introduction(
    page: Page, cues: dict[str, Cue], index: int, unit: int, has_name: bool, has_names: bool
) -> tuple[dict[str, float], Introduction | None]:
    first, end = page.units[unit]
    is_alone = page.paragraphs[index][0] >= page.starts[first]
    last = closing_of(page, first, end)
    first = max(first, last - MAX_SENTENCE_TOKENS)
    lower = page.lower[first:last]
    near, opening = lower[-_NEAR:], lower[0] if lower else ""
    found = by_cue(page, cues, first, last, ends_in_colon=True)
    kind = found.speaker.kind if found is not None and found.speaker is not None else ""
    is_own = found is not None and found.speaker is not None and page.lower[found.speaker.start] in OWN
    is_others = found is not None and found.score > 0 and not is_own
    signs = {
        "tiny": len(lower) <= 4, "short": len(lower) <= 10, "middling": len(lower) <= 20, "alone": is_alone,
        "paragraph short": end - page.tokens_before(page.paragraphs[index][0]) <= 25,
        "a name says": is_others and kind in ("name", "role"), "he says": is_others and kind in ("pronoun", "relative"),
        "something says": is_others and kind not in ("name", "role", "pronoun", "relative"),
        "I say": found is not None and not is_others and not is_own, "I said": is_own,
        "cue last": any(word in cues and cues[word].act in ("say", "ask") for word in lower[-2:]),
        "cue": any(word in cues and cues[word].act == "say" for word in lower),
        "cue asks": any(word in cues and cues[word].act == "ask" for word in near), "cue first": opening in cues,
        "text noun near": has_any(near, lexicon.TEXT_NOUNS), "text noun": has_any(lower, lexicon.TEXT_NOUNS),
        "work noun": has_any(lower, lexicon.WORK_NOUNS),
        "presents": has_any(lower, PRESENTING), "presents near": has_any(near, PRESENTING), "quotes": has_any(lower, QUOTING),
        "here is": HERE.match(page.text, page.starts[first]) is not None, "from": opening in _FROM,
        "following": has_any(near, _FOLLOWING), "hands on": has_any(lower, HANDING_ON),
        "list noun": has_any(lower, LIST_NOUNS), "listing": bool(lower) and lower[-1] in LISTING,
        "number": any(word in _NUMBERS or (word.isdigit() and len(word) < 3) for word in lower),
        "editorial": EDITORIAL.search(page.text[page.starts[first] : page.ends[end - 1]][-80:]) is not None,
        "name": has_name, "names": has_names, "owner": any(word.endswith(("'s", "’s")) for word in near),
        "his": has_any(near, _POSSESSIVES), "he": has_any(lower, HE_OR_SHE),
        "opens with I": opening in OWN, "I in it": has_any(lower, OWN), "you in it": has_any(lower, _YOUS),
        "ends between marks": page.pair_of[last] != NO_PAIR or (last > first and page.pair_of[last - 1] != NO_PAIR),
        "has marks": any(page.pair_of[token] != NO_PAIR for token in range(first, last)),
        "place": _PLACE.search(page.text[page.starts[first] : page.ends[last]][-40:]) is not None,
        "year": any(word.isdigit() and len(word) == 4 for word in lower),
    }  # fmt: skip
    return {name: float(value) for name, value in signs.items()}, found


def _of_next(page: Page, cues: dict[str, Cue], manners: list[Manner], index: int, names: set[str]) -> dict[str, float]:
    text, manner = page.text, manners[index + 1]
    start, stop = page.paragraphs[index + 1]
    opening = page.lower[manner.low : min(manner.high, manner.low + _OPENING)]
    word, n_tokens = opening[0] if opening else "", manner.high - manner.low
    signs = {
        "next breaks in": text[start] in "…[(" or text.startswith("...", start), "next starts small": text[start].islower(),
        "next returns": RETURN_OPENERS.match(text, start) is not None, "next softly returns": SOFT_OPENERS.match(text, start) is not None,
        "next opens with a link": word in _LINKS, "next opens with an article": word in _ARTICLES,
        "next opens with he": word in HE_OR_SHE, "next opens with I": word in OWN, "next opens with a condition": word in _CONDITIONS,
        "next names him": any(bare(other) in names for other in opening),
        "next ends on a colon": manner.high > manner.low and page.lower[manner.high - 1] in COLONS,
        "next ends on a place": _PLACE.search(text[max(start, stop - 40) : stop]) is not None,
        "next has no stop": text[stop - 1].isalnum(),
        "next is brief": n_tokens <= 15, "next is longish": n_tokens > 60, "next is long": n_tokens > 120,
        "next asks": "?" in text[start : min(stop, start + 300)],
        "next says": any(other in cues and cues[other].act == "say" and cues[other].form == "finite" for other in opening),
        "odd persons": max(-2.0, min(3.0, manner.oddness_of_persons)), "odd habits": max(-1.5, min(2.0, manner.oddness_of_habits / 2)),
        "odder than before": max(-1.5, min(2.0, (manner.oddness_of_habits - manners[index].oddness_of_habits) / 2)),
    }  # fmt: skip
    return {name: float(value) for name, value in signs.items()}


def _of_voices(manners: list[Manner], author: range, block: int) -> dict[str, float]:
    """How the persons and habits of paragraph `block` differ from those of the author's paragraphs."""
    by_author, habits = habits_of(manners, author), manners[block].habits
    new = habits & ~by_author
    signs: dict[str, float] = {f"new {habit}": float(new >> bit & 1) for bit, habit in enumerate(HABITS)}
    signs["new habits"] = float(min(3, new.bit_count()))
    signs["apostrophe changes"] = float(apostrophe(habits) * apostrophe(by_author) < 0)
    said = persons_of(manners, author)
    for person, name in ((SINGULAR, "I"), (PLURAL, "we"), (YOU, "you"), (HE_SHE, "he")):
        before, now = bool(said >> person & 1), manners[block].says(person)
        signs[f"new {name}"] = float(now and not before)
        signs[f"both {name}"] = float(now and before)
        signs[f"lost {name}"] = float(before and not now)
    signs["new person"] = max(signs["new I"], signs["new we"], signs["new you"])
    signs["more past"] = max(-1.0, min(1.0, 10 * (manners[block].past - mean_of(manners, author, past=True))))
    signs["longer words"] = max(-1.5, min(1.5, manners[block].length - mean_of(manners, author, past=False)))
    words = manners[block].words
    signs["shared words"] = len(words & words_of(manners, author)) / max(5, len(words))
    return signs


def _of_after(page: Page, manners: list[Manner], index: int, names: set[str]) -> dict[str, float]:
    """Signs of the two paragraphs behind the next one: the author takes up what was quoted."""
    if index + 2 >= len(page.paragraphs):
        return {"last of all": 1.0}
    text, block, manner = page.text, manners[index + 1], manners[index + 2]
    start = page.paragraphs[index + 2][0]
    opening = page.lower[manner.low : min(manner.high, manner.low + _OPENING)]
    signs = {
        "then returns": RETURN_OPENERS.match(text, start) is not None, "then softly returns": SOFT_OPENERS.match(text, start) is not None,
        "then names him": any(bare(word) in names for word in opening), "then he": bool(opening) and opening[0] in HE_OR_SHE,
        "then this passage": any(one in DEMONSTRATIVES and other in THEIR_TEXTS for one, other in pairwise(opening)),
        "then I": manner.says(SINGULAR) and not block.says(SINGULAR), "then starts small": text[start].islower(),
        "then repeats": repeats(page, range(index + 1, index + 2), manner.low, min(manner.high, manner.low + MAX_TOKENS)),
        "then takes up": len(block.words & manner.words) / max(5, len(block.words)),
        "then has marks": any(page.pair_of[token] != NO_PAIR for token in range(manner.low, min(manner.high, manner.low + 2 * _OPENING))),
    }  # fmt: skip
    if index + 3 < len(page.paragraphs):
        later = manners[index + 3]
        signs["later repeats"] = repeats(page, range(index + 1, index + 3), later.low, min(later.high, later.low + MAX_TOKENS))
        signs["later returns"] = RETURN_OPENERS.match(text, page.paragraphs[index + 3][0]) is not None
    return {name: float(value) for name, value in signs.items()}
