"""Boilerplate by repetition within an outlet: what stands in many of one outlet's documents is its furniture, not its news.

A global cut-off would be too blunt: what one agency prints under everything, another quotes once. Blocks are marked, never removed.
Content recurs within an outlet too: statements of one body repeat whole paragraphs from meeting to meeting, and those are what one wants
to trace. So full sentences (more than 15 words) are furniture only where most documents carry them at their very beginning or end (an
"about us"); anything shorter goes by the count alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from firstsaid.columns import schema, to_table
from firstsaid.dates import day
from firstsaid.model import Layout, digest

BLOCK_SCHEMA = pa.schema(
    [
        pa.field("outlet", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("digest", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("day", pa.string()),
        pa.field("n_words", pa.int64(), nullable=False),
        pa.field("is_sentence", pa.bool_(), nullable=False),
        pa.field("place", pa.string(), nullable=False),
    ]
)
"""One row a block of a document that names its outlet. `place`: `edge` (first or last blocks) or `inside`. `day`: of publication."""

BOILERPLATE_SCHEMA = schema(Layout)

MIN_BLOCK_WORDS = 3
"""Shorter lines (names, places, "By") recur without being furniture."""
MIN_DOCUMENTS, MIN_SHARE_PERCENT = 5, 3
"""More documents of the outlet than both must carry the block: five coincide by chance in large outlets, 3 % in small ones."""
LONG_BLOCK_WORDS = 15
"""From here on a block that ends like a sentence may be said again on purpose: a central bank repeated paragraphs of 20 to 60 words in 6 to
22 of its 61 documents, while real furniture of this length (contacts, "about us", requests for donations) stood in nearly all."""
LONG_SHARE_PERCENT = 50
EDGE_BLOCKS = 2
"""How many blocks at each end of a document are its edge: a statement of six paragraphs has an inside, too."""
MAX_BLOCK_CHARS = 20_000
"""A longer block is a text without line ends, which is the document itself."""

_BLOCK = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "؟", "।", "۔", '."', ".”", ".)", ".'", ".’", ".»", ":")
_WORD = re.compile(r"\w+")


def boilerplate_blocks(documents: pa.Table) -> pa.Table:
    """Each kernel over `document`: the lines of at least three words, with a digest that leaves out case, punctuation and white space.

    Numbers count: a line that recurs with another figure in it says something new.

    Documents without outlet give no rows: nothing says that they have furniture in common.
    """
    rows: list[dict[str, object]] = []
    columns = documents.select(["document_id", "outlet", "text", "published_earliest"])
    for document_id, outlet, text, published in zip(*(column.to_pylist() for column in columns.columns), strict=True):
        if not outlet:
            continue
        blocks = list(_blocks(text))
        for number, (start, end, key, n_words, is_sentence) in enumerate(blocks):
            rows.append(
                {
                    "outlet": outlet,
                    "document_id": document_id,
                    "digest": key,
                    "start": start,
                    "end": end,
                    "day": None if published is None else day(published),
                    "n_words": n_words,
                    "is_sentence": is_sentence,
                    "place": "edge" if number < EDGE_BLOCKS or number >= len(blocks) - EDGE_BLOCKS else "inside",
                }
            )
    return pa.Table.from_pylist(rows, schema=BLOCK_SCHEMA)


def _blocks(text: str) -> Iterator[tuple[int, int, str, int, bool]]:
    for found in _BLOCK.finditer(text):
        line = found.group()
        if len(line) > MAX_BLOCK_CHARS:
            continue
        words = _WORD.findall(line)
        if len(words) < MIN_BLOCK_WORDS or not any(word[0].isalpha() for word in words):
            continue
        start = found.start() + len(line) - len(line.lstrip())
        is_sentence = line.rstrip().endswith(_SENTENCE_ENDS)
        yield start, start + len(line.strip()), digest("block", " ".join(words).casefold()), len(words), is_sentence


def repeated_blocks(blocks: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Group kernel by `outlet`: the blocks that more than max(5, 3 %) of the outlet's documents carry, not all of one day.

    A sentence of more than 15 words must stand in more than half of them, and at their edges. Sorted by document and place. Cost: one
    grouping of the blocks by digest.
    """
    keys = ["outlet", "digest"]
    in_outlet = blocks.group_by("outlet").aggregate([("document_id", "count_distinct")])
    n_documents = dict(
        zip(*(column.to_pylist() for column in in_outlet.select(["outlet", "document_id_count_distinct"]).columns), strict=True)
    )
    counted = blocks.group_by(keys).aggregate(
        [
            ("document_id", "count_distinct"),
            ("day", "count_distinct"),
            ("day", "count"),
            ("document_id", "count"),
            ("n_words", "max"),
            ("is_sentence", "min"),
        ]
    )
    counted = counted.filter(pc.greater(counted["document_id_count_distinct"], MIN_DOCUMENTS))
    edges = blocks.filter(pc.equal(blocks["place"], "edge")).group_by(keys).aggregate([("document_id", "count_distinct")])
    at_edge = {(row["outlet"], row["digest"]): row["document_id_count_distinct"] for row in edges.to_pylist()} if counted.num_rows else {}
    reasons: dict[tuple[str, str], str] = {}
    for row in counted.to_pylist():
        key, n_in_outlet, n_holders = (row["outlet"], row["digest"]), n_documents[row["outlet"]], row["document_id_count_distinct"]
        is_one_day = row["day_count_distinct"] == 1 and row["day_count"] == row["document_id_count"]
        if is_one_day or 100 * n_holders <= MIN_SHARE_PERCENT * n_in_outlet:
            continue
        if row["n_words_max"] > LONG_BLOCK_WORDS and row["is_sentence_min"]:
            n_edge = at_edge.get(key, 0)
            if 100 * n_edge <= LONG_SHARE_PERCENT * n_in_outlet or 10 * n_edge < 9 * n_holders:
                continue
        reasons[key] = f"stands in {n_holders:,} of {n_in_outlet:,} documents of {row['outlet']}"
    marked = blocks.filter(pc.is_in(blocks["digest"], pa.array(sorted({block for _, block in reasons}), pa.string())))
    rows = [
        Layout(row["document_id"], row["start"], row["end"], "boilerplate", reason=reasons[row["outlet"], row["digest"]])
        for row in marked.to_pylist()
        if (row["outlet"], row["digest"]) in reasons
    ]
    return to_table(Layout, sorted(rows, key=lambda row: (row.document_id, row.start, row.end)))
