"""How a name sounds, roughly: what transliterations and slips of spelling leave as it is. Consonants; vowels only as a beginning."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GROUPS = (
    (re.compile(r"tsch|tch|tsh|ch|cz"), "4"), (re.compile(r"sch|sh|zh|sz"), "s"), (re.compile(r"ph|pf"), "f"),
    (re.compile(r"kh|gh|ck|q|x|(?<=[aeiou])h(?=[^aeiou]|$)"), "k"),
)  # fmt: skip
_LETTERS = (("dh", "d"), ("th", "t"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("g", "k"), ("w", "v"), ("z", "s"))
"""Spellings that systems of transliteration use for one sound; no rule is of one language only."""
_VOWELS = re.compile(r"[aeiouyj]+")
_DOUBLES = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|an|ar|ad)-")
MAX_CHARS = 60
"""What is longer is no word."""


@lru_cache(maxsize=1 << 17)  # the words of names repeat; a sound costs 20 microseconds
def sound(word: str) -> str:
    """The sound of one word of a name; empty for words of other scripts than Latin, which are not transliterated.

    >>> sound("Nikolai") == sound("Nikolay"), sound("Mohammed") == sound("Muhammad"), sound("Youssef") == sound("Yusuf")
    (True, True, True)
    >>> sound("Karlsen") == sound("Harlsen"), sound("Qadhafi") == sound("Gaddafi"), sound("北京")
    (False, True, '')
    """
    plain = word[:MAX_CHARS].casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    if not (plain.isascii() and plain.isalpha()):
        plain = re.sub(r"[^a-z]", "", _ARTICLE.sub("", plain))
    if not plain:
        return ""
    first = plain[0]
    for pattern, letter in _GROUPS:
        plain = pattern.sub(letter, plain)
    for letters, letter in _LETTERS:
        plain = plain.replace(letters, letter)
    plain = plain[:-1] + "p" if plain.endswith("b") else plain
    opening = "a" if first in "aeiou" else "i" if first in "yj" else ""
    return opening + _DOUBLES.sub(r"\1", _VOWELS.sub("", plain))


def sounds(words: tuple[str, ...]) -> tuple[str, ...]:
    """The sounds of a name's words, in order; articles that stand as words of their own are left out."""
    return tuple(found for word in words if word not in ("al", "el", "bin", "ibn", "von", "van", "de") and (found := sound(word)))
