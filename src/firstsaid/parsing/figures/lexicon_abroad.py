"""Words for numbers in languages that have only the commonest: magnitudes everywhere, small numbers where they are single words."""

from __future__ import annotations

HUNDRED, THOUSAND, MILLION, MILLIARD = 100, 10**3, 10**6, 10**9

SCALES: dict[str, dict[str, int]] = {
    "it": {"cento": HUNDRED, "mila": THOUSAND, "mille": THOUSAND, "milione": MILLION, "milioni": MILLION, "miliardo": MILLIARD,
           "miliardi": MILLIARD, "dozzina": 12},
    "pt": {"cem": HUNDRED, "mil": THOUSAND, "milhão": MILLION, "milhões": MILLION, "bilhão": MILLIARD, "bilhões": MILLIARD, "dúzia": 12},
    "nl": {"honderd": HUNDRED, "duizend": THOUSAND, "miljoen": MILLION, "miljard": MILLIARD, "dozijn": 12},
    "sv": {"hundra": HUNDRED, "tusen": THOUSAND, "miljon": MILLION, "miljoner": MILLION, "miljard": MILLIARD,
           "miljarder": MILLIARD, "dussin": 12},
    "da": {"hundrede": HUNDRED, "tusind": THOUSAND, "million": MILLION, "millioner": MILLION, "milliard": MILLIARD,
           "milliarder": MILLIARD},
    "no": {"hundre": HUNDRED, "tusen": THOUSAND, "million": MILLION, "millioner": MILLION, "milliard": MILLIARD, "milliarder": MILLIARD},
    "pl": {"sto": HUNDRED, "tysiąc": THOUSAND, "tysiące": THOUSAND, "tysięcy": THOUSAND, "tys": THOUSAND, "milion": MILLION,
           "miliony": MILLION,
           "milionów": MILLION, "mln": MILLION, "miliard": MILLIARD, "miliardów": MILLIARD, "mld": MILLIARD},
    "tr": {"yüz": HUNDRED, "bin": THOUSAND, "milyon": MILLION, "milyar": MILLIARD},
    "ru": {"сто": HUNDRED, "тысяча": THOUSAND, "тысячи": THOUSAND, "тысяч": THOUSAND, "тыс": THOUSAND, "миллион": MILLION,
           "миллиона": MILLION,
           "миллионов": MILLION, "млн": MILLION, "миллиард": MILLIARD, "миллиарда": MILLIARD, "миллиардов": MILLIARD, "млрд": MILLIARD},
    "uk": {"сто": HUNDRED, "тисяча": THOUSAND, "тисячі": THOUSAND, "тисяч": THOUSAND, "тис": THOUSAND, "мільйон": MILLION,
           "мільйони": MILLION,
           "мільйонів": MILLION, "млн": MILLION, "мільярд": MILLIARD, "мільярдів": MILLIARD, "млрд": MILLIARD},
    "ar": {"مئة": HUNDRED, "مائة": HUNDRED, "ألف": THOUSAND, "ألفا": THOUSAND, "آلاف": THOUSAND, "مليون": MILLION, "مليونا": MILLION,
           "ملايين": MILLION, "مليار": MILLIARD, "مليارات": MILLIARD},
    "fa": {"صد": HUNDRED, "هزار": THOUSAND, "میلیون": MILLION, "میلیارد": MILLIARD},
    "ur": {"سو": HUNDRED, "ہزار": THOUSAND, "لاکھ": 10**5, "کروڑ": 10**7, "ارب": MILLIARD},
    "hi": {"सौ": HUNDRED, "हज़ार": THOUSAND, "हजार": THOUSAND, "लाख": 10**5, "करोड़": 10**7, "अरब": MILLIARD},
}  # fmt: skip

_LISTED = {
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv",
    "no": "to tre fire fem seks sju åtte ni ti elleve tolv",
    "pl": "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
    "tr": "iki üç dört beş altı yedi sekiz dokuz",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "uk": "два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять",
    "fa": "دو سه چهار پنج شش هفت هشت نه ده یازده دوازده",
    "hi": "दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह",
}
_OTHER_FORMS = {
    "pt": {"duas": 2},
    "pl": {"dwie": 2, "dwóch": 2, "trzech": 3, "czterech": 4},
    "ru": {"две": 2, "двух": 2, "трёх": 3, "трех": 3, "четырёх": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
           "десяти": 10},
    "uk": {"дві": 2},
    "hi": {"पाँच": 5, "छः": 6},
    "ar": {"ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7,
           "ثمانية": 8, "ثماني": 8,
           "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10},
}  # fmt: skip
SMALL: dict[str, dict[str, int]] = {
    language: {word: n for n, word in enumerate(_LISTED.get(language, "").split(), 2)} | _OTHER_FORMS.get(language, {})
    for language in SCALES
}
"""Two to twelve: one is everywhere an article too."""
