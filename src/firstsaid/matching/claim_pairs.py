"""Claims of a corpus that say the same in other words: pairs in three bands, and how many tellings they come down to.

    found_claim --claim_form_rows--> claim_form --claim_pair_rows (all)--> claim_pair --telling_rows (all)--> claim_telling

A pair is weighed by one logistic model over what the two texts share; what would make them two claims (a denial, an opposite, another
name, date or figure, one word in place of another, the same words in another order) is told and allows "possibly" at best, but never
hides a pair that would be the same without it: what two texts give differently is the thing to show.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firstsaid.columns import schema
from firstsaid.matching.claim_forms import Forms
from firstsaid.matching.claim_index import Sets
from firstsaid.matching.claim_vectors import Integers, Pieces, load_vectors
from firstsaid.matching.threads import in_threads, n_cores
from firstsaid.model import CLAIM_DIFFERENCES, FULL, ClaimPair

CLAIM_PAIR_SCHEMA = schema(ClaimPair)

PAIR_FEATURES = ("cosine", "words_less", "words_more", "pieces_less", "pieces_more", "names_shared", "figures_shared")
"""What the model weighs: see `claim_pair_kernels.compare_pairs`. `less`, `more`: the smaller and the larger of the two texts' shares."""

MOST_CLAIMS_OF_A_WORD = 200
"""A word in more claims finds no candidates: it would cost most of the time, and two claims of one event share rarer ones."""
EARLIER_BY_WORDS, EARLIER_BY_VECTOR = 12, 6
"""Candidates that a claim may have among the earlier ones; copies are set aside before."""
LEAST_WORDS_SHARED = 0.25
LEAST_COSINE = 0.6
"""Below these next to nothing is the same claim: on ct20_train .03 of the right pairs, of other pairs nearly all."""
MOST_BY_VECTOR = 40_000
"""Claims that are compared by vector each with each: 3 CPU seconds. Of more claims only those that share rare words are compared."""
ROWS_PER_BLOCK = 512
COPIED_SHARE, COPIED_WORDS = 0.9, 8
"""Two sentences of so many words that share nearly all of them were not made independently of each other."""
PAIRS_PER_THREAD = 4_096

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The logistic model of pairs. `same`, `possibly`: the lowest scores (0..10,000) of these bands."""

    weights: Matrix
    intercept: float
    same: int
    possibly: int

    def scores(self, features: Matrix) -> Integers:
        """The chance of each pair, in 1/10,000, to be one claim but for what sets the two apart."""
        logits = features @ self.weights + self.intercept
        return np.rint(FULL / (1 + np.exp(-np.rint(logits * 1e6) / 1e6))).astype(np.int64)

    @property
    def least(self) -> float:
        """What the features of a pair must weigh, the intercept left aside, to be shown; a little less, as scores are rounded."""
        chance = self.possibly / FULL
        return float(np.log(chance / (1 - chance)) - self.intercept - 0.001)

    def bands(self, scores: Integers, marks: npt.NDArray[np.uint8]) -> Integers:
        """Places in `CLAIM_BANDS` for pairs that are no copies; -1 for those that are not shown. What differs is "possibly" at best."""
        return np.where(scores < self.possibly, -1, np.where((scores >= self.same) & (marks == 0), 1, 2))


@cache
def load_weighing() -> Weighing:
    """The trained weights that ship beside this file."""
    held = json.loads(resources.files(__package__).joinpath("claims.json").read_text("utf-8"))
    return Weighing(
        np.array([held["weights"][name] for name in PAIR_FEATURES]),
        float(held["intercept"]),
        int(held["bands"]["same"]),
        int(held["bands"]["possibly"]),
    )


def claim_pair_rows(forms: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Group kernel over all rows of `claim_form`: copies, and pairs that may say the same. Beside: `heading`, `passage`."""
    forms = _in_order(forms, beside["heading"])
    wholes = forms.column("whole").to_numpy()
    _, firsts, numbers = np.unique(wholes, return_index=True, return_inverse=True)
    copied = np.flatnonzero(firsts[numbers] != np.arange(len(wholes)))
    owners = _numbers(forms.column("document_id"))
    copied = copied[owners[copied] != owners[firsts[numbers[copied]]]]
    kept = np.sort(firsts)
    distinct = forms.take(pa.array(kept))
    lefts, rights, scores, bands, marks = _weighed(distinct, _families(distinct, beside["passage"]))
    lefts, rights = kept[lefts], kept[rights]
    n = len(copied)
    return _table(
        forms,
        np.concatenate([firsts[numbers[copied]], lefts]),
        np.concatenate([copied, rights]),
        np.concatenate([np.full(n, FULL, np.int64), scores]),
        np.concatenate([np.zeros(n, np.int64), bands]),
        np.concatenate([np.zeros(n, np.uint8), marks]),
    )


def _in_order(forms: pa.Table, heading: pa.Table) -> pa.Table:
    """Claims by the date of their document, undated last, then by id and place: the earlier one of a pair comes first."""
    ids = heading.column("document_id").to_pylist()
    dates = heading.column("published_earliest").to_pylist()
    order = sorted(range(len(ids)), key=lambda at: (dates[at] is None, dates[at] or 0, ids[at]))
    ranks = np.empty(len(ids), np.int64)
    ranks[order] = np.arange(len(ids))
    at = pa.compute.index_in(forms.column("document_id"), value_set=heading.column("document_id").combine_chunks())
    documents = ranks[at.to_numpy(zero_copy_only=False).astype(np.int64)] if forms.num_rows else np.zeros(0, np.int64)
    return forms.take(pa.array(np.lexsort((forms.column("start").to_numpy(), documents))))


def _numbers(ids: pa.ChunkedArray) -> Integers:
    """One number a row, equal for equal ids."""
    encoded = ids.combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)


def _families(forms: pa.Table, passages: pa.Table) -> list[frozenset[str]]:
    """The families of copied passages that hold most of each claim."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    columns = (passages.column(name).to_pylist() for name in ("document_id", "start", "end", "family_id"))
    for document_id, start, end, family_id in zip(*columns, strict=True):
        spans.setdefault(document_id, []).append((start, end, family_id))
    found = []
    for document_id, start, end in zip(*(forms.column(name).to_pylist() for name in ("document_id", "start", "end")), strict=True):
        held = {name for first, last, name in spans.get(document_id, ()) if 2 * (min(last, end) - max(first, start)) > end - start}
        found.append(frozenset(held))
    return found


def _weighed(table: pa.Table, families: list[frozenset[str]]) -> tuple[Integers, Integers, Integers, Integers, npt.NDArray[np.uint8]]:
    """Pairs of rows (earlier, later) with score, band (a place in `CLAIM_BANDS`) and the bits of what sets them apart."""
    forms = Forms.of(table)
    lefts, rights = candidates(forms, _numbers(table.column("document_id")))
    weighing = load_weighing()
    features, marks = compared(forms, lefts, rights, weighing)
    scores = weighing.scores(features)
    bands = weighing.bands(scores, marks)
    sizes = np.diff(forms.words.bounds)
    lengths = np.minimum(sizes[lefts], sizes[rights])
    is_copied = (marks == 0) & (lengths >= COPIED_WORDS) & (features[:, 1] >= COPIED_SHARE)
    # What one hand copied from the other may have been changed on the way: it is one telling all the same.
    shown = np.flatnonzero(is_copied | (bands >= 0))
    for pair in shown.tolist():
        is_copied[pair] |= not families[lefts[pair]].isdisjoint(families[rights[pair]])
    bands[is_copied] = 0
    return lefts[shown], rights[shown], scores[shown], bands[shown], marks[shown]


def candidates(forms: Forms, owners: Integers) -> tuple[Integers, Integers]:
    """Pairs of claims (earlier, later) of different documents that share rarer words or lie close by vector."""
    from firstsaid.matching import claim_pair_kernels

    n = len(owners)
    by_words = np.full((n, EARLIER_BY_WORDS), -1, np.int64)
    starts, posted = _postings(forms.words, len(forms.rarity))
    owned = np.repeat(np.arange(n), np.diff(forms.words.bounds))
    weights = np.asarray(np.bincount(owned, forms.rarity[forms.words.members], n), np.float64)
    in_threads(
        lambda part: claim_pair_kernels.pair_by_words(
            forms.words.members, forms.words.bounds, starts, posted, forms.rarity, weights, owners, LEAST_WORDS_SHARED, *part, by_words
        ),
        _parts(n, 1 + n // (4 * n_cores())),
    )
    by_vector = np.full((n, EARLIER_BY_VECTOR), -1, np.int64)
    if n <= MOST_BY_VECTOR:
        means = load_vectors().means(Pieces(*forms.pieces))
        for first, last in _parts(n, ROWS_PER_BLOCK):
            cosines = means[first:last] @ means[:last].T
            claim_pair_kernels.pair_by_vector(cosines, first, owners, LEAST_COSINE, by_vector)
    both = np.concatenate([by_words, by_vector], axis=1)
    later, at = np.nonzero(both >= 0)
    keys = np.unique(later * n + both[later, at])
    rights, lefts = np.divmod(keys, max(n, 1))
    return lefts, rights


def _postings(words: Sets, n_terms: int) -> tuple[Integers, Integers]:
    """For each term the claims that hold it, rising; none for common terms."""
    counts = np.bincount(words.members, minlength=n_terms)
    owners = np.repeat(np.arange(len(words.bounds) - 1), np.diff(words.bounds))
    is_rare = counts[words.members] <= MOST_CLAIMS_OF_A_WORD
    order = np.argsort(words.members[is_rare], kind="stable")
    kept = np.where(counts <= MOST_CLAIMS_OF_A_WORD, counts, 0)
    return np.concatenate(([0], np.cumsum(kept))).astype(np.int64), owners[is_rare][order]


def _parts(n: int, size: int) -> list[tuple[int, int]]:
    return list(pairwise([*range(0, n, size), n])) if n else []


def compared(forms: Forms, lefts: Integers, rights: Integers, weighing: Weighing | None = None) -> tuple[Matrix, npt.NDArray[np.uint8]]:
    """What the two of each pair share (x `PAIR_FEATURES`), and the bits of what sets them apart.

    With a `weighing`, features that cannot lift a pair into a band are left at 0; no band hangs on it.
    """
    from firstsaid.matching import claim_pair_kernels

    weights, least = (weighing.weights, weighing.least) if weighing else (np.zeros(len(PAIR_FEATURES)), -np.inf)
    features = np.zeros((len(lefts), len(PAIR_FEATURES)))
    vectors = load_vectors()
    in_threads(
        lambda part: claim_pair_kernels.compare_pairs(
            lefts, rights, vectors.table, *forms.words, *forms.names, *forms.figures, *forms.pieces, forms.rarity, forms.piece_rarity,
            vectors.unit, weights, least, *part, features,
        ),
        _parts(len(lefts), PAIRS_PER_THREAD),
    )  # fmt: skip
    marks = np.zeros(len(lefts), np.uint8)
    claim_pair_kernels.set_apart(
        lefts, rights, forms.is_negated, *forms.words, *forms.names, *forms.dates, *forms.figures, *forms.directions, *forms.sequence, marks
    )
    return features, marks


def differences(marks: npt.NDArray[np.uint8]) -> Matrix:
    """The bits of `marks` as pairs x `CLAIM_DIFFERENCES`, 0 or 1."""
    return np.asarray((marks[:, None] >> np.arange(len(CLAIM_DIFFERENCES), dtype=np.uint8)) & 1, np.float64)


def _table(forms: pa.Table, lefts: Integers, rights: Integers, scores: Integers, bands: Integers, marks: npt.NDArray[np.uint8]) -> pa.Table:
    from firstsaid.model import CLAIM_BANDS

    columns = []
    for side in (lefts, rights):
        rows = forms.take(pa.array(side))
        columns += [rows.column(name) for name in ("claim_id", "document_id", "start", "end")]
    columns.append(pa.array(scores))
    columns.append(pa.array([CLAIM_BANDS[band] for band in bands.tolist()], pa.string()))
    named = [
        [CLAIM_DIFFERENCES[bit] for bit in np.flatnonzero(row)] if mark else []
        for mark, row in zip(marks.tolist(), differences(marks), strict=True)
    ]
    columns.append(pa.array(named, pa.list_(pa.string())))
    return pa.Table.from_arrays(columns, schema=CLAIM_PAIR_SCHEMA)
