"""What does not hold together, what the user decided about it, and how rows were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firstsaid.model.identity import Span, digest

FINDING_KINDS = (
    "quotation-altered", "quotation-cut", "quotation-stitched", "quotation-two-speakers", "figures-conflict", "figure-drift",
    "figures-do-not-add-up", "single-origin", "uncredited-reuse", "circular-citation", "credited-elsewhere", "citation-dangling",
    "prediction-overdue", "dates-disagree", "coordinated-copies", "superseded",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One span that a finding rests on. `role`: what it is there for ("says 40 wounded"). Order is the order to read them in."""

    document_id: str
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold together, with what else could explain it. Never a verdict of truth.

    The id is a digest of the kind and of the evidence's quoted words and locations (`identify`), so that decisions survive re-runs.
    `subject`: the short phrase a list shows. `could_be`: innocent explanations. `strength`: 0..10,000, orders the list.
    `n_similar`: how many near-identical findings this one stands for.
    """

    id: str
    kind: str
    subject: str
    why: str
    could_be: tuple[str, ...]
    strength: int
    evidence: tuple[Evidence, ...]
    n_similar: int = 1

    @staticmethod
    def identify(kind: str, anchors: Iterable[tuple[str, str]]) -> str:
        """`anchors`: (location of the document, the words of the span) of every piece of evidence, in any order."""
        return digest("finding", kind, *(part for anchor in sorted(anchors) for part in anchor))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the corpus holds about one thing in a draft. `flag`: a human should look."""

    type: str
    start: int
    end: int
    verdict: str
    flag: bool
    why: str
    evidence: tuple[Span, ...] = ()


DECISIONS = ("confirmed", "dismissed", "noted", "joined", "split")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that survives re-reading: W3C position and quote selectors in one (https://www.w3.org/TR/annotation-model/)."""

    location: str
    document_id: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the user's append-only log. `subject_id`: the finding or name decided about. `made`: a moment."""

    subject_id: str
    subject_kind: str
    verdict: str
    why: str
    made: int
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The user's last word on whether two spellings mean one person or body. `verdict`: joined, split, confirmed."""

    left: str
    right: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """How derived rows were made (PROV Activity)."""

    id: str
    step: str
    version: int
    settings_digest: str
    input_digest: str
    started: int
    finished: int | None
    n_rows: int
