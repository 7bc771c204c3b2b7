"""The manner of each paragraph: persons and small habits of writing that differ from one writer to the next, read once for a page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import NO_PAIR, Page

_PERSONS = {
    "I": lexicon.word_set(
        "i me my myself mine i'm i’m i've i’ve i'd i’d i'll i’ll ich mich mir mein meine je moi mon ma mes yo mi mis eu meu io mio"
        " я мой мне"
    ),
    "we": lexicon.word_set(
        "we us our ourselves ours we're we’re we've we’ve we'll we’ll wir uns unser unsere nous notre nos nosotros nuestro"
        " nuestra noi nostro мы наш нас"
    ),
    "he": lexicon.word_set("he she er sie il elle él ella ele ela egli lui lei он она"),
    "you": lexicon.word_set("you your yours yourself you're you’re du ihr dein euch tu vous votre usted ustedes você lei voi вы ты"),
}
SINGULAR, PLURAL, HE_SHE, YOU = range(4)
HE_OR_SHE = _PERSONS["he"]
# Keyboard, program, school and century leave their marks, and a pasted paragraph keeps those of its first home.
_HABITS = {
    "curly apostrophe": re.compile("’"), "straight apostrophe": re.compile("(?<=[a-z])'(?=[a-z])"), "long dash": re.compile("—"),
    "spaced dash": re.compile(" – | - "), "double hyphen": re.compile("--"), "semicolon": re.compile(";"),
    "curly marks": re.compile("[“”]"), "straight marks": re.compile('"'), "exclamation": re.compile("!"),
    "contraction": re.compile(r"\b(?:it['’]s|that['’]s|i['’]m)\b|n['’]t\b", re.IGNORECASE),
    "legal or old word": re.compile(
        r"\b(?:shall|hath|doth|thou|thee|thy|unto|upon|thereof|herein|whereas|hereby|pursuant|provided)\b", re.IGNORECASE
    ),
    "British ending": re.compile(r"(?<=\w)(?:our|is(?:ation|e|ing|ed))\b"), "American ending": re.compile(r"(?<=\w)iz(?:ation|e|ing|ed)\b"),
    "chained clauses": re.compile(r"[,;] and\b[^\n]*[,;] and\b"), "square brackets": re.compile(r"\[[^\]]{1,40}\]"),
    "ellipsis": re.compile(r"…|\.\.\."), "capitals": re.compile(r"\b[A-Z]{3,}\b"),
}  # fmt: skip
HABITS = tuple(_HABITS)
# What a single letter shows is asked for without a pattern, three times as fast.
_SEARCHED = [(1 << bit, habit.pattern if len(habit.pattern) == 1 else "", habit) for bit, habit in enumerate(_HABITS.values())]
_CURLY, _STRAIGHT = 1, 2  # the bits of the two apostrophes
_PAST = lexicon.word_set("was were had did said wrote war waren hatte sagte était étaient avait fue era había")
_MAX_READ = 1_500  # characters of a paragraph that show its habits
MAX_TOKENS = 400  # the same for its words
CONTENT_WORD = 5  # letters; shorter words are in every text


@dataclass(frozen=True, slots=True)
class Manner:
    """What one paragraph shows. `low`, `high`: its tokens.

    `persons`, `habits`: a bit for each person (I, we, he or she, you) said outside marks and for each of `HABITS`. `past`: share of past
    forms. `length`: letters per word. `words`: its longer words. `oddness_of_persons` and `oddness_of_habits`: how unlike the rest
    of its page it is (nats above the mean surprise).
    """

    low: int
    high: int
    persons: int
    habits: int
    past: float
    length: float
    words: frozenset[str]
    oddness_of_persons: float = 0.0
    oddness_of_habits: float = 0.0

    def says(self, person: int) -> bool:
        """Whether it says `SINGULAR`, `PLURAL`, `HE_SHE` or `YOU`."""
        return bool(self.persons >> person & 1)


def manners_of(page: Page) -> list[Manner]:
    """The manner of every paragraph. Two passes over at most `MAX_TOKENS` tokens of each."""
    read = [_manner(page, start, end) for start, end in page.paragraphs]
    persons = _surprises([manner[2] for manner in read], len(_PERSONS))
    habits = _surprises([manner[3] for manner in read], len(HABITS))
    return [Manner(*manner, odd, odder) for manner, odd, odder in zip(read, persons, habits, strict=True)]


def _manner(page: Page, start: int, end: int) -> tuple[int, int, int, int, float, float, frozenset[str]]:
    low, high = page.tokens_before(start), page.tokens_before(end)
    stop = min(high, low + MAX_TOKENS)
    lower = page.lower[low:stop]
    outside = [word for word, pair in zip(lower, page.pair_of[low:stop], strict=True) if pair == NO_PAIR]
    persons = sum(1 << bit for bit, words in enumerate(_PERSONS.values()) if not words.isdisjoint(outside))
    sample = page.text[start : min(end, start + _MAX_READ)]
    habits = sum(bit for bit, letter, habit in _SEARCHED if (letter in sample if letter else habit.search(sample)))
    words = [word for word in lower if word[0].isalpha()]
    n_words = max(1, len(words))
    past = sum([word in _PAST or word[-2:] == "ed" for word in words]) / n_words
    long = frozenset([word for word in words if len(word) >= CONTENT_WORD])
    return low, high, persons, habits, past, sum(map(len, words)) / n_words, long


def _surprises(values: list[int], n_bits: int) -> list[float]:
    """For each set of bits, its surprise in nats under the shares of each bit on the page, less the mean surprise."""
    shares = [(sum(value >> bit & 1 for value in values) + 0.5) / (len(values) + 1) for bit in range(n_bits)]
    found = [-sum(math.log(share if value >> bit & 1 else 1 - share) for bit, share in enumerate(shares)) for value in values]
    mean = sum(found) / max(1, len(found))
    return [value - mean for value in found]


def habits_of(manners: list[Manner], paragraphs: range) -> int:
    """The habits that any of the paragraphs shows."""
    found = 0
    for paragraph in paragraphs:
        found |= manners[paragraph].habits
    return found


def persons_of(manners: list[Manner], paragraphs: range) -> int:
    """The persons that any of the paragraphs says."""
    found = 0
    for paragraph in paragraphs:
        found |= manners[paragraph].persons
    return found


def words_of(manners: list[Manner], paragraphs: range) -> set[str]:
    """The longer words of the paragraphs."""
    found: set[str] = set()
    for paragraph in paragraphs:
        found |= manners[paragraph].words
    return found


def apostrophe(habits: int) -> int:
    """1 where only curly apostrophes are set, -1 where only straight ones, else 0."""
    return (habits & _CURLY != 0) - (habits & _STRAIGHT != 0)


def mean_of(manners: list[Manner], paragraphs: range, past: bool) -> float:
    """The mean share of past forms, or of letters per word."""
    return sum(manners[item].past if past else manners[item].length for item in paragraphs) / len(paragraphs)
