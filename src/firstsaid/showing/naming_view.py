"""Names: the spellings joined to each with the reason, what stands below a speaker, and the ties that somebody states."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from firstsaid.corpus.rows import tie_words
from firstsaid.model import Name, Spelling, Tie
from firstsaid.showing.lines import Lines
from firstsaid.showing.paging import offset, paging
from firstsaid.showing.screens import NamesView
from firstsaid.showing.spoken import plain
from firstsaid.showing.views import NameLine, SpellingLine, TieLine
from firstsaid.store import read

MOST_SPELLINGS, MOST_TIES = 12, 8
"""Of each name; `firstsaid list CORPUS names` and `ties` give all."""
AS_IT_STANDS = "as it stands"
"""The reason of a spelling that nothing was needed for; it says nothing to a reader."""


def spellings_of(lines: Lines, name: str) -> tuple[SpellingLine, ...]:
    """The other spellings of a name, the commonest first, each with why it is taken as this name and how to say that it is not."""
    found = read.derived(
        lines.connection,
        Spelling,
        "spelling",
        "WHERE name_id IN (SELECT id FROM name WHERE canonical = ? AND kind != 'unnamed') ORDER BY n_mentions DESC, surface, in_full",
        (name,),
    )
    made: dict[str, SpellingLine] = {}
    for spelling in found:
        if spelling.surface != name and spelling.surface not in made and len(made) < MOST_SPELLINGS:
            reason = "" if spelling.reason == AS_IT_STANDS else plain(spelling.reason)
            made[spelling.surface] = SpellingLine(plain(spelling.surface), spelling.n_mentions, reason, spelling.is_decided)
    return tuple(made.values())


def ties_of(lines: Lines, name: str) -> tuple[TieLine, ...]:
    """The stated ties of a name, each with who states it and where; none of them is a fact."""
    ties: dict[str, list[Tie]] = lines.remember("ties", lambda: _ties_by_name(lines))
    listed = ties.get(name, ())[:MOST_TIES]
    lines.prepare(tie.document_id for tie in listed)
    return tuple(_tie_line(lines, tie) for tie in listed)


def _tie_line(lines: Lines, tie: Tie) -> TieLine:
    words = ("not " if tie.is_denied else "") + tie_words(tie.kind)
    place = lines.span(tie.document_id, tie.start, tie.end)
    if not lines.links.is_served:
        # No mark stands at a tie, so a page made beforehand has no anchor there.
        place = replace(place, href=place.document.href)
    stated_by = plain(tie.stated_by) or place.document.outlet or place.document.title
    return TieLine(plain(tie.left_name), words, plain(tie.right_name), stated_by, place)


def _ties_by_name(lines: Lines) -> dict[str, list[Tie]]:
    """Ties by the names of both ends, as all spellings of a name were joined."""
    named = dict(
        map(tuple, lines.connection.execute("SELECT spelling.id, name.canonical FROM spelling JOIN name ON name.id = spelling.name_id"))
    )
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in read.derived(lines.connection, Tie, "tie"):
        for end in dict.fromkeys((named.get(tie.left_name_id, tie.left_name), named.get(tie.right_name_id, tie.right_name))):
            found[end].append(tie)
    return dict(found)


NAMES_A_PAGE, TIES_SHOWN = 60, 60


def names(lines: Lines, *, page: int = 1, q: str = "") -> NamesView:
    """All names, the most mentioned first, or those one of whose spellings holds the words asked for."""
    connection = lines.connection
    where, values = "WHERE kind != 'unnamed'", []
    if q.strip():
        where += " AND id IN (SELECT name_id FROM spelling WHERE instr(lower(surface), ?) OR instr(lower(in_full), ?))"
        values = [q.strip().lower()] * 2
    (total,) = connection.execute(f"SELECT count(*) FROM name {where}", values).fetchone()
    shown = paging(lambda number: lines.links.to("names", q=q, page=number), page, NAMES_A_PAGE, total)
    found = list(
        read.derived(
            connection, Name, "name", f"{where} ORDER BY n_mentions DESC, canonical, id LIMIT ? OFFSET ?",
            (*values, NAMES_A_PAGE, offset(shown)),
        )
    )  # fmt: skip
    quoted = _n_quotations(lines, [name.id for name in found])
    made = tuple(
        NameLine(
            plain(name.canonical), name.kind, name.n_mentions, name.n_documents, quoted.get(name.id, 0),
            lines.links.speaker(name.canonical) if name.id in quoted else "", spellings_of(lines, name.canonical),
        )
        for name in found
    )  # fmt: skip
    ties = list(read.derived(connection, Tie, "tie")) if page == 1 else []
    if q.strip():
        ties = [tie for tie in ties if q.strip().lower() in f"{tie.left_name} {tie.right_name}".lower()]
    lines.prepare(tie.document_id for tie in ties[:TIES_SHOWN])
    listed = tuple(_tie_line(lines, tie) for tie in ties[:TIES_SHOWN])
    return NamesView(made, listed, len(ties), plain(q), plain(lines.corpus.path.name), lines.links.is_served, shown)


def _n_quotations(lines: Lines, name_ids: list[str]) -> dict[str, int]:
    marks = ", ".join("?" * len(name_ids))
    rows = lines.connection.execute(
        f"""SELECT spelling.name_id, count(*) FROM quotation JOIN spelling ON spelling.id = quotation.name_id
            WHERE spelling.name_id IN ({marks}) GROUP BY 1""",
        name_ids,
    )
    return dict(map(tuple, rows))
