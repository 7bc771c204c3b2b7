"""Who stands left or right of a cue: the subject phrase, found from closed word classes and capitals, without a parser."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.time_names import closes_name, opens_name

MAX_APPOSITION_TOKENS = 45  # "Ann Poe, a clerk at the mill who has kept its books since the flood, said"
_DASHES = ("—", "–", "-")
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
    while at >= floor and _belongs_to_verb(page, at):
        at -= 1
    verb_group = at + 1
    at = _before_time(page, at, floor)
    if at < floor or page.pair_of[at] != NO_PAIR:
        return None, verb_group
    word = lower[at]
    if word in lexicon.PRONOUNS:
        return Phrase(at, at + 1, "pronoun", 9000), verb_group
    if word == "who" or (word in ("which", "that") and at > floor and page.lower[at - 1] not in lexicon.PRONOUNS):
        return Phrase(at, at + 1, "relative", 5000 if word == "who" else 2500), verb_group
    if word in _DASHES or word == ",":
        return _with_apposition(page, at, floor), verb_group
    return noun_phrase_before(page, at, floor), verb_group


def _before_time(page: Page, last: int, floor: int) -> int:
    """The token before "on Tuesday", "late Friday night", "last week" that end at `last`; `last` where none of them does."""
    lower = page.lower
    if lower[last] not in _DAY_WORDS or last <= floor or closes_name(page.words, last):
        return last
    at = last - 1
    while at > floor and (lower[at] in _DAY_WORDS or lower[at] in _BEFORE_DAYS):
        at -= 1
    is_end_of_phrase = page.pair_of[at] == NO_PAIR and lower[at] not in lexicon.SUBORDINATORS
    return at if is_end_of_phrase and (page.words[at][0].isalnum() or lower[at] in (")", ",")) else last


_DAY_WORDS = lexicon.word_set(
    "monday tuesday wednesday thursday friday saturday sunday week month year morning afternoon evening night today yesterday tonight"
)
_BEFORE_DAYS = lexicon.word_set("on in late early last this that earlier the same")


def _belongs_to_verb(page: Page, token: int) -> bool:
    word = page.lower[token]
    if page.is_capitalised(token) and page.words[token].isascii():
        return False
    return (
        (page.language in ("fr", "es", "de") and word in FOREIGN_AUXILIARIES)
        or word in lexicon.AUXILIARIES
        or word in lexicon.ADVERBS
        or word in ("yesterday", "today", "tonight", "earlier", "recently")
        or (word.endswith("ly") and len(word) > 4)
    )


FOREIGN_AUXILIARIES = lexicon.word_set("a ont avait avaient hat haben hatte hatten ha han había habían")


def _with_apposition(page: Page, comma: int, floor: int) -> Phrase | None:
    """The phrase "NAME, a something of somewhere," whose second comma (or dash) is at token `comma`.

    Of several commas before, the nearest one counts whose phrase opens the clause; else the nearest that follows a name.
    """
    lower = page.lower
    marks = (",",) if lower[comma] == "," else _DASHES
    lowest = max(floor, comma - MAX_APPOSITION_TOKENS)
    nearest: Phrase | None = None
    for opening in range(comma - 1, lowest, -1):
        if page.pair_of[opening] != NO_PAIR or lower[opening] in (":", ";"):
            break
        if lower[opening] not in marks or opening + 1 >= comma:
            continue
        if lower[opening - 1] in lexicon.PRONOUNS:
            return Phrase(opening - 1, opening, "pronoun", 7000)
        head = noun_phrase_before(page, opening - 1, floor)
        if head is None or head.kind not in ("name", "role"):
            continue
        inner = lower[opening + 1]
        is_adverbial = inner in lexicon.PREPOSITIONS or (inner in lexicon.SUBORDINATORS and inner not in ("who", "which", "whose", "as"))
        is_adverbial = is_adverbial or inner.endswith("ing") or inner in lexicon.ADVERBS or inner in ("too", "however")
        phrase = Phrase(head.start, head.end if is_adverbial else comma, head.kind, head.score - 1000)
        opens_clause = (
            head.start == floor
            or page.pair_of[head.start - 1] != NO_PAIR
            or (lower[head.start - 1] in lexicon.SUBORDINATORS or lower[head.start - 1] in lexicon.OPENING_ADVERBS)
        )
        if opens_clause:
            return phrase
        nearest = nearest or phrase
    return nearest


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
            is_possessive = word in "'’" and at > lowest and lower[at - 1].endswith("s") and at < last
            if word == "," and at < last:
                listed = _list_before(page, at, start, lowest)
                if listed is not None:
                    start = listed
                break
            if not is_dot and not is_possessive and word not in ("&", "%", "$", "/"):
                break
        elif word in lexicon.SUBORDINATORS:
            # "Poe and Roe said" is one phrase, "he won and Roe said" is not.
            joins_names = word == "and" and at > lowest and at < last and page.is_capitalised(at - 1) and page.is_capitalised(at + 1)
            if not joins_names or lower[at - 1] in lexicon.OPENING_ADVERBS:
                break
        elif (
            (word in lexicon.AUXILIARIES and not closes_name(page.words, at))
            or word in lexicon.PRONOUNS
            or word in ("him", "them", "me", "us", "himself", "herself", "themselves")
        ):
            break
        elif word in lexicon.PREPOSITIONS:
            if at in (last, lowest):
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


def _list_before(page: Page, comma: int, start: int, lowest: int) -> int | None:
    """Where a list ("voters in Ohio, Iowa and Maine") or a place ("Ann Poe of Norton, Kent") that goes on after the comma begins."""
    has_and = any(
        page.lower[token] == "and" for token in range(start, min(len(page.lower), start + MAX_PHRASE_TOKENS)) if token <= start + 6
    )
    if (not page.is_capitalised(start) and not has_and) or page.lower[start] in lexicon.OPENING_ADVERBS:
        return None
    before = noun_phrase_before(page, comma - 1, max(lowest, comma - 14))
    if before is None or before.kind not in ("name", "role"):
        return None
    previous = page.lower[before.start - 1] if before.start > 0 else "."
    opens = (
        before.start == 0 or previous in (".", ":", ";") or page.pair_of[before.start - 1] != NO_PAIR or previous in lexicon.SUBORDINATORS
    )
    is_place = " of " in (page.text[page.starts[before.start] : page.ends[before.end - 1]]) or has_and
    return before.start if opens and is_place and page.lower[before.start] not in lexicon.PREPOSITIONS else None


_VERBS_BEFORE_PREPOSITION = lexicon.word_set("is was are were be been being said says spoke went came made according back up out , and")


def _trimmed(page: Page, start: int, end: int, head: int) -> Phrase | None:
    """The phrase without what only opens the sentence ("But", "On Tuesday"), and what it is."""
    lower = page.lower
    while start < end - 1 and (
        lower[start] in lexicon.OPENING_ADVERBS
        and not (page.is_capitalised(start) and lower[start] in ("may", "march", "second", "first", "last"))
        and not (lower[start] in lexicon.TIME_WORDS and opens_name(page.words, start, page.opens_unit(start)))
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
    if page.lower[head] in lexicon.TIME_WORDS and not closes_name(page.words, head):
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
    is_time = lower[at] in lexicon.TIME_WORDS and not opens_name(page.words, at, False)
    if is_time or lower[at] in ("that", "this", "no", "any", "all", "each", "not"):
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
            following in lexicon.DETERMINERS
            or following in ("who", "whose")
            or following in lexicon.ROLES
            or (following.isdigit() and end + 2 < top and lower[end + 2] in (",", "."))
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
        elif at > first and word in lexicon.DETERMINERS and word not in ("most", "other", "many", "several"):
            if lower[at - 1] not in ("of", "for"):
                break
        elif at > first and (
            word in lexicon.PREPOSITIONS or word in lexicon.SUBORDINATORS
            or (word in lexicon.AUXILIARIES and not closes_name(page.words, at))
            or word in lexicon.PRONOUNS or (word.endswith(("ly", "ing")) and not page.is_capitalised(at))
            or (word in lexicon.TIME_WORDS and not opens_name(page.words, at, False) and not closes_name(page.words, at))
        ):  # fmt: skip
            break
        elif at > first and lower[at - 1].endswith(("'s", "’s")):
            pass
        elif at > first and not page.is_capitalised(at) and lower[at - 1] not in lexicon.DETERMINERS and page.is_capitalised(at - 1) and (
            word not in lexicon.ROLES and not word.endswith(("er", "or", "ist", "man", "woman"))
        ) and any(page.is_capitalised(token) and lower[token] not in lexicon.DETERMINERS for token in range(first, at)):  # fmt: skip
            # "said Poe yesterday": after a name only nouns of office go on
            following = at + 1
            if not (following < top and page.is_capitalised(following) and lower[following] not in lexicon.TIME_WORDS):
                break
        at += 1
    return at
