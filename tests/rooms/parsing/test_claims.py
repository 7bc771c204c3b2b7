"""Which sentences state something that one could check."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.model import CLAIM_REASONS, Claim, Layout
from firstsaid.parsing import claim_rows, kept_claims, sentences
from firstsaid.parsing.claims import find_claims, reasons_to_check


def worth(sentence):
    (claim,) = find_claims(sentence, [(0, len(sentence))])
    return claim.worth


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("Rents in the port of Halm rose by nine percent.", ("figure", "name", "comparison")),
        ("The council closed the swimming pool without a word.", ("act",)),
        ("Every school in the valley has a library of its own.", ("all or none",)),
        ("The spray used on the fields causes headaches in children.", ("cause",)),
        ("This tunnel is longer than the one under the bay.", ("comparison",)),
        ("The bridge was opened to walkers in 1931 or so.", ("figure", "date", "act")),
        ("Die Mieten in Halm stiegen um 9 Prozent.", ("figure", "name")),
        ("去年，大桥因为生锈而关闭了3个月", ("figure",)),
    ],
)
def test_what_holds_something_to_check_is_a_claim(sentence, reasons):
    assert reasons_to_check(sentence) == reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Did rents in Halm rise by nine percent?",
        "We do not know what to tell you.",
        "Halm, 12 March",
        "Ilse Brandt · 12 October 2023",
        "Rents in Halm",
        "ALL RIGHTS RESERVED BY THE HALM POST 2021",
        "!!! ... 12 --- 13",
    ],
)
def test_questions_moods_and_bylines_are_none(sentence):
    assert reasons_to_check(sentence) is None


def test_a_statement_without_any_sign_comes_last_and_comes():
    (bare,) = find_claims("The dam is unsafe.", [(0, 18)])
    assert bare.reasons == ()
    assert bare.worth < worth("The house stands at the end of Tanner Street.")


def test_a_post_without_a_stop_is_a_claim_if_it_is_long_enough():
    assert reasons_to_check("they have closed 12 of the 14 pools in the county since spring")


def test_figures_come_before_names_and_wishes_after_facts():
    assert worth("The firm paid no tax on profits of 40 million in 2019.") > worth("The house stands at the end of Tanner Street.")
    assert worth("The council closed 12 pools in spring.") > worth("The council should have closed 12 pools in spring.")
    assert worth("The council closed 12 pools this spring.") > worth("The council will have closed 12 pools this spring.")


def test_headings_are_left_out_and_what_is_below_them_is_not():
    text = "Council closes 12 of the 14 pools in the county.\nThe council closed 12 of its 14 pools on Monday."
    heading = Layout("d", 0, text.index("\n"), "heading")
    found = find_claims(text, sentences(text, [heading]), [heading], "d")
    assert [text[claim.start : claim.end] for claim in found] == ["The council closed 12 of its 14 pools on Monday."]


def test_a_sentence_of_three_thousand_words_is_no_claim():
    assert find_claims("word 12 " * 3000, [(0, 24_000)]) == []


def documents(*texts):
    boilerplate = [{"start": 0, "end": 10, "kind": "boilerplate", "target": None, "reason": None}]
    return pa.table(
        {
            "document_id": [f"d{at}" for at in range(len(texts))],
            "text": list(texts),
            "language": ["en"] * len(texts),
            "layout": [boilerplate if text.startswith("Subscribe") else [] for text in texts],
        }
    )


def test_rows_hold_the_words_and_leave_boilerplate_out():
    table = claim_rows(documents("Subscribe for 12 crowns a month to the Post.", "The council closed 12 of its 14 pools."))
    assert table.column("text").to_pylist() == ["The council closed 12 of its 14 pools."]
    assert table.column("document_id").to_pylist() == ["d1"]
    assert "text" not in kept_claims(table, {}).column_names


@given(st.text(max_size=300))
def test_any_text_gives_claims_inside_it_in_order(text):
    found = find_claims(text, sentences(text))
    assert all(isinstance(claim, Claim) and 0 <= claim.start < claim.end <= len(text) for claim in found)
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
    assert all(0 < claim.worth < 10_000 and set(claim.reasons) <= set(CLAIM_REASONS) for claim in found)
