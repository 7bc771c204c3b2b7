"""Who says that who said it: the path from a document's author to the innermost speaker, each step with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from firstsaid.model import Document, Quotation, Telling

FIRST_HAND, RELAYED, UNATTRIBUTED = "first-hand", "relayed", "unattributed"
HANDS = (FIRST_HAND, RELAYED, UNATTRIBUTED)

_VOICE = r"spokes(?:man|woman|person|people)|representatives?|press secretary|press officer|lawyers?|attorneys?|publicist|solicitors?"
_SPEAKS_FOR = re.compile(
    rf"\b(?:{_VOICE})\b,?(?: \w+){{0,3}}? (?:for|of) (?:the |an? )?(?P<body>[^\W\d_][^,;()“”\"]{{1,80}})", re.IGNORECASE
)
_VOICE_OF = re.compile(rf"^(?:an? |the )?(?P<body>[^,;()“”\"]{{2,80}}?)(?:['’]s?)? (?:\w+ )?(?:{_VOICE})\b", re.IGNORECASE)
"""English only: "a spokesman for X", "X's lawyer", "X spokeswoman Ann Poe"."""
MAX_SPEAKER_CHARS = 300
"""Longer speakers are clauses; the patterns above are not run over them."""


def chain(quotation: Quotation, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """The quotations around `quotation` from the outermost (whose speaker the document's author names) to itself.

    `quotations`: at least those of its document. A parent that is missing, or that would close a circle, ends the chain.
    """
    by_id = {item.id: item for item in quotations if item.document_id == quotation.document_id}
    found = [quotation]
    seen = {quotation.id}
    while (parent := by_id.get(found[-1].parent_id or "")) is not None and parent.id not in seen:
        found.append(parent)
        seen.add(parent.id)
    return tuple(reversed(found))


def tellings(quotation: Quotation, quotations: Iterable[Quotation], document: Document) -> tuple[Telling, ...]:
    """The path from who wrote the document to who said the words, outermost first; spans are the evidence of each step.

    A document speaks by its authors, else its outlet. A work ("told the Daily Gazette", “in an article titled …”) stands before the
    speaker who is heard through it; the body for which somebody speaks comes last. Nobody stands twice in a row.
    """
    author = ", ".join(document.authors) or document.outlet
    found = [Telling("document", author, None, document.id, None, None, None)]
    for item in chain(quotation, quotations):
        steps = []
        if item.work_start is not None and item.work_end is not None:
            work = document.text[item.work_start : item.work_end]
            steps.append(Telling("work", work, None, document.id, item.work_start, item.work_end, item.id))
        steps.append(Telling("speaker", item.speaker_name, item.name_id, document.id, item.speaker_start, item.speaker_end, item.id))
        if (body := on_behalf_of(item, document.text)) is not None:
            steps.append(Telling("on_behalf_of", document.text[body[0] : body[1]], None, document.id, *body, item.id))
        found += [step for step in steps if step.role != "speaker" or found[-1].role != "speaker" or step.name != found[-1].name]
    return tuple(found)


def on_behalf_of(quotation: Quotation, text: str) -> tuple[int, int] | None:
    """Where the speaker's words say for whom it speaks: "a spokesman for X", "X's lawyer Ann Poe"."""
    start, end = quotation.speaker_start, quotation.speaker_end
    if start is None or end is None or end - start > MAX_SPEAKER_CHARS:
        return None
    speaker = text[start:end]
    match = _SPEAKS_FOR.search(speaker) or _VOICE_OF.match(speaker)
    if match is None:
        return None
    body = match["body"].rstrip(" .'’")
    return (start + match.start("body"), start + match.start("body") + len(body)) if any(c.isupper() for c in body) else None


def hand(path: tuple[Telling, ...]) -> str | None:
    """How the last speaker of a path is heard: `first-hand`, where the document itself quotes; `relayed`, through a work or a speaker.

    None where nobody is named. Speaking for a body relays that body's words.
    """
    if path[-1].name is None:
        return None
    return FIRST_HAND if len(path) <= 2 else RELAYED
