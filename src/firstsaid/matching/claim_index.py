"""Short texts made ready for being found: postings of rare words, mean vectors, and the sets that a comparison looks at.

All sets are kept as flat arrays with bounds, so that compiled loops can compare a query with sixty candidates at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from firstsaid.matching.claim_vectors import Floats, Integers, Pieces, Vectors
from firstsaid.matching.claim_words import claim_text, many_claim_words, mask_digits


class Encoder(Protocol):
    """A model that makes one vector of a whole text."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of length 1, one row a text; the same whatever other texts are there."""
        ...


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
    "deep_cosine",
    "deep_cosine_to_best",
    "deep_cosine_rank",
)
"""What the model weighs, each made so that more of it means more alike: see `claim_kernels`. `deep`: vectors of MiniLM, where it is
installed; zeros where it is not."""

K1, B = 1.2, 0.75
"""BM25's usual constants (Robertson & Zaragoza 2009, doi:10.1561/1500000019); changing them moves MAP@5 by less than .005."""

COMMON_SHARE, COMMON_FLOOR, COMMON_CEILING, ALWAYS_LOOKED_UP, MAX_LOOKED_UP = 1 / 20, 50, 2000, 3, 64
"""A query's words that stand in more than a twentieth of the documents (and in more than 50), or in more than 2,000, are not looked up,
except its three rarest: they cost nearly all the time and change no order. A query of 3,000 words is looked up by its 64 rarest."""

MAX_PIECES = 192
"""Word pieces of one text that are compared one by one; beyond the rarest 192 a text is no single claim, and the cost is a product."""


class Sets(NamedTuple):
    """Sorted sets of integers, one a text: that of text `i` is `members[bounds[i]:bounds[i + 1]]`."""

    members: Integers
    bounds: Integers


def make_sets(members: Iterable[int], lengths: Iterable[int]) -> Sets:
    """From the members of each text one after the other, in any order and with repeats, and how many each text has."""
    sizes = np.fromiter(lengths, np.int64)
    flat = np.fromiter(members, np.int64, count=int(sizes.sum()))
    span = int(flat.max()) + 1 if len(flat) else 1
    # Sorted, not hashed as `np.unique` does: a fifth of the time.
    keys = np.sort(np.repeat(np.arange(len(sizes)), sizes) * span + flat)
    rows, unique = np.divmod(keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys, span)
    return Sets(unique, np.searchsorted(rows, np.arange(len(sizes) + 1)))


class Texts(NamedTuple):
    """The sets of many texts: numbers of words, names (a part of the words), figures and word pieces; whether each text denies."""

    words: Integers
    word_bounds: Integers
    names: Integers
    name_bounds: Integers
    numbers: Integers
    number_bounds: Integers
    pieces: Integers
    piece_bounds: Integers
    negated: npt.NDArray[np.bool_]


class Asked(NamedTuple):
    """What queries have besides: `terms` to look up, the rarest first; the weight of words and names that no document has; hidden rows."""

    terms: Integers
    term_bounds: Integers
    unknown_words: npt.NDArray[np.float64]
    unknown_names: npt.NDArray[np.float64]
    hidden: Integers
    hidden_bounds: Integers


class Held(NamedTuple):
    """What documents have besides: postings of each word (`starts`), and what each word and word piece weighs."""

    starts: Integers
    posted: npt.NDArray[np.int32]
    impact: Floats
    rarity: npt.NDArray[np.float64]
    piece_rarity: Floats
    unit: Floats


@dataclass(frozen=True, slots=True)
class Prepared:
    """Texts analysed: for each its words (title included), names and numbers, whether it is negated, its word pieces, and its vector."""

    words: tuple[tuple[str, ...], ...]
    names: tuple[frozenset[str], ...]
    numbers: tuple[frozenset[str], ...]
    is_negated: npt.NDArray[np.bool_]
    pieces: Pieces
    vectors: tuple[Floats, ...]

    def part(self, first: int, last: int) -> Prepared:
        """Some of the texts."""
        bounds = self.pieces.bounds[first : last + 1]
        pieces = Pieces(self.pieces.ids[bounds[0] : bounds[-1]], bounds - bounds[0])
        vectors = tuple(one[first:last] for one in self.vectors)
        return Prepared(
            self.words[first:last], self.names[first:last], self.numbers[first:last], self.is_negated[first:last], pieces, vectors
        )


def prepare(texts: Sequence[str], titles: Sequence[str], vectors: Vectors, encoder: Encoder | None = None) -> Prepared:
    """Analyse texts with their titles ("" where there is none). Negation is that of the text alone: a title often asks.

    The vectors are those of the word pieces' mean, and of the encoder where there is one, all of length 1.
    """
    cleaned = [claim_text(text) for text in texts]
    headed = [claim_text(title) for title in titles]
    bodies = many_claim_words(cleaned)
    both = list(zip(bodies, many_claim_words(headed), strict=True))
    masked = [mask_digits(f"{text} {title}" if title else text) for text, title in zip(cleaned, headed, strict=True)]
    pieces = vectors.pieces(masked)
    return Prepared(
        tuple(body.stems + head.stems for body, head in both),
        tuple(body.names | head.names for body, head in both),
        tuple(body.numbers | head.numbers for body, head in both),
        np.array([body.is_negated for body in bodies], bool),
        pieces,
        (vectors.means(pieces), *(() if encoder is None else (encoder.encode(masked),))),
    )


@dataclass(frozen=True, slots=True)
class ClaimIndex:
    """Documents ready for look-up.

    `vocabulary`, `number_ids`: the number of each stem and of each figure. `vectors`: one array a kind, one row a document.
    """

    vocabulary: dict[str, int]
    number_ids: dict[str, int]
    texts: Texts
    held: Held
    vectors: tuple[Floats, ...]

    def asked(self, queries: Prepared, hidden: Sequence[Sequence[int]]) -> tuple[Texts, Asked]:
        """Queries in the numbers of this index. `hidden`: for each query, rows that are not to be found."""
        known = [[self.vocabulary[stem] for stem in set(stems) if stem in self.vocabulary] for stems in queries.words]
        names = [[self.vocabulary[name] for name in held if name in self.vocabulary] for held in queries.names]
        numbers = [[self.number_ids[number] for number in held if number in self.number_ids] for held in queries.numbers]
        words, rows = _sets_of(known), _sets_of(hidden)
        looked_up = [self._looked_up(words.members[a:b]) for a, b in zip(words.bounds[:-1], words.bounds[1:], strict=True)]
        # A word that no document holds is as rare as can be.
        unknown = float(np.log1p(len(self.texts.negated) + 0.5) + np.log(2))
        n_unknown = [len(set(stems)) - len(found) for stems, found in zip(queries.words, known, strict=True)]
        n_unknown_names = [len(held) - len(found) for held, found in zip(queries.names, names, strict=True)]
        asked = Asked(
            np.concatenate(looked_up),
            np.cumsum([0, *map(len, looked_up)]),
            np.array(n_unknown, np.float64) * unknown,
            np.array(n_unknown_names, np.float64) * unknown,
            *rows,
        )
        pieces = rarest(_piece_sets(queries.pieces), self.held.piece_rarity)
        return Texts(*words, *_sets_of(names), *_sets_of(numbers), *pieces, queries.is_negated), asked

    def _looked_up(self, terms: Integers) -> Integers:
        """Which of a query's terms are looked up: its rarer ones, rarest first, ties by term."""
        counts = self.held.starts[terms + 1] - self.held.starts[terms]
        order = np.argsort(counts, kind="stable")
        ceiling = min(COMMON_CEILING, max(COMMON_FLOOR, int(len(self.texts.negated) * COMMON_SHARE)))
        kept = (counts[order] <= ceiling) | (np.arange(len(order)) < ALWAYS_LOOKED_UP)
        return terms[order][kept][:MAX_LOOKED_UP]


def build_index(documents: Prepared, vectors: Vectors) -> ClaimIndex:
    """An index of prepared documents. Memory: about 3 kB a claim with its title, of which the vector is 1 kB."""
    # Numbered in alphabetical order, so that the order of the documents decides nothing.
    vocabulary = {stem: at for at, stem in enumerate(sorted({stem for stems in documents.words for stem in stems}))}
    number_ids = {number: at for at, number in enumerate(sorted({number for numbers in documents.numbers for number in numbers}))}
    flat = [[vocabulary[stem] for stem in stems] for stems in documents.words]
    n, n_terms = len(flat), len(vocabulary)
    lengths = np.array([len(terms) for terms in flat], np.int64)
    document_of = np.repeat(np.arange(n), lengths)
    term_of = np.fromiter((term for terms in flat for term in terms), np.int64, count=int(lengths.sum()))
    keys = np.sort(term_of * max(n, 1) + document_of)
    firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else keys
    repeats = np.diff(np.append(firsts, len(keys)))
    terms, posted = np.divmod(keys[firsts], max(n, 1))
    rarity = _rarity(np.bincount(terms, minlength=n_terms), n)
    mean_length = float(lengths.mean()) if n and lengths.any() else 1.0
    damp = K1 * (1 - B + B * lengths[posted] / mean_length)
    impact = rarity[terms] * repeats * (K1 + 1) / (repeats + damp)
    present = _piece_sets(documents.pieces)
    piece_rarity = _rarity(np.bincount(present.members, minlength=len(vectors.table)), n).astype(np.float32)
    texts = Texts(
        *_sets_of(flat),
        *_sets_of([[vocabulary[name] for name in names] for names in documents.names]),
        *_sets_of([[number_ids[number] for number in numbers] for numbers in documents.numbers]),
        *rarest(present, piece_rarity),
        documents.is_negated,
    )
    starts = np.searchsorted(terms, np.arange(n_terms + 1)).astype(np.int64)
    held = Held(starts, posted.astype(np.int32), impact.astype(np.float32), rarity, piece_rarity, vectors.unit)
    return ClaimIndex(vocabulary, number_ids, texts, held, documents.vectors)


def _rarity(counts: Integers, n: int) -> npt.NDArray[np.float64]:
    """Inverse document frequency, never below zero."""
    return np.asarray(np.log1p((n - counts + 0.5) / (counts + 0.5)))


def _sets_of(lists: Sequence[Sequence[int]]) -> Sets:
    return make_sets((member for one in lists for member in one), map(len, lists))


def _piece_sets(pieces: Pieces) -> Sets:
    return make_sets(pieces.ids, np.diff(pieces.bounds))


def rarest(sets: Sets, rarity: Floats) -> Sets:
    """The sets cut down to their `MAX_PIECES` rarest members; those already small enough stay as they are."""
    sizes = np.diff(sets.bounds)
    if not len(sizes) or int(sizes.max()) <= MAX_PIECES:
        return sets
    kept = []
    for first, last in zip(sets.bounds[:-1].tolist(), sets.bounds[1:].tolist(), strict=True):
        members = sets.members[first:last]
        kept.append(members[np.argsort(-rarity[members], kind="stable")[:MAX_PIECES]].tolist())
    return _sets_of(kept)
