"""The blocks of rows that a remembered step is run on, each with a fingerprint of all that goes into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firstsaid.engines import Each, Step
from firstsaid.pipeline import fingerprints
from firstsaid.pipeline.fingerprints import I64, U64
from firstsaid.pipeline.remembering import Segment
from firstsaid.pipeline.states import SETTINGS_DIGEST


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks numbered by rising `keys`; `groups`: the number of each row's block; `prints`: the fingerprint of each block (n, 2)."""

    keys: U64
    groups: I64
    prints: U64

    def segment(self, is_chosen: npt.NDArray[np.bool_], made: pa.Table, made_keys: U64) -> Segment:
        """The chosen blocks with the rows that were made of them, whose keys are given."""
        return Segment.of(self.prints[is_chosen], np.searchsorted(self.keys[is_chosen], made_keys), made)


def blocks_of(step: Step, rows: pa.Table, beside: Mapping[str, pa.Table]) -> Blocks:
    """One block a key of the step: its rows, those beside it, and the step itself make its fingerprint."""
    keys, groups = np.unique(keys_of(rows, (step.by,) if isinstance(step, Each) else step.by), return_inverse=True)
    lanes = fingerprints.of_rows(rows)
    whole = fingerprints.of_text(f"{step.name} {step.version} {SETTINGS_DIGEST}")
    for need in () if isinstance(step, Each) else step.beside:
        table = beside[need.table]
        prints = fingerprints.of_rows(table)
        if not need.columns:
            whole = fingerprints.joined(whole, fingerprints.summed(prints, np.zeros(len(prints), np.int64), 1))
            continue
        names, numbers = np.unique(keys_of(table, (need.key,)), return_inverse=True)
        # The last row stands for what is not there.
        sums = fingerprints.summed(prints, numbers, len(names) + 1)
        for column in need.columns:
            wanted = keys_of(rows, (column,))
            at = np.searchsorted(names, wanted)
            is_there = names[np.minimum(at, len(names) - 1)] == wanted if len(names) else np.zeros(len(wanted), bool)
            lanes = fingerprints.joined(lanes, sums[np.where(is_there, at, len(names))])
    prints = fingerprints.summed(lanes, groups, len(keys))
    return Blocks(keys, groups, fingerprints.joined(prints, np.repeat(whole, len(keys), axis=0)))


def keys_of(table: pa.Table, columns: tuple[str, ...]) -> U64:
    """One number a row that stands for its values in these columns."""
    return np.ascontiguousarray(fingerprints.of_rows(table, columns)[:, 0])
