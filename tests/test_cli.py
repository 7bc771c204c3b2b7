"""Every command as a person types it: data on stdout, talk on stderr, exit codes, one-line errors."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import firstsaid
from firstsaid.cli import firstsaid as group


def run(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a user has it."""
    done = subprocess.run([sys.executable, "-m", "firstsaid", *map(str, arguments)], capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, done.stderr
    return done


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def case(traced_example: Path) -> Path:
    return traced_example


def test_help_is_quick_and_names_every_command() -> None:
    started = time.monotonic()
    shown = run("--help").stdout
    assert time.monotonic() - started < 2  # generous: the bar of 0.3 s is printed by make bench
    for name in group.commands:
        assert f"\n  {name} " in shown


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, firstsaid.cli; print([n for n in ('numpy', 'pyarrow', 'sqlite3', 'numba', 'jinja2') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_add_trace_report_on_a_folder_of_ones_own(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.firstsaid"
    assert "3 new documents" in run("add", case, folder).stderr
    assert "Traced 3 documents" in run("trace", case).stderr
    report = tmp_path / "report.html"
    assert run("report", case, "-o", report).stdout.strip() == str(report)
    assert "Mira Hollund" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "what", ["documents", "quotations", "figures", "citations", "predictions", "names", "families", "findings", "problems"]
)
def test_every_listing_has_lines_and_json(case: Path, what: str) -> None:
    rows = lines(run("list", case, what, "--json"))
    assert rows
    assert run("list", case, what).stdout.count("\n") >= len(rows)


def test_findings_follow_their_contract(case: Path) -> None:
    for row in lines(run("list", case, "findings", "--json")):
        assert {"kind", "why", "could_be", "strength", "evidence", "decision"} <= row.keys()
        for piece in row["evidence"]:  # type: ignore[attr-defined]
            with firstsaid.open(case, read_only=True) as corpus:
                assert corpus.document(piece["document"]).text[piece["start"] : piece["end"]] == piece["text"]


def test_status_lists_problems_with_what_to_do(case: Path) -> None:
    shown = run("status", case).stdout
    assert "problem: radio-tarrow/2023-01-tape-scan.txt" in shown
    (state,) = lines(run("status", case, "--json"))
    assert state["n_documents"]
    assert {problem["kind"] for problem in state["problem_list"]} >= {"binary", "empty", "undated"}  # type: ignore[attr-defined]


def test_search_and_whence(case: Path) -> None:
    assert "marchwire" in run("search", case, "Pelter's", "Quay").stdout.lower()
    (answer,) = lines(run("whence", case, "left 40 people injured", "--json"))
    assert answer["witnesses"]
    assert "earliest witness in this corpus" in run("whence", case, "left 40 people injured").stdout


def test_check_flags_and_exits_with_one(case: Path) -> None:
    draft = Path(__file__).parents[1] / "examples" / "drafts" / "draft.md"
    done = run("check", case, draft, "--json", check=False)
    assert done.returncode == 1
    rows = lines(done)
    assert {"file", "type", "start", "end", "verdict", "flag", "why", "evidence"} <= rows[0].keys()
    assert any(row["flag"] for row in rows)
    assert any(not row["flag"] for row in rows)


def test_decide_is_shown_in_the_listing(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.firstsaid"
    run("backup", case, copy)
    finding = str(lines(run("list", copy, "findings", "--json"))[0]["id"])
    run("decide", copy, finding[:10], "dismissed", "--why", "wire copy")
    assert lines(run("list", copy, "findings", "--json"))[0]["decision"] == {"verdict": "dismissed", "why": "wire copy"}


def test_decisions_travel_by_export_and_import(case: Path, tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.firstsaid", tmp_path / "theirs.firstsaid"
    run("backup", case, mine)
    run("backup", case, theirs)
    finding = str(lines(run("list", mine, "findings", "--json"))[0]["id"])
    run("decide", mine, finding, "confirmed")
    run("export", mine, "--to", "jsonl", "-o", tmp_path / "out")
    assert "1 decisions taken in" in run("import", theirs, tmp_path / "out").stderr
    assert "1 were there already" in run("import", theirs, tmp_path / "out").stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "w3c"])
def test_export_in_every_format(case: Path, tmp_path: Path, form: str) -> None:
    written = run("export", case, "--to", form, "-o", tmp_path / "out").stdout.split()
    assert written
    assert all(Path(path).stat().st_size for path in written if Path(path).name != "decisions.jsonl")


@pytest.mark.parametrize("form", ["jsonl", "w3c"])
def test_export_writes_over_nothing_unless_it_is_told_to(case: Path, tmp_path: Path, form: str) -> None:
    before = run("export", case, "--to", form, "-o", tmp_path / "out").stdout
    refused = run("export", case, "--to", form, "-o", tmp_path / "out", check=False)
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert run("export", case, "--to", form, "-o", tmp_path / "out", "--force").stdout == before


def test_w3c_annotations_anchor_by_position_and_by_words(case: Path, tmp_path: Path) -> None:
    run("export", case, "--to", "w3c", "-o", tmp_path / "annotations.jsonl")
    first = json.loads((tmp_path / "annotations.jsonl").read_text(encoding="utf-8").splitlines()[0])
    position, quote = first["target"]["selector"]
    assert len(quote["exact"]) == position["end"] - position["start"]


def test_compare_two_documents(case: Path) -> None:
    documents = [row["document"] for row in lines(run("list", case, "documents", "--json")) if "2022-03-15" in str(row["file"])]
    rows = lines(run("compare", case, str(documents[0]), str(documents[1]), "--json"))
    assert {"kind", "left", "right"} <= rows[0].keys()


def test_verify_a_sound_corpus(case: Path) -> None:
    assert "0 failures" in run("verify", case).stderr


def test_annotate_follows_its_contract(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Note\r\n\r\n“It will rain on 40 ships by Friday,” said Mira Hollund.\n", encoding="utf-8", newline="")
    rows = lines(run("annotate", path, "--json"))
    text = path.read_bytes().decode("utf-8")
    by_type = {str(row["type"]): row for row in rows}
    quotation = by_type["quotation"]
    assert text[quotation["start"] : quotation["end"]].startswith("It will rain on 40 ships")  # type: ignore[misc]
    assert quotation["speaker"]["name"] == "Mira Hollund"  # type: ignore[index]
    assert by_type["figure"]["low"] == 40
    assert by_type["document"]["file"] == str(path)
    keys = [(row["file"], row["start"], row["end"], row["type"]) for row in rows]
    assert keys == sorted(keys)  # type: ignore[type-var]
    assert run("annotate", path, "--text").stdout.replace("\n", "") == text.replace("\r\n", "").replace("\n", "")


def test_match_follows_its_contract(folder: Path, tmp_path: Path) -> None:
    run("match", folder, "-o", tmp_path / "pairs.jsonl", "--families", tmp_path / "families.jsonl")
    (pair,) = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text().splitlines()]
    assert pair["left_id"] < pair["right_id"]
    assert 0 < pair["similarity"] <= 1
    families = [json.loads(line) for line in (tmp_path / "families.jsonl").read_text().splitlines()]
    assert {row["id"] for row in families} == {"board/2020-11-02-release.txt", "courier/2020-11-03-crane.txt"}
    run("match", folder, "-o", tmp_path / "pairs.parquet")
    assert (tmp_path / "pairs.parquet").read_bytes()[:4] == b"PAR1"


def test_repeated_ids_are_problems_and_the_first_is_kept(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "a", "text": "one"}\n{"id": "a", "text": "two"}\nno json\n{"id": "b"}\n')
    done = run("match", rows, "-o", tmp_path / "pairs.jsonl")
    assert "1 texts" in done.stderr
    assert "stands twice" in done.stderr
    assert "line 3" in done.stderr


def test_similar_follows_its_contract(tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text('{"id": "q", "text": "The old bridge was closed after the flood"}\n')
    (tmp_path / "docs.jsonl").write_text(
        '{"id": "x", "text": "After the flood they closed the old bridge."}\n{"id": "y", "text": "Plums are cheap this year."}\n'
    )
    run("similar", tmp_path / "queries.jsonl", tmp_path / "docs.jsonl", "-k", "2", "-o", tmp_path / "ranked.jsonl")
    (row,) = [json.loads(line) for line in (tmp_path / "ranked.jsonl").read_text().splitlines()]
    assert row["qid"] == "q"
    assert row["ranked"][0][0] == "x"
    assert 0 <= row["ranked"][0][1] <= 1
    assert set(row["bands"]) <= {"same", "possibly", "none"}


def test_stemma_follows_its_contract(tmp_path: Path) -> None:
    versions = [
        ("a", "2020-01-01", "the quick brown fox jumps over the lazy dog by the river at dawn and sleeps under the tall willow"),
        ("b", "2020-01-02", "the quick brown fox jumps over the lazy dog by the river at dusk and sleeps under the tall willow"),
        ("c", "2020-01-03", "the quick red fox jumps over the lazy dog by the river at dusk and sleeps under the tall willow"),
    ]
    path = tmp_path / "versions.jsonl"
    path.write_text("".join(json.dumps({"id": name, "date": date, "text": text}) + "\n" for name, date, text in versions))
    (found,) = lines(run("stemma", path, "--json"))
    assert found["rooted"]
    assert [(edge["parent"], edge["child"]) for edge in found["edges"]] == [("a", "b"), ("b", "c")]  # type: ignore[attr-defined]
    assert found["earliest"] == ["a"]
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, _, text in versions))
    (undated,) = lines(run("stemma", path, "--json"))
    assert not undated["rooted"]
    assert undated["earliest"] is None
    assert all("ends" in edge for edge in undated["edges"])  # type: ignore[attr-defined]
    assert run("stemma", path).stdout.startswith("digraph")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("trace", "nowhere.firstsaid"), "there is no corpus nowhere.firstsaid"),
        (("add", "case.txt", "."), "NAME.firstsaid"),
        (("annotate", "nowhere.txt"), "there is no file nowhere.txt"),
        (("match", "nowhere", "-o", "x.jsonl"), "there is no file or folder nowhere"),
        (("model", "install", "nonsense"), "no model 'nonsense'"),
        (("list", "nowhere.firstsaid", "nonsense"), "nonsense"),
        (("unheard-of",), "unheard-of"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "firstsaid", *arguments], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_a_missing_path_is_an_error_and_makes_no_corpus_unusable(tmp_path: Path) -> None:
    done = run("add", tmp_path / "case.firstsaid", tmp_path / "nowhere", check=False)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_bad_files_become_problems_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("Published 3 May 2020\n\nThe ferry came back to the harbour after a long winter in the yard.\n")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "latin.txt").write_bytes("Le café du port est fermé jusqu’à l’été, dit la mairie.".encode("cp1252"))
    (folder / "undated.txt").write_text("Nobody knows when this was written, but it speaks of the ferry and of the winter.\n")
    (folder / "bomb.html").write_text("<div>" * 200_000)
    (folder / "rows.jsonl").write_text('{"id": 1, "text": "fine words in a row", "date": "2020-01-01"}\n{"id": 2}\n{broken\n')
    case = tmp_path / "case.firstsaid"
    run("add", case, folder)
    run("trace", case)
    kinds = {str(row["kind"]) for row in lines(run("list", case, "problems", "--json"))}
    assert {"empty", "binary", "undated"} <= kinds
    files = {str(row["file"]) for row in lines(run("list", case, "documents", "--json"))}
    assert {"good.txt", "latin.txt", "undated.txt", "rows.jsonl#1"} <= files


def test_progress_says_nothing_on_stdout(folder: Path, tmp_path: Path) -> None:
    assert run("add", tmp_path / "case.firstsaid", folder).stdout == ""
    assert run("trace", tmp_path / "case.firstsaid").stdout == ""


def test_demo_prints_the_path_of_its_report_last(tmp_path: Path) -> None:
    done = run("demo", tmp_path / "demo", "--no-open")
    report = Path(done.stdout.split()[-1])
    assert report.suffix == ".html"
    assert report.is_file()


def test_a_name_that_is_no_utf8_is_read_and_located_readably(tmp_path: Path) -> None:
    folder = tmp_path / "old-disk"
    folder.mkdir()
    (folder / "good.txt").write_text("Published 3 May 2020\n\nThe ferry came back to the harbour after a long winter.\n")
    strange = os.fsencode(folder) + b"/caf\xe9.txt"
    try:
        with open(strange, "w") as file:  # noqa: PTH123 (a name as bytes)
            file.write("Published 4 May 2020\n\nThe ferry left the harbour again.\n")
    except OSError:
        pytest.skip("this file system keeps names in UTF-8")
    run("add", tmp_path / "case.firstsaid", folder)
    files = {row["file"] for row in lines(run("list", tmp_path / "case.firstsaid", "documents", "--json"))}
    assert files == {"good.txt", "caf\\xe9.txt"}
    named = lines(run("annotate", os.fsdecode(strange), "--json"))
    assert {row["file"] for row in named} == {os.fsdecode(strange)}


def test_no_output_is_written_over_a_corpus_or_over_what_is_read(case: Path, tmp_path: Path) -> None:
    copy, rows = tmp_path / "copy.firstsaid", tmp_path / "rows.jsonl"
    copy.write_bytes(case.read_bytes())
    rows.write_text('{"id": "a", "text": "words"}\n')
    for arguments in (("report", copy, "-o", copy), ("export", copy, "--to", "w3c", "-o", copy), ("match", rows, "-o", copy),
                      ("match", rows, "-o", rows), ("similar", rows, rows, "-o", rows)):  # fmt: skip
        done = run(*arguments, check=False)
        assert done.returncode == 2
        assert "written over" in done.stderr
    assert copy.read_bytes() == case.read_bytes()
    assert rows.read_text() == '{"id": "a", "text": "words"}\n'


def test_a_pipe_is_written_to_and_not_replaced(case: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received = tmp_path / "received.html"
    with received.open("wb") as file, subprocess.Popen(["cat", pipe], stdout=file):
        run("report", case, "-o", pipe)
    assert received.read_bytes().lower().startswith(b"<!doctype html>")
    assert pipe.is_fifo()


def test_rows_of_any_kind_are_rows_or_problems(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    good = "alpha beta gamma delta epsilon zeta eta theta iota kappa"
    written = [
        {"id": "a", "text": good},
        {"id": "\ud800", "text": good, "title": "\ud800"},
        {"id": None, "text": "z"},
        {"id": [1], "text": "z"},
    ]
    lines_of_rows = [*map(json.dumps, written), "[" * 100_000, '{"id": ' + "9" * 6_000 + ', "text": "x"}', "[1, 2]", '"text"']
    rows.write_text("\ufeff" + "\n".join(lines_of_rows), encoding="utf-8")
    found = tmp_path / "pairs.jsonl"
    done = run("match", rows, "-o", found)
    assert "2 texts" in done.stderr
    assert done.stderr.count("Mend or delete the row") == 5
    assert "1 more of the kind" in done.stderr
    (pair,) = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert {pair["left_id"], pair["right_id"]} == {"a", "\ufffd"}
    packed = tmp_path / "cut.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(written[0]).encode() * 500)[:-20])
    assert "damaged" in run("match", packed, "-o", found).stderr


def test_an_empty_id_decides_nothing(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.firstsaid"
    run("add", case, folder)
    run("trace", case)
    done = run("decide", case, "", "noted", check=False)
    assert done.returncode == 2
    assert "no findings begin with ''" in done.stderr


def test_names_and_texts_cannot_command_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a\x1b[2J\u202e\nforged.txt").write_text(
        "Published 3 May 2020\n\n\u201cThe \x1b[31mferry is back,\u201d said Mira Hollund.\n"
    )
    case = tmp_path / "case.firstsaid"
    told = run("add", case, folder).stderr + run("trace", case).stderr
    shown = "".join(run("list", case, what).stdout for what in ("documents", "quotations", "problems")) + run("status", case).stdout
    assert "a\\x1b[2J\\u202e\\nforged.txt" in shown
    assert not {"\x1b", "\u202e"} & set(told + shown)
    assert not any(line.startswith("forged") for line in shown.splitlines())


def test_output_that_lacks_letters_is_still_json(case: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "iso-8859-1"}
    command = [sys.executable, "-m", "firstsaid", "list", str(case), "quotations"]
    done = subprocess.run([*command, "--json"], capture_output=True, check=True, env=environment)
    assert [json.loads(line) for line in done.stdout.decode("iso-8859-1").splitlines()] == lines(run("list", case, "quotations", "--json"))
    assert b"\\u201c" in subprocess.run(command, capture_output=True, check=True, env=environment).stdout


def test_a_reader_who_leaves_is_no_finding(case: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "firstsaid", "list", str(case), "figures", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as listing:  # fmt: skip
        assert listing.stdout is not None
        listing.stdout.close()
        assert listing.wait() == 0


def test_annotate_without_the_parser_says_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The clerk said that the dam would hold until spring. “It will hold,” said Ann Poe, who keeps the books.\n", "utf-8")
    whole, precise, quick = (run("annotate", path, "--json", *more) for more in ((), ("--precise",), ("--no-parser",)))
    forms = [[row["form"] for row in lines(done) if row["type"] == "quotation"] for done in (whole, precise, quick)]
    assert forms == [["indirect", "direct"], ["indirect", "direct"], ["direct"]]
    assert "are left out" in quick.stderr
    assert "are left out" not in whole.stderr


def test_annotate_says_what_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert "holds no text" in run("annotate", tmp_path / "empty.txt", "--json").stderr
    assert "no ordinary file" in run("annotate", "/dev/null", check=False).stderr


def test_a_damaged_or_foreign_corpus_is_one_line(case: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.firstsaid"
    for order in ("DROP TABLE finding; CREATE VIEW finding AS SELECT 1", "DROP TABLE finding"):
        broken.write_bytes(case.read_bytes())
        connection = sqlite3.connect(broken)
        connection.executescript(order)
        connection.close()
        done = run("list", broken, "findings", check=False)
        assert done.returncode == 2
        assert done.stderr.strip().count("\n") == 0
    for decisions in (b"\xff\xfe\x98", b"[" * 100_000):
        (tmp_path / "decisions.jsonl").write_bytes(decisions)
        done = run("import", case, tmp_path, check=False)
        assert done.returncode == 2
        assert "is no decision" in done.stderr
