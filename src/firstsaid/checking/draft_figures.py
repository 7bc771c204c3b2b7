"""A draft's figures against a corpus, tied to what they count, their unit, place and period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from firstsaid.checking.draft_dates import date_verdict
from firstsaid.checking.draft_figure import Judge
from firstsaid.checking.draft_pool import Pool, surroundings, value_of
from firstsaid.checking.shelf import Shelf
from firstsaid.model import Annotations, Figure, Verdict

SKIPPED_KINDS = ("ordinal",)
"""A first or second of something is no quantity that two texts could give differently."""

_IN = re.compile(r"\s+(?:[^\W\d_][\w'’-]*\s+){0,3}?(?:in|out of|of every|for every|in every|de cada|sur|von|auf)\s+\Z")


def figure_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each figure and date outside of direct quotations, whose words are checked as such."""
    quoted = [(q.start, q.end) for q in annotations.quotations if q.form in ("direct", "block", "mixed")]
    pool = Pool(text, shelf)
    figures = [
        figure for figure in sorted(_with_shares(text, annotations.figures), key=lambda f: (f.start, f.end))
        if not any(start <= figure.start and figure.end <= end for start, end in quoted)
    ]  # fmt: skip
    around = surroundings(_without_words(text, quoted), figures)
    verdicts = []
    for figure in figures:
        if figure.kind in SKIPPED_KINDS:
            continue
        if figure.kind == "date":
            verdict = date_verdict(figure, text, around[figure.id], pool, shelf)
        else:
            place = around[figure.id]
            beside = [other for other in figures if other is not figure and around[other.id].start == place.start and other.kind != "date"]
            verdict = Judge(figure, text, place, beside, pool, shelf).verdict()
        if verdict is not None:
            verdicts.append(verdict)
    return verdicts


def _without_words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with its quotations blanked: what they speak of says nothing about a figure beside them."""
    kept, rest = [], 0
    for start, end in sorted(spans):
        if start >= rest:
            kept += [text[rest:start], re.sub(r"\w", " ", text[start:end])]
            rest = end
    return "".join((*kept, text[rest:]))


def _with_shares(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures, "one household in three" as the one share that it is."""
    listed = sorted(figures, key=lambda f: (f.start, f.end))
    taken: set[str] = set()
    for left, right in zip_longest(listed, listed[1:]):
        if left.id in taken:
            continue
        a, b = value_of(left), value_of(right) if right else None
        is_share = (
            right is not None and left.kind == right.kind == "count" and a and b and a < b and _IN.fullmatch(text[left.end : right.start])
        )
        if is_share and right is not None and a and b:
            taken.add(right.id)
            share = str(round(a / b, 4).normalize())
            yield replace(left, end=right.end, low=share, high=share, unit=None, kind="ratio", modifier="about", of_lemma=None)
        else:
            yield left
