"""Which of the stretches that a cue may govern it does govern, if any: a log-linear choice among them and "nothing"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from firstsaid.parsing.clauses.attributing import Learned, governor_of, is_word_of_saying, key_of
from firstsaid.parsing.clauses.network import network_scores
from firstsaid.parsing.clauses.options import Option, Pieces, options_of
from firstsaid.parsing.clauses.traits import cue_traits, option_traits, stem_of
from firstsaid.parsing.clauses.trees import NO_PAIR, Tree
from firstsaid.parsing.statements import Statement
from firstsaid.parsing.structure import Page

SAME = 0.8
"""Share of words that two stretches have in common from which on they count as the same one: the measure that annotators are held to."""
MIN_BASE = -2.75
"""A cue whose own traits weigh less is not looked at: half of all; on articles held out, 1.5 of 100 that govern something are lost."""
_MAX_RIVALS = 8  # likeliest stretches that pool their chances; the ninth never had one


@dataclass(frozen=True, slots=True)
class Candidate:
    """One stretch that a cue may govern.

    `words`: the code points where its words start, over the whole page. `option`: its place in the tree, or None where it is the
    statement between marks itself. `direct`: index of the statement between marks that it is or takes in, else None.
    """

    words: frozenset[int]
    option: Option | None
    direct: int | None
    traits: list[str]


@dataclass(frozen=True, slots=True)
class CueInTree:
    """A word that may attribute. `direct`: index of the statement between marks whose cue it is."""

    unit: int
    tree: Tree
    token: int
    direct: int | None
    traits: list[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The stretch that a cue most likely governs. `chance`: of this stretch or one that is nearly it; `any_chance`: of any."""

    cue: CueInTree
    candidate: Candidate
    chance: float
    any_chance: float


def cues_in(page: Page, unit: int, tree: Tree, direct_cues: dict[int, int], strength: dict[str, int]) -> Iterator[CueInTree]:
    """The words of a tree that may attribute, outside marks. `direct_cues`: token -> index of the statement whose cue it is."""
    for token in range(len(tree)):
        direct = direct_cues.get(token)
        if direct is None and (tree.pair[token] != NO_PAIR or not is_word_of_saying(tree, token) or key_of(tree, token) not in strength):
            continue
        traits = cue_traits(tree, token, governor_of(tree, token, strength), page.is_essay, unit)
        yield CueInTree(unit, tree, token, direct, traits)


def candidates_of(cue: CueInTree, direct: list[Statement], direct_words: list[frozenset[int]], page: Page) -> list[Candidate]:
    """Every stretch that the cue may govern; the first one is the statement between marks whose cue it is, where it is one's."""
    tree = cue.tree
    found: list[Candidate] = []
    marked: frozenset[int] = frozenset()
    if cue.direct is not None:
        statement, marked = direct[cue.direct], direct_words[cue.direct]
        found.append(Candidate(marked, None, cue.direct, _direct_traits(cue, statement, marked, page)))
    here = {tree.starts[token] for token in range(len(tree))}
    marked_here, marked_elsewhere = marked & here, marked - here
    for option in options_of(tree, cue.token):
        words = words_of(tree, option.pieces)
        if not words:
            continue
        traits = option_traits(tree, cue.token, option)
        if marked:
            overlap = len(words & marked) / len(words | marked)
            traits += [f"dj:{int(10 * overlap)}", f"djk:{int(5 * overlap)}{option.kind}"]
        found.append(Candidate(words, option, None, traits))
        if marked_here and marked_elsewhere and len(words & marked_here) >= 0.7 * len(marked_here):
            kind = statement.speaker_kind
            further = [*traits, "more", "morek:" + option.kind, "mored:" + kind]
            found.append(Candidate(words | marked_elsewhere, option, cue.direct, further))
    return found


def words_of(tree: Tree, pieces: Pieces) -> frozenset[int]:
    """Where the words of these tokens start."""
    return frozenset(tree.starts[token] for low, high in pieces for token in range(low, high) if tree.is_word(token))


def _direct_traits(cue: CueInTree, statement: Statement, words: frozenset[int], page: Page) -> list[str]:
    tree = cue.tree
    is_longer = any(word < tree.starts[0] or word > tree.starts[-1] for word in words)
    return [
        "k:direct", "kd:" + stem_of(tree.lower[cue.token]), f"kp:{min(4, len(statement.pieces))}", "kdk:" + statement.speaker_kind,
        f"kdc:{statement.confidence // 1000}", f"kdl:{min(5, len(words) // 3)}", f"kde:{page.is_essay}", f"kdout:{is_longer}",
    ]  # fmt: skip


def bases_of(cues: Sequence[CueInTree], known: Learned) -> list[float]:
    """For each cue the sum of the weights of its own traits."""
    places, firsts = _places([cue.traits for cue in cues], known)
    bases: list[float] = np.add.reduceat(known.weights[places], firsts).tolist()
    return bases


def scores_of(
    cues: Sequence[CueInTree], bases: Sequence[float], candidates: Sequence[list[Candidate]], known: Learned
) -> list[list[float]]:
    """The scores of each cue's stretches, of which there is one at least; "nothing" has 0. `bases`: see `bases_of`."""
    rows = known.network.rows
    places, firsts = _places([cue.traits for cue in cues], known)
    of_cues = np.add.reduceat(rows[known.rows[places]], firsts, axis=0)
    places, firsts = _places([candidate.traits for found in candidates for candidate in found], known)
    of_candidates = np.add.reduceat(rows[known.rows[places]], firsts, axis=0)
    scores = np.add.reduceat(known.weights[places], firsts) + network_scores(known.network, cues, candidates, of_cues, of_candidates)
    scores += np.repeat(bases, [len(found) for found in candidates])
    in_order = iter(scores.tolist())
    return [list(islice(in_order, len(found))) for found in candidates]


def _places(lists: Sequence[list[str]], known: Learned) -> tuple[NDArray[np.int64], list[int]]:
    """The places of the traits of all lists, one after the other, and where each list begins."""
    place_of = known.places
    flat = np.array([place_of[trait] for traits in lists for trait in traits])
    return flat, [0, *accumulate(len(traits) for traits in lists[:-1])]


def choose(cue: CueInTree, candidates: list[Candidate], scores: list[float]) -> Choice:
    """The stretch whose like has the best chance."""
    highest = max(0.0, *scores)
    powers = [math.exp(score - highest) for score in scores]
    total = math.exp(-highest) + sum(powers)
    rivals = sorted(range(len(candidates)), key=lambda at: -powers[at])[:_MAX_RIVALS]
    best, chance = rivals[0], -1.0
    for at in rivals:
        words = candidates[at].words
        pooled = sum(
            powers[other] for other in rivals if len(words & candidates[other].words) >= SAME * len(words | candidates[other].words)
        )
        if pooled > chance + 1e-9:
            best, chance = at, pooled
    return Choice(cue, candidates[best], chance / total, sum(powers) / total)
