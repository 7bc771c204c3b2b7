"""A draft's quotations against a corpus: where the words stand, whose they are there, and what happened to them before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from firstsaid.checking.compare import Held, hold
from firstsaid.checking.draft_speakers import MIN_OWN_WORDS, Candidate, placed, said_in
from firstsaid.checking.evidence import Match
from firstsaid.checking.lexicon import NEGATIONS, QUALIFIERS, WITHDRAWALS
from firstsaid.checking.names import OTHER, SAME, UNKNOWN, is_name, mentions_name
from firstsaid.checking.quoted_words import content
from firstsaid.checking.shelf import Shelf, stems
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.model import Annotations, Quotation, Span, Verdict

CLEAN = ("exact", "typography", "fair-edit")
CHANGED = ("cut-before-qualifier", "altered", "stitched")
RANK = ("exact", "typography", "fair-edit", "cut-before-qualifier", "altered", "stitched", "close-but-unsure")

MIN_WORDS = 2

MIN_UNSAID_WORDS = 5
"""Fewer words between marks that nobody is said to have said, and that no text has, are a name, a sign or a figure of speech."""

MIN_SCARE_WORDS, SCARE_SIMILARITY = 3, 6_500
"""Marked words without a speaker ("she threw a chair") are a quotation where a text has nearly the same ones."""

FEWEST_SHARE, MOST_SHARE = 0.4, 0.65
"""Of a quotation's different words: `compare.hold` gives up below 0.45 of all of them, and calls no text's words altered below 0.6."""

MOST_DOCUMENTS = 14
"""So many documents are held against each quotation; a viral one has the same words in all of them."""

MOST_RELATED = 5
"""Of a long draft: documents that only share rare words with a quotation or with its sentence."""

UPSTREAM_SIMILARITY = 7_500
"""Below it, two sentences by one speaker are two sentences."""

WITHDRAWAL_REACH_CHARS = 160

LEAD_WORDS = 4
"""Words in front of the marks of a mixed quotation in which its verb stands: "she would not “kick a man”"."""


def quotation_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each direct, mixed or block quotation of at least two words, in order of place.

    A quotation that the draft breaks off with a full stop and takes up again ("...," said X. "...") is two. Marked words that the draft
    gives to nobody get a verdict only where a text has nearly the same ones.
    """
    verdicts = []
    for quotation in sorted(annotations.quotations, key=lambda q: (q.start, -q.end)):
        for part in _parts(quotation, text):
            n_words = len(keys_of(content(part, text)))
            if part.form == "indirect" or n_words < MIN_WORDS:
                continue
            verdict = _verdict(part, text, annotations, shelf)
            is_nobodys = not is_name(part.speaker_name) and n_words < MIN_UNSAID_WORDS
            if verdict.verdict in ("not-in-corpus", "close-but-unsure") and (is_nobodys or _is_title(part, text)):
                continue
            verdicts.append(verdict)
    for scare in annotations.scare_quotes:
        words = text[scare.start : scare.end]
        if len(keys_of(words)) >= MIN_SCARE_WORDS:
            piece = Quotation("", scare.document_id, scare.start, scare.end, "direct", ((scare.start, scare.end),))
            found = candidates(piece, words, text, shelf)
            is_there = any(c.held.verdict in CLEAN and c.trouble != "denied-by-speaker" for c in found)
            if not is_there and any(c.held.similarity >= SCARE_SIMILARITY for c in found):
                verdict = _verdict(piece, text, annotations, shelf)
                if verdict.verdict in (*CHANGED, "denied-by-speaker"):
                    verdicts.append(verdict)
    return sorted(verdicts, key=lambda verdict: (verdict.start, verdict.end))


def _parts(quotation: Quotation, text: str) -> list[Quotation]:
    """The quotation, cut where the draft ends a sentence of its own between its pieces."""
    pieces = quotation.pieces or ((quotation.start, quotation.end),)
    groups = [[pieces[0]]]
    for left, right in pairwise(pieces):
        if re.search(r"[.!?]\s", text[left[1] : right[0]]):
            groups.append([right])
        else:
            groups[-1].append(right)
    if len(groups) == 1 or quotation.form == "mixed":
        return [quotation]
    return [replace(quotation, start=group[0][0], end=group[-1][1], pieces=tuple(group)) for group in groups]


def _is_title(quotation: Quotation, text: str) -> bool:
    """Whether a mixed quotation is a few marked words in a sentence of the draft's own."""
    return quotation.form == "mixed" and len(keys_of(content(quotation, text))) < MIN_UNSAID_WORDS and not is_name(quotation.speaker_name)


def candidates(quotation: Quotation, words: str, text: str, shelf: Shelf) -> list[Candidate]:
    """Documents that may hold the words, the best first: by what happened to the words, then whose they are, then date."""
    start, end = sentence_around(text, quotation.start, quotation.end)
    n_related = MOST_DOCUMENTS if shelf.is_short else MOST_RELATED
    related = (*shelf.related(words)[:n_related], *shelf.related(text[start:end])[:n_related])
    matches = (*shelf.found_at(quotation.start, quotation.end), *related)
    # Of a long draft every text on its subject comes up: those that have most of the words first, then the others.
    found = _held_in(quotation, words, text, matches, shelf, FEWEST_SHARE if shelf.is_short else MOST_SHARE)
    if not any(c.held.verdict in (*CLEAN, *CHANGED) for c in found):
        found = _held_in(quotation, words, text, (*matches, *shelf.searched(words)), shelf, FEWEST_SHARE)
    order = {SAME: 0, UNKNOWN: 1, OTHER: 2}
    return sorted(
        found, key=lambda c: (RANK.index(c.held.verdict), order[c.relation], -c.held.similarity, shelf.order(c.document_id), c.document_id)
    )  # fmt: skip


def _held_in(quotation: Quotation, words: str, text: str, matches: Sequence[Match], shelf: Shelf, least: float) -> list[Candidate]:
    """What became of the words in the first documents of these that have at least this share of them."""
    places: dict[str, tuple[int, int]] = {}
    for match in matches:
        if len(places) < MOST_DOCUMENTS or match.document_id in places:
            places.setdefault(match.document_id, (match.start, match.end))
    said = said_in(text, quotation)
    keys = keys_of(words)
    different = frozenset(keys)
    found = []
    for document_id, place in places.items():
        # With fewer of the words anywhere in the text nothing would be made of them; to see that is quick.
        if len(different & shelf.keys(document_id)) < least * len(different):
            continue
        # A stitched quotation is found in pieces: both ends may lie far from the best stretch, and `hold` looks at the whole text.
        base = shelf.document(document_id).text
        held = _all_marked(quotation, words, base) or hold(words, base, place)
        if held is not None:
            found.append(placed(said, shelf, document_id, held, len(keys)))
    return found


def _all_marked(quotation: Quotation, words: str, base: str) -> Held | None:
    """Several marked phrases in one sentence of the draft's own, each of which stands in the text: in which order is the draft's affair."""
    parts = [part.strip(" ,.;:!?") for part in words.split(" … ")] if quotation.form == "mixed" else []
    if len(parts) < 2 or not all(part and part in base for part in parts):
        return None
    at = base.index(parts[0])
    n_words = len(keys_of(words))
    return Held("exact", at, at + len(parts[0]), 10_000, n_words, n_words, (), "", ((at, at + len(parts[0])),))


# ------------------------------------------------------------------------------------------------------------------ verdict


def _verdict(quotation: Quotation, text: str, annotations: Annotations, shelf: Shelf) -> Verdict:
    words = content(quotation, text)
    found = candidates(quotation, words, text, shelf)
    found = [_continued(candidate, quotation, text, shelf) for candidate in found]
    found = [_led_in(candidate, quotation, text, shelf) for candidate in found]
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


def _led_in(candidate: Candidate, quotation: Quotation, text: str, shelf: Shelf) -> Candidate:
    """Of a mixed quotation the draft's own words in front of the marks too: they must not add or drop the "not" that stands there."""
    if quotation.form != "mixed" or candidate.held.verdict not in CLEAN:
        return candidate
    own = keys_of(re.split(r"[\"“„«]", text[quotation.start : quotation.end], maxsplit=1)[0])[-LEAD_WORDS:]
    base = shelf.document(candidate.document_id).text
    start = sentence_around(base, candidate.held.start, candidate.held.end)[0]
    theirs = keys_of(re.split(r"[,;:]", base[start : candidate.held.start])[-1])[-LEAD_WORDS:]
    here, there = (next((key for key in keys if key in NEGATIONS), "") for keys in (own, theirs))
    if bool(here) == bool(there) or not own or not theirs:
        return candidate
    what = f"adds “{here}” in front of the marks" if here else f"leaves out “{there}” in front of the marks"
    return replace(candidate, held=replace(candidate.held, verdict="altered", similarity=9_000, kinds=("negation",), what=what))


def _continued(candidate: Candidate, quotation: Quotation, text: str, shelf: Shelf) -> Candidate:
    """A quotation cut before a qualifier is fair where the draft goes on with the condition in its own words."""
    if candidate.held.verdict != "cut-before-qualifier":
        return candidate
    stop = sentence_around(text, quotation.end, min(len(text), quotation.end + 2))[1]
    stop = sentence_around(text, stop, min(len(text), stop + 2))[1]
    following = text[quotation.end : stop]
    base = shelf.document(candidate.document_id).text
    rest = stems(re.split(r"[.!?;]", base[candidate.held.end : candidate.held.end + 160], maxsplit=1)[0])
    if any(key in QUALIFIERS for key in keys_of(following)) and len(rest & stems(following)) >= min(2, max(1, len(rest))):
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
    if any(c.trouble in ("wrong-speaker", "denied-by-speaker") and c.speaker for c in clean) and not any(c.relation == SAME for c in good):
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
    taken_back = _withdrawal(content(quotation, text), quotation.speaker_name, good, shelf)
    if taken_back is not None:
        where, later = shelf.label(good[0].document_id), shelf.label(taken_back.document_id)
        why = f"The words stand in {where}, but in {later} {quotation.speaker_name} takes them back."
        return _made("quotation", quotation, "superseded", why, (taken_back, good[0].span))
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


def _withdrawal(words: str, speaker: str | None, good: list[Candidate], shelf: Shelf) -> Span | None:
    """The sentence of a later document in which the speaker goes back on the words: "I said that nobody could foresee it. I was wrong"."""
    wanted = stems(words)
    for document_id in dict.fromkeys((*(match.document_id for match in shelf.related(words)), *shelf.about(words))):
        if not any(shelf.is_before(c.document_id, document_id) for c in good) or not mentions_name(shelf.keys(document_id), speaker):
            continue
        text = shelf.document(document_id).text
        for told in _I_SAID.finditer(text):
            start, end = sentence_around(text, told.start(), told.end())
            retold = stems(text[told.end() : end])
            after = keys_of(text[end : end + WITHDRAWAL_REACH_CHARS])[:9]
            denies = any(
                key in ("wasnt", "isnt") or (key in ("was", "is") and after[at + 1 : at + 2] == ("not",)) for at, key in enumerate(after)
            )
            if 2 * len(retold & wanted) >= len(retold) > 0 and (denies or "wrong" in after or WITHDRAWALS & frozenset(after)):
                return Span(document_id, start, end)
    return None


_I_SAID = re.compile(
    r"\b(?:I|we) (?:once )?(?:said|told|claimed|wrote)\b|\bich (?:habe gesagt|sagte)\b|\bj'ai dit\b|\bdije\b", re.IGNORECASE
)


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
