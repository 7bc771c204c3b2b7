"""Footnote markers and the notes they point to.

A marker may be raised (¹), bracketed ([12], [^a]), or a digit that lost its raising and hangs on a word ("the riots.4", "writes6:",
"in 201867" = 2018 and note 67). What could also be an ordinary number is believed only if it continues the run of numbers
through the document (1, 2, 3, ...) or has a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from firstsaid.model import Layout

MAX_NOTE = 999  # no document here has had a thousand notes, and four digits are years
MAX_NOTE_TEXT = 500  # characters of a note kept as the target
_LARGEST_STEP = 3  # numbers that may be missing between two markers, because a marker was lost in reading
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKERS = re.compile(
    r"\[\^(?P<label>[\w-]{1,20})\](?!:)"
    r"|(?<![\d⁰¹²³⁴-⁹])(?P<raised>[⁰¹²³⁴-⁹]{1,3})(?![\d⁰¹²³⁴-⁹])"
    r"|(?<=[a-zà-öø-ÿ.,;:!?”’)\"])\^(?P<caret>[1-9]\d{0,2})(?=[\s)\].,;]|\Z)"
    r"|(?<=[\w.,;:!?”’)\"])(?P<sign>[†‡]{1,2})(?=\s|\Z)"
    r"|(?<=[।。！？؟])(?P<after_stop>[1-9]\d{0,2})(?=\s|\Z)"
    r"|\[(?P<bracket>\d{1,3})\](?!\()"
    r"|\[(?P<list>\d{1,3}(?:[ ]?[,;–-][ ]?\d{1,3}){1,9})\](?!\()"
    r"|(?:(?<=[^\W\d_])|(?<=\d)(?=\)))(?P<stop>[.,;:!?][\"”’'»)]?|[\"”’»)][.,;]?)(?P<stopped>[1-9]\d{0,2})(?=\s|\Z|[)\]])"
    r"|(?<![\w.,-])(?P<year>1[5-9]\d\d|20\d\d)(?P<after_year>[1-9]\d{0,2})(?!\w|[.,]\d|%)"
    r"|(?<=[a-zà-öø-ÿ]{3})(?P<glued>[1-9]\d{0,2})(?![\w%°]|[.,]\d|-\w)"
    r"|(?<=[^\W_])[ \u00a0]?\((?P<round>[1-9]\d{0,2})\)(?=[.,;:]|\s*\n|\s*\Z)"
)
_NOTE_LINE = re.compile(
    r"^[ \t]*(?:(?P<sign>[†‡]{1,2})|\[\^(?P<label>[\w-]{1,20})\]:|\[(?P<bracket>\d{1,3})\]|\((?P<round>\d{1,3})\)"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?P<plain>\d{1,3})(?:[.):]|(?=[ \t])))[ \t]*(?=\S)",
    re.MULTILINE,
)
_RAISED_UNITS = re.compile(r"(?:^|[^\w])(?:[a-zA-Z]|[kcdmµ]?m|ft|in|mi|yd|CO|x|r|n|R|E|mc|s)$")
_BEFORE_YEAR = re.compile(r"\b(?:[Ii]n|since|until|of|by|from|during)[ ]$")
_ABBREVIATIONS = frozenset(
    [
        "art",
        "fig",
        "sec",
        "vol",
        "nos",
        "tab",
        "ver",
        "eds",
        "chap",
        "par",
        "para",
        "cap",
        "vers",
        "ref",
        "app",
        "col",
        "lin",
        "pag",
        "bab",
        "seite",
        "abs",
        "ziff",
        "num",
    ]
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A footnote marker: its span, its number or label, and the note it points to (span), if there is one."""

    start: int
    end: int
    label: str
    note: tuple[int, int] | None

    @property
    def number(self) -> int | None:
        """The number, where the label is one."""
        return int(self.label) if self.label.isdecimal() else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    label: str
    is_sure: bool
    is_likely: bool
    is_listed: bool = False


def find_markers(text: str, layout: Sequence[Layout]) -> list[Marker]:
    """Every footnote marker in order, paired with its note. Linear in the text."""
    lines = [(match.start(), match.end(), _label(match)) for match in _NOTE_LINE.finditer(text)]
    line_starts = {start for start, _, _ in lines}
    notes_at = [(item.start, item.end) for item in layout if item.kind == "footnote"]
    candidates: list[_Candidate] = []
    for match in _MARKERS.finditer(text):
        if match.lastgroup == "list":
            # Two numbers in brackets may also be a range or a point: believed with a note, or in the run.
            numbers = re.finditer(r"\d+", match["list"])
            at = match.start("list")
            candidates += [_Candidate(at + n.start(), at + n.end(), str(int(n.group())), False, False, is_listed=True) for n in numbers]
        elif (found := _candidate(text, match, line_starts)) is not None:
            candidates.append(found)
    candidates = _outside(candidates, notes_at)
    notes = _notes(text, lines, layout, candidates)
    in_run = _run(candidates)
    first_note = min((start for starts in notes.values() for start, _ in starts), default=len(text) + 1)
    markers = []
    for candidate in candidates:
        note = next((span for span in notes.get(candidate.label, ()) if span[0] >= candidate.end), None)
        if any(start <= candidate.start < end for start, end in notes.get(candidate.label, ())):
            continue
        if candidate.start > first_note and not candidate.is_sure and note is None:
            continue  # numbers inside of the notes
        if candidate.is_listed and note is None and not any(other.is_sure for other in candidates):
            continue  # "[2, 5]" where no other marker is in brackets
        if candidate.is_sure or candidate.is_likely or note is not None or candidate.start in in_run:
            markers.append(Marker(candidate.start, candidate.end, candidate.label, note))
    return markers


def _label(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for name in ("sign", "caret", "after_stop", "label", "bracket", "round", "raised", "plain", "stopped", "after_year", "glued"):
        if groups.get(name):
            found = groups[name].translate(_SUPERSCRIPT)
            return str(int(found)) if found.isdecimal() else str(found)
    return ""


def _candidate(text: str, match: re.Match[str], line_starts: set[int]) -> _Candidate | None:
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    if kind in ("bracket", "label", "round"):
        end += 1
        start -= 2 if kind == "label" else 1
    if any(position in line_starts for position in range(max(0, start - 2), start + 1)) and text[start - 1 : start] in (
        "",
        "\n",
        " ",
        "\t",
    ):
        return None  # the note's own number
    label = _label(match)
    if kind == "raised" and (_RAISED_UNITS.search(text[max(0, start - 4) : start]) or start == 0 or text[start - 1].isspace()):
        return None
    if kind == "stopped":
        word = _word_before(text, match.start("stop"))
        if text[match.start("stop") - 1].isdigit():
            return _Candidate(start, end, label, False, False)  # "(see note 2).2"
        if match.group("stop")[0] == "." and (len(word) < 3 or word.lower() in _ABBREVIATIONS):
            return None  # p.4, Art.5
        is_word = len(word) >= 3 and word.lower() not in _ABBREVIATIONS
        closes = match.group("stop")[0] in '.!?"”»)'
        return _Candidate(start, end, label, False, is_word and closes and not word[0].isupper()) if is_word or closes else None
    if kind == "glued":
        return _Candidate(start, end, label, False, text[end : end + 1] == ":")
    if kind == "bracket" and (int(label) > MAX_NOTE or text[start - 1 : start] == "\\"):
        return None
    if kind == "after_year":
        # "in 201867 :" alone is a year and its note; "201867 voters" is a count.
        after = text[end : end + 2].lstrip()[:1]
        return _Candidate(
            start,
            end,
            label,
            False,
            _BEFORE_YEAR.search(text[max(0, match.start() - 8) : match.start()]) is not None and after in (":", ",", ";"),
        )
    return _Candidate(start, end, label, kind in ("label", "bracket", "raised", "caret", "sign"), kind == "after_stop")


def _word_before(text: str, at: int) -> str:
    start = at
    while start > 0 and at - start < 40 and text[start - 1].isalpha():
        start -= 1
    return text[start:at]


def _outside(candidates: list[_Candidate], spans: list[tuple[int, int]]) -> list[_Candidate]:
    """The candidates that lie in none of the spans."""
    kept = []
    spans = sorted(spans)
    at = 0
    for candidate in candidates:
        while at < len(spans) and spans[at][1] <= candidate.start:
            at += 1
        if at == len(spans) or candidate.start < spans[at][0]:
            kept.append(candidate)
    return kept


def _notes(
    text: str, lines: list[tuple[int, int, str]], layout: Sequence[Layout], candidates: list[_Candidate]
) -> dict[str, list[tuple[int, int]]]:
    """Notes by label: from the layout, and lines that begin with a number which a marker before them bears."""
    notes: dict[str, list[tuple[int, int]]] = {}
    for item in layout:
        if item.kind != "footnote":
            continue
        head = _NOTE_LINE.match(text, item.start, item.end)
        digits = re.search(r"\d{1,3}\Z", item.target or "")
        label = _label(head) if head else str(int(digits.group())) if digits else (item.target or "")
        notes.setdefault(label, []).append((item.start, item.end))
    first_marker: dict[str, int] = {}
    for candidate in candidates:
        first_marker.setdefault(candidate.label, candidate.start)
    for position, (start, body, label) in enumerate(lines):
        if label not in first_marker or first_marker[label] >= start:
            continue
        line_end = text.find("\n", body)
        end = len(text) if line_end < 0 else line_end
        if position + 1 < len(lines):
            end = min(end, lines[position + 1][0])
        if not any(a <= start < b for a, b in notes.get(label, ())[:8]):
            notes.setdefault(label, []).append((start, max(body, end)))
    return notes


def _run(candidates: list[_Candidate]) -> set[int]:
    """Starts of the candidates on the longest ascending run of numbers, if it has at least two and begins low or has a sure marker."""
    best: dict[int, tuple[int, int]] = {}  # number -> (length of the run that ends with it, index of its last candidate)
    previous: list[int] = [-1] * len(candidates)
    lengths = [0] * len(candidates)
    for index, candidate in enumerate(candidates):
        if not candidate.label.isdecimal():
            continue
        number = int(candidate.label)
        length, link = max((best.get(before, (0, -1)) for before in range(number - _LARGEST_STEP, number)), default=(0, -1))
        lengths[index], previous[index] = length + 1, link
        if length + 1 > best.get(number, (0, -1))[0]:
            best[number] = (length + 1, index)
    longest = max(range(len(candidates)), key=lambda index: (lengths[index], -index), default=-1)
    if longest < 0 or lengths[longest] < 2:
        return set()
    run = set()
    while longest >= 0:
        run.add(candidates[longest].start)
        longest = previous[longest]
    return run
