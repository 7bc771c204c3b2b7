"""Pictures made here as SVG: the stemma on a time axis, documents through time. Every picture has a table or sentence beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from firstsaid.dates import civil_from_days, days_from_civil
from firstsaid.model import MINUTES_PER_DAY, DateRange, StemmaEdge
from firstsaid.showing.spoken import day_words, month_words, year_words
from firstsaid.text import shortened

ROW_HEIGHT = 34
WIDTH = 860
LEFT, RIGHT = 24, 310
MOST_LABEL_CHARS = 26
"""With a date behind it this fits into the `RIGHT` margin at 12 pixels."""
MOST_NODES = 80
"""More nodes than this make a picture nobody reads; the table below it has them all."""
CERTAIN, PROBABLE = 9_000, 5_000


@dataclass(frozen=True, slots=True)
class StemmaMark:
    """One node as drawn: its id, its siglum, what to write beside it, when it was published, whether it survives, and its link."""

    id: str
    siglum: str
    label: str
    published: DateRange | None
    observed: bool
    href: str


def draw_stemma(marks: Sequence[StemmaMark], edges: Sequence[StemmaEdge]) -> str:
    """Nodes on a true time axis from left to right, one row each in the order of the tree, joined by edges.

    Solid: certain; dashed: probable; dotted: several candidates; hollow: a lost version. Undated nodes stand at the left edge.
    """
    if not marks:
        return ""
    marks = marks[:MOST_NODES]
    rows = _tree_order(marks, edges)
    dated = [mark.published for mark in marks if mark.published]
    first = min((date.earliest for date in dated), default=0)
    last = max((date.earliest for date in dated), default=0)
    span = max(1, last - first)
    x = {mark.id: _x(mark, first, span) for mark in marks}
    parent_of = {edge.child: edge.parent for edge in edges}
    # Lost versions come parents first: those below are placed before those above.
    for mark in reversed(marks):
        if not mark.observed:
            children = [x[edge.child] for edge in edges if edge.parent == mark.id and edge.child in x]
            x[mark.id] = max(LEFT, min(children, default=LEFT + 30) - 36)
    y = {mark_id: 30 + ROW_HEIGHT * row for row, mark_id in enumerate(rows)}
    height = 30 + ROW_HEIGHT * len(rows) + 38
    name = "Stemma; the table below says the same"
    parts = [
        f'<svg class="stemma" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group" aria-label="{name}">',
    ]
    parts += _axis(first, last, height) if dated else []
    for edge in edges:
        if edge.parent in y and edge.child in y:
            parts.append(_edge_path(edge, x, y))
    for mark in marks:
        parts.append(_node(mark, x[mark.id], y[mark.id], parent_of.get(mark.id) is None))
    parts.append("</svg>")
    return "".join(parts)


def _x(mark: StemmaMark, first: int, span: int) -> float:
    if mark.published is None:
        return LEFT
    return LEFT + (WIDTH - LEFT - RIGHT) * (mark.published.earliest - first) / span


def _tree_order(marks: Sequence[StemmaMark], edges: Sequence[StemmaEdge]) -> list[str]:
    """Ids in the order of a walk through the tree, children by date, so that edges seldom cross."""
    known = {mark.id: (mark.published is None, mark.published.earliest if mark.published else 0, mark.id) for mark in marks}
    children: dict[str, list[str]] = {}
    has_parent = set()
    for edge in edges:
        if edge.kind == "copy" and edge.parent in known and edge.child in known and edge.child not in has_parent:
            children.setdefault(edge.parent, []).append(edge.child)
            has_parent.add(edge.child)
    order: list[str] = []
    seen: set[str] = set()
    waiting = sorted((one for one in known if one not in has_parent), key=known.__getitem__, reverse=True)
    while waiting or len(order) < len(known):
        if not waiting:
            # A cycle among undirected edges: begin it anywhere that is not yet placed.
            waiting = [min((one for one in known if one not in seen), key=known.__getitem__)]
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        order.append(one)
        waiting += sorted(children.get(one, ()), key=known.__getitem__, reverse=True)
    return order


STEPS_MINUTES = (60, 360, MINUTES_PER_DAY, 7 * MINUTES_PER_DAY)
STEPS_MONTHS = (1, 3, 6, 12, 60, 120, 600, 1_200)
MOST_TICKS = 5
"""Dates under the axis: with more, two of them run into each other at this width."""


def ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Round moments between two, at most `MOST_TICKS`, each as one would say it."""
    span = max(1, last - first)
    for step in STEPS_MINUTES:
        if span <= step * MOST_TICKS:
            start = -(-first // step) * step
            return [(at, day_words(at) + _hour_words(at, step)) for at in range(start, last + 1, step)]
    months = next((one for one in STEPS_MONTHS if span <= one * 30 * MINUTES_PER_DAY * MOST_TICKS), STEPS_MONTHS[-1])
    year, month, _ = civil_from_days(first // MINUTES_PER_DAY)
    count = year * 12 + month - 1
    found = []
    for at in range(-(-count // months) * months, count + months * (3 * MOST_TICKS), months):
        moment = days_from_civil(at // 12, at % 12 + 1, 1) * MINUTES_PER_DAY
        if first <= moment <= last:
            found.append((moment, month_words(moment) if months < 12 else year_words(moment)))
    return found[:: max(1, -(-len(found) // MOST_TICKS))]


def _hour_words(moment: int, step: int) -> str:
    return f", {moment % MINUTES_PER_DAY // 60:02d}:00" if step < MINUTES_PER_DAY else ""


def _axis(first: int, last: int, height: int) -> list[str]:
    """The axis of time, true to scale: its ends, and round dates between them."""
    bottom, right = height - 28, WIDTH - RIGHT
    parts = [f'<line class="axis" x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>']
    span = max(1, last - first)
    for moment, words in ticks(first, last) if last > first else []:
        x = LEFT + (right - LEFT) * (moment - first) / span
        parts.append(f'<line class="tick" x1="{x:.0f}" y1="8" x2="{x:.0f}" y2="{bottom}"/>')
        # The ends have the line below to themselves.
        parts.append(f'<text class="axis" x="{x:.0f}" y="{bottom + 11}" text-anchor="middle">{escape(words)}</text>')
    for x, moment, anchor in ((LEFT, first, "start"), (right, last, "end"))[: 1 + (last > first)]:
        parts.append(f'<text class="axis" x="{x}" y="{bottom + 25}" text-anchor="{anchor}">{escape(day_words(moment))}</text>')
    return parts


def _edge_path(edge: StemmaEdge, x: dict[str, float], y: dict[str, int]) -> str:
    sure = "certain" if edge.confidence >= CERTAIN else "probable" if edge.confidence >= PROBABLE else "open"
    second = " second" if edge.kind == "contamination" else ""
    x0, y0, x1, y1 = x[edge.parent], y[edge.parent], x[edge.child], y[edge.child]
    middle = min(x0 + 14, max(x0, x1) - 4) if x1 > x0 + 8 else x0 - 12
    path = f"M{x0:.0f} {y0} C{middle:.0f} {(y0 + y1) / 2:.0f} {middle:.0f} {y1} {x1:.0f} {y1}"
    title = escape("; ".join(edge.reasons[:3]))
    return f'<path class="edge {sure}{second}" d="{path}"><title>{edge.confidence // 100} %: {title}</title></path>'


def _node(mark: StemmaMark, x: float, y: int, is_root: bool) -> str:
    kind = "lost" if not mark.observed else "root" if is_root else "seen"
    when = day_words(mark.published.earliest) if mark.published else ""
    label = escape(" · ".join(part for part in (shortened(mark.label, MOST_LABEL_CHARS), when) if part))
    siglum = escape(mark.siglum)
    circle = f'<circle class="node {kind}" cx="{x:.0f}" cy="{y}" r="9"/>'
    letters = f'<text class="siglum {kind}" x="{x:.0f}" y="{y + 4}" text-anchor="middle">{siglum}</text>'
    words = f'<text class="label" x="{x + 15:.0f}" y="{y + 4}">{label}</text>'
    inner = circle + letters + words
    return f'<a href="{escape(mark.href, quote=True)}">{inner}</a>' if mark.href else f"<g>{inner}</g>"


MOST_BARS = 60
BAR_WIDTH, BAR_HEIGHT = 9.0, 44


def draw_timeline(dates: Sequence[DateRange]) -> tuple[str, str]:
    """Documents through time as bars (at most `MOST_BARS`), and the same in a sentence."""
    if not dates:
        return "", "No document is dated."
    first = min(date.earliest for date in dates)
    last = max(date.earliest for date in dates)
    n_bars = min(MOST_BARS, max(1, last // MINUTES_PER_DAY - first // MINUTES_PER_DAY + 1))
    counts = [0] * n_bars
    for date in dates:
        counts[min(n_bars - 1, (date.earliest - first) * n_bars // max(1, last - first + 1))] += 1
    tallest = max(counts)
    height = BAR_HEIGHT + 4
    step = (WIDTH - 2) / n_bars
    wide = min(BAR_WIDTH, step - 1.5)
    base = height - 2
    bars = []
    for number, count in enumerate(counts):
        if count:
            tall = max(2.0, BAR_HEIGHT * count / tallest)
            x = 1 + number * step + (step - wide) / 2
            bars.append(f'<rect class="bar" x="{x:.1f}" y="{base - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>')
    line = f'<line class="axis" x1="1" y1="{base}" x2="{WIDTH - 1}" y2="{base}"/>'
    name = "Documents through time; the sentence below says the same"
    svg = f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{name}">{line}{"".join(bars)}</svg>'
    busiest = counts.index(tallest)
    span = max(1, last - first + 1)
    begin, end = first + busiest * span // n_bars, first + (busiest + 1) * span // n_bars - 1
    days = day_words(begin) if day_words(begin) == day_words(end) else f"{day_words(begin)} to {day_words(end)}"
    return svg, f"{len(dates)} dated documents. The tallest bar: {tallest}, {days}."
