"""Where else it is said, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.model.identity import digest


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


CLAIM_BANDS = ("copy", "same", "possibly")
CLAIM_DIFFERENCES = ("denial", "direction", "name", "date", "figure", "order", "word")


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Two sentences of two documents that may say the same. `left` is the earlier document, of equal or unknown dates the lower id.

    `band`: `copy` (the same words, or one copied stretch: one telling), `same` or `possibly` (in other words). `score`: the chance, in
    1/10,000, that a reader would call the two the same claim but for what `differs` names, of `CLAIM_DIFFERENCES` (`order`: the same words
    in another order; `word`: all the same but for one word). With any of these a pair is "possibly" at best.
    """

    left_id: str
    left_document_id: str
    left_start: int
    left_end: int
    right_id: str
    right_document_id: str
    right_start: int
    right_end: int
    score: int
    band: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimTelling:
    """One place where a claim stands that several documents make. All rows of one `group_id` are one claim, in whatever words.

    Rows of one `telling_id` are copies of each other and count once: "said in 12 documents" means 12 tellings. `reason`: why this
    place belongs to its group. `score` is that of the link (10,000 for the first and for the same words).
    """

    group_id: str
    telling_id: str
    claim_id: str
    document_id: str
    start: int
    end: int
    reason: str
    score: int
