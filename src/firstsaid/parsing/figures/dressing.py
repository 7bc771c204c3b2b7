"""A number dressed: its modifier, unit, kind, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from firstsaid.parsing.figures import modifiers
from firstsaid.parsing.figures.lexicon import Lexicon
from firstsaid.parsing.figures.numbers import Amount, digits_at
from firstsaid.parsing.figures.roles import PEOPLE, STOPPERS, Counted, noun_after, role_of, singular
from firstsaid.parsing.figures.spelled import words_at
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.unit_words import HAN_PEOPLE
from firstsaid.parsing.figures.units import unit_after


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BETWEEN = _words("between zwischen entre")
FROM = _words("from von de des desde")
RISE_OR_FALL = _words(
    "rose rise rises risen rising fell fall falls fallen falling increased increase increases increasing decreased decrease "
    "decreases decreasing grew grow "
    "grows grown growing dropped drop drops dropping declined decline declines declining jumped jump jumps jumping climbed "
    "climb climbs climbing gained gain gains gaining lost "
    "dipped dip dips rebounded halved soared surged surge plunged plunge slumped slid slipped slip tumbled shrank shrink shrunk "
    "advanced up down added "
    "raised raise raising cut cuts "
    "cutting reduced reduce reducing lowered expanded contracted edged ticked plummeted sank swelled boosted boost boosting "
    "lifted improved widened narrowed "
    "retreated receded deepened lengthened shortened reculé progressé chuté grimpé reculó creció redujo "
    "change changed stieg stiegen sank sanken wuchs gestiegen gesunken augmenté baissé hausse baisse aumentó subió cayó bajó"
)
_CHANGE_NOUNS = _words(
    "increase increases rise rises decrease decreases decline declines drop drops fall falls jump gain gains growth cut "
    "cuts reduction surge slump hike plunge "
    "raise boost dip dips uptick rebound higher lower cheaper faster slower larger smaller increase more fewer less longer shorter"
)
AFTER_RATIO = _words(
    "as more higher greater larger bigger faster less lower the that its what their his smaller longer stronger likelier "
    "likely worse better"
)
_SPELLS = _words("games matches seasons laps rounds stages holes episodes visits meetings sessions innings trips elections")
_BEFORE_OVER = _words(
    "for lasted lasting last lasts took takes taken take after spent waited of in is was were are be been well just served at than by "
    "within "
    "jailed from since"
)  # before "over five days" where it says longer than, not during
_LEVELS = _words("past above below beyond under")
_PER = _words("per")
_PER_ELSEWHERE = _words("pro por je")
_COUNT_PEOPLE_ROLES = _words("dead wounded missing arrested displaced infected rescued")
_AGE_WORDS = _words("aged age ages")
_PLAIN_HYPHENS = _words("- ‑ –")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in tokens. `change_low`, ... are none: a change's two ends are its bounds. Bounds None = open."""

    first: int
    next: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    kind: str
    modifier: str
    counted: Counted | None = None
    confidence: int = 9000
    low_text: str | None = None
    high_text: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Token bounds of the sentence around a number."""

    start: int
    end: int


def dress(
    t: Tokens, amount: Amount, first: int, following: int, currency: str | None, sentence: Sentence, lex: Lexicon,
    *, is_change: bool = False, is_range: bool = False,
) -> Found:  # fmt: skip
    """Adds unit, modifier, kind and what is counted to the bare bounds."""
    low: Decimal | None = amount.low
    high: Decimal | None = amount.high
    end = following
    is_hyphenated = t.word(end) in _PLAIN_HYPHENS and t.is_glued(end) and t.is_glued(end + 1) and t.kind(end + 1) == "w"
    unit = unit_after(t, end + 1 if is_hyphenated else end)
    late = None
    if is_hyphenated and t.word(end + 1) in ("plus", "odd", "ish"):
        is_hyphenated = False  # "1,000-plus people"
    if unit is None and not is_hyphenated:
        late = modifiers.after(t, end)
        if late is not None:
            unit = unit_after(t, late[1])
            end = late[1]
    if unit is None and currency is None and t.word(end) in lex.of and t.word(end) == "of":
        unit = unit_after(t, end + 1) if amount.is_vague or amount.in_words else None
    kind, name = "count", None
    if currency is not None:
        kind, name = "money", currency
        if unit is not None and unit.kind == "money":
            end = unit.next
    elif unit is not None:
        kind, name, end = unit.kind, unit.name, unit.next
    elif amount.is_share:
        kind = "ratio"
    lead = modifiers.before(t, first)
    modifier = "exact"
    start = first
    if lead is not None:
        modifier, start = lead
    elif amount.is_vague or is_range:
        modifier = "range"
    if amount.about and modifier == "exact":
        modifier = "about"
    if late is None:
        late = modifiers.after(t, end)
        if late is not None:
            end = late[1]
        elif t.word(end) in HAN_PEOPLE:
            late = modifiers.after(t, end + 1)  # 100人以上
    if late is not None and modifier == "exact":
        modifier = late[0]
    is_spell = kind == "duration" or (kind == "count" and t.word(end) in _SPELLS)
    if is_spell and t.word(start) == "over" and start < first and t.word(start - 1) not in _BEFORE_OVER:
        modifier, start = "exact", first  # "eleven witnesses over five days"
    if start > 0 and t.word(start - 1) in (FROM | BETWEEN) and is_range:
        start -= 1
    if kind == "duration":
        kind, end = _age(t, kind, end)
    elif (
        (
            kind == "count"
            and name is None
            and t.word(start - 1) in _AGE_WORDS | {"of"}
            and (t.word(start - 1) != "of" or t.word(start - 2) == "age")
        )
        or (kind == "count" and name is None and amount.is_bare and _is_listed_age(t, start))
        or (kind == "count" and name is None and amount.is_bare and _is_limit_of_age(t, start, first, end, amount))
        or (kind == "count" and name is None and amount.is_bare and _is_apposed_age(t, first, following, amount))
    ):
        kind, name = "age", "year"
    found = Found(start, end, low, high, name, kind, modifier)
    found = _rate(t, found, lex, sentence)
    found = _ratio(t, found, amount)
    found = _counted(t, found, amount, is_hyphenated and unit is None, following, sentence)
    if is_change or _is_change(t, found, start, sentence):
        found = replace(found, kind="change", modifier="range" if is_change and modifier == "exact" else found.modifier)
    return open_ends(found, keeps_range=is_range)


def _age(t: Tokens, kind: str, end: int) -> tuple[str, int]:
    """Reads "15 years old", "15-year-old", "years of age" as ages."""
    skip = end + 1 if t.word(end) == "-" else end
    if t.word(skip) in ("old", "olds"):
        return "age", skip + 1
    if t.word(end) == "of" and t.word(end + 1) == "age":
        return "age", end + 2
    if t.word(end) == "alt":
        return "age", end + 1
    return kind, end


def _is_listed_age(t: Tokens, start: int) -> bool:
    """Whether the number goes on a list of ages: "aged 19, 21 and 23"."""
    at = start - 1
    while at > max(0, start - 12) and (t.word(at) in (",", "and", "or", "between", "&") or t.kind(at) == "n") and at < start:
        at -= 1
    return at < start - 2 and t.word(at) in _AGE_WORDS and t.kind(at + 1) == "n"


def _is_limit_of_age(t: Tokens, start: int, first: int, end: int, amount: Amount) -> bool:
    """Whether the person before it makes the number an age: "children under 5", "my grandmother, 93,", "lived to be 101"."""
    if not 0 < amount.low < _OLDEST or (t.kind(end) == "w" and t.word(end) not in STOPPERS and t.word(end) not in _AFTER_AN_AGE):
        return False
    before = t.word(start - 1)
    if start < first and t.word(first - 1) in ("under", "over", "below", "above"):
        return before in PEOPLE or before in _KIN or before in ("those", "anyone", "everyone", "anybody", "everybody", "nobody", "one")
    if start == first and before == "," and t.word(end) in (",", "."):
        return t.word(start - 2) in _KIN
    return tuple(t.lower[max(0, start - 3) : start]) in (("lived", "to", "be"), ("live", "to", "be")) or (
        before == "turned" and t.kind(end) != "w"
    )


_OLDEST = 116
_AFTER_AN_AGE = _words("travel pay pays wait waited can may must should get gets need needs receive live work enter vote drink drive use")
_KIN = _words(
    "mother father grandmother grandfather son daughter wife husband widow widower brother sister uncle aunt nephew niece cousin "
    "grandson granddaughter stepfather stepmother neighbour neighbor pensioner teenager retiree partner girlfriend boyfriend boy girl "
    "man woman student driver teacher nurse soldier victim suspect"
)


def _is_apposed_age(t: Tokens, first: int, following: int, amount: Amount) -> bool:
    return (
        t.word(first - 1) == "," and t.word(following) in (",", ".", ";") and t.kind(first - 2) == "w"
        and t.is_capitalised(first - 2) and t.is_capitalised(first - 3) and 0 < amount.low < 116
    )  # fmt: skip


def _rate(t: Tokens, found: Found, lex: Lexicon, sentence: Sentence) -> Found:
    """Reads "12 per 100,000", "12 cases for every 1,000 people" as rates."""
    if found.kind not in ("count", "money"):
        return found
    for at in range(found.next, min(found.next + 5, sentence.end)):
        word = t.lower[at]
        if t.kinds[at] == "s" and word != "-":
            return found
        base_at = (
            at + 1
            if word in _PER or (lex.comma and word in _PER_ELSEWHERE)
            else at + 2
            if word == "for" and t.word(at + 1) in ("every", "each")
            else 0
        )
        if not base_at:
            continue
        base = digits_at(t, base_at, lex, is_money=False) if t.kind(base_at) == "n" else words_at(t, base_at, lex)
        if base is None or base.low < 10 or base.low != base.high:
            return found
        counted = noun_after(t, found.next, at, plural=True)
        return replace(found, kind="rate", unit=f"per {int(base.low)}", next=base.next, counted=counted)
    return found


def _ratio(t: Tokens, found: Found, amount: Amount) -> Found:
    if found.kind != "count" or found.low is None:
        return found
    at = found.next
    if t.word(at) in ("times", "time", "fold", "mal", "fois", "veces", "x", "×") or (t.word(at) == "-" and t.word(at + 1) == "fold"):
        is_fold = t.word(at) in ("fold", "x", "×", "-")
        is_fraction = found.low != found.low.to_integral_value()
        if is_fold or is_fraction or t.word(at + 1) in AFTER_RATIO:
            return replace(found, kind="ratio", next=at + 2 if t.word(at) == "-" else at + 1, unit=None)
    return found


def _counted(t: Tokens, found: Found, amount: Amount, is_hyphenated: bool, following: int, sentence: Sentence) -> Found:
    if found.kind in ("ratio", "percent", "money", "rate", "measure", "age", "duration"):
        if found.counted is not None:
            return found
        takes_noun = t.word(found.next) in ("of", "in", "worth") or (found.kind == "percent" and t.word(found.next) == "of")
        if found.kind == "money" and t.word(found.next) in ("in", "worth", "of"):
            at = found.next + 2 if t.word(found.next) == "worth" and t.word(found.next + 1) == "of" else found.next + 1
            return replace(found, counted=noun_after(t, at, sentence.end, plural=False))
        if found.kind in ("percent", "ratio", "measure") and takes_noun and t.word(found.next) == "of":
            return replace(found, counted=noun_after(t, found.next, sentence.end, plural=True))
        if found.kind == "ratio" and amount.is_share and t.kind(found.next) == "w" and not t.is_capitalised(found.next):
            return replace(found, counted=noun_after(t, found.next, sentence.end, plural=True))
        if found.kind == "percent" and t.word(found.next) in ("more", "fewer", "less") and t.word(found.next + 1) != "than":
            return replace(found, counted=noun_after(t, found.next + 1, sentence.end, plural=True))
        is_attributive = t.word(following) == "-" or (
            found.kind in ("money", "percent", "age") and t.word(found.next) not in ("to", "from")
        )
        if is_attributive and t.kind(found.next) == "w" and not t.is_capitalised(found.next):
            return replace(found, counted=noun_after(t, found.next, sentence.end, plural=False))
        return found
    if found.kind != "count":
        return found
    if is_hyphenated:
        noun_at = following + 1
        counted = Counted(noun_at, noun_at + 1, noun_after_hyphen(t, noun_at))
        return replace(found, next=noun_at + 1, counted=counted, unit=_unit_of(counted.lemma))
    if t.word(found.next) in HAN_PEOPLE:
        return replace(found, unit="person", counted=_han_role(t, found))
    many = found.high is None or found.high != 1
    noun = noun_after(t, found.next, sentence.end, plural=many)
    role = role_of(t, found.first, found.next, sentence.end, sentence.start, noun)
    counted_role = role or noun
    if counted_role is None:
        return replace(found, confidence=6000)
    is_person = counted_role.lemma in _COUNT_PEOPLE_ROLES or (noun is not None and t.word(noun.next - 1) in PEOPLE)
    is_one = amount.in_words and found.low == 1 and found.high == 1
    return replace(
        found, counted=counted_role, unit="person" if is_person else counted_role.lemma, confidence=4000 if is_one else found.confidence
    )


def _han_role(t: Tokens, found: Found) -> Counted:
    """What happened to so many 人: by the words around, "person" where none says."""
    start, end = t.starts[found.first], t.ends[found.next]
    around = t.text[end : end + 8].split("、")[0].split("，")[0], t.text[max(0, start - 4) : start]
    for window in around:
        for role, signs in _HAN_ROLES.items():
            if any(sign in window for sign in signs):
                return Counted(found.next, found.next + 1, role)
    return Counted(found.next, found.next + 1, "person")


_HAN_ROLES = {
    "dead": ("死亡", "死者", "遇难", "遇難", "丧生", "死"), "wounded": ("受伤", "负伤", "負傷", "けが", "受傷", "伤"),
    "missing": ("失踪", "行方不明", "失蹤"), "displaced": ("避難", "疏散"), "arrested": ("逮捕", "被捕"),
}  # fmt: skip


def noun_after_hyphen(t: Tokens, at: int) -> str:
    """The lemma of the noun in "eight-million-member"."""
    return singular(t.word(at))


def _unit_of(lemma: str) -> str:
    return "person" if lemma in PEOPLE or lemma == "person" else lemma


def _is_change(t: Tokens, found: Found, start: int, sentence: Sentence) -> bool:
    """Whether the text says a change: "up 60 %", "rose by 5", "an increase of 40", "a 5 % rise"."""
    if found.kind in ("date", "ordinal", "age", "ratio", "rate"):
        return False
    if t.word(start - 1) in ("un", "el") and t.word(start - 2) in RISE_OR_FALL:
        start -= 1  # "bajó un 2,3 %"
    before = t.word(start - 1)
    if before == "de" and t.word(start - 2) in RISE_OR_FALL:
        return True  # "a reculé de 0,4 point"
    if before in ("by", "um", "of") and start - 1 > sentence.start:
        window = range(start - 2, max(sentence.start - 1, start - (9 if before != "of" else 3)), -1)
        words = [t.lower[at] for at in window]
        if before == "of":
            return any(word in _CHANGE_NOUNS for word in words)
        return any(word in RISE_OR_FALL for word in words)
    if before in RISE_OR_FALL and t.word(start) in _LEVELS:
        return False  # "climbed past 300" says where to
    if before in RISE_OR_FALL:
        if before in ("lost", "added", "cut", "raised", "raise", "gained", "boost", "reduce", "drop", "fall", "gain"):
            return found.kind == "percent"
        if before in ("up", "down"):
            return t.word(start - 2) not in (
                "made",
                "make",
                "makes",
                "set",
                "sets",
                "ended",
                "picked",
                "rounded",
                "broke",
                "shut",
                "gave",
                "give",
                "put",
                "took",
                "take",
                "turned",
            )
        return found.kind != "duration"
    if found.kind == "percent" and t.word(found.next) in ("down", "up") and t.kind(found.next + 1) != "n":
        return True  # "closed 4.2 % down"
    if found.kind in ("percent", "money"):
        for at in range(found.next, min(found.next + 3, sentence.end)):
            if t.lower[at] in _CHANGE_NOUNS:
                return True
            if t.kinds[at] != "w" or t.lower[at] in ("of", "to", "in", "from", "on", "at", "and"):
                return False
    return False


def open_ends(found: Found, *, keeps_range: bool) -> Found:
    """Open ends by modifier; the ends of a stated range stay, whatever stands before it."""
    if keeps_range:
        return found if found.modifier not in ("exact",) else replace(found, modifier="range")
    if found.modifier in ("more_than", "at_least"):
        return replace(found, high=None)
    if found.modifier in ("less_than", "at_most", "almost"):
        return replace(found, low=None)
    return found
