"""A draft held against a corpus: its quotations, reported statements, figures, dates, citations, and words without marks or credit."""

from __future__ import annotations

from collections import defaultdict

from firstsaid.checking.draft_credit import citation_verdicts, uncredited_verdicts
from firstsaid.checking.draft_figures import figure_verdicts
from firstsaid.checking.draft_quotations import quotation_verdicts
from firstsaid.checking.draft_statements import statement_verdicts
from firstsaid.checking.evidence import CheckResult, EvidenceLookup
from firstsaid.checking.shelf import Shelf
from firstsaid.checking.tokens import keys_of
from firstsaid.model import Annotations

OWN_COPY_SHARE = 0.9
"""A corpus document that shares more of its words in order with the draft is the draft, and no evidence for it."""

MIN_OWN_COPY_WORDS = 40
"""A draft of one or two sentences shares nearly all of them with what it quotes: below this only the very same words are a copy."""

MIN_SAME_WORDS = 15
"""One sentence that stands alone in a corpus document may be quoted whole; two are a text."""

BESIDE_CHARS = 20
"""Between a flagged figure and the equal words around it, there are a blank and perhaps a short word."""


def check(text: str, annotations: Annotations, evidence: EvidenceLookup) -> CheckResult:
    """What the corpus holds about everything that can be held against it, in order of place.

    `annotations`: of the draft, with offsets into `text`. Evidence spans point into corpus documents. Deterministic as far as the
    look-ups are. Cost: a few look-ups per quotation, figure and citation, and alignments with at most a dozen documents each.
    """
    shelf = Shelf(evidence, text)
    shelf.left_out = frozenset(_own_copies(text, shelf))
    shelf._found.clear()
    named = [
        *quotation_verdicts(text, annotations, shelf),
        *statement_verdicts(text, annotations, shelf),
        *figure_verdicts(text, annotations, shelf),
        *citation_verdicts(text, annotations, shelf),
    ]
    # Where something of the draft is flagged already, that its neighbours stand in the same text is no second thing to look at.
    flagged = [(verdict.start, verdict.end) for verdict in named if verdict.flag]
    alone = [
        verdict for verdict in uncredited_verdicts(text, annotations, shelf)
        if not any(start < verdict.end + BESIDE_CHARS and verdict.start < end + BESIDE_CHARS for start, end in flagged)
    ]  # fmt: skip
    verdicts = [*named, *alone]
    verdicts.sort(key=lambda verdict: (verdict.start, verdict.end, verdict.type))
    return CheckResult(tuple(verdicts), tuple(sorted(shelf.left_out)))


def _own_copies(text: str, shelf: Shelf) -> list[str]:
    keys = keys_of(text)
    if len(keys) < MIN_OWN_COPY_WORDS:
        found_in = sorted({match.document_id for match in shelf.find(text)}) if len(keys) >= MIN_SAME_WORDS else []
        return [one for one in found_in if keys_of(shelf.document(one).text) == keys]
    covered: dict[str, int] = defaultdict(int)
    for _, matches in shelf.pieces():
        for match in matches:
            covered[match.document_id] += match.query_end - match.query_start
    own = _shingles(keys)
    found = []
    for document_id in sorted(covered):
        if covered[document_id] < 0.5 * len(text):
            continue
        theirs = _shingles(keys_of(shelf.document(document_id).text))
        if 2 * len(own & theirs) > OWN_COPY_SHARE * (len(own) + len(theirs)):
            found.append(document_id)
    return found


def _shingles(keys: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(keys[at : at + 3] for at in range(len(keys) - 2))
