import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.model import Citation, Layout
from firstsaid.parsing.citations import find_citations

CASES = [json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "citations.jsonl").read_text("utf-8").splitlines()]


def found_in(text: str, layout: tuple[Layout, ...] = ()) -> list[Citation]:
    return find_citations(text, layout, [(0, len(text))])


def markers(text: str) -> list[tuple[int | None, bool]]:
    return [(item.number, item.resolves) for item in found_in(text) if item.form == "footnote_marker"]


def test_digits_glued_to_a_stop_are_markers_without_a_note() -> None:
    (marker,) = found_in("The crowd fled the riots.4 Nobody was hurt.")
    assert (marker.form, marker.number, marker.resolves, marker.start) == ("footnote_marker", 4, False, 25)
    assert marker.reason == "no note 4 in this document"


def test_markers_are_paired_with_the_numbered_lines_at_the_end() -> None:
    text = "One claim.1 Another claim.2 A third3 claim.\n\n1. Smith, History.\n2. Jones, p. 4.\n3. Ibid.\n"
    assert markers(text) == [(1, True), (2, True), (3, True)]
    assert found_in(text)[0].target == "1. Smith, History."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A first [1] and a second [2].\n\n[1] Here\n[2] There", [(1, True), (2, True)]),
        ("A claim[^1] and more.\n\n[^1]: The note.", [(1, True)]),
        ("A claim¹ and more².", [(1, False), (2, False)]),
        ("As he writes6: never.", [(6, False)]),
        ("It rose in 201867 : a record.", [(67, False)]),
        ("He made claims66 then. In 201867 it fell. And others68 too.", [(66, False), (67, False), (68, False)]),
        ("An early claim (1), a later claim (2).\n\n1. One\n2. Two", [(1, True), (2, True)]),
    ],
)
def test_every_form_of_marker_is_read(text: str, expected: list[tuple[int, bool]]) -> None:
    assert markers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It grew by 4.5 percent.",
        "It ended in the riots. 4 people died.",
        "The G7, CO2, m2, H1N1, covid19 and mp3 files.",
        "An area of 12 km² and 30 m³.",
        "See p.4 and Art.5 of the law.",
        "There were 201867 voters.",
        "1. First\n2. Second\n3. Third",
        "They won (3) prizes in 2018.",
        "Version 1.2 came out on 5.3.2019.",
    ],
)
def test_ordinary_numbers_are_no_markers(text: str) -> None:
    assert markers(text) == []


def test_a_footnote_of_the_layout_is_the_note() -> None:
    text = "A claim1 here. A second claim2 there.\nSmith 1999.\nJones 2003."
    layout = (Layout("", 38, 49, "footnote", target="1"), Layout("", 50, 61, "footnote", target="fn2"))
    assert [item.target for item in found_in(text, layout)] == ["Smith 1999.", "Jones 2003."]


def test_link_of_the_layout_keeps_its_address_and_an_empty_one_dangles() -> None:
    text = "Read the letter and the reply."
    layout = (Layout("", 9, 15, "link", target="https://example.org/letter"), Layout("", 24, 29, "link", target=""))
    assert [(item.target, item.resolves) for item in found_in(text, layout)] == [("https://example.org/letter", True), (None, False)]


def test_bare_and_markdown_addresses_are_links() -> None:
    text = "See https://example.org/a_(b), or [the list](http://example.org/list)."
    assert [item.target for item in found_in(text)] == ["https://example.org/a_(b)", "http://example.org/list"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ('In an article titled "The fall of Rome", he wrote on.', "The fall of Rome"),
        ("The dam, as Reuters reported, is cracked.", "Reuters"),
        ("She told the Lisbon Courier that it was over.", "Lisbon Courier"),
        ("According to a report by Human Rights Watch, it burned.", "Human Rights Watch"),
        ("A study published in Nature found it.", "Nature"),
        ("The Guardian reported on Monday that it sank.", "Guardian"),
    ],
)
def test_works_and_outlets_named_in_the_text(text: str, target: str) -> None:
    assert [(item.form, item.target, item.resolves) for item in found_in(text)] == [("in_text", target, True)]


def test_a_company_that_reports_a_loss_is_no_citation() -> None:
    assert found_in("Boeing reported a loss. He told Parliament that he would go.") == []


@pytest.mark.parametrize(
    ("text", "resolves"),
    [
        ("All names are in the list below.\n- Ann\n- Bob\n", True),
        ("All names are in the list below. That was all.", False),
        ("See the table below.\n| a | b |\n| 1 | 2 |", True),
        ("As the chart above shows, it fell.", False),
        ("Click here for the full text.", False),
    ],
)
def test_pointers_within_the_page_resolve_only_if_the_thing_is_there(text: str, resolves: bool) -> None:
    assert [item.resolves for item in found_in(text)] == [resolves]


@given(
    st.lists(
        st.sampled_from(["word", "riots.4 ", "[1]", "[^1]", "¹", "\n", "1. ", " (2).", "201867 ", "the list below ", "as X reported "]),
        max_size=30,
    )
)
def test_any_mix_gives_ordered_spans(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = found_in(text)
    assert found == found_in(text)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert all(item.resolves == (item.reason is None) for item in found)


@pytest.mark.parametrize("unit", ["a1.", "A ", "[1]", "the report ", "1\n", "as A ", "(1)", "\n1. ", "[a](", "\t", "http://", "a of B "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    begun = time.process_time()
    found_in(unit * (15_000 // len(unit)))
    short = time.process_time() - begun
    begun = time.process_time()
    found_in(unit * (60_000 // len(unit)))
    assert time.process_time() - begun < 12 * short + 1


def targets(text: str, layout: tuple[Layout, ...] = ()) -> list[str | None]:
    return [item.target for item in found_in(text, layout) if item.form == "in_text"]


@pytest.mark.parametrize(
    "name", ["Lisbon Courier", "Tarrow Beacon", "Harbour Lantern", "Sunday Express", "Evening Bell", "Teheran Monitor"]
)
@pytest.mark.parametrize(
    "text",
    [
        "She told the {} that it was over.",
        "She told the {} on Tuesday that it was over.",
        "The dam, as the {} reported, is cracked.",
        "As the {} reported, the dam is cracked.",
        "According to the {}, the dam is cracked.",
        "But the {} reported that the dam is cracked.",
        "She told *{}* that it was over.",
        "She told “{}” that it was over.",
    ],
)
def test_a_paper_is_known_by_how_it_stands_whatever_its_name(text: str, name: str) -> None:
    assert targets(text.format(name)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Contacts reported that it rained. Residents reported on it. By reports, it rained.",
        "He told the Security Council that it rained. He told the Senate. He told the Prime Minister.",
        "He told Edda Marrin that it rained. According to Edda Marrin, it rained.",
        "He told the Tarrow Town council that it rained. According to Oskmere's council, it rained.",
        "He told the Democrats that it rained.",
        "He told Tarrow Beacon that it rained.",
    ],
)
def test_bodies_people_and_plurals_are_no_outlets(text: str) -> None:
    assert targets(text) == []


def test_a_name_shown_once_is_known_elsewhere_in_the_text() -> None:
    assert targets("He told Tarrow Beacon that it rained. As the Tarrow Beacon wrote, it rained.") == ["Tarrow Beacon"] * 2
    assert targets("It rained, Tivers reported. Tivers reported on the wind.") == ["Tivers"] * 2


def test_a_link_around_a_name_shows_an_outlet() -> None:
    text = "He told Tarrow Beacon that it rained."
    assert [item.form for item in found_in(text, (Layout("", 8, 21, "link", target="https://example.org"),))] == ["link"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_hard_cases(case: dict[str, Any]) -> None:
    """Each citation that is wanted is found once, in this order of the text, and nothing else is."""
    text = case["text"]
    left = found_in(text)
    for wanted in case["citations"]:
        words = wanted["words"].lower()
        fits = [
            c
            for c in left
            if c.form == wanted["form"] and (words in text[c.start : c.end].lower() or text[c.start : c.end].lower() in words)
        ]
        assert fits, wanted
        citation = fits[0]
        left.remove(citation)
        assert (citation.number, citation.resolves) == (wanted["number"], wanted["resolves"])
        assert wanted.get("target") in (None, citation.target)
        assert citation.resolves or citation.reason
    assert left == []
