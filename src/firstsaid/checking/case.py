"""The tables of a corpus as the finders need them: documents by id, what is said in each, and who stands where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import pyarrow as pa

from firstsaid.checking.rarity import Rarity, rarity_of
from firstsaid.checking.tokens import keys_of, shortened
from firstsaid.checking.vocabulary import Vocabulary
from firstsaid.columns import from_table
from firstsaid.dates import day
from firstsaid.model import FULL, MINUTES_PER_DAY, Citation, Evidence, Figure, Finding, Mention, Prediction, Quotation

MIN_SIGNS_SHARE, MIN_JUDGED_CHARS = 0.004, 300
"""Commas and full stops per character: prose has ten or more in a thousand, an export that lost them nearly none."""

RECENT_TEXTS = 512
"""Texts kept as Python strings; all of a large corpus would take several times its size."""

Noun = TypeVar("Noun", Quotation, Figure, Citation, Prediction, Mention)


@dataclass(frozen=True, slots=True)
class Heading:
    """What is known of a document besides its text. `earliest`, `latest`: moments of publication, None where undated."""

    id: str
    location: str
    url: str | None
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    language: str | None
    earliest: int | None
    latest: int | None
    capture_id: str
    start: int
    end: int

    def label(self) -> str:
        """Outlet and day, as a sentence names a document: `Harbour Times, 2024-05-01`."""
        name = self.outlet or shortened(self.title or self.location, 50)
        return f"{name}, {self.when()}"

    def when(self) -> str:
        """The day of publication, or that it is not known."""
        if self.earliest is None or self.latest is None:
            return "undated"
        first, last = day(self.earliest), day(self.latest)
        return first if first == last else f"{first} to {last}"

    def is_before(self, other: Heading) -> bool:
        """Whether both are dated and every moment of this one lies before the other's."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def order(self) -> tuple[int, int, str]:
        """Earliest first, the undated last; ties by location, so that nothing depends on ids alone."""
        undated = 1 << 60
        return (undated if self.earliest is None else self.earliest, undated if self.latest is None else self.latest, self.location)

    def same_outlet(self, other: Heading) -> bool:
        """Whether one outlet published both; documents without an outlet have none in common."""
        return bool(self.outlet) and self.outlet == other.outlet

    def holds(self, other: Heading) -> bool:
        """Whether the two share text because one is a part of the other's capture."""
        return bool(self.capture_id) and self.capture_id == other.capture_id and self.start < other.end and other.start < self.end


def days_apart(left: Heading, right: Heading) -> int | None:
    """Calendar days (UTC) between the nearest moments of two documents, 1 for neighbouring days; None where one is undated."""
    if left.earliest is None or left.latest is None or right.earliest is None or right.latest is None:
        return None
    earliest = max(left.earliest, right.earliest) // MINUTES_PER_DAY
    return max(0, earliest - min(left.latest, right.latest) // MINUTES_PER_DAY)


@dataclass(frozen=True)
class Case:
    """A traced corpus, read-only. `tables`: name -> Arrow table of the nouns of that name; a missing one is an empty one."""

    documents: pa.Table
    tables: Mapping[str, pa.Table] = field(default_factory=dict)

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """By document id, in order of id."""
        names = ["document_id", "location", "url", "title", "outlet", "authors", "language", "published_earliest", "published_latest"]
        names += ["capture_id", "start", "end"]
        columns = [self._column(name) for name in names]
        rows = zip(*columns, strict=True)
        made: list[Heading] = []
        for document_id, location, url, title, outlet, authors, language, earliest, latest, capture, start, end in rows:
            held = (tuple(authors or ()), language, earliest, latest, capture or "", start or 0, end or 0)
            made.append(Heading(document_id, location, url, title, outlet, *held))
        return {heading.id: heading for heading in sorted(made, key=lambda heading: heading.id)}

    def _column(self, name: str) -> list[Any]:
        if name in self.documents.column_names:
            values: list[Any] = self.documents[name].to_pylist()
            return values
        return [None] * self.documents.num_rows

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {document_id: row for row, document_id in enumerate(self._column("document_id"))}

    @cached_property
    def _texts(self) -> tuple[pa.ChunkedArray, dict[str, str]]:
        return self.documents["text"], {}

    def text(self, document_id: str) -> str:
        """The document's text. The last few hundred are kept: finders ask for the same ones again and again."""
        column, recent = self._texts
        text = recent.get(document_id)
        if text is None:
            text = column[self._rows[document_id]].as_py()
            if len(recent) >= RECENT_TEXTS:
                del recent[next(iter(recent))]
            recent[document_id] = text
        return text

    def words(self, document_id: str, start: int, end: int) -> str:
        """The words of one span, as they stand."""
        return self.text(document_id)[start:end]

    def has_lost_signs(self, document_id: str) -> bool:
        """Whether the text came without its punctuation: its figures are then broken ("27 000", "6 4 million"), its sentences run on."""
        if document_id not in self._signs:
            text = self.text(document_id)
            n_signs = sum(text.count(sign) for sign in ".,،。、।")
            self._signs[document_id] = len(text) >= MIN_JUDGED_CHARS and n_signs < MIN_SIGNS_SHARE * len(text)
        return self._signs[document_id]

    @cached_property
    def _signs(self) -> dict[str, bool]:
        return {}

    def layout(self, document_id: str, kind: str) -> list[tuple[int, int]]:
        """Spans of one kind of layout."""
        if "layout" not in self.documents.column_names:
            return []
        items = self.documents["layout"][self._rows[document_id]].as_py() or []
        return [(item["start"], item["end"]) for item in items if item["kind"] == kind]

    def in_order(self, document_ids: Iterable[str]) -> list[str]:
        """Ids by date, then location, each once."""
        return sorted(set(document_ids), key=lambda document_id: (self.headings[document_id].order(), document_id))

    def rows(self, noun: type[Noun]) -> list[Noun]:
        """All rows of one noun, of documents that are in the corpus, in order of document and place."""
        table = self.tables.get(noun.__name__.lower())
        if table is None or table.num_rows == 0:
            return []
        found: list[Any] = from_table(noun, table)
        placed = [row for row in found if row.document_id in self.headings]
        return sorted(placed, key=lambda row: (row.document_id, row.start, row.end, row.id))

    @cached_property
    def name_of(self) -> dict[str, str]:
        """The name that each spelling was joined to, by the spelling's id."""
        table = self.tables.get("spelling")
        return {} if table is None else dict(zip(table["id"].to_pylist(), table["name_id"].to_pylist(), strict=True))

    @cached_property
    def quotations(self) -> dict[str, list[Quotation]]:
        """By document; `name_id` is here that of the `Name` that the spelling was joined to."""
        found = [replace(one, name_id=self.name_of.get(one.name_id, one.name_id)) if one.name_id else one for one in self.rows(Quotation)]
        return _by_document(found)

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """By document."""
        return _by_document(self.rows(Figure))

    @cached_property
    def citations(self) -> dict[str, list[Citation]]:
        """By document."""
        return _by_document(self.rows(Citation))

    @cached_property
    def name_ids(self) -> dict[str, frozenset[str]]:
        """Ids of the names that each document mentions, without the unnamed ("officials")."""
        table = self.tables.get("mention")
        if table is None:
            return {}
        pairs = table.select(["document_id", "name_id"]).group_by(["document_id", "name_id"]).aggregate([])
        found: dict[str, set[str]] = defaultdict(set)
        for document_id, spelling_id in zip(pairs["document_id"].to_pylist(), pairs["name_id"].to_pylist(), strict=True):
            name_id = self.name_of.get(spelling_id, spelling_id)
            if self.name_kinds.get(name_id) != "unnamed":
                found[document_id].add(name_id)
        return {document_id: frozenset(ids) for document_id, ids in found.items()}

    @cached_property
    def name_kinds(self) -> dict[str, str]:
        """Kind of each name by id."""
        table = self.tables.get("name")
        return {} if table is None else dict(zip(table["id"].to_pylist(), table["kind"].to_pylist(), strict=True))

    @cached_property
    def rarity(self) -> Rarity:
        """How rare each word is among the documents of this corpus."""
        return rarity_of(self.vocabulary)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all documents, in the order of `headings`."""
        column, _ = self._texts
        return Vocabulary.of(column[self._rows[document_id]].as_py() for document_id in self.headings)

    @cached_property
    def latest_moment(self) -> int | None:
        """The latest moment of publication in the corpus."""
        moments = [heading.latest for heading in self.headings.values() if heading.latest is not None]
        return max(moments, default=None)

    @cached_property
    def outlet_keys(self) -> dict[str, tuple[str, ...]]:
        """The words of each outlet's name, without a leading article or a domain's ending."""
        outlets = sorted({heading.outlet for heading in self.headings.values() if heading.outlet})
        return {outlet: outlet_words(outlet) for outlet in outlets}


def outlet_words(outlet: str) -> tuple[str, ...]:
    """The words by which a text would name an outlet.

    >>> outlet_words("The Harbour Times"), outlet_words("www.courier.example")
    (('harbour', 'times'), ('courier',))
    """
    keys = list(keys_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", outlet)))
    if keys[:1] == ["www"]:
        keys = keys[1:]
    if "." in outlet and " " not in outlet and len(keys) > 1:
        keys = keys[:-1]
    if len(keys) > 1 and keys[0] in ("the", "der", "die", "das", "le", "la", "el"):
        keys = keys[1:]
    return tuple(keys)


def _by_document(rows: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.document_id].append(row)
    return dict(found)


def bounded(strength: float) -> int:
    """A strength as a whole number in 0..10,000."""
    return max(0, min(FULL, round(strength)))


def make_finding(
    case: Case,
    kind: str,
    subject: str,
    why: str,
    could_be: tuple[str, ...],
    strength: float,
    evidence: Iterable[Evidence],
    n_similar: int = 1,
    more: Iterable[Evidence] = (),
) -> Finding:
    """A finding with the id that its evidence's words and places give it.

    `more`: further places of the same, shown but no part of the id, so that another copy leaves the user's decision where it is.
    """
    listed = tuple(evidence)
    anchors = [(case.headings[item.document_id].location, case.words(item.document_id, item.start, item.end)) for item in listed]
    return Finding(
        Finding.identify(kind, anchors), kind, shortened(subject, 100), why, could_be, bounded(strength), (*listed, *more), n_similar
    )


def contains_run(keys: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether `wanted` stands in `keys` as neighbouring words."""
    if not wanted:
        return False
    n = len(wanted)
    return any(keys[at] == wanted[0] and keys[at : at + n] == wanted for at in range(len(keys) - n + 1))
