"""What alignments tell about each other: the fast loops agree with slow obvious ones, and passages are found that no pair shows alone."""

import itertools
import statistics

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.matching import align_kernels, complete_kernels, completing, kin_kernels, reuse, run_kernels
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.words import word_arrays

from .test_reuse import STORY, noise

STRETCH = st.tuples(st.integers(0, 20), st.integers(4, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
ROW = st.tuples(st.integers(0, 4), st.integers(0, 4), STRETCH, STRETCH).filter(lambda row: row[0] < row[1])
ROWS = st.lists(ROW, max_size=12, unique=True)


def percent(one, other, of):
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, 100 * shared // of(one[1] - one[0], other[1] - other[0]))


def array(rows):
    return completing.in_order(
        np.array([(left, right, *one, *other, 30, 10, 0) for left, right, one, other in rows], np.int64).reshape(-1, 9)
    )


def sides_of(rows):
    """(document, stretch, other document, other stretch) of both sides, sorted."""
    return sorted([(row[0], row[2], row[1], row[3]) for row in rows] + [(row[1], row[3], row[0], row[2]) for row in rows])


def as_array(sides):
    return np.array([(d, *one, other, *place) for d, one, other, place in sides], np.int64).reshape(-1, 6)


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_a_side_is_supported_by_strong_alignments_with_other_documents(rows, chooser):
    sides = sides_of(rows)
    weak = [chooser.random() < 0.5 for _ in sides]
    expected = [
        sum(
            b[0] == a[0] and b[2] != a[2] and not w and percent(a[1], b[1], max) >= kin_kernels.SUPPORT_SHARE
            for b, w in zip(sides, weak, strict=True)
        )
        for a in sides
    ]
    table = np.column_stack([as_array(sides)[:, :4], np.array(weak, np.int64)])
    assert kin_kernels.supporters(table).tolist() == expected


def is_one_passage(one, other):
    of_longer, of_shorter = percent(one, other, max), percent(one, other, min)
    return of_longer >= kin_kernels.SHARE_OF_LONGER or (
        of_shorter >= kin_kernels.SHARE_OF_SHORTER and of_longer >= kin_kernels.LEAST_OF_LONGER
    )


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_agreed_ends_are_medians(rows):
    sides = sides_of(rows)
    expected = []
    for a in sides:
        same = [b[1] for b in sides if b[0] == a[0] and is_one_passage(a[1], b[1])]
        starts, ends = ([one[end] for one in same] for end in (0, 1))
        expected.append([statistics.median_low(starts), statistics.median_high(ends), len(same)])
    assert kin_kernels.agreed_ends(as_array(sides)).tolist() == expected


def slow_proposals(rows):
    """Where partners of one place have what it shares, for pairs of them that no row aligns there, if most pairs around it match."""
    sides = sides_of(rows)
    tried, found = [], []
    for (i, a), (j, b) in itertools.combinations(enumerate(sides), 2):
        if a[0] != b[0] or a[2] == b[2] or percent(a[1], b[1], min) < kin_kernels.PROJECTED_SHARE:
            continue
        if a[2] > b[2]:
            a, b = b, a
        low, high = max(a[1][0], b[1][0]), min(a[1][1], b[1][1])
        one, other = ((max(side[3][0], side[3][0] + low - side[1][0]), min(side[3][1], side[3][1] + high - side[1][1])) for side in (a, b))
        if min(one[1] - one[0], other[1] - other[0]) < kin_kernels.LEAST_WORDS:
            continue
        is_known = any(
            (row[0], row[1]) == (a[2], b[2])
            and row[2][0] < one[1] and one[0] < row[2][1] and row[3][0] < other[1] and other[0] < row[3][1]
            for row in rows
        )  # fmt: skip
        tried.append((i, is_known))
        if not is_known:
            found.append((i, j, (a[2], b[2], *one, *other)))

    def crowd(number):
        place = sides[number]
        around = {
            i for i, side in enumerate(sides)
            if side[0] == place[0] and percent(side[1], place[1], min) >= kin_kernels.PROJECTED_SHARE
        }  # fmt: skip
        known = [is_known for i, is_known in tried if i in around]
        return len(around), 100 * sum(known) // max(1, len(known))

    expected = []
    for i, j, proposal in found:
        size, knit = map(max, crowd(i), crowd(j))
        if size < kin_kernels.SMALL_CROWD or knit >= kin_kernels.CLOSE_KNIT:
            expected.append((*proposal, size))
    return sorted(expected)


def proposals(rows, n_documents=5):
    known = array(rows)
    nowhere, nothing = np.full(n_documents, -1, np.int64), np.zeros((n_documents, 2), np.int64)
    firsts = np.searchsorted(known[:, 0], np.arange(n_documents + 1))
    found = kin_kernels.propose(as_array(sides_of(rows)), completing.pair_keys(known), firsts, known, nowhere, nothing)
    return sorted(map(tuple, found.tolist()))


@given(ROWS | st.lists(ROW.map(lambda row: (0, *row[1:])), min_size=13, max_size=18, unique=True))
@settings(max_examples=300, deadline=None)
def test_what_two_documents_share_with_a_third_is_proposed(rows):
    assert proposals(rows) == slow_proposals(rows)


def test_of_many_that_share_a_form_and_nothing_else_no_pair_is_proposed():
    stretch, members = (0, 20), range(1, 14)
    form = [(0, member, stretch, stretch) for member in members]
    copies = form + [(one, other, stretch, stretch) for one, other in itertools.combinations(members, 2) if (one, other) != (3, 7)]
    assert proposals(form[:4], 14)
    assert not proposals(form, 14)
    assert {found[:2] for found in proposals(copies, 14)} == {(3, 7)}


@given(st.lists(st.tuples(STRETCH, STRETCH), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_overlapping_proposals_are_gathered_with_their_medians(stretches):
    rows = sorted((0, 1, *one, *other, 1) for one, other in stretches)
    groups = []
    for row in rows:
        last = groups[-1] if groups else None
        if last and row[2] < max(r[3] for r in last) and row[4] < max(r[5] for r in last) and min(r[4] for r in last) < row[5]:
            last.append(row)
        else:
            groups.append([row])
    expected = [
        [
            0, 1, min(r[2] for r in g), max(r[3] for r in g), min(r[4] for r in g), max(r[5] for r in g),
            *(sorted(r[c] for r in g)[len(g) // 2] for c in (2, 3, 4, 5)),
        ]
        for g in groups
    ]  # fmt: skip
    assert kin_kernels.gathered(np.array(rows, np.int64)).tolist() == expected


def test_in_a_crowd_one_vote_is_not_enough():
    proposal = [0, 1, 0, 10, 0, 10, 2 * kin_kernels.CROWD]
    assert len(kin_kernels.gathered(np.array([proposal] * 2, np.int64))) == 0
    assert len(kin_kernels.gathered(np.array([proposal] * 3, np.int64))) == 1


@given(st.lists(st.integers(0, 30), min_size=45, max_size=60), st.lists(st.integers(0, 30), min_size=45, max_size=60), st.integers(8, 40))
@settings(max_examples=150, deadline=None)
def test_what_stands_around_a_run_is_weighed_as_the_slow_way_does(left, right, needed):
    vocabulary = [f"{first}{second}rrel" for first in "bcdfg" for second in "aeiouy"] + ["of"]
    texts = [" ".join(vocabulary[i] for i in document) for document in (left, right)]
    words = word_arrays(texts)
    n, a, b, length = len(left), 20, 20, 4
    mask = np.empty(run_kernels.MASK_SIZE, np.uint64)
    points = 0
    for at in [*range(a - 1, a - 1 - run_kernels.AROUND, -1), *range(a + length, a + length + run_kernels.AROUND)]:
        if not 0 <= at < len(left):
            continue
        near = range(max(0, at + b - a - run_kernels.ASIDE), min(len(right), at + b - a + run_kernels.ASIDE + 1))
        if any(right[j] == left[at] for j in near):
            points += 1 if vocabulary[left[at]] == "of" else 2
    expected = points >= needed - run_kernels.AROUND_LACK - 7
    assert run_kernels.is_promising(
        words.hashes, words.signatures, a, n + b, length, 7, 0, n, n, n + len(right), needed, mask
    ) == expected  # fmt: skip


def kin_row(points, place, vouched):
    return np.array([(0, 1, *place, points, 5, 0, *vouched)], np.int64)


def completed(texts, row):
    words = word_arrays(texts)
    n = int(words.bounds[1])
    row[:, [4, 5, 11, 12]] += n
    found = complete_kernels.completed(row, words.hashes, words.signatures, words.bounds)
    found[:, 4:6] -= n
    return found.tolist()


def test_a_known_alignment_is_widened_and_what_is_added_is_counted():
    left, right = "a birch elm and ferns under the hazel by juniper", "old birch fir and ferns under the hazel by night"
    assert completed([left, right], kin_row(30, (4, 8, 4, 8), (1, 9, 1, 9))) == [[0, 1, 1, 9, 1, 9, 30, 8, 0]]


def test_a_proposal_is_kept_only_if_its_words_say_so():
    left, right = f"{noise(1, 9)} birches and ferns grow wild {noise(2, 9)}", f"{noise(3, 9)} birches with ferns grow wild {noise(4, 9)}"
    place = (9, 14, 9, 14)
    [found] = completed([left, right], kin_row(complete_kernels.PROPOSED, place, place))
    assert found[:6] == [0, 1, *place]
    assert found[7] == 4
    assert completed([left, noise(5, 23)], kin_row(complete_kernels.PROPOSED, place, place)) == []


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=6), st.integers(5, 20))
@settings(max_examples=100, deadline=None)
def test_pieces_of_one_passage_of_a_pair_become_one_row(places, size):
    rows = sorted((a, a + size, 300 + b, 300 + b + size) for a, b in places)
    expected = []
    for row in rows:
        for held in reversed(expected):
            gaps = [max(held[i], row[i]) - min(held[i + 1], row[i + 1]) for i in (0, 2)]
            if max(gaps) <= align_kernels.NEAR:
                held[:] = [min(held[0], row[0]), max(held[1], row[1]), min(held[2], row[2]), max(held[3], row[3])]
                break
        else:
            expected.append(list(row))
    words = word_arrays([noise(1, 300), noise(2, 300)])
    kin = np.array([(0, 1, *row, 30, 5, 0, *row) for row in rows], np.int64)
    found = complete_kernels.completed(kin, words.hashes, words.signatures, words.bounds)
    assert found[:, 2:6].tolist() == expected
    assert all(row[7] <= min(row[3] - row[2], row[5] - row[4]) for row in found.tolist())


def rewritten(words, every, mark, offset=0):
    return " ".join(f"{mark}{i}" if i % every == offset else word for i, word in enumerate(words))


def test_a_chain_of_rewritings_is_joined_over_two_documents():
    words = STORY.split()
    texts = [STORY]
    for step, mark in enumerate(("qq", "ww", "zz")):
        texts.append(rewritten(texts[-1].split(), 7, mark, step))
    found = {(one.left_id, one.right_id) for one in reuse(["a", "b", "c", "d"], texts)}
    assert found == set(itertools.combinations("abcd", 2))
    assert len(words) == len(texts[-1].split())


def test_a_weak_alignment_counts_where_another_covers_the_same_stretch():
    words = STORY.split()[:16]
    weak = " ".join(words[:5] + ["xxxx"] * 3 + words[8:11] + ["yyyy"] * 5)
    n_others = 40
    others = {f"o{i}": noise(100 + i) for i in range(n_others)}
    texts = {"a": f"{noise(1)} {' '.join(words)} {noise(2)}", "w": f"{noise(3)} {weak} {noise(4)}"}
    alone = reuse([*texts, *others], [*texts.values(), *others.values()])
    assert alone == []
    short = " ".join(words[:11])
    texts["s"] = f"{noise(5)} {short} {noise(6)}"
    pairs = {(one.left_id, one.right_id) for one in reuse([*texts, *others], [*texts.values(), *others.values()])}
    assert ("a", "s") in pairs
    assert ("a", "w") in pairs


def test_an_alignment_that_stops_short_goes_on_to_where_the_other_witnesses_end():
    words = STORY.split()
    broken = " ".join([*words[:-12], *(f"v{i}" for i in range(8)), *words[-4:]])
    texts = {"a": STORY, "b": STORY, "c": STORY, "d": f"{broken} {noise(9)}"}
    for one in reuse(list(texts), list(texts.values())):
        if one.right_id == "d":
            assert texts["d"][one.right_start : one.right_end].split()[-4:] == words[-4:]


def test_the_rows_do_not_depend_on_how_many_ranges_there_are(monkeypatch):
    texts = [f"{noise(i)} {rewritten(STORY.split(), 7, 'k', i % 7)} {noise(i + 50)}" for i in range(14)]
    ids = [f"d{i:02}" for i in range(len(texts))]
    expected = reuse(ids, texts)
    assert len(expected) == 14 * 13 // 2
    for n_ranges in (3, 100):
        monkeypatch.setattr(completing, "MOST_RANGES", n_ranges)
        monkeypatch.setattr(completing, "ROWS_PER_RANGE", 1)
        assert reuse(ids, texts) == expected


def test_points_needed_grow_with_the_corpus():
    needed = [ReuseSettings().needed_points(2**n) for n in range(4, 20)]
    assert needed == sorted(needed)
    assert len(set(needed)) == len(needed)
