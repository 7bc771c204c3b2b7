"""What a number is measured in: currencies, percent, lengths, masses, times and the like, under one spelling each."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.parsing.figures.tokens import Tokens


def _spelled(table: str) -> dict[str, str]:
    spelled: dict[str, str] = {}
    for line in table.strip().splitlines():
        unit, _, words = line.partition(":")
        for word in words.split(","):
            spelled[word.strip()] = unit.strip()
    return spelled


SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH",
"₪": "ILS", "₦": "NGN",
         "₱": "PHP", "฿": "THB", "₫": "VND", "₵": "GHS", "₡": "CRC", "￥": "JPY", "＄": "USD", "￡": "GBP"}  # fmt: skip
"""A bare $ is read as USD and ¥ as JPY: what most texts mean; a country before the sign (A$, C$, HK$) overrides it."""

SIGN_PREFIXES = {"us": "USD", "u.s": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD", "can": "CAD",
"cdn": "CAD", "nz": "NZD",
                 "hk": "HKD", "s": "SGD", "sg": "SGD", "nt": "TWD", "r": "BRL", "mx": "MXN"}  # fmt: skip

CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "RMB",
        "INR",
        "RUB",
        "AUD",
        "CAD",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "TRY",
        "BRL",
        "MXN",
        "ZAR",
        "KRW",
        "SGD",
        "HKD",
        "NZD",
        "THB",
        "IDR",
        "MYR",
        "PHP",
        "VND",
        "EGP",
        "NGN",
        "KES",
        "GHS",
        "UAH",
        "ILS",
        "SAR",
        "AED",
        "QAR",
        "IRR",
        "PKR",
        "BDT",
        "LKR",
        "ARS",
        "CLP",
        "COP",
        "PEN",
    ]
)

CURRENCY_WORDS = _spelled("""
USD: us dollars, us dollar, u.s. dollars, american dollars, dollars, dollar, dólares, dólar, usd, bucks
AUD: australian dollars, australian dollar
CAD: canadian dollars, canadian dollar
NZD: new zealand dollars
HKD: hong kong dollars
EUR: euros, euro, eur
GBP: pounds sterling, british pounds, pounds, quid, gbp, livres sterling
JPY: yen, 円
CNY: yuan, renminbi, rmb, 元
INR: rupees, rupee, indian rupees
PKR: pakistani rupees
RUB: roubles, rouble, rubles, ruble, rubel
CHF: francs suisses, swiss francs, swiss franc, franken
SEK: swedish kronor, swedish crowns
NOK: norwegian kroner, norwegian crowns
DKK: danish kroner, danish crowns
TRY: lira, turkish lira
PLN: zloty, zlotys
KRW: won
ZAR: rand
BRL: reais
MXN: mexican pesos
ILS: shekels, shekel
NGN: naira
THB: baht
UAH: hryvnia
cent: cents, cent, ¢, euro cents
penny: pence
""")
"""Names that several countries share (peso, dinar, crown, franc) stay without a code. "Pounds" is decided by `unit_after`."""

VAGUE_CURRENCIES = frozenset(
    [
        "pesos",
        "peso",
        "dinars",
        "dinar",
        "crowns",
        "kronor",
        "kroner",
        "krone",
        "francs",
        "franc",
        "riyals",
        "riyal",
        "dirhams",
        "rials",
        "rial",
        "shillings",
    ]
)

PERCENT = frozenset(("percent", "pct", "%", "％", "٪", "prozent", "procent"))

MEASURES = _spelled("""
km: km, kms, kilometre, kilometres, kilometer, kilometers, kilomètre, kilomètres, kilómetros, 公里, キロ
m: m, metre, metres, meter, meters, mètre, mètres, metros, 米, メートル
cm: cm, centimetre, centimetres, centimeter, centimeters
mm: mm, millimetre, millimetres, millimeter, millimeters
mi: mile, miles, mi
yd: yard, yards, yd, yds
ft: foot, feet, ft
in: inch, inches
nmi: nautical mile, nautical miles
ly: light year, light years, light-years
km2: square kilometres, square kilometers, square kilometre, square kilometer, sq km, km2, km², quadratkilometer
m2: square metres, square meters, sq m, m2, m², quadratmeter
mi2: square miles, square mile, sq mi
ft2: square feet, square foot, sq ft
ha: hectare, hectares, ha, hektar
acre: acre, acres
m3: cubic metres, cubic meters, m3, m³
ft3: cubic feet
l: litre, litres, liter, liters, litros
ml: millilitres, milliliters, ml
gal: gallon, gallons
barrel: barrel, barrels, bbl
bushel: bushel, bushels
kg: kg, kgs, kilogram, kilograms, kilogramme, kilogrammes, kilo, kilos
g: g, gram, grams, gramme, grammes
mg: mg, milligrams, milligrammes
µg: micrograms, µg, μg
t: tonne, tonnes, metric ton, metric tons, metric tonnes, tonnen
ton: ton, tons
lb: lb, lbs
oz: oz, ounce, ounces
degC: degrees celsius, degrees c, degrees centigrade, celsius, ℃, grad celsius, 摄氏度
degF: degrees fahrenheit, degrees f, fahrenheit, ℉
deg: degrees, degree, grad
km/h: km/h, kmh, kph, kilometres per hour, kilometers per hour, kilometres an hour, kilometers an hour
mi/h: mph, miles per hour, miles an hour
kn: knot, knots
m/s: m/s, metres per second, meters per second
W: watt, watts
kW: kw, kilowatt, kilowatts
MW: mw, megawatt, megawatts
GW: gw, gigawatt, gigawatts
TWh: twh, terawatt hours, terawatt-hours
GWh: gwh, gigawatt hours, gigawatt-hours
MWh: mwh, megawatt hours, megawatt-hours
kWh: kwh, kilowatt hours, kilowatt-hours
hp: hp, bhp, horsepower
J: joules
cal: calories, calorie
Hz: hz, hertz
GHz: ghz
MHz: mhz
KB: kb, kilobytes
MB: mb, megabytes, megabyte
GB: gb, gigabytes, gigabyte
TB: tb, terabytes, terabyte
rpm: rpm
V: volts
ppm: ppm, parts per million
""")

DURATIONS = _spelled("""
year: year, years, yr, yrs, jahr, jahre, jahren, an, ans, année, années, año, años, 年
month: month, months, monat, monate, monaten, mois, mes, meses, か月, 个月
week: week, weeks, wk, wks, woche, wochen, semaine, semaines, semana, semanas
day: day, days, tag, tage, tagen, jour, jours, día, días, 天
hour: hour, hours, hr, hrs, stunde, stunden, heure, heures, hora, horas
minute: minute, minutes, min, mins, minuten, minuto, minutos
second: second, seconds, sec, secs, sekunde, sekunden, secondes, segundos
decade: decade, decades, jahrzehnt, jahrzehnte
century: century, centuries, siècles
quarter: quarters
""")

HAN_PEOPLE = frozenset("人名")
_MASS_AFTER_POUNDS = frozenset(["of", "in", "heavier", "lighter"])
_LONGEST = 4  # one less than the tokens of the longest unit above ("u.s. dollars" is five)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the kind of figure it makes, and the token after it."""

    name: str
    kind: str
    next: int


def _phrase(t: Tokens, at: int, n_tokens: int) -> str:
    end = at + n_tokens
    if end > len(t) or t.ends[end - 1] - t.starts[at] > 40:
        return ""
    return t.text[t.starts[at] : t.ends[end - 1]].lower()


def unit_after(t: Tokens, at: int) -> Unit | None:
    """The unit whose first token is `at`; the longest wins. A hyphen before it ("50-year") has to be passed by the caller."""
    word = t.word(at)
    if not word or "\n" in t.gap(at):
        return None
    percent = _percent(t, at)
    if percent is not None:
        return percent
    if word == "°":
        scale = t.word(at + 1)
        if scale in ("c", "f") and t.gap(at + 1) in ("", " "):
            return Unit("degC" if scale == "c" else "degF", "measure", at + 2)
        return Unit("deg", "measure", at + 1)
    for n_tokens in range(_LONGEST + 1, 0, -1):
        phrase = _phrase(t, at, n_tokens)
        if not phrase:
            continue
        unit = _named_unit(t, phrase, at, n_tokens)
        if unit is not None:
            return unit
    if word == "p" and t.raw(at) == "p" and t.is_glued(at):
        return Unit("penny", "money", at + 1)
    if t.raw(at) in CODES:
        return Unit("CNY" if t.raw(at) == "RMB" else t.raw(at), "money", at + 1)
    sign = SIGNS.get(word)
    if sign is not None and not (t.kind(at + 1) == "n" and t.is_glued(at + 1)):
        return Unit(sign, "money", at + 1)
    return None


def _percent(t: Tokens, at: int) -> Unit | None:
    word = t.word(at)
    following = at + 1
    if (
        (word == "per" and t.word(at + 1) in ("cent", "cents"))
        or (word == "por" and t.word(at + 1) == "ciento")
        or (word == "pour" and t.word(at + 1) == "cent")
    ):
        following = at + 2
    elif word == "percentage" and t.word(at + 1) in ("point", "points"):
        return Unit("percentage_point", "percent", at + 2)
    elif word == "-" and t.word(at + 1) == "percent" and t.is_glued(at):
        following = at + 2
    elif word in ("basis",) and t.word(at + 1) in ("point", "points"):
        return Unit("basis_point", "percent", at + 2)
    elif word in ("prozentpunkte", "prozentpunkten"):
        return Unit("percentage_point", "percent", following)
    elif word not in PERCENT:
        return None
    skip = following + 1 if t.word(following) == "-" else following
    if t.word(skip) in ("point", "points"):
        return Unit("percentage_point", "percent", skip + 1)
    return Unit("percent", "percent", following)


def _named_unit(t: Tokens, phrase: str, at: int, n_tokens: int) -> Unit | None:
    following = at + n_tokens
    currency = CURRENCY_WORDS.get(phrase)
    if currency is not None:
        if phrase == "pounds" and t.word(following) in _MASS_AFTER_POUNDS and t.word(following + 1) not in ("taxpayers",):
            return Unit("lb", "measure", following)
        if phrase == "won" and t.kind(at - 1) == "w" and t.word(at - 1) not in ("million", "billion", "trillion", "thousand"):
            return None
        return Unit(currency, "money", following)
    if n_tokens == 1 and phrase in VAGUE_CURRENCIES:
        return Unit(phrase, "money", following)
    duration = DURATIONS.get(phrase)
    if duration is not None:
        return Unit(duration, "duration", following)
    measure = MEASURES.get(phrase)
    if measure is None:
        return None
    if phrase == "m" and t.raw(at) == "M":
        return None
    if phrase in ("g", "in", "min", "l", "ha", "t", "mi") and t.raw(at) != phrase:
        return None
    rate = t.word(following)
    if rate in ("per", "an", "a") and t.word(following + 1) == "hour" and measure in ("km", "mi"):
        return Unit(f"{measure}/h", "measure", following + 2)
    return Unit(measure, "measure", following)


def currency_before(t: Tokens, at: int) -> tuple[str, int] | None:
    """The currency written before token `at` ("US$", "€", "USD", "Rs."), and the token it begins at."""
    word = t.word(at - 1)
    if not 0 < at < len(t) or t.ends[at - 1] < t.starts[at] - 1:
        return None
    sign = SIGNS.get(word)
    if sign is not None:
        before = t.word(at - 2)
        if sign == "USD" and t.is_glued(at - 1):
            if before in SIGN_PREFIXES and t.raw(at - 2).isupper():
                return SIGN_PREFIXES[before], at - 2
            if before == "." and t.word(at - 3) == "s" and t.word(at - 5) == "u":
                return "USD", at - 5
        if sign == "USD" and before in ("us", "ca", "au", "nz", "hk") and t.raw(at - 2).isupper():
            return SIGN_PREFIXES[before], at - 2
        return sign, at - 1
    if t.raw(at - 1) in CODES:
        return ("CNY" if word == "rmb" else t.raw(at - 1)), at - 1
    if word == "rs" or (word == "." and t.word(at - 2) == "rs"):
        return "INR", at - 1 if word == "rs" else at - 2
    return None
