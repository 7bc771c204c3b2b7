"""A speaker who is named only behind his words: a signature under them, "So wrote Rector Amory", "It is from Minna Korth's memoir"."""

from __future__ import annotations

import re

from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.statements import Stretch
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.main_subjects import is_owner, phrase_at
from firstsaid.parsing.who.speakers import Phrase

MAX_SIGNATURE = 90  # characters: a name, an office, a place and a date
MAX_NAME_WORDS = 6
MAX_POINTING = 30  # tokens of the sentence behind a block that may say whose it was
_SIGNATURE = re.compile(
    r"(?:^|(?<=[.!?…\"”»\])*_\n])\s*)(?:&mdash;|[~―—–]|--{1,2}|-(?=\s))\s*(?:from |by )?\[?(?=[^\W\d_])([^\n\"“”«»]{2,80})$"
)
_POINTING = lexicon.word_set("so thus that this it these those such the")
_BELONGING = lexicon.word_set("is was are were comes came")


def signature_of(page: Page, start: int, end: int) -> tuple[Stretch, int] | None:
    """The name in a signature at the end of the stretch, and where the words before it end. Looks at its last line only."""
    low = max(start, end - MAX_SIGNATURE)
    match = _SIGNATURE.search(page.text[low:end])
    if match is None:
        return None
    name = re.split(r"[,(;\]]", match.group(1))[0].rstrip(" .*_")
    words = name.split()
    n_capitals = sum(word[0].isupper() for word in words)
    if not 1 <= len(words) <= MAX_NAME_WORDS or not words[0][0].isupper() or 2 * n_capitals <= len(words):
        return None
    begin = low + match.start(1)
    return (begin, begin + len(name)), low + len(page.text[low : low + match.start()].rstrip())


def pointed_to(page: Page, cues: dict[str, Cue], position: int) -> Phrase | None:
    """Whom the sentence that begins at the position names as the speaker of the words before it; None where it names nobody so.

    Only where it opens by pointing back: "So wrote X", "That is X, in a letter", "It is from X's memoir", "These are X's words".
    """
    first = page.tokens_before(position)
    if first >= len(page.words) or page.lower[first] not in _POINTING:
        return None
    last = page.units[page.unit_at(position)][1]
    last = min(last, first + MAX_POINTING)
    at = first + 1
    is_bare = page.lower[first] in ("so", "thus")
    if page.lower[first] in ("it's", "that's") or (at < last and page.lower[at] in _BELONGING):
        at += page.lower[at] in _BELONGING
    elif is_bare and at < last and page.lower[at] in cues:
        at += 1  # so wrote X
    elif page.lower[first] == "the" and at < last and page.lower[at] in ("words", "lines", "writer", "author", "speaker", "sentence"):
        at += 2
    elif not is_bare:
        return None
    if at < last and page.lower[at] in ("from", "by", "how", "what"):
        at += 1
    if at + 1 < last and page.lower[at] == "the" and page.lower[at + 1] in lexicon.TEXT_NOUNS:
        at += 2
        at += at < last and page.lower[at] == "of"
    if at >= last or page.pair_of[at] != NO_PAIR or not page.words[at][0].isupper():
        return None
    end = at
    while end < last and page.words[end][0].isupper() and not is_owner(page, end):
        end += 1
    if end < last and page.words[end][0].isupper() and is_owner(page, end):
        return Phrase(at, end + 1, "name", 7000)  # from Minna Korth's memoir
    return phrase_at(page, at, last, is_subject=False)
