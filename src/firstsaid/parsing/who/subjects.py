"""Who stands beside a cue in languages other than English: the subject phrase, from small word classes, capitals and punctuation.

Scripts without capitals (Arabic, Persian) give phrases by position and by the words that cannot belong to one.
"""

from __future__ import annotations

from firstsaid.parsing.grammars import Grammar, grammar
from firstsaid.parsing.lexicon import cues, word_set
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import Phrase

MAX_PHRASE_TOKENS = 12  # "le président de la région Auvergne-Rhône-Alpes Luc Garnier" has nine; longer ones are clauses
MAX_CAPLESS_TOKENS = 5  # in scripts without capitals nothing else ends a phrase before the next particle
MAX_CLAUSE_TOKENS = 40  # how far before a verb its clause may begin
_INITIAL = 2  # letters of an initial or of an abbreviated title before a full stop ("Dr.", "A.")


def split_elision(word: str) -> tuple[str, str]:
    """The elided small word and the rest: "l'association" is ("l", "association"); ("", word) where nothing is elided."""
    for mark in ("'", "’"):
        lead, found, rest = word.partition(mark)
        if found and rest and len(lead) <= 4:
            return lead, rest
    return "", word


def phrase_from(page: Page, first: int, ceiling: int) -> Phrase | None:
    """The pronoun or noun phrase whose first token is `first`, ending before `ceiling`."""
    if first >= ceiling:
        return None
    words = grammar(page.language or "")
    if page.lower[first] in words.pronouns:
        return Phrase(first, first + 1, "pronoun", 8500)
    end = _phrase_end(page, words, first, min(ceiling, first + MAX_PHRASE_TOKENS))
    while end > first and (not page.words[end - 1][0].isalnum() or page.lower[end - 1] in words.links):
        end -= 1
    if end <= first:
        return None
    kind, score = _kind(page, words, first, end)
    return Phrase(first, end, kind, score) if score else None


def _phrase_end(page: Page, words: Grammar, first: int, top: int) -> int:
    known = cues(page.language or "")
    is_capless = page.language in ("ar", "fa")
    after_name = False
    at = first
    while at < top and page.pair_of[at] == page.pair_of[first]:
        word = page.lower[at]
        if not word[0].isalnum():
            is_dot = word == "." and at > first and len(page.words[at - 1]) <= _INITIAL and page.words[at - 1][0].isupper()
            if not is_dot:
                break
            at += 1
            continue
        elided = split_elision(word)[0]
        is_large = page.words[at][0].isupper() and not is_capless
        if word in words.links:
            is_article = at == first and word in words.determiners
            if not is_article and (at == first or (after_name and not _leads_to_capital(page, words, at, top))):
                break
        elif word in words.determiners or elided in words.determiners:
            if at > first and page.lower[at - 1] not in words.links:
                break
        elif (
            word in words.stops
            or (word in words.times and not (is_large and page.language != "de"))  # Julio Bazán is no July
            or word in words.conjunctions
            or elided in words.stops
            or (word in words.auxiliaries and not is_large)
            or (at > first and word in words.pronouns)
        ) or (word in known and not is_large and (at > first or is_capless)):
            break
        elif is_capless:
            if at - first >= MAX_CAPLESS_TOKENS or (page.language == "ar" and at > first and word.startswith(("لل", "بال", "وال", "كال"))):
                break
        elif is_large:
            after_name = after_name or at > first or page.language == "de"
        elif (after_name and not is_large and page.language != "de" and elided not in words.links) or (
            page.language == "de" and not is_large and at > first and page.lower[at - 1] not in words.determiners | words.links
        ):
            break
        at += 1
    return at


def _leads_to_capital(page: Page, words: Grammar, at: int, top: int) -> bool:
    """Whether a capitalised word follows after small linking words only: "de la Cruz", "von Roten"."""
    while at < top and (page.lower[at] in words.links or page.lower[at] in words.determiners):
        at += 1
    return at < top and page.words[at][0].isupper()


def _kind(page: Page, words: Grammar, first: int, end: int) -> tuple[str, int]:
    """What a phrase is and how sure; score 0 where it is none."""
    large = [at for at in range(first, end) if page.words[at][0].isupper() and page.lower[at] not in words.determiners]
    has_determiner = page.lower[first] in words.determiners or split_elision(page.lower[first])[0] in words.determiners
    if page.language in ("ar", "fa"):
        return ("name", 7500) if end - first > 1 else ("name", 7000)
    if page.language == "de":
        if len(large) > 1 or (large and not has_determiner):
            return "name", 8000
        return ("role", 7000) if has_determiner and large else ("other", 0)
    if large and not (len(large) == 1 and large[0] == first and page.opens_unit(first) and end - first == 1 and not _is_name(page, first)):
        return "name", 8500
    if has_determiner:
        return ("role", 7000) if end - first > 1 or "'" in page.lower[first] or "’" in page.lower[first] else ("other", 0)
    return ("role", 5000) if end - first <= 3 else ("other", 0)


def _is_name(page: Page, token: int) -> bool:
    """Whether a word that opens its sentence is a name: it is no small word."""
    words = grammar(page.language or "")
    word = page.lower[token]
    return not (word in words.stops or word in words.links or word in words.auxiliaries or word in words.times)


def subject_after(page: Page, first: int, ceiling: int) -> Phrase | None:
    """The subject of an inverted cue, which begins at or soon after `first`: "dijo ayer Ana Robles", "sagte sie", "a-t-elle répondu"."""
    words = grammar(page.language or "")
    at = first
    pair = page.pair_of[first - 1] if first else NO_PAIR  # the verb's: words between marks are never the subject of one outside
    while at < min(ceiling, first + 8):
        word = page.lower[at]
        is_before_time = word in words.stops and at + 1 < ceiling and page.lower[at + 1] in words.times
        is_small = word in words.auxiliaries or word in words.times or word == "-" or is_before_time
        if not is_small or word in words.pronouns:
            break
        at += 1
    found = phrase_from(page, at, ceiling) if at < ceiling and page.pair_of[at] == pair else None
    return _with_apposition(page, words, found, ceiling) if found else None


def _with_apposition(page: Page, words: Grammar, phrase: Phrase, ceiling: int) -> Phrase:
    """The phrase with the name that follows its office after a comma: "la maire de Lyon, Anne Poe"."""
    at = phrase.end
    if phrase.kind != "role" or at + 1 >= ceiling or page.lower[at] not in (",", "،"):
        return phrase
    name = phrase_from(page, at + 1, ceiling)
    if name is None or name.kind != "name" or page.language in ("ar", "fa", "de") or not page.words[at + 1][0].isupper():
        return phrase
    return Phrase(phrase.start, name.end, "role", phrase.score)


def subject_before(page: Page, verb: int, floor: int) -> tuple[Phrase | None, int]:
    """The subject of a cue that follows it, and where the verb group begins; the phrase opens the clause, not a preposition."""
    words = grammar(page.language or "")
    at = verb - 1
    while at >= floor and (page.lower[at] in words.auxiliaries or page.lower[at] == "-") and page.pair_of[at] == NO_PAIR:
        at -= 1
        if page.lower[at + 1] in words.auxiliaries and at >= floor and page.lower[at] in words.pronouns:
            return Phrase(at, at + 1, "pronoun", 8500), at + 1
    group = at + 1
    if at < floor or page.pair_of[at] != NO_PAIR:
        return None, group
    if page.lower[at] in words.pronouns:
        return Phrase(at, at + 1, "pronoun", 8500), group
    if page.lower[at] == ")":  # "the mayor Uwe Frank (SPD) said"
        opening = at
        while opening > floor and at - opening < MAX_PHRASE_TOKENS and page.lower[opening] != "(":
            opening -= 1
        at = opening - 1
        if at < floor:
            return None, group
    if page.lower[at] in (",", "،"):
        return _apposed_before(page, words, at, floor), group
    start = _clause_start(page, words, at, floor)
    if page.language == "fa" and page.lower[start] in words.determiners and "را" in page.lower[start : at + 1]:
        start += page.lower[start : at + 1].index("را") + 1  # "this, Maha Avadi said": what stands before is the object
    while start < at and (page.lower[start] in words.times or page.lower[start] in words.auxiliaries):
        start += 1
    if start > at or (page.lower[start] in words.stops and page.lower[start] not in words.determiners):
        # "the mayor, Bahram Kiani, at the press conference said"
        is_behind_comma = page.language == "fa" and start - 1 > floor and page.lower[start - 1] in (",", "،")
        return (_apposed_before(page, words, start - 1, floor) if is_behind_comma else None), group
    phrase = phrase_from(page, start, at + 1)
    return (phrase, group) if phrase is not None and (page.language == "fa" or _reaches(page, words, phrase, at)) else (None, group)


def _apposed_before(page: Page, words: Grammar, comma: int, floor: int) -> Phrase | None:
    """The phrase "office, Name," or "Name, office," that ends with the comma at token `comma`; in scripts without capitals the name."""
    opening = comma - 1
    while opening > floor and comma - opening < MAX_PHRASE_TOKENS and page.lower[opening] not in (",", "،"):
        opening -= 1
    if page.lower[opening] not in (",", "،") or opening <= floor:
        return None
    if page.language in ("ar", "fa") and page.lower[opening + 1] not in words.offices:
        return phrase_from(page, opening + 1, comma)
    start = _clause_start(page, words, opening - 1, floor)
    phrase = phrase_from(page, start, opening) if page.lower[start] not in words.stops else None
    if phrase is None or page.language in ("ar", "fa"):
        return phrase
    return Phrase(phrase.start, comma, phrase.kind, phrase.score)


def _reaches(page: Page, words: Grammar, phrase: Phrase, last: int) -> bool:
    """Whether between a phrase and its verb stands nothing but phrases with a preposition."""
    known = cues(page.language or "")
    rest = range(phrase.end, last + 1)
    opens = page.lower[phrase.end] if phrase.end <= last else ""
    is_open = not opens or opens in words.stops or opens in words.links or opens in words.times or not opens[0].isalnum()
    return is_open and not any(page.lower[at] in known and not page.words[at][0].isupper() for at in rest)


def _clause_start(page: Page, words: Grammar, last: int, floor: int) -> int:
    """The first token of the clause that holds token `last`."""
    at = last
    while at > floor and last - at < MAX_CLAUSE_TOKENS:
        word = page.lower[at - 1]
        if page.pair_of[at - 1] != NO_PAIR or word in words.conjunctions or word in _CLAUSE_OPENERS:
            break
        if not word[0].isalnum() and word not in ("-", "&") and not (word == "." and len(page.words[at - 2]) <= _INITIAL):
            break
        at -= 1
    return at


# Words that join clauses; what stands before them is no part of the subject after them.
_CLAUSE_OPENERS = word_set(
    """
    und aber doch denn wie als wenn weil obwohl während mais car comme quand lorsque alors puisque pero como cuando porque aunque mas
    quando embora ma perché mentre но а как когда потому хотя ولكن لكن كما ثم ولی اما چون زیرا
    """
)
