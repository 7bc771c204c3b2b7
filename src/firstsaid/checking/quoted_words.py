"""Quotations by their words: those of equal words are one wording."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from firstsaid.checking.case import Case
from firstsaid.checking.compare import marked_words
from firstsaid.checking.tokens import keys_of
from firstsaid.model import Quotation

MIN_WORDS = 5
"""Shorter quotations are phrases that many people say."""

OPENING_MARKS, CLOSING_MARKS = '"“„«', '"”»“.,… '


@dataclass(frozen=True, slots=True)
class Wording:
    """Quotations with equal words, the earliest first. `text`: the content of the first; `keys`: its words."""

    keys: tuple[str, ...]
    text: str
    quotations: tuple[Quotation, ...]

    @property
    def first(self) -> Quotation:
        """The earliest quotation of these words."""
        return self.quotations[0]


def content(quotation: Quotation, text: str) -> str:
    """The quoted words without what interrupts them; each interruption may hide a leap."""
    return _closed(_content(quotation, text))


def _closed(words: str) -> str:
    """With the bracket that the quotation's end may have cut off."""
    return words + "]" if words.count("[") > words.count("]") else words


def _content(quotation: Quotation, text: str) -> str:
    pieces = quotation.pieces or ((quotation.start, quotation.end),)
    if quotation.form == "mixed":
        # The marks may lie just outside of the content, or open in front of it.
        start, end = quotation.start, quotation.end
        while start > 0 and quotation.start - start < 2 and text[start - 1] in OPENING_MARKS:
            start -= 1
        while end < len(text) and end - quotation.end < 4 and text[end] in CLOSING_MARKS:
            end += 1
        return marked_words(text[start:end], "mixed")
    return " [...] ".join(piece for piece in (text[start:end].strip() for start, end in pieces) if piece)


def wordings(case: Case) -> list[Wording]:
    """Every direct, mixed or block quotation of enough words, by its words; in order of date."""
    groups: dict[tuple[str, ...], list[tuple[Quotation, str]]] = defaultdict(list)
    for document_id, quotations in case.quotations.items():
        text = case.text(document_id)
        for quotation in quotations:
            if quotation.form == "indirect":
                continue
            words = content(quotation, text)
            keys = keys_of(words)
            if len(keys) >= MIN_WORDS:
                groups[keys].append((quotation, words))
    made = []
    for keys, members in groups.items():
        members.sort(key=lambda member: (case.headings[member[0].document_id].order(), member[0].document_id, member[0].start))
        made.append(Wording(keys, members[0][1], tuple(quotation for quotation, _ in members)))
    return sorted(
        made, key=lambda wording: (case.headings[wording.first.document_id].order(), wording.first.document_id, wording.first.start)
    )
