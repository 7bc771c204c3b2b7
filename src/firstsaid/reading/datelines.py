"""Lines that say when a text was published, and lines that are titles; in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from firstsaid.dates import find_dates, is_weekday, parse_date
from firstsaid.model import MINUTES_PER_DAY, DateRange

LONGEST_DATE_LINE_CHARS = 120
"""A longer line is a paragraph."""
TEXT_CONFIDENCE, DATELINE_CONFIDENCE, FILE_NAME_CONFIDENCE = 8_000, 6_000, 8_500
"""A date line may be an event's; a place-and-date opening may be the day before; a file's name is the user's own word."""

_CUE = re.compile(
    r"\b(?:post(?:ed|s)?|publi\w{2,12}|written|submitted|filed|released?|dated?|issued|by|veröffentlicht|erstellt|gepostet|datum|von|am|"
    r"publié|mise? en ligne|par|le|publicado|por|el|pubblicato|inviato|geplaatst|gepubliceerd|op|door|publicerad|av|den|lagt ut|julkaistu|"
    r"opublikowano|dodano|przez|napisał|опубликовано|автор|дата|опубліковано|yayın\w{0,8}|tarih\w{0,4}|diposting|oleh|"
    r"نشر\w{0,4}|كتب\w{0,3}|بتاريخ|بواسطة|التاريخ|منتشر|تاریخ|نوشته|ارسال|पोस्ट|प्रकाशित)\b|投稿|公開|发表|发布|發佈|作者|등록|작성",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"^\W{0,3}(?:last\s)?(?:updated|modified|changed|edited|revised|aktualisiert|geändert|stand|mis à jour|modifié|actualizado|aggiornato|"
    r"atualizado|bijgewerkt|uppdaterad|zaktualizowano|обновлено|изменено|güncellen\w{1,6}|تحديث|آخر تحديث|بروزرسانی|به‌روزرسانی|更新)\b",
    re.IGNORECASE,
)
_SEPARATORS = ("|", "·", "•", "∙", "/", "¦")
"""What stands between date, author and category in a post's head; an empty rest is none of them."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_FILE_DAY = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_SENTENCE_END = re.compile(r"[.!?。؟।…:;,،]['\"”’»)\]]{0,2}$")


class DateLine(NamedTuple):
    """A line that is a date: where the date stands in it, what it is, and whether it speaks of a later change.

    `form`: the words around the date, numbers left out, so that lines of one page template have one form.
    """

    start: int
    end: int
    date: DateRange
    is_change: bool
    has_cue: bool
    form: tuple[str, str]


def date_line(line: str, languages: Sequence[str] = ()) -> DateLine | None:
    """The date that the line is about, if it is little else: "4 March 2019", "Posted on Friday, 4 March 2019 by Ada in News".

    None for sentences, for entries of a chronology ("4 March 2019: the council meets") and for bare months.
    """
    stripped = line.strip()
    if not stripped or len(stripped) > LONGEST_DATE_LINE_CHARS or not any(character.isdigit() for character in stripped):
        return None
    found = list(find_dates(line, "text", languages, TEXT_CONFIDENCE))
    days = [
        item for item in found if item.date.latest - item.date.earliest < 27 * MINUTES_PER_DAY or _is_numeric(line[item.start : item.end])
    ]
    if not 1 <= len(days) <= 2:
        return None
    first = days[0]
    before, after = line[: first.start].strip(), line[days[-1].end :].strip()
    n_before, n_after = len(_WORD.findall(before)), len(_WORD.findall(after))
    cue = _CUE.search(before) or _CUE.search(after)
    if n_before > (6 if cue else 2) or n_after > (8 if cue or after[:1] in _SEPARATORS else 2):
        return None
    if re.match(r"[:–—=-]\s{0,3}\w", after) and not cue:
        return None
    if n_before + n_after > 3 and re.search(r"[.!?。؟]['\"”’»)]{0,2}$", stripped) and not stripped.endswith(("г.", "р.")):
        return None
    if re.match(r"[-*•·]\s", stripped) or before.endswith(("(", "[")):
        return None
    words_before = [word.lower() for word in _WORD.findall(before) if not is_weekday(word)]
    form = " ".join(words_before[:2]), " ".join(word.lower() for word in _WORD.findall(after)[:1])
    return DateLine(first.start, first.end, first.date, bool(_CHANGED.match(stripped)), bool(cue), form)


def _is_numeric(words: str) -> bool:
    return not _WORD.search(words)


def is_title(line: str) -> bool:
    """Whether the line may be a title: short, begins like one, and does not end like a sentence."""
    stripped = line.strip()
    if not 2 <= len(stripped) <= 160 or len(stripped.split()) > 22 or not _WORD.search(stripped):
        return False
    if re.match(r"[-*•·–—]\s|\d{1,3}[.)]\s|https?:|[\"“„«]$", stripped):
        return False
    ends = _SENTENCE_END.search(stripped)
    return ends is None or (ends.group(0)[0] in "!?؟…" and len(stripped.split()) <= 14)


def date_near_top(text: str, languages: Sequence[str] = ()) -> tuple[DateRange | None, DateRange | None]:
    """(published, modified) from date lines in the first lines of a text, or from a place-and-date opening ("OSLO, 4 March 2019 -")."""
    published: DateRange | None = None
    modified: DateRange | None = None
    lines = [line for line in text[:3000].splitlines() if line.strip()][:10]
    for line in lines:
        found = date_line(line, languages)
        if found and found.is_change:
            modified = modified or found.date
        elif found:
            published = published or found.date
    for line in lines[:4] if published is None else ():
        for item in find_dates(line[:110], "text", languages, DATELINE_CONFIDENCE):
            before, after = line[: item.start], line[item.end :].lstrip()
            opens = 1 <= len(_WORD.findall(before)) <= 4 and after[:1] in tuple("-–—:)|") and not before.rstrip().endswith("(")
            if opens and item.date.latest - item.date.earliest < 27 * MINUTES_PER_DAY:
                return item.date, modified
    return published, modified


def date_in_file_name(location: str) -> DateRange | None:
    """The day that the file's name carries (`2019-03-04-title.txt`, `20190304.txt`), or None."""
    name = PurePosixPath(location).name
    for found in _FILE_DAY.finditer(name):
        if 1000 <= int(found.group(1)) <= 2999:
            date = parse_date("-".join(found.groups()), "file-name", confidence=FILE_NAME_CONFIDENCE)
            if date:
                return date
    for words in (" ".join(re.split(r"[-_.\s]+", PurePosixPath(name).stem)),):
        for item in find_dates(words, "file-name", confidence=FILE_NAME_CONFIDENCE):
            return item.date
    return None


def title_near_top(text: str) -> str | None:
    """The first line if it reads like a title (a date line may stand before it), else None."""
    for line in [line for line in text[:3000].splitlines() if line.strip()][:2]:
        if date_line(line):
            continue
        return line.strip().strip("\ufeff# ") or None if is_title(line.strip("\ufeff")) else None
    return None
