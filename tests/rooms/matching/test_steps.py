"""Step by step, in blocks of any size, the same rows come out as in one go; and importing the room is cheap."""

import subprocess
import sys
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from firstsaid import columns
from firstsaid.matching import families, reuse, steps
from firstsaid.model import Alignment, Passage

from .test_reuse import STORY, noise


def corpus():
    texts = [f"{noise(i)} {STORY[3 * i :]} {noise(i + 50)}" for i in range(9)] + [STORY, "", "one word", noise(77), f"{STORY} {noise(78)}"]
    return {f"{'xyz'[i % 3]}{i}": text for i, text in enumerate(texts)}


def document_table(texts: Mapping[str, str]) -> pa.Table:
    n = len(texts)
    mark = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string())])
    return pa.table(
        {
            "document_id": list(texts), "text": list(texts.values()), "published_earliest": pa.array([None, *range(n - 1)], pa.int64()),
            "layout": pa.array([[]] * (n - 1) + [[{"start": 0, "end": 60, "kind": "boilerplate"}]], pa.list_(mark)),
            "capture_id": [f"c{i}" for i in range(n)], "start": [0] * n, "end": [1_000] * n,
        }
    )  # fmt: skip


def blocks(table: pa.Table, by: list[str], size: int):
    """Whole keys, about `size` rows at a time."""
    keys = table.select(by).group_by(by).aggregate([]).sort_by([(name, "ascending") for name in by]).to_pylist()
    for at in range(0, len(keys), size):
        wanted = keys[at : at + size]
        yield table.filter(pa.array([row in wanted for row in table.select(by).to_pylist()]))


def beside_pairs(block: pa.Table, tokens: pa.Table, n_documents: int) -> dict[str, pa.Table]:
    wanted = pa.chunked_array([*block.column("left_key").chunks, *block.column("right_key").chunks])
    scale = pa.table({"n_documents": [1 << (n_documents - 1).bit_length()]})
    return {"token": tokens.filter(pc.is_in(tokens.column("document_key"), value_set=wanted)), "scale": scale}


@pytest.mark.parametrize("size", [1, 4, 1_000])
def test_steps_in_blocks_of_any_size_give_what_reuse_gives(size):
    texts = corpus()
    documents = document_table(texts)
    heading = documents.drop_columns(["text", "layout"])
    tokens = pa.concat_tables([steps.token_rows(documents.slice(at, size)) for at in range(0, documents.num_rows, size)])
    shingles = pa.concat_tables([steps.shingle_rows(tokens.slice(at, size)) for at in range(0, tokens.num_rows, size)])
    pair = ["left_key", "right_key"]
    seeds = pa.concat_tables([steps.seed_rows(block, {"heading": heading}) for block in blocks(shingles, ["bucket"], size)])
    found = pa.concat_tables([steps.found_rows(block, beside_pairs(block, tokens, len(texts))) for block in blocks(seeds, pair, size)])
    kin = steps.kin_rows(found, {"heading": heading})
    aligned = pa.concat_tables([steps.alignment_rows(block, beside_pairs(block, tokens, len(texts))) for block in blocks(kin, pair, size)])
    passages = steps.passage_rows(aligned, {"heading": heading})
    left_out = [[]] * (len(texts) - 1) + [[(0, 60)]]
    expected = reuse(list(texts), list(texts.values()), dates=[None, *range(len(texts) - 1)], left_out=left_out)
    assert len(expected) > 40
    by_id = {"key": lambda row: row.id}
    assert sorted(columns.from_table(Alignment, aligned), **by_id) == sorted(expected, **by_id)
    order = [*list(texts)[1:], next(iter(texts))]
    assert columns.from_table(Passage, passages) == families(expected, order)


def test_importing_the_room_loads_no_compiler():
    check = "import sys, firstsaid.matching; sys.exit('numba' in sys.modules or 'bm25s' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_folder_that_cannot_be_written_to_costs_only_the_cache(monkeypatch):
    import numba

    from firstsaid.matching.compiled import compiled

    real = numba.njit

    def refusing(function, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(function, **options)

    monkeypatch.setattr(numba, "njit", refusing)
    assert compiled(lambda number: number + 1)(2) == 3
