"""What keeps a sentence that shares a statement's words from saying the same: a "not", a number, a direction, a hedge, a condition.

Closed lists of words, compared clause by clause; no model of meaning. A language or a pair that is missing loses a find and makes no
false one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstsaid.checking.lexicon import DENIALS, NEGATIONS, QUALIFIERS
from firstsaid.checking.senses import ABSOLUTES, HEDGES, OPPOSITES, SURE_TELLINGS, TOTALS
from firstsaid.checking.shelf import stem, stems
from firstsaid.checking.tokens import keys_of, shortened

_CLAUSE = re.compile(r"[,;:()–—]\s|\s(?=(?:but|and|that|while|whereas|although|aber|und|dass|mais|et|que|pero|y|sino)\s)")
_CONDITION = re.compile(
    r"\b(if|unless|provided|providing|as long as|so long as|on condition|subject to|only when|when the|sofern|falls|wenn|es sei denn|"
    r"si|sauf|à condition|pourvu|siempre que|salvo)\b(.*)",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Clash:
    """What differs, as the end of a sentence "nearly this, but ...", and the kind of reading it makes."""

    told: str
    kind: str


def clash(statement: str, sentence: str, before: str, names: frozenset[str] = frozenset()) -> Clash | None:
    """What the sentence of the corpus says otherwise than the statement; None where nothing of the lists does.

    `before`: the draft's words in front of the statement ("she believes that"), which may hold the hedge. `names`: keys that only name
    people.
    """
    ignored = frozenset(map(stem, names))
    pairs = _matched_clauses(statement, sentence, ignored)
    if not pairs:
        return None
    theirs = " ".join(dict.fromkeys(clause for _, clause in pairs))
    negated = (_negation(ours, there, before) for ours, there in pairs)
    return (
        next((one for one in negated if one is not None), None)
        or _opposite(statement, theirs, sentence)
        or _hedge(statement, theirs, before)
        or _condition(statement, sentence, before)
    )


def _matched_clauses(statement: str, sentence: str, ignored: frozenset[str]) -> list[tuple[str, str]]:
    """Each clause of the statement with the clause of the sentence that shares most of its content words, at least half of them."""
    theirs = [(part, stems(part)) for part in _CLAUSE.split(sentence) if part.strip()]
    pairs = []
    for ours in _CLAUSE.split(statement):
        wanted = stems(ours) - ignored
        n_shared, part = max(((len(wanted & held), part) for part, held in theirs), key=lambda one: one[0], default=(0, ""))
        if n_shared and 2 * n_shared >= len(wanted):
            pairs.append((ours, part))
    return pairs


def _n_negations(words: str) -> int:
    keys = keys_of(words)
    n_found = sum(key in NEGATIONS or (len(key) > 4 and key.endswith("nt") and key[:-2] in _AUXILIARIES) for key in keys)
    # "ne ... pas" and "no ... nada" negate once.
    n_found -= (
        sum(key in ("ne", "n") for key in keys) if any(key in ("pas", "jamais", "rien", "aucun", "aucune", "plus") for key in keys) else 0
    )
    return n_found


_AUXILIARIES = (
    "did",
    "do",
    "does",
    "is",
    "was",
    "have",
    "has",
    "had",
    "could",
    "would",
    "should",
    "are",
    "were",
    "wo",
    "ca",
    "must",
    "need",
)


def _negation(ours: str, theirs: str, before: str) -> Clash | None:
    here, there = _n_negations(ours), _n_negations(theirs)
    if here % 2 == there % 2 or here > 1 or there > 1:
        return None
    # "She denied that ...", "... is read, the list observes, by nobody": the draft's "not" stands beside the statement.
    beside = frozenset(keys_of(before))
    if beside & (DENIALS if here else DENIALS | NEGATIONS):
        return None
    return Clash("without the “not”" if here else "with a “not”", "negation")


def _opposite(statement: str, theirs: str, sentence: str) -> Clash | None:
    ours, other, whole = keys_of(statement), keys_of(theirs), frozenset(keys_of(sentence))
    for key in ours:
        for opposite in OPPOSITES.get(key, ()):
            if opposite in other and key not in whole and opposite not in ours:
                return Clash(f"with “{opposite}” for “{key}”", "wording")
    total = next((key for key in ours if key in TOTALS), None)
    if total and not any(key in TOTALS for key in other):
        partial = next(
            (key for key in other if key in ("some", "few", "several", "many", "most", "einige", "manche", "certains", "algunos")), None
        )
        if partial:
            return Clash(f"with “{partial}” for “{total}”", "wording")
    return None


def _hedge(statement: str, theirs: str, before: str) -> Clash | None:
    ours = frozenset(keys_of(f"{before} {statement}"))
    hedges = [key for key in keys_of(theirs) if key in HEDGES]
    if hedges and not ours & HEDGES:
        return Clash(f"only with “{hedges[0]}”", "hedge")
    sure = next((key for key in keys_of(f"{before} {statement}") if key in SURE_TELLINGS), None)
    if hedges and sure:
        return Clash(f"with “{hedges[0]}”, not “{sure}”", "hedge")
    forced = next((key for key in keys_of(statement) if key in ABSOLUTES), None)
    if forced and forced not in keys_of(theirs) and not frozenset(keys_of(theirs)) & ABSOLUTES:
        return Clash(f"without “{forced}”", "hedge")
    return None


def _condition(statement: str, sentence: str, before: str) -> Clash | None:
    found = _CONDITION.search(sentence)
    if found is None or found.start() < 3:
        return None
    wanted, inside = stems(statement), stems(found.group(2)[:120])
    # The condition goes with the clause in front of it: "the pit was 40 metres deep, and they should meet in May if the clay holds".
    clauses = [part for part in _CLAUSE.split(sentence[: found.start()]) if part.strip()]
    ahead = stems(clauses[-1]) if clauses else frozenset()
    if len(wanted & ahead) < min(2, len(ahead)) or wanted & inside or not inside or not ahead:
        return None
    if any(key in QUALIFIERS or key in ("when", "after", "once", "subject") for key in keys_of(statement) + keys_of(before)):
        return None
    return Clash(f"only with the condition “{shortened(found.group(), 60)}”", "cut")


def other_number(statement: str, document: str) -> str:
    """A number in figures that the statement gives and the whole document has not; empty if there is none."""
    return next((number for number in _DIGITS.findall(statement) if number not in document), "")
