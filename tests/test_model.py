"""The nouns: what they refuse, what identifies them, and that nobody can change one after it was made."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from firstsaid import model
from firstsaid.model import Capture, DateRange, Document, Finding, Problem, Quotation, Span, by_start, digest

NOUNS = [found for _, found in inspect.getmembers(model, dataclasses.is_dataclass) if found.__module__.startswith(model.__name__)]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_noun_is_frozen_has_slots_and_says_what_it_is(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(noun)
    assert noun.__doc__
    assert not noun.__doc__.startswith(f"{noun.__name__}("), "dataclasses write this where nobody wrote a docstring"


def test_equal_parts_give_equal_digests_of_32_hexadecimal_characters() -> None:
    assert digest("harbour", 7) == digest("harbour", 7)
    assert len(digest()) == 32
    assert int(digest("harbour"), 16) >= 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", "b"), ("b", "a")),
        (("a",), ("a", "")),
        (("", "a"), ("a", "")),
        ((), ("",)),
        (("é",), ("e\u0301",)),
        ((1, 23), (12, 3)),
    ],
)
def test_digests_differ_where_the_parts_do(left: tuple[str | int, ...], right: tuple[str | int, ...]) -> None:
    assert digest(*left) != digest(*right)


def test_a_digest_takes_text_bytes_numbers_nothing_and_broken_text() -> None:
    assert digest("7") == digest(7) == digest(b"7")
    assert digest(None) == digest("")
    assert digest("\ud800") != digest("\udfff")


def test_a_span_holds_its_start_and_not_its_end() -> None:
    text = "It rained."
    span = Span("d", 3, 9)
    assert text[span.start : span.end] == "rained"
    assert Span("d", 4, 4).overlap(span) == 0  # an empty span marks a place


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 2), (-2, -1)])
def test_a_reversed_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"span {start}:{end} in document 0123abcd is reversed or negative"):
        Span("0123abcd9999", start, end)


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ((0, 5), (3, 9), 2),
        ((0, 5), (5, 9), 0),
        ((0, 9), (3, 4), 1),
        ((0, 3), (6, 9), 0),
        ((2, 4), (2, 4), 2),
    ],
)
def test_overlap_counts_the_code_points_that_both_spans_hold(left: tuple[int, int], right: tuple[int, int], shared: int) -> None:
    assert Span("d", *left).overlap(Span("d", *right)) == shared
    assert Span("d", *right).overlap(Span("d", *left)) == shared
    assert Span("d", *left).overlap(Span("e", *right)) == 0


def test_spans_sort_by_document_then_place() -> None:
    listed = [Span("b", 0, 1), Span("a", 5, 6), Span("a", 0, 9), Span("a", 0, 2)]
    assert sorted(listed) == [Span("a", 0, 2), Span("a", 0, 9), Span("a", 5, 6), Span("b", 0, 1)]


def test_a_reversed_range_of_dates_is_refused() -> None:
    with pytest.raises(ValueError, match=r"5\.\.4 is reversed"):
        DateRange(5, 4, "column")


def test_ranges_that_share_a_minute_are_a_tie_and_not_before() -> None:
    march, april = DateRange(0, 9, "text"), DateRange(10, 19, "text")
    spring = DateRange(5, 15, "text")
    assert march.is_before(april)
    assert not april.is_before(march)
    assert not march.overlaps(april)
    for month in (march, april):
        assert month.overlaps(spring)
        assert spring.overlaps(month)
        assert not month.is_before(spring)
        assert not spring.is_before(month)
    assert DateRange(9, 9, "text").overlaps(march)


def test_the_same_bytes_at_another_place_are_another_capture() -> None:
    assert Capture.identify("a.txt", "00ff") == Capture.identify("a.txt", "00ff", 0)
    assert len({Capture.identify("a.txt", "00ff"), Capture.identify("b.txt", "00ff"), Capture.identify("a.txt", "00ff", 8)}) == 3


def test_the_same_words_at_two_places_are_two_documents() -> None:
    assert Document.identify("courier/a.txt", "It rained.") != Document.identify("lantern/a.txt", "It rained.")


def test_a_problem_has_the_id_that_its_content_gives_it() -> None:
    one = Problem.of("empty", "a.txt", "the file is empty", "Add another", start=3, end=4)
    assert one.id == Problem.of("empty", "a.txt", "the file is empty", "Say what you will").id
    assert (one.start, one.end, one.capture_id) == (3, 4, None)
    assert one.id != Problem.of("empty", "b.txt", "the file is empty", "Add another").id


def test_the_form_of_a_quotation_belongs_to_its_id() -> None:
    assert Quotation.identify("d", 0, 5, "direct") != Quotation.identify("d", 0, 5, "indirect")


def test_a_finding_keeps_its_id_in_whatever_order_its_evidence_comes() -> None:
    anchors = [("courier/a.txt", "40 wounded"), ("lantern/b.txt", "45 wounded")]
    assert Finding.identify("figures-conflict", anchors) == Finding.identify("figures-conflict", reversed(anchors))
    assert Finding.identify("figures-conflict", anchors) != Finding.identify("figure-drift", anchors)
    swapped = [("courier/a.txt", "45 wounded"), ("lantern/b.txt", "40 wounded")]
    assert Finding.identify("figures-conflict", anchors) != Finding.identify("figures-conflict", swapped)


def test_quotations_in_reading_order_have_the_containing_one_first() -> None:
    def quotation(start: int, end: int, document: str = "d") -> Quotation:
        return Quotation(digest(document, start, end), document, start, end, "direct", ((start, end),))

    inner, outer, later, other = quotation(2, 4), quotation(2, 9), quotation(5, 6), quotation(0, 1, "e")
    assert by_start([other, later, inner, outer]) == [outer, inner, later, other]
