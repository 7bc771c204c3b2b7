"""Whose the words of a draft's quotation are in a document: given to another there, only passed on, or only denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from firstsaid.checking.compare import Held
from firstsaid.checking.lexicon import (
    CORRECTIONS,
    DENIALS,
    FIRST_PERSONS,
    INDEFINITE,
    NEGATIONS,
    PRONOUNS,
    QUOTING,
    SAYING,
    SPEAKS_FOR,
    TELLING,
)
from firstsaid.checking.names import OTHER, SAME, UNKNOWN, compare_names, is_name, mentions_name, name_words
from firstsaid.checking.shelf import Shelf
from firstsaid.checking.tokens import keys_of, sentence_around
from firstsaid.model import Quotation, Span

MIN_OWN_WORDS = 4
"""Shorter quotations are phrases that anybody may use: whose they are elsewhere proves nothing."""

CORRECTION_REACH_CHARS = 250
OWN_VOICE_WORDS = 6
"""Fewer words in a text's own voice may be anybody's."""

NAMED_BEFORE_CHARS = 400
"""Whom a pronoun means is guessed; a name within three sentences before it may be meant as well."""

DENIAL_SENTENCE_WORDS = 14
"""A sentence that takes the one before it back is short ("I never said it", "The firm calls this untrue")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document's stretch that holds a quotation's words. `relation`: of the speaker there to the draft's; `speaker`: there.

    `trouble`: the verdict that whose words they are calls for, with `told` as the sentence's end; None where there is none.
    """

    document_id: str
    held: Held
    relation: str
    speaker: str | None
    trouble: str | None = None
    told: str = ""
    is_correction: bool = False

    @property
    def span(self) -> Span:
        """The stretch."""
        return Span(self.document_id, self.held.start, self.held.end)


@dataclass(frozen=True, slots=True)
class Said:
    """A draft's quotation with what the draft says around it. `surface`: the words that name its speaker there."""

    quotation: Quotation
    speaker: str | None
    surface: str
    own_sentence: str
    before: str

    @property
    def is_by_pronoun(self) -> bool:
        """Whether only a pronoun, or nothing, says who speaks."""
        keys = keys_of(self.surface)
        return not keys or all(key in PRONOUNS for key in keys)


def said_in(text: str, quotation: Quotation) -> Said:
    """The quotation as the draft tells it."""
    low, high = sentence_around(text, quotation.start, quotation.end)
    own = f"{text[low : quotation.start]} {text[quotation.end : high]}"
    surface = ""
    if quotation.speaker_start is not None and quotation.speaker_end is not None:
        surface = text[quotation.speaker_start : quotation.speaker_end]
    before = text[max(0, quotation.start - NAMED_BEFORE_CHARS) : quotation.start]
    return Said(quotation, quotation.speaker_name, surface, own, before)


def placed(said: Said, shelf: Shelf, document_id: str, held: Held, n_words: int) -> Candidate:
    """The stretch with whose words they are there."""
    text = shelf.document(document_id).text
    covering = sorted((q for q in shelf.quotations(document_id) if _covers(q, held)), key=lambda q: (q.end - q.start, q.start))
    around = text[max(0, held.start - CORRECTION_REACH_CHARS) : held.end + CORRECTION_REACH_CHARS]
    is_correction = any(key in CORRECTIONS for key in keys_of(around))
    named = next((q for q in covering if is_name(q.speaker_name) and not q.speaker_is_unnamed), None)
    there = named.speaker_name if named else None
    relation = _relation(said, named, text, held, shelf, document_id)

    def made(relation: str, trouble: str | None = None, told: str = "") -> Candidate:
        return Candidate(document_id, held, relation, there, trouble, told, is_correction)

    if n_words < MIN_OWN_WORDS:
        return made(relation if relation == SAME else UNKNOWN)
    sure = None if named is None or _is_guessed(named, text) else there
    denial = _denial(text, held, said, sure, shelf, document_id)
    if denial and frozenset(keys_of(said.own_sentence)) & (DENIALS | NEGATIONS):
        return made(relation)
    if denial:
        return made(relation, "denied-by-speaker", f"there stand behind “{denial}”")
    relayed = _relayed(said, covering, text, held, shelf, document_id)
    if relayed:
        return made(SAME, "relayed", relayed)
    sentence = text[slice(*sentence_around(text, held.start, held.end))]
    if relation == OTHER:
        if _speaks_for(sentence, said.speaker):
            return made(UNKNOWN)
        return made(OTHER, "wrong-speaker", f"are given to {there} there, not to {said.speaker}")
    other = _somebody_else(said, covering, text, held)
    if other and relation != SAME:
        return made(OTHER, "wrong-speaker", f"are given to “{other}” there, not to {said.speaker}")
    if not covering and is_name(said.speaker) and relation == UNKNOWN and n_words >= OWN_VOICE_WORDS and not said.is_by_pronoun:
        surname = name_words(said.speaker or "")[-1:]
        if surname and surname[0] not in shelf.keys(document_id) and not shelf.is_in_first_person(document_id):
            return made(OTHER, "wrong-speaker", f"stand there in its own voice, and {said.speaker} is not named")
    return made(relation)


def _covers(quotation: Quotation, held: Held) -> bool:
    overlap = min(quotation.end, held.end) - max(quotation.start, held.start)
    return overlap >= 0.6 * max(1, held.end - held.start)


def _relation(said: Said, named: Quotation | None, text: str, held: Held, shelf: Shelf, document_id: str) -> str:
    """Of the speaker there to the draft's; a pronoun on either side makes another name uncertain, not wrong."""
    if named is None:
        return SAME if shelf.is_by(document_id, said.speaker) else UNKNOWN
    there = named.speaker_name
    relation = compare_names(said.speaker, there)
    if relation != OTHER:
        return relation
    words = name_words(there or "")
    if said.is_by_pronoun and words and words[-1] in keys_of(said.before):
        return UNKNOWN
    is_far = said.surface not in said.own_sentence or said.is_by_pronoun
    if is_far and mentions_name(frozenset(keys_of(said.own_sentence)), there):
        return UNKNOWN
    before = text[max(0, held.start - NAMED_BEFORE_CHARS) : held.end + 60]
    if _is_far(named) and mentions_name(shelf.keys(document_id), said.speaker):
        return UNKNOWN
    if _is_guessed(named, text):
        # One word that a pronoun was resolved to may be the last of a title as well as a name.
        near = shelf.keys(document_id) if len(words) == 1 else frozenset(keys_of(before))
        return UNKNOWN if mentions_name(near, said.speaker) else OTHER
    return OTHER


def _is_far(quotation: Quotation) -> bool:
    """Whether no verb of saying ties the words to their speaker: he is then the last one named, perhaps in a title."""
    return quotation.speaker_start is None or quotation.cue_start is None


def _is_guessed(quotation: Quotation, text: str) -> bool:
    """Whether the text itself has a pronoun for who speaks."""
    if quotation.speaker_start is None or quotation.speaker_end is None:
        return True
    return all(key in PRONOUNS for key in keys_of(text[quotation.speaker_start : quotation.speaker_end]))


def _somebody_else(said: Said, covering: Sequence[Quotation], text: str, held: Held) -> str:
    """The words that give the quotation to somebody whom the text does not name: "a former officer", "my sister"."""
    if not is_name(said.speaker) or said.is_by_pronoun:
        return ""
    for quotation in covering[:1]:
        surface = _surface(quotation, text)
        keys = keys_of(surface)
        if keys and keys[0] in INDEFINITE and not mentions_name(frozenset(keys), said.speaker) and not _is_mentioned(surface, said):
            return surface
    return ""


def _surface(quotation: Quotation, text: str) -> str:
    if quotation.speaker_start is None or quotation.speaker_end is None:
        return ""
    return text[quotation.speaker_start : quotation.speaker_end]


def _is_mentioned(surface: str, said: Said) -> bool:
    """Whether the draft's sentence names them too."""
    wanted = [key for key in keys_of(surface) if len(key) > 3]
    return bool(wanted) and any(key in keys_of(said.own_sentence) for key in wanted)


def _relayed(said: Said, covering: Sequence[Quotation], text: str, held: Held, shelf: Shelf, document_id: str) -> str:
    """Who passes the words on there, where one speaker quotes another and the draft does not say so; else empty."""
    own = frozenset(keys_of(said.own_sentence))
    named = [q for q in covering if is_name(q.speaker_name) and not q.speaker_is_unnamed]
    for inner in named:
        for outer in named:
            if inner is outer or inner.parent_id != outer.id or compare_names(inner.speaker_name, outer.speaker_name) != OTHER:
                continue
            if mentions_name(own, inner.speaker_name) and mentions_name(own, outer.speaker_name):
                return ""
            if compare_names(said.speaker, outer.speaker_name) == SAME:
                return f"are {inner.speaker_name}'s there, whom {outer.speaker_name} only quotes"
            return f"stand there only as {outer.speaker_name} relays what {inner.speaker_name} said"
    if len(own & TELLING) > 1 or own & QUOTING:
        return ""
    for quotation in covering[:1]:
        surface = _surface(quotation, text)
        keys = keys_of(surface)
        reported = re.split(r"[\"“„«]", text[quotation.start : held.start], maxsplit=1)[0] if quotation.form == "mixed" else ""
        told_by = _teller_inside(reported)
        if told_by and compare_names(said.speaker, quotation.speaker_name) == SAME and told_by not in own:
            return f"are passed on by {quotation.speaker_name} there: “{told_by}” told so"
        third = frozenset(keys) - FIRST_PERSONS if all(key in PRONOUNS for key in keys) else frozenset()
        if third and quotation.form == "direct" and _is_authors(said, shelf, document_id) and shelf.is_in_first_person(document_id):
            return f"are passed on there by {said.speaker}: “{surface}” said them"
        is_other = bool(keys) and not all(key in PRONOUNS or key in FIRST_PERSONS for key in keys)
        is_other = is_other and not mentions_name(frozenset(keys), said.speaker) and not _is_mentioned(surface, said)
        is_other = is_other and compare_names(said.speaker, quotation.speaker_name) != SAME
        if is_other and _is_told_by(said, text, held, shelf, document_id):
            return f"are passed on there: they are what “{surface}” said"
    return ""


def _teller_inside(words: str) -> str:
    """The word before a verb of telling inside of what somebody is reported to say: "the county told her they had been" gives "county"."""
    keys = keys_of(words)
    for at in range(len(keys) - 1, 0, -1):
        if keys[at] in TELLING and keys[at - 1] not in PRONOUNS and len(keys[at - 1]) > 2:
            return keys[at - 1]
    return ""


def _is_told_by(said: Said, text: str, held: Held, shelf: Shelf, document_id: str) -> bool:
    """Whether the draft's speaker is who tells there: the text's author, or the speaker whose label opens the paragraph."""
    if shelf.is_by(document_id, said.speaker):
        return True
    start = text.rfind("\n", 0, held.start) + 1
    label = re.match(r"[^\n:]{1,60}:\s", text[start : start + 70])
    if label is None:
        return False
    keys = frozenset(keys_of(label.group()))
    # "the actress said": in an interview of two, words behind a label that is not the interviewer's are hers.
    return mentions_name(keys, said.speaker) or (not is_name(said.speaker) and bool(keys & frozenset(keys_of(text[:200]))))


def _speaks_for(sentence: str, speaker: str | None) -> bool:
    keys = keys_of(sentence)
    return mentions_name(set(keys), speaker) and any(key in SPEAKS_FOR for key in keys)


# ------------------------------------------------------------------------------------------------------------------- denials


def _denial(text: str, held: Held, said: Said, there: str | None, shelf: Shelf, document_id: str) -> str:
    """The words by which the speaker of the draft denies there what the draft has him say; empty if there are none."""
    start, end = sentence_around(text, held.start, held.end)
    before_text, after_text = text[start : held.start], text[held.end : max(held.end, end)]
    before, after = keys_of(before_text)[-12:], keys_of(after_text)[:8]
    found = _denied_before(before) or _denied_after(after)
    if not found:
        return _taken_back(text, max(held.end, end), said, there, shelf, document_id)
    if said.speaker and there and compare_names(said.speaker, there) == OTHER:
        return ""
    if is_name(said.speaker) and not there:
        surname = name_words(said.speaker or "")[-1]
        # "Reyes rejected Lind's claim that ...": then Lind did say so.
        keys = keys_of(before_text + " " + after_text)
        if f"{surname}s" in keys:
            return ""
        is_own = surname in keys or (bool(FIRST_PERSONS & frozenset(keys)) and _is_authors(said, shelf, document_id))
        is_pronoun = any(key in PRONOUNS for key in keys) and surname in keys_of(text[max(0, start - NAMED_BEFORE_CHARS) : start])
        return found if is_own or is_pronoun else ""
    return found


def _is_authors(said: Said, shelf: Shelf, document_id: str) -> bool:
    if shelf.is_by(document_id, said.speaker):
        return True
    outlet = frozenset(keys_of(shelf.document(document_id).outlet or ""))
    return any(word in outlet for word in name_words(said.speaker or "") if len(word) > 3)


def _denied_before(before: tuple[str, ...]) -> str:
    found = ""
    for at, key in enumerate(before):
        contracted = len(key) > 3 and key.endswith("nt") and key[:-2] in _AUXILIARIES
        if (key in NEGATIONS or contracted) and any(word in SAYING for word in before[at + 1 : at + 5]) and len(before) - at <= 8:
            found = " ".join(before[at:][:4])
    denying = [at for at, key in enumerate(before) if key in DENIALS]
    if denying and len(before) - denying[-1] <= 7:
        found = found or " ".join(before[denying[-1] :][:3])
    return found


_AUXILIARIES = ("did", "do", "does", "is", "was", "have", "has", "could", "would")


def _denied_after(after: tuple[str, ...]) -> str:
    for at, key in enumerate(after[:5]):
        if key in DENIALS or (key in NEGATIONS and "true" in after[at : at + 3]):
            return " ".join(after[: at + 2])
    return ""


def _taken_back(text: str, end: int, said: Said, there: str | None, shelf: Shelf, document_id: str) -> str:
    """A short sentence right behind that takes the words back, by the draft's speaker or for everybody."""
    begin = end + len(text[end : end + 40]) - len(text[end : end + 40].lstrip())
    if begin >= len(text):
        return ""
    following = text[begin : sentence_around(text, begin, begin + 1)[1]]
    # "The headline, with the words in quotation marks, was ours and was not said by anybody" may stand a sentence further on.
    reach = keys_of(text[begin : begin + CORRECTION_REACH_CHARS])
    for at, key in enumerate(reach):
        if key in NEGATIONS and "said" in reach[at + 1 : at + 3] and {"anybody", "anyone"} & set(reach[at + 2 : at + 6]):
            return " ".join(reach[at : at + 5])
    keys = keys_of(following)
    if len(keys) > DENIAL_SENTENCE_WORDS:
        return ""
    negated = [at for at, key in enumerate(keys) if key in NEGATIONS and any(word in SAYING for word in keys[at + 1 : at + 4])]
    is_denied = bool(negated) or (any(key in DENIALS for key in keys) and any(key in _THIS for key in keys))
    if not is_denied:
        return ""
    is_own = mentions_name(frozenset(keys), said.speaker)
    first = bool(FIRST_PERSONS & frozenset(keys))
    is_own = is_own or (first and (_is_authors(said, shelf, document_id) or _is_labelled(said, text, begin) or there in ("I", None)))
    return following.strip().rstrip(".") if is_own else ""


_THIS = ("this", "that", "it", "claim", "claims", "das", "dies", "cela", "esto")


def _is_labelled(said: Said, text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return mentions_name(frozenset(keys_of(text[start : start + 60])), said.speaker)
