"""Numbers that count nothing: labels, times, scores, telephone numbers, model names, footnote digits, list numbers."""

from __future__ import annotations

from firstsaid.parsing.figures import modifiers
from firstsaid.parsing.figures.calendar import MONTHS, WEEKDAYS
from firstsaid.parsing.figures.numbers import is_fraction
from firstsaid.parsing.figures.roles import PEOPLE, ROLE_OF, STOPPERS
from firstsaid.parsing.figures.tokens import Tokens
from firstsaid.parsing.figures.unit_words import PERCENT


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LABELLED = _words(
    "section sections article articles chapter chapters page pages p pp no nos nr number numbers figure figures fig table "
    "tables part row act line lines "
    "route routes highway flight room gate channel grade volume vol issue clause clauses paragraph paragraphs para rule "
    "resolution title version step "
    "episode season phase level stage tier type category class chapter verse psalm appendix annex exhibit item option "
    "question lot unit block district "
    "precinct ward zone sector platform track lane exit interstate apartment apt suite box code id order bill hb sb "
    "proposition protocol directive "
    "regulation note notes footnote footnotes schedule form slide model mark mk series generation gen artikel abschnitt "
    "kapitel seite absatz ziffer § "
    "chapitre página artículo página capítulo página capítulo # quarter q act amendment round game group day week formula "
    "catch channel bus terminal "
    "rooms floor floors apartments units blocks districts wards lots exits junctions flights channels steps levels stages "
    "junction motorway freeway autobahn carriage cell bay berth hole psalm sonnet symphony opus op concerto sonata runway pier "
    "building bldg magnitude-scale windows iphone ios android"
)  # the number after such a word is its name
_TIME_WORDS = _words("am pm a.m p.m o'clock o’clock uhr gmt utc est edt cet bst ist pst pdt hrs")
_SCORE_WORDS = _words(
    "win victory defeat loss draw lead triumph record aggregate vote majority decision ruling tie scoreline margin thriller "
    "up down ahead behind win-loss"
)
_STREETS = _words("street st road rd avenue ave lane ln drive dr square boulevard blvd way place court terrace row downing")
_NOT_A_NAME = _words(
    "the a an in on at of by for from with about over some nearly almost around approximately roughly under more less at "
    "least up between after before and "
    "but or as since until during all only just another other these those they we he she it there i you who what when while "
    "if because although though "
    "said says total his her their our its my your every each that this are is was were had has have do did not no so then "
    "than now today yesterday "
    "toll deaths up down police"
)


_MAGNITUDES = _words("hundred thousand million billion trillion lakh crore basis")


_LONGEST_MODEL = 4  # digits: Windows 2000, Euro 2020; five digits behind a name are an amount in a table


def is_label(t: Tokens, at: int, sentence: int) -> bool:
    """Whether the digits at token `at` are a label of some kind. `sentence`: the first token of the sentence."""
    return (
        _glued_to_letters(t, at)
        or _in_brackets(t, at)
        or _is_time(t, at)
        or _is_score_or_telephone(t, at)
        or _is_list_number(t, at)
        or _after_label_word(t, at)
        or _is_address(t, at)
    )


def _glued_to_letters(t: Tokens, at: int) -> bool:
    before = t.word(at - 1)
    if not t.is_glued(at):
        return False
    if before in ("-", "–", "‑", "_") and t.is_glued(at - 1) and t.kind(at - 2) in ("w", "m") and t.word(at - 2) not in _SPELLED:
        return True  # Covid-19, F-16, under-18s
    if is_cjk(before) or (before in (",", ".") and is_cjk(t.word(at - 2))):
        return False  # texts without spaces
    if before in (".", ",", ";", "”", '"', "’", ")", "?", "!") and t.is_glued(at - 1) and t.kind(at - 2) in ("w", "s"):
        return t.word(at - 2) not in ("rs", "no", "c", "ca", "u", "s") and not (before == "." and t.kind(at - 2) == "s")
    return before in ("#", "№", "/", "\\", "_", "@", "^", ":") and t.is_glued(at - 1)


def is_cjk(word: str) -> bool:
    """Whether the token is a Chinese or Japanese character or its stop."""
    return len(word) == 1 and ("\u3001" <= word <= "\u9fff" or "\uff00" <= word <= "\uffef")


_SPELLED = _words(
    "sub now then minus magnitude plus nearly about almost around circa ten twenty thirty forty fifty sixty seventy eighty ninety one "
    "two three four five six seven eight nine us eur usd gbp"
)


def _in_brackets(t: Tokens, at: int) -> bool:
    before, after = t.word(at - 1), t.word(at + 1)
    if before == "[" and after == "]":
        return True
    return before == "(" and after == ")" and t.raw(at).isdecimal() and len(t.raw(at)) < 4


def _is_time(t: Tokens, at: int) -> bool:
    following = at + 1
    if t.word(following) == ":" and t.is_glued(following) and t.is_glued(at + 2) and t.kind(at + 2) in "nm":
        return True
    if t.word(at - 1) == ":" and t.is_glued(at) and t.is_glued(at - 1) and t.kind(at - 2) == "n":
        return True
    word = t.word(following)
    if word in _TIME_WORDS:
        return not (word == "hrs" and len(t.raw(at)) < 4)
    return word in ("a", "p") and t.word(at + 2) == "." and t.word(at + 3) == "m"


def _is_score_or_telephone(t: Tokens, at: int) -> bool:
    first = at
    while first > max(0, at - 4) and t.kind(first - 1) == "n" and t.gap(first) in (" ", "\u00a0"):
        first -= 1
    raw = t.raw(first)
    if len(raw) > 1 and raw.startswith("0") and raw.isdecimal() and not (t.word(first - 1) == "." and t.is_glued(first)):
        return True  # 020 7946 0123
    if t.word(at - 1) == "+" and t.is_glued(at) and len(t.raw(at)) <= 3 and t.kind(at + 1) == "n":
        return True
    before_joined = t.word(at - 1) in "-–.‑" and t.is_glued(at) and t.is_glued(at - 1) and t.kind(at - 2) == "n"
    after_joined = t.word(at + 1) in ("-", "–", "‑") and t.is_glued(at + 1) and t.is_glued(at + 2) and t.kind(at + 2) == "n"
    if before_joined and t.word(at - 1) in ("-", "–"):
        return True  # the first number of a range has read the second; what is left here is a score's end
    if t.word(at + 1) == "/" and t.is_glued(at + 1) and t.is_glued(at + 2) and t.kind(at + 2) == "n" and not is_fraction(t, at):
        return True  # 180/110, 24/7
    if not after_joined:
        return False
    if t.word(at - 1) == "," and t.kind(at - 2) == "n" and t.word(at - 3) in ("-", "–") and t.kind(at - 4) == "n" and t.is_glued(at - 2):
        return True  # 21-19, 18-21
    left, right = t.raw(at), t.raw(at + 2)
    if t.word(at + 3) in ("-", "–") and t.is_glued(at + 3) and t.is_glued(at + 4) and t.kind(at + 4) == "n":
        return True
    if t.word(at + 3) == "/" and t.is_glued(at + 3):
        return False  # 2-1/4
    if not (left.isdecimal() and right.isdecimal()):
        return False
    if len(left) == 3 and len(right) == 4:
        return True
    after = t.word(at + 3)
    if after == "-" and t.is_glued(at + 3):
        after = t.word(at + 4)
    return (int(left[:9]) >= int(right[:9]) and len(left) <= 3) or left == "0" or after in _SCORE_WORDS


def _is_list_number(t: Tokens, at: int) -> bool:
    starts_line = at == 0 or "\n" in t.gap(at) or (t.word(at - 1) == "(" and (at == 1 or "\n" in t.gap(at - 1)))
    return (
        starts_line
        and len(t.raw(at)) <= 3
        and t.raw(at).isdecimal()
        and t.word(at + 1) in (".", ")", "]", ":")
        and t.is_glued(at + 1)
        and not t.is_glued(at + 2)
    )


def _after_label_word(t: Tokens, at: int) -> bool:
    before = at - 1
    if t.word(before) in (".", "#", "§", "º", "°") and t.word(before) != ".":
        return t.word(before) in ("#", "§")
    if t.word(before) == "." and t.is_glued(before):
        before -= 1
        return t.word(before) in ("no", "nos", "nr", "p", "pp", "vol", "art", "sec", "ch", "fig", "para", "art", "rep", "res")
    word = t.word(before)
    if word == "of" and t.raw(before - 1) == "Group":
        return True  # the Group of 20
    if word not in LABELLED or "\n" in t.gap(at):
        return False
    if t.word(at + 1) in PERCENT or t.word(at + 1) in _MAGNITUDES or (t.word(at + 1) == "per" and t.word(at + 2) == "cent"):
        return False
    if word in (
        "no",
        "line",
        "order",
        "group",
        "day",
        "week",
        "number",
        "issue",
        "unit",
        "game",
        "quarter",
        "numbers",
        "act",
        "class",
        "series",
        "figure",
        "figures",
    ):
        # Everyday words too: a label only where no counted noun follows.
        return not _counted_next(t, at + 1)
    return True


_NAMED_THINGS = _words("Club Group Project Foundation Society Restaurant Bar Cafe Café Movement Collective")


def _is_address(t: Tokens, at: int) -> bool:
    if t.raw(at + 1) in _NAMED_THINGS and t.word(at - 1) == "the":
        return True  # the 300 Club
    return t.is_capitalised(at + 1) and (
        (t.word(at + 2) in _STREETS and t.is_capitalised(at + 2))
        or (t.word(at + 3) in _STREETS and t.is_capitalised(at + 3) and t.is_capitalised(at + 2))
    )


def _counted_next(t: Tokens, at: int) -> bool:
    word = t.word(at)
    if t.kind(at) != "w" or t.is_capitalised(at):
        return word in ("%", "°")
    if word in PEOPLE or word in ROLE_OF or word in ("more", "other", "new", "per", "percent", "million", "billion"):
        return True
    for position in range(at, at + 3):
        candidate = t.word(position)
        if t.kind(position) != "w" or candidate in STOPPERS or t.is_capitalised(position):
            return False
        if len(candidate) > 3 and candidate.endswith("s") and not candidate.endswith(("ss", "us", "is")):
            return True
    return False


def is_model_name(t: Tokens, at: int) -> bool:
    """Whether bare digits belong to the capitalised name before them: Boeing 747, iPhone 12, Euro 2020."""
    before = at - 1
    if t.kind(before) not in ("w", "m") or t.gap(at) not in (" ", "\u00a0") or len(t.raw(at)) > _LONGEST_MODEL:
        return False
    raw, word = t.raw(before), t.word(before)
    has_capital = any(character.isupper() for character in raw)
    if (
        not has_capital
        or modifiers.before(t, at) is not None
        or word in _NOT_A_NAME
        or word in MONTHS
        or word in WEEKDAYS
        or word in ROLE_OF
        or word in STOPPERS
    ):
        return False
    return not _counted_next(t, at + 1)
