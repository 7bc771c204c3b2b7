"""What a page shows, as frozen dataclasses: templates see nothing else, and the report and the local page share them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under one set of marks. `marks`: CSS classes; `notes`: numbers of margin notes that begin here; `anchor`: an id."""

    text: str
    marks: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    anchor: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a reading view. `tag`: p, h2, blockquote, li; `direction`: ltr or rtl; `start`: code points into the document."""

    tag: str
    direction: str
    start: int
    pieces: tuple[Piece, ...]
    is_boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A margin note: `number` ties it to its piece, `layer` to the switch that hides it."""

    number: int
    layer: str
    head: str
    body: str
    href: str = ""


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
    """One span of evidence with some context around it."""

    document: DocumentLine
    href: str
    before: str
    text: str
    after: str
    role: str
    direction: str


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding as a reader judges it. `strength`: strong, fair or weak, from its score."""

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
    """A family in a list."""

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
    """What one witness has at one place of the text. `kind`: same, absent, or a kind of reading; `letter` marks it without colour."""

    text: str
    kind: str
    letter: str


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One witness in an aligned table: one cell a column."""

    document: DocumentLine
    siglum: str
    cells: tuple[VariantCell, ...]
    n_same: int
    full_text: tuple[Piece, ...]
    direction: str


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """One edge of a stemma in words. `sure`: certain, probable, or open."""

    parent: str
    child: str
    parent_siglum: str
    child_siglum: str
    sure: str
    percent: int
    kind: str
    reasons: tuple[str, ...]
    entered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """One passage family: witnesses aligned, the stemma drawn and said, what entered where."""

    line: FamilyLine
    rows: tuple[VariantRow, ...]
    columns: tuple[int, ...]
    edges: tuple[EdgeLine, ...]
    stemma_svg: str
    stemma_summary: str
    origin_reasons: tuple[str, ...]
    is_rooted: bool
    n_witnesses_left_out: int


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One document as captured, with its marks and margin notes."""

    document: DocumentLine
    url: str
    authors: str
    capture: str
    modified: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    findings: tuple[FindingCard, ...]
    families: tuple[FamilyLine, ...]
    layers: tuple[tuple[str, str, int], ...]
    direction: str
    previous: str
    next: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Who is quoted, in how many documents, relayed by which outlets. `is_unnamed`: "officials", "a person familiar with"."""

    name: str
    href: str
    n_quotations: int
    n_documents: int
    n_outlets: int
    outlets: str
    is_unnamed: bool
    quotations: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem and what to do."""

    kind: str
    location: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number on the overview; it is always a link to its list."""

    label: str
    value: int
    href: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The first screen."""

    title: str
    counts: tuple[Count, ...]
    first_day: str
    last_day: str
    outlets: tuple[tuple[str, int], ...]
    timeline_svg: str
    timeline_summary: str
    findings: tuple[FindingCard, ...]
    kinds: tuple[tuple[str, str, int], ...]
    families: tuple[FamilyLine, ...]
    problems: tuple[ProblemLine, ...]
    n_problems: int
    stale: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made these pages: version, day, and the digests of what went in, so that anyone can make them again."""

    version: str
    corpus: str
    made: str
    input_digest: str
    steps: tuple[tuple[str, int], ...]
