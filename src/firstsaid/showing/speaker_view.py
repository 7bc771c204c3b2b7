"""Who says what through whom: speakers, the outlets that print them, and those who tell their words on."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from firstsaid.showing.drawing_matrix import draw_matrix
from firstsaid.showing.lines import Lines
from firstsaid.showing.naming_view import spellings_of, ties_of
from firstsaid.showing.paging import offset, paging
from firstsaid.showing.screens import Matrix, SpeakersView
from firstsaid.showing.spoken import counted, natural, plain
from firstsaid.showing.views import EvidenceLine, MatrixRow, RelayLine, SpeakerLine
from firstsaid.text import shortened

OUTLETS_OF_A_SPEAKER = 8
MOST_ROWS, MOST_COLUMNS = 20, 10
"""Speakers and outlets of the picture, the others added up: with both rests 264 cells, which one can still read (the bar is 300)."""
MOST_RELAYS = 40
UNNAMED = "Speakers without a name"
OTHERS, OTHER_OUTLETS, NO_OUTLET = "All other speakers", "other outlets", "no outlet known"
HANDS = {"first-hand": 0, "relayed": 1}


def gather_spoken(lines: Lines) -> int:
    """Temporary tables of quotations with their speaker under the name that all spellings were joined to, and of speakers.

    `through`: who or what tells the words on inside the document (another speaker, a work); the words are then relayed, else first-hand.
    Returns how many speakers there are.
    """
    lines.connection.executescript("".join(f"DROP TABLE IF EXISTS temp.{table};" for table in ("spoken", "speaker", "one_case")))
    lines.connection.execute(
        """CREATE TEMP TABLE spoken AS
           SELECT quotation.id AS id, quotation.document_id AS document_id, quotation.start AS start, quotation."end" AS "end",
                  coalesce(CASE WHEN name.kind != 'unnamed' THEN name.canonical END, quotation.speaker_name) AS speaker,
                  quotation.speaker_name AS as_written, coalesce(name.kind != 'unnamed', 0) AS has_name,
                  quotation.speaker_is_unnamed AS is_unnamed, document.outlet AS outlet,
                  CASE WHEN quotation.work_start IS NOT NULL
                       THEN substr(document.text, quotation.work_start + 1, min(200, quotation.work_end - quotation.work_start))
                       WHEN parent.speaker_name != quotation.speaker_name THEN parent.speaker_name END AS through
           FROM quotation JOIN document ON document.id = quotation.document_id
           LEFT JOIN quotation AS parent ON parent.id = quotation.parent_id
           LEFT JOIN spelling ON spelling.id = quotation.name_id
           LEFT JOIN name ON name.id = spelling.name_id
           WHERE quotation.speaker_name IS NOT NULL AND document.is_current
           ORDER BY document.published_earliest IS NULL, document.published_earliest, quotation.document_id, quotation.start"""
    )
    # "Participants" at the head of a sentence are "participants" within it.
    lines.connection.execute(
        """CREATE TEMP TABLE one_case AS SELECT lower(speaker) AS folded, max(speaker) AS speaker FROM spoken
           GROUP BY 1 HAVING count(DISTINCT speaker) > 1"""
    )
    lines.connection.execute("CREATE INDEX temp.one_case_by_folded ON one_case (folded)")
    lines.connection.execute(
        """UPDATE spoken SET speaker = (SELECT speaker FROM one_case WHERE folded = lower(spoken.speaker))
           WHERE lower(speaker) IN (SELECT folded FROM one_case)"""
    )
    # "they", "the mayor": nobody's name, unless it was joined to one.
    lines.connection.execute("UPDATE spoken SET is_unnamed = 1 WHERE NOT has_name AND substr(speaker, 1, 1) BETWEEN 'a' AND 'z'")
    # Rows lie in the order in which they are shown, so that the first of a speaker need no sorting.
    lines.connection.execute("CREATE INDEX temp.spoken_by_speaker ON spoken (speaker, outlet)")
    lines.connection.execute("CREATE INDEX temp.spoken_in_order ON spoken (speaker)")
    lines.connection.execute(
        """CREATE TEMP TABLE speaker AS
           SELECT speaker, max(is_unnamed) AS is_unnamed, max(has_name) AS has_name, count(*) AS n, count(through) AS n_relayed,
                  count(DISTINCT document_id) AS n_documents, count(DISTINCT outlet) AS n_outlets
           FROM spoken GROUP BY speaker ORDER BY n DESC, speaker"""
    )
    lines.connection.execute("CREATE INDEX temp.speaker_by_name ON speaker (speaker)")
    return int(lines.connection.execute("SELECT count(*) FROM speaker").fetchone()[0])


def speakers(
    lines: Lines, *, page: int = 1, size: int = 60, quotations_each: int = 5, name: str = "", outlet: str = "", hand: str = ""
) -> SpeakersView:
    """Who is quoted most, each with some of their words; or one of them with a page of theirs (through one outlet, of one hand)."""
    total = lines.remember("spoken", lambda: gather_spoken(lines))
    name = _as_listed(lines, name)
    real_outlet = lines.meant(outlet)
    shown = None
    where, parameters = "", []
    narrowed, values = "speaker = ?", []
    if name:
        where, parameters = "WHERE speaker = ?", [name]
        if outlet:
            narrowed += " AND outlet = ?"
            values.append(real_outlet)
        if hand in HANDS:
            narrowed += " AND (through IS NOT NULL) = ?"
            values.append(HANDS[hand])  # type: ignore[arg-type]
        (n_said,) = lines.connection.execute(f"SELECT count(*) FROM spoken WHERE {narrowed}", (name, *values)).fetchone()
        shown = paging(
            lambda number: lines.links.to("speakers", name=name, outlet=outlet, hand=hand, page=number), page, quotations_each, n_said
        )
    elif not lines.links.is_report:
        shown = paging(lambda number: lines.links.to("speakers", page=number), page, size, total)
    rows = lines.connection.execute(
        f"SELECT speaker, is_unnamed, n, n_relayed, n_documents, n_outlets FROM speaker {where} ORDER BY rowid LIMIT ? OFFSET ?",
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
            f"""SELECT document_id, start, "end", through FROM spoken {"" if outlet else "INDEXED BY spoken_in_order"}
               WHERE {narrowed} ORDER BY rowid LIMIT ? OFFSET ?""",
            (row["speaker"], *values, quotations_each, offset(shown) if name else 0),
        ).fetchall()
        lines.prepare(span["document_id"] for span in spans)
        made.append(
            SpeakerLine(
                plain(row["speaker"]), lines.links.speaker(row["speaker"]), row["n"], row["n_documents"], row["n_outlets"],
                tuple((plain(lines.hide(one)), n) for one, n in outlets), bool(row["is_unnamed"]),
                tuple(_said(lines, span) for span in spans),
                *(((), ()) if row["is_unnamed"] else (spellings_of(lines, row["speaker"]), ties_of(lines, row["speaker"]))),
                n_relayed=row["n_relayed"],
            )
        )  # fmt: skip
    left_out = f"The {len(made)} most quoted of {counted(total, 'speaker')}." if not name and not shown and total > len(made) else ""
    is_first = not name and page == 1
    n_quotations, n_relayed, n_unnamed = lines.remember("spoken-counts", lambda: _counts(lines))
    return SpeakersView(
        speakers=tuple(made),
        chosen=plain(name),
        paging=shown,
        left_out=left_out,
        corpus=plain(lines.corpus.path.name),
        through=plain(outlet),
        hand=hand if hand in HANDS else "",
        matrix=lines.remember("matrix", lambda: _matrix(lines)) if is_first else None,
        relays=lines.remember("relays", lambda: _relays(lines)) if is_first else (),
        n_quotations=n_quotations,
        n_relayed=n_relayed,
        n_unnamed=n_unnamed,
        all_href=lines.links.speaker(name) if name else "",
    )


def _as_listed(lines: Lines, name: str) -> str:
    """The name under which a speaker is listed who is asked for by any spelling that a text has."""
    if not name or lines.connection.execute("SELECT 1 FROM speaker WHERE speaker = ?", (name,)).fetchone():
        return name
    found = lines.connection.execute("SELECT speaker FROM spoken WHERE as_written = ? ORDER BY rowid LIMIT 1", (name,)).fetchone()
    return found["speaker"] if found else name


def _said(lines: Lines, row: sqlite3.Row) -> EvidenceLine:
    """One row of the temporary table `spoken` as words in their place."""
    role = f"as told by {shortened(row['through'], 80)}" if row["through"] else ""
    return lines.span(row["document_id"], row["start"], row["end"], role)


def _counts(lines: Lines) -> tuple[int, int, int]:
    row = lines.connection.execute("SELECT count(*), count(through), coalesce(sum(is_unnamed), 0) FROM spoken").fetchone()
    return row[0], row[1], row[2]


def _matrix(lines: Lines) -> Matrix | None:
    """The most quoted speakers, names first, by the outlets that quote most, the others added up; None where nobody is quoted."""
    connection = lines.connection
    named = connection.execute("SELECT speaker FROM speaker WHERE NOT is_unnamed ORDER BY NOT has_name, rowid LIMIT ?", (MOST_ROWS,))
    top = [row[0] for row in named]
    outlets = [
        row[0]
        for row in connection.execute(
            "SELECT outlet, count(*) AS n FROM spoken WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY n DESC, outlet LIMIT ?",
            (MOST_COLUMNS,),
        )
    ]
    if not top and not outlets:
        return None
    shown_outlets = sorted(outlets, key=lambda outlet: natural(lines.hide(outlet)))
    row_of = {speaker: at for at, speaker in enumerate(top)}
    column_of = {outlet: at for at, outlet in enumerate(shown_outlets)}
    n_rows, n_columns = len(top) + 2, len(outlets) + 1
    counts: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    has_no_outlet = has_other = False
    for speaker, outlet, is_unnamed, is_relayed, n in connection.execute(
        "SELECT speaker, outlet, is_unnamed, through IS NOT NULL, count(*) FROM spoken GROUP BY 1, 2, 3, 4"
    ):
        row = row_of.get(speaker, n_rows - 1 if is_unnamed else n_rows - 2)
        column = column_of.get(outlet, n_columns - 1)
        has_no_outlet |= outlet is None
        has_other |= outlet is not None and outlet not in column_of
        counts[row, column][is_relayed] += n
    last = OTHER_OUTLETS if has_other else NO_OUTLET
    columns = [*shown_outlets, *([last] if has_other or has_no_outlet else [])]
    rows = []
    for at, speaker in enumerate([*top, OTHERS, UNNAMED]):
        cells = [
            (counts[at, column][0], counts[at, column][1], _cell_href(lines, speaker, name, at < len(top)))
            for column, name in enumerate(columns)
        ]
        first, relayed = sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)
        if first or relayed:
            href = lines.links.speaker(speaker) if at < len(top) and not lines.links.is_report else ""
            rows.append(MatrixRow(plain(speaker), href, tuple(cells), first, relayed, at < len(top), at == len(top) + 1))
    labels = tuple(plain(lines.hide(outlet)) for outlet in columns)
    return Matrix(labels, tuple(rows), draw_matrix(labels, rows), _summary(labels, rows))


def _cell_href(lines: Lines, speaker: str, outlet: str, is_one: bool) -> str:
    if lines.links.is_report or not is_one or outlet in (OTHER_OUTLETS, NO_OUTLET):
        return ""
    return lines.links.speaker(speaker, outlet=lines.hide(outlet))


def _summary(columns: tuple[str, ...], rows: list[MatrixRow]) -> str:
    """The picture in a sentence or two."""
    total = sum(row.n_first_hand + row.n_relayed for row in rows)
    relayed = sum(row.n_relayed for row in rows)
    n, who, where = max(
        ((first + told, row.name, columns[at]) for row in rows if row.is_one for at, (first, told, _) in enumerate(row.cells)),
        key=lambda one: one[0],
        default=(0, "", ""),
    )
    largest = f" Most: {who} in {where}, {n:,}." if n else ""
    unnamed = next((row.n_first_hand + row.n_relayed for row in rows if row.is_unnamed), 0)
    return (
        f"{counted(total, 'quotation')} with a speaker, {relayed:,} of them told by somebody else than the speaker, "
        f"{unnamed:,} by a speaker without a name.{largest}"
    )


def _relays(lines: Lines) -> tuple[RelayLine, ...]:
    """Whose words come through whom, the commonest first."""
    rows = lines.connection.execute(
        """SELECT speaker, through, count(*) AS n, document_id, start, "end" FROM spoken WHERE through IS NOT NULL
           GROUP BY speaker, through ORDER BY n DESC, speaker, through LIMIT ?""",
        (MOST_RELAYS,),
    ).fetchall()
    lines.prepare(row["document_id"] for row in rows)
    return tuple(
        RelayLine(
            plain(row["speaker"]), "" if lines.links.is_report else lines.links.speaker(row["speaker"], hand="relayed"),
            plain(shortened(row["through"], 90)), row["n"], lines.span(row["document_id"], row["start"], row["end"]),
        )
        for row in rows
    )  # fmt: skip
