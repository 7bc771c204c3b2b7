"""Who stands left or right of a cue: the subject phrase, found from closed word classes and capitals, without a parser."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import NO_PAIR, Page

MAX_PHRASE_TOKENS = 28  # longer subjects are clauses that were not recognised
_TITLES = lexicon.word_set(
    """
    mr mrs ms dr prof sen rep gov gen col lt capt sgt rev st hon pres jr sr messrs adm maj cmdr no inc corp co ltd llc
    """
)
_NAME_PARTICLES = lexicon.word_set("de da del della der van von zu zum la le di el al bin ibn ben abu dos du y ten ter")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start`..`end` that name a speaker. `kind`: name, pronoun, role, relative, other. `score`: 0..10,000, how sure."""

    start: int
    end: int
    kind: str
    score: int


def subject_before(page: Page, cue: int, floor: int) -> tuple[Phrase | None, int]:
    """The subject that ends before the verb at token `cue`, not reaching below token `floor`; and where the verb group begins.

    Auxiliaries, negations and adverbs before the verb belong to the verb group.
    """
    lower = page.lower
    at = cue - 1
    while at >= floor and (
        lower[at] in lexicon.AUXILIARIES
        or lower[at] in lexicon.ADVERBS
        or (lower[at].endswith("ly") and len(lower[at]) > 4 and lower[at].islower())
    ):
        if page.is_capitalised(at) and at > floor:
            break
        at -= 1
    verb_group = at + 1
    if at < floor or page.pair_of[at] != NO_PAIR:
        return None, verb_group
    word = lower[at]
    if word in lexicon.PRONOUNS:
        return Phrase(at, at + 1, "pronoun", 9000), verb_group
    if word == "who" or (word in ("which", "that") and at > floor and page.lower[at - 1] not in lexicon.PRONOUNS):
        antecedent = at - 1
        if antecedent >= floor and lower[antecedent] == ",":
            antecedent -= 1
        phrase = noun_phrase_before(page, antecedent, floor)
        return (Phrase(phrase.start, phrase.end, "relative", phrase.score // 2) if phrase else None), verb_group
    if word == ",":
        return _with_apposition(page, at, floor), verb_group
    return noun_phrase_before(page, at, floor), verb_group


def _with_apposition(page: Page, comma: int, floor: int) -> Phrase | None:
    """The phrase "NAME, a something of somewhere," whose second comma is at token `comma`."""
    lowest = max(floor, comma - MAX_PHRASE_TOKENS)
    for opening in range(comma - 1, lowest - 1, -1):
        if page.pair_of[opening] != NO_PAIR or page.lower[opening] in (":", ";", "—"):
            return None
        if page.lower[opening] == ",":
            head = noun_phrase_before(page, opening - 1, floor)
            if head is None and opening - 1 >= floor and page.lower[opening - 1] in lexicon.PRONOUNS:
                return Phrase(opening - 1, opening, "pronoun", 7000)
            if head and head.kind in ("name", "role"):
                inner = page.lower[opening + 1]
                is_adverbial = inner in lexicon.PREPOSITIONS or inner in lexicon.SUBORDINATORS or inner.endswith("ing")
                return Phrase(head.start, head.end if is_adverbial else comma, head.kind, head.score - 1000)
            if (opening - 1 >= floor and page.lower[opening - 1] == ",") or head is None:
                continue
            return None
    return None


def noun_phrase_before(page: Page, last: int, floor: int) -> Phrase | None:
    """The noun phrase whose last token is `last`."""
    if last < floor:
        return None
    lower, pair_of = page.lower, page.pair_of
    at = last
    if lower[at] == ")":
        while at > max(floor, last - 8) and lower[at] != "(":
            at -= 1
        at -= 1
    head = at
    lowest = max(floor, last - MAX_PHRASE_TOKENS)
    start = last + 1
    while at >= lowest and pair_of[at] == NO_PAIR:
        word = lower[at]
        if not word[0].isalnum():
            is_dot = (
                word == "."
                and at > lowest
                and (lower[at - 1] in _TITLES or len(lower[at - 1]) == 1 or lower[at - 1] in ("u.s", "u.n", "u.k"))
            )
            if not is_dot and word not in ("&", "%", "$"):
                break
        elif word in lexicon.SUBORDINATORS:
            # "Poe and Roe said" is one phrase, "he won and Roe said" is not.
            joins_names = word == "and" and at > lowest and at < last and page.is_capitalised(at - 1) and page.is_capitalised(at + 1)
            if not joins_names or lower[at - 1] in lexicon.OPENING_ADVERBS:
                break
        elif word in lexicon.AUXILIARIES or word in lexicon.PRONOUNS:
            break
        elif word in lexicon.PREPOSITIONS:
            if at == last or at == lowest:
                break
            if word not in ("of", "for", "from", "at", "with", "in", "on", "to", "by") or lower[at - 1] in _VERBS_BEFORE_PREPOSITION:
                break
            if (
                word in ("on", "in", "to", "by", "at", "with")
                and not page.is_capitalised(at + 1)
                and lower[at + 1] not in lexicon.DETERMINERS
            ):
                break
        elif word in lexicon.cues("en") and lexicon.cues("en")[word].form != "base" and at != last and not page.is_capitalised(at):
            break
        start = at
        if word in lexicon.DETERMINERS or word in lexicon.POSSESSIVES:
            before = at - 1
            if before < lowest or lower[before] not in ("of", "for", "from", "at", "with", "in"):
                break
        at -= 1
    return _trimmed(page, start, last + 1, head)


_VERBS_BEFORE_PREPOSITION = lexicon.word_set("is was are were be been being said says spoke went came made according back up out , and")


def _trimmed(page: Page, start: int, end: int, head: int) -> Phrase | None:
    """The phrase without what only opens the sentence ("But", "On Tuesday"), and what it is."""
    lower = page.lower
    while start < end - 1 and (
        lower[start] in lexicon.OPENING_ADVERBS
        and not (page.is_capitalised(start) and lower[start] in ("may", "march", "second", "first", "last"))
    ):
        start += 1
    if start < end and lower[start] in lexicon.PREPOSITIONS:
        # "In a statement Poe": what follows the last lower-case word.
        at = end - 1
        while at > start and (page.is_capitalised(at) or lower[at] == "."):
            at -= 1
        start = at + 1
    if start >= end:
        return None
    return Phrase(start, end, *_kind(page, start, end, min(head, end - 1)))


def _kind(page: Page, start: int, end: int, head: int) -> tuple[str, int]:
    words = page.lower[start:end]
    if words[0] in lexicon.OPENING_ADVERBS and len(words) == 1:
        return "other", 500
    if page.lower[head] in lexicon.TIME_WORDS:
        return "other", 1500
    n_capitals = sum(page.is_capitalised(token) for token in range(start, end))
    if page.is_capitalised(head) and (n_capitals > 1 or start > 0) and page.lower[head] not in lexicon.DETERMINERS:
        return "name", 8500
    if any(word in lexicon.ROLES for word in words):
        return "role", 7500
    if n_capitals:
        return "name", 5500
    if words[0] in lexicon.DETERMINERS or words[0] in lexicon.POSSESSIVES:
        return "other", 4000 if len(words) > 1 else 5000
    return "other", 3500 if words[-1].endswith("s") else 1500


def subject_after(page: Page, first: int, ceiling: int) -> Phrase | None:
    """The subject of an inverted cue ("said Ann Poe, a clerk at the mill"): the noun phrase that begins at token `first`."""
    lower, pair_of = page.lower, page.pair_of
    at = first
    top = min(ceiling, first + MAX_PHRASE_TOKENS)
    if at >= top or pair_of[at] != NO_PAIR:
        return None
    if lower[at] in lexicon.PRONOUNS:
        return Phrase(at, at + 1, "pronoun", 8000) if lower[at] != "it" else None
    if not (
        page.is_capitalised(at)
        or lower[at] in lexicon.DETERMINERS
        or lower[at] in lexicon.FOREIGN_DETERMINERS
        or lower[at] in lexicon.POSSESSIVES
        or lower[at] in lexicon.ROLES
    ):
        return None
    if lower[at] in lexicon.TIME_WORDS or lower[at] in ("that", "this", "no", "any", "all", "each", "not"):
        return None
    end = _name_end(page, at, top)
    if end <= at:
        return None
    head = end - 1
    while head > at and not lower[head][0].isalnum():
        head -= 1
    kind, score = _kind(page, at, end, head)
    # An apposition: ", a clerk at the mill", ", 34,", ", who runs the mill"
    if end < top and lower[end] == "," and end + 1 < top and pair_of[end] == NO_PAIR:
        following = lower[end + 1]
        begins_apposition = (
            following in lexicon.DETERMINERS or following in ("who", "whose") or following in lexicon.ROLES or following.isdigit()
        )
        begins_apposition = begins_apposition or (
            page.is_capitalised(end + 1) and following not in lexicon.OPENING_ADVERBS and kind == "name"
        )
        if begins_apposition or (following in _APPOSITION_OPENERS):
            stop = end + 1
            while stop < top and pair_of[stop] == NO_PAIR and lower[stop] not in (",", ";", ":", "—") and not _is_stop(page, stop):
                stop += 1
            if stop - end > 1:
                end = stop
    return Phrase(at, end, kind, score)


_APPOSITION_OPENERS = lexicon.word_set("former formerly now co-founder senior deputy assistant vice executive another one also head")


def _is_stop(page: Page, token: int) -> bool:
    """Whether the token is a full stop that ends the sentence (not that of a title or an initial)."""
    if page.lower[token] not in (".", "!", "?"):
        return False
    before = page.lower[token - 1]
    return not (before in _TITLES or (len(before) == 1 and before.isalpha()) or before in ("u.s", "u.n", "u.k"))


def _name_end(page: Page, first: int, top: int) -> int:
    """Where the noun phrase that begins at `first` ends, to the right."""
    lower = page.lower
    at = first
    while at < top and page.pair_of[at] == NO_PAIR:
        word = lower[at]
        if word == "(":
            close = at
            while close < min(top, at + 8) and lower[close] != ")":
                close += 1
            if close < top and lower[close] == ")":
                at = close + 1
                continue
            break
        if word == ".":
            if _is_stop(page, at):
                break
        elif not word[0].isalnum() and word not in ("&",):
            break
        elif word in ("of", "for"):
            if at == first or at + 1 >= top:
                break
        elif word == "and":
            if at + 1 >= top or not page.is_capitalised(at + 1) or at == first:
                break
        elif at > first and word in _NAME_PARTICLES and at + 1 < top and page.is_capitalised(at + 1):
            pass
        elif at > first and word in lexicon.DETERMINERS:
            if lower[at - 1] not in ("of", "for"):
                break
        elif at > first and (
            word in lexicon.PREPOSITIONS or word in lexicon.SUBORDINATORS or word in lexicon.AUXILIARIES
            or word in lexicon.TIME_WORDS or word in lexicon.PRONOUNS or word.endswith(("ly", "ing"))
        ):  # fmt: skip
            break
        elif at > first and not page.is_capitalised(at) and lower[at - 1] not in lexicon.DETERMINERS and page.is_capitalised(at - 1) and (
            word not in lexicon.ROLES and not word.endswith(("er", "or", "ist", "man", "woman"))
        ) and any(page.is_capitalised(token) and lower[token] not in lexicon.DETERMINERS for token in range(first, at)):  # fmt: skip
            # "said Poe yesterday": after a name only nouns of office go on
            following = at + 1
            if not (following < top and page.is_capitalised(following) and lower[following] not in lexicon.TIME_WORDS):
                break
        at += 1
    return at
