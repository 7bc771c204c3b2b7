"""Sets of queries, documents and right answers, and the measure they are scored with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.external import json_lines
from firstsaid.matching.similar import Text


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """`right`: query id -> ids of the documents that answer it."""

    queries: tuple[Text, ...]
    documents: tuple[Text, ...]
    right: dict[str, frozenset[str]]


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """queries.jsonl, docs.jsonl and qrels.tsv of one set."""
    right: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, document = line.split("\t")
        right.setdefault(query, set()).add(document)
    return RetrievalSet(
        tuple(Text(row["id"], row["text"], row.get("title") or "") for row in json_lines(folder / "queries.jsonl")),
        tuple(Text(row["id"], row["text"], row.get("title") or "") for row in json_lines(folder / "docs.jsonl")),
        {query: frozenset(documents) for query, documents in right.items()},
    )


def average_precision(hits: Sequence[bool], n_right: int, k: int) -> float:
    """Average precision at `k` of a ranking given as hit or miss, best first."""
    found = total = 0.0
    for place, hit in enumerate(hits[:k], 1):
        if hit:
            found += 1
            total += found / place
    return total / min(n_right, k)
