"""What printed practice allows in a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from firstsaid import text as texts
from firstsaid.wording.comparing import differences
from firstsaid.wording.counting import Units, units
from firstsaid.wording.lexicon import is_negation, lists

_OUTER = " \t\r\n\"'.,;:!?-()[]،؛؟。、"
_DASH = re.compile(" ?-{1,3} ?")


def same_but_for_typography(left: str, right: str) -> bool:
    """Whether both say the same letter for letter: quote marks, dashes, spaces, ligatures and outer punctuation aside; case counts.

    >>> same_but_for_typography("“It’s here.”", "It's here"), same_but_for_typography("May", "may")
    (True, False)
    """
    return left == right or _plain(left) == _plain(right)


def _plain(text: str) -> str:
    return _DASH.sub("-", texts.typography(text).text.replace('"', "'")).strip(_OUTER)


@dataclass(frozen=True, slots=True)
class FairEdit:
    """Whether printed practice allows a quotation's changes, and what they are (`reasons`: what was done, or why it is not fair).

    `original_start`, `original_end`: the stretch of the original that the quotation covers, None where it was not found there.
    """

    is_fair: bool
    reasons: tuple[str, ...] = ()
    original_start: int | None = None
    original_end: int | None = None


_ELLIPSIS = re.compile(r"\[ ?(?:\.{3}|…) ?\]|\( ?(?:\.{3}|…) ?\)|\.{3,}|…|\. \. \.")
_BRACKET = re.compile(r"\[([^\[\]]{1,200})\]")
MAX_BRACKET_WORDS = 12
"""A bracket may stand for this many words of the original ("[the council]"); more would be a rewriting."""


def fair_edit(quoted: str, original: str) -> FairEdit:
    """Whether `quoted` follows from a stretch of `original` by editorial practice alone.

    Allowed: a marked ellipsis that leaves out neither a negation nor a condition of the sentences it cuts into; [bracketed] insertions and
    replacements that touch no negation and no number; [sic]; case, outer punctuation, quote marks. Cost: words * words / 64.

    >>> fair_edit("It will ... close", "It will not close").is_fair, fair_edit("It ... will close", "It, he said, will close").is_fair
    (False, True)
    """
    steps = _steps(quoted)
    original_units = units(original)
    placed = _place(steps, original_units.keys)
    if placed is None:
        words = next((d for d in differences(original, quoted) if d.kind != "punctuation"), None)
        why = f"“{words.left_text}” became “{words.right_text}” without a mark" if words else "its words are not there in this order"
        return FairEdit(False, (why,))
    if not placed:
        return FairEdit(False, ("it holds no word",))
    allowed: list[str] = []
    refused: list[str] = []
    for step, start, end in placed:
        if step.kind == "gap" and start < end:
            lost = _lost_qualifiers(original, original_units, start, end)
            if lost:
                refused.append(f"leaves out “{lost}”, which changes what is said")
            else:
                allowed.append(f"leaves out {end - start} word{'s' if end - start > 1 else ''}, marked")
        elif step.kind == "bracket":
            replaced = original_units.keys[start:end] or _beside(step, steps, original_units.keys, start)
            if _weight(replaced) != _weight(step.keys) and (any(_weight(replaced)) or _weight(step.keys)[0]):
                refused.append(f"“[{' '.join(step.keys)}]” changes a negation or a number")
            else:
                allowed.append(f"puts “{step.text}” in brackets")
    used = [(start, end) for step, start, end in placed if step.kind == "word"]
    if not used:
        return FairEdit(False, ("nothing but marks",))
    where = original_units.starts[used[0][0]], original_units.ends[used[-1][1] - 1]
    return FairEdit(not refused, tuple(refused or allowed), *where)


def _beside(step: _Step, steps: list[_Step], original: list[str], at: int) -> list[str]:
    """For a bracket with a number at an end of the quotation: the words that it may stand for there ("[50] men" of "40 men")."""
    if not _weight(step.keys)[1]:
        return []
    if step is steps[0]:
        return original[max(0, at - len(step.keys)) : at]
    return original[at : at + len(step.keys)] if step is steps[-1] else []


def is_fair_edit(quoted: str, original: str) -> bool:
    """Whether `fair_edit` finds nothing that editorial practice forbids."""
    return fair_edit(quoted, original).is_fair


class _Step(NamedTuple):
    """One step of a quotation: a `word`, a `gap` (ellipsis), or a `bracket`."""

    kind: str
    keys: tuple[str, ...]
    text: str


def _steps(quoted: str) -> list[_Step]:
    marks = [(m.start(), m.end(), _Step("gap", (), m.group())) for m in _ELLIPSIS.finditer(quoted)]
    for match in _BRACKET.finditer(quoted):
        inside = match.group(1)
        if _ELLIPSIS.fullmatch(match.group()):
            continue
        # "[T]he" changes a letter's case: read it as the word; the other brackets are the editor's words.
        if len(inside) == 1 and quoted[match.end() : match.end() + 1].isalpha():
            marks.append((match.start(), match.end(), _Step("letter", (), inside)))
        else:
            marks.append((match.start(), match.end(), _Step("bracket", tuple(units(inside).keys), inside)))
    steps: list[_Step] = []
    rest, carried = 0, ""
    for start, end, step in [*sorted(marks), (len(quoted), len(quoted), None)]:
        if start < rest:
            continue
        steps += [_Step("word", (key,), key) for key in units(carried + quoted[rest:start]).keys]
        carried, rest = "", end
        if step is None:
            continue
        if step.kind == "letter":
            carried = step.text
        elif step.kind == "gap" and steps and steps[-1].kind == "gap":
            continue
        elif step.keys not in (("sic",), ()) or step.kind == "gap":
            steps.append(step)
    return steps


def _place(steps: list[_Step], original: list[str]) -> list[tuple[_Step, int, int]] | None:
    """Where each step lies in `original` (word numbers), or None. Sets of reachable places are the bits of whole numbers."""
    holders: dict[str, int] = {}
    for at, key in enumerate(original):
        holders[key] = holders.get(key, 0) | (1 << at)
    everywhere = (1 << (len(original) + 1)) - 1
    reached = [everywhere]
    for step in steps:
        places = reached[-1]
        if step.kind == "word":
            places = (places & holders.get(step.keys[0], 0)) << 1
        elif step.kind == "gap":
            places = everywhere & -(places & -places)
        else:
            for _ in range(MAX_BRACKET_WORDS):
                places |= (reached[-1] << 1) & everywhere
                reached[-1], places = reached[-1], places | ((places << 1) & everywhere)
        if not places:
            return None
        reached.append(places)
    placed: list[tuple[_Step, int, int]] = []
    end = (reached[-1] & -reached[-1]).bit_length() - 1
    for number in range(len(steps) - 1, -1, -1):
        step = steps[number]
        start = end - 1 if step.kind == "word" else (reached[number] & ((2 << end) - 1)).bit_length() - 1
        placed.append((step, start, end))
        end = start
    placed.reverse()
    return placed


def _lost_qualifiers(original: str, of: Units, start: int, end: int) -> str:
    """The negation or condition that leaving out words `start`..`end` takes from a sentence of which other words stay; else "".

    A parenthesis between commas may take its own negation along, but not a condition.
    """
    known = lists()
    ends_sentence = [at for at in range(max(start, 1), end + 1) if at < len(of.keys) and _is_sentence_break(original, of, at)]
    head = (start, ends_sentence[0] if ends_sentence else end)
    tail = (ends_sentence[-1], end) if ends_sentence else (end, end)
    if end >= len(of.keys):
        tail = (end, end)
    before = original[of.ends[start - 1] if start else 0 : of.starts[start]]
    after = original[of.ends[end - 1] : of.starts[end] if end < len(of.keys) else len(original)]
    is_parenthesis = any(c in before for c in ",(–—-") and any(c in after for c in ",)–—-")
    for low, high in (head, tail):
        for at in range(low, high):
            surface = original[of.starts[at] : of.ends[at]]
            if of.keys[at] in known.qualifiers or (not is_parenthesis and is_negation(of.keys[at], surface, known.negations)):
                return surface
    return ""


def _is_sentence_break(original: str, of: Units, at: int) -> bool:
    return any(c in ".!?\n؟。" for c in original[of.ends[at - 1] : of.starts[at]])


def _weight(keys: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Negations and numbers among words: what a bracket must not change."""
    known = lists()
    numbers = sorted(key for key in keys if key[:1].isdigit() or key in known.numbers)
    return sum(key in known.negations or key in known.qualifiers for key in keys), tuple(numbers)
