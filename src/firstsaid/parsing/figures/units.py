"""What a number is measured in: currencies, percent, lengths, masses, times and the like, under one spelling each."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.unit_words import (
    CODE_NAMES,
    CODES,
    CURRENCY_WORDS,
    DURATIONS,
    DURATIONS_ABROAD,
    MEASURES,
    PERCENT,
    SIGN_PREFIXES,
    SIGNS,
    VAGUE_CURRENCIES,
)

_MASS_AFTER_POUNDS = frozenset(["of", "in", "heavier", "lighter"])
_LONGEST = 4  # one less than the tokens of the longest unit ("u.s. dollars" is five)
_SHORT_TIMES = {"s": "s", "h": "h", "hr": "h", "d": "day", "min": "min"}
_TIME_DIVISORS = {"second": "s", "minute": "min", "hour": "h", "day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the kind of figure it makes, and the token after it."""

    name: str
    kind: str
    next: int


def _phrase(t: Tokens, at: int, n_tokens: int) -> str:
    end = at + n_tokens
    if end > len(t) or t.ends[end - 1] - t.starts[at] > 40:
        return ""
    return t.text[t.starts[at] : t.ends[end - 1]].lower()


def unit_after(t: Tokens, at: int) -> Unit | None:
    """The unit whose first token is `at`; the longest wins. A hyphen before it ("50-year") has to be passed by the caller."""
    word = t.word(at)
    if not word or "\n" in t.gap(at):
        return None
    percent = _percent(t, at)
    if percent is not None:
        return percent
    if word == "°":
        scale = t.word(at + 1)
        if scale in ("c", "f") and t.gap(at + 1) in ("", " "):
            return Unit("degC" if scale == "c" else "degF", "measure", at + 2)
        return Unit("deg", "measure", at + 1)
    for n_tokens in range(_LONGEST + 1, 0, -1):
        phrase = _phrase(t, at, n_tokens)
        if not phrase:
            continue
        unit = _named_unit(t, phrase, at, n_tokens)
        if unit is not None:
            return unit
    if word == "p" and t.raw(at) == "p" and t.is_glued(at):
        return Unit("penny", "money", at + 1)
    if t.raw(at) in CODES:
        return Unit(CODE_NAMES.get(t.raw(at), t.raw(at)), "money", at + 1)
    sign = SIGNS.get(word)
    if sign is not None and not (t.kind(at + 1) == "n" and t.is_glued(at + 1)):
        return Unit(sign, "money", at + 1)
    return None


_PERCENT_PAIRS = frozenset(
    [("per", "cent"), ("per", "cents"), ("por", "ciento"), ("pour", "cent"), ("per", "cento"), ("por", "cento"), ("в", "процентах")]
    + [("في", word) for word in ("المئة", "المائة", "المية")]
)


def _percent(t: Tokens, at: int) -> Unit | None:
    word = t.word(at)
    following = at + 1
    if (word, t.word(at + 1)) in _PERCENT_PAIRS:
        following = at + 2
    elif word == "percentage" and t.word(at + 1) in ("point", "points"):
        return Unit("percentage_point", "percent", at + 2)
    elif word == "-" and t.word(at + 1) == "percent" and t.is_glued(at):
        following = at + 2
    elif word in ("basis",) and t.word(at + 1) in ("point", "points"):
        return Unit("basis_point", "percent", at + 2)
    elif word in ("prozentpunkte", "prozentpunkten"):
        return Unit("percentage_point", "percent", following)
    elif word not in PERCENT and not (word == "pc" and t.raw(at) == "pc" and t.is_glued(at)):
        return None
    skip = following + 1 if t.word(following) == "-" else following
    if t.word(skip) in ("point", "points"):
        return Unit("percentage_point", "percent", skip + 1)
    return Unit("percent", "percent", following)


def _named_unit(t: Tokens, phrase: str, at: int, n_tokens: int) -> Unit | None:
    following = at + n_tokens
    currency = CURRENCY_WORDS.get(phrase)
    if currency is not None:
        if phrase == "pounds" and t.word(following) in _MASS_AFTER_POUNDS and t.word(following + 1) not in ("taxpayers",):
            return Unit("lb", "measure", following)
        if phrase == "won" and t.kind(at - 1) == "w" and t.word(at - 1) not in ("million", "billion", "trillion", "thousand"):
            return None
        return Unit(currency, "money", following)
    if phrase == "pound":
        is_money = any(t.word(before) in ("million", "billion", "thousand") for before in (at - 1, at - 2))
        return Unit("GBP", "money", following) if is_money else Unit("lb", "measure", following)
    if n_tokens == 1 and phrase in VAGUE_CURRENCIES:
        return Unit(phrase, "money", following)
    duration = DURATIONS.get(phrase) or (DURATIONS_ABROAD.get(phrase) if t.may_be_foreign(phrase) else None)
    if duration is not None:
        return Unit(duration, "duration", following)
    measure = MEASURES.get(phrase)
    if measure is None:
        return None
    if phrase == "m" and t.raw(at) == "M":
        return None
    if phrase in ("g", "in", "min", "l", "ha", "t", "mi") and t.raw(at) != phrase:
        return None
    if (phrase == "bar" and not t.word(at - 1)[-1:].isdigit()) or (phrase in ("pa", "db") and t.raw(at) == phrase.upper()):
        return None  # "one bar", the state PA
    if phrase in ("w", "au") and t.raw(at) != phrase.upper():
        return None
    if phrase == "nm" and t.raw(at) == "Nm":
        measure = "Nm"
    rate = t.word(following)
    if rate in ("per", "an", "a") and t.word(following + 1) == "hour" and measure in ("km", "mi"):
        return Unit(f"{measure}/h", "measure", following + 2)
    return _divided(t, measure, following)


def _divided(t: Tokens, measure: str, following: int) -> Unit:
    """The unit, or its share of another one: "mg/kg", "km/s", "metres per second"."""
    by_at = following + 1
    is_slash = t.word(following) == "/" and t.is_glued(following) and t.is_glued(by_at)
    if not is_slash and t.word(following) != "per":
        return Unit(measure, "measure", following)
    word = t.word(by_at)
    divisor = _SHORT_TIMES.get(word) if is_slash else None
    divisor = divisor or _TIME_DIVISORS.get(DURATIONS.get(word, "")) or MEASURES.get(word)
    return Unit(f"{measure}/{divisor}", "measure", by_at + 1) if divisor else Unit(measure, "measure", following)


def currency_before(t: Tokens, at: int) -> tuple[str, int] | None:
    """The currency written before token `at` ("US$", "€", "USD", "Rs."), and the token it begins at."""
    word = t.word(at - 1)
    if not 0 < at < len(t) or t.ends[at - 1] < t.starts[at] - 1:
        return None
    sign = SIGNS.get(word)
    if sign is not None:
        before = t.word(at - 2)
        if sign == "USD" and t.is_glued(at - 1):
            if before in SIGN_PREFIXES and t.raw(at - 2).isupper():
                return SIGN_PREFIXES[before], at - 2
            if before == "." and t.word(at - 3) == "s" and t.word(at - 5) == "u":
                return "USD", at - 5
        if sign == "USD" and before in ("us", "ca", "au", "nz", "hk") and t.raw(at - 2).isupper():
            return SIGN_PREFIXES[before], at - 2
        return sign, at - 1
    if t.is_glued(at) and t.is_glued(at - 1) and t.word(at - 2) == "$" and word in SIGN_PREFIXES:
        return SIGN_PREFIXES[word], at - 2  # $US160
    if t.raw(at - 1) in CODES or (t.is_glued(at) and t.raw(at - 1) in CODE_NAMES):
        return CODE_NAMES.get(t.raw(at - 1), t.raw(at - 1)), at - 1
    if word == "rs" or (word == "." and t.word(at - 2) == "rs"):
        return "INR", at - 1 if word == "rs" else at - 2
    return None
