"""Findings about quotations: altered, cut, stitched, and the same words given to two speakers.

Quotations of equal words are one wording, so that a viral quotation costs no more than a rare one. Candidates come from shared three-word
shingles between wordings, and between wordings and all texts (`shingles`); each candidate is then aligned word by word (`compare`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from firstsaid.checking.case import Case, Heading, days_apart, make_finding
from firstsaid.checking.compare import Held, hold, marked_words
from firstsaid.checking.lexicon import GLUE, SPEAKS_FOR
from firstsaid.checking.names import OTHER, SAME, UNKNOWN, compare_names, is_name, mentions_name, name_words
from firstsaid.checking.shingles import ShingleIndex
from firstsaid.checking.tokens import keys_of, sentence_around, shortened, words_of
from firstsaid.model import FULL, Evidence, Finding, Quotation

MIN_WORDS = 5
"""Shorter quotations are phrases that many people say."""

MIN_SHARED = 0.3
"""Share of the shorter wording's shingles: one changed word in the middle of six leaves two of four, in the middle of five none."""

MAX_DAYS = 60
"""People say nearly the same on other occasions; reports of one statement come within weeks."""

MIN_SIMILARITY = 6_000
"""Below it, two sentences by one speaker are two sentences."""

MIN_CONTENT_SHARE = 0.6

TELLING = ("negation", "figure", "name", "date", "hedge")

ALTERED_COULD_BE = (
    "the speaker said both, on two occasions", "the later text quotes another record of the same words", "one of the two is a translation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """Quotations with equal words, the earliest first. `text`: the content of the first; `keys`: its words."""

    keys: tuple[str, ...]
    text: str
    quotations: tuple[Quotation, ...]

    @property
    def first(self) -> Quotation:
        """The earliest quotation of these words."""
        return self.quotations[0]


def content(quotation: Quotation, text: str) -> str:
    """The quoted words without what interrupts them; each interruption may hide a leap."""
    pieces = quotation.pieces or ((quotation.start, quotation.end),)
    return marked_words(" ".join(text[start:end].strip() for start, end in pieces), quotation.form)


def wordings(case: Case) -> list[Wording]:
    """Every direct, mixed or block quotation of enough words, by its words; in order of date."""
    groups: dict[tuple[str, ...], list[tuple[Quotation, str]]] = defaultdict(list)
    for document_id, quotations in case.quotations.items():
        text = case.text(document_id)
        for quotation in quotations:
            if quotation.form == "indirect":
                continue
            words = content(quotation, text)
            keys = keys_of(words)
            if len(keys) >= MIN_WORDS:
                groups[keys].append((quotation, words))
    made = []
    for keys, members in groups.items():
        members.sort(key=lambda member: (case.headings[member[0].document_id].order(), member[0].document_id, member[0].start))
        made.append(Wording(keys, members[0][1], tuple(quotation for quotation, _ in members)))
    return sorted(
        made, key=lambda wording: (case.headings[wording.first.document_id].order(), wording.first.document_id, wording.first.start)
    )


def quotation_findings(case: Case) -> Iterator[Finding]:
    """Findings of the four kinds about quotations. Cost: one pass over all words, and alignments linear in the wordings."""
    listed = wordings(case)
    if not listed:
        return
    index = ShingleIndex.build([wording.keys for wording in listed])
    holders = _texts_that_hold(case, listed, index)
    yield from _two_speakers_of_equal_words(case, listed)
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
    relation = _speakers(case, base_quotation, quotation)
    if relation == OTHER:
        if held.verdict in ("exact", "typography", "fair-edit", "cut-before-qualifier") or held.similarity >= 9_000:
            yield from _two_speakers(case, base_quotation, quotation, min(len(base.keys), len(quoted.keys)), 1)
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
            if _are_comparable(left, right):
                return base_quotation, quotation
    return None


def _are_comparable(left: Heading, right: Heading) -> bool:
    if left.id == right.id or left.holds(right):
        return False
    if left.language and right.language and left.language != right.language:
        return False
    apart = days_apart(left, right)
    if apart is not None and apart > MAX_DAYS:
        return False
    # Within one outlet a speaker's standing line comes back in other words from day to day.
    return not (left.same_outlet(right) and apart is not None and apart > 3)


def _speakers(case: Case, left: Quotation, right: Quotation) -> str:
    if left.name_id and left.name_id == right.name_id:
        return SAME
    if left.speaker_is_unnamed or right.speaker_is_unnamed:
        return UNKNOWN
    return compare_names(left.speaker_name, right.speaker_name)


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


def _with_what_follows(case: Case, base: tuple[str, int, int]) -> int:
    return min(sentence_around(case.text(base[0]), base[1], base[2])[1], base[2] + 200)


# ------------------------------------------------------------------------------------------------------ quotation against text


def _texts_that_hold(case: Case, listed: list[Wording], index: ShingleIndex) -> Holders:
    """One pass over all texts for the wordings that stand in them outside of quotations."""
    exact: dict[int, list[str]] = defaultdict(list)
    inexact: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    quoting = [{quotation.document_id for quotation in wording.quotations} for wording in listed]
    for document_id in case.headings:
        text = case.text(document_id)
        words = words_of(text)
        own = case.quotations.get(document_id, ())
        for number, first, last, _ in index.found_in(words.keys, 0.5):
            if document_id in quoting[number]:
                continue
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
    quotation = next((q for q in wording.quotations[:8] if _are_comparable(there, case.headings[q.document_id])), None)
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


# --------------------------------------------------------------------------------------------------------------- two speakers


def _two_speakers_of_equal_words(case: Case, listed: list[Wording]) -> Iterator[Finding]:
    for wording in listed:
        if len(wording.quotations) < 2:
            continue
        named = [quotation for quotation in wording.quotations if is_name(quotation.speaker_name) and not quotation.speaker_is_unnamed]
        for quotation in named[1:]:
            if _speakers(case, named[0], quotation) == OTHER and named[0].document_id != quotation.document_id:
                yield from _two_speakers(case, named[0], quotation, len(wording.keys), len(wording.quotations) - 1)
                break


def _two_speakers(case: Case, left: Quotation, right: Quotation, n_words: int, n_similar: int) -> Iterator[Finding]:
    """The finding, unless one speaks for the other, or either text names both beside the quotation."""
    here, there = case.headings[left.document_id], case.headings[right.document_id]
    if here.id == there.id or here.holds(there) or (here.language and there.language and here.language != there.language):
        return
    if not (is_name(left.speaker_name) and is_name(right.speaker_name)):
        return
    if _names_the_other(case, left, right) or _names_the_other(case, right, left):
        return
    apart = days_apart(here, there)
    strength = 4_500.0 + 150 * min(n_words, 25) - (2_000 if apart is None or apart > MAX_DAYS else 0)
    # Where one outlet wrote both, or each text names both people, a misread attribution is as likely as a contradiction.
    names_both = all(
        mentions_name(set(keys_of(case.text(one.document_id))), other.speaker_name) for one, other in ((left, right), (right, left))
    )
    strength *= (0.5 if here.same_outlet(there) else 1) * (0.5 if names_both else 1) * min(left.confidence, right.confidence) / FULL
    words = shortened(content(left, case.text(left.document_id)), 160)
    why = f"The same words, “{words}”, are given to {left.speaker_name} by {here.label()} and to {right.speaker_name} by {there.label()}."
    could_be = (
        "one speaks for the other, or both signed one statement",
        "one quotes the other without saying so",
        "a saying that many use",
    )
    evidence = (
        Evidence(left.document_id, left.start, left.end, f"gives the words to {left.speaker_name}"),
        Evidence(right.document_id, right.start, right.end, f"gives the words to {right.speaker_name}"),
    )
    yield make_finding(case, "quotation-two-speakers", f"“{words}”", why, could_be, strength, evidence, n_similar)


def _names_the_other(case: Case, quotation: Quotation, other: Quotation) -> bool:
    """Whether the text around a quotation names the other speaker too, or a spokesperson of a body that the other text quotes."""
    text = case.text(quotation.document_id)
    start, _ = sentence_around(text, quotation.start, quotation.start)
    _, end = sentence_around(text, quotation.end, quotation.end)
    around = keys_of(text[max(0, start - 200) : quotation.start] + " " + text[quotation.end : end + 200])
    if name_words(other.speaker_name or "") and mentions_name(set(around), other.speaker_name):
        return True
    kinds = (case.name_kinds.get(quotation.name_id or ""), case.name_kinds.get(other.name_id or ""))
    speaks_for = any(word in SPEAKS_FOR for word in keys_of(quotation.speaker_name or "")) or any(
        word in SPEAKS_FOR for word in around[-40:]
    )
    if "body" in kinds and speaks_for:
        return mentions_name(set(keys_of(text)), other.speaker_name)
    return False
