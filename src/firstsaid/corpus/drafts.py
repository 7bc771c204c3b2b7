"""An unpublished draft against a corpus: the draft is read and annotated like any file, and never stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from firstsaid import checking, matching, parsing
from firstsaid.checking import Match
from firstsaid.corpus.whence import bring_index_up_to_date
from firstsaid.errors import UsageError
from firstsaid.files import annotations_of, read_file
from firstsaid.model import Document, Figure, Part, Quotation, Verdict
from firstsaid.store import read
from firstsaid.store.read import fts_any_query
from firstsaid.text import words as words_of

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

MIN_OUTLET_LETTERS = 4
"""Shorter targets ("Sun") are found by their whole name only."""

MOST_OUTLETS = 50_000
"""Different outlets of the largest corpora; SQLite takes as many values in one question only up to a bound, which few names reach."""

MOST_ASKED, MOST_RANKED = 24, 4_000
"""Words in one question to full-text search, and documents that it may have to rank for it: 4,000 take some 10 ms."""

MOST_MATCHES = 60
MOST_RELATED = 12
"""Bounds on what one look-up returns: a checker reads the best few, and a draft of 500 pages must still end."""


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A draft's text as it was read, verdicts in reading order with offsets into it, and corpus documents left out as the draft itself.

    `notes`: what the user should know before reading the verdicts, each a sentence: tracked changes, no quotation, another language.
    """

    text: str
    verdicts: tuple[Verdict, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...] = ()


def check_file(corpus: Corpus, path: Path) -> DraftCheck:
    """Verdicts on everything in the draft that the corpus can speak to.

    Raises:
        UsageError: there is no such file, it holds no text that can be read, or several texts (rows).
    """
    members = [intake for _, intake in read_file(str(path))]
    if len(members) != 1 or not members[0].parts or path.suffix.lower() in ROWS:
        problem = next((problem for intake in members for problem in intake.problems), None)
        why = f"{problem.message}. {problem.advice}" if problem else "a draft is one text, not rows of texts"
        raise UsageError(f"{path}: {why}")
    (intake,) = members
    evidence = CorpusEvidence(corpus)
    verdicts: list[Verdict] = []
    left_out: dict[str, None] = {}
    n_quotations = 0
    for part in intake.parts:
        annotations, _ = annotations_of(intake, part)
        n_quotations += len(annotations.quotations)
        result = checking.check(intake.text[part.start : part.end], annotations, evidence)
        verdicts += [replace(one, start=one.start + part.start, end=one.end + part.start) for one in result.verdicts]
        left_out.update(dict.fromkeys(result.left_out))
    notes = [problem.message for problem in intake.problems if problem.kind in NOTED]
    if not n_quotations:
        notes.append("No quotation and no reported statement was found in this draft: only figures, dates and citations were checked")
    notes += _language_notes(corpus, intake.parts)
    return DraftCheck(intake.text, tuple(verdicts), tuple(left_out), tuple(notes))


ROWS = (".jsonl", ".ndjson", ".csv", ".tsv")

NOTED = frozenset(("tracked-changes", "comments-left-out", "truncated", "pages-left-out", "attachment-left-out"))
"""Problems of reading that change what was checked."""


def _language_notes(corpus: Corpus, parts: Sequence[Part]) -> list[str]:
    """Whether the draft is in a language of which the corpus has no text."""
    drafted = {part.language for part in parts if part.language}
    held = {row[0] for row in corpus.connection.execute("SELECT DISTINCT language FROM document WHERE is_current AND language IS NOT NULL")}
    if not drafted or not held or drafted & held:
        return []
    here, there = ", ".join(sorted(drafted)), ", ".join(sorted(held))
    return [
        f"The draft is in another language ({here}) than the corpus ({there}): figures and dates are compared, words only where they were "
        "left in the original"
    ]


class CorpusEvidence:
    """The look-ups of `checking.EvidenceLookup`, answered by a corpus's index and store."""

    def __init__(self, corpus: Corpus) -> None:
        """Look things up in `corpus`; each document is fetched once."""
        self.corpus = corpus
        self.held: dict[str, Document] = {}
        self.counts: dict[str, int] = {}
        corpus.connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'document_words', 'row')")
        self.sentences: dict[str, list[tuple[frozenset[str], int, int]]] = {}

    @cached_property
    def index(self) -> matching.index.Index:
        """The index of the corpus as it is now."""
        from firstsaid.corpus import quiet

        return bring_index_up_to_date(self.corpus, quiet)

    def find(self, words: str) -> Sequence[Match]:
        """See `EvidenceLookup.find`."""
        found = self.index.find(words)[:MOST_MATCHES]
        return [Match(one.document_id, one.start, one.end, one.query_start, one.query_end, one.similarity) for one in found]

    def about(self, words: str) -> Sequence[str]:
        """See `EvidenceLookup.about`: what full-text search finds by the rarest of the words, by its rank."""
        rare = self._rarest(words)
        if not rare:
            return []
        rows = self.corpus.connection.execute(
            """SELECT document.id FROM document_words JOIN document ON document.n = document_words.rowid
               WHERE document_words MATCH ? AND is_current ORDER BY rank, document.id LIMIT ?""",
            (fts_any_query(" ".join(rare)), MOST_RELATED),
        )
        return [row[0] for row in rows]

    def _rarest(self, words: str) -> list[str]:
        """The words that stand in fewest documents, as many as make a sure question and no slow one."""
        asked = dict.fromkeys(word.lower() for word in re.findall(r"\w{3,}", words))
        counted = sorted((self._n_holding(word), at, word) for at, word in enumerate(asked))
        known = [(count, word) for count, _, word in counted if count]
        kept: list[str] = []
        n_rows = 0
        for count, word in known:
            if kept and (n_rows + count > MOST_RANKED or len(kept) >= MOST_ASKED):
                break
            kept.append(word)
            n_rows += count
        return kept

    def _n_holding(self, word: str) -> int:
        """In how many documents full-text search has the word."""
        if word not in self.counts:
            plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
            row = self.corpus.connection.execute("SELECT doc FROM temp.vocabulary WHERE term = ?", (plain,)).fetchone()
            self.counts[word] = int(row[0]) if row else 0
        return self.counts[word]

    def related(self, words: str) -> Sequence[Match]:
        """See `EvidenceLookup.related`: of the documents that full-text search finds, the sentence with most of the asked words."""
        asked = set(words_of(words).keys)
        found = []
        for document in map(self.document, self.about(words)):
            shared = [(len(asked & keys), start, end) for keys, start, end in self._sentences(document)]
            n_shared, start, end = max(shared, key=lambda one: (one[0], -one[1]), default=(0, 0, 0))
            if n_shared:
                found.append(Match(document.id, start, end, 0, len(words), n_shared * 10_000 // len(asked)))
        return sorted(found, key=lambda match: (-match.similarity, match.document_id))

    def _sentences(self, document: Document) -> list[tuple[frozenset[str], int, int]]:
        """The keys and the place of each sentence; a draft's statements ask for the same documents again and again."""
        if document.id not in self.sentences:
            words = words_of(document.text)
            places = parsing.sentences(document.text)
            first = np.searchsorted(words.starts, [start for start, _ in places]).tolist()
            last = np.searchsorted(words.starts, [end for _, end in places]).tolist()
            keys = (frozenset(words.keys[a:b]) for a, b in zip(first, last, strict=True))
            self.sentences[document.id] = [(held, *place) for held, place in zip(keys, places, strict=True)]
        return self.sentences[document.id]

    def document(self, document_id: str) -> Document:
        """See `EvidenceLookup.document`."""
        if document_id not in self.held:
            # By id alone: `Corpus.document` also looks among locations, one by one.
            self.held[document_id] = next(read.documents(self.corpus.connection, "WHERE id = ?", (document_id,)))
        return self.held[document_id]

    def quotations(self, document_id: str) -> Sequence[Quotation]:
        """See `EvidenceLookup.quotations`."""
        return list(read.derived(self.corpus.connection, Quotation, "quotation", "WHERE document_id = ?", (document_id,)))

    def figures(self, document_id: str) -> Sequence[Figure]:
        """See `EvidenceLookup.figures`."""
        return list(read.derived(self.corpus.connection, Figure, "figure", "WHERE document_id = ?", (document_id,)))

    def resolves(self, target: str) -> Sequence[str]:
        """See `EvidenceLookup.resolves`: an address, an outlet, a title, or some of an outlet's words in a row ("the Herald")."""
        rows = self.corpus.connection.execute(
            """SELECT id FROM document WHERE is_current
               AND (url = :t OR location = :t OR lower(outlet) = lower(:t) OR lower(title) = lower(:t)) ORDER BY id""",
            {"t": target.strip()},
        )
        found = [row[0] for row in rows]
        asked = checking.outlet_words(target)
        if found or not asked or len("".join(asked)) < MIN_OUTLET_LETTERS:
            return found
        outlets = [outlet for outlet, words in self.outlets.items() if checking.contains_run(words, asked)]
        marks = ", ".join("?" for _ in outlets)
        query = f"SELECT id FROM document WHERE is_current AND outlet IN ({marks}) ORDER BY id"
        return [row[0] for row in self.corpus.connection.execute(query, outlets)]

    @cached_property
    def outlets(self) -> dict[str, tuple[str, ...]]:
        """The words of every outlet's name."""
        rows = self.corpus.connection.execute(
            "SELECT DISTINCT outlet FROM document WHERE is_current AND outlet IS NOT NULL ORDER BY outlet"
        )
        return {outlet: checking.outlet_words(outlet) for (outlet,) in rows.fetchmany(MOST_OUTLETS)}
