"""Fitting the ranker of statements: named traits and a network with one hidden layer, together, by gradient descent.

The chance of a stretch is its share in exp(score) among the stretches of its cue and "nothing". Traits by AdaGrad (Duchi, Hazan and
Singer 2011) with a ridge penalty, the network by Adam (Kingma and Ba 2015) with dropout of hidden units; both from the same errors, one
article at a time. The weights kept are means over the last epochs.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numba import njit

from firstsaid.parsing.clauses.network import N_PLACES, Network

GOOD = 0.8  # overlap with the annotated content from which on a stretch counts as right, as in the field's scorer
FAIR = 0.6  # where none is right, the nearest one above this counts half: better than teaching "none"
RIDGE = 0.02  # .02 to .08 give the same F1 on articles held out
STEP = 0.1  # of traits
NETWORK_STEP, DECAY, ROW_DECAY = 0.003, 0.01, 0.05  # of Adam, falling to 0 over the epochs; of its weights, of its rows of traits towards 0
DROPPED = 0.2  # share of hidden units left out of an article
EPOCHS, N_AVERAGED = 4, 2  # of eight, the network fits articles held out worse than no network
N_UNITS, SEEDS = 16, (1, 2, 3)  # the mean of three small networks is surer on articles held out than one large one
EPOCHS_ALONE = 8  # of traits without a network: a fourth voice in that mean, which costs nothing where sentences are read


class Examples(NamedTuple):
    """Cues and their stretches in rows: traits of cue i at cue_ends[i]..cue_ends[i+1], its stretches at ends[i]..., and so on.

    `places`: rows of `vectors` that the network sees of a stretch (see `network.places_of`), -1 for none; `articles`: first cue of each.
    """

    cue_ends: np.ndarray
    cue_traits: np.ndarray
    ends: np.ndarray
    trait_ends: np.ndarray
    traits: np.ndarray
    fits: np.ndarray
    places: np.ndarray
    vectors: np.ndarray
    articles: np.ndarray


def targets_of(fits, ends):
    """What each stretch's chance should be, up to a factor per cue; all zero means "none"."""
    wanted = np.zeros_like(fits)
    for low, high in pairwise(ends):
        best = fits[low:high].max()
        if best >= GOOD:
            wanted[low:high] = np.where(fits[low:high] >= max(GOOD, best - 0.1), (fits[low:high] / best) ** 8, 0)
        elif best >= FAIR:
            wanted[low:high] = np.where(fits[low:high] == best, 0.5, 0)
    return wanted


def fitted(examples, is_kept, row_of, n_rows):
    """(weights of traits, tokens, rows, bias, out of `Network`): the mean score of a network for each seed and of traits alone."""
    wanted = targets_of(examples.fits, examples.ends)
    runs = [_fitted_once(examples, wanted, is_kept, row_of, n_rows, seed) for seed in SEEDS]
    n_voices = len(runs) + 1
    weights = (sum(run[0] for run in runs) + _fitted_alone(examples, wanted, is_kept)) / n_voices
    blocks = [run[1].reshape(len(run[1]), N_PLACES + 1, N_UNITS) for run in runs]
    tokens = np.concatenate(blocks, axis=2).reshape(len(blocks[0]), -1)
    rows, bias, out = (np.concatenate([run[at] for run in runs], axis=-1) for at in (2, 3, 4))
    return weights, Network(*(part.astype(np.float32) for part in (tokens, rows, bias, out / n_voices)))


def _fitted_alone(examples, wanted, is_kept):
    """Weights of traits without a network beside them."""
    random, n_cues = np.random.default_rng(1), len(examples.ends) - 1
    weights, squares = np.zeros(len(is_kept)), np.ones(len(is_kept))
    lists = (examples.cue_ends, examples.cue_traits, examples.ends, examples.trait_ends, examples.traits)
    for _ in range(EPOCHS_ALONE):
        for cue in random.permutation(n_cues):
            errors = np.zeros(examples.ends[cue + 1] - examples.ends[cue])
            errors_of(cue, cue + 1, *lists, wanted, is_kept, weights, squares, errors)
    return weights


def _fitted_once(examples, wanted, is_kept, row_of, n_rows, seed):
    random = np.random.default_rng(seed)
    width = examples.vectors.shape[1]
    weights, squares = np.zeros(len(is_kept)), np.ones(len(is_kept))
    scale = 1 / np.sqrt(width * (N_PLACES + 1)) / examples.vectors.std(dtype=np.float32)
    tokens = (random.standard_normal((width, (N_PLACES + 1) * N_UNITS)) * scale).astype(np.float32)
    parts = [tokens, np.zeros((n_rows, N_UNITS)), np.zeros(N_UNITS), random.standard_normal(N_UNITS) * 0.1]
    parts = [part.astype(np.float32) for part in parts]
    adam, means = Adam(parts), [np.zeros(len(weights)), *(np.zeros(part.shape) for part in parts)]
    for epoch in range(EPOCHS):
        for article in random.permutation(len(examples.articles) - 1):
            kept = (random.random(N_UNITS) >= DROPPED) / (1 - DROPPED)
            first, end = examples.articles[article], examples.articles[article + 1]
            if examples.ends[first] < examples.ends[end]:
                slopes = _slopes(examples, wanted, is_kept, row_of, weights, squares, parts, kept.astype(np.float32), first, end)
                adam.step(parts, [slope / (end - first) for slope in slopes], NETWORK_STEP * (1 - epoch / EPOCHS))
        if epoch >= EPOCHS - N_AVERAGED:
            for mean, part in zip(means, [weights, *parts], strict=True):
                mean += part / N_AVERAGED
    return means


class Adam:
    """Steps by the running mean and square of the slopes."""

    def __init__(self, parts):
        self.means, self.squares, self.n_steps = [np.zeros_like(part) for part in parts], [np.zeros_like(part) for part in parts], 0

    def step(self, parts, slopes, size):
        self.n_steps += 1
        decays = (DECAY, ROW_DECAY, DECAY, DECAY)
        for part, slope, mean, square, decay in zip(parts, slopes, self.means, self.squares, decays, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            ahead = mean / (1 - 0.9**self.n_steps) / (np.sqrt(square / (1 - 0.999**self.n_steps)) + 1e-8)
            part -= (size * (ahead + decay * part)).astype(np.float32)


def _slopes(examples, wanted, is_kept, row_of, weights, squares, parts, kept, first, end):
    """Slopes of the network's parts over the cues first..end of an article; the weights of traits are moved here."""
    tokens, rows, bias, out = parts
    n_units = len(bias)
    cue_ends, cue_traits, ends, trait_ends, traits = examples[:5]
    places = examples.places[ends[first] : ends[end]]
    low, high = places[:, 0].min(), max(places[:, : N_PLACES + 2].max(), places[:, :N_PLACES].max() + 1)
    vectors = examples.vectors[low:high].astype(np.float32)
    added = vectors @ tokens
    sums = np.zeros((len(added) + 1, n_units), np.float32)
    np.cumsum(added[:, N_PLACES * n_units :], axis=0, out=sums[1:])
    units = np.empty((len(places), n_units), np.float32)
    lists = (cue_ends, cue_traits, ends, trait_ends, traits)
    gather(first, end, *lists, row_of, places, low, added, sums, rows, bias, units)
    held = np.maximum(units, 0) * kept
    errors = (held @ out).astype(np.float64)
    errors_of(first, end, *lists, wanted, is_kept, weights, squares, errors)
    short = errors.astype(np.float32)
    on_units = short[:, None] * (out * kept) * (units > 0)
    on_added, on_sums, on_rows = np.zeros_like(added), np.zeros_like(sums), np.zeros_like(rows)
    scatter(first, end, *lists, row_of, places, low, on_units, on_added, on_sums, on_rows)
    on_added[:, N_PLACES * n_units :] = np.cumsum(on_sums[::-1], axis=0)[::-1][1:]
    return vectors.T @ on_added, on_rows, on_units.sum(axis=0), held.T @ short


@njit(cache=False)
def gather(first, end, cue_ends, cue_traits, ends, trait_ends, traits, row_of, places, low, added, sums, rows, bias, units):
    n_units = len(bias)
    for cue in range(first, end):
        base = bias.copy()
        for at in range(cue_ends[cue], cue_ends[cue + 1]):
            if row_of[cue_traits[at]] >= 0:
                base += rows[row_of[cue_traits[at]]]
        for stretch in range(ends[cue], ends[cue + 1]):
            i = stretch - ends[first]
            units[i] = base
            for at in range(trait_ends[stretch], trait_ends[stretch + 1]):
                if row_of[traits[at]] >= 0:
                    for unit in range(n_units):
                        units[i, unit] += rows[row_of[traits[at]], unit]
            for place in range(N_PLACES):
                if places[i, place] >= 0:
                    for unit in range(n_units):
                        units[i, unit] += added[places[i, place] - low, place * n_units + unit]
            if places[i, N_PLACES] >= 0:
                start, stop = places[i, N_PLACES] - low, places[i, N_PLACES + 1] - low
                for unit in range(n_units):
                    units[i, unit] += (sums[stop, unit] - sums[start, unit]) / (stop - start)


@njit(cache=False)
def scatter(first, end, cue_ends, cue_traits, ends, trait_ends, traits, row_of, places, low, on_units, on_added, on_sums, on_rows):
    n_units = on_units.shape[1]
    for cue in range(first, end):
        of_cue = np.zeros(n_units, np.float32)
        for stretch in range(ends[cue], ends[cue + 1]):
            i = stretch - ends[first]
            slope = on_units[i]
            of_cue += slope
            for at in range(trait_ends[stretch], trait_ends[stretch + 1]):
                if row_of[traits[at]] >= 0:
                    for unit in range(n_units):
                        on_rows[row_of[traits[at]], unit] += slope[unit]
            for place in range(N_PLACES):
                if places[i, place] >= 0:
                    for unit in range(n_units):
                        on_added[places[i, place] - low, place * n_units + unit] += slope[unit]
            if places[i, N_PLACES] >= 0:
                start, stop = places[i, N_PLACES] - low, places[i, N_PLACES + 1] - low
                for unit in range(n_units):
                    on_sums[stop, unit] += slope[unit] / (stop - start)
                    on_sums[start, unit] -= slope[unit] / (stop - start)
        for at in range(cue_ends[cue], cue_ends[cue + 1]):
            if row_of[cue_traits[at]] >= 0:
                on_rows[row_of[cue_traits[at]]] += of_cue


@njit(cache=False)
def errors_of(first, end, cue_ends, cue_traits, ends, trait_ends, traits, wanted, is_kept, weights, squares, errors):
    """Puts chance minus wanted chance in the place of the network's scores, and moves the weights of traits."""
    origin = ends[first]
    for cue in range(first, end):
        low, n = ends[cue], ends[cue + 1] - ends[cue]
        out = errors[low - origin : low - origin + n]
        base = 0.0
        for at in range(cue_ends[cue], cue_ends[cue + 1]):
            base += weights[cue_traits[at]]
        highest = 0.0
        for i in range(n):
            out[i] += base
            for at in range(trait_ends[low + i], trait_ends[low + i + 1]):
                out[i] += weights[traits[at]]
            highest = max(highest, out[i])
        total = np.exp(-highest)
        for i in range(n):
            out[i] = np.exp(out[i] - highest)
            total += out[i]
        held = 0.0
        for i in range(n):
            out[i] /= total
            held += wanted[low + i] * out[i]
        of_cue = 0.0
        for i in range(n):
            out[i] -= wanted[low + i] * out[i] / held if held > 0 else 0.0
            of_cue += out[i]
            if abs(out[i]) > 1e-4:
                move(trait_ends[low + i], trait_ends[low + i + 1], traits, out[i], is_kept, weights, squares)
        if abs(of_cue) > 1e-4:
            move(cue_ends[cue], cue_ends[cue + 1], cue_traits, of_cue, is_kept, weights, squares)


@njit(cache=False)
def move(low, high, traits, error, is_kept, weights, squares):
    for at in range(low, high):
        trait = traits[at]
        if is_kept[trait]:
            slope = error + RIDGE * weights[trait]
            squares[trait] += slope * slope
            weights[trait] -= STEP / np.sqrt(squares[trait]) * slope
