"""Kernels that find reuse step by step, on any engine; the same rows as `reuse` and `families` on one block.

    document --token_rows--> token --shingle_rows--> shingle --seed_rows (by bucket)--> seed
    seed --found_rows (by pair, beside token)--> found --kin_rows (all)--> kin --alignment_rows (by pair, beside token)--> alignment
    alignment --passage_rows (all)--> passage

`heading` (documents without text) stands beside where corpus-wide knowledge is needed: their order by date, which lie inside each other;
`scale` (one row, `n_documents`: their number rounded up to a power of two) where thresholds grow with the corpus. Places are word numbers
inside a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firstsaid import columns
from firstsaid.matching import completing, grouping
from firstsaid.matching.aligning import Corpus, as_alignments
from firstsaid.matching.rows import TOKEN_SCHEMA, binary_column, document_key, joined_column, token_table, words_of
from firstsaid.matching.seeding import bitmap_bits
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.words import WordArrays, word_arrays
from firstsaid.model import Alignment, Passage

I64 = npt.NDArray[np.int64]

SETTINGS = ReuseSettings()

BUCKET_BITS = 5
"""log2 of the buckets that shingles are dealt into by hash: 32 blocks of even size, so that a block of 2 billion words fits in memory."""


def _fields(*named: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, False) for name, kind in named])


SHINGLE_SCHEMA = _fields(("bucket", pa.int32()), ("document_key", pa.int64()), ("hashes", pa.binary()), ("places", pa.binary()))
SEED_SCHEMA = _fields(
    ("left_key", pa.int64()), ("right_key", pa.int64()), ("lefts", pa.binary()), ("rights", pa.binary()), ("kinds", pa.binary())
)
FOUND_SCHEMA = _fields(
    ("left_key", pa.int64()), ("right_key", pa.int64()), ("left_start", pa.int64()), ("left_end", pa.int64()),
    ("right_start", pa.int64()), ("right_end", pa.int64()), ("points", pa.int64()), ("n_words", pa.int64()), ("flags", pa.int64()),
)  # fmt: skip
"""The columns of `completing.N_FOUND`."""
KIN_SCHEMA = _fields(
    *zip(FOUND_SCHEMA.names, FOUND_SCHEMA.types, strict=True),
    *((f"vouched_{name}", pa.int64()) for name in ("left_start", "left_end", "right_start", "right_end")),
)
"""The columns of `completing.N_KIN`."""
ALIGNMENT_SCHEMA = columns.schema(Alignment)
PASSAGE_SCHEMA = columns.schema(Passage)


def token_rows(documents: pa.Table) -> pa.Table:
    """The words of each document (`rows.TOKEN_SCHEMA`); those that touch boilerplate match nothing."""
    left_out = [
        [(mark["start"], mark["end"]) for mark in marks or () if mark["kind"] == "boilerplate"]
        for marks in documents.column("layout").to_pylist()
    ]
    return token_table(documents.column("document_id").to_pylist(), word_arrays(documents.column("text").to_pylist(), left_out))


def shingle_rows(tokens: pa.Table) -> pa.Table:
    """The shingles of each document, dealt into buckets by hash: one row per document and bucket."""
    from firstsaid.matching import word_kernels

    words = words_of(tokens)
    hashes = word_kernels.shingles(words.hashes, words.bounds, SETTINGS.shingle_words)
    places = np.flatnonzero(hashes)
    hashes = hashes[places]
    owners = np.searchsorted(words.bounds, places, side="right") - 1
    # The bitmap of `recurring` uses the high bits: buckets take low ones. Bit 0 is always set.
    buckets = ((hashes >> np.uint64(1)) & np.uint64((1 << BUCKET_BITS) - 1)).astype(np.int64)
    groups = (owners << BUCKET_BITS) | buckets
    order = np.argsort(groups, kind="stable")
    kept, counts = np.unique(groups, return_counts=True)
    inside = (places - words.bounds[owners])[order].astype(np.uint32)
    keys = np.array(tokens.column("document_key").to_pylist(), np.int64)
    return pa.Table.from_arrays(
        [
            pa.array((kept & ((1 << BUCKET_BITS) - 1)).astype(np.int32)),
            pa.array(keys[kept >> BUCKET_BITS]),
            binary_column(hashes[order], counts),
            binary_column(inside, counts),
        ],
        schema=SHINGLE_SCHEMA,
    )


@dataclass(frozen=True, slots=True)
class Headings:
    """The documents of the corpus in rising order of ids: ids, keys, their number by key, and what `Corpus` holds."""

    ids: list[str]
    keys: I64
    by_key: I64
    corpus: Corpus

    @staticmethod
    def of(table: pa.Table) -> Headings:
        """From the table `heading`."""
        ids = table.column("document_id").to_pylist()
        order = sorted(range(len(ids)), key=ids.__getitem__)
        dates, captures, starts, ends = (table.column(name).to_pylist() for name in ("published_earliest", "capture_id", "start", "end"))
        keys = np.array([document_key(ids[i]) for i in order], np.int64)
        corpus = Corpus.of([dates[i] for i in order], [(captures[i], starts[i], ends[i]) for i in order], len(order))
        return Headings([ids[i] for i in order], keys, np.argsort(keys), corpus)

    def numbers(self, keys: npt.NDArray[np.int64]) -> I64:
        """The number of each document given by its key."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        return self.by_key[np.minimum(np.searchsorted(self.keys, keys, sorter=self.by_key), len(self.keys) - 1)]


def _integers(table: pa.Table, name: str) -> I64:
    return np.asarray(table.column(name).to_numpy(), np.int64)


def seed_rows(shingles: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Places that two documents share, one row per pair of documents; whole buckets in."""
    from firstsaid.matching import word_kernels

    headings = Headings.of(beside["heading"])
    hashes, counts = joined_column(shingles.column("hashes"), np.uint64)
    inside, _ = joined_column(shingles.column("places"), np.uint32)
    owners = np.repeat(headings.numbers(_integers(shingles, "document_key")), counts)
    kept = word_kernels.recurring(hashes, bitmap_bits(len(hashes)))
    hashes, inside, owners = hashes[kept], inside[kept], owners[kept]
    order = np.lexsort((inside, owners, hashes))
    hashes, inside = hashes[order], inside[order]
    documents = owners[order].astype(np.uint32)
    numbers = np.arange(len(hashes), dtype=np.uint32)
    state = np.zeros(len(hashes), np.uint8)
    corpus = headings.corpus
    word_kernels.group_states(hashes, numbers, documents, corpus.ranks, SETTINGS.most_documents, state)
    nothing = np.zeros(0, np.int64)
    keys, lefts, rights, kinds = word_kernels.seeds(
        hashes, numbers, documents, hashes, state, nothing, corpus.captures, corpus.spans, SETTINGS.shingle_words, True
    )
    order = np.argsort(keys, kind="stable")
    pairs, counts = np.unique(keys, return_counts=True)
    return pa.Table.from_arrays(
        [
            pa.array(headings.keys[(pairs >> np.uint64(32)).astype(np.int64)]),
            pa.array(headings.keys[(pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)]),
            binary_column(inside[lefts[order]], counts),
            binary_column(inside[rights[order]], counts),
            binary_column(kinds[order], counts),
        ],
        schema=SEED_SCHEMA,
    )


def _tokens_in_order(tokens: pa.Table) -> tuple[list[str], I64, WordArrays]:
    """Ids, keys and words of the documents beside a block, in rising order of ids."""
    ids = tokens.column("document_id").to_pylist()
    order = sorted(range(len(ids)), key=ids.__getitem__)
    ordered = tokens if order == list(range(len(ids))) else tokens.take(pa.array(order, pa.int64()))
    return [ids[i] for i in order], _integers(ordered, "document_key"), words_of(ordered)


def _numbers_among(keys: I64, wanted: I64) -> I64:
    by_key = np.argsort(keys)
    return by_key[np.searchsorted(keys, wanted, sorter=by_key)]


def _scale(beside: Mapping[str, pa.Table]) -> int:
    """The number of documents, rounded up to a power of two."""
    return int(beside["scale"]["n_documents"][0].as_py())


def found_rows(seeds: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Alignments of each pair from its seeds, in words (`FOUND_SCHEMA`); beside `token` rows of both documents and `scale`."""
    from firstsaid.matching import align_kernels

    _, keys, words = _tokens_in_order(beside["token"])
    left, right = (_numbers_among(keys, _integers(seeds, name)) for name in ("left_key", "right_key"))
    lefts, counts = joined_column(seeds.column("lefts"), np.uint32)
    rights, _ = joined_column(seeds.column("rights"), np.uint32)
    kinds, _ = joined_column(seeds.column("kinds"), np.uint8)
    pairs = np.repeat((left.astype(np.uint64) << np.uint64(32)) | right.astype(np.uint64), counts)
    order = np.argsort(pairs, kind="stable")
    rows = align_kernels.align(
        pairs[order],
        (np.repeat(words.bounds[left], counts) + lefts)[order].astype(np.uint32),
        (np.repeat(words.bounds[right], counts) + rights)[order].astype(np.uint32),
        kinds[order].copy(), words.hashes, words.signatures, words.bounds,
        SETTINGS.drop_points, SETTINGS.needed_points(_scale(beside)), SETTINGS.doubt_points, SETTINGS.least_words,
    )  # fmt: skip
    return _table(_inside(rows, words, sign=-1), keys, FOUND_SCHEMA)


def _inside(rows: I64, words: WordArrays, sign: int) -> I64:
    """Places moved from the block's buffer to the document (`sign` -1), or back (1)."""
    moved = rows.copy()
    for document, columns_of in ((0, (2, 3, 9, 10)), (1, (4, 5, 11, 12))):
        for column in columns_of[: 2 if rows.shape[1] == completing.N_FOUND else 4]:
            moved[:, column] += sign * words.bounds[rows[:, document]]
    return moved


def _table(rows: I64, keys: I64, schema: pa.Schema) -> pa.Table:
    arrays = [keys[rows[:, 0]], keys[rows[:, 1]], *rows[:, 2:].T]
    return pa.Table.from_arrays([pa.array(np.ascontiguousarray(array)) for array in arrays], schema=schema)


def kin_rows(found: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """What was found and is believed, how far it goes, and what a third document makes worth comparing (see `completing`)."""
    headings = Headings.of(beside["heading"])
    left, right, *others = FOUND_SCHEMA.names
    documents = [headings.numbers(_integers(found, name)) for name in (left, right)]
    rows = np.column_stack([*documents, *(_integers(found, name) for name in others)])
    return _table(completing.kin_rows(rows, headings.corpus.captures, headings.corpus.spans), headings.keys, KIN_SCHEMA)


def alignment_rows(kin_table: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """`Alignment` rows of whole pairs; beside `token` rows of both documents."""
    ids, keys, words = _tokens_in_order(beside["token"])
    left, right, *others = KIN_SCHEMA.names
    documents = [_numbers_among(keys, _integers(kin_table, name)) for name in (left, right)]
    rows = completing.in_order(_inside(np.column_stack([*documents, *(_integers(kin_table, name) for name in others)]), words, sign=1))
    return columns.to_table(Alignment, as_alignments(completing.completed(rows, words), ids, words))


def passage_rows(alignments: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """`Passage` rows of all alignments; beside `heading`, for the order of the documents by date."""
    headings = Headings.of(beside["heading"])
    numbers = {one: number for number, one in enumerate(headings.ids)}
    names = ("left_id", "left_start", "left_end", "right_id", "right_start", "right_end", "similarity", "n_words")
    rows = np.column_stack(
        [
            np.array([numbers[one] for one in alignments.column(name).to_pylist()], np.int64) if name.endswith("_id")
            else _integers(alignments, name)
            for name in names
        ]
    )  # fmt: skip
    return columns.to_table(Passage, grouping.named_passages(grouping.passage_rows_of(rows, headings.corpus.ranks), headings.ids))


__all__ = [
    "ALIGNMENT_SCHEMA", "FOUND_SCHEMA", "KIN_SCHEMA", "PASSAGE_SCHEMA", "SEED_SCHEMA", "SHINGLE_SCHEMA", "TOKEN_SCHEMA",
    "alignment_rows", "found_rows", "kin_rows", "passage_rows", "seed_rows", "shingle_rows", "token_rows",
]  # fmt: skip
