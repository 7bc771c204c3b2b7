"""Pointers to something in the same text or just named in it: "the table below", "see Figure 2", "the report said"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from firstsaid.model import Layout
from firstsaid.parsing.cited_works import Item
from firstsaid.parsing.footnotes import Marker

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”»]{3,2000}")
MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(\s{0,3}([^()\s]{0,1000})(?:\s{1,3}\"[^\"\n]{0,200}\")?\s{0,3}\)")
_DEICTIC = re.compile(
    r"\b(?:the|this|our|following)[ ](?:[\w-]{1,20}[ ])?(?P<thing>list|table|chart|graph|figure|map|diagram|graphic|"
    r"infographic|picture|photo|photograph|image|video|clip|gallery|timeline|links?|form|box|notes?|footnotes?|references|"
    r"illustration|screenshot)[ ](?P<where>below|above)\b",
    re.IGNORECASE,
)
_SEE = re.compile(r"\b[Ss]ee (?:also )?(?P<where>below|above)\b|(?P<han>下記参照|下文|见下文|上記参照)")
_FOLLOWING = re.compile(r"\b(?:the|this)[ ]following[ ](?P<thing>list|table|chart|graph|figure|map|links?)\b", re.IGNORECASE)
_CLICK = re.compile(r"\b(?:[Cc]lick|[Tt]ap|[Dd]ownload it|[Rr]ead (?:it|more)|[Ww]atch(?: it)?|[Ss]ign up|Find it|See)[ ](?P<here>here)\b")
_LIST_LINE = re.compile(r"^[ \t]*(?:[-*•‣–·][ \t]+|\(?\d{1,3}[.)][ \t]+|[a-z][.)][ \t]+)\S", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[^\n|\t]{0,200}(?:\|[^\n|]{0,200}\||\t[^\n\t]{1,200}\t|\t)", re.MULTILINE)
_CAPTION_LINE = re.compile(
    r"^[ \t]*(?:Table|Figure|Fig\.|Chart|Graph|Map|Photo|Image|Picture|Video|Tabelle|Abbildung|Tableau)\b", re.MULTILINE
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\(")
_REACH = 3000  # characters in which a list "below" or "above" has to stand: about a printed page


def pointers_here(text: str, layout: Sequence[Layout], taken: list[tuple[int, int]]) -> list[Item]:
    """Pointers to a thing above or below, and "click here": they resolve if such a thing, or a link, stands there."""
    found: list[Item] = []
    for pattern in (_DEICTIC, _FOLLOWING):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            thing, is_below = match.group("thing").lower(), (groups.get("where") or "below").lower() == "below"
            window = (match.end(), match.end() + _REACH) if is_below else (max(0, match.start() - _REACH), match.start())
            is_there = _stands_in(text, layout, thing, *window)
            reason = None if is_there else f"no {thing} {'below' if is_below else 'above'}"
            found.append((*match.span(), "in_text", None, None, is_there, reason))
    first_break, last_break = text.find("\n"), text.rstrip().rfind("\n")
    for match in _SEE.finditer(text):
        is_below = match["where"] == "below" or bool(match["han"] and match["han"][0] in "下见")
        is_there = last_break >= match.end() if is_below else 0 <= first_break < match.start()
        reason = None if is_there else f"nothing {'below' if is_below else 'above'}"
        found.append((*match.span(), "in_text", None, None, is_there, reason))
    for match in _CLICK.finditer(text):
        here = match.span("here")
        if not any(
            a < here[1] and here[0] < b for a, b in taken[max(0, bisect_left(taken, (match.start(),)) - 1) : bisect_left(taken, (here[1],))]
        ):
            found.append((*match.span(), "in_text", None, None, False, "link text without an address"))
    return found


_NUMBERED = re.compile(
    r"(?:\b(?:[Ss]ee|[Ii]n|[Aa]s|[Cc]f\.|[Ff]rom|also)[ ]|\()(?P<a>(?P<thing_a>Table|Figure|Fig\.|Chart|Exhibit|Appendix|Annex)[ "
    r"](?P<number_a>\d{1,3})\b)"
    r"|\b(?P<b>(?P<thing_b>Table|Figure|Fig\.|Chart|Exhibit)[ ](?P<number_b>\d{1,3}))(?=[ ](?:shows?|lists|gives|presents|"
    r"summari[sz]es|displays|"
    r"below|above|compares|illustrates|plots|depicts)\b)"
    r"|\b(?:[Ss]ee|[Ii]n|[Cc]f\.)[ ](?P<d>(?P<thing_d>[Cc]hapter)[ ](?P<number_d>\d{1,3})\b(?! of\b))"
    r"|\b(?:[Ss]ee|[Cc]f\.)[ ](?P<c>(?P<thing_c>note|footnote|endnote)[ ](?P<number_c>\d{1,3})\b)"
)
_MAY_BE_NUMBERED = re.compile(r"(?:able|igure|ig\.|hart|xhibit|ppendix|nnex|note|hapter) \d")  # a third of the time of looking
_HEAD = re.compile(r"^[ \t*_#]*(?P<thing>Table|Figure|Fig\.|Chart|Exhibit|Appendix|Annex|Chapter)[ ](?P<number>\d{1,3})\b", re.MULTILINE)


def numbered_pointers(text: str, markers: Sequence[Marker]) -> list[Item]:
    """Pointers such as "see Table 3" and "see note 12": they resolve if a line begins with that name, or the note is there."""
    if not _MAY_BE_NUMBERED.search(text):
        return []
    heads = {(match["thing"].lower().replace("fig.", "figure"), match["number"]) for match in _HEAD.finditer(text)}
    notes = {str(marker.number) for marker in markers if marker.note is not None}
    found: list[Item] = []
    for match in _NUMBERED.finditer(text):
        letter = next(letter for letter in "abcd" if match[letter])
        thing, number = match[f"thing_{letter}"].lower().replace("fig.", "figure"), match[f"number_{letter}"]
        is_there = number in notes if letter == "c" else (thing, number) in heads
        reason = None if is_there else f"no {thing} {number} in this document"
        found.append((match.start(letter), match.end(letter), "in_text", int(number), None, is_there, reason))
    return found


_WORK_KIND = r"(?:report|study|survey|poll|audit|paper|memo|review|inquiry|investigation)"
_SPOKEN_OF = re.compile(
    rf"\b[Aa]ccording[ ]to[ ]the[ ](?P<a>{_WORK_KIND})\b(?=[,.;])"
    rf"|\b[Tt]he[ ](?:aforementioned|above-mentioned|aforesaid)[ ](?P<c>{_WORK_KIND})\b"
    rf"|(?:(?<=[.!?][ ])|(?<=\n)|\A)The[ ](?P<b>{_WORK_KIND})[ ](?:says|said|found|finds|states|stated|notes|noted|concludes|"
    rf"concluded|shows|"
    r"showed|warns|warned|estimates|estimated|recommends|recommended)\b"
)
_SPEAKS_OF = {
    kind: re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
    for kind, forms in {
        "report": "reports?|reported|study|audit|findings|document",
        "study": "stud(?:y|ies|ied)|research(?:ers?)?|trials?|papers?|journal|report",
        "survey": "surveys?|surveyed|polls?|polled|questionnaires?|study",
        "poll": "polls?|polled|surveys?|pollsters?",
        "audit": "audits?|audited|auditors?",
        "paper": "papers?|stud(?:y|ies)|journal|research(?:ers?)?",
        "memo": "memos?|memorandum",
        "review": "reviews?|reviewed|reviewers?",
        "inquiry": "inquir(?:y|ies)|inquest|commission|investigation",
        "investigation": "investigat(?:ions?|ed|ing|ors?)|probe|inquiry",
    }.items()
}
"""What may have introduced a work that is spoken of: wide, so that nothing dangles which a reader would understand."""


def works_spoken_of(text: str, taken: list[tuple[int, int]]) -> list[Item]:
    """Pointers such as "according to the study": they resolve if a study is spoken of before, in any words, or a link stands near."""
    found: list[Item] = []
    first: dict[str, int] = {}
    for match in _SPOKEN_OF.finditer(text):
        group = next(name for name in "abc" if match[name])
        kind = match[group].lower()
        if kind not in first:
            earliest = _SPEAKS_OF[kind].search(text)
            first[kind] = earliest.start() if earliest else len(text)
        at = bisect_left(taken, (match.start(),))
        has_link = at > 0 and match.start() - taken[at - 1][1] <= _NEAR
        is_there = first[kind] < match.start(group) or has_link
        reason = None if is_there else f"no {kind} is named before"
        found.append((match.start(), match.end(), "in_text", None, None, is_there, reason))
    return found


_NEAR = 400  # characters before "the study said" in which a link or a named work may be the study: two or three sentences


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
        return ADDRESS.search(stretch) is not None or MARKDOWN_LINK.search(stretch) is not None
    if thing == "table":
        return sum(1 for _ in _TABLE_LINE.finditer(stretch)) >= 2 or _CAPTION_LINE.search(stretch) is not None
    return _CAPTION_LINE.search(stretch) is not None or _IMAGE.search(stretch) is not None
