"""Pointers to something else: links, footnote markers, works and outlets named in the text, and pointers to nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from firstsaid.model import Citation, Layout, digest
from firstsaid.parsing import lexicon
from firstsaid.parsing.footnotes import MAX_NOTE_TEXT, find_markers
from firstsaid.parsing.naming.outlets import has_media_noun, is_other_body, stands_as_outlet

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”»]{3,2000}")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(\s{0,3}([^()\s]{0,1000})(?:\s{1,3}\"[^\"\n]{0,200}\")?\s{0,3}\)")
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
    rf"\b[Aa]s[ ](?:first[ ]|previously[ ]|also[ ])?(?:the[ ])?{_OPEN}(?P<name>{_NAME}){_CLOSE}[ ](?:has[ ]|had[ ]|first[ ]|previously[ ]|"
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
_NOT_OUTLETS = lexicon.word_set(
    "i we he she it they the a an as this that these those there but and police officials congress parliament according to"
)
_MONTHS = lexicon.word_set("january february march april may june july august september october november december")
_WEEKDAYS = lexicon.word_set("monday tuesday wednesday thursday friday saturday sunday")
_INNER_CAPITAL = re.compile(rf"(?<=[a-zà-ÿ,][ ]){_CAPITAL}[\w-]{{1,30}}")
_SMALL_WORD = re.compile(r"\b[a-zà-ÿ]{2,30}\b")
_OPENERS = (lexicon.OPENING_ADVERBS | lexicon.SUBORDINATORS) - lexicon.TIME_WORDS - lexicon.word_set("as first second third last")
_TIMES = lexicon.TIME_WORDS - lexicon.word_set("week month")

_DEICTIC = re.compile(
    r"\b(?:the|this|our|following)[ ](?:[\w-]{1,20}[ ])?(?P<thing>list|table|chart|graph|figure|map|diagram|graphic|"
    r"infographic|picture|photo|photograph|image|video|clip|gallery|timeline|links?|form|box|notes?|footnotes?|references|"
    r"illustration|screenshot)[ ](?P<where>below|above)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\b(?:the|this)[ ]following[ ](?P<thing>list|table|chart|graph|figure|map|links?)\b", re.IGNORECASE)
_CLICK = re.compile(
    r"\b(?:[Cc]lick|[Tt]ap|[Dd]ownload it|[Rr]ead (?:it|more)|[Ww]atch(?: it)?|[Ss]ign up|[Ff]ind it|[Ss]ee)[ ](?P<here>here)\b"
)
_LIST_LINE = re.compile(r"^[ \t]*(?:[-*•‣–·][ \t]+|\(?\d{1,3}[.)][ \t]+|[a-z][.)][ \t]+)\S", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[^\n|\t]{0,200}(?:\|[^\n|]{0,200}\||\t[^\n\t]{1,200}\t|\t)", re.MULTILINE)
_CAPTION_LINE = re.compile(
    r"^[ \t]*(?:Table|Figure|Fig\.|Chart|Graph|Map|Photo|Image|Picture|Video|Tabelle|Abbildung|Tableau)\b", re.MULTILINE
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\(")
_REACH = 3000  # characters in which a list "below" or "above" has to stand: about a printed page


def find_citations(text: str, layout: Sequence[Layout], sentences: Sequence[tuple[int, int]], *, document_id: str = "") -> list[Citation]:
    """Every pointer of the text in order of place. `layout`: links with their targets and footnotes, as read.

    `resolves` says whether what is pointed at is there: an address, a note, a list below. A work or an outlet that is named
    counts as there; whether the corpus holds it is for the corpus to say. Linear in the text.
    """
    del sentences  # pointers may cross them: a note stands behind the stop
    found = _links(text, layout)
    taken = sorted((start, end) for start, end, *_ in found)
    for marker in find_markers(text, layout):
        note = text[marker.note[0] : marker.note[1]].strip()[:MAX_NOTE_TEXT] if marker.note else None
        reason = None if marker.note else f"no note {marker.label} in this document"
        if _overlaps(taken, marker.start, marker.end):
            found = [item for item in found if not (item[0] < marker.end and marker.start < item[1] and (item[4] or "").startswith("#"))]
            taken = sorted((start, end) for start, end, *_ in found)
            if _overlaps(taken, marker.start, marker.end):
                continue
        found.append((marker.start, marker.end, "footnote_marker", marker.number, note, marker.note is not None, reason))
    links = {item.start for item in layout if item.kind == "link"}
    found += [item for item in _named(text, links) if not _overlaps(taken, item[0], item[1])]
    found += _deictic(text, layout, taken)
    found.sort(key=lambda item: (item[0], item[1], item[2]))
    return [
        Citation(digest("citation", document_id, start, end, form), document_id, start, end, form, number, target, resolves, None, reason)
        for start, end, form, number, target, resolves, reason in found
    ]


_Item = tuple[int, int, str, int | None, str | None, bool, str | None]


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (end,))
    return any(a < end and start < b for a, b in spans[max(0, at - 2) : at])


def _links(text: str, layout: Sequence[Layout]) -> list[_Item]:
    found: list[_Item] = []
    taken: list[tuple[int, int]] = []
    n_in_document = {item.target for item in layout if item.kind == "footnote" and item.target}
    links = {(item.start, item.end): item for item in layout if item.kind == "link"}
    for item in sorted(links.values(), key=lambda item: (item.start, item.end)):
        target = (item.target or "").strip()
        surface = text[item.start : item.end].strip(" [](){}^")
        if target.startswith("#") and surface.isdecimal() and len(surface) <= 3:
            resolves = target[1:] in n_in_document or surface in n_in_document
            if resolves:
                note = next(note for note in layout if note.kind == "footnote" and note.target in (target[1:], surface))
                body = text[note.start : note.end].strip()[:MAX_NOTE_TEXT]
                found.append((item.start, item.end, "footnote_marker", int(surface), body, True, None))
                taken.append((item.start, item.end))
            # Without a note in the layout the marker is left to the run of numbers.
            continue
        found.append((item.start, item.end, "link", None, target or None, bool(target), None if target else "link text without an address"))
        taken.append((item.start, item.end))
    for match in _MARKDOWN_LINK.finditer(text):
        if not _overlaps(taken, *match.span()):
            target = match.group(2)
            found.append((*match.span(), "link", None, target or None, bool(target), None if target else "link text without an address"))
            taken.append(match.span())
            taken.sort()
    for match in _URL.finditer(text):
        address = match.group().rstrip(".,;:!?'’*_")
        if address.count(")") > address.count("("):
            address = address.rstrip(")").rstrip(".,;:")
        start, end = match.start(), match.start() + len(address)
        if not _overlaps(taken, start, end):
            found.append((start, end, "link", None, address, True, None))
    return found


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


def _named(text: str, links: set[int]) -> list[_Item]:
    """Works and outlets named in the text. `links`: where links begin."""
    candidates = [
        named for pattern in (_TITLED, _AS_REPORTED, _BY, _REPORTED, _TOLD, _ACCORDING)
        for match in pattern.finditer(text) if (named := _read(text, pattern, match, links)) is not None
    ]  # fmt: skip
    shown = {named.name for named in candidates if named.is_shown}
    last_words = {name.split()[-1] for name in shown}
    inner = frozenset(match.group() for match in _INNER_CAPITAL.finditer(text)) if candidates else frozenset()
    small = frozenset(match.group() for match in _SMALL_WORD.finditer(text)) if candidates else frozenset()
    found: list[_Item] = []
    taken: list[tuple[int, int]] = []
    for named in candidates:
        is_known = named.is_shown or named.name in shown or named.name in last_words
        if named.pattern in (_TOLD, _ACCORDING) and not is_known:
            continue
        if named.pattern is _REPORTED and not is_known and _may_be_plural(named.name, text[named.start : named.end], inner, small):
            continue
        if not _overlaps(taken, named.start, named.end):
            found.append((named.start, named.end, "in_text", None, named.name, True, None))
            taken.append((named.start, named.end))
            taken.sort()
    return found


def _read(text: str, pattern: re.Pattern[str], match: re.Match[str], links: set[int]) -> _Named | None:
    start, end = match.span()
    if pattern is _TITLED:
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
    target = " ".join(words[:owner]).removesuffix("’s").removesuffix("'s") if pattern is not _BY else " ".join(words)
    words = target.split(" ")
    first = words[0].lower() if target else ""
    has_article = text[max(0, name_start - 5) : name_start].rstrip(_MARKS).lower().endswith("the ")
    if not target or first in _NOT_OUTLETS or first in lexicon.PREPOSITIONS or (len(words) == 1 and first in _TIMES):
        return None
    name_end = name_start + len(target)
    if pattern not in (_AS_REPORTED, _REPORTED):
        end = name_end
    has_marks = text[max(0, name_start - 1) : name_start].endswith(tuple(_MARKS)) or name_start in links
    is_shown = pattern is not _BY and (
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


def _deictic(text: str, layout: Sequence[Layout], taken: list[tuple[int, int]]) -> list[_Item]:
    found: list[_Item] = []
    for pattern in (_DEICTIC, _FOLLOWING):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            thing, is_below = match.group("thing").lower(), (groups.get("where") or "below").lower() == "below"
            window = (match.end(), match.end() + _REACH) if is_below else (max(0, match.start() - _REACH), match.start())
            is_there = _stands_in(text, layout, thing, *window)
            reason = None if is_there else f"no {thing} {'below' if is_below else 'above'}"
            found.append((*match.span(), "in_text", None, None, is_there, reason))
    for match in _CLICK.finditer(text):
        here = match.span("here")
        if not any(
            a < here[1] and here[0] < b for a, b in taken[max(0, bisect_left(taken, (match.start(),)) - 1) : bisect_left(taken, (here[1],))]
        ):
            found.append((*match.span(), "in_text", None, None, False, "link text without an address"))
    return found


def _stands_in(text: str, layout: Sequence[Layout], thing: str, start: int, end: int) -> bool:
    kinds = {"list": ("list_item",), "link": ("link",), "links": ("link",), "note": ("footnote",), "notes": ("footnote",),
             "footnote": ("footnote",), "footnotes": ("footnote",), "references": ("footnote", "list_item")}.get(thing,
             ("caption",))  # fmt: skip
    if any(item.kind in kinds and start <= item.start < end for item in layout):
        return True
    stretch = text[start:end]
    if thing in ("list", "references", "notes", "footnotes", "timeline"):
        return sum(1 for _ in _LIST_LINE.finditer(stretch)) >= 2
    if thing in ("link", "links"):
        return _URL.search(stretch) is not None or _MARKDOWN_LINK.search(stretch) is not None
    if thing == "table":
        return sum(1 for _ in _TABLE_LINE.finditer(stretch)) >= 2 or _CAPTION_LINE.search(stretch) is not None
    return _CAPTION_LINE.search(stretch) is not None or _IMAGE.search(stretch) is not None
