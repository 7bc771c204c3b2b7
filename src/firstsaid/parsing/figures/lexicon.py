"""Words for numbers, by language. A language's words are read only in texts of that language: "once" is eleven in Spanish alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from firstsaid.parsing.figures.lexicon_abroad import SCALES, SMALL


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbered(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    return {word: first + position * step for position, word in enumerate(words.split())}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How one language writes numbers in words.

    `small`: 0..99 in one word. `scales`: words that multiply what stands before. `vague`: plural magnitudes ("dozens"), as the
    unit they count. `joiners`: words inside a number ("and"). `ordinals`: ordinal words; `parts`: denominators of fractions.
    `articles`: "a" as in "a hundred". `of`: what joins "tens" and "thousands". `comma`: whether the comma is the decimal mark.
    """

    small: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    joiners: frozenset[str]
    ordinals: dict[str, int]
    parts: dict[str, int]
    articles: frozenset[str]
    of: frozenset[str]
    halves: frozenset[str]
    comma: bool = False


_ENGLISH_PARTS = _numbered("third quarter fifth sixth seventh eighth ninth tenth", 3) | {"fourth": 4, "half": 2, "hundredth": 100}
_ENGLISH = Lexicon(
    small=_numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        0,
    )
    | _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    scales={
        "hundred": 100,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "quadrillion": 10**15,
        "dozen": 12,
        "lakh": 10**5,
        "lakhs": 10**5,
        "crore": 10**7,
        "crores": 10**7,
    },
    vague={
        "tens": 10,
        "dozens": 12,
        "scores": 20,
        "hundreds": 100,
        "thousands": 1000,
        "millions": 10**6,
        "billions": 10**9,
        "trillions": 10**12,
    },
    joiners=frozenset({"and", "-"}),
    ordinals=_numbered(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
        "seventeenth eighteenth nineteenth twentieth",
        2,
    )
    | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100},
    parts=_ENGLISH_PARTS | {word + "s": value for word, value in _ENGLISH_PARTS.items() if word != "half"} | {"halves": 2},
    articles=frozenset({"a", "an"}),
    of=frozenset({"of"}),
    halves=frozenset({"half"}),
)


def _german_small() -> dict[str, int]:
    ones = _numbered("ein zwei drei vier fünf sechs sieben acht neun")
    small = _numbered("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 0) | {
        "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
    }  # fmt: skip
    for word, value in _numbered("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10).items():
        small[word] = value
        small |= {f"{one}und{word}": value + n for one, n in ones.items()}
    below_hundred = {**small, **ones}
    for one, n in {"": 1, **ones}.items():
        small[f"{one}hundert"] = 100 * n
        small |= {f"{one}hundert{word}": 100 * n + m for word, m in below_hundred.items() if m}
    small |= {f"{word}tausend": n * 1000 for word, n in {**small, **ones, "": 1}.items() if n}
    return small


_GERMAN = Lexicon(
    small=_german_small(),
    scales={"million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9, "billion": 10**12, "billionen": 10**12,
            "dutzend": 12, "mio": 10**6, "mrd": 10**9},
    vague={"dutzende": 12, "hunderte": 100, "tausende": 1000, "zehntausende": 10_000, "hunderttausende": 100_000},
    joiners=frozenset(),
    ordinals=_numbered("zweite dritte vierte fünfte sechste siebte achte neunte zehnte", 2),
    parts={"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "zehntel": 10},
    articles=frozenset({"ein", "eine", "einem", "einer", "einen"}),
    of=frozenset({"von"}),
    halves=frozenset({"halbe", "halben"}),
    comma=True,
)  # fmt: skip

_FRENCH = Lexicon(
    small=_numbered("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 0)
    | _numbered("vingt trente quarante cinquante soixante", 20, 10)
    | {"vingts": 20, "septante": 70, "huitante": 80, "nonante": 90},
    scales={"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
            "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "cinquantaine": 50,
            "centaine": 100, "millier": 1000},
    vague={"dizaines": 10, "centaines": 100, "milliers": 1000},
    joiners=frozenset({"et", "-"}),
    ordinals=_numbered("deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième", 2),
    parts={"tiers": 3, "quart": 4, "quarts": 4, "moitié": 2},
    articles=frozenset({"un", "une", "la", "le"}),
    of=frozenset({"de"}),
    halves=frozenset({"demi"}),
    comma=True,
)  # fmt: skip

_SPANISH = Lexicon(
    small=_numbered(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte "
        "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
        0,
    )
    | _numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    | {"cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
       "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900},
    scales={"mil": 1000, "millón": 10**6, "millones": 10**6, "docena": 12, "decena": 10, "centenar": 100},
    vague={"docenas": 12, "decenas": 10, "cientos": 100, "centenares": 100, "miles": 1000},
    joiners=frozenset({"y"}),
    ordinals=_numbered("segundo tercero cuarto quinto sexto séptimo octavo noveno décimo", 2),
    parts={"tercio": 3, "tercios": 3, "mitad": 2},
    articles=frozenset({"un", "una", "la"}),
    of=frozenset({"de"}),
    halves=frozenset({"medio", "media"}),
    comma=True,
)  # fmt: skip

_BY_LANGUAGE = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
DECIMAL_COMMA = _words("de fr es it pt nl da sv nb no nn fi pl cs sk hu ro bg ru uk tr el hr sl sr et lv lt id vi ca eu gl is")
"""Languages whose decimal mark is the comma (Unicode CLDR)."""

_COMMON_WORDS = {
    "de": _words("der die das und von mit den ist im auf für nicht ein eine wurden mehr als"),
    "fr": _words("le la les des et du une est dans pour que plus sur par au aux"),
    "es": _words("el la de unos los las del y una en que por más con para al se fue fueron"),
    "it": _words("il lo gli della di che per con sono nel più è anche alla"),
    "nl": _words("de het een en van is dat op te met voor werd zijn niet naar bij ook raakten"),
    "pt": _words("o os um uma não foram com para em do da dos das mais que pelo pessoas"),
    "sv": _words("och att det som en på är av för inte med till har den ett"),
    "pl": _words("w i z na do nie się jest że od po osób co to"),
    "tr": _words("ve bir bu için ile da de en daha olarak kişi"),
    "en": _words("the of and to in a is that for on was with as by at were from more than"),
}


def guess_language(words: list[str]) -> str:
    """The language whose commonest words fill most of the text; English where nothing speaks for another. Looks at 400 words."""
    seen = words[:400]
    counts = {language: sum(word in common for word in seen) for language, common in _COMMON_WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] > counts["en"] else "en"


@cache
def lexicon(language: str) -> Lexicon:
    """The words of one language; English for languages without a lexicon of their own, with the decimal mark of that language."""
    known = _BY_LANGUAGE.get(language)
    if known is not None:
        return known
    comma = language in DECIMAL_COMMA
    scales = SCALES.get({"nb": "no", "nn": "no"}.get(language, language))
    if scales is None and not comma:
        return _ENGLISH
    empty: dict[str, int] = {}
    small = SMALL.get({"nb": "no", "nn": "no"}.get(language, language), empty)
    known_scales = _ENGLISH.scales if scales is None else scales
    return Lexicon(small, known_scales, empty, frozenset(), empty, empty, frozenset(), frozenset(), frozenset(), comma=comma)


ABBREVIATED_SCALES = {
    "k": 10**3, "mn": 10**6, "mln": 10**6, "mio": 10**6, "mill": 10**6, "mil": 10**6, "mm": 10**6, "bn": 10**9, "bln": 10**9, "mrd": 10**9,
    "md": 10**9, "tn": 10**12, "trn": 10**12, "cr": 10**7, "m": 10**6, "b": 10**9, "t": 10**12,
}  # fmt: skip
"""Magnitudes by letter. Which of them count without a currency sign is decided where they are read: "5 m" is five metres."""

HAN_DIGITS = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2, "兩": 2}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
FRACTION_SIGNS = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"), "⅝": Decimal("0.625"), "⅞": Decimal("0.875"), "⅕": Decimal("0.2"),
}  # fmt: skip
