"""Essays, blogs and sermons written for the project: blocks without marks, scare quotes, nesting, precision; see essays/README.md.

`python -m benchmarks.quality.essay_set` prints every figure on the open half. `--sealed` scores the sealed half and prints totals only;
it is for releases, never for work on the code.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.command import Figures, firstsaid, rows
from benchmarks.quality.essays import score

FOLDER = Path(__file__).with_name("essays")
_NAMES = {"marks_as_quotations": "marks left alone"}
"""Scare quotes, titles and words as words that are not reported as quotations: one less what the scorer counts, since more is better."""


def predictions(gold: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What `firstsaid annotate --json` says of each text, as the scorer wants it: row id -> quotations."""
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for row in gold:
            files.append(Path(scratch, f"{row['id']}.txt"))
            files[-1].write_text(row["text"], "utf-8")
        printed = [row for row in rows(firstsaid("annotate", *files, "--json")) if row["type"] == "quotation"]
    found: dict[str, Any] = {row["id"]: {"quotations": []} for row in gold}
    places: dict[str, int] = {}
    for row in printed:
        here = found[Path(row["file"]).stem]["quotations"]
        places[row["id"]] = len(here)
        here.append({**row, "speaker": row["speaker"] or {}})
    for held in found.values():
        for quotation in held["quotations"]:
            quotation["parent"] = places.get(quotation["parent"])
    return found


def score_essays(name: str = "open") -> Figures:
    """All figures of one half; see `score.score` for what each counts."""
    gold = score.load(FOLDER / f"{name}.jsonl")
    rates = score.score(gold, predictions(gold))
    return {
        _NAMES.get(measure, measure.replace("_", " ")): 1 - rate["rate"] if measure == "marks_as_quotations" else rate["rate"]
        for measure, rate in rates.items()
        if rate["rate"] is not None and measure != "marks_as_scare_quotes"  # scare quotes are not printed
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sealed", action="store_true", help="score the sealed half (for releases)")
    given = parser.parse_args(arguments)
    print(json.dumps({name: round(value, 4) for name, value in score_essays("sealed" if given.sealed else "open").items()}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
