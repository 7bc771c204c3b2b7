"""The same words, given to two speakers."""

from __future__ import annotations

from collections.abc import Iterator

from firstsaid.checking.case import Case, days_apart, make_finding
from firstsaid.checking.credit import is_names
from firstsaid.checking.lexicon import ARTICLES, ATTRIBUTES, PRONOUNS, SPEAKS_FOR, TITLES
from firstsaid.checking.names import OTHER, SAME, UNKNOWN, compare_names, is_name, mentions_name, name_words
from firstsaid.checking.quoted_words import Wording, content
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.model import FULL, Evidence, Finding, Quotation

MAX_DAYS = 60
"""People say nearly the same on other occasions; reports of one statement come within weeks."""

MIN_SPOKEN_WORDS, MIN_SPEAKER_CONFIDENCE, MIN_PRONOUN_CONFIDENCE = 7, 6_000, 8_500
"""Shorter ones are sayings; less sure speakers are readings of the parser, not claims of the text."""

LEADING = frozenset(
    ("in", "on", "at", "to", "with", "about", "near", "against", "into", "dear", "im", "am", "mit", "zu", "dans", "avec", "à", "en", "con")
)


def compared_speakers(case: Case, left: Quotation, right: Quotation) -> str:
    """Whether two quotations name the same speaker: `same`, `other` or `unknown`."""
    if left.name_id and left.name_id == right.name_id:
        return SAME
    if left.speaker_is_unnamed or right.speaker_is_unnamed:
        return UNKNOWN
    return compare_names(left.speaker_name, right.speaker_name)


def same_words_two_names(case: Case, listed: list[Wording]) -> Iterator[Finding]:
    """Wordings that two documents give to two names."""
    for wording in listed:
        if len(wording.quotations) < 2:
            continue
        named = [quotation for quotation in wording.quotations if is_name(quotation.speaker_name) and not quotation.speaker_is_unnamed]
        for quotation in named[1:]:
            if compared_speakers(case, named[0], quotation) == OTHER and named[0].document_id != quotation.document_id:
                yield from two_speakers(case, named[0], quotation, len(wording.keys), len(wording.quotations) - 1)
                break


def two_speakers(case: Case, left: Quotation, right: Quotation, n_words: int, n_similar: int) -> Iterator[Finding]:
    """The finding, unless one speaks for the other, or either text names both beside the quotation."""
    here, there = case.headings[left.document_id], case.headings[right.document_id]
    if here.id == there.id or here.holds(there) or (here.language and there.language and here.language != there.language):
        return
    if n_words < MIN_SPOKEN_WORDS or not (_is_surely_speaker(case, left) and _is_surely_speaker(case, right)):
        return
    if set(name_words(left.speaker_name or "")) & set(name_words(right.speaker_name or "")):
        return
    if _names_the_other(case, left, right) or _names_the_other(case, right, left):
        return
    said = min((content(one, case.text(one.document_id)) for one in (left, right)), key=len)
    if is_names(said):
        return
    apart = days_apart(here, there)
    strength = 4_500.0 + 150 * min(n_words, 25) - (2_000 if apart is None or apart > MAX_DAYS else 0)
    # Where one outlet wrote both, or each text names both people, a misread attribution is as likely as a contradiction.
    names_both = all(
        mentions_name(set(keys_of(case.text(one.document_id))), other.speaker_name) for one, other in ((left, right), (right, left))
    )
    strength *= (0.5 if here.same_outlet(there) else 1) * (0.5 if names_both else 1) * min(left.confidence, right.confidence) / FULL
    words = shortened(said, 160)
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


def _is_surely_speaker(case: Case, quotation: Quotation) -> bool:
    """Whether the speaker is a name as names are written, outside of the quotation, no place and no pronoun's guess."""
    name = quotation.speaker_name or ""
    if not is_name(name) or quotation.speaker_is_unnamed or quotation.confidence < MIN_SPEAKER_CONFIDENCE:
        return False
    parts = name.replace("’", "'").removesuffix("'s").split()
    if not parts[-1][:1].isupper() and any(part[:1].isupper() for part in parts):
        return False
    if any(part.casefold() in ATTRIBUTES for part in parts):
        return False
    start, end = quotation.speaker_start, quotation.speaker_end
    if start is None or end is None:
        return True
    text = case.text(quotation.document_id)
    is_pronoun = all(word in PRONOUNS for word in keys_of(text[start:end]))
    if is_pronoun and (quotation.name_id is None or quotation.confidence < MIN_PRONOUN_CONFIDENCE):
        return False
    if any(a <= start and end <= b for a, b in (quotation.pieces or ((quotation.start, quotation.end),))):
        return False
    before = [word for word in keys_of(text[max(0, start - 40) : start]) if word not in TITLES and word not in ARTICLES][-1:]
    # "in the Baltic", "speaking to the Council", "a meeting with Lind": what a preposition leads to does not speak; "according to" does.
    return not (before and before[0] in LEADING and "according" not in keys_of(text[max(0, start - 24) : start]))


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
