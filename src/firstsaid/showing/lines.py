"""Views of single things: a document line, a finding card, a family line, a piece of evidence; facts fetched in bulk, once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from firstsaid.model import FULL, DateRange, Decision, Evidence, Family, Finding
from firstsaid.showing.comparing import against_each_other
from firstsaid.showing.hiding import Hiding
from firstsaid.showing.kinds import KIND_WORDS
from firstsaid.showing.links import SHORT, Links
from firstsaid.showing.spoken import direction, plain, when
from firstsaid.showing.views import DocumentLine, EvidenceLine, FamilyLine, FindingCard
from firstsaid.text import shortened

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

Remembered = TypeVar("Remembered")

CONTEXT_CHARS = 110
"""Text shown before and after a piece of evidence: about one sentence."""
MOST_EVIDENCE = 12
"""Pieces of evidence shown on one card; the rest is counted."""
MOST_EVIDENCE_CHARS = 600
COMPARED = ("quotation-altered", "quotation-cut", "quotation-stitched", "uncredited-reuse", "figure-drift", "credited-elsewhere")
"""Kinds whose evidence is one wording in several forms: what differs between them is the finding."""
STRONG, FAIR = 7_000, 4_000
CHUNK = 500
"""Ids in one query: below the number of variables that the oldest SQLite takes (999)."""
_DOCUMENT_ID = re.compile(r"\b[0-9a-f]{32}\b")
MOST_TEXTS = 200
"""Texts held at a time."""


class FamilyFacts(NamedTuple):
    """What a margin note says of a family: its size, its earliest witnesses, and how each witness differs (kind, base, own)."""

    n_documents: int
    earliest: tuple[str, ...]
    readings: dict[str, list[tuple[str, str, str]]]


class FindingFacts(NamedTuple):
    """What a list of findings is chosen by. `outlets`, `earliest`, `latest`: of the documents that it rests on."""

    id: str
    kind: str
    strength: int
    outlets: frozenset[str]
    earliest: int | None
    latest: int | None


class Lines:
    """Makes lines of one corpus as it is now; make a new one when it has changed."""

    def __init__(
        self, corpus: Corpus, links: Links, hiding: Hiding | None = None, *, has_full_text: bool = True, most_text_chars: int | None = None
    ) -> None:
        """Make lines whose links follow `links`, with the names of `hiding` kept from the reader.

        `has_full_text`: whether documents may be shown in full; `most_text_chars`: of one, None where it comes in windows.
        """
        self.hiding = hiding or Hiding({})
        self.has_full_text = has_full_text
        self.most_text_chars = most_text_chars
        self.corpus = corpus
        self.connection = corpus.connection
        self.links = links
        self._documents: dict[str, DocumentLine] = {}
        self._published: dict[str, DateRange | None] = {}
        self._texts: dict[str, str] = {}
        self._families: dict[str, FamilyFacts] = {}
        self._remembered: dict[str, Any] = {}

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """The user's last word on each finding."""
        return self.corpus.decisions()

    def remember(self, name: str, make: Callable[[], Remembered]) -> Remembered:
        """What `make` gives, made once: for what takes a walk over the whole corpus."""
        if name not in self._remembered:
            self._remembered[name] = make()
        held: Remembered = self._remembered[name]
        return held

    def forget_decisions(self) -> None:
        """Read the user's decisions again."""
        self.__dict__.pop("decisions", None)

    @cached_property
    def order(self) -> list[str]:
        """Ids of all documents (of those that the report holds) by date, then place; undated ones last."""
        rows = self.connection.execute(
            "SELECT id FROM document WHERE is_current ORDER BY published_earliest IS NULL, published_earliest, location, id"
        )
        held = self.links.documents
        return [one for (one,) in rows if held is None or one in held]

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each document stands in `order`."""
        return {one: at for at, one in enumerate(self.order)}

    @cached_property
    def _found(self) -> tuple[list[FindingFacts], dict[str, list[tuple[str, str, str, int, int, str]]]]:
        """All findings, the strongest first, and what they rest on by document: (finding, kind, why, start, end, role)."""
        documents = {
            row[0]: row[1:] for row in self.connection.execute("SELECT id, outlet, published_earliest, published_latest FROM document")
        }
        facts: list[FindingFacts] = []
        by_document: dict[str, list[tuple[str, str, str, int, int, str]]] = {}
        for finding_id, kind, strength, why, pieces in self.connection.execute(
            "SELECT id, kind, strength, why, evidence FROM finding ORDER BY strength DESC, kind, id"
        ):
            evidence = json.loads(pieces)
            for piece in evidence:
                by_document.setdefault(piece["document_id"], []).append(
                    (finding_id, kind, why, piece["start"], piece["end"], piece["role"])
                )
            on = [documents[one] for one in {piece["document_id"] for piece in evidence} if one in documents]
            facts.append(
                FindingFacts(
                    finding_id, kind, strength, frozenset(outlet for outlet, _, _ in on if outlet),
                    min((earliest for _, earliest, _ in on if earliest is not None), default=None),
                    max((latest for _, _, latest in on if latest is not None), default=None),
                )
            )  # fmt: skip
        return facts, by_document

    @property
    def finding_facts(self) -> Sequence[FindingFacts]:
        """What all findings can be chosen by, the strongest first."""
        return self._found[0]

    def in_order(self, facts: Sequence[FindingFacts]) -> Sequence[FindingFacts]:
        """Findings in the order in which they are shown: as they are, or shuffled where names are hidden."""
        if not self.hiding.is_shuffled:
            return facts
        return self.remember("shuffled", lambda: sorted(facts, key=lambda fact: fact.id))

    def hide(self, words: str) -> str:
        """Words of ours or of a stranger without the names that are kept from the reader."""
        return self.hiding.hide(words)

    def hidden(self, view: Any) -> Any:
        """The same of a whole view."""
        return self.hiding.hidden(view) if self.hiding.words else view

    def meant(self, outlet: str) -> str:
        """The outlet behind a label."""
        return self.hiding.meant.get(outlet, outlet)

    def pieces_of(self, finding_id: str) -> tuple[Evidence, ...]:
        """What one finding rests on."""
        return self.corpus.finding(finding_id).evidence

    def findings_in(self, document_id: str) -> Sequence[tuple[str, str, str, int, int, str]]:
        """What findings rest on in a document, the strongest first: (finding, kind, why, start, end, role)."""
        return self._found[1].get(document_id, ())

    @cached_property
    def n_findings(self) -> Counter[str]:
        """How many findings rest on each document."""
        return Counter({one: len({piece[0] for piece in pieces}) for one, pieces in self._found[1].items()})

    # ------------------------------------------------------------------------------------------ documents

    def prepare(self, document_ids: Iterable[str]) -> None:
        """Fetch what lines need of these documents, some hundred in one query."""
        for ids in _chunks([one for one in dict.fromkeys(document_ids) if one not in self._documents]):
            marks = ", ".join("?" * len(ids))
            counts = {
                table: Counter(
                    dict(
                        self.connection.execute(f"SELECT document_id, count(*) FROM {table} WHERE document_id IN ({marks}) GROUP BY 1", ids)
                    )
                )
                for table in ("quotation", "figure", "passage")
            }
            rows = self.connection.execute(
                f"""SELECT id, title, substr(text, 1, 400) AS beginning, outlet, location, language, published_earliest, published_latest,
                    published_basis, published_confidence FROM document WHERE id IN ({marks})""",
                ids,
            )
            for row in rows:
                one = row["id"]
                published = None
                if row["published_earliest"] is not None:
                    published = DateRange(
                        row["published_earliest"], row["published_latest"], row["published_basis"], row["published_confidence"]
                    )
                self._published[one] = published
                self._documents[one] = DocumentLine(
                    id=one[:SHORT],
                    href=self.links.document(one),
                    title=plain(shortened(self.hide(row["title"] or row["beginning"].strip() or row["location"]), 110)),
                    outlet=plain(self.hide(row["outlet"] or "")),
                    when=when(published),
                    when_basis=plain(published.basis) if published else "",
                    # A place names its outlet in too many ways (folders, short forms of the name) to hide some of them.
                    location="" if self.hiding.is_shuffled else plain(self.hide(row["location"])),
                    n_quotations=counts["quotation"][one],
                    n_figures=counts["figure"][one],
                    n_passages=counts["passage"][one],
                    n_findings=self.n_findings[one],
                    language=plain(row["language"]),
                    is_undated=published is None,
                )

    def document(self, document_id: str) -> DocumentLine:
        """A document in a list."""
        if document_id not in self._documents:
            self.prepare([document_id])
        return self._documents[document_id]

    def documents(self, document_ids: Sequence[str]) -> tuple[DocumentLine, ...]:
        """Documents in the order given."""
        self.prepare(document_ids)
        return tuple(self._documents[one] for one in document_ids)

    def published(self, document_id: str) -> DateRange | None:
        """When a document was published."""
        self.document(document_id)
        return self._published[document_id]

    def moments(self, document_ids: Sequence[str]) -> dict[str, int]:
        """When documents were published at the earliest, those without a date left out: for sorting thousands."""
        found: dict[str, int] = {}
        for ids in _chunks(document_ids):
            marks = ", ".join("?" * len(ids))
            rows = self.connection.execute(f"SELECT id, published_earliest FROM document WHERE id IN ({marks})", ids)
            found.update((one, moment) for one, moment in rows if moment is not None)
        return found

    def text(self, document_id: str) -> str:
        """A document's whole text; some hundred are held at a time."""
        if document_id not in self._texts:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            (text,) = self.connection.execute("SELECT text FROM document WHERE id = ?", (document_id,)).fetchone()
            self._texts[document_id] = self.blotted(text)
        return self._texts[document_id]

    def blotted(self, text: str) -> str:
        """A text as a report with withheld names may print it, in its own length."""
        return self.hiding.blot(text) if self.hiding.withheld else text

    def said(self, sentence: str, sigla: Mapping[str, str] | None = None) -> str:
        """A sentence of another room as a person reads it: ids of documents become their sigla or their outlets."""

        def name(found: re.Match[str]) -> str:
            if sigla and found.group() in sigla:
                return sigla[found.group()]
            known = self.connection.execute("SELECT 1 FROM document WHERE id = ?", (found.group(),)).fetchone()
            if known is None:
                return found.group()
            document = self.document(found.group())
            return document.outlet or document.title

        return plain(_DOCUMENT_ID.sub(name, sentence))

    # ------------------------------------------------------------------------------------------ evidence and findings

    def span(self, document_id: str, start: int, end: int, role: str = "") -> EvidenceLine:
        """A stretch of a document with the rest of its lines as context."""
        first = max(0, start - CONTEXT_CHARS)
        if self.hiding.withheld:
            # Names first, then the cut: half a name is not found.
            here = self.text(document_id)[first : end + CONTEXT_CHARS]
        else:
            # The database cuts, so that a list of findings need not hold whole books.
            (here,) = self.connection.execute(
                "SELECT substr(text, ?, ?) FROM document WHERE id = ?", (first + 1, end + CONTEXT_CHARS - first, document_id)
            ).fetchone()
        before, words, after = here[: start - first], here[start - first : end - first], here[end - first :]
        context = before.rpartition("\n")[2]
        if context == before and first > 0 and " " in before:
            context = "…" + before.partition(" ")[2]
        rest = after.partition("\n")[0]
        if rest == after and len(after) == CONTEXT_CHARS and " " in after:
            rest = after.rpartition(" ")[0] + "…"
        return EvidenceLine(
            document=self.document(document_id),
            # Evidence about a whole document (its date) is an empty span and has no place of its own.
            href=self.links.document(document_id, start if start < end else None),
            before=context,
            text=shortened(words, MOST_EVIDENCE_CHARS),
            after=rest,
            role=plain(role),
            direction=direction(here),
        )

    def evidence(self, pieces: Iterable[Evidence]) -> tuple[EvidenceLine, ...]:
        """A finding's evidence in order."""
        return tuple(self.span(one.document_id, one.start, one.end, one.role) for one in pieces)

    def findings(self, findings: Sequence[Finding]) -> tuple[FindingCard, ...]:
        """Findings as cards, in the order given."""
        self.prepare(piece.document_id for finding in findings for piece in finding.evidence[:MOST_EVIDENCE])
        return tuple(map(self._finding, findings))

    def _finding(self, finding: Finding) -> FindingCard:
        decision = self.decisions.get(finding.id)
        evidence = self.evidence(finding.evidence[:MOST_EVIDENCE])
        if finding.kind in COMPARED:
            evidence = against_each_other(evidence)
        return FindingCard(
            id=finding.id[:SHORT],
            anchor=f"f-{finding.id[:SHORT]}",
            href=self.links.finding(finding.id),
            kind=finding.kind,
            kind_words=KIND_WORDS.get(finding.kind, finding.kind),
            subject=plain(finding.subject),
            why=self.said(finding.why),
            could_be=tuple(map(plain, finding.could_be)),
            strength=strength_word(finding.strength),
            score=finding.strength * 100 // FULL,
            n_similar=finding.n_similar,
            evidence=evidence,
            n_more_evidence=max(0, len(finding.evidence) - MOST_EVIDENCE),
            decision=decision.verdict if decision else "",
            decision_why=plain(decision.why) if decision else "",
        )

    # ------------------------------------------------------------------------------------------ families

    def families(self, families: Sequence[Family]) -> tuple[FamilyLine, ...]:
        """Families in a list, in the order given."""
        self.prepare(one for family in families for one in family.earliest_document_ids[:3])
        spread: dict[str, tuple[int, int | None, int | None]] = {}
        for ids in _chunks([family.id for family in families]):
            marks = ", ".join("?" * len(ids))
            rows = self.connection.execute(
                f"""SELECT family_id, count(DISTINCT outlet), min(published_earliest), max(published_earliest)
                    FROM passage JOIN document ON document.id = passage.document_id WHERE family_id IN ({marks}) GROUP BY 1""",
                ids,
            )
            spread.update({family_id: (n_outlets, first, last) for family_id, n_outlets, first, last in rows})
        return tuple(self._family(family, *spread.get(family.id, (0, None, None))) for family in families)

    def _family(self, family: Family, n_outlets: int, first: int | None, last: int | None) -> FamilyLine:
        low, high = family.n_origins_certain, family.n_origins_possible
        return FamilyLine(
            id=family.id[:SHORT],
            href=self.links.family(family.id),
            snippet=shortened(family.snippet, 220),
            direction=direction(family.snippet),
            n_documents=family.n_documents,
            n_words=family.n_words,
            n_outlets=n_outlets,
            earliest=tuple(self.document(one) for one in family.earliest_document_ids[:3]),
            origins=str(low) if low == high else f"{low} to {high}",
            n_changes=sum(reading.kind != "punctuation" for reading in family.readings),
            first_when="undated" if first is None else when(_day_of(first)),
            last_when="undated" if last is None else when(_day_of(last)),
        )

    def family_facts(self, family_id: str) -> FamilyFacts | None:
        """What a margin note says of a family; None if it is gone."""
        if family_id not in self._families:
            row = self.connection.execute(
                "SELECT n_documents, earliest_document_ids, readings FROM family WHERE id = ?", (family_id,)
            ).fetchone()
            if row is None:
                return None
            readings: dict[str, list[tuple[str, str, str]]] = {}
            for one in json.loads(row["readings"]):
                if one["kind"] not in ("punctuation", "spelling"):
                    readings.setdefault(one["document_id"], []).append((one["kind"], one["base_text"], one["text"]))
            self._families[family_id] = FamilyFacts(row["n_documents"], tuple(json.loads(row["earliest_document_ids"])), readings)
        return self._families[family_id]


def strength_word(strength: int) -> str:
    """Strong, fair or weak: three words, for a number would look like a probability."""
    return "strong" if strength >= STRONG else "fair" if strength >= FAIR else "weak"


def _day_of(moment: int) -> DateRange:
    start = moment - moment % 1440
    return DateRange(start, start + 1439, "")


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), CHUNK):
        yield ids[at : at + CHUNK]
