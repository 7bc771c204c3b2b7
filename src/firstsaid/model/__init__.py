"""The nouns. Frozen dataclasses that hold no parent objects, know no database and no room.

Conventions that hold for every field:
- `start`, `end`: Unicode code points, 0-based, half-open, into the *document's* text (into the capture's text only in
  `Part` and in the `Layout` that a reader returns).
- scores (`confidence`, `similarity`, `strength`, `score`): integers in 0..10,000, so that they compare equal everywhere.
- moments: minutes since 1970-01-01T00:00 UTC in the proleptic Gregorian calendar (negative before), so that BCE sorts too.
- ids: hexadecimal blake2b digests of what identifies the thing, never a counter: the same input gives the same id.

Derived nouns are flat, so that one noun is one row of one table (see `columns`).
"""

from firstsaid.model.captured import LAYOUT_KINDS, Capture, Description, Document, Intake, Layout, Part, Problem, Received
from firstsaid.model.descended import (
    CLAIM_BANDS,
    CLAIM_DIFFERENCES,
    READING_KINDS,
    Alignment,
    ClaimPair,
    ClaimTelling,
    Family,
    Passage,
    Reading,
    StemmaEdge,
    StemmaNode,
)
from firstsaid.model.found import DECISIONS, FINDING_KINDS, Anchor, Decision, Evidence, Finding, Ruling, Run, Verdict
from firstsaid.model.identity import FULL, MINUTES_PER_DAY, DateRange, Pieces, Span, digest
from firstsaid.model.said import (
    CITATION_FORMS,
    CLAIM_REASONS,
    FIGURE_KINDS,
    MODIFIERS,
    NAME_KINDS,
    QUOTATION_FORMS,
    TELLING_ROLES,
    TIE_KINDS,
    Annotations,
    Citation,
    Claim,
    Figure,
    Mention,
    Name,
    Prediction,
    Quotation,
    ScareQuote,
    Spelling,
    Telling,
    Tie,
    by_start,
)

__all__ = [
    "CITATION_FORMS",
    "CLAIM_BANDS",
    "CLAIM_DIFFERENCES",
    "CLAIM_REASONS",
    "DECISIONS",
    "FIGURE_KINDS",
    "FINDING_KINDS",
    "FULL",
    "LAYOUT_KINDS",
    "MINUTES_PER_DAY",
    "MODIFIERS",
    "NAME_KINDS",
    "QUOTATION_FORMS",
    "READING_KINDS",
    "TELLING_ROLES",
    "TIE_KINDS",
    "Alignment",
    "Anchor",
    "Annotations",
    "Capture",
    "Citation",
    "Claim",
    "ClaimPair",
    "ClaimTelling",
    "DateRange",
    "Decision",
    "Description",
    "Document",
    "Evidence",
    "Family",
    "Figure",
    "Finding",
    "Intake",
    "Layout",
    "Mention",
    "Name",
    "Part",
    "Passage",
    "Pieces",
    "Prediction",
    "Problem",
    "Quotation",
    "Reading",
    "Received",
    "Ruling",
    "Run",
    "ScareQuote",
    "Span",
    "Spelling",
    "StemmaEdge",
    "StemmaNode",
    "Telling",
    "Tie",
    "Verdict",
    "by_start",
    "digest",
]
