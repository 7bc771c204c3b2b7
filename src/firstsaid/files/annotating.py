"""What is said in single files: the contract of `annotate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from firstsaid.errors import UsageError
from firstsaid.model import Annotations, Intake, Layout, Part, Problem, Received


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


def annotations_of(intake: Intake, part: Part, *, parser: bool = True, precise: bool = False) -> tuple[Annotations, tuple[Layout, ...]]:
    """What is said in one document of an intake, in the document's own offsets, and its layout; settings as in `parsing.annotate`."""
    from firstsaid import parsing

    layout = tuple(
        Layout("", span.start - part.start, span.end - part.start, span.kind, span.target, span.reason)
        for span in intake.layout
        if part.start <= span.start and span.end <= part.end
    )
    text = intake.text[part.start : part.end]
    found = parsing.annotate(text, layout=layout, language=part.language, published=part.published, parser=parser, precise=precise)
    return found, layout


def annotate_file(
    path: str, problems: list[Problem] | None = None, *, parser: bool = True, precise: bool = False
) -> Iterator[dict[str, Any]]:
    """Rows of the `annotate` contract for one file, ordered by member, start, end, type; offsets into the member's whole text.

    `parser`, `precise`: as in `parsing.annotate`.

    What could not be read, or not as well as one would wish, is appended to `problems`.
    """
    for name, intake in read_file(path):
        if problems is not None:
            problems += intake.problems
        rows = []
        for part in intake.parts:
            annotations, layout = annotations_of(intake, part, parser=parser, precise=precise)
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
        first, last = (None if moment is None else day(moment) for moment in (prediction.horizon_earliest, prediction.horizon_latest))
        horizon = span(prediction.horizon_start, prediction.horizon_end, earliest=first, date=last)
        yield {
            "type": "prediction", "start": prediction.start + at, "end": prediction.end + at, "horizon": horizon,
            "condition": span(prediction.condition_start, prediction.condition_end),
        }  # fmt: skip
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
