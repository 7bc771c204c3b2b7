"""Texts of files set against each other: the contracts of `match`, `similar` and `stemma`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from firstsaid.files.outputs import spare_inputs, write_rows, write_tables
from firstsaid.files.rows import each_row, text_rows
from firstsaid.model import Problem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from firstsaid.matching import Matched
    from firstsaid.tracing import Stemma


def match_files(places: Sequence[str], output: Path, families_output: Path | None) -> tuple[int, int, int, list[Problem]]:
    """The same words elsewhere among the texts of files. Returns how many texts, alignments and families, and the problems."""
    from firstsaid import matching

    spare_inputs(places, output, families_output)
    problems: list[Problem] = []
    with matching.GatheredTexts() as texts:
        for row in each_row(places, problems):
            texts.add(row.id, row.text, None if row.published is None else row.published.earliest)
        found = texts.matched()
    family_ids, passages = found.families()
    write_tables(output, _alignment_tables(found))
    if families_output is not None:
        write_tables(families_output, [_family_table(found, family_ids, passages)])
    return len(found.names), len(found.alignments), len(set(family_ids)), problems


def _alignment_tables(found: Matched) -> Iterator[pa.Table]:
    """The alignments as tables of the `match` contract, thousands of rows at a time; one without rows where there are none."""
    import pyarrow as pa

    names = pa.array(found.names, pa.string())
    for start in range(0, max(1, len(found.alignments)), ROWS_PER_TABLE):
        left, a0, a1, right, b0, b1, similarity, n_words, is_hub = found.alignments[start : start + ROWS_PER_TABLE].T
        yield pa.table(
            {
                "left_id": names.take(pa.array(left)), "left_start": a0, "left_end": a1, "right_id": names.take(pa.array(right)),
                "right_start": b0, "right_end": b1, "similarity": similarity / 10_000, "n_words": n_words, "hub": is_hub != 0,
            }
        )  # fmt: skip


ROWS_PER_TABLE = 1 << 17
"""Rows written at a time: some ten megabytes."""


def _family_table(found: Matched, family_ids: list[str], passages: npt.NDArray[np.int64]) -> pa.Table:
    import pyarrow as pa

    names = pa.array(found.names, pa.string())
    document, start, end = passages.T
    ids = pa.array(family_ids, pa.string())
    return pa.table({"family_id": ids, "id": names.take(pa.array(document)), "start": start, "end": end})


def similar_files(queries: str, documents: str, k: int, output: Path) -> tuple[int, list[Problem]]:
    """For each text of one file, those of another that say the same in other words. Returns how many queries, and the problems."""
    from firstsaid import matching

    spare_inputs([queries, documents], output)
    asked, problems = text_rows([queries])
    held, more = text_rows([documents])
    rankings = matching.similar(
        [matching.Text(row.id, row.text, row.title or "") for row in asked],
        [matching.Text(row.id, row.text, row.title or "") for row in held],
        k,
    )
    write_rows(
        output,
        (
            {"qid": one.query_id, "ranked": [[name, score / 10_000] for name, score in one.ranked], "bands": list(one.bands)}
            for one in rankings
        ),
    )
    return len(asked), problems + more


def stemma_file(place: str) -> tuple[Stemma, list[Problem]]:
    """Who copied whom among given versions of one text: `tracing.stemma_json` of it is the object of the `stemma` contract."""
    from firstsaid import tracing

    rows, problems = text_rows([place])
    return tracing.stemma([tracing.Witness(row.id, row.text, row.published, row.outlet) for row in rows]), problems
