"""Words of another in a running paragraph, with a colon instead of marks: Ich sagte: Dafür bekommen Sie nichts."""

from __future__ import annotations

from firstsaid.parsing.lexicon import Cue
from firstsaid.parsing.statements import Statement, phrase_stretch, stretch_of
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import Phrase
from firstsaid.parsing.who.subject_of_cue import subject_after, subject_before
from firstsaid.parsing.who.whose_words import presented_by

MAX_TO_COLON = 6  # tokens from a verb of saying to its colon: to whom and where fit between
MIN_WORDS = 3  # fewer behind a colon are a name or an item
CONFIDENCE = 5500
_RUNNING = frozenset(("runs", "reads", "goes", "begins", "ends", "continues"))


def find_after_colons(page: Page, cues: dict[str, Cue]) -> list[Statement]:
    """What stands behind "X said:" or "it runs:" to the end of its sentence, without marks and with a capital. Linear in tokens.

    Only in essays: what news put behind a colon without marks is the writer's as often as not.
    """
    found: list[Statement] = []
    if not page.is_essay:
        return found
    for unit, (first, end) in enumerate(page.units):
        colon = next((at for at in range(first + 1, min(end - MIN_WORDS, first + 60)) if page.lower[at] == ":"), None)
        if colon is None or page.pair_of[colon] != NO_PAIR or page.pair_of[colon + 1] != NO_PAIR or not page.words[colon + 1][0].isupper():
            continue
        made = _who_says(page, cues, unit, first, colon)
        if made is None:
            continue
        stop = end
        while stop > colon + 1 and not page.words[stop - 1][0].isalnum():
            stop -= 1
        if stop - colon - 1 >= MIN_WORDS and all(page.pair_of[token] == NO_PAIR for token in range(colon + 1, stop)):
            phrase, cue = made
            piece = stretch_of(page, (colon + 1, stop))
            found.append(
                Statement("indirect", (piece,), phrase_stretch(page, phrase), phrase.kind, None, stretch_of(page, cue), None, CONFIDENCE)
            )
    return found


def _who_says(page: Page, cues: dict[str, Cue], unit: int, first: int, colon: int) -> tuple[Phrase, tuple[int, int]] | None:
    """The speaker and the cue before a colon."""
    for verb in range(colon - 1, max(first, colon - MAX_TO_COLON) - 1, -1):
        if page.pair_of[verb] != NO_PAIR:
            return None
        cue = cues.get(page.lower[verb])
        if page.lower[verb] in _RUNNING:
            phrase = presented_by(page, unit, first, colon)
            return (phrase, (verb, verb + 1)) if phrase is not None else None
        if cue is None or cue.act not in ("say", "ask") or cue.form != "finite":
            continue
        found, group = subject_before(page, verb, first)
        found = found or subject_after(page, verb + 1, colon)
        if found is not None and found.kind in ("name", "pronoun", "role"):
            return found, (group, verb + 1)
    return None
