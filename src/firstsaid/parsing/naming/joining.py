"""One person or body under its spellings, over a whole corpus; every join has a reason that a reader can check and undo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.columns import from_table, to_table, tuples_to_table
from firstsaid.model import FULL, Name, Ruling, Spelling, digest
from firstsaid.parsing.naming.likeness import Form, joins
from firstsaid.parsing.naming.mentions import UNNAMED, sorted_key
from firstsaid.parsing.naming.name_spans import BODY_WORDS, TITLES
from firstsaid.parsing.naming.names import A_BODY, A_PERSON, AS_IT_STANDS, IN_BRACKETS, IS_SURNAME, may_be_person

Words = tuple[str, ...]
I64 = npt.NDArray[np.int64]
MAX_DOCUMENTS_COMPARED = 200
"""Texts of a form whose other names are looked at: company is shown by few, and a form of 50,000 texts costs no more than one of 200."""
MIN_DOCUMENTS_OF_HUB, HUB_SHARE = 20, 0.05
"""A name in more texts than this says nothing as company: two strangers stand beside a capital city."""


def spelling_rows(mentions: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """One row per spelling with the name it belongs to, by id. `beside["ruling"]`: what the user said.

    Two full names that differ by more than a slip of spelling are never joined, nor a person with a body, nor what a ruling splits.
    Near linear in distinct spellings; mentions are only counted.
    """
    if not mentions.num_rows:
        return to_table(Spelling, [])
    counted = _counted(mentions)
    spellings = _Spellings(counted)
    rulings = from_table(Ruling, beside["ruling"]) if "ruling" in beside else []
    graph = _Graph(spellings.forms, rulings)
    company = _Company(mentions, spellings)
    for join in joins(spellings.forms, company):
        if all(graph.root(other) == graph.root(join.right) for other in join.if_one_with):
            graph.join(join.left, join.right, join.reason, join.confidence)
    rows = []
    for spelling_id in sorted(spellings.of):
        one = spellings.of[spelling_id]
        name_id, reason, confidence, is_decided = graph.verdict(spelling_id, one)
        rows.append((spelling_id, name_id, one.surface, one.in_full, reason, confidence, is_decided, one.n, one.n_documents))
    return tuples_to_table(Spelling, rows)


def name_rows(mentions: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """One row per name over its mentions: canonical spelling, kind, all spellings, counts; by name id. `beside`: the table `spelling`."""
    if not mentions.num_rows:
        return to_table(Name, [])
    spellings = beside["spelling"]
    of = dict(zip(spellings["id"].to_pylist(), spellings["name_id"].to_pylist(), strict=True))
    rows_of: dict[str, list[_Counted]] = defaultdict(list)
    for row in _counted(mentions):
        rows_of[of[row.name_id]].append(row)
    at = pc.index_in(mentions["name_id"], spellings["id"].combine_chunks())
    pairs = pa.table({"name_id": spellings["name_id"].take(at), "document_id": mentions["document_id"]})
    documents = pairs.group_by("name_id").aggregate([("document_id", "count_distinct")])
    n_documents = dict(zip(documents["name_id"].to_pylist(), documents["document_id_count_distinct"].to_pylist(), strict=True))
    decided = spellings.filter(spellings["is_decided"])
    detached = dict(zip(decided["name_id"].to_pylist(), decided["surface"].to_pylist(), strict=True))
    names = []
    surfaces: tuple[str, ...]
    for name_id in sorted(rows_of):
        rows = rows_of[name_id]
        if len(rows) == 1 and name_id not in detached:
            text, kind, surfaces, n_mentions = rows[0].text, rows[0].kind, (rows[0].surface,), rows[0].n
        else:
            kinds = {row.kind for row in rows}
            kind = next((kind for kind in ("unnamed", "body", "person") if kind in kinds), "unknown")
            surfaces = tuple(sorted({row.surface for row in rows}))
            n_mentions = sum(row.n for row in rows)
            text = _fullest(rows, name_id, detached.get(name_id))
        names.append((name_id, text, kind, surfaces, n_mentions, n_documents[name_id]))
    return tuples_to_table(Name, names)


@lru_cache(maxsize=1 << 16)
def name_id_of(words: Words) -> str:
    """The id of the name whose main form has these words."""
    return digest("name", *words)


class _Counted(NamedTuple):
    """Mentions of one spelling with one reason: how many, in how many texts, and what they say of the name's kind."""

    name_id: str
    surface: str
    in_full: str
    reason: str
    n: int
    n_documents: int
    confidence: int

    @property
    def text(self) -> str:
        """The full form, or what stands there where the text has none."""
        return self.in_full or self.surface

    @property
    def kind(self) -> str:
        """What these mentions say of their name's kind."""
        return _kind(self.text, self.reason)


def _counted(mentions: pa.Table) -> list[_Counted]:
    """Distinct (name_id, surface, in_full, reason) with counts, in that order."""
    keys = ["name_id", "surface", "in_full", "reason"]
    grouped = mentions.group_by(keys).aggregate([("id", "count"), ("document_id", "count_distinct"), ("confidence", "min")])
    return sorted(map(_Counted, *(column.to_pylist() for column in grouped.columns)))


class _Spelling(NamedTuple):
    """One spelling with all its rows; the commonest surface and reason stand for all."""

    in_full: str
    form: Words
    n: int
    n_documents: int
    reason: str
    surface: str
    confidence: int

    @staticmethod
    def of(rows: list[_Counted]) -> _Spelling:
        """From all rows of one spelling."""
        _, surface, in_full, reason, n, n_documents, confidence = rows[0]
        text = in_full or surface
        if len(rows) > 1:
            _, surface, _, reason, _, _, confidence = max(rows, key=lambda row: row.n)
            n, n_documents = sum(row.n for row in rows), sum(row.n_documents for row in rows)
        return _Spelling(text, sorted_key(text), n, n_documents, reason, surface, confidence)

    @property
    def is_unnamed(self) -> bool:
        """Whether it is no name: a speaker who is not named."""
        return self.reason == UNNAMED


class _Spellings:
    """All spellings by id, and the full forms that they belong to."""

    def __init__(self, counted: list[_Counted]) -> None:
        self.of: dict[str, _Spelling] = {}
        rows_of: dict[Words, list[_Counted]] = defaultdict(list)
        acronyms: dict[Words, Counter[Words]] = defaultdict(Counter)
        for spelling_id, group in groupby(counted, key=lambda row: row.name_id):
            rows = list(group)
            one = self.of[spelling_id] = _Spelling.of(rows)
            if one.is_unnamed:
                continue
            rows_of[one.form] += rows
            for row in rows:
                if IN_BRACKETS in row.reason:
                    acronyms[sorted_key(row.surface)][one.form] += row.n
        self.forms: dict[Words, Form] = {}
        for words in sorted(rows_of):
            rows = rows_of[words]
            if len(rows) == 1 and words not in acronyms:
                self.forms[words] = Form(words, rows[0].text, rows[0].kind, rows[0].n, rows[0].n_documents)
                continue
            # A text that has both "Ann Poe" and "Poe" counts once: the spelling that most texts have stands for the form.
            n_documents = max(row.n_documents for row in rows)
            kinds = {row.kind for row in rows}
            kind = next((kind for kind in ("body", "person") if kind in kinds), "unknown")
            bodies = (
                tuple(body for body, _ in sorted(acronyms[words].items(), key=lambda item: (-item[1], item[0])))
                if words in acronyms
                else ()
            )
            self.forms[words] = Form(words, _commonest(rows), kind, sum(row.n for row in rows), n_documents, bodies)


class _Company:
    """Which names stand beside a form; computed only for the forms that are compared."""

    def __init__(self, mentions: pa.Table, spellings: _Spellings) -> None:
        self.forms = spellings.forms
        self.words = list(self.forms)
        self.numbers = {words: number for number, words in enumerate(self.words)}
        self.n_hub = max(MIN_DOCUMENTS_OF_HUB, int(HUB_SHARE * pc.count_distinct(mentions["document_id"]).as_py()))
        form_of = {spelling_id: self.numbers[one.form] for spelling_id, one in spellings.of.items() if not one.is_unnamed}
        documents, names = (mentions[column].combine_chunks().dictionary_encode() for column in ("document_id", "name_id"))
        forms = np.array([form_of.get(name, -1) for name in names.dictionary.to_pylist()], np.int64)[names.indices.to_numpy()]
        # Numbered as their ids are sorted, so that the first of them are the same ones in whatever order they come.
        ranks = np.argsort(np.argsort(np.array(documents.dictionary.to_pylist(), str)))[documents.indices.to_numpy()]
        n_documents = len(documents.dictionary)
        owners, ranks = np.divmod(np.unique((forms * n_documents + ranks)[forms >= 0]), n_documents)
        self.documents = _Lists.of(owners, ranks, len(self.words))
        self.companions = _Lists.of(ranks, owners, n_documents)

    def __call__(self, left: Words, right: Words) -> list[str] | None:
        """Names in texts of both; None where one text has both."""
        ours, theirs = (self.documents[self.numbers[words]] for words in (left, right))
        if len(np.intersect1d(ours, theirs, assume_unique=True)):
            return None
        beside = {self.words[number] for number in np.intersect1d(self._beside(ours), self._beside(theirs)).tolist()} - {left, right}
        near = [words for words in beside if self.forms[words].n_documents <= self.n_hub]
        return [self.forms[words].text for words in sorted(near, key=lambda words: (self.forms[words].n_documents, words))]

    def _beside(self, documents: I64) -> I64:
        return np.concatenate([self.companions[document] for document in documents[:MAX_DOCUMENTS_COMPARED].tolist()])


@dataclass(frozen=True, slots=True)
class _Lists:
    """Numbers, listed by the number of what they belong to."""

    items: I64
    bounds: I64

    @staticmethod
    def of(owners: I64, items: I64, n_owners: int) -> _Lists:
        order = np.argsort(owners, kind="stable")
        return _Lists(items[order], np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=n_owners))]))

    def __getitem__(self, owner: int) -> I64:
        return self.items[self.bounds[owner] : self.bounds[owner + 1]]


class _Graph:
    """Which forms are one, under the user's rulings."""

    def __init__(self, forms: Mapping[Words, Form], rulings: list[Ruling]) -> None:
        self.forms = forms
        self.parent: dict[Words, Words] = {}
        self.reasons: dict[Words, tuple[str, int, bool]] = {}
        self.apart: dict[Words, set[Words]] = defaultdict(set)
        self.kinds: dict[Words, set[str]] = {words: {form.kind} - {"unknown"} for words, form in forms.items()}
        self.rulings: dict[frozenset[Words], Ruling] = {}
        for ruling in rulings:
            self.rulings[frozenset((sorted_key(ruling.left), sorted_key(ruling.right)))] = ruling
        for pair, ruling in sorted(self.rulings.items(), key=lambda item: sorted(item[0])):
            if len(pair) == 2 and ruling.verdict == "split":
                one, other = sorted(pair)
                self.apart[one].add(other)
                self.apart[other].add(one)
        for pair, ruling in sorted(self.rulings.items(), key=lambda item: sorted(item[0])):
            left, right = sorted_key(ruling.left), sorted_key(ruling.right)
            if len(pair) == 2 and ruling.verdict != "split" and left in forms and right in forms:
                self.join(left, right, _because(f"you said that “{ruling.left}” is “{ruling.right}”", ruling.why), FULL, is_decided=True)

    def root(self, words: Words) -> Words:
        """The main form of the name that a form belongs to."""
        path = []
        while words in self.parent:
            path.append(words)
            words = self.parent[words]
        for step in path:
            self.parent[step] = words
        return words

    def join(self, left: Words, right: Words, reason: str, confidence: int, *, is_decided: bool = False) -> None:
        """Let `left` belong to the name of `right`, unless a ruling or their kinds keep them apart."""
        if left in self.reasons and not is_decided:
            return
        one, other = self.root(left), self.root(right)
        if one == other or self._is_split(one, other):
            return
        if not is_decided and {"person", "body"} <= self.kinds.get(one, set()) | self.kinds.get(other, set()):
            return
        self.parent[one] = other
        self.reasons[one] = (reason, confidence, is_decided)
        if one in self.apart:
            self.apart[other] |= self.apart.pop(one)
        self.kinds.setdefault(other, set()).update(self.kinds.pop(one, set()))

    def _is_split(self, one: Words, other: Words) -> bool:
        ours, theirs = self.apart.get(one, ()), self.apart.get(other, ())
        return any(self.root(apart) == other for apart in ours) or any(self.root(apart) == one for apart in theirs)

    def verdict(self, spelling_id: str, one: _Spelling) -> tuple[str, str, int, bool]:
        """The id of the name that a spelling belongs to, why, how sure that is, and whether the user said so."""
        if one.is_unnamed:
            return spelling_id, one.reason, one.confidence, False
        form = one.form
        surface = sorted_key(one.surface) if self.rulings else form
        why = self.detached(surface, form)
        if why is not None:
            return name_id_of(self.root(surface)), why, FULL, True
        root = self.root(form)
        reasons = [one.reason] if one.reason != AS_IT_STANDS or form == root else []
        joined = self.reasons.get(form)
        if joined is None:
            is_decided, confidence = False, one.confidence
        else:
            reasons.append(joined[0])
            is_decided, confidence = joined[2], min(one.confidence, joined[1])
        is_decided = is_decided or self.is_confirmed(surface, form)
        return name_id_of(root), "; ".join(reasons), FULL if is_decided else confidence, is_decided

    def detached(self, surface: Words, form: Words) -> str | None:
        """Why a spelling does not follow the full form of its texts: the user split them."""
        ruling = self._ruling(surface, form)
        if ruling is None or ruling.verdict != "split":
            return None
        return _because(f"you split “{ruling.left}” from “{ruling.right}”", ruling.why)

    def is_confirmed(self, surface: Words, form: Words) -> bool:
        """Whether the user confirmed that a spelling is the full form of its texts."""
        ruling = self._ruling(surface, form)
        return ruling is not None and ruling.verdict != "split"

    def _ruling(self, surface: Words, form: Words) -> Ruling | None:
        return self.rulings.get(frozenset((surface, form))) if self.rulings and surface != form else None


def _because(said: str, why: str) -> str:
    return f"{said}: {why}" if why else said


def _fullest(rows: list[_Counted], name_id: str, detached: str | None) -> str:
    """How a name is shown: the commonest full form among those of its main form; else of a spelling that the user split off."""
    if detached is None and len({row.text for row in rows}) == 1:
        return rows[0].text
    main = [row for row in rows if name_id_of(sorted_key(row.text)) == name_id]
    if not main and detached is not None and name_id_of(sorted_key(detached)) == name_id:
        return detached
    return _commonest(main or rows)


def _commonest(rows: list[_Counted]) -> str:
    """The full form with most mentions; of equals, the first by letters."""
    if len(rows) == 1:
        return rows[0].text
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.text] += row.n
    return min(counted, key=lambda text: (-counted[text], text))


def _kind(text: str, reason: str) -> str:
    """What one mention says of its name's kind."""
    if reason == UNNAMED:
        return "unnamed"
    if reason == A_BODY or IN_BRACKETS in reason:
        return "body"
    words = text.lower().split()
    if not BODY_WORDS.isdisjoint(words):
        return "body"
    if reason == A_PERSON or IS_SURNAME in reason or (words and words[0] in TITLES and len(words) > 1 and may_be_person(text)):
        return "person"
    return "unknown"
