"""What is said in a document, and who says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firstsaid.model.identity import FULL, Pieces, digest

QUOTATION_FORMS = ("direct", "indirect", "mixed", "block")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words given to somebody. `start`..`end` is the content without outer marks; `pieces` its parts where it is interrupted.

    `speaker_name` is the fullest name that the text gives for the speaker's span (or, for a block or a signature, the name found
    elsewhere); `name_id` its spelling (see `Spelling`). `cue` is the word that attributes ("said"), `work` the cited work. `parent_id` is
    the quotation that contains this one. `speaker_is_unnamed` marks "officials", "a person familiar with".
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
    """One place where a name stands. `in_full`: the longest form of this name in its text, and `reason` why this place was taken for it.

    `name_id`: this spelling of this name, equal in all texts; the table `spelling` says to which `Name` of the corpus it was joined.
    """

    id: str
    document_id: str
    start: int
    end: int
    surface: str
    name_id: str
    reason: str
    confidence: int = FULL
    in_full: str = ""

    @staticmethod
    def identify_name(in_full: tuple[str, ...], surface: tuple[str, ...]) -> str:
        """One spelling (its keys) of one name (the keys of its full form) is one thing in all texts."""
        return digest("spelling", *in_full, "as", *surface)


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of one name, and the name of the corpus that it was joined to, with the reason in words.

    `id` is the `name_id` of mentions and quotations; `in_full` the form that their texts have for `surface`. `is_decided`: by the user.
    """

    id: str
    name_id: str
    surface: str
    in_full: str
    reason: str
    confidence: int
    is_decided: bool
    n_mentions: int
    n_documents: int


NAME_KINDS = ("person", "body", "unnamed", "unknown")


@dataclass(frozen=True, slots=True)
class Name:
    """One person or body under its spellings. `kind`: person, body, unnamed ("officials"), unknown."""

    id: str
    canonical: str
    kind: str
    spellings: tuple[str, ...]
    n_mentions: int
    n_documents: int


CLAIM_REASONS = ("figure", "name", "date", "comparison", "cause", "all or none", "act")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that states something one could check. `worth` orders claims, the first to check highest; `reasons`: what to check by.

    That a sentence is a claim says nothing about whether it is true.
    """

    id: str
    document_id: str
    start: int
    end: int
    worth: int
    reasons: tuple[str, ...]


TIE_KINDS = (
    "funded_by", "part_of", "owned_by", "run_by", "acquired_by", "outlet_of", "speaks_for", "works_for", "formerly_at", "founded_by",
    "partner_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two names as somebody states it: "X is funded by Y", and who says so. Never a fact of this program's.

    `start`..`end`: the words that state it. `left` and `right`: who is tied to whom ("left is funded by right"), as code points, the names
    in the fullest form of the text and their spellings' ids. `stated_by`: the speaker of the statement (`quotation_id`) that
    holds the words; None where the document says it in its own voice. `is_denied`: "is not funded by".
    """

    id: str
    document_id: str
    start: int
    end: int
    kind: str
    left_start: int
    left_end: int
    left_name: str
    left_name_id: str
    right_start: int
    right_end: int
    right_name: str
    right_name_id: str
    stated_by: str | None = None
    stated_by_name_id: str | None = None
    quotation_id: str | None = None
    is_denied: bool = False
    confidence: int = FULL


TELLING_ROLES = ("document", "work", "speaker", "on_behalf_of")


@dataclass(frozen=True, slots=True)
class Telling:
    """One step of the path by which words came into a document, from its author inwards.

    `role`: `document` (its authors or outlet), `work` (through which a speaker is heard), `speaker`, or `on_behalf_of` (the body that a
    spokesperson speaks for). `name` is None where nobody is named. `start`, `end`: the words of the document that name it; None for the
    document itself. `quotation_id`: the quotation that this step belongs to.
    """

    role: str
    name: str | None
    name_id: str | None
    document_id: str
    start: int | None
    end: int | None
    quotation_id: str | None


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
