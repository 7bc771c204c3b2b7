"""A figure from its parts: number, range, modifier, unit, kind, and what it counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from firstsaid.parsing.figures import modifiers
from firstsaid.parsing.figures.calendar import is_year, year_of, years
from firstsaid.parsing.figures.dressing import AFTER_RATIO, BETWEEN, FROM, RISE_OR_FALL, Found, Sentence, dress
from firstsaid.parsing.figures.labels import LABELLED, is_label, is_model_name
from firstsaid.parsing.figures.lexicon import FRACTION_SIGNS, HAN_DIGITS, HAN_SCALES, Lexicon
from firstsaid.parsing.figures.numbers import PRECISION, THIRDS_DIGITS, Amount, digits_at
from firstsaid.parsing.figures.roles import noun_after
from firstsaid.parsing.figures.spelled import han_at, words_at
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.units import HAN_PEOPLE, currency_before, unit_after


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DASHES = frozenset("-–—−‑~～")
_TO = _words("to bis à a hasta through")
_NOT_BEFORE_ONE = _words(
    "no every any this that the each some which another only-one everyone someone one first last other such these those"
)


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
    following = amount.next
    is_glued_word = t.kind(following) == "w" and t.is_glued(following) and t.kinds[following - 1] == "n"
    if is_glued_word and t.word(following) != "x" and t.word(following).isascii() and unit_after(t, following) is None:
        return following + 1  # 5G, 7Up; "20th" is read before
    share = _one_in_three(t, amount, lex)
    if share is not None:
        return dress(t, share, first, share.next, None, sentence, lex)
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
        if word == "twice" and t.word(at + 1) in AFTER_RATIO:
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
    """Tells "one" as a number ("one man", "one of them") from the pronoun."""
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
    is_sign = t.word(first - 1) in ("−", "-") and t.is_glued(first) and not t.is_glued(first - 1)
    if is_sign and t.kind(first) == "n" and "\n" not in t.gap(first - 1) and first > 1:
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
        and ((joiner == "to" and t.word(at - 1) in FROM) or (joiner == "and" and t.word(at - 1) in BETWEEN))
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
    """The share in "1 in 3", "nine out of ten"."""
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
        return dress(t, amount, first, amount.next, currency, sentence, lex)
    right, is_change = joined
    right_unit = unit_after(t, right.next)
    if (
        left_unit is not None
        and joiner == joiner_at
        and joiner_at != amount.next
        and (right_unit is None or right_unit.name != left_unit.name)
        and not (left_unit.kind == "money" and currency_before(t, right.first))
    ):
        return dress(t, amount, first, amount.next, currency, sentence, lex)
    low, high = amount, right
    if right.scaled is not None and amount.scaled is None and amount.low < right.high and amount.low * right.scaled <= right.high:
        low = replace(amount, low=PRECISION.multiply(amount.low, right.scaled), high=PRECISION.multiply(amount.high, right.scaled))
    if low.low > high.high and not is_change:
        return dress(t, amount, first, amount.next, currency, sentence, lex)
    ends = sorted((low.low, low.high, high.low, high.high))
    whole = replace(amount, low=ends[0], high=ends[-1], next=right.next, is_bare=False, is_vague=True)
    right_currency = currency_before(t, right.first)
    return dress(
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
        if t.is_glued(joiner_at) != t.is_glued(joiner_at + 1) or (joiner in ("-", "−") and not t.is_glued(joiner_at)):
            return None
    elif not (
        (joiner in _TO and (joiner != "a" or opener in FROM or lex.comma))
        or (joiner in ("and", "und", "et", "y") and opener in BETWEEN)
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
        joiner in _TO and opener in FROM and t.word(start - 2) not in ("range", "ranges", "ranging", "ranged") and _changes(t, start - 1)
    )
    if joiner in _DASHES and amount.low >= right.high and right.scaled is None:
        return None
    return right, is_change


def _changes(t: Tokens, at: int) -> bool:
    """Whether a verb of rising or falling stands in the few tokens before token `at`."""
    for before in range(at - 1, max(-1, at - 8), -1):
        word = t.lower[before]
        if word in RISE_OR_FALL:
            return True
        if word in (".", ";", ":", ",") and before < at - 3:
            return False
    return False
