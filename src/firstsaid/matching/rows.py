"""Flat arrays in Arrow tables: one binary value a row, joined and cut without a loop over rows."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firstsaid.matching.words import WordArrays

I64 = npt.NDArray[np.int64]

TOKEN_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), False),
        pa.field("document_key", pa.int64(), False),
        pa.field("hashes", pa.binary(), False),
        pa.field("signatures", pa.binary(), False),
        pa.field("starts", pa.binary(), False),
        pa.field("ends", pa.binary(), False),
    ]
)
"""The words of a document: little-endian uint64, uint64, uint32, uint32 (see `words.WordArrays`)."""


def document_key(document_id: str) -> int:
    """A signed 64-bit number that stands for the id in big tables. Two of a million documents share one once in 37 million corpora."""
    return int.from_bytes(blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)


def binary_column(data: npt.NDArray[Any], counts: I64) -> pa.Array:
    """`data` cut into one binary value per count of items, without copying it."""
    offsets = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts * data.dtype.itemsize, out=offsets[1:])
    return pa.Array.from_buffers(pa.binary(), len(counts), [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(data))])


def joined_column(column: pa.ChunkedArray | pa.Array, kind: type[np.generic]) -> tuple[npt.NDArray[Any], I64]:
    """All values of a binary column as one array, and how many items each row holds."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    pieces = []
    counts = []
    for chunk in chunks:
        if not len(chunk):
            continue
        _, offset_buffer, data = chunk.buffers()
        offsets = np.frombuffer(offset_buffer, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1].astype(np.int64)
        if data is not None and offsets[-1] > offsets[0]:
            pieces.append(np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]].view(kind))
        counts.append(np.diff(offsets) // np.dtype(kind).itemsize)
    joined = pieces[0] if len(pieces) == 1 else np.concatenate(pieces) if pieces else np.zeros(0, kind)
    return joined, np.concatenate(counts) if counts else np.zeros(0, np.int64)


def token_table(ids: list[str], words: WordArrays) -> pa.Table:
    """The words as rows of `TOKEN_SCHEMA`."""
    counts = np.diff(words.bounds)
    columns = [
        pa.array(ids, pa.string()),
        pa.array([document_key(one) for one in ids], pa.int64()),
        *(binary_column(data, counts) for data in (words.hashes, words.signatures, words.starts, words.ends)),
    ]
    return pa.Table.from_arrays(columns, schema=TOKEN_SCHEMA)


def words_of(table: pa.Table) -> WordArrays:
    """The words of the table's documents, in its order."""
    hashes, counts = joined_column(table.column("hashes"), np.uint64)
    signatures, _ = joined_column(table.column("signatures"), np.uint64)
    starts, _ = joined_column(table.column("starts"), np.uint32)
    ends, _ = joined_column(table.column("ends"), np.uint32)
    bounds = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    return WordArrays(hashes, signatures, starts, ends, bounds)
