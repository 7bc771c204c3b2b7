"""What Firstsaid promises about the user's work and machine: nothing is lost, nothing leaves. Other promises are in `properties`."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import firstsaid
from firstsaid.columns import canonical_lines
from firstsaid.corpus import Corpus
from firstsaid.errors import CorpusError
from firstsaid.store import read
from firstsaid.store.schema import DERIVED


def rows(corpus: Corpus) -> dict[str, list[str]]:
    return {name: list(canonical_lines(read.derived_table(corpus.connection, name))) for name in DERIVED}


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    """The command in a process of its own, as a user has it."""
    command = [sys.executable, "-m", "firstsaid", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_listening)


def _listening() -> None:
    # A suite that runs in the background of a shell is deaf to Ctrl-C, and so would be what it starts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def many_texts(folder: Path, name: str, n_files: int, n_sentences: int = 3) -> Path:
    """Different small texts, none of which copies another."""
    (folder / name).mkdir(parents=True)
    for number in range(n_files):
        said = "".join(
            f"The {name} pump {number} moved {number + line} tonnes of water on day {line}, said Ilse Maren. "
            for line in range(n_sentences)
        )
        (folder / name / f"2021-{1 + number % 12:02d}-01-{number}.txt").write_text(said, encoding="utf-8")
    return folder / name


# ---------------------------------------------------------------------------------------------- nothing is lost


def test_two_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    """One waits for the other, or says in one line that it cannot; whoever was told so adds again."""
    path = tmp_path / "case.firstsaid"
    folders = [many_texts(tmp_path, name, 60) for name in ("north", "south")]
    firstsaid.open(path).close()
    running = [started("add", path, folder) for folder in folders]
    for process, folder in zip(running, folders, strict=True):
        _, said = process.communicate(timeout=120)
        assert process.returncode in (0, 2), said
        if process.returncode == 2:
            assert "another process is writing" in said
            assert said.count("\n") == 1
            with firstsaid.open(path) as corpus:
                corpus.add(folder)
    with firstsaid.open(path) as corpus:
        assert corpus.status().n_documents == 120
        assert corpus.status().n_unread == 0
        assert not corpus.verify().failures


def test_two_processes_that_trace_at_once_make_the_rows_once(tmp_path: Path) -> None:
    path, alone = tmp_path / "case.firstsaid", tmp_path / "alone.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(many_texts(tmp_path, "north", 60))
        corpus.backup(alone)
    for process in [started("trace", path) for _ in range(2)]:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    with firstsaid.open(path) as corpus, firstsaid.open(alone) as other:
        other.trace()
        assert not corpus.verify().failures
        assert not corpus.status().stale
        for table in ("quotations", "figures", "findings"):
            assert corpus.table(table).to_pylist() == other.table(table).to_pylist()


def test_two_processes_that_make_the_same_corpus_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    folders = [many_texts(tmp_path, name, 5) for name in ("north", "south", "west")]
    running = [started("add", path, folder) for folder in folders]
    for process, folder in zip(running, folders, strict=True):
        _, said = process.communicate(timeout=120)
        assert process.returncode in (0, 2), said
        assert "Traceback" not in said
        if process.returncode == 2:
            with firstsaid.open(path) as corpus:
                corpus.add(folder)
    with firstsaid.open(path) as corpus:
        assert corpus.status().n_documents == 15
        assert not corpus.verify().failures


@pytest.mark.parametrize(
    "arguments", [("report", "-o"), ("export", "--to", "w3c", "-o"), ("export", "--to", "jsonl", "-o"), ("backup",)], ids=" ".join
)
def test_a_place_that_cannot_be_written_is_one_line(arguments: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(folder)
    for place in (tmp_path / "case.firstsaid" / "under-a-file", Path("/dev/null/nowhere")):
        process = started(arguments[0], path, *arguments[1:], place)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said.count("\n")) == (2, 1), said


def limit_to_pages_in_use(connection: sqlite3.Connection, more: int) -> None:
    """The disk is full: SQLite may take so many pages more."""
    (n_pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {n_pages + more}")


@pytest.mark.parametrize("more", [0, 5, 25])
def test_a_full_disk_while_adding_loses_nothing(more: int, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    large = many_texts(tmp_path, "north", 20, 200)
    with firstsaid.open(path) as corpus:
        corpus.add(folder)
        limit_to_pages_in_use(corpus.connection, more)
        with pytest.raises(CorpusError, match="free some disk space"):
            corpus.add(large)
    with firstsaid.open(path) as corpus:
        assert not corpus.verify().failures
        assert {document.location for document in corpus.documents()} >= {
            "board/2020-11-02-release.txt", "courier/2020-11-03-crane.txt", "courier/2021-06-01-market.txt",
        }  # fmt: skip
        corpus.add(large)
        assert corpus.status().n_documents == 23


def test_a_full_disk_while_tracing_loses_nothing(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    large = many_texts(tmp_path, "north", 10, 100)
    with firstsaid.open(path) as corpus:
        corpus.add(folder, large)
        limit_to_pages_in_use(corpus.connection, 3)
        with pytest.raises(CorpusError, match="free some disk space"):
            corpus.trace()
        assert corpus.status().stale
    with firstsaid.open(path) as corpus:
        assert not corpus.verify().failures
        corpus.trace()
        interrupted = rows(corpus)
    with firstsaid.open(tmp_path / "whole.firstsaid") as corpus:
        corpus.add(folder, large)
        corpus.trace()
        assert rows(corpus) == interrupted


def test_a_full_disk_while_deciding_keeps_the_decisions_before(example: Corpus) -> None:
    first, second = list(example.findings())[:2]
    example.decide(first.id, "noted", "look again")
    limit_to_pages_in_use(example.connection, 0)
    with pytest.raises(CorpusError, match="free some disk space"):
        example.decide(second.id, "noted", "a long reason, " * 10_000)
    assert example.decisions()[first.id].why == "look again"
    assert not example.verify().failures


def stop_when(process: subprocess.Popen[str], path: Path, query: str, n_rows: int) -> None:
    """Ctrl-C once there are so many rows; the command ends with one line and the exit code that shells expect."""
    while count(path, query) < n_rows:
        assert process.poll() is None, "the texts are too few to stop it in between"
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said.strip() == "firstsaid: stopped; what was done is kept, and the same command goes on from here"


def count(path: Path, query: str) -> int:
    """Asked of the file from outside, while another process writes; 0 while there is no such table."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            (n,) = connection.execute(query).fetchone()
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return 0
    return int(n)


def test_a_trace_that_is_stopped_goes_on_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    texts = many_texts(tmp_path, "north", 60, 40)
    with firstsaid.open(path) as corpus:
        corpus.add(texts)
    for where in ("", " WHERE finished IS NOT NULL"):  # within the first step, and behind it
        process = started("trace", path)
        stop_when(process, path, f"SELECT count(*) FROM run{where}", 1)
        with firstsaid.open(path) as corpus:
            assert not corpus.verify().failures
            assert corpus.status().stale
    with firstsaid.open(path) as corpus:
        assert corpus.trace().ran
        assert not corpus.status().stale


def test_an_add_that_is_stopped_goes_on_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    texts = many_texts(tmp_path, "north", 1_500, 10)
    process = started("add", path, texts)
    stop_when(process, path, "SELECT count(*) FROM document", 1)
    with firstsaid.open(path) as corpus:
        assert not corpus.verify().failures
        assert corpus.status().n_documents < 1_500
        corpus.add(texts)
        assert corpus.status().n_documents == 1_500


# ---------------------------------------------------------------------------------------------- nothing leaves the machine

OFFLINE = """
import socket, sys
def refuse(*arguments, **named):
    print("NETWORK", arguments, file=sys.stderr)
    raise OSError("a test tried to leave this machine")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
"""


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process and in every process that it starts, nothing can be reached, not even this machine."""
    (tmp_path / "offline").mkdir()
    (tmp_path / "offline" / "sitecustomize.py").write_text(OFFLINE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "offline"))

    def refuse(*arguments: object, **named: object) -> object:
        raise AssertionError(f"tried to leave this machine: {arguments}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.mark.usefixtures("offline")
def test_everything_but_a_typed_address_works_without_a_network(folder: Path, tmp_path: Path) -> None:
    page = "<html><head><link rel=stylesheet href=https://cdn.example/a.css><base href=https://paper.example/></head><body><article>"
    page += (
        f"<h1>Rain</h1><img src=https://paper.example/a.gif><p>{'It rained all day in the lower town. ' * 20}</p></article></body></html>"
    )
    (folder / "page.html").write_text(page)
    (folder / "feed.xml").write_text(
        "<!DOCTYPE a SYSTEM 'https://paper.example/a.dtd'><rss><channel><item><title>a</title></item></channel></rss>"
    )
    path = tmp_path / "case.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(folder)
        corpus.trace()
        corpus.whence("the new crane will be ready by the end of March")
        corpus.whence("the harbour gets a machine for lifting next spring")
        draft = tmp_path / "draft.md"
        draft.write_text("The board said that [the crane](https://paper.example/crane) will be ready by March 2021.\n")
        corpus.check(draft)
        from firstsaid.showing import write_report

        write_report(corpus, tmp_path / "report.html")
        corpus.reread()
        corpus.verify()


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "case.firstsaid", "texts"),
        ("trace", "texts"),
        ("annotate", "texts/board/2020-11-02-release.txt"),
        ("match", "texts", "-o", "found.jsonl"),
        ("similar", "claims.jsonl", "corpus.jsonl", "-o", "ranked.jsonl"),
        ("report", "texts", "-o", "report.html"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_work_without_a_network(arguments: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text('{"id": "q", "text": "The crane is ready in spring"}\n')
    (tmp_path / "corpus.jsonl").write_text('{"id": "d", "text": "The new crane will be ready by March"}\n')
    done = subprocess.run(
        [sys.executable, "-m", "firstsaid", *arguments], capture_output=True, text=True, check=False, cwd=tmp_path, env=dict(os.environ)
    )
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_tests_themselves_cannot_leave_the_machine() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match="leave this machine"):
        one.connect(("192.0.2.1", 80))
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("paper.example", 80)
