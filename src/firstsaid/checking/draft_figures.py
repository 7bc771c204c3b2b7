"""A draft's figures and dates against a corpus, tied to what they count, their unit, place and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from firstsaid.checking.figure_rows import same_thing
from firstsaid.checking.intervals import Interval, are_disjoint, decimal_of, interval_of
from firstsaid.checking.lexicon import CORRECTIONS, REVISIONS, WEEKDAYS_AND_MONTHS
from firstsaid.checking.shelf import Shelf, stems
from firstsaid.checking.tokens import keys_of, sentence_around, shortened
from firstsaid.checking.units import converted
from firstsaid.model import Annotations, Figure, Span, Verdict

FINE = ("same", "derived", "rounded", "converted")
SKIPPED_KINDS = ("ordinal",)
"""A first or second of something is no quantity that two texts could give differently."""

MOST_DOCUMENTS = 12
MIN_CONTEXT, STRONG_CONTEXT = 0.34, 0.5
"""Shares of the content words of a draft's sentence that a corpus sentence must hold, to speak of the same thing or surely of it."""

MOST_DRAFT_CHARS, MOST_BEHIND_DRAFT = 4_000, 4
"""The documents that a whole draft rests on may say in other words what a sentence of it says: the first of those that share most rare
words with the beginning of the draft, which names what it is about."""

MOST_OPERANDS = 24
"""Sums and differences are looked for among so many figures near the best match: more would make any number out of some."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of the corpus that may be the draft's. `share`: of the draft sentence's content words in its sentence."""

    figure: Figure
    interval: Interval
    sentence: tuple[int, int]
    share: float
    n_shared: int


def figure_verdicts(text: str, annotations: Annotations, shelf: Shelf) -> list[Verdict]:
    """One verdict for each figure and date outside of direct quotations, whose words are checked as such."""
    quoted = [(q.start, q.end) for q in annotations.quotations if q.form in ("direct", "block", "mixed")]
    verdicts = []
    for figure in sorted(annotations.figures, key=lambda f: (f.start, f.end)):
        if figure.kind in SKIPPED_KINDS or any(start <= figure.start and figure.end <= end for start, end in quoted):
            continue
        verdict = _date(figure, text, shelf) if figure.kind == "date" else _figure(figure, text, annotations, shelf)
        if verdict is not None:
            verdicts.append(verdict)
    return verdicts


def _made(figure: Figure, verdict: str, why: str, spans: tuple[Span, ...]) -> Verdict:
    type_ = "date" if figure.kind == "date" else "figure"
    return Verdict(type_, figure.start, figure.end, verdict, verdict not in FINE, why, spans)


def _span(figure: Figure) -> Span:
    return Span(figure.document_id, figure.start, figure.end)


def _words(figure: Figure, shelf: Shelf) -> str:
    text = shelf.document(figure.document_id).text
    end = figure.of_end if figure.of_end and figure.end <= figure.of_end <= figure.end + 50 else figure.end
    return shortened(text[figure.start : end], 70)


# ------------------------------------------------------------------------------------------------------------- candidates


def _known(figure: Figure, text: str, shelf: Shelf) -> tuple[list[Known], str]:
    """Figures of the corpus in sentences that speak of the same thing, the nearest first; and the draft's sentence."""
    start, end = sentence_around(text, figure.start, figure.end)
    sentence = text[start:end]
    own = f"{text[start : figure.start]} {text[figure.end : end]}"
    wanted = stems(own) - {key for key in stems(own) if key[:1].isdigit()}
    matches = (*shelf.find(sentence), *shelf.related(sentence), *shelf.related(text[:MOST_DRAFT_CHARS])[:MOST_BEHIND_DRAFT])
    documents = dict.fromkeys(match.document_id for match in matches)
    listed: dict[str, Figure] = {}
    for document_id in list(documents)[:MOST_DOCUMENTS]:
        listed.update((other.id, other) for other in shelf.figures(document_id))
    if figure.of_lemma:
        listed.update((other.id, other) for other in shelf.figures_about(figure.of_lemma, figure.unit))
    found = []
    contexts: dict[tuple[str, int, int], frozenset[str]] = {}
    for other in listed.values():
        interval = interval_of(other)
        if interval is None:
            continue
        base = shelf.document(other.document_id).text
        place = sentence_around(base, other.start, other.end)
        key = (other.document_id, *place)
        if key not in contexts:
            contexts[key] = stems(base[slice(*place)])
        shared = wanted & contexts[key]
        found.append(Known(other, interval, place, len(shared) / max(1, len(wanted)), len(shared)))
    found.sort(key=lambda k: (-k.share, shelf.order(k.figure.document_id), k.figure.document_id, k.figure.start))
    return found, sentence


def _figure(figure: Figure, text: str, annotations: Annotations, shelf: Shelf) -> Verdict | None:
    interval = interval_of(figure)
    if interval is None:
        return None
    found, sentence = _known(figure, text, shelf)
    context = [k for k in found if k.share >= MIN_CONTEXT or k.n_shared >= 4]
    same = [k for k in context if _is_same_thing(figure, k.figure)]
    in_period = [k for k in same if not _other_period(sentence, k, shelf)]
    for known in in_period:
        if _says_same(figure, known.figure):
            later = _later(known, in_period, shelf)
            if later is not None and not any(key in REVISIONS for key in keys_of(sentence)):
                said = f"{shelf.label(later.figure.document_id)} has “{_words(later.figure, shelf)}”"
                why = f"{shelf.label(known.figure.document_id)} says so, but since then {said}."
                return _made(figure, "superseded", why, (_span(later.figure), _span(known.figure)))
            return _made(
                figure, "same", f"{shelf.label(known.figure.document_id)} says “{_words(known.figure, shelf)}”.", (_span(known.figure),)
            )
    for known in in_period:
        if _is_rounding(figure, interval, known):
            why = f"{shelf.label(known.figure.document_id)} says “{_words(known.figure, shelf)}”, which this rounds."
            return _made(figure, "rounded", why, (_span(known.figure),))
    for known in context:
        step = converted(figure, known.figure)
        if step and not _other_period(sentence, known, shelf):
            why = f"{shelf.label(known.figure.document_id)} says “{_words(known.figure, shelf)}”: {step}."
            return _made(figure, "converted", why, (_span(known.figure),))
    sum_found = _derived(figure, context, shelf)
    if sum_found is not None:
        return sum_found
    for known in same:
        if _says_same(figure, known.figure):
            base = shelf.document(known.figure.document_id).text[slice(*known.sentence)]
            said = f"{shelf.label(known.figure.document_id)} says “{_words(known.figure, shelf)}”"
            why = f"{said}, but of another time: “{shortened(base, 120)}”."
            return _made(figure, "other-period", why, (_span(known.figure),))
    for known in context:
        if _says_same(figure, known.figure) and not _is_same_thing(figure, known.figure) and figure.of_lemma and known.figure.of_lemma:
            why = f"In {shelf.label(known.figure.document_id)} this number counts something else: “{_words(known.figure, shelf)}”."
            return _made(figure, "other-subject", why, (_span(known.figure),))
    for known in in_period:
        if known.share >= STRONG_CONTEXT or known.n_shared >= 4 or (figure.of_lemma and known.n_shared >= 2):
            said = f"{shelf.label(known.figure.document_id)} says “{_words(known.figure, shelf)}”"
            why = f"{said} of it."
            if interval.low == known.interval.low and figure.modifier != known.figure.modifier:
                why = f"{said}: the draft leaves out or changes the hedge."
            return _made(figure, "altered", why, (_span(known.figure),))
    for known in found:
        if _says_same(figure, known.figure) and _is_telling(figure, known) and not _other_period(sentence, known, shelf):
            said = f"{shelf.label(known.figure.document_id)} says “{_words(known.figure, shelf)}”, in other words than the draft."
            return _made(figure, "same", said, (_span(known.figure),))
    return _made(figure, "not-in-corpus", "No document of the corpus gives this figure for this.", ())


def _is_telling(figure: Figure, known: Known) -> bool:
    """Whether an equal number in a document behind the draft is likely the same figure, though its sentence shares few words.

    A number of three digits or with a unit is rarely equal by chance; a small one needs the same noun, or a word of its sentence.
    """
    value = decimal_of(known.figure.low) or decimal_of(known.figure.high)
    if figure.unit != known.figure.unit and figure.unit and known.figure.unit and figure.kind not in ("count", "measure"):
        return False
    nouns_differ = bool(figure.of_lemma and known.figure.of_lemma) and not _is_same_thing(figure, known.figure)
    is_rare = value is not None and (_digits(value) >= 3 or (figure.unit == known.figure.unit and figure.kind not in ("count",)))
    if nouns_differ:
        return is_rare and value is not None and _digits(value) >= 3
    return is_rare or known.n_shared >= 1 or bool(figure.of_lemma and known.figure.of_lemma)


def _is_same_thing(figure: Figure, other: Figure) -> bool:
    ours, theirs = same_thing(figure), same_thing(other)
    if ours == theirs:
        return True
    if ours[2] != theirs[2] or (ours[0] != theirs[0] and {ours[0], theirs[0]} - {"count", "measure", "age", "duration"}):
        return False
    # Where a parser found no noun on one side, the sentence has to tell.
    return not ours[1] or not theirs[1] or ours[1].split()[-1] == theirs[1].split()[-1]


def _says_same(figure: Figure, other: Figure) -> bool:
    if (figure.low, figure.high) != (other.low, other.high):
        return False
    vague = {"more_than": "up", "at_least": "up", "at_most": "down", "less_than": "down", "almost": "near", "about": "near"}
    return figure.modifier == other.modifier or vague.get(figure.modifier, "") == vague.get(other.modifier, "")


def _is_rounding(figure: Figure, interval: Interval, known: Known) -> bool:
    """Whether the draft's vaguer figure holds the corpus's: about 40 for 41, more than 40 for 45, 3.2 million for 3,214,000."""
    exact = decimal_of(known.figure.low)
    own = decimal_of(figure.low) if figure.low is not None else decimal_of(figure.high)
    if exact is None or own is None:
        return False
    if known.figure.low != known.figure.high:
        other = known.interval
        return figure.modifier in ("about", "almost", "range") and not are_disjoint(interval, other)
    if figure.modifier in ("more_than", "at_least"):
        return own <= exact <= own * Decimal("1.25") and interval.holds(exact)
    if figure.modifier in ("less_than", "at_most"):
        return own * Decimal("0.8") <= exact <= own and interval.holds(exact)
    if figure.modifier in ("about", "almost", "range"):
        return interval.holds(exact)
    if own == exact:
        return known.figure.modifier == "exact"
    return own != exact and _digits(own) < _digits(exact) and abs(own - exact) * 20 <= abs(exact) and _rounds_to(exact, own)


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _rounds_to(exact: Decimal, rounded: Decimal) -> bool:
    exponent = rounded.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    return abs(exact - rounded) <= Decimal(10) ** exponent / 2


def _later(known: Known, candidates: list[Known], shelf: Shelf) -> Known | None:
    """A later figure for the same thing that says it replaces this one."""
    for other in candidates:
        if not are_disjoint(known.interval, other.interval) or not shelf.is_before(known.figure.document_id, other.figure.document_id):
            continue
        base = shelf.document(other.figure.document_id).text
        keys = set(keys_of(base[max(0, other.sentence[0] - 120) : other.sentence[1] + 40]))
        replaces = keys & CORRECTIONS or (keys & REVISIONS and other.share >= MIN_CONTEXT)
        if replaces:
            return other
    return None


# ------------------------------------------------------------------------------------------------------------------ period

_YEAR = re.compile(r"(?<![\d.,])(1[0-9]{3}|20[0-9]{2})(?![\d.,]\d|\d)")


def _period(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """Years, and names of months and days, in a sentence."""
    return frozenset(_YEAR.findall(sentence)), frozenset(
        key for key in keys_of(sentence) if key in WEEKDAYS_AND_MONTHS and key not in ("may", "march")
    )


def _other_period(sentence: str, known: Known, shelf: Shelf) -> bool:
    """Whether both sentences name a time, and not the same one."""
    years, names = _period(sentence)
    base = shelf.document(known.figure.document_id).text[slice(*known.sentence)]
    their_years, their_names = _period(base)
    if years and their_years:
        return not years & their_years
    return bool(names and their_names and not years and not their_years and not names & their_names)


# ----------------------------------------------------------------------------------------------------------------- derived


def _derived(figure: Figure, context: list[Known], shelf: Shelf) -> Verdict | None:
    """The sum, difference or change of figures of one document that makes the draft's."""
    wanted = decimal_of(figure.low)
    if wanted is None or (figure.low != figure.high and figure.modifier not in ("more_than", "at_least")):
        return None
    by_document: dict[str, list[Known]] = {}
    for known in context[: 4 * MOST_OPERANDS]:
        if known.figure.low is not None and known.figure.low == known.figure.high and known.figure.kind != "date":
            by_document.setdefault(known.figure.document_id, []).append(known)
    for document_id, members in by_document.items():
        members = sorted(members[:MOST_OPERANDS], key=lambda k: k.figure.start)
        for operands, shown in _results(figure, wanted, members):
            why = f"From {shelf.label(document_id)}: {shown}."
            return _made(figure, "derived", why, tuple(_span(known.figure) for known in operands))
    return None


def _results(figure: Figure, wanted: Decimal, members: list[Known]) -> Iterator[tuple[tuple[Known, ...], str]]:
    values = [decimal_of(known.figure.low) or Decimal(0) for known in members]
    for i, left in enumerate(members):
        for j in range(i + 1, len(members)):
            right = members[j]
            a, b = values[i], values[j]
            related = left.figure.kind == right.figure.kind and left.figure.unit == right.figure.unit
            near = left.sentence == right.sentence or same_thing(left.figure) == same_thing(right.figure)
            if not related or not near or a == 0 or b == 0:
                continue
            alike = left.figure.kind == figure.kind and left.figure.unit == figure.unit
            if alike and a + b == wanted:
                yield (left, right), f"{a:f} + {b:f} = {wanted:f}"
            elif alike and abs(a - b) == wanted and same_thing(left.figure) == same_thing(right.figure):
                yield (left, right), f"{max(a, b):f} − {min(a, b):f} = {wanted:f}"
            elif not alike and figure.kind in ("percent", "change", "ratio"):
                shown = _quotient(figure, wanted, a, b)
                if shown:
                    yield (left, right), shown
            for k in range(j + 1, len(members)):
                third = members[k]
                if alike and third.sentence == left.sentence == right.sentence and a + b + values[k] == wanted:
                    yield (left, right, third), f"{a:f} + {b:f} + {values[k]:f} = {wanted:f}"


def _quotient(figure: Figure, wanted: Decimal, a: Decimal, b: Decimal) -> str:
    """How the quotient or change of two numbers makes a percentage or ratio; a full point of rounding is allowed."""
    slack = Decimal("0.5") if wanted == wanted.to_integral_value() else Decimal("0.05")
    slack = max(slack, abs(wanted) / 20) if figure.modifier in ("about", "almost") else slack
    for x, y in ((a, b), (b, a)):
        if figure.kind in ("percent", "change"):
            if abs(abs(y - x) / x * 100 - abs(wanted)) <= slack:
                return f"from {x:f} to {y:f} is {(y - x) / x * 100:.1f} percent"
            if x < y and abs(x / y * 100 - wanted) <= slack:
                return f"{x:f} of {y:f} is {x / y * 100:.1f} percent"
        elif abs(y / x - wanted) <= Decimal("0.05") * wanted:
            return f"{y:f} is {y / x:.2f} times {x:f}"
    return ""


# ------------------------------------------------------------------------------------------------------------------- dates


def _date(figure: Figure, text: str, shelf: Shelf) -> Verdict:
    """A date against the dates of the sentences that tell the same."""
    start, end = sentence_around(text, figure.start, figure.end)
    own = stems(f"{text[start : figure.start]} {text[figure.end : end]}")
    said = frozenset(_date_keys(text[figure.start : figure.end]))
    best: tuple[float, Figure] | None = None
    for match in shelf.related(text[start:end]):
        document = shelf.document(match.document_id)
        low, high = sentence_around(document.text, match.start, max(match.end, match.start + 1))
        share = len(own & stems(document.text[low:high])) / max(1, len(own))
        if share < MIN_CONTEXT:
            continue
        for other in shelf.figures(match.document_id):
            if other.kind != "date" or not low <= other.start < high:
                continue
            if _may_be_same_day(figure, other, said, frozenset(_date_keys(document.text[other.start : other.end]))):
                return _made(figure, "same", f"{shelf.label(match.document_id)} gives the same date.", (_span(other),))
            if best is None or share > best[0]:
                best = (share, other)
    for document_id in dict.fromkeys(match.document_id for match in shelf.related(text[:MOST_DRAFT_CHARS])[:MOST_BEHIND_DRAFT]):
        for other in shelf.figures(document_id):
            if other.kind == "date" and figure.low and (figure.low, figure.high) == (other.low, other.high):
                why = f"{shelf.label(document_id)} gives the same date, in other words than the draft."
                return _made(figure, "same", why, (_span(other),))
    if best is not None and best[0] >= STRONG_CONTEXT:
        why = f"{shelf.label(best[1].document_id)} gives “{_words(best[1], shelf)}” for it."
        return _made(figure, "altered", why, (_span(best[1]),))
    return _made(figure, "not-in-corpus", "No document of the corpus gives a date for this in words like these.", ())


def _date_keys(words: str) -> list[str]:
    return [key.lstrip("0") or "0" for key in keys_of(words)]


def _may_be_same_day(left: Figure, right: Figure, said: frozenset[str], other: frozenset[str]) -> bool:
    """By their moments where both have them, else one holds all that the other says."""
    a, b = (left.as_of_earliest, left.as_of_latest), (right.as_of_earliest, right.as_of_latest)
    if a[0] is not None and a[1] is not None and b[0] is not None and b[1] is not None:
        return a[0] <= b[1] and b[0] <= a[1]
    if left.low and right.low and (left.low, left.high) == (right.low, right.high):
        return True
    return bool(said) and (said <= other or other <= said)
