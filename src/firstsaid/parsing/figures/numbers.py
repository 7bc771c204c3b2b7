"""One number as written: digits with any grouping, words, fractions, vague magnitudes; its two bounds as exact decimals.

Vague magnitudes reach from twice their word up to the next word: "dozens" is 24..99, "hundreds" 200..999, "tens of thousands"
20,000..99,999; "a few X" is 2 X..6 X, "several X" 2 X..9 X. They are conventions, printed here so that a reader can doubt them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from firstsaid.parsing.figures.lexicon import ABBREVIATED_SCALES, FRACTION_SIGNS, Lexicon
from firstsaid.parsing.figures.tokens import Tokens

MAX_DIGITS = 40  # a longer run of digits is a key, a hash or a trick, never a quantity that somebody states
PRECISION = Context(prec=60)  # more than MAX_DIGITS and a magnitude, so that no multiplication rounds
THIRDS_DIGITS = Decimal("0.000001")  # a third is written 0.333333

_GROUPED = re.compile(r"\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?\Z")
_GROUPED_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?\Z")
_GROUPED_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")
_PLAIN = re.compile(r"\d+(?:[.٫]\d+)?\Z")
_COMMA_DECIMAL = re.compile(r"\d+,\d+\Z")
_GROUP_MARKS = str.maketrans("", "", "\u00a0\u202f\u2009'’,٬ ")


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds of a number phrase over the tokens `first`..`next` (half-open).

    `is_bare`: plain digits without grouping or magnitude, which may also be a year or a label. `is_vague`: bounds by convention.
    `is_share`: a fraction of a whole. `scaled`: whether a magnitude word stood there.
    """

    low: Decimal
    high: Decimal
    first: int
    next: int
    is_bare: bool = False
    is_vague: bool = False
    is_share: bool = False
    scaled: Decimal | None = None
    in_words: bool = False
    about: bool = False


def canonical(value: Decimal) -> str:
    """The decimal number as text without exponent, trailing zeros or a minus on zero.

    >>> canonical(Decimal("1.50E+9")), canonical(Decimal("-0.0")), canonical(Decimal("0.30"))
    ('1500000000', '0', '0.3')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def numeral(written: str, *, comma: bool) -> Decimal | None:
    """The value of digits as written, or None (a version, a list of numbers, more than 40 digits).

    `comma`: the text's language has a decimal comma, which settles "1.500" and "1,500".

    >>> [numeral(w, comma=False) for w in ("1,00,000", "1.234.567,5", "4.5", "1,500", "1.2.3")]
    [Decimal('100000'), Decimal('1234567.5'), Decimal('4.5'), Decimal('1500'), None]
    >>> numeral("1.500", comma=True), numeral("٣٤", comma=False)
    (Decimal('1500'), Decimal('34'))
    """
    if len(written) > MAX_DIGITS:
        return None
    if comma and _COMMA_DECIMAL.match(written):
        written = written.replace(",", ".")
    elif comma and _GROUPED_EUROPEAN.match(written):
        written = written.replace(".", "").replace(",", ".")
    elif _GROUPED.match(written) or _GROUPED_INDIAN.match(written):
        written = written.translate(_GROUP_MARKS).replace("٫", ".")
    elif _PLAIN.match(written):
        written = written.replace("٫", ".")
    elif _GROUPED_EUROPEAN.match(written):
        written = written.replace(".", "").replace(",", ".")
    elif _COMMA_DECIMAL.match(written):
        written = written.replace(",", ".")
    elif any(mark in written for mark in "\u00a0\u202f\u2009'’"):
        written = written.translate(_GROUP_MARKS | {ord(","): "."}) if written.count(",") == 1 else written.translate(_GROUP_MARKS)
    else:
        return None
    return Decimal(written)


def scale_after(t: Tokens, at: int, lex: Lexicon) -> tuple[Decimal, int]:
    """The product of magnitude words from token `at` on, and the token after them: "hundred thousand", "k", "-million"."""
    product = Decimal(1)
    while True:
        word_at = at + 1 if t.word(at) == "-" and t.is_glued(at) and t.is_glued(at + 1) else at
        factor = lex.scales.get(t.word(word_at))
        if factor is None or (word_at == at and t.is_glued(at) and t.kind(at - 1) == "w"):
            return product, at
        if t.text.find("\n", t.ends[word_at - 1], t.starts[word_at]) >= 0:
            return product, at
        product = PRECISION.multiply(product, Decimal(factor))
        at = word_at + 1
        if product > 10**30:
            return product, at


def digits_at(t: Tokens, at: int, lex: Lexicon, *, is_money: bool) -> Amount | None:
    """The number that begins with the digits at token `at`: fraction, magnitude word or letter included."""
    first = at
    following = _spaced_groups(t, at, lex)
    written = "".join(t.raw(group) for group in range(at, following))
    value = numeral(written, comma=lex.comma)
    if value is None:
        return None
    is_bare = t.raw(at).isdigit() and following == at + 1
    if is_bare and t.word(at) != "0":
        following, value, found = _fraction_after(t, at, value)
        if found:
            is_bare = False
    power = _power_of_ten(t, following)
    if power is not None:
        return Amount(value.scaleb(power[0], PRECISION), value.scaleb(power[0], PRECISION), first, power[1])
    sign = FRACTION_SIGNS.get(t.word(following))
    if sign is not None and t.starts[following] - t.ends[following - 1] <= 1:
        value, following, is_bare = value + sign, following + 1, False
    scale, following = scale_after(t, following, lex)
    scaled = scale if scale != 1 else None
    if scaled is None:
        letter, gap = t.word(following), t.gap(following)
        factor = ABBREVIATED_SCALES.get(letter)
        if factor and gap in ("", " ", "\u00a0", "\u202f") and _is_magnitude(t, following, letter, glued=gap == "", is_money=is_money):
            scaled, following = Decimal(factor), following + 1
    if scaled is not None:
        value, is_bare = PRECISION.multiply(value, scaled), False
    return Amount(value, value, first, following, is_bare=is_bare, scaled=scaled)


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def _power_of_ten(t: Tokens, at: int) -> tuple[int, int] | None:
    """The exponent in "3.2 × 10^6", "3.2x10⁶", "2 × 10−8", and the token after it, where token `at` is the sign of multiplication."""
    if t.kind(at) == "m" and t.word(at).startswith("x10"):
        raised = t.raw(at)[3:].translate(_RAISED)  # 4x10⁵
        return (int(raised), at + 1) if raised.isdecimal() and len(raised) <= 2 else None
    if t.word(at) not in ("×", "x", "·", "*", "∙") or t.raw(at + 1) != "10":
        return None
    sign_at = at + 2
    if t.kind(sign_at) == "w" and t.is_glued(sign_at):
        raised = t.raw(sign_at).translate(_RAISED)
        return (int(raised), sign_at + 1) if raised.isdecimal() and len(raised) <= 2 else None
    has_caret = t.word(sign_at) == "^" and t.is_glued(sign_at)
    sign_at += has_caret
    is_minus = t.word(sign_at) in ("-", "−", "⁻", "–") and t.is_glued(sign_at)
    number_at = sign_at + is_minus
    raised = t.raw(number_at).translate(_RAISED)
    if not (has_caret or is_minus) or not t.is_glued(number_at) or not raised.isdecimal() or len(raised) > 2:
        return None
    return (-int(raised) if is_minus else int(raised)), number_at + 1


def _spaced_groups(t: Tokens, at: int, lex: Lexicon) -> int:
    """The token after a number grouped by spaces: "1 500" where the comma is decimal, elsewhere only with two groups ("1 000 000")."""
    following = at + 1
    while (
        following < at + 6 and len(t.raw(at)) <= 3 and t.raw(at).isdecimal() and t.kind(following) == "n" and t.gap(following) == " "
        and t.raw(following)[:3].isdecimal() and len(t.raw(following)) >= 3 and not t.raw(following)[3:4].isdecimal()
        and t.raw(following - 1).isdecimal()
    ):  # fmt: skip
        following += 1
    return following if following - at > (1 if lex.comma else 2) else at + 1


def _is_magnitude(t: Tokens, at: int, letter: str, *, glued: bool, is_money: bool) -> bool:
    """Whether the letter after a number is a magnitude: "$5m" and "5m people" are, "5 m" and "5m high" are lengths."""
    if letter in ("bn", "mn", "mln", "bln", "mrd", "mio", "tn", "trn"):
        return True
    if letter in ("cr", "mil"):
        return is_money
    if letter == "k":
        return glued
    if letter == "mm":
        return is_money
    if letter in ("m", "b", "t"):
        if is_money or not glued or letter != "m":
            return is_money
        return t.word(at + 1) in _COUNTED_BY_MILLION or not _OF_MONEY.isdisjoint(t.lower[max(0, at - 8) : at + 6])
    return letter in ("mill", "md") and is_money


_OF_MONEY = frozenset(
    [
        "worth",
        "cost",
        "costs",
        "costing",
        "paid",
        "pay",
        "pays",
        "price",
        "priced",
        "deal",
        "fee",
        "fees",
        "profit",
        "profits",
        "loss",
        "losses",
        "revenue",
        "revenues",
        "sales",
        "turnover",
        "fine",
        "fined",
        "budget",
        "funding",
        "invested",
        "investment",
        "raised",
        "spent",
        "spend",
        "debt",
        "debts",
        "loan",
        "loans",
        "grant",
        "signing",
        "salary",
        "wages",
        "bid",
        "contract",
        "transfer",
        "sold",
        "bought",
        "buy",
    ]
)  # words beside which "2.7m" is money whose sign was lost
_COUNTED_BY_MILLION = frozenset(
    [
        "people",
        "users",
        "subscribers",
        "copies",
        "euros",
        "dollars",
        "pounds",
        "barrels",
        "jobs",
        "homes",
        "residents",
        "voters",
        "children",
        "views",
        "downloads",
        "followers",
        "customers",
        "tonnes",
        "tons",
        "doses",
        "vehicles",
        "cars",
        "units",
        "households",
        "members",
        "visitors",
        "workers",
        "refugees",
        "passengers",
        "shares",
    ]
)  # "5m people" is a number, "5m wide" a length: only the noun tells


def is_fraction(t: Tokens, at: int) -> bool:
    """Whether "3/4" at token `at` is a common fraction and no score, date or pair of readings."""
    above, below = t.raw(at), t.raw(at + 2)
    if not (above.isdecimal() and below.isdecimal() and len(above) < 3 and len(below) < 4):
        return False
    return 0 < int(above) < int(below) and int(below) in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100)


def _fraction_after(t: Tokens, at: int, whole: Decimal) -> tuple[int, Decimal, bool]:
    """Reads "1/3" at `at`, or the rest of "2 1/2" and "2-1/4" after a whole number."""
    numerator_at = at
    if not (t.word(at + 1) in ("/", "⁄") and t.is_glued(at + 1)):
        numerator_at = at + 2 if t.word(at + 1) == "-" and t.is_glued(at + 1) and t.is_glued(at + 2) else at + 1
        if numerator_at == at + 1 and t.gap(at + 1) not in (" ", "\u00a0"):
            return at + 1, whole, False
    slash, denominator = numerator_at + 1, numerator_at + 2
    if not (
        t.kind(numerator_at) == "n" and t.word(slash) in ("/", "⁄") and t.kind(denominator) == "n"
        and t.is_glued(slash) and t.is_glued(denominator) and not (t.word(denominator + 1) == "/" and t.is_glued(denominator + 1))
    ):  # fmt: skip
        return at + 1, whole, False
    if not is_fraction(t, numerator_at):
        return at + 1, whole, False
    part = Decimal(int(t.raw(numerator_at))) / Decimal(int(t.raw(denominator)))
    if numerator_at == at:
        return denominator + 1, part.quantize(THIRDS_DIGITS), True
    return denominator + 1, (whole + part).quantize(THIRDS_DIGITS), True
