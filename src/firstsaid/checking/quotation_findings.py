"""Findings about quotations: altered, cut, stitched, and the same words given to two speakers.

Quotations of equal words are one wording, so that a viral quotation costs no more than a rare one. Candidates come from shared three-word
shingles between wordings, and between wordings and all texts (`shingles`); each candidate is then aligned word by word (`compare`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from firstsaid.checking.case import Case, Heading, days_apart, make_finding
from firstsaid.checking.compare import Held, hold
from firstsaid.checking.credit import is_names
from firstsaid.checking.lexicon import GLUE
from firstsaid.checking.names import OTHER, SAME, UNKNOWN, compare_names, is_name, mentions_name
from firstsaid.checking.quoted_words import Wording, wordings
from firstsaid.checking.shingles import ShingleIndex
from firstsaid.checking.speaker_findings import MAX_DAYS, compared_speakers, same_words_two_names, two_speakers
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.model import Evidence, Finding, Quotation
from firstsaid.text import words as words_of

MIN_SHARED = 0.3
"""Share of the shorter wording's shingles: one changed word in the middle of six leaves two of four, in the middle of five none."""

MIN_SIMILARITY = 6_000
"""Below it, two sentences by one speaker are two sentences."""

MIN_CONTENT_SHARE = 0.6

MAX_LONGER = 1.6
"""A long text that holds a short quotation's words is another quotation, not the same words."""

TELLING = ("negation", "figure", "name", "date", "hedge")

ALTERED_COULD_BE = (
    "the speaker said both, on two occasions", "the later text quotes another record of the same words", "one of the two is a translation",
)  # fmt: skip


def quotation_findings(case: Case) -> Iterator[Finding]:
    """Findings of the four kinds about quotations. Cost: one pass over all words, and alignments linear in the wordings."""
    listed = wordings(case)
    if not listed:
        return
    index = ShingleIndex.build([wording.keys for wording in listed])
    holders = _texts_that_hold(case, listed, index)
    yield from same_words_two_names(case, listed)
    pairs = list(index.pairs(MIN_SHARED))
    for low, high in pairs:
        yield from _between_quotations(case, listed[low], listed[high], holders)
    for number, wording in enumerate(listed):
        for holder in holders.inexact.get(number, ()):
            yield from _against_text(case, wording, holder, holders.exact.get(number, ()))


# ----------------------------------------------------------------------------------------------- quotation against quotation


@dataclass(frozen=True, slots=True)
class Holders:
    """Documents whose own words (not their quotations) hold a wording, by its number: word for word, or nearly."""

    exact: dict[int, tuple[str, ...]]
    inexact: dict[int, tuple[tuple[str, int, int], ...]]
    numbers: dict[tuple[str, ...], int]


def _between_quotations(case: Case, earlier: Wording, later: Wording, holders: Holders) -> Iterator[Finding]:
    if len(later.keys) > len(earlier.keys) * 1.15 or (_tie(case, earlier, later) and len(later.quotations) > len(earlier.quotations)):
        quoted, base = earlier, later
    else:
        quoted, base = later, earlier
    pair = _nearest(case, base, quoted)
    if pair is None:
        return
    base_quotation, quotation = pair
    held = hold(quoted.text, base.text)
    if held is None or held.similarity < MIN_SIMILARITY:
        return
    relation = compared_speakers(case, base_quotation, quotation)
    if relation == OTHER:
        if len(base.keys) > MAX_LONGER * len(quoted.keys) and held.verdict != "exact":
            return
        if held.verdict in ("exact", "typography", "fair-edit", "cut-before-qualifier") or held.similarity >= 9_000:
            yield from two_speakers(case, base_quotation, quotation, min(len(base.keys), len(quoted.keys)), 1)
        return
    base_heading = case.headings[base_quotation.document_id]
    exact = holders.exact.get(holders.numbers[quoted.keys], ())
    if any(not base_heading.is_before(case.headings[holder]) for holder in exact if holder != quotation.document_id):
        # Somebody's own text has the words exactly as quoted: the other reporter heard them otherwise.
        return
    start = base_quotation.start if len(base_quotation.pieces) <= 1 and base_quotation.form != "mixed" else None
    place = (base_quotation.start, base_quotation.end) if start is None else (start + held.start, start + held.end)
    yield from _changed(
        case,
        held,
        quotation,
        quoted,
        (base_quotation.document_id, *place),
        relation,
        is_own_text=False,
        base_text=base.text[held.start : held.end],
    )


def _tie(case: Case, left: Wording, right: Wording) -> bool:
    """Whether no date says which wording came first; then the one that more witnesses have is the base."""
    return not case.headings[left.first.document_id].is_before(case.headings[right.first.document_id])


def _nearest(case: Case, base: Wording, quoted: Wording) -> tuple[Quotation, Quotation] | None:
    """The earliest pair of quotations of both wordings in different documents within reach of each other."""
    for base_quotation in base.quotations[:8]:
        for quotation in quoted.quotations[:8]:
            left, right = case.headings[base_quotation.document_id], case.headings[quotation.document_id]
            if _are_comparable(case, left, right):
                return base_quotation, quotation
    return None


def _are_comparable(case: Case, left: Heading, right: Heading) -> bool:
    if left.id == right.id or left.holds(right):
        return False
    if case.has_lost_signs(left.id) or case.has_lost_signs(right.id):
        return False
    if left.language and right.language and left.language != right.language:
        return False
    apart = days_apart(left, right)
    if apart is not None and apart > MAX_DAYS:
        return False
    # Within one outlet a speaker's standing line comes back in other words from day to day.
    return not (left.same_outlet(right) and apart is not None and apart > 3)


def _matters(held: Held) -> bool:
    """Whether a reader would mind: a telling word, or a content word changed, cut or added; not an article, not a typing error."""
    if held.verdict in ("cut-before-qualifier", "stitched"):
        return True
    if held.verdict != "altered":
        return False
    if any(kind in TELLING for kind in held.kinds) or not held.changes:
        return True
    for change in held.changes:
        words = set(keys_of(change.left_text)) ^ set(keys_of(change.right_text))
        if change.kind not in ("spelling", "punctuation") and any(word not in GLUE and len(word) > 2 for word in words):
            return True
    return False


def _is_one_statement(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether most content words of the quotation stand in the base: two promises of one form share only their small words."""
    wanted = {key for key in ours if key not in GLUE}
    return len(wanted & set(theirs)) >= MIN_CONTENT_SHARE * len(wanted)


def _changed(
    case: Case,
    held: Held,
    quotation: Quotation,
    quoted: Wording,
    base: tuple[str, int, int],
    relation: str,
    *,
    is_own_text: bool,
    base_text: str = "",
) -> Iterator[Finding]:
    """A finding, if what was changed matters."""
    if not _matters(held) or not _is_one_statement(quoted.keys, keys_of(case.words(*base))):
        return
    here, there = case.headings[quotation.document_id], case.headings[base[0]]
    # Two texts by the speaker himself, or about two things, are two statements.
    is_own_twice = here.same_outlet(there) and (_is_speakers_text(case, quotation, here) or not is_name(quotation.speaker_name))
    if is_own_twice or is_names(quoted.text) or _is_of_another_thing(case, held, quotation, base):
        return
    n_words = len(quoted.keys)
    if held.verdict == "cut-before-qualifier" and n_words < 6:
        return
    strength = 4_000.0 + 1_500 * (relation == SAME) + 1_200 * is_own_text + 60 * min(n_words, 25)
    strength += 1_500 * any(kind in TELLING[:3] for kind in held.kinds)
    strength -= (10_000 - held.similarity) * 0.35
    if relation == UNKNOWN and not is_own_text:
        strength -= 600 if held.similarity >= 8_500 and n_words >= 8 else 1_500
    if here.same_outlet(there):
        strength *= 0.5
    speaker = quotation.speaker_name if is_name(quotation.speaker_name) else None
    of = f" of {speaker}" if speaker else ""
    words = shortened(quoted.text, 160)
    original = shortened(base_text or case.words(*base), 160)
    kind = {"cut-before-qualifier": "quotation-cut", "stitched": "quotation-stitched"}.get(held.verdict, "quotation-altered")
    told = {
        "quotation-altered": f"against “{original}” in {there.label()} it {held.what}",
        "quotation-cut": f"in {there.label()} the words go on: it {held.what}",
        "quotation-stitched": f"without a mark it {held.what}, which stand apart in {there.label()}",
    }[kind]
    why = f"{here.label()} quotes{of} “{words}”; {told}."
    could_be = ALTERED_COULD_BE if kind == "quotation-altered" else ("the rest is given elsewhere in the text", *ALTERED_COULD_BE[:1])
    end = _with_what_follows(case, base) if kind == "quotation-cut" else base[2]
    documents = {other.document_id for other in quoted.quotations}
    yield make_finding(
        case, kind, f"{speaker or 'A quotation'}: “{words}”", why, could_be, strength,
        (Evidence(quotation.document_id, quotation.start, quotation.end, "quotes"), Evidence(base[0], base[1], end, "has the words")),
        len(documents),
        [Evidence(q.document_id, q.start, q.end, "quotes it so") for q in quoted.quotations[:8] if q.document_id != quotation.document_id],
    )  # fmt: skip


def _is_of_another_thing(case: Case, held: Held, quotation: Quotation, base: tuple[str, int, int]) -> bool:
    """Whether a changed name is what each text is about, and the other's never stands in it: one form of words for two occasions."""
    text, base_text = case.text(quotation.document_id), case.text(base[0])
    around = set(keys_of(text[: quotation.start] + " " + text[quotation.end :]))
    base_around = set(keys_of(base_text[: base[1]] + " " + base_text[base[2] :]))
    for change in held.changes:
        ours, theirs = _name_keys(change.right_text), _name_keys(change.left_text)
        new, old = ours - theirs, theirs - ours
        is_ours = bool((new & around) - base_around)
        if is_ours and (not old or (old & base_around) - around):
            return True
    return False


def _name_keys(words: str) -> set[str]:
    return {keys_of(word)[0] for word in words.split() if word[:1].isupper() and len(word) > 2 and keys_of(word)}


def _with_what_follows(case: Case, base: tuple[str, int, int]) -> int:
    return min(sentence_around(case.text(base[0]), base[1], base[2])[1], base[2] + 200)


# ------------------------------------------------------------------------------------------------------ quotation against text


def _texts_that_hold(case: Case, listed: list[Wording], index: ShingleIndex) -> Holders:
    """One pass over all texts for the wordings that stand in them outside of quotations."""
    exact: dict[int, list[str]] = defaultdict(list)
    inexact: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    quoting = [{quotation.document_id for quotation in wording.quotations} for wording in listed]
    ids = list(case.headings)
    found_in: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    id_of = np.array([index.ids.get(key, 0) for key in case.vocabulary.numbers], np.uint64)
    for from_text, words_of_some, bounds in case.vocabulary.some_texts():
        for text, number, first, last, _ in index.found_in(id_of[words_of_some], bounds, 0.5):
            if ids[from_text + text] not in quoting[number]:
                found_in[ids[from_text + text]].append((number, first, last))
    for document_id, found in found_in.items():
        words = words_of(case.text(document_id))
        own = case.quotations.get(document_id, ())
        for number, first, last in found:
            start, end = int(words.starts[first]), int(words.ends[last])
            if any(quotation.start < end - 8 and start + 8 < quotation.end for quotation in own if quotation.form != "indirect"):
                continue
            keys = listed[number].keys
            if _stands_in(keys, words.keys[first : last + len(keys)]):
                exact[number].append(document_id)
            else:
                inexact[number].append((document_id, start, end))
    return Holders(
        {number: tuple(case.in_order(ids)) for number, ids in exact.items()},
        {number: tuple(places) for number, places in inexact.items()},
        {wording.keys: number for number, wording in enumerate(listed)},
    )


def _stands_in(keys: tuple[str, ...], window: tuple[str, ...]) -> bool:
    n = len(keys)
    return any(window[at] == keys[0] and window[at : at + n] == keys for at in range(len(window) - n + 1))


def _against_text(case: Case, wording: Wording, holder: tuple[str, int, int], exact: tuple[str, ...]) -> Iterator[Finding]:
    """A quotation against a document that has nearly these words in its own voice: the speaker's own text, or an earlier one."""
    document_id, start, end = holder
    there = case.headings[document_id]
    quotation = next((q for q in wording.quotations[:8] if _are_comparable(case, there, case.headings[q.document_id])), None)
    if quotation is None or any(not there.is_before(case.headings[other]) for other in exact):
        return
    here = case.headings[quotation.document_id]
    is_own = _is_speakers_text(case, quotation, there)
    is_cited = any(c.resolved_document_id == document_id for c in case.citations.get(quotation.document_id, ()))
    held = hold(wording.text, case.text(document_id), (start, end))
    if held is None or held.similarity < (MIN_SIMILARITY if is_own or is_cited else 8_500):
        return
    if not is_own and not is_cited and (len(wording.keys) < 10 or not there.is_before(here)):
        return
    if held.verdict == "cut-before-qualifier" and not is_own:
        return
    yield from _changed(
        case, held, quotation, wording, (document_id, held.start, held.end), SAME if is_own else UNKNOWN, is_own_text=is_own or is_cited
    )


def _is_speakers_text(case: Case, quotation: Quotation, there: Heading) -> bool:
    """Whether the document is by the speaker: its author, outlet or title names him, or the speaker is the body that publishes it."""
    if not is_name(quotation.speaker_name) or quotation.speaker_is_unnamed:
        return False
    named = [*there.authors, there.outlet or ""]
    if any(compare_names(quotation.speaker_name, other) == SAME for other in named if other):
        return True
    return mentions_name(set(keys_of(there.title or "")), quotation.speaker_name)
