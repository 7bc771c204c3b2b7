"""Names that begin with a word of time: "the Sunday Express", "Evening Lantern said"; not "On Sunday Ann Poe said"."""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing import lexicon

MAX_NAME_WORDS = 5
"""How far a verb of saying may stand from the word of time that opens the sentence."""
_MONTHS = lexicon.word_set("january february march april may june july august september october november december")
_CLOSERS = _MONTHS | lexicon.word_set("week month today tomorrow")
_BEFORE_MONTHS = lexicon.PREPOSITIONS | lexicon.TIME_WORDS | lexicon.word_set("early late mid this since")


def opens_name(words: Sequence[str], token: int, opens_sentence: bool) -> bool:
    """Whether the capitalised word of time at `token` is a name's first word.

    Another capitalised word follows it, and either "the" stands before it, or it opens its sentence and a verb of saying follows.

    >>> opens_name("read the Sunday Express today".split(), 2, False), opens_name("Sunday Express said so".split(), 0, True)
    (True, True)
    >>> opens_name("On Sunday Ann Poe said".split(), 1, False), opens_name("Sunday Express trains ran".split(), 0, True)
    (False, False)
    >>> opens_name("said June Morrow".split(), 1, False), opens_name("In June Ann Poe said".split(), 1, False)
    (True, False)
    """
    at = token + 1
    if not words[token][:1].isupper() or at >= len(words) or not words[at][:1].isupper() or words[at].lower() in lexicon.SMALL_CLASSES:
        return False
    if words[at].lower() in lexicon.TIME_WORDS:
        return False  # "the Sunday March 3 meeting"
    if words[token].lower() in _MONTHS and words[at].isupper() and len(words[at]) > 1:
        return False  # "the May CPI figures"
    before = words[token - 1].lower() if token > 0 else ""
    if before == "the" or (words[token].lower() in _MONTHS and before not in _BEFORE_MONTHS and not before[:1].isdigit()):
        return True  # the Sunday Express; June Morrow
    if not opens_sentence:
        return False
    while at < min(len(words), token + MAX_NAME_WORDS) and words[at][:1].isupper():
        at += 1
    cue = lexicon.cues("en").get(words[at]) if at < len(words) else None
    return cue is not None and cue.act == "say" and cue.form == "finite"


def closes_name(words: Sequence[str], token: int) -> bool:
    """Whether the capitalised word of time at `token` is a name's last word: "Theresa May", "Harbour Week"; never a day of the week.

    >>> closes_name("said Ann May yesterday".split(), 2), closes_name("said Ann Poe May 5".split(), 3)
    (True, False)
    """
    word = words[token]
    if not word[:1].isupper() or word.lower() not in _CLOSERS or token == 0:
        return False
    before = words[token - 1]
    is_name = before[:1].isupper() and before.lower() not in lexicon.SMALL_CLASSES | lexicon.TIME_WORDS | lexicon.OPENING_ADVERBS
    return is_name and not (token + 1 < len(words) and words[token + 1][:1].isdigit())
