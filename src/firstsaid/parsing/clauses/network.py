"""What the parser's own vectors say of a stretch under its cue: a network with one hidden layer, beside the ranker's named traits.

The parser makes 96 numbers of every token and the four on either side of it. Named traits know words that were seen often; these numbers
also know words that stand and behave like them. The hidden units see the tokens at nine places of a cue and a stretch, the mean over
the stretch, and some traits. Several networks from different random starts stand side by side as one: their scores are averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from firstsaid.parsing.clauses.options import Option
from firstsaid.parsing.clauses.token_vectors import product
from firstsaid.parsing.clauses.traits import root_of, subject_of
from firstsaid.parsing.clauses.trees import Tree

if TYPE_CHECKING:
    from firstsaid.parsing.clauses.ranker import Candidate, CueInTree

Floats = NDArray[np.float32]
N_PLACES = 9
"""Tokens looked at: the cue, what it hangs on and what that hangs on, the subject; of the stretch its first token, the one before, its
last, the one after and its root."""
WIDTH = 96  # numbers of a token, as the pinned parser makes them


@dataclass(frozen=True, slots=True)
class Network:
    """`tokens`: (`WIDTH`, (`N_PLACES` + 1) * hidden units), one block a place, the last for the mean; `rows`: what traits add to units."""

    tokens: Floats
    rows: Floats
    bias: Floats
    out: Floats


def places_of(cue: CueInTree, option: Option | None) -> list[int]:
    """The tokens at the `N_PLACES` places, then the first token and the one after the last of the stretch's first piece; -1 for none."""
    tree, token = cue.tree, cue.token
    above = tree.head[token]
    above_that = tree.head[above]
    subject, _ = subject_of(tree, token)
    found = [token, above if above != token else -1, above_that if above_that != above else -1, subject]
    if option is None:
        return found + [-1] * 7
    (first, first_end), end = option.pieces[0], option.pieces[-1][1]
    following = end if end < len(tree) else -1
    return [*found, first, first - 1, end - 1, following, root_of(tree, token, first, end), first, first_end]


def network_scores(
    network: Network, cues: Sequence[CueInTree], candidates: Sequence[Sequence[Candidate]], of_cues: Floats, of_candidates: Floats
) -> Floats:
    """What the network adds to the score of each candidate of each cue, in order.

    `of_cues`, `of_candidates`: what the traits of each cue and of each candidate add to the hidden units, as (cue or candidate, unit).
    """
    added, sums, first_token = _projected(network, [cue.tree for cue in cues])
    owner = np.repeat(np.arange(len(cues)), [len(found) for found in candidates])
    shift = np.array([first_token[id(cue.tree)] for cue in cues])[owner][:, None]
    places = np.array([places_of(cue, item.option) for cue, found in zip(cues, candidates, strict=True) for item in found])
    places = np.where(places >= 0, places + shift, len(added) - 1)
    units = added[places[:, :N_PLACES], np.arange(N_PLACES)].sum(axis=1)
    low, high = places[:, N_PLACES], places[:, N_PLACES + 1]
    units += (sums[high] - sums[low]) / np.maximum(high - low, 1)[:, None]
    units += network.bias + of_cues[owner] + of_candidates
    scores: Floats = np.maximum(units, 0) @ network.out
    return scores


def _projected(network: Network, trees: Sequence[Tree]) -> tuple[Floats, Floats, dict[int, int]]:
    """What each token of the trees adds to the hidden units at each place, as (token, place, unit); running sums of what means add.

    One row of zeros follows the tokens, so that a place without token adds nothing. Third, where each tree's tokens begin, by its `id`.
    """
    distinct = list({id(tree): tree for tree in trees}.values())
    ends = np.cumsum([len(tree) for tree in distinct])
    first_token = {id(tree): int(end) - len(tree) for tree, end in zip(distinct, ends, strict=True)}
    n_tokens, n_hidden = int(ends[-1]), len(network.bias)
    added = np.zeros((n_tokens + 1, N_PLACES + 1, n_hidden), np.float32)
    added[:-1] = product(np.concatenate([tree.vectors for tree in distinct]), network.tokens).reshape(n_tokens, N_PLACES + 1, n_hidden)
    sums = np.zeros((n_tokens + 1, n_hidden))
    np.cumsum(added[:-1, N_PLACES], axis=0, out=sums[1:])
    return added, sums.astype(np.float32), first_token
