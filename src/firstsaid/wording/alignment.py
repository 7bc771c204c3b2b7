"""Which items of two sequences stand against each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

DIRECT_PRODUCT = 400_000_000
"""Up to this many word pairs bit-parallel alignment answers within a tenth of a second; above it unique words anchor first."""
LARGEST_PRODUCT = 10 * DIRECT_PRODUCT
"""Above this, half a second, what nothing anchors is not aligned: one text's stretch stands for the other's. That is ten thousands of
words in which nothing recurs equally often."""
ANCHOR_WORDS = 8
"""Words in a row that anchor where no single word does, as in texts that hold everything several times."""
MOST_REPEATED = 16
"""Times that such words may stand on either side: past that, the first need not be the first, and the chain would be one of accidents."""


class Opcode(NamedTuple):
    """`left[left_start:left_end]` stands against `right[right_start:right_end]`. `tag`: equal, replace, delete, insert."""

    tag: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int


def align(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Opcode]:
    """Opcodes that turn `left` into `right`, equal stretches included, in order.

    Fewest edits (bit-parallel Levenshtein); for very long inputs items that occur once on both sides anchor first (patience), so that
    texts of 100,000 words take about a second. Deterministic.
    """
    n_left, n_right = len(left), len(right)
    start = 0
    while start < min(n_left, n_right) and left[start] == right[start]:
        start += 1
    tail = 0
    while tail < min(n_left, n_right) - start and left[n_left - 1 - tail] == right[n_right - 1 - tail]:
        tail += 1
    pieces = [Opcode("equal", 0, start, 0, start)]
    pieces += _between(left, right, start, n_left - tail, start, n_right - tail, (1, ANCHOR_WORDS))
    pieces.append(Opcode("equal", n_left - tail, n_left, n_right - tail, n_right))
    return _merged(pieces)


def _between(left: Sequence[Hashable], right: Sequence[Hashable], a: int, b: int, c: int, d: int, widths: tuple[int, ...]) -> list[Opcode]:
    """Opcodes for `left[a:b]` against `right[c:d]`; where both are long, around anchors of `widths` words, in turn."""
    if a == b or c == d:
        return [Opcode("delete" if c == d else "insert", a, b, c, d)]
    if (b - a) * (d - c) <= (DIRECT_PRODUCT if widths else LARGEST_PRODUCT):
        return [
            Opcode(op.tag, a + op.src_start, a + op.src_end, c + op.dest_start, c + op.dest_end)
            for op in Levenshtein.opcodes(left[a:b], right[c:d])
        ]
    if not widths:
        return [Opcode("replace", a, b, c, d)]
    width = widths[0]
    pieces: list[Opcode] = []
    for at_left, at_right in _anchors(left, right, a, b, c, d, width):
        if at_left < a or at_right < c:
            continue
        pieces += _between(left, right, a, at_left, c, at_right, widths[1:])
        pieces.append(Opcode("equal", at_left, at_left + width, at_right, at_right + width))
        a, c = at_left + width, at_right + width
    return pieces + _between(left, right, a, b, c, d, widths[1:])


def _merged(pieces: list[Opcode]) -> list[Opcode]:
    """Without empty pieces, and neighbours of one tag as one."""
    merged: list[Opcode] = []
    for piece in pieces:
        if piece.left_start == piece.left_end and piece.right_start == piece.right_end:
            continue
        if merged and merged[-1].tag == piece.tag:
            piece = Opcode(piece.tag, merged[-1].left_start, piece.left_end, merged.pop().right_start, piece.right_end)
        merged.append(piece)
    return merged


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable], a: int, b: int, c: int, d: int, width: int) -> list[tuple[int, int]]:
    """Places in `left[a:b]` and `right[c:d]` of the same `width` items: the longest chain that rises on both sides.

    One item counts where it occurs once on both sides; several in a row where they occur equally often, first paired with first.
    """
    ours, theirs = _in_a_row(left, a, b, width), _in_a_row(right, c, d, width)
    count_ours, count_theirs = Counter(ours), Counter(theirs)
    most = 1 if width == 1 else MOST_REPEATED
    places: dict[tuple[Hashable, ...], list[int]] = {}
    for at in range(len(theirs) - 1, -1, -1):
        items = theirs[at]
        if count_theirs[items] <= most and count_ours.get(items) == count_theirs[items]:
            places.setdefault(items, []).append(c + at)
    pairs = [(at, places[items].pop()) for at, items in enumerate(ours, a) if items in places]
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for index, (_, at_right) in enumerate(pairs):
        level = bisect_left(tops, at_right)
        before.append(top_pairs[level - 1] if level else -1)
        tops[level : level + 1] = [at_right]
        top_pairs[level : level + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = top_pairs[-1] if top_pairs else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _in_a_row(items: Sequence[Hashable], start: int, end: int, width: int) -> list[tuple[Hashable, ...]]:
    """Every `width` items in a row of `items[start:end]`."""
    return list(zip(*(items[start + offset : end - width + 1 + offset] for offset in range(width)), strict=True))
