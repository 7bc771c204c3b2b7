"""The corpus as its user holds it: nothing added or decided is lost, adding twice adds nothing, order and interruption change nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import firstsaid
from firstsaid.columns import canonical_lines
from firstsaid.corpus import Corpus
from firstsaid.errors import CorpusError, UsageError
from firstsaid.store import read
from firstsaid.store.schema import DERIVED


def rows(corpus: Corpus) -> dict[str, list[str]]:
    """Every derived table as canonical lines."""
    return {name: list(canonical_lines(read.derived_table(corpus.connection, name))) for name in DERIVED}


def test_files_in_report_out(folder: Path, tmp_path: Path) -> None:
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        assert corpus.add(folder).n_documents == 3
        corpus.trace()
        (family,) = corpus.families()
        assert family.n_documents == 2
        (first,) = family.earliest_document_ids
        assert corpus.document(first).location == "board/2020-11-02-release.txt"
        assert {reading.kind for reading in family.readings} >= {"cut", "hedge"}
        assert any("Hollund" in (quotation.speaker_name or "") for quotation in corpus.quotations(speaker="Mira Hollund"))


def test_adding_the_same_folder_twice_adds_nothing(folder: Path, tmp_path: Path) -> None:
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        corpus.add(folder)
        again = corpus.add(folder)
        assert (again.n_captures, again.n_known, again.n_documents) == (0, 3, 0)


def test_moving_the_folder_changes_nothing(folder: Path, tmp_path: Path) -> None:
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        corpus.add(folder)
        folder.rename(tmp_path / "elsewhere")
        assert corpus.add(tmp_path / "elsewhere").n_documents == 0


def test_a_traced_corpus_is_not_traced_again(folder: Path, tmp_path: Path) -> None:
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        corpus.add(folder)
        assert corpus.trace().ran
        assert not corpus.trace().ran
        assert not corpus.status().stale


def test_order_of_adding_changes_nothing(folder: Path, tmp_path: Path) -> None:
    results = []
    for seed in range(2):
        files = sorted(path for path in folder.rglob("*.txt"))
        random.Random(seed).shuffle(files)
        with firstsaid.open(tmp_path / f"case{seed}.firstsaid") as corpus:
            for path in files:
                corpus.add(path)
            corpus.trace()
            results.append(rows(corpus))
    assert results[0] == results[1]


def test_adding_later_gives_what_adding_at_once_gives(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.rglob("*.txt"))
    with firstsaid.open(tmp_path / "once.firstsaid") as corpus:
        corpus.add(*files)
        corpus.trace()
        at_once = rows(corpus)
    with firstsaid.open(tmp_path / "later.firstsaid") as corpus:
        corpus.add(files[0])
        corpus.trace()
        corpus.add(*files[1:])
        corpus.trace()
        assert rows(corpus) == at_once


def test_derived_tables_deleted_and_made_again_are_the_same(example: Corpus) -> None:
    before = rows(example)
    example.connection.execute("DELETE FROM run_document")
    example.connection.execute("DELETE FROM run")
    for name in DERIVED:
        example.connection.execute(f"DELETE FROM {name}")
    example.trace()
    assert rows(example) == before


def test_a_killed_trace_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(folder)
    for seconds in (0.4, 0.9, 1.6):
        running = subprocess.Popen(
            [sys.executable, "-m", "firstsaid", "trace", str(path)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        running.wait()
        with firstsaid.open(path) as corpus:
            assert not corpus.verify().failures
            assert corpus.status().n_documents == 3
    with firstsaid.open(path) as corpus:
        corpus.trace()
        killed = rows(corpus)
    with firstsaid.open(tmp_path / "whole.firstsaid") as corpus:
        corpus.add(folder)
        corpus.trace()
        assert rows(corpus) == killed


def test_an_interrupted_add_keeps_what_it_took_in(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from firstsaid import reading

    def stop(items: object) -> object:
        raise KeyboardInterrupt

    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        with monkeypatch.context() as patch:
            patch.setattr(reading, "read_safely", stop)
            with pytest.raises(KeyboardInterrupt):
                corpus.add(folder)
        assert corpus.status().n_unread == 3
        corpus.trace()
        assert corpus.status().n_documents == 3


def test_a_plain_script_without_a_main_guard_works(folder: Path, tmp_path: Path) -> None:
    page = folder / "page.html"
    page.write_text(f"<html><body><article><h1>Rain</h1><p>{'It rained all day long in the lower town. ' * 9}</p></article></body></html>")
    script = tmp_path / "script.py"
    script.write_text(
        f"import firstsaid\ncorpus = firstsaid.open({str(tmp_path / 'case.firstsaid')!r})\nprint(corpus.add({str(folder)!r}).n_documents)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, env={**os.environ})
    assert done.stdout.split() == ["4"], done.stderr


def test_decisions_survive_new_documents_and_new_traces(example: Corpus, tmp_path: Path) -> None:
    finding = next(example.findings())
    example.decide(finding.id, "dismissed", "the agency corrected it the same day")
    extra = tmp_path / "2025-01-01-unrelated.txt"
    extra.write_text("An unrelated note about plums, pears and the price of string in the upper town this winter.")
    example.add(extra)
    example.trace()
    assert example.decisions()[finding.id].why == "the agency corrected it the same day"
    assert not example.status().unanchored


def test_a_decision_whose_finding_is_gone_is_listed(example: Corpus) -> None:
    finding = next(example.findings())
    example.decide(finding.id, "noted", "look again")
    example.forget([example.document(finding.evidence[0].document_id).location.partition("#")[0]])
    example.trace()
    (lost,) = example.status().unanchored
    assert lost.why == "look again"


def test_a_dismissal_needs_a_reason(example: Corpus) -> None:
    finding = next(example.findings())
    with pytest.raises(UsageError, match="--why"):
        example.decide(finding.id, "dismissed")
    with pytest.raises(UsageError, match="Verdicts: confirmed"):
        example.decide(finding.id, "agreed", "yes")


def test_every_span_lies_in_its_document(example: Corpus) -> None:
    verification = example.verify()
    assert not verification.failures
    assert verification.n_spans > 500


def test_a_backup_is_the_same_corpus(example: Corpus, tmp_path: Path) -> None:
    example.backup(tmp_path / "copy.firstsaid")
    with firstsaid.open(tmp_path / "copy.firstsaid") as copy:
        assert rows(copy) == rows(example)
    with pytest.raises(UsageError, match="never overwrites"):
        example.backup(tmp_path / "copy.firstsaid")


def test_forgotten_words_are_in_no_file(folder: Path, tmp_path: Path) -> None:
    (folder / "secret.txt").write_text(
        "Published 4 May 2020\n\nThe xylophonist keeps marmalade in the belfry, said nobody at all this year.\n"
    )
    path = tmp_path / "case.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(folder)
        corpus.trace()
        assert corpus.forget(["secret.txt"]) == 1
    for file in [path, *path.with_name(path.name + ".index").glob("*")]:
        assert b"xylophonist" not in file.read_bytes()
    with firstsaid.open(path) as corpus, pytest.raises(UsageError, match="no capture"):
        corpus.forget(["secret.txt"])


def test_rereading_what_reads_the_same_replaces_nothing(example: Corpus) -> None:
    assert example.reread().n_documents == 0


def test_rereading_replaces_and_never_changes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from firstsaid import reading

    original = reading.read_safely

    def without_last_word(items: object) -> object:
        for received, intake in original(items):  # type: ignore[arg-type]
            parts = tuple(replace(part, end=part.end - 8) for part in intake.parts)
            yield received, replace(intake, parts=parts, layout=())

    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        corpus.add(folder)
        before = {document.location: document for document in corpus.documents()}
        monkeypatch.setattr(reading, "read_safely", without_last_word)
        assert corpus.reread().n_documents == 3
        for document in corpus.documents():
            assert document.replaces == before[document.location].id
        assert {document.text for document in read.documents(corpus.connection, "WHERE NOT is_current")} == {
            d.text for d in before.values()
        }
        assert not corpus.verify().failures


def test_whence_says_which_witness_is_earliest(example: Corpus) -> None:
    family = next(example.families())
    earliest = example.document(family.earliest_document_ids[0])
    passage = next(one for one in example.passages(family.id) if one.document_id == earliest.id)
    answer = example.whence(earliest.text[passage.start : passage.end])
    assert answer.how == "words"
    assert earliest.id in {one.document_id for one in answer.earliest}
    assert len({one.document_id for one in answer.witnesses}) >= 2


def test_whence_of_words_nobody_used_is_an_honest_nothing(example: Corpus) -> None:
    answer = example.whence("zebras never yodel underneath quadratic chandeliers")
    assert answer.how == "nothing"
    assert not answer.witnesses


def test_tables_and_listings_hold_the_same_rows(example: Corpus) -> None:
    assert example.table("quotations").num_rows == sum(1 for _ in example.quotations())
    with pytest.raises(UsageError, match="Tables: documents"):
        example.table("nonsense")


def test_a_folder_stands_for_the_corpus_beside_it(folder: Path) -> None:
    with firstsaid.open(folder) as corpus:
        assert corpus.path == folder.with_suffix(".firstsaid")
        assert corpus.status().n_documents == 3


def test_a_corpus_needs_its_suffix(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"case\.firstsaid"):
        firstsaid.open(tmp_path / "case")


def test_importing_the_package_loads_no_engine_no_web_and_no_weights() -> None:
    script = (
        "import sys, firstsaid; print([n for n in ('numba', 'pyarrow', 'starlette', 'wordllama', 'sqlite3', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_kind_is_one_that_the_model_names(example: Corpus) -> None:
    from firstsaid.model import CITATION_FORMS, FIGURE_KINDS, FINDING_KINDS, LAYOUT_KINDS, MODIFIERS, QUOTATION_FORMS, READING_KINDS

    assert {one.form for one in example.quotations()} <= set(QUOTATION_FORMS)
    assert {one.form for one in example.citations()} <= set(CITATION_FORMS)
    assert {one.kind for one in example.figures()} <= set(FIGURE_KINDS)
    assert {one.modifier for one in example.figures()} <= set(MODIFIERS)
    assert {one.kind for one in example.findings()} <= set(FINDING_KINDS)
    assert {reading.kind for family in example.families() for reading in family.readings} <= set(READING_KINDS)
    kinds = {row[0] for row in example.connection.execute("SELECT DISTINCT kind FROM layout")}
    assert kinds <= set(LAYOUT_KINDS)
