"""Furniture of an outlet: what recurs in its documents, and what is said again on purpose."""

import pyarrow as pa

from firstsaid.model import MINUTES_PER_DAY
from firstsaid.reading import BLOCK_SCHEMA, BOILERPLATE_SCHEMA, boilerplate_blocks, repeated_blocks

FOOT = "Please support the Alba Post"
ABOUT = "About us: the Alba Post has been printed in the old mill since the year of the flood and belongs to its readers alone."
PLEDGE = "The council will keep the price of water at two crowns for every household until the new pipes have been laid in the upper town."


def table(texts, outlet="Alba Post", same_day=False):
    n = len(texts)
    return pa.table(
        {
            "document_id": [f"d{number:03d}" for number in range(n)],
            "outlet": pa.array([outlet] * n, pa.string()),
            "text": texts,
            "published_earliest": pa.array([0 if same_day else number * MINUTES_PER_DAY for number in range(n)], pa.int64()),
        }
    )


def marked(documents):
    texts = dict(zip(documents["document_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    rows = repeated_blocks(boilerplate_blocks(documents), {}).to_pylist()
    return {texts[row["document_id"]][row["start"] : row["end"]] for row in rows}, len(rows)


def test_a_line_of_many_documents_is_furniture_with_a_reason():
    documents = table([f"Story {n} begins here\n\n{FOOT}\n" for n in range(20)])
    assert marked(documents) == ({FOOT}, 20)
    result = repeated_blocks(boilerplate_blocks(documents), {})
    assert result.schema == BOILERPLATE_SCHEMA
    assert result["reason"][0].as_py() == "stands in 20 of 20 documents of Alba Post"


def test_five_documents_or_one_day_are_not_enough():
    assert marked(table([f"Story {n} begins here\n{FOOT if n < 5 else ''}" for n in range(20)])) == (set(), 0)
    assert marked(table([f"Story {n} begins here\n{FOOT}" for n in range(20)], same_day=True)) == (set(), 0)


def test_documents_without_outlet_have_no_furniture():
    assert boilerplate_blocks(table([FOOT] * 20, outlet=None)) == pa.Table.from_pylist([], schema=BLOCK_SCHEMA)


def test_outlets_are_counted_apart():
    one, two = table([f"Story {n} here\n{FOOT}" for n in range(5)]), table([f"Story {n} here\n{FOOT}" for n in range(4)], "Other")
    blocks = pa.concat_tables([boilerplate_blocks(one), boilerplate_blocks(two)])
    assert repeated_blocks(blocks, {}).num_rows == 0


def test_sentences_said_again_are_kept_and_an_about_us_is_not():
    bodies = [
        f"Statement number {n} of the council\nFirst part {n} a b\n{PLEDGE}\nLast part {n} c d\nWritten by clerk {n} of Alba\n{ABOUT}"
        for n in range(20)
    ]
    assert marked(table(bodies)) == ({ABOUT}, 20)


def test_a_line_with_another_figure_is_another_line():
    assert marked(table([f"Story {n} here\nThe water rose to {n} metres" for n in range(20)])) == (set(), 0)


def test_the_order_and_size_of_batches_change_nothing():
    documents = table([f"Story {n} begins here\n\n{FOOT}\n" for n in range(20)])
    blocks = [boilerplate_blocks(documents.slice(at, 3)) for at in range(0, 20, 3)]
    assert repeated_blocks(pa.concat_tables(blocks[::-1]), {}) == repeated_blocks(boilerplate_blocks(documents), {})
