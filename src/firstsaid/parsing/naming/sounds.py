"""How a name sounds, roughly: what transliterations and slips of spelling leave as it is. Consonants; vowels only as a beginning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_GROUPS = (
    (re.compile(r"tsch|tch|tsh|ch|cz"), "4"), (re.compile(r"sch|sh|zh|sz"), "s"), (re.compile(r"ph|pf"), "f"),
    (re.compile(r"kh|gh|ck|q|x|(?<=[aeiou])h(?=[^aeiou])"), "k"),
)  # fmt: skip
_LETTERS = (("dh", "d"), ("th", "t"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("g", "k"), ("w", "v"), ("z", "s"))
"""Spellings that systems of transliteration use for one sound; no rule is of one language only."""
_VOWELS = re.compile(r"[aeiouyj]+")
_DOUBLES = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|an|ar|ad)-")
_NO_LETTER = re.compile(r"[^a-z]")
_OPEN, _CLOSE = frozenset("aeiou"), frozenset("yj")
ARTICLES = frozenset(("al", "el", "bin", "ibn", "von", "van", "de"))
MAX_CHARS = 60
"""What is longer is no word."""


def sound(word: str) -> str:
    """The sound of one word of a name; empty for words of other scripts than Latin, which are not transliterated.

    >>> sound("Nikolai") == sound("Nikolay"), sound("Mohammed") == sound("Muhammad"), sound("Youssef") == sound("Yusuf")
    (True, True, True)
    >>> sound("Karlsen") == sound("Harlsen"), sound("Qadhafi") == sound("Gaddafi"), sound("北京")
    (False, True, '')
    """
    return sounds_of([word])[0]


def sounds_of(words: Sequence[str]) -> list[str]:
    """The sound of each word; as lines of one text, which costs a tenth of one word after the other."""
    plain = [_plain(word[:MAX_CHARS].casefold()) for word in words]
    text = "\n".join(plain) + "\n"
    for pattern, letter in _GROUPS:
        text = pattern.sub(letter, text)
    for letters, letter in _LETTERS:
        text = text.replace(letters, letter)
    text = _DOUBLES.sub(r"\1", _VOWELS.sub("", text.replace("b\n", "p\n")))
    return [_opening(word) + rest for word, rest in zip(plain, text.split("\n"), strict=False)]


def _plain(word: str) -> str:
    """Latin letters only."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word if word.isascii() and word.isalpha() else _NO_LETTER.sub("", _ARTICLE.sub("", word))


def _opening(word: str) -> str:
    return "a" if word[:1] in _OPEN else "i" if word[:1] in _CLOSE else ""


def sounds(words: tuple[str, ...]) -> tuple[str, ...]:
    """The sounds of a name's words, in order; articles that stand as words of their own are left out."""
    return tuple(found for found in sounds_of([word for word in words if word not in ARTICLES]) if found)
