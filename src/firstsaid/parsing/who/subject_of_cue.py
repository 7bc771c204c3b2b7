"""The subject beside a cue, whatever the language: English has its own rules, the others share theirs."""

from __future__ import annotations

from firstsaid.parsing import lexicon
from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who import speakers, subjects
from firstsaid.parsing.who.speakers import Phrase


def subject_before(page: Page, cue: int, floor: int) -> tuple[Phrase | None, int]:
    """The subject before the verb at token `cue`, not below `floor`, and where the verb group begins."""
    return speakers.subject_before(page, cue, floor) if page.language in ("en", None) else subjects.subject_before(page, cue, floor)


def subject_after(page: Page, first: int, ceiling: int) -> Phrase | None:
    """The subject that begins at token `first`, behind its verb."""
    return speakers.subject_after(page, first, ceiling) if page.language in ("en", None) else subjects.subject_after(page, first, ceiling)


def first_subject(page: Page, cues: dict[str, Cue], floor: int, limit: int) -> Phrase | None:
    """The subject of the sentence's first verb: what a later participle ("..., adding") goes with."""
    for token in range(floor + 1, min(limit, floor + 40)):
        if page.pair_of[token] != NO_PAIR:
            continue
        word = page.lower[token]
        cue = cues.get(word)
        if (
            (cue is not None and cue.form == "finite" and not page.is_capitalised(token))
            or word in lexicon.AUXILIARIES
            or (word in lexicon.COMMON_VERBS and not page.is_capitalised(token))
            or word.endswith("ed")
        ):
            phrase, _ = subject_before(page, token, floor)
            if phrase and phrase.kind in ("name", "pronoun", "role"):
                return phrase
    return None
