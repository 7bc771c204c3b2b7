"""The aligned table of a family: at each place where witnesses vary, what each of them has there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from firstsaid.model import READING_KINDS
from firstsaid.showing.kinds import LETTERS
from firstsaid.showing.places import places
from firstsaid.showing.views import VariantCell
from firstsaid.text import shortened
from firstsaid.tracing import Collation, collate
from firstsaid.wording import differences

MOST_CELL_CHARS = 90


def variants(texts: Sequence[str], most_columns: int, kind: str = "") -> tuple[int, tuple[int, ...], list[list[VariantCell]]]:
    """Places where not all texts agree, each a run of neighbouring columns, and what each text has there, marked against the first.

    `kind`: only places where some text has a reading of that kind. Returns how many places there are, the numbers of those shown, and
    the cells of each text.
    """
    cells: list[list[VariantCell]] = [[] for _ in texts]
    if len(texts) < 2:
        return 0, (), cells
    collation = collate(texts)
    runs = list(enumerate(places(collation.codes), 1))
    is_narrowed = kind in READING_KINDS
    shown: list[int] = []
    n_fitting = 0 if is_narrowed else len(runs)
    for number, (first, last) in runs if is_narrowed else runs[:most_columns]:
        column = _column(collation, texts, first, last)
        if is_narrowed:
            if all(cell.kind != kind for cell in column):
                continue
            n_fitting += 1
        if len(shown) < most_columns:
            shown.append(number)
            for own, cell in zip(cells, column, strict=True):
                own.append(cell)
    return n_fitting, tuple(shown), cells


def _column(collation: Collation, texts: Sequence[str], first: int, last: int) -> list[VariantCell]:
    """What each text has at one place."""
    spans = [collation.spans(column) for column in range(first, last)]
    stretches = []
    for number, text in enumerate(texts):
        here = [span for column in spans if (span := column[number]) is not None]
        stretches.append(text[min(a for a, _ in here) : max(b for _, b in here)] if here else "")
    # Against the first witness that has words here at all, if the base's stretch does not reach this far.
    base = next((stretch for stretch in stretches if stretch), "") if _is_outside(collation, 0, first, last) else stretches[0]
    known: dict[str, VariantCell] = {}
    cells = []
    for number, stretch in enumerate(stretches):
        if _is_outside(collation, number, first, last):
            cells.append(VariantCell("", "absent", ""))
        elif number == 0:
            cells.append(VariantCell(shortened(stretch, MOST_CELL_CHARS) or "–", "base", ""))
        else:
            if stretch not in known:
                known[stretch] = _cell(base, stretch)
            cells.append(known[stretch])
    return cells


def _is_outside(collation: Collation, witness: int, first: int, last: int) -> bool:
    """Whether the place lies before the first or after the last word of a witness."""
    present = np.flatnonzero(collation.places[:, collation.version_of[witness]] >= 0)
    return not len(present) or bool(last <= present[0] or first > present[-1])


def _cell(base: str, stretch: str) -> VariantCell:
    shown = shortened(stretch, MOST_CELL_CHARS) or "–"
    found = differences(base, stretch)
    if not found:
        return VariantCell(shown, "same", "")
    kind = min((difference.kind for difference in found), key=READING_KINDS.index)
    return VariantCell(shown, kind, LETTERS[kind])
