"""Fingerprints of rows: equal rows, equal fingerprints, whatever table, chunk or order they come in.

They say what need not be run again. 128 bits, so that two blocks of a million million are not confused; made to be fast, not to withstand
somebody who looks for two texts with one fingerprint: he would only keep rows of his own corpus from being made anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

SEED = (np.uint64(0x243F6A8885A308D3), np.uint64(0x13198A2E03707344))
"""Where every fingerprint begins: digits of pi."""
NULL = np.uint64(0xFFFFFFFFFFFFFFFF)
"""Mixed in where a value is missing."""


def beginnings(n_rows: int) -> U64:
    """Fingerprints of nothing yet."""
    return np.tile(np.array(SEED, np.uint64), (n_rows, 1))


def of_rows(table: pa.Table, columns: Sequence[str] | None = None) -> U64:
    """A fingerprint (two uint64) for each row, over all or the named columns; a column's name leaves no trace, its place does."""
    lanes = beginnings(table.num_rows)
    for name in columns if columns is not None else table.column_names:
        at = 0
        for chunk in table.column(name).chunks:
            _mix(lanes[at : at + len(chunk)], chunk)
            at += len(chunk)
    return lanes


def _mix(lanes: U64, array: pa.Array) -> None:
    """A column's values into its rows' fingerprints."""
    from firstsaid.pipeline import fingerprint_kernels as kernels

    kind = array.type
    if array.null_count:
        missing = pc.is_null(array).to_numpy(zero_copy_only=False)
        holes = lanes[missing]
        kernels.mix_numbers(holes, np.full(len(holes), NULL))
        lanes[missing] = holes
    if pa.types.is_struct(kind):
        for field in array.flatten():
            _mix(lanes, field)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        bounds = _bounds(array, np.int32 if pa.types.is_list(kind) else np.int64)
        values = array.values.slice(bounds[0], bounds[-1] - bounds[0])
        items = beginnings(len(values))
        _mix(items, values)
        kernels.mix_lists(lanes, items, bounds - bounds[0])
    elif pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_large_string(kind) or pa.types.is_large_binary(kind):
        is_large = pa.types.is_large_string(kind) or pa.types.is_large_binary(kind)
        data = array.buffers()[2]
        kernels.mix_bytes(lanes, np.frombuffer(data or b"", np.uint8), _bounds(array, np.int64 if is_large else np.int32))
    else:
        numbers = pc.fill_null(array, False if pa.types.is_boolean(kind) else 0) if array.null_count else array
        kernels.mix_numbers(lanes, pc.cast(numbers, pa.int64()).to_numpy(zero_copy_only=False).astype(np.uint64))


def _bounds(array: pa.Array, kind: type[np.signedinteger]) -> I64:
    """Where each value of a list or string begins, and where the last ends."""
    offsets = array.buffers()[1]
    if offsets is None or not len(array):
        return np.zeros(len(array) + 1, np.int64)
    return np.frombuffer(offsets, kind)[array.offset : array.offset + len(array) + 1].astype(np.int64)


def summed(lanes: U64, groups: I64, n_groups: int) -> U64:
    """One fingerprint a group, whatever the order of its rows."""
    from firstsaid.pipeline import fingerprint_kernels as kernels

    return kernels.sum_of_groups(lanes, groups, n_groups)


def joined(lanes: U64, more: U64) -> U64:
    """Each row's fingerprint with another mixed in."""
    from firstsaid.pipeline import fingerprint_kernels as kernels

    both = lanes.copy()
    kernels.mix_numbers(both, np.ascontiguousarray(more[:, 0]))
    kernels.mix_numbers(both, np.ascontiguousarray(more[:, 1]))
    return both


def of_text(text: str) -> U64:
    """The fingerprint of one string, as an array of one row."""
    return of_rows(pa.table({"text": [text]}))


def as_text(lanes: U64) -> list[str]:
    """Each fingerprint as 32 hexadecimal characters."""
    return [f"{one:016x}{other:016x}" for one, other in lanes.tolist()]
