"""Who copied whom in the reuse sets: how often the true parent is named, among copies that had more than one to choose from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.quality.external import json_lines
from firstsaid.dates import from_edtf
from firstsaid.tracing import Witness, stemma

Span = tuple[str, int, int]


def score_parents(folder: Path, families: Path) -> dict[str, float]:
    """`parent_right`: passages and families as found (what was missed counts as wrong); `parent_right_given`: passages given."""
    truth = list(json_lines(folder / "truth.jsonl"))
    wanted = {copy["doc"] for family in truth for copy in family["instances"]}
    documents = {row["id"]: row for row in json_lines(folder / "docs.jsonl") if row["id"] in wanted}
    given = [[(copy["doc"], copy["begin"], copy["end"]) for copy in family["instances"]] for family in truth]
    found: dict[str, list[Span]] = defaultdict(list)
    for line in families.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in documents:
            found[row["family_id"]].append((row["id"], row["start"], row["end"]))
    return {
        "parent_right": _share_right(truth, documents, found.values()),
        "parent_right_given": _share_right(truth, documents, given),
    }


def _share_right(truth: list[dict[str, Any]], documents: dict[str, dict[str, Any]], families: Iterable[list[Span]]) -> float:
    """The share of copies whose true parent is the one chosen; only copies with two earlier witnesses or more count."""
    chosen: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for spans in families:
        longest: dict[str, Span] = {}
        for span in sorted(spans, key=lambda span: (span[0], span[1] - span[2])):
            longest.setdefault(span[0], span)
        if len(longest) > 2:
            for child, parent in _parents(longest, documents).items():
                chosen[child].append((longest[child], parent))
    n, n_right = 0, 0
    for family in truth:
        copies = family["instances"]
        dates = sorted(documents[copy["doc"]]["date"] for copy in copies)
        for copy in copies:
            if copy["parent"] is None or documents[copy["doc"]]["date"] <= dates[1]:
                continue
            n += 1
            over = [parent for (_, start, end), parent in chosen[copy["doc"]] if start < copy["end"] and end > copy["begin"]]
            n_right += copies[copy["parent"]]["doc"] in over
    return n_right / n


def _parents(spans: dict[str, Span], documents: dict[str, dict[str, Any]]) -> dict[str, str]:
    """For each document the nearest surviving one above it."""
    witnesses = [
        Witness(name, documents[name]["text"][start:end], from_edtf(documents[name]["date"], "column"))
        for name, start, end in spans.values()
    ]
    above = {edge.child: edge.parent for edge in stemma(witnesses).edges if edge.kind == "copy"}
    found = {}
    for name in spans:
        parent = above.get(name)
        while parent is not None and parent not in spans:
            parent = above.get(parent)
        if parent is not None:
            found[name] = parent
    return found
