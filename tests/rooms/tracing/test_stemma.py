"""Who copied whom, how sure, and how many independent origins."""

import pytest

from firstsaid.model import DateRange
from firstsaid.tracing import Witness, stemma, stemma_json, to_dot

STATEMENT = (
    "The harbour board said on Monday that repairs to the old pumping house are expected to cost at least 40,000 crowns, "
    "and that two of the seven sluices no longer close after the storm that broke the eastern wall last winter."
)


def day(n):
    return DateRange(n * 1440, n * 1440 + 1439, "test")


def parents(found):
    return {edge.child: edge.parent for edge in found.edges if edge.kind == "copy"}


def chain_of_copies():
    first = STATEMENT
    second = first.replace("expected to cost", "to cost").replace("at least ", "")
    third = second.replace("seven sluices", "six sluices").replace("last winter", "in winter")
    other = first.replace("two of the seven sluices", "several sluices")
    return [
        Witness("a", first, day(1)),
        Witness("b", second, day(2)),
        Witness("c", third, day(3)),
        Witness("d", other, day(4)),
    ]


def test_a_chain_of_dated_copies_is_found_with_reasons():
    found = stemma(chain_of_copies())
    assert parents(found) == {"b": "a", "c": "b", "d": "a"}
    assert found.is_rooted
    assert found.earliest == ("a",)
    assert (found.origins_certain, found.origins_possible) == (1, 1)
    assert all(edge.reasons and edge.is_directed and 0 < edge.confidence <= 10_000 for edge in found.edges)
    to_c = next(edge for edge in found.edges if edge.child == "c")
    assert any("published" in reason for reason in to_c.reasons)


def test_the_order_of_the_witnesses_does_not_matter():
    witnesses = chain_of_copies()
    assert stemma(witnesses) == stemma(witnesses[::-1]) == stemma([witnesses[k] for k in (2, 0, 3, 1)])


def test_without_dates_there_is_no_direction_and_no_earliest():
    found = stemma([Witness(w.id, w.text) for w in chain_of_copies()])
    assert found.earliest is None
    assert not found.is_rooted
    assert found.edges
    assert not any(edge.is_directed for edge in found.edges)
    assert all("ends" in edge and "parent" not in edge for edge in stemma_json(found)["edges"])


def test_one_date_for_all_is_said_as_a_tie():
    found = stemma([Witness(w.id, w.text, day(1)) for w in chain_of_copies()])
    assert found.earliest == ("a", "b", "c", "d")
    assert not any(edge.is_directed for edge in found.edges)
    assert any("tie" in reason for edge in found.edges for reason in edge.reasons)


def test_an_explicit_credit_gives_direction_in_a_tie_and_weight_to_a_parent():
    agency = Witness("z", STATEMENT, day(1), "Harbour News Agency")
    daily = Witness("a", STATEMENT.replace("Monday", "Tuesday"), day(1), "Hill Daily", ("the Harbour News Agency",))
    found = stemma([daily, agency])
    (edge,) = found.edges
    assert (edge.parent, edge.child, edge.is_directed) == ("z", "a", True)
    assert edge.reasons[0] == "credits Harbour News Agency"


def test_equal_witnesses_list_all_candidates():
    found = stemma([Witness(name, STATEMENT, day(n)) for n, name in enumerate("abc")])
    assert parents(found) == {"b": "a", "c": "a"}
    to_c = next(edge for edge in found.edges if edge.child == "c")
    assert to_c.confidence < 5_000
    assert any("cannot be told" in reason for reason in to_c.reasons)


def test_readings_shared_against_the_parent_call_for_a_lost_version():
    lost = STATEMENT.replace("harbour board", "port office").replace("on Monday", "late in May").replace("eastern wall", "outer mole")
    one = lost.replace("repairs to the old pumping house", "mending the great pump").replace("last winter", "in the frost")
    two = lost.replace("two of the seven", "four of the nine").replace("no longer close", "hang open for good")
    found = stemma([Witness("a", STATEMENT, day(1)), Witness("b", one, day(2)), Witness("c", two, day(3))])
    assert [node.id for node in found.nodes if not node.observed] == ["lost-1"]
    assert parents(found) == {"lost-1": "a", "b": "lost-1", "c": "lost-1"}
    assert any("closest surviving version" in reason for edge in found.edges for reason in edge.reasons)


def test_a_block_from_elsewhere_names_a_second_parent():
    words = [f"word{n}" for n in range(120)]

    def changed(base, places, mark):
        return [mark + word if n in places else word for n, word in enumerate(base)]

    left = changed(words, range(2, 120, 9), "left")
    right = changed(words, range(5, 120, 9), "right")
    mixed = left[:60] + right[60:]
    rows = [("a", words), ("b", left), ("c", right), ("d", mixed)]
    found = stemma([Witness(name, " ".join(text), day(n)) for n, (name, text) in enumerate(rows)])
    assert {frozenset(("b", "c"))} == {
        frozenset(edge.parent for edge in found.edges if edge.child == "d"),
    }
    assert [edge.kind for edge in found.edges if edge.child == "d"].count("contamination") == 1


@pytest.mark.parametrize("texts", [[], [""], ["one text"], ["", ""], ["same words", "same words"], ["", "words here"], ["a b c", "x y z"]])
@pytest.mark.parametrize("dated", [False, True])
def test_poor_input_gets_an_honest_answer(texts, dated):
    found = stemma([Witness(f"w{n}", text, day(n) if dated else None) for n, text in enumerate(texts)])
    assert len(found.nodes) == len(texts)
    assert found.earliest == (("w0",) if dated and texts else None)
    assert found.origins_certain <= found.origins_possible <= len(texts)
    to_dot(found)
    stemma_json(found)


def test_texts_without_common_words_are_not_linked():
    found = stemma([Witness("a", "red boats sank today", day(1)), Witness("b", "the clerk wrote letters home", day(2))])
    assert found.edges == ()
    assert (found.origins_certain, found.origins_possible) == (2, 2)


def test_a_short_common_phrase_leaves_origins_open():
    found = stemma([Witness("a", "time will tell us", day(1)), Witness("b", "time will tell us all", day(2))])
    assert (found.origins_certain, found.origins_possible) == (1, 2)
    assert any("chance" in reason for reason in found.origin_reasons)


def test_publisher_and_common_credit_join_origins():
    one = Witness("a", "time will tell", day(1), "Hill Daily", ("Quay Institute",))
    two = Witness("b", "only time will tell", day(2), "The Hill Daily")
    three = Witness("c", "time will soon tell", day(3), "Other Paper", ("Quay Institute",))
    found = stemma([one, two, three])
    assert (found.origins_certain, found.origins_possible) == (1, 1)


def test_undated_among_dated_stays_undirected():
    witnesses = [*chain_of_copies(), Witness("u", STATEMENT.replace("last winter", "this winter"))]
    found = stemma(witnesses)
    assert found.earliest == ("a",)
    assert [edge.is_directed for edge in found.edges if "u" in (edge.parent, edge.child)] == [False]


def test_thousands_of_near_identical_witnesses_make_one_stemma():
    words = (STATEMENT + " ").split() * 3
    witnesses = []
    for n in range(1_500):
        text = list(words)
        text[n % len(words)] = f"typo{n % 700}"
        witnesses.append(Witness(f"w{n:05}", " ".join(text), day(n // 3)))
    assert len(parents(found := stemma(witnesses))) >= 1_490
    assert found.earliest == ("w00000", "w00001", "w00002")


def test_dot_escapes_names_and_marks_lost_versions():
    found = stemma([Witness('say "a"\n', STATEMENT, day(1)), Witness("b\\", STATEMENT + " More.", day(2))])
    assert '"say \\"a\\" " -> "b\\\\"' in to_dot(found)
