"""Overlapping marks laid flat: a text cut wherever a mark begins or ends, each piece with all the marks that lie on it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from firstsaid.showing.spoken import direction
from firstsaid.showing.views import Block, Note, Piece


@dataclass(frozen=True, slots=True)
class Mark:
    """A layer on a stretch of the text. `key` ties marks to one note (a finding with three spans here has one); `href`: a link out."""

    start: int
    end: int
    layer: str
    note: Note | None = None
    key: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph to be: its span and what it is. See `Block.tag`."""

    start: int
    end: int
    tag: str


def numbered(marks: Sequence[Mark]) -> list[tuple[Mark, int]]:
    """Marks in reading order, each with the number of its note (0: none); marks of one key share it."""
    numbers: dict[str, int] = {}
    out = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end, one.layer, one.key)):
        number = 0
        if mark.note is not None:
            number = numbers.setdefault(mark.key or f"{mark.layer}:{mark.start}:{mark.end}", len(numbers) + 1)
        out.append((mark, number))
    return out


def blocks(text: str, stretches: Sequence[Stretch], marks: Sequence[tuple[Mark, int]], prefix: str) -> list[Block]:
    """Stretches as blocks of pieces. `marks` in reading order, from `numbered`; `prefix`: begins every anchor.

    A note stands at the first block that its mark touches. Cost: stretches + marks * marks that overlap.
    """
    made = []
    told: set[int] = set()
    waiting = 0
    active: list[tuple[Mark, int]] = []
    for stretch in stretches:
        active = [one for one in active if one[0].end > stretch.start]
        while waiting < len(marks) and marks[waiting][0].start < stretch.end:
            if marks[waiting][0].end > stretch.start:
                active.append(marks[waiting])
            waiting += 1
        here = [one for one in active if one[0].start < stretch.end]
        fresh: dict[int, Note] = {}
        for mark, number in here:
            if number and number not in told and mark.note is not None:
                told.add(number)
                fresh[number] = mark.note
        words = text[stretch.start : stretch.end]
        pieces = _pieces(text, stretch, here, prefix, set(fresh))
        covered = sum(min(mark.end, stretch.end) - max(mark.start, stretch.start) for mark, _ in here if mark.layer == "boilerplate")
        notes = tuple(_with_number(note, number) for number, note in sorted(fresh.items()))
        is_boilerplate = covered * 10 >= len(words) * 9
        made.append(Block(stretch.tag, direction(words), stretch.start, pieces, notes, is_boilerplate))
    return made


def _with_number(note: Note, number: int) -> Note:
    return replace(note, number=number)


def _pieces(text: str, stretch: Stretch, marks: Sequence[tuple[Mark, int]], prefix: str, fresh: set[int]) -> tuple[Piece, ...]:
    cuts = {stretch.start, stretch.end}
    for mark, _ in marks:
        cuts.add(max(mark.start, stretch.start))
        cuts.add(min(mark.end, stretch.end))
    ordered = sorted(cuts)
    begins: dict[int, list[tuple[Mark, int]]] = {}
    for one in marks:
        begins.setdefault(max(one[0].start, stretch.start), []).append(one)
    pieces = []
    active: list[tuple[Mark, int]] = []
    untold = set(fresh)
    for start, end in itertools.pairwise(ordered):
        starting = begins.get(start, [])
        active = [one for one in active if one[0].end > start] + starting
        # A passage is announced where it begins, for it may run over pages; everything else where it ends.
        before = tuple(dict.fromkeys(number for mark, number in starting if number in untold and mark.layer == "passage"))
        after = []
        for mark, number in active:
            if number in untold and mark.layer != "passage" and min(mark.end, stretch.end) == end:
                after.append(number)
        # One mark in several pieces has one number: an id must not stand twice.
        untold.difference_update(before, after)
        begun = any(mark.start == start for mark, _ in starting)
        pieces.append(
            Piece(
                text=text[start:end],
                marks=tuple(dict.fromkeys(mark.layer for mark, _ in active)),
                anchor=f"{prefix}-{start}" if begun else "",
                href=next((mark.href for mark, _ in active if mark.href), ""),
                refs_before=before,
                refs=tuple(dict.fromkeys(after)),
            )
        )
    return tuple(pieces)
