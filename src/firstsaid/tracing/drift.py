"""Which reading entered where along a stemma."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.model import READING_KINDS, Family, Reading, StemmaEdge


@dataclass(frozen=True, slots=True)
class Entered:
    """A reading that is first met below `edge` (None where no edge leads to its witness)."""

    edge: StemmaEdge | None
    reading: Reading


def drift(family: Family) -> tuple[Entered, ...]:
    """Every reading with the edge on which it entered, the most telling kinds first, then in order of documents and places.

    A reading is told against the nearest surviving parent, so the edge that leads to its witness is where it came in.
    """
    edges = {edge.child: edge for edge in family.edges if edge.kind == "copy"}
    rank = {kind: at for at, kind in enumerate(READING_KINDS)}
    ordered = sorted(family.readings, key=lambda reading: (rank[reading.kind], reading.document_id, reading.start, reading.base_start))
    return tuple(Entered(edges.get(reading.document_id), reading) for reading in ordered)
