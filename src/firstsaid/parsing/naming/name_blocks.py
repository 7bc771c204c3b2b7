"""Which names are worth comparing: those that share all words but one, or the sound of every word.

Nearly all names of a corpus share neither. They are sorted out as columns of numbers; only what is left is handled one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.parsing.naming.sounds import ARTICLES, sounds_of

Words = tuple[str, ...]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MIN_SOUND = 5  # consonants of all words together; fewer ("Lee Loo", "Li Lau") fit too many names


def blocks_of(names: Sequence[Words], may_sound: Sequence[bool]) -> dict[Words, list[Words]]:
    """Blocks of two and more names of at least two words, in the order of their first members.

    A block is called ("letter", place, words with an empty one at the place they differ in) or ("sound", sounds); the latter hold only
    names that `may_sound`.
    """
    if not names:
        return {}
    columns = _Columns.of(names)
    found: dict[Words, list[Words]] = defaultdict(list)
    for at in np.flatnonzero(_is_repeated(_all_but_one(columns))).tolist():
        words, place = names[columns.owners[at]], int(columns.places[at])
        found[("letter", str(place), *words[:place], "", *words[place + 1 :])].append(words)
    heard = ["" if word in ARTICLES else sound for word, sound in zip(columns.words, sounds_of(columns.words), strict=True)]
    sound_of = dict(zip(columns.words, heard, strict=True))
    fit, prints = _sounds(columns, heard, np.array(may_sound, bool))
    for at in fit[_is_repeated(prints)].tolist():
        found[("sound", *filter(None, map(sound_of.__getitem__, names[at])))].append(names[at])
    return {name: members for name, members in found.items() if len(members) > 1}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Names word by word. `words`: all that there are; `numbers`, `owners`, `places`: which word, of which name, the how manieth there."""

    words: list[str]
    numbers: I64
    owners: I64
    places: I64
    starts: I64

    @staticmethod
    def of(names: Sequence[Words]) -> _Columns:
        lengths = np.fromiter(map(len, names), np.int64, len(names))
        starts = np.cumsum(lengths) - lengths
        owners = np.repeat(np.arange(len(names)), lengths)
        number_of: dict[str, int] = {}
        numbers = np.fromiter((number_of.setdefault(word, len(number_of)) for words in names for word in words), np.int64, len(owners))
        return _Columns(list(number_of), numbers, owners, np.arange(len(owners)) - starts[owners], starts)


def _all_but_one(columns: _Columns) -> U64:
    """For each word of each name a number that stands for the place and the other words."""
    prints = _mixed(columns.numbers, columns.places)
    lengths = np.diff(columns.starts, append=len(columns.owners))
    return np.asarray(
        np.add.reduceat(prints, columns.starts)[columns.owners] - prints + _mixed(-1 - lengths[columns.owners], columns.places)
    )


def _sounds(columns: _Columns, heard: list[str], may_sound: Bools) -> tuple[I64, U64]:
    """The names whose sounds tell enough, and for each a number that stands for its sounds."""
    number_of = {"": 0}
    sounds = np.fromiter((number_of.setdefault(sound, len(number_of)) for sound in heard), np.int64, len(heard))[columns.numbers]
    letters = np.fromiter(map(len, heard), np.int64, len(heard))[columns.numbers]
    is_heard = (sounds > 0).astype(np.int64)
    n_before = np.cumsum(is_heard) - is_heard
    prints = np.where(is_heard > 0, _mixed(sounds, n_before - n_before[columns.starts][columns.owners]), np.uint64(0))
    n_heard = np.add.reduceat(is_heard, columns.starts)
    fit = np.flatnonzero(may_sound & (n_heard > 1) & (np.add.reduceat(letters, columns.starts) >= MIN_SOUND))
    return fit, np.add.reduceat(prints, columns.starts)[fit]


def _mixed(numbers: I64, places: I64) -> U64:
    """A number for each pair, so that sums of them are as good as different for different words or places (splitmix64)."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + places.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), np.uint64)


def _is_repeated(prints: U64) -> Bools:
    """Which of the numbers stand here more than once."""
    _, group, counts = np.unique(prints, return_inverse=True, return_counts=True)
    return np.asarray(counts[group] > 1, bool)
