"""What steps remember: equal rows have equal fingerprints, and what comes back is what was made of the same block."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.pipeline import fingerprints, remembering
from firstsaid.pipeline.remembering import Memory, Segment

SCHEMA = pa.schema([("key", pa.int64()), ("word", pa.string())])
ROW = st.fixed_dictionaries(
    {
        "number": st.none() | st.integers(-(2**63), 2**63 - 1),
        "word": st.none() | st.text(max_size=12),
        "data": st.binary(max_size=20),
        "flag": st.none() | st.booleans(),
        "pieces": st.none()
        | st.lists(st.fixed_dictionaries({"start": st.integers(0, 9), "kind": st.none() | st.text(max_size=3)}), max_size=3),
    }
)
KINDS = pa.schema(
    [
        ("number", pa.int64()), ("word", pa.string()), ("data", pa.binary()), ("flag", pa.bool_()),
        ("pieces", pa.list_(pa.struct([("start", pa.int64()), ("kind", pa.string())]))),
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(ROW, max_size=12), st.lists(st.integers(0, 12), max_size=3), st.randoms(use_true_random=False))
def test_rows_are_equal_just_where_their_fingerprints_are(rows, cuts, chance):
    table = pa.Table.from_pylist(rows, schema=KINDS)
    expected = [str(row) for row in table.to_pylist()]
    prints = fingerprints.as_text(fingerprints.of_rows(table))
    assert [[one == other for other in prints] for one in prints] == [[one == other for other in expected] for one in expected]
    bounds = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
    pieces = [table.slice(low, high - low) for low, high in pairwise(bounds)]
    if pieces:
        assert fingerprints.as_text(fingerprints.of_rows(pa.concat_tables(pieces))) == prints
    order = chance.sample(range(len(rows)), len(rows))
    taken = table.take(pa.array(order, pa.int64()))
    assert fingerprints.as_text(fingerprints.of_rows(taken)) == [prints[at] for at in order]
    groups = np.array([at % 3 for at in range(len(rows))], np.int64)
    sums = fingerprints.summed(fingerprints.of_rows(table), groups, 3)
    assert (fingerprints.summed(fingerprints.of_rows(taken), groups[order], 3) == sums).all()


def blocks(numbers: range) -> np.ndarray:
    return fingerprints.of_rows(pa.table({"n": list(numbers)}))


def made_of(numbers: range) -> Segment:
    """Block n made n % 3 rows."""
    rows = [{"key": number, "word": f"{number}.{at}"} for number in numbers for at in range(number % 3)]
    groups = np.array([row["key"] - numbers.start for row in rows], np.int64)
    return Segment.of(blocks(numbers), groups, pa.Table.from_pylist(rows, schema=SCHEMA))


def words(tables: list[pa.Table]) -> list[str]:
    return sorted(word for table in tables for word in table.column("word").to_pylist())


def remember(folder: Path, numbers: range) -> None:
    memory = Memory(folder, SCHEMA)
    is_known, _ = memory.recall(blocks(numbers))
    fresh = [number for number, known in zip(numbers, is_known.tolist(), strict=True) if not known]
    memory.keep(made_of(range(fresh[0], fresh[-1] + 1)) if fresh else made_of(range(0)))


def test_what_was_made_of_a_block_comes_back_and_nothing_else(tmp_path: Path) -> None:
    remember(tmp_path, range(10, 20))
    is_known, found = Memory(tmp_path, SCHEMA).recall(blocks(range(15, 25)))
    assert is_known.tolist() == [True] * 5 + [False] * 5
    assert words(found) == words([made_of(range(15, 20)).rows])


def test_segments_stay_few_and_hold_only_what_is_of_use(tmp_path: Path) -> None:
    for n_blocks in range(1, 60):
        remember(tmp_path, range(n_blocks))
        assert words(Memory(tmp_path, SCHEMA).recall(blocks(range(n_blocks)))[1]) == words([made_of(range(n_blocks)).rows])
    assert len(list(tmp_path.glob("*.blocks"))) <= 6
    remember(tmp_path, range(50, 60))
    assert not Memory(tmp_path, SCHEMA).recall(blocks(range(20)))[0].any()
    assert {path.suffix for path in tmp_path.iterdir()} == {".blocks", ".rows"}


@pytest.mark.parametrize("suffix", [".rows", ".blocks"])
@pytest.mark.parametrize("damage", ["gone", "empty", "half", "other"])
def test_a_damaged_segment_is_as_if_it_had_never_been(tmp_path: Path, suffix: str, damage: str) -> None:
    remember(tmp_path, range(10))
    (path,) = tmp_path.glob(f"*{suffix}")
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "half": data[: len(data) // 2], "other": b"\xfe" * len(data)}[damage])
    is_known, found = Memory(tmp_path, SCHEMA).recall(blocks(range(10)))
    assert not is_known.any()
    assert words(found) == []
    remember(tmp_path, range(10))
    assert Memory(tmp_path, SCHEMA).recall(blocks(range(10)))[0].all()


def test_rows_of_another_schema_are_not_taken(tmp_path: Path) -> None:
    remember(tmp_path, range(10))
    assert not Memory(tmp_path, pa.schema([("key", pa.int32())])).recall(blocks(range(10)))[0].any()


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    remember(tmp_path / "file", range(10))
    assert remembering.passed(tmp_path / "file", 16) is None
    assert not Memory(tmp_path / "file", SCHEMA).recall(blocks(range(10)))[0].any()
