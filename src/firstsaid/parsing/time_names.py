"""Names that begin with a word of time: "the Sunday Express", "Evening Lantern said"; not "On Sunday Ann Poe said"."""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing import lexicon

MAX_NAME_WORDS = 5
"""How far a verb of saying may stand from the word of time that opens the sentence."""


def opens_name(words: Sequence[str], token: int, opens_sentence: bool) -> bool:
    """Whether the capitalised word of time at `token` is a name's first word.

    Another capitalised word follows it, and either "the" stands before it, or it opens its sentence and a verb of saying follows.

    >>> opens_name("read the Sunday Express today".split(), 2, False), opens_name("Sunday Express said so".split(), 0, True)
    (True, True)
    >>> opens_name("On Sunday Ann Poe said".split(), 1, False), opens_name("Sunday Express trains ran".split(), 0, True)
    (False, False)
    """
    at = token + 1
    if not words[token][:1].isupper() or at >= len(words) or not words[at][:1].isupper() or words[at].lower() in lexicon.SMALL_CLASSES:
        return False
    if words[at].lower() in lexicon.TIME_WORDS:
        return False  # "the Sunday March 3 meeting"
    if token > 0 and words[token - 1].lower() == "the":
        return True
    if not opens_sentence:
        return False
    while at < min(len(words), token + MAX_NAME_WORDS) and words[at][:1].isupper():
        at += 1
    cue = lexicon.cues("en").get(words[at]) if at < len(words) else None
    return cue is not None and cue.act == "say" and cue.form == "finite"
