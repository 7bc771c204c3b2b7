"""A corpus as one HTML file that opens anywhere, asks nobody for anything, and says what it left out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from firstsaid.model import Family
from firstsaid.showing import finding_view, listing
from firstsaid.showing.family_view import FamilySettings, family_view
from firstsaid.showing.finding_view import FindingChoice
from firstsaid.showing.hiding import persons_hidden
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import ONE_FILE, SHORT, Links
from firstsaid.showing.naming_view import names
from firstsaid.showing.reading_view import reading_view
from firstsaid.showing.rendering import REPORTED, environment, static
from firstsaid.showing.report_contents import ReportSettings, choose_documents, kept_back
from firstsaid.showing.speaker_view import speakers
from firstsaid.showing.spoken import counted, plain
from firstsaid.store import read

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

SMALL = FamilySettings(most_witnesses=12, most_columns=24, most_chars=3_000, most_full_chars=9_000, most_edges=40)
"""A family in a report: a page or two."""
NO_TABLE = FamilySettings(most_witnesses=6, most_columns=0, most_full_chars=0, most_edges=10)
"""A family once the budget for aligning is spent: witnesses, stemma and readings, nothing aligned."""


def report_html(corpus: Corpus, settings: ReportSettings) -> Iterator[str]:
    """The report's HTML in parts."""
    documents = choose_documents(corpus, settings, settings.most_document_bytes)
    families = list(
        read.derived(corpus.connection, Family, "family", "ORDER BY n_documents DESC, n_words DESC, id LIMIT ?", (settings.most_families,))
    )
    shown_findings = _choose_findings(corpus, settings)
    links = Links(ONE_FILE, documents, frozenset(one.id for one in families), shown_findings)
    hiding = persons_hidden(corpus, settings.withheld)
    lines = Lines(corpus, links, hiding, has_full_text=settings.has_full_text, most_text_chars=settings.most_text_chars)
    left_out = _left_out(corpus, len(documents), len(families), len(shown_findings))
    css, script = static("page.css"), static("page.js")
    template = environment().get_template("report.html")
    screens = {
        "overview": listing.overview(lines, " ".join((*kept_back(settings), *left_out.values()))),
        "findings": finding_view.findings(lines, FindingChoice(), each=settings.most_findings_each, held=shown_findings),
        "confirmed": finding_view.confirmed(lines),
        "families": listing.families(lines, held=families, left_out=left_out.get("passages", "")),
        "speakers": speakers(lines, size=settings.most_speakers, quotations_each=6),
        "names": names(lines),
        "documents": listing.documents(lines, size=0, left_out=left_out.get("documents", "")),
        "problems": listing.problems(lines, size=settings.most_problems),
        "about": listing.provenance(lines, (*kept_back(settings), *left_out.values())),
    }
    yield from template.generate(
        title=plain(corpus.path.stem),
        css=css,
        script=script,
        css_digest=_csp_digest(css),
        script_digest=_csp_digest(script),
        views={name: lines.hidden(view) for name, view in screens.items()},
        navigation=REPORTED,
        links=links,
        family_sections=_families(lines, families, settings),
        reading_sections=_documents(lines, settings),
        is_report=True,
    )


def _csp_digest(text: str) -> str:
    """What the content security policy of a file names instead of trusting every inline script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


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
    small, no_table = (SMALL, NO_TABLE) if settings.has_full_text else (replace(SMALL, most_full_chars=0), NO_TABLE)
    n_bytes = n_aligned = 0
    for family in families:
        cost = min(family.n_documents, SMALL.most_witnesses) * min(family.n_words, SMALL.most_chars // 5)
        roomy = n_aligned + cost <= settings.most_aligned_words and n_bytes < settings.most_family_bytes
        n_aligned += cost if roomy else 0
        html = template.render(
            view=lines.hidden(family_view(lines, family, small if roomy else no_table)), links=lines.links, is_report=True
        )
        n_bytes += len(html)
        yield html


def _documents(lines: Lines, settings: ReportSettings) -> Iterator[str]:
    template = environment().get_template("reading_section.html")
    for document_id in lines.order:
        (document,) = read.documents(lines.connection, "WHERE id = ?", (document_id,))
        view = lines.hidden(reading_view(lines, document))
        yield template.render(view=view, note_prefix=document_id[:SHORT] + "-", links=lines.links, is_report=True)
