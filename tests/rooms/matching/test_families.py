"""Families: what descends from one passage, and nothing that only resembles its neighbour's neighbour."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from firstsaid.matching import families, reuse
from firstsaid.matching.family_kernels import LEAST_CLOSENESS, LEAST_WORDS_LEFT
from firstsaid.model import Alignment, Passage


def one(left, low, high, right, other_low, other_high, similarity=10_000, n_words=20):
    return Alignment("", left, low, high, right, other_low, other_high, similarity, n_words)


def groups(passages: list[Passage]) -> set[tuple[tuple[str, int, int], ...]]:
    """The families as sets of places."""
    held: dict[str, list[tuple[str, int, int]]] = {}
    for passage in passages:
        held.setdefault(passage.family_id, []).append((passage.document_id, passage.start, passage.end))
    return {tuple(sorted(places)) for places in held.values()}


# ---------------------------------------------------------------------------------------------- the slow obvious form


def shared(low: int, high: int, other_low: int, other_high: int) -> int:
    return max(0, min(high, other_high) - max(low, other_low))


def is_one(low: int, high: int, other_low: int, other_high: int) -> bool:
    both = shared(low, high, other_low, other_high)
    shorter, longer = sorted((high - low, other_high - other_low))
    return both > 0 and (2 * both >= longer or (100 * both >= 85 * shorter and 100 * both >= 30 * longer))


def part(low: int, high: int, other_low: int, other_high: int) -> int:
    return 10_000 * shared(low, high, other_low, other_high) // max(high - low, other_high - other_low)


def slow_families(alignments: list[Alignment]) -> set[frozenset[str]]:
    """Who is in one family, as sets of documents, documents by date being documents by id. Looks at every passage every time."""
    sides = []
    for a in alignments:
        place, other = (a.left_id, a.left_start, a.left_end), (a.right_id, a.right_start, a.right_end)
        later, earlier = max(place, other), min(place, other)
        sides.append((later[0], -a.similarity * a.n_words, later[1:], earlier, a.similarity, a.n_words))
    passages: list[list] = []  # document, low, high, root, closeness
    n_root_words = {}

    def is_close(closeness, root):
        return closeness >= LEAST_CLOSENESS and closeness * n_root_words[root] >= LEAST_WORDS_LEFT * 10_000

    def of(document, low, high):
        fitting = [p for p in passages if p[0] == document and is_one(low, high, p[1], p[2])]
        return max(fitting, key=lambda p: (part(low, high, p[1], p[2]), -passages.index(p)), default=None)

    def add(document, low, high, root, closeness):
        passages.append([document, low, high, root, closeness])
        return passages[-1]

    for later, _, (low, high), (earlier, other_low, other_high), similarity, n_words in sorted(sides):
        mine, other = of(later, low, high), of(earlier, other_low, other_high)
        if mine is None and other is None:
            root = add(earlier, other_low, other_high, len(passages), 10_000)
            n_root_words[root[3]] = n_words * 10_000 // similarity
            add(later, low, high, root[3], similarity)
        elif mine is None:
            close = other[4] * similarity // 10_000 * part(other_low, other_high, other[1], other[2]) // 10_000
            if is_close(close, other[3]):
                add(later, low, high, other[3], close)
        elif other is None:
            close = mine[4] * similarity // 10_000 * part(low, high, mine[1], mine[2]) // 10_000
            if is_close(close, mine[3]):
                add(earlier, other_low, other_high, mine[3], close)
        elif mine[3] == other[3]:
            close = other[4] * similarity // 10_000 * part(other_low, other_high, other[1], other[2]) // 10_000
            mine[4] = max(mine[4], close)
    return {frozenset(p[0] for p in passages if p[3] == root) for root in {p[3] for p in passages}}


PLACES = some.tuples(some.integers(0, 2_000), some.integers(1, 1_500)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@some.composite
def alignments(draw):
    found = {}
    for _ in range(draw(some.integers(0, 40))):
        left, right = sorted(draw(some.lists(some.sampled_from("abcdefgh"), min_size=2, max_size=2, unique=True)))
        place = (left, *draw(PLACES), right, *draw(PLACES))
        found[place] = one(*place, similarity=draw(some.integers(3_000, 10_000)), n_words=draw(some.integers(7, 60)))
    return list(found.values())


@settings(deadline=None)
@given(alignments())
def test_families_agree_with_the_slow_obvious_form(found):
    held: dict[str, set[str]] = {}
    for passage in families(found):
        held.setdefault(passage.family_id, set()).add(passage.document_id)
    assert {frozenset(documents) for documents in held.values()} == slow_families(found)


@settings(deadline=None)
@given(alignments(), some.randoms())
def test_the_order_of_alignments_leaves_no_trace(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert families(shuffled) == families(found)


@settings(deadline=None)
@given(alignments())
def test_later_documents_change_no_family_of_earlier_ones(found):
    earlier = [a for a in found if max(a.left_id, a.right_id) < "e"]
    then = {(p.document_id, p.family_id) for p in families(earlier)}
    assert then <= {(p.document_id, p.family_id) for p in families(found)}


# ---------------------------------------------------------------------------------------------- what makes a family


def test_a_template_refilled_again_and_again_is_no_endless_chain():
    # Each keeps half of the one before and has nothing in common with the one before that.
    chain = [f"d{i:03}" for i in range(300)]
    found = families([one(a, 0, 100, b, 0, 100, similarity=5_000) for a, b in pairwise(chain)])
    sizes = [len(group) for group in groups(found)]
    assert max(sizes) <= 4
    assert {p.document_id for p in found} == set(chain)


def test_half_of_a_set_phrase_is_another_set_phrase():
    found = families(
        [one("a", 0, 60, "b", 0, 60, n_words=10), one("b", 0, 60, "c", 0, 60, similarity=6_000, n_words=7)], list("abc")
    )  # fmt: skip
    assert groups(found) == {(("a", 0, 60), ("b", 0, 60))}
    longer = families([one("a", 0, 60, "b", 0, 60, n_words=20), one("b", 0, 60, "c", 0, 60, similarity=6_000, n_words=14)], list("abc"))
    assert {p.document_id for p in longer} == {"a", "b", "c"}


def test_a_window_that_slides_leaves_the_family():
    found = families([one(f"d{i:03}", 40, 140, f"d{i + 1:03}", 0, 100) for i in range(60)])
    assert max(len(group) for group in groups(found)) <= 5


def test_exact_copies_of_copies_are_one_family_however_long_the_chain():
    chain = [f"d{i:04}" for i in range(2_000)]
    found = families([one(a, 0, 400, b, 0, 400) for a, b in pairwise(chain)])
    assert len(groups(found)) == 1


def test_a_letterhead_does_not_join_the_articles_under_it():
    heads = [one("a", 0, 60, name, 0, 60) for name in "bcdefgh"]
    bodies = [one("b", 0, 900, "c", 0, 900, n_words=150), one("d", 0, 900, "e", 0, 900, n_words=150)]
    found = groups(families(heads + bodies))
    assert (("b", 0, 900), ("c", 0, 900)) in found
    assert (("d", 0, 900), ("e", 0, 900)) in found
    assert tuple((name, 0, 60) for name in "abcdefgh") in found
    assert len(found) == 3


def test_one_document_that_quotes_two_joins_neither_to_the_other():
    found = groups(families([one("a", 0, 300, "c", 0, 300, n_words=50), one("b", 0, 300, "c", 400, 700, n_words=50)]))
    assert found == {(("a", 0, 300), ("c", 0, 300)), (("b", 0, 300), ("c", 400, 700))}


def test_an_undated_original_takes_its_copies_in():
    # The original comes last, for want of a date; its copies were rewritten so far that they share nothing with each other.
    found = families([one(name, 0, 300, "original", 0, 300, similarity=5_500) for name in "abcdef"], [*list("abcdef"), "original"])
    assert {p.document_id for p in found} == {*"abcdef", "original"}
    assert len(groups(found)) == 1


def test_a_root_first_copied_in_part_is_as_long_as_its_longest_copy():
    found = families([one("a", 0, 300, "b", 0, 310, n_words=50), one("a", 0, 500, "c", 0, 500, n_words=90)])
    assert groups(found) == {(("a", 0, 500), ("b", 0, 310), ("c", 0, 500))}


def test_a_later_witness_changes_no_family_id_even_where_it_copies_more():
    old = [one("a", 0, 300, "b", 0, 310, n_words=50)]
    new = [*old, one("a", 0, 500, "c", 0, 500, n_words=90)]
    assert {p.family_id for p in families(old)} == {p.family_id for p in families(new)}


def test_undated_documents_come_after_dated_ones_by_id():
    found = families([one("a", 0, 100, "b", 0, 100), one("a", 0, 100, "c", 0, 100)], ["b"])
    assert len(groups(found)) == 1
    assert {p.family_id for p in found} == {p.family_id for p in families([one("a", 0, 100, "b", 0, 100)], ["b", "a"])}


def test_refilled_forms_of_many_offices_stay_apart():
    chance = random.Random(4)
    words = [f"w{n}" for n in range(4_000)]
    heads = {office: " ".join(chance.choices(words, k=25)) for office in range(4)}
    rules = {office: " ".join(chance.choices(words, k=40)) for office in range(4)}
    texts = {}
    for i in range(200):
        office, body = i % 4, " ".join(chance.choices(words, k=60))
        texts[f"d{i:03}"] = f"{heads[office]} {body}. {rules[(i // 4) % 4]}"
    found = families(reuse(list(texts), list(texts.values())), list(texts))
    large = [group for group in groups(found) if len(group) > 20]
    assert sorted(len(group) for group in large) == [48, 48, 50, 50, 50, 50, 52, 52]
