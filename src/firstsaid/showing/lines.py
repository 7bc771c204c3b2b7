"""Views of single things: a document line, a finding card, a family line, a piece of evidence."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from firstsaid.dates import to_edtf
from firstsaid.model import FULL, DateRange, Decision, Document, Evidence, Family, Finding
from firstsaid.showing.links import SHORT, Links
from firstsaid.showing.views import DocumentLine, EvidenceLine, FamilyLine, FindingCard, SpeakerLine
from firstsaid.store.schema import VIEWS
from firstsaid.text import shortened

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

CONTEXT_CHARS = 110
"""Text shown before and after a piece of evidence: about one sentence."""
MOST_EVIDENCE = 12
"""Pieces of evidence shown on one card; the rest is counted."""
STRONG, FAIR = 7_000, 4_000

KIND_WORDS = {
    "quotation-altered": "Quotation altered",
    "quotation-cut": "Quotation cut short",
    "quotation-stitched": "Quotation stitched together",
    "quotation-two-speakers": "One quotation, two speakers",
    "figures-conflict": "Figures conflict",
    "figure-drift": "Figure drifts",
    "figures-do-not-add-up": "Figures do not add up",
    "single-origin": "Many reports, one text",
    "uncredited-reuse": "Reuse without credit",
    "circular-citation": "Circular citation",
    "credited-elsewhere": "Credited elsewhere",
    "citation-dangling": "Citation points nowhere",
    "prediction-overdue": "Prediction past its date",
    "dates-disagree": "Dates disagree with the text",
    "coordinated-copies": "Copies within minutes",
    "superseded": "Superseded later",
}


def direction(text: str) -> str:
    """`rtl` where the first strong character runs right to left (Unicode Bidirectional Algorithm, rule P2), else `ltr`."""
    for character in text[:500]:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def when(date: DateRange | None) -> str:
    """A date as a person reads it."""
    return "undated" if date is None else to_edtf(date)


class Lines:
    """Makes lines of one corpus; counts and documents are fetched once."""

    def __init__(self, corpus: Corpus, links: Links) -> None:
        """Make lines whose links follow `links`."""
        self.corpus = corpus
        self.links = links
        self.documents: dict[str, Document] = {}
        self.counts = {name: _counts(corpus, name) for name in ("quotation", "figure", "passage")}
        self.n_findings = Counter(
            dict(tuple(row) for row in corpus.connection.execute(f"SELECT document_id, count(DISTINCT finding_id) FROM ({VIEWS['evidence']}) GROUP BY 1"))
        )
        self.decisions = corpus.decisions()

    def get(self, document_id: str) -> Document:
        """A document by id, fetched once; only some hundred texts are held at a time."""
        if document_id not in self.documents:
            if len(self.documents) > 400:
                self.documents.clear()
            self.documents[document_id] = self.corpus.document(document_id)
        return self.documents[document_id]

    def document(self, document: Document) -> DocumentLine:
        """A document in a list."""
        return DocumentLine(
            id=document.id[:SHORT],
            href=self.links.document(document.id),
            title=shortened(document.title or document.text.strip() or document.location, 110),
            outlet=document.outlet or "",
            when=when(document.published),
            when_basis=document.published.basis if document.published else "",
            location=document.location,
            n_quotations=self.counts["quotation"][document.id],
            n_figures=self.counts["figure"][document.id],
            n_passages=self.counts["passage"][document.id],
            n_findings=self.n_findings[document.id],
            language=document.language or "",
            is_undated=document.published is None,
        )

    def span(self, document_id: str, start: int, end: int, role: str = "") -> EvidenceLine:
        """A stretch of a document with its context."""
        document = self.get(document_id)
        text = document.text
        before = text[max(0, start - CONTEXT_CHARS) : start].rpartition("\n")[2]
        after = text[end : end + CONTEXT_CHARS].partition("\n")[0]
        if start > CONTEXT_CHARS and " " in before and before == text[start - CONTEXT_CHARS : start]:
            before = "…" + before.partition(" ")[2]
        if end + CONTEXT_CHARS < len(text) and " " in after and len(after) == CONTEXT_CHARS:
            after = after.rpartition(" ")[0] + "…"
        words = text[start:end]
        return EvidenceLine(
            self.document(document), self.links.document(document_id, start), before, shortened(words, 600), after, role, direction(words)
        )  # fmt: skip

    def evidence(self, pieces: Iterable[Evidence]) -> tuple[EvidenceLine, ...]:
        """A finding's evidence in order."""
        return tuple(self.span(one.document_id, one.start, one.end, one.role) for one in pieces)

    def finding(self, finding: Finding) -> FindingCard:
        """A finding as a card."""
        decision: Decision | None = self.decisions.get(finding.id)
        strength = "strong" if finding.strength >= STRONG else "fair" if finding.strength >= FAIR else "weak"
        return FindingCard(
            id=finding.id[:SHORT],
            anchor=f"f-{finding.id[:SHORT]}",
            href=self.links.finding(finding.id),
            kind=finding.kind,
            kind_words=KIND_WORDS[finding.kind],
            subject=finding.subject,
            why=finding.why,
            could_be=finding.could_be,
            strength=strength,
            score=finding.strength * 100 // FULL,
            n_similar=finding.n_similar,
            evidence=self.evidence(finding.evidence[:MOST_EVIDENCE]),
            n_more_evidence=max(0, len(finding.evidence) - MOST_EVIDENCE),
            decision=decision.verdict if decision else "",
            decision_why=decision.why if decision else "",
        )

    def family(self, family: Family) -> FamilyLine:
        """A family in a list."""
        members = [self.get(row[0]) for row in self._members(family)]
        dates = sorted((d.published for d in members if d.published), key=lambda date: (date.earliest, date.latest))
        low, high = family.n_origins_certain, family.n_origins_possible
        return FamilyLine(
            id=family.id[:SHORT],
            href=self.links.family(family.id),
            snippet=shortened(family.snippet, 220),
            direction=direction(family.snippet),
            n_documents=family.n_documents,
            n_words=family.n_words,
            n_outlets=len({document.outlet for document in members if document.outlet}),
            earliest=tuple(self.document(self.get(one)) for one in family.earliest_document_ids[:3]),
            origins=str(low) if low == high else f"{low} to {high}",
            n_changes=sum(reading.kind != "punctuation" for reading in family.readings),
            first_when=when(dates[0]) if dates else "undated",
            last_when=when(dates[-1]) if dates else "undated",
        )

    def _members(self, family: Family) -> list[tuple[str]]:
        return self.corpus.connection.execute(
            "SELECT DISTINCT document_id FROM passage WHERE family_id = ? ORDER BY document_id", (family.id,)
        ).fetchall()

    def speakers(self, most: int, quotations_each: int) -> tuple[SpeakerLine, ...]:
        """Who is quoted most, each with some of their words."""
        rows = self.corpus.connection.execute(
            """SELECT coalesce(name.canonical, quotation.speaker_name) AS speaker, max(quotation.speaker_is_unnamed) AS is_unnamed,
                      count(DISTINCT quotation.id) AS n, count(DISTINCT quotation.document_id) AS n_documents,
                      count(DISTINCT document.outlet) AS n_outlets, group_concat(DISTINCT document.outlet) AS outlets,
                      group_concat(DISTINCT quotation.id) AS ids
               FROM quotation JOIN document ON document.id = quotation.document_id
               LEFT JOIN mention ON mention.document_id = quotation.document_id AND mention.start < quotation.speaker_end
                    AND quotation.speaker_start < mention."end" AND mention."end" - mention.start > 2
               LEFT JOIN name ON name.id = mention.name_id AND name.kind != 'unnamed'
               WHERE quotation.speaker_name IS NOT NULL
               GROUP BY speaker ORDER BY n DESC, speaker LIMIT ?""",
            (most,),
        ).fetchall()
        lines = []
        for row in rows:
            ids = sorted(row["ids"].split(","))
            marks = ", ".join("?" * min(len(ids), 500))
            spans = self.corpus.connection.execute(
                f"""SELECT quotation.document_id, quotation.start, quotation."end" FROM quotation
                    JOIN document ON document.id = quotation.document_id WHERE quotation.id IN ({marks})
                    ORDER BY published_earliest IS NULL, published_earliest, document_id, quotation.start LIMIT ?""",
                (*ids[:500], quotations_each),
            )
            outlets = sorted((row["outlets"] or "").split(","))
            lines.append(
                SpeakerLine(
                    row["speaker"], self.links.speaker(row["speaker"]), row["n"], row["n_documents"], row["n_outlets"],
                    ", ".join(outlets[:6]) + (f" and {len(outlets) - 6} more" if len(outlets) > 6 else ""), bool(row["is_unnamed"]),
                    tuple(self.span(*span) for span in spans),
                )
            )  # fmt: skip
        return tuple(lines)


def _counts(corpus: Corpus, table: str) -> Counter[str]:
    return Counter(dict(tuple(row) for row in corpus.connection.execute(f"SELECT document_id, count(*) FROM {table} GROUP BY 1")))
