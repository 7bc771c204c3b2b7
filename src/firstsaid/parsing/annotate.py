"""Everything that is said in one text."""

from __future__ import annotations

from collections.abc import Sequence

from firstsaid.model import Annotations, DateRange, Layout
from firstsaid.parsing.citations import find_citations
from firstsaid.parsing.figures import find_figures
from firstsaid.parsing.leaving_out import outside_boilerplate, without_markers
from firstsaid.parsing.predictions import find_predictions
from firstsaid.parsing.sayings import Mode, sayings


def annotate(
    text: str,
    *,
    document_id: str = "",
    layout: Sequence[Layout] = (),
    language: str | None = None,
    published: DateRange | None = None,
    parser: bool = True,
    precise: bool = False,
) -> Annotations:
    """Quotations, scare quotes, figures, citations, predictions and mentions of names, each in reading order.

    Spans are code points of `text`. `layout`: spans relative to `text`. `language`: ISO 639-1, guessed where None. `published`: what
    "next year" counts from. What stands in boilerplate is left out, but for pointers. `parser`: without it five times as fast, but in
    English no statement in the writer's own words is found ("X said that ..."). `precise`: of those only the likeliest, of which four
    in five are right.
    Deterministic; linear but for sorting.

    >>> [(text[q.start:q.end], q.speaker_name) for text in ['“It rains,” said Ann Poe.'] for q in annotate(text).quotations]
    [('It rains,', 'Ann Poe')]
    """
    said = sayings(text, document_id=document_id, layout=layout, language=language, mode=Mode(parser, precise))
    sentences = said.page.sentences
    figures = find_figures(text, sentences, document_id=document_id, language=language, published=published)
    predictions = find_predictions(text, sentences, said.quotations, document_id=document_id, published=published, language=language)
    return Annotations(
        tuple(outside_boilerplate(said.quotations, layout)),
        tuple(outside_boilerplate(said.scare_quotes, layout)),
        tuple(outside_boilerplate(without_markers(text, figures, layout), layout)),
        tuple(find_citations(text, layout, sentences, document_id=document_id)),
        tuple(outside_boilerplate(predictions, layout)),
        tuple(outside_boilerplate(said.mentions, layout)),
    )
