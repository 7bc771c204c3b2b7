"""Names give way to stand-ins before a sentence is parsed, so that putting one name in the place of another changes no parse.

Each name becomes one of five words by its shape alone: capitals, plural, -an/-ese/-ish, the last word of a name, a word before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import Page

_KEPT = lexicon.TIME_WORDS | lexicon.SMALL_CLASSES | lexicon.PRONOUNS | lexicon.DETERMINERS | lexicon.word_set(
    """
    i i'm january february march april may june july august september october november december mr mrs ms dr sen rep gov gen mr. mrs. ms.
    dr. sen. rep. gov. gen. president senator secretary not no yes
    """
)  # fmt: skip
_GOES_ON = frozenset((",", ";", "-", "—", "'s", "’s", "&", "'", "’", ")", "("))
_ENDS = frozenset('.!?:"“‘')


def name_words(page: Page) -> frozenset[str]:
    """Words of the page that are capitalised inside sentences and never small: at the start of a sentence they are names too."""
    small: set[str] = set()
    large: set[str] = set()
    before = "."
    for word in page.words:
        if word[0].islower():
            small.add(word)
        elif word[0].isupper() and before[-1].isalnum():
            large.add(word.lower())
        before = word
    return frozenset(large - small)


def masked(words: Sequence[str], names: frozenset[str]) -> list[str]:
    """The words of a sentence with stand-ins for its names. `names`: see `name_words`; they decide at its start and in headlines."""
    found = list(words)
    letters = [word for word in words if word[0].isalpha()]
    is_headline = len(letters) > 3 and len(words) <= 40 and sum(word[0].isupper() for word in letters) * 10 > 7 * len(letters)
    at_start, before = True, -2
    for at, word in enumerate(words):
        lower = word.lower()
        is_name = word[0].isupper() and len(word) > 1 and lower not in _KEPT
        if is_name and (lower in names or not (at_start or is_headline) or (at_start and not is_headline and _opens_name(words, at))):
            found[at] = _stand_in(word)
            if found[at] == "Smith" and before == at - 1 and found[before] == "Smith":
                found[before] = "John"
            before = at
        if word[-1].isalnum() or word in _GOES_ON:
            at_start = False
        elif word in _ENDS:
            at_start = True
    return found


def _opens_name(words: Sequence[str], at: int) -> bool:
    """Whether a word at the start of a sentence is a forename: a capitalised word follows, and it is itself no verb of saying."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return following[:1].isupper() and len(following) > 1 and following.lower() not in _KEPT and words[at].lower() not in lexicon.cues("en")


def _stand_in(word: str) -> str:
    if word.isupper():
        return "NBC"
    if word.endswith("ans") or (word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "es"))):
        return "Republicans"
    return "American" if len(word) > 5 and word.endswith(("an", "ese", "ish")) else "Smith"
