"""What it costs to add one document in a hundred to a traced corpus, beside tracing all of them anew; then to ask it, and to check a draft.

CPU seconds of this process and its workers. Tracing anew is measured on the ninety-nine of a hundred that are there first, which flatters
it; compiled code is loaded beforehand by tracing a few texts. Nothing is said of a corpus whose size passes a power of two.
"""

from __future__ import annotations

import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed import matching

ADDED_ONE_IN = 100
DRAFT_WORDS = 5_000
ASKED_CHARS = 120
"""About twenty words: a sentence that somebody asks for."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the work, its worker processes included."""

    def spent() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    before = spent()
    work()
    return spent() - before


def measure(corpus_name: str, size: int) -> dict[str, float]:
    """Trace `size` texts of a corpus (see `matching.texts_of`) but for one in a hundred, then add those and trace again."""
    import firstsaid

    rows = [{"id": name, "text": text, "date": _day(date)} for name, text, date in matching.texts_of(corpus_name, size)]
    added = rows[::ADDED_ONE_IN]
    first = [row for at, row in enumerate(rows) if at % ADDED_ONE_IN]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with firstsaid.open(folder / "warm.firstsaid") as corpus:
            corpus.add(_written(folder / "warm", first[:4] + first[:1]))
            corpus.trace()
        with firstsaid.open(folder / "case.firstsaid") as corpus:
            corpus.add(_written(folder / "first", first))
            anew = cpu_seconds(corpus.trace)
            corpus.add(_written(folder / "added", added))
            again = cpu_seconds(corpus.trace)
            asked = max(rows, key=lambda row: len(str(row["text"])))
            whence = cpu_seconds(lambda: corpus.whence(str(asked["text"])[ASKED_CHARS : 2 * ASKED_CHARS]))
            draft = folder / "draft.txt"
            words = " ".join(str(row["text"]) for row in rows[1 :: max(1, size // 50)]).split()[:DRAFT_WORDS]
            draft.write_text(" ".join(words), encoding="utf-8")
            check = cpu_seconds(lambda: corpus.check(draft))
    return {
        "cpu_seconds": anew,
        "cpu_seconds_for_one_percent_more": again,
        "percent_of_tracing_anew": 100 * again / anew,
        "documents_added": len(added),
        "whence_cpu_seconds": whence,
        "check_cpu_seconds": check,
    }


def _day(minutes: int | None) -> str | None:
    from firstsaid.dates import day

    return None if minutes is None else day(minutes)


def _written(folder: Path, rows: list[dict[str, str | None]]) -> Path:
    folder.mkdir()
    lines = (json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder
