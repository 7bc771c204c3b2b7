"""The list screens: overview, documents, findings, families, speakers, problems, and what made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from firstsaid import __version__
from firstsaid.model import FINDING_KINDS, DateRange, Family, Finding, digest
from firstsaid.showing.drawing import draw_timeline
from firstsaid.showing.kinds import KIND_MEANING, KIND_WORDS
from firstsaid.showing.lines import Lines
from firstsaid.showing.naming_view import spellings_of, ties_of
from firstsaid.showing.screens import (
    DocumentsView,
    FamiliesView,
    FindingGroup,
    FindingsView,
    Overview,
    ProblemsView,
    Provenance,
    SpeakersView,
)
from firstsaid.showing.spoken import counted, day_words, plain
from firstsaid.showing.views import Count, Paging, ProblemLine, SpeakerLine
from firstsaid.store import read

if TYPE_CHECKING:
    from firstsaid.corpus import Corpus

MOST_OUTLETS = 40
TOP_FINDINGS, TOP_FAMILIES = 6, 6
OUTLETS_OF_A_SPEAKER = 8


def paging(address: str, page: int, size: int, total: int) -> Paging | None:
    """Which rows page number `page` (from 1) shows; None where one page shows all. `address` ends where the number goes."""
    if total <= size:
        return None
    n_pages = (total + size - 1) // size
    page = min(max(1, page), n_pages)
    return Paging(
        (page - 1) * size + 1, min(total, page * size), total,
        f"{address}{page - 1}" if page > 1 else "", f"{address}{page + 1}" if page < n_pages else "",
    )  # fmt: skip


def offset(shown: Paging | None) -> int:
    """Rows before the first one shown."""
    return shown.first - 1 if shown else 0


def one(corpus: Corpus, query: str, parameters: Sequence[object] = ()) -> int:
    """The one number that a query gives."""
    (value,) = corpus.connection.execute(query, parameters).fetchone()
    return int(value or 0)


def overview(lines: Lines, left_out: str = "") -> Overview:
    """The first screen."""
    corpus = lines.corpus
    from firstsaid.pipeline import stale_steps

    outlets = lines.remember("outlets", lambda: _outlets(corpus))
    shown_outlets = sorted(outlets[:MOST_OUTLETS], key=lambda row: (row[0].casefold(), row[0]))
    spread, ends, svg, summary = lines.remember("timeline", lambda: _timeline(corpus))
    counts = lines.remember("counts", lambda: _counts(corpus))
    stale = lines.remember("stale", lambda: stale_steps(corpus.connection))
    kinds = _kinds(lines)
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


def _kinds(lines: Lines) -> tuple[tuple[str, str, int, str], ...]:
    rows: dict[str, int] = dict(map(tuple, lines.connection.execute("SELECT kind, count(*) FROM finding GROUP BY kind")))
    known = [kind for kind in FINDING_KINDS if kind in rows] + sorted(kind for kind in rows if kind not in FINDING_KINDS)
    return tuple((kind, KIND_WORDS.get(kind, kind), rows[kind], lines.links.findings_of(kind)) for kind in known)


def documents(lines: Lines, *, page: int = 1, size: int = 100, outlet: str = "", left_out: str = "") -> DocumentsView:
    """Documents by date, of one outlet if asked for. `size` 0: all that the links hold."""
    ids = lines.order
    if outlet:
        of_outlet = {row[0] for row in lines.connection.execute("SELECT id FROM document WHERE is_current AND outlet = ?", (outlet,))}
        ids = [one for one in ids if one in of_outlet]
    address = (lines.links.outlet(outlet) + "&" if outlet else lines.links.page("documents") + "?") + "page="
    shown = paging(address, page, size, len(ids)) if size else None
    first = offset(shown)
    return DocumentsView(lines.documents(ids[first : first + size] if size else ids), plain(outlet), shown, left_out)


def findings(
    lines: Lines, *, each: int, kind: str = "", page: int = 1, can_decide: bool = False, held: frozenset[str] | None = None
) -> FindingsView:
    """Findings by kind, `each` of every kind; with `kind`, page number `page` of that kind. `held`: only these (the report's)."""
    kinds = _kinds(lines)
    groups = []
    shown = None
    for name, words, n, _ in kinds:
        if kind and name != kind:
            continue
        if kind:
            shown = paging(lines.links.findings_of(kind) + "&page=", page, each, n)
        found = list(
            read.derived(
                lines.connection,
                Finding,
                "finding",
                "WHERE kind = ? ORDER BY strength DESC, id LIMIT ? OFFSET ?",
                (name, each, offset(shown)),
            )
        )
        if held is not None:
            found = [one for one in found if one.id in held]
        cards = lines.findings(found)
        left = 0 if shown else n - len(cards)
        groups.append(FindingGroup(name, words, KIND_MEANING.get(name, ""), cards, left, lines.links.findings_of(name)))
    n_all = sum(n for _, _, n, _ in kinds)
    return FindingsView(tuple(groups), kinds, kind, n_all, len(lines.decisions), shown, can_decide)


def families(lines: Lines, *, page: int = 1, size: int = 50, left_out: str = "", held: Sequence[Family] | None = None) -> FamiliesView:
    """Families, those with most witnesses first; with `held`, these."""
    if held is not None:
        return FamiliesView(lines.families(held), None, left_out)
    ids = lines.remember("families", lambda: _family_ids(lines.corpus))
    shown = paging(lines.links.page("families") + "?page=", page, size, len(ids))
    here = ids[offset(shown) : offset(shown) + size]
    marks = ", ".join("?" * len(here))
    found = {family.id: family for family in read.derived(lines.connection, Family, "family", f"WHERE id IN ({marks})", here)}
    return FamiliesView(lines.families([found[one_id] for one_id in here]), shown, left_out)


def _family_ids(corpus: Corpus) -> list[str]:
    return [row[0] for row in corpus.connection.execute("SELECT id FROM family ORDER BY n_documents DESC, n_words DESC, id")]


def speakers(lines: Lines, *, page: int = 1, size: int = 60, quotations_each: int = 5, name: str = "", left_out: str = "") -> SpeakersView:
    """Who is quoted most, each with some of their words; or one of them with a page of theirs."""
    total = lines.remember("spoken", lambda: gather_spoken(lines))
    shown = None
    where, parameters = "", []
    if name:
        where, parameters = "WHERE speaker = ?", [name]
        n_said = one(lines.corpus, "SELECT count(*) FROM spoken WHERE speaker = ?", (name,))
        shown = paging(lines.links.speaker(name) + "&page=", page, quotations_each, n_said)
    elif not lines.links.is_report:
        shown = paging(lines.links.page("speakers") + "?page=", page, size, total)
    rows = lines.connection.execute(
        f"SELECT speaker, is_unnamed, n, n_documents, n_outlets FROM speaker {where} ORDER BY rowid LIMIT ? OFFSET ?",
        (*parameters, size, 0 if name else offset(shown)),
    ).fetchall()
    made = []
    for row in rows:
        outlets = lines.connection.execute(
            """SELECT outlet, count(*) AS n FROM spoken WHERE speaker = ? AND outlet IS NOT NULL
               GROUP BY outlet ORDER BY n DESC, outlet LIMIT ?""",
            (row["speaker"], OUTLETS_OF_A_SPEAKER),
        )
        spans = lines.connection.execute(
            """SELECT document_id, start, "end" FROM spoken WHERE speaker = ?
               ORDER BY published_earliest IS NULL, published_earliest, document_id, start LIMIT ? OFFSET ?""",
            (row["speaker"], quotations_each, offset(shown) if name else 0),
        ).fetchall()
        lines.prepare(span["document_id"] for span in spans)
        made.append(
            SpeakerLine(
                plain(row["speaker"]), lines.links.speaker(row["speaker"]), row["n"], row["n_documents"], row["n_outlets"],
                tuple((plain(outlet), n) for outlet, n in outlets), bool(row["is_unnamed"]), tuple(lines.span(*span) for span in spans),
                *(((), ()) if row["is_unnamed"] else (spellings_of(lines, row["speaker"]), ties_of(lines, row["speaker"]))),
            )
        )  # fmt: skip
    if not name and not shown and total > len(made):
        left_out = left_out or f"The {len(made)} most quoted of {counted(total, 'speaker')}."
    return SpeakersView(tuple(made), plain(name), shown, left_out, plain(lines.corpus.path.name))


def gather_spoken(lines: Lines) -> int:
    """Temporary tables of quotations with their speaker under the name that all spellings were joined to, and of speakers.

    Returns how many speakers there are.
    """
    lines.connection.executescript("DROP TABLE IF EXISTS temp.spoken; DROP TABLE IF EXISTS temp.speaker")
    lines.connection.execute(
        """CREATE TEMP TABLE spoken AS
           SELECT quotation.id AS id, quotation.document_id AS document_id, quotation.start AS start, quotation."end" AS "end",
                  coalesce(CASE WHEN name.kind != 'unnamed' THEN name.canonical END, quotation.speaker_name) AS speaker,
                  quotation.speaker_is_unnamed AS is_unnamed, document.outlet AS outlet, document.published_earliest AS published_earliest
           FROM quotation JOIN document ON document.id = quotation.document_id
           LEFT JOIN spelling ON spelling.id = quotation.name_id
           LEFT JOIN name ON name.id = spelling.name_id
           WHERE quotation.speaker_name IS NOT NULL AND document.is_current """
    )
    lines.connection.execute("CREATE INDEX temp.spoken_by_speaker ON spoken (speaker)")
    lines.connection.execute(
        """CREATE TEMP TABLE speaker AS
           SELECT speaker, max(is_unnamed) AS is_unnamed, count(*) AS n, count(DISTINCT document_id) AS n_documents,
                  count(DISTINCT outlet) AS n_outlets FROM spoken GROUP BY speaker ORDER BY n DESC, speaker"""
    )
    return one(lines.corpus, "SELECT count(*) FROM speaker")


def problems(lines: Lines, *, page: int = 1, size: int = 200, left_out: str = "") -> ProblemsView:
    """What could not be read, or not as well as one would wish, by kind and place."""
    kinds = tuple((kind, n) for kind, n in lines.connection.execute("SELECT kind, count(*) FROM problem GROUP BY 1 ORDER BY 2 DESC, 1"))
    total = sum(n for _, n in kinds)
    shown = None if lines.links.is_report else paging(lines.links.page("problems") + "?page=", page, size, total)
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
