"""The subject beside a cue, whatever the language: English has its own rules, the others share theirs."""

from __future__ import annotations

from firstsaid.parsing import speakers, subjects
from firstsaid.parsing.speakers import Phrase
from firstsaid.parsing.structure import Page


def subject_before(page: Page, cue: int, floor: int) -> tuple[Phrase | None, int]:
    """The subject before the verb at token `cue`, not below `floor`, and where the verb group begins."""
    return speakers.subject_before(page, cue, floor) if page.language in ("en", None) else subjects.subject_before(page, cue, floor)


def subject_after(page: Page, first: int, ceiling: int) -> Phrase | None:
    """The subject that begins at token `first`, behind its verb."""
    return speakers.subject_after(page, first, ceiling) if page.language in ("en", None) else subjects.subject_after(page, first, ceiling)
