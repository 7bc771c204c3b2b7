"""The picture of who says what through whom: speakers by outlets, a disc for words first-hand, a ring for words told on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from firstsaid.showing.views import MatrixRow
from firstsaid.text import shortened

NAME_WIDTH, CELL_WIDTH, CELL_HEIGHT, HEAD_HEIGHT = 230, 58, 30, 118
TAIL_WIDTH = 90
"""Beyond the last column, for the slanted label above it."""
LARGEST, SMALLEST = 12.0, 2.5
MOST_NAME_CHARS, MOST_OUTLET_CHARS = 30, 22


def draw_matrix(columns: Sequence[str], rows: Sequence[MatrixRow]) -> str:
    """Discs and rings whose area is the number of quotations; each leads to them. The table below says the same in figures."""
    named = [row for row in rows if row.is_one] or list(rows)
    most = max((n for row in named for first, relayed, _ in row.cells for n in (first, relayed)), default=0)
    if not most:
        return ""
    width, height = NAME_WIDTH + CELL_WIDTH * len(columns) + TAIL_WIDTH, HEAD_HEIGHT + CELL_HEIGHT * len(rows) + 6
    name = "Speakers by outlets; the table below says the same"
    out = [f'<svg class="matrix" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="{name}">']
    for at, column in enumerate(columns):
        x = NAME_WIDTH + CELL_WIDTH * at + CELL_WIDTH // 2
        label = escape(shortened(column, MOST_OUTLET_CHARS))
        out.append(f'<text class="label" transform="translate({x - 4} {HEAD_HEIGHT - 8}) rotate(-40)">{label}</text>')
    for at, row in enumerate(rows):
        y = HEAD_HEIGHT + CELL_HEIGHT * at + CELL_HEIGHT // 2
        right = NAME_WIDTH + CELL_WIDTH * len(columns)
        out.append(f'<line class="axis" x1="0" y1="{y + CELL_HEIGHT // 2}" x2="{right}" y2="{y + CELL_HEIGHT // 2}"/>')
        words = f'<text class="label" x="0" y="{y + 4}">{escape(shortened(row.name, MOST_NAME_CHARS))}</text>'
        out.append(f'<a href="{escape(row.href, quote=True)}">{words}</a>' if row.href else words)
        for column_at, (first, relayed, href) in enumerate(row.cells):
            if first or relayed:
                out.append(_cell(NAME_WIDTH + CELL_WIDTH * column_at, y, first, relayed, most, href, f"{row.name}, {columns[column_at]}"))
    out.append("</svg>")
    return "".join(out)


def _cell(x: int, y: int, first: int, relayed: int, most: int, href: str, whose: str) -> str:
    middle = x + CELL_WIDTH / 2
    both = first and relayed
    marks = _mark("disc", middle - 14 if both else middle, y, first, most) + _mark(
        "ring", middle + 14 if both else middle, y, relayed, most
    )
    said = escape(f"{whose}: {first} first-hand, {relayed} told on", quote=True)
    inner = f"<title>{said}</title>{marks}"
    # The whole cell can be hit, not only a disc of two pixels.
    area = f'<rect class="hit" x="{x}" y="{y - CELL_HEIGHT // 2}" width="{CELL_WIDTH}" height="{CELL_HEIGHT}"/>'
    return f'<a href="{escape(href, quote=True)}" aria-label="{said}">{area}{inner}</a>' if href else f"<g>{inner}</g>"


def _mark(kind: str, x: float, y: int, n: int, most: int) -> str:
    """One disc or ring with its number beside it.

    Rows that add up many speakers would dwarf the others: they reach the largest mark and no more.
    """
    if not n:
        return ""
    radius = min(LARGEST, max(SMALLEST, LARGEST * math.sqrt(n / most)))
    number = f'<text class="count" x="{x + radius + 2:.0f}" y="{y + 10}">{n}</text>' if n > 1 else ""
    return f'<circle class="{kind}" cx="{x:.0f}" cy="{y}" r="{radius:.1f}"/>{number}'
