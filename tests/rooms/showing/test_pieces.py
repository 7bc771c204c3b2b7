"""Marks laid flat, dates in words, addresses that may be followed."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.dates import from_edtf
from firstsaid.showing.links import ONE_FILE, Links, external
from firstsaid.showing.places import places
from firstsaid.showing.reading_view import stretches
from firstsaid.showing.rendering import pieces_html
from firstsaid.showing.spoken import direction, plain, when
from firstsaid.showing.sweeping import Mark, Stretch, blocks, numbered
from firstsaid.showing.views import Note, Piece

SPAN = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.lists(st.tuples(SPAN, st.sampled_from(["quotation", "figure", "passage"]), st.booleans()), max_size=12))
def test_pieces_are_the_text_and_carry_exactly_the_marks_that_lie_on_them(drawn):
    text = "".join(chr(ord("a") + at % 26) for at in range(60))
    marks = [Mark(a, b, layer, Note(0, layer, layer) if noted else None) for (a, b), layer, noted in drawn if a < b]
    stretches_ = [Stretch(0, 20, "p"), Stretch(22, 60, "p")]
    made = blocks(text, stretches_, numbered(marks), "d-x")
    for stretch, block in zip(stretches_, made, strict=True):
        assert "".join(piece.text for piece in block.pieces) == text[stretch.start : stretch.end]
        at = stretch.start
        for piece in block.pieces:
            here = {mark.layer for mark in marks if mark.start <= at and at + len(piece.text) <= mark.end}
            touching = {mark.layer for mark in marks if mark.start < at + len(piece.text) and at < mark.end}
            assert set(piece.marks) == here == touching
            at += len(piece.text)
    told = [note.number for block in made for note in block.notes]
    shown = [number for block in made for piece in block.pieces for number in (*piece.refs_before, *piece.refs)]
    assert len(told) == len(set(told))
    assert sorted(told) == sorted(shown)


def test_every_mark_begins_with_an_anchor_that_names_its_code_point():
    (block,) = blocks("abcdef", [Stretch(0, 6, "p")], numbered([Mark(2, 4, "figure"), Mark(3, 6, "quotation")]), "d-1")
    assert [piece.anchor for piece in block.pieces] == ["", "d-1-2", "d-1-3", ""]


def test_a_quotation_in_two_pieces_has_one_number():
    note = Note(0, "quotation", "Quotation: somebody")
    marks = [Mark(0, 2, "quotation", note, "q"), Mark(4, 6, "quotation", note, "q")]
    (block,) = blocks("abcdef", [Stretch(0, 6, "p")], numbered(marks), "d-1")
    assert [piece.refs for piece in block.pieces] == [(1,), (), ()]


def test_a_note_is_told_once_though_its_mark_runs_over_paragraphs():
    note = Note(0, "passage", "Also in 3 other documents")
    made = blocks("one\ntwo", [Stretch(0, 3, "p"), Stretch(4, 7, "p")], numbered([Mark(0, 7, "passage", note)]), "d-1")
    assert [len(block.notes) for block in made] == [1, 0]


def test_text_without_layout_is_cut_at_blank_lines_else_at_lines():
    wrapped = "First line\nof a paragraph.\n\n  Second.\n"
    assert [wrapped[one.start : one.end] for one in stretches(wrapped, [])] == ["First line\nof a paragraph.", "Second."]
    lines = "One.\nTwo.\n"
    assert [lines[one.start : one.end] for one in stretches(lines, [])] == ["One.", "Two."]


@pytest.mark.parametrize("character", ["\n", " ", "a", "\n\t"])
def test_a_megabyte_of_one_character_is_cut_in_no_time(character):
    began = time.process_time()
    list(stretches("x" + character * (1_000_000 // len(character)) + "x", []))
    assert time.process_time() - began < 5


def test_pieces_escape_text_titles_and_addresses():
    html = pieces_html([Piece("<b>&", ("reading", "k-figure"), href='https://x.example/"><i>', letter="F")])
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'onload="x"' not in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        " vbscript:x",
        "//example.org",
        "/etc",
        "java\nscript:x",
        "http://",
        "",
    ],
)
def test_only_web_addresses_may_be_followed(address):
    assert external(address) == ""


def test_web_addresses_are_kept():
    assert external("HTTPS://example.org/a?b=1#c") == "HTTPS://example.org/a?b=1#c"


def test_tricks_of_direction_become_visible_in_names():
    assert plain("a\u202eb\u2066c\x00d\ud800") == "a\ufffdb\ufffdc\ufffdd\ufffd"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021", "2021"), ("2021-03", "March 2021"), ("2021-03-02", "2 March 2021"), ("2021-03-04T07:30Z", "4 March 2021, 07:30 UTC"),
        ("2021-03-02/2021-03-04", "2–4 March 2021"), ("1700/1704", "1700–1704"),
        ("-0043", "44 BCE"), ("../2020-01-05", "until 5 January 2020"),
    ],
)  # fmt: skip
def test_dates_are_said_no_more_exactly_than_they_are_known(edtf, words):
    assert when(from_edtf(edtf, "test")) == words


def test_direction_is_that_of_the_first_strong_character():
    assert (direction("12 «لم»"), direction("«a» لم"), direction("123")) == ("rtl", "ltr", "ltr")


def test_what_a_report_left_out_has_no_link():
    links = Links(ONE_FILE, frozenset({"d1"}), frozenset(), frozenset())
    assert (links.document("d1", 3), links.document("d2"), links.family("f"), links.finding("x")) == ("#d-d1-3", "", "", "")


def test_places_leave_out_what_a_witness_does_not_reach_and_keep_long_omissions_apart():
    base = list(range(40))
    short = [-1] * 5 + list(range(5, 40))
    omits = list(range(10)) + [-1] * 20 + list(range(30, 40))
    varies = [*base[:35], 99, *base[36:]]
    codes = np.array([base, short, omits, varies], np.int32).T
    assert places(codes) == [(10, 30), (35, 36)]


def test_a_paragraph_of_notes_only_is_cut_in_linear_time() -> None:
    n_marks = 30_000
    marks = [Mark(3 * i, 3 * i + 3, "citation", Note(0, "citation", "a footnote", (), "")) for i in range(n_marks)]
    began = time.process_time()
    (block,) = blocks("[1]" * n_marks, [Stretch(0, 3 * n_marks, "p")], numbered(marks), "d-1")
    assert len(block.pieces) == len(block.notes) == n_marks
    assert time.process_time() - began < 5  # quadratic took two minutes
