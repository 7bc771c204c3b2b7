"""Single things as a page shows them (a line, a card, a note), frozen dataclasses: templates see nothing else. Whole screens: `screens`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under one set of marks.

    `marks`: CSS classes. `anchor`: an id. `href`: where the words themselves link to. `refs_before`, `refs`: numbers of margin notes to
    show before and after. `letter`: a mark said without colour.
    """

    text: str
    marks: tuple[str, ...] = ()
    anchor: str = ""
    href: str = ""
    refs_before: tuple[int, ...] = ()
    refs: tuple[int, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A margin note: `number` ties it to its piece, `layer` to the switch that hides it. `lines`: further short lines."""

    number: int
    layer: str
    head: str
    lines: tuple[str, ...] = ()
    href: str = ""
    evidence: tuple[EvidenceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a reading view with its notes. `tag`: p, h3, blockquote, li; `direction`: ltr or rtl; `start`: code points."""

    tag: str
    direction: str
    start: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...] = ()
    is_boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list. `when`: its date as a person reads it, with `when_basis`; counts link to what they count."""

    id: str
    href: str
    title: str
    outlet: str
    when: str
    when_basis: str
    location: str
    n_quotations: int
    n_figures: int
    n_passages: int
    n_findings: int
    language: str
    is_undated: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One span of evidence with some context around it. `pieces`: its text with differences marked, where that helps."""

    document: DocumentLine
    href: str
    before: str
    text: str
    after: str
    role: str
    direction: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding as a reader judges it. `strength`: strong, fair or weak, from its score in percent."""

    id: str
    anchor: str
    href: str
    kind: str
    kind_words: str
    subject: str
    why: str
    could_be: tuple[str, ...]
    strength: str
    score: int
    n_similar: int
    evidence: tuple[EvidenceLine, ...]
    n_more_evidence: int
    decision: str
    decision_why: str


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family in a list. `origins`: a number or an interval, always a hypothesis; `earliest`: a fact of the corpus."""

    id: str
    href: str
    snippet: str
    direction: str
    n_documents: int
    n_words: int
    n_outlets: int
    earliest: tuple[DocumentLine, ...]
    origins: str
    n_changes: int
    first_when: str
    last_when: str


@dataclass(frozen=True, slots=True)
class VariantCell:
    """What one witness has at one place of the text. `letter` marks its kind without colour.

    `kind`: base, same, absent (the witness does not reach so far), or a kind of reading.
    """

    text: str
    kind: str
    letter: str


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One witness in an aligned table: one cell a column. `full_text` is empty where the page leaves it out.

    `differences`: from the base, in words; `citation`: as a footnote would give the place.
    """

    document: DocumentLine
    href: str
    siglum: str
    cells: tuple[VariantCell, ...]
    full_text: tuple[Piece, ...]
    direction: str
    differences: tuple[str, ...] = ()
    citation: str = ""


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """One edge of a stemma in words. `sure`: certain, probable, or open."""

    parent: str
    child: str
    sure: str
    percent: int
    kind: str
    is_directed: bool
    reasons: tuple[str, ...]
    entered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as read: the words, the interval they were read as, and what is counted."""

    href: str
    words: str
    read_as: str
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a long text is shown, counted from 1."""

    number: int
    n_windows: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class SharingLine:
    """Another document that holds words of this one. `n_words`: of their longest common passage; `order`: earlier, later, or a tie."""

    document: DocumentLine
    href: str
    n_words: int
    order: str


@dataclass(frozen=True, slots=True)
class SpellingLine:
    """Another spelling that was joined to a name, and why; `is_decided` by the user."""

    spelling: str
    n_mentions: int
    reason: str
    is_decided: bool


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie between two names as `stated_by` states it: "left: funded by right". `place`: the words that state it."""

    left: str
    words: str
    right: str
    stated_by: str
    place: EvidenceLine


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Who is quoted, in how many documents, relayed by which outlets. `is_unnamed`: "officials", "a person familiar with"."""

    name: str
    href: str
    n_quotations: int
    n_documents: int
    n_outlets: int
    outlets: tuple[tuple[str, int], ...]
    is_unnamed: bool
    quotations: tuple[EvidenceLine, ...]
    spellings: tuple[SpellingLine, ...] = ()
    ties: tuple[TieLine, ...] = ()
    n_relayed: int = 0


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem and what to do."""

    kind: str
    location: str
    href: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number on the overview; it is always a link to its list."""

    label: str
    many: str
    value: int
    href: str


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows of a list a page shows, counted from 1."""

    first: int
    last: int
    total: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that holds the words; `pieces`: a snippet with the words marked."""

    document: DocumentLine
    pieces: tuple[Piece, ...]
    direction: str


@dataclass(frozen=True, slots=True)
class WitnessLine:
    """Where the asked words stand, and how they differ there."""

    evidence: EvidenceLine
    percent: int
    differences: tuple[str, ...]
    is_earliest: bool


@dataclass(frozen=True, slots=True)
class ConfirmedFinding:
    """A finding that the user confirmed. `citations`: one for each piece of evidence shown."""

    card: FindingCard
    decided: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One thing of a draft that was held against the corpus. `number`: of its margin note (0: none)."""

    number: int
    href: str
    type_words: str
    verdict: str
    verdict_words: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name with its spellings. `quoted_href`: what it is quoted as saying, empty where it is not quoted."""

    name: str
    kind: str
    n_mentions: int
    n_documents: int
    n_quotations: int
    quoted_href: str
    spellings: tuple[SpellingLine, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A speaker in the table of who says what through whom: (first-hand, relayed, link) for each column, and in all.

    `is_one`: one speaker, not several added up; `is_unnamed`: all those without a name.
    """

    name: str
    href: str
    cells: tuple[tuple[int, int, str], ...]
    n_first_hand: int
    n_relayed: int
    is_one: bool
    is_unnamed: bool


@dataclass(frozen=True, slots=True)
class RelayLine:
    """Words of one speaker as another tells them. `through`: a person, a body, or a work."""

    name: str
    href: str
    through: str
    n_quotations: int
    place: EvidenceLine
