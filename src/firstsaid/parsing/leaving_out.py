"""What is found but not reported: rows inside boilerplate, and footnote markers that look like figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from firstsaid.model import Figure, Layout
from firstsaid.parsing.footnotes import find_markers


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Row = TypeVar("Row", bound=_Placed)
_YEAR_AND_NOTE = re.compile(r"(?:1[5-9]|20)\d\d[1-9]\d{0,2}")


def outside_boilerplate(rows: Iterable[Row], layout: Sequence[Layout]) -> list[Row]:
    """The rows that begin outside every span of boilerplate: footers, menus, the second copy of a body."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((item.start, item.end) for item in layout if item.kind == "boilerplate"):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return [row for row in rows if not _is_inside(spans, row.start)] if spans else list(rows)


def _is_inside(spans: list[tuple[int, int]], position: int) -> bool:
    at = bisect_right(spans, (position, 1 << 62)) - 1
    return at >= 0 and position < spans[at][1]


def without_markers(text: str, figures: Sequence[Figure], layout: Sequence[Layout]) -> list[Figure]:
    """The figures that no footnote marker overlaps ("the riots.4", "in 201867:"). Markers are looked for only if one could overlap."""
    if not any(_may_be_marker(text, figure) for figure in figures):
        return list(figures)
    markers = [(marker.start, marker.end) for marker in find_markers(text, layout)]
    kept: list[Figure] = []
    for figure in figures:
        at = bisect_right(markers, (figure.end - 1, 1 << 62)) - 1
        if at < 0 or markers[at][1] <= figure.start:
            kept.append(figure)
    return kept


def _may_be_marker(text: str, figure: Figure) -> bool:
    """Whether the figure holds a digit that hangs on a word, a stop or a bracket, or a year with more digits."""
    before = text[figure.start - 1 : figure.start]
    words = text[figure.start : figure.end]
    return bool(before and not before.isspace() and before not in "$€£¥-–—/") or _YEAR_AND_NOTE.search(words) is not None or "[" in words
