"""One number as written: digits with any grouping, words, fractions, vague magnitudes; its two bounds as exact decimals.

Vague magnitudes reach from twice their word up to the next word: "dozens" is 24..99, "hundreds" 200..999, "tens of thousands"
20,000..99,999; "a few X" is 2 X..6 X, "several X" 2 X..9 X. They are conventions, printed here so that a reader can doubt them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from firstsaid.parsing.figures.lexicon import ABBREVIATED_SCALES, FRACTION_SIGNS, HAN_DIGITS, HAN_SCALES, Lexicon
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
_VAGUE_TOP = {10: 9, 12: 99, 20: 99}  # "dozens" and "scores" end where "hundreds" begin


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


def _scale_after(t: Tokens, at: int, lex: Lexicon) -> tuple[Decimal, int]:
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
    sign = FRACTION_SIGNS.get(t.word(following))
    if sign is not None and t.starts[following] - t.ends[following - 1] <= 1:
        value, following, is_bare = value + sign, following + 1, False
    scale, following = _scale_after(t, following, lex)
    scaled = scale if scale != 1 else None
    if scaled is None:
        letter, gap = t.word(following), t.gap(following)
        factor = ABBREVIATED_SCALES.get(letter)
        if factor and gap in ("", " ", "\u00a0", "\u202f") and _is_magnitude(t, following, letter, glued=gap == "", is_money=is_money):
            scaled, following = Decimal(factor), following + 1
    if scaled is not None:
        value, is_bare = PRECISION.multiply(value, scaled), False
    return Amount(value, value, first, following, is_bare=is_bare, scaled=scaled)


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
    if letter == "cr":
        return is_money
    if letter == "k":
        return glued
    if letter == "mm":
        return is_money
    if letter in ("m", "b", "t"):
        return is_money or (letter == "m" and glued and t.kind(at + 1) == "w" and t.word(at + 1) in _COUNTED_BY_MILLION)
    return letter in ("mill", "md") and is_money


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
    above, below = t.raw(numerator_at), t.raw(denominator)
    if not (above.isdecimal() and below.isdecimal() and len(above) < 3 and len(below) < 4):
        return at + 1, whole, False
    if not (0 < int(above) < int(below) and int(below) in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100)):
        return at + 1, whole, False
    part = Decimal(int(above)) / Decimal(int(below))
    if numerator_at == at:
        return denominator + 1, part.quantize(THIRDS_DIGITS), True
    return denominator + 1, (whole + part).quantize(THIRDS_DIGITS), True


def words_at(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """The number in words that begins at token `at`: cardinals, vague magnitudes, shares ("two-thirds of", "a quarter of")."""
    word = t.word(at)
    if word in lex.vague:
        return _vague(t, at, at, lex)
    if word in ("few", "several", "couple") or (word in lex.articles and t.word(at + 1) in ("few", "couple")):
        return _few(t, at, lex)
    share = _share(t, at, lex)
    if share is not None:
        return share
    if word in lex.halves:
        return _half(t, at, lex)
    if word in lex.articles:
        return _after_article(t, at, lex)
    if word in lex.small or word in lex.scales:
        return _cardinal(t, at, lex)
    return None


def _few(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    word_at = at + 1 if t.word(at) in lex.articles else at
    word = t.word(word_at)
    following = word_at + 1
    if word == "couple":
        if t.word(following) == "of" and word_at != at:
            scale, after = _scale_after(t, following + 1, lex)
            value = 2 * scale
            return Amount(value, value, at, max(after, following + 1), in_words=True, about=True, scaled=scale if scale != 1 else None)
        scale, after = _scale_after(t, following, lex)
        return Amount(2 * scale, 2 * scale, at, after, in_words=True, about=True, scaled=scale) if scale != 1 else None
    scale, after = _scale_after(t, following, lex)
    if scale == 1:
        return None
    top = 6 if word == "few" else 9
    return Amount(2 * scale, top * scale, at, after, is_vague=True, in_words=True, scaled=scale)


def _vague(t: Tokens, first: int, at: int, lex: Lexicon) -> Amount | None:
    unit = Decimal(lex.vague[t.word(at)])
    following = at + 1
    factor = Decimal(1)
    if t.word(following) in lex.of and (t.word(following + 1) in lex.vague or t.word(following + 1) in lex.scales):
        name = t.word(following + 1)
        factor = Decimal(lex.vague[name] if name in lex.vague else lex.scales[name])
        following += 2
    elif t.word(at) == "tens" or (t.word(at) == "scores" and t.word(following) != "of"):
        return None  # "he scores", "in his tens"
    low = 2 * unit * factor
    top = _VAGUE_TOP.get(int(unit), 9)
    high = top * factor if top == 99 else 10 * unit * factor - 1
    return Amount(low, high, first, following, is_vague=True, in_words=True, scaled=unit * factor)


def _share(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """ "two-thirds", "a third of", "one-fifth"; a denominator alone is an ordinal and no share."""
    word = t.word(at)
    numerator = 1 if word in lex.articles else lex.small.get(word, 0)
    if not 0 < numerator < 20:
        return None
    part_at = at + 2 if t.word(at + 1) == "-" else at + 1
    below = lex.parts.get(t.word(part_at))
    if below is None or below <= numerator or t.text.find("\n", t.ends[at], t.starts[part_at]) >= 0:
        return None
    name = t.word(part_at)
    if below == 2 and word in lex.articles:
        return None
    is_plural = name.endswith("s") or lex.comma
    if word in lex.articles and not (
        name in ("quarter",) or lex.comma or t.word(part_at + 1) in _AFTER_A_SHARE or t.kind(part_at + 1) != "w"
    ):
        return None  # "a third man"
    if word in lex.articles and lex.comma and name not in lex.parts:
        return None
    if name == "quarter" and t.word(part_at + 1) in ("century", "final", "finals"):
        return None
    if word not in lex.articles and numerator > 1 and not is_plural:
        return None  # "twenty fifth"
    if word == "one" and part_at == at + 1 and t.word(part_at + 1) not in _AFTER_A_SHARE and t.kind(part_at + 1) == "w":
        return None
    value = (Decimal(numerator) / Decimal(below)).quantize(THIRDS_DIGITS)
    scale, following = _scale_after(t, part_at + 1, lex)
    if t.word(part_at + 1) == "of" and t.word(part_at + 2) in ("a", "an") and t.word(part_at + 3) in lex.scales:
        scale, following = _scale_after(t, part_at + 3, lex)
    if scale != 1:
        exact = PRECISION.divide(PRECISION.multiply(scale, Decimal(numerator)), Decimal(below))
        return Amount(exact, exact, at, following, in_words=True, scaled=scale)
    return Amount(value, value, at, part_at + 1, is_share=True, in_words=True)


_AFTER_A_SHARE = frozenset(
    [
        "of",
        "the",
        "more",
        "less",
        "fewer",
        "as",
        "were",
        "was",
        "are",
        "is",
        "have",
        "has",
        "had",
        "said",
        "say",
        "in",
        "on",
        "to",
        "from",
        "by",
        "and",
        "or",
        "who",
        "that",
    ]
)


def _half(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    following = at + 1
    if t.word(following) in lex.articles:
        scale, after = _scale_after(t, following + 1, lex)
        if scale != 1:
            return Amount(scale / 2, scale / 2, at, after, in_words=True, scaled=scale)
    scale, after = _scale_after(t, following, lex)
    if scale != 1:
        return Amount(scale / 2, scale / 2, at, after, in_words=True, scaled=scale)
    if lex.comma:
        return None
    if t.word(following) in ("of", "the", "its", "their", "his", "her", "our", "all", "that") and t.word(at - 1) not in (
        "and", "first", "second", "other", "latter", "better", "back", "top", "bottom", "-", "northern", "southern", "eastern", "western",
    ):  # fmt: skip
        return Amount(Decimal("0.5"), Decimal("0.5"), at, following, is_share=True, in_words=True)
    return None


def _after_article(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """ "a hundred", "a dozen", "a million and a half"."""
    scale, following = _scale_after(t, at + 1, lex)
    if scale == 1 or t.is_glued(at + 1):
        return None
    if t.word(following) == "-":
        return None  # "a million-dollar view"
    if t.word(following) == "and" and t.word(following + 1) == "a" and t.word(following + 2) == "half":
        return Amount(scale * 3 / 2, scale * 3 / 2, at, following + 3, in_words=True, scaled=scale)
    rest = _cardinal(t, following + 1, lex) if t.word(following) == "and" else None
    if rest is not None and rest.high < scale:
        return Amount(scale + rest.low, scale + rest.low, at, rest.next, in_words=True, scaled=scale)
    is_about = lex.comma and t.word(at + 1).endswith("aine")
    return Amount(scale, scale, at, following, in_words=True, scaled=scale, about=is_about)


def _cardinal(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """Words of one cardinal: "one hundred and twenty-three thousand", "quatre-vingt-dix", "treinta y cinco mil"."""
    first = at
    total = Decimal(0)
    group = 0
    last_small = 1000
    n_words = 0
    scaled: Decimal | None = None
    while n_words < 24:
        joined = at
        if n_words and (t.word(at) in lex.joiners) and (t.word(at) != "-" or (t.is_glued(at) and t.is_glued(at + 1))):
            if t.word(at) == "and" and group % 100 != 0:
                break  # "fifteen and sixteen" are two numbers
            joined = at + 1
        if n_words and t.text.find("\n", t.ends[joined - 1], t.starts[joined] if joined < len(t) else None) >= 0:
            break
        word = t.word(joined)
        value = lex.small.get(word)
        if value is not None and joined < len(t) and t.kind(joined) == "w":
            if n_words and not (
                value < last_small and (group % 100 == 0 or (value < 10 and last_small >= 20) or (lex.comma and value < last_small))
            ):
                if not (value == 20 and group % 100 == 4 and lex.comma):
                    break
                group += 76  # quatre-vingt
                last_small = 80
            else:
                if n_words and joined > at and t.word(at) == "and" and value >= 100:
                    break
                if n_words and joined == at and group % 100 and value >= 10 and not lex.comma:
                    break
                group += value
                last_small = value if value else 1
        elif word in lex.scales and joined < len(t):
            if joined > at and t.word(at) == "and":
                break
            factor = lex.scales[word]
            if factor <= 100:
                if not group and n_words:
                    break
                group = (group or 1) * factor
                last_small = 100
            else:
                total += Decimal((group or 1) * factor) if n_words == 0 or group else (total * (factor - 1))
                group, last_small = 0, 1000
            scaled = Decimal(factor)
        else:
            break
        n_words += 1
        at = joined + 1
    if not n_words:
        return None
    value = total + group
    if t.word(at) == "and" and t.word(at + 1) == "a" and t.word(at + 2) == "half":
        scale, after = _scale_after(t, at + 3, lex)
        return Amount((value + Decimal("0.5")) * scale, (value + Decimal("0.5")) * scale, first, after, in_words=True, scaled=scaled)
    if t.word(at) == "point" and t.word(at + 1) in lex.small and value < 100:
        fraction = ""
        following = at + 1
        while len(fraction) < 12 and lex.small.get(t.word(following), 10) < 10:
            fraction += str(lex.small[t.word(following)])
            following += 1
        if fraction:
            scale, after = _scale_after(t, following, lex)
            exact = Decimal(f"{value}.{fraction}") * scale
            return Amount(exact, exact, first, after, in_words=True, scaled=scale if scale != 1 else None)
    return Amount(Decimal(value), Decimal(value), first, at, in_words=True, scaled=scaled)


def han_at(t: Tokens, at: int) -> Amount | None:
    """A number in Chinese characters ("十五", "三万"), or digits with such magnitudes ("1億2000万")."""
    total = Decimal(0)
    group: Decimal = Decimal(0)
    digit: Decimal | None = None
    following = at
    has_scale = False
    while following < len(t) and following - at < 24 and (following == at or t.is_glued(following)):
        word = t.word(following)
        if t.kind(following) == "n":
            written = numeral(t.raw(following), comma=False)
            if written is None or digit is not None:
                break
            digit = written
        elif word in HAN_DIGITS:
            digit = (digit or Decimal(0)) * 10 + HAN_DIGITS[word] if digit is not None else Decimal(HAN_DIGITS[word])
        elif word in HAN_SCALES:
            scale = HAN_SCALES[word]
            has_scale = True
            if scale < 10_000:
                group += (digit if digit is not None else Decimal(1)) * scale
            else:
                total += (group + (digit or 0)) * scale if group or digit is not None else Decimal(scale)
                group = Decimal(0)
            digit = None
        else:
            break
        following += 1
    value = total + group + (digit or 0)
    if following == at or (not has_scale and t.kind(at) != "n" and not value):
        return None
    return Amount(value, value, at, following, in_words=True, scaled=Decimal(1) if has_scale else None)
