"""The field's sets, scored with the field's scorers; see `external` for where they lie."""

from __future__ import annotations

import json
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.quality.command import Figures, ScorerError, firstsaid, rows
from benchmarks.quality.external import data_folder, field_score, json_lines
from benchmarks.quality.parents import score_parents


class AbsentError(Exception):
    """The set is not on this machine: the message says which and where it was looked for."""


def external_set(*parts: str) -> Path:
    """The folder or file of an external set."""
    folder = data_folder()
    if folder is None:
        raise AbsentError("FIRSTSAID_DATA names no folder")
    path = folder.joinpath(*parts)
    if not path.exists():
        raise AbsentError(f"$FIRSTSAID_DATA/{'/'.join(parts)} does not exist")
    return path


def unpacked(path: Path, into: Path) -> Path:
    """A .jsonl file as it is, or its packed twin written out."""
    if path.exists():
        return path
    target = into / path.name
    with target.open("w", encoding="utf-8") as out:
        for row in json_lines(path):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return target


def score_reuse(name: str) -> Figures:
    """plagdet over all pairs of copies, the families that they make, and whether first tellings and parents are found."""
    folder = external_set("reuse", name)
    with tempfile.TemporaryDirectory() as scratch:
        pairs, families = Path(scratch, "pairs.jsonl"), Path(scratch, "families.jsonl")
        firstsaid("match", unpacked(folder / "docs.jsonl", Path(scratch)), "-o", pairs, "--families", families)
        held = field_score(folder.parent / "score.py", folder, pairs, families)
        parents = score_parents(folder, families)
    return {key: float(held[key]) for key in ("plagdet", "precision", "recall", "ari", "earliest_right")} | parents


def score_retrieval(name: str) -> Figures:
    """Documents that make a query's claim, best first."""
    folder = external_set("retrieval", name)
    with tempfile.TemporaryDirectory() as scratch:
        ranked, here = Path(scratch, "ranked.jsonl"), Path(scratch)
        firstsaid("similar", unpacked(folder / "queries.jsonl", here), unpacked(folder / "docs.jsonl", here), "-k", "20", "-o", ranked)
        held = field_score(folder.parent / "score.py", folder, ranked)
    return {key: float(held[key]) for key in ("MAP@5", "MRR", "R@20")}


def score_quotations(name: str) -> Figures:
    """Content at word overlap >= .8: all forms, direct and mixed ones, pieces of direct ones; speakers; and the precise mode."""
    folder = external_set("quotations", name)
    with tempfile.TemporaryDirectory() as scratch:
        text = folder / "text"
        if not text.is_dir():
            with tarfile.open(folder / "text.tar.gz") as archive:
                archive.extractall(scratch, filter="data")
            text = Path(scratch, "text")
        if not text.is_dir():
            raise ScorerError(f"{folder / 'text.tar.gz'} holds no folder text")
        files = sorted(text.glob("*.txt"))

        def score(found: Path, *more: str) -> dict[str, Any]:
            return field_score(folder.parent / "score.py", folder / "gold.jsonl.gz", found, "--text", text, "--json", *more)

        usual, precise = Path(scratch, "found.jsonl"), Path(scratch, "precise.jsonl")
        usual.write_text(firstsaid("annotate", *files, "--json"), "utf-8")
        precise.write_text(firstsaid("annotate", *files, "--json", "--precise"), "utf-8")
        held, marked = score(usual), score(usual, "--types", "direct,mixed")
        fragments, sure = score(usual, "--types", "direct", "--fragments"), score(precise)
    return {
        "overlap F1": held["iou.8"][2] / 100,
        "overlap precision": held["iou.8"][0] / 100,
        "with speaker F1": held["iou.8+speaker"][2] / 100,
        "speaker right given match": held["speaker|match"][0] / 100,
        "direct recall": held["recall_by_type"]["direct"]["iou.8"] / 100,
        "direct and mixed F1": marked["iou.8"][2] / 100,
        "direct fragments recall": fragments["iou.8"][1] / 100,
        "precise mode precision": sure["iou.8"][0] / 100,
        "precise mode F1": sure["iou.8"][2] / 100,
    }


_CHANGES = {
    "=": {"exact", "range"},
    "~": {"about"},
    ">": {"more than", "at least"},
    "<": {"less than", "at most", "almost"},
}


def score_figures() -> Figures:
    """The share of news sentences in which every value is found, and in which each has its modifier ("up", "down": counted as found)."""
    gold = list(json_lines(external_set("figures", "newsquant.jsonl")))
    n_all_values = n_all_modifiers = n_with_values = n_with_changes = 0
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for at, row in enumerate(gold):
            files.append(Path(scratch, f"{at:05}.txt"))
            files[-1].write_text(row["text"], "utf-8")
        found: dict[str, list[dict[str, Any]]] = {}
        for row in rows(firstsaid("annotate", *files, "--json")):
            if row["type"] == "figure":
                found.setdefault(Path(row["file"]).stem, []).append(row)
    for at, row in enumerate(gold):
        figures = found.get(f"{at:05}", [])
        if not row["values"]:
            continue
        n_with_values += 1
        matches = [[figure for figure in figures if holds_value(figure, value)] for value in row["values"]]
        n_all_values += all(matches)
        if len(row["changes"]) != len(row["values"]):
            continue  # a range has two values and one change: which belongs to which is not said
        n_with_changes += 1
        n_all_modifiers += all(
            any(
                change in ("up", "down") or str(figure["modifier"]).replace("_", " ").replace("-", " ") in _CHANGES[change]
                for figure in fitting
            )
            for change, fitting in zip(row["changes"], matches, strict=True)
        )
    return {"all values": n_all_values / n_with_values, "all modifiers": n_all_modifiers / n_with_changes}


def holds_value(figure: dict[str, Any], value: float) -> bool:
    """Whether a bound of the figure is the value, or the value's hundredth (percent written as a share); dates hold no value."""
    bounds = [bound for bound in (figure["low"], figure["high"]) if isinstance(bound, int | float)]
    return any(abs(bound - wanted) <= 1e-6 * max(1.0, abs(wanted)) for bound in bounds for wanted in (value, value / 100))
