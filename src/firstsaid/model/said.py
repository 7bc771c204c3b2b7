"""What is said in a document, and who says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firstsaid.model.identity import FULL, Pieces, digest

QUOTATION_FORMS = ("direct", "indirect", "mixed", "block")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words given to somebody. `start`..`end` is the content without outer marks; `pieces` its parts where it is interrupted.

    `speaker_name` is the surface of the speaker's span (or, for a block or a signature, the name found elsewhere); `name_id` the `Name` it
    was resolved to. `cue` is the word that attributes ("said"), `work` the cited work. `parent_id` is the quotation that
    contains this one. `speaker_is_unnamed` marks "officials", "a person familiar with".
    """

    id: str
    document_id: str
    start: int
    end: int
    form: str
    pieces: Pieces
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_name: str | None = None
    speaker_is_unnamed: bool = False
    name_id: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    work_start: int | None = None
    work_end: int | None = None
    parent_id: str | None = None
    confidence: int = FULL

    @staticmethod
    def identify(document_id: str, start: int, end: int, form: str) -> str:
        """One content span of one form in one document is one quotation."""
        return digest("quotation", document_id, start, end, form)


@dataclass(frozen=True, slots=True)
class ScareQuote:
    """Words between marks that are nobody's statement. `use`: scare, title, or word (a word spoken of as a word)."""

    document_id: str
    start: int
    end: int
    use: str


FIGURE_KINDS = (
    "count", "money", "percent", "ratio", "rate", "date", "duration", "age", "ordinal", "measure", "change",
)  # fmt: skip
MODIFIERS = ("exact", "about", "more_than", "at_least", "at_most", "less_than", "almost", "range")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as an interval with open ends.

    `low`, `high`: decimal numbers as canonical text ("40", "1.5e9" is written "1500000000"), None = open on that side, so that no
    digit is lost and equal figures are equal text. Both ends belong to the interval (for "more than 45", low is "45" and the modifier
    says that 45 itself is meant to be passed). `unit`: "USD", "percent", "kg", "person", ... or None. `of_*`: the span
    of what is counted, `of_lemma` its head in a comparable form ("dead", "wounded"). `as_of`: the day (moment) it speaks of,
    if the sentence says so.
    """

    id: str
    document_id: str
    start: int
    end: int
    low: str | None
    high: str | None
    unit: str | None
    kind: str
    modifier: str
    of_start: int | None = None
    of_end: int | None = None
    of_lemma: str | None = None
    place: str | None = None
    as_of_earliest: int | None = None
    as_of_latest: int | None = None
    sentence_start: int | None = None
    sentence_end: int | None = None
    confidence: int = FULL


CITATION_FORMS = ("link", "footnote_marker", "in_text")


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to something else. `number`: a footnote's; `target`: where it points (URL, note text, work or outlet named).

    `resolves`: whether what it points to is there (the note exists, the link has an address, the list below is below).
    `resolved_document_id`: the document of this corpus that it points to, if it is one. `reason`: why it dangles.
    """

    id: str
    document_id: str
    start: int
    end: int
    form: str
    number: int | None = None
    target: str | None = None
    resolves: bool = True
    resolved_document_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """A sentence about a time after the document's date. Horizon as span and as moments where it can be resolved.

    `is_quoted`: the sentence lies in somebody's quotation.
    """

    id: str
    document_id: str
    start: int
    end: int
    horizon_start: int | None = None
    horizon_end: int | None = None
    horizon_earliest: int | None = None
    horizon_latest: int | None = None
    condition_start: int | None = None
    condition_end: int | None = None
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands, and the name it was joined to with the reason of the joining."""

    id: str
    document_id: str
    start: int
    end: int
    surface: str
    name_id: str
    reason: str
    confidence: int = FULL


@dataclass(frozen=True, slots=True)
class Name:
    """One person or body under its spellings. `kind`: person, body, unnamed ("officials"), unknown."""

    id: str
    canonical: str
    kind: str
    spellings: tuple[str, ...]
    n_mentions: int
    n_documents: int


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is said in one document."""

    quotations: tuple[Quotation, ...] = ()
    scare_quotes: tuple[ScareQuote, ...] = ()
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    mentions: tuple[Mention, ...] = ()


def by_start(items: Iterable[Quotation]) -> list[Quotation]:
    """Quotations in reading order, the containing one first."""
    return sorted(items, key=lambda item: (item.document_id, item.start, -item.end))
