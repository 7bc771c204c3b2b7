"""Where sentences begin and end: rules, no model, linear in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from firstsaid.model import Layout
from firstsaid.parsing.lexicon import word_set

_CLOSERS = "\"'”’»›“‘)\\]}」』》〉）］"
_CJK_CLOSERS = _CLOSERS.replace("“", "").replace("‘", "")  # these only open in Chinese
_STOP = re.compile(
    # The run of full stops itself, then the marks and brackets that close with it, then a footnote marker that is glued on ([4], ¹).
    rf"(?<![.!?…])[.!?…]++[{_CLOSERS}]{{0,4}}(?:\[(?:\d{{1,3}}|\^[\w-]{{1,20}})\])?[¹²³⁰⁴-⁹]{{0,3}}(?=\s)"
    # Letters glued to a stop ("end.The next") are a sentence's end only after a closing mark ('now."He left').
    rf"|[.!?…][”»](?=[^\W\d_])"
    # A footnote number glued to the stop: "the riots.4 Nobody"
    rf"|(?<=[^\W\d_]{{3}})\.[”\"]?\d{{1,3}}(?=\s)"
    # Stops of scripts that put no space after them, and those of Devanagari, Arabic, Urdu, Armenian, Ethiopic, Khmer, Burmese.
    rf"|[。！？｡]{{1,8}}[{_CJK_CLOSERS}]{{0,4}}|[।॥؟۔։።។။]{{1,8}}[{_CLOSERS}]{{0,4}}"
)
_BREAK = re.compile(r"[\n\r\u2028\u2029]\s*+")
_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*+\r?\n|\u2029")
_NEXT_WORD = re.compile(r"\s*([\"'“‘«‹„‚”»(\[「『《¿¡—–-]{0,4})\s?(\w[\w'’-]*)?")
_LAST_WORD = re.compile(r"([^\W_][\w'’&-]*(?:\.[^\W\d_]{1,2}){0,6})$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]$")
_LOOK_BACK = 40  # characters before a stop that are looked at: longer than any abbreviation, short enough to stay linear

# Always followed by the rest of a name or a number: the stop after them never ends a sentence.
_ABBREVIATIONS_BEFORE_NAMES = word_set("""
    mr mrs ms mx dr prof rev fr sr st hon gov sen rep lt col gen maj capt cmdr cpl sgt adm pvt brig supt det insp pres amb atty
    messrs mmes mt ft vs v cf ca approx esp viz fig figs no nos nr vol vols ch chap art sec par para pp p ed eds trans mlle mme
    hr fr. frl dipl ing z.b d.h u.a bzw ggf evtl vgl bd abs str sog usw. ebd hrsg jh jhd geb gest
    sra srta ud uds dña lic arq av pág núm
    """)
# Follow a name or end a list: they end a sentence if what follows starts one.
_ABBREVIATIONS_ANYWHERE = word_set("""
    inc corp co ltd llc plc jr sr bros dept univ assn est al etc e.g i.e a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a jan feb mar apr
    jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass
    mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo b.c a.d c.e o.k usw etc u.s.a u.s.s.r n.y n.j l.a
    """)
_SENTENCE_OPENERS = word_set("""
    the a an this that these those he she it they we i you his her its their our my your there here but and so in on at as if when while
    after
    before for from to by with however although though because since until what who how why where no not some
    many most all both each
    der die das ein eine er sie es wir ich und aber le la les un une il elle ils elles el los las en pero y
    """)


def sentences(text: str, layout: Sequence[Layout] = ()) -> list[tuple[int, int]]:
    """The sentences as (start, end), without the white space around them, in order and disjoint.

    A line break ends a sentence where a paragraph ends: always in texts whose paragraphs are single lines, at blank lines
    in texts with hard-wrapped lines. Boundaries of headings, paragraphs, quotes and list items in `layout` end a
    sentence too. Linear in the text.

    >>> text = 'Dr. A. Poe paid $3.5 million. "It is late." He left.'
    >>> [text[start:end] for start, end in sentences(text)]
    ['Dr. A. Poe paid $3.5 million.', '"It is late."', 'He left.']
    """
    ends = {0, len(text)}
    for span in paragraphs(text, layout):
        ends.update(span)
    ends.update(match.end() for match in _STOP.finditer(text) if _ends_sentence(text, match))
    ordered = sorted(ends)
    found: list[tuple[int, int]] = []
    for left, right in pairwise(ordered):
        piece = text[left:right]
        stripped = piece.strip()
        if stripped:
            start = left + len(piece) - len(piece.lstrip())
            found.append((start, start + len(stripped)))
    return found


def paragraphs(text: str, layout: Sequence[Layout] = ()) -> list[tuple[int, int]]:
    """The paragraphs as (start, end), without the white space around them, in order and disjoint; headings and list items count as such.

    Every line is a paragraph, except in hard-wrapped texts (see `is_hard_wrapped`), where blank lines part them.
    """
    pattern = _BLANK_LINE if is_hard_wrapped(text) else _BREAK
    cuts = {0, len(text)}
    for match in pattern.finditer(text):
        cuts.add(match.start())
        cuts.add(match.end())
    for item in layout:
        if item.kind in ("heading", "paragraph", "block_quote", "list_item", "caption", "footnote") and item.end <= len(text):
            cuts.add(item.start)
            cuts.add(item.end)
    ordered = sorted(cuts)
    found: list[tuple[int, int]] = []
    for left, right in pairwise(ordered):
        piece = text[left:right]
        stripped = piece.strip()
        if stripped:
            start = left + len(piece) - len(piece.lstrip())
            found.append((start, start + len(stripped)))
    return found


def is_hard_wrapped(text: str) -> bool:
    """Whether lines end where a margin was, not where a paragraph does (old e-mail, Project Gutenberg, OCR).

    Then most lines that do not end a paragraph have nearly the same length (45 to 100 characters) and many are followed by a lower-case
    letter. Looks at the first 2,000 lines.
    """
    lines = text[:200_000].split("\n")[:2000]
    n_long = n_continued = n_over = 0
    for line, following in pairwise(lines):
        length = len(line.rstrip())
        if length > 110:  # no margin of a typewriter or mail program is wider
            n_over += 1
        elif length >= 40 and following.strip():
            n_long += 1
            first = following.lstrip()[:1]
            n_continued += first.islower() or (line.rstrip()[-1:] not in '.!?:;"”»)…' and first.isalnum())
    # At least three continued lines, so that one poem line does not decide; most lines must be continued by the next.
    return n_continued >= 3 and n_continued > 0.6 * n_long and n_over <= n_long // 4


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether this stop ends a sentence; the characters around it decide."""
    token = stop.group()
    if token[0] in "。！？｡।॥؟۔։።។။":
        return True
    following = _NEXT_WORD.match(text, stop.end(), stop.end() + 60)
    opening, word = (following.group(1), following.group(2) or "") if following else ("", "")
    first = word[:1]
    is_plain_stop = token[0] == "." and (len(token) == 1 or token[1] != ".")
    if is_plain_stop:
        before = _LAST_WORD.search(text[max(0, stop.start() - _LOOK_BACK) : stop.start()])
        last = before.group(1) if before else ""
        lowered = last.lower()
        if len(token) == 1:
            if lowered in _ABBREVIATIONS_BEFORE_NAMES:
                # "No." may be an answer, "St." a street: they go on only if a name or number follows.
                goes_on = first.isdigit() or first.islower() or len(word) == 1
                return lowered in ("no", "nos", "p", "art", "str", "v", "abs") and not goes_on
            if len(last) == 1 and last.isalpha() and last not in "I" and (last.isupper() or first.isupper()):
                return not first.isupper() and not first.islower() and bool(opening)  # an initial: "J. Smith", "J. R. Smith"
            if lowered in _ABBREVIATIONS_ANYWHERE or _INITIALS.search(last):
                return bool(opening and opening not in "([-–—") or (word.lower() in _SENTENCE_OPENERS and first.isupper())
            if last.isdigit() and len(last) <= 2 and first.islower():
                return False  # "am 3. märz", "1. der"
            if last.isdigit() and len(last) <= 2 and first.isupper() and _is_german_date(word):
                return False
        if first.islower():
            return False
    elif first.islower():
        # "What now?" she asked. / "Oh ... well": the sentence goes on.
        return False
    return True


_GERMAN_MONTHS = word_set("januar februar märz april mai juni juli august september oktober november dezember jahrhundert klasse")


def _is_german_date(word: str) -> bool:
    return word.lower() in _GERMAN_MONTHS
