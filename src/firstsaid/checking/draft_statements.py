"""A draft's reported statements ("she said that ...") against a corpus. Other words are fair; a lost "not", hedge or condition is none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log2

from firstsaid.checking.compare import hold
from firstsaid.checking.draft_quotations import CLEAN
from firstsaid.checking.draft_sense import Clash, clash, other_number
from firstsaid.checking.draft_speakers import Candidate, placed, said_in
from firstsaid.checking.lexicon import GLUE, TELLING
from firstsaid.checking.names import OTHER, SAME, is_name, name_words
from firstsaid.checking.shelf import Shelf, stem, stems
from firstsaid.checking.tokens import keys_of, sentence_around
from firstsaid.model import Annotations, Quotation, Span, Verdict

MIN_WORDS = 3
"""Shorter statements ("she agreed") say nothing that could be held against a text."""

MIN_CONTENT_WORDS = 2
"""With fewer ("that it was so"), any sentence about anything may agree or not."""

MIN_LONG_WORDS = 3
"""Content words from which "no text says so" is worth a look."""

ADDRESSED = (("you",), ("du",), ("sie",), ("vous",), ("tu",), ("usted",))
"""The reader says nothing."""

QUESTION_WORDS = frozenset(
    ("why", "what", "how", "who", "where", "when", "whether", "warum", "was", "wie", "wer", "wo", "ob", "pourquoi", "comment", "si")
)
"""A reported question states nothing."""

MOST_DOCUMENTS = 10

FAIR_SHARE, TELLING_SHARE, UNSURE_SHARE = 0.5, 0.4, 0.2
"""Shares of a statement's content words, the rarer weighing more, in a sentence (or, weighing less, beside it): retold in other words, near
enough that a "not" counts, and so far away that no text is known to say so."""

BESIDE_WEIGHT = 0.4
"""What a word of the sentence before or behind counts: "it" and "she" stand for what those name."""

NEAR_SIMILARITY = 8_000

CREDIT_REACH_CHARS = 200
"""A sentence is given to whom its neighbours name."""

BEFORE_CHARS = 60
"""The draft's words in front of a statement in which its verb of saying stands: "she hopes that"."""

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
    """A sentence of a document that comes near to a statement. `share`: of the statement's content words; `own`: in it alone."""

    document_id: str
    start: int
    end: int
    share: float
    own: float
    trouble: Clash | None


def statement_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each indirect quotation of enough words that holds no direct one."""
    direct = [(q.start, q.end) for q in annotations.quotations if q.form != "indirect"]
    verdicts = []
    for quotation in sorted(annotations.quotations, key=lambda q: (q.start, -q.end)):
        words = text[quotation.start : quotation.end]
        inside = any(quotation.start < end and start < quotation.end for start, end in direct)
        if quotation.form != "indirect" or inside or len(keys_of(words)) < MIN_WORDS or keys_of(words)[0] in QUESTION_WORDS:
            continue
        if keys_of(quotation.speaker_name or "") in ADDRESSED:
            continue
        verdict = _verdict(quotation, words, text, shelf)
        if verdict is not None:
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


def shifted_in_place(text: str) -> str:
    """Like `shifted`, of equal length, so that offsets stay.

    >>> shifted_in_place("it would close")
    'it will  close'
    """
    for reported, direct in _SHIFTS:
        if len(direct) <= len(reported):
            text = re.sub(rf"\b{reported}\b", direct.ljust(len(reported)), text)
    return text


def _verdict(quotation: Quotation, words: str, text: str, shelf: Shelf) -> Verdict | None:
    retold = _nearest(quotation, words, text, shelf)
    if not retold:
        return _absent(quotation, words, text, shelf)
    said = said_in(text, quotation)
    candidates: list[Candidate] = []
    for document_id in dict.fromkeys(one.document_id for one in retold):
        place = next((one.start, one.end) for one in retold if one.document_id == document_id)
        held = hold(shifted(words), shifted_in_place(shelf.document(document_id).text), place)
        if held is not None and held.similarity >= 7_000:
            candidates.append(placed(said, shelf, document_id, held, held.n_words))
    candidates.sort(key=lambda c: (c.held.verdict not in CLEAN, c.relation == OTHER, -c.held.similarity, shelf.order(c.document_id)))
    best = retold[0]
    clean = [c for c in candidates if c.held.verdict in CLEAN]
    if clean and not any(one.trouble and one.document_id == clean[0].document_id and one.own >= FAIR_SHARE for one in retold):
        return _of_words(quotation, clean, text, shelf)
    changed = [c for c in candidates if any(kind in ("negation", "figure", "name", "date") for kind in c.held.kinds)]
    near = [c for c in changed if c.held.similarity >= NEAR_SIMILARITY]
    fair = next((one for one in retold if one.share >= FAIR_SHARE and one.trouble is None and one.share >= 0.9 * best.share), None)
    if fair is not None and not any(c.document_id == fair.document_id for c in near):
        return _fair(quotation, fair, text, shelf)
    if near:
        held = near[0].held
        why = f"Against {shelf.label(near[0].document_id)}, the statement {held.what} ({held.kinds[0]})."
        return _made(quotation, "altered", why, (near[0].span,))
    troubled = next((one for one in retold if one.share >= TELLING_SHARE and one.trouble), None)
    if troubled is not None and troubled.trouble is not None:
        why = f"{shelf.label(troubled.document_id)} says nearly this, but {troubled.trouble.told} ({troubled.trouble.kind})."
        return _made(quotation, "altered", why, (Span(troubled.document_id, troubled.start, troubled.end),))
    if best.share >= FAIR_SHARE:
        return _fair(quotation, best, text, shelf)
    if best.share >= UNSURE_SHARE or not _is_reported(quotation, text):
        # Something of it is there, in other words: neither confirmed nor contradicted, and no reason for an alarm.
        return None
    return _absent(quotation, words, text, shelf)


def _absent(quotation: Quotation, words: str, text: str, shelf: Shelf) -> Verdict | None:
    if not is_name(quotation.speaker_name) or not _is_reported(quotation, text) or len(stems(words) - GLUE) < MIN_LONG_WORDS:
        # What nobody in particular says, and no text says either, is most often the writer's own sentence misread.
        return None
    return _made(quotation, "not-in-corpus", "No document of the corpus says this in words like these.", ())


def _is_reported(quotation: Quotation, text: str) -> bool:
    """Whether a verb of saying and "that" stand right before the statement: then surely somebody is reported to have said it."""
    low = sentence_around(text, quotation.start, quotation.end)[0]
    before = keys_of(text[max(low, quotation.start - BEFORE_CHARS) : quotation.start])
    if before[:2] == ("according", "to") or before[:1] in (("laut",), ("selon",), ("según",)):
        return True
    return bool(before) and before[-1] in ("that", "dass", "daß", "que", "qu") and any(key in TELLING for key in before[-4:])


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
    span = Span(best.document_id, best.start, best.end)
    held = hold(text[quotation.start : quotation.end], shelf.document(best.document_id).text, (best.start, best.end))
    if held is not None and held.similarity >= 6_000:
        candidate = placed(said_in(text, quotation), shelf, best.document_id, held, held.n_words)
        # A text's own voice may pass on what somebody told it; only another speaker, or a denial, contradicts.
        is_told = candidate.speaker is not None or candidate.told.startswith("are given to “")
        if candidate.trouble is not None and is_told and candidate.relation in (OTHER, SAME):
            why = f"{shelf.label(best.document_id)} has this statement, but the words {candidate.told}."
            return _made(quotation, candidate.trouble, why, (candidate.span,))
    elsewhere = _credited_elsewhere(quotation, best, text, shelf)
    if elsewhere:
        why = f"{shelf.label(best.document_id)} says this; {elsewhere}, to which the draft gives it, does not in words like these."
        return _made(quotation, "other-document", why, (span,))
    return _made(quotation, "fair-edit", f"{shelf.label(best.document_id)} says this in other words.", (span,))


def _credited_elsewhere(quotation: Quotation, best: Retold, text: str, shelf: Shelf) -> str:
    """The label of the corpus's document by the body to which the draft gives the statement, where another body's document has it."""
    wanted = [word for word in name_words(quotation.speaker_name or "") if len(word) > 3 and word not in GLUE]
    own = stems(" ".join(wanted[:1]))
    base = shelf.document(best.document_id)
    near = base.text[max(0, best.start - CREDIT_REACH_CHARS) : best.end + CREDIT_REACH_CHARS]
    if not _is_reported(quotation, text) or not own or own & (stems(near) | stems(base.outlet or "")):
        return ""
    for document_id in shelf.about(shelf.document(best.document_id).text[best.start : best.end]):
        outlet = stems(shelf.document(document_id).outlet or "")
        if document_id != best.document_id and own <= outlet:
            return shelf.label(document_id)
    return ""


def _nearest(quotation: Quotation, words: str, text: str, shelf: Shelf) -> list[Retold]:
    """The sentences with most of the statement's content words, the best first; at most two of a document."""
    names = frozenset(name_words(quotation.speaker_name or ""))
    wanted = stems(words) - frozenset(map(stem, names))
    if len(wanted) < MIN_CONTENT_WORDS:
        return []
    low, high = sentence_around(text, quotation.start, quotation.end)
    documents = [
        match.document_id
        for match in (*shelf.found_at(quotation.start, quotation.end), *shelf.related(words), *shelf.related(text[low:high]))
    ]
    documents = list(dict.fromkeys(documents))[:MOST_DOCUMENTS]
    pages = {document_id: shelf.page(document_id) for document_id in documents}
    counts = Counter(one for page in pages.values() for _, _, held in page for one in wanted & held)
    n_sentences = sum(len(page) for page in pages.values())
    weights = {one: log2(1 + n_sentences / max(1, counts[one])) for one in sorted(wanted)}
    total = sum(weights.values())
    before = text[max(0, quotation.start - BEFORE_CHARS) : quotation.start]
    following = text[quotation.end : quotation.end + BEFORE_CHARS]
    found = []
    for document_id, page in pages.items():
        scored = []
        text_of = shelf.document(document_id).text
        for at, (start, end, held) in enumerate(page):
            beside = (page[at - 1][2] if at else frozenset()) | (page[at + 1][2] if at + 1 < len(page) else frozenset())
            own = sum(weights[one] for one in sorted(wanted & held)) / total
            share = own + BESIDE_WEIGHT * sum(weights[one] for one in sorted((wanted & beside) - held)) / total
            # A question is no statement, though all the words stand in it.
            if own > 0 and text_of[start:end].rstrip()[-1:] not in "?？؟":
                scored.append((share, own, start, end))
        for share, own, start, end in sorted(scored, key=lambda one: (-one[0], one[2]))[:2]:
            trouble = _trouble(words, text_of, text_of[start:end], f"{before} {following}", names) if own >= UNSURE_SHARE else None
            found.append(Retold(document_id, start, end, share, own, trouble))
    return sorted(found, key=lambda one: (-one.share, one.trouble is not None, shelf.order(one.document_id), one.document_id, one.start))


def _trouble(words: str, document: str, sentence: str, beside: str, names: frozenset[str]) -> Clash | None:
    number = other_number(words, document)
    if number:
        return Clash(f"without “{number}”", "figure")
    return clash(words, sentence, beside, names)
