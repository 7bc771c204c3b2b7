"""Whether a name is that of a paper, an agency or a broadcaster: from how it stands in the text, never from a list of names.

"the" before it, letters only, marks or a link around it, or the same name with such a sign elsewhere. A generic noun ("news",
"gazette") is a sign too, where all of these are missing.
"""

from __future__ import annotations

import re

from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.name_spans import BODY_WORDS, TITLES

MEDIA_NOUNS = lexicon.word_set(
    """
    agency broadcasting broadcaster courier daily gazette herald journal magazine media network news newspaper post press radio review
    television times tribune tv weekly
    agentur fernsehen nachrichten presse rundfunk tageblatt tageszeitung zeitung zeitschrift
    agence journaux nouvelles quotidien revue télévision
    agencia diario noticias periódico prensa revista televisión
    """
)
"""Words of a language by which papers and broadcasters say what they are; none is a paper's own name alone."""

_OTHER_BODIES = BODY_WORDS - MEDIA_NOUNS
MAX_ACRONYM = 5
_MAY_FOLLOW = lexicon.SMALL_CLASSES | lexicon.TIME_WORDS | lexicon.OPENING_ADVERBS | MEDIA_NOUNS
_FOLLOWING = re.compile(r"[ ](?P<word>[^\W\d_][\w'’-]{0,40})")


def is_acronym(name: str) -> bool:
    """Whether a name is a few capital letters."""
    return " " not in name and name.isupper() and name.isalpha() and 2 <= len(name) <= MAX_ACRONYM


def has_media_noun(name: str) -> bool:
    """Whether a name says itself what it is."""
    words = [word.lower() for word in _words(name)]
    return len(words) > 1 and any(part in MEDIA_NOUNS for word in words for part in word.split("-"))


def is_other_body(name: str) -> bool:
    """Whether a name is that of an office or a body that is no outlet: "Security Council", "Bureau of Trade", "Prime Minister"."""
    words = [word.lower() for word in _words(name)]
    if not words or words[0] in TITLES:
        return True
    heads = {words[-1]} | {words[at - 1] for at in range(1, len(words)) if words[at] in ("of", "for")}
    if has_media_noun(name):
        return False
    return any(head in _OTHER_BODIES or head in TITLES or head in lexicon.ROLES or head in lexicon.UNNAMED_HEADS for head in heads)


def stands_as_outlet(text: str, end: int, name: str, *, has_article: bool, has_marks: bool, is_subject: bool = False) -> bool:
    """Whether the form alone shows an outlet: `name` ends at `end`, with "the" or marks before it. `is_subject`: its verb follows."""
    if is_other_body(name):
        return False
    if has_marks or is_acronym(name):
        return True
    if not has_article or (not is_subject and _goes_on(text, end)):
        return False
    # "the Lantern" may be a paper, "the Democrats" are people.
    return " " in name or not name.endswith("s") or name.lower() in MEDIA_NOUNS


def _goes_on(text: str, end: int) -> bool:
    """Whether a noun follows of which the name is a part: "the Harbour Town council"."""
    match = _FOLLOWING.match(text, end)
    return match is not None and match["word"][0].islower() and match["word"].lower() not in _MAY_FOLLOW


def _words(name: str) -> list[str]:
    return name.replace("’s", "").replace("'s", "").split()
