"""What a report holds, what it leaves out, and what it keeps from its readers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firstsaid.showing.lines import Lines
from firstsaid.showing.links import ONE_FILE, Links
from firstsaid.showing.spoken import counted

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How much a report holds, and what it keeps from its readers. Beyond about 12 MB browsers take seconds to open a file."""

    withheld: tuple[str, ...] = ()
    """Names of private persons, hidden under every spelling that was joined to theirs."""
    has_full_text: bool = True
    """False: only the quoted and disputed words of each document with a line around them, for texts that are not ours to give away."""
    most_document_bytes: int = 6_500_000
    """HTML of the documents in one file, estimated before it is made."""
    most_folder_bytes: int = 1_500_000_000
    """The same of a folder: what copies to a stick in a minute."""
    most_families: int = 300
    most_family_bytes: int = 2_000_000
    most_findings_each: int = 60
    """Findings of one kind."""
    most_speakers: int = 100
    most_problems: int = 300
    most_text_chars: int = 100_000
    """Of one document."""
    most_aligned_words: int = 150_000
    """Words times witnesses over all families: what bounds the time that aligning takes."""


def choose_documents(corpus: Corpus, settings: ReportSettings, most_bytes: int) -> frozenset[str]:
    """Ids of the documents that fit into so many bytes of HTML.

    First those that findings rest on, then those with most passages, then by date.
    """
    connection = corpus.connection
    counts: dict[str, Counter[str]] = {}
    for table in ("passage", "quotation", "figure"):
        counted_rows = connection.execute(f"SELECT document_id, count(*) FROM {table} GROUP BY 1")
        counts[table] = Counter(dict(map(tuple, counted_rows)))
    n_findings = Lines(corpus, Links(ONE_FILE)).n_findings
    rows = connection.execute(
        """SELECT id, "end" - start AS n_chars FROM document WHERE is_current
           ORDER BY published_earliest IS NULL, published_earliest, location, id"""
    ).fetchall()
    rows.sort(key=lambda row: (-n_findings[row["id"]], -counts["passage"][row["id"]]))
    chosen = []
    n_bytes = 0
    for row in rows:
        one = row["id"]
        # Measured on the example and on 102 statements and transcripts of a central bank: text, and what a mark, a note and a row take.
        size = 3_000 + min(row["n_chars"], settings.most_text_chars) * 12 // 10
        size += 450 * (counts["quotation"][one] + counts["passage"][one] + n_findings[one]) + 300 * counts["figure"][one]
        if n_bytes + size > most_bytes:
            if n_bytes > most_bytes * 9 // 10:
                break
            continue
        n_bytes += size
        chosen.append(one)
    return frozenset(chosen)


def kept_back(settings: ReportSettings) -> tuple[str, ...]:
    """A sentence for each thing that the report keeps from its readers."""
    said = []
    if settings.withheld:
        said.append(
            f"{counted(len(settings.withheld), 'name')} of persons withheld, in all known spellings. What describes them may remain."
        )
    if not settings.has_full_text:
        said.append("The documents are not here in full: only what is quoted or disputed, with a line around it.")
    return tuple(said)
