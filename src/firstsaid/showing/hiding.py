"""Names kept from a reader: outlets while one judges (blind), private persons in a report that goes to others (redaction).

A name is hidden wherever its words stand in order, in any case and with any separator ("harbour-lantern", a line break), in texts as in
our own sentences, titles, places and addresses. What describes somebody without a name is not found.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

_LETTERS = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_LETTERS}]+|[^\W_{_LETTERS}]+")
_UNSPACED = re.compile(f"[{_LETTERS}]")
"""Thai, Lao, Khmer, Japanese, Chinese, Korean: names there stand within a run of letters, and are looked for as letters."""
BLOT = "█"
_BLOTS = re.compile(f"{BLOT}+")
WITHHELD = "[name withheld]"
MOST_BETWEEN = 4
"""Characters between two words of one name: ", ", "-", a line break; more is another sentence."""
NOT_WORDS = frozenset({
    "id", "anchor", "href", "kind", "marks", "letter", "tag", "direction", "layer", "previous", "next", "next_id", "list_href",
    "of_kind_href", "confirmed_href", "strength", "hand",
})  # fmt: skip
"""Fields of views that hold no words of anybody: ids, addresses that name nobody, classes of the stylesheet."""


@dataclass(frozen=True)
class Hiding:
    """What stands for each name. `words`: name -> what is shown in its place. `is_shuffled`: lists whose order could tell lose it.

    `capitals`: names of one word that may also be another word ("Long"), hidden only where they have a capital, if their letters have any.

    `withheld`: nothing of the texts' own wording may give the name away, so that also marked text is hidden letter by letter.
    """

    words: Mapping[str, str]
    is_shuffled: bool = False
    withheld: bool = False
    capitals: frozenset[str] = frozenset()

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """Names by their first word, the longest first: a text is walked once, however many names there are."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, shown in self.words.items():
            keys = _keys(name)
            if keys:
                found.setdefault(keys[0], []).append((keys, shown))
        for listed in found.values():
            listed.sort(key=lambda one: (-len(one[0]), one))
        return found

    @cached_property
    def meant(self) -> dict[str, str]:
        """The name behind what is shown."""
        return {shown: name for name, shown in self.words.items()}

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand in a text, each with what is shown there; in order, never one in another."""
        if not text or not self.words:
            return []
        words = [(found.group().casefold(), found.start(), found.end()) for found in _WORD.finditer(text)]
        made = self._letters(text)
        at = 0
        while at < len(words):
            for keys, shown in self._by_first.get(words[at][0], ()):
                here = words[at : at + len(keys)]
                near = all(right[1] - left[2] <= MOST_BETWEEN for left, right in pairwise(here))
                if near and tuple(word for word, _, _ in here) == keys and not self._is_common(text, here):
                    made.append((here[0][1], here[-1][2], shown))
                    at += len(keys)
                    break
            else:
                at += 1
        return _apart(made)

    def _is_common(self, text: str, here: list[tuple[str, int, int]]) -> bool:
        return len(here) == 1 and here[0][0] in self.capitals and text[here[0][1] : here[0][2]].islower()

    def _letters(self, text: str) -> list[tuple[int, int, str]]:
        """Places of names in scripts that put no blank between words."""
        if self._unspaced is None or not _UNSPACED.search(text):
            return []
        return [(found.start(), found.end(), self.words[found.group()]) for found in self._unspaced.finditer(text)]

    @cached_property
    def _unspaced(self) -> re.Pattern[str] | None:
        names = sorted((name for name in self.words if _UNSPACED.search(name)), key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, names))) if names else None

    def hide(self, text: str) -> str:
        """The text with something else in the place of each name."""
        out, at = [], 0
        for start, end, shown in self.places(text):
            out += [text[at:start], shown]
            at = end
        shown_text = "".join([*out, text[at:]])
        # How long a name is would say something of it.
        return _BLOTS.sub(WITHHELD, shown_text) if self.withheld else shown_text

    def blot(self, text: str) -> str:
        """The text in its length, with a block for each letter of a name: what marks and offsets point into stays in its place."""
        out, at = [], 0
        for start, end, _ in self.places(text):
            out += [text[at:start], BLOT * (end - start)]
            at = end
        return "".join([*out, text[at:]])

    def hidden(self, view: Any) -> Any:
        """A view with all its words hidden, whatever it is made of."""
        if isinstance(view, str):
            return self.hide(view)
        if isinstance(view, tuple):
            return tuple(map(self.hidden, view))
        if isinstance(view, dict):
            return {name: self.hidden(value) for name, value in view.items()}
        if is_dataclass(view) and not isinstance(view, type):
            changed = {
                field.name: self.hidden(getattr(view, field.name))
                for field in fields(view)
                if field.name not in NOT_WORDS and not isinstance(getattr(view, field.name), (int, bool, type(None)))
            }
            return replace(view, **changed)
        return view


def _apart(places: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Places in order, of those that overlap the one that begins first."""
    kept: list[tuple[int, int, str]] = []
    for one in sorted(places):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def outlets_hidden(corpus: Corpus) -> Hiding:
    """Outlets under labels whose order says nothing: neither that of the alphabet nor of size.

    Where no outlet is known the title often is its name ("Morning bulletin"), and our sentences use it so: it is hidden too.
    """

    def labelled(query: str, label: str) -> dict[str, str]:
        names = sorted((row[0] for row in corpus.connection.execute(query)), key=lambda name: hashlib.blake2b(name.encode()).digest())
        return {name: f"{label} {number}" for number, name in enumerate(names, 1)}

    titles = labelled("SELECT DISTINCT title FROM document WHERE is_current AND outlet IS NULL AND title IS NOT NULL", "Document")
    outlets = labelled("SELECT DISTINCT outlet FROM document WHERE is_current AND outlet IS NOT NULL", "Outlet")
    return Hiding({**titles, **outlets}, is_shuffled=True)


def persons_hidden(corpus: Corpus, names: Iterable[str]) -> Hiding:
    """Persons whose names a report withholds, under every spelling that was joined to theirs, and under their last word alone.

    Whoever else bears that last word is hidden too: too much is better than too little here.
    """
    listed = {name.strip() for name in names if _WORD.search(name)}
    wanted = {_keys(name) for name in listed}
    if wanted:
        for spellings in _spellings(corpus):
            if any(_keys(one) in wanted for one in spellings):
                listed.update(spellings)
    alone = {keys[-1] for name in listed if len(keys := _keys(name)) > 1 and len(keys[-1]) > 1}
    return Hiding(dict.fromkeys(sorted(listed | alone), WITHHELD), withheld=True, capitals=frozenset(alone))


def _keys(name: str) -> tuple[str, ...]:
    return tuple(word.group().casefold() for word in _WORD.finditer(name))


def _spellings(corpus: Corpus) -> list[list[str]]:
    """All spellings of each name, as the texts have them and as they were filled up."""
    found: dict[str, list[str]] = {}
    for name_id, canonical, listed in corpus.connection.execute("SELECT id, canonical, spellings FROM name WHERE kind != 'unnamed'"):
        found[name_id] = [canonical, *json.loads(listed)]
    for name_id, surface, in_full in corpus.connection.execute("SELECT name_id, surface, in_full FROM spelling"):
        if name_id in found:
            found[name_id] += [surface, in_full]
    return [[one for one in spellings if _WORD.search(one)] for spellings in found.values()]
