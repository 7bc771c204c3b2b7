"""What can be asked of files with no corpus: the contracts of `annotate`, `match`, `similar` and `stemma`."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from firstsaid.errors import UsageError
from firstsaid.model import Annotations, DateRange, Intake, Layout, Part, Problem, Received
from firstsaid.text import sanitize

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from firstsaid.matching import Matched
    from firstsaid.tracing import Stemma

ROWS_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


# ---------------------------------------------------------------------------------------------- annotate


def read_file(path: str) -> Iterator[tuple[str, Intake]]:
    """The members of one file, each with its name (`path`, or `path!member`) and what reading it gave.

    Raises:
        UsageError: the file does not exist, or is a folder.
    """
    from firstsaid import reading
    from firstsaid.reading.gathering import writable

    if not Path(path).exists():
        raise UsageError(f"there is no file {path}")
    if not Path(path).is_file():
        is_folder = Path(path).is_dir()
        raise UsageError(f"{path} is a folder; give files, or use: firstsaid add" if is_folder else f"{path} is no ordinary file")
    base = writable(Path(path).name)
    received: list[Received] = []
    for item in reading.gather([path]):
        if isinstance(item, Problem):
            yield path, Intake("", (), (), (item,))
        else:
            received.append(item)
    for one, intake in reading.read_safely(received):
        member = one.location.removeprefix(base)
        yield path + member + (f"@{one.offset}" if one.offset else ""), intake


def annotations_of(intake: Intake, part: Part) -> tuple[Annotations, tuple[Layout, ...]]:
    """What is said in one document of an intake, in the document's own offsets, and its layout."""
    from firstsaid import parsing

    layout = tuple(
        Layout("", span.start - part.start, span.end - part.start, span.kind, span.target, span.reason)
        for span in intake.layout
        if part.start <= span.start and span.end <= part.end
    )
    text = intake.text[part.start : part.end]
    return parsing.annotate(text, layout=layout, language=part.language, published=part.published), layout


def annotate_file(path: str, problems: list[Problem] | None = None) -> Iterator[dict[str, Any]]:
    """Rows of the `annotate` contract for one file, ordered by member, start, end, type; offsets into the member's whole text.

    What could not be read, or not as well as one would wish, is appended to `problems`.
    """
    for name, intake in read_file(path):
        if problems is not None:
            problems += intake.problems
        rows = []
        for part in intake.parts:
            annotations, layout = annotations_of(intake, part)
            rows += [{"file": name, **row} for row in _rows(part, annotations, layout)]
        yield from sorted(rows, key=lambda row: (row["start"], row["end"], row["type"]))


def _rows(part: Part, found: Annotations, layout: Sequence[Layout]) -> Iterator[dict[str, Any]]:
    from firstsaid.dates import day, to_json

    at = part.start

    def span(start: int | None, end: int | None, **more: Any) -> dict[str, Any] | None:
        return None if start is None or end is None else {"start": start + at, "end": end + at, **more}

    yield {
        "type": "document", "start": part.start, "end": part.end, "title": part.title,
        "date": to_json(part.published) if part.published else None, "language": part.language,
    }  # fmt: skip
    for block in layout:
        if block.kind == "boilerplate":
            yield {"type": "boilerplate", "start": block.start + at, "end": block.end + at, "reason": block.reason}
    for quotation in found.quotations:
        speaker = span(quotation.speaker_start, quotation.speaker_end, name=quotation.speaker_name)
        if speaker is None and quotation.speaker_name is not None:
            speaker = {"start": None, "end": None, "name": quotation.speaker_name}
        yield {
            "type": "quotation", "start": quotation.start + at, "end": quotation.end + at, "id": quotation.id, "form": quotation.form,
            "speaker": speaker, "cue": span(quotation.cue_start, quotation.cue_end), "work": span(quotation.work_start, quotation.work_end),
            "parent": quotation.parent_id, "spans": [[start + at, end + at] for start, end in quotation.pieces],
        }  # fmt: skip
    for scare in found.scare_quotes:
        yield {"type": "scare_quote", "start": scare.start + at, "end": scare.end + at, "use": scare.use}
    for figure in found.figures:
        yield {
            "type": "figure", "start": figure.start + at, "end": figure.end + at, "low": _number(figure.low), "high": _number(figure.high),
            "unit": figure.unit, "kind": figure.kind, "modifier": figure.modifier, "of": span(figure.of_start, figure.of_end),
        }  # fmt: skip
    for citation in found.citations:
        yield {
            "type": "citation", "start": citation.start + at, "end": citation.end + at, "form": citation.form, "number": citation.number,
            "target": citation.target, "resolves": citation.resolves,
        }  # fmt: skip
    for prediction in found.predictions:
        date = None if prediction.horizon_latest is None else day(prediction.horizon_latest)
        horizon = span(prediction.horizon_start, prediction.horizon_end, date=date)
        yield {"type": "prediction", "start": prediction.start + at, "end": prediction.end + at, "horizon": horizon}
    for mention in found.mentions:
        yield {"type": "name", "start": mention.start + at, "end": mention.end + at, "name": mention.in_full or mention.surface}


def _number(written: str | None) -> int | float | str | None:
    """A bound as a JSON number where it is one; a date stays text."""
    if written is None:
        return None
    try:
        return int(written)
    except ValueError:
        try:
            return float(written)
        except ValueError:
            return written


# ---------------------------------------------------------------------------------------------- rows of texts


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its id, as the contracts of `match`, `similar` and `stemma` take it."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: DateRange | None = None


def text_rows(places: Iterable[str]) -> tuple[list[Row], list[Problem]]:
    """All rows of `each_row`, and the problems."""
    problems: list[Problem] = []
    return list(each_row(places, problems)), problems


def each_row(places: Iterable[str], problems: list[Problem]) -> Iterator[Row]:
    """The texts in files and folders, one by one. Of repeated ids the first is kept and the rest are appended to the problems.

    JSON Lines are read row by row; everything else goes through the readers, and a file's id is its path relative to the folder.

    Raises:
        UsageError: a place does not exist.
    """
    seen: set[str] = set()
    for place in places:
        if not Path(place).exists():
            raise UsageError(f"there is no file or folder {place}")
        for item in _json_rows(Path(place)) if place.endswith(ROWS_SUFFIXES) else _read_rows(place):
            if isinstance(item, Problem):
                problems.append(item)
            elif item.id in seen:
                problems.append(
                    Problem.of(
                        "repeated-id", place, f"the id {item.id!r} stands twice; the first is kept", "Give every text an id of its own"
                    )
                )
            else:
                seen.add(item.id)
                yield item


def _json_rows(path: Path) -> Iterator[Row | Problem]:
    try:
        yield from _rows_of_lines(path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        message = f"it is damaged ({error}); the rows before the damage were read"
        yield Problem.of("damaged-archive", path.name, message, "Get the file again")


def _rows_of_lines(path: Path) -> Iterator[Row | Problem]:
    from firstsaid.dates import parse_date

    # Corpora have few days and many texts; reading a date takes as long as finding the words of a text.
    date_of = lru_cache(1 << 16)(lambda written: parse_date(written, "column"))
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                row_id, text = row["id"], row["text"]
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                message = f"line {number} is no JSON object with id and text ({error})"
                yield Problem.of("bad-row", f"{path.name}:{number}", message, "Mend or delete the line")
                continue
            if not isinstance(text, str):
                yield Problem.of("bad-row", f"{path.name}:{number}", "its text is no string", "Mend or delete the line")
                continue
            if not isinstance(row_id, str | int | float):
                yield Problem.of("bad-row", f"{path.name}:{number}", "its id is neither text nor number", "Mend or delete the line")
                continue
            date = row.get("date")
            published = date_of(str(date)) if date else None
            yield Row(sanitize(str(row_id))[0], sanitize(text)[0], _text(row.get("title")), _text(row.get("outlet")), published)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace")
    return path.open(encoding="utf-8-sig", errors="replace")


def _text(value: object) -> str | None:
    return sanitize(value)[0] if isinstance(value, str) and value else None


def _read_rows(place: str) -> Iterator[Row | Problem]:
    from firstsaid import reading

    received = []
    for item in reading.gather([place]):
        if isinstance(item, Problem):
            yield item
        else:
            received.append(item)
    for one, intake in reading.read_safely(received):
        yield from intake.problems
        for part in intake.parts:
            name = one.location + (f"#{part.name}" if part.name else "")
            yield Row(name, intake.text[part.start : part.end], part.title, part.outlet, part.published)


# ---------------------------------------------------------------------------------------------- match, similar, stemma


def match_files(places: Sequence[str], output: Path, families_output: Path | None) -> tuple[int, int, int, list[Problem]]:
    """The same words elsewhere among the texts of files. Returns how many texts, alignments and families, and the problems."""
    from firstsaid import matching

    _spare_inputs(places, output, families_output)
    problems: list[Problem] = []
    with matching.GatheredTexts() as texts:
        for row in each_row(places, problems):
            texts.add(row.id, row.text, None if row.published is None else row.published.earliest)
        found = texts.matched()
    family_ids, passages = found.families()
    _write_tables(output, _alignment_tables(found))
    if families_output is not None:
        _write_tables(families_output, [_family_table(found, family_ids, passages)])
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

    _spare_inputs([queries, documents], output)
    asked, problems = text_rows([queries])
    held, more = text_rows([documents])
    rankings = matching.similar(
        [matching.Text(row.id, row.text, row.title or "") for row in asked],
        [matching.Text(row.id, row.text, row.title or "") for row in held],
        k,
    )
    _write_rows(
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


def _spare_inputs(places: Iterable[str], *outputs: Path | None) -> None:
    """Refuse to write over what is to be read.

    Raises:
        UsageError: an output is one of the places.
    """
    for place in places:
        for output in outputs:
            if output is not None and output.exists() and Path(place).exists() and output.samefile(place):
                raise UsageError(f"{output} is read and cannot be written over. Choose another name for the output")


@contextmanager
def _making(output: Path) -> Iterator[Path]:
    """Where to write so that the file appears when it is whole. A device or a pipe is written to as it is."""
    is_special = output.exists() and not output.is_file()
    making = output if is_special else output.with_name(output.name + "-making")
    yield making
    if not is_special:
        making.replace(output)


def _write_rows(output: Path, rows: Iterable[dict[str, Any]]) -> None:
    """JSON Lines, or Parquet where the name says so."""
    with _making(output) as making:
        if output.suffix == ".parquet":
            import pyarrow as pa
            import pyarrow.parquet as pq

            pq.write_table(pa.Table.from_pylist(list(rows)), making)
        else:
            with making.open("w", encoding="utf-8") as lines:
                for row in rows:
                    lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_tables(output: Path, tables: Iterable[pa.Table]) -> None:
    """JSON Lines, or Parquet where the name says so; the tables have one schema, and there is at least one."""
    import pyarrow.parquet as pq

    from firstsaid.columns import json_lines

    with _making(output) as making:
        if output.suffix == ".parquet":
            remaining = iter(tables)
            first = next(remaining)
            with pq.ParquetWriter(making, first.schema) as writer:
                for table in chain([first], remaining):
                    writer.write_table(table)
        else:
            with making.open("wb") as lines:
                for table in tables:
                    lines.writelines(json_lines(table))
