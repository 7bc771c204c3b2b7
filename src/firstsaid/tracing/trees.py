"""A stemma in the formats of phylogenetics: Newick, and Nexus with the readings, as PAUP, SplitsTree and R's ape read them.

Neither knows second parents: these stay in JSON and DOT.
"""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.tracing.characters import UNKNOWN, characters
from firstsaid.tracing.collation import Collation, collate
from firstsaid.tracing.witnesses import Stemma, Witness

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""States of a Nexus matrix; a place with more readings than this has "?" for the rarest."""


def to_newick(stemma: Stemma) -> str:
    """One line for each tree; several where some witnesses are linked to none. Witnesses may stand at inner nodes.

    `[&R]`: rooted by its dates; `[&U]`: the node that stands first means nothing. Lengths are left out: the stemma has none.
    """
    return "".join(f"{mark} {tree}\n" for mark, tree in _trees(stemma))


def to_nexus(stemma: Stemma, witnesses: Sequence[Witness], collation: Collation | None = None) -> str:
    """Taxa (the witnesses), the readings as characters of standard states, and the trees.

    "?" stands where a witness has a longer gap. `collation`: of the texts of `witnesses`, if it is known.
    """
    collation = collate([witness.text for witness in witnesses]) if collation is None else collation
    states = characters(collation.codes).states
    names = [_label(witness.id) for witness in witnesses]
    lost = [_label(node.id) for node in stemma.nodes if not node.observed]
    lines = [
        "#NEXUS",
        "",
        "BEGIN TAXA;",
        f"  DIMENSIONS NTAX={len(names) + len(lost)};",
        f"  TAXLABELS {' '.join([*names, *lost])};",
        "END;",
    ]
    if states.shape[1]:
        lines += ["", "BEGIN CHARACTERS;", f"  DIMENSIONS NCHAR={states.shape[1]};"]
        lines += [f'  FORMAT DATATYPE=STANDARD MISSING=? GAP=- SYMBOLS="{SYMBOLS}";', "  MATRIX"]
        for name, version in zip(names, collation.version_of, strict=True):
            lines.append(f"    {name} {''.join(_symbol(int(state)) for state in states[version])}")
        lines += [f"    {name} {'?' * states.shape[1]}" for name in lost]
        lines += ["  ;", "END;"]
    lines += ["", "BEGIN TREES;"]
    lines += [f"  TREE stemma{number} = {mark} {tree}" for number, (mark, tree) in enumerate(_trees(stemma), 1)]
    return "\n".join([*lines, "END;", ""])


def _symbol(state: int) -> str:
    return "?" if state == UNKNOWN or state >= len(SYMBOLS) else SYMBOLS[state]


def _trees(stemma: Stemma) -> list[tuple[str, str]]:
    """For each tree whether it is rooted, and its nested brackets. A path down a long chain is no recursion."""
    beside: dict[str, list[tuple[str, bool]]] = {node.id: [] for node in stemma.nodes}
    has_parent = set()
    for edge in stemma.edges:
        if edge.kind == "copy":
            beside[edge.parent].append((edge.child, True))
            beside[edge.child].append((edge.parent, False))
            has_parent.add(edge.child)
    found = []
    done: set[str] = set()
    # Roots first; in undirected trees every edge still has a first end, so that one node is nobody's second.
    for root in sorted(beside, key=lambda name: (name in has_parent, name)):
        if root in done:
            continue
        done.add(root)
        written: list[str] = []
        open_nodes: list[tuple[str, list[str]]] = [(root, [])]
        ahead = [iter(sorted(beside[root]))]
        while open_nodes:
            other = next((name for name, _ in ahead[-1] if name not in done), None)
            if other is not None:
                done.add(other)
                open_nodes.append((other, []))
                ahead.append(iter(sorted(beside[other])))
                continue
            name, children = open_nodes.pop()
            ahead.pop()
            told = (f"({','.join(children)})" if children else "") + _label(name)
            (open_nodes[-1][1] if open_nodes else written).append(told)
        found.append(("[&R]" if stemma.is_rooted else "[&U]", f"{written[0]};"))
    return found


def _label(name: str) -> str:
    """A name as both formats take it: plain letters as they are, all else in single quotes."""
    if name.isascii() and name.replace("-", "").isalnum() and "-" not in name:
        return name
    return "'" + " ".join(name.split()).replace("'", "''") + "'"
