"""The room as kernels over the table `document`: each computes only what its rows need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from firstsaid.columns import to_table
from firstsaid.model import Citation, DateRange, Figure, Layout, Mention, Prediction, Quotation, ScareQuote, Tie
from firstsaid.parsing.citations import find_citations
from firstsaid.parsing.figures import find_figures
from firstsaid.parsing.leaving_out import outside_boilerplate, without_markers
from firstsaid.parsing.names import find_names
from firstsaid.parsing.predictions import find_predictions
from firstsaid.parsing.sayings import sayings
from firstsaid.parsing.sentences import sentences
from firstsaid.parsing.structure import take_apart
from firstsaid.parsing.ties import find_ties, may_hold_ties

Noun = TypeVar("Noun")
_COLUMNS = ("document_id", "text", "language", "published_earliest", "published_latest", "published_basis", "layout")


@dataclass(frozen=True, slots=True)
class _Text:
    """What this room needs of a document's row."""

    document_id: str
    text: str
    language: str | None
    published: DateRange | None
    layout: tuple[Layout, ...]


def quotation_rows(documents: pa.Table) -> pa.Table:
    """Every quotation of every document."""
    return _rows(Quotation, documents, lambda item: _sayings(item).quotations)


def scare_quote_rows(documents: pa.Table) -> pa.Table:
    """Every pair of marks that nobody is quoted with."""
    return _rows(ScareQuote, documents, lambda item: _sayings(item).scare_quotes)


def mention_rows(documents: pa.Table) -> pa.Table:
    """Every mention of a name, joined within its document; `named_mentions` joins across documents."""
    return _rows(Mention, documents, lambda item: _sayings(item, with_names=True).mentions)


def tie_rows(documents: pa.Table) -> pa.Table:
    """Every stated tie between two names, with who states it."""

    def ties(item: _Text) -> list[Tie]:
        if not may_hold_ties(item.text):
            return []
        page = take_apart(item.text, item.layout, item.language)
        index = find_names(page)
        if not find_ties(page, index, (), item.document_id):
            return []  # who states them is asked only where there are any: that takes far longer
        return find_ties(page, index, _sayings(item).quotations, item.document_id)

    return _rows(Tie, documents, ties)


def figure_rows(documents: pa.Table) -> pa.Table:
    """Every figure."""
    return _rows(
        Figure,
        documents,
        lambda item: without_markers(
            item.text,
            find_figures(
                item.text, sentences(item.text, item.layout), document_id=item.document_id, language=item.language, published=item.published
            ),
            item.layout,
        ),
    )


def citation_rows(documents: pa.Table) -> pa.Table:
    """Every pointer to something else."""
    found = (
        row
        for item in _texts(documents)
        for row in find_citations(item.text, item.layout, sentences(item.text, item.layout), document_id=item.document_id)
    )
    return to_table(Citation, found)


def prediction_rows(documents: pa.Table) -> pa.Table:
    """Every sentence about a time after its document's date."""

    def predictions(item: _Text) -> list[Prediction]:
        said = _sayings(item)
        return find_predictions(
            item.text, said.page.sentences, said.quotations, document_id=item.document_id, published=item.published, language=item.language
        )

    return _rows(Prediction, documents, predictions)


def _sayings(item: _Text, with_names: bool = False) -> Any:
    return sayings(item.text, document_id=item.document_id, layout=item.layout, language=item.language, with_names=with_names)


def _rows(noun: type[Noun], documents: pa.Table, find: Callable[[_Text], Any]) -> pa.Table:
    return to_table(noun, (row for item in _texts(documents) for row in outside_boilerplate(find(item), item.layout)))


def _texts(documents: pa.Table) -> Iterator[_Text]:
    for row in documents.select([name for name in _COLUMNS if name in documents.column_names]).to_pylist():
        earliest, latest = row.get("published_earliest"), row.get("published_latest")
        published = None
        if earliest is not None and latest is not None:
            published = DateRange(earliest, latest, row.get("published_basis") or "unknown")
        layout = tuple(
            Layout(row["document_id"], item["start"], item["end"], item["kind"], item.get("target"), item.get("reason"))
            for item in row.get("layout") or ()
        )
        yield _Text(row["document_id"], row["text"], row.get("language"), published, layout)
