"""Ties between bodies as somebody states them: "the institute, funded by the Harbour Trust". No facts: each is a claim of who says it.

Of persons only those are tied who hold an office for a body by these very words, or who are heard in the text: ties of private persons
are nobody's business here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from firstsaid.model import Quotation, Tie, digest
from firstsaid.parsing import lexicon
from firstsaid.parsing.naming.mentions import spelling_id
from firstsaid.parsing.naming.name_spans import is_title
from firstsaid.parsing.naming.names import PLACE_OPENERS, Named, NameIndex
from firstsaid.parsing.naming.tie_patterns import DENIED, MAY_TIE, PATTERNS, TiePattern
from firstsaid.parsing.structure import Page

MAX_BETWEEN_CHARS = 120
"""Two names further apart are seldom tied by one phrase, and the patterns run over this many characters at most."""
_MORE_BODIES = lexicon.word_set(
    "division railway railways airport airlines airways studios studio media holdings holding bank motors industries pictures command "
    "guard guards corps network laboratory laboratories labs systems technologies partners brothers sons bros plc gmbh ag sa nv mills"
)
"""Words of bodies that are too common elsewhere to decide what is a body in general."""
_CHAMBER_WORDS = lexicon.word_set(
    "parliament senate congress council assembly house board committee commission cabinet court bundestag duma knesset sabha chamber"
)
"""To be a member of one of these is an office; to be a member of a party or a church is nobody's business."""
_MADE = lexicon.word_set(
    "act law bill constitution treaty agreement conference summit symposium workshop meeting program programme award prize day week policy "
    "plan project article section chapter reform rule rules regulation"
)
"""Last words of what is no body, though it is founded, funded or run."""
_TOO_GENERAL = lexicon.word_set("committee subcommittee board council commission court house state chair department division office agency")
"""Words that alone say nothing of which body is meant."""
_OFFICES = (lexicon.ROLES & lexicon.word_set(
    "president minister chancellor governor mayor senator congressman congresswoman representative secretary chairman chairwoman chair "
    "chief director spokesman spokeswoman spokesperson judge justice attorney professor ambassador envoy editor ceo founder owner "
    "executive king queen prince pope bishop officer manager sheriff"
)) | lexicon.word_set("founder owner billionaire tycoon magnate investor industrialist")  # fmt: skip
_MAY_FOLLOW = lexicon.SMALL_CLASSES | lexicon.TIME_WORDS | lexicon.COMMON_VERBS | lexicon.OPENING_ADVERBS
_VERB_ENDS = ("ed", "ing", "ly")
CONFIDENCE, CONFIDENCE_FAR = 7000, 5000
"""A phrase right between two names; with further words between (a list, a relative clause) it may tie others."""


def may_hold_ties(text: str) -> bool:
    """Whether a text holds a word that ties at all; a quick look before the text is taken apart."""
    return MAY_TIE.search(text) is not None


def find_ties(page: Page, index: NameIndex, quotations: Sequence[Quotation], document_id: str) -> list[Tie]:
    """Every stated tie between two neighbouring names of one sentence, in reading order, with who states it."""
    patterns = PATTERNS.get(page.language or "en", ())
    found: list[Tie] = []
    if not patterns:
        return found
    ordered = sorted(quotations, key=lambda item: (item.start, -item.end))
    starts = [item.start for item in ordered]
    heard = frozenset(item.speaker_name for item in quotations if item.speaker_name)
    for left, right in zip(index.names, index.names[1:], strict=False):
        between = page.text[left.end : right.start]
        if not between or len(between) > MAX_BETWEEN_CHARS or "\n\n" in between or left.canonical == right.canonical:
            continue
        if not MAY_TIE.search(between) or page.unit_at(left.start) != page.unit_at(right.start):
            continue
        flat = " ".join(between.split())
        flat = f"{flat} " if flat.startswith(",") else f" {flat} "  # "Poe's former rival": whose rival it is, is no end of the tie
        for pattern in patterns:
            if not pattern.words.match(flat):
                continue
            ends = (right, left) if pattern.is_turned else (left, right)
            if _is_whole(page, right) and _fits(page, index, pattern, ends, heard):
                stated = _stated_by(page, index, _holder(ordered, starts, left.start, right.end), left)
                found.append(_tie(document_id, pattern.kind, ends, stated, flat))
            break
    return found


def _is_whole(page: Page, right: Named) -> bool:
    """Whether the second name ends what is tied: "head of Norland's navy" and "for the Poe campaign" tie another than Norland and Poe."""
    following = page.text[right.end : right.end + 3]
    if following[:1] in ("'", "’", "-", "–", "&") or following[:1].isalnum():
        return False
    if following[:2] == ". " and following[2:].isupper() and "." in right.surface:
        return False  # "the U.S. Senate" is cut
    at = page.token_at(right.end)
    if at >= len(page.words) or following[:1] != " ":
        return True
    word, after = page.lower[at], page.words[at + 1] if at + 1 < len(page.words) else ""
    if after[:1].isupper() and (word in ("of", "on", "for") or (word in ("and", "&") and len(right.words) == 1)):
        return False  # "the Bread and Roses Party", "the Subcommittee on Crime" are cut
    if not page.words[at][0].isalpha() or word in _MAY_FOLLOW or word in lexicon.cues("en") or word in ("and", "or"):
        return True
    return word.endswith(_VERB_ENDS) and page.words[at][0].islower()


def _fits(page: Page, index: NameIndex, pattern: TiePattern, ends: tuple[Named, Named], heard: frozenset[str]) -> bool:
    """Whether the two names are what the words tie."""
    left, right = ends
    first = page.token_at(left.start)
    before = page.lower[first - 1] if first else ""
    if right.words[-1] in _MADE or (len(right.words) == 1 and right.words[0] in _TOO_GENERAL):
        return False
    if pattern.ends != "bodies" and any(word in _MADE for word in left.words[1:-1]):
        return False  # "Grant Program Poe": two names with a lost stop between
    if any(len(word) == 1 and word.isalpha() for word in right.words):
        return False  # "Harbour Board Ann B. Poe": the same
    if pattern.ends == "bodies":
        if pattern.kind == "part_of" and not (_is_body(index, left) or _is_body(index, right)):
            return False  # of two names that are shown to be no body, one is a place or an event
        if _is_personal(page, index, left) or left.words[-1] in _MADE or (before in ("in", "from", "at", "near") and not pattern.is_turned):
            return False
        return not _is_personal(page, index, right) or (pattern.kind.endswith("ed_by") and _is_public(page, right, heard))
    if pattern.ends == "chamber":
        is_place = left.canonical in index.places or before in ("in", "from", "at")
        return not is_place and not _is_body(index, left) and any(word in _CHAMBER_WORDS for word in right.words)
    if not _is_personal(page, index, left) or is_title(left.words[-1]) or right.canonical in index.persons:
        return False
    if before in ("told", "to") and (named := _next_after(page, index, right)) is not None and _is_personal(page, index, named):
        return False  # "told the Daily Lantern, the president of the Harbour League, Ann Poe, said"
    if pattern.ends == "body_office":
        return _is_body(index, right) or (len(right.surface) > 2 and right.surface.isupper())
    return pattern.ends == "office" or left.canonical in heard


def _next_after(page: Page, index: NameIndex, named: Named) -> Named | None:
    """The name that follows another with only a comma between."""
    following = index.inside(named.end, named.end + 3)
    return following[0] if following and page.text[named.end : following[0].start].strip() == "," else None


def _is_body(index: NameIndex, named: Named) -> bool:
    return index.is_body(named.canonical) or any(word in _MORE_BODIES for word in named.words)


def _is_personal(page: Page, index: NameIndex, named: Named) -> bool:
    """Whether a name is shown to be a person's, or has the form of one: two to four words, no word of a body, no "the" before it."""
    if named.canonical in index.persons:
        return not _is_body(index, named)
    first = page.token_at(named.start)
    if first and page.lower[first - 1] == "the":
        return False
    n_words = len(named.canonical.split())
    is_place = named.words[0] in PLACE_OPENERS or named.words[-1] in _MADE
    return 2 <= n_words <= 4 and not is_place and not _is_body(index, named) and index.may_be_person(named.canonical)


def _is_public(page: Page, named: Named, heard: frozenset[str]) -> bool:
    """Whether a person is heard in the text, or given with an office right before or after the name."""
    if named.canonical in heard:
        return True
    first, behind = page.token_at(named.start), page.token_at(named.end)
    near = page.lower[max(0, first - 2) : first]
    if page.lower[behind : behind + 1] == [","]:
        near = near + page.lower[behind + 1 : behind + 5]
    return any(word in _OFFICES for word in near)


_Stated = tuple[str | None, str | None, str | None]
"""Who states a tie: name, the name's id, and the quotation that holds the words."""


def _stated_by(page: Page, index: NameIndex, holder: Quotation | None, left: Named) -> _Stated:
    if holder is not None:
        return holder.speaker_name, holder.name_id, holder.id
    first = page.units[max(0, page.unit_at(left.start))][0]
    if page.lower[first : first + 2] == ["according", "to"]:
        before = index.inside(page.starts[first], left.start)
        if before:
            return before[0].canonical, spelling_id(before[0].canonical, before[0].surface), None
    return None, None, None


def _tie(document_id: str, kind: str, ends: tuple[Named, Named], stated: _Stated, between: str) -> Tie:
    left, right = ends
    start, end = min(left.start, right.start), max(left.end, right.end)
    left_id, right_id = (spelling_id(named.canonical, named.surface) for named in ends)
    is_denied = DENIED.search(between) is not None
    confidence = CONFIDENCE if len(between) < MAX_BETWEEN_CHARS // 2 else CONFIDENCE_FAR
    tie_id = digest("tie", document_id, start, end, kind)
    return Tie(
        tie_id, document_id, start, end, kind, left.start, left.end, left.canonical, left_id, right.start, right.end, right.canonical,
        right_id, *stated, is_denied, confidence,
    )  # fmt: skip


def _holder(ordered: Sequence[Quotation], starts: Sequence[int], start: int, end: int) -> Quotation | None:
    """The innermost quotation that holds the words and has a speaker."""
    best: Quotation | None = None
    at = bisect_right(starts, start)
    for item in reversed(ordered[max(0, at - 64) : at]):  # quotations nest a few levels deep: the holder is among the last before
        is_inner = best is None or item.end - item.start < best.end - best.start
        if item.end >= end and item.speaker_name and is_inner:
            best = item
    return best
