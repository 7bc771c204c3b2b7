"""Corpus: the one object a user of the API holds. Whatever a command can do, it can do."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from firstsaid.errors import CorpusError, UsageError
from firstsaid.model import (
    Citation,
    Decision,
    Document,
    Family,
    Figure,
    Finding,
    Mention,
    Name,
    Passage,
    Prediction,
    Problem,
    Quotation,
    Spelling,
    Telling,
    Tie,
)
from firstsaid.store import connect, read
from firstsaid.store.schema import DERIVED

if TYPE_CHECKING:
    import pyarrow as pa

    from firstsaid.corpus.adding import AddReport
    from firstsaid.corpus.claiming import ToldClaim
    from firstsaid.corpus.drafts import DraftCheck
    from firstsaid.corpus.naming import Heard
    from firstsaid.corpus.upkeep import Verification
    from firstsaid.corpus.whence import Whence
    from firstsaid.engines import Progress
    from firstsaid.pipeline import TraceReport

SUFFIX = ".firstsaid"
Noun = TypeVar("Noun")


def quiet(step: str, n_done: int, n_all: int) -> None:
    """Progress that nobody watches."""


def now() -> int:
    """The present moment, in minutes since 1970."""
    return int(time.time() // 60)


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a corpus. `counts`: rows by table; `stale`: steps that `trace` would run; `n_unread`: captures not read yet.

    `unanchored`: decisions whose words stand nowhere any more; they are kept.
    """

    path: str
    n_captures: int
    n_unread: int
    n_documents: int
    n_outlets: int
    first_day: str | None
    last_day: str | None
    counts: dict[str, int]
    stale: tuple[str, ...]
    problems: dict[str, int]
    n_decisions: int
    unanchored: tuple[Decision, ...]


class Corpus:
    """One corpus file and what can be asked of it. Open it with `firstsaid.open`; close it, or use it in a `with` block."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Hold an open file; see `open_corpus`."""
        self.path = path
        self.connection = connection

    def __enter__(self) -> Corpus:
        """The corpus itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; what was written is there."""
        self.connection.close()

    # ------------------------------------------------------------------------------------------ what goes in

    def add(self, *paths: str | os.PathLike[str], progress: Progress = quiet) -> AddReport:
        """Keep and read files, folders and web addresses. What is there already is not added again.

        Raises:
            UsageError: a path does not exist.
        """
        from firstsaid.corpus.adding import add

        return add(self.connection, [os.fspath(path) for path in paths], progress)

    def describe(
        self,
        *locations: str,
        outlet: str | None = None,
        published: str | None = None,
        title: str | None = None,
        authors: tuple[str, ...] | None = None,
    ) -> int:
        """Say of documents what they do not say themselves, for now and for what is added later. Returns how many are meant.

        `locations`: of documents or captures; `*` stands for any characters. `published`: a date with a year, or EDTF. What was said
        last holds; it is kept like a decision, and the next trace follows it.

        Raises:
            UsageError: no document lies there, nothing is said, or the date is none.
        """
        from firstsaid.corpus.describing import describe

        return describe(self, locations, outlet=outlet, published=published, title=title, authors=authors, made=now())

    def trace(self, engine: str = "embedded", progress: Progress = quiet) -> TraceReport:
        """Derive everything that is not up to date, and the index folder beside the corpus."""
        from firstsaid import pipeline
        from firstsaid.corpus.adding import read_pending
        from firstsaid.corpus.whence import bring_index_up_to_date, index_folder
        from firstsaid.engines import engine_named

        running = engine_named(engine)
        read_pending(self.connection, progress)
        report = pipeline.trace(self.connection, running, progress, index_folder(self) / "steps")
        bring_index_up_to_date(self, progress)
        return report

    # ------------------------------------------------------------------------------------------ what it holds

    def status(self) -> Status:
        """What is in it, what is stale, what was refused."""
        from firstsaid import pipeline
        from firstsaid.corpus.deciding import unanchored
        from firstsaid.dates import day

        one = self._one
        first, last = self.connection.execute(
            "SELECT min(published_earliest), max(published_latest) FROM document WHERE is_current"
        ).fetchone()
        return Status(
            path=str(self.path),
            n_captures=one("SELECT count(*) FROM capture"),
            n_unread=one("SELECT count(*) FROM capture WHERE NOT is_read"),
            n_documents=one("SELECT count(*) FROM document WHERE is_current"),
            n_outlets=one("SELECT count(DISTINCT outlet) FROM document WHERE is_current"),
            first_day=None if first is None else day(first),
            last_day=None if last is None else day(last),
            counts={name: one(f"SELECT count(*) FROM {name}") for name in DERIVED if not name.startswith("found_")},
            stale=tuple(pipeline.stale_steps(self.connection)),
            problems=dict(tuple(row) for row in self.connection.execute("SELECT kind, count(*) FROM problem GROUP BY kind ORDER BY kind")),
            n_decisions=one("SELECT count(*) FROM decision"),
            unanchored=tuple(unanchored(self.connection)),
        )

    def _one(self, query: str) -> int:
        (value,) = self.connection.execute(query).fetchone()
        return int(value)

    def documents(self) -> Iterator[Document]:
        """Documents by date, then place; undated ones last."""
        return read.documents(self.connection, "WHERE is_current ORDER BY published_earliest IS NULL, published_earliest, location, id")

    def document(self, document_id: str) -> Document:
        """One document by its id, the beginning of its id, or its location.

        Raises:
            UsageError: there is none, or several begin so.
        """
        found = list(read.documents(self.connection, "WHERE id = ? OR location = ? LIMIT 2", (document_id, document_id)))
        if not found and len(document_id) >= 4:
            found = list(read.documents(self.connection, "WHERE id GLOB ? LIMIT 2", (_literal(document_id) + "*",)))
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{document_id!r} is the beginning of several document ids, or a location with several versions. Give a whole id"
            )
        raise UsageError(f"no document {document_id!r}. See: firstsaid list {self.path} documents")

    def quotations(self, speaker: str | None = None) -> Iterator[Quotation]:
        """Quotations in reading order; with `speaker`, those given to that name under any of its spellings."""
        from firstsaid.corpus.naming import quotations_of

        return quotations_of(self.connection, speaker) if speaker else self._derived(Quotation, "quotation")

    def heard(self, speaker: str | None = None) -> Iterator[Heard]:
        """Quotations in reading order, each with the path by which it came into its document: from its author to the innermost speaker.

        With `speaker`, those of that name; then the places where other documents print the same words and name nobody.
        """
        from firstsaid.corpus.naming import heard

        return heard(self.connection, speaker)

    def chain(self, quotation: Quotation) -> tuple[Telling, ...]:
        """The path by which one quotation came into its document, from its author to the innermost speaker, with the words that show it."""
        from firstsaid.corpus.naming import path_of

        return path_of(self.connection, quotation)

    def figures(self) -> Iterator[Figure]:
        """Figures in reading order."""
        return self._derived(Figure, "figure")

    def citations(self) -> Iterator[Citation]:
        """Citations in reading order."""
        return self._derived(Citation, "citation")

    def predictions(self) -> Iterator[Prediction]:
        """Predictions in reading order."""
        return self._derived(Prediction, "prediction")

    def mentions(self) -> Iterator[Mention]:
        """Mentions of names in reading order."""
        return self._derived(Mention, "mention")

    def names(self) -> Iterator[Name]:
        """Names, the most mentioned first."""
        return self._derived(Name, "name", "ORDER BY n_mentions DESC, canonical, id")

    def spellings(self, name_id: str) -> list[Spelling]:
        """The spellings of one name, each with the reason why it was joined; the commonest first."""
        from firstsaid.corpus.naming import spellings_of

        return spellings_of(self.connection, name_id)

    def speakers_like(self, speaker: str) -> tuple[list[str], list[str]]:
        """The quoted speakers whose names hold these words, the most quoted first; and where there are none, those written most like it."""
        from firstsaid.corpus.naming import closest_speakers, speakers_like

        found = speakers_like(self.connection, speaker)
        return found, [] if found else closest_speakers(self.connection, speaker)

    def ties(self) -> Iterator[Tie]:
        """Ties between names as somebody states them, in reading order; none of them is a fact."""
        return self._derived(Tie, "tie")

    def claims(self) -> Iterator[ToldClaim]:
        """What could be checked, the first to check first, each with the places that tell it; none of them is called true or false."""
        from firstsaid.corpus.claiming import told_claims

        return told_claims(self.connection)

    def passages(self, family_id: str | None = None) -> Iterator[Passage]:
        """Passages, of one family if asked for."""
        return self._derived(Passage, "passage", "WHERE family_id = ?" if family_id else "", (family_id,) if family_id else ())

    def families(self) -> Iterator[Family]:
        """Families, those with most witnesses first."""
        return self._derived(Family, "family", "ORDER BY n_documents DESC, n_words DESC, id")

    def family(self, family_id: str) -> Family:
        """One family by its id or the beginning of it.

        Raises:
            UsageError: there is none, or several begin so.
        """
        found = list(self._derived(Family, "family", "WHERE id GLOB ? ORDER BY id LIMIT 2", (_literal(family_id) + "*",)))
        if len(found) != 1:
            raise UsageError(f"{'several' if found else 'no'} families begin with {family_id!r}. See: firstsaid list {self.path} families")
        return found[0]

    def findings(self, kind: str | None = None) -> Iterator[Finding]:
        """Findings, the strongest first."""
        where = "WHERE kind = ?" if kind else ""
        return self._derived(Finding, "finding", f"{where} ORDER BY strength DESC, kind, id", (kind,) if kind else ())

    def finding(self, finding_id: str) -> Finding:
        """One finding by its id or the beginning of it.

        Raises:
            UsageError: there is none, or several begin so.
        """
        found = list(self._derived(Finding, "finding", "WHERE id GLOB ? ORDER BY id LIMIT 2", (_literal(finding_id) + "*",)))
        if len(found) != 1:
            raise UsageError(f"{'several' if found else 'no'} findings begin with {finding_id!r}. See: firstsaid list {self.path} findings")
        return found[0]

    def problems(self) -> list[Problem]:
        """What could not be read, or not as well as one would wish, and what to do."""
        return read.problems(self.connection)

    def decisions(self) -> dict[str, Decision]:
        """The user's last word on each finding, by the finding's id as it is now."""
        from firstsaid.corpus.deciding import current_decisions

        return current_decisions(self.connection)

    def table(self, name: str) -> pa.Table:
        """One table of the corpus as Arrow: the same things as `firstsaid list --json`, with ids in place of words and files.

        Raises:
            UsageError: no table has that name.
        """
        if name == "documents":
            return read.with_boilerplate(self.connection, read.document_table(self.connection))
        singular = {plural(table): table for table in DERIVED if not table.startswith("found_")}
        if name not in singular:
            raise UsageError(f"no table {name!r}. Tables: {', '.join(['documents', *singular])}")
        return read.derived_table(self.connection, singular[name])

    def search(self, words: str, limit: int = 20, offset: int = 0) -> Iterator[tuple[Document, str]]:
        """Documents that hold the words, best first, each with a snippet that marks them [[so]]."""
        return read.search(self.connection, words, limit, offset)

    # ------------------------------------------------------------------------------------------ what can be asked

    def whence(self, words: str) -> Whence:
        """Where these words, or this claim, were first said."""
        from firstsaid.corpus.whence import whence

        return whence(self, words)

    def check(self, draft: str | os.PathLike[str]) -> DraftCheck:
        """A draft against the corpus. The draft is read and never stored."""
        from firstsaid.corpus.drafts import check_file

        return check_file(self, Path(draft))

    def decide(self, finding_id: str, verdict: str, why: str = "") -> Decision:
        """Append the user's decision on a finding to the log.

        Raises:
            UsageError: there is no such finding or verdict.
        """
        from firstsaid.corpus.deciding import decide

        return decide(self, self.finding(finding_id), verdict, why, now())

    def decide_names(self, left: str, right: str, verdict: str, why: str = "") -> Decision:
        """Append the user's decision on whether two spellings are one name: joined, split or confirmed. The next trace follows it.

        Raises:
            UsageError: no text has such a spelling, or there is no such verdict.
        """
        from firstsaid.corpus.deciding import decide_names

        return decide_names(self, left, right, verdict, why, now())

    # ------------------------------------------------------------------------------------------ upkeep

    def reread(self, progress: Progress = quiet) -> AddReport:
        """Read every capture's bytes again; where the text comes out differently, a new document replaces the old one."""
        from firstsaid.corpus.upkeep import reread

        return reread(self.connection, progress)

    def verify(self) -> Verification:
        """Whether every byte, text and span is still what it was."""
        from firstsaid.corpus.upkeep import verify

        return verify(self.connection)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Copy the corpus to a new file, also while another process writes.

        Raises:
            UsageError: the file exists.
        """
        from firstsaid.corpus.upkeep import backup

        backup(self.connection, Path(path))

    def forget(self, locations: Sequence[str]) -> int:
        """Delete captures (with all their documents) by location; their bytes are overwritten. Returns how many documents went.

        Raises:
            UsageError: no capture has that location.
        """
        from firstsaid.corpus.upkeep import forget

        return forget(self, locations)

    def _derived(self, noun: type[Noun], name: str, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Noun]:
        return read.derived(self.connection, noun, name, where, parameters)


def plural(table: str) -> str:
    """How a table is called where people list it."""
    return table[:-1] + "ies" if table.endswith("y") else table if table == "boilerplate" else table + "s"


def _literal(prefix: str) -> str:
    """A GLOB pattern's special characters taken at their word. Without any character (an unset variable) it fits no id."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in prefix) or " "


def corpus_path(given: str | os.PathLike[str]) -> tuple[Path, Path | None]:
    """The corpus file meant by what the user gave, and the folder of texts if that is what it was.

    A folder of texts keeps its corpus file beside it: `articles/` -> `articles.firstsaid`.
    """
    path = Path(given)
    if path.is_dir():
        resolved = path.resolve()
        return resolved.with_name(resolved.name + SUFFIX), path
    return path, None


def open_corpus(given: str | os.PathLike[str], *, create: bool = False, read_only: bool = False) -> Corpus:
    """The corpus at a path; a folder of texts stands for the corpus file beside it, whose texts are added first.

    Raises:
        CorpusError: it does not exist (and `create` is False), is not ours, is damaged, or is newer than this program.
    """
    path, folder = corpus_path(given)
    if (create or folder is not None) and not path.exists():
        if path.suffix != SUFFIX:
            raise CorpusError(f"a corpus file is called NAME{SUFFIX}; {path.name!r} is not. Try {path.name}{SUFFIX}")
        connect.create(path).close()
    corpus = Corpus(path, connect.connect(path, read_only=read_only))
    if folder is not None and not read_only:
        corpus.add(folder)
    return corpus
