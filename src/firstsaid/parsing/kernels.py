"""The room as kernels over the table `document`: each computes only what its rows need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from firstsaid.columns import list_of, schema, to_lists, to_table
from firstsaid.model import Citation, Claim, DateRange, Figure, Layout, Mention, Prediction, Quotation, ScareQuote, Tie
from firstsaid.parsing.citations import find_citations
from firstsaid.parsing.claims import find_claims
from firstsaid.parsing.figures import find_figures
from firstsaid.parsing.leaving_out import outside_boilerplate, without_markers
from firstsaid.parsing.naming.ties import find_ties, may_hold_ties
from firstsaid.parsing.predictions import find_predictions
from firstsaid.parsing.sayings import sayings
from firstsaid.parsing.sentences import sentences

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


SAID: dict[str, type[Any]] = {
    "quotation": Quotation,
    "scare_quote": ScareQuote,
    "prediction": Prediction,
    "mention": Mention,
    "tie": Tie,
}
"""What `said_rows` finds in one reading of a text (nine tenths of the work of each): its rows hold lists of these nouns."""
SAID_SCHEMA = pa.schema(
    [pa.field("document_id", pa.string(), nullable=False), *(pa.field(name, list_of(noun), nullable=False) for name, noun in SAID.items())]
)


def said_rows(documents: pa.Table) -> pa.Table:
    """One row a document, in order, with lists of what is said in it and by whom."""
    found = [_said(item) for item in _texts(documents)]
    lists = [to_lists(noun, (one[at] for one in found)) for at, noun in enumerate(SAID.values())]
    return pa.Table.from_arrays([documents.column("document_id"), *lists], schema=SAID_SCHEMA)


def _said(item: _Text) -> tuple[list[Any], ...]:
    """The rows of one text, in the order of `SAID`."""
    said = sayings(item.text, document_id=item.document_id, layout=item.layout, language=item.language)
    predictions = find_predictions(
        item.text, said.page.sentences, said.quotations, document_id=item.document_id, published=item.published, language=item.language
    )
    ties = find_ties(said.page, said.names, said.quotations, item.document_id) if may_hold_ties(item.text) else []
    return tuple(outside_boilerplate(rows, item.layout) for rows in (said.quotations, said.scare_quotes, predictions, said.mentions, ties))


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


FOUND_CLAIM_SCHEMA = schema(Claim).append(pa.field("text", pa.string(), nullable=False))
"""Claims with their words, for the steps that compare them."""


def claim_rows(documents: pa.Table) -> pa.Table:
    """Every sentence that states something to check, with its words."""
    claims: list[Claim] = []
    words: list[str] = []
    for item in _texts(documents):
        found = outside_boilerplate(find_claims(item.text, sentences(item.text, item.layout), item.layout, item.document_id), item.layout)
        claims += found
        words += [item.text[claim.start : claim.end] for claim in found]
    return to_table(Claim, claims).append_column(FOUND_CLAIM_SCHEMA.field("text"), pa.array(words, pa.string()))


def kept_claims(claims: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Group kernel over all rows of `claim_rows`: the claims without their words, which stand in their documents."""
    return claims.drop_columns(["text"])


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
