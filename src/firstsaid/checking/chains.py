"""Runs of equal words between a quotation and a text, chained into the stretch or stretches that explain most of it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from firstsaid.checking.lexicon import ATTRIBUTES, NEGATIONS
from firstsaid.checking.tokens import has_sentence_end, keys_of
from firstsaid.wording import Units

NEAR_WORDS = 8
"""A jump of up to so many words is a cut inside a passage; a longer one is another place."""

FAR_JUMP_COST = 2.5
"""In words: runs of two common words ("of the") elsewhere in a text never pay for a jump."""

MAX_RUNS = 400
"""Chaining is quadratic in the runs; the longest of a long text are kept, and only its commonest word pairs are lost."""

MAX_ATTRIBUTION_CHARS = 240
"""Longer than any "she said, turning to the council": what is longer is narration between two quotations."""

MAX_ATTRIBUTION_WORDS = 14
"""Room for "said the chair of the committee, Senator Bob Casey of Pennsylvania"."""

QUOTE_MARKS = '"“”„«»‟'


class Run(NamedTuple):
    """`length` equal words from word `quoted` of the quotation and word `base` of the base on."""

    quoted: int
    base: int
    length: int


def equal_runs(ours: list[str], theirs: list[str]) -> list[Run]:
    """Longest runs of at least two equal words, in order of the quotation."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    wanted = set(pairwise(ours))
    for at, pair in enumerate(pairwise(theirs)):
        if pair in wanted:
            places[pair].append(at)
    found: list[Run] = []
    for at, pair in enumerate(pairwise(ours)):
        for base in places.get(pair, ()):
            if at and base and ours[at - 1] == theirs[base - 1]:
                continue
            length = 2
            while at + length < len(ours) and base + length < len(theirs) and ours[at + length] == theirs[base + length]:
                length += 1
            found.append(Run(at, base, length))
    if len(found) > MAX_RUNS:
        found = sorted(found, key=lambda run: (-run.length, run))[:MAX_RUNS]
    return sorted(found)


def best_chain(runs: list[Run], breaks: set[int]) -> list[Run]:
    """The runs that explain most words of the quotation, each word once, jumps counted against them. Ties go to the leftmost."""
    best: list[float] = []
    before: list[int] = []
    trimmed: list[Run] = []
    for at, run in enumerate(runs):
        top, link, kept = float(run.length), -1, run
        for earlier in range(at):
            last = trimmed[earlier]
            overlap = max(0, last.quoted + last.length - run.quoted)
            if last.quoted >= run.quoted or overlap >= run.length:
                continue
            cut = Run(run.quoted + overlap, run.base + overlap, run.length - overlap)
            score = best[earlier] + cut.length - _jump_cost(last, cut, breaks)
            if score > top + 1e-9:
                top, link, kept = score, earlier, cut
        best.append(top)
        before.append(link)
        trimmed.append(kept)
    chain: list[Run] = []
    at = max(range(len(runs)), key=lambda index: (best[index], -index), default=-1)
    while at >= 0:
        chain.append(trimmed[at])
        at = before[at]
    return chain[::-1]


def _jump_cost(last: Run, following: Run, breaks: set[int]) -> float:
    gap_base = following.base - last.base - last.length
    gap_quoted = following.quoted - last.quoted - last.length
    if 0 <= gap_base <= gap_quoted + NEAR_WORDS:
        return 0.1 + 0.1 * abs(gap_base - gap_quoted)
    is_marked = any(last.quoted + last.length <= place <= following.quoted for place in breaks)
    return 0.8 if is_marked and gap_base >= 0 else FAR_JUMP_COST


def clustered(chain: list[Run], base: str, theirs: Units) -> list[list[Run]]:
    """The chain, cut where the base goes on elsewhere. An attribution between quote marks ("...," she said, "...") is no other place."""
    clusters = [[chain[0]]]
    for last, run in pairwise(chain):
        gap_base = run.base - last.base - last.length
        gap_quoted = run.quoted - last.quoted - last.length
        is_near = 0 <= gap_base <= gap_quoted + NEAR_WORDS and (gap_base < 4 or gap_quoted >= gap_base // 2)
        if gap_base > 0 and not is_near:
            between = base[theirs.ends[last.base + last.length - 1] : theirs.starts[run.base]]
            is_near = is_attribution(between) or names_who_says(between) or (gap_base <= NEAR_WORDS and not has_sentence_end(between))
        if is_near:
            clusters[-1].append(run)
        else:
            clusters.append([run])
    return clusters


def is_attribution(between: str) -> bool:
    """Whether a stretch of the base does no more than leave the quotation marks and come back: ," she said. "."""
    marks = [at for at, character in enumerate(between) if character in QUOTE_MARKS]
    if len(marks) != 2 or len(between) > MAX_ATTRIBUTION_CHARS or "\n\n" in between:
        return False
    return not any(c.isalnum() for c in between[: marks[0]] + between[marks[1] :])


def is_marked(clusters: list[list[Run]], breaks: set[int]) -> bool:
    """Whether the quotation itself marks every place where its parts join, and keeps their order."""
    for left, right in pairwise(clusters):
        end = left[-1].quoted + left[-1].length
        if right[0].base < left[-1].base or not any(end <= place <= right[0].quoted for place in breaks):
            return False
    return True


def names_who_says(words: str) -> bool:
    """Whether a few words do no more than say who speaks: a word of saying at one end, and a name.

    >>> names_who_says("said Senator Bob Casey (D-PA)."), names_who_says("when they said the levee would hold")
    (True, False)
    """
    keys = keys_of(words)
    if not 2 <= len(keys) <= MAX_ATTRIBUTION_WORDS or not (keys[0] in ATTRIBUTES or keys[-1] in ATTRIBUTES):
        return False
    others = [word for word in re.findall(r"[^\W\d_]+", words) if keys_of(word) and keys_of(word)[0] not in ATTRIBUTES]
    named = sum(word[:1].isupper() for word in others)
    return 2 * named >= len(others) and not any(key in NEGATIONS for key in keys)
