"""A family's page: variants only, a page of witnesses at a time, an axis of time that is true to scale."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid import __version__
from firstsaid.showing.drawing import MOST_TICKS, ticks
from firstsaid.showing.family_view import FamilySettings, family_view
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import Links


@pytest.fixture
def family(case):
    return next(iter(case.families()))


def test_only_witnesses_that_differ_and_only_places_of_that_kind_are_shown(case, family):
    lines = Lines(case, Links())
    whole = family_view(lines, family)
    assert [row.siglum for row in whole.rows] == ["A", "B", "C"]
    narrowed = family_view(lines, family, kind="hedge")
    assert [row.siglum for row in narrowed.rows] == ["A", "B"]
    assert len(narrowed.columns) == 1 < len(whole.columns)
    assert {cell.kind for row in narrowed.rows[1:] for cell in row.cells} == {"hedge"}
    assert narrowed.rows[1].differences == ("hedge: nothing for “at least”",)
    assert [(kind, n) for kind, _, n, _ in whole.filters[:2]] == [("", 3), ("differs", 1)]


def test_witnesses_come_a_page_at_a_time_with_the_base_above_them(case, family):
    lines = Lines(case, Links())
    small = FamilySettings(most_witnesses=2)
    first, second = (family_view(lines, family, small, page=page) for page in (1, 2))
    assert [[row.siglum for row in view.rows] for view in (first, second)] == [["A", "B"], ["A", "C"]]
    assert (first.paging.total, first.paging.next) == (2, f"/family/{family.id[:12]}?page=2")
    assert [edge.child for edge in second.edges] == ["C"]
    assert not second.stemma_svg


def test_what_differs_is_said_in_words_and_every_witness_can_be_cited(case, family):
    view = family_view(Lines(case, Links()), family)
    assert "hedge: nothing for “at least”" in view.rows[1].differences
    assert not view.rows[0].differences
    assert view.rows[0].citation.startswith(
        "Harbour Lantern, “Mill pump fails”, 2 March 2021 (date from meta). https://example.org/harbour/one.html;"
    )
    assert view.rows[0].citation.endswith(f"(Firstsaid {__version__}).")


@given(st.integers(-900_000_000, 200_000_000), st.integers(1, 900_000_000))
def test_ticks_are_round_few_and_between_the_ends(first, span):
    found = ticks(first, first + span)
    assert len(found) <= MOST_TICKS + 1
    assert all(first <= moment <= first + span for moment, _ in found)
    assert [moment for moment, _ in found] == sorted({moment for moment, _ in found})
    assert len({words for _, words in found}) == len(found)


def test_a_family_without_readings_has_no_filters(case, family):
    assert family_view(Lines(case, Links()), replace(family, readings=())).filters == ()
