"""Whose words an introduction presents: an owner ("Lund's letter"), who is named behind "by", the text itself, whom "he" means."""

from __future__ import annotations

import re

from firstsaid.parsing import lexicon
from firstsaid.parsing.grammars import grammar
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.main_subjects import is_owner, main_subject, phrase_at
from firstsaid.parsing.who.speakers import Phrase
from firstsaid.parsing.who.subject_of_cue import subject_after, subject_before

MAX_SENTENCE_TOKENS = 60  # how far before the colon its cue may stand
PRESENTING_OTHERS = lexicon.word_set("prints printed gives gave quotes quoted cites cited reproduces reproduced copied copies share shares")
OWN = frozenset(
    ("i", "we", "ich", "wir", "je", "nous", "yo", "nosotros", "i'd", "i’d", "i'll", "i’ll", "we'll", "i'm", "i’m", "i've", "i’ve")
)
HE_SHE = lexicon.word_set("he she er sie il elle él ella he's she's he’s she’s he'd she'd he’d she’d")
_RUNNING = lexicon.word_set("goes runs reads begins opens ends continues went ran began opened ended continued concludes concluded")
_BOUNDS = lexicon.word_set("but and so then while that because though although as when if yet")
_PARTICLES = lexicon.word_set("of de la von van der den del da bin al")


def shown(page: Page, unit: int, first: int, last: int) -> Phrase | None:
    """Whose words an English sentence presents that has no verb of saying with its subject; None where that stays open.

    Whom it quotes; who stands behind "by", "from" or "according to"; the subject, or the owner of the text that is the subject.
    """
    if page.language != "en":
        return None
    if (quoted := _quoted(page, first, last)) is not None:
        return quoted
    subject = main_subject(page, first, last)
    if (subject is None or subject.kind == "role") and (owner := _owner_at_end(page, first, last)) is not None:
        return owner
    is_text = subject is not None and page.lower[subject.end - 1] in _TEXTS
    is_receiver = subject is not None and has_any(page.lower[subject.end : subject.end + 3], _RECEIVING)
    if (subject is None or is_text or is_receiver) and (framed := _framed(page, first, last)) is not None:
        return framed
    if subject is None or is_receiver:
        return _owner_in(page, subject.end if subject is not None else first, last) or subject
    opening = page.lower[subject.start]
    if is_text and opening in ("his", "her"):
        return owner_meant(page, subject)
    if opening in ("the", "this", "same", "our") and page.lower[subject.end - 1] in AUTHORS:
        return Phrase(subject.start, subject.end, OF_ONE, 5000)
    if is_text and opening in ("the", "this", "that", "a", "one", "another"):
        is_of_one = page.lower[subject.end - 1] in lexicon.TEXTS_OF_ONE | lexicon.OWN_TEXTS
        owner = _owner_before(page, unit)
        if owner is not None and (is_of_one or has_any(page.lower[owner.end : owner.end + 3], _TEXTS)):
            return owner
        return Phrase(subject.start, subject.end, OF_ONE, 5000) if is_of_one else subject
    return subject


def owner_meant(page: Page, phrase: Phrase) -> Phrase:
    """The phrase, or "her" alone where it names a text of hers: "her diary"."""
    is_hers = page.lower[phrase.start] in ("his", "her") and page.lower[phrase.end - 1] in _TEXTS
    return Phrase(phrase.start, phrase.start + 1, "pronoun", 6000) if is_hers else phrase


AUTHORS = lexicon.word_set(
    "author writer reviewer essayist columnist poet preacher diarist novelist blogger biographer pamphleteer correspondent narrator"
)
"""Who wrote something, by which the text means somebody whom it has named."""
OF_ONE = "text"
"""The kind of a phrase that names a text of one person, or its author, who is named before: "the letter", "the reviewer"."""
_TEXTS = lexicon.TEXTS_OF_ONE | lexicon.OWN_TEXTS | lexicon.WORK_NOUNS | lexicon.TEXT_NOUNS
_RECEIVING = PRESENTING_OTHERS | lexicon.word_set("got received had has read found gets receives keeps kept")
_FROM_WHOM = _TEXTS | lexicon.word_set("comes came point points idea this these here one another bit thing")


def _quoted(page: Page, first: int, last: int) -> Phrase | None:
    """Whom a sentence says that it quotes: "Iredale quotes Tovey:", "to quote Marius Keel:"; of "A quoting B" it is A's text.

    In "her testimony, in which she quotes the agent:" the text is hers.
    """
    verbs = [at for at in range(first, last - 1) if page.lower[at] in _QUOTES and page.pair_of[at] == NO_PAIR]
    for at in verbs:
        if at - 3 >= first and page.lower[at - 2] in ("which", "where") and page.lower[at - 1] in HE_SHE:
            return Phrase(at - 1, at, "pronoun", 6000)
        found = phrase_at(page, at + 1, last, is_subject=False)
        if found is not None:
            return found
    return None


_QUOTES = lexicon.word_set("quote quotes quoted quoting cite cites cited citing recall recalling paraphrase")


def _framed(page: Page, first: int, last: int) -> Phrase | None:
    """Who is named behind "by", "from", "of" or "according to" where a text or a point is what the sentence speaks of."""
    for at in range(last - 2, first - 1, -1):
        word = page.lower[at]
        if page.pair_of[at] != NO_PAIR or word not in ("by", "from", "of", "to") or is_bracketed(page, at, first):
            continue
        before = page.lower[max(first, at - 8) : at]
        fits = (
            (word == "to" and before[-1:] == ["according"])
            or (word == "from" and (not before or has_any(before, _FROM_WHOM)))
            or (word == "by" and (has_any(before, _TEXTS) or before[-1:] == [","] or (bool(before) and _is_participle(before[-1]))))
            or (word == "of" and has_any(before[-1:], _TEXTS - _OF_A_MATTER))
        )
        phrase = phrase_at(page, at + 1, last, is_subject=False) if fits else None
        # "A passage from the diary" leaves open whose words they are; "from the documentation" says it.
        is_of_one = phrase is not None and word != "to" and page.lower[phrase.end - 1] in lexicon.TEXTS_OF_ONE | lexicon.OWN_TEXTS
        if phrase is not None and not is_of_one and page.lower[phrase.start] not in OWN:
            return phrase
    return None


_OF_A_MATTER = lexicon.word_set(
    "description account story history biography definition explanation summary version review theory part page section chapter bit praise"
    " defence defense book film series translation edition analysis notice picture"
)
"""Of these the word behind "of" is what they are about."""


def _owner_at_end(page: Page, first: int, last: int) -> Phrase | None:
    """The owner of what the sentence ends with: "all but one rose for Campbell's second challenge:"."""
    names = _names(page, max(first, last - MAX_OWNED), last)
    if not names or not is_owner(page, names[-1].end - 1) or "," in page.lower[names[-1].end : last]:
        return None
    return _owner_in(page, first, last)


MAX_OWNED = 6  # tokens from an owner to the colon


def _owner_in(page: Page, first: int, last: int) -> Phrase | None:
    """The owner of a text: the last one with a noun for a text behind it ("NIST's definition of the law's scope"), else the last."""
    names = _names(page, first, last)
    owners = [name for name in names if is_owner(page, name.end - 1)]
    twice = [name for name in names if _is_owner_behind(page, name, first)]
    if twice and not owners:
        return twice[-1]
    of_texts = [name for name in owners if has_any(page.lower[name.end : min(last, name.end + 3)], _TEXTS | lexicon.NOMINAL_CUES)]
    return next(reversed(of_texts or owners), None)


def _is_owner_behind(page: Page, name: Phrase, first: int) -> bool:
    """Whether a name owns the text that stands before it: "a sentence of Vera Lund's, written in"."""
    owns = page.lower[name.end - 1].endswith(("'s", "’s"))
    return owns and name.start - 2 >= first and page.lower[name.start - 1] == "of" and page.lower[name.start - 2] in _TEXTS


def _owner_before(page: Page, unit: int) -> Phrase | None:
    """Whose "the letter" is: the owner, or who is named behind "by" or "from", in one of the two sentences before in its paragraph."""
    for number in range(unit - 1, max(-1, unit - 3), -1):
        if page.paragraph_of_unit[number] != page.paragraph_of_unit[unit]:
            break
        low, high = page.units[number]
        found = _owner_in(page, low, high) or _framed(page, low, high)
        if found is not None:
            return found
    return None


def presented_by(page: Page, unit: int, first: int, last: int) -> Phrase | None:
    """Who speaks behind a colon that no verb of saying stands before: "He makes the point on page 3:", "From Lund's diary:"."""
    return presenter_of(page, first, last) or named_near(page, unit, first, last, None)


def named_before(page: Page, unit: int, mark: int) -> Phrase | None:
    """The owner or the name nearest on the left of the mark at token `mark` in its sentence: in Ostrander's phrase, “...”."""
    first = page.units[unit][0]
    names = [name for name in _names(page, max(first, mark - MAX_SENTENCE_TOKENS), mark) if page.lower[name.start] not in OWN]
    owners = [name for name in names if is_owner(page, name.end - 1)]
    if not names:
        pronoun = next((at for at in range(mark - 1, max(first, mark - MAX_SENTENCE_TOKENS) - 1, -1) if page.lower[at] in HE_SHE), None)
        return Phrase(pronoun, pronoun + 1, "pronoun", 5000) if pronoun is not None else None
    return owners[-1] if owners else names[0] if len(names) == 1 else None


def named_near(page: Page, unit: int, first: int, last: int, known: Phrase | None) -> Phrase | None:
    """Whose the text is that a sentence presents: an owner ("Lund's letter"), a name, "he"; looked for in up to three sentences."""
    for number in range(unit, max(-1, unit - 3), -1):
        low, high = (first, last) if number == unit else page.units[number]
        if number < unit and page.paragraph_of_unit[number] != page.paragraph_of_unit[unit]:
            break
        names = [name for name in _names(page, low, high) if not _is_spoken_of(page, name, low)]
        owners = [name for name in names if is_owner(page, name.end - 1) or page.lower[name.end : name.end + 1] == ["’"]]
        if owners:
            return owners[-1]
        pronoun = next((at for at in range(low, high) if page.lower[at] in HE_SHE), None)
        if names and (pronoun is None or names[-1].start > pronoun or has_any(page.lower[low:high], PRESENTING_OTHERS)):
            return names[-1] if has_any(page.lower[low:high], PRESENTING_OTHERS) else names[0]
        if pronoun is not None:
            return Phrase(pronoun, pronoun + 1, "pronoun", 6000)
        if known is not None and number == unit and known.kind != "pronoun":
            return known
    return known


def text_of_one(page: Page, first: int, last: int) -> Phrase | None:
    """The letter, the passage or the like that a sentence speaks of with a small word before it: whose it is, the text said before."""
    is_english = page.language == "en"
    for at in range(last - 1, first - (not is_english), -1):
        if page.lower[at] not in (lexicon.TEXTS_OF_ONE if is_english else lexicon.TEXTS_OF_ONE_ELSEWHERE) or page.pair_of[at] != NO_PAIR:
            continue
        if not is_english or page.lower[at - 1] in ("the", "this", "that", "whole", "same", "last", "first"):
            return Phrase(at, at + 1, OF_ONE, 4000)
    return None


def is_text_elsewhere(page: Page, phrase: Phrase) -> bool:
    """Whether a phrase of another language than English names a text of one person only: "la lettre"."""
    words = page.lower[phrase.start : phrase.end]
    has_capital = page.language != "de" and any(page.words[token][0].isupper() for token in range(phrase.start + 1, phrase.end))
    return page.language != "en" and not has_capital and words[-1] in lexicon.TEXTS_OF_ONE_ELSEWHERE


def first_name(page: Page, first: int, last: int) -> Phrase | None:
    """The first name of a stretch of tokens."""
    return next(iter(_names(page, first, last)), None)


def has_name(page: Page, unit: int, last: int) -> bool:
    """Whether a sentence up to token `last`, or the two before it in its paragraph, name anybody or anything."""
    first = unit
    while first > max(0, unit - 2) and page.paragraph_of_unit[first - 1] == page.paragraph_of_unit[unit]:
        first -= 1
    return bool(_names(page, page.units[first][0], last))


def _is_spoken_of(page: Page, name: Phrase, low: int) -> bool:
    """Whether a name stands behind a preposition, as places, readers and what the words are about do: "a page about the Tarrow mill"."""
    if is_owner(page, name.end - 1) or page.language != "en":
        return False
    at = name.start - 1
    while at > max(low, name.start - 3) and (page.lower[at] in lexicon.DETERMINERS | lexicon.POSSESSIVES or page.words[at][0].islower()):
        if page.lower[at] in lexicon.PREPOSITIONS:
            break
        at -= 1
    return at >= low and page.lower[at] in lexicon.PREPOSITIONS - {"by", "from", "of"}


def presenter_of(page: Page, first: int, last: int) -> Phrase | None:
    """The text that presents itself: "The review goes on:", "the company's “privacy promise” says:", "it runs:"."""
    for verb in range(last - 1, first, -1):
        is_verb = page.lower[verb] in _RUNNING or page.lower[verb] in ("says", "say", "said", "explains", "states", "puts")
        if not is_verb or page.pair_of[verb] != NO_PAIR:
            continue
        before = verb - 1
        if (pair := page.pair_of[before]) != NO_PAIR:
            opening = before
            while opening > first and page.pair_of[opening - 1] == pair:
                opening -= 1
            start = opening
            while (
                start > first
                and (page.words[start - 1][0].isalnum() or page.lower[start - 1] in "’'")
                and page.lower[start - 1] not in _BOUNDS
            ):
                start -= 1
            return Phrase(start, verb, "name", 6000)
        phrase, _ = subject_before(page, verb, first)
        if phrase is not None and phrase.kind in ("name", "role") and page.lower[phrase.start] not in OWN:
            return phrase
        if (
            phrase is not None
            and phrase.kind == "other"
            and has_any(page.lower[phrase.start : phrase.end], lexicon.TEXT_NOUNS | lexicon.WORK_NOUNS | lexicon.ROLES)
        ):
            return phrase
    return None


def agent_of(page: Page, first: int, last: int) -> tuple[Phrase, tuple[int, int]] | None:
    """Who is named behind "by" after a participle: "was set out by its secretary, Miss Edda Rook,"."""
    if page.language != "en":
        return None
    for at in range(last - 1, first + 1, -1):
        if page.lower[at] != "by" or page.pair_of[at] != NO_PAIR or is_bracketed(page, at, first):
            continue
        verb = next((token for token in (at - 1, at - 2) if token > first and _is_participle(page.lower[token])), None)
        if verb is None:
            continue
        phrase = subject_after(page, at + 1, last + 1)
        if phrase is not None and phrase.kind in ("name", "role") and page.lower[phrase.end - 1] not in _TEXTS:
            end = phrase.end
            if end + 1 < last and page.lower[end] == "," and page.words[end + 1][0].isupper() and phrase.kind == "role":
                named = subject_after(page, end + 1, last + 1)
                phrase = Phrase(phrase.start, named.end, "role", 7500) if named is not None else phrase
            return phrase, (verb, at + 1)
    return None


def is_bracketed(page: Page, token: int, first: int) -> bool:
    """Whether an open round bracket stands before the token in its sentence."""
    for at in range(token - 1, max(first, token - MAX_BRACKETED) - 1, -1):
        if page.lower[at] in ("(", ")"):
            return page.lower[at] == "("
    return False


MAX_BRACKETED = 20  # tokens


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in (
        "set",
        "put",
        "written",
        "given",
        "said",
        "sent",
        "told",
        "sung",
        "drawn",
        "laid",
        "read",
        "spoken",
    )


def antecedent_of(page: Page, unit: int) -> Phrase | None:
    """Whom "he" or "she" means: the name that opens the nearest sentence before, for subjects go on (Grosz et al., centering)."""
    for number in range(unit - 1, max(-1, unit - 5), -1):
        first, end = page.units[number]
        names = _names(page, first, min(end, first + 8))
        if names and names[0].start <= first + 3 and not is_owner(page, names[0].end - 1):
            return names[0]
    return None


def _names(page: Page, low: int, high: int) -> list[Phrase]:
    """Runs of capitalised words outside marks that do not only open the sentence."""
    found: list[Phrase] = []
    at = low
    while at < high:
        if not _is_name_word(page, at) or (at == low and not (at + 1 < high and _is_name_word(page, at + 1)) and not is_owner(page, at)):
            at += 1
            continue
        end = at + 1
        while end < high and (
            _is_name_word(page, end) or (page.lower[end] in _PARTICLES and end + 1 < high and _is_name_word(page, end + 1))
        ):
            end += 1
        before = page.lower[at - 1] if at > low else ""
        is_place = before in ("in", "at", "on", "to", "near") and end - at == 1 and not is_owner(page, at)
        is_unit = before.isdigit() and end - at == 1  # 29 Euro
        if not is_place and not is_unit:
            found.append(Phrase(at, end, "name", 7000))
        at = end
    return found


_CONTRACTION = re.compile(r"(?i:i|you|he|she|it|we|they|that|there|here|what|who|let)['’](?:m|s|re|ve|d|ll)")


def _is_name_word(page: Page, token: int) -> bool:
    word = page.words[token]
    small = lexicon.SMALL_CLASSES | lexicon.TIME_WORDS | lexicon.OPENING_ADVERBS
    return (
        word[0].isupper() and page.pair_of[token] == NO_PAIR and page.lower[token] not in small and not _CONTRACTION.fullmatch(word)
        and page.lower[token] not in grammar(page.language or "en").determiners and not (len(word) == 1 and word in "IA")
    )  # fmt: skip


def has_any(lower: list[str], words: frozenset[str]) -> bool:
    """Whether one of the words stands among the tokens."""
    return not words.isdisjoint(lower)
