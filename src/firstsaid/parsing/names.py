"""Where names stand in one text, and which of them are one: the long form, its surname, its acronym, its titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import Page
from firstsaid.parsing.time_names import closes_name, opens_name
from firstsaid.text import key as word_key

key = lru_cache(maxsize=1 << 15)(word_key)  # names repeat; a key costs 10 microseconds

TITLES = lexicon.word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov governor president prime minister chancellor
    secretary mayor king queen prince princess pope bishop archbishop cardinal rev reverend father sister judge justice general gen colonel
    col major maj captain capt lieutenant lt sergeant sgt admiral commander officer detective sheriff chief director ambassador
    congressman congresswoman councillor councilman councilwoman attorney herr frau bürgermeister bürgermeisterin ministerin kanzler
    kanzlerin präsident präsidentin ingenieur ingenieurin professorin sprecher sprecherin direktorin monsieur madame mme mlle señor
    señora don doña
    mp mps mep meps msp
    former deputy vice acting interim senators representatives ministers presidents whip leader official spokesman spokeswoman chairman
    chairwoman
    """
)
_NOT_NAMES = (
    lexicon.PRONOUNS | lexicon.POSSESSIVES | lexicon.DETERMINERS | lexicon.AUXILIARIES | lexicon.SUBORDINATORS | lexicon.PREPOSITIONS
    | lexicon.TIME_WORDS | lexicon.OPENING_ADVERBS
    | lexicon.word_set("yes no please thank thanks ok mr mrs ms dr new north south east west der die das ein eine er sie es wir le la les")
    | lexicon.word_set("un une il elle el los i'm i've it's unlike despite like saying mondays tuesdays wednesdays thursdays fridays")
    | lexicon.word_set("saturdays sundays spring summer autumn winter today's yesterday's some many several")
)  # fmt: skip
_ALSO_NAMES = lexicon.word_set("general major king prince queen justice judge father sister")  # General Motors, Prince Edward Island
_PARTICLES = lexicon.word_set("de da del della der den van von zu zum zur bin ibn ben abu al-")
_JOINERS = lexicon.word_set("of for and & the on de des du della del der für und y e et")
BODY_WORDS = lexicon.word_set(
    """
    agency ministry department party council bank university institute inc corp company committee commission union federation league
    association society foundation fund office bureau court parliament senate congress house government authority army navy police press
    times post journal herald news service board organisation organization center centre college school church club group group's ltd llc
    company corporation observatory museum hospital works waterworks trust alliance front movement force forces academy
    ministerium behörde amt partei verein gesellschaft universität stadtrat rat ministère parti conseil société université ministerio
    partido consejo universidad sociedad
    """
)
CONTRACTED = re.compile(r"(i|you|he|she|it|we|they)['’](?:m|s|re|ve|d|ll)$")
A_BODY = "it states something with “the” before it: a body"
_MAY_FOLLOW = lexicon.SMALL_CLASSES | lexicon.TIME_WORDS
MAX_NAME_TOKENS = 9
MAX_HEADING_TOKENS = 20  # a longer line without a stop is prose
MIN_HEADING_WORDS = 4  # "Ann Poe, Mayor" is a signature; so few capitalised words are as likely a name


@dataclass(frozen=True, slots=True)
class Named:
    """One place of a name. `words`: its words without titles, lower case. `canonical`: the longest form of this name in the text."""

    start: int
    end: int
    words: tuple[str, ...]
    canonical: str
    reason: str
    confidence: int


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of one text in order, for looking up who a phrase means."""

    names: tuple[Named, ...]
    starts: tuple[int, ...]
    bodies: frozenset[str] = frozenset()
    """Names in full that the text shows to be bodies by "the" before them; see `_shown_bodies`."""

    def inside(self, start: int, end: int) -> list[Named]:
        """The names that begin within the stretch."""
        low = bisect_right(self.starts, start - 1)
        high = bisect_right(self.starts, end - 1)
        return list(self.names[low:high])

    def last_person_before(self, position: int, n_back: int = 6) -> Named | None:
        """The last name before the position that may be a person's."""
        at = bisect_right(self.starts, position - 1)
        for named in reversed(self.names[max(0, at - n_back) : at]):
            if self.may_be_person(named.canonical):
                return named
        return None

    def may_be_person(self, canonical: str) -> bool:
        """Whether a name may be a person's: neither its words nor this text say otherwise."""
        return canonical not in self.bodies and may_be_person(canonical)

    def is_body(self, canonical: str) -> bool:
        """Whether a name is a body's."""
        return canonical in self.bodies or any(word.lower() in BODY_WORDS for word in canonical.split())


def may_be_person(canonical: str) -> bool:
    """Whether a name may be a person's: no word of a body in it, and no acronym."""
    words = canonical.split()
    return not any(word.lower() in BODY_WORDS or word.lower() in ("of", "the", "for") for word in words) and not (
        len(words) == 1 and canonical.isupper() and len(canonical) > 1
    )


def find_names(page: Page) -> NameIndex:
    """Every name of the text, joined within the text. Linear in tokens."""
    spans = _name_spans(page)
    long_forms: dict[tuple[str, ...], str] = {}
    surnames: dict[str, set[tuple[str, ...]]] = {}
    acronyms: dict[str, tuple[str, ...]] = {}
    bodies: dict[str, set[tuple[str, ...]]] = {}
    shown = _shown_bodies(page, spans)
    for start, end, words in spans:
        if len(words) > 1:
            long_forms.setdefault(words, " ".join(page.words[t].strip(".") for t in range(start, end) if page.words[t][0].isalnum()))
            if words[-1] in BODY_WORDS or words in shown:
                bodies.setdefault(words[-1], set()).add(words)
            if words not in shown and not any(word in BODY_WORDS for word in words):
                surnames.setdefault(words[-1], set()).add(words)
            following = end
            if following + 2 < len(page.words) and page.words[following] == "(" and page.words[following + 2] == ")":
                acronym = page.words[following + 1]
                if acronym.isupper() and 2 <= len(acronym) <= 8 and _is_acronym_of(acronym.lower(), words):
                    acronyms.setdefault(acronym.lower(), words)
    found: list[Named] = []
    for start, end, words in spans:
        surface = " ".join(page.words[t] for t in range(start, end) if page.words[t][0].isalnum())
        surface = surface.removesuffix("'s").removesuffix("’s")
        canonical, reason, confidence = surface, "as it stands", 8000
        if len(words) > 1:
            canonical = long_forms[words].removesuffix("'s").removesuffix("’s")
            if words in shown:
                reason = A_BODY
        elif words[0] in acronyms:
            canonical = long_forms[acronyms[words[0]]]
            reason, confidence = f"“{surface}” stands in brackets after “{canonical}” in this text", 9500
        elif words[0] in bodies and len(bodies[words[0]]) == 1:
            canonical = long_forms[next(iter(bodies[words[0]]))].removesuffix("'s").removesuffix("’s")
            reason, confidence = f"“{surface}” is the last word of “{canonical}”, the only body of that kind in this text", 7500
        elif len(owners := surnames.get(words[0], set())) == 1:
            canonical = long_forms[next(iter(owners))].removesuffix("'s").removesuffix("’s")
            reason, confidence = f"“{surface}” is the last word of “{canonical}”, the only full name with it in this text", 8500
        last = end - 1
        stop = page.ends[last]
        for possessive in ("'s", "’s"):
            if page.words[last].endswith(possessive):
                stop -= 2
        found.append(Named(page.starts[start], stop, words, canonical, reason, confidence))
    in_full = frozenset(long_forms[words].removesuffix("'s").removesuffix("’s") for words in shown)
    return NameIndex(tuple(found), tuple(named.start for named in found), in_full)


def _shown_bodies(page: Page, spans: list[tuple[int, int, tuple[str, ...]]]) -> frozenset[tuple[str, ...]]:
    """Names of two words or more that state something with "the" before them, as no person does: "the Tarrow Beacon said".

    Where the last word also stands alone without "the", it may be a surname: "the Republican Ann Poe said", "Poe said".
    """
    if page.language not in ("en", None):
        return frozenset()
    cues = lexicon.cues("en")
    lower, n_tokens = page.lower, len(page.words)
    alone: set[str] = set()
    found: set[tuple[str, ...]] = set()
    for start, end, words in spans:
        has_article = start > 0 and lower[start - 1] == "the"
        if len(words) == 1:
            if not has_article:
                alone.add(words[0])
            continue
        cue = cues.get(lower[end]) if end < n_tokens else None
        before = lower[start - 2] if start > 1 else ""
        states = (cue is not None and cue.act == "say" and cue.form == "finite") or before in ("told", "tells", "to")
        states = states and not (before == "to" and (start < 3 or lower[start - 3] != "according"))
        is_whole = cue is not None or end >= n_tokens or not lower[end][0].isalnum() or lower[end] in _MAY_FOLLOW
        if has_article and states and is_whole:
            found.add(words)
    return frozenset(words for words in found if words[-1] not in alone)


def _is_acronym_of(acronym: str, words: tuple[str, ...]) -> bool:
    initials = "".join(word[0] for word in words if word not in _JOINERS)
    every = "".join(word[0] for word in words)
    return acronym in (initials, every) or (len(acronym) > 2 and initials.startswith(acronym[:2]) and acronym[-1] in every)


def _name_spans(page: Page) -> list[tuple[int, int, tuple[str, ...]]]:
    """Token ranges of names without titles, with their words."""
    words, lower = page.words, page.lower
    n_tokens = len(words)
    # At the beginning of a sentence a word is a name only if it stands capitalised inside one too, and nowhere in lower case.
    opens_unit = bytearray(n_tokens + 1)
    for first, _ in page.units:
        opens_unit[first] = 1
        if first + 1 < n_tokens and not words[first][0].isalnum():
            opens_unit[first + 1] = 1
    inner_capitals: set[str] = set()
    in_heading = _title_tokens(page)
    lower_words: set[str] = set()
    for token, word in enumerate(words):
        if word[0].islower():
            lower_words.add(word)
        elif (
            word[0].isupper()
            and not opens_unit[token]
            and not in_heading[token]
            and not (token and not words[token - 1][0].isalnum() and words[token - 1] not in ",(")
        ):
            inner_capitals.add(lower[token])
    # Last words of longer sequences: the only single words that are names in German, where all nouns are capitalised.
    last_words = {
        lower[t]
        for t in range(1, n_tokens)
        if page.language == "de" and words[t][0].isupper() and words[t - 1][0].isupper() and not opens_unit[t - 1]
    }
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    at = 0
    while at < n_tokens:
        word = words[at]
        if not word[0].isupper() or len(word) > 40:
            at += 1
            continue
        end = _name_end(page, at)
        start = at
        while (
            start < end
            and (
                lower[start] in _NOT_NAMES
                or CONTRACTED.match(lower[start])
                or (opens_unit[start] and _is_opening_verb(page, start, end))
                or lower[start] in TITLES
                or not words[start][0].isalnum()
            )
            and not (lower[start] in ("new", "north", "south", "east", "west") and end - start > 1)
            and not (lower[start] in lexicon.TIME_WORDS and end - start > 1 and opens_name(words, start, bool(opens_unit[start])))
        ):
            start += 1
        for inner in range(end - 2, start, -1):
            # "Norland President Ann Poe" is Ann Poe; "President of Norland" stays.
            if lower[inner] in TITLES and words[inner + 1][0].isupper() and (end - inner > 2 or lower[inner] not in _ALSO_NAMES):
                start = inner + 1
                break
        while end > start and (
            not words[end - 1][0].isalnum()
            or lower[end - 1] in _JOINERS
            or (lower[end - 1] in lexicon.TIME_WORDS and not (end - start > 1 and closes_name(words, end - 1)))
        ):
            end -= 1
        at = max(end, at + 1)
        if start >= end:
            continue
        plain = tuple(key(word.removesuffix("'s").removesuffix("’s")) for word in words[start:end] if word[0].isalnum())
        plain = tuple(word for word in plain if word)
        if not plain:
            continue
        is_initial = bool(opens_unit[start]) or (start > 0 and not words[start - 1][0].isalnum() and words[start - 1] not in ",(")
        if len(plain) == 1:
            bare = lower[start].removesuffix("'s").removesuffix("’s")
            if (is_initial and (bare not in inner_capitals or bare in lower_words)) or bare in _NOT_NAMES or len(bare) < 2:
                continue
            if words[start] != page.text[page.starts[start] : page.ends[start]]:
                continue  # in a text of capitals only
            if page.language == "de" and not words[start].isupper() and bare not in last_words:
                continue  # every German noun has a capital
        if in_heading[start] and not all(word in inner_capitals for word in plain):
            continue  # a heading in Title Case or capitals gives no name that the text below it does not give
        spans.append((start, end, plain))
    return spans


def _is_opening_verb(page: Page, start: int, end: int) -> bool:
    """Whether a name would begin with a verb or participle that opens its sentence: "Saying", "Asked"."""
    word = page.lower[start]
    return end - start > 1 and (word in lexicon.cues("en") or word in lexicon.COMMON_VERBS) and page.language == "en"


def _title_tokens(page: Page) -> bytearray:
    """For each token 1 if its sentence is in Title Case or in capitals: a heading, whose capitals say nothing of names."""
    found = bytearray(len(page.words) + 1)
    if page.language == "de":
        return found
    for first, end in page.units:
        if end - first > MAX_HEADING_TOKENS or page.words[end - 1] in (".", "!", "?", "”", '"', ",", ";"):
            continue
        large = [t for t in range(first, end) if page.words[t][0].isalpha() and page.lower[t] not in lexicon.SMALL_WORDS]
        if len(large) >= MIN_HEADING_WORDS and all(page.text[page.starts[t]].isupper() for t in large):
            found[first:end] = b"\x01" * (end - first)
    return found


def _name_end(page: Page, first: int) -> int:
    words, lower = page.words, page.lower
    at = first + 1
    limit = min(len(words), first + MAX_NAME_TOKENS)
    pair = page.pair_of[first]
    while at < limit and page.pair_of[at] == pair:
        word = words[at]
        if "\n" in page.text[page.ends[at - 1] : page.starts[at]]:
            break
        if words[at - 1].endswith(("'s", "’s")):
            break
        if word[0].isupper():
            if lower[at] in lexicon.DETERMINERS and lower[at] != "the":
                break
            at += 1
        elif word == "." and (len(words[at - 1]) == 1 or lower[at - 1] in TITLES or lower[at - 1] in ("st", "jr", "sr")):
            if at + 1 < limit and words[at + 1][0].isupper():
                at += 1
            else:
                break
        elif (
            (lower[at] in _PARTICLES and at + 1 < limit and words[at + 1][0].isupper())
            or (lower[at] in ("of", "for", "&") and at + 1 < limit and _goes_on(page, at, first))
            or (lower[at] == "the" and words[at - 1] in ("of", "for") and at + 1 < limit and words[at + 1][0].isupper())
            or (
                lower[at] == "and"
                and at + 1 < limit
                and words[at + 1][0].isupper()
                and any(lower[t] in BODY_WORDS for t in range(first, at))
                and (lower[at - 1] not in BODY_WORDS)
            )
        ):
            at += 1
        else:
            break
    return at


def _goes_on(page: Page, at: int, first: int) -> bool:
    """Whether "of" belongs to the name: Bank of Norland, Ministry for the Sea; not: Ann Poe of Norland."""
    following = page.words[at + 1]
    if page.lower[at] == "&":
        return following[0].isupper()
    is_capital = following[0].isupper() or (page.lower[at + 1] == "the" and at + 2 < len(page.words) and page.words[at + 2][0].isupper())
    return is_capital and any(page.lower[t] in BODY_WORDS for t in range(first, at))
