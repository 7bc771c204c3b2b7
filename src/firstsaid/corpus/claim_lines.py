"""How a claim is listed: one flat row with every place that tells it, or a few lines for people."""

from __future__ import annotations

from firstsaid.corpus.claiming import ToldClaim
from firstsaid.corpus.rows import Documents, Row, place, published, share
from firstsaid.text import shortened


def claim_row(documents: Documents, told: ToldClaim) -> Row:
    """One claim at its earliest place, the other places that tell it, and those that may."""
    numbers = {telling: number for number, telling in enumerate(dict.fromkeys(one.telling_id for one in told.tellings), 1)}
    inside = {one.claim_id for one in told.tellings} | {told.claim.id}
    possibly = []
    for pair in told.possibly:
        there = (pair.left_document_id, pair.left_start, pair.left_end)
        if pair.left_id in inside:
            there = (pair.right_document_id, pair.right_start, pair.right_end)
        possibly.append({**documents.span(*there), "score": share(pair.score), "differs": list(pair.differs)})
    claim = told.claim
    return {
        **documents.span(claim.document_id, claim.start, claim.end),
        "id": claim.id, "worth": share(told.worth), "reasons": list(told.reasons),
        "n_documents": told.n_documents, "n_tellings": told.n_tellings, "published": published(documents[claim.document_id]),
        "also": [
            {
                **documents.span(one.document_id, one.start, one.end), "telling": numbers[one.telling_id], "score": share(one.score),
                "because": documents.named(one.reason),
            }
            for one in told.tellings
            if one.claim_id != claim.id
        ],
        "possibly": possibly,
    }  # fmt: skip


def claim_line(row: Row) -> str:
    """One claim on a terminal: its words, how often it is told, and the first other places."""
    lines = [f"{row['worth']:.2f}  {place(row)}  “{shortened(row['text'], 200)}”"]
    if row["n_documents"] > 1:
        n_tellings = row["n_tellings"]
        told = "1 telling (all are copies)" if n_tellings == 1 else f"{n_tellings} tellings"
        lines.append(f"    in {row['n_documents']} documents, {told}; the earliest, {row['published'] or 'undated'}, is the one above")
    lines += [f"    also  {place(one)}  “{shortened(one['text'], 140)}”" for one in row["also"][:MOST_PLACES]]
    lines += [f"    and {len(row['also']) - MOST_PLACES} more places"] if len(row["also"]) > MOST_PLACES else []
    for one in row["possibly"][:MOST_PLACES]:
        but = f" (differs: {', '.join(one['differs'])})" if one["differs"] else ""
        lines.append(f"    possibly  {place(one)}{but}  “{shortened(one['text'], 140)}”")
    return "\n".join(lines)


MOST_PLACES = 4
"""Places of one claim on a terminal; `--json` has all."""
