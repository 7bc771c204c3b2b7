"""Which names of one text are one: the long form, its surname, its acronym, its titles."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.name_spans import BODY_WORDS, PARTICLES, NameSpan, name_spans
from firstsaid.parsing.naming.name_uses import without_other_uses
from firstsaid.parsing.structure import Page
from firstsaid.parsing.who.pronouns import pronouns_shown

A_BODY = "it states something with “the” before it: a body"
A_PERSON = "a title or a form of address stands before it: a person"
AS_IT_STANDS = "as it stands"
IN_BRACKETS = "stands in brackets after"
IS_SURNAME = "the only full name"
_MAY_FOLLOW = lexicon.SMALL_CLASSES | lexicon.TIME_WORDS
_JOINERS = lexicon.word_set("of for and & the on de des du del della der für und y e et")
PLACE_OPENERS = lexicon.word_set(
    "north south east west northern southern eastern western central upper lower new great san santa saint st mount mt lake fort port los"
)
"""Words that open the names of places, and with them of no person: "South Norland", "Fort Harrow"."""
_NO_ADDRESS = lexicon.word_set(
    "former deputy vice acting interim whip leader official chief director officer senators representatives ministers presidents secretary"
)
"""Titles that also stand before what is no person: "the former Norland", "deputy Harbour Board"."""
_MALE = lexicon.word_set("mr sir lord king prince father brother herr monsieur señor don")
_FEMALE = lexicon.word_set("mrs ms miss dame lady queen princess sister frau madame mme mlle señora doña")
"""Forms of address by the pronoun that follows them in a text; all that this program knows or keeps of it."""
_IN = lexicon.word_set("in at near across throughout")
MAX_PERSON_WORDS = 5
MIN_PLACE_TIMES = 6  # one mention in so many after "in" or "at" is more than a person ever has
DOMINANT_TIMES = 4  # "the Board" means the body that is named so much oftener than all others of its sort together
MAX_ACRONYM_CHARS = 8
MAX_ACRONYM_TOKENS = 5  # (also known as the "NRA")
_NOT_PERSONAL = lexicon.word_set("agreement act treaty award prize cup league war week street road river island islands city county")


@dataclass(frozen=True, slots=True)
class Named:
    """One place of a name. `words`: its words without titles, lower case. `canonical`: the longest form of this name in the text."""

    start: int
    end: int
    words: tuple[str, ...]
    surface: str
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
    persons: frozenset[str] = frozenset()
    """Names in full that the text shows to be persons: by a title, or by the surname that follows alone."""
    places: frozenset[str] = frozenset()
    """Names that stand after "in", "at" or "near", and are shown to be no person."""
    addressed: Mapping[str, str] = field(default_factory=dict)
    """For names in full the pronoun, "he" or "she", that a form of address asks for or that the text uses for them."""
    known: frozenset[str] = field(default_factory=frozenset)
    """Every canonical form."""

    def inside(self, start: int, end: int) -> list[Named]:
        """The names that begin within the stretch."""
        low = bisect_right(self.starts, start - 1)
        high = bisect_right(self.starts, end - 1)
        return list(self.names[low:high])

    def before(self, position: int, n_back: int) -> list[Named]:
        """The last `n_back` names before the position, the nearest first."""
        at = bisect_right(self.starts, position - 1)
        return list(reversed(self.names[max(0, at - n_back) : at]))

    def may_be_person(self, canonical: str) -> bool:
        """Whether a name may be a person's: neither its words nor this text say otherwise."""
        if canonical in self.persons:
            return True
        return canonical not in self.bodies and canonical not in self.places and may_be_person(canonical)

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
    spans = without_other_uses(page, name_spans(page))
    forms = _Forms(page, spans)
    found = [_named(page, span, forms) for span in spans]
    in_full = frozenset(forms.in_full[words] for words in forms.shown)
    persons = frozenset(named.canonical for named in found if named.reason == A_PERSON or IS_SURNAME in named.reason)
    places = frozenset(forms.places) - persons
    known = frozenset(named.canonical for named in found)
    addressed: dict[str, str] = {}
    for span, named in zip(spans, found, strict=True):
        if span.title in _MALE | _FEMALE:
            addressed.setdefault(named.canonical, "he" if span.title in _MALE else "she")
    may_be = frozenset(name for name in known - in_full - places if may_be_person(name)) | persons
    addressed = pronouns_shown(page, found, may_be) | addressed
    return NameIndex(tuple(found), tuple(named.start for named in found), in_full, persons, places, addressed, known)


class _Forms:
    """What the names of one text say of each other, counted once."""

    def __init__(self, page: Page, spans: list[NameSpan]) -> None:
        self.in_full: dict[tuple[str, ...], str] = {}
        self.shown = _shown_bodies(page, spans)
        self.n_of: Counter[tuple[str, ...]] = Counter(span.words for span in spans)
        self.with_article: Counter[tuple[str, ...]] = Counter()
        self.with_in: Counter[tuple[str, ...]] = Counter()
        self.titled: set[tuple[str, ...]] = set()
        self.addressed: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.first_at: dict[tuple[str, ...], int] = {}
        self.places_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for span in spans:
            before = page.lower[span.first - 1] if span.first else ""
            self.with_article[span.words] += before in ("the", "a", "an")
            self.with_in[span.words] += before in _IN and page.words[span.last - 1][-2:-1] not in "'’"  # "in Poe's words"
            self.places_of[span.words].append(span.first)
            self.first_at.setdefault(span.words, span.first)
            if span.title and span.title not in _NO_ADDRESS:
                self.titled.add(span.words)
                self.addressed[span.words].update({span.title} & (_MALE | _FEMALE))
            if len(span.words) > 1:
                self.in_full.setdefault(span.words, span.surface)
        self.places = {span.surface for span in spans if 2 * self.with_in[span.words] >= self.n_of[span.words]}
        self.acronyms = _acronyms(page, spans, self.in_full)
        self.longer = _with_initials(self.in_full)
        self.surnames: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.tails = _tails(self.in_full)
        self.bodies: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for words in self.in_full:
            if words[-1] in BODY_WORDS or words in self.shown:
                self.bodies[words[-1]].add(words)
            elif words[0] in BODY_WORDS and words[1] in ("of", "for", "on"):
                self.bodies[words[0]].add(words)
            if self._may_have_surname(words):
                self.surnames[words[-1]].add(self.longer.get(words, words))

    def body_of(self, word: str) -> tuple[str, ...] | None:
        """The body that a generic word alone means: the only one with it, or one that outnumbers all others."""
        found = self.bodies.get(word)
        if not found:
            return None
        best = max(found, key=lambda words: (self.n_of[words], words))
        n_others = sum(self.n_of[words] for words in found) - self.n_of[best]
        return best if self.n_of[best] >= DOMINANT_TIMES * n_others else None

    def owners(self, span: NameSpan) -> set[tuple[str, ...]]:
        """The full names that a surname may stand for; of several, those that the same form of address fits ("Mrs Poe")."""
        found = self.surnames.get(span.words[0], set())
        for forms_of_address in (_MALE, _FEMALE):
            if len(found) > 1 and span.title in forms_of_address:
                found = {words for words in found if self.addressed[words] & forms_of_address} or found
        return found

    def _may_have_surname(self, words: tuple[str, ...]) -> bool:
        """Whether a name of several words may be a person's, whose last word then stands for it."""
        if words in self.shown or len(words) > MAX_PERSON_WORDS or words[0] in PLACE_OPENERS or words[-1] in _NOT_PERSONAL:
            return False
        if any(word in BODY_WORDS or word[0].isdigit() for word in words):
            return False
        if words in self.titled or (words[-1],) in self.titled:
            return True
        given, surname = self.in_full[words].split()[0], self.in_full[words].split()[-1]
        if len(given) > 1 and given.isupper() and not surname.isupper():
            return False  # "SOMA Treasury"
        if len(surname) > 1 and surname.isupper() and not given.isupper():
            return False  # "Real GDP"
        if 2 * self.with_article[words] > self.n_of[words] or self.with_in[words[:-1]]:
            return False  # "the Red Lion"; "Norland Fed" of a text that says "in Norland"
        if self.n_of[words[:-1]] and words[0].endswith(("an", "ese", "ish")):
            return False  # "Norlandish Isles" of a text that says "Norlandish" too
        alone = (words[-1],)
        # Persons are introduced in full; what mostly stands alone before ("Norland", then "Greater Norland") is a name of its own.
        n_later = sum(at > self.first_at[words] for at in self.places_of.get(alone, ()))
        is_place = MIN_PLACE_TIMES * self.with_in[alone] > self.n_of[alone]
        return not is_place and 2 * n_later >= self.n_of[alone] and 2 * self.with_article[alone] <= self.n_of[alone]


def _named(page: Page, span: NameSpan, forms: _Forms) -> Named:
    words, surface = span.words, span.surface
    canonical, reason, confidence = (
        surface,
        A_PERSON if span.title and span.title not in _NO_ADDRESS and not surface.isupper() else AS_IT_STANDS,
        8000,
    )
    if len(words) > 1:
        canonical = forms.in_full[forms.longer.get(words, words)]
        if words in forms.shown:
            reason = A_BODY
        elif words in forms.tails:
            canonical = forms.in_full[forms.tails[words]]
            reason, confidence = f"“{surface}” ends “{canonical}”, {IS_SURNAME} with it in this text", 8500
        elif words in forms.longer:
            reason, confidence = f"“{surface}” is “{canonical}” without the initial, and nobody else in this text", 9000
    elif words[0] in forms.acronyms:
        canonical = forms.in_full[forms.acronyms[words[0]]]
        reason, confidence = f"“{surface}” {IN_BRACKETS} “{canonical}” in this text", 9500
    elif (owner := forms.body_of(words[0])) is not None and forms.first_at[owner] < span.first:
        canonical = forms.in_full[owner]
        which = "the only body of that kind" if len(forms.bodies[words[0]]) == 1 else "by far the commonest body of that kind"
        reason, confidence = f"“{surface}” is a word of “{canonical}”, {which} in this text", 7500
    elif len(owners := forms.owners(span)) == 1:
        canonical = forms.in_full[next(iter(owners))]
        reason, confidence = f"“{surface}” is the last word of “{canonical}”, {IS_SURNAME} with it in this text", 8500
    elif len(owners) > 1:
        several = ", ".join(sorted(forms.in_full[one] for one in owners)[:3])
        reason, confidence = f"kept apart: several names in this text end in “{surface}” ({several})", 6000
    return Named(page.starts[span.first], span.stop, words, surface, canonical, reason, confidence)


def _acronyms(page: Page, spans: list[NameSpan], in_full: dict[tuple[str, ...], str]) -> dict[str, tuple[str, ...]]:
    """Acronyms that stand in brackets after the name that they abbreviate, or before it: "the NRA (Northern Relief Agency)"."""
    found: dict[str, tuple[str, ...]] = {}
    n_tokens = len(page.words)
    for number, span in enumerate(spans):
        if len(span.words) > 1 and span.last < n_tokens and page.words[span.last] == "(":
            for token in range(span.last + 1, min(n_tokens, span.last + 1 + MAX_ACRONYM_TOKENS)):
                if page.words[token] == ")":
                    break
                acronym = page.words[token]
                if acronym.isupper() and 2 <= len(acronym) <= MAX_ACRONYM_CHARS and _is_acronym_of(acronym.lower(), span.words):
                    found.setdefault(acronym.lower(), span.words)
                    break
        elif len(span.words) == 1 and span.surface.isupper() and span.last < n_tokens and page.words[span.last] == "(":
            following = spans[number + 1] if number + 1 < len(spans) else None
            is_next = following is not None and following.first - span.last <= 2
            if following and is_next and following.words in in_full and _is_acronym_of(span.words[0], following.words):
                found.setdefault(span.words[0], following.words)
    return found


def _tails(in_full: dict[tuple[str, ...], str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Surnames of several words, with the one full name that ends in each: (van, der, berg) -> (lena, van, der, berg)."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for words in in_full:
        at = next((at for at, word in enumerate(words) if word in PARTICLES), 0)
        if 0 < at < len(words) - 1:
            found[words[at:]].add(words)
    return {tail: next(iter(owners)) for tail, owners in found.items() if len(owners) == 1}


def _with_initials(in_full: dict[tuple[str, ...], str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For a name without its middle initial the one name of the text that has it: (ann, poe) -> (ann, b, poe)."""
    by_ends: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for words in in_full:
        if len(words) == 3 and len(words[1]) == 1:
            by_ends[(words[0], words[2])].add(words)
    return {
        ends: next(iter(longer)) for ends, longer in by_ends.items() if len(longer) == 1 and ends in in_full
    }  # fmt: skip


def _shown_bodies(page: Page, spans: list[NameSpan]) -> frozenset[tuple[str, ...]]:
    """Names of two words or more that state something with "the" before them, as no person does: "the Tarrow Beacon said".

    Where the last word also stands alone without "the", it may be a surname: "the Republican Ann Poe said", "Poe said".
    """
    if page.language not in ("en", None):
        return frozenset()
    cues = lexicon.cues("en")
    lower, n_tokens = page.lower, len(page.words)
    alone: set[str] = set()
    found: set[tuple[str, ...]] = set()
    for span in spans:
        start, end, words = span.first, span.last, span.words
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
