"""Words of a text with a memo of keys, sentences around a place, and small questions about stretches of words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from firstsaid.text import BREAK, JOINER, LETTER, TABLE_SIZE, key, tables, words

_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]{0,3}(?=\s|$)|[。！？]|\n\s*\n")

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LINE_END_HYPHEN = re.compile(r"-[ \t]*\r?\n")
_SPACED = {code: chr(code).lower() if chr(code).isalnum() or code == 0x27 else " " for code in range(128)}
"""ASCII words in small letters, everything else but the apostrophe as spaces: `str.translate` and `str.split` are the fastest there are."""

MOST_OTHERS = 64
"""Different characters beyond ASCII in a text that the short way takes: each costs a pass over it."""

SENTENCE_REACH_CHARS = 1_000
"""No further than this is looked for the end of a sentence: lists and hostile texts have none."""


def keys_of(text: str) -> tuple[str, ...]:
    """The keys of every word, in order: `text.words(text).keys`, the short way where all is Latin and no line ends in a hyphen.

    Findings ask for the words of all texts, and of short stretches again and again.
    """
    plain = _in_ascii(text)
    if plain is None or _LINE_END_HYPHEN.search(plain):
        return words(text).keys
    parts = plain.translate(_SPACED).split("'")
    joined = [parts[0]]
    for before, after in pairwise(parts):
        # Between two characters of a word the apostrophe is left out; anywhere else it ends one.
        joined += (after,) if before[-1:].isalnum() and after[:1].isalnum() else (" ", after)
    return tuple("".join(joined).split())


def _in_ascii(text: str) -> str | None:
    """The text with ASCII in place of its other characters and the same words; None where there is no such text."""
    if text.isascii():
        return text
    others = set(_NOT_ASCII.findall(text))
    if len(others) > MOST_OTHERS:
        return None
    for character in others:
        stand_in = _stand_in(character)
        if stand_in is None:
            return None
        text = text.replace(character, stand_in)
    return text


@lru_cache(maxsize=1 << 12)
def _stand_in(character: str) -> str | None:
    """ASCII that makes the same words: “ is a space, ’ an apostrophe, é an e; None where there is none."""
    code = ord(character)
    kind = tables().classes[code] if code < TABLE_SIZE else BREAK
    if kind == BREAK:
        # A hyphen that may be healed at a line's end, as ASCII's own.
        return None if character == "\u2010" else " "
    if kind == JOINER:
        return "'"
    folded = key(character) if kind == LETTER else ""
    return folded if folded.isascii() and folded.isalnum() else None


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


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Every sentence, in order, without the blanks around it.

    >>> sentences_of("One. Two is here.")
    [(0, 4), (5, 17)]
    """
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if not _is_abbreviation(text, found.start())]
    found, start = [], 0
    for end in [*ends, len(text)]:
        words = text[start:end]
        if words.strip():
            found.append((start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())))
        start = end
    return found


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
