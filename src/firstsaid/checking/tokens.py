"""Words of a text with a memo of keys, sentences around a place, and small questions about stretches of words."""

from __future__ import annotations

import re
from functools import lru_cache

from firstsaid.text import Words, key, word_bounds

_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]{0,3}(?=\s|$)|[。！？]|\n\s*\n")

_ASCII_WORD = re.compile(r"[0-9A-Za-z](?:'?[0-9A-Za-z])*")
_LINE_END_HYPHEN = re.compile(r"-[ \t]*\r?\n")

SENTENCE_REACH_CHARS = 1_000
"""No further than this is looked for the end of a sentence: lists and hostile texts have none."""

remembered_key = lru_cache(maxsize=1 << 18)(key)
"""Keys of words seen lately: a bound on memory; a spelling that fell out is only computed again."""


def words_of(text: str) -> Words:
    """The same as `text.words`, with remembered keys."""
    starts, ends = word_bounds(text)
    keys = tuple(remembered_key(text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True))
    return Words(starts, ends, keys)


def keys_of(text: str) -> tuple[str, ...]:
    """The keys of every word, in order: `text.words(text).keys`, the short way where all is ASCII and no line ends in a hyphen.

    Short stretches are asked for very often, and NumPy has a fixed cost per call.
    """
    if text.isascii() and not _LINE_END_HYPHEN.search(text):
        return tuple(word.replace("'", "").lower() for word in _ASCII_WORD.findall(text))
    return words_of(text).keys


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of the sentence or sentences that hold `start`..`end`; at most `SENTENCE_REACH_CHARS` to either side.

    >>> sentence_around("One. Two is here. Three.", 9, 11)
    (5, 17)
    """
    low = max(0, start - SENTENCE_REACH_CHARS)
    begin = low
    for found in _SENTENCE_END.finditer(text, low, start):
        if not _is_abbreviation(text, found.start()):
            begin = found.end()
    finish = min(len(text), end + SENTENCE_REACH_CHARS)
    for found in _SENTENCE_END.finditer(text, max(begin, end - 1), finish):
        if not _is_abbreviation(text, found.start()):
            finish = found.end()
            break
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, max(finish, end)


def _is_abbreviation(text: str, dot: int) -> bool:
    """A stop after one letter or a short title ("J. Reyes", "Dr. Lind") ends no sentence."""
    if text[dot] != ".":
        return False
    begin = dot
    while begin > 0 and dot - begin < 5 and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin:dot]
    if dot + 1 < len(text) and not text[dot + 1].isspace():
        return False
    return len(word) == 1 or word in ("Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "St", "No", "Nr", "vs", "Mme")


def has_sentence_end(text: str) -> bool:
    """Whether a sentence ends inside the text."""
    return any(not _is_abbreviation(text, found.start()) for found in _SENTENCE_END.finditer(text))


def shortened(words: str, n_chars: int = 120) -> str:
    """The words on one line, cut at a word's end with an ellipsis where they are longer than `n_chars`."""
    line = " ".join(words.split())
    if len(line) <= n_chars:
        return line
    return line[: n_chars - 1].rsplit(" ", 1)[0] + "…"
