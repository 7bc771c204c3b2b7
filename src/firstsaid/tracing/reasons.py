"""Why an edge stands in a stemma: short sentences that a reader can check against the texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from firstsaid.model import MINUTES_PER_DAY
from firstsaid.tracing.collation import GAP, Collation, holders
from firstsaid.tracing.witnesses import Witness, is_before

MAX_PHRASE = 60
"""Characters of a quoted phrase: more would not be read in a list."""
TELLING_LETTERS = 7
"""A phrase with fewer letters ("of the") says little by itself: it is quoted with a word on either side, and after longer ones."""
MAX_NAMED = 4
"""Witnesses named in one sentence; the rest is counted."""


class Describer:
    """Phrases of one family: keeps what every sentence needs, so that each costs a few passes over the columns."""

    def __init__(self, witnesses: Sequence[Witness], collation: Collation) -> None:
        self.witnesses = witnesses
        self.collation = collation
        self.columns = collation.variable()
        self.codes = collation.codes[self.columns]
        self.n_with = np.bincount(np.array(collation.version_of, np.int64), minlength=collation.codes.shape[1])
        self.n_holders = holders(self.codes, self.n_with)

    def phrase(self, version: int, columns: npt.NDArray[np.int64]) -> str:
        """The words that a version has in neighbouring `columns`."""
        places = self.collation.places[columns, version]
        places = places[places != GAP]
        if not places.size:
            return ""
        first = self.collation.first_of[version]
        words, text = self.collation.units[first], self.witnesses[first].text
        low, high = int(places[0]), int(places[-1])
        if words.ends[high] - words.starts[low] < TELLING_LETTERS:
            low, high = max(0, low - 1), min(len(words.ends) - 1, high + 1)
        quoted = " ".join(text[words.starts[low] : words.ends[high]].split())
        return quoted if len(quoted) <= MAX_PHRASE else quoted[: MAX_PHRASE - 1].rstrip() + "…"

    def _n_letters(self, version: int, columns: npt.NDArray[np.int64]) -> int:
        """How many letters a version has in `columns`."""
        words = self.collation.units[self.collation.first_of[version]]
        places = self.collation.places[columns, version]
        return sum(words.ends[at] - words.starts[at] for at in places[places != GAP].tolist())

    def most_telling(self, version: int, stretches: Sequence[tuple[int, int]]) -> str:
        """The longest phrase that a version has in one of some stretches of columns (first, end)."""
        ranges = [np.arange(low, high) for low, high in stretches]
        return self.phrase(version, max(ranges, key=lambda columns: self._n_letters(version, columns))) if ranges else ""

    def shared(self, parent: int, child: int) -> list[str]:
        """Readings that the two share with no one, or almost no one, else."""
        common = self.codes[:, parent] == self.codes[:, child]
        rows = np.flatnonzero(common)
        if not rows.size:
            return []
        n_holders = self.n_holders[rows, child]
        own = int(self.n_with[parent] + self.n_with[child])
        sentences = []
        for n_others, told in ((0, "with no one else"), (1, "with only one other")):
            runs = _runs(self.columns[rows[n_holders == own + n_others]])
            told_runs = sorted(runs, key=lambda run: self._n_letters(child, run), reverse=True)
            phrases = [phrase for phrase in (self.phrase(child, run) for run in told_runs) if phrase]
            if phrases:
                more = f" and {len(phrases) - 2} more" if len(phrases) > 2 else ""
                sentences.append(f"shares {' and '.join(f'“{phrase}”' for phrase in phrases[:2])}{more} {told}")
            elif runs:
                sentences.append(f"leaves out the same {_words(sum(map(len, runs)))} {told}")
            if sentences:
                return sentences
        return sentences

    def against(self, parent: int, child: int, rival: int) -> list[str]:
        """Readings that the two share and the next best parent lacks."""
        codes = self.codes
        rows = (codes[:, parent] == codes[:, child]) & (codes[:, rival] != codes[:, child]) & (codes[:, child] != GAP)
        runs = _runs(self.columns[np.flatnonzero(rows)])
        if not runs:
            return []
        more = f" and {len(runs) - 1} more" if len(runs) > 1 else ""
        phrase = self.phrase(child, max(runs, key=lambda run: self._n_letters(child, run)))
        lacking = self.witnesses[self.collation.first_of[rival]].id
        return [f"shares “{phrase}”{more} with it that {lacking} lacks"]

    def changed(self, parent: int, child: int) -> list[str]:
        """What the copy lost, added and changed."""
        theirs, own = self.codes[:, parent], self.codes[:, child]
        is_cut, is_added = (own == GAP) & (theirs != GAP), (own != GAP) & (theirs == GAP)
        sentences = []
        if is_cut.any():
            is_alone = len(self.n_with) > 2 and bool((self.n_holders[is_cut, child] == self.n_with[child]).all())
            kept = " that all others keep" if is_alone else ""
            sentences.append(f"drops {_words(int(is_cut.sum()))}{kept}")
        if is_added.any():
            sentences.append(f"adds {_words(int(is_added.sum()))}")
        n_replaced = int(((own != theirs) & ~is_cut & ~is_added).sum())
        if n_replaced:
            sentences.append(f"has {_words(n_replaced, 'other ')}")
        return sentences or ["has the same words"]


def _words(n: int, of: str = "") -> str:
    return _counted(n, f"{of}word")


def _runs(columns: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    if not columns.size:
        return []
    return list(np.split(columns, np.flatnonzero(np.diff(columns) != 1) + 1))


def dates_told(parent: Witness, child: Witness) -> str:
    """How far apart the two were published, or that this cannot be told."""
    if parent.published is None or child.published is None:
        return "without a date on both sides nothing says which came first"
    if not is_before(parent, child):
        return "the dates tie: which came first is not known"
    least, most = child.published.earliest - parent.published.latest, child.published.latest - parent.published.earliest
    if least == most and most < 2 * MINUTES_PER_DAY:
        return f"published {_counted(most, 'minute') if most < 120 else _counted(most // 60, 'hour')} later"
    # Calendar days, as a reader counts them: between two whole days there may lie one minute or two days.
    fewest = child.published.earliest // MINUTES_PER_DAY - parent.published.latest // MINUTES_PER_DAY
    days = child.published.latest // MINUTES_PER_DAY - parent.published.earliest // MINUTES_PER_DAY
    return f"published {f'{fewest} to ' if fewest < days else ''}{_counted(days, 'day')} later"


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def named(witnesses: Sequence[Witness], numbers: Sequence[int], start: int, end: int) -> str:
    """The witnesses `numbers[start:end]`: some by name, the rest as a number. Cost does not grow with how many there are."""
    listed = ", ".join(witnesses[number].id for number in numbers[start : min(end, start + MAX_NAMED)])
    return listed + (f" and {end - start - MAX_NAMED} more" if end - start > MAX_NAMED else "")
