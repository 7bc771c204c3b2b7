"""Texts of files set against each other: the contracts of `match`, `similar` and `stemma`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firstsaid.files.outputs import spare_inputs, write_rows, write_tables
from firstsaid.files.rows import each_row, text_rows
from firstsaid.model import FULL, Problem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from firstsaid.files.reviews import Review
    from firstsaid.matching import Matched, Ranking
    from firstsaid.tracing import Collation, Stemma, Witness


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
    """For each text of one file, those of another that say the same in other words. Returns how many queries, and the problems.

    Documents may be published fact-checks (see `reviews`): then each rank comes with the review, its rating in the publisher's words.
    MiniLM takes part where the user has installed it.
    """
    from firstsaid import matching
    from firstsaid.files.reviews import reviews_at

    encoder = matching.installed_encoder()
    spare_inputs([queries, documents], output)
    asked, problems = text_rows([queries])
    reviews, more = reviews_at(Path(documents))
    held = [matching.Text(review.id, review.claim) for review in reviews]
    if not reviews:
        rows, more = text_rows([documents])
        held = [matching.Text(row.id, row.text, row.title or "") for row in rows]
    by_id = {review.id: review for review in reviews}
    rankings = matching.similar([matching.Text(row.id, row.text, row.title or "") for row in asked], held, k, encoder)
    write_rows(output, (_ranking_row(one, by_id) for one in rankings))
    return len(asked), problems + more


def _ranking_row(one: Ranking, reviews: Mapping[str, Review]) -> dict[str, Any]:
    row: dict[str, Any] = {"qid": one.query_id, "ranked": [[name, score / FULL] for name, score in one.ranked], "bands": list(one.bands)}
    if reviews:
        row["reviews"] = [asdict(reviews[name]) for name, _ in one.ranked]
    return row


def stemma_file(place: str) -> tuple[Stemma, list[Problem]]:
    """Who copied whom among given versions of one text: `tracing.stemma_json` of it is the object of the `stemma` contract."""
    from firstsaid import tracing

    witnesses, collation, problems = _witnesses(place)
    return tracing.stemma(witnesses, collation), problems


STEMMA_FORMS = ("dot", "json", "newick", "nexus", "tei")


def stemma_written(place: str, form: str) -> tuple[str, list[Problem]]:
    """The stemma of the versions in a place, in one of `STEMMA_FORMS`; `tei` is their critical apparatus, which holds no tree."""
    from firstsaid import tracing

    witnesses, collation, problems = _witnesses(place)
    if form == "tei":
        return tracing.to_tei(witnesses, Path(place).stem, collation), problems
    return tracing.stemma_as(form, witnesses, tracing.stemma(witnesses, collation), collation), problems


def _witnesses(place: str) -> tuple[list[Witness], Collation | None, list[Problem]]:
    """Versions from a table of readings or a TEI apparatus, which say where they stand beside each other; else from texts."""
    from firstsaid import tracing
    from firstsaid.files.collated import TABLES, TEI_SUFFIXES, collated_table, tei_witnesses

    path = Path(place)
    if path.is_file() and path.suffix.lower() in TABLES and (table := collated_table(path)) is not None:
        names, rows = table
        texts, collation = tracing.laid_out(rows)
        return [tracing.Witness(name, text) for name, text in zip(names, texts or [""] * len(names), strict=True)], collation, []
    if path.is_file() and path.suffix.lower() in TEI_SUFFIXES and (found := tei_witnesses(path)) is not None:
        return [tracing.Witness(name, text) for name, text in found.items()], None, []
    rows_read, problems = text_rows([place])
    return [tracing.Witness(row.id, row.text, row.published, row.outlet) for row in rows_read], None, problems
