"""What each screen shows, as frozen dataclasses made of those in `views`: one a template."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.showing.views import (
    Block,
    CheckedLine,
    ConfirmedFinding,
    Count,
    DocumentLine,
    EdgeLine,
    FamilyLine,
    FigureLine,
    FindingCard,
    MatrixRow,
    NameLine,
    Paging,
    ProblemLine,
    RelayLine,
    SearchHit,
    SharingLine,
    SpeakerLine,
    TieLine,
    VariantRow,
    Window,
    WitnessLine,
)


@dataclass(frozen=True, slots=True)
class FamilyView:
    """One passage family: witnesses aligned, the stemma drawn and said, what entered where.

    `columns`: numbers of the places that vary; `n_columns_left_out`, `n_witnesses_left_out`, `n_edges_left_out`: what is not shown here.
    `filters`: (kind, words, how many witnesses, link), `kind`: the one chosen; `citation`: of the earliest witness.
    """

    line: FamilyLine
    rows: tuple[VariantRow, ...]
    columns: tuple[int, ...]
    edges: tuple[EdgeLine, ...]
    stemma_svg: str
    stemma_summary: str
    origin_reasons: tuple[str, ...]
    is_rooted: bool
    kinds: tuple[tuple[str, str], ...]
    n_columns_left_out: int
    n_witnesses_left_out: int
    n_edges_left_out: int
    filters: tuple[tuple[str, str, int, str], ...] = ()
    kind: str = ""
    paging: Paging | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One document as captured, with its marks and margin notes. `layers`: (class, words, how many).

    `sharing`: with which documents it has the longest passages in common, `n_sharing` with how many in all.
    """

    document: DocumentLine
    url: str
    authors: str
    modified: str
    captured: str
    blocks: tuple[Block, ...]
    figures: tuple[FigureLine, ...]
    layers: tuple[tuple[str, str, int], ...]
    direction: str
    n_words: int
    previous: str
    next: str
    window: Window | None
    n_chars_left_out: int
    sharing: tuple[SharingLine, ...]
    n_sharing: int
    citation: str = ""
    is_extract: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """The first screen. `outlets`: name, documents, link; in the order of the alphabet, for no outlet ranks above another."""

    title: str
    lede: str
    counts: tuple[Count, ...]
    outlets: tuple[tuple[str, int, str], ...]
    n_outlets_left_out: int
    timeline_svg: str
    timeline_ends: tuple[str, ...]
    timeline_summary: str
    findings: tuple[FindingCard, ...]
    kinds: tuple[tuple[str, str, int, str], ...]
    families: tuple[FamilyLine, ...]
    problem_kinds: tuple[tuple[str, int], ...]
    stale: str
    left_out: str


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """Documents by date."""

    documents: tuple[DocumentLine, ...]
    outlet: str
    paging: Paging | None
    left_out: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind, the strongest first; `n_left_out` of them are not on this page."""

    kind: str
    kind_words: str
    meaning: str
    cards: tuple[FindingCard, ...]
    n_left_out: int
    href: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review has come: all of it, decided (confirmed, dismissed, noted), still open."""

    n_all: int
    n_decided: int
    n_confirmed: int
    n_dismissed: int
    n_noted: int
    n_open: int


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Findings by kind, or those chosen. `kinds`: (kind, words, how many, link); `choice`: what was asked for, by field.

    `progress`: of all findings; `chosen`: of those asked for; `done`: the one just decided about.
    """

    groups: tuple[FindingGroup, ...]
    kinds: tuple[tuple[str, str, int, str], ...]
    choice: dict[str, str]
    outlets: tuple[str, ...]
    progress: Progress
    chosen: Progress
    paging: Paging | None
    can_decide: bool
    confirmed_href: str
    done: FindingCard | None
    page: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, number `position` (0: no longer among them) of those chosen, with links to its neighbours there."""

    card: FindingCard
    meaning: str
    choice: dict[str, str]
    position: int
    chosen: Progress
    previous: str
    next: str
    next_id: str
    list_href: str
    of_kind_href: str
    can_decide: bool
    done: FindingCard | None


@dataclass(frozen=True, slots=True)
class ConfirmedView:
    """What the user confirmed, the strongest first. `can_save`: also as a file."""

    corpus: str
    findings: tuple[ConfirmedFinding, ...]
    can_save: bool


@dataclass(frozen=True, slots=True)
class FamiliesView:
    """Families, those with most witnesses first."""

    families: tuple[FamilyLine, ...]
    paging: Paging | None
    left_out: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who says what through whom as a table of speakers by outlets; `svg`: the same as a picture, `summary`: in a sentence.

    `columns`: outlets in the order of the alphabet; the last row and column may hold all others together.
    """

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    svg: str
    summary: str


@dataclass(frozen=True, slots=True)
class SpeakersView:
    """Who says what through whom. `chosen`: the one speaker asked for. `corpus`: the file's name, for commands to type.

    `through`: the one outlet, `hand`: first-hand or relayed, where asked for. `n_unnamed` of `n_quotations` have a speaker without a
    name, `n_relayed` come through somebody else.
    """

    speakers: tuple[SpeakerLine, ...]
    chosen: str
    paging: Paging | None
    left_out: str
    corpus: str = "CORPUS"
    through: str = ""
    hand: str = ""
    matrix: Matrix | None = None
    relays: tuple[RelayLine, ...] = ()
    n_quotations: int = 0
    n_relayed: int = 0
    n_unnamed: int = 0
    all_href: str = ""


@dataclass(frozen=True, slots=True)
class NamesView:
    """All names, the most mentioned first, or those that hold the words `q`; and ties between them as somebody states them."""

    names: tuple[NameLine, ...]
    ties: tuple[TieLine, ...]
    n_ties: int
    q: str
    corpus: str
    can_decide: bool
    paging: Paging | None


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with what the corpus holds about it; before it `is_checked`, a form. `left_out`: documents taken for the draft itself."""

    name: str
    is_checked: bool
    blocks: tuple[Block, ...]
    to_look_at: tuple[CheckedLine, ...]
    in_order: tuple[CheckedLine, ...]
    direction: str
    n_flagged: int
    n_fine: int
    left_out: tuple[DocumentLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """What could not be read, or not as well as one would wish."""

    kinds: tuple[tuple[str, int], ...]
    problems: tuple[ProblemLine, ...]
    paging: Paging | None
    left_out: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """Documents that hold the words, best first."""

    words: str
    hits: tuple[SearchHit, ...]
    paging: Paging | None


@dataclass(frozen=True, slots=True)
class WhenceView:
    """The story of some words: witnesses by date; the earliest is a fact of this corpus, origins are a hypothesis."""

    words: str
    how: str
    witnesses: tuple[WitnessLine, ...]
    n_witnesses_left_out: int
    families: tuple[FamilyLine, ...]
    origins: str
    origin_reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made these pages: version, day, and the digests of what went in, so that anyone can make them again."""

    version: str
    corpus: str
    traced: str
    n_documents: int
    input_digest: str
    settings_digest: str
    steps: tuple[tuple[str, int, int], ...]
    left_out: tuple[str, ...]
