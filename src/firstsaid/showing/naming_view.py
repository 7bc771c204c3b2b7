"""What stands below a speaker's name: the spellings joined to it with the reason of each, and the ties that somebody states."""

from __future__ import annotations

from collections import defaultdict

from firstsaid.corpus.rows import tie_words
from firstsaid.model import Spelling, Tie
from firstsaid.showing.lines import Lines
from firstsaid.showing.spoken import plain
from firstsaid.showing.views import SpellingLine, TieLine
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
    made: list[TieLine] = []
    listed = ties.get(name, ())[:MOST_TIES]
    lines.prepare(tie.document_id for tie in listed)
    for tie in listed:
        words = ("not " if tie.is_denied else "") + tie_words(tie.kind)
        place = lines.span(tie.document_id, tie.start, tie.end)
        stated_by = plain(tie.stated_by) or place.document.outlet or place.document.title
        made.append(TieLine(plain(tie.left_name), words, plain(tie.right_name), stated_by, place))
    return tuple(made)


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
