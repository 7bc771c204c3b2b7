"""A draft's reported statements ("she said that ...") against a corpus. Other words are fair; other numbers and a lost "not" are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstsaid.checking.compare import hold
from firstsaid.checking.draft_quotations import CLEAN, Candidate, _placed
from firstsaid.checking.lexicon import GLUE, NEGATIONS
from firstsaid.checking.names import OTHER, SAME, is_name
from firstsaid.checking.shelf import Shelf, stems
from firstsaid.checking.tokens import keys_of, sentence_around
from firstsaid.model import Annotations, Quotation, Span, Verdict

MIN_WORDS = 4
"""Shorter statements ("she agreed") say nothing that could be held against a text."""

MIN_CONTENT_WORDS = 3
"""With fewer ("that it was so"), any sentence about anything may agree or not."""

ADDRESSED = (("you",), ("du",), ("sie",), ("vous",), ("tu",), ("usted",))
"""The reader says nothing."""

QUESTION_WORDS = frozenset(
    ("why", "what", "how", "who", "where", "when", "whether", "warum", "was", "wie", "wer", "wo", "ob", "pourquoi", "comment", "si")
)
"""A reported question states nothing."""

MOST_DOCUMENTS = 10

FAIR_SHARE, UNSURE_SHARE, TELLING_SHARE = 0.6, 0.4, 0.7
"""Shares of a statement's content words found in one sentence: retold in other words, perhaps, and near enough that a "not" counts."""

NEAR_SIMILARITY, OTHER_SHARE = 8_000, 0.9

_SHIFTS = (
    ("would", "will"),
    ("could", "can"),
    ("might", "may"),
    ("had", "has"),
    ("were", "are"),
    ("was", "is"),
    ("have", "has"),
    ("würde", "wird"),
)
"""Reported speech shifts the verb; that is grammar, not a hedge."""


@dataclass(frozen=True, slots=True)
class Retold:
    """The sentence of a document that comes nearest to a statement. `share` of the statement's content words stand in it."""

    document_id: str
    start: int
    end: int
    share: float
    trouble: str


def statement_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each indirect quotation of enough words that holds no direct one."""
    direct = [(q.start, q.end) for q in annotations.quotations if q.form != "indirect"]
    verdicts = []
    for quotation in sorted(annotations.quotations, key=lambda q: (q.start, -q.end)):
        words = text[quotation.start : quotation.end]
        inside = any(quotation.start < end and start < quotation.end for start, end in direct)
        if quotation.form != "indirect" or inside or len(keys_of(words)) < MIN_WORDS or keys_of(words)[0] in QUESTION_WORDS:
            continue
        if len(set(keys_of(words)) - GLUE) < MIN_CONTENT_WORDS or keys_of(quotation.speaker_name or "") in ADDRESSED:
            continue
        verdict = _verdict(quotation, words, text, shelf)
        # What nobody in particular says, and no text says either, is most often the writer's own sentence misread.
        if is_name(quotation.speaker_name) or verdict.verdict not in ("not-in-corpus", "close-but-unsure"):
            verdicts.append(verdict)
    return verdicts


def _made(quotation: Quotation, verdict: str, why: str, spans: tuple[Span, ...]) -> Verdict:
    return Verdict("statement", quotation.start, quotation.end, verdict, verdict not in CLEAN, why, spans)


def shifted(words: str) -> str:
    """The words with reported verbs as in direct speech.

    >>> shifted("the pool would close")
    'the pool will close'
    """
    for reported, direct in _SHIFTS:
        words = re.sub(rf"\b{reported}\b", direct, words)
    return words


def _verdict(quotation: Quotation, words: str, text: str, shelf: Shelf) -> Verdict:
    retold = _nearest(words, shelf)
    plain = shifted(words)
    candidates: list[Candidate] = []
    for one in retold:
        document = shelf.document(one.document_id)
        held = hold(plain, shifted_in_place(document.text), (one.start, one.end))
        if held is not None and held.similarity >= 7_000:
            candidates.append(_placed(quotation, text, shelf, one.document_id, held, held.n_words))
    candidates.sort(key=lambda c: (c.held.verdict not in CLEAN, c.relation == OTHER, -c.held.similarity, shelf.order(c.document_id)))
    clean = [c for c in candidates if c.held.verdict in CLEAN]
    if clean:
        return _of_words(quotation, clean, text, shelf)
    changed = [c for c in candidates if any(kind in ("negation", "figure", "name", "date") for kind in c.held.kinds)]
    # Near enough word for word, a sentence with another number or without the "not" is no retelling of itself; another document's may be.
    near = {c.document_id for c in changed if c.held.similarity >= NEAR_SIMILARITY}
    best = next((one for one in retold if one.share >= FAIR_SHARE and not one.trouble and one.document_id not in near), None)
    if best is not None and (not near or best.share >= OTHER_SHARE):
        return _fair(quotation, best, text, shelf)
    if changed:
        held = changed[0].held
        why = f"Against {shelf.label(changed[0].document_id)}, the statement {held.what} ({held.kinds[0]})."
        return _made(quotation, "altered", why, (changed[0].span,))
    troubled = next((one for one in retold if one.share >= TELLING_SHARE and one.trouble), None)
    if troubled is not None:
        why = f"{shelf.label(troubled.document_id)} says nearly this, but {troubled.trouble}."
        return _made(quotation, "altered", why, (Span(troubled.document_id, troubled.start, troubled.end),))
    if retold and retold[0].share >= UNSURE_SHARE:
        why = f"{shelf.label(retold[0].document_id)} says something like it; whether it is the same is for a reader to say."
        return _made(quotation, "close-but-unsure", why, (Span(retold[0].document_id, retold[0].start, retold[0].end),))
    return _made(quotation, "not-in-corpus", "No document of the corpus says this in words like these.", ())


def shifted_in_place(text: str) -> str:
    """Like `shifted`, of equal length, so that offsets stay.

    >>> shifted_in_place("it would close")
    'it will  close'
    """
    for reported, direct in _SHIFTS:
        if len(direct) <= len(reported):
            text = re.sub(rf"\b{reported}\b", direct.ljust(len(reported)), text)
    return text


def _of_words(quotation: Quotation, clean: list[Candidate], text: str, shelf: Shelf) -> Verdict:
    good = [c for c in clean if c.trouble is None]
    if good:
        is_same = text[quotation.start : quotation.end] in shelf.document(good[0].document_id).text
        verdict = "exact" if is_same else "fair-edit"
        return _made(quotation, verdict, f"{shelf.label(good[0].document_id)} says so.", (good[0].span,))
    best = clean[0]
    why = f"The words stand in {shelf.label(best.document_id)}, but they {best.told}."
    return _made(quotation, best.trouble or "wrong-speaker", why, (best.span,))


def _fair(quotation: Quotation, best: Retold, text: str, shelf: Shelf) -> Verdict:
    place = (best.start, best.end)
    held = hold(text[quotation.start : quotation.end], shelf.document(best.document_id).text, place)
    if held is not None and held.similarity >= 6_000:
        candidate = _placed(quotation, text, shelf, best.document_id, held, held.n_words)
        if candidate.trouble is not None and candidate.relation in (OTHER, SAME):
            why = f"{shelf.label(best.document_id)} has this statement, but the words {candidate.told}."
            return _made(quotation, candidate.trouble, why, (candidate.span,))
    why = f"{shelf.label(best.document_id)} says this in other words."
    return _made(quotation, "fair-edit", why, (Span(best.document_id, best.start, best.end),))


def _nearest(words: str, shelf: Shelf) -> list[Retold]:
    """For each document that might say so, its sentence with most of the statement's content words; the best first."""
    wanted = stems(words)
    if not wanted:
        return []
    places: dict[str, tuple[int, int]] = {}
    for match in (*shelf.find(words), *shelf.related(words)):
        if len(places) < MOST_DOCUMENTS:
            places.setdefault(match.document_id, (match.start, match.end))
    found = []
    for document_id, (start, end) in places.items():
        base = shelf.document(document_id).text
        low, high = sentence_around(base, start, max(start + 1, end))
        sentence = base[low:high]
        theirs = stems(sentence)
        share = len(wanted & theirs) / len(wanted)
        found.append(Retold(document_id, low, high, share, _contradiction(words, sentence)))
    return sorted(found, key=lambda one: (-one.share, bool(one.trouble), shelf.order(one.document_id), one.document_id))


def _contradiction(words: str, sentence: str) -> str:
    """What keeps two sentences of the same content words from saying the same; empty if nothing does."""
    ours, theirs = keys_of(words), keys_of(sentence)
    numbers = [key for key in ours if key[:1].isdigit()]
    if any(key[:1].isdigit() for key in theirs):
        missing = [number for number in numbers if number not in theirs]
        if missing:
            return f"without “{missing[0]}”"
    here, there = any(map(_negates, ours)), any(map(_negates, theirs))
    if here != there:
        return "without the “not”" if here else "with a “not”"
    return ""


def _negates(key: str) -> bool:
    return key in NEGATIONS
