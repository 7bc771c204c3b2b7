"""Who a speaker is in languages other than English: the name in the phrase, or the last fitting one for "she"."""

from __future__ import annotations

from bisect import bisect_left

from firstsaid.parsing.grammars import grammar
from firstsaid.parsing.lexicon import word_set
from firstsaid.parsing.naming.names import NameIndex
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.subjects import split_elision

_WHERE = word_set("à en in nach dans em в на")
N_BACK = 8  # names looked through: a pronoun's name is seldom farther
_HE_SHE = word_set("er sie il elle él ella ele ela lui lei egli он она هو هي او وی")
_OWN = word_set("ich wir du je nous tu vous yo nosotros tú eu nós io noi я мы أنا نحن من ما ils elles sie ellos ellas они هم آنها")
_GENITIVES = word_set("de du des d del della dei der von vom da do dos das di")
"""What stands before the place or body that a person or a text is of."""


def resolved_elsewhere(page: Page, index: NameIndex, statement: Statement, previous: str | None) -> tuple[str | None, int]:
    """The name of a statement's speaker in the fullest form this text gives, and how much surer or less sure that makes it (<= 0)."""
    if statement.speaker is None:
        return statement.speaker_name, 0
    start, end = statement.speaker
    surface = page.text[start:end].strip(" ,،")
    lowered = surface.lower()
    if lowered in _HE_SHE:
        if previous is not None and index.may_be_person(previous):
            return previous, -1500
        person = _last_person(page, index, start)
        return (person, -2500) if person is not None else (surface, -1000)
    if lowered in _OWN:
        return surface, -500
    words = grammar(page.language or "")
    for named in reversed(index.inside(start, end)):
        token = page.token_at(named.start)
        at = token - 1
        while at > 0 and page.lower[at] in words.determiners and page.lower[at] not in _GENITIVES:
            at -= 1
        before = page.lower[at] if at >= 0 and page.starts[at] >= start else ""
        elided = split_elision(page.lower[token])[0]
        if before in _GENITIVES or before == "(" or elided in _GENITIVES or named.words[0] in words.stops:
            continue
        is_apposed = before in (",", "،")
        if named.end == end or is_apposed or page.text[named.end : named.end + 2].strip()[:1] in (",", "(", "،", ""):
            return named.canonical, 0
        following = page.lower[page.token_at(named.end)]
        if following not in _GENITIVES:
            return named.canonical, 0
    return surface, 0


def _last_person(page: Page, index: NameIndex, position: int) -> str | None:
    """The last name before the position that may be a person's; one word behind a preposition is a place: "était à Lyon"."""
    at = bisect_left(index.starts, position)
    for named in reversed(index.names[max(0, at - N_BACK) : at]):
        token = page.token_at(named.start)
        before = page.lower[token - 1] if token else ""
        is_place = len(named.words) == 1 and before in _WHERE
        if index.may_be_person(named.canonical) and not is_place:
            return named.canonical
    return None
