"""Same input, same version, same bytes out: on one core or many, in memory or through files, in any order of adding, once or twice."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import firstsaid
from firstsaid import pipeline
from firstsaid.columns import canonical_lines
from firstsaid.corpus import Corpus, quiet
from firstsaid.engines import Each, Engine, embedded
from firstsaid.engines.embedded import EmbeddedEngine
from firstsaid.store import read
from firstsaid.store.schema import DERIVED

WARNING = (
    "The water board warned on Tuesday that at least 40 wells in the valley will run dry before the end of August 2021. "
    "“We have measured every well, and we will not wait for rain unless the council asks us to,” said Edda Marrin, who leads the board."
)
SHORTER = WARNING.replace("at least 40", "some 45").replace(" unless the council asks us to", "")
OUTLETS = ("lantern", "courier", "herald")
OWN = (
    "Bakers met at the mill and spoke of flour, of ovens and of the price of salt.",
    "Η προκυμαία έκλεισε για 12 ημέρες, είπε ο δήμαρχος Νίκος Λαμπράκης.",
    "“Nobody asked us,” said the ferryman; the ferry was sold for 3 million crowns in 2019.",
    "道路は閉鎖された。「雨が続く」と市長は述べた。四十人が待っている。",
    "قال المتحدث باسم البلدية: «الطريق مغلق منذ أسبوع»، وأضاف أن ٣٠ شخصا ينتظرون.",
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifteen dated texts of three outlets in four scripts; two thirds of them copy or alter one warning."""
    folder = tmp_path_factory.mktemp("texts")
    for number in range(15):
        said = (WARNING, SHORTER, "")[number % 3]
        path = folder / OUTLETS[number % 2] / f"2021-06-{number + 1:02d}-note.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Note {number}\n\nPublished {number + 1} June 2021\n\n{OWN[number % 5]} {said}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def untraced(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "case.firstsaid"
    with firstsaid.open(path) as corpus:
        corpus.add(texts)
    return path


@pytest.fixture
def corpus(untraced: Path, tmp_path: Path) -> Iterator[Corpus]:
    shutil.copy(untraced, tmp_path / "case.firstsaid")
    with firstsaid.open(tmp_path / "case.firstsaid") as opened:
        yield opened


@pytest.fixture(scope="module")
def expected(untraced: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one core, one batch and enough memory make of it."""
    path = tmp_path_factory.mktemp("plain") / "case.firstsaid"
    shutil.copy(untraced, path)
    with firstsaid.open(path) as opened:
        found = traced(opened, EmbeddedEngine(workers=0))
    for name in ("quotation", "figure", "mention", "name", "alignment", "passage", "family", "finding"):
        assert found[name], f"the texts should give every kind of row, and give no {name}"
    return found


def traced(corpus: Corpus, engine: Engine) -> dict[str, list[str]]:
    pipeline.trace(corpus.connection, engine, quiet)
    return tables(corpus)


def tables(corpus: Corpus) -> dict[str, list[str]]:
    return {name: list(canonical_lines(read.derived_table(corpus.connection, name))) for name in DERIVED}


def in_pieces(monkeypatch: pytest.MonkeyPatch, rows: int, only: tuple[str, ...] = ()) -> None:
    """Every step (or only those) in batches and blocks of so few rows."""
    plan = [
        step if only and step.name not in only
        else replace(step, rows_per_batch=rows) if isinstance(step, Each)
        else replace(step, rows_per_block=rows)
        for step in pipeline.PLAN
    ]  # fmt: skip
    monkeypatch.setattr("firstsaid.pipeline.plan.PLAN", tuple(plan))


@pytest.mark.parametrize("rows", [1, 4])
def test_the_size_of_batches_and_blocks_leaves_no_trace(
    rows: int, corpus: Corpus, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_pieces(monkeypatch, rows)
    assert traced(corpus, EmbeddedEngine(workers=0)) == expected


def test_worker_processes_give_the_same_rows(corpus: Corpus, expected: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "ROWS_WORTH_WORKERS", 2)
    in_pieces(monkeypatch, 3, only=("said", "token"))  # each pool takes a second to start: one for words, one for what is said
    assert traced(corpus, EmbeddedEngine(workers=2)) == expected


def test_tables_that_go_through_files_give_the_same_rows(corpus: Corpus, expected: dict[str, list[str]], tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    assert traced(corpus, EmbeddedEngine(workers=0, bytes_in_memory=1, spill_folder=spill)) == expected
    assert not list(spill.iterdir())


def test_tracing_twice_equals_tracing_once(corpus: Corpus, expected: dict[str, list[str]]) -> None:
    traced(corpus, EmbeddedEngine(workers=0))
    again = pipeline.trace(corpus.connection, EmbeddedEngine(workers=0), quiet)
    assert not again.ran
    assert tables(corpus) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_adding_and_tracing_in_between_gives_the_same_rows(
    seed: int, texts: Path, expected: dict[str, list[str]], tmp_path: Path
) -> None:
    """One folder after the other, the last first, with a trace whenever chance says so."""
    chance = random.Random(seed)
    files = sorted(texts.rglob("*.txt"))
    chance.shuffle(files)
    staging = tmp_path / "texts"
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        while files:
            for path in [files.pop() for _ in range(min(len(files), chance.randint(3, 7)))]:
                target = staging / path.relative_to(texts)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
            corpus.add(staging)
            if chance.random() < 0.5:
                pipeline.trace(corpus.connection, EmbeddedEngine(workers=0), quiet)
        assert traced(corpus, EmbeddedEngine(workers=0)) == expected
