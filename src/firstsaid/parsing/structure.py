"""What everything else in this room reads: one pass over a text for its paragraphs, sentences, marks and tokens."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from firstsaid.model import Layout
from firstsaid.parsing.lexicon import LANGUAGES, SMALL_CLASSES, Cue, cues, language_of
from firstsaid.parsing.manner import is_essay
from firstsaid.parsing.marks import Pair, find_pairs
from firstsaid.parsing.sentences import paragraphs, sentences

# Eight equal signs in a row are a rule across the page, one token; without this a million of them are a million tokens.
# Combining marks (Arabic vowels, Indic signs) belong to their word although Python counts them as no letters.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1D00) if unicodedata.category(chr(code))[0] == "M")
_LETTERS = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_TOKEN = re.compile(
    rf"{_LETTERS}(?:(?:['’&.\u200c]|-(?!(?:t-)?(?:ils?|elles?)\b)){_LETTERS})*|([^\w\s])\1{{7,}}+|[^\w\s]|_"  # "a-t-il" is four tokens
)
# Vowel signs and the stretching stroke are written or left out at will; Persian is often typed with the Arabic kaf and yeh.
_ARABIC_SIGN = re.compile("[\u064b-\u0655\u0670\u0640]")
_ARABIC_FOLDING = dict.fromkeys([*range(0x64B, 0x656), 0x670, 0x640])
_GLUED_MARKER = re.compile(r"([^\W\d_]{4,})\d{1,3}")
NO_PAIR = -1


@dataclass(frozen=True, slots=True)
class Page:
    """A text taken apart, once. Token lists are parallel; all positions are code points into `text`.

    `lower`: tokens in lower case, without a footnote marker glued to them ("writes6" is "writes"). `pair_of`: index into `outer` of the
    outermost pair that holds the token, marks included, or `NO_PAIR`. `units`: token ranges of sentences, joined where a boundary
    falls inside a pair of marks or between a quotation and its cue; `paragraph_of_unit` is parallel to it. `is_essay`: see
    `manner.is_essay`. `layout` as it was given,
    `language` as given
    or guessed, None where no lexicon fits.
    """

    text: str
    language: str | None
    layout: tuple[Layout, ...]
    paragraphs: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    pairs: list[Pair]
    outer: list[Pair]
    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    pair_of: list[int]
    units: list[tuple[int, int]]
    paragraph_of_unit: list[int]
    is_essay: bool = False

    def token_at(self, position: int) -> int:
        """Index of the first token that ends after `position`."""
        return bisect_right(self.ends, position)

    def tokens_before(self, position: int) -> int:
        """How many tokens start before `position`."""
        return bisect_left(self.starts, position)

    def paragraph_at(self, position: int) -> int:
        """Index of the paragraph that holds the position (of the last one before it)."""
        return bisect_right(self.paragraphs, (position, 1 << 62)) - 1

    def unit_at(self, position: int) -> int:
        """Index of the unit that holds the position (of the last one before it)."""
        return bisect_right(self.units, (max(0, self.token_at(position)), 1 << 62)) - 1

    def opens_unit(self, token: int) -> bool:
        """Whether the token is the first of its sentence."""
        unit = bisect_right(self.units, (token, 1 << 62)) - 1
        return unit >= 0 and self.units[unit][0] == token

    def is_capitalised(self, token: int) -> bool:
        """Whether the token begins like a name, or belongs to a script that knows no capitals."""
        word = self.words[token]
        first = word[0]
        # "al-Masri": the article of a name stays small.
        return first.isupper() or (first.isalpha() and first.lower() == first.upper()) or (word[2:3] == "-" and word[3:4].isupper())


def take_apart(text: str, layout: Sequence[Layout] = (), language: str | None = None) -> Page:
    """The page of a text. Linear."""
    blocks = paragraphs(text, layout)
    pairs = find_pairs(text, blocks)
    outer = [pair for pair in pairs if pair.depth == 0]
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        starts.append(match.start())
        ends.append(match.end())
        words.append(match.group())
    lower = [_without_marker(word.lower()) for word in words]
    if _ARABIC_SIGN.search(text):
        lower = [word.translate(_ARABIC_FOLDING) or word for word in lower]
    _unshout(text, blocks, starts, words, lower)
    pair_of = [NO_PAIR] * len(words)
    for index, pair in enumerate(outer):
        for token in range(bisect_right(ends, pair.open), bisect_left(starts, pair.close)):
            pair_of[token] = index
    found = sentences(text, layout)
    if language is None or language[:2] not in LANGUAGES:
        language = language_of(lower)
    units, paragraph_of_unit = _units(text, found, blocks, outer, starts, lower, words, cues(language) if language else {})
    return Page(
        text, language and language[:2], tuple(layout), blocks, found, pairs, outer, starts, ends, words, lower, pair_of, units,
        paragraph_of_unit, is_essay(lower, pair_of, len(outer))
    )  # fmt: skip


def _unshout(text: str, blocks: list[tuple[int, int]], starts: list[int], words: list[str], lower: list[str]) -> None:
    """In paragraphs in capitals only, words that are surely no names become small again, the others get one capital."""
    for start, end in blocks:
        sample = text[start : min(end, start + 400)]
        if not sample.isupper() or sample.count(" ") < 4:
            continue
        small = cues("en")
        for token in range(bisect_left(starts, start), bisect_left(starts, end)):
            word = lower[token]
            is_small = word in small or word in SMALL_CLASSES or word.endswith(("ed", "ing", "ly"))
            words[token] = word if is_small else words[token].capitalize()


def _without_marker(word: str) -> str:
    if word[-1].isdigit() and (match := _GLUED_MARKER.fullmatch(word)):
        return match.group(1)
    return word


def _units(
    text: str, found: list[tuple[int, int]], blocks: list[tuple[int, int]], outer: list[Pair], starts: list[int], lower: list[str],
    words: list[str], known: dict[str, Cue],
) -> tuple[list[tuple[int, int]], list[int]]:  # fmt: skip
    """Sentences as token ranges, joined where a pair of marks spans the boundary, or where the cue of a quotation follows it."""
    units: list[tuple[int, int]] = []
    paragraph_of_unit: list[int] = []
    block = pair = 0
    held_until = -1
    for start, end in found:
        while block + 1 < len(blocks) and blocks[block + 1][0] <= start:
            block += 1
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first == last:
            continue  # no word begins in it: a block of the layout cut a word in two
        is_same_paragraph = bool(units) and paragraph_of_unit[-1] == block
        ends_quoted = (
            pair > 0 and outer[pair - 1].is_closed and outer[pair - 1].close <= start and not text[outer[pair - 1].close : start].strip()
        )
        if is_same_paragraph and (
            start < held_until or (ends_quoted and _is_cue_of(text[outer[pair - 1].end - 1], first, last, lower, words, known))
        ):
            units[-1] = (units[-1][0], last)
        else:
            units.append((first, last))
            paragraph_of_unit.append(block)
        while pair < len(outer) and outer[pair].open < end:
            held_until = max(held_until, outer[pair].close)
            pair += 1
    return units, paragraph_of_unit


def _is_cue_of(stop: str, first: int, last: int, lower: list[str], words: list[str], known: dict[str, Cue]) -> bool:
    """Whether tokens `first`..`last` are the cue of a quotation that ended in `stop`: "Really?" Ann Poe asked."""
    for token in range(first, min(last, first + 7)):
        cue = known.get(lower[token])
        if cue is not None and cue.form == "finite" and cue.act in ("say", "ask") and words[token][0].islower():
            following = lower[token + 1] if token + 1 < last else "."
            return following != "that" and (stop in "!?…" or following in (".", "in", "on", "at", "of"))
        if not (
            words[token][0].isupper()
            or lower[token] in (".", "the", "a", "his", "her", "he", "she", "they", "who", ",", "also")
            or token < first + 3
        ):
            return False
    return False
