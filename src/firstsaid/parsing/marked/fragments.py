"""Whose words a fragment between marks most likely is: the subject of the verb before it."""

from __future__ import annotations

from firstsaid.parsing import lexicon
from firstsaid.parsing.marked import cues_around
from firstsaid.parsing.marked.direct import subject_of
from firstsaid.parsing.statements import Attribution
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import subject_before

NAMING = frozenset(("call", "dub", "label", "brand", "dismiss", "deride", "mock", "describe", "characterize", "characterise"))
"""Verbs that put a name into a mouth: what stands behind them between marks is their subject's word."""


def is_named_by(page: Page, mark: int) -> bool:
    """Whether the words behind the mark at `mark` are what somebody calls something: which she called ‘a contract’."""
    token = page.tokens_before(mark)
    known = lexicon.cues(page.language) if page.language else {}
    for verb in range(token - 1, max(0, token - 6), -1):
        word = page.lower[verb]
        if page.pair_of[verb] != NO_PAIR or not word[0].isalnum():
            return False
        cue = known.get(word)
        if cue is not None and cue.lemma in NAMING and cue.form == "finite":
            phrase = subject_before(page, verb, max(0, verb - 12))[0] if page.language == "en" else None
            return phrase is not None and phrase.kind in ("name", "pronoun", "role") and page.lower[phrase.start] not in _OWN_NAMES
    return False


_OWN_NAMES = lexicon.word_set("i we you one it people some")


def cue_left_of(page: Page, position: int) -> Attribution | None:
    """The nearest verb of saying with a subject, left in the same sentence: whose words a fragment between marks most likely is."""
    known = lexicon.cues(page.language) if page.language else {}
    token = page.tokens_before(position)
    first = page.units[max(0, page.unit_at(position))][0] if page.units else 0
    if page.language and page.language != "en":
        return cues_around.cue_of_fragment(page, known, token, first)
    for verb in range(token - 1, max(first, token - 40), -1):
        cue = known.get(page.lower[verb]) if page.pair_of[verb] == NO_PAIR else None
        if (
            cue is not None
            and (cue.act == "say" or cue.lemma in NAMING)
            and cue.form == "finite"
            and not (page.is_capitalised(verb) and page.words[verb].isascii())
        ):
            phrase, group = subject_of(page, known, verb, cue, first, first)
            if phrase is not None and phrase.kind in ("name", "pronoun", "role"):
                return Attribution((group, verb + 1), phrase, cue.lemma)
    return None
