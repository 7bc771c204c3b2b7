"""Group kernel: the passages of a family in, the family with its readings, stemma and origins out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from firstsaid.columns import schema, to_table
from firstsaid.model import DateRange, Family, Reading
from firstsaid.tracing.credits import citation_credits, outlet_credits
from firstsaid.tracing.stemma import stemma
from firstsaid.tracing.witnesses import Stemma, Witness
from firstsaid.wording import Difference, differences, units

SNIPPET_CHARS = 160
"""What a list shows of a family: two lines."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One document as it attests a family. `start`: where the witness's text begins in the document."""

    document_id: str
    start: int
    end: int
    text: str
    outlet: str | None
    published: DateRange | None


def family_rows(passages: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """One `Family` row per `family_id` of `passages` (columns of `Passage`), in order of id.

    `beside["document"]`: the documents of the passages; `beside["citation"]`, if there: their citations, which count as credits where
    they stand near the passage. Of several passages of one document in one family the longest is the witness. Passages without a document
    are left out.
    """
    documents = {row["document_id"]: row for row in beside["document"].to_pylist()}
    citations = beside.get("citation")
    cited = citation_credits(citations) if citations is not None else {}
    grouped: dict[str, list[tuple[str, int, int]]] = {}
    columns = (passages.column(name).to_pylist() for name in ("family_id", "document_id", "start", "end"))
    for family_id, document_id, start, end in zip(*columns, strict=True):
        if document_id in documents:
            grouped.setdefault(family_id, []).append((document_id, start, end))
    rows = [_family(family_id, sorted(places), documents, cited) for family_id, places in sorted(grouped.items())]
    return to_table(Family, rows) if rows else schema(Family).empty_table()


def _family(
    family_id: str,
    places: Sequence[tuple[str, int, int]],
    documents: Mapping[str, dict[str, object]],
    cited: Mapping[str, Sequence[tuple[int, str]]],
) -> Family:
    tellings = _tellings(places, documents)
    named = outlet_credits([(t.document_id, t.outlet, t.start, t.end, str(documents[t.document_id]["text"])) for t in tellings])
    witnesses = []
    for telling, by_name in zip(tellings, named, strict=True):
        near = [name for at, name in cited.get(telling.document_id, ()) if telling.start - NEAR_CHARS <= at <= telling.end + NEAR_CHARS]
        named_by = tuple(dict.fromkeys([*by_name, *near]))
        witnesses.append(Witness(telling.document_id, telling.text, telling.published, telling.outlet, named_by))
    found = stemma(witnesses)
    by_id = {telling.document_id: telling for telling in tellings}
    bases = base_of(found)
    first = by_id[found.earliest[0] if found.earliest else next(iter(bases.values()), tellings[0].document_id)]
    return Family(
        id=family_id,
        n_passages=len(places),
        n_documents=len(tellings),
        n_words=max(len(units(text).keys) for text in {telling.text for telling in tellings}),
        snippet=snippet(first.text),
        earliest_document_ids=found.earliest or (),
        n_origins_certain=found.origins_certain,
        n_origins_possible=found.origins_possible,
        origin_reasons=found.origin_reasons,
        is_rooted=found.is_rooted,
        nodes=found.nodes,
        edges=found.edges,
        readings=_readings(tellings, by_id, bases),
    )


NEAR_CHARS = 1_000
"""A citation this far from a passage still speaks of it: a credit stands in the lead or the last line of a report."""


def _tellings(places: Sequence[tuple[str, int, int]], documents: Mapping[str, dict[str, object]]) -> list[Telling]:
    """One telling per document: its longest passage, the first of equally long ones."""
    longest: dict[str, tuple[int, int]] = {}
    for document_id, start, end in places:
        kept = longest.get(document_id)
        if kept is None or end - start > kept[1] - kept[0]:
            longest[document_id] = (start, end)
    tellings = []
    for document_id, (start, end) in sorted(longest.items()):
        row = documents[document_id]
        low, high, outlet = row.get("published_earliest"), row.get("published_latest"), row.get("outlet")
        published = None
        if isinstance(low, int) and isinstance(high, int):
            published = DateRange(low, high, str(row.get("published_basis") or "column"))
        text = str(row["text"])[start:end]
        tellings.append(Telling(document_id, start, end, text, str(outlet) if outlet else None, published))
    return tellings


def base_of(found: Stemma) -> dict[str, str]:
    """For each witness the one that its readings are told against: the nearest surviving parent, else the earliest witness.

    Undated: the witness with most links. The base itself has no entry.
    """
    observed = [node.id for node in found.nodes if node.observed]
    above = {edge.child: edge.parent for edge in found.edges if edge.kind == "copy"}
    if found.earliest:
        root = found.earliest[0]
    else:
        n_links = dict.fromkeys(observed, 0)
        for edge in found.edges:
            for end in (edge.parent, edge.child):
                if end in n_links:
                    n_links[end] += 1
        root = min(observed, key=lambda name: (-n_links[name], name)) if observed else ""
    known = set(observed)
    bases: dict[str, str] = {}
    for name in observed:
        # Undirected trees have no parents to follow: all are told against the best linked one.
        parent = above.get(name) if found.is_rooted or found.earliest else None
        while parent is not None and parent not in known:
            parent = above.get(parent)
        if parent is None and name != root:
            parent = root
        if parent is not None:
            bases[name] = parent
    return bases


def _readings(tellings: Sequence[Telling], by_id: Mapping[str, Telling], bases: Mapping[str, str]) -> tuple[Reading, ...]:
    """Readings of each telling against its base, in order of documents and places; offsets in the documents."""
    found: list[Reading] = []
    known: dict[tuple[str, str], tuple[Difference, ...]] = {}
    for telling in tellings:
        if telling.document_id not in bases:
            continue
        base = by_id[bases[telling.document_id]]
        pair = base.text, telling.text
        if pair not in known:
            known[pair] = differences(*pair)
        for item in known[pair]:
            found.append(
                Reading(
                    document_id=telling.document_id,
                    start=telling.start + item.right_start,
                    end=telling.start + item.right_end,
                    base_document_id=base.document_id,
                    base_start=base.start + item.left_start,
                    base_end=base.start + item.left_end,
                    kind=item.kind,
                    text=item.right_text,
                    base_text=item.left_text,
                )
            )
    return tuple(found)


def snippet(text: str) -> str:
    """The first `SNIPPET_CHARS` characters in one line, cut between words."""
    line = " ".join(text[: 8 * SNIPPET_CHARS].split())
    if len(line) <= SNIPPET_CHARS:
        return line
    cut = line[: SNIPPET_CHARS - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"
