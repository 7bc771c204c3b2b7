"""Works and outlets named in the text: "as the Courier reported", "in an article titled ...", "(Okafor, 2016)", "Source: ..."."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass

from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.outlets import has_media_noun, is_other_body, stands_as_outlet

Item = tuple[int, int, str, int | None, str | None, bool, str | None]
"""A citation without its document: start, end, form, number, target, whether it resolves, why not."""

_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_NAME = rf"{_CAPITAL}[\w&’'-]{{0,30}}(?:[ ](?:(?:of|for|and|the|de|du|der|on)[ ]){{0,2}}{_CAPITAL}[\w&’'-]{{0,30}}){{0,6}}"
_WORK = (
    r"(?:articles?|reports?|stud(?:y|ies)|papers?|books?|essays?|letters?|memoirs?|blog posts?|posts?|columns?|documentar(?:y|"
    r"ies)|films?|editorials?|op-eds?|surveys?|polls?|analys[ie]s|interviews?|memos?|press releases?|statements?)"
)
_TITLED = re.compile(
    rf"\b(?P<work>{_WORK}|piece|story|chapter|speech|lecture|poem|novel|song)\b[ ](?:[\w ]{{0,40}}[ ])?(?:titled|entitled|"
    rf"called|headlined|named)[ ,:]{{1,2}}[\"“‘«„'](?P<title>[^\"”’»\n]{{2,200}}(?:’\w[^\"”’»\n]{{0,100}})?)[\"”’»']"
)
_MARKS = "“‘«„\"'*_"
_OPEN, _CLOSE = r"[“‘«„\"'*_]{0,2}", r"[”’»\"'*_]{0,2}"  # a name in marks or italics
_AS_REPORTED = re.compile(
    rf"\b[Aa]s[ ](?:first[ ]|previously[ ]|also[ ])?(?:the[ ])?{_OPEN}(?P<name>{_NAME}){_CLOSE}[ ](?:has[ ]|had[ ]|first[ ]|"
    rf"previously[ ]|"
    rf"also[ ])?(?:reported|reports|wrote|writes|revealed|noted|notes|put it|pointed out|explained|documented)\b"
)
_REPORTED = re.compile(
    rf"\b(?:[Tt]he[ ])?(?P<name>{_NAME}){_CLOSE}[ ](?:has[ ]|had[ ]|first[ ]|also[ ])?(?:reported|reports)(?=[ ](?:that|on|earlier|"
    rf"this|last|in|how|from|at|here|yesterday|today)\b|[,:.])"
)
_TOLD = re.compile(rf"\b(?:told|tells|telling|speaking to|interview with|spoke to)[ ](?:the[ ])?{_OPEN}(?P<name>{_NAME})")
_BY = re.compile(
    rf"\b(?:[Aa]ccording to[ ])?(?:[Aa]n?|[Tt]he|its|their|his|her|[Nn]ew|[Rr]ecent)[ ](?:[\w-]{{1,20}}[ "
    rf"]){{0,3}}?(?P<work>{_WORK})[ ](?:(?:published|released|issued|conducted|written|commissioned|posted|carried out)[ "
    rf"])?(?:on[ ]\w{{3,12}}[ ])?(?:by|in|from)[ ](?:the[ ]|a[ ])?(?:journal[ ]|magazine[ ]|newspaper[ ])?(?P<name>{_NAME})"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to[ ](?:the[ ])?{_OPEN}(?P<name>{_NAME})")
_REPORTED_BY = re.compile(
    rf"\b(?P<first>(?:first|originally|previously|earlier)[ ])?(?:reported|revealed|published|disclosed)[ ](?:by|in)[ ](?:the[ "
    rf"])?{_OPEN}(?P<name>{_NAME})"
)
_CITING = re.compile(
    rf"\b(?:citing|quoting)[ ](?:a[ ]report[ ](?:by|in|from)[ ]|reports?[ ](?:by|in|from)[ ])?(?:the[ ])?{_OPEN}(?P<name>{_NAME}){_CLOSE}"
    r"(?=[ ](?P<kind>newspaper|news agency|agency|daily|weekly|magazine|radio|television|TV|website|broadcaster|channel|wire)\b)?"
)
_WROTE = re.compile(
    rf"\b(?:[Tt]he[ ])(?P<name>{_NAME}){_CLOSE}[ ](?:has[ ]|had[ ]|first[ ]|also[ ])?"
    r"(?:wrote|writes|revealed|disclosed|broke the story)(?=[ ,:.])"
)
_WHO_CITES = re.compile(rf"(?:(?<=[.!?][ ])|(?<=\n)|\A)(?:[Tt]he[ ])?{_OPEN}(?P<name>{_NAME}){_CLOSE},[ ](?:citing|quoting)[ ]")
_TITLE_WORD = (
    r"(?:[A-ZÀ-ÖØ-Þ0-9][\w’'-]{0,30}|"
    r"(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|to|with|de|la|le|der|die|das|und|et|y)\b)"
)
_WORK_TITLE = re.compile(
    rf"\b(?P<work>{_WORK}|piece|story|novel|lecture)\b,?[ ][\"“‘«„'](?P<title>[A-ZÀ-ÖØ-Þ0-9][\w’'-]{{0,30}}(?:[:,]?[ "
    rf"]{_TITLE_WORD}){{1,14}})[?!]?[,.]?"
    r"[\"”’»']"
)
_SURVEY_FOR = re.compile(
    rf"\b(?P<work>surveys?|polls?|study|report|analysis)[ ](?:of[ ][\w,. -]{{3,40}}?[ ])?(?:for|by)[ ](?:the[ ])(?P<name>{_NAME})"
)
_CREDIT_LINE = re.compile(
    rf"(?:(?<=\n)|\A|(?<=[(\[])|(?<=[.!?][ ]))(?:Sources?|Data|Quelle|Fuente|Fonte):[ ]{{1,2}}(?P<name>{_NAME})(?=[ ]*(?:[,;.)\]]|\n|\Z))"
)
_SURNAME = rf"{_CAPITAL}[\w’'-]{{1,30}}"
_AUTHOR_YEAR = re.compile(
    rf"\((?:see[ ]|e\.g\.,?[ ]|cf\.[ ]|also[ ]){{0,2}}(?P<names>{_SURNAME}(?:(?:,[ ]|[ ](?:and|&|und|et|y)[ ]|,[ ]and[ "
    rf"]){_SURNAME}){{0,4}}"
    rf"(?P<more>[ ]et[ ]al\.?)?),?[ ](?P<year>(?:1[6-9]|20)\d\d[a-z]?)(?P<page>,[ ](?:pp?\.[ ]?|ch\.[ ]?)?\d{{1,4}}(?:[-–]\d{{1,4}})?)?"
    r"(?:;[^()\n]{1,200})?\)"
)
_ET_AL = re.compile(rf"\b(?P<names>{_SURNAME}[ ]et[ ]al\.)[ ]\((?P<year>(?:1[6-9]|20)\d\d[a-z]?)\)")
_BIBLIOGRAPHY = re.compile(
    r"^[ \t#*]*(?:References|Bibliography|Works cited|Literature|Sources|Literatur|Bibliographie|Bibliografía)[ \t*:]*$",
    re.MULTILINE | re.IGNORECASE,
)
_PATTERNS = (
    _TITLED, _WORK_TITLE, _AS_REPORTED, _BY, _SURVEY_FOR, _REPORTED, _REPORTED_BY, _CITING, _WHO_CITES, _WROTE, _TOLD, _ACCORDING,
)  # fmt: skip
_LAW_WORD = re.compile(
    r"(?<=[\w’'-] )(?:(?P<act>Act)\b(?:[ ](?:of[ ])?(?:1[5-9]|20)\d\d\b)?|"
    r"(?P<other>Code|Convention|Treaty|Charter|Directive|Regulations?)\b(?P<year>[ ](?:of[ ])?(?:1[5-9]|20)\d\d\b)?)"
)
_LAW_BEFORE = re.compile(
    rf"(?P<section>\b(?:[Ss]ections?|[Aa]rticles?|[Cc]lauses?|[Rr]egulations?)[ ]\d{{1,4}}(?:\(\w{{1,4}}\)){{0,3}}[ ](?:of|in)[ ]the[ ])?"
    rf"\b(?P<name>{_NAME}[ ])\Z"
)
_LAW_CHARS = 160  # characters before the word in which the name of a law begins
_LAW_CASE = re.compile(rf"\b(?P<name>{_CAPITAL}[\w’'-]{{1,30}}[ ]v\.?[ ]{_CAPITAL}[\w’'-]{{1,30}}(?:[ ][\[(](?:1[6-9]|20)\d\d[\])])?)")
_SCRIPTURE = re.compile(
    r"\b(?P<name>(?:(?:[1-3][ ])?(?:Genesis|Exodus|Leviticus|Deuteronomy|Joshua|Samuel|Kings|Chronicles|Psalms?|Proverbs|"
    r"Ecclesiastes|Isaiah|"
    r"Jeremiah|Ezekiel|Daniel|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Hebrews|James|Peter|Revelation|"
    r"Qur['’]an|Quran|"
    r"Koran|Surah?)[ ]\d{1,3}:\d{1,3}(?:[-–]\d{1,3})?|Psalms?[ ]\d{1,3}))\b"
)
_YEARBOOK = re.compile(
    r"\b(?:[Tt]he[ ])?(?P<name>(?:[Cc]ensus|[Aa]nnual [Rr]eport|[Yy]earbook|[Aa]lmanac|[Ss]tatistical [Aa]bstract)[ ](?:(?:of|for)[ "
    r"])?(?:1[5-9]|20)\d\d)\b"
)
_HAN_TITLE = re.compile(r"[『《](?P<name>[^』》\n]{1,60})[』》]")
_SAME_WORK = re.compile(r"\b(?:[Ii]bid(?:em)?\.|[Oo]p\. cit\.|[Ll]oc\. cit\.)")
_NOT_OUTLETS = lexicon.word_set(
    "i we he she it they the a an as this that these those there but and police officials congress parliament according to"
)
_MONTHS = lexicon.word_set("january february march april may june july august september october november december")
_WEEKDAYS = lexicon.word_set("monday tuesday wednesday thursday friday saturday sunday")
_INNER_CAPITAL = re.compile(rf"(?<=[a-zà-ÿ,][ ]){_CAPITAL}[\w-]{{1,30}}")
_SMALL_WORD = re.compile(r"\b[a-zà-ÿ]{2,30}\b")
_OPENERS = (lexicon.OPENING_ADVERBS | lexicon.SUBORDINATORS) - lexicon.TIME_WORDS - lexicon.word_set("as first second third last")
_TIMES = lexicon.TIME_WORDS - lexicon.word_set("week month")


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the stretch meets one of the spans, which are in order and disjoint."""
    at = bisect_left(spans, (end,))
    return any(a < end and start < b for a, b in spans[max(0, at - 2) : at])


def _clean(name: str) -> str:
    words = name.split()
    while words and words[-1].lower() in _MONTHS | _WEEKDAYS | _NOT_OUTLETS | {"in", "on", "of"}:
        words.pop()
    return " ".join(words).removesuffix("’s").removesuffix("'s")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a place where an outlet may stand. `start`, `end`: of the whole pointer."""

    pattern: re.Pattern[str]
    start: int
    end: int
    name: str
    is_shown: bool


def named_works(text: str, links: set[int]) -> list[Item]:
    """Works and outlets named in the text. `links`: where links begin."""
    candidates = [
        named for pattern in _PATTERNS
        for match in pattern.finditer(text) if (named := _read(text, pattern, match, links)) is not None
    ]  # fmt: skip
    shown = {named.name for named in candidates if named.is_shown}
    last_words = {name.split()[-1] for name in shown}
    inner = frozenset(match.group() for match in _INNER_CAPITAL.finditer(text)) if candidates else frozenset()
    small = frozenset(match.group() for match in _SMALL_WORD.finditer(text)) if candidates else frozenset()
    found: list[Item] = []
    taken: list[tuple[int, int]] = []
    for named in candidates:
        is_known = named.is_shown or named.name in shown or named.name in last_words
        if named.pattern in (_TOLD, _ACCORDING, _REPORTED_BY, _CITING, _WHO_CITES, _WROTE) and not is_known:
            continue
        if named.pattern is _REPORTED and not is_known and _may_be_plural(named.name, text[named.start : named.end], inner, small):
            continue
        if not overlaps(taken, named.start, named.end):
            found.append((named.start, named.end, "in_text", None, named.name, True, None))
            insort(taken, (named.start, named.end))
    for item in (*_credit_lines(text), *_author_years(text), *_other_works(text, bool(found or links))):
        if not overlaps(taken, item[0], item[1]):
            found.append(item)
            insort(taken, (item[0], item[1]))
    return found


def _credit_lines(text: str) -> list[Item]:
    """Lines such as "Source: Ministry of Health" under a table or a picture."""
    return [(match.start(), match.end(), "in_text", None, match["name"], True, None) for match in _CREDIT_LINE.finditer(text)]


def _other_works(text: str, has_works: bool) -> list[Item]:
    """Laws, cases, scripture, yearbooks and titles in Chinese marks; "ibid.", which dangles where no work is named or noted before."""
    found: list[Item] = [
        (match.start(), match.end(), "in_text", None, match["name"], True, None)
        for pattern in (_LAW_CASE, _SCRIPTURE, _YEARBOOK, _HAN_TITLE)
        for match in pattern.finditer(text)
    ]
    found += _laws(text)
    first = min((item[0] for item in found), default=len(text))
    note = _ANY_NOTE.search(text)
    first = min(first, note.start() if note is not None else len(text))
    for match in _SAME_WORK.finditer(text):
        is_there = has_works or first < match.start()
        reason = None if is_there else "no work is named before"
        found.append((match.start(), match.end(), "in_text", None, None, is_there, reason))
    return found


def _laws(text: str) -> list[Item]:
    """Acts by name; codes, treaties and conventions only with a year or a section, for parties hold conventions too."""
    found: list[Item] = []
    for match in _LAW_WORD.finditer(text):
        start = max(0, match.start() - _LAW_CHARS)
        before = _LAW_BEFORE.search(text[start : match.start()])
        if before is None or not (match["act"] or match["year"] or before["section"]):
            continue
        name = before["name"].removeprefix("The ") + match.group()
        found.append((start + before.start(), match.end(), "in_text", None, name, True, None))
    return found


_ANY_NOTE = re.compile(r"\d|[\"“«]")  # a note, a page or a quoted title before it: something that "ibid." may mean


def _author_years(text: str) -> list[Item]:
    """Works by author and year: "(Okafor and Lind 2016, p. 14)", "Okafor et al. (2016)".

    A single name with a year may be a place or a film; it is believed where the text has a list of works, or several such pointers.
    Where it has a list of works, an author and year that are not in it dangle.
    """
    matches = [*_AUTHOR_YEAR.finditer(text), *_ET_AL.finditer(text)]
    if not matches:
        return []
    heads = list(_BIBLIOGRAPHY.finditer(text))
    listed = text[heads[-1].end() :] if heads else ""
    entries = [line for line in listed.split("\n") if line.strip()][:_MAX_ENTRIES]
    found: list[Item] = []
    for match in matches:
        if heads and match.start() > heads[-1].start():
            continue
        groups = match.groupdict()
        names, year = match["names"], match["year"]
        is_alone = not (groups.get("more") or groups.get("page") or " " in names)
        if is_alone and not entries and len(matches) < _MANY_POINTERS:
            continue
        surname = re.split(r"[, ]", names)[0]
        is_there = not entries or any(surname in entry and year in entry for entry in entries)
        reason = None if is_there else f"no {surname} {year} among the works listed"
        found.append((match.start(), match.end(), "in_text", None, f"{names} {year}", is_there, reason))
    return found


_MAX_ENTRIES = 2_000
_MANY_POINTERS = 3  # "(Lagos, 1980)" alone is where somebody was born


def _read(text: str, pattern: re.Pattern[str], match: re.Match[str], links: set[int]) -> _Named | None:
    start, end = match.span()
    if pattern in (_TITLED, _WORK_TITLE):
        return _Named(pattern, start, end, match.group("title").rstrip(",. "), False)
    name_start = match.start("name")
    target = _clean(match.group("name"))
    words = target.split(" ")
    while len(words) > 1 and _only_opens(text, name_start, words[0].lower(), words[1].lower()):
        name_start += len(words[0]) + 1  # "But Reuters reported", "While the Harbour Post reported"
        start, words = name_start, words[1:]
    if len(words) > 1 and words[0] == "the":
        name_start, words = name_start + 4, words[1:]
    # "told the Lantern's Ann Poe": the paper is what is told
    owner = next((at for at, word in enumerate(words[:-1], 1) if word.endswith(("'s", "’s"))), len(words))
    target = " ".join(words[:owner]).removesuffix("’s").removesuffix("'s") if pattern not in (_BY, _SURVEY_FOR) else " ".join(words)
    words = target.split(" ")
    first = words[0].lower() if target else ""
    has_article = text[max(0, name_start - 5) : name_start].rstrip(_MARKS).lower().endswith("the ")
    if not target or first in _NOT_OUTLETS or first in lexicon.PREPOSITIONS or (len(words) == 1 and first in _TIMES):
        return None
    name_end = name_start + len(target)
    if pattern not in (_AS_REPORTED, _REPORTED, _WROTE):
        end = name_end
    has_marks = text[max(0, name_start - 1) : name_start].endswith(tuple(_MARKS)) or name_start in links
    groups = match.groupdict()
    if pattern in (_REPORTED_BY, _CITING, _WHO_CITES, _WROTE):
        says_so = bool(groups.get("first") or groups.get("kind")) and not is_other_body(target)
        is_shown = says_so or (has_media_noun(target) and not is_other_body(target)) or has_marks
        return _Named(pattern, start, end, target, is_shown)
    is_shown = pattern not in (_BY, _SURVEY_FOR) and (
        stands_as_outlet(
            text,
            name_end,
            target,
            has_article=has_article,
            has_marks=has_marks,
            is_subject=pattern in (_AS_REPORTED, _REPORTED),
        )
        or (pattern in (_TOLD, _ACCORDING) and has_media_noun(target) and not is_other_body(target))
    )
    return _Named(pattern, start, end, target, is_shown)


def _only_opens(text: str, start: int, word: str, following: str) -> bool:
    """Whether a capitalised word is no part of the name that follows: "But", "On" and "Tuesday" of "On Tuesday Reuters"."""
    if word in _TIMES:
        before = text[max(0, start - 4) : start].lower()
        return not (before.endswith(("the ", "\n", ". ", *_MARKS)) or start == 0)
    return word in _OPENERS or (word in lexicon.PREPOSITIONS and following in _TIMES)


def _may_be_plural(name: str, words: str, inner: frozenset[str], small: frozenset[str]) -> bool:
    """Whether one word that opens its sentence may be a plural ("Contacts reported"), with nothing in the text that shows a name."""
    if " " in name or not name.endswith("s") or name.endswith("ss"):
        return False
    is_one = words.endswith("reports") or " has " in words  # "Contacts report", "contacts have"
    return name.lower() in small or not (is_one or name in inner)
