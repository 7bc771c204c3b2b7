"""The corpus file: what is kept stays, what is derived can be made again, and a stranger's file gets no trust."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from firstsaid.columns import canonical_lines, to_table
from firstsaid.errors import CorpusBusyError, CorpusError
from firstsaid.model import DateRange, Decision, Evidence, Finding, Intake, Layout, Part, Problem, Quotation, Received
from firstsaid.store import connect, read, write
from firstsaid.store.schema import DERIVED, SCHEMA_VERSION, VIEWS

TEXT = "Harbour opens\n\n“It is done,” said Mira Hollund.\x00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "case.firstsaid"
    connect.create(path).close()
    return path


def received(location: str = "a.txt", data: bytes = b"bytes as they came") -> Received:
    return Received(location, location, 0, "text/plain", data, 28_000_000, "file")


def add(connection: sqlite3.Connection, location: str = "a.txt", text: str = "It rained. It rained again.", day: int = 0) -> str:
    """One capture with one document; returns the document's id."""
    item = received(location, text.encode())
    with connect.transaction(connection):
        write.add_capture(connection, item)
        (capture,) = read.captures(connection, "WHERE id = ?", (write.capture_id_of(item),))
        part = Part(0, len(text), title="Rain", outlet="Courier", published=DateRange(day * 1440, day * 1440 + 1439, "column"))
        (document_id,) = write.add_intake(connection, capture, Intake(text, (part,), (Layout("", 0, 10, "paragraph"),)))
    return document_id


def test_bytes_come_back_as_they_came(path: Path) -> None:
    connection = connect.connect(path)
    item = received(data=bytes(range(256)) * 100)
    with connect.transaction(connection):
        assert write.add_capture(connection, item)[1]
    (capture,) = read.captures(connection)
    assert read.received_again(connection, capture).data == item.data


def test_the_same_bytes_at_the_same_place_are_kept_once(path: Path) -> None:
    connection = connect.connect(path)
    with connect.transaction(connection):
        assert write.add_capture(connection, received())[1]
        assert not write.add_capture(connection, received())[1]
        assert write.add_capture(connection, received("b.txt"))[1]
    assert connection.execute("SELECT count(*) FROM blob").fetchone()[0] == 1
    assert connection.execute("SELECT count(*) FROM capture").fetchone()[0] == 2


def test_two_places_with_the_same_words_are_two_documents(path: Path) -> None:
    connection = connect.connect(path)
    assert add(connection, "a.txt") != add(connection, "b.txt")


def test_a_document_is_a_slice_of_its_frozen_text(path: Path) -> None:
    connection = connect.connect(path)
    add(connection)
    (document,) = read.documents(connection)
    (text,) = read.frozen_texts(connection, document.capture_id).values()
    assert text[document.start : document.end] == document.text
    assert document.published == DateRange(0, 1439, "column")


def test_layout_of_several_documents_is_cut_per_document(path: Path) -> None:
    connection = connect.connect(path)
    item = received("posts.txt")
    with connect.transaction(connection):
        write.add_capture(connection, item)
        (capture,) = read.captures(connection)
        layout = (Layout("", 0, 5, "heading"), Layout("", 6, 11, "heading"), Layout("", 0, 11, "boilerplate"))
        write.add_intake(connection, capture, Intake("first second", (Part(0, 5, "post-1"), Part(6, 12, "post-2")), layout))
    second = next(one for one in read.documents(connection) if one.location == "posts.txt#post-2")
    assert [(span.start, span.end, span.kind) for span in read.layout_of(connection, second.id)] == [(0, 5, "heading")]


def test_what_was_not_committed_is_not_there(path: Path) -> None:
    connection = connect.connect(path)

    def interrupted() -> None:
        with connect.transaction(connection):
            write.add_capture(connection, received())
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        interrupted()
    assert not read.captures(connection)


def test_a_second_writer_is_told_to_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.05)
    first, second = connect.connect(path), connect.connect(path)
    with connect.transaction(first), pytest.raises(CorpusBusyError, match="another process"), connect.transaction(second):
        pass


def test_one_reads_while_another_writes(path: Path) -> None:
    writer, reader = connect.connect(path), connect.connect(path, read_only=True)
    add(writer)
    with connect.transaction(writer):
        write.add_capture(writer, received("b.txt"))
        assert len(read.captures(reader)) == 1


def test_derived_rows_come_back_as_they_were_saved(path: Path) -> None:
    connection = connect.connect(path)
    document_id = add(connection)
    quotation = Quotation("q1", document_id, 0, 10, "direct", ((0, 4), (6, 10)), speaker_is_unnamed=True)
    finding = Finding("f1", "quotation-altered", "rain", "It differs.", ("a slip",), 9000, (Evidence(document_id, 0, 9, "says"),))
    for name, noun in (("quotation", quotation), ("finding", finding)):
        with connect.transaction(connection):
            write.save_rows(connection, name, to_table(type(noun), [noun]), "run")
        assert list(read.derived(connection, type(noun), name)) == [noun]
        assert read.derived_table(connection, name).to_pylist() == to_table(type(noun), [noun]).to_pylist()
    opened = connection.execute(f"SELECT finding_id, document_id, start FROM ({VIEWS['evidence']})").fetchall()
    assert [tuple(row) for row in opened] == [("f1", document_id, 0)]


def test_other_tools_can_open_what_lies_nested(path: Path) -> None:
    connection = sqlite3.connect(path)
    for view in VIEWS:
        assert connection.execute(f"SELECT * FROM {view}").fetchall() == []


def test_search_finds_words_phrases_and_scripts_without_spaces(path: Path) -> None:
    connection = connect.connect(path)
    add(connection, "a.txt", "The harbour café burned at night.")
    add(connection, "b.txt", "東京で火事があった。")
    assert [document.location for document, _ in read.search(connection, "cafe HARBOUR", 10)] == ["a.txt"]
    assert [document.location for document, _ in read.search(connection, '"harbour café"', 10)] == ["a.txt"]
    assert not list(read.search(connection, '"café harbour"', 10))
    ((document, snippet),) = read.search(connection, "火事", 10)
    assert document.location == "b.txt"
    assert "[[火事]]" in snippet


@pytest.mark.parametrize("typed", ['"', "AND", "a*b(", "NEAR(", "-x", "^", "title:x", "''", ""])
def test_whatever_is_typed_is_no_syntax_error(path: Path, typed: str) -> None:
    connection = connect.connect(path)
    add(connection)
    list(read.search(connection, typed, 10))


def test_decisions_are_only_ever_appended(path: Path) -> None:
    connection = connect.connect(path)
    for number in range(3):
        with connect.transaction(connection):
            write.add_decision(connection, Decision("f1", "figures-conflict", "noted", f"note {number}", number, ()))
    assert [decision.why for decision in read.decisions(connection)] == ["note 0", "note 1", "note 2"]


def test_forgotten_words_are_gone_from_the_file(path: Path) -> None:
    connection = connect.connect(path)
    add(connection, "secret.txt", "Xylophonist marmalade at dawn")
    add(connection, "other.txt", "Rain at noon")
    (capture,) = read.captures(connection, "WHERE location = 'secret.txt'")
    with connect.transaction(connection):
        write.forget_captures(connection, [capture.id])
    assert not list(read.search(connection, "xylophonist", 10))
    assert [document.location for document in read.documents(connection)] == ["other.txt"]


def test_a_problem_is_kept_once(path: Path) -> None:
    connection = connect.connect(path)
    problem = Problem.of("empty", "a.txt", "the file is empty", "Leave it out")
    for _ in range(2):
        with connect.transaction(connection):
            write.add_problem(connection, problem)
    assert read.problems(connection) == [problem]


def test_a_missing_corpus_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="firstsaid add"):
        connect.connect(tmp_path / "none.firstsaid")


def test_other_files_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.firstsaid"
    text.write_text("no database at all, but long enough to have a header " * 40)
    with pytest.raises(CorpusError, match="not a Firstsaid corpus"):
        connect.connect(text)
    foreign = tmp_path / "foreign.firstsaid"
    sqlite3.connect(foreign).execute("CREATE TABLE x (y)").connection.close()
    with pytest.raises(CorpusError, match="not a Firstsaid corpus"):
        connect.connect(foreign)


def test_a_newer_corpus_is_refused(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    with pytest.raises(CorpusError, match="newer"):
        connect.connect(path)


def test_a_corpus_with_a_trigger_is_refused(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TRIGGER t AFTER INSERT ON capture BEGIN DELETE FROM decision; END")
    raw.close()
    with pytest.raises(CorpusError, match="trigger"):
        connect.connect(path)


def test_derived_tables_of_other_nouns_are_made_anew(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.executescript("DROP TABLE figure; CREATE TABLE figure (id TEXT, old_column TEXT);")
    raw.close()
    connection = connect.connect(path)
    assert read.derived_table(connection, "figure").num_rows == 0


def test_tables_that_another_version_derived_are_dropped_and_no_others(path: Path) -> None:
    connection = connect.connect(path)
    connection.execute("CREATE TABLE own_notes (note TEXT, run_id TEXT)")
    connection.execute('CREATE TABLE "found ""mention" (id TEXT, run_id TEXT)')
    with connect.transaction(connection):
        for step in ('found "mention', "document", "quotation"):
            write.begin_run(connection, f"run of {step}", step, 1, "settings", "inputs", 0)
            write.mark_documents_done(connection, step, [("d", "seen")], f"run of {step}")
    connection.close()
    connection = connect.connect(path)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {"own_notes", "document", "quotation"} <= names
    assert 'found "mention' not in names
    assert [row["step"] for row in connection.execute("SELECT step FROM run")] == ["quotation"]
    assert [row["step"] for row in connection.execute("SELECT step FROM run_document")] == ["quotation"]


def test_every_derived_table_has_the_columns_of_its_noun(path: Path) -> None:
    connection = connect.connect(path)
    for name in DERIVED:
        table = read.derived_table(connection, name)
        assert list(canonical_lines(table)) == []


def test_a_half_made_corpus_never_bears_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(connect, "make_derived", fail)
    with pytest.raises(CorpusError, match="disk full"):
        connect.create(tmp_path / "case.firstsaid")
    assert not (tmp_path / "case.firstsaid").exists()
