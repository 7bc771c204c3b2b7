"""The same claim in other words: for each query the documents that may say the same thing, best first.

Two ways to find candidates, rare words (BM25) and static vectors, and one small logistic model that weighs what was found: how much of the
words, names and numbers each has of the other. Its score is a probability in ten-thousandths that a reader would call the two the
same claim. No feature forbids: a different figure never vetoes a match, it is the thing to show. What the score means, how it was
trained and how to train it anew: docs/explanation/other-words.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from firstsaid.errors import UsageError
from firstsaid.matching.claim_index import FEATURES, ClaimIndex, Encoder, Prepared, build_index, prepare
from firstsaid.matching.claim_vectors import Integers, load_vectors
from firstsaid.matching.threads import in_threads, n_cores
from firstsaid.model import FULL

BANDS = ("same", "possibly", "none")

CANDIDATES = 30
"""Documents taken from each of the two ways: .95 of the right ones on ct20_train are among them; 60 adds .01 and doubles the cost."""

QUERIES_PER_BLOCK = 128
"""Queries whose cosines with all documents are held at once: 51 MB for 100,000 documents."""

WHOLE = 1_000_000
"""Scores become whole millionths before anything is sorted, so that a last binary digit decides nothing."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """One short text to find or to be found. `title`: a heading that belongs to it, or ""."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Documents for one query, best first: `ranked` holds (document id, score 0..10,000), `bands` a word of `BANDS` for each."""

    query_id: str
    ranked: tuple[tuple[str, int], ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """The logistic model. `weights`, in the order of `FEATURES`, apply to the features as they are.

    `same`, `possibly`: the lowest scores (0..10,000) of these bands. `contrast`: where one text is negated and the other not, and at
    least this share of the word pieces of each is met in the other, the pair is shown as "possibly" at best.
    """

    weights: npt.NDArray[np.float64]
    intercept: float
    same: int
    possibly: int
    contrast: float


@cache
def load_fusion(with_minilm: bool = False) -> Fusion:
    """The trained weights that ship beside this file."""
    held = json.loads(resources.files(__package__).joinpath("fusion_minilm.json" if with_minilm else "fusion.json").read_text("utf-8"))
    missing = [name for name in FEATURES if name not in held["weights"]]
    if missing:
        raise UsageError(f"fusion.json has no weight for {', '.join(missing)}: train it anew with benchmarks/train_similar.py")
    weights = np.array([held["weights"][name] for name in FEATURES], np.float64)
    bands = held["bands"]
    return Fusion(weights, float(held["intercept"]), int(bands["same"]), int(bands["possibly"]), float(bands["contrast"]))


@dataclass(frozen=True, slots=True)
class Compared:
    """A block of queries. Query `q` has `counts[q]` candidates: rows `candidates[q]`, ascending, with `features[q]` (x `FEATURES`)."""

    counts: Integers
    candidates: Integers
    features: Matrix


def similar(queries: Sequence[Text], documents: Sequence[Text], k: int = 20, encoder: Encoder | None = None) -> list[Ranking]:
    """For each query, in order, up to `k` documents that may make the same claim, best first; ties by id.

    Deterministic. A document with the query's own id is left out, so that claims can be compared with each other. `encoder`: MiniLM, where
    it is to take part (see `minilm`).

    >>> found = similar([Text("q", "Cats bark at night")], [Text("a", "At night, cats bark."), Text("b", "Tax rates rose")], k=1)
    >>> [document for document, score in found[0].ranked]
    ['a']
    """
    if k < 1:
        raise UsageError(f"k is {k}: ask for one document or more")
    if not queries or not documents:
        return [Ranking(query.id, (), ()) for query in queries]
    fusion = load_fusion(encoder is not None)
    ids = [document.id for document in documents]
    order = np.argsort(np.argsort(np.array(ids, object), kind="stable"), kind="stable")
    rankings: list[Ranking] = []
    for compared in comparisons(queries, documents, encoder=encoder):
        asked = [query.id for query in queries[len(rankings) : len(rankings) + len(compared.counts)]]
        rankings += _ranked(asked, compared, fusion, ids, order, k)
    return rankings


def _ranked(asked: Sequence[str], compared: Compared, fusion: Fusion, ids: list[str], order: Integers, k: int) -> list[Ranking]:
    """The rankings of a block of queries."""
    is_there = np.arange(compared.candidates.shape[1]) < compared.counts[:, None]
    query, at = np.nonzero(is_there)
    rows, features = compared.candidates[query, at], compared.features[query, at]
    whole = np.rint((features @ fusion.weights + fusion.intercept) * WHOLE).astype(np.int64)
    best = np.lexsort((order[rows], -whole, query))
    firsts = np.cumsum(compared.counts) - compared.counts
    best = best[np.arange(len(best)) - firsts[query] < k]
    scores = np.rint(FULL / (1 + np.exp(-whole[best] / WHOLE))).astype(np.int64)
    bands = np.where(scores >= fusion.same, 0, np.where(scores >= fusion.possibly, 1, 2))
    bands[(bands == 0) & _are_contrasts(features[best], fusion.contrast)] = 1
    ends = np.cumsum(np.minimum(compared.counts, k)).tolist()
    names = [ids[row] for row in rows[best].tolist()]
    ranked = list(zip(names, scores.tolist(), strict=True))
    words = [BANDS[band] for band in bands.tolist()]
    pieces = [slice(first, last) for first, last in pairwise([0, *ends])]
    return [Ranking(name, tuple(ranked[piece]), tuple(words[piece])) for name, piece in zip(asked, pieces, strict=True)]


_QUERY_PIECES, _DOCUMENT_PIECES, _NEGATION = map(FEATURES.index, ("query_pieces", "document_pieces", "negation_agrees"))


def _are_contrasts(features: Matrix, share: float) -> npt.NDArray[np.bool_]:
    """Nearly the same words, and one of the two denies."""
    met = np.minimum(features[:, _QUERY_PIECES], features[:, _DOCUMENT_PIECES])
    return np.asarray((features[:, _NEGATION] == 0) & (met >= share))


def comparisons(
    queries: Sequence[Text], documents: Sequence[Text], leave_out: Sequence[frozenset[str]] = (), encoder: Encoder | None = None
) -> Iterator[Compared]:
    """Candidates and features of the queries, in order, block by block.

    `leave_out`: for each query, documents that are not to be found (training).
    """
    vectors = load_vectors()
    held = prepare([d.text for d in documents], [d.title for d in documents], vectors, encoder)
    index = build_index(held, vectors)
    is_same = queries is documents
    rows: dict[str, list[int]] = {}
    for row, document in enumerate(documents):
        rows.setdefault(document.id, []).append(row)
    for first in range(0, len(queries), QUERIES_PER_BLOCK):
        block = queries[first : first + QUERIES_PER_BLOCK]
        prepared = (
            held.part(first, first + len(block))
            if is_same
            else prepare([query.text for query in block], [query.title for query in block], vectors, encoder)
        )
        hidden = [
            [row for name in sorted({query.id, *(leave_out[first + at] if leave_out else ())}) for row in rows.get(name, ())]
            for at, query in enumerate(block)
        ]
        yield compare(index, prepared, hidden)


def compare(index: ClaimIndex, queries: Prepared, hidden: Sequence[Sequence[int]]) -> Compared:
    """The candidates of some queries with their features, on all cores.

    Word pieces are compared by the cosine of the most alike piece in the other text, which is where "died" meets "deaths".
    """
    from firstsaid.matching import claim_kernels

    asked, more = index.asked(queries, hidden)
    cosines = np.stack([mine @ theirs.T for mine, theirs in zip(queries.vectors, index.vectors, strict=True)])
    n, width = len(hidden), CANDIDATES * (1 + len(cosines))
    made = Compared(np.zeros(n, np.int64), np.zeros((n, width), np.int64), np.zeros((n, width, len(FEATURES))))
    edges = np.linspace(0, n, min(n, n_cores()) + 1).astype(int).tolist()
    in_threads(
        lambda part: claim_kernels.compare_block(
            asked,
            more,
            index.texts,
            index.held,
            cosines,
            queries.vectors,
            index.vectors,
            *part,
            CANDIDATES,
            made.candidates,
            made.counts,
            made.features,
        ),
        list(pairwise(edges)),
    )
    return made
