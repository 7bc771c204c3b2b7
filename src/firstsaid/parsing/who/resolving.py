"""Who a speaker is: the fullest name that the text gives for "she", "the minister" or a surname."""

from __future__ import annotations

import re
from functools import lru_cache

from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.name_spans import BODY_WORDS, CONTRACTED, TITLES
from firstsaid.parsing.naming.names import NameIndex
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import NO_PAIR, Page
from firstsaid.parsing.who.named_speakers import resolved_elsewhere
from firstsaid.parsing.who.pronouns import HE_OR_SHE, MAX_MENTIONS, most_salient
from firstsaid.parsing.who.voices import is_speaking_noun
from firstsaid.parsing.who.whose_words import OF_ONE


def is_unnamed(phrase: str) -> bool:
    """Whether a phrase names nobody: "officials", "a person familiar with the matter"; never where a capital stands inside."""
    words = phrase.split()
    if not words or any(word[:1].isupper() for word in words[1:]) or len(words) > 14:
        return False
    return any(word.lower().strip(",.") in lexicon.UNNAMED_HEADS for word in words) and words[0].lower() not in ("he", "she")


def resolved(page: Page, index: NameIndex, statement: Statement, previous: str | None) -> tuple[str | None, int]:
    """The name of a statement's speaker in the fullest form this text gives, and how much surer or less sure that makes it (<= 0)."""
    if statement.speaker is None:
        if statement.form != "block" or statement.speaker_kind != "running" or statement.speaker_name is not None:
            return statement.speaker_name, 0
        return previous or _of_whom_it_speaks(page, index, statement.start, previous), -1500
    start, end = statement.speaker
    pronoun = page.text[start:end].lower()
    contracted = CONTRACTED.match(pronoun)
    pronoun = contracted.group(1) if contracted else pronoun
    if statement.speaker_kind == OF_ONE:
        return _of_whom_it_speaks(page, index, start, previous) or page.text[start:end], -2500
    if statement.speaker_kind == "pronoun" and pronoun in HE_OR_SHE and statement.form == "block":
        meant = _most_spoken_of(page, index, start, pronoun, previous)
        if meant is not None:
            return meant, -1500
    if page.language not in ("en", None):
        return resolved_elsewhere(page, index, statement, previous)
    start, end = statement.speaker
    surface = page.text[start:end]
    lowered = surface.lower()
    if page.language == "en" and (contracted := CONTRACTED.match(lowered)):
        lowered = surface = contracted.group(1)
    if lowered in ("he", "she", "er", "sie", "il", "elle", "él", "ella"):
        return _person_meant(page, index, start, lowered, previous) or (surface, -1000)
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
    if words and words[0] in OTHER_TITLES and len(words) > 2:
        return surface.split(None, 1)[1], 0
    if words[0] in ("the", "der", "die", "le", "la", "el") and len(words) <= 3 and not heads:
        # "the minister": the last person who was given that title
        found = _last_with_title(page, index, start, words[-1]) or _last_body(page, index, start, words[-1])
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


def _of_whom_it_speaks(page: Page, index: NameIndex, position: int, previous: str | None) -> str | None:
    """The person most spoken of before the position, whatever the pronoun."""
    persons = [named for named in reversed(index.before(position, MAX_MENTIONS)) if index.may_be_person(named.canonical)]
    return most_salient(page, persons, index.persons, position, previous)


def _most_spoken_of(page: Page, index: NameIndex, position: int, pronoun: str, previous: str | None) -> str | None:
    """Whom a pronoun of an essay means; the subject of its own sentence first."""
    asked = HE_OR_SHE[pronoun]
    near = [named for named in reversed(index.before(position, MAX_MENTIONS)) if index.may_be_person(named.canonical)]
    near = [named for named in near if index.addressed.get(named.canonical, asked) == asked]
    unit = page.unit_at(position)
    subject = _subject_of(page, index, unit, position) if unit >= 0 else None
    if subject is not None and any(named.canonical == subject for named in near):
        return subject
    return most_salient(page, near, index.persons, position, previous)


def _person_meant(page: Page, index: NameIndex, position: int, pronoun: str, previous: str | None) -> tuple[str, int] | None:
    """Whom "she" means: the subject of this sentence or the one before, else the last speaker, else the last person named.

    A name that a form of address gives the other pronoun is never meant.
    """

    def fits(canonical: str) -> bool:
        asked = index.addressed.get(canonical)
        return index.may_be_person(canonical) and (asked is None or pronoun not in ("he", "she") or asked == pronoun)

    unit = page.unit_at(position)
    for back in (unit, unit - 1):
        subject = _subject_of(page, index, back, position) if back >= 0 else None
        if subject is not None and fits(subject):
            return subject, -1500
    if previous is not None and fits(previous):
        return previous, -1500
    near = [named.canonical for named in index.before(position, 6) if fits(named.canonical)]
    sure = [canonical for canonical in near[:3] if canonical in index.persons]
    found = next(iter(sure or near), None)
    return (found, -2500) if found else None


MAX_SUBJECT_TOKENS = 6  # a title or an adverb may stand before the subject; further on it is an object


def _subject_of(page: Page, index: NameIndex, unit: int, position: int) -> str | None:
    """The first person's name that opens a sentence outside of marks, before the position, with a small word (its verb) after it."""
    first, end = page.units[unit]
    top = min(page.starts[min(first + MAX_SUBJECT_TOKENS, end - 1)] + 1, position)
    for named in index.inside(page.starts[first], top):
        token = page.token_at(named.start)
        after = page.token_at(named.end)
        before = page.lower[token - 1] if token > first else ""
        is_object = before in lexicon.PREPOSITIONS or any(word in lexicon.COMMON_VERBS for word in page.lower[first:token])
        has_verb = after < end and (page.words[after][0].islower() or page.words[after] == ",")
        if page.pair_of[token] == NO_PAIR and not is_object and has_verb and index.may_be_person(named.canonical):
            return named.canonical
    return None


def _last_body(page: Page, index: NameIndex, position: int, noun: str) -> str | None:
    """The body that "the board", "the company" means: the last name with that word in it, or of that sort."""
    sort = next((words for words in _SORTS if noun in words), frozenset((noun,)))
    if noun not in BODY_WORDS and noun not in _SORTS[0]:
        return None
    for named in index.before(position, MAX_NAMES_BACK):
        words = {word.lower().strip(".") for word in named.canonical.split()}
        if len(words) > 1 and (noun in words or not words.isdisjoint(sort)):
            return named.canonical
    return None


MAX_NAMES_BACK = 40  # names further back have others between them that the reader thinks of first
_SORTS = (
    lexicon.word_set(
        "company firm corporation manufacturer inc corp co ltd llc plc gmbh ag sa holdings industries enterprises partners motors mills"
    ),
    lexicon.word_set("agency organisation organization group association foundation institute charity trust federation alliance society"),
    lexicon.word_set("university college school academy"),
)  # fmt: skip
"""Words that mean one sort of body: a text calls "Harrow Holdings" the company, and a federation the group."""
OTHER_TITLES = lexicon.word_set(
    """
    الوزير الوزيرة الرئيس الرئيسة السيد السيدة الدكتور الدكتورة النائب النائبة الأمير الأميرة الملك الملكة القاضي المتحدث
    آقای خانم دکتر وزیر
    """
)
"""Arabic and Persian titles that stand right before a name."""
_SHORT = {
    "sen": "senator", "gov": "governor", "rep": "representative", "prof": "professor", "gen": "general", "rev": "reverend", "dr": "doctor",
    "lt": "lieutenant", "capt": "captain", "sgt": "sergeant", "col": "colonel", "pres": "president",
}  # fmt: skip


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
    """The last person who was given that title: "Sen. Ann Poe", "Ann Poe, the minister for ports"."""
    for named in index.before(position, MAX_NAMES_BACK):
        before = page.text[max(0, named.start - 25) : named.start].lower().rstrip(" .")
        after = page.text[named.end : named.end + 60].lower()
        title = before.split(" ")[-1].split("-")[-1] if before else ""
        is_titled = before.endswith(role) or _SHORT.get(title) == role
        is_apposed = after.startswith(",") and role in after.split(",")[1]
        if index.may_be_person(named.canonical) and (is_titled or is_apposed):
            return named.canonical
    return None
