"""Short texts made ready for being found: postings of rare words, mean vectors, and the sets that a comparison looks at.

All sets are kept as flat arrays with bounds, so that one query is compared with sixty candidates in a handful of NumPy calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firstsaid.matching.claim_vectors import Floats, Integers, Pieces, Vectors
from firstsaid.matching.claim_words import claim_text, many_claim_words, mask_digits

K1, B = 1.2, 0.75
"""BM25's usual constants (Robertson & Zaragoza 2009, doi:10.1561/1500000019); changing them moves MAP@5 by less than .005."""

COMMON_SHARE, COMMON_FLOOR, COMMON_CEILING, ALWAYS_LOOKED_UP, MAX_LOOKED_UP = 1 / 20, 50, 2000, 3, 64
"""A query's words that stand in more than a twentieth of the documents (and in more than 50), or in more than 2,000, are not looked up,
except its three rarest: they cost nearly all the time and change no order. A query of 3,000 words is looked up by its 64 rarest."""

MAX_PIECES = 192
"""Word pieces of one text that are compared one by one; beyond the rarest 192 a text is no single claim, and the cost is a product."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Sorted sets of integers, one a text: that of text `i` is `members[bounds[i]:bounds[i + 1]]`."""

    members: Integers
    bounds: Integers

    def of(self, texts: Integers) -> tuple[Integers, Integers]:
        """The members of the given texts one after the other, and for each member the row of `texts` it belongs to."""
        starts, lengths = self.bounds[texts], self.bounds[texts + 1] - self.bounds[texts]
        rows = np.repeat(np.arange(len(texts)), lengths)
        ends = np.cumsum(lengths)
        at = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths) + np.repeat(starts, lengths)
        return self.members[at], rows


def make_sets(lists: Sequence[Sequence[int]]) -> Sets:
    """Each list as a sorted set."""
    unique = [np.unique(np.array(one, np.int64)) for one in lists]
    bounds = np.concatenate(([0], np.cumsum([len(one) for one in unique], dtype=np.int64))).astype(np.int64)
    return Sets(np.concatenate(unique) if unique else np.zeros(0, np.int64), bounds)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Texts analysed: for each its words (title included), names and numbers, whether it is negated, its word pieces, and its vector."""

    words: tuple[tuple[str, ...], ...]
    names: tuple[frozenset[str], ...]
    numbers: tuple[frozenset[str], ...]
    is_negated: npt.NDArray[np.bool_]
    pieces: Pieces
    means: Floats


def prepare(texts: Sequence[str], titles: Sequence[str], vectors: Vectors) -> Prepared:
    """Analyse texts with their titles ("" where there is none). Negation is that of the text alone: a title often asks."""
    cleaned = [claim_text(text) for text in texts]
    headed = [claim_text(title) for title in titles]
    bodies = many_claim_words(cleaned)
    both = list(zip(bodies, many_claim_words(headed), strict=True))
    pieces = vectors.pieces([mask_digits(f"{text} {title}" if title else text) for text, title in zip(cleaned, headed, strict=True)])
    return Prepared(
        tuple(body.stems + head.stems for body, head in both),
        tuple(body.names | head.names for body, head in both),
        tuple(body.numbers | head.numbers for body, head in both),
        np.array([body.is_negated for body in bodies], bool),
        pieces,
        vectors.means(pieces),
    )


@dataclass(frozen=True, slots=True)
class ClaimIndex:
    """Documents ready for look-up. `vocabulary`: stem -> term; postings of term `t` are `[starts[t]:starts[t + 1]]`.

    `rarity`: idf of each term; `piece_rarity`: of each word piece. `negated`: bool per document.
    """

    n_documents: int
    vocabulary: dict[str, int]
    rarity: npt.NDArray[np.float64]
    starts: Integers
    posted: npt.NDArray[np.int32]
    impact: Floats
    words: Sets
    names: Sets
    numbers: Sets
    number_ids: dict[str, int]
    pieces: Sets
    piece_rarity: Floats
    negated: npt.NDArray[np.bool_]
    means: Floats

    def lookup_terms(self, terms: Integers) -> Integers:
        """Which of a query's terms are looked up: its rarer ones, rarest first, ties by term."""
        counts = self.starts[terms + 1] - self.starts[terms]
        order = np.argsort(counts, kind="stable")
        ceiling = min(COMMON_CEILING, max(COMMON_FLOOR, int(self.n_documents * COMMON_SHARE)))
        kept = (counts[order] <= ceiling) | (np.arange(len(order)) < ALWAYS_LOOKED_UP)
        return terms[order][kept][:MAX_LOOKED_UP]

    def lexical(self, terms: Integers) -> npt.NDArray[np.float64]:
        """BM25 of every document for the looked-up terms."""
        scores = np.zeros(self.n_documents)
        for term in self.lookup_terms(terms):
            at = slice(int(self.starts[term]), int(self.starts[term + 1]))
            scores[self.posted[at]] += self.impact[at]
        return scores


def build_index(documents: Prepared, n_pieces: int) -> ClaimIndex:
    """An index of prepared documents. Memory: about 3 kB a claim with its title, of which the vector is 1 kB."""
    vocabulary: dict[str, int] = {}
    flat = [[vocabulary.setdefault(stem, len(vocabulary)) for stem in stems] for stems in documents.words]
    n, n_terms = len(flat), len(vocabulary)
    lengths = np.array([len(terms) for terms in flat], np.int64)
    document_of = np.repeat(np.arange(n), lengths)
    term_of = np.fromiter((term for terms in flat for term in terms), np.int64, count=int(lengths.sum()))
    pairs, repeats = np.unique(term_of * n + document_of, return_counts=True)
    terms, posted = np.divmod(pairs, n) if n else (pairs, pairs)
    counts = np.bincount(terms, minlength=n_terms)
    rarity = np.log1p((n - counts + 0.5) / (counts + 0.5))
    mean_length = float(lengths.mean()) if n and lengths.any() else 1.0
    damp = K1 * (1 - B + B * lengths[posted] / mean_length)
    impact = rarity[terms] * repeats * (K1 + 1) / (repeats + damp)
    number_ids: dict[str, int] = {}
    for numbers in documents.numbers:
        for number in sorted(numbers):
            number_ids.setdefault(number, len(number_ids))
    pieces = documents.pieces
    present = make_sets([pieces.ids[a:b].tolist() for a, b in zip(pieces.bounds[:-1].tolist(), pieces.bounds[1:].tolist(), strict=True)])
    piece_counts = np.bincount(present.members, minlength=n_pieces)
    piece_rarity = np.log1p((n - piece_counts + 0.5) / (piece_counts + 0.5)).astype(np.float32)
    return ClaimIndex(
        n_documents=n,
        vocabulary=vocabulary,
        rarity=rarity,
        starts=np.searchsorted(terms, np.arange(n_terms + 1)).astype(np.int64),
        posted=posted.astype(np.int32),
        impact=impact.astype(np.float32),
        words=make_sets(flat),
        names=make_sets([[vocabulary[name] for name in names] for names in documents.names]),
        numbers=make_sets([[number_ids[number] for number in numbers] for numbers in documents.numbers]),
        number_ids=number_ids,
        pieces=rarest(present, piece_rarity),
        piece_rarity=piece_rarity,
        negated=documents.is_negated,
        means=documents.means,
    )


def rarest(sets: Sets, rarity: Floats) -> Sets:
    """The sets cut down to their `MAX_PIECES` rarest members; those already small enough stay as they are."""
    sizes = np.diff(sets.bounds)
    if not len(sizes) or int(sizes.max()) <= MAX_PIECES:
        return sets
    kept = []
    for first, last in zip(sets.bounds[:-1].tolist(), sets.bounds[1:].tolist(), strict=True):
        members = sets.members[first:last]
        kept.append(members[np.argsort(-rarity[members], kind="stable")[:MAX_PIECES]].tolist())
    return make_sets(kept)
