"""Sentences that state something one could check, in an order in which to look at them.

A sentence is a claim if it states something: it asks nothing, is no line of names and dates, and either holds something to check it by (a
figure, a name, a date, a comparison, a cause, "all" or "none", an act) or at least does not speak of its speaker and hearer. `worth` orders
claims and hides none. What is looked at are signs of form, so that it matters neither who speaks nor what about: after Hassan et al. 2017
(ClaimBuster, doi:10.1145/3097983.3098131), where figures, past forms and names told checkable sentences best. The word lists are English;
elsewhere figures and names decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firstsaid.model import CLAIM_REASONS, FULL, Claim, Layout, digest

LEAST_WORDS = 4
LEAST_WORDS_WITHOUT_A_STOP = 8
"""What has no stop at its end is a post without one, or a heading, a name and date, a menu: those are shorter."""
LEAST_SMALL_WORDS = 2
"""Words without a capital that a sentence has besides its names; the name and date above an article have fewer."""
MOST_CHARACTERS = 2_000
"""What is longer is a table or a list that lost its line ends: it states many things or none."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STOP = re.compile(r"[.!…。！।؟۔།።]['\"”’»)\]」』]*\Z")
_QUESTION = re.compile(r"[?？؟;]['\"”’»)\]]*\Z")
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve dozens? hundreds? thousands? millions? billions? half quarters? thirds? "
    "double doubled tripled twice percent zwei drei vier fünf deux trois quatre cinq dos tres cuatro cinco"
)
_MONTHS = (
    "January February March April June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday"
)


_INSIDE_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*")
_DAY_OF_NAME = re.compile(r"\b(?:the|The) \w+day(?= [A-Z])")


def _any(words: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", flags)


_SIGNS: dict[str, re.Pattern[str]] = {
    "figure": re.compile(rf"[%٪$€£¥]|\d|\b(?:{'|'.join(_NUMBER_WORDS.split())})\b", re.IGNORECASE),
    "date": re.compile(rf"\b(?:1[5-9]|20)\d\d\b|\b(?:{'|'.join(_MONTHS.split())})\b"),
    "comparison": re.compile(
        r"\b(?:more|fewer|less|higher|lower|larger|smaller|better|worse|faster|slower|older|younger|bigger|cheaper|\w{3,}er) than\b"
        r"|\b(?:rose|risen|fell|fallen|grew|grown|shrank|dropped|increased?|decreased?|declined?|doubled|tripled|halved|cut|raised)\b"
        r"|\b(?:first|last|most|least|largest|biggest|highest|lowest|best|worst|oldest|record)\b",
        re.IGNORECASE,
    ),
    "cause": re.compile(
        r"\b(?:caus(?:es?|ed|ing)|because|led to|leads to|due to|results? in|prevents?|kills?|killed|linked to)\b", re.IGNORECASE
    ),
    "all or none": _any("all every each only never no none nobody always any nothing"),
    "act": _any(
        "signed banned arrested resigned approved rejected voted bought sold paid closed opened built died dead wounded shot won lost "
        "admitted denied announced ordered promised agreed refused found discovered hired fired dismissed charged convicted sentenced"
    ),
}
_WEIGHTS = {"figure": 30, "name": 15, "date": 10, "comparison": 15, "cause": 15, "all or none": 8, "act": 12}
"""Points by sign. Their order, not their size, is what matters: figures and what is done or compared before what is merely named."""
_OPINION = re.compile(
    r"\b(?:I|we) (?:think|believe|hope|feel|guess|suppose|wish|want|thank|urge|look forward)\b"
    r"|\b(?:should|must|ought|let us|let['’]s|may|might|perhaps|maybe|if|would|could)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:I|we|me|us|you|my|your|our)\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:will|shall|going to|['’]ll|plans? to|expects? to)\b", re.IGNORECASE)
_OPINION_SHARE, _FUTURE_SHARE = 0.5, 0.7
"""What is wished, supposed or yet to come may rest on a fact, but comes after what is stated as one."""
_LEAST_POINTS = 4
"""Of a statement without any sign: it comes last, and comes."""
_POINTS_OF_HALF = 40
"""Points that are worth 5,000: a figure and a name."""


def find_claims(text: str, sentences: Sequence[tuple[int, int]], layout: Sequence[Layout] = (), document_id: str = "") -> list[Claim]:
    """The sentences that state something to check, in order. Headings are left out: the text below them says it again.

    >>> [claim.reasons for claim in find_claims("It was late. Rents in Halm rose by 9 %.", [(0, 12), (13, 39)])]
    [('figure', 'name', 'comparison')]
    """
    headings = {(mark.start, mark.end) for mark in layout if mark.kind == "heading"}
    firsts = {start for start, _ in headings}
    claims = []
    for start, end in sentences:
        if end - start > MOST_CHARACTERS or (start in firsts and any(first == start and end <= last for first, last in headings)):
            continue
        words = text[start:end]
        reasons = reasons_to_check(words)
        if reasons is not None:
            claims.append(Claim(digest("claim", document_id, start, end), document_id, start, end, _worth(words, reasons), reasons))
    return claims


def reasons_to_check(sentence: str) -> tuple[str, ...] | None:
    """What a sentence could be checked by, in the order of `CLAIM_REASONS`; None where it states nothing."""
    words = _WORD.findall(sentence)
    if _QUESTION.search(sentence) or not (_has_no_spaces(sentence, words) or _is_sentence(sentence, words)):
        return None
    is_named = _holds_name(words)
    # "Rose Mayall" compares nothing and "the Monday Mirror" is no day: with a capital inside of a sentence they are names.
    plain = _INSIDE_NAME.sub("", sentence) if is_named else sentence
    found = {name for name, sign in _SIGNS.items() if sign.search(sentence if name == "date" else plain)}
    if "date" in found and not _SIGNS["date"].search(_DAY_OF_NAME.sub("", sentence)):
        found.discard("date")
    if is_named:
        found.add("name")
    if not found and _SPOKEN.search(sentence):
        return None
    return tuple(name for name in CLAIM_REASONS if name in found)


def _is_sentence(sentence: str, words: Sequence[str]) -> bool:
    """Long enough to state something, and not a line of names and dates."""
    least = LEAST_WORDS if _STOP.search(sentence) else LEAST_WORDS_WITHOUT_A_STOP
    return len(words) >= least and sum(not word[0].isupper() and not word[0].isdigit() for word in words) >= LEAST_SMALL_WORDS


def _has_no_spaces(sentence: str, words: Sequence[str]) -> bool:
    """A script that sets no spaces between words: few "words", each of many characters outside ASCII."""
    return bool(words) and not sentence.isascii() and len(sentence) >= 2 * LEAST_WORDS and max(map(len, words)) >= 2 * LEAST_WORDS


def _holds_name(words: Sequence[str]) -> bool:
    """A word with a capital after the first, in a sentence that is not all in capitals or in title case."""
    capitals = sum(word[0].isupper() for word in words)
    inside = sum(word[0].isupper() and word not in ("I", "I'm", "I’m") for word in words[1:])
    return inside > 0 and capitals * 10 <= len(words) * 7


def _worth(words: str, reasons: Sequence[str]) -> int:
    points = float(_LEAST_POINTS + sum(_WEIGHTS[reason] for reason in reasons))
    if _OPINION.search(words):
        points *= _OPINION_SHARE
    if _FUTURE.search(words):
        points *= _FUTURE_SHARE
    return round(FULL * points / (points + _POINTS_OF_HALF))
