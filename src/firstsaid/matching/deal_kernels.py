"""Compiled loops that deal shingles and seeds into blocks. Imported lazily."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Whole = int | np.signedinteger[Any]


@compiled
def part_of(value: np.uint64, bits: int) -> Whole:
    """The block of a hash: its `bits` highest bits."""
    return np.int64((value >> np.uint64(1)) >> np.uint64(63 - bits))


@compiled
def count_parts(hashes: U64, bits: int) -> I64:
    """How many hashes go to each of `2**bits` blocks; 0 goes to none."""
    counts = np.zeros(1 << bits, np.int64)
    for value in hashes:
        if value != np.uint64(0):
            counts[part_of(value, bits)] += 1
    return counts


@compiled
def deal(hashes: U64, first_place: int, bits: int, cursors: I64, into: U64, places: U32) -> None:
    """Write each hash and its place to its block, whose next free item is `cursors[block]`."""
    for i in range(len(hashes)):
        value = hashes[i]
        if value != np.uint64(0):
            part = part_of(value, bits)
            into[cursors[part]] = value
            places[cursors[part]] = first_place + i
            cursors[part] += 1


@compiled
def order_ties(hashes: U64, places: U32) -> None:
    """Put the places of equal hashes in rising order: an unstable sort of the hashes is four times as fast as a stable one."""
    i = 0
    while i < len(hashes):
        j = i + 1
        while j < len(hashes) and hashes[j] == hashes[i]:
            j += 1
        if j - i == 2:
            if places[i] > places[i + 1]:
                places[i], places[i + 1] = places[i + 1], places[i]
        elif j - i > 2:
            places[i:j] = np.sort(places[i:j])
        i = j


@compiled
def owners_of(places: U32, bounds: I64, firsts: U32, cell_bits: int) -> U32:
    """The document of each place. `firsts`: the document of the first word of each cell of `2**cell_bits` words."""
    owners = np.empty(len(places), np.uint32)
    for i in range(len(places)):
        document: Whole = np.int64(firsts[places[i] >> np.uint32(cell_bits)])
        while bounds[document + 1] <= places[i]:
            document += 1
        owners[i] = document
    return owners


@compiled
def count_ranges(keys: U64, documents_per_range: int, n_ranges: int) -> I64:
    """How many pair keys have their left document in each range of documents."""
    counts = np.zeros(n_ranges, np.int64)
    for key in keys:
        counts[np.int64(key >> np.uint64(32)) // documents_per_range] += 1
    return counts


@compiled
def order_of_ranges(keys: U64, documents_per_range: int, counts: I64) -> I64:
    """The order that brings the keys of one range together, as they come."""
    cursors = np.zeros(len(counts), np.int64)
    for r in range(1, len(counts)):
        cursors[r] = cursors[r - 1] + counts[r - 1]
    order = np.empty(len(keys), np.int64)
    for i in range(len(keys)):
        number = np.int64(keys[i] >> np.uint64(32)) // documents_per_range
        order[cursors[number]] = i
        cursors[number] += 1
    return order


@compiled
def place(items: npt.NDArray[Any], bounds: I64, targets: I64, into: npt.NDArray[Any]) -> None:
    """Copy the items of each document, `items[bounds[d]:bounds[d + 1]]`, to where `targets[d]` says."""
    for d in range(len(targets)):
        into[targets[d] : targets[d] + bounds[d + 1] - bounds[d]] = items[bounds[d] : bounds[d + 1]]
