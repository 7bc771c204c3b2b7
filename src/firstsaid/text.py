"""Normalised views of a text that map every position back to the original. The text itself is never changed.

What a word is, for the whole house (matching, collation, checking all use this one definition):
- a run of letters, digits and combining marks (Unicode categories L, N, M);
- in scripts written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) each base character with its marks is a word of its own;
- an apostrophe, or a run of invisible characters (soft hyphens, joiners, zero-width spaces, marks of writing direction), between two
  characters of one word belongs to the word and is left out of its key;
- a hyphen at the end of a line before a lower-case letter, or one of a script without case, is healed: both halves are one word;
- the key of a word is its case-folded, decomposed compatibility form (NFKD: a Hangul syllable as its letters, "é" as "e" and an
  accent), without diacritics in Latin, Greek, Cyrillic, Hebrew and Arabic, with Latin letters freed of strokes and dots ("ł", "ø", "ı"),
  Arabic and Persian letter variants made equal, tatweel dropped. Keys serve comparison only; offsets stay in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

TABLE_SIZE = 0x33480
"""Code points the tables cover: everything assigned up to CJK Extension H; what lies above is no word character."""

BREAK, LETTER, SOLO, MARK, JOINER, INVISIBLE = 0, 1, 2, 3, 4, 5
"""Classes of code points: not in words; in words; a word of its own; continues a word; joins two word characters; does so in runs."""

EXPANDS = 0x8000_0000
"""A fold entry with this bit holds an index into `Tables.expansions` in place of one code point."""

_SOLO_RANGES = (
    (0x0E01, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x1B000, 0x1B16F), (0x20000, 0x323AF),
)  # fmt: skip
_JOINERS = "'\u2019\u02bc\uff07"
_INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_STRIPPED_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),
    # What NFKD splits off Thai and Lao AM, which some keyboards write as two: "น้ำ" and "นํ้า".
    (0x0E4D, 0x0E4D), (0x0ECD, 0x0ECD),
    # Variation selectors.
    (0x180B, 0x180D), (0xFE00, 0xFE0F),
)  # fmt: skip
_LETTERS_THAT_MARK = "\uff9e\uff9f"
"""Halfwidth sound marks: letters to Unicode, but one with the kana before them."""
_VARIANTS = str.maketrans("ٱىيكةەھہ", "اییکهههه") | {0x0640: None} | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_LATIN_LETTER = re.compile(r"LATIN SMALL LETTER (?:DOTLESS )?([A-Z])(?: WITH .*)?")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")


class Tables(NamedTuple):
    """Lookup tables by code point (length `TABLE_SIZE`), made once from this Python's Unicode data.

    `classes`: uint8. `folds`: uint32, one code point, 0 (left out), or `EXPANDS | index`. `expansions`: uint32 of shape
    (n, 18): code points of one-to-many folds, filled up with 0.
    """

    classes: npt.NDArray[np.uint8]
    folds: npt.NDArray[np.uint32]
    expansions: npt.NDArray[np.uint32]


def _fold_character(character: str) -> str:
    """The key of one character: see the module docstring."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    decomposed = unicodedata.normalize("NFD", folded)
    kept = "".join(c for c in decomposed if not any(low <= ord(c) <= high for low, high in _STRIPPED_MARKS)).translate(_VARIANTS)
    # Strokes, hooks and missing dots are no marks that Unicode splits off.
    plain = (found.group(1).lower() if (found := _LATIN_LETTER.fullmatch(unicodedata.name(c, ""))) else c for c in kept)
    return "".join(c for c in plain if _is_word_character(c))


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


@cache
def tables() -> Tables:
    """The lookup tables, built on first use (about a quarter of a second)."""
    classes = np.zeros(TABLE_SIZE, np.uint8)
    folds = np.zeros(TABLE_SIZE, np.uint32)
    expansions: list[str] = []
    for code in range(TABLE_SIZE):
        character = chr(code)
        major = unicodedata.category(character)[0]
        if major not in "LNM":
            continue
        classes[code] = MARK if major == "M" else LETTER
        if 0x3400 <= code <= 0x9FFF or (code >= 0x20000 and major == "L"):
            folds[code] = code if unicodedata.normalize("NFKC", character) == character else ord(_fold_character(character)[0])
            continue
        folded = unicodedata.normalize("NFD", character) if 0xAC00 <= code <= 0xD7A3 else _fold_character(character)
        if len(folded) == 1:
            folds[code] = ord(folded)
        elif folded:
            folds[code] = EXPANDS | len(expansions)
            expansions.append(folded)
    for low, high in _SOLO_RANGES:
        block = classes[low : high + 1]
        block[block == LETTER] = SOLO
    # Digits of scripts without spaces still make numbers.
    for code in range(TABLE_SIZE):
        if classes[code] == SOLO and unicodedata.category(chr(code)) == "Nd":
            classes[code] = LETTER
    classes[[ord(c) for c in _LETTERS_THAT_MARK]] = MARK
    for characters, kind in ((_JOINERS, JOINER), (_INVISIBLE, INVISIBLE)):
        for character in characters:
            classes[ord(character)] = kind
            folds[ord(character)] = 0
    table = np.zeros((max(1, len(expansions)), max(map(len, expansions), default=1)), np.uint32)
    for row, expansion in enumerate(expansions):
        table[row, : len(expansion)] = [ord(c) for c in expansion]
    return Tables(classes, folds, table)


@cache
def _fold_map() -> dict[int, str | None]:
    """`str.translate` table that equals `Tables.folds`."""
    _, folds, expansions = tables()
    identity = np.arange(TABLE_SIZE, dtype=np.uint32)
    mapping: dict[int, str | None] = {}
    for code in np.flatnonzero(folds != identity):
        value = int(folds[code])
        if value & EXPANDS:
            mapping[int(code)] = "".join(chr(c) for c in expansions[value & ~EXPANDS] if c)
        elif tables().classes[code] != BREAK:
            mapping[int(code)] = chr(value) if value else None
    return mapping


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The text as uint32 code points, one per character (lone surrogates kept)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def is_second_half(character: str) -> bool:
    """Whether a word broken by a line-end hyphen may go on with this: a small letter, or one of a script that has no case.

    Not one written from right to left: those scripts break no words, and a hyphen there joins two.
    """
    return character.islower() or (unicodedata.category(character) == "Lo" and unicodedata.bidirectional(character) == "L")


def _joins(classes: npt.NDArray[np.uint8], inside: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Starts and ends of what joins two word characters: one `JOINER`, or a run of `INVISIBLE`."""
    invisible = np.concatenate([[False], classes == INVISIBLE, [False]])
    edges = np.flatnonzero(invisible[1:] != invisible[:-1])
    apostrophes = np.flatnonzero(classes == JOINER)
    starts, ends = np.concatenate([edges[::2], apostrophes]), np.concatenate([edges[1::2], apostrophes + 1])
    kept = (starts > 0) & (ends < len(classes))
    starts, ends = starts[kept], ends[kept]
    kept = inside[starts - 1] & inside[ends]
    return starts[kept], ends[kept]


def _covered(n: int, starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Which of `n` characters the stretches cover; no two of them overlap."""
    steps = np.zeros(n + 1, np.int8)
    steps[starts] += 1
    steps[ends] -= 1
    return np.cumsum(steps[:-1], dtype=np.int8) > 0


def word_bounds(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Starts and ends (code points, half-open) of every word of the text, in order. Cost: a few passes of NumPy."""
    codes = code_points(text)
    n = len(codes)
    if n == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    classes = np.where(codes < TABLE_SIZE, tables().classes[np.minimum(codes, TABLE_SIZE - 1)], 0).astype(np.uint8)
    inside = (classes == LETTER) | (classes == SOLO) | (classes == MARK)
    joins = _joins(classes, inside) if classes.max() >= JOINER else None
    if joins is not None:
        inside |= _covered(n, *joins)
    begins_word = classes == SOLO
    for match in _LINE_END_HYPHEN.finditer(text):
        if is_second_half(text[match.end()]):
            inside[match.start() : match.end()] = True
    before = np.empty(n, bool)
    before[0] = False
    before[1:] = inside[:-1]
    previous_is_solo = np.zeros(n, bool)
    if begins_word.any():
        # A letter after a solo character (or its marks) starts a new word: carry "in a solo word" over the marks.
        order = np.arange(n)
        last_base = np.maximum.accumulate(np.where(inside & (classes < MARK), order, -1))
        previous_is_solo[1:] = (last_base[:-1] >= 0) & begins_word[np.maximum(last_base[:-1], 0)] & (classes[1:] == LETTER)
    is_start = inside & (~before | begins_word | previous_is_solo)
    if joins is not None:
        parted = is_start[joins[1]]
        inside &= ~_covered(n, joins[0][parted], joins[1][parted])
    starts = np.flatnonzero(is_start)
    stops = np.flatnonzero(inside & ~np.append(inside[1:], False)) + 1
    ends = np.minimum(np.append(starts[1:], n), stops[np.searchsorted(stops, starts, side="right")])
    return starts.astype(np.int64), ends.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. `starts`, `ends`: int64 code points. `keys`: what to compare, never to show."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    keys: tuple[str, ...]

    def __len__(self) -> int:
        """How many words."""
        return len(self.keys)


@lru_cache(maxsize=1 << 18)  # words repeat; a key costs 10 microseconds, and 262,144 of them some 50 MB at most
def key(word: str) -> str:
    """The comparison key of one word.

    >>> key("Don’t"), key("Straße"), key("ÉCOLE")
    ('dont', 'strasse', 'ecole')
    """
    if word.isascii():
        return (word if word.isalnum() else "".join(filter(str.isalnum, word))).lower()
    return "".join(c for c in word.translate(_fold_map()) if _is_word_character(c))


def words(text: str) -> Words:
    r"""Every word of the text with its key.

    >>> words("It's 40 well-\nknown men").keys
    ('its', '40', 'wellknown', 'men')
    """
    starts, ends = word_bounds(text)
    keys = tuple(key(text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True))
    return Words(starts, ends, keys)


@dataclass(frozen=True, slots=True)
class View:
    """A changed copy of a text that remembers where each of its characters came from.

    `starts[i]`, `ends[i]`: the stretch of the original that character `i` of `text` stands for (int64, code points).
    """

    text: str
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def span_in_original(self, start: int, end: int) -> tuple[int, int]:
        """The original's stretch for `text[start:end]`; an empty stretch maps to an empty one.

        >>> view = typography("“ﬁne”  print")
        >>> view.text, view.span_in_original(1, 5)
        ('"fine" print', (1, 4))
        """
        if start >= end:
            at = int(self.starts[start]) if start < len(self.starts) else int(self.ends[-1]) if len(self.ends) else 0
            return at, at
        return int(self.starts[start]), int(self.ends[end - 1])


_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, "“”„‟«»〝〞＂″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›ʼ＇′´`"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), ""),
    ord("…"): "...",
}


def typography(text: str) -> View:
    """The text with printing habits made equal: quote marks, dashes, ligatures, widths, invisible marks, white space.

    Case, accents, words and punctuation stay, so that two texts with equal views say the same letter for letter.
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        replaced = _TYPOGRAPHY.get(ord(character))
        if replaced is None:
            replaced = unicodedata.normalize("NFKC", character) if ord(character) > 127 else character
        for piece in replaced:
            if piece.isspace():
                if characters and characters[-1] == " ":
                    ends[-1] = at + 1
                    continue
                piece = " "
            characters.append(piece)
            starts.append(at)
            ends.append(at + 1)
    return View("".join(characters), np.array(starts, np.int64), np.array(ends, np.int64))


def sanitize(text: str) -> tuple[str, int]:
    """NUL and lone surrogates become U+FFFD one for one, so that offsets stay. Returns the text and how many were replaced."""
    try:
        # Twenty times as fast as looking for them, and only lone surrogates cannot be encoded.
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        if "\x00" not in text:
            return text, 0
    cleaned, n_replaced = re.subn("[\x00\ud800-\udfff]", "\ufffd", text)
    return cleaned, n_replaced


def shortened(text: str, n_chars: int) -> str:
    r"""The text on one line, cut at a word to at most `n_chars` code points, the cut marked with an ellipsis.

    >>> shortened("It rained\n all night long", 16)
    'It rained all…'
    """
    line = " ".join(text.split())
    if len(line) <= n_chars:
        return line
    return line[: n_chars - 1].rsplit(" ", 1)[0] + "…"
