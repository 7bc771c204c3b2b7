"""Texts of files, row by row: what is read, what is refused and said, and what `match` writes."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from firstsaid.errors import UsageError
from firstsaid.files import match_files, text_rows
from firstsaid.store.packing import packed

STORY = (
    "On the first night of the frost the ferryman tied his boat to the old iron ring below the mill, walked up the lane with a lantern, "
    "and told the people at the inn that the river would not be open again before the feast of the candles"
)


def noise(seed: int, n_words: int = 60) -> str:
    """Words that nothing shares."""
    chooser = random.Random(seed)
    return " ".join("".join(chooser.choices("bcdfghjklmnpqrstvwxzaeiou", k=chooser.randint(3, 9))) for _ in range(n_words))


ROWS = [{"id": f"d{i}", "text": f"{noise(i)} {STORY} {noise(i + 50)}", "date": f"2020-01-0{i + 1}", "outlet": "Courier"} for i in range(4)]


def lines(rows: list[Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    ".jsonl": bytes,
    ".ndjson": bytes,
    ".jsonl.gz": gzip.compress,
    ".jsonl.zst": packed,
}


@pytest.mark.parametrize("suffix", PACKINGS)
def test_rows_are_read_plain_and_packed(tmp_path: Path, suffix: str) -> None:
    rows, problems = text_rows([written(tmp_path / f"rows{suffix}", PACKINGS[suffix](lines(ROWS)))])
    assert [(row.id, row.text, row.outlet) for row in rows] == [(row["id"], row["text"], "Courier") for row in ROWS]
    assert all(row.published is not None for row in rows)
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_of_byte_order_says_the_encoding(tmp_path: Path, encoding: str) -> None:
    [row], problems = text_rows([written(tmp_path / "rows.jsonl", '{"id": "ä", "text": "Fähre"}\n'.encode(encoding))])
    assert (row.id, row.text, problems) == ("ä", "Fähre", [])


def test_parquet_is_read_row_by_row_whatever_its_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2, 3]),
            "text": pa.array(["one", "two", None]).dictionary_encode(),
            "date": pa.array([20_000, None, 20_001], pa.date32()),
            "more": pa.array([{"a": 1}, {"a": 2}, {"a": 3}]),
        }
    )
    pq.write_table(table, tmp_path / "rows.parquet")
    rows, [problem] = text_rows([str(tmp_path / "rows.parquet")])
    assert [(row.id, row.text, row.published is None) for row in rows] == [("1", "one", False), ("2", "two", True)]
    assert (problem.location, problem.message) == ("rows.parquet:3", "its text is no string")


def test_parquet_files_of_a_folder_are_read_beside_its_other_files(tmp_path: Path) -> None:
    for part in range(2):
        pq.write_table(pa.table({"id": [f"p{part}"], "text": ["some words"]}), tmp_path / f"part-{part}.parquet")
    (tmp_path / "note.txt").write_text("Other words", encoding="utf-8")
    rows, problems = text_rows([str(tmp_path)])
    assert [row.id for row in rows] == ["note.txt", "p0", "p1"]
    assert problems == []


def test_a_text_without_a_date_is_no_problem_here(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Other words", encoding="utf-8")
    assert text_rows([str(tmp_path)])[1] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1, 2]", "no object"),
        ("null", "no object"),
        ('"text"', "no object"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"id": 1' + "0" * 5_000 + ', "text": "a"}', "no JSON"),
        ('{"text": "a"}', "it has no id"),
        ('{"id": null, "text": "a"}', "neither text nor number"),
        ('{"id": true, "text": "a"}', "neither text nor number"),
        ('{"id": "", "text": "a"}', "neither text nor number"),
        ('{"id": NaN, "text": "a"}', "neither text nor number"),
        ('{"id": ["a"], "text": "a"}', "neither text nor number"),
        ('{"id": "a"}', "it has no text"),
        ('{"id": "a", "text": null}', "no string"),
        ('{"id": "a", "text": 5}', "no string"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path, line: str, said: str) -> None:
    rows, [problem] = text_rows(
        [written(tmp_path / "rows.jsonl", f'{{"id": "x", "text": "a"}}\n{line}\n{{"id": "y", "text": ""}}'.encode())]
    )
    assert [row.id for row in rows] == ["x", "y"]
    assert problem.location == "rows.jsonl:2"
    assert said in problem.message


def test_odd_dates_and_titles_lose_no_row(tmp_path: Path) -> None:
    odd = [{"id": n, "text": "a", "date": date, "title": 5} for n, date in enumerate(({"a": 1}, "nonsense", [], 0, -1, "9" * 99))]
    rows, problems = text_rows([written(tmp_path / "rows.jsonl", lines(odd))])
    assert (len(rows), problems) == (6, [])


def test_the_first_of_repeated_ids_is_kept_and_the_rest_are_counted(tmp_path: Path) -> None:
    repeated = [{"id": n % 3, "text": f"text {n}"} for n in range(1_000)]
    rows, problems = text_rows([written(tmp_path / "rows.jsonl", lines(repeated))])
    assert [row.text for row in rows] == ["text 0", "text 1", "text 2"]
    assert [problem.kind for problem in problems] == ["repeated-id"] * 6
    assert problems[-1].message == "992 more of the kind 'repeated-id'"


def test_ids_of_another_type_and_in_another_file_are_the_same_id(tmp_path: Path) -> None:
    places = [written(tmp_path / f"{n}.jsonl", lines([{"id": row_id, "text": "a"}])) for n, row_id in enumerate(("7", 7))]
    rows, problems = text_rows(places)
    assert ([row.id for row in rows], [problem.kind for problem in problems]) == (["7"], ["repeated-id"])


def test_what_is_no_character_is_replaced_in_place_and_counted(tmp_path: Path) -> None:
    data = b'{"id": "a", "text": "x\\u0000y \\ud800 z"}\n{"id": "b", "text": "caf\xe9"}\n'
    rows, [problem] = text_rows([written(tmp_path / "rows.jsonl", data)])
    assert [row.text for row in rows] == ["x\ufffdy \ufffd z", "caf\ufffd"]
    assert problem.message.startswith("3 characters in 2 texts")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.jsonl.gz", gzip.compress(lines(ROWS) * 50)[:-200]),
        ("rows.jsonl.zst", packed(lines(ROWS))[:-20]),
        ("rows.jsonl.gz", b"no archive"),
        ("rows.jsonl.zst", b"no archive"),
        ("rows.parquet", b"no table"),
        ("rows.parquet", b""),
    ],
)
def test_damaged_files_are_said_to_be(tmp_path: Path, name: str, data: bytes) -> None:
    _, problems = text_rows([written(tmp_path / name, data)])
    assert {"damaged-archive"} <= {problem.kind for problem in problems} <= {"damaged-archive", "repeated-id", "bad-row"}


def test_a_table_without_its_columns_is_refused_by_name(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "body": ["b"]}), tmp_path / "rows.parquet")
    rows, [problem] = text_rows([str(tmp_path / "rows.parquet")])
    assert (rows, problem.message) == ([], "it has no column 'text' (its columns: id, body)")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstsaid.files.rows.MAX_LINE_CHARS", 100)
    data = b'{"id": "a", "text": "' + b"x" * 1_000 + b'"}\n{"id": "b", "text": "short"}\n'
    [row], [problem] = text_rows([written(tmp_path / "rows.jsonl", data)])
    assert row.id == "b"
    assert (problem.location, problem.message) == ("rows.jsonl:1", "line 1 is longer than 100 characters")


def test_a_place_that_does_not_exist_is_wrong_use() -> None:
    with pytest.raises(UsageError, match=r"no file or folder nowhere\.parquet"):
        text_rows(["nowhere.parquet"])


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_match_gives_the_same_rows_from_and_to_every_format(tmp_path: Path, suffix: str) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "rows.parquet")
    places = [str(tmp_path / "rows.parquet"), written(tmp_path / "rows.jsonl", lines(ROWS))]
    held = []
    for number, place in enumerate(places):
        pairs, families = tmp_path / f"pairs{number}{suffix}", tmp_path / f"families{number}{suffix}"
        n_texts, n_alignments, n_families, problems = match_files([place], pairs, families)
        assert (n_texts, n_alignments, n_families, problems) == (4, 6, 1, [])
        held.append([pairs.read_bytes(), families.read_bytes()])
    assert held[0] == held[1]
    if suffix == ".jsonl":
        first = json.loads((tmp_path / "pairs0.jsonl").read_text("utf-8").splitlines()[0])
        assert ROWS[0]["text"][first["left_start"] : first["left_end"]] == STORY
    else:
        assert pq.read_table(tmp_path / "pairs0.parquet").column_names == [
            "left_id", "left_start", "left_end", "right_id", "right_start", "right_end", "similarity", "n_words", "hub",
        ]  # fmt: skip


def test_nothing_in_gives_nothing_out_and_no_failure_leaves_a_half_written_file(tmp_path: Path) -> None:
    empty = written(tmp_path / "rows.jsonl", b"")
    for name in ("pairs.jsonl", "pairs.parquet"):
        assert match_files([empty], tmp_path / name, None)[:3] == (0, 0, 0)
    assert (tmp_path / "pairs.jsonl").read_text("utf-8") == ""
    assert pq.read_table(tmp_path / "pairs.parquet").num_rows == 0
    with pytest.raises(OSError, match="missing"):
        match_files([empty], tmp_path / "missing" / "pairs.jsonl", None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pairs.jsonl", "pairs.parquet", "rows.jsonl"]
