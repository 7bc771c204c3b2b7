"""Tracing after every change gives the tables of tracing once: whatever is added, forgotten, dated anew, or lost of what was remembered."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pytest

import firstsaid
from firstsaid import pipeline
from firstsaid.columns import canonical_lines
from firstsaid.corpus import Corpus, quiet
from firstsaid.corpus.whence import index_folder
from firstsaid.engines import Each, Group, Progress
from firstsaid.engines.embedded import EmbeddedEngine
from firstsaid.store import connect, read
from firstsaid.store.schema import DERIVED

WARNING = (
    "The water board warned on Tuesday that at least 40 wells in the valley will run dry before the end of August 2021. "
    "“We have measured every well, and we will not wait for rain unless the council asks us to,” said Edda Marrin, who leads the board."
)
SHORTER = WARNING.replace("at least 40", "some 45").replace(" unless the council asks us to", "")
FERRY = "The ferry to the island was sold for 3 million crowns, and nobody asked the ferrymen what they thought of it, said Tove Brandt."
SAID = (WARNING, SHORTER, "", FERRY, FERRY.replace("3 million", "4 million"), WARNING.replace("Tuesday", "Monday"))
OUTLETS = ("lantern", "courier", "herald")
HOURS = ("“The bakery opens at six,”", "“The mill closes at noon,”", "“Salt is dear,”", "“The ovens are cold,”", "“Flour has come,”")


def text_of(number: int) -> str:
    own = f"{HOURS[number % 5]} said baker {number} of street {number * 7}; the paper of the day counted {number + 3} carts."
    return f"Note {number}\n\nPublished {1 + number % 28} June 2021\n\n{own} {SAID[number % 6]}\n"


def place_of(number: int) -> str:
    return f"{OUTLETS[number % 3]}/2021-06-{1 + number % 28:02d}-note-{number}.txt"


@dataclass
class Story:
    """A folder of texts and the corpus that has followed every change of it; `dates` holds the days that were set by hand."""

    folder: Path
    corpus: Corpus
    numbers: set[int] = field(default_factory=set)
    dates: dict[str, int] = field(default_factory=dict)

    def add(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            path = self.folder / place_of(number)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(number), encoding="utf-8")
            self.numbers.add(number)
        self.corpus.add(self.folder)

    def forget(self, number: int) -> None:
        self.numbers.remove(number)
        (self.folder / place_of(number)).unlink()
        self.corpus.forget([place_of(number)])

    def date(self, number: int, moment: int) -> None:
        self.dates[place_of(number)] = moment
        set_dates(self.corpus, {place_of(number): moment})


def set_dates(corpus: Corpus, dates: Mapping[str, int]) -> None:
    with connect.transaction(corpus.connection):
        for location, moment in dates.items():
            corpus.connection.execute(
                "UPDATE document SET published_earliest = ?, published_latest = ? WHERE location = ?", (moment, moment, location)
            )


def tables(corpus: Corpus) -> dict[str, list[str]]:
    return {name: list(canonical_lines(read.derived_table(corpus.connection, name))) for name in DERIVED}


def at_once(story: Story, folder: Path) -> dict[str, list[str]]:
    """The tables of a new corpus of the same texts and dates."""
    with firstsaid.open(folder / "once.firstsaid") as corpus:
        corpus.add(story.folder)
        set_dates(corpus, story.dates)
        corpus.trace()
        assert not corpus.verify().failures
        return tables(corpus)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    (tmp_path / "texts").mkdir()
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        yield Story(tmp_path / "texts", corpus)


def lose(folder: Path, chance: random.Random) -> None:
    """Something happens to what is remembered: it is deleted, cut off, or filled with something else."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files or chance.random() < 0.3:
        shutil.rmtree(folder, ignore_errors=True)
        return
    path = chance.choice(files)
    data = path.read_bytes()
    path.write_bytes(chance.choice((b"", data[: len(data) // 2], b"\xff" * len(data), data + b"\0" * 8)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_tracing_after_every_change_gives_what_tracing_once_gives(seed: int, story: Story, tmp_path: Path) -> None:
    chance = random.Random(seed)
    waiting = chance.sample(range(40), 40)
    story.add([waiting.pop() for _ in range(10)])
    story.corpus.trace()
    for _ in range(6):
        what = chance.choice(("add", "add", "add", "again", "forget", "date", "lose"))
        if what in ("add", "again"):
            story.add([waiting.pop() for _ in range(chance.randint(1, 4))] if what == "add" else story.numbers)
        elif what == "forget":
            story.forget(chance.choice(sorted(story.numbers)))
        elif what == "date":
            story.date(chance.choice(sorted(story.numbers)), 27_000_000 + chance.randint(-9, 9) * 1440)
        else:
            lose(index_folder(story.corpus), chance)
        if chance.random() < 0.7:
            story.corpus.trace()
    story.corpus.trace()
    found = tables(story.corpus)
    assert found == at_once(story, tmp_path)
    for name in ("quotation", "figure", "mention", "alignment", "passage", "family", "finding"):
        assert found[name], f"the texts should give every kind of row, and give no {name}"
    assert not story.corpus.verify().failures


def test_a_corpus_that_passes_a_power_of_two_says_so(story: Story, tmp_path: Path) -> None:
    story.add(range(15))
    assert story.corpus.trace().passed is None
    story.add([15])
    assert story.corpus.trace().passed is None
    story.add([16])
    assert story.corpus.trace().passed == 16
    assert tables(story.corpus) == at_once(story, tmp_path)
    story.forget(3)
    story.corpus.trace()
    assert tables(story.corpus).keys() == DERIVED.keys()
    assert not story.corpus.status().stale


def test_going_back_to_what_was_gives_what_was(story: Story) -> None:
    """A state that has been traced before is not taken for up to date once another has been traced."""
    story.add(range(12))
    story.corpus.trace()
    before = tables(story.corpus)
    (moment,) = story.corpus.connection.execute("SELECT published_earliest FROM document WHERE location = ?", (place_of(0),)).fetchone()
    story.date(0, moment + 5 * 1440)
    story.corpus.trace()
    assert tables(story.corpus) != before
    story.date(0, moment)
    assert story.corpus.status().stale
    story.corpus.trace()
    assert tables(story.corpus) == before


@dataclass(frozen=True)
class CountingEngine:
    """The embedded engine, with the rows of each step that it was given."""

    n_rows: dict[str, int]
    engine: EmbeddedEngine = field(default_factory=lambda: EmbeddedEngine(workers=0))

    def each(self, step: Each, rows: Iterable[pa.Table], progress: Progress) -> Iterator[tuple[pa.Table, pa.Table]]:
        table = pa.concat_tables(list(rows))
        self.n_rows[step.name] = table.num_rows
        yield from self.engine.each(step, [table], progress)

    def group(self, step: Group, rows: Iterable[pa.Table], beside: Mapping[str, pa.Table], progress: Progress) -> Iterator[pa.Table]:
        table = pa.concat_tables(list(rows))
        self.n_rows[step.name] = table.num_rows
        yield from self.engine.group(step, [table], beside, progress)


def test_only_what_one_more_text_touches_is_run_again(story: Story) -> None:
    story.add(range(20))
    story.corpus.trace()
    folder = index_folder(story.corpus) / "steps"
    story.add([21])  # a copy of the sale of the ferry
    counted = CountingEngine({})
    pipeline.trace(story.corpus.connection, counted, quiet, folder)
    alone = CountingEngine({})
    (story.folder / "other.txt").write_text(f"{WARNING} {FERRY}")
    story.corpus.add(story.folder)
    pipeline.trace(story.corpus.connection, alone, quiet)
    assert counted.n_rows["said"] == counted.n_rows["block"] == 1
    assert 0 < counted.n_rows["found"] < alone.n_rows["found"] / 3
    assert 0 < counted.n_rows["family"] < alone.n_rows["family"]


def test_rows_that_stay_are_not_written_again(story: Story) -> None:
    story.add(range(12))
    story.corpus.trace()
    before = dict(story.corpus.connection.execute("SELECT id, rowid FROM alignment").fetchall())
    story.add([21])
    story.corpus.trace()
    after = dict(story.corpus.connection.execute("SELECT id, rowid FROM alignment").fetchall())
    assert before.items() <= after.items()
    assert len(after) > len(before)
    runs = story.corpus.connection.execute(
        "SELECT count(*), count(finished) FROM run WHERE step = 'alignment' AND id IN (SELECT run_id FROM alignment)"
    ).fetchone()
    assert tuple(runs) == (2, 1), "old rows name the run that made them; one run is the table's"


@dataclass(frozen=True)
class InterruptedEngine(CountingEngine):
    """While it runs one step, something else happens to the corpus."""

    step: str = ""
    meanwhile: Callable[[], object] = print

    def each(self, step: Each, rows: Iterable[pa.Table], progress: Progress) -> Iterator[tuple[pa.Table, pa.Table]]:
        if step.name == self.step and step.name not in self.n_rows:
            self.meanwhile()
        yield from CountingEngine.each(self, step, rows, progress)

    def group(self, step: Group, rows: Iterable[pa.Table], beside: Mapping[str, pa.Table], progress: Progress) -> Iterator[pa.Table]:
        if step.name == self.step and step.name not in self.n_rows:
            self.meanwhile()
        yield from CountingEngine.group(self, step, rows, beside, progress)


@pytest.mark.parametrize("step", ["said", "figure", "found", "family"])
def test_texts_that_another_process_adds_and_traces_meanwhile_are_not_lost(step: str, story: Story, tmp_path: Path) -> None:
    story.add(range(10))

    def meanwhile() -> None:
        with firstsaid.open(tmp_path / "case.firstsaid") as other:
            Story(story.folder, other, story.numbers).add(range(10, 14))
            other.trace()

    engine = InterruptedEngine({}, step=step, meanwhile=meanwhile)
    pipeline.trace(story.corpus.connection, engine, quiet, index_folder(story.corpus) / "steps")
    expected = at_once(story, tmp_path)
    assert story.corpus.status().stale or tables(story.corpus) == expected
    story.corpus.trace()
    assert not story.corpus.status().stale
    assert tables(story.corpus) == expected
