"""The names of one text as rows."""

from __future__ import annotations

from firstsaid.model import Mention, digest
from firstsaid.parsing import lexicon
from firstsaid.parsing.names import NameIndex, key
from firstsaid.parsing.resolving import is_unnamed
from firstsaid.parsing.structure import Page


def mentions_of(page: Page, index: NameIndex, document_id: str, speakers: list[tuple[int, int]]) -> list[Mention]:
    """The names as rows, with unnamed speakers ("officials") among them, each a name of its own text."""
    found: list[Mention] = []
    for named in index.names:
        name_id = digest("name", *sorted_key(named.canonical))
        found.append(_mention(page, document_id, named.start, named.end, name_id, named.reason, named.confidence))
    seen: set[tuple[int, int]] = set()
    for start, end in speakers:
        surface = page.text[start:end]
        if (start, end) in seen or index.inside(start, end):
            continue
        seen.add((start, end))
        if is_unnamed(surface):
            name_id = digest("unnamed", document_id, key(surface))
            found.append(_mention(page, document_id, start, end, name_id, "a speaker who is not named", 9000))
        elif not surface.isascii() and not surface[0].islower() and key(surface) not in lexicon.PRONOUNS and " " in surface:
            name_id = digest("name", *sorted_key(surface))
            found.append(_mention(page, document_id, start, end, name_id, "as it stands", 6000))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def sorted_key(canonical: str) -> tuple[str, ...]:
    """The words of a name as they are compared: keys in order, without titles and small words in front."""
    words = [key(word) for word in canonical.split()]
    return tuple(word for word in words if word and word not in ("the", "mr", "mrs", "ms", "dr"))


def _mention(page: Page, document_id: str, start: int, end: int, name_id: str, reason: str, confidence: int) -> Mention:
    return Mention(digest("mention", document_id, start, end), document_id, start, end, page.text[start:end], name_id, reason, confidence)
