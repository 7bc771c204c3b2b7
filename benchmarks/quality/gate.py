"""Quality against committed floors: python -m benchmarks.quality.gate [--only WORD...] [--update [--allow-regression "why"]]

Runs every scorer for which the data is present (own sets always; the field's where FIRSTSAID_DATA names a folder), prints a table, and
exits 1 where a figure lies below its floor or a scorer fails. `--update` raises floors to what was measured, less a margin for other
machines; lowering one needs a reason, which is kept in floors.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.quality import draft_set, essay_set, field, own, small_set
from benchmarks.quality.command import Figures, ScorerError
from benchmarks.quality.field import AbsentError

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.005
"""Below what was measured: other processors round differently at the last digits, which moves a rank or a score here and there."""

SCORERS: dict[str, Callable[[], Figures]] = {
    "own example": own.score_example,
    "own claims": own.score_claims,
    "own copies": own.score_copies,
    "essays open": essay_set.score_essays,
    "drafts open": draft_set.score_drafts,
    "small things open": small_set.score_small_things,
    "reuse c1k": partial(field.score_reuse, "c1k"),
    "reuse c10k": partial(field.score_reuse, "c10k"),
    "quotations dev": partial(field.score_quotations, "dev"),
    "figures newsquant": field.score_figures,
    "retrieval ct20_dev": partial(field.score_retrieval, "ct20_dev"),
    "retrieval knownlie_politifact": partial(field.score_retrieval, "knownlie_politifact"),
}


def read_floors() -> dict[str, Any]:
    """{"floors": {figure: value}, "lowered": [{"figure", "was", "is", "why"}]}."""
    if not FLOORS.exists():
        return {"floors": {}, "lowered": []}
    held: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
    return held


def measure(only: Sequence[str]) -> tuple[Figures, list[str]]:
    """All figures, and the names of scorers that failed. Prints as it goes."""
    floors = read_floors()["floors"]
    measured: Figures = {}
    failed: list[str] = []
    for name, scorer in SCORERS.items():
        if only and not any(word in name for word in only):
            continue
        begun = time.monotonic()
        try:
            figures = scorer()
        except AbsentError as absent:
            print(f"{name:<58} skipped: {absent}", flush=True)
            continue
        except (ScorerError, KeyError, ValueError, OSError, RuntimeError) as error:
            print(f"{name:<58} FAILED: {type(error).__name__}: {error}", flush=True)
            failed.append(name)
            continue
        seconds = time.monotonic() - begun
        for figure, value in figures.items():
            full = f"{name} {figure}"
            measured[full] = value
            floor = floors.get(full)
            verdict = "no floor yet" if floor is None else "BELOW" if value < floor else "ok"
            print(f"{full:<58} {value:7.4f}   floor {'-' if floor is None else format(floor, '.4f'):>6}   {verdict}", flush=True)
        print(f"{'':<58} in {seconds:.0f} s", flush=True)
    return measured, failed


def update(measured: Figures, why: str | None) -> list[str]:
    """Write new floors; returns the figures that may not be lowered without a reason."""
    held = read_floors()
    refused = []
    for figure, value in sorted(measured.items()):
        new, old = max(0.0, int((value - MARGIN) * 1000) / 1000), held["floors"].get(figure)
        if old is not None and value < old:
            if not why:
                refused.append(figure)
                continue
            held["lowered"].append({"figure": figure, "was": old, "is": new, "why": why})
        elif old is not None:
            new = max(new, old)
        held["floors"][figure] = new
    held["floors"] = dict(sorted(held["floors"].items()))
    FLOORS.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all at or above their floors; 1: a figure below, or a scorer that failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD", help="scorers whose name holds one of these words")
    parser.add_argument("--update", action="store_true", help="set the floors by what is measured now")
    parser.add_argument("--allow-regression", metavar="WHY", help="with --update: lower floors too, for this reason")
    given = parser.parse_args(arguments)
    floors = read_floors()["floors"]
    measured, failed = measure(given.only)
    if given.update:
        refused = update(measured, given.allow_regression)
        for figure in refused:
            print(f'{figure}: below its floor; lowering it needs --allow-regression "why"', file=sys.stderr)
        return 1 if refused or failed else 0
    below = [figure for figure, value in measured.items() if value < floors.get(figure, 0)]
    if below or failed:
        print(f"\n{len(below)} figures below their floor, {len(failed)} scorers failed", file=sys.stderr)
    return 1 if below or failed else 0


if __name__ == "__main__":
    sys.exit(main())
