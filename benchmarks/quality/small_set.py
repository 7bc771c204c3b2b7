"""Hard cases of small things, written by somebody who had not seen the code: figures, predictions, citations, pairs of claims.

`python -m benchmarks.quality.small_set` prints every rate on the open halves, each with how often it could be right. `--sealed` scores
the sealed halves; it is for releases, never for work on the code. See small_things/README.md for what counts as right.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.quality.command import Figures, firstsaid, rows
from benchmarks.quality.small_things import score

FOLDER = Path(__file__).with_name("small_things")
HALVES = ("open", "sealed")
Items = list[dict[str, Any]]


def items(name: str, half: str) -> Items:
    """One half of one set."""
    return rows((FOLDER / f"{name}.{half}.jsonl").read_text("utf-8"))


def annotated(gold: Items) -> dict[str, list[dict[str, Any]]]:
    """What `firstsaid annotate --json` says of each text; the day of publication stands in the file's name, as users put it there."""
    with tempfile.TemporaryDirectory() as scratch:
        files = {}
        for item in gold:
            path = Path(scratch, f"{item['published']}-{item['id']}.txt" if item.get("published") else f"{item['id']}.txt")
            path.write_text(item["text"], "utf-8")
            files[path.name] = item["id"]
        found: dict[str, list[dict[str, Any]]] = {item["id"]: [] for item in gold}
        for row in rows(firstsaid("annotate", *(Path(scratch, name) for name in files), "--json")):
            found[files[Path(row["file"]).name]].append(row)
    return found


UNITS = {
    "t": "tonne", "m": "metre", "km": "kilometre", "mi": "mile", "kg": "kilogram", "g": "gram", "mg": "milligram", "w": "watt",
    "deg": "degree", "m2": "square metre", "au": "astronomical unit", "point": "percentage point", "per 100000": "per 100,000",
}  # fmt: skip
KINDS = {"percent": "share"}
MODIFIERS = {"at_most": "up_to", "almost": "less_than"}
"""The set's words for the same: it was written by somebody who did not know ours."""


def figures_of(found: Sequence[dict[str, Any]]) -> Items:
    """Figures in the set's words: shares in percent, a plain count of things without a unit, bounds as strings."""
    return [_in_its_words(row) for row in found if row["type"] == "figure"]


def _in_its_words(row: dict[str, Any]) -> dict[str, Any]:
    unit = (row["unit"] or "").replace("_", " ").lower()
    kind = KINDS.get(row["kind"], row["kind"])
    bounds = [row["low"], row["high"]]
    if kind == "ratio" and not unit and all(bound is None or (isinstance(bound, int | float) and bound <= 1) for bound in bounds):
        kind, unit, bounds = "share", "percent", [None if bound is None else round(100 * bound, 2) for bound in bounds]
    if kind == "count" and unit != "person":
        unit = ""
    low, high = (_string(bound) for bound in bounds)
    modifier = MODIFIERS.get(row["modifier"], row["modifier"])
    return {**row, "low": low, "high": high, "unit": UNITS.get(unit, unit) or None, "kind": kind, "modifier": modifier}


def predictions_of(text: str, found: Sequence[dict[str, Any]]) -> Items:
    """Predictions with the days of their horizon, who says them, and the words of their condition."""
    by_id = {row["id"]: row for row in found if row["type"] == "quotation"}
    wanted: Items = []
    for row in (row for row in found if row["type"] == "prediction"):
        horizon, condition = row.get("horizon") or {}, row.get("condition")
        around = [one for one in by_id.values() if one["start"] < row["end"] and row["start"] < one["end"] and one["speaker"]]
        wanted.append(
            {
                "start": row["start"],
                "end": row["end"],
                "earliest": horizon.get("earliest"),
                "latest": horizon.get("date"),
                "holder": around[0]["speaker"]["name"] if around else None,
                "condition": text[condition["start"] : condition["end"]] if condition else None,
            }
        )
    return wanted


def _string(value: object) -> str | None:
    return None if value is None else str(value)


def bands_of(pairs: Items) -> dict[str, str]:
    """What a trace says of each pair: the band of its two sentences, each a document. Another figure sets two claims apart: `not`."""
    import firstsaid as api

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "pairs.jsonl")
        sides = chain.from_iterable(((f"{pair['id']}-left", pair["left"]), (f"{pair['id']}-right", pair["right"])) for pair in pairs)
        path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in sides), "utf-8")
        with api.open(Path(scratch, "pairs.firstsaid"), create=True) as corpus:
            corpus.add(path)
            corpus.trace()
            names = {document.id: document.location.split("#")[1] for document in corpus.documents()}
            found: Iterable[dict[str, Any]] = corpus.table("claim_pairs").to_pylist()
            bands: dict[str, str] = {}
            for row in found:
                left, right = (names[row[f"{side}_document_id"]].rsplit("-", 1)[0] for side in ("left", "right"))
                if left == right:
                    bands[left] = "not" if "figure" in row["differs"] else "same" if row["band"] == "copy" else row["band"]
    return bands


def score_all(half: str = "open") -> dict[str, dict[str, tuple[int, float | None]]]:
    """Every set -> every rate with how often it could be right."""
    figures, predictions, citations, claims = (items(name, half) for name in ("figures", "predictions", "citations", "claims"))
    said = annotated(predictions)
    return {
        "figures": score.score_figures(figures, {name: figures_of(found) for name, found in annotated(figures).items()}),
        "predictions": score.score_predictions(
            predictions, {item["id"]: predictions_of(item["text"], said[item["id"]]) for item in predictions}
        ),
        "citations": score.score_citations(
            citations, {name: [row for row in found if row["type"] == "citation"] for name, found in annotated(citations).items()}
        ),
        "claims": score.score_claims(claims, bands_of(claims)),
    }


LESS_IS_BETTER = frozenset(("false_alarms", "not_figures", "not_called_same"))


def score_small_things(half: str = "open") -> Figures:
    """The rates of the gate: more is better in all of them."""
    chosen = {
        "figures": ("found", "bounds", "unit_and_kind", "modifier", "false_alarms"),
        "predictions": ("found", "horizon", "holder", "false_alarms"),
        "citations": ("found", "resolves", "false_alarms"),
        "claims": ("precision", "recall", "not_called_same"),
    }
    scored = score_all(half)
    rates: Figures = {}
    for name, measures in chosen.items():
        for measure in measures:
            _, rate = scored[name].get(measure, (0, None))
            if rate is not None:
                words = measure.replace("_", " ")
                if measure in LESS_IS_BETTER:
                    rates[f"{name} without {words}"] = 1 - rate
                else:
                    rates[f"{name} {words}"] = rate
    return rates


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sealed", action="store_true", help="score the sealed halves (for releases)")
    given = parser.parse_args(arguments)
    for name, scores in score_all("sealed" if given.sealed else "open").items():
        for measure, (n, rate) in scores.items():
            if not given.sealed or "." not in measure:
                print(f"{name:12} {measure:28} {'-' if rate is None else f'{rate:.3f}'}  of {n}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
