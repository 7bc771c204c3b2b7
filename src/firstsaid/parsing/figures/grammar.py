"""A figure from its parts: number, range, modifier, unit, kind, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from firstsaid.parsing.figures import modifiers
from firstsaid.parsing.figures.calendar import is_year, year_of, years
from firstsaid.parsing.figures.labels import LABELLED, is_label, is_model_name
from firstsaid.parsing.figures.lexicon import FRACTION_SIGNS, HAN_DIGITS, HAN_SCALES, Lexicon
from firstsaid.parsing.figures.numbers import PRECISION, THIRDS_DIGITS, Amount, digits_at, han_at, words_at
from firstsaid.parsing.figures.roles import PEOPLE, Counted, noun_after, role_of, singular
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.units import HAN_PEOPLE, currency_before, unit_after


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DASHES = frozenset("-–—−‑~～")
_TO = _words("to bis à a hasta through")
_BETWEEN = _words("between zwischen entre")
_FROM = _words("from von de des desde")
_RISE_OR_FALL = _words(
    "rose rise rises risen rising fell fall falls fallen falling increased increase increases increasing decreased decrease decreases decreasing grew grow "
    "grows grown growing dropped drop drops dropping declined decline declines declining jumped jump jumps jumping climbed climb climbs climbing gained gain gains gaining lost "
    "soared surged surge plunged plunge slumped slid slipped slip tumbled shrank shrink shrunk advanced up down added raised raise raising cut cuts "
    "cutting reduced reduce reducing lowered expanded contracted edged ticked plummeted sank swelled boosted boost boosting lifted improved widened narrowed "
    "change changed stieg stiegen sank sanken wuchs gestiegen gesunken augmenté baissé hausse baisse aumentó subió cayó bajó"
)
_CHANGE_NOUNS = _words(
    "increase increases rise rises decrease decreases decline declines drop drops fall falls jump gain gains growth cut cuts reduction surge slump hike plunge "
    "raise boost higher lower cheaper faster slower larger smaller increase"
)
_AFTER_RATIO = _words(
    "as more higher greater larger bigger faster less lower the that its what their his smaller longer stronger likelier likely worse better"
)
_PER = _words("per pro por je")
_COUNT_PEOPLE_ROLES = _words("dead wounded missing arrested displaced infected rescued")
_AGE_WORDS = _words("aged age ages")
_NOT_BEFORE_ONE = _words(
    "no every any this that the each some which another only-one everyone someone one first last other such these those"
)
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


def figure_at(t: Tokens, at: int, sentence: Sentence, lex: Lexicon) -> Found | int:
    """The figure that begins at token `at`, or the token to go on from where there is none."""
    amount = _amount_at(t, at, sentence, lex)
    if isinstance(amount, int):
        return amount
    if isinstance(amount, Found):
        return amount
    currency = currency_before(t, amount.first)
    first = currency[1] if currency else amount.first
    sign = _minus(t, first)
    if sign is not None:
        first = sign
        amount = replace(amount, low=-amount.high, high=-amount.low)
    ordinal = _ordinal(t, amount, first)
    if ordinal is not None:
        return ordinal
    if t.kind(amount.next) == "w" and t.is_glued(amount.next) and t.kinds[amount.next - 1] == "n" and unit_after(t, amount.next) is None:
        if t.word(amount.next) != "x" and t.word(amount.next).isascii():
            return amount.next + 1  # 5G, 7Up, 20th is read before
    share = _one_in_three(t, amount, lex)
    if share is not None:
        return _dress(t, share, first, share.next, None, sentence, lex)
    return _with_range(t, amount, first, currency[0] if currency else None, sentence, lex)


def _amount_at(t: Tokens, at: int, sentence: Sentence, lex: Lexicon) -> Amount | Found | int:
    kind = t.kinds[at]
    word = t.lower[at]
    if kind == "n":
        if t.word(at + 1) in HAN_SCALES:
            return han_at(t, at) or at + 1
        is_money = currency_before(t, at) is not None
        if not is_money and is_label(t, at, sentence.start):
            return _past_label(t, at)
        amount = digits_at(t, at, lex, is_money=is_money)
        if amount is None:
            return at + 1
        if t.word(at - 1) == "." and t.is_glued(at) and not t.is_glued(at - 1) and t.raw(at).isdecimal() and len(t.raw(at)) < 8:
            value = Decimal("0." + str(int("1" + t.raw(at)))[1:])
            return replace(amount, low=value, high=value, first=at - 1, is_bare=False)
        if amount.is_bare and not is_money and unit_after(t, amount.next) is None:
            if is_year(t, at):
                return _year(t, at)
            if is_model_name(t, at):
                return at + 1
        return amount
    if word in FRACTION_SIGNS:
        value = FRACTION_SIGNS[word].quantize(THIRDS_DIGITS)
        return Amount(value, value, at, at + 1, is_share=True)
    if word in HAN_DIGITS or word in HAN_SCALES:
        if t.kind(at - 1) == "s" and t.is_glued(at) and t.word(at - 1) in HAN_DIGITS:
            return at + 1
        amount = han_at(t, at)
        if amount is None or not (unit_after(t, amount.next) or t.word(amount.next) in HAN_PEOPLE):
            return amount.next if amount else at + 1
        return amount
    return _word_amount(t, at, sentence, lex)


def _word_amount(t: Tokens, at: int, sentence: Sentence, lex: Lexicon) -> Amount | Found | int:
    amount = words_at(t, at, lex)
    word = t.lower[at]
    if amount is None:
        if word == "twice" and t.word(at + 1) in _AFTER_RATIO:
            return Found(at, at + 1, Decimal(2), Decimal(2), None, "ratio", "exact")
        value = lex.ordinals.get(word)
        if (
            value is not None
            and t.word(at - 1) in ("the", "his", "her", "its", "their", "my", "our", "this", "a")
            and not t.is_capitalised(at)
        ):
            if (word == "second" and t.word(at - 1) == "a") or t.kind(at + 1) != "w":
                return at + 1
            return Found(
                at,
                at + 1,
                Decimal(value),
                Decimal(value),
                None,
                "ordinal",
                "exact",
                noun_after(t, at + 1, sentence.end, plural=False),
                5000,
            )
        return at + 1
    is_capital = t.is_capitalised(at) and at != sentence.start and t.kind(at - 1) in ("w", "m") and t.is_capitalised(at - 1)
    if is_capital and amount.next == at + 1 and not t.is_glued(at):
        return amount.next  # BBC One, Formula One, Big Ten
    if word == "one" and amount.next == at + 1:
        return _one(t, at, amount)
    if t.kind(at - 1) == "s" and t.word(at - 1) == "-" and t.is_glued(at) and t.is_glued(at - 1) and t.kind(at - 2) == "w":
        return amount.next
    if (
        t.word(at - 1) in ("number", "chapter", "phase", "part", "act", "day", "level", "type", "tier", "world-war")
        and amount.next == at + 1
    ):
        return amount.next
    if lex.comma and word in lex.articles and amount.scaled is None and not amount.is_share:
        return at + 1
    if lex.comma and word in ("un", "uno") and amount.next == at + 1:
        return at + 1
    return amount


def _one(t: Tokens, at: int, amount: Amount) -> Amount | int:
    """ "one" as a number: "one man", "one of them"; as a pronoun it is none."""
    following = t.word(at + 1)
    if (
        t.word(at - 1) in _NOT_BEFORE_ONE
        or t.kind(at + 1) != "w"
        or following in ("another", "can", "day", "thing", "should", "might", "would", "could", "must")
    ):
        if following in ("-", "to", "or") and t.word(at - 1) not in _NOT_BEFORE_ONE:
            return amount
        return at + 1
    if following in (
        "is",
        "was",
        "has",
        "who",
        "that",
        "which",
        "does",
        "and",
        "where",
        "when",
        "by",
        "for",
        "with",
        "on",
        "at",
        "will",
        "may",
    ):
        return at + 1
    return amount


def _past_label(t: Tokens, at: int) -> int:
    """The token after a label and the labels listed with it: "sections 1, 2 and 3", "555-123-4567"."""
    following = at + 1
    has_label_word = t.word(at - 1) in LABELLED
    while following + 1 < len(t) and following < at + 40:
        joiner = t.word(following)
        is_glued = t.is_glued(following) and t.is_glued(following + 1)
        if t.kind(following + 1) != "n" or not (
            (joiner in ("-", "–", ".", ":", "/", "‑") and is_glued) or (joiner in (",", "and", "&", "to", "-", "–") and has_label_word)
        ):
            break
        following += 2
    return following


def _minus(t: Tokens, first: int) -> int | None:
    """The token of a minus sign before the number; a hyphen counts where white space stands before it and none behind."""
    if t.word(first - 1) in ("−", "-") and t.is_glued(first) and not t.is_glued(first - 1):
        if t.kind(first) == "n" and ("\n" not in t.gap(first - 1)) and first > 1:
            return first - 1
    if t.word(first - 1) in ("minus", "negative") and t.kind(first) == "n":
        return first - 1
    return None


def _ordinal(t: Tokens, amount: Amount, first: int) -> Found | None:
    suffix = t.word(amount.next)
    if amount.is_bare and t.is_glued(amount.next) and suffix in ("st", "nd", "rd", "th", "er", "ème", "e"):
        return Found(first, amount.next + 1, amount.low, amount.high, None, "ordinal", "exact", None, 7000)
    return None


def _year(t: Tokens, at: int) -> Found:
    """A year, or a span of years ("2010-2015", "2019-20", "between 2010 and 2015")."""
    low = int(t.raw(at))
    if t.word(at + 1) == "s" and t.is_glued(at + 1):
        high = low + (99 if low % 100 == 0 and low < 2000 else 9)
        return Found(at, at + 2, None, None, None, "date", "range", low_text=f"{low:04d}", high_text=f"{high:04d}")
    joiner, right = t.word(at + 1), at + 2
    is_span = (joiner in _DASHES and t.kind(right) == "n") or (
        t.kind(right) == "n" and year_of(t.raw(right)) is not None
        and ((joiner == "to" and t.word(at - 1) in _FROM) or (joiner == "and" and t.word(at - 1) in _BETWEEN))
    )  # fmt: skip
    if is_span and t.raw(right).isdecimal() and len(t.raw(right)) in (2, 4):
        high = int(t.raw(right)) if len(t.raw(right)) == 4 else low - low % 100 + int(t.raw(right))
        if low < high < 2200:
            date = years(low, high, at, right + 1)
            return Found(at, right + 1, None, None, None, "date", "range", low_text=date.low, high_text=date.high)
    modifier = modifiers.before(t, at)
    is_about = modifier is not None and modifier[0] == "about" and t.word(at - 1) != "some"
    date = years(low, low, at, at + 1)
    return Found(
        modifier[1] if modifier and is_about else at,
        at + 1,
        None,
        None,
        None,
        "date",
        "about" if is_about else "exact",
        low_text=date.low,
        high_text=date.high,
    )


def _one_in_three(t: Tokens, amount: Amount, lex: Lexicon) -> Amount | None:
    """ "1 in 3", "nine out of ten": a share."""
    at = amount.next
    if t.word(at) == "out" and t.word(at + 1) == "of":
        whole_at = at + 2
        if t.word(whole_at) in ("every", "the"):
            whole_at += 1
    elif t.word(at) == "in" and amount.low == amount.high and amount.low <= 9:
        whole_at = at + 2 if t.word(at + 1) == "every" else at + 1
    else:
        return None
    whole = digits_at(t, whole_at, lex, is_money=False) if t.kind(whole_at) == "n" else words_at(t, whole_at, lex)
    if whole is None or whole.low != whole.high or not amount.high < whole.low or whole.is_share:
        return None
    if t.word(at) == "in":
        if whole.low > 10 and whole.low % 10:
            return None
        unit = unit_after(t, whole.next)
        if unit is not None or (whole.is_bare and year_of(t.raw(whole_at)) is not None):
            return None
        if amount.low != 1 and t.word(at + 1) != "every" and whole.low not in (3, 4, 5, 10, 100):
            return None
    share = PRECISION.divide(amount.low, whole.low).quantize(THIRDS_DIGITS)
    return replace(amount, low=share, high=share, next=whole.next, is_share=True, is_bare=False)


def _with_range(t: Tokens, amount: Amount, first: int, currency: str | None, sentence: Sentence, lex: Lexicon) -> Found | int:
    """Joins a second number to the first where both are the ends of a range or of a change."""
    left_unit = unit_after(t, amount.next)
    joiner_at = left_unit.next if left_unit is not None else amount.next
    joined = None
    for joiner in dict.fromkeys((joiner_at, amount.next)):
        joined = _second(t, amount, joiner, first, lex)
        if joined is not None:
            break
    if joined is None:
        return _dress(t, amount, first, amount.next, currency, sentence, lex)
    right, is_change = joined
    right_unit = unit_after(t, right.next)
    if (
        left_unit is not None
        and joiner == joiner_at
        and joiner_at != amount.next
        and (right_unit is None or right_unit.name != left_unit.name)
        and not (left_unit.kind == "money" and currency_before(t, right.first))
    ):
        return _dress(t, amount, first, amount.next, currency, sentence, lex)
    low, high = amount, right
    if right.scaled is not None and amount.scaled is None and amount.low < right.high and amount.low * right.scaled <= right.high:
        low = replace(amount, low=PRECISION.multiply(amount.low, right.scaled), high=PRECISION.multiply(amount.high, right.scaled))
    if low.low > high.high and not is_change:
        return _dress(t, amount, first, amount.next, currency, sentence, lex)
    ends = sorted((low.low, low.high, high.low, high.high))
    whole = replace(amount, low=ends[0], high=ends[-1], next=right.next, is_bare=False, is_vague=True)
    right_currency = currency_before(t, right.first)
    return _dress(
        t,
        whole,
        first,
        right.next,
        currency or (right_currency[0] if right_currency else None),
        sentence,
        lex,
        is_change=is_change,
        is_range=True,
    )


def _second(t: Tokens, amount: Amount, joiner_at: int, first: int, lex: Lexicon) -> tuple[Amount, bool] | None:
    """The second number after a joiner, and whether the two are the ends of a change."""
    joiner = t.word(joiner_at)
    lead = modifiers.before(t, first)
    start = lead[1] if lead else first
    opener = t.word(start - 1)
    if joiner in _TO and opener in ("by", "um"):
        return None  # "rose by 5 to 40": a change and where it led
    if joiner == "-" and t.word(joiner_at + 1) == "to" and t.word(joiner_at + 2) == "-" and t.is_glued(joiner_at + 1):
        joiner, joiner_at = "to", joiner_at + 2  # 0-to-60
    if joiner in _DASHES:
        if not (t.is_glued(joiner_at) == t.is_glued(joiner_at + 1)) or (joiner in ("-", "−") and not t.is_glued(joiner_at)):
            return None
    elif not (
        (joiner in _TO and (joiner != "a" or opener in _FROM or lex.comma))
        or (joiner in ("and", "und", "et", "y") and opener in _BETWEEN)
        or joiner in ("or", "oder", "ou", "o")
    ):
        return None
    right_at = joiner_at + 1
    for _ in range(3):  # "US$" is at most two tokens, a modifier may stand before
        if (t.kind(right_at) == "s" and currency_before(t, right_at + 1) is not None) or (
            t.kind(right_at) == "w" and t.word(right_at) in ("us", "about", "almost", "nearly", "around", "perhaps") and joiner in _TO
        ):
            right_at += 1
    if t.kind(right_at) == "n":
        right = digits_at(t, right_at, lex, is_money=currency_before(t, right_at) is not None)
        if right is not None and joiner in _TO and t.word(right_at + 1) == ":" and t.is_glued(right_at + 1):
            return None
    elif t.kind(right_at) == "w" and t.word(right_at) != "one":
        right = words_at(t, right_at, lex)
    else:
        return None
    if right is None or right.is_share != amount.is_share or (right.is_vague and not amount.is_vague):
        return None
    if right.is_bare and amount.is_bare and joiner in _TO and is_year(t, right_at) and amount.low < 1000:
        return None
    if joiner in ("or", "oder", "ou", "o"):
        return (
            (right, False)
            if amount.low < right.low <= 3 * amount.low and right.low - amount.low <= max(amount.low / 2, Decimal(2))
            else None
        )
    is_change = (
        joiner in _TO and opener in _FROM and t.word(start - 2) not in ("range", "ranges", "ranging", "ranged") and _changes(t, start - 1)
    )
    if joiner in _DASHES and amount.low >= right.high and right.scaled is None:
        return None
    return right, is_change


def _changes(t: Tokens, at: int) -> bool:
    """Whether a verb of rising or falling stands in the few tokens before token `at`."""
    for before in range(at - 1, max(-1, at - 8), -1):
        word = t.lower[before]
        if word in _RISE_OR_FALL:
            return True
        if word in (".", ";", ":", ",") and before < at - 3:
            return False
    return False


def _dress(
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
    if unit is None and not is_hyphenated:
        late = modifiers.after(t, end)
        if late is not None:
            unit = unit_after(t, late[1])
            end = late[1]
    if unit is None and currency is None and t.word(end) in lex.of and t.word(end) == "of":
        vague_unit = unit_after(t, end + 1) if amount.is_vague or amount.in_words else None
        unit = vague_unit if vague_unit is not None and vague_unit.kind != "measure" else vague_unit
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
    if late is not None and modifier == "exact":
        modifier = late[0]
    if start > 0 and t.word(start - 1) in (_FROM | _BETWEEN) and is_range:
        start -= 1
    if kind == "duration":
        kind, end = _age(t, kind, end)
    elif (
        kind == "count"
        and name is None
        and t.word(start - 1) in _AGE_WORDS | {"of"}
        and (t.word(start - 1) != "of" or t.word(start - 2) == "age")
    ) or (kind == "count" and name is None and amount.is_bare and _is_apposed_age(t, first, following, amount)):
        kind, name = "age", "year"
    found = Found(start, end, low, high, name, kind, modifier)
    found = _rate(t, found, lex, sentence)
    found = _ratio(t, found, amount)
    found = _counted(t, found, amount, is_hyphenated and unit is None, following, sentence)
    if is_change or _is_change(t, found, start, sentence):
        found = replace(found, kind="change", modifier="range" if is_change and modifier == "exact" else found.modifier)
    return _open_ends(found, keeps_range=is_range)


def _age(t: Tokens, kind: str, end: int) -> tuple[str, int]:
    """ "15 years old", "15-year-old", "years of age"."""
    skip = end + 1 if t.word(end) == "-" else end
    if t.word(skip) in ("old", "olds"):
        return "age", skip + 1
    if t.word(end) == "of" and t.word(end + 1) == "age":
        return "age", end + 2
    if t.word(end) in ("alt", "ans") and t.word(end) == "alt":
        return "age", end + 1
    return kind, end


def _is_apposed_age(t: Tokens, first: int, following: int, amount: Amount) -> bool:
    return (
        t.word(first - 1) == "," and t.word(following) in (",", ".", ";") and t.kind(first - 2) == "w"
        and t.is_capitalised(first - 2) and t.is_capitalised(first - 3) and 0 < amount.low < 116
    )  # fmt: skip


def _rate(t: Tokens, found: Found, lex: Lexicon, sentence: Sentence) -> Found:
    """ "12 per 100,000", "12 cases for every 1,000 people"."""
    if found.kind not in ("count", "money"):
        return found
    for at in range(found.next, min(found.next + 5, sentence.end)):
        word = t.lower[at]
        if t.kinds[at] == "s" and word != "-":
            return found
        base_at = at + 1 if word in _PER else at + 2 if word == "for" and t.word(at + 1) in ("every", "each") else 0
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
        if is_fold or is_fraction or t.word(at + 1) in _AFTER_RATIO:
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
    """ "up 60 %", "rose by 5", "an increase of 40", "a 5 % rise"."""
    if found.kind in ("date", "ordinal", "age", "ratio", "rate"):
        return False
    before = t.word(start - 1)
    if before in ("by", "um", "of") and start - 1 > sentence.start:
        window = range(start - 2, max(sentence.start - 1, start - (9 if before != "of" else 3)), -1)
        words = [t.lower[at] for at in window]
        if before == "of":
            return any(word in _CHANGE_NOUNS for word in words)
        return any(word in _RISE_OR_FALL for word in words)
    if before in _RISE_OR_FALL:
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
    if found.kind in ("percent", "money"):
        for at in range(found.next, min(found.next + 3, sentence.end)):
            if t.lower[at] in _CHANGE_NOUNS:
                return True
            if t.kinds[at] != "w" or t.lower[at] in ("of", "to", "in", "from", "on", "at", "and"):
                return False
    return False


def _open_ends(found: Found, *, keeps_range: bool) -> Found:
    """Open ends by modifier; the ends of a stated range stay, whatever stands before it."""
    if keeps_range:
        return found if found.modifier not in ("exact",) else replace(found, modifier="range")
    if found.modifier in ("more_than", "at_least"):
        return replace(found, high=None)
    if found.modifier in ("less_than", "at_most", "almost"):
        return replace(found, low=None)
    return found
