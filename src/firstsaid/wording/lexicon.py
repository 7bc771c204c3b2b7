"""Small word lists: negations in twenty languages; hedges, dates, qualifiers and number words in six."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from firstsaid import text as texts


def _keys(listed: str) -> frozenset[str]:
    return frozenset(texts.key(word) for word in listed.split())


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(texts.key(word) for word in phrase.split()) for phrase in listed.split(","))


_NEGATION_WORDS = """
    not no never none nobody nothing nowhere neither nor without cannot unlikely hardly scarcely barely
    deny denies denied denying refuse refuses refused reject rejects rejected
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts nirgends weder ohne kaum bestritt bestreitet dementiert
    dementierte
    ne pas jamais aucun aucune personne rien sans ni guère nie nient dément démenti
    nunca jamás ningún ninguna ninguno nada nadie sin niega negó tampoco
    non nessuno nessuna nulla niente senza não ninguém nenhum nenhuma sem nem
    niet geen nooit niemand niets inte ingen inget aldrig utan ikke aldri ingenting uten uden
    nigdy nikt bez żaden żadna değil yok hiç hiçbir
    не нет ни никогда никто ничего без нельзя ні немає ніколи ніхто нема δεν μην όχι ποτέ κανείς χωρίς
    לא אין בלי מעולם नहीं न बिना না নেই নয় இல்லை
    不 没 沒 未 无 無 勿
    لا لم لن ليس ليست غير دون بدون نفى نفت كلا نه هیچ نیست نبود هرگز بدون نکرد نشد ندارد نمی
"""
_NEGATION_PHRASES = """
    failed to, fails to, fail to, failing to, a peine, à peine
"""
_NEGATION_AFTER_NE = "plus point que"
"""French words that deny only together with "ne" shortly before them."""
_UNSPACED_NEGATION = re.compile("ない|なかった|なく|ません|ずに|ไม่|มิได้|ไร้|មិន|မဟုတ်|ບໍ່")
"""Negations in scripts without spaces, where each letter is a word of its own."""
_HANGUL_NEGATION = re.compile("않|못|없|아니")
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
    возможно, около, примерно, почти, вероятно, якобы, не менее, не более, forse, circa, quasi, almeno, talvez, cerca de, quase, pelo menos,
    شاید, حدود, تقریبا, دست کم, حداقل, حداکثر, بیش از, کمتر از, نزدیک به, احتمالا, ممکن است, گویا, ظاهرا
"""
_MONTHS = """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro maio junho julho setembro outubro novembro
    dezembro января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
"""
_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag gestern heute morgen
    lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain
    lunes martes miércoles jueves viernes sábado domingo ayer hoy mañana ieri oggi domani ontem hoje amanhã
    понедельник вторник среду четверг пятницу субботу воскресенье вчера сегодня завтра
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد أمس اليوم غدا دوشنبه شنبه جمعه دیروز امروز فردا
"""
_DATE_UNITS = "年 月 日 년 월 일"
"""What follows the number of a year, month or day in East Asia; other words hold these signs too: only a number before them is a date."""
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
    "2": "two zwei deux dos اثنان دو 二", "3": "three drei trois tres ثلاثة سه 三", "4": "four vier quatre cuatro أربعة چهار 四",
    "5": "five fünf cinq cinco خمسة پنج 五", "6": "six sechs seis ستة شش 六", "7": "seven sieben sept siete سبعة هفت 七",
    "8": "eight acht huit ocho ثمانية هشت 八", "9": "nine neun neuf nueve تسعة نه 九", "10": "ten zehn dix diez عشرة ده 十",
    "11": "eleven elf onze once",
    "12": "twelve zwölf douze doce dozen", "13": "thirteen dreizehn treize trece", "14": "fourteen vierzehn quatorze catorce",
    "15": "fifteen fünfzehn quinze quince", "16": "sixteen sechzehn seize", "17": "seventeen siebzehn", "18": "eighteen achtzehn",
    "19": "nineteen neunzehn", "20": "twenty zwanzig vingt veinte عشرون بیست", "30": "thirty dreißig trente treinta ثلاثون سی",
    "40": "forty vierzig quarante cuarenta أربعون چهل", "50": "fifty fünfzig cinquante cincuenta خمسون پنجاه",
    "60": "sixty sechzig soixante sesenta",
    "70": "seventy siebzig setenta", "80": "eighty achtzig ochenta", "90": "ninety neunzig noventa",
    "100": "hundred hundreds hundert cent ciento cien مئة صد 百", "1000": "thousand thousands tausend tausende mille mil ألف هزار 千",
    "1000000": "million millions millionen millón millones مليون میلیون",
    "1000000000": "billion billions milliarde milliarden milliard milliards",
    "1/2": "half halb hälfte moitié demi mitad نصف نیم", "1/3": "third drittel tiers tercio", "1/4": "quarter viertel quart cuarto",
    "10000": "万 萬", "100000000": "億 亿",
    "x2": "double twice doppelt doublé doble", "x3": "triple tripled",
}  # fmt: skip


_ONES = "one eins un uno 一"
"""One, where a number stands for it; elsewhere these are articles and parts of other words, and no figures."""


class Lists(NamedTuple):
    """The lists as keys (see `text.key`); `hedges`: phrases, one key a word; `numbers`: value by number word."""

    negations: frozenset[str]
    negation_phrases: frozenset[tuple[str, ...]]
    after_ne: frozenset[str]
    hedges: frozenset[tuple[str, ...]]
    months: frozenset[str]
    dates: frozenset[str]
    cased_dates: frozenset[str]
    date_units: frozenset[str]
    qualifiers: frozenset[str]
    year_leads: frozenset[str]
    german: frozenset[str]
    german_determiners: frozenset[str]
    numbers: dict[str, str]
    ones: frozenset[str]


@cache
def lists() -> Lists:
    """All word lists, made on first use."""
    numbers = {texts.key(word): value for value, listed in _NUMBER_WORDS.items() for word in listed.split()}
    # "sept" is September and seven, "نه" is nine and no: as numbers they would hide the commoner meaning.
    for twin in ("sept", "نه", "once", "second"):
        numbers.pop(texts.key(twin), None)
    return Lists(
        _keys(_NEGATION_WORDS), _phrases(_NEGATION_PHRASES), _keys(_NEGATION_AFTER_NE), _phrases(_HEDGE_PHRASES),
        _keys(_MONTHS), _keys(_MONTHS + _DAYS), _keys(_CASED_DATE_WORDS), _keys(_DATE_UNITS), _keys(_QUALIFIER_WORDS),
        _keys(_YEAR_LEADS), _keys(_GERMAN), _keys(_GERMAN_DETERMINERS), numbers, _keys(_ONES),
    )  # fmt: skip


def is_negation(key: str, surface: str, negations: frozenset[str]) -> bool:
    """Whether a word denies: listed, contracted ("didn't", "n'est"), a Persian verb with its prefix, a Korean one with its verb."""
    if key in negations or (len(key) > 4 and key.startswith("نمی")):
        return True
    if len(surface) > 2 and (surface[-3:].lower() in ("n't", "n’t") or surface[:2].lower() in ("n'", "n’")):
        return True
    return surface[0] > "\u1100" and _HANGUL_NEGATION.search(unicodedata.normalize("NFC", surface)) is not None


def n_unspaced_negations(text: str) -> int:
    """How often a text in a script without spaces denies."""
    return 0 if text.isascii() else sum(1 for _ in _UNSPACED_NEGATION.finditer(text))
