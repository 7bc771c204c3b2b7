"""Who a speaker is: the fullest name that the text gives for "she", "the minister" or a surname."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from firstsaid.parsing import lexicon
from firstsaid.parsing.name_spans import BODY_WORDS, CONTRACTED, TITLES
from firstsaid.parsing.named_speakers import resolved_elsewhere
from firstsaid.parsing.names import NameIndex
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import Page
from firstsaid.parsing.voices import is_speaking_noun


def is_unnamed(phrase: str) -> bool:
    """Whether a phrase names nobody: "officials", "a person familiar with the matter"; never where a capital stands inside."""
    words = phrase.split()
    if not words or any(word[:1].isupper() for word in words[1:]) or len(words) > 14:
        return False
    return any(word.lower().strip(",.") in lexicon.UNNAMED_HEADS for word in words) and words[0].lower() not in ("he", "she")


def resolved(page: Page, index: NameIndex, statement: Statement, previous: str | None) -> tuple[str | None, int]:
    """The name of a statement's speaker in the fullest form this text gives, and how much surer or less sure that makes it (<= 0)."""
    if statement.speaker is None:
        return statement.speaker_name, 0
    if page.language not in ("en", None):
        return resolved_elsewhere(page, index, statement, previous)
    start, end = statement.speaker
    surface = page.text[start:end]
    lowered = surface.lower()
    if page.language == "en" and (contracted := CONTRACTED.match(lowered)):
        lowered = surface = contracted.group(1)
    if lowered in ("he", "she", "er", "sie", "il", "elle", "él", "ella"):
        if previous is not None and index.may_be_person(previous):
            return previous, -1500
        person = index.last_person_before(start)
        return (person.canonical, -2500) if person else (surface, -1000)
    if statement.speaker_kind == "relative":
        before = index.inside(max(0, start - 80), start)
        return (before[-1].canonical, -1500) if before else (surface, -1500)
    if lowered == "it":
        if _is_passive(page, statement):
            return None, -1500
        cue = page.text[slice(*statement.cue)].lower().split() if statement.cue else []
        said = lexicon.cues(page.language or "en").get(cue[-1]) if cue else None
        # What states something is a body or a text, whether it is found or not; what wishes or shows may be anything.
        states = said is not None and said.act == "say"
        return _body_before(page, index, start, previous) or (surface if states else None), -1500
    if lowered in ("i", "we", "you", "they"):
        return surface, -500
    if _is_common_opening(page, index, start, end):
        return None, -1000
    inside = index.inside(start, end)
    comma = surface.find(",")
    head_end = start + comma if comma >= 0 else end
    heads = [named for named in inside if named.start < head_end and not all(word in TITLES for word in named.words)]
    persons = [
        named
        for named in heads
        if index.may_be_person(named.canonical) and not page.text[max(start, named.start - 9) : named.start].lower().endswith(_OF_A_PLACE)
    ]
    if not persons and statement.speaker_kind in ("role", "name") and comma >= 0:
        # "The agency's director, Ann Poe,"
        apposed = [named for named in inside if named.start <= head_end + 2 and named.start >= head_end]
        if apposed and index.may_be_person(apposed[0].canonical) and any(word in lexicon.ROLES for word in lowered[:comma].split()):
            return apposed[0].canonical, 0
    for named in reversed(heads):
        lead = " " + page.text[max(start, named.start - 9) : named.start].lower()
        after = page.text[named.end : head_end].strip(" ,.’'").lower()
        is_modifier = bool(after) and not after.startswith(("of ", "for ", "from ", "at ", "in ", "who ", "(", "and ", "et al", "jr", "sr"))
        is_owner = page.text[named.end : named.end + 2] in ("'s", "’s") and named.end + 2 < end
        after = "" if after == "s" else after
        is_bare_body = " " not in named.canonical and named.words[0] in BODY_WORDS
        if (
            not is_owner
            and not is_modifier
            and not is_bare_body
            and not lead.endswith((" of the ", " of ", " for ", " for the ", " from ", " in "))
        ):
            return named.canonical, 0
    words = lowered.split()
    if words[0] in ("the", "der", "die", "le", "la", "el") and len(words) <= 3 and not heads:
        # "the minister": the last person who was given that title
        found = _last_with_title(page, index, start, words[-1])
        if found:
            return found, -2500
    parts = surface.split()
    while len(parts) > 1 and parts[0].lower().strip(".") in ("mr", "mrs", "ms", "dr", "sir", "herr", "frau"):
        parts = parts[1:]
    surface = " ".join(parts) if len(parts) < len(surface.split()) else surface
    lowered = surface.lower()
    surface = surface.removesuffix("'s").removesuffix("’s")
    bare = surface[4:] if lowered.startswith("the ") and len(surface) > 4 and any(c.isupper() for c in surface[4:]) else surface
    return bare, 0


def _is_passive(page: Page, statement: Statement) -> bool:
    """Whether nobody speaks: "it was agreed that", "it is said that"."""
    cue = page.text[slice(*statement.cue)].lower().split() if statement.cue else []
    return any(word in ("is", "was", "be", "been", "being") for word in cue[:-1])


def _body_before(page: Page, index: NameIndex, position: int, previous: str | None) -> str | None:
    """The body that "it" at the position means: the last speaker or name, or "the board", of this sentence or the one before."""
    unit = max(0, page.unit_at(position) - 1)
    first = page.units[unit][0]
    for named in reversed(index.inside(page.starts[first], position)):
        if index.is_body(named.canonical) or (" " not in named.canonical and named.canonical.isupper()):
            return named.canonical
    for token in range(page.tokens_before(position) - 1, first, -1):
        if page.lower[token] in BODY_WORDS and page.lower[token - 1] in ("the", "its"):
            return page.text[page.starts[token - 1] : page.ends[token]]
    return previous if previous is not None and index.is_body(previous) else None


_OF_A_PLACE = (" of ", " of the ", " for ", " for the ", " from ", " from the ", " in ", " in the ", " at ")
_NOUN_ENDING = re.compile(r"(?:ing|tion|ment|ness|ity|ed|ly)$")


def _is_common_opening(page: Page, index: NameIndex, start: int, end: int) -> bool:
    """Whether a speaker is one capitalised word that opens its sentence and is no name: "Inflation", "Write"."""
    word = page.text[start:end]
    token = page.token_at(start)
    if " " in word or not word[:1].isupper() or word.isupper() or page.language != "en" or index.inside(start, end):
        return False
    first = page.units[max(0, page.unit_at(start))][0]
    lowered = word.lower()
    if token > first + 1 or is_speaking_noun(lowered) or lowered in lexicon.UNNAMED_HEADS:
        return False
    is_verb = lowered in lexicon.cues("en") or lowered in lexicon.COMMON_VERBS
    return is_verb or _NOUN_ENDING.search(lowered) is not None or lowered in _lower_case(page.text)


@lru_cache(maxsize=2)
def _lower_case(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<![\w])[a-zà-ÿ]+", text))


def _last_with_title(page: Page, index: NameIndex, position: int, role: str) -> str | None:
    at = bisect_right(index.starts, position - 1)
    for named in reversed(index.names[max(0, at - 40) : at]):
        around = page.text[max(0, named.start - 25) : named.start].lower() + "|" + page.text[named.end : named.end + 40].lower()
        before, _, after = around.partition("|")
        if index.may_be_person(named.canonical) and (
            before.rstrip().endswith(role) or (after.startswith(",") and role in after.split(",")[1])
        ):
            return named.canonical
    return None
