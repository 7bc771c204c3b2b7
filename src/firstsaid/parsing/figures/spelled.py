"""Numbers in words: cardinals, vague magnitudes, shares, and numbers in Chinese characters. Conventions: see `numbers`."""

from __future__ import annotations

from decimal import Decimal

from firstsaid.parsing.figures.lexicon import HAN_DIGITS, HAN_SCALES, Lexicon
from firstsaid.parsing.figures.numbers import PRECISION, THIRDS_DIGITS, Amount, numeral, scale_after
from firstsaid.parsing.figures.roles import STOPPERS
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.units import unit_after

_VAGUE_TOP = {10: 9, 12: 99, 20: 99}  # "dozens" and "scores" end where "hundreds" begin


def words_at(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """The number in words that begins at token `at`: cardinals, vague magnitudes, shares ("two-thirds of", "a quarter of")."""
    word = t.word(at)
    if t.word(at - 1) in ("per", "pro") and word in lex.scales:
        return None  # "per million"
    if word in lex.vague:
        return _vague(t, at, at, lex)
    if word in ("few", "several", "couple") or (word in lex.articles and t.word(at + 1) in ("few", "couple")):
        return _few(t, at, lex)
    share = _share(t, at, lex)
    if share is not None:
        return share
    if word in lex.halves:
        return _half(t, at, lex)
    if word == "quarter" and word in lex.parts:
        return _quarter(t, at, lex)
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
            scale, after = scale_after(t, following + 1, lex)
            value = 2 * scale
            return Amount(value, value, at, max(after, following + 1), in_words=True, about=True, scaled=scale if scale != 1 else None)
        scale, after = scale_after(t, following, lex)
        return Amount(2 * scale, 2 * scale, at, after, in_words=True, about=True, scaled=scale) if scale != 1 else None
    scale, after = scale_after(t, following, lex)
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
    """Reads "two-thirds", "a third of", "one-fifth"; a denominator alone is an ordinal and no share."""
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
        name in ("quarter",)
        or lex.comma
        or t.word(part_at + 1) in _AFTER_A_SHARE
        or t.word(part_at + 1) in STOPPERS
        or t.kind(part_at + 1) != "w"
    ):
        return None  # "a third man"
    if word in lex.articles and lex.comma and name not in lex.parts:
        return None
    if name == "quarter" and t.word(part_at + 1) in ("century", "final", "finals"):
        return None
    if word not in lex.articles and numerator > 1 and not is_plural:
        return None  # "twenty fifth"
    if word == "one" and part_at == at + 1 and t.word(part_at + 1) not in _AFTER_A_SHARE | STOPPERS and t.kind(part_at + 1) == "w":
        return None
    value = (Decimal(numerator) / Decimal(below)).quantize(THIRDS_DIGITS)
    scale, following = scale_after(t, part_at + 1, lex)
    if t.word(part_at + 1) == "of" and t.word(part_at + 2) in ("a", "an") and t.word(part_at + 3) in lex.scales:
        scale, following = scale_after(t, part_at + 3, lex)
    if scale != 1:
        exact = PRECISION.divide(PRECISION.multiply(scale, Decimal(numerator)), Decimal(below))
        return Amount(exact, exact, at, following, in_words=True, scaled=scale)
    return Amount(value, value, at, part_at + 1, is_share=True, in_words=True)


_AFTER_A_SHARE = frozenset(["more", "less", "fewer", "as", "were", "was", "are", "is", "have", "has", "had", "said", "say"])


def _half(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    following = at + 1
    if t.word(following) in lex.articles:
        scale, after = scale_after(t, following + 1, lex)
        if scale != 1:
            return Amount(scale / 2, scale / 2, at, after, in_words=True, scaled=scale)
    scale, after = scale_after(t, following, lex)
    if scale != 1:
        return Amount(scale / 2, scale / 2, at, after, in_words=True, scaled=scale)
    if lex.comma:
        return None
    if t.word(at - 1) == "by" and (t.kind(following) != "w" or t.word(following) in STOPPERS):
        return Amount(Decimal("0.5"), Decimal("0.5"), at, following, is_share=True, in_words=True)  # "grew by half"
    if t.word(following) in lex.articles and (unit := unit_after(t, following + 1)) is not None and unit.kind in ("measure", "duration"):
        return Amount(Decimal("0.5"), Decimal("0.5"), at, following + 1, in_words=True)  # half a kilo, half an hour
    if t.word(following) in ("of", "the", "its", "their", "his", "her", "our", "all", "that") and t.word(at - 1) not in (
        "and", "first", "second", "other", "latter", "better", "back", "top", "bottom", "-", "northern", "southern", "eastern", "western",
    ):  # fmt: skip
        return Amount(Decimal("0.5"), Decimal("0.5"), at, following, is_share=True, in_words=True)
    return None


def _quarter(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """Reads "quarter-million", "quarter of a million"; an article before it is passed by the caller."""
    scale, following = scale_after(t, at + 1, lex)
    if scale == 1 and t.word(at + 1) == "of" and t.word(at + 2) in lex.articles:
        scale, following = scale_after(t, at + 3, lex)
    return Amount(scale / 4, scale / 4, at, following, in_words=True, scaled=scale) if scale >= 1000 else None


def _after_article(t: Tokens, at: int, lex: Lexicon) -> Amount | None:
    """Reads "a hundred", "a dozen", "a million and a half"."""
    if t.word(at + 1) == "score" and t.word(at + 2) == "of" and not lex.comma:
        return Amount(Decimal(20), Decimal(20), at, at + 2, in_words=True)
    scale, following = scale_after(t, at + 1, lex)
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
    whole = total + group
    hyphens = [at, at + 2, at + 4] if t.word(at) == "-" and tuple(t.lower[at + 1 : at + 6]) == ("and", "-", "a", "-", "half") else []
    if hyphens and all(t.is_glued(hyphen) and t.is_glued(hyphen + 1) for hyphen in hyphens):
        return Amount(whole + Decimal("0.5"), whole + Decimal("0.5"), first, at + 6, in_words=True)
    if t.word(at) == "and" and t.word(at + 1) == "a" and t.word(at + 2) == "half":
        scale, after = scale_after(t, at + 3, lex)
        return Amount((whole + Decimal("0.5")) * scale, (whole + Decimal("0.5")) * scale, first, after, in_words=True, scaled=scaled)
    if t.word(at) == "point" and t.word(at + 1) in lex.small and whole < 100:
        fraction = ""
        following = at + 1
        while len(fraction) < 12 and lex.small.get(t.word(following), 10) < 10:
            fraction += str(lex.small[t.word(following)])
            following += 1
        if fraction:
            scale, after = scale_after(t, following, lex)
            exact = Decimal(f"{whole}.{fraction}") * scale
            return Amount(exact, exact, first, after, in_words=True, scaled=scale if scale != 1 else None)
    return Amount(Decimal(whole), Decimal(whole), first, at, in_words=True, scaled=scaled)


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
            elif total and not group and digit is None:
                total *= scale  # 1.2万亿
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
