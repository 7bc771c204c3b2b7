"""The subject of a sentence that presents words, whatever its verb: "Simon Wray nails it:", "First, Colm Darragh:"."""

from __future__ import annotations

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import Phrase
from firstsaid.parsing.who.voices import is_speaking_noun

MAX_NOUN_PHRASE = 10  # tokens from an article to its noun: "the Mercury's former night editor" has seven
MAX_INSET = 25  # tokens between two commas behind a subject: ", a farmer at Holm who lost forty sheep,"
_FRAMES = lexicon.PREPOSITIONS | lexicon.word_set(
    "as when while after before since once where if though although because writing speaking unlike"
)
_OPENERS = lexicon.OPENING_ADVERBS | lexicon.word_set("finally next secondly firstly now once thus so well only then perhaps here")
_IMPERATIVES = lexicon.word_set(
    "consider take recall see note notice read hear imagine compare listen suppose let let's let’s remember look think try quoting citing"
    " quote cite call say"
)
_NOT_SUBJECTS = lexicon.word_set("i we you it this that these those there they one everybody everyone nobody what which")
_VAGUE = lexicon.word_set("most many some several both all each every any no few other")
MAX_ABBREVIATION = 3  # letters before a stop that ends no sentence: "Dr.", "Sen."
_PARTICLES = lexicon.word_set("de la von van der den del da bin al di du")
_COPULAS = lexicon.word_set("is are was were comes came")


def main_subject(page: Page, first: int, last: int) -> Phrase | None:
    """The name, person, body or text that opens the main clause of the tokens `first`..`last`; None where it is "I", "it" or no such thing.

    What stands before the clause ("In a letter to Moss,") and beside the subject (", unlike Moss,") is left out.
    """
    at = _after_frame(page, first, last)
    for _ in range(3):
        is_adverb = at + 1 < last and page.lower[at].endswith("ly") and page.lower[at + 1] == ","
        if at < last and (page.lower[at] in _OPENERS or is_adverb):
            at += 1
            at += at < last and page.lower[at] == ","
    if at < last and page.lower[at] in _COPULAS and page.lower[first : first + 3].count("here"):
        at += 1  # here is Maud Ives on rivers
    if at + 2 < last and page.lower[at] in ("this", "that") and page.lower[at + 1] in _COPULAS and page.words[at + 2][0].isupper():
        at += 2  # this is Ann Poe, writing to her brother
    if at >= last or page.pair_of[at] != NO_PAIR or page.lower[at] in _NOT_SUBJECTS:
        return None
    phrase = phrase_at(page, at, last, is_subject=True)
    is_supposed = phrase is not None and phrase.end < last and page.lower[phrase.end] in _SUPPOSING
    return None if is_supposed else phrase


_SUPPOSING = lexicon.word_set("should would could might must may can")
"""What stands behind the subject of a sentence that says what somebody might do: "The serious hacker should learn Lisp:"."""


def phrase_at(page: Page, at: int, last: int, *, is_subject: bool) -> Phrase | None:
    """The name, person, body or text that begins at token `at`."""
    if at >= last or page.pair_of[at] != NO_PAIR:
        return None
    if page.lower[at] in lexicon.POSSESSIVES | lexicon.DETERMINERS:
        return _noun_phrase(page, at, last) if page.lower[at] not in _VAGUE else None
    return _owned(page, at, last) or _name(page, at, last, is_subject)


def _after_frame(page: Page, first: int, last: int) -> int:
    """Behind "In a letter to Moss," or "Sixty years later"; behind "as" alone where the clause itself follows it."""
    at = first
    if page.lower[at] in ("but", "and", "so", "yet", "for") and at + 1 < last:
        at += 1
    if page.lower[at] == "as" and at + 1 < last:
        return at + 1
    if page.lower[at] not in _FRAMES and not page.lower[at].endswith("ing"):
        return at
    commas = [token for token in range(at + 1, last) if page.lower[token] == "," and page.pair_of[token] == NO_PAIR]
    for comma in commas[:3]:
        opening = comma + 1
        if phrase_at(page, opening, last, is_subject=True) is not None:
            return opening
        if opening < last and page.lower[opening] in _NOT_SUBJECTS:
            return opening
    if commas:
        return commas[-1] + 1
    # "When the last lamp went out the stationmaster burst out:" has no comma: the nearest phrase with a verb behind it.
    for opening in range(last - 2, max(at, last - MAX_NOUN_PHRASE), -1):
        is_opening = page.lower[opening] in ("the", "his", "her") or (
            page.words[opening][0].isupper() and page.words[opening - 1][0].islower()
        )
        phrase = phrase_at(page, opening, last, is_subject=True) if is_opening else None
        if phrase is not None and phrase.end < last and page.lower[phrase.end] not in lexicon.SMALL_CLASSES - lexicon.AUXILIARIES:
            return opening if page.lower[opening - 1] not in lexicon.PREPOSITIONS else last
    return last


def _name(page: Page, at: int, last: int, is_subject: bool = True) -> Phrase | None:
    """A run of capitalised words; as a subject, one with a verb, an apposition or the colon behind it."""
    end = at
    while end < last and page.pair_of[end] == NO_PAIR and _goes_on(page, at, end, last):
        end += 1
    if end == at or page.lower[at] in _IMPERATIVES or page.lower[at] in lexicon.SMALL_CLASSES - {"will"}:
        return None
    if any(page.lower[token].endswith(("'s", "’s")) for token in range(at, end)):
        return None  # an owner is no subject: see `_owned`
    after = page.lower[end] if end < last else ":"
    if is_subject and end - at == 1 and not _is_verb(after) and after not in (",", ":", "("):
        return None  # one word that only opens its sentence: "Nice to see"
    return Phrase(at, _with_apposition(page, end, last), "name", 7000)


def _goes_on(page: Page, at: int, end: int, last: int) -> bool:
    """Whether token `end` belongs to the name that begins at token `at`."""
    word = page.words[end]
    if word[0].isupper() or end == at:
        return word[0].isupper()
    is_followed = end + 1 < last and page.words[end + 1][0].isupper()
    is_initial = word == "." and len(page.words[end - 1]) <= MAX_ABBREVIATION
    return word[0].isdigit() or (is_followed and (page.lower[end] in _PARTICLES or is_initial or word in ("of", "for", "and", "&")))


def _is_verb(word: str) -> bool:
    """Whether a small word behind a capitalised one shows that it is a name: a verb form, an adverb before one, or "who"."""
    is_auxiliary = word in lexicon.AUXILIARIES and word not in ("to", "not")
    is_auxiliary = is_auxiliary or word in lexicon.ADVERBS or word.endswith("ly")
    return is_auxiliary or word in lexicon.cues("en") or word in lexicon.COMMON_VERBS or word.endswith(("ed", "s")) or word == "who"


def _with_apposition(page: Page, end: int, last: int) -> int:
    """The end of ", a farmer at Holm who lost forty sheep," behind a name; the same end where none follows."""
    if end + 1 >= last or page.lower[end] != ",":
        return end
    opens = (
        page.lower[end + 1] in ("a", "an", "the", "his", "her", "our", "my", "their", "its", "former") or page.words[end + 1][0].isupper()
    )
    if not opens:
        return end
    return next((token for token in range(end + 2, min(last, end + MAX_INSET)) if page.lower[token] == ","), end)


_APPOSED = lexicon.word_set("a an the his her our my their its former")


def _noun_phrase(page: Page, at: int, last: int) -> Phrase | None:
    """Up to the noun of who or what can speak: "The commissioners", "her verdict", "the Mercury's night editor, Paula Strand"."""
    head: int | None = None
    token = at + 1
    while token < min(last, at + MAX_NOUN_PHRASE) and page.pair_of[token] == NO_PAIR:
        word = page.lower[token]
        is_dot = word == "." and len(page.words[token - 1]) <= MAX_ABBREVIATION and page.words[token - 1][0].isupper()
        if not word[0].isalnum() and not is_dot:
            break
        if word in lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.SUBORDINATORS:
            break
        is_capital = page.words[token][0].isupper() and not word.endswith(("'s", "’s"))
        if is_speaking_noun(word) or is_capital or word in lexicon.NOMINAL_CUES | lexicon.OWN_TEXTS | lexicon.TEXT_NOUNS:
            head = token
        elif head is not None and head == token - 1 and not is_dot and not word.endswith(("'s", "’s")):
            break  # a small word behind the noun is its verb
        token += 1
    if head is None:
        return None
    end = head + 1
    if end + 1 < last and page.lower[end] == "," and page.words[end + 1][0].isupper():
        named = _name(page, end + 1, last)
        end = named.end if named is not None else end
    kind = "role" if page.words[head][0].islower() else "name"
    return Phrase(at, end, kind, 6500)


def _owned(page: Page, at: int, last: int) -> Phrase | None:
    """The owner where the noun is what he says ("Lund's reply"), the whole phrase where the noun itself can speak ("Sloe's neighbour")."""
    end = at
    while end < last and (page.words[end][0].isupper() or (end > at and page.words[end][0].isdigit())) and not is_owner(page, end):
        end += 1
    if end >= last or page.pair_of[end] != NO_PAIR or not is_owner(page, end) or not page.words[at][0].isupper():
        return None
    speaking: int | None = None
    for token in range(end + 1, min(last, end + MAX_NOUN_PHRASE)):
        word = page.lower[token]
        if not word[0].isalnum() or word in lexicon.PREPOSITIONS | lexicon.AUXILIARIES:
            break
        if word in lexicon.OWN_TEXTS | lexicon.TEXTS_OF_ONE:
            return Phrase(at, end + 1, "name", 7000)
        if is_speaking_noun(word) or (speaking is not None and page.words[token][0].isupper()):
            speaking = token
        elif speaking is not None:
            break
    if speaking is None:
        return None
    named = _name(page, speaking + 2, last) if speaking + 2 < last and page.lower[speaking + 1] == "," else None
    return Phrase(at, named.end if named is not None else speaking + 1, "role", 6500)


def is_owner(page: Page, token: int) -> bool:
    """Whether a token is a name with an apostrophe and s: "Lund's", not "let's"."""
    word = page.lower[token]
    owns = token + 1 < len(page.words) and (page.words[token + 1][0].isalnum() or page.words[token + 1] in ":.“\"‘'«„[(*_")
    return owns and word.endswith(("'s", "’s", "′s")) and word[:-2] not in _CONTRACTED


_CONTRACTED = lexicon.word_set("let that here there what it he she who how where when this everybody everyone")
