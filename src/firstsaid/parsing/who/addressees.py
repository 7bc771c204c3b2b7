"""Whom a letter calls "you": the name in its salutation or in its title."""

from __future__ import annotations

from firstsaid.parsing.lexicon import word_set
from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.main_subjects import phrase_at
from firstsaid.parsing.who.speakers import Phrase

YOU = word_set("you vous usted du ihr")
_DEAR = word_set("dear liebe lieber cher chère querido querida estimado estimada sehr geehrte geehrter")
_MAX_HEAD = 5  # paragraphs in which a title, a date and a salutation stand
_MAX_SALUTATION = 8  # tokens, the comma included


def addressee_of(page: Page) -> Phrase | None:
    """The addressee: "Dear Mr Poe,", "Chancellor,", or in the first line "An Open Letter to the Chancellor"; None where none is seen."""
    for number, (start, end) in enumerate(page.paragraphs[:_MAX_HEAD]):
        low, high = page.tokens_before(start), page.tokens_before(end)
        if low >= high:
            continue
        is_salutation = high - low <= _MAX_SALUTATION and page.lower[high - 1] in (",", "!", ":")
        if is_salutation:
            while low < high and page.lower[low] in _DEAR:
                low += 1
            if low < high - 1 and page.words[low][0].isupper():
                return Phrase(low, high - 1, "name", 6000)
        for at in range(low, min(high, low + 20) - 2) if number == 0 else ():
            if page.lower[at] == "letter" and page.lower[at + 1] == "to":
                return phrase_at(page, at + 2, high, is_subject=False)
    return None
