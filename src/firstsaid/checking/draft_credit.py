"""A draft's citations, and words of corpus documents that stand in the draft without marks or credit."""

from __future__ import annotations

from firstsaid.checking.credit import lacks_own_words
from firstsaid.checking.shelf import Shelf, stems
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.model import Annotations, Citation, Span, Verdict
from firstsaid.text import Words
from firstsaid.text import words as words_of

MIN_UNCREDITED_WORDS = 12
"""Shorter runs may be set phrases or the long names of bodies. Given by the task, not measured."""

MOST_CITED = 20
"""Texts of a cited outlet that are read whole when none of them comes up by the sentence's words."""

HELD_SHARE, ELSEWHERE_SHARE = 0.25, 0.6
"""Shares of a sentence's content words: in the cited document, that it speaks of this; in another, that this one says it."""


def citation_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each citation that dangles, or that names something the corpus could hold."""
    verdicts = []
    for citation in sorted(annotations.citations, key=lambda c: (c.start, c.end)):
        verdict = _citation(citation, text, shelf)
        if verdict is not None:
            verdicts.append(verdict)
    return verdicts


def _made(citation: Citation, verdict: str, why: str, spans: tuple[Span, ...] = ()) -> Verdict:
    return Verdict("citation", citation.start, citation.end, verdict, verdict != "exact", why, spans)


def _citation(citation: Citation, text: str, shelf: Shelf) -> Verdict | None:
    if not citation.resolves:
        because = (citation.reason or "what it points to is not there").rstrip(".")
        return _made(citation, "not-in-corpus", f"It points to nothing: {because}.")
    target = citation.target or text[citation.start : citation.end]
    cited = shelf.resolves(target) or shelf.resolves(text[citation.start : citation.end])
    if not cited:
        # A note to a work outside is the rule, not a thing to look at; a link or a named report can be looked up.
        return (
            None
            if citation.form == "footnote_marker"
            else _made(citation, "not-in-corpus", f"The corpus holds nothing of “{shortened(target, 80)}”.")
        )
    start, end = sentence_around(text, citation.start, citation.end)
    wanted = stems(text[start : citation.start] + " " + text[citation.end : end]) - stems(target)
    # An outlet has thousands of texts; those that share the sentence's words come first.
    likely = [document_id for document_id in shelf.about(text[start:end]) if document_id in cited]
    cited = (*likely, *cited[:MOST_CITED])
    best = max(cited, key=lambda document_id: (_share(wanted, shelf.document(document_id).text), document_id))
    share = _share(wanted, shelf.document(best).text)
    if share >= HELD_SHARE or len(wanted) < 3:
        place = _sentence_of(wanted, shelf, best, text[start:end])
        return _made(citation, "exact", f"It names {shelf.label(best)}, which speaks of this.", (Span(best, *place),))
    for match in shelf.related(text[start:end]):
        if match.document_id in cited:
            continue
        base = shelf.document(match.document_id).text
        low, high = sentence_around(base, match.start, max(match.start + 1, match.end))
        if len(wanted & stems(base[low:high])) >= ELSEWHERE_SHARE * len(wanted):
            why = f"{shelf.label(best)} says nothing of it; {shelf.label(match.document_id)} does."
            return _made(citation, "other-document", why, (Span(match.document_id, low, high),))
    return _made(
        citation,
        "close-but-unsure",
        f"It names {shelf.label(best)}, which does not speak of this in words like these.",
        (Span(best, 0, 0),),
    )


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & stems(text)) / max(1, len(wanted))


def _sentence_of(wanted: frozenset[str], shelf: Shelf, document_id: str, sentence: str) -> tuple[int, int]:
    for match in shelf.related(sentence):
        if match.document_id == document_id:
            return sentence_around(shelf.document(document_id).text, match.start, max(match.start + 1, match.end))
    return 0, 0


# -------------------------------------------------------------------------------------------------------------- uncredited


def uncredited_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """Stretches of the draft's own voice that stand word for word in a document which the draft names nowhere."""
    marked = [(q.start, q.end) for q in annotations.quotations if q.form != "indirect"]
    keys = keys_of(text)
    found: list[Verdict] = []
    position = 0
    for paragraph in text.split("\n"):
        start, position = position, position + len(paragraph) + 1
        if len(paragraph) < MIN_UNCREDITED_WORDS * 3:
            continue
        found += _of_paragraph(paragraph, start, marked, keys, annotations, shelf)
    return found


def _of_paragraph(
    paragraph: str, offset: int, marked: list[tuple[int, int]], draft_keys: tuple[str, ...], annotations: Annotations, shelf: Shelf
) -> list[Verdict]:
    words = words_of(paragraph)
    runs: list[tuple[int, int, str, int, int]] = []
    linked = {c.target for c in annotations.citations if c.target}
    for match in shelf.found_at(offset, offset + len(paragraph)):
        document = shelf.document(match.document_id)
        low = max(0, match.start - 200)
        theirs = words_of(document.text[low : match.end + 200])
        for begin, base, length in _equal_runs(words, theirs):
            start, end = offset + int(words.starts[begin]), offset + int(words.ends[begin + length - 1])
            if _overlap(start, end, marked) * 2 >= end - start:
                continue
            runs.append((start, end, match.document_id, low + int(theirs.starts[base]), low + int(theirs.ends[base + length - 1])))
    # The longest run first, of equals the earliest document: whose words they are is a question of who had them first.
    runs.sort(key=lambda run: (-(run[1] - run[0]), shelf.order(run[2]), run[2], run[0]))
    taken: list[tuple[int, int]] = []
    verdicts = []
    credited = [run for run in runs if (shelf.document(run[2]).url or "-") in linked or shelf.is_named_in(draft_keys, run[2])]
    for start, end, document_id, base_start, base_end in runs:
        if _overlap(start, end, taken) or any(run[0] < end and start < run[1] for run in credited):
            continue
        taken.append((start, end))
        stretch = paragraph[start - offset : end - offset]
        if lacks_own_words(stretch):
            continue
        n_words = len(keys_of(stretch))
        why = f"These {n_words} words stand in {shelf.label(document_id)}, which the draft does not name: “{shortened(stretch, 120)}”."
        verdicts.append(Verdict("uncredited", start, end, "other-document", True, why, (Span(document_id, base_start, base_end),)))
    return verdicts


def _overlap(start: int, end: int, spans: list[tuple[int, int]]) -> int:
    return sum(max(0, min(end, b) - max(start, a)) for a, b in spans)


def _equal_runs(ours: Words, theirs: Words) -> list[tuple[int, int, int]]:
    """Longest runs of at least `MIN_UNCREDITED_WORDS` equal words: (place in ours, place in theirs, words)."""
    n = MIN_UNCREDITED_WORDS
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(theirs.keys) - n + 1):
        places.setdefault(theirs.keys[at : at + n], at)
    runs = []
    at = 0
    while at + n <= len(ours.keys):
        base = places.get(ours.keys[at : at + n])
        if base is None:
            at += 1
            continue
        length = n
        while at + length < len(ours.keys) and base + length < len(theirs.keys) and ours.keys[at + length] == theirs.keys[base + length]:
            length += 1
        runs.append((at, base, length))
        at += length
    return runs
