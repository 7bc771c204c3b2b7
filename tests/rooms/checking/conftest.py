"""Small corpora for these tests: documents, and rows whose spans are found by their words. All texts CC0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pytest

from firstsaid.checking import CheckResult, Match, check, finding_rows
from firstsaid.columns import from_table, to_table
from firstsaid.dates import from_edtf
from firstsaid.model import (
    Alignment,
    Annotations,
    Citation,
    DateRange,
    Document,
    Family,
    Figure,
    Finding,
    Mention,
    Name,
    Passage,
    Prediction,
    Quotation,
    Reading,
    StemmaEdge,
    StemmaNode,
    digest,
)  # fmt: skip
from firstsaid.text import words

LAYOUT = pa.list_(
    pa.struct([("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string()), ("target", pa.string()), ("reason", pa.string())])
)


@dataclass
class Corpus:
    documents: list[Document] = field(default_factory=list)
    layouts: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    rows: dict[type, list[object]] = field(default_factory=dict)

    def add(self, text: str, outlet: str | None = "Courier", day: str | None = "2024-05-01", **more: object) -> Document:
        published: DateRange | None = from_edtf(day, "test") if day else None
        location = str(more.pop("location", f"{len(self.documents):03}.txt"))
        document = Document(
            Document.identify(location, text), location, 0, len(text), location, text, outlet=outlet, published=published, **more
        )
        self.documents.append(document)
        return document

    def put(self, row: object) -> None:
        self.rows.setdefault(type(row), []).append(row)

    def lay(self, document: Document, words: str, kind: str) -> None:
        start, end = span(document, words)
        item = {"start": start, "end": end, "kind": kind, "target": None, "reason": None}
        self.layouts.setdefault(document.id, []).append(item)

    def quote(
        self, document: Document, words: str | Sequence[str], speaker: str | None = None, form: str = "direct", **more: object
    ) -> Quotation:
        row = quotation(document, words, speaker, form, **more)
        self.put(row)
        return row

    def figure(self, document: Document, words: str, low: object, of: str | None = None, **more: object) -> Figure:
        row = figure(document, words, low, of, **more)
        self.put(row)
        return row

    def cite(self, document: Document, words: str, **more: object) -> Citation:
        start, end = span(document, words)
        row = Citation(digest("c", document.id, start), document.id, start, end, **{"form": "in_text", **more})
        self.put(row)
        return row

    def predict(self, document: Document, words: str, horizon: str, until: str, **more: object) -> Prediction:
        start, end = span(document, words)
        at = document.text.index(horizon, start)
        date = from_edtf(until, "test")
        row = Prediction(
            digest("p", document.id, start), document.id, start, end, at, at + len(horizon), date.earliest, date.latest, **more
        )
        self.put(row)
        return row

    def mention(self, document: Document, surface: str, kind: str = "person") -> None:
        start, end = span(document, surface)
        name_id = digest("n", surface)
        self.put(Mention(digest("m", document.id, start), document.id, start, end, surface, name_id, "test"))
        if name_id not in {row.id for row in self.rows.get(Name, [])}:
            self.put(Name(name_id, surface, kind, (surface,), 1, 1))

    def family(
        self, members: Sequence[tuple[Document, str]], edges: Sequence[tuple[int, int]] = (), readings: Sequence[Reading] = (),
        origins: int = 1, reasons: tuple[str, ...] = (),
    ) -> Family:  # fmt: skip
        documents = [document for document, _ in members]
        family_id = digest("f", *sorted(document.id for document in documents), members[0][1])
        for document, stretch in members:
            start, end = span(document, stretch)
            self.put(Passage(digest("pa", document.id, start), family_id, document.id, start, end))
        for parent, child in edges:
            self.align(members[parent], members[child])
        dated = [d for d in documents if d.published]
        first = min((d.published.earliest for d in dated if d.published), default=None)
        earliest = tuple(sorted(d.id for d in dated if d.published and d.published.earliest == first))
        row = Family(
            family_id, len(members), len(documents), len(words(members[0][1])), members[0][1][:80], earliest, origins, origins, (), True,
            tuple(StemmaNode(d.id, True) for d in documents),
            tuple(StemmaEdge(documents[a].id, documents[b].id, 9_000, "copy", reasons) for a, b in edges),
            tuple(readings),
        )  # fmt: skip
        self.put(row)
        return row

    def align(self, left: tuple[Document, str], right: tuple[Document, str]) -> None:
        (a, b) = sorted((left, right), key=lambda member: member[0].id)
        places = (a[0].id, *span(*a), b[0].id, *span(*b))
        self.put(Alignment(Alignment.identify(*places), *places, 9_500, len(words(a[1]))))

    def table(self) -> pa.Table:
        rows = sorted(self.documents, key=lambda d: d.id)
        return pa.table({
            "document_id": [d.id for d in rows],
            "location": [d.location for d in rows], "url": pa.array([d.url for d in rows], pa.string()),
            "title": pa.array([d.title for d in rows], pa.string()), "text": [d.text for d in rows],
            "outlet": pa.array([d.outlet for d in rows], pa.string()), "language": pa.array([d.language for d in rows], pa.string()),
            "authors": pa.array([list(d.authors) for d in rows], pa.list_(pa.string())),
            "published_earliest": pa.array([d.published and d.published.earliest for d in rows], pa.int64()),
            "published_latest": pa.array([d.published and d.published.latest for d in rows], pa.int64()),
            "published_basis": pa.array([d.published and d.published.basis for d in rows], pa.string()),
            "capture_id": [d.capture_id for d in rows], "start": [d.start for d in rows], "end": [d.end for d in rows],
            "layout": pa.array([self.layouts.get(d.id, []) for d in rows], LAYOUT),
        })  # fmt: skip

    def beside(self, **more: pa.Table) -> dict[str, pa.Table]:
        nouns = (Quotation, Figure, Citation, Prediction, Mention, Name, Alignment, Passage, Family)
        return {noun.__name__.lower(): to_table(noun, self.rows.get(noun, [])) for noun in nouns} | more

    def findings(self, kind: str | None = None, **more: pa.Table) -> list[Finding]:
        found = from_table(Finding, finding_rows(self.table(), self.beside(**more)))
        return [finding for finding in found if kind is None or finding.kind == kind]


def span(document: Document, stretch: str) -> tuple[int, int]:
    start = document.text.index(stretch)
    return start, start + len(stretch)


def quotation(document: Document, stretch: str | Sequence[str], speaker: str | None, form: str = "direct", **more: object) -> Quotation:
    pieces = tuple(span(document, piece) for piece in ([stretch] if isinstance(stretch, str) else stretch))
    start, end = pieces[0][0], pieces[-1][1]
    return Quotation(Quotation.identify(document.id, start, end, form), document.id, start, end, form, pieces, speaker_name=speaker, **more)


def figure(document: Document, stretch: str, low: object, of: str | None = None, **more: object) -> Figure:
    start, end = span(document, stretch)
    given = {"high": low, "unit": None, "kind": "count", "modifier": "exact", **more}
    given = {**given, "high": None if given["high"] is None else str(given["high"])}
    ids = digest("fi", document.id, start, str(low))
    if of is not None:
        given["of_lemma"] = of
    return Figure(ids, document.id, start, end, None if low is None else str(low), **given)


class Evidence:
    """The look-ups of a checker over such a corpus, the slow obvious way."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.keys = {d.id: words(d.text) for d in corpus.documents}

    def find(self, query: str) -> list[Match]:
        asked = words(query)
        found = []
        for document in self.corpus.documents:
            keys = self.keys[document.id]
            places = {keys.keys[at : at + 3]: at for at in range(len(keys) - 3, -1, -1)}
            hits = [(at, places[asked.keys[at : at + 3]]) for at in range(len(asked) - 2) if asked.keys[at : at + 3] in places]
            if hits:
                low, high = min(hit[1] for hit in hits), max(hit[1] for hit in hits) + 2
                ours = min(hit[0] for hit in hits), max(hit[0] for hit in hits) + 2
                found.append(
                    Match(
                        document.id, int(keys.starts[low]), int(keys.ends[high]), int(asked.starts[ours[0]]), int(asked.ends[ours[1]]),
                        len(hits) * 10_000 // max(1, len(asked) - 2),
                    )
                )  # fmt: skip
        return sorted(found, key=lambda m: (-m.similarity, m.document_id))

    def related(self, query: str) -> list[Match]:
        asked = set(words(query).keys)
        found = []
        for document in self.corpus.documents:
            at = 0
            best = (0, 0, 0)
            for sentence in document.text.replace("\n", " ").split(". "):
                share = len(asked & set(words(sentence).keys))
                best = max(best, (share, -at, -(at + len(sentence))))
                at += len(sentence) + 2
            if best[0] >= 2:
                found.append(Match(document.id, -best[1], -best[2], 0, len(query), best[0] * 10_000 // len(asked)))
        return sorted(found, key=lambda m: (-m.similarity, m.document_id))[:10]

    def document(self, document_id: str) -> Document:
        return next(d for d in self.corpus.documents if d.id == document_id)

    def quotations(self, document_id: str) -> list[Quotation]:
        return [q for q in self.corpus.rows.get(Quotation, []) if q.document_id == document_id]

    def figures(self, document_id: str) -> list[Figure]:
        return [f for f in self.corpus.rows.get(Figure, []) if f.document_id == document_id]

    def about(self, query: str) -> list[str]:
        asked = set(words(query).keys)
        shared = [(len(asked & set(self.keys[d.id].keys)), d.id) for d in self.corpus.documents]
        return [document_id for n, document_id in sorted(shared, key=lambda one: (-one[0], one[1])) if n][:10]

    def resolves(self, target: str) -> list[str]:
        return [d.id for d in self.corpus.documents if target in (d.outlet, d.url, d.title)]


@dataclass
class Draft:
    """A draft under construction: its text and what stands in it."""

    text: str
    annotations: Annotations = field(default_factory=Annotations)

    @property
    def document(self) -> Document:
        return Document("draft", "draft", 0, len(self.text), "draft", self.text)

    def quote(self, stretch: str | Sequence[str], speaker: str | None = None, form: str = "direct", **more: object) -> Draft:
        row = quotation(self.document, stretch, speaker, form, **more)
        self.annotations = replace(self.annotations, quotations=(*self.annotations.quotations, row))
        return self

    def figure(self, stretch: str, low: object, of: str | None = None, **more: object) -> Draft:
        row = figure(self.document, stretch, low, of, **more)
        self.annotations = replace(self.annotations, figures=(*self.annotations.figures, row))
        return self

    def cite(self, stretch: str, **more: object) -> Draft:
        start, end = span(self.document, stretch)
        row = Citation("c", "draft", start, end, **{"form": "in_text", "target": stretch, **more})
        self.annotations = replace(self.annotations, citations=(*self.annotations.citations, row))
        return self


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


@pytest.fixture
def draft() -> type[Draft]:
    return Draft


@pytest.fixture
def held():
    def against(corpus: Corpus, draft: Draft) -> CheckResult:
        return check(draft.text, draft.annotations, Evidence(corpus))

    return against


@pytest.fixture
def span_of():
    return span
