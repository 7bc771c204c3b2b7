"""Whether a number is exact, about, more than, at least, ...: the words before it, after it, and signs glued to it."""

from __future__ import annotations

from firstsaid.parsing.figures.tokens import Tokens


def _spelled(table: str) -> dict[tuple[str, ...], str]:
    spelled: dict[tuple[str, ...], str] = {}
    for line in table.strip().splitlines():
        modifier, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            spelled[tuple(phrase.split())] = modifier
    return spelled


_BEFORE = _spelled("""
more_than: more than, over, above, upwards of, upward of, in excess of, well over, just over, exceeding, exceeded, \
exceeds, exceed, topped, surpassed, past, \
greater than, higher than, larger than, older than, longer than, better than, beyond, mehr als, über, plus de, más de, >, 超过, 超
at_least: at least, no fewer than, no less than, not less than, not fewer than, a minimum of, minimum of, mindestens, \
wenigstens, au moins, por lo menos, \
al menos, ≥, no fewer, 至少, 少なくとも
less_than: less than, fewer than, under, below, lower than, younger than, shorter than, smaller than, weniger als, \
unter, moins de, menos de, <, 不到
at_most: at most, no more than, not more than, up to, as many as, as much as, a maximum of, maximum of, as high as, \
as long as, höchstens, bis zu, au plus, \
jusqu'à, como máximo, hasta, ≤, capped at
almost: almost, nearly, close to, just under, just below, just short of, approaching, virtually, shy of, knapp, fast, \
beinahe, presque, près de, casi, cerca de, \
近, 将近, not quite
about: about, around, approximately, roughly, some, circa, c., ca., ca, an estimated, estimated, in the region of, \
somewhere around, in the neighborhood of, \
averaged, averaging, averages, an average of, on average, average of, more or less, ~, ≈, ∼, etwa, rund, ungefähr, \
environ, quelque, unos, unas, aproximadamente, \
alrededor de, 约, 約, 大约, 左右
exact: exactly, precisely, genau, exactement, exactamente, only, just, a total of, a record
""")
_LONGEST_BEFORE = 4
_FIRST_WORDS = frozenset(phrase[-1] for phrase in _BEFORE)

_AFTER = _spelled("""
at_least: or more, or above, or over, or older, or longer, or higher, or greater, or better, and over, and above, \
and older, and up, at least, at minimum, \
oder mehr, ou plus, o más, plus, 以上
at_most: or less, or fewer, or under, or below, or lower, or younger, or shorter, and under, and younger, at most, tops, max, at the most
about: or so, or thereabouts, odd, - odd, ish, - ish, 左右, or thereabout
""")
_LONGEST_AFTER = 3
_FIRST_AFTER = frozenset(phrase[0] for phrase in _AFTER)
_PHRASES_WITH_OVER = frozenset(
    ["all", "hand", "turn", "take", "took", "taken", "carry", "went", "go", "going", "gone", "won", "win", "wins", "victory", "lead"]
)


def before(t: Tokens, at: int) -> tuple[str, int] | None:
    """The modifier whose last token stands directly before token `at`, and the token it begins at; the longest wins."""
    if t.word(at - 1) not in _FIRST_WORDS:
        return None
    for length in range(_LONGEST_BEFORE, 0, -1):
        first = at - length
        if first < 0:
            continue
        modifier = _BEFORE.get(tuple(t.lower[first:at]))
        if modifier is None:
            continue
        word = t.word(first)
        if length == 1 and word in ("c", "ca", "fast") and t.is_capitalised(first):
            return None
        if length == 1 and word in ("over", "past") and t.word(first - 1) in _PHRASES_WITH_OVER:
            return None
        if length == 1 and word in ("past",) and t.word(first - 1) in ("the", "half"):
            return None
        if length == 1 and word == "some" and t.word(first - 1) == "by":
            return "about", first
        if modifier == "about" and length == 1 and t.word(first - 1) in ("than",):
            continue
        return modifier, first
    return None


def after(t: Tokens, at: int) -> tuple[str, int] | None:
    """The modifier whose first token is `at`, and the token after it."""
    if t.word(at) not in _FIRST_AFTER:
        if t.word(at) == "+" and t.is_glued(at):
            return "at_least", at + 1
        return None
    for length in range(_LONGEST_AFTER, 0, -1):
        modifier = _AFTER.get(tuple(t.lower[at : at + length]))
        if modifier is None:
            continue
        if (
            t.word(at) == "plus"
            and t.is_glued(at) is False
            and t.word(at - 1) != "-"
            and t.kind(at + 1) == "w"
            and t.word(at + 1) in ("a", "the", "an")
        ):
            return None
        if t.word(at) in ("max", "plus") and t.is_capitalised(at):
            return None
        return modifier, at + length
    return None
