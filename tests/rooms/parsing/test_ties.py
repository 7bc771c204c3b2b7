import pyarrow as pa
import pytest

from firstsaid.columns import from_table, unnested
from firstsaid.model import TIE_KINDS, Tie
from firstsaid.parsing import said_rows
from firstsaid.parsing.ties import PATTERNS


def ties(text):
    said = said_rows(pa.table({"document_id": ["d"], "text": [text], "language": ["en"]}))
    return from_table(Tie, unnested(said, "tie"))


@pytest.mark.parametrize(
    ("text", "left", "kind", "right"),
    [
        ("The Quill Institute, funded by the Harbour Trust, said so.", "Quill Institute", "funded_by", "Harbour Trust"),
        ("The Quill Institute is partly funded by the Harbour Trust.", "Quill Institute", "funded_by", "Harbour Trust"),
        ("The Harbour Trust has funded Northern Mills for years.", "Northern Mills", "funded_by", "Harbour Trust"),
        ("The Quill Institute receives money from the Harbour Trust.", "Quill Institute", "funded_by", "Harbour Trust"),
        ("Northern Mills is a subsidiary of Harrow Holdings.", "Northern Mills", "part_of", "Harrow Holdings"),
        ("The Daily Lantern, which is owned by Harrow Holdings, is late.", "Daily Lantern", "owned_by", "Harrow Holdings"),
        ("Harrow Holdings bought Northern Mills in May.", "Northern Mills", "owned_by", "Harrow Holdings"),
        ("Northern Voice, the media arm of the Harbour Party, is new.", "Northern Voice", "outlet_of", "Harbour Party"),
        ("Tom Roe, formerly of Harrow Holdings, left.", "Tom Roe", "formerly_at", "Harrow Holdings"),
        ("Tom Roe, a former director of Northern Mills, left.", "Tom Roe", "formerly_at", "Northern Mills"),
        ("Ann Poe, a spokeswoman for the Harbour Board, left.", "Ann Poe", "speaks_for", "Harbour Board"),
        ("Ann Poe, chief executive of Northern Mills, left.", "Ann Poe", "works_for", "Northern Mills"),
        ("The Quill Institute was founded by Edda Quill.", "Quill Institute", "founded_by", "Edda Quill"),
    ],
)
def test_a_stated_tie_names_both_ends_and_stands_where_it_is_said(text, left, kind, right):
    (tie,) = ties(text)
    assert (tie.left_name, tie.kind, tie.right_name) == (left, kind, right)
    assert text[tie.left_start : tie.left_end] == left
    assert text[tie.right_start : tie.right_end] == right
    assert (tie.stated_by, tie.is_denied) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "“Northern Mills is owned by Harrow Holdings,” said Ann Poe.",
        "Ann Poe said that Northern Mills is owned by Harrow Holdings.",
        "According to Ann Poe, Northern Mills is owned by Harrow Holdings.",
    ],
)
def test_a_tie_in_somebodys_words_is_that_persons_claim(text):
    (tie,) = ties(text)
    assert tie.stated_by == "Ann Poe"


def test_a_denied_tie_is_a_denial():
    (tie,) = ties("Tom Roe said that Northern Mills is not funded by Harrow Holdings.")
    assert (tie.is_denied, tie.stated_by) == (True, "Tom Roe")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Poe met Tom Roe at Northern Mills.",
        "Mr Tom Roe was supported by Mrs Ann Poe.",
        "Northern Mills closed. Owned by nobody, Harrow Holdings went on.",
        "The Harbour Trust and the Quill Institute met.",
    ],
)
def test_what_ties_nothing_or_only_two_persons_is_no_tie(text):
    assert ties(text) == []


def test_kinds_are_those_of_the_model():
    assert {kind for listed in PATTERNS.values() for kind, _, _ in listed} <= set(TIE_KINDS)


def test_hostile_runs_of_tying_words_cost_little():
    assert ties("The Harbour Trust " + "owned by the " * 20_000) == []
    assert len(ties("Northern Mills is owned by Harrow Holdings. " * 2_000)) == 2_000
