"""What a draft's checker asks of a corpus, and what it answers. The corpus implements the first with its index and store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from firstsaid.model import Document, Figure, Quotation, Verdict


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of one corpus document that shares words with a query.

    `start`..`end`: code points of the document; `query_start`..`query_end`: of the query. `similarity`: 0..10,000.
    """

    document_id: str
    start: int
    end: int
    query_start: int
    query_end: int
    similarity: int


class EvidenceLookup(Protocol):
    """Look-ups in a traced corpus. Every answer is in a fixed order, best or earliest first, whatever order documents were added in."""

    def find(self, words: str) -> Sequence[Match]:
        """Stretches that share words with the query in order, from about four words on; best first; a few dozen are plenty."""
        ...

    def related(self, words: str) -> Sequence[Match]:
        """Sentences that share rare words with the query in any order (a full-text search will do); best first, about ten."""
        ...

    def about(self, words: str) -> Sequence[str]:
        """Ids of the documents that share rare words with a stretch of the draft in any order; best first, about ten."""
        ...

    def document(self, document_id: str) -> Document:
        """The document of an id that another look-up gave."""
        ...

    def quotations(self, document_id: str) -> Sequence[Quotation]:
        """Its quotations in reading order."""
        ...

    def figures(self, document_id: str) -> Sequence[Figure]:
        """Its figures in reading order."""
        ...

    def resolves(self, target: str) -> Sequence[str]:
        """Ids of the documents that a citation's target (URL, outlet, work) names; empty where none is in the corpus."""
        ...


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Verdicts in reading order, and the corpus documents left out because they are the draft itself (by id)."""

    verdicts: tuple[Verdict, ...]
    left_out: tuple[str, ...] = ()
