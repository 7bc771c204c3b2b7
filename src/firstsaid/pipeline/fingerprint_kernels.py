"""Compiled loops that mix values into 128-bit fingerprints, two lanes of 64 bits a row. Imported lazily."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.compiled import compiled

U8 = npt.NDArray[np.uint8]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]


@compiled
def mix(lanes: U64, i: int, value: np.uint64) -> None:
    """One number into the fingerprint of row `i`: multiply and shift, each lane with a prime of its own (splitmix64's and wyhash's)."""
    one = (lanes[i, 0] ^ value) * np.uint64(0xBF58476D1CE4E5B9)
    lanes[i, 0] = one ^ (one >> np.uint64(31))
    other = (lanes[i, 1] ^ (value + np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xA0761D6478BD642F)
    lanes[i, 1] = other ^ (other >> np.uint64(29))


@compiled
def mix_numbers(lanes: U64, numbers: U64) -> None:
    """A number into each row."""
    for i in range(len(numbers)):
        mix(lanes, i, numbers[i])


@compiled
def mix_bytes(lanes: U64, data: U8, bounds: I64) -> None:
    """The bytes `bounds[i]` to `bounds[i + 1]` and their length into row `i`, eight at a time."""
    for i in range(len(bounds) - 1):
        at, end = bounds[i], bounds[i + 1]
        mix(lanes, i, np.uint64(end - at))
        while at < end:
            value = np.uint64(0)
            for shift in range(min(8, end - at)):
                value |= np.uint64(data[at + shift]) << np.uint64(8 * shift)
            mix(lanes, i, value)
            at += 8


@compiled
def mix_lists(lanes: U64, items: U64, bounds: I64) -> None:
    """The fingerprints of the items `bounds[i]` to `bounds[i + 1]`, in order, and their number into row `i`."""
    for i in range(len(bounds) - 1):
        mix(lanes, i, np.uint64(bounds[i + 1] - bounds[i]))
        for j in range(bounds[i], bounds[i + 1]):
            mix(lanes, i, items[j, 0])
            mix(lanes, i, items[j, 1])


@compiled
def sum_of_groups(lanes: U64, groups: I64, n_groups: int) -> U64:
    """The sum of the fingerprints of each group's rows, each mixed once more: the order of the rows leaves no trace."""
    sums = np.zeros((n_groups, 2), np.uint64)
    one = lanes.copy()
    for i in range(len(groups)):
        mix(one, i, np.uint64(0xD6E8FEB86659FD93))
        sums[groups[i], 0] += one[i, 0]
        sums[groups[i], 1] += one[i, 1]
    return sums
