"""A stemma as JSON (the contract of `firstsaid stemma --json`), as DOT, or as the tree formats have it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from firstsaid.model import FULL
from firstsaid.tracing.collation import Collation
from firstsaid.tracing.trees import to_newick, to_nexus
from firstsaid.tracing.witnesses import CERTAIN, LIKELY, Stemma, Witness


def stemma_as(form: str, witnesses: Sequence[Witness], stemma: Stemma, collation: Collation | None = None) -> str:
    """The stemma of some witnesses as `dot`, `json`, `newick` or `nexus`; ends with a line end."""
    if form == "json":
        return json.dumps(stemma_json(stemma), ensure_ascii=False) + "\n"
    if form == "nexus":
        return to_nexus(stemma, witnesses, collation)
    return to_newick(stemma) if form == "newick" else to_dot(stemma)


def stemma_json(stemma: Stemma) -> dict[str, Any]:
    """The one object that `firstsaid stemma --json` prints; confidences 0..1; an undirected edge has `ends`, no parent and child."""
    edges: list[dict[str, Any]] = []
    for edge in stemma.edges:
        ends: dict[str, Any] = {"parent": edge.parent, "child": edge.child} if edge.is_directed else {"ends": [edge.parent, edge.child]}
        edges.append({**ends, "confidence": edge.confidence / FULL, "kind": edge.kind, "reasons": list(edge.reasons)})
    return {
        "rooted": stemma.is_rooted,
        "nodes": [{"id": node.id, "observed": node.observed} for node in stemma.nodes],
        "edges": edges,
        "earliest": None if stemma.earliest is None else list(stemma.earliest),
        "origins": {"certain": stemma.origins_certain, "possible": stemma.origins_possible},
    }


def to_dot(stemma: Stemma) -> str:
    """Graphviz DOT: lost versions grey, second parents dashed, uncertain edges thin, undirected edges without an arrow.

    An edge's label is its confidence in percent.
    """
    lines = ["digraph stemma {", "  node [shape=box];"]
    for node in stemma.nodes:
        style = "" if node.observed else " [color=grey, fontcolor=grey, class=hypothetical]"
        lines.append(f"  {_quoted(node.id)}{style};")
    for edge in stemma.edges:
        width = 2 if edge.confidence >= CERTAIN else 1 if edge.confidence >= LIKELY else 0.5
        attributes = [f'label="{edge.confidence * 100 // FULL}%"', f"penwidth={width}"]
        if edge.kind == "contamination":
            attributes.append("style=dashed")
        if not edge.is_directed:
            attributes.append("dir=none")
        lines.append(f"  {_quoted(edge.parent)} -> {_quoted(edge.child)} [{', '.join(attributes)}];")
    return "\n".join([*lines, "}", ""])


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
