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

import numpy as np
import numpy.typing as npt

from firstsaid.errors import UsageError
from firstsaid.matching.claim_index import ClaimIndex, Prepared, build_index, make_sets, prepare, rarest
from firstsaid.matching.claim_vectors import Floats, Integers, Vectors, load_vectors
from firstsaid.model import FULL

BANDS = ("same", "possibly", "none")

CANDIDATES = 30
"""Documents taken from each of the two ways: .95 of the right ones on ct20_train are among them; 60 adds .01 and doubles the cost."""

QUERIES_PER_BLOCK = 128
"""Queries whose cosines with all documents are held at once: 51 MB for 100,000 documents."""

WHOLE = 1_000_000
"""Scores become whole millionths before anything is sorted, so that a last binary digit decides nothing."""

Matrix = npt.NDArray[np.float64]

FEATURES = (
    "bm25",
    "bm25_to_best",
    "bm25_rank",
    "cosine",
    "cosine_to_best",
    "cosine_rank",
    "query_words",
    "document_words",
    "query_pieces",
    "document_pieces",
    "query_names",
    "document_names",
    "numbers_shared",
    "numbers_not_missing",
    "negation_agrees",
)
"""What the model weighs, each made so that more of it means more alike: see `compare`."""


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
def load_fusion() -> Fusion:
    """The trained weights that ship beside this file."""
    held = json.loads(resources.files(__package__).joinpath("fusion.json").read_text("utf-8"))
    missing = [name for name in FEATURES if name not in held["weights"]]
    if missing:
        raise UsageError(f"fusion.json has no weight for {', '.join(missing)}: train it anew with benchmarks/train_similar.py")
    weights = np.array([held["weights"][name] for name in FEATURES], np.float64)
    bands = held["bands"]
    return Fusion(weights, float(held["intercept"]), int(bands["same"]), int(bands["possibly"]), float(bands["contrast"]))


@dataclass(frozen=True, slots=True)
class Compared:
    """One query's candidates (rows of the index, ascending) with their features (candidates x `FEATURES`)."""

    candidates: Integers
    features: Matrix


def similar(queries: Sequence[Text], documents: Sequence[Text], k: int = 20) -> list[Ranking]:
    """For each query, in order, up to `k` documents that may make the same claim, best first; ties by id.

    Deterministic. A document with the query's own id is left out, so that claims can be compared with each other. Cost: about 2 ms
    a query and 0.3 ms a document; memory about 3 kB a document.

    >>> found = similar([Text("q", "Cats bark at night")], [Text("a", "At night, cats bark."), Text("b", "Tax rates rose")], k=1)
    >>> [document for document, score in found[0].ranked]
    ['a']
    """
    if k < 1:
        raise UsageError(f"k is {k}: ask for one document or more")
    if not queries or not documents:
        return [Ranking(query.id, (), ()) for query in queries]
    fusion = load_fusion()
    ids = [document.id for document in documents]
    order = np.argsort(np.argsort(np.array(ids, object), kind="stable"), kind="stable")
    rankings = []
    for query, compared in zip(queries, comparisons(queries, documents), strict=True):
        rankings.append(_rank(query.id, compared, fusion, ids, order, k))
    return rankings


def _rank(query_id: str, compared: Compared, fusion: Fusion, ids: list[str], order: Integers, k: int) -> Ranking:
    logits = compared.features @ fusion.weights + fusion.intercept
    whole = np.rint(logits * WHOLE).astype(np.int64)
    best = np.lexsort((order[compared.candidates], -whole))[:k]
    scores = np.rint(FULL / (1 + np.exp(-whole[best] / WHOLE))).astype(np.int64)
    bands = []
    for row, score in zip(best.tolist(), scores.tolist(), strict=True):
        band = "same" if score >= fusion.same else "possibly" if score >= fusion.possibly else "none"
        if band == "same" and _is_contrast(compared.features[row], fusion.contrast):
            band = "possibly"
        bands.append(band)
    ranked = tuple((ids[int(compared.candidates[row])], score) for row, score in zip(best.tolist(), scores.tolist(), strict=True))
    return Ranking(query_id, ranked, tuple(bands))


_QUERY_PIECES, _DOCUMENT_PIECES, _NEGATION = map(FEATURES.index, ("query_pieces", "document_pieces", "negation_agrees"))


def _is_contrast(features: Matrix, share: float) -> bool:
    """Nearly the same words, and one of the two denies."""
    return bool(features[_NEGATION] == 0 and min(features[_QUERY_PIECES], features[_DOCUMENT_PIECES]) >= share)


def comparisons(queries: Sequence[Text], documents: Sequence[Text], leave_out: Sequence[frozenset[str]] = ()) -> Iterator[Compared]:
    """Candidates and features of each query, in order. `leave_out`: for each query, documents that are not to be found (training)."""
    vectors = load_vectors()
    index = build_index(prepare([d.text for d in documents], [d.title for d in documents], vectors), len(vectors.table))
    rows: dict[str, list[int]] = {}
    for row, document in enumerate(documents):
        rows.setdefault(document.id, []).append(row)
    for first in range(0, len(queries), QUERIES_PER_BLOCK):
        block = queries[first : first + QUERIES_PER_BLOCK]
        asked = prepare([query.text for query in block], [query.title for query in block], vectors)
        cosines = asked.means @ index.means.T
        for at, query in enumerate(block):
            hidden = [row for name in sorted({query.id, *(leave_out[first + at] if leave_out else ())}) for row in rows.get(name, ())]
            yield compare(index, asked, at, cosines[at], np.array(hidden, np.int64), vectors)


def compare(index: ClaimIndex, asked: Prepared, at: int, cosines: Floats, hidden: Integers, vectors: Vectors) -> Compared:
    """The candidates of query `at` with their features.

    Shares are weighted by rarity, so that "the" counts next to nothing. Word pieces are compared by the cosine of the most alike
    piece in the other text, which is where "died" meets "deaths".
    """
    stems = sorted(set(asked.words[at]))
    terms = np.array([index.vocabulary[stem] for stem in stems if stem in index.vocabulary], np.int64)
    lexical = np.rint(index.lexical(terms) * WHOLE) / WHOLE
    nearness = np.rint(cosines.astype(np.float64) * WHOLE) / WHOLE
    lexical[hidden], nearness[hidden] = 0, -1
    by_words, by_vector = _top(lexical, CANDIDATES), _top(nearness, CANDIDATES)
    candidates = np.setdiff1d(np.union1d(by_words[lexical[by_words] > 0], by_vector), hidden)
    n = len(candidates)
    features = np.zeros((n, len(FEATURES)))
    if not n:
        return Compared(candidates, features)
    bm25, cosine = lexical[candidates], nearness[candidates]
    unknown = (len(stems) - len(terms)) * float(np.log1p(index.n_documents + 0.5) + np.log(2))
    names = np.array([index.vocabulary[name] for name in sorted(asked.names[at]) if name in index.vocabulary], np.int64)
    unknown_names = (len(asked.names[at]) - len(names)) * float(np.log1p(index.n_documents + 0.5) + np.log(2))
    query_words, document_words = _shares(index, terms, unknown, candidates)
    piece_shares = _piece_shares(index, asked, at, candidates, vectors)
    columns = {
        "bm25": bm25 / 10,
        "bm25_to_best": bm25 / max(float(bm25.max()), 1e-6),
        "bm25_rank": 1 / (5 + _ranks(bm25)),
        "cosine": cosine,
        "cosine_to_best": cosine - float(cosine.max()),
        "cosine_rank": 1 / (5 + _ranks(cosine)),
        "query_words": query_words,
        "document_words": document_words,
        "query_pieces": piece_shares[0],
        "document_pieces": piece_shares[1],
        "query_names": _names_found(index, names, unknown_names, candidates),
        "document_names": _document_names(index, terms, candidates),
        **_numbers(index, asked.numbers[at], candidates),
        "negation_agrees": index.negated[candidates] == asked.is_negated[at],
    }
    for column, name in enumerate(FEATURES):
        features[:, column] = columns[name]
    return Compared(candidates, features)


def _top(scores: Matrix, n: int) -> Integers:
    """Rows of the `n` highest scores; ties at the edge go to the lower rows."""
    if len(scores) <= n:
        return np.arange(len(scores))
    edge = np.partition(scores, len(scores) - n)[len(scores) - n]
    above, equal = np.flatnonzero(scores > edge), np.flatnonzero(scores == edge)
    return np.concatenate((above, equal[: n - len(above)]))


def _ranks(scores: Matrix) -> Integers:
    """0 for the best; equal scores share the better rank."""
    return np.searchsorted(np.sort(-scores), -scores, side="left").astype(np.int64)


def _shares(index: ClaimIndex, terms: Integers, unknown: float, candidates: Integers) -> tuple[Matrix, Matrix]:
    """The share of the query's words that each candidate has, and of each candidate's that the query has, weighted by rarity."""
    members, rows = index.words.of(candidates)
    weight = index.rarity[members]
    common = np.bincount(rows, weight * np.isin(members, terms), len(candidates))
    held = np.bincount(rows, weight, len(candidates))
    asked = float(index.rarity[terms].sum()) + unknown
    return common / max(asked, 1e-6), common / np.maximum(held, 1e-6)


def _names_found(index: ClaimIndex, names: Integers, unknown: float, candidates: Integers) -> Matrix:
    """The share of the query's names that stand anywhere in each candidate."""
    members, rows = index.words.of(candidates)
    common = np.bincount(rows, index.rarity[members] * np.isin(members, names), len(candidates))
    return np.asarray(common / max(float(index.rarity[names].sum()) + unknown, 1e-6))


def _document_names(index: ClaimIndex, terms: Integers, candidates: Integers) -> Matrix:
    """The share of each candidate's names that stand anywhere in the query."""
    members, rows = index.names.of(candidates)
    weight = index.rarity[members]
    common = np.bincount(rows, weight * np.isin(members, terms), len(candidates))
    return np.asarray(common / np.maximum(np.bincount(rows, weight, len(candidates)), 1e-6))


def _numbers(index: ClaimIndex, numbers: frozenset[str], candidates: Integers) -> dict[str, Matrix]:
    """The share of each candidate's numbers that the query has, and whether none is missing."""
    known = np.array([index.number_ids[number] for number in sorted(numbers) if number in index.number_ids], np.int64)
    members, rows = index.numbers.of(candidates)
    held = np.bincount(rows, minlength=len(candidates))
    common = np.bincount(rows, np.isin(members, known).astype(np.float64), len(candidates))
    return {"numbers_shared": common / np.maximum(held, 1), "numbers_not_missing": (common == held).astype(np.float64)}


def _piece_shares(index: ClaimIndex, asked: Prepared, at: int, candidates: Integers, vectors: Vectors) -> tuple[Matrix, Matrix]:
    """How well each word piece of one text is met by the most alike piece of the other, averaged by rarity: query's, candidate's."""
    n = len(candidates)
    begin, end = int(asked.pieces.bounds[at]), int(asked.pieces.bounds[at + 1])
    mine = rarest(make_sets([asked.pieces.ids[begin:end].tolist()]), index.piece_rarity).members
    members, rows = index.pieces.of(candidates)
    if not len(mine) or not len(members):
        return np.zeros(n), np.zeros(n)
    alike = vectors.unit[members] @ vectors.unit[mine].T
    weight = index.piece_rarity[members].astype(np.float64)
    met = np.bincount(rows, weight * alike.max(axis=1), n) / np.maximum(np.bincount(rows, weight, n), 1e-6)
    filled, firsts = np.unique(rows, return_index=True)
    best = np.zeros((n, len(mine)))
    best[filled] = np.maximum.reduceat(alike, firsts, axis=0)
    own = index.piece_rarity[mine].astype(np.float64)
    return np.asarray(best @ own / max(float(own.sum()), 1e-6)), np.asarray(met)
