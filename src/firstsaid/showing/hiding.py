"""Names kept from a reader: outlets while one judges (blind), private persons in a report that goes to others (redaction).

A name is hidden wherever its words stand in order, in any case and with any separator ("harbour-lantern", a line break), in texts as in
our own sentences, titles, places and addresses. What describes somebody without a name is not found.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

_WORD = re.compile(r"[^\W_]+")
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

    `withheld`: nothing of the texts' own wording may give the name away, so that also marked text is hidden letter by letter.
    """

    words: Mapping[str, str]
    is_shuffled: bool = False
    withheld: bool = False

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """Names by their first word, the longest first: a text is walked once, however many names there are."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, shown in self.words.items():
            keys = tuple(word.group().casefold() for word in _WORD.finditer(name))
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
        made: list[tuple[int, int, str]] = []
        at = 0
        while at < len(words):
            for keys, shown in self._by_first.get(words[at][0], ()):
                here = words[at : at + len(keys)]
                near = all(right[1] - left[2] <= MOST_BETWEEN for left, right in pairwise(here))
                if near and tuple(word for word, _, _ in here) == keys:
                    made.append((here[0][1], here[-1][2], shown))
                    at += len(keys)
                    break
            else:
                at += 1
        return made

    def hide(self, text: str) -> str:
        """The text with something else in the place of each name."""
        found = self.places(text)
        if not found:
            return text
        out, at = [], 0
        for start, end, shown in found:
            out += [text[at:start], shown]
            at = end
        return "".join([*out, text[at:]])

    def blot(self, text: str) -> str:
        """The text in its length, with a block for each letter of a name: what marks and offsets point into stays in its place."""
        out, at = [], 0
        for start, end, _ in self.places(text):
            out += [text[at:start], "█" * (end - start)]
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


def outlets_hidden(corpus: Corpus) -> Hiding:
    """Outlets under labels whose order says nothing: neither that of the alphabet nor of size."""
    rows = corpus.connection.execute("SELECT DISTINCT outlet FROM document WHERE is_current AND outlet IS NOT NULL")
    outlets = sorted((row[0] for row in rows), key=lambda outlet: hashlib.blake2b(outlet.encode()).digest())
    return Hiding({outlet: f"Outlet {number}" for number, outlet in enumerate(outlets, 1)}, is_shuffled=True)


WITHHELD = "[name withheld]"


def persons_hidden(corpus: Corpus, names: Iterable[str]) -> Hiding:
    """Persons whose names a report withholds, under every spelling that was joined to theirs."""
    listed = {name.strip(): WITHHELD for name in names if _WORD.search(name)}
    for name in list(listed):
        keys = [word.group().casefold() for word in _WORD.finditer(name)]
        for canonical, spellings in _spellings(corpus):
            if any(keys == [word.group().casefold() for word in _WORD.finditer(one)] for one in (canonical, *spellings)):
                listed |= dict.fromkeys((canonical, *spellings), WITHHELD)
    return Hiding(listed, withheld=True)


def _spellings(corpus: Corpus) -> list[tuple[str, list[str]]]:
    rows = corpus.connection.execute(
        "SELECT name.canonical, spelling.surface FROM name JOIN spelling ON spelling.name_id = name.id WHERE name.kind != 'unnamed'"
    )
    found: dict[str, list[str]] = {}
    for canonical, surface in rows:
        found.setdefault(canonical, []).append(surface)
    return list(found.items())
