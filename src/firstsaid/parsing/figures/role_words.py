"""Words for people and for what happened to them, by language: the same few roles everywhere, so that figures can be compared."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROLES_ABROAD = {
    "dead": "tote toten toter todesopfer todesopfern getötet getötete starben gestorben starb umgekommen ermordet "
    "mort morts morte mortes tué tués tuée tuées décès décédé décédés périt tuant "
    "muertos muertas muerto muerta murieron murió fallecieron fallecidos fallecidas muertes asesinados asesinadas víctimas-mortales "
    "morti uccise uccisi ucciso uccisa ucciso vittime deceduti morirono "
    "mortos mortas morreram morreu óbitos mataram matou "
    "doden gedood omgekomen overleden döda dog dödade omkom døde omkommet dræbt drept "
    "zginęło zginęły zginął zabitych ofiar zmarło "
    "погибли погибло погиб погибла погибших погибшими убиты убито убит жертвами скончались умерли загинули загинуло загинув вбито "
    "öldü ölü hayatını قتل مقتل قتيل قتلى قتيلا كشته کشته مصرع توفي وفاة وفيات मारे मौत मृत्यु मृत tewas chết kuollut kuoli νεκροί "
    "νεκρούς",
    "wounded": "verletzt verletzte verletzten verletzter schwerverletzte blessé blessés blessée blessées heridos heridas herido herida "
    "lesionados lesionadas feriti ferite ferito feridos feridas ferido gewonden gewond skadade skadades sårede skadd rannych ranne "
    "rannego "
    "ранены ранено ранен пострадали пострадавших раненых поранено поранених yaralandı yaralı جريح جرحى جريحا أصيب إصابة بجروح زخمی "
    "مجروح घायल "
    "luka-luka terluka thương loukkaantui τραυματίες",
    "missing": "vermisst vermisste vermissten disparu disparus disparues desaparecidos desaparecidas dispersi disperse desaparecido "
    "vermist "
    "saknade saknas savnet zaginionych пропали пропавших kayıp مفقود مفقودا مفقودين ناپدید लापता",
    "arrested": "festgenommen verhaftet arrêté arrêtés arrêtées interpellés interpellées detenidos detenidas detenido arrestati "
    "arrestate "
    "arrestato presos detidos gearresteerd aangehouden gripna gripits zatrzymano zatrzymanych задержаны задержано арестованы "
    "gözaltına اعتقال "
    "اعتقل بازداشت गिरफ्तार",
    "displaced": "evakuiert évacués évacuées déplacés déplacées evacuados evacuadas desplazados desplazadas sfollati sfollate "
    "evacuati evacuate evacuata evacuato "
    "desalojados desabrigados geëvacueerd evakuerades ewakuowano эвакуированы эвакуировано نزوح نازح आवारा विस्थापित",
    "infected": "infizierte infiziert contagios contagiados infectés contagi contagiati infectados besmet smittade заражены заболевших",
    "rescued": "gerettet rescatados rescatadas sauvés secourus salvati resgatados gered räddade спасены",
}
ROLE_ABROAD = {word: role for role, words in _ROLES_ABROAD.items() for word in words.split()}

PERSON_ABROAD = _words(
    "habitants habitantes habitant besucher bewohner abitanti inwoners invånare نسمة députés manifestants manifestantes élèves "
    "étudiants estudiantes alumnos vecinos trabajadores studenti ouvriers arbeiter schüler studenten "
    "menschen leute personen personnes personas hommes femmes enfants kinder frauen männer soldats soldaten pasajeros zivilisten "
    "einwohner "
    "persone persona bambini donne uomini civili soldati pessoas pessoa crianças mulheres homens civis soldados civiles niños mujeres "
    "hombres mensen kinderen vrouwen mannen burgers personer människor barn mennesker osób osoby osoba ludzi dzieci kişi kişinin "
    "insan çocuk "
    "человек человека людей детей женщин мужчин солдат военных жителей граждан пассажиров осіб людини дітей شخص شخصا أشخاص مدنيا مدنيين "
    "جنديا جنود طفلا أطفال نفر تن लोग लोगों व्यक्ति बच्चे people ihmistä henkilöä άτομα ανθρώπους orang người"
)
"""Words for people in general, or so common in reports of events that they are no more than that."""
