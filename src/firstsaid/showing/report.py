"""A corpus as one HTML file that opens anywhere, asks nobody for anything, and says what it left out."""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.model import Family
from firstsaid.showing import listing
from firstsaid.showing.family_view import FamilySettings, family_view
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import SHORT, Links
from firstsaid.showing.reading_view import reading_view
from firstsaid.showing.rendering import environment, static
from firstsaid.showing.spoken import counted
from firstsaid.store import read

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How much one file holds. Beyond about 12 MB browsers take seconds to open it."""

    most_document_bytes: int = 6_500_000
    """HTML of the documents, estimated before it is made."""
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


SMALL = FamilySettings(most_witnesses=12, most_columns=24, most_chars=3_000, most_full_chars=9_000, most_edges=40)
"""A family in a report: a page or two."""
NO_TABLE = FamilySettings(most_witnesses=6, most_columns=0, most_full_chars=0, most_edges=10)
"""A family once the budget for aligning is spent: witnesses, stemma and readings, nothing aligned."""


def write_report(corpus: Corpus, output: Path, settings: ReportSettings | None = None) -> None:
    """Write the report. The file appears whole or not at all; the same corpus gives the same bytes.

    A device or a pipe (`/dev/stdout`) is written to as it is, never replaced by a file.
    """
    output = Path(output)
    if output.exists() and not output.is_file():
        with output.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(report_html(corpus, settings or ReportSettings()))
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=output.name + "-", suffix=".part", dir=output.parent)
    making = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            for part in report_html(corpus, settings or ReportSettings()):
                file.write(part)
        making.chmod(0o644)
        making.replace(output)
    finally:
        making.unlink(missing_ok=True)


def report_html(corpus: Corpus, settings: ReportSettings) -> Iterator[str]:
    """The report's HTML in parts."""
    documents = choose_documents(corpus, settings)
    families = list(
        read.derived(corpus.connection, Family, "family", "ORDER BY n_documents DESC, n_words DESC, id LIMIT ?", (settings.most_families,))
    )
    shown_findings = _choose_findings(corpus, settings)
    lines = Lines(corpus, Links(True, documents, frozenset(one.id for one in families), shown_findings))
    left_out = _left_out(corpus, len(documents), len(families), len(shown_findings))
    css, script = static("page.css"), static("page.js")
    template = environment().get_template("report.html")
    screens = {
        "overview": listing.overview(lines, " ".join(left_out.values())),
        "findings": listing.findings(lines, each=settings.most_findings_each, held=shown_findings),
        "families": listing.families(lines, held=families, left_out=left_out.get("passages", "")),
        "speakers": listing.speakers(lines, size=settings.most_speakers, quotations_each=6),
        "documents": listing.documents(lines, size=0, left_out=left_out.get("documents", "")),
        "problems": listing.problems(lines, size=settings.most_problems),
        "about": listing.provenance(lines, tuple(left_out.values())),
    }
    yield from template.generate(
        title=screens["overview"].title,  # type: ignore[attr-defined]
        css=css,
        script=script,
        css_digest=_csp_digest(css),
        script_digest=_csp_digest(script),
        views=screens,
        family_sections=_families(lines, families, settings),
        reading_sections=_documents(lines, settings),
        is_report=True,
    )


def _csp_digest(text: str) -> str:
    """What the content security policy of a file names instead of trusting every inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def choose_documents(corpus: Corpus, settings: ReportSettings) -> frozenset[str]:
    """Ids of the documents that fit: those that findings rest on first, then those with most passages, then by date."""
    connection = corpus.connection
    counts: dict[str, Counter[str]] = {}
    for table in ("passage", "quotation", "figure"):
        counted_rows = connection.execute(f"SELECT document_id, count(*) FROM {table} GROUP BY 1")
        counts[table] = Counter(dict(map(tuple, counted_rows)))
    n_findings = Lines(corpus, Links(True)).n_findings
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
        if n_bytes + size > settings.most_document_bytes:
            if n_bytes > settings.most_document_bytes * 9 // 10:
                break
            continue
        n_bytes += size
        chosen.append(one)
    return frozenset(chosen)


def _choose_findings(corpus: Corpus, settings: ReportSettings) -> frozenset[str]:
    rows = corpus.connection.execute(
        """SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY strength DESC, id) AS place FROM finding)
           WHERE place <= ?""",
        (settings.most_findings_each,),
    )
    return frozenset(row[0] for row in rows)


def _left_out(corpus: Corpus, n_documents: int, n_families: int, n_findings: int) -> dict[str, str]:
    """A sentence for each kind of thing that is not all here."""
    said = {}
    held = (("document", "documents", "document WHERE is_current", n_documents), ("passage", "passages", "family", n_families),
            ("finding", "findings", "finding", n_findings))  # fmt: skip
    for singular, plural, table, n_held in held:
        n_all = listing.one(corpus, f"SELECT count(*) FROM {table}")
        if n_held < n_all:
            said[plural] = f"This file holds {n_held:,} of {counted(n_all, singular, plural)}; firstsaid serve shows them all."
    return said


def _families(lines: Lines, families: list[Family], settings: ReportSettings) -> Iterator[str]:
    template = environment().get_template("family_section.html")
    n_bytes = n_aligned = 0
    for family in families:
        cost = min(family.n_documents, SMALL.most_witnesses) * min(family.n_words, SMALL.most_chars // 5)
        roomy = n_aligned + cost <= settings.most_aligned_words and n_bytes < settings.most_family_bytes
        n_aligned += cost if roomy else 0
        html = template.render(view=family_view(lines, family, SMALL if roomy else NO_TABLE), is_report=True)
        n_bytes += len(html)
        yield html


def _documents(lines: Lines, settings: ReportSettings) -> Iterator[str]:
    template = environment().get_template("reading_section.html")
    for document_id in lines.order:
        (document,) = read.documents(lines.connection, "WHERE id = ?", (document_id,))
        view = reading_view(lines, document, most_chars=settings.most_text_chars)
        yield template.render(view=view, note_prefix=document_id[:SHORT] + "-", is_report=True)
