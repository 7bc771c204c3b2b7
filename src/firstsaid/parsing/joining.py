"""One person or body under its spellings, over a whole corpus; every join has a reason that a reader can check and undo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.columns import from_table, to_table
from firstsaid.model import FULL, Name, Ruling, Spelling, digest
from firstsaid.parsing.likeness import Form, joins
from firstsaid.parsing.mentions import UNNAMED, sorted_key
from firstsaid.parsing.name_spans import BODY_WORDS, TITLES
from firstsaid.parsing.names import A_BODY, A_PERSON, AS_IT_STANDS, IN_BRACKETS, IS_SURNAME, may_be_person

Words = tuple[str, ...]
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
    rows: list[Spelling] = []
    for spelling_id in sorted(spellings.of):
        one = spellings.of[spelling_id]
        form, surface = one.form, sorted_key(one.surface)
        if one.is_unnamed:
            rows.append(_row(spelling_id, spelling_id, one, one.reason, one.confidence, False))
            continue
        why = graph.detached(surface, form)
        if why is not None:
            name_id = name_id_of(graph.root(surface))
            rows.append(_row(spelling_id, name_id, one, why, FULL, True))
            continue
        reasons = [one.reason] if one.reason != AS_IT_STANDS or form == graph.root(form) else []
        joined = graph.reason(form)
        reasons += [joined[0]] if joined else []
        confidence = min(one.confidence, joined[1]) if joined and not joined[2] else one.confidence
        is_decided = bool(joined and joined[2]) or graph.is_confirmed(surface, form)
        rows.append(
            _row(spelling_id, name_id_of(graph.root(form)), one, "; ".join(reasons), FULL if is_decided else confidence, is_decided)
        )
    return to_table(Spelling, rows)


def name_rows(mentions: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """One row per name over its mentions: canonical spelling, kind, all spellings, counts; by name id. `beside`: the table `spelling`."""
    if not mentions.num_rows:
        return to_table(Name, [])
    of = dict(zip(beside["spelling"]["id"].to_pylist(), beside["spelling"]["name_id"].to_pylist(), strict=True))
    canonical: dict[str, Counter[str]] = defaultdict(Counter)
    surfaces: dict[str, set[str]] = defaultdict(set)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    n_mentions: Counter[str] = Counter()
    for row in _counted(mentions).to_pylist():
        name_id = of[row["name_id"]]
        n_mentions[name_id] += row["n"]
        surfaces[name_id].add(row["surface"])
        canonical[name_id][row["in_full"] or row["surface"]] += row["n"]
        votes[name_id][_kind(row["in_full"] or row["surface"], row["reason"])] += row["n"]
    pairs = pa.table({"name_id": pa.array([of[one] for one in mentions["name_id"].to_pylist()]), "document_id": mentions["document_id"]})
    documents = pairs.group_by("name_id").aggregate([("document_id", "count_distinct")])
    n_documents = dict(zip(documents["name_id"].to_pylist(), documents["document_id_count_distinct"].to_pylist(), strict=True))
    detached = {row["name_id"]: row["surface"] for row in beside["spelling"].to_pylist() if row["is_decided"]}
    names = []
    for name_id in sorted(n_mentions):
        fullest = _fullest(canonical[name_id], name_id, detached.get(name_id))
        kind = next((kind for kind in ("unnamed", "body", "person") if votes[name_id][kind]), "unknown")
        names.append(Name(name_id, fullest, kind, tuple(sorted(surfaces[name_id])), n_mentions[name_id], n_documents[name_id]))
    return to_table(Name, names)


def name_id_of(words: Words) -> str:
    """The id of the name whose main form has these words."""
    return digest("name", *words)


def _row(spelling_id: str, name_id: str, one: _Spelling, reason: str, confidence: int, is_decided: bool) -> Spelling:
    return Spelling(spelling_id, name_id, one.surface, one.in_full, reason, confidence, is_decided, one.n, one.n_documents)


def _counted(mentions: pa.Table) -> pa.Table:
    """Distinct (name_id, surface, in_full, reason) with counts, in that order."""
    keys = ["name_id", "surface", "in_full", "reason"]
    grouped = mentions.group_by(keys).aggregate([("id", "count"), ("document_id", "count_distinct"), ("confidence", "min")])
    grouped = grouped.rename_columns([*keys, "n", "n_documents", "confidence"])
    return grouped.sort_by([(key, "ascending") for key in keys])


class _Spelling:
    """One spelling while its rows are counted."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self.surface, self.in_full = row["surface"], row["in_full"] or row["surface"]
        self.form: Words = sorted_key(self.in_full)
        self.n = self.n_documents = self.most = 0
        self.reason, self.confidence = "", 0
        self.is_unnamed = row["reason"] == UNNAMED

    def add(self, row: Mapping[str, int], reason: str, surface: str) -> None:
        """Count one more row; the commonest surface and reason stand for all."""
        self.n += row["n"]
        self.n_documents += row["n_documents"]
        if row["n"] > self.most:
            self.most, self.reason, self.surface, self.confidence = row["n"], reason, surface, row["confidence"]


class _Spellings:
    """All spellings by id, and the full forms that they belong to."""

    def __init__(self, counted: pa.Table) -> None:
        self.of: dict[str, _Spelling] = {}
        texts: dict[Words, Counter[str]] = defaultdict(Counter)
        kinds: dict[Words, Counter[str]] = defaultdict(Counter)
        n: Counter[Words] = Counter()
        n_documents: Counter[Words] = Counter()
        acronyms: dict[Words, Counter[Words]] = defaultdict(Counter)
        for row in counted.to_pylist():
            one = self.of.get(row["name_id"])
            if one is None:
                one = self.of[row["name_id"]] = _Spelling(row)
            one.add(row, row["reason"], row["surface"])
            if one.is_unnamed:
                continue
            n[one.form] += row["n"]
            # A text that has both "Ann Poe" and "Poe" counts once: the spelling that most texts have stands for the form.
            n_documents[one.form] = max(n_documents[one.form], row["n_documents"])
            texts[one.form][row["in_full"] or row["surface"]] += row["n"]
            kinds[one.form][_kind(row["in_full"] or row["surface"], row["reason"])] += row["n"]
            if IN_BRACKETS in row["reason"]:
                acronyms[sorted_key(row["surface"])][one.form] += row["n"]
        self.forms: dict[Words, Form] = {}
        for words in sorted(n):
            text = min(texts[words], key=lambda one: (-texts[words][one], one))
            kind = next((kind for kind in ("body", "person") if kinds[words][kind]), "unknown")
            bodies = (
                tuple(body for body, _ in sorted(acronyms[words].items(), key=lambda item: (-item[1], item[0])))
                if words in acronyms
                else ()
            )
            self.forms[words] = Form(words, text, kind, n[words], n_documents[words], bodies)


class _Company:
    """Which names stand beside a form; computed only for the forms that are compared."""

    def __init__(self, mentions: pa.Table, spellings: _Spellings) -> None:
        self.mentions = mentions.select(["document_id", "name_id"])
        self.form_of = {spelling_id: one.form for spelling_id, one in spellings.of.items() if not one.is_unnamed}
        self.texts = spellings.forms
        self.n_hub = max(MIN_DOCUMENTS_OF_HUB, int(HUB_SHARE * pc.count_distinct(mentions["document_id"]).as_py()))
        self.by_form: dict[Words, list[str]] = {}
        self.by_document: dict[str, set[Words]] = {}

    def __call__(self, left: Words, right: Words) -> list[str] | None:
        """Names in texts of both; None where one text has both."""
        self._index()
        ours, theirs = self.by_form[left], self.by_form[right]
        if not set(ours).isdisjoint(theirs):
            return None
        beside = self._beside(ours) & self._beside(theirs) - {left, right}
        near = [words for words in beside if self.texts[words].n_documents <= self.n_hub]
        return [self.texts[words].text for words in sorted(near, key=lambda words: (self.texts[words].n_documents, words))]

    def _beside(self, documents: list[str]) -> set[Words]:
        return set().union(*(self.by_document[document] for document in documents[:MAX_DOCUMENTS_COMPARED]))

    def _index(self) -> None:
        """Forms by text and texts by form, read once, when the first pair is compared."""
        if self.by_form:
            return
        distinct = self.mentions.group_by(["document_id", "name_id"]).aggregate([])
        by_form: dict[Words, set[str]] = defaultdict(set)
        for document, name_id in zip(distinct["document_id"].to_pylist(), distinct["name_id"].to_pylist(), strict=True):
            form = self.form_of.get(name_id)
            if form is not None:
                by_form[form].add(document)
                self.by_document.setdefault(document, set()).add(form)
        self.by_form = {form: sorted(documents) for form, documents in by_form.items()}


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

    def reason(self, words: Words) -> tuple[str, int, bool] | None:
        """Why a form was joined to another, how sure that is, and whether the user said so."""
        return self.reasons.get(words)

    def detached(self, surface: Words, form: Words) -> str | None:
        """Why a spelling does not follow the full form of its texts: the user split them."""
        ruling = self.rulings.get(frozenset((surface, form)))
        if surface == form or ruling is None or ruling.verdict != "split":
            return None
        return _because(f"you split “{ruling.left}” from “{ruling.right}”", ruling.why)

    def is_confirmed(self, surface: Words, form: Words) -> bool:
        """Whether the user confirmed that a spelling is the full form of its texts."""
        ruling = self.rulings.get(frozenset((surface, form)))
        return surface != form and ruling is not None and ruling.verdict != "split"


def _because(said: str, why: str) -> str:
    return f"{said}: {why}" if why else said


def _fullest(counted: Counter[str], name_id: str, detached: str | None) -> str:
    """How a name is shown: the commonest full form among those of its main form; else of a spelling that the user split off."""
    main = Counter({text: n for text, n in counted.items() if name_id_of(sorted_key(text)) == name_id})
    if not main and detached is not None and name_id_of(sorted_key(detached)) == name_id:
        return detached
    return min(main or counted, key=lambda text: (-(main or counted)[text], text))


def _kind(text: str, reason: str) -> str:
    """What one mention says of its name's kind."""
    if reason == UNNAMED:
        return "unnamed"
    words = [word.lower() for word in text.split()]
    if reason == A_BODY or IN_BRACKETS in reason or any(word in BODY_WORDS for word in words):
        return "body"
    if reason == A_PERSON or IS_SURNAME in reason or (words and words[0] in TITLES and len(words) > 1 and may_be_person(text)):
        return "person"
    return "unknown"
