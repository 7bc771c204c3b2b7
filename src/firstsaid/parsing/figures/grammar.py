"""A figure from its parts: number, range, modifier, unit, kind, and what it counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from firstsaid.parsing.figures import modifiers
from firstsaid.parsing.figures.calendar import is_year, year_of, years
from firstsaid.parsing.figures.dressing import AFTER_RATIO, BETWEEN, FROM, Found, Sentence, dress, open_ends
from firstsaid.parsing.figures.labels import LABELLED, is_label, is_model_name
from firstsaid.parsing.figures.lexicon import FRACTION_SIGNS, HAN_DIGITS, HAN_SCALES, Lexicon
from firstsaid.parsing.figures.numbers import PRECISION, THIRDS_DIGITS, Amount, digits_at
from firstsaid.parsing.figures.ranges import DASHES, with_margin, with_range
from firstsaid.parsing.figures.roles import noun_after
from firstsaid.parsing.figures.spelled import han_at, words_at
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.unit_words import HAN_PEOPLE
from firstsaid.parsing.figures.units import currency_before, unit_after


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOT_BEFORE_ONE = _words(
    "no every any this that the each some which another only-one everyone someone one first last other such these those same single right "
    "wrong big loved"
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
    margin = with_margin(t, amount, lex)
    if margin is not None:
        both, following = margin
        found = dress(t, both, first, following, currency[0] if currency else None, sentence, lex, is_range=True)
        return replace(found, next=max(found.next, both.next))
    return with_range(t, amount, first, currency[0] if currency else None, sentence, lex)


def _amount_at(t: Tokens, at: int, sentence: Sentence, lex: Lexicon) -> Amount | Found | int:
    kind = t.kinds[at]
    word = t.lower[at]
    compared = _compared(t, at)
    if compared is not None:
        return compared
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


def _compared(t: Tokens, at: int) -> Found | None:
    """Shares and ratios written as two numbers: 三分之二, 百分之五, 3割, "a ratio of 28:1", "odds of 5 to 1"."""
    if t.word(at + 1) == "割" and t.kind(at) == "n" and t.raw(at).isdecimal() and len(t.raw(at)) < 3:
        tenths = Decimal(int(t.raw(at))) * 10
        return Found(at, at + 2, tenths, tenths, "percent", "percent", "exact")
    if t.word(at + 1) == "分" and t.word(at + 2) == "之":
        whole = han_at(t, at)
        part = han_at(t, at + 3) if t.word(at + 3) in HAN_DIGITS or t.word(at + 3) in HAN_SCALES or t.kind(at + 3) == "n" else None
        if whole is None or part is None or not 0 < part.low < whole.low:
            return None
        if whole.low == 100:
            return Found(at, part.next, part.low, part.high, "percent", "percent", "exact")
        share = PRECISION.divide(part.low, whole.low).quantize(THIRDS_DIGITS)
        return Found(at, part.next, share, share, None, "ratio", "exact")
    is_ratio = t.kind(at) == "n" and t.word(at + 1) in (":", "to") and t.raw(at + 2) == "1" and t.raw(at).isdecimal() and len(t.raw(at)) < 6
    if is_ratio and not _RATIO_WORDS.isdisjoint(t.lower[max(0, at - 12) : at]):
        return Found(at, at + 3, Decimal(int(t.raw(at))), Decimal(int(t.raw(at))), None, "ratio", "exact")
    return None


_RATIO_WORDS = _words("ratio ratios odds proportion")


def _word_amount(t: Tokens, at: int, sentence: Sentence, lex: Lexicon) -> Amount | Found | int:
    word = t.lower[at]
    folds = _fold(t, at, lex)
    if folds is not None:
        return folds
    and_a_half = _unit_and_a_half(t, at, lex)
    if and_a_half is not None:
        return and_a_half
    amount = words_at(t, at, lex)
    if amount is None:
        if word == "twice" and t.word(at + 1) in AFTER_RATIO:
            modifier, first = modifiers.before(t, at) or ("exact", at)
            return open_ends(Found(first, at + 1, Decimal(2), Decimal(2), None, "ratio", modifier), keeps_range=False)
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
    if _is_verb_after_one(following) and t.word(at - 1) not in ("just", "only"):
        return at + 1  # "one wonders"
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


_SINGULAR_IN_S = _words(
    "series species news means sports arms sales goods gas lens customs communications business christmas always perhaps thus as of its "
    "his plus minus overseas less yes bias atlas canvas corps chaos politics economics physics mathematics athletics texas kansas "
    "systems operations services human-rights rights parents"
)


def _fold(t: Tokens, at: int, lex: Lexicon) -> Found | None:
    """Reads "tenfold" as ten times, "jeder vierte Haushalt" as a quarter of them."""
    word = t.lower[at]
    value = lex.small.get(word[:-4]) or lex.scales.get(word[:-4]) if word.endswith("fold") else None
    if value:
        return Found(at, at + 1, Decimal(value), Decimal(value), None, "ratio", "exact")
    ordinal = lex.ordinals.get(t.word(at + 1)) or lex.ordinals.get(t.word(at + 1).removesuffix("r").removesuffix("s"))
    if word in ("jeder", "jede", "jedes") and ordinal and t.word(at + 2) not in ("tag", "jahr", "woche", "monat", "mal"):
        share = PRECISION.divide(Decimal(1), Decimal(ordinal)).quantize(THIRDS_DIGITS)
        return Found(at, at + 2, share, share, None, "ratio", "exact", noun_after(t, at + 2, len(t), plural=False))
    return None


def _unit_and_a_half(t: Tokens, at: int, lex: Lexicon) -> Found | None:
    """Reads "a month and a half", "an hour and a quarter", whose number stands behind the unit."""
    if (
        t.word(at) not in ("a", "an", "one")
        or t.word(at) not in (*lex.articles, *lex.small)
        or tuple(t.lower[at + 2 : at + 4]) != ("and", "a")
    ):
        return None
    part = {"half": Decimal("1.5"), "quarter": Decimal("1.25"), "third": Decimal("1.333333")}.get(t.word(at + 4))
    unit = unit_after(t, at + 1)
    if part is None or unit is None or unit.next != at + 2:
        return None
    return Found(at, at + 5, part, part, unit.name, unit.kind, "exact")


def _is_verb_after_one(word: str) -> bool:
    """Whether the word after "one" is a verb of the third person, since no noun in the plural stands there ("one hopes")."""
    return len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and word not in _SINGULAR_IN_S


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
    if t.word(first - 1) in ("-", "‑") and t.is_glued(first) and t.is_glued(first - 1) and t.word(first - 2) == "minus":
        return first - 2  # minus-1.4
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
    is_span = (joiner in DASHES and t.kind(right) == "n") or (
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
