"""How two wordings differ: word-aligned differences with their kind, and what editorial practice allows in a quotation.

What a word is comes from `text`; here numbers written with separators are one word with one key, so that "1,000", "1.000" and "1000" are
equal and "1.5" and "15" are not. Small word lists (English, German, French, Spanish, Arabic, Persian) name negations, hedges, months and
number words; in other languages the kinds that need no list still work.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from firstsaid import text as texts

MAX_TELLING_WORDS = 8
"""A stretch present on one side only, or rewritten throughout, is named for a figure, name or "not" in it only up to this length: every
long cut contains some number, and what matters then is the cut."""
DIRECT_PRODUCT = 400_000_000
"""Up to this many word pairs bit-parallel alignment answers within a tenth of a second; above it unique words anchor first."""
MIN_MOVED_WORDS = 3
"""Words cut here and added there are a move from this length on; shorter ones ("of the") meet by chance."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two wordings differ. Half-open code points into either text; an empty side marks the place of a cut or addition.

    `kind` is one of `model.READING_KINDS`.
    """

    kind: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    left_text: str
    right_text: str


class Opcode(NamedTuple):
    """`left[left_start:left_end]` stands against `right[right_start:right_end]`. `tag`: equal, replace, delete, insert."""

    tag: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int


@dataclass(frozen=True, slots=True)
class Units:
    """The words of one text, separated numbers joined. `starts`, `ends`: code points; `keys`: what to compare."""

    starts: list[int]
    ends: list[int]
    keys: list[str]


# ------------------------------------------------------------------------------------------------------------ word lists


def _keys(listed: str) -> frozenset[str]:
    return frozenset(texts.key(word) for word in listed.split())


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(texts.key(word) for word in phrase.split()) for phrase in listed.split(","))


_NEGATION_WORDS = """
    not no never none nobody nothing neither nor without cannot deny denies denied denying refuse refuses refused reject rejects rejected
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne bestritt bestreitet dementiert dementierte
    ne pas jamais aucun aucune personne rien sans ni nie nient dément démenti
    nunca jamás ningún ninguna ninguno nada nadie sin niega negó tampoco
    لا لم لن ليس ليست غير دون بدون نفى نفت كلا نه هیچ نیست نبود هرگز بدون نکرد نشد ندارد نمی
"""
_HEDGE_PHRASES = """
    may, might, could, would, about, around, approximately, roughly, nearly, almost, reportedly, allegedly, alleged, apparently, perhaps,
    possibly, probably, likely, unlikely, suspected, presumably, seemingly, potentially, some, expected to, set to, believed to, thought to,
    said to, appears to, appear to, appeared to, seems to, seem to, at least, at most, more than, less than, fewer than, up to, as many as,
    as much as, no more than, no fewer than, no less than, over, under, estimated, suggests, suggest, suggested, can,
    preliminary, provisional,
    könnte, könnten, dürfte, dürften, soll, sollen, etwa, rund, ungefähr, fast, beinahe, mindestens, höchstens, angeblich, mutmaßlich,
    mutmaßliche, vermutlich, wahrscheinlich, möglicherweise, offenbar, mehr als, weniger als, bis zu, voraussichtlich, vielleicht,
    pourrait, pourraient, serait, seraient, aurait, auraient, environ, près de, presque, au moins, au plus, plus de, moins de, peut-être,
    probablement, présumé, présumée, selon, jusqu'à, vraisemblablement, devrait, devraient,
    podría, podrían, habría, habrían, sería, unos, unas, cerca de, casi, al menos, como mucho, más de, menos de, hasta, quizá, quizás,
    probablemente, presunto, presunta, supuestamente, aproximadamente, alrededor de, posiblemente,
    ربما, قد, حوالي, نحو, تقريبا, على الأقل, أكثر من, أقل من, ما لا يقل عن, من المتوقع, يحتمل, زعم, مزعوم,
    شاید, حدود, تقریبا, دست کم, حداقل, حداکثر, بیش از, کمتر از, نزدیک به, احتمالا, ممکن است, گویا, ظاهرا
"""
_MONTHS_AND_DAYS = """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
    januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag gestern heute
    morgen janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi
    dimanche hier aujourd'hui demain enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
    miércoles jueves viernes sábado domingo ayer hoy mañana يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد أمس اليوم غدا فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
    دوشنبه شنبه جمعه دیروز امروز فردا
"""
_CASED_DATE_WORDS = "may march mars mai mar mayo morgen"
"""Month names that are common words too: dates only with a capital (or with a figure beside them)."""
_QUALIFIER_WORDS = """
    unless except if but only provided although though however until wenn falls außer sofern aber nur obwohl si sauf mais seulement sinon
    pero salvo excepto sólo solo aunque إلا إذا لكن فقط ما لم مگر اگر اما ولی فقط
"""
_YEAR_LEADS = (
    "in since by of from until during year before after spring summer autumn winter fall early late mid im seit bis jahr en depuis "
)
_YEAR_LEADS += "hasta desde año de سنة عام سال"
_GERMAN = "der die das und ist nicht ein eine den dem des im mit auf von zu sich"
_GERMAN_DETERMINERS = (
    "der die das den dem des ein eine einen einem einer eines kein keine im am zum zur beim vom ins ans dieser diese dieses"
)
_NUMBER_WORDS = {
    "2": "two zwei deux dos اثنان دو", "3": "three drei trois tres ثلاثة سه", "4": "four vier quatre cuatro أربعة چهار",
    "5": "five fünf cinq cinco خمسة پنج", "6": "six sechs seis ستة شش", "7": "seven sieben sept siete سبعة هفت",
    "8": "eight acht huit ocho ثمانية هشت", "9": "nine neun neuf nueve تسعة نه", "10": "ten zehn dix diez عشرة ده",
    "11": "eleven elf onze once",
    "12": "twelve zwölf douze doce dozen", "13": "thirteen dreizehn treize trece", "14": "fourteen vierzehn quatorze catorce",
    "15": "fifteen fünfzehn quinze quince", "16": "sixteen sechzehn seize", "17": "seventeen siebzehn", "18": "eighteen achtzehn",
    "19": "nineteen neunzehn", "20": "twenty zwanzig vingt veinte عشرون بیست", "30": "thirty dreißig trente treinta ثلاثون سی",
    "40": "forty vierzig quarante cuarenta أربعون چهل", "50": "fifty fünfzig cinquante cincuenta خمسون پنجاه",
    "60": "sixty sechzig soixante sesenta",
    "70": "seventy siebzig setenta", "80": "eighty achtzig ochenta", "90": "ninety neunzig noventa",
    "100": "hundred hundreds hundert cent ciento cien مئة صد", "1000": "thousand thousands tausend tausende mille mil ألف هزار",
    "1000000": "million millions millionen millón millones مليون میلیون",
    "1000000000": "billion billions milliarde milliarden milliard milliards",
    "1/2": "half halb hälfte moitié demi mitad نصف نیم", "1/3": "third drittel tiers tercio", "1/4": "quarter viertel quart cuarto",
    "x2": "double twice doppelt doublé doble", "x3": "triple tripled",
}  # fmt: skip


class _Lists(NamedTuple):
    negations: frozenset[str]
    hedges: frozenset[tuple[str, ...]]
    dates: frozenset[str]
    cased_dates: frozenset[str]
    qualifiers: frozenset[str]
    year_leads: frozenset[str]
    german: frozenset[str]
    german_determiners: frozenset[str]
    numbers: dict[str, str]


@cache
def _lists() -> _Lists:
    numbers = {texts.key(word): value for value, listed in _NUMBER_WORDS.items() for word in listed.split()}
    # "sept" is September and seven, "نه" is nine and no: as numbers they would hide the commoner meaning.
    for twin in ("sept", "نه", "once", "second"):
        numbers.pop(texts.key(twin), None)
    return _Lists(
        _keys(_NEGATION_WORDS), _phrases(_HEDGE_PHRASES), _keys(_MONTHS_AND_DAYS), _keys(_CASED_DATE_WORDS), _keys(_QUALIFIER_WORDS),
        _keys(_YEAR_LEADS), _keys(_GERMAN), _keys(_GERMAN_DETERMINERS), numbers,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- words and numbers

_SEPARATORS = frozenset(".,٫٬")
_SPACES_IN_NUMBERS = frozenset(" \u00a0\u202f\u2009")


def units(text: str) -> Units:
    """The words of `text` with separated numbers joined into one.

    >>> units("1,000 men, 1.5 tons").keys
    ['1000', 'men', '1.5', 'tons']
    """
    bounds = texts.word_bounds(text)
    starts, ends = bounds[0].tolist(), bounds[1].tolist()
    keys = [_key(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    if not any(c.isdigit() for c in text):
        return Units(starts, ends, keys)
    joined = Units([], [], [])
    at, n = 0, len(keys)
    while at < n:
        stop = at + 1
        if keys[at].isdecimal():
            while stop < n and keys[stop].isdecimal() and _is_one_number(text, starts, ends, keys, stop, stop - at):
                stop += 1
            key = _number_key([_digits(key) for key in keys[at:stop]], [text[ends[k] : starts[k + 1]] for k in range(at, stop - 1)])
        else:
            key = keys[at]
        joined.starts.append(starts[at])
        joined.ends.append(ends[stop - 1])
        joined.keys.append(key)
        at = stop
    return joined


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """The key of a word: kept, as witnesses of one text have the same words over and over."""
    return texts.key(word)


def _is_one_number(text: str, starts: list[int], ends: list[int], keys: list[str], at: int, n_before: int) -> bool:
    """Whether the digits at word `at` carry on the number before them ("1,000", "30 000"; not "in 2019, 300")."""
    gap = text[ends[at - 1] : starts[at]]
    if gap in _SEPARATORS:
        return True
    return gap in _SPACES_IN_NUMBERS and len(keys[at]) == 3 and len(keys[at - 1]) <= 3 and (n_before == 1 or len(keys[at - 1]) == 3)


def _digits(key: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in key)


def _number_key(groups: list[str], separators: list[str]) -> str:
    """One key for one value: "1,000" and "1.000" are 1000, "3,50" is 3.5; dates such as 12.03.2024 stay as they are."""
    if len(groups) == 1:
        return groups[0].lstrip("0") or "0" if len(groups[0]) <= 2 else groups[0]
    decimal = ""
    if len(groups[-1]) != 3 or (len(groups) == 2 and groups[0] == "0") or (len(groups) > 2 and separators[-1] != separators[-2]):
        *groups, decimal = groups
    if not all(len(group) == 3 for group in groups[1:]) or (len(groups) > 1 and len(groups[0]) > 3):
        return ".".join([*groups, decimal])
    decimal = decimal.rstrip("0")
    return (("".join(groups)).lstrip("0") or "0") + ("." + decimal if decimal else "")


# ------------------------------------------------------------------------------------------------------------------- alignment


def align(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Opcode]:
    """Opcodes that turn `left` into `right`, equal stretches included, in order.

    Fewest edits (bit-parallel Levenshtein); for very long inputs items that occur once on both sides anchor first (patience), so that
    texts of 100,000 words take about a second. Deterministic.
    """
    n_left, n_right = len(left), len(right)
    start = 0
    while start < min(n_left, n_right) and left[start] == right[start]:
        start += 1
    tail = 0
    while tail < min(n_left, n_right) - start and left[n_left - 1 - tail] == right[n_right - 1 - tail]:
        tail += 1
    pieces = [Opcode("equal", 0, start, 0, start)]
    low_left, low_right = start, start
    if (n_left - tail - start) * (n_right - tail - start) > DIRECT_PRODUCT:
        for at_left, at_right in [*_anchors(left, right, start, n_left - tail, n_right - tail)]:
            pieces += _direct(left, right, low_left, at_left, low_right, at_right)
            pieces.append(Opcode("equal", at_left, at_left + 1, at_right, at_right + 1))
            low_left, low_right = at_left + 1, at_right + 1
    pieces += _direct(left, right, low_left, n_left - tail, low_right, n_right - tail)
    pieces.append(Opcode("equal", n_left - tail, n_left, n_right - tail, n_right))
    return _merged(pieces)


def _direct(left: Sequence[Hashable], right: Sequence[Hashable], a: int, b: int, c: int, d: int) -> list[Opcode]:
    if a == b or c == d:
        return [Opcode("delete" if c == d else "insert", a, b, c, d)]
    return [
        Opcode(op.tag, a + op.src_start, a + op.src_end, c + op.dest_start, c + op.dest_end)
        for op in Levenshtein.opcodes(left[a:b], right[c:d])
    ]


def _merged(pieces: list[Opcode]) -> list[Opcode]:
    """Without empty pieces, and neighbours of one tag as one."""
    merged: list[Opcode] = []
    for piece in pieces:
        if piece.left_start == piece.left_end and piece.right_start == piece.right_end:
            continue
        if merged and merged[-1].tag == piece.tag:
            piece = Opcode(piece.tag, merged[-1].left_start, piece.left_end, merged.pop().right_start, piece.right_end)
        merged.append(piece)
    return merged


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable], start: int, stop_left: int, stop_right: int) -> Iterable[tuple[int, int]]:
    """Places of items that occur once on both sides, as the longest chain that rises on both (patience)."""
    count_left, count_right = Counter(left[start:stop_left]), Counter(right[start:stop_right])
    place = {item: at for at, item in enumerate(right[start:stop_right], start) if count_right[item] == 1 and count_left.get(item) == 1}
    pairs = [(at, place[item]) for at, item in enumerate(left[start:stop_left], start) if item in place]
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for index, (_, at_right) in enumerate(pairs):
        level = bisect_left(tops, at_right)
        before.append(top_pairs[level - 1] if level else -1)
        tops[level : level + 1] = [at_right]
        top_pairs[level : level + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = top_pairs[-1] if top_pairs else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return reversed(chain)


# ----------------------------------------------------------------------------------------------------------------- differences


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Where `right` differs from `left`, in reading order, with the most telling kind of each difference.

    Neighbouring changed words are one difference. Case, accents and typography (quote marks, dashes, spaces) are no difference;
    punctuation between equal words is. Cost: near-linear for similar texts.

    >>> [(d.kind, d.left_text, d.right_text) for d in differences("at least 40 men died", "45 men died")]
    [('figure', 'at least 40', '45')]
    """
    if left == right:
        return ()
    left_units, right_units = units(left), units(right)
    opcodes = _grouped(align(left_units.keys, right_units.keys))
    is_german = _is_german(left_units.keys)
    found: list[Difference] = []
    for op in opcodes:
        if op.tag == "equal":
            found += _punctuation(left, left_units, right, right_units, op)
            continue
        left_span = _span(left, left_units, op.left_start, op.left_end)
        right_span = _span(right, right_units, op.right_start, op.right_end)
        kind = _kind(
            _Side(left, left_units, op.left_start, op.left_end), _Side(right, right_units, op.right_start, op.right_end), is_german
        )
        found.append(Difference(kind, *left_span, *right_span, left[slice(*left_span)], right[slice(*right_span)]))
    return _with_moves(found)


def _grouped(opcodes: list[Opcode]) -> list[Opcode]:
    """Neighbouring changes as one change."""
    grouped: list[Opcode] = []
    for op in opcodes:
        if grouped and op.tag != "equal" and grouped[-1].tag != "equal":
            before = grouped.pop()
            op = Opcode("replace", before.left_start, op.left_end, before.right_start, op.right_end)
        grouped.append(op)
    return grouped


def _span(text: str, of: Units, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return of.starts[start], of.ends[end - 1]
    at = of.starts[start] if start < len(of.starts) else of.ends[-1] if of.ends else 0
    return at, at


class _Side(NamedTuple):
    """One side of a difference: words `start`..`end` of `of`."""

    text: str
    of: Units
    start: int
    end: int

    @property
    def keys(self) -> list[str]:
        return self.of.keys[self.start : self.end]

    def around(self, n_words: int) -> list[str]:
        return self.of.keys[max(0, self.start - n_words) : self.end + n_words]

    def surface(self, at: int) -> str:
        return self.text[self.of.starts[at] : self.of.ends[at]]


def _kind(left: _Side, right: _Side, is_german: bool) -> str:
    """The most telling kind: figure, date, negation, name, hedge, order, spelling; then cut, addition, wording."""
    n_left, n_right = left.end - left.start, right.end - right.start
    one_sided = "cut" if n_right == 0 else "addition" if n_left == 0 else None
    if max(n_left, n_right) <= MAX_TELLING_WORDS or (one_sided is None and min(n_left, n_right) * 2 >= max(n_left, n_right)):
        is_long = max(n_left, n_right) > MAX_TELLING_WORDS
        for kind, left_has, right_has in (
            ("figure", _figures(left), _figures(right)),
            ("date", _dates(left), _dates(right)),
            ("negation", _negations(left), _negations(right)),
            ("name", _names(left, is_german), _names(right, is_german)),
            ("hedge", _hedges(left), _hedges(right)),
        ):
            # In a long rewritten stretch only what stands against something counts: one number against another.
            if left_has != right_has and not (is_long and not (left_has and right_has)):
                return kind
        if one_sided is None and _is_negated_twin(left.keys, right.keys):
            return "negation"
    if one_sided:
        return one_sided
    if n_left > 1 and sorted(left.keys) == sorted(right.keys):
        return "order"
    return "spelling" if _is_spelling(left.keys, right.keys) else "wording"


def _figures(side: _Side) -> Counter[str]:
    numbers = _lists().numbers
    found = (_number(side, at, numbers) for at in range(side.start, side.end))
    return Counter(value for value in found if value is not None)


def _number(side: _Side, at: int, numbers: dict[str, str]) -> str | None:
    key = side.of.keys[at]
    if any(c.isdigit() for c in key):
        return None if _is_date_number(side, at) else key
    return numbers.get(key)


def _is_date_number(side: _Side, at: int) -> bool:
    """A day beside a month, or four digits that read as a year."""
    keys, key = side.of.keys, side.of.keys[at]
    if not key[:1].isdigit():
        return False
    if any(_is_date_word(side, k) for k in (at - 2, at - 1, at + 1, at + 2) if 0 <= k < len(keys)):
        return len(key) <= 4
    if re.fullmatch(r"\d{1,4}\.\d{1,2}\.\d{1,4}", key):
        return True
    if not (len(key) == 4 and key.isdecimal() and 1000 <= int(key) <= 2199):
        return False
    after = side.text[side.of.ends[at] : side.of.ends[at] + 1]
    return (at > 0 and keys[at - 1] in _lists().year_leads) or (after in ("", ".", ",", ")", ";", ":") and at > 0)


def _is_date_word(side: _Side, at: int) -> bool:
    key = side.of.keys[at]
    if key not in _lists().dates:
        return False
    return key not in _lists().cased_dates or side.surface(at)[:1].isupper()


def _dates(side: _Side) -> Counter[str]:
    return Counter(side.of.keys[at] for at in range(side.start, side.end) if _is_date_word(side, at) or _is_date_number(side, at))


def _negations(side: _Side) -> int:
    negations = _lists().negations
    return sum(_is_negation(side.of.keys[at], side.surface(at), negations) for at in range(side.start, side.end))


def _is_negation(key: str, surface: str, negations: frozenset[str]) -> bool:
    return key in negations or (len(surface) > 3 and surface[-3:].lower() in ("n't", "n’t")) or (len(key) > 4 and key.startswith("نمی"))


def _is_negated_twin(left: list[str], right: list[str]) -> bool:
    """Whether one word is the other with a negating prefix: legal, illegal."""
    left, right = [key for key in left if key not in ("a", "an")], [key for key in right if key not in ("a", "an")]
    if len(left) != 1 or len(right) != 1:
        return False
    short, long = sorted((left[0], right[0]), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in ("un", "in", "im", "il", "ir", "non", "dis", "غیر", "نا"))


def _hedges(side: _Side) -> Counter[tuple[str, ...]]:
    """Hedging phrases in the words and two words around them ("at least" may share a word with its context)."""
    hedges, around = _lists().hedges, side.around(2)
    found = (tuple(around[at : at + n]) for n in (1, 2, 3, 4) for at in range(len(around) - n + 1))
    return Counter(phrase for phrase in found if phrase in hedges)


def _is_german(keys: list[str]) -> bool:
    """Whether a capital says little: German writes every noun with one."""
    sample = keys[:400]
    return sum(key in _lists().german for key in sample) * 8 >= len(sample) > 0


def _names(side: _Side, is_german: bool) -> Counter[str]:
    """Words with a capital that do not begin a sentence (in German: nor follow an article)."""
    found: Counter[str] = Counter()
    for at in range(side.start, side.end):
        surface = side.surface(at)
        if len(surface) < 2 or not surface[0].isupper() or (is_german and side.of.keys[max(0, at - 1)] in _lists().german_determiners):
            continue
        before = side.text[side.of.ends[at - 1] if at else 0 : side.of.starts[at]]
        if at and not any(c in '.!?:\n"“”„«‘…' for c in before):
            found[side.of.keys[at]] += 1
    return found


def _is_spelling(left: list[str], right: list[str]) -> bool:
    """Whether few letters differ: one in words of up to seven letters, two in longer ones; the first letter holds."""
    one, other = "".join(left), "".join(right)
    if len(left) > 2 or len(right) > 2:
        return False
    if one == other:
        return True
    shortest = min(len(one), len(other))
    if shortest < 4 or one[0] != other[0] or any(c.isdigit() for c in one + other):
        return False
    return OSA.distance(one, other) <= (1 if max(len(one), len(other)) <= 7 else 2)


_TELLING_SIGNS = "%‰+−"


def _punctuation(left: str, left_units: Units, right: str, right_units: Units, op: Opcode) -> list[Difference]:
    """Differences between equal words; what stands outside the first and last word is a matter of how the span was cut."""
    found = []
    for offset in range(op.left_end - op.left_start - 1):
        at_left, at_right = op.left_start + offset, op.right_start + offset
        span_left = (left_units.ends[at_left], left_units.starts[at_left + 1])
        span_right = (right_units.ends[at_right], right_units.starts[at_right + 1])
        gap_left, gap_right = left[slice(*span_left)], right[slice(*span_right)]
        if gap_left == gap_right or (gap_left.isspace() and gap_right.isspace()):
            continue
        bare_left, bare_right = _bare(gap_left), _bare(gap_right)
        if bare_left != bare_right:
            is_figure = any(c in _TELLING_SIGNS or unicodedata.category(c) == "Sc" for c in set(bare_left) ^ set(bare_right))
            span_left, span_right = _stripped(left, span_left), _stripped(right, span_right)
            kind = "figure" if is_figure else "punctuation"
            found.append(Difference(kind, *span_left, *span_right, left[slice(*span_left)], right[slice(*span_right)]))
    return found


def _bare(gap: str) -> str:
    """The signs of a gap: no spaces, quote marks alike, dashes alike."""
    return texts.typography(gap).text.replace(" ", "").replace("'", '"').replace("--", "-")


def _stripped(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _with_moves(found: list[Difference]) -> tuple[Difference, ...]:
    """The same words cut in one place and added in another are a move: both become kind `order`."""
    cuts = [at for at, item in enumerate(found) if not item.right_text and item.left_text]
    additions: dict[str, list[int]] = {}
    for at, item in enumerate(found):
        if not item.left_text and item.right_text:
            additions.setdefault(" ".join(units(item.right_text).keys), []).append(at)
    for at in cuts if additions else ():
        keys = units(found[at].left_text).keys
        places = additions.get(" ".join(keys), [])
        near = [place for place in places if len(keys) >= MIN_MOVED_WORDS or abs(place - at) == 1]
        if near:
            place = min(near, key=lambda place: (abs(place - at), place))
            places.remove(place)
            found[at], found[place] = replace(found[at], kind="order"), replace(found[place], kind="order")
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        if one.left_text and one.right_text and (one.left_text, one.right_text) == (other.right_text, other.left_text):
            found[at], found[at + 1] = replace(one, kind="order"), replace(other, kind="order")
    return tuple(found)


# ------------------------------------------------------------------------------------------------------- editorial practice

_OUTER = " \t\r\n\"'.,;:!?-()[]،؛؟。、"
_DASH = re.compile(" ?-{1,3} ?")


def same_but_for_typography(left: str, right: str) -> bool:
    """Whether both say the same letter for letter: quote marks, dashes, spaces, ligatures and outer punctuation aside; case counts.

    >>> same_but_for_typography("“It’s here.”", "It's here"), same_but_for_typography("May", "may")
    (True, False)
    """
    return left == right or _plain(left) == _plain(right)


def _plain(text: str) -> str:
    return _DASH.sub("-", texts.typography(text).text.replace('"', "'")).strip(_OUTER)


@dataclass(frozen=True, slots=True)
class FairEdit:
    """Whether printed practice allows a quotation's changes, and what they are (`reasons`: what was done, or why it is not fair).

    `original_start`, `original_end`: the stretch of the original that the quotation covers, None where it was not found there.
    """

    is_fair: bool
    reasons: tuple[str, ...] = ()
    original_start: int | None = None
    original_end: int | None = None


_ELLIPSIS = re.compile(r"\[ ?(?:\.{3}|…) ?\]|\( ?(?:\.{3}|…) ?\)|\.{3,}|…|\. \. \.")
_BRACKET = re.compile(r"\[([^\[\]]{1,200})\]")
MAX_BRACKET_WORDS = 12
"""A bracket may stand for this many words of the original ("[the council]"); more would be a rewriting."""


def fair_edit(quoted: str, original: str) -> FairEdit:
    """Whether `quoted` follows from a stretch of `original` by editorial practice alone.

    Allowed: a marked ellipsis that leaves out neither a negation nor a condition of the sentences it cuts into; [bracketed] insertions and
    replacements that touch no negation and no number; [sic]; case, outer punctuation, quote marks. Cost: words * words / 64.

    >>> fair_edit("It will ... close", "It will not close").is_fair, fair_edit("It ... will close", "It, he said, will close").is_fair
    (False, True)
    """
    steps = _steps(quoted)
    original_units = units(original)
    placed = _place(steps, original_units.keys)
    if placed is None:
        words = next((d for d in differences(original, quoted) if d.kind != "punctuation"), None)
        why = f"“{words.left_text}” became “{words.right_text}” without a mark" if words else "its words are not there in this order"
        return FairEdit(False, (why,))
    if not placed:
        return FairEdit(False, ("it holds no word",))
    allowed: list[str] = []
    refused: list[str] = []
    for step, start, end in placed:
        if step.kind == "gap" and start < end:
            lost = _lost_qualifiers(original, original_units, start, end)
            if lost:
                refused.append(f"leaves out “{lost}”, which changes what is said")
            else:
                allowed.append(f"leaves out {end - start} word{'s' if end - start > 1 else ''}, marked")
        elif step.kind == "bracket":
            replaced = original_units.keys[start:end] or _beside(step, steps, original_units.keys, start)
            if _weight(replaced) != _weight(step.keys) and (any(_weight(replaced)) or _weight(step.keys)[0]):
                refused.append(f"“[{' '.join(step.keys)}]” changes a negation or a number")
            else:
                allowed.append(f"puts “{step.text}” in brackets")
    used = [(start, end) for step, start, end in placed if step.kind == "word"]
    if not used:
        return FairEdit(False, ("nothing but marks",))
    where = original_units.starts[used[0][0]], original_units.ends[used[-1][1] - 1]
    return FairEdit(not refused, tuple(refused or allowed), *where)


def _beside(step: _Step, steps: list[_Step], original: list[str], at: int) -> list[str]:
    """For a bracket with a number at an end of the quotation: the words that it may stand for there ("[50] men" of "40 men")."""
    if not _weight(step.keys)[1]:
        return []
    if step is steps[0]:
        return original[max(0, at - len(step.keys)) : at]
    return original[at : at + len(step.keys)] if step is steps[-1] else []


def is_fair_edit(quoted: str, original: str) -> bool:
    """Whether `fair_edit` finds nothing that editorial practice forbids."""
    return fair_edit(quoted, original).is_fair


class _Step(NamedTuple):
    """One step of a quotation: a `word`, a `gap` (ellipsis), or a `bracket`."""

    kind: str
    keys: tuple[str, ...]
    text: str


def _steps(quoted: str) -> list[_Step]:
    marks = [(m.start(), m.end(), _Step("gap", (), m.group())) for m in _ELLIPSIS.finditer(quoted)]
    for match in _BRACKET.finditer(quoted):
        inside = match.group(1)
        if _ELLIPSIS.fullmatch(match.group()):
            continue
        # "[T]he" changes a letter's case: read it as the word; the other brackets are the editor's words.
        if len(inside) == 1 and quoted[match.end() : match.end() + 1].isalpha():
            marks.append((match.start(), match.end(), _Step("letter", (), inside)))
        else:
            marks.append((match.start(), match.end(), _Step("bracket", tuple(units(inside).keys), inside)))
    steps: list[_Step] = []
    rest, carried = 0, ""
    for start, end, step in [*sorted(marks), (len(quoted), len(quoted), None)]:
        if start < rest:
            continue
        steps += [_Step("word", (key,), key) for key in units(carried + quoted[rest:start]).keys]
        carried, rest = "", end
        if step is None:
            continue
        if step.kind == "letter":
            carried = step.text
        elif step.kind == "gap" and steps and steps[-1].kind == "gap":
            continue
        elif step.keys not in (("sic",), ()) or step.kind == "gap":
            steps.append(step)
    return steps


def _place(steps: list[_Step], original: list[str]) -> list[tuple[_Step, int, int]] | None:
    """Where each step lies in `original` (word numbers), or None. Sets of reachable places are the bits of whole numbers."""
    holders: dict[str, int] = {}
    for at, key in enumerate(original):
        holders[key] = holders.get(key, 0) | (1 << at)
    everywhere = (1 << (len(original) + 1)) - 1
    reached = [everywhere]
    for step in steps:
        places = reached[-1]
        if step.kind == "word":
            places = (places & holders.get(step.keys[0], 0)) << 1
        elif step.kind == "gap":
            places = everywhere & -(places & -places)
        else:
            for _ in range(MAX_BRACKET_WORDS):
                places |= (reached[-1] << 1) & everywhere
                reached[-1], places = reached[-1], places | ((places << 1) & everywhere)
        if not places:
            return None
        reached.append(places)
    placed: list[tuple[_Step, int, int]] = []
    end = (reached[-1] & -reached[-1]).bit_length() - 1
    for number in range(len(steps) - 1, -1, -1):
        step = steps[number]
        start = end - 1 if step.kind == "word" else (reached[number] & ((2 << end) - 1)).bit_length() - 1
        placed.append((step, start, end))
        end = start
    placed.reverse()
    return placed


def _lost_qualifiers(original: str, of: Units, start: int, end: int) -> str:
    """The negation or condition that leaving out words `start`..`end` takes from a sentence of which other words stay; else "".

    A parenthesis between commas may take its own negation along, but not a condition.
    """
    lists = _lists()
    ends_sentence = [at for at in range(max(start, 1), end + 1) if at < len(of.keys) and _is_sentence_break(original, of, at)]
    head = (start, ends_sentence[0] if ends_sentence else end)
    tail = (ends_sentence[-1], end) if ends_sentence else (end, end)
    if end >= len(of.keys):
        tail = (end, end)
    before = original[of.ends[start - 1] if start else 0 : of.starts[start]]
    after = original[of.ends[end - 1] : of.starts[end] if end < len(of.keys) else len(original)]
    is_parenthesis = any(c in before for c in ",(–—-") and any(c in after for c in ",)–—-")
    for low, high in (head, tail):
        for at in range(low, high):
            surface = original[of.starts[at] : of.ends[at]]
            if of.keys[at] in lists.qualifiers or (not is_parenthesis and _is_negation(of.keys[at], surface, lists.negations)):
                return surface
    return ""


def _is_sentence_break(original: str, of: Units, at: int) -> bool:
    return any(c in ".!?\n؟。" for c in original[of.ends[at - 1] : of.starts[at]])


def _weight(keys: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Negations and numbers among words: what a bracket must not change."""
    lists = _lists()
    numbers = sorted(key for key in keys if key[:1].isdigit() or key in lists.numbers)
    return sum(key in lists.negations or key in lists.qualifiers for key in keys), tuple(numbers)
