"""A draft's quotations against a corpus: where the words stand, whose they are there, and what happened to them before."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.checking.compare import Held, hold, marked_words
from firstsaid.checking.lexicon import CORRECTIONS, DENIALS, NEGATIONS, QUALIFIERS, SAYING, SPEAKS_FOR
from firstsaid.checking.names import OTHER, SAME, UNKNOWN, compare_names, is_name, mentions_name, name_words
from firstsaid.checking.shelf import Shelf, stems
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.model import Annotations, Quotation, Span, Verdict

CLEAN = ("exact", "typography", "fair-edit")
CHANGED = ("cut-before-qualifier", "altered", "stitched")
RANK = ("exact", "typography", "fair-edit", "cut-before-qualifier", "altered", "stitched", "close-but-unsure")

MIN_WORDS = 2
MIN_OWN_WORDS = 5
"""Shorter quotations are phrases that anybody may use: whose they are elsewhere proves nothing."""

MOST_DOCUMENTS = 14
"""So many documents are held against each quotation; a viral one has the same words in all of them."""

UPSTREAM_SIMILARITY = 7_500
"""Below it, two sentences by one speaker are two sentences."""

CORRECTION_REACH_CHARS = 250
OWN_VOICE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document's stretch that holds a quotation's words. `relation`: of the speaker there to the draft's; `speaker`: there."""

    document_id: str
    held: Held
    relation: str
    speaker: str | None
    trouble: str | None = None
    told: str = ""
    is_correction: bool = False

    @property
    def span(self) -> Span:
        """The stretch."""
        return Span(self.document_id, self.held.start, self.held.end)


def content(quotation: Quotation, text: str) -> str:
    """The quoted words; where the draft interrupts them a leap is marked by the interruption itself."""
    pieces = [text[start:end].strip() for start, end in quotation.pieces or ((quotation.start, quotation.end),)]
    return marked_words(" [...] ".join(piece for piece in pieces if piece), quotation.form)


def quotation_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each direct, mixed or block quotation of at least two words, in order of place."""
    return [
        _verdict(quotation, text, annotations, shelf)
        for quotation in sorted(annotations.quotations, key=lambda q: (q.start, -q.end))
        if quotation.form != "indirect" and len(keys_of(content(quotation, text))) >= MIN_WORDS
    ]


def candidates(quotation: Quotation, words: str, text: str, shelf: Shelf) -> list[Candidate]:
    """Documents that may hold the words, the best first: by what happened to the words, then whose they are, then date."""
    start, end = sentence_around(text, quotation.start, quotation.end)
    places: dict[str, tuple[int, int]] = {}
    for match in (*shelf.find(words), *shelf.related(words), *shelf.related(text[start:end])):
        if len(places) < MOST_DOCUMENTS or match.document_id in places:
            places.setdefault(match.document_id, (match.start, match.end))
    # A stitched quotation is found in pieces: both ends may lie far from the best stretch, and `hold` looks at the whole text.
    found = []
    for document_id, place in places.items():
        held = hold(words, shelf.document(document_id).text, place)
        if held is not None:
            found.append(_placed(quotation, text, shelf, document_id, held, len(keys_of(words))))
    order = {SAME: 0, UNKNOWN: 1, OTHER: 2}
    return sorted(
        found, key=lambda c: (RANK.index(c.held.verdict), order[c.relation], -c.held.similarity, shelf.order(c.document_id), c.document_id)
    )  # fmt: skip


def _placed(quotation: Quotation, text: str, shelf: Shelf, document_id: str, held: Held, n_words: int) -> Candidate:
    document = shelf.document(document_id)
    speaker = quotation.speaker_name
    covering = [q for q in shelf.quotations(document_id) if _covers(q, held)]
    covering.sort(key=lambda q: (q.end - q.start, q.start))
    start, end = sentence_around(document.text, held.start, held.end)
    around = document.text[max(0, held.start - CORRECTION_REACH_CHARS) : held.end + CORRECTION_REACH_CHARS]
    is_correction = any(key in CORRECTIONS for key in keys_of(around))
    there = next((q.speaker_name for q in covering if is_name(q.speaker_name) and not q.speaker_is_unnamed), None)
    relation = compare_names(speaker, there) if there else SAME if shelf.is_by(document_id, speaker) else UNKNOWN
    if n_words < MIN_OWN_WORDS:
        return Candidate(document_id, held, relation if relation == SAME else UNKNOWN, there, is_correction=is_correction)
    denial = _denial(document.text, held, (start, end), speaker, there)
    own_sentence = text[slice(*sentence_around(text, quotation.start, quotation.end))]
    if denial and not any(key in DENIALS or key in NEGATIONS for key in _outside(own_sentence, text[quotation.start : quotation.end])):
        return Candidate(document_id, held, relation, there, "denied-by-speaker", f"there stand behind “{denial}”", is_correction)
    relayed = _relayed(speaker, covering, own_sentence)
    if relayed:
        return Candidate(document_id, held, SAME, there, "relayed", relayed, is_correction)
    if relation == OTHER:
        if _speaks_for(document.text[start:end], speaker):
            return Candidate(document_id, held, UNKNOWN, there, is_correction=is_correction)
        return Candidate(document_id, held, OTHER, there, "wrong-speaker", f"are given to {there} there, not to {speaker}", is_correction)
    if not covering and is_name(speaker) and relation == UNKNOWN and n_words >= OWN_VOICE_WORDS:
        surname = name_words(speaker or "")[-1:]
        if surname and surname[0] not in shelf.keys(document_id):
            told = f"stand there in its own voice, and {speaker} is not named"
            return Candidate(document_id, held, OTHER, there, "wrong-speaker", told, is_correction)
    return Candidate(document_id, held, relation, there, is_correction=is_correction)


def _covers(quotation: Quotation, held: Held) -> bool:
    overlap = min(quotation.end, held.end) - max(quotation.start, held.start)
    return overlap >= 0.6 * max(1, held.end - held.start)


def _outside(sentence: str, quoted: str) -> tuple[str, ...]:
    return keys_of(sentence.replace(quoted, " "))


def _speaks_for(sentence: str, speaker: str | None) -> bool:
    keys = keys_of(sentence)
    return mentions_name(set(keys), speaker) and any(key in SPEAKS_FOR for key in keys)


def _relayed(speaker: str | None, covering: list[Quotation], own_sentence: str) -> str | None:
    """Who relays the words there, where one speaker quotes another and the draft does not say so."""
    named = [q for q in covering if is_name(q.speaker_name) and not q.speaker_is_unnamed]
    for inner in named:
        for outer in named:
            if inner is outer or inner.parent_id != outer.id or compare_names(inner.speaker_name, outer.speaker_name) != OTHER:
                continue
            if mentions_name(set(keys_of(own_sentence)), inner.speaker_name) and mentions_name(
                set(keys_of(own_sentence)), outer.speaker_name
            ):
                return None
            if compare_names(speaker, outer.speaker_name) == SAME:
                return f"are {inner.speaker_name}'s there, whom {outer.speaker_name} only quotes"
            return f"stand there only as {outer.speaker_name} relays what {inner.speaker_name} said"
    return None


def _denial(text: str, held: Held, sentence: tuple[int, int], speaker: str | None, there: str | None) -> str | None:
    """The words by which the speaker of the draft denies there what the draft has him say."""
    before_text, after_text = text[sentence[0] : held.start], text[held.end : max(held.end, sentence[1])]
    before, after = keys_of(before_text)[-12:], keys_of(after_text)[:8]
    found = None
    for at, key in enumerate(before):
        if key in NEGATIONS or (
            len(key) > 3 and key.endswith("nt") and key[:-2] in ("did", "do", "does", "is", "was", "have", "has", "could", "would")
        ):
            rest = before[at + 1 : at + 5]
            if any(word in SAYING for word in rest) and len(before) - at <= 8:
                found = " ".join(before[at:][:4])
    denying = [at for at, key in enumerate(before) if key in DENIALS]
    if denying and len(before) - denying[-1] <= 7:
        found = found or " ".join(before[denying[-1] :][:3])
    if not found and after:
        for at, key in enumerate(after[:5]):
            if key in DENIALS or (key in NEGATIONS and "true" in after[at : at + 3]):
                found = " ".join(after[: at + 2])
                break
    if not found:
        return None
    if speaker and there and compare_names(speaker, there) == OTHER:
        return None
    if is_name(speaker) and not there:
        surname = name_words(speaker or "")[-1]
        # "Reyes rejected Lind's claim that ...": then Lind did say so.
        keys = keys_of(before_text + " " + after_text)
        if f"{surname}s" in keys or surname not in keys:
            return None
    return found


# ------------------------------------------------------------------------------------------------------------------ verdict


def _verdict(quotation: Quotation, text: str, annotations: Annotations, shelf: Shelf) -> Verdict:
    words = content(quotation, text)
    found = candidates(quotation, words, text, shelf)
    found = [_continued(candidate, quotation, text, shelf) for candidate in found]
    clean = [c for c in found if c.held.verdict in CLEAN]
    if clean:
        return _of_clean(quotation, text, annotations, shelf, clean, found)
    changed = [c for c in found if c.held.verdict in CHANGED and c.relation != OTHER]
    changed = changed or [c for c in found if c.held.verdict in CHANGED and c.held.similarity >= 8_000]
    if changed:
        # The closest wording; of equals, the one whose speaker is the draft's.
        best = min(
            changed, key=lambda c: (-c.held.similarity - 500 * (c.relation == SAME), RANK.index(c.held.verdict), shelf.order(c.document_id))
        )
        whose = f" of {best.speaker}" if best.speaker else ""
        verdict = best.trouble if best.trouble == "denied-by-speaker" else best.held.verdict
        kind = f" ({best.held.kinds[0]})" if best.held.kinds and best.held.verdict == "altered" else ""
        why = f"Against the words{whose} in {shelf.label(best.document_id)}, the quotation {best.held.what}{kind}."
        if verdict == "cut-before-qualifier":
            why = f"The quotation {best.held.what}, with which the words{whose} go on in {shelf.label(best.document_id)}."
        spans = tuple(Span(best.document_id, *place) for place in best.held.places)
        return _made("quotation", quotation, verdict, why, spans or (best.span,))
    unsure = [c for c in found if c.held.n_words >= 4]
    if unsure:
        best = max(unsure, key=lambda c: (c.held.similarity, c.document_id))
        why = f"Something like it stands in {shelf.label(best.document_id)}, too far from these words to say that it is the same."
        return _made("quotation", quotation, "close-but-unsure", why, (best.span,))
    return _made("quotation", quotation, "not-in-corpus", "No document of the corpus holds these words.", ())


def _made(type_: str, quotation: Quotation, verdict: str, why: str, spans: tuple[Span, ...]) -> Verdict:
    return Verdict(type_, quotation.start, quotation.end, verdict, verdict not in CLEAN, why, spans)


def _continued(candidate: Candidate, quotation: Quotation, text: str, shelf: Shelf) -> Candidate:
    """A quotation cut before a qualifier is fair where the draft goes on with the condition in its own words."""
    if candidate.held.verdict != "cut-before-qualifier":
        return candidate
    following = text[quotation.end : sentence_around(text, quotation.end, min(len(text), quotation.end + 2))[1] + 200]
    base = shelf.document(candidate.document_id).text
    rest = base[candidate.held.end : candidate.held.end + 160]
    shared = stems(following) & stems(rest)
    if any(key in QUALIFIERS for key in keys_of(following)) and shared:
        held = candidate.held
        fair = Held("fair-edit", held.start, held.end, held.similarity, held.n_equal, held.n_words, (), "", held.places)
        return Candidate(
            candidate.document_id, fair, candidate.relation, candidate.speaker, candidate.trouble, candidate.told, candidate.is_correction
        )  # fmt: skip
    return candidate


def _of_clean(
    quotation: Quotation, text: str, annotations: Annotations, shelf: Shelf, clean: list[Candidate], found: list[Candidate]
) -> Verdict:
    good = [c for c in clean if c.trouble is None]
    # A text that names another speaker says more than one in which no speaker was made out.
    if any(c.trouble == "wrong-speaker" and c.speaker for c in clean) and not any(c.relation == SAME for c in good):
        good = []
    if not good:
        right = [
            c
            for c in found
            if c.relation == SAME and c.trouble is None and c.held.verdict in ("altered", "stitched", "cut-before-qualifier")
        ]
        right = [c for c in right if c.held.similarity >= 8_000]
        if right:
            best = right[0]
            whose = best.speaker or quotation.speaker_name
            why = f"The words of {whose} in {shelf.label(best.document_id)} are others: the quotation {best.held.what}."
            return _made("quotation", quotation, best.held.verdict, why, (best.span,))
        best = min((c for c in clean if c.trouble), key=lambda c: (shelf.order(c.document_id), c.document_id))
        why = f"The words stand in {shelf.label(best.document_id)}, but they {best.told}."
        return _made("quotation", quotation, best.trouble or "wrong-speaker", why, (best.span,))
    upstream = _upstream(good, found, shelf)
    if upstream is not None:
        holder = min(good, key=lambda c: (shelf.order(c.document_id), c.document_id))
        label = shelf.label(upstream.document_id)
        why = f"The words are those of {shelf.label(holder.document_id)}, but against {label} that text {upstream.held.what}."
        return _made("quotation", quotation, "altered-upstream", why, (upstream.span, holder.span))
    correction = _correction(good, found, shelf)
    if correction is not None:
        why = f"{shelf.label(correction.document_id)} corrects these words, which stand in {shelf.label(good[0].document_id)}."
        return _made("quotation", quotation, "superseded", why, (correction.span, good[0].span))
    cited = cited_documents(quotation.start, quotation.end, text, annotations, shelf)
    if cited and len(keys_of(content(quotation, text))) >= MIN_OWN_WORDS and not any(c.document_id in cited for c in good):
        best = good[0]
        why = f"The words do not stand in what the draft cites for them; they stand in {shelf.label(best.document_id)}."
        return _made("quotation", quotation, "other-document", why, (best.span,))
    best = good[0]
    told = {
        "exact": "The words stand so",
        "typography": "But for typography, the words stand so",
        "fair-edit": "With marked or customary edits, the words stand",
    }
    detail = f" ({best.held.what})" if best.held.what else ""
    return _made(
        "quotation", quotation, best.held.verdict, f"{told[best.held.verdict]} in {shelf.label(best.document_id)}{detail}.", (best.span,)
    )


def _upstream(good: list[Candidate], found: list[Candidate], shelf: Shelf) -> Candidate | None:
    """An earlier or first-hand document whose words all holders of the draft's wording changed."""
    if any(c.is_correction for c in good):
        return None
    originals = [
        c for c in found
        if c.held.verdict in CHANGED and c.held.similarity >= UPSTREAM_SIMILARITY and c.trouble is None
        and (c.relation == SAME or c.held.similarity >= 8_500)
    ]  # fmt: skip
    for original in sorted(originals, key=lambda c: (shelf.order(c.document_id), c.document_id)):
        if all(original.held.kinds[:1] in (("spelling",), ("punctuation",)) for _ in good):
            continue
        is_first_hand = bool(original.speaker is None and original.relation == SAME)
        holds_first = any(shelf.is_by(c.document_id, original.speaker) for c in good) if original.speaker else False
        if not holds_first and all(is_first_hand or shelf.is_before(original.document_id, c.document_id) for c in good):
            return original
    return None


def _correction(good: list[Candidate], found: list[Candidate], shelf: Shelf) -> Candidate | None:
    """A later document of the same outlet that takes these words up in a correction."""
    holders = [c for c in good if not c.is_correction]
    for candidate in found:
        if candidate.is_correction and candidate.held.similarity >= 6_000:
            for holder in holders:
                if shelf.is_before(holder.document_id, candidate.document_id) and shelf.same_outlet(
                    holder.document_id, candidate.document_id
                ):
                    return candidate
    return None


def cited_documents(start: int, end: int, text: str, annotations: Annotations, shelf: Shelf) -> frozenset[str]:
    """Documents of the corpus that the draft names in the sentence of a stretch; empty where it names none that the corpus has."""
    low, high = sentence_around(text, start, end)
    found: set[str] = set()
    for citation in annotations.citations:
        if low <= citation.start < high and not (start <= citation.start < end) and citation.form != "footnote_marker":
            for target in (citation.target or "", text[citation.start : citation.end]):
                found.update(shelf.resolves(target) if target else ())
    return frozenset(found)


def short(words: str) -> str:
    """Words for a sentence of why."""
    return shortened(words, 80)
