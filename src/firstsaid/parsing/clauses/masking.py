"""Names give way to stand-ins before a sentence is parsed, so that putting one name in the place of another changes no parse.

Each name becomes one of five words by its shape alone: capitals, plural, -an/-ese/-ish, the last word of a name, a word before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import Page

_KEPT = lexicon.SMALL_CLASSES | lexicon.PRONOUNS | lexicon.DETERMINERS | lexicon.word_set(
    """
    i i'm january february march april may june july august september october november december mr mrs ms dr sen rep gov gen mr. mrs. ms.
    dr. sen. rep. gov. gen. president senator secretary not no yes
    """
)  # fmt: skip
_LOOSE_TIMES = lexicon.TIME_WORDS - _KEPT
"""Words of time with a capital inside of a sentence are names ("Harbour Week"), but for days behind a name ("Brandt Tuesday said")."""
_DAYS = lexicon.word_set("monday tuesday wednesday thursday friday saturday sunday")
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
        if is_name and lower in _LOOSE_TIMES:
            is_name = not at_start and (lower not in _DAYS or _begins_a_name(words, at))
        if is_name and (lower in names or not (at_start or is_headline) or (at_start and not is_headline and _opens_name(words, at))):
            found[at] = _stand_in(word, _is_before_noun(words, at))
            if found[at] == "Smith" and before == at - 1 and (found[before] == "Smith" or not _goes_on(words, at)):
                found[before] = "John"
            before = at
        if word[-1].isalnum() or word in _GOES_ON:
            at_start = False
        elif word in _ENDS:
            at_start = True
    return found


def _begins_a_name(words: Sequence[str], at: int) -> bool:
    """Whether a day stands between "the" and a capital: the Monday Mirror."""
    return at > 0 and words[at - 1].lower() == "the" and _goes_on(words, at)


def _is_before_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word that may be a noun follows: "Vatican was", "Sudan and" are no adjectives."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return following[:1].isalpha() and following.lower() not in lexicon.SMALL_CLASSES and following.lower() not in lexicon.cues("en")


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether the next word has a capital too."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return following[:1].isupper() and len(following) > 1


def _opens_name(words: Sequence[str], at: int) -> bool:
    """Whether a word at the start of a sentence is a forename: a capitalised word follows, and it is itself no verb of saying."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return following[:1].isupper() and len(following) > 1 and following.lower() not in _KEPT and words[at].lower() not in lexicon.cues("en")


def _stand_in(word: str, is_before_noun: bool) -> str:
    if word.isupper():
        return "NBC"
    if word.endswith("ans") or (word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "es"))):
        return "Republicans"
    return "American" if len(word) > 5 and word.endswith(("an", "ese", "ish")) and is_before_noun else "Smith"
