"""The list screens: overview, documents, findings, families, speakers, problems, and what made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from firstsaid import __version__
from firstsaid.model import DateRange, Family, Finding, digest
from firstsaid.showing.drawing import draw_timeline
from firstsaid.showing.finding_view import kinds_of
from firstsaid.showing.lines import Lines
from firstsaid.showing.paging import offset, paging
from firstsaid.showing.screens import (
    DocumentsView,
    FamiliesView,
    Overview,
    ProblemsView,
    Provenance,
)
from firstsaid.showing.spoken import counted, day_words, natural, plain
from firstsaid.showing.views import Count, ProblemLine
from firstsaid.store import read

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

MOST_OUTLETS = 40
TOP_FINDINGS, TOP_FAMILIES = 6, 6


def one(corpus: Corpus, query: str, parameters: Sequence[object] = ()) -> int:
    """The one number that a query gives."""
    (value,) = corpus.connection.execute(query, parameters).fetchone()
    return int(value or 0)


def overview(lines: Lines, left_out: str = "") -> Overview:
    """The first screen."""
    corpus = lines.corpus
    from firstsaid.pipeline import stale_steps

    outlets = lines.remember("outlets", lambda: _outlets(corpus))
    named = [(lines.hide(outlet), n) for outlet, n in outlets[:MOST_OUTLETS]]
    shown_outlets = sorted(named, key=lambda row: (natural(row[0]), row[0]))
    spread, ends, svg, summary = lines.remember("timeline", lambda: _timeline(corpus))
    counts = lines.remember("counts", lambda: _counts(corpus))
    stale = lines.remember("stale", lambda: stale_steps(corpus.connection))
    kinds = kinds_of(lines)
    findings = read.derived(corpus.connection, Finding, "finding", "ORDER BY strength DESC, kind, id LIMIT ?", (TOP_FINDINGS,))
    families = read.derived(corpus.connection, Family, "family", "ORDER BY n_documents DESC, n_words DESC, id LIMIT ?", (TOP_FAMILIES,))
    problem_kinds = [(kind, n) for kind, n in corpus.connection.execute("SELECT kind, count(*) FROM problem GROUP BY 1 ORDER BY 2 DESC, 1")]
    from_outlets = f" from {counted(len(outlets), 'outlet')}" if outlets else ""
    return Overview(
        title=plain(corpus.path.stem),
        lede=f"{counted(counts['document'], 'document')}{from_outlets}{spread}.",
        counts=tuple(Count(name, many, counts[table], lines.links.page(page)) for table, name, many, page in COUNTS),
        outlets=tuple((plain(outlet), n, lines.links.outlet(outlet)) for outlet, n in shown_outlets),
        n_outlets_left_out=max(0, len(outlets) - MOST_OUTLETS),
        timeline_svg=svg,
        timeline_ends=ends,
        timeline_summary=summary,
        findings=lines.findings(list(findings)),
        kinds=kinds,
        families=lines.families(list(families)),
        problem_kinds=tuple(problem_kinds),
        stale=f"Not traced since something was added. Run: firstsaid trace {plain(corpus.path.name)}" if stale else "",
        left_out=left_out,
    )


COUNTS = (
    ("finding", "finding", "findings", "findings"), ("family", "passage retold", "passages retold", "families"),
    ("quotation", "quotation", "quotations", "speakers"), ("figure", "figure", "figures", "documents"),
    ("document", "document", "documents", "documents"), ("problem", "problem of reading", "problems of reading", "problems"),
)  # fmt: skip
"""Numbers on the overview: table, one, many, and the page that lists them."""


def _counts(corpus: Corpus) -> dict[str, int]:
    where = {"document": " WHERE is_current"}
    return {table: one(corpus, f"SELECT count(*) FROM {table}{where.get(table, '')}") for table, *_ in COUNTS}


def _outlets(corpus: Corpus) -> list[tuple[str, int]]:
    rows = corpus.connection.execute(
        "SELECT outlet, count(*) AS n FROM document WHERE is_current AND outlet IS NOT NULL GROUP BY outlet ORDER BY n DESC, outlet"
    )
    return [(outlet, n) for outlet, n in rows]


def _timeline(corpus: Corpus) -> tuple[str, tuple[str, ...], str, str]:
    """From when to when, in words and as the ends of the axis; the drawing, and the drawing in a sentence."""
    rows = corpus.connection.execute(
        "SELECT published_earliest, published_latest FROM document WHERE is_current AND published_earliest IS NOT NULL"
    )
    dates = [DateRange(earliest, latest, "") for earliest, latest in rows]
    svg, summary = draw_timeline(dates)
    if not dates:
        return "", (), svg, summary
    first, last = day_words(min(date.earliest for date in dates)), day_words(max(date.latest for date in dates))
    if first == last:
        return f", all published on {first}", (), svg, summary
    return f", published between {first} and {last}", (first, day_words(max(date.earliest for date in dates))), svg, summary


def documents(lines: Lines, *, page: int = 1, size: int = 100, outlet: str = "", left_out: str = "") -> DocumentsView:
    """Documents by date, of one outlet if asked for. `size` 0: all that the links hold."""
    ids = lines.order
    if outlet:
        rows = lines.connection.execute("SELECT id FROM document WHERE is_current AND outlet = ?", (lines.meant(outlet),))
        of_outlet = {row[0] for row in rows}
        ids = [one for one in ids if one in of_outlet]
    shown = paging(lambda number: lines.links.to("documents", outlet=outlet, page=number), page, size, len(ids)) if size else None
    first = offset(shown)
    return DocumentsView(lines.documents(ids[first : first + size] if size else ids), plain(outlet), shown, left_out)


def families(lines: Lines, *, page: int = 1, size: int = 50, left_out: str = "", held: Sequence[Family] | None = None) -> FamiliesView:
    """Families, those with most witnesses first; with `held`, these."""
    if held is not None:
        return FamiliesView(lines.families(held), None, left_out)
    ids = lines.remember("families", lambda: _family_ids(lines.corpus))
    shown = paging(lambda number: lines.links.to("families", page=number), page, size, len(ids))
    here = ids[offset(shown) : offset(shown) + size]
    marks = ", ".join("?" * len(here))
    found = {family.id: family for family in read.derived(lines.connection, Family, "family", f"WHERE id IN ({marks})", here)}
    return FamiliesView(lines.families([found[one_id] for one_id in here]), shown, left_out)


def _family_ids(corpus: Corpus) -> list[str]:
    return [row[0] for row in corpus.connection.execute("SELECT id FROM family ORDER BY n_documents DESC, n_words DESC, id")]


def problems(lines: Lines, *, page: int = 1, size: int = 200, left_out: str = "") -> ProblemsView:
    """What could not be read, or not as well as one would wish, by kind and place."""
    kinds = tuple((kind, n) for kind, n in lines.connection.execute("SELECT kind, count(*) FROM problem GROUP BY 1 ORDER BY 2 DESC, 1"))
    total = sum(n for _, n in kinds)
    shown = None if lines.links.is_report else paging(lambda number: lines.links.to("problems", page=number), page, size, total)
    rows = lines.connection.execute(
        "SELECT kind, location, message, advice, document_id, start FROM problem ORDER BY kind, location, id LIMIT ? OFFSET ?",
        (size, offset(shown)),
    ).fetchall()
    listed = tuple(
        ProblemLine(
            kind=plain(row["kind"]),
            location=plain(row["location"]),
            href=lines.links.document(row["document_id"], row["start"]) if row["document_id"] else "",
            message=plain(row["message"]),
            advice=plain(row["advice"]),
        )
        for row in rows
    )
    if not shown and total > size:
        left_out = f"The first {size} of {counted(total, 'problem')}; firstsaid list CORPUS problems shows them all."
    return ProblemsView(kinds, listed, shown, left_out)


def provenance(lines: Lines, left_out: Sequence[str] = ()) -> Provenance:
    """What made these pages."""
    connection = lines.connection
    rows = connection.execute(
        """SELECT step, max(version) AS version, sum(n_rows) AS n_rows FROM run WHERE finished IS NOT NULL
           GROUP BY step ORDER BY min(rowid)"""
    ).fetchall()
    finished = one(lines.corpus, "SELECT max(finished) FROM run")
    n_documents, input_digest = lines.remember("input", lambda: _input(lines.corpus))
    settings = connection.execute("SELECT DISTINCT settings_digest FROM run ORDER BY 1").fetchall()
    return Provenance(
        version=__version__,
        corpus=plain(lines.corpus.path.name),
        traced=day_words(finished) if finished else "not traced yet",
        n_documents=n_documents,
        input_digest=input_digest,
        settings_digest=digest("settings", *(row[0] for row in settings)),
        steps=tuple((row["step"], row["version"], row["n_rows"] or 0) for row in rows),
        left_out=tuple(left_out),
    )


def _input(corpus: Corpus) -> tuple[int, str]:
    ids = [row[0] for row in corpus.connection.execute("SELECT id FROM document WHERE is_current ORDER BY id")]
    return len(ids), digest("documents", *ids)
