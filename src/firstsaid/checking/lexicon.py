"""Small closed classes of words, as keys (see `text.key`), in the languages that most corpora hold.

A language that is missing here loses the findings that need the list, and gains no false ones: every list either proves something
(a negation stands there) or keeps something quiet.
"""

from __future__ import annotations

from firstsaid.text import key


def _keys(listed: str) -> frozenset[str]:
    return frozenset(key(word) for word in listed.split())


NEGATIONS = _keys(
    "not no never none nor neither nobody nothing cannot without hardly "
    "don't doesn't didn't won't wouldn't can't couldn't shouldn't isn't aren't wasn't weren't hasn't haven't hadn't mustn't needn't ain't "
    "nicht kein keine keinen keiner keinem keines nie niemals weder ohne kaum "
    "ne pas jamais aucun aucune ni sans rien non nunca ningún ninguna nada sin não nem sem niet geen nooit inte ingen aldrig ikke ej "
    "не нет никогда ни без لا لم لن ليس غير"
)

QUALIFIERS = _keys(
    "but unless except if provided providing although though however until till whereas albeit assuming only "
    "aber außer sofern falls wenn obwohl jedoch sondern bis soweit "
    "mais sauf si quoique toutefois cependant excepté pourvu "
    "pero salvo excepto aunque siempre mas exceto embora maar tenzij behalve indien hoewel men utan om tranne ma però tuttavia purché"
)
"""What a fair quotation does not stop in front of."""

QUALIFYING_PHRASES = tuple(
    tuple(key(word) for word in phrase.split())
    for phrase in (
        "as long as",
        "so long as",
        "on condition",
        "on the condition",
        "even though",
        "and only if",
        "or only if",
        "à condition",
        "es sei denn",
        "a no ser que",
        "a menos que",
        "à moins que",
        "subject to",
        "at least",
        "so far as",
        "as far as",
    )
)

SUBORDINATORS = _keys(
    "because who which whose whom where since as when while although so for weil da die der das denen deren wo während "
    "parce car qui que dont où puisque lorsque porque quien cuyo donde cuando mientras perché poiché omdat die waar eftersom som"
)
"""A stretch that begins with one of these is a clause of its own, which a marked ellipsis may leave out with its "not"."""

CONJUNCTIONS = _keys(
    "and but or so because that which who when while where if und aber oder weil dass et mais ou que qui car parce y pero o porque en"
)
"""A clause begins with one of these: an ellipsis may leap to it over the end of a sentence."""

STRONG_OPENERS = _keys("unless except provided only if außer sofern falls sauf salvo")
"""With these a following *sentence* still belongs to what was said ("Only if the money is there.")."""

SENTENCE_QUALIFIER_WORDS = 14
"""A fragment that qualifies the sentence before it is short; a long sentence that opens with "If" speaks of something new."""

CORRECTIONS = _keys(
    "correct correction corrections error errors mistake mistaken corrected corrects correcting corrigendum erratum retracted "
    "retraction retracts misstated misquoted misidentified clarification apologise apologize apologises apologizes "
    "berichtigung berichtigt korrektur korrigiert richtigstellung rectificatif rectification corrigé corrección rectificación rectifica "
    "correção rettifica correctie rättelse"
)

RELATIVE_DAYS = _keys("yesterday today tomorrow gestern heute morgen hier aujourdhui demain ayer hoy mañana")
"""Days that only the date of the text can name: no sign of another day than a weekday's name."""

REVISIONS = CORRECTIONS | _keys(
    "revised revises revising revision updated update updates rose risen rises climbed climbs now later latest new "
    "increased reached grown grew fallen fell dropped lowered raised upgraded downgraded adjusted preliminary provisional initial "
    "initially earlier replaces replaced replace final instead wrong "
    "stieg gestiegen inzwischen mittlerweile aktualisiert zunächst vorläufig neu revidiert "
    "désormais actualisé revu porté initialement provisoire passé actualizado ahora revisado inicialmente subió ascendió agora atualizado"
)
"""Words by which a later figure says that it replaces an earlier one."""

FIRST_TELLINGS = _keys(
    "first initial initially originally earlier early preliminary provisional once previously then had estimate estimated "
    "zunächst anfangs erste ersten ersten ursprünglich vorläufig d'abord initialement premier première provisoire primero primer primera "
    "inicialmente provisional"
)
"""With one of these a draft says itself that a number was an earlier one."""

SPEAKS_FOR = _keys(
    "spokesman spokeswoman spokesperson spokespersons speaker representative lawyer attorney aide director chief head chair chairman "
    "chairwoman "
    "president secretary minister chancellor governor mayor manager officer commissioner "
    "sprecher sprecherin anwalt anwältin porte-parole porteparole portavoz portavoce woordvoerder talesperson "
    "statement press office pressestelle communiqué"
)

TITLES = _keys(
    "mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister chancellor mayor deputy senator sen rep "
    "representative "
    "congressman congresswoman councillor councilor councilman councilwoman governor gov chief chair chairman chairwoman secretary general "
    "captain capt colonel major sergeant inspector commissioner director judge justice rev reverend father sister spokesman "
    "spokeswoman spokesperson "
    "former acting the a an of for and then maestro maestra cllr revd archbishop bishop sheriff pastor coach "
    "herr frau bürgermeister bürgermeisterin minister ministerin präsident präsidentin sprecher sprecherin der die das den des von "
    "monsieur madame m mme maire ministre président présidente le la les l de du señor señora alcalde alcaldesa ministro ministra "
    "presidente "
    "presidenta el los las signor signora sindaco"
)
"""Left out before two names are compared: they are the role, not the name."""

PRONOUNS = _keys(
    "he she they it him her them his hers i we you who this that er sie es ich wir ihr il elle ils elles on je nous él ella ellos ellas yo "
    "nosotros ele ela eles hij zij ze han hon lui lei"
)

FIRST_PERSONS = _keys(
    "i we our ours us me my mine im ive ill weve ich wir uns unser unsere "
    "mein meine mich mir je j'ai nous notre nos mon ma mes moi yo nosotros "
    "nuestro nuestra mi mis"
)

INDEFINITE = _keys(
    "a an one some somebody someone another my our sources source officials ein eine einer jemand mein meine unser un une quelqu'un mon ma "
    "una alguien mi mis"
)
"""First words for speakers whom a text does not name: "a former officer", "one of the crew", "my sister"."""

TELLING = _keys(
    "said says told tells claimed claims wrote writes explained announced admitted admits confirmed confirms sagte sagt erklärte schrieb "
    "behauptete dit disait écrit affirmé dijo dice escribió afirmó"
)
"""Two of these in one sentence: somebody tells what another said."""

QUOTING = _keys("quoted quotes quoting cited cites citing recalled recalls relayed zitierte zitiert cita citó cité citait")
"""With one of these a draft says itself that the words are passed on."""

WITHDRAWALS = _keys("withdraw withdrew withdrawn retract retracted zurück zurückgenommen retire retiré retira retiro")
"""A speaker takes his own words back."""

ARTICLES = _keys("the a an der die das den dem des ein eine einer le la les un une el los las una o os as um uma il lo gli de het een")

GLUE = (
    NEGATIONS
    | PRONOUNS
    | ARTICLES
    | QUALIFIERS
    | _keys(
        "of in on at to for from by with as is are was were be been being has have had do does did will would shall should can could "
        "may might must and "
        "or that which whose whom there here their its our your my than then so such more most very also just about into over under "
        "after before "
        "between during while when where what how all any some each every other both said says say told added according mr mrs ms "
        "people person one two three four five six seven eight nine ten first last year years day days week month time "
        "und oder dass daß zu zum zur im am mit auf für ist sind war waren wird werden wurde wurden hat haben sich auch als bei nach "
        "vor über um an in von "
        "sagte et ou que qui dans sur pour par avec est sont était ont été au aux des se sa son ses a ce cette "
        "y o en con por para es son fue fueron ha han del al se su sus lo e um em com do da dos das no na foi"
    )
)
"""Words that any two texts share: never evidence that they speak of the same thing."""

NUMBER_CUES = _keys(
    "more fewer less ahead behind above below over under up down rose "
    "rise risen fell fall fallen grew grown gained lost increase increased "
    "decrease decreased dearer cheaper higher lower longer shorter older younger extra further another other others rest remaining left "
    "still each every apiece average per head times double doubled twice half third quarter fifth tenth after later since earlier ago "
    "difference gap margin points total altogether all together combined whom which place instead dropped missing short many too "
    "mehr weniger über unter stieg gestiegen sank gesunken fiel gefallen je pro mal doppelt hälfte drittel viertel nach später seit "
    "insgesamt zusammen davon selbst übrigen rest weitere zuvor höher niedriger teurer billiger durchschnitt "
    "plus moins fois après depuis total chacun chaque moyenne moitié tiers quart hausse baisse augmenté diminué reste avant soit "
    "más menos veces después desde total cada promedio mitad tercio subió bajó resto antes doble aumento"
)
"""Words that call for arithmetic: with one of them beside it a small number may be a sum or a difference of others."""

SUM_CUES = _keys(
    "altogether total totals totalling together combined sum both either whom which other others plus place instead more extra "
    "further another added rest whole overall now insgesamt zusammen gesamt "
    "weitere dazu mehr beide davon total ensemble plus deux autres más total "
    "juntos ambos otros conjunto"
)
"""Words that call for a sum."""

CHANGES = _keys(
    "rose rise risen rises rising fell fall fallen falls grew grown grow up down increase increased decrease decreased gained lost dropped "
    "climbed jumped cut raised lowered doubled halved from stieg "
    "gestiegen sank gesunken fiel gefallen erhöht gesenkt hausse baisse augmenté "
    "diminué passé subió bajó aumentó creció cayó"
)
"""Words of a change from one number to another."""

TOTAL_WORDS = _keys("total altogether all overall combined insgesamt gesamt zusammen ensemble conjunto totale totaal sammanlagt")

SUBSET_WORDS = _keys(
    "including included includes among least whom which mostly mainly nearly about around some of besides plus further "
    "darunter davon etwa rund dont parmi environ entre incluidos incluidas cerca waaronder däribland"
)
"""With these the parts need not make up the whole."""

ATTRIBUTES = _keys(
    "said says adds added told explained continued stated noted asked replied wrote insisted argued warned concluded remarked commented "
    "sagte fügte erklärte schrieb betonte dit dit-il ajouté déclaré expliqué affirmé dijo añadió explicó afirmó disse aggiunto zei voegde "
    "sade sa sagde"
)
"""With a name beside it, one of these is no part of what was said, also where a text has lost its quotation marks."""

DENIALS = _keys(
    "deny denies denied denying false untrue lie lies myth hoax reject rejects rejected rejecting dismiss dismisses dismissed dismissing "
    "refute refutes refuted wrong fabricated baseless unfounded debunked disputed disputes nonsense incorrect "
    "dementiert dementierte bestritt bestreitet falsch unwahr lüge erfunden "
    "dément démenti nie nié faux fausse mensonge niega negó desmiente desmintió falso falsa mentira desmente negou smentisce "
    "smentito ontkent onwaar"
)

SAYING = _keys(
    "say says said saying claim claims claimed claiming suggest suggested believe believes believed think thinks thought true state "
    "stated mean "
    "describe described call called "
    "behauptet behauptete sagen gesagt sage glaube glaubt denke wahr dire dit prétend prétendu crois croit pense vrai "
    "decir dicho dijo creo cree pienso cierto verdad disse dito acredito verdade zeggen gezegd"
)

CREDITS = (
    "according to", "first reported", "reported by", "as reported", "originally published", "first published", "courtesy of",
    "reprinted", "republished",
    "press release", "via ", "laut ", "nach angaben", "wie die ", "berichtet", "selon ", "d'après", "según ", "segundo ",
    "secondo ", "volgens ", "enligt ",
)  # fmt: skip

LAW_AND_LICENCE = _keys(
    "licence license licensed copyright warranty liability hereby pursuant herein thereof shall article section subsection paragraph "
    "statute "
    "regulation gesetz absatz verordnung paragraphe loi décret ley artículo creative commons"
)
"""A passage with many of these is law or licence text, which anybody may copy without a word."""

WEEKDAYS_AND_MONTHS = _keys(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember "
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre "
    "yesterday today tomorrow gestern heute morgen hier aujourdhui demain ayer hoy mañana"
)

WEEKDAY_NUMBERS = {
    key(word): number
    for line in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "måndag tisdag onsdag torsdag fredag lördag söndag",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    )
    for number, word in enumerate(line.split())
}
"""0 for Monday; "martes" is Spanish for Tuesday, "mars" no day."""

RELATIVE_DAY_OFFSETS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(map(key, ("yesterday", "gestern", "hier", "ayer", "ieri", "gisteren", "ontem", "igår")), (-1,)),
    **dict.fromkeys(map(key, ("today", "tonight", "heute", "aujourd'hui", "hoy", "oggi", "vandaag", "hoje", "idag")), (0,)),
    **dict.fromkeys(map(key, ("tomorrow", "demain", "mañana", "domani", "amanhã", "imorgon")), (1,)),
}
"""Days counted from the text's own. German "morgen" is left out: it is a morning as often."""

TEXT_WORDS = _keys(
    "letter report reported wrote writes writing published statement release minutes article interview speech told said announced notice "
    "newspaper column post according brief bericht schrieb "
    "veröffentlicht mitteilung protokoll lettre rapport écrit publié communiqué carta "
    "informe escribió publicado comunicado"
)
"""A sentence with one of these dates the text or the saying, not what it tells."""
