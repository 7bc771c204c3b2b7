"""The fast loops agree with slow obvious ones."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.matching import align_kernels, complete_kernels, run_kernels, score_kernels, word_kernels
from firstsaid.matching.aligning import Corpus
from firstsaid.matching.words import word_arrays

WORDS = ["alder", "birch", "hickory", "dogwood", "juniper"]
DOCUMENT = st.lists(st.sampled_from(WORDS), max_size=25)
WIDTH = 3


def first_places(documents):
    """shingle -> [(document, first place)], ascending; shingles of one word repeated do not count."""
    found = {}
    for d, words in enumerate(documents):
        for i in range(len(words) - WIDTH + 1):
            shingle = tuple(words[i : i + WIDTH])
            if len(set(shingle)) > 1:
                found.setdefault(shingle, {}).setdefault(d, i)
    return found


def slow_seeds(documents, cap, ranks):
    expected = set()
    for places in first_places(documents).values():
        hub = min(places, key=lambda d: ranks[d])
        for left, right in itertools.combinations(sorted(places), 2):
            if len(places) <= cap or hub in (left, right):
                expected.add((left, right, places[left], places[right], len(places) > cap))
    return expected


def fast_seeds(documents, cap, ranks, all_of_run):
    words = word_arrays([" ".join(document) for document in documents])
    hashes = word_kernels.shingles(words.hashes, words.bounds, WIDTH)
    places = word_kernels.recurring(hashes, 16)
    hashes = hashes[places]
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    owners = (np.searchsorted(words.bounds, places, side="right") - 1).astype(np.uint32)
    state = np.zeros(len(words), np.uint8)
    corpus = Corpus.of(None, None, len(documents))
    word_kernels.group_states(hashes, places, owners, np.array(ranks, np.int64), cap, state)
    keys, lefts, rights, kinds = word_kernels.seeds(
        hashes, places, owners, words.hashes, state, words.bounds, corpus.captures, corpus.spans, WIDTH, all_of_run
    )
    return words, keys, lefts, rights, kinds


@given(st.lists(DOCUMENT, min_size=1, max_size=6), st.integers(2, 4), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_seeds_are_the_first_places_of_shared_shingles(documents, cap, random):
    ranks = random.sample(range(len(documents)), len(documents))
    words, keys, lefts, rights, kinds = fast_seeds(documents, cap, ranks, True)
    found = {
        (int(k >> np.uint64(32)), int(k & np.uint64(0xFFFFFFFF)), int(a), int(b), bool(kind & word_kernels.HUB_SEED))
        for k, a, b, kind in zip(keys, lefts, rights, kinds, strict=True)
    }
    bounds = words.bounds
    assert {(k, m, a - bounds[k], b - bounds[m], hub) for k, m, a, b, hub in found} == slow_seeds(documents, cap, ranks)


def slow_kinds(documents, places, ranks, cap):
    """(left, right, left place, right place) -> level of the rarest seed of the exact run there, and the run's words."""
    holders = first_places(documents)
    seeds = {seed[:4] for seed in slow_seeds(documents, cap, ranks)}
    expected = {}
    for left, right, a, b in places:
        one, other = documents[left], documents[right]
        start = 0
        while start < min(a, b) and one[a - start - 1] == other[b - start - 1]:
            start += 1
        end = 0
        while a + end < len(one) and b + end < len(other) and one[a + end] == other[b + end]:
            end += 1
        inside = [i for i in range(end) if (left, right, a + i, b + i) in seeds]
        levels = [
            7 if len(holders[shingle]) > cap else (len(holders[shingle]) - 1).bit_length()
            for shingle in (tuple(one[a + i : a + i + WIDTH]) for i in inside)
        ]
        expected[left, right, a, b] = (min(levels), min(start + end, 15))
    return expected


@given(st.lists(DOCUMENT, min_size=2, max_size=6), st.integers(2, 4), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_a_seed_tells_how_rare_and_how_long_its_run_is(documents, cap, random):
    ranks = random.sample(range(len(documents)), len(documents))
    words, keys, lefts, rights, kinds = fast_seeds(documents, cap, ranks, False)
    found = {}
    for key, a, b, kind in zip(keys, lefts, rights, kinds, strict=True):
        left, right = int(key >> np.uint64(32)), int(key & np.uint64(0xFFFFFFFF))
        place = (left, right, int(a - words.bounds[left]), int(b - words.bounds[right]))
        found[place] = (int(kind >> word_kernels.LEVEL) & word_kernels.TOP_LEVEL, int(kind >> word_kernels.LENGTH))
    short = {place: kind for place, kind in slow_kinds(documents, found, ranks, cap).items() if kind[1] < 15}
    assert {place: found[place] for place in short} == short


@given(st.lists(DOCUMENT, min_size=2, max_size=6), st.integers(2, 4), st.sampled_from([5, 14]))
@settings(max_examples=150, deadline=None)
def test_leaving_out_seeds_inside_runs_changes_no_alignment(documents, cap, points):
    ranks = list(range(len(documents)))[::-1]
    results = []
    for all_of_run in (True, False):
        words, keys, lefts, rights, hubs = fast_seeds(documents, cap, ranks, all_of_run)
        order = np.argsort(keys, kind="stable")
        results.append(
            align_kernels.align(
                keys[order], lefts[order], rights[order], hubs[order], words.hashes, words.signatures, words.bounds, 12, points, 0, 3
            )
        )
    assert np.array_equal(*results)


def slow_local(left, right):
    """Points of the best local alignment, by the textbook recurrence."""
    best = 0
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            points = 2 if a == b else -1
            table[i][j] = max(0, table[i - 1][j - 1] + points, table[i - 1][j] - 1, table[i][j - 1] - 1)
            best = max(best, table[i][j])
    return best


def slow_global(left, right):
    table = {(i, 0): -i for i in range(len(left) + 1)} | {(0, j): -j for j in range(len(right) + 1)}
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            table[i, j] = max(table[i - 1, j - 1] + (2 if a == b else -1), table[i - 1, j] - 1, table[i, j - 1] - 1)
    return table[len(left), len(right)]


@given(DOCUMENT, DOCUMENT)
@settings(max_examples=150, deadline=None)
def test_local_and_global_alignment_score_as_the_textbook_says(left, right):
    words = word_arrays([" ".join(left), " ".join(right)])
    n, m = len(left), len(left) + len(right)
    found = np.zeros(6, np.int64)
    complete_kernels.local(words.hashes, words.signatures, 0, n, n, m, found)
    assert found[4] == slow_local(left, right)
    if found[4]:
        a0, a1, b0, b1 = found[:4]
        assert slow_global(left[a0:a1], right[b0 - n : b1 - n]) == found[4]
    filled = score_kernels.fill(words.hashes, words.signatures, 0, n, n, m, np.zeros(200, np.int64))
    if left and right:
        assert filled >> 20 == max(slow_global(left, right), -score_kernels.gap_cost(n, m - n))


@given(st.lists(st.integers(-5, 5), max_size=40))
def test_order_by_is_a_stable_sort(keys):
    order = np.zeros(len(keys), np.int64)
    run_kernels.order_by(np.array(keys, np.int64), len(keys), order)
    assert order.tolist() == sorted(range(len(keys)), key=lambda i: keys[i])


def test_a_misread_word_earns_points_but_is_not_counted_as_equal():
    words = word_arrays(["government governrnent parliament of"])
    points = [score_kernels.worth(words.hashes, words.signatures, 0, i) / score_kernels.EQUALS for i in range(3)]
    assert points[0] > 2 == points[1] > points[2] == -1
    assert score_kernels.worth(words.hashes, words.signatures, 3, 3) // score_kernels.EQUALS == 1


def test_the_band_crosses_an_added_clause():
    left = ["the", "miller", "sold", "his", "two", "grey", "mules", "to", "the", "abbot", "of", "the", "valley"]
    right = [*left[:4], *["as", "he", "later", "told", "the", "court", "at", "length"], *left[4:]]
    words = word_arrays([" ".join(left), " ".join(right)])
    n, m = len(left), len(left) + len(right)
    rows = np.zeros(200, np.int64)
    value, i, j = score_kernels.extend(words.hashes, words.signatures, 0, n, n, m, 1, score_kernels.BAND, 12, rows)
    assert (value & (score_kernels.EQUALS - 1), i, j) == (len(left), len(left), len(right))
