"""The nouns. Frozen dataclasses that hold no parent objects, know no database and no room.

Conventions that hold for every field:
- `start`, `end`: Unicode code points, 0-based, half-open, into the *document's* text (into the capture's text only in
  `Part` and in the `Layout` that a reader returns).
- scores (`confidence`, `similarity`, `strength`, `score`): integers in 0..10,000, so that they compare equal everywhere.
- moments: minutes since 1970-01-01T00:00 UTC in the proleptic Gregorian calendar (negative before), so that BCE sorts too.
- ids: hexadecimal blake2b digests of what identifies the thing, never a counter: the same input gives the same id.

Derived nouns are flat, so that one noun is one row of one table (see `columns`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

Pieces = tuple[tuple[int, int], ...]
FULL = 10_000
"""The highest score: every score is a whole number of ten-thousandths."""


def digest(*parts: str | bytes | int | None) -> str:
    """32 hexadecimal characters that identify `parts` in order.

    blake2b with 16 bytes; parts are length-prefixed, so that ("ab", "c") and ("a", "bc") differ.
    """
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else b"" if part is None else str(part).encode("utf-8", "surrogatepass")
        hasher.update(len(data).to_bytes(8, "little"))
        hasher.update(data)
    return hasher.hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's text: code points `start`..`end`, 0-based, end excluded."""

    document_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a reversed span."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} in document {self.document_id[:8]} is reversed or negative")

    def overlap(self, other: Span) -> int:
        """How many code points both spans hold; 0 for spans of different documents."""
        if self.document_id != other.document_id:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


MINUTES_PER_DAY = 1440


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something was, as far as is known: somewhere between two minutes, both included.

    `earliest`, `latest`: minutes since 1970-01-01T00:00 UTC, proleptic Gregorian. A year is a range of days and never becomes
    1 January. `basis`: where the date comes from (`json-ld`, `meta`, `url`, `text`, `column`, `file-name`, `file-mtime`, ...).
    `confidence`: 0..10,000. Printing and parsing as EDTF is in `firstsaid.dates`.
    """

    earliest: int
    latest: int
    basis: str
    confidence: int = FULL

    def __post_init__(self) -> None:
        """Refuse a reversed range."""
        if self.earliest > self.latest:
            raise ValueError(f"date range {self.earliest}..{self.latest} is reversed")

    def is_before(self, other: DateRange) -> bool:
        """Whether every moment of this range lies before every moment of the other."""
        return self.latest < other.earliest

    def overlaps(self, other: DateRange) -> bool:
        """Whether the two may be the same moment: a tie, to be said as a tie."""
        return self.earliest <= other.latest and other.earliest <= self.latest


@dataclass(frozen=True, slots=True)
class Capture:
    """The smallest separately readable member as received: a file, a message, an archive member, up to 8 MB of rows.

    `location` is a URL, or a path relative to the folder that was added, plus `!member`. `offset` counts bytes into
    `container` (the added file) where the member begins. `captured` is a moment (see module docstring). `sha256` addresses the
    stored bytes. `how` says what brought it (`file`, `url`).
    """

    id: str
    location: str
    container: str
    offset: int
    media_type: str
    sha256: str
    size_bytes: int
    captured: int
    how: str

    @staticmethod
    def identify(location: str, sha256: str, offset: int = 0) -> str:
        """Same bytes at the same place are the same capture, whenever they are added."""
        return digest("capture", location, offset, sha256)


@dataclass(frozen=True, slots=True)
class Document:
    """One dated text. `text == capture_text[start:end]`, forever; documents of one capture nest or are disjoint.

    `location` is the capture's, plus `#part`. `url` is the address that the text itself or its metadata claims, if any. `language` is an
    ISO 639-1 code. `replaces` is the id of the document that a later reading of the same capture replaces.
    """

    id: str
    capture_id: str
    start: int
    end: int
    location: str
    text: str
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    language: str | None = None
    published: DateRange | None = None
    modified: DateRange | None = None
    captured: DateRange | None = None
    replaces: str | None = None

    @staticmethod
    def identify(location: str, text: str) -> str:
        """Two papers that print the same words are two witnesses: the id is of place *and* text."""
        return digest("document", location, text)


LAYOUT_KINDS = ("heading", "paragraph", "block_quote", "list_item", "caption", "footnote", "link", "boilerplate")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a stretch of text was on the page. `target`: of a link, or a footnote's label. `reason`: why it is boilerplate."""

    document_id: str
    start: int
    end: int
    kind: str
    target: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a capture that the user should know. `kind` is a stable word, `advice` what the user can do about it."""

    id: str
    kind: str
    location: str
    message: str
    advice: str
    capture_id: str | None = None
    document_id: str | None = None
    start: int | None = None
    end: int | None = None

    @staticmethod
    def of(kind: str, location: str, message: str, advice: str, **where: str | int | None) -> Problem:
        """A problem with the id that its content gives it."""
        return Problem(digest("problem", kind, location, message), kind, location, message, advice, **where)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- what is said here

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


# ---------------------------------------------------------------------------------------------- where else it is said


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two spans that hold the same words. `n_words` counts the equal words; `similarity` = 2 n_words / all words, in 1/10,000.

    `left_id < right_id`. `hub`: one side is the hub of a passage too common to be compared pair by pair.
    """

    id: str
    left_id: str
    left_start: int
    left_end: int
    right_id: str
    right_start: int
    right_end: int
    similarity: int
    n_words: int
    hub: bool = False

    @staticmethod
    def identify(left_id: str, left_start: int, left_end: int, right_id: str, right_start: int, right_end: int) -> str:
        """One pair of spans is one alignment."""
        return digest("alignment", left_id, left_start, left_end, right_id, right_start, right_end)


# ---------------------------------------------------------------------------------------------- where it came from


@dataclass(frozen=True, slots=True)
class Passage:
    """A span that recurs, as a member of one family."""

    id: str
    family_id: str
    document_id: str
    start: int
    end: int


READING_KINDS = (
    "figure", "name", "date", "negation", "hedge", "cut", "addition", "order", "spelling", "punctuation", "wording",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What one witness has where it differs from another (its base: the parent in the stemma, else the earliest witness).

    An empty `text` is a cut, an empty `base_text` an addition; spans are then empty too and mark the place. `kind` is one of
    `READING_KINDS`, the most telling one where several fit (figure, name, date and negation before all others).
    """

    document_id: str
    start: int
    end: int
    base_document_id: str
    base_start: int
    base_end: int
    kind: str
    text: str
    base_text: str


@dataclass(frozen=True, slots=True)
class StemmaNode:
    """One version of a family's text: a document id, or `lost-N` (`observed` False) for a version that the readings call for."""

    id: str
    observed: bool


@dataclass(frozen=True, slots=True)
class StemmaEdge:
    """A hypothesis that `child` was copied from `parent`. `kind`: copy, or contamination (a second parent).

    `reasons` are sentences that a reader can check. `is_directed` is False where no date says which end is the parent.
    """

    parent: str
    child: str
    confidence: int
    kind: str
    reasons: tuple[str, ...]
    is_directed: bool = True


@dataclass(frozen=True, slots=True)
class Family:
    """Passages held to descend from one, and the hypothesis of how.

    `earliest_document_ids`: the earliest witnesses in this corpus (several when their dates tie, none when no witness is dated): a
    fact of the corpus, not an origin. `n_origins_certain..n_origins_possible`: fewest and most independent first tellings, with the
    reason of every joining in `origin_reasons`. `is_rooted`: dates say which way the edges run. `n_documents` witnesses hold
    `n_passages` passages; `n_words` is the length of the longest.
    """

    id: str
    n_passages: int
    n_documents: int
    n_words: int
    snippet: str
    earliest_document_ids: tuple[str, ...]
    n_origins_certain: int
    n_origins_possible: int
    origin_reasons: tuple[str, ...]
    is_rooted: bool
    nodes: tuple[StemmaNode, ...]
    edges: tuple[StemmaEdge, ...]
    readings: tuple[Reading, ...]


# ---------------------------------------------------------------------------------------------- what does not hold together

FINDING_KINDS = (
    "quotation-altered", "quotation-cut", "quotation-stitched", "quotation-two-speakers", "figures-conflict", "figure-drift",
    "figures-do-not-add-up", "single-origin", "uncredited-reuse", "circular-citation", "credited-elsewhere", "citation-dangling",
    "prediction-overdue", "dates-disagree", "coordinated-copies", "superseded",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One span that a finding rests on. `role`: what it is there for ("says 40 wounded"). Order is the order to read them in."""

    document_id: str
    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold together, with what else could explain it. Never a verdict of truth.

    The id is a digest of the kind and of the evidence's quoted words and locations (`identify`), so that decisions survive re-runs.
    `subject`: the short phrase a list shows. `could_be`: innocent explanations. `strength`: 0..10,000, orders the list.
    `n_similar`: how many near-identical findings this one stands for.
    """

    id: str
    kind: str
    subject: str
    why: str
    could_be: tuple[str, ...]
    strength: int
    evidence: tuple[Evidence, ...]
    n_similar: int = 1

    @staticmethod
    def identify(kind: str, anchors: Iterable[tuple[str, str]]) -> str:
        """`anchors`: (location of the document, the words of the span) of every piece of evidence, in any order."""
        return digest("finding", kind, *(part for anchor in sorted(anchors) for part in anchor))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the corpus holds about one thing in a draft. `flag`: a human should look."""

    type: str
    start: int
    end: int
    verdict: str
    flag: bool
    why: str
    evidence: tuple[Span, ...] = ()


DECISIONS = ("confirmed", "dismissed", "noted", "joined", "split")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that survives re-reading: W3C position and quote selectors in one (https://www.w3.org/TR/annotation-model/)."""

    location: str
    document_id: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the user's append-only log. `subject_id`: the finding or name decided about. `made`: a moment."""

    subject_id: str
    subject_kind: str
    verdict: str
    why: str
    made: int
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """How derived rows were made (PROV Activity)."""

    id: str
    step: str
    version: int
    settings_digest: str
    input_digest: str
    started: int
    finished: int | None
    n_rows: int


# ---------------------------------------------------------------------------------------------- what a reader returns


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes as they came in, before anything is parsed. Becomes a `Capture`."""

    location: str
    container: str
    offset: int
    media_type: str
    data: bytes
    captured: int
    how: str
    modified: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One document inside a capture's text, as a reader found it; offsets into the capture's text. `name`: becomes `#name`."""

    start: int
    end: int
    name: str = ""
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    language: str | None = None
    published: DateRange | None = None
    modified: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading one capture gives: its frozen text, the documents in it, their layout, and what went wrong.

    `layout` spans are offsets into `text` (their `document_id` is empty until the corpus cuts them per document).
    """

    text: str
    parts: tuple[Part, ...]
    layout: tuple[Layout, ...] = ()
    problems: tuple[Problem, ...] = ()


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
