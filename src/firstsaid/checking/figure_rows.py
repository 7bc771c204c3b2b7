"""Figures with what the finders ask of them: their interval, their sentence, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from firstsaid.checking.case import Case
from firstsaid.checking.figure_changes import direction_of
from firstsaid.checking.intervals import Interval, are_disjoint, interval_of, scaled, widened
from firstsaid.checking.lexicon import GLUE
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.checking.units import ROUNDING, measured_in
from firstsaid.model import Evidence, Figure
from firstsaid.text import key as word_key

CONFLICT_KINDS = ("count", "money", "percent", "measure", "duration", "rate", "ratio", "change")


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its interval, in its base unit and below zero where something fell, and the content words of its sentence."""

    figure: Figure
    interval: Interval
    sentence: tuple[int, int]
    told: str

    @property
    def words(self) -> frozenset[str]:
        """Keys of the content words of its sentence, which few figures are ever asked for."""
        return _content_words(self.told)


@lru_cache(maxsize=1 << 14)
def _content_words(told: str) -> frozenset[str]:
    return frozenset(key for key in keys_of(told) if key not in GLUE and len(key) > 2 and not key.isdigit())


def placed_figures(case: Case) -> dict[str, list[Placed]]:
    """Figures that can be compared, by document."""
    found: dict[str, list[Placed]] = {}
    for document_id, figures in case.figures.items():
        if case.has_lost_signs(document_id):
            continue
        text = case.text(document_id)
        rows = []
        quoted = [(q.start, q.end) for q in case.quotations.get(document_id, ()) if q.form in ("direct", "block")]
        for figure in figures:
            if figure.kind not in CONFLICT_KINDS or not (figure.of_lemma or figure.unit):
                continue
            # Inside a quotation the words themselves are compared.
            if any(start <= figure.start and figure.end <= end for start, end in quoted):
                continue
            interval = interval_of(figure)
            if interval is None:
                continue
            sentence = sentence_of(text, figure)
            scale = measured_in(figure)
            if scale is not None:
                interval = scaled(interval, scale.factor)
            elif figure.kind == "change" and direction_of(text[slice(*sentence)], figure, sentence[0]) < 0:
                interval = scaled(interval, Decimal(-1))
            rows.append(Placed(figure, interval, sentence, text[slice(*sentence)]))
        if rows:
            found[document_id] = rows
    return found


def sentence_of(text: str, figure: Figure) -> tuple[int, int]:
    """The sentence of a figure: as parsed, else found around it."""
    if figure.sentence_start is not None and figure.sentence_end is not None:
        return figure.sentence_start, figure.sentence_end
    return sentence_around(text, figure.start, figure.end)


def same_thing(figure: Figure) -> tuple[str, str, str]:
    """What two figures must have in common to be compared at all."""
    scale = measured_in(figure)
    return figure.kind, stem(figure.of_lemma or ""), scale.base if scale is not None else figure.unit or ""


def exclude_each_other(left: Placed, right: Placed) -> bool:
    """Whether no number fits both figures. Where their units differ, one may have been made from the other and rounded."""
    if left.figure.unit == right.figure.unit:
        return are_disjoint(left.interval, right.interval)
    return are_disjoint(widened(left.interval, ROUNDING), widened(right.interval, ROUNDING))


@lru_cache(maxsize=1 << 16)
def stem(lemma: str) -> str:
    """A lemma's key without the plural ending, should the parser have left it."""
    key = " ".join(word_key(part) for part in lemma.split())
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith("ss") else key


def said(case: Case, figure: Figure) -> str:
    """The figure with what it counts, as it stands."""
    end = figure.of_end if figure.of_end is not None and 0 <= figure.of_end - figure.end <= 60 else figure.end
    return shortened(case.words(figure.document_id, figure.start, max(end, figure.end)), 70)


def evidence_of(figure: Figure, role: str) -> Evidence:
    """The place of a figure."""
    return Evidence(figure.document_id, figure.start, figure.end, role)
