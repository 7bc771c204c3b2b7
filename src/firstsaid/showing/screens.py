"""What each screen shows, as frozen dataclasses made of those in `views`: one a template."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.showing.views import (
    Block,
    Count,
    DocumentLine,
    EdgeLine,
    FamilyLine,
    FigureLine,
    FindingCard,
    Paging,
    ProblemLine,
    SearchHit,
    SharingLine,
    SpeakerLine,
    VariantRow,
    Window,
    WitnessLine,
)


@dataclass(frozen=True, slots=True)
class FamilyView:
    """One passage family: witnesses aligned, the stemma drawn and said, what entered where.

    `columns`: numbers of the places that vary; `n_columns_left_out`, `n_witnesses_left_out`, `n_edges_left_out`: what is not shown here.
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
class FindingsView:
    """Findings by kind. `kinds`: (kind, words, how many, link); `n_decided` of `n_all` have the user's decision."""

    groups: tuple[FindingGroup, ...]
    kinds: tuple[tuple[str, str, int, str], ...]
    chosen: str
    n_all: int
    n_decided: int
    paging: Paging | None
    can_decide: bool


@dataclass(frozen=True, slots=True)
class FamiliesView:
    """Families, those with most witnesses first."""

    families: tuple[FamilyLine, ...]
    paging: Paging | None
    left_out: str


@dataclass(frozen=True, slots=True)
class SpeakersView:
    """Who says what through whom. `chosen`: the one speaker asked for. `corpus`: the file's name, for commands to type."""

    speakers: tuple[SpeakerLine, ...]
    chosen: str
    paging: Paging | None
    left_out: str
    corpus: str = "CORPUS"


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
