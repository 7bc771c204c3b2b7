"""Boilerplate by repetition within an outlet: what stands in many of one outlet's documents is its furniture, not its news.

A global cut-off would be too blunt: what one agency prints under everything, another quotes once. Blocks are marked, never removed.
Content recurs within an outlet too: statements of one body repeat whole paragraphs from meeting to meeting, and those paragraphs are
what one wants to trace. So a long block of full sentences is only furniture where most documents carry it at their very beginning or end
(an "about us"); anything shorter goes by the count alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyarrow as pa

from firstsaid.dates import day
from firstsaid.model import digest

BLOCK_SCHEMA = pa.schema(
    [
        pa.field("outlet", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("digest", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("day", pa.string()),
        pa.field("n_words", pa.int64(), nullable=False),
        pa.field("place", pa.string(), nullable=False),
    ]
)
"""One row a block of a document that names its outlet. `place`: `edge` (first or last blocks) or `inside`. `day`: of publication."""

BOILERPLATE_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
    ]
)

MIN_BLOCK_WORDS = 3
"""Shorter lines (names, places, "By") recur without being furniture."""
MIN_DOCUMENTS, MIN_SHARE_PERCENT = 5, 3
"""More documents of the outlet than both must carry the block: five coincide by chance in large outlets, 3 % in small ones."""
LONG_BLOCK_WORDS = 40
"""From here on a block is a paragraph of sentences, which a body may repeat because it says it again."""
LONG_SHARE_PERCENT = 50
EDGE_BLOCKS = 3
"""How many blocks at each end of a document are its edge."""
MAX_BLOCK_CHARS = 20_000
"""A longer block is a text without line ends, which is the document itself."""

_BLOCK = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_WORD = re.compile(r"\w+")


def boilerplate_blocks(documents: pa.Table) -> pa.Table:
    """Each kernel over `document`: the lines of at least three words, with a digest that leaves out case, numbers and white space.

    Documents without outlet give no rows: nothing says that they have furniture in common.
    """
    rows: list[dict[str, object]] = []
    columns = documents.select(["document_id", "outlet", "text", "published_earliest"])
    for document_id, outlet, text, published in zip(*(column.to_pylist() for column in columns.columns), strict=True):
        if not outlet:
            continue
        blocks = list(_blocks(text))
        for number, (start, end, key, n_words) in enumerate(blocks):
            rows.append(
                {
                    "outlet": outlet,
                    "document_id": document_id,
                    "digest": key,
                    "start": start,
                    "end": end,
                    "day": None if published is None else day(published),
                    "n_words": n_words,
                    "place": "edge" if number < EDGE_BLOCKS or number >= len(blocks) - EDGE_BLOCKS else "inside",
                }
            )
    return pa.Table.from_pylist(rows, schema=BLOCK_SCHEMA)


def _blocks(text: str) -> Iterator[tuple[int, int, str, int]]:
    for found in _BLOCK.finditer(text):
        line = found.group()
        if len(line) > MAX_BLOCK_CHARS:
            continue
        words = _WORD.findall(line)
        if len(words) < MIN_BLOCK_WORDS or not any(word[0].isalpha() for word in words):
            continue
        start = found.start() + len(line) - len(line.lstrip())
        key = " ".join("0" if word[0].isdigit() else word.casefold() for word in words)
        yield start, start + len(line.strip()), digest("block", key), len(words)


def repeated_blocks(blocks: pa.Table, beside: Mapping[str, pa.Table]) -> pa.Table:
    """Group kernel by `outlet`: the blocks that more than max(5, 3 %) of the outlet's documents carry, not all of one day.

    A block of more than 40 words must stand in more than half of them, and at their edges. Sorted by document and place.
    """
    rows: list[tuple[str, int, int, str]] = []
    by_outlet: dict[str, list[dict[str, object]]] = {}
    for row in blocks.to_pylist():
        by_outlet.setdefault(row["outlet"], []).append(row)
    for outlet in sorted(by_outlet):
        rows += _furniture(outlet, by_outlet[outlet])
    columns = list(zip(*sorted(rows), strict=True)) or [(), (), (), ()]
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, BOILERPLATE_SCHEMA, strict=True)], schema=BOILERPLATE_SCHEMA
    )


def _furniture(outlet: str, rows: list[dict[str, object]]) -> Iterator[tuple[str, int, int, str]]:
    n_documents = len({row["document_id"] for row in rows})
    by_digest: dict[object, list[dict[str, object]]] = {}
    for row in rows:
        by_digest.setdefault(row["digest"], []).append(row)
    for occurrences in by_digest.values():
        holders = {row["document_id"] for row in occurrences}
        if len(holders) <= MIN_DOCUMENTS or 100 * len(holders) <= MIN_SHARE_PERCENT * n_documents:
            continue
        days = {row["day"] for row in occurrences}
        if len(days) == 1 and None not in days:
            continue
        is_long = max(int(str(row["n_words"])) for row in occurrences) > LONG_BLOCK_WORDS
        at_edge = len({row["document_id"] for row in occurrences if row["place"] == "edge"})
        if is_long and (100 * at_edge <= LONG_SHARE_PERCENT * n_documents or 10 * at_edge < 9 * len(holders)):
            continue
        reason = f"stands in {len(holders):,} of {n_documents:,} documents of {outlet}"
        for row in occurrences:
            yield str(row["document_id"]), int(str(row["start"])), int(str(row["end"])), reason
