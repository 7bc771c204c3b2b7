"""Spellings of currencies, percent, lengths, masses, times and the like, under one name each."""

from __future__ import annotations


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

CODE_NAMES = {"RMB": "CNY", "RM": "MYR", "Rs": "INR", "PS": "GBP"}
"""What is written in place of a code; PS before digits is a pound sign that a conversion to ASCII spelled out."""

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
USD: долларов, доллара, доларів, دولار, دلار, डॉलर, dollari, dólares americanos, us-dollar, us dollars, us dollar, u.s. dollars, \
american dollars, dollars, dollar, dólares, dólar, usd, bucks
AUD: australian dollars, australian dollar
CAD: canadian dollars, canadian dollar
NZD: new zealand dollars
HKD: hong kong dollars
EUR: euros, euro, eur, евро, євро, يورو, یورو
GBP: pounds sterling, british pounds, pounds, quid, gbp, livres sterling
JPY: yen, 円
CNY: yuan, renminbi, rmb, 元
INR: rupees, rupee, indian rupees, रुपये, रुपए
PKR: pakistani rupees
RUB: roubles, rouble, rubles, ruble, rubel, рублей, рубля, рубль, рублів, руб
CHF: francs suisses, swiss francs, swiss franc, franken
SEK: swedish kronor, swedish crowns
NOK: norwegian kroner, norwegian crowns
DKK: danish kroner, danish crowns
TRY: lira, turkish lira
PLN: zloty, zlotys, złotys, złoty, złotych, złote, zł
KRW: won
ZAR: rand
BRL: reais
MXN: mexican pesos
ILS: shekels, shekel
NGN: naira
THB: baht
UAH: hryvnia, hryvnias, гривень, гривні
CZK: kč, korun
HUF: forint, forints
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

PERCENT = frozenset(
    (
        "percent",
        "pct",
        "%",
        "％",
        "٪",
        "prozent",
        "procent",
        "procento",
        "процентов",
        "процента",
        "процент",
        "відсотків",
        "відсотка",
        "procenta",
        "prosent",
        "prosenttia",
        "درصد",
        "بالمئة",
        "بالمائة",
        "فیصد",
        "प्रतिशत",
        "फीसदी",
    )
)

MEASURES = _spelled("""
km: км, километров, километра, كم, كيلومترا, کیلومتر, किलोमीटर, chilometri, chilometro, quilômetros, quilómetros, kilometer, \
kilometrów, km, kms, kilometre, kilometres, kilometer, kilometers, kilomètre, kilomètres, kilómetros, 公里, キロ
m: метров, метра, متر, मीटर, metri, metro, metrów, m, metre, metres, meter, meters, mètre, mètres, metros, 米, メートル
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
nm: nm, nanometre, nanometres, nanometer, nanometers
µm: µm, μm, micrometre, micrometres, micrometer, micrometers, micron, microns
kg: кг, килограммов, chili, quilos, كيلوغرام, किलो, kg, kgs, kilogram, kilograms, kilogramme, kilogrammes, kilo, kilos
g: g, gram, grams, gramme, grammes
mg: mg, milligrams, milligrammes
µg: micrograms, µg, μg
t: toneladas, tonelada, tonnellate, тонн, тонны, تن, टन, tonne, tonnes, metric ton, metric tons, metric tonnes, tonnen
ton: ton, tons
lb: lb, lbs
oz: oz, ounce, ounces
degC: degrees celsius, degrees c, degrees centigrade, degc, deg c, celsius, ℃, grad celsius, 摄氏度
degF: degrees fahrenheit, degrees f, degf, deg f, fahrenheit, ℉
deg: degrees, degree, grad
km/h: km/h, kmh, kph, kilometres per hour, kilometers per hour, kilometres an hour, kilometers an hour
mi/h: mph, miles per hour, miles an hour
kn: knot, knots
m/s: m/s, metres per second, meters per second
Pa: pascal, pascals, pa
hPa: hpa, hectopascal, hectopascals, millibar, millibars, mbar
kPa: kpa
MPa: mpa
bar: bar, bars
psi: psi, pounds per square inch
ksi: ksi
kV: kv, kilovolts
Nm: newton metres, newton meters, newton-metres, newton-meters
lbft: lb-ft, lb ft, pound-feet, pound feet, ft-lb
dB: db, dba, decibel, decibels
mSv: msv, millisieverts
Bq: becquerel, becquerels
Mbps: mbps, megabits per second
Gbps: gbps
lx: lux
K: kelvin
mol: mol, moles
W: w, watt, watts
au: au, astronomical unit, astronomical units
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
year: year, years, yr, yrs, 年
month: month, months, か月, 个月
week: week, weeks, wk, wks
day: day, days, 天
hour: hour, hours, hr, hrs
minute: minute, minutes, min, mins
second: second, seconds, sec, secs
decade: decade, decades
century: century, centuries
quarter: quarters
""")
DURATIONS_ABROAD = _spelled("""
year: jahr, jahre, jahren, an, ans, année, années, año, años, anno, anni, ano, anos, jaar, år, rok, roku, lat, lata, год, года, лет, \
років, роки, рік, yıl, سنة, سنوات, عاما, عام, سال, साल, वर्ष
month: monat, monate, monaten, mois, mes, meses, mese, mês, maand, maanden, månad, månader, måneder, miesiąc, miesięcy, месяц, месяца, \
месяцев, місяців, ay, شهر, أشهر, ماه, महीने
week: woche, wochen, semaine, semaines, semana, semanas, settimana, settimane, weken, vecka, veckor, uker, uger, tydzień, tygodni, \
неделя, недели, недель, тижнів, hafta, أسبوع, هفته, हफ्ते
day: tag, tage, tagen, jour, jours, día, días, giorno, giorni, dia, dias, dag, dagen, dagar, dager, dage, dzień, dni, день, дня, дней, \
днів, gün, يوم, يوما, أيام, روز, दिन
hour: stunde, stunden, heure, heures, hora, horas, ora, ore, uur, timme, timmar, timer, godzin, godziny, час, часа, часов, годин, saat, \
ساعة, ساعات, ساعت, घंटे
minute: minuten, minuto, minutos, minuti, minuut, minuter, minutter, minut, минут, минуты, хвилин, dakika, دقيقة, دقائق, دقیقه, मिनट
second: sekunde, sekunden, secondes, segundo, segundos, secondi, seconden, sekunder, секунд, секунды, saniye, ثانية, ثانیه, सेकंड
decade: jahrzehnt, jahrzehnte, jahrzehnten
century: siècles, jahrhunderte, siglos
""")
"""Read in texts of other languages, or where no English word is spelled like that ("an hour", "a name tag")."""


HAN_PEOPLE = frozenset("人名")
