"""Trees with lost versions at any depth, second parents, and how sure each parent is."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.model import DateRange
from firstsaid.tracing import Witness, collate, stemma
from firstsaid.tracing.characters import HAS_TEXT, IS_CUT, UNKNOWN, characters
from firstsaid.tracing.growth import Growth, Place

WORDS = [f"word{number}" for number in range(160)]


def day(n):
    return DateRange(n * 1440, n * 1440 + 1439, "test")


def changed(words, places, mark):
    return [mark + word if number in places else word for number, word in enumerate(words)]


def dated(*texts):
    return [Witness(name, " ".join(words), day(number)) for number, (name, words) in enumerate(texts)]


def above(found):
    return {edge.child: edge.parent for edge in found.edges if edge.kind == "copy"}


def test_a_cut_is_one_character_and_hides_what_stood_in_it():
    of = characters(collate(["a b c d e f", "a f", "a b x d e f"]).codes)
    assert of.states.tolist() == [[HAS_TEXT, 0], [IS_CUT, UNKNOWN], [HAS_TEXT, 1]]
    assert (int(of.start[0]), int(of.end[0])) == (1, 5)
    assert of.weight[0] > of.weight[1] == 1


def test_words_that_others_added_make_no_cut_longer():
    plain = characters(collate(["a b c d", "a c d", "a b c d e"]).codes)
    widened = characters(collate(["a b c d", "a c d", "a b new c d", "a b c d e"]).codes)
    assert plain.weight.max() == widened.weight.max() == 1


def test_neighbouring_words_that_part_the_versions_alike_are_one_act():
    of = characters(collate(["a b c d", "a x y d", "a b c d e"]).codes)
    assert of.states.shape == (3, 2)
    assert sorted(of.weight.tolist()) == [1.0, 1.3]


def test_what_is_taken_off_a_tree_can_be_put_back():
    texts = [WORDS, changed(WORDS, range(0, 40), "x"), changed(WORDS, range(20, 60), "x")]
    growth = Growth(characters(collate([" ".join(text) for text in texts]).codes))
    growth.plant(0)
    growth.put(1, Place(-1, 0))
    growth.put(2, Place(0, 1))
    assert sorted(growth.edges()) == [(0, 3), (3, 1), (3, 2)]
    assert growth.owners(np.array([3, 2])).tolist() == [0, 2]
    growth.take(2)
    assert growth.edges() == [(0, 1)]
    growth.put(2, Place(0, 1))
    assert sorted(growth.below(0)) == [0, 1, 2, 3]


def test_lost_versions_may_stand_below_lost_versions():
    first_lost = changed(WORDS, range(0, 30, 3), "p")
    second_lost = changed(first_lost, range(40, 70, 3), "q")
    found = stemma(
        dated(
            ("a", WORDS),
            ("b", changed(first_lost, range(90, 99, 2), "b")),
            ("c", changed(second_lost, range(100, 109, 2), "c")),
            ("d", changed(second_lost, range(120, 129, 2), "d")),
        )
    )
    assert [node.id for node in found.nodes if not node.observed] == ["lost-1", "lost-2"]
    assert above(found) == {"lost-1": "a", "b": "lost-1", "lost-2": "lost-1", "c": "lost-2", "d": "lost-2"}
    to_inner = next(edge for edge in found.edges if edge.child == "lost-2")
    assert any("lost-1 lacks" in reason for reason in to_inner.reasons)


def test_a_block_that_several_read_alike_names_them_all():
    left, right = changed(WORDS, range(2, 160, 9), "left"), changed(WORDS, range(5, 160, 9), "right")
    twin = changed(right, [150], "twin")
    found = stemma(dated(("a", WORDS), ("b", left), ("c", right), ("d", twin), ("e", left[:60] + right[60:130] + left[130:])))
    (edge,) = [edge for edge in found.edges if edge.kind == "contamination"]
    assert (edge.parent, edge.child) == ("c", "e")
    assert edge.confidence < 5_000
    assert any("d read the same there" in reason for reason in edge.reasons)
    assert above(found)["e"] == "b"


def test_readings_scattered_over_the_text_make_no_second_parent():
    left, right = changed(WORDS, range(2, 160, 9), "left"), changed(WORDS, range(5, 160, 9), "right")
    both = changed(changed(WORDS, range(2, 160, 18), "left"), range(5, 160, 18), "right")
    found = stemma(dated(("a", WORDS), ("b", left), ("c", right), ("d", both)))
    assert not [edge for edge in found.edges if edge.kind == "contamination"]


def test_more_shared_readings_make_a_parent_surer():
    def confidence(n_shared):
        copy = changed(WORDS, range(n_shared), "x")
        witnesses = dated(("a", WORDS), ("b", copy), ("c", changed(copy, [100, 120], "y")), ("d", changed(WORDS, [140], "z")))
        return next(edge.confidence for edge in stemma(witnesses).edges if edge.child == "c")

    assert confidence(1) < confidence(3) <= confidence(12)
    assert confidence(12) >= 9_000


def test_an_undated_chain_has_its_witnesses_inside():
    second = changed(WORDS, range(0, 30, 3), "p")
    third = changed(second, range(40, 70, 3), "q")
    found = stemma([Witness(name, " ".join(words)) for name, words in (("c", third), ("a", WORDS), ("b", second))])
    assert {frozenset((edge.parent, edge.child)) for edge in found.edges} == {frozenset("ab"), frozenset("bc")}
    assert all(node.observed for node in found.nodes)


def test_a_lost_leaf_does_not_draw_other_witnesses_to_it():
    left, right = changed(WORDS, range(0, 160, 8), "left"), changed(WORDS, range(3, 160, 8), "right")
    torn = changed(left, [1, 9], "torn")[:50]
    witnesses = {
        "l1": changed(left, [100], "u"),
        "l2": changed(left, [120], "v"),
        "r1": changed(right, [90], "u"),
        "r2": right,
        "torn": torn,
    }
    found = stemma([Witness(name, " ".join(words)) for name, words in witnesses.items()])
    beside = {name: {e.parent if e.child == name else e.child for e in found.edges if name in (e.parent, e.child)} for name in witnesses}
    assert len(beside["torn"]) == 1
    assert not beside["torn"] & {"r1", "r2"}


copies = st.lists(
    st.tuples(st.integers(0, 30), st.lists(st.tuples(st.integers(0, 19), st.sampled_from("xyz")), max_size=4), st.integers(0, 6)),
    min_size=1,
    max_size=9,
)


def grown(rows):
    texts = [WORDS[:20]]
    for parent, changes, _ in rows:
        text = list(texts[parent % len(texts)])
        for at, mark in changes:
            if at < len(text):
                text[at] = mark + text[at]
        texts.append(text)
    dates = [None if offset == 6 else day(number + offset) for number, (_, _, offset) in enumerate([(0, (), 0), *rows])]
    return [Witness(f"w{number}", " ".join(text), date) for number, (text, date) in enumerate(zip(texts, dates, strict=True))]


@settings(max_examples=60, deadline=None)
@given(copies)
def test_every_stemma_is_a_tree_that_never_runs_against_its_dates(rows):
    witnesses = grown(rows)
    found = stemma(witnesses)
    assert found == stemma(witnesses[::-1])
    links = above(found)
    assert len(links) == sum(edge.kind == "copy" for edge in found.edges)
    for name in links:
        seen = {name}
        while name in links:
            name = links[name]
            assert name not in seen
            seen.add(name)
    dates = {witness.id: witness.published for witness in witnesses}
    for edge in found.edges:
        assert 0 < edge.confidence <= 10_000
        assert edge.reasons
        parent, child = dates.get(edge.parent), dates.get(edge.child)
        if parent and child:
            assert not child.is_before(parent)
            assert edge.is_directed == parent.is_before(child)
    assert {node.id for node in found.nodes if node.observed} == {witness.id for witness in witnesses}


def test_a_text_that_a_copy_dated_before_it_goes_back_to_is_said_to_stand_against_its_date():
    original = changed(WORDS, range(0, 160, 16), "p")
    early_copy = changed(original, range(7, 160, 16), "q")
    found = stemma(dated(("a", WORDS), ("copy", early_copy), ("late", original)))
    (edge,) = [edge for edge in found.edges if edge.child == "late"]
    assert any("before copy, against the dates" in reason for reason in edge.reasons)
    assert not any("against the dates" in reason for other in found.edges if other is not edge for reason in other.reasons)
