"""Small word lists: negations, hedges, dates, qualifiers and number words in six languages."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from firstsaid import text as texts


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


class Lists(NamedTuple):
    """The lists as keys (see `text.key`); `hedges`: phrases, one key a word; `numbers`: value by number word."""

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
def lists() -> Lists:
    """All word lists, made on first use."""
    numbers = {texts.key(word): value for value, listed in _NUMBER_WORDS.items() for word in listed.split()}
    # "sept" is September and seven, "نه" is nine and no: as numbers they would hide the commoner meaning.
    for twin in ("sept", "نه", "once", "second"):
        numbers.pop(texts.key(twin), None)
    return Lists(
        _keys(_NEGATION_WORDS), _phrases(_HEDGE_PHRASES), _keys(_MONTHS_AND_DAYS), _keys(_CASED_DATE_WORDS), _keys(_QUALIFIER_WORDS),
        _keys(_YEAR_LEADS), _keys(_GERMAN), _keys(_GERMAN_DETERMINERS), numbers,
    )  # fmt: skip


def is_negation(key: str, surface: str, negations: frozenset[str]) -> bool:
    """Whether a word denies: listed, contracted ("didn't"), or a Persian verb with its negating prefix."""
    return key in negations or (len(surface) > 3 and surface[-3:].lower() in ("n't", "n’t")) or (len(key) > 4 and key.startswith("نمی"))
