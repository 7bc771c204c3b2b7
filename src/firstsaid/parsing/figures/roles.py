"""What a number counts: the noun after it, or what happened to the people it counts ("15 people were killed" counts the dead)."""

from __future__ import annotations

from dataclasses import dataclass

from firstsaid.parsing.figures.role_words import PERSON_ABROAD, ROLE_ABROAD
from firstsaid.parsing.figures.tokens import Tokens


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROLES = {
    "dead": "dead died die dies dying deaths death killed kill kills killing fatalities fatality slain murdered killings deceased "
    "drowned executed",
    "wounded": "wounded injured hurt injuries injury injuring wounding hospitalised hospitalized",
    "missing": "missing unaccounted",
    "arrested": "arrested detained arrests arrest arresting detaining jailed imprisoned",
    "displaced": "displaced evacuated homeless displacing evacuating fled",
    "infected": "infected infections infection",
    "rescued": "rescued rescuing saved",
}
ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()} | {
    word: role for word, role in ROLE_ABROAD.items() if not word.isascii()
}
_ACTIVE = _words(
    "killed killing kill kills wounded wounding injured injuring injure hurt hurting arrested arresting arrest detained "
    "detaining displaced displacing "
    "evacuated evacuating rescued rescuing rescue murdered slain claimed claiming"
)  # verbs whose object is what the number counts
_PASSIVE = _words(
    "killed wounded injured hurt arrested detained displaced evacuated infected rescued hospitalised hospitalized murdered "
    "missing dead jailed imprisoned fled died slain"
)
_TO_BE = _words(
    "was were is are been be being have has had got remain remained remains left still also reportedly confirmed feared believed presumed"
)
PEOPLE = (
    _words(
        "people person persons men man women woman children child civilians civilian soldiers soldier officers officer workers "
        "worker passengers passenger "
        "residents resident protesters protestors protester students student refugees refugee migrants migrant victims victim "
        "troops patients patient others "
        "other inhabitants citizens employees members voters users adults teenagers boys girls prisoners inmates survivors "
        "journalists policemen personen "
        "menschen leute personnes personas hommes femmes enfants kinder frauen männer soldats pasajeros pupils staff police "
        "firefighters tourists guests "
        "commuters volunteers judges husbands wives deputies senators ministers teachers nurses doctors drivers farmers guards sailors "
        "pilots hikers shoppers visitors fans spectators customers clients subscribers followers viewers readers riders players athletes "
        "lawyers jurors suspects defendants delegates candidates applicants tenants demonstrators fighters militants villagers "
        "rebels insurgents gunmen terrorists attackers policewomen youths teens infants "
        "babies relatives pilgrims servicemen marines conscripts bystanders fishermen farmers skiers paramedics medics aid-workers "
        "extras monks nuns priests villagers suspects hostages crew americans 人 名"
    )
    | PERSON_ABROAD
)
_IRREGULAR = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "lives": "life",
    "wives": "wife", "feet": "foot",
    "teeth": "tooth", "mice": "mouse", "crises": "crisis", "policemen": "policeman", "others": "other", "series": "series",
    "species": "species",
    "news": "news", "means": "means", "buses": "bus", "gases": "gas", "viruses": "virus", "shoes": "shoe", "movies": "movie",
    "cookies": "cookie",
    "data": "data",
    "leaves": "leaf",
    "knives": "knife", "wolves": "wolf", "halves": "half", "houses": "house", "cases": "case", "horses": "horse",
    "bases": "base", "purchases": "purchase",
    "increases": "increase", "expenses": "expense", "offenses": "offense", "licenses": "license", "nurses": "nurse",
    "courses": "course", "causes": "cause",
    "warehouses": "warehouse", "enterprises": "enterprise", "exercises": "exercise", "responses": "response",
    "phases": "phase", "leases": "lease",
    "ties": "tie", "pies": "pie", "lies": "lie", "zombies": "zombie", "calories": "calorie", "菱": "菱",
}  # fmt: skip

STOPPERS = _words(
    "of in at on from to for with by and or but as than per the a an this that these those who whom whose which what when "
    "where while if because since until "
    "after before during over under into onto about against between among through within without across along around near "
    "off out up down is are was were "
    "be been being has have had do does did will would can could may might must shall should said says say told tells "
    "according it its they them their he "
    "his she her we our you your i my not no there here then now also so such both either neither each every all any some "
    "more less fewer most least many "
    "much ago later earlier old apart each respectively too only just even still already yet again further including like "
    "plus versus vs despite due "
    "dass und oder von in im auf mit für bei aus zu et ou de des du en dans sur par pour y o con por para today yesterday "
    "tomorrow last next "
    "died killed wounded injured hurt arrested came went took made got gave saw became remained left fled lost won rose "
    "fell increased decreased "
    "reported were-not cannot seems became began started voted protested gathered marched took attended signed lived live "
    "die kill were say think comes goes remains shows makes takes gets wants believes thinks lacks owns becomes appears includes "
    "requires "
    "provides suffers belongs depends gives keeps lies stands sits sees knows "
    "hasta até jusque fino di da del della dei che per nel nella sul con e da do dos das no na em para com que av på för med till "
    "på till som и в на из с "
    "по за от для "
    "na do od ve في من على إلى در از به با में से के का की को ने पर"
)
_MAX_NOUN_WORDS = 5  # "15 heavily armed Islamist militia fighters" is as far as a noun is looked for
_MAX_CLAUSE = 14  # tokens from the noun to the word that says what happened to it
_MAX_ABROAD = 8
_AND = _words("und et y e en och og i oraz и та ve و और ja και")
_CLAUSE_ENDS = frozenset(".;:!?。；！？")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: tokens `first`..`next`, and its comparable form."""

    first: int
    next: int
    lemma: str


def singular(word: str) -> str:
    """The singular of an English noun, by rule and a short list of exceptions; other words unchanged.

    >>> [singular(w) for w in ("homes", "countries", "boxes", "people", "glass", "bus", "matches")]
    ['home', 'country', 'box', 'person', 'glass', 'bus', 'match']
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if word in PERSON_ABROAD:
        return "person"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s", "’s")):
        return word.removesuffix("'s").removesuffix("’s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def is_person(word: str) -> bool:
    """Whether the noun names people, by a list and by the endings of trades and peoples."""
    return word in PEOPLE or (
        len(word) > 5 and word.endswith(("ists", "ians", "smen", "ners", "yers", "ters", "tors", "gers", "kers", "vers"))
    )


def noun_after(t: Tokens, at: int, end: int, *, plural: bool) -> Counted | None:
    """The noun phrase that begins at token `at`: words up to the first plural, preposition, verb or mark."""
    first = at
    if t.word(at) in ("of", "de", "von", "d'") and t.word(at + 1) in (
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "those",
        "all",
        "these",
        "les",
        "los",
        "las",
        "den",
        "der",
    ):
        first = at + 2
    elif t.word(at) in ("of", "de", "von"):
        first = at + 1
    elif t.word(at) in ("more", "fewer", "other", "additional") and t.kind(at + 1) == "w" and t.word(at + 1) not in ROLE_OF:
        first = at + 1  # "20,000 more police officers"
    elif t.word(at) in ("the", "its", "their", "his", "her", "our", "those", "these", "all"):
        first = at + 2 if t.word(at + 1) in ("the", "its", "their", "those", "these", "of") else at + 1  # "half the class"
    if _is_model_before_noun(t, first):
        first += 3  # "two F-16 jets"
    last = first
    while last < end and last - first < _MAX_NOUN_WORDS:
        word = t.lower[last]
        if t.kinds[last] not in "wm" and not (word == "-" and t.is_glued(last) and t.is_glued(last + 1)):
            break
        if word in STOPPERS and word not in ("left",):
            break
        if "\n" in t.gap(last) and last > first:
            break
        last += 1
        if (plural and word in PEOPLE) or (plural and last - first >= 1 and _looks_plural(t, last - 1) and t.word(last) != "-"):
            break
    while last > first and (t.word(last - 1) == "-" or t.word(last - 1).endswith("ly")):
        last -= 1
    if last == first:
        return None
    is_verb = t.word(last - 1).endswith("s") and (t.kind(last) == "n" or t.word(last) in ("the", "a", "an", "his", "her", "its", "their"))
    if not plural and is_verb and last - first > 1 and not t.word(last - 1).endswith(("ss", "us", "is")):
        last -= 1  # "the 26-mile course climbs 900 feet"
    while last - first > 1 and t.word(last - 1).endswith("ed") and t.word(last - 1) not in ROLE_OF:
        last -= 1  # "200 sheep escaped"
    head = t.word(last - 1)
    if last == first + 1 and head.endswith("ed") and head not in ROLE_OF:
        return None  # "a few dozen survived"
    lemma = ROLE_OF.get(head) or (ROLE_ABROAD.get(head) if t.may_be_foreign(head) else None) or singular(head)
    return Counted(first, last, lemma)


def _is_model_before_noun(t: Tokens, at: int) -> bool:
    """Whether "F-16" or "Mi-8" stands between the number and what it counts."""
    return (
        t.kind(at) in ("w", "m") and t.is_capitalised(at) and t.word(at + 1) == "-" and t.kind(at + 2) in ("n", "m")
        and t.is_glued(at + 1) and t.is_glued(at + 2) and t.kind(at + 3) == "w" and not t.is_glued(at + 3)
        and t.word(at + 3) not in STOPPERS
    )  # fmt: skip


def _looks_plural(t: Tokens, at: int) -> bool:
    word = t.lower[at]
    if word in _IRREGULAR:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s", "ous"))


def role_of(t: Tokens, at: int, following: int, end: int, start: int, noun: Counted | None) -> Counted | None:
    """What happened to those counted by the number at tokens `at`..`following`, if the clause says it.

    Looks right after the number ("15 dead"), behind the noun ("15 people were killed", "lost their lives"), before the
    number ("killed 15 people", "the death toll rose to 15").
    """
    word = t.word(following)
    if word.endswith("ly") and t.word(following + 1) in ROLE_OF:
        return Counted(following + 1, following + 2, ROLE_OF[t.word(following + 1)])  # "one critically injured"
    if word in ("others", "other", "more", "people") and t.word(following + 1) in ROLE_OF and noun is None:
        return Counted(following, following + 2, ROLE_OF[t.word(following + 1)])
    if word in ROLE_OF and word not in ("kills", "killing", "arrest", "die"):
        return Counted(following, following + 1, ROLE_OF[word])
    if word in ROLE_ABROAD and t.may_be_foreign(word):
        return Counted(following, following + 1, ROLE_ABROAD[word])
    is_of_people = noun is None or is_person(t.word(noun.next - 1)) or noun.lemma in ROLE_OF.values()
    if noun is not None and noun.lemma in _ROLES:
        return noun
    if not is_of_people:
        return None
    from_at = noun.next if noun is not None else following
    behind = _behind(t, from_at, end, noun)
    if behind is not None:
        return Counted(noun.first if noun else behind.first, behind.next if noun is None else noun.next, behind.lemma)
    return _ahead(t, at, start, noun) or _abroad(t, at, from_at, start, end, noun)


def _abroad(t: Tokens, at: int, following: int, start: int, end: int, noun: Counted | None) -> Counted | None:
    """The nearest word of another language for what happened to people, in the same clause: where the verb stands differs by language."""
    for step, first, last in ((1, following, min(end, following + _MAX_ABROAD)), (-1, at - 1, max(start, at - _MAX_ABROAD) - 1)):
        for position in range(first, last, step):
            word = t.lower[position]
            if word in _CLAUSE_ENDS or word in (",", "،") or t.kinds[position] == "n" or word in _AND:
                break
            if word in ROLE_ABROAD and t.may_be_foreign(word):
                span = noun if noun is not None else Counted(position, position + 1, "")
                return Counted(span.first, span.next, ROLE_ABROAD[word])
    return None


def _behind(t: Tokens, at: int, end: int, noun: Counted | None) -> Counted | None:
    seen_to_be = noun is None
    limit = min(end, at + _MAX_CLAUSE)
    if noun is None and t.word(at) in ("more", "others", "other") and t.word(at + 1) in _TO_BE:
        at += 1  # "hundreds more are feared dead"
    while at < limit:
        word = t.lower[at]
        if word in _CLAUSE_ENDS or t.kinds[at] == "n":
            return None
        if word in ("and", "but", "while", "y", "und", "et") and not seen_to_be:
            return None
        if word == "lost" and t.word(at + 1) in ("their", "his", "her") and t.word(at + 2) in ("lives", "life"):
            return Counted(at, at + 3, "dead")
        if word in ("died", "starben", "perished", "drowned"):
            return Counted(at, at + 1, "dead")
        if word in _TO_BE:
            seen_to_be = True
        elif (word in _PASSIVE and (seen_to_be or t.word(at - 1) in ("people", "others"))) or (
            word in _PASSIVE and noun is not None and at == noun.next
        ):
            return Counted(at, at + 1, ROLE_OF.get(word, word))
        elif noun is None:
            return None
        at += 1
    return None


def _ahead(t: Tokens, at: int, start: int, noun: Counted | None) -> Counted | None:
    before = at - 1
    for _ in range(8):
        if before < start:
            return None
        word = t.lower[before]
        if word in _CLAUSE_ENDS or t.kinds[before] == "n":
            return None
        if word in _ACTIVE and t.word(before - 1) not in ("was", "were", "been", "being", "is", "are"):
            if word in ("claimed", "claiming"):
                return Counted(noun.first, noun.next, "dead") if noun is not None and noun.lemma == "life" else None
            span = noun if noun is not None else Counted(before, before + 1, "")
            return Counted(span.first, span.next, ROLE_OF.get(word, word))
        if word == "toll" and noun is None:
            first = before - 1 if t.word(before - 1) in ("death", "injury") else before
            return Counted(first, before + 1, "wounded" if t.word(before - 1) == "injury" else "dead")
        if word in (",", "and", "but", "who", "that", "which"):
            return None
        before -= 1
    return None
