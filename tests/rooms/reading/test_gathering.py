"""Files and folders -> what was received."""

import gzip
import json
import os
from pathlib import Path

import pytest

from firstsaid.model import Problem
from firstsaid.reading import cutting, gather, unpacking


def locations(paths) -> list[str]:
    return [item.location if not isinstance(item, Problem) else f"!{item.kind}" for item in gather(paths, captured=0)]


def test_folders_are_walked_in_sorted_order_with_relative_posix_locations(tmp_path: Path):
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "b/one.txt", "a.md", "c.html"):
        (tmp_path / name).write_text("x")
    assert locations([tmp_path]) == ["a.md", "c.html", "b/one.txt", "b/two.txt"]


def test_a_single_file_is_located_by_its_name(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("x")
    (received,) = gather([tmp_path / "deep" / "a.txt"], captured=7)
    assert (received.location, received.data, received.captured, received.how) == ("a.txt", b"x", 7, "file")


def test_hidden_files_and_our_own_are_skipped_silently(tmp_path: Path):
    (tmp_path / "__MACOSX").mkdir()
    for name in (".hidden", ".DS_Store", "case.firstsaid", "case.firstsaid-wal", "__MACOSX/a.txt", "a.txt"):
        (tmp_path / name).write_text("x")
    assert locations([tmp_path]) == ["a.txt"]


def test_what_cannot_be_received_is_a_problem(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_FILE_BYTES", 10)
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "big.txt").write_text("x" * 11)
    (folder / "dangling").symlink_to(folder / "nothing")
    (folder / "loop").symlink_to(folder)
    (folder / "out.txt").symlink_to(outside)
    os.mkfifo(folder / "pipe")
    found = locations([tmp_path / "missing", folder])
    assert found == ["!missing", "!too-large", "!broken-link", "!linked-folder", "!link-outside", "!special-file"]


def test_a_damaged_archive_is_a_problem(tmp_path: Path):
    (tmp_path / "torn.txt.gz").write_bytes(gzip.compress(b"hello " * 1000)[:-20])
    (tmp_path / "no.txt.gz").write_bytes(b"hello")
    assert locations([tmp_path]) == ["!damaged-archive", "!damaged-archive"]


def test_every_problem_says_what_to_do(tmp_path: Path):
    (problem,) = gather([tmp_path / "nothing"])
    assert isinstance(problem, Problem)
    assert str(tmp_path / "nothing") in problem.message
    assert problem.advice


@pytest.mark.parametrize("packed", [True, False])
def test_rows_are_cut_at_whole_rows_and_nothing_is_lost(tmp_path: Path, monkeypatch, packed):
    monkeypatch.setattr(cutting, "CUT_BYTES", 1000)
    lines = b"".join(json.dumps({"id": n, "text": "word " * (n % 50)}).encode() + b"\n" for n in range(200))
    path = tmp_path / ("rows.jsonl.gz" if packed else "rows.jsonl")
    path.write_bytes(gzip.compress(lines) if packed else lines)
    cuts = list(gather([path]))
    assert b"".join(cut.data for cut in cuts) == lines
    assert len(cuts) > 10
    assert {cut.location for cut in cuts} == {path.name}
    assert [lines[cut.offset :].startswith(cut.data) for cut in cuts] == [True] * len(cuts)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_cuts_repeat_the_header_and_keep_quoted_line_ends(tmp_path: Path, monkeypatch, delimiter):
    monkeypatch.setattr(cutting, "CUT_BYTES", 300)
    rows = [f'{n}{delimiter}"first line\nsecond ""line"" {n}"\n' for n in range(60)]
    path = tmp_path / ("rows.tsv" if delimiter == "\t" else "rows.csv")
    path.write_text(f"id{delimiter}text\n" + "".join(rows))
    cuts = list(gather([path]))
    assert len(cuts) > 3
    assert all(cut.data.startswith(b"id") for cut in cuts)
    assert "".join(cut.data.decode().split("\n", 1)[1] for cut in cuts) == "".join(rows)
    assert all(cut.data.decode().count('"') % 2 == 0 for cut in cuts)


def test_a_packed_bomb_is_a_problem(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(unpacking, "EXPANSION_FLOOR_BYTES", 1000)
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' * 100_000))
    (tmp_path / "one.jsonl.gz").write_bytes(gzip.compress(b" " * 3_000_000))
    monkeypatch.setattr(cutting, "MAX_ROW_BYTES", 1_000_000)
    kinds = [item.kind for item in gather([tmp_path]) if isinstance(item, Problem)]
    assert kinds == ["expands-too-far", "row-too-long"]
