"""Every engine gives the same rows, whatever its batches, blocks and processes; a new engine joins by adding one builder."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from firstsaid.columns import canonical_lines
from firstsaid.engines import Beside, Each, Engine, Group, Progress
from firstsaid.engines.embedded import EmbeddedEngine

ROWS = pa.schema([("document_id", pa.string()), ("text", pa.string())])
WORDS = pa.schema([("document_id", pa.string()), ("word", pa.string()), ("n", pa.int64())])
COUNTS = pa.schema([("word", pa.string()), ("n", pa.int64()), ("titles", pa.list_(pa.string()))])


def count_words(batch: pa.Table) -> pa.Table:
    rows = []
    for row in batch.to_pylist():
        words = row["text"].split()
        rows += [{"document_id": row["document_id"], "word": word, "n": words.count(word)} for word in sorted(set(words))]
    return pa.Table.from_pylist(rows, schema=WORDS)


def sum_words(block: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    titles = {row["document_id"]: row["title"] for row in beside["title"].to_pylist()}
    rows = []
    for word in sorted(set(block.column("word").to_pylist())):
        mine = block.filter(pc.equal(block.column("word"), word))
        rows.append(
            {
                "word": word,
                "n": pc.sum(mine.column("n")).as_py(),
                "titles": sorted(titles[one] for one in mine.column("document_id").to_pylist()),
            }
        )
    return pa.Table.from_pylist(rows, schema=COUNTS)


EACH = Each("word", "document", count_words, WORDS, rows_per_batch=7)
GROUP = Group("count", "word", ("word",), sum_words, COUNTS, (Beside("title", "document_id", ("document_id",)),), rows_per_block=50)


@dataclass(frozen=True)
class ScatteringEngine:
    """What a cluster does: rows arrive in any order, in batches of any size, each key on some machine."""

    seed: int = 0

    def each(self, step: Each, rows: Iterable[pa.Table], progress: Progress) -> Iterator[tuple[pa.Table, pa.Table]]:
        chance = random.Random(self.seed)
        table = pa.concat_tables(list(rows))
        table = table.take(chance.sample(range(table.num_rows), table.num_rows))
        start = 0
        while start < table.num_rows:
            batch = table.slice(start, chance.randint(1, 9))
            start += batch.num_rows
            yield batch, step.kernel(batch)

    def group(self, step: Group, rows: Iterable[pa.Table], beside: Mapping[str, pa.Table], progress: Progress) -> Iterator[pa.Table]:
        chance = random.Random(self.seed)
        table = pa.concat_tables(list(rows))
        machines: dict[int, list[int]] = {}
        place: dict[tuple[object, ...], int] = {}
        for number, row in enumerate(table.select(list(step.by)).to_pylist()):
            machine = place.setdefault(tuple(row.values()), chance.randrange(5))
            machines.setdefault(machine, []).append(number)
        for numbers in machines.values():
            block = table.take(numbers)
            near = {need.table: beside[need.table] for need in step.beside}
            yield step.kernel(block, near)


ENGINES: dict[str, Engine] = {
    "embedded": EmbeddedEngine(workers=0),
    "embedded in workers": EmbeddedEngine(workers=2),
    "embedded spilling": EmbeddedEngine(workers=0, bytes_in_memory=1),
    "scattering": ScatteringEngine(3),
}


def documents(n: int) -> pa.Table:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(40)]
    return pa.table(
        {"document_id": [f"d{number:03d}" for number in range(n)], "text": [" ".join(chance.choices(words, k=12)) for _ in range(n)]},
        schema=ROWS,
    )


def nobody(step: str, n_done: int, n_all: int) -> None:
    pass


def result(engine: Engine, rows: pa.Table) -> list[str]:
    titles = pa.table(
        {"document_id": rows.column("document_id"), "title": [f"title of {one}" for one in rows.column("document_id").to_pylist()]}
    )
    words = [made for _, made in engine.each(EACH, [rows], nobody)]
    return list(canonical_lines(pa.concat_tables(engine.group(GROUP, words, {"title": titles}, nobody))))


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_gives_the_same_table(name: str) -> None:
    rows = documents(300)
    assert result(ENGINES[name], rows) == result(EmbeddedEngine(workers=0), rows)


def test_results_do_not_depend_on_the_order_of_the_documents() -> None:
    rows = documents(60)
    shuffled = rows.take(random.Random(2).sample(range(60), 60))
    assert result(EmbeddedEngine(workers=0), rows) == result(EmbeddedEngine(workers=0), shuffled)


def test_each_hands_back_the_rows_that_a_batch_was_made_of() -> None:
    rows = documents(20)
    seen = [batch.column("document_id").to_pylist() for batch, _ in EmbeddedEngine(workers=0).each(EACH, [rows], nobody)]
    assert [one for batch in seen for one in batch] == rows.column("document_id").to_pylist()


def test_no_key_is_split_between_blocks() -> None:
    rows = documents(100)
    words = [made for _, made in EmbeddedEngine(workers=0).each(EACH, [rows], nobody)]
    titles = pa.table({"document_id": rows.column("document_id"), "title": rows.column("document_id")})
    blocks = [block.column("word").to_pylist() for block in EmbeddedEngine(workers=0).group(GROUP, words, {"title": titles}, nobody)]
    assert len(blocks) > 3
    everything = [word for block in blocks for word in block]
    assert len(everything) == len(set(everything))


def test_spilled_files_are_private_and_removed(tmp_path: Path) -> None:
    engine = EmbeddedEngine(workers=0, bytes_in_memory=1, spill_folder=tmp_path)
    rows = documents(50)
    titles = pa.table({"document_id": rows.column("document_id"), "title": rows.column("document_id")})
    words = [made for _, made in engine.each(EACH, [rows], nobody)]
    running = engine.group(GROUP, words, {"title": titles}, nobody)
    next(running)
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    list(running)
    assert not list(tmp_path.iterdir())


def test_a_kernel_with_other_columns_is_refused() -> None:
    wrong = Each("wrong", "document", count_words, COUNTS)
    with pytest.raises(TypeError, match="step wrong returned columns"):
        list(EmbeddedEngine(workers=0).each(wrong, [documents(3)], nobody))
