"""Two numbers that belong together: the ends of a range or of a change, a value with its margin, the outcome of a vote."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from firstsaid.parsing.figures import modifiers
from firstsaid.parsing.figures.calendar import is_year
from firstsaid.parsing.figures.dressing import BETWEEN, FROM, RISE_OR_FALL, Found, Sentence, dress
from firstsaid.parsing.figures.lexicon import Lexicon
from firstsaid.parsing.figures.numbers import PRECISION, Amount, digits_at
from firstsaid.parsing.figures.spelled import words_at
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.units import currency_before, unit_after


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DASHES = frozenset("-–—−‑~～")
_TO = _words("to bis à a hasta through")


def with_margin(t: Tokens, amount: Amount, lex: Lexicon) -> tuple[Amount, int] | None:
    """Both ends of "38 ± 3" and "38 % plus or minus 3 points", and the token after the number that the unit follows."""
    unit = unit_after(t, amount.next)
    for at in dict.fromkeys((unit.next if unit else amount.next, amount.next)):
        if t.word(at) in ("±", "+-"):
            margin_at = at + 1
        elif tuple(t.lower[at : at + 3]) in (("+", "/", "-"), ("plus", "or", "minus"), ("plus", "/", "minus"), ("+", "/", "−")):
            margin_at = at + 3
        else:
            continue
        margin = digits_at(t, margin_at, lex, is_money=False) if t.kind(margin_at) == "n" else words_at(t, margin_at, lex)
        if margin is None or margin.high > abs(amount.low):
            return None
        both = replace(amount, low=amount.low - margin.high, high=amount.high + margin.high, is_bare=False, is_vague=True, next=margin.next)
        return both, margin.next if at == amount.next else amount.next
    return None


def with_range(t: Tokens, amount: Amount, first: int, currency: str | None, sentence: Sentence, lex: Lexicon) -> Found | int:
    """Joins a second number to the first where both are the ends of a range or of a change."""
    left_unit = unit_after(t, amount.next)
    joiner_at = left_unit.next if left_unit is not None else amount.next
    if left_unit is None and _is_vote(t, amount, lex):
        return amount.next + 2
    joined = None
    for joiner in dict.fromkeys((joiner_at, amount.next)):
        joined = _second(t, amount, joiner, first, lex, is_money=currency is not None)
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


_VOTES = _words(
    "vote votes voted voting split ruled ruling won win wins beat beaten lost lose defeat defeated decision decided margin odds"
)


def _is_vote(t: Tokens, amount: Amount, lex: Lexicon) -> bool:
    """Whether "7 to 2", "four to three" is the outcome of a vote or a game: two counts of nothing that is named."""
    if t.word(amount.next) != "to" or amount.scaled is not None or amount.is_share:
        return False
    at = amount.next + 1
    right = digits_at(t, at, lex, is_money=False) if t.kind(at) == "n" else words_at(t, at, lex) if t.kind(at) == "w" else None
    if right is None or right.low >= amount.low or unit_after(t, right.next) is not None or right.scaled is not None:
        return False
    return not _VOTES.isdisjoint(t.lower[max(0, amount.first - 6) : amount.first])


def _second(t: Tokens, amount: Amount, joiner_at: int, first: int, lex: Lexicon, *, is_money: bool) -> tuple[Amount, bool] | None:
    """The second number after a joiner, and whether the two are the ends of a change."""
    joiner = t.word(joiner_at)
    lead = modifiers.before(t, first)
    start = lead[1] if lead else first
    opener = t.word(start - 1)
    if joiner in _TO and opener in ("by", "um"):
        return None  # "rose by 5 to 40": a change and where it led
    if joiner == "-" and t.word(joiner_at + 1) == "to" and t.word(joiner_at + 2) == "-" and t.is_glued(joiner_at + 1):
        joiner, joiner_at = "to", joiner_at + 2  # 0-to-60
    elif joiner == "-" and t.is_glued(joiner_at) and not t.is_glued(joiner_at + 1) and t.word(joiner_at + 1) in ("to", "or", "bis", "à"):
        joiner, joiner_at = t.word(joiner_at + 1), joiner_at + 1  # two- to three-year, 1.5- to 2-billion
    if joiner in DASHES:
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
        if (
            (t.kind(right_at) == "s" and currency_before(t, right_at + 1) is not None)
            or (t.kind(right_at) == "w" and t.word(right_at - 1) == "$" and currency_before(t, right_at + 1) is not None)
            or (t.kind(right_at) == "w" and t.word(right_at) in ("us", "about", "almost", "nearly", "around", "perhaps") and joiner in _TO)
        ):
            right_at += 1
    if t.kind(right_at) == "n":
        right = digits_at(t, right_at, lex, is_money=is_money or currency_before(t, right_at) is not None)
        if right is not None and joiner in _TO and t.word(right_at + 1) == ":" and t.is_glued(right_at + 1):
            return None
    elif t.kind(right_at) == "w" and t.word(right_at) != "one":
        right = words_at(t, right_at, lex)
    else:
        return None
    if right is None or right.is_share != amount.is_share or (right.is_vague and not amount.is_vague):
        return None
    if joiner in _TO:
        right = _up_to(t, right, lex, is_money=currency_before(t, right_at) is not None)
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
    if joiner in DASHES and amount.low >= right.high and right.scaled is None:
        return None
    return right, is_change


def _up_to(t: Tokens, right: Amount, lex: Lexicon, *, is_money: bool) -> Amount:
    """The right end of a range, which may be one itself: "from 24.2 to 33-35 billion"."""
    dash = right.next
    if t.word(dash) not in ("-", "–") or not (t.is_glued(dash) and t.is_glued(dash + 1)) or t.kind(dash + 1) != "n":
        return right
    upper = digits_at(t, dash + 1, lex, is_money=is_money)
    if upper is None:
        return right
    low = PRECISION.multiply(right.low, upper.scaled) if upper.scaled is not None and right.scaled is None else right.low
    return replace(upper, low=low) if low < upper.high else right


def _changes(t: Tokens, at: int) -> bool:
    """Whether a verb of rising or falling stands in the few tokens before token `at`."""
    for before in range(at - 1, max(-1, at - 8), -1):
        word = t.lower[before]
        if word in RISE_OR_FALL:
            return True
        if word in (".", ";", ":", ",") and before < at - 3:
            return False
    return False
