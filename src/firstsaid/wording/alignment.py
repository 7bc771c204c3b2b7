"""Which items of two sequences stand against each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

DIRECT_PRODUCT = 400_000_000
"""Up to this many word pairs bit-parallel alignment answers within a tenth of a second; above it unique words anchor first."""


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
    low_left, low_right = start, start
    if (n_left - tail - start) * (n_right - tail - start) > DIRECT_PRODUCT:
        for at_left, at_right in [*_anchors(left, right, start, n_left - tail, n_right - tail)]:
            pieces += _direct(left, right, low_left, at_left, low_right, at_right)
            pieces.append(Opcode("equal", at_left, at_left + 1, at_right, at_right + 1))
            low_left, low_right = at_left + 1, at_right + 1
    pieces += _direct(left, right, low_left, n_left - tail, low_right, n_right - tail)
    pieces.append(Opcode("equal", n_left - tail, n_left, n_right - tail, n_right))
    return _merged(pieces)


def _direct(left: Sequence[Hashable], right: Sequence[Hashable], a: int, b: int, c: int, d: int) -> list[Opcode]:
    if a == b or c == d:
        return [Opcode("delete" if c == d else "insert", a, b, c, d)]
    return [
        Opcode(op.tag, a + op.src_start, a + op.src_end, c + op.dest_start, c + op.dest_end)
        for op in Levenshtein.opcodes(left[a:b], right[c:d])
    ]


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


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable], start: int, stop_left: int, stop_right: int) -> Iterable[tuple[int, int]]:
    """Places of items that occur once on both sides, as the longest chain that rises on both (patience)."""
    count_left, count_right = Counter(left[start:stop_left]), Counter(right[start:stop_right])
    place = {item: at for at, item in enumerate(right[start:stop_right], start) if count_right[item] == 1 and count_left.get(item) == 1}
    pairs = [(at, place[item]) for at, item in enumerate(left[start:stop_left], start) if item in place]
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
    return reversed(chain)
