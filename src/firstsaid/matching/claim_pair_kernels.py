"""Compiled loops that set claims of one corpus against each other: which pairs are worth a look, and what the two share.

Claims stand in the order of their documents' dates; a pair is (later, earlier). Imported lazily.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from firstsaid.matching.claim_kernels import F32, F64, I64, count_common, dot, keep_best, weigh_common
from firstsaid.matching.compiled import compiled

Bools = npt.NDArray[np.bool_]
U8 = npt.NDArray[np.uint8]

DENIAL, DIRECTION, NAME, DATE, FIGURE, ORDER, WORD = 1, 2, 4, 8, 16, 32, 64
MOST_REPLACED = 2
"""Words that may stand in place of each other for the rest to be "all the same but for one word": two characters are a word in Chinese."""
LEAST_AROUND = 2
"""Words that must be the same around it."""
"""Bits of what sets two claims apart."""


@compiled
def pair_by_words(
    words: I64,
    bounds: I64,
    starts: I64,
    posted: I64,
    rarity: F64,
    weights: F64,
    owners: I64,
    least: float,
    first: int,
    last: int,
    earlier: I64,
) -> None:
    """For each claim the earlier ones of other documents that share most by weight of their rarer words.

    `starts`, `posted`: postings of each term, empty for common ones. At least two words, and `least` of the weight of the lighter of the
    two. `earlier`: claims x how many are kept, filled with -1.
    """
    n_claims = len(owners)
    shared = np.zeros(n_claims, np.float64)
    counts = np.zeros(n_claims, np.int32)
    touched = np.empty(n_claims, np.int64)
    values = np.empty(earlier.shape[1], np.float64)
    for claim in range(first, last):
        n_touched = 0
        for at in range(bounds[claim], bounds[claim + 1]):
            term = words[at]
            for posting in range(starts[term], starts[term + 1]):
                other = posted[posting]
                if other >= claim:
                    break
                if counts[other] == 0:
                    touched[n_touched] = other
                    n_touched += 1
                counts[other] += 1
                shared[other] += rarity[term]
        n_kept = 0
        for at in range(n_touched):
            other = touched[at]
            lighter = min(weights[claim], weights[other])
            if owners[other] != owners[claim] and counts[other] >= 2 and shared[other] >= least * lighter:
                n_kept = keep_best(np.rint(shared[other] * 1e6), other, values, earlier[claim], n_kept)
            counts[other] = 0
            shared[other] = 0.0


@compiled
def pair_by_vector(cosines: F32, first: int, owners: I64, least: float, earlier: I64) -> None:
    """The same by vector: row `i` of `cosines` is claim `first + i` against all claims before the block's end."""
    values = np.empty(earlier.shape[1], np.float64)
    for row in range(len(cosines)):
        claim = first + row
        n_kept = 0
        floor = np.float32(least)
        for other in range(claim):
            if cosines[row, other] >= floor and owners[other] != owners[claim]:
                n_kept = keep_best(np.rint(np.float64(cosines[row, other]) * 1e6), other, values, earlier[claim], n_kept)
                if n_kept == earlier.shape[1]:
                    floor = np.float32(max(least, values.min() / 1e6 - 2e-6))


@compiled
def compare_pairs(
    lefts: I64,
    rights: I64,
    vectors: F32,
    words: I64,
    word_bounds: I64,
    names: I64,
    name_bounds: I64,
    figures: I64,
    figure_bounds: I64,
    pieces: I64,
    piece_bounds: I64,
    rarity: F64,
    piece_rarity: F32,
    unit: F32,
    weights: F64,
    least: float,
    first: int,
    last: int,
    table: F64,
) -> None:
    """Fill in the features of pairs `first` to `last`, in the order of `claim_pairs.PAIR_FEATURES`; each is the same both ways round.

    Word pieces, which cost nearly all the time, are left at 0 where a pair would not weigh `least` even if all of them met.
    """
    left_mean = np.empty(vectors.shape[1], np.float32)
    right_mean = np.empty(vectors.shape[1], np.float32)
    for pair in range(first, last):
        a, b = lefts[pair], rights[pair]
        fill_mean(pieces, piece_bounds[a], piece_bounds[a + 1], vectors, left_mean)
        fill_mean(pieces, piece_bounds[b], piece_bounds[b + 1], vectors, right_mean)
        a0, a1, b0, b1 = word_bounds[a], word_bounds[a + 1], word_bounds[b], word_bounds[b + 1]
        common, right_all = weigh_common(words, a0, a1, words, b0, b1, rarity)
        _, left_all = weigh_common(words, b0, b1, words, a0, a1, rarity)
        one, other = common / max(left_all, 1e-6), common / max(right_all, 1e-6)
        table[pair, 0] = np.rint(np.float64(dot(left_mean, right_mean)) * 1e6) / 1e6
        table[pair, 1] = min(one, other)
        table[pair, 2] = max(one, other)
        n0, n1, m0, m1 = name_bounds[a], name_bounds[a + 1], name_bounds[b], name_bounds[b + 1]
        here, all_here = weigh_common(words, b0, b1, names, n0, n1, rarity)
        there, all_there = weigh_common(words, a0, a1, names, m0, m1, rarity)
        # Where neither, or one only, has a name there is nothing to hold against them: the middle.
        table[pair, 5] = (here + there) / (all_here + all_there) if n1 > n0 and m1 > m0 else 0.5
        f0, f1, g0, g1 = figure_bounds[a], figure_bounds[a + 1], figure_bounds[b], figure_bounds[b + 1]
        shared = count_common(figures, f0, f1, figures, g0, g1)
        table[pair, 6] = shared / min(f1 - f0, g1 - g0) if f1 > f0 and g1 > g0 else 0.5
        most = weights[3] + weights[4]
        for column in (0, 1, 2, 5, 6):
            most += weights[column] * table[pair, column]
        if most >= least:
            one, other = share_met(pieces, piece_bounds[a], piece_bounds[a + 1], piece_bounds[b], piece_bounds[b + 1], piece_rarity, unit)
            table[pair, 3] = min(one, other)
            table[pair, 4] = max(one, other)


@compiled
def fill_mean(pieces: I64, first: int, last: int, vectors: F32, mean: F32) -> None:
    """The mean vector of some word pieces, scaled to length 1; zeros where there are none."""
    mean[:] = 0
    for at in range(first, last):
        mean += vectors[pieces[at]]
    length = np.sqrt(dot(mean, mean))
    if length > 0:
        mean /= length


@compiled
def share_met(pieces: I64, a0: int, a1: int, b0: int, b1: int, rarity: F32, unit: F32) -> tuple[float, float]:
    """How well each word piece of one text is met by the most alike piece of the other, averaged by rarity, both ways."""
    if a0 == a1 or b0 == b1:
        return 0.0, 0.0
    best = np.full(b1 - b0, np.float32(-2))
    met = 0.0
    weight = 0.0
    for here in range(a0, a1):
        nearest = np.float32(-2)
        for there in range(b0, b1):
            alike = np.float32(1) if pieces[here] == pieces[there] else dot(unit[pieces[here]], unit[pieces[there]])
            nearest = max(nearest, alike)
            best[there - b0] = max(best[there - b0], alike)
        met += rarity[pieces[here]] * nearest
        weight += rarity[pieces[here]]
    met_there = 0.0
    weight_there = 0.0
    for there in range(b0, b1):
        met_there += rarity[pieces[there]] * best[there - b0]
        weight_there += rarity[pieces[there]]
    return np.rint(met / max(weight, 1e-6) * 1e6) / 1e6, np.rint(met_there / max(weight_there, 1e-6) * 1e6) / 1e6


@compiled
def set_apart(
    lefts: I64,
    rights: I64,
    negated: Bools,
    words: I64,
    word_bounds: I64,
    names: I64,
    name_bounds: I64,
    dates: I64,
    date_bounds: I64,
    figures: I64,
    figure_bounds: I64,
    directions: I64,
    direction_bounds: I64,
    sequence: I64,
    sequence_bounds: I64,
    marks: U8,
) -> None:
    """Mark what sets the two claims of each pair apart (bits).

    Names: each has one that stands nowhere in the other. Dates and figures: both have some, and none in common. Where nothing of these sets
    them apart, one word may, or the order.
    """
    for pair in range(len(lefts)):
        a, b = lefts[pair], rights[pair]
        mark = DENIAL if negated[a] != negated[b] else 0
        if turned(directions, direction_bounds[a], direction_bounds[a + 1], direction_bounds[b], direction_bounds[b + 1]):
            mark |= DIRECTION
        n0, n1, m0, m1 = name_bounds[a], name_bounds[a + 1], name_bounds[b], name_bounds[b + 1]
        here = count_common(words, word_bounds[b], word_bounds[b + 1], names, n0, n1)
        there = count_common(words, word_bounds[a], word_bounds[a + 1], names, m0, m1)
        if here < n1 - n0 and there < m1 - m0:
            mark |= NAME
        d0, d1, e0, e1 = date_bounds[a], date_bounds[a + 1], date_bounds[b], date_bounds[b + 1]
        if d1 > d0 and e1 > e0 and count_common(dates, d0, d1, dates, e0, e1) == 0:
            mark |= DATE
        f0, f1, g0, g1 = figure_bounds[a], figure_bounds[a + 1], figure_bounds[b], figure_bounds[b + 1]
        if f1 > f0 and g1 > g0 and count_common(figures, f0, f1, figures, g0, g1) == 0:
            mark |= FIGURE
        s0, s1, t0, t1 = sequence_bounds[a], sequence_bounds[a + 1], sequence_bounds[b], sequence_bounds[b + 1]
        if mark == 0 and is_replaced(sequence, s0, s1, t0, t1):
            mark |= WORD
        if mark & WORD == 0 and is_rearranged(sequence, s0, s1, t0, t1):
            mark |= ORDER
        marks[pair] = mark


@compiled
def is_replaced(sequence: I64, a0: int, a1: int, b0: int, b1: int) -> bool:
    """Whether the two are the same but for one stretch of a word or two that stand in place of each other."""
    shorter = min(a1 - a0, b1 - b0)
    before = 0
    while before < shorter and sequence[a0 + before] == sequence[b0 + before]:
        before += 1
    after = 0
    while after < shorter - before and sequence[a1 - 1 - after] == sequence[b1 - 1 - after]:
        after += 1
    here, there = a1 - a0 - before - after, b1 - b0 - before - after
    return before + after >= LEAST_AROUND and 1 <= here <= MOST_REPLACED and 1 <= there <= MOST_REPLACED


@compiled
def is_rearranged(sequence: I64, a0: int, a1: int, b0: int, b1: int) -> bool:
    """Whether the two hold just the same words in another order, and not only one part before the other ("in May it fell")."""
    n = a1 - a0
    if n != b1 - b0 or n < 3:
        return False
    if (np.sort(sequence[a0:a1]) != np.sort(sequence[b0:b1])).any():
        return False
    for turn in range(n):
        is_turned = True
        for at in range(n):
            if sequence[a0 + at] != sequence[b0 + (at + turn) % n]:
                is_turned = False
                break
        if is_turned:
            return False
    return True


@compiled
def turned(directions: I64, a0: int, a1: int, b0: int, b1: int) -> bool:
    """Whether one has one side of a pair of opposites only, and the other the other side only."""
    for here in range(a0, a1):
        side = directions[here]
        opposite = side ^ 1
        if not holds(directions, a0, a1, opposite) and holds(directions, b0, b1, opposite) and not holds(directions, b0, b1, side):
            return True
    return False


@compiled
def holds(members: I64, first: int, last: int, wanted: int) -> bool:
    """Whether a short stretch holds a number."""
    found = False
    for at in range(first, last):
        found |= members[at] == wanted
    return found
