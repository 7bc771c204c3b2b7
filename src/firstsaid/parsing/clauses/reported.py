"""Statements in the writer's words in languages without a ranker: "Selon X, ...", "X sagte, dass ...", "..., dijo X."."""

from __future__ import annotations

from collections.abc import Iterator

from firstsaid.parsing.grammars import Grammar, grammar
from firstsaid.parsing.lexicon import Cue, word_set
from firstsaid.parsing.marked.cues_around import DROPS_PRONOUNS, according
from firstsaid.parsing.statements import Attribution, Statement, phrase_stretch, stretch_of
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.speakers import Phrase
from firstsaid.parsing.who.subjects import phrase_from, split_elision, subject_after, subject_before

MIN_CONTENT_TOKENS = 2  # one word states nothing
MIN_BEHIND_TOKENS = 3  # what stands before ", says X" is a clause; "He has, says X, ..." breaks one off
MAX_TO_CONJUNCTION = 8  # tokens from a cue to its "that": whom, where and when fit between
MAX_UNIT_TOKENS = 400  # a "sentence" without a stop is read so far, so that time stays linear
_COMMAS = (",", "،")
CONFIDENCE = 6000  # forms that are seldom anything else; no ranker has seen these languages


def find_reported(page: Page, cues: dict[str, Cue], used: bytearray) -> list[Statement]:
    """Indirect and mixed statements in order. `used`: 1 for tokens that belong to statements already. Linear in tokens."""
    words = grammar(page.language or "")
    found: list[Statement] = []
    for first, end in page.units:
        stop = min(end, first + MAX_UNIT_TOKENS)
        while stop > first + 1 and not page.lower[stop - 1][0].isalnum() and page.pair_of[stop - 1] == NO_PAIR:
            stop -= 1
        made = next(_proposals(page, words, cues, first, stop, used), None)
        if made is not None:
            found.append(_statement(page, *made))
    return found


def _proposals(
    page: Page, words: Grammar, cues: dict[str, Cue], first: int, stop: int, used: bytearray
) -> Iterator[tuple[Attribution, int, int]]:
    """Attributions with the tokens of what is stated, the surest form first."""
    for made in (
        *_in_front(page, words, cues, first, stop),
        *_by_verb(page, words, cues, first, stop, used),
        *_behind(page, words, cues, first, stop),
    ):
        _, low, high = made
        if high - low >= MIN_CONTENT_TOKENS and not any(used[token] for token in range(low, high)):
            yield made


def _in_front(page: Page, words: Grammar, cues: dict[str, Cue], first: int, stop: int) -> Iterator[tuple[Attribution, int, int]]:
    """Forms that open a sentence: "Selon X, ...", "Laut X wurde ...", "Dem Ministerium zufolge ...", "Wie X schreibt, ..."."""
    if page.pair_of[first] != NO_PAIR:
        return
    found = according(page, words.according, first, stop)
    if found is not None and found.speaker is not None:
        start = found.speaker.end
        while start < stop and page.lower[start] not in _COMMAS and page.language in ("fr", "es", "pt", "it", "ru", "ar", "fa"):
            if not (page.lower[start][0].isalnum() or page.lower[start] in "-.’'") or start > found.speaker.end + 14:
                return
            start += 1  # the rest of a long speaker up to its comma
        yield found, start + (start < stop and page.lower[start] in _COMMAS), stop
    for token in range(first + 1, min(stop, first + 8)):
        if page.lower[token] in words.according_behind:
            speaker = phrase_from(page, first, token)
            if speaker is not None and speaker.end == token:
                yield Attribution((token, token + 1), speaker, page.lower[token]), token + 1, stop
    if page.lower[first] in words.as_words:
        comma = next((at for at in range(first + 2, min(stop, first + 20)) if page.lower[at] in _COMMAS), None)
        if comma is None:
            return
        for verb in range(first + 1, comma):
            if _bare(page, verb) in cues:
                phrase = subject_after(page, verb + 1, comma) or subject_before(page, verb, first + 1)[0]
                if phrase is not None:
                    yield Attribution((verb, verb + 1), phrase, page.lower[verb]), comma + 1, stop
                return


def _bare(page: Page, token: int) -> str:
    """A verb without a small word that hangs on it: l'écrit."""
    return split_elision(page.lower[token])[1]


def _by_verb(
    page: Page, words: Grammar, cues: dict[str, Cue], first: int, stop: int, used: bytearray
) -> Iterator[tuple[Attribution, int, int]]:
    """Forms with a verb: "X a affirmé que ...", "X sagte, der Hafen werde ..."."""
    for verb in range(first, stop - 2):
        cue = cues.get(page.lower[verb])
        if cue is None or used[verb] or page.pair_of[verb] != NO_PAIR or (page.words[verb][0].isupper() and verb > first):
            continue
        opening = _opening(page, words, verb, stop)
        if opening is None:
            continue
        before, group = subject_before(page, verb, first)
        after = subject_after(page, verb + 1, opening)
        speaker = (after or before) if page.language == "ar" else (before or after)
        if speaker is None and not (page.language in DROPS_PRONOUNS and page.lower[opening] in words.conjunctions):
            continue
        if speaker is None and group > first and page.lower[group - 1][0].isalnum() and page.lower[group - 1] not in words.links:
            continue  # without its pronoun a verb opens its clause
        yield Attribution((group, verb + 1), speaker, cue.lemma), opening + (page.lower[opening] in (*words.conjunctions, ",")), stop
        return


def _opening(page: Page, words: Grammar, verb: int, stop: int) -> int | None:
    """The token that opens what a verb reports: a conjunction near it, or in German a comma before a clause."""
    for at in range(verb + 1, min(stop - 1, verb + MAX_TO_CONJUNCTION + 1)):
        if page.pair_of[at] != NO_PAIR:
            return None
        elided, _ = split_elision(page.lower[at])
        if page.lower[at] in words.conjunctions or elided in words.conjunctions:
            return at
        if page.language == "de" and page.lower[at] == "," and page.lower[verb - 1] != ",":
            following = page.lower[at + 1]
            if following in words.conjunctions:
                return at + 1
            is_clause = following not in words.stops and following not in _GERMAN_RELATIVES
            is_clause = is_clause or any(page.lower[token] in _GERMAN_REPORTED for token in range(at + 1, min(stop, at + 8)))
            return at if at - verb <= 4 and is_clause and stop - at > 3 else None
    return None


_GERMAN_RELATIVES = word_set("der die das dem den dessen deren und aber um")
_GERMAN_REPORTED = word_set("sei seien habe hätten hätte werde würden würde könne könnten müsse müssten solle sollten dürfe wolle gebe")


def _behind(page: Page, words: Grammar, cues: dict[str, Cue], first: int, stop: int) -> Iterator[tuple[Attribution, int, int]]:
    """Forms that close a sentence: "..., selon X", "..., sagte X"."""
    for comma in range(max(first + 2, stop - 16), stop - 1):
        if page.lower[comma] not in _COMMAS or page.pair_of[comma] != NO_PAIR:
            continue
        found = according(page, words.according_quoted, comma + 1, stop)
        if found is None:
            verb = comma + 1
            while verb < stop and page.lower[verb] in words.auxiliaries and page.lower[verb] not in cues:
                verb += 1
            cue = cues.get(page.lower[verb]) if verb < stop else None
            phrase = subject_after(page, verb + 1, stop) if cue is not None and cue.act in ("say", "think") else None
            found = Attribution((comma + 1, verb + 1), phrase, cue.lemma) if cue is not None and phrase is not None else None
        if (
            comma - first >= MIN_BEHIND_TOKENS
            and found is not None
            and found.speaker is not None
            and _ends_there(page, words, found.speaker, stop)
        ):
            yield found, first, comma


def _ends_there(page: Page, words: Grammar, phrase: Phrase, stop: int) -> bool:
    """Whether only when and where follow the speaker."""
    return (
        phrase.end >= stop
        or page.lower[phrase.end] in words.stops
        or page.lower[phrase.end] in words.times
        or page.lower[phrase.end] in _COMMAS
    )


def _statement(page: Page, attribution: Attribution, low: int, high: int) -> Statement:
    start, end = stretch_of(page, (low, high))
    inside = tuple(sorted({page.pair_of[token] for token in range(low, high)} - {NO_PAIR}))
    pairs = tuple(pair for pair in inside if start <= page.outer[pair].open)
    speaker = attribution.speaker
    if page.lower[low] not in '«“"„' and split_elision(page.lower[low])[0] in grammar(page.language or "").conjunctions:
        start += len(split_elision(page.lower[low])[0]) + 1  # qu'il -> il
    return Statement(
        "mixed" if pairs else "indirect", ((start, end),), phrase_stretch(page, speaker), speaker.kind if speaker else "none", None,
        stretch_of(page, attribution.cue), None, CONFIDENCE, pairs,
    )  # fmt: skip
