"""The names of one text as rows."""

from __future__ import annotations

from firstsaid.model import Mention, digest
from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.names import AS_IT_STANDS, NameIndex
from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.resolving import is_unnamed
from firstsaid.text import key

UNNAMED = "a speaker who is not named"
MAX_SURFACE_CHARS = 120
"""A longer speaker in a script without capitals is a clause, not a name."""


def mentions_of(page: Page, index: NameIndex, document_id: str, speakers: list[tuple[int, int]]) -> list[Mention]:
    """The names as rows, with unnamed speakers ("officials") among them, each a name of its own text."""
    found: list[Mention] = []
    for named in index.names:
        name_id = spelling_id(named.canonical, named.surface)
        found.append(_mention(page, document_id, named.start, named.end, name_id, named.reason, named.confidence, named.canonical))
    seen: set[tuple[int, int]] = set()
    for start, end in speakers:
        if (start, end) in seen or index.inside(start, end):
            continue
        seen.add((start, end))
        surface = page.text[start:end]
        if is_unnamed(surface):
            found.append(_mention(page, document_id, start, end, unnamed_id(document_id, surface), UNNAMED, 9000, ""))
        elif is_name_of_another_script(surface):
            found.append(_mention(page, document_id, start, end, spelling_id(surface, surface), AS_IT_STANDS, 6000, surface))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def speaker_id(index: NameIndex, document_id: str, span: tuple[int, int] | None, surface: str, name: str | None) -> str | None:
    """The `name_id` of a quotation's speaker, as the mention in the speaker's span has it. None where the speaker is no name."""
    if name is None:
        return None
    inside = index.inside(*span) if span else []
    if (named := next((one for one in inside if one.canonical == name), None)) is not None:
        return spelling_id(name, named.surface)
    if is_unnamed(surface) and name == surface:
        return unnamed_id(document_id, surface)
    if name in index.known or is_name_of_another_script(name):
        return spelling_id(name, name)
    return None


def is_name_of_another_script(surface: str) -> bool:
    """Whether a speaker's words are a name in a script without capitals, as far as that can be seen: two words or more, no pronoun."""
    if surface.isascii() or surface[0].islower() or len(surface) > MAX_SURFACE_CHARS:
        return False
    return key(surface) not in lexicon.PRONOUNS and " " in surface


def spelling_id(in_full: str, surface: str) -> str:
    """The id of one spelling of one name."""
    return Mention.identify_name(sorted_key(in_full), sorted_key(surface))


def unnamed_id(document_id: str, surface: str) -> str:
    """The id of a speaker without a name: each text has its own."""
    return digest("unnamed", document_id, key(surface))


def sorted_key(canonical: str) -> tuple[str, ...]:
    """The words of a name as they are compared: keys in order, without titles and small words in front."""
    words = [key(word) for word in canonical.split()]
    return tuple(word for word in words if word and word not in ("the", "mr", "mrs", "ms", "dr"))


def _mention(page: Page, document_id: str, start: int, end: int, name_id: str, reason: str, confidence: int, in_full: str) -> Mention:
    surface = page.text[start:end]
    return Mention(digest("mention", document_id, start, end), document_id, start, end, surface, name_id, reason, confidence, in_full)
