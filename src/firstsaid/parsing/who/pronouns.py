"""Whom "he" and "she" mean in an essay: the person most spoken of before, not the last one named.

Each mention before the pronoun gives its name a weight by its place in the sentence, less the farther back it stands: the salience of
Lappin and Leass (1994), with a weight for the name named most, since essays speak of one person over many paragraphs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log2
from typing import Protocol

from firstsaid.parsing import lexicon
from firstsaid.parsing.structure import NO_PAIR, Page

HE_OR_SHE = {
    "he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "er": "he", "sie": "she", "il": "he", "elle": "she", "él": "he",
    "ella": "she", "ele": "he", "ela": "she", "lui": "he", "egli": "he", "lei": "she", "он": "he", "она": "she",
}  # fmt: skip
"""Pronouns by the English one that they stand for."""
SUBJECT, OWNER, OTHER = 3.0, 1.5, 1.0  # Lappin and Leass weigh subjects, heads and the rest 80 : 50 : 40; essays ask for more
FADING = 0.8  # a sentence farther back counts so much less
FOR_OFTEN = 1.0  # times the logarithm of how often it was named: without it "he" of a new paragraph is whoever was named in passing
FOR_LAST_SPEAKER = 1.5
UNSURE = 0.7  # a name that nothing shows to be a person's; "Business Architecture" is often named and never "he"
MAX_MENTIONS = 80  # looked through for one pronoun, so that long texts stay linear
NEAR_PERSON = 2  # sentences; a full name so near leaves titles of works and bodies of two words out of the running
MAX_OPENING = 6  # tokens of a sentence in which its subject begins


class Mention(Protocol):
    """One place of a name."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def canonical(self) -> str:
        """The name in full."""


def pronouns_shown(page: Page, mentions: Sequence[Mention], persons: frozenset[str]) -> dict[str, str]:
    """For names in full the pronoun that the text uses for them: "he" or "she", where it twice as often says the one as the other.

    Counted are sentences that name one person only and go on, or are followed at once, with a pronoun.
    """
    if page.language != "en":
        return {}
    by_unit: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.canonical in persons and page.pair_of[page.token_at(mention.start)] == NO_PAIR:
            by_unit[page.unit_at(mention.start)].append(mention)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, here in by_unit.items():
        if unit < 0 or len({mention.canonical for mention in here}) != 1:
            continue
        token, end = page.token_at(here[0].end - 1) + 1, page.units[unit][1]
        said = {HE_OR_SHE[page.lower[at]] for at in range(token, end) if page.lower[at] in _ENGLISH and page.pair_of[at] == NO_PAIR}
        if unit + 1 < len(page.units) and unit + 1 not in by_unit:
            opening = page.lower[page.units[unit + 1][0]]
            said |= {HE_OR_SHE[opening]} if opening in _ENGLISH else set()
        if len(said) == 1:
            votes[here[0].canonical][said.pop()] += 1
    return {
        name: pronoun
        for name, count in votes.items()
        for pronoun, other in (("he", "she"), ("she", "he"))
        if count[pronoun] >= 2 * count[other] and count[pronoun]
    }


_ENGLISH = frozenset(("he", "his", "him", "she", "her"))


def most_salient(page: Page, mentions: Sequence[Mention], persons: frozenset[str], position: int, previous: str | None) -> str | None:
    """The name that weighs most before the position.

    `mentions`: of whom the pronoun may mean, in order, before it. `persons`: names that the text shows to be persons.
    """
    unit = page.unit_at(position)
    placed: list[tuple[int, Mention]] = []
    for mention in mentions[-MAX_MENTIONS:]:
        if page.pair_of[page.token_at(mention.start)] == NO_PAIR:  # not named in another's words
            placed.append((max(0, page.unit_at(mention.start)), mention))
    persons = persons | _full_names(page, {mention.canonical for _, mention in placed})
    if any(mention.canonical in persons and unit - at <= NEAR_PERSON for at, mention in placed):
        placed = [(at, mention) for at, mention in placed if mention.canonical in persons or " " not in mention.canonical]
    times = Counter(mention.canonical for _, mention in placed)
    weights = {name: FOR_OFTEN * log2(1 + count) for name, count in times.items()}
    first_in: dict[int, str] = {}
    named_in: dict[int, set[str]] = defaultdict(set)
    for at, mention in placed:
        first_in.setdefault(at, mention.canonical)
        named_in[at].add(mention.canonical)
    for at, mention in placed:
        is_alone = unit - at <= 1 and len(named_in[at]) == 1
        role = _role(page, mention, page.units[at][0], first_in[at] == mention.canonical)
        weights[mention.canonical] += max(role, SUBJECT if is_alone else 0.0) * FADING ** max(0, unit - at)
    if previous in weights:
        weights[previous] += FOR_LAST_SPEAKER
    return max(weights, key=lambda name: weights[name] * (1.0 if name in persons else UNSURE), default=None)


def _full_names(page: Page, names: set[str]) -> set[str]:
    """Those of two or three words of which none stands small in the text: "Richard Veryard", not "Business Architecture"."""
    split = {name: name.split() for name in sorted(names)}
    asked = {word.lower() for words in split.values() for word in words}
    small = asked.intersection(word for word in page.words if word.islower())
    return {name for name, words in split.items() if 2 <= len(words) <= 3 and small.isdisjoint(word.lower() for word in words)}


def _role(page: Page, mention: Mention, first: int, is_first: bool) -> float:
    token = page.token_at(mention.start)
    before = page.lower[token - 1] if token > first else ""
    if page.text[mention.end : mention.end + 2] in ("'s", "’s") or page.text[mention.end - 2 : mention.end] in ("'s", "’s"):
        return OWNER
    return SUBJECT if is_first and token - first <= MAX_OPENING and before not in lexicon.PREPOSITIONS else OTHER
