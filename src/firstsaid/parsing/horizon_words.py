"""The words of horizons, by language: what a deadline, a month, a season, a length of time are called, as one pattern each.

Every pattern uses the same names of groups, so that one resolver reads them all: `lead`, and for the first and second time of a range
(suffix 1 and 2, then a letter that keeps the names apart) `part`, `day`, `month`, `year`, `nth`, `span`, `season`, `which`, `unit`,
`weekday`, `feast`; `least`, `most` and `half` for lengths of time.
"""

from __future__ import annotations

import re

YEAR = r"(?:19|20|21)\d\d"
_NOT_A_YEAR = r"(?!\d|[,.]\d|%| (?:people|homes|jobs|dollars|euros|units|votes))"

NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty",
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for number, word in enumerate(words.split(), 1)
} | {
    "a": 1, "an": 1, "the": 1, "another": 1, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "a hundred": 100, "a thousand": 1000,
    "eine": 1, "einem": 1, "einer": 1, "eines": 1, "zwanzig": 20, "une": 1, "quinze": 15, "vingt": 20, "una": 1, "veinte": 20,
    "a couple of": 2, "couple of": 2, "a few": 9, "few": 9, "several": 9, "some": 9, "wenigen": 9, "einigen": 9, "paar": 9, "quelques": 9,
    "pocos": 9, "algunos": 9, "unos": 9,
}  # fmt: skip
"""A few is up to nine: a prediction is never called overdue too early."""

UNITS = {
    word: unit
    for unit, words in {
        "hour": "hour stunde heure hora", "day": "day tag jour día dia", "week": "week 周 週 woche semaine semana",
        "fortnight": "fortnight", "weekend": "weekend wochenende", "month": "month 月 monat mois mes",
        "quarter": "quarter 季度 quartal trimestre",
        "year": "year 今年 年内 jahr an année año", "decade": "decade jahrzehnt décennie década",
        "century": "century centuries jahrhundert siècle siglo", "half": "half hälfte halbjahr moitié semestre mitad",
    }.items()
    for word in words.split()
}  # fmt: skip

NTHS = {
    word: number
    for number, words in enumerate(("first 1st ersten erste premier première primer primera", "second 2nd zweiten zweite deuxième "
    "second seconde segundo segunda", "third 3rd dritten dritte troisième tercer", "fourth 4th final last vierten letzten quatrième "
    "dernier cuarto último"), 1)
    for word in words.split()
}  # fmt: skip

SEASONS = {
    word: season
    for season, words in {
        "spring": "spring frühling frühjahr printemps primavera", "summer": "summer sommer été verano",
        "autumn": "autumn fall herbst automne otoño", "winter": "winter hiver invierno",
    }.items()
    for word in words.split()
}  # fmt: skip

EARLY = ("early", "start", "beginning", "anfang", "beginn", "début", "principios", "comienzos", "inicios")
MIDDLE = ("mid", "middle", "mitte", "mi-", "milieu", "mediados")
LATE = ("late", "end", "close", "ende", "fin", "final")

_MONTHS_EN = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTHS_DE = "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_MONTHS_FR = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_MONTHS_ES = "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
_WEEKDAYS_EN = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SMALL_EN = (
    r"(?:\d{1,3}|a few|a couple of|couple of|a hundred|a thousand|several|few|another|an?|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundred)"
)
_UNIT_EN = r"(?:hour|day|week|fortnight|month|quarter|year|decade|centurie|century)"


def _period_en(n: int) -> str:
    """One time: a day, a month, a quarter, a season, a year, a day of the week, a feast, this or the next of something."""
    part = r"(?:the )?(?:(?:very )?{p}(?: of| in)?[ -])(?:the )?".replace(
        "{p}", rf"(?P<part{n}@>end|middle|close|start|beginning|early|late|later|mid)"
    )
    choices = (
        rf"(?:{_WEEKDAYS_EN},? )?(?:the )?(?P<day{n}@>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month{n}@>{_MONTHS_EN})\b"
        rf"(?:,? (?P<year{n}@>{YEAR})\b)?",
        rf"(?:{_WEEKDAYS_EN}(?:[–-]{_WEEKDAYS_EN})?,? )?(?P<month{n}@>{_MONTHS_EN}) (?P<day{n}@>\d{{1,2}})(?:st|nd|rd|"
        rf"th)?(?:[–-]\d{{1,2}})?\b(?:,? (?P<year{n}@>{YEAR})\b)?",
        rf"(?:{part})?(?P<which{n}@>this |next )?(?P<month{n}@>{_MONTHS_EN})\b(?:,? (?:of )?(?P<year{n}@>{YEAR})\b)?(?! \d)",
        rf"the (?P<nth{n}@>first|second|third|fourth|final|last|1st|2nd|3rd|4th) (?P<span{n}@>quarter|half)"
        rf"(?: of (?:the )?(?:(?:fiscal |calendar )?(?:year )?(?P<year{n}@>{YEAR})\b|(?P<which{n}@>this |next |)year))?",
        rf"(?P<span{n}@>[QH])(?P<nth{n}@>[1-4])\b(?:,? (?:of )?(?P<year{n}@>{YEAR})\b)?",
        rf"(?:{part})?(?:the )?(?P<which{n}@>this |next |coming )?(?P<season{n}@>spring|summer|autumn|fall|winter)\b(?! \w{{0,12}}s\b)"
        rf"(?: (?:of |term |season )?(?P<year{n}@>{YEAR})\b)?",
        rf"(?:{part})?(?:the )?(?:calendar |fiscal |academic |school )?(?:year )?(?P<year{n}@>{YEAR})\b{_NOT_A_YEAR}",
        rf"(?:{part})?(?P<which{n}@>this|next|the current|the coming) (?P<unit{n}@>weekend|week|month|quarter|year|decade|century)\b",
        rf"{part}(?P<unit{n}@>week|month|quarter|year|decade|century)\b|the (?P<unit{n}@b>weekend)\b",
        rf"(?P<which{n}@>this |next |coming )?(?P<weekday{n}@>{_WEEKDAYS_EN})\b",
        rf"(?P<feast{n}@>Christmas|New Year['’]?s?(?: Day| Eve)?|Thanksgiving|Halloween|Easter)\b",
        rf"(?P<end{n}@>year|month|week)['’]?s?[- ]end\b",
        rf"(?P<tomorrow{n}@>tomorrow)\b",
    )
    return "(?:" + "|".join(choice.replace("@", letter) for choice, letter in zip(choices, "abcdefghijklm", strict=True)) + ")"


_LIMIT_EN = r"(?:by|before|until|till|no later than|not later than|on or before|ahead of|in time for|through|up to)"
_AT_EN = r"(?:in|on|during|for|from|starting(?: in| from| on)?|beginning(?: in| on)?|throughout|over|at|around|sometime in|effective)"
_JOIN_EN = r"(?: ?[-–—] ?| to | through | until | and | or )"
_BARE_EN = (
    rf"(?:(?:later|early|late) (?:this|next) (?:week|month|quarter|year|decade)|(?:this|next) (?:week|weekend|month|quarter|year|"
    rf"decade|spring|"
    rf"summer|autumn|fall|winter|{_WEEKDAYS_EN}|{_MONTHS_EN})|tomorrow|{_MONTHS_EN} \d{{1,2}}, {YEAR})\b"
)

_EN = (
    ("limit", rf"\b(?P<lead>{_LIMIT_EN}) {_period_en(1)}(?:{_JOIN_EN}{_period_en(2)})?"),
    ("range", rf"\b(?P<lead>between|from|in|during|for|over) {_period_en(1)}{_JOIN_EN}{_period_en(2)}"),
    (
        "length",
        rf"\b(?P<lead>within|in|over|during|inside|for the|inside of)(?: the)?(?: next| coming| following| space of)? "
        rf"(?:(?P<least>{_SMALL_EN})(?: to |-| or ))?(?P<most>{_SMALL_EN})(?: more)?(?P<half> and a half)? "
        rf"(?P<length>{_UNIT_EN})s?(?:['’] time)?\b",
    ),
    ("length", rf"\b(?P<most>{_SMALL_EN}) (?P<length>{_UNIT_EN})s? (?:from now|hence)\b"),
    ("length", r"\b(?P<lead>within) (?:the|a) (?:next |coming )?(?P<length>day|week|fortnight|month|year|decade)\b"),
    ("length", r"\b(?:over|during|in|within|for) the (?:next|coming|following) (?P<length>day|week|month|quarter|year|decade)\b"),
    (
        "coming",
        r"\b(?:over|during|in|within|for) (?:the )?(?:coming|next|following) (?P<length>hours|days|weeks|months|quarters|years|"
        r"decades)\b",
    ),
    ("coming", r"\bin the (?P<length>weeks|months|years|decades) (?:ahead|to come)\b"),
    ("at", rf"\b(?P<lead>{_AT_EN}) {_period_en(1)}"),
    ("at", rf"(?<!earlier )(?<!half of )(?<!as of )(?<!end of )\b(?={_BARE_EN}){_period_en(1)}"),
    ("rest", r"\bfor the (?:rest|remainder) of (?:the|this) (?P<unit1a>week|month|quarter|year|decade|century)\b"),
    ("soon", r"\b(?:soon|shortly|in the near future|in the long(?:er)? run|in the future|over the medium term)\b"),
)

_NUM_DE = r"(?:\d{1,3}|eine[mrns]?|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|wenigen|einigen)"
_UNIT_DE = r"(?:Stunde|Tag|Woche|Monat|Quartal|Jahr|Jahrzehnt)"
_PERIOD_DE = (
    rf"(?:(?:zum )?(?P<day1a>\d{{1,2}})\. (?P<month1a>{_MONTHS_DE})\b(?: (?P<year1a>{YEAR})\b)?"
    rf"|(?:(?:zum )?(?P<part1b>Anfang|Mitte|Ende)(?: des)? )?(?P<month1b>{_MONTHS_DE})\b(?: (?P<year1b>{YEAR})\b)?"
    rf"|(?:zum |Ende des |zum Ende des |dem |zum Beginn des )?(?P<season1c>Frühling|Frühjahr|Sommer|Herbst|Winter)(?:e?s)?\b(?: "
    rf"(?P<year1c>{YEAR})\b)?"
    rf"|(?:(?:zum )?(?P<part1d>Anfang|Mitte|Ende)(?: des Jahres)? |zum Jahr |dem Jahr |Jahre? )?(?P<year1d>{YEAR})\b"
    r"|(?:zum )?(?P<part1e>Anfang|Mitte|Ende) (?P<which1e>nächster|nächsten|des nächsten|kommenden|dieser|dieses|des|der) "
    r"(?P<unit1e>Woche|Monat|Quartal|Jahr|Jahrzehnt)(?:e?s)?\b|(?P<part1f>Jahresende))"
)
_DE = (
    ("limit", rf"\b(?P<lead>bis|vor|spätestens(?: bis)?) {_PERIOD_DE}"),
    (
        "length",
        rf"\b(?:innerhalb von|innerhalb|binnen|in(?: den)?(?: nächsten| kommenden)?) (?:(?P<least>{_NUM_DE}) bis )?(?P<most>{_NUM_DE}) "
        rf"(?P<length>{_UNIT_DE})(?:e?n?s?)\b",
    ),
    ("coming", r"\bin den (?:nächsten|kommenden) (?P<length>Stunde|Tage|Woche|Monate|Jahre)n\b"),
    ("at", rf"\b(?P<lead>erst im|erst|im|ab|am|zum|Anfang|Mitte|Ende) {_PERIOD_DE}"),
    ("at", r"\b(?P<which1a>nächste[nsr]?|kommende[nsr]?|diese[nsr]?) (?P<unit1a>Woche|Monat|Quartal|Jahr|Jahrzehnt)\b"),
    ("at", r"\b(?P<tomorrow1a>morgen)\b"),
    ("soon", r"\b(?:bald|demnächst|in naher Zukunft)\b"),
)

_NUM_FR = r"(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|quelques)"
_UNIT_FR = r"(?:heure|jour|semaine|trimestre|année|an|décennie|mois|siècle)"
_PERIOD_FR = (
    rf"(?:(?:au |le )?(?P<day1a>\d{{1,2}})(?:er)? (?P<month1a>{_MONTHS_FR})\b(?: (?P<year1a>{YEAR})\b)?"
    rf"|(?:(?P<part1b>début|la mi-|mi-|fin|la fin de?) ?)?(?P<month1b>{_MONTHS_FR})\b(?: (?P<year1b>{YEAR})\b)?"
    rf"|(?:la fin (?:de l['’]|du )|à l['’]|le |l['’]|l)?(?P<season1c>printemps|été|automne|hiver)\b(?: (?P<year1c>{YEAR})\b)?"
    rf"|(?:(?P<part1d>début|la mi-|mi-|fin|la fin(?: de)?) ?)?(?:à )?(?:l['’]an(?:née)? )?(?P<year1d>{YEAR})\b"
    r"|(?P<part1e>la fin|le début|le milieu) (?:de (?:la |l['’])|du )(?P<unit1e>semaine|mois|trimestre|année|décennie|"
    r"siècle)(?P<which1e> prochaine?)?)"
)
_FR = (
    ("limit", rf"(?P<lead>\b(?:avant|jusqu['’](?:en|à|au)?|au plus tard (?:en|le)|d['’]ici(?: à)?)) ?{_PERIOD_FR}"),
    (
        "length",
        rf"\b(?:dans|d['’]ici|en|sous|au cours des|dans les|pendant)(?: les| ces)?(?: prochaine?s)? ?(?:(?P<least>{_NUM_FR}) (?:à|ou) )?"
        rf"(?P<most>{_NUM_FR})(?: prochaine?s)? (?P<length>{_UNIT_FR})s?\b",
    ),
    ("coming", r"\bdans les (?:prochaine?s )?(?P<length>jours|semaines|mois|années)(?: à venir| qui viennent)?\b"),
    ("at", rf"\b(?P<lead>en|au|à|le|dès|à partir de|pendant) {_PERIOD_FR}"),
    ("at", r"\b(?:la |le |l['’])(?P<unit1a>semaine|mois|année|an|trimestre|décennie|printemps|été) (?P<which1a>prochaine?)\b"),
    ("at", r"\b(?P<tomorrow1a>demain)\b"),
    ("soon", r"\b(?:bientôt|prochainement|dans un proche avenir)\b"),
)

_NUM_ES = r"(?:\d{1,3}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|pocos|algunos|unos)"
_UNIT_ES = r"(?:hora|día|semana|mes|trimestre|año|década|siglo)"
_PERIOD_ES = (
    rf"(?:(?:el )?(?P<day1a>\d{{1,2}}) de (?P<month1a>{_MONTHS_ES})\b(?: (?:de |del )?(?P<year1a>{YEAR})\b)?"
    rf"|(?:(?P<part1b>principios|mediados|finales|fines) de )?(?P<month1b>{_MONTHS_ES})\b(?: (?:de |del )?(?P<year1b>{YEAR})\b)?"
    rf"|(?:el |la )?(?P<season1c>primavera|verano|otoño|invierno)\b(?: (?:de |del )?(?P<year1c>{YEAR})\b)?"
    rf"|(?:(?P<part1d>principios|comienzos|mediados|finales|fines) de(?:l año)? |el final de |el año |fin de )?(?P<year1d>{YEAR})\b"
    r"|(?P<part1e>fin|final|finales|fines|mediados|principios|el final|el fin) de(?:l| la| este| esta|) (?P<unit1e>semana|mes|"
    r"trimestre|año|década|siglo)"
    r"(?P<which1e> próximo| próxima)?)"
)
_ES = (
    ("limit", rf"\b(?P<lead>antes de(?:l)?|hasta|para|a más tardar en) {_PERIOD_ES}"),
    ("length", rf"\b(?:dentro de|en|en l[oa]s|durante l[oa]s|en un plazo de)(?: próxim[oa]s)? (?:(?P<least>{_NUM_ES}) (?:a|o) "
    rf")?(?P<most>{_NUM_ES}) "
     rf"(?P<length>{_UNIT_ES})(?:e?s)?\b"),
    ("coming", r"\ben l[oa]s próxim[oa]s (?P<length>horas|días|semanas|meses|años)\b"),
    ("at", rf"\b(?P<lead>en|a|desde|durante|el|para) {_PERIOD_ES}"),
    ("at", r"\b(?:el|la) (?P<which1a>próxim[oa]) (?P<unit1a>semana|mes|trimestre|año|década)\b|\b(?:el|la) (?P<unit1b>semana|mes|"
    r"año) (?P<which1b>que viene)\b"),
    ("at", r"\b(?P<tomorrow1a>mañana)\b"),
    ("soon", r"\b(?:pronto|próximamente|en breve)\b"),
)  # fmt: skip

_ZH = (
    ("limit", rf"(?P<lead>到|至|在)?(?P<year1a>{YEAR})年(?P<part1a>底|末)?(?:前|之前|以前)"),
    ("at", rf"(?P<lead>在|于)?(?P<year1a>{YEAR})年"),
    ("at", r"(?P<which1a>明)年|(?P<which1b>下)个?(?P<unit1b>月|周|季度)|(?P<tomorrow1c>明天|明日)|(?P<unit1d>今年)内?"),
    ("at", r"(?P<month1a>十[一二]|[一二三四五六七八九十]|1[0-2]|[1-9])月(?:份)?"),
)
_JA = (
    ("limit", rf"(?P<year1a>{YEAR})年(?P<part1a>末)?(?:までに|まで)"),
    ("at", rf"(?P<year1a>{YEAR})年"),
    ("at", r"(?P<which1a>来)年|(?P<which1b>来)(?P<unit1b>月|週)|(?P<tomorrow1c>明日)|(?P<unit1d>今年|年内)"),
    ("at", r"(?P<month1a>1[0-2]|[1-9])月"),
)
PATTERNS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    language: tuple((name, re.compile(("(?i:" if name == "soon" else "(?:") + pattern + ")")) for name, pattern in patterns)
    for language, patterns in {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "zh": _ZH, "ja": _JA}.items()
}
"""By language, the most definite first. The first letter of a sentence may be a capital: see `horizons.find_horizon`."""
