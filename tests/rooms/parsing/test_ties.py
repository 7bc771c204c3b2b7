import pyarrow as pa
import pytest

from firstsaid.columns import from_table, unnested
from firstsaid.model import TIE_KINDS, Tie
from firstsaid.parsing import said_rows
from firstsaid.parsing.naming.ties import PATTERNS


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
        ("Harrow Holdings bought Northern Mills in May.", "Northern Mills", "acquired_by", "Harrow Holdings"),
        ("Northern Voice, the media arm of the Harbour Party, is new.", "Northern Voice", "outlet_of", "Harbour Party"),
        ("The pier is run down. The Harbour Line is run by Northern Mills.", "Harbour Line", "run_by", "Northern Mills"),
        ("Tom Roe, a former director of Northern Mills, left.", "Tom Roe", "formerly_at", "Northern Mills"),
        ("Tom Roe was president of Norland until 1990.", "Tom Roe", "formerly_at", "Norland"),
        ("Tom Roe, a member of the Harbour Council, left.", "Tom Roe", "works_for", "Harbour Council"),
        ("Ann Poe, a spokeswoman for the Harbour Board, left.", "Ann Poe", "speaks_for", "Harbour Board"),
        ("Ann Poe, chief executive of Northern Mills, left.", "Ann Poe", "works_for", "Northern Mills"),
        ("The Quill Institute was founded by the industrialist Edda Quill.", "Quill Institute", "founded_by", "Edda Quill"),
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
        "Poe’s former rivals for the Harbour Party met.",
        "Tom Roe, head of Norland’s navy, left.",
        "Ann Poe, a spokeswoman for the Roe campaign, left.",
        "Northern Mills operates independently from Harrow Holdings.",
        "The bridge is part of the history of Norland, as Harrow Holdings said.",
        "The new chair is the Norlandish director of the Harbour Board.",
        "Reform as part of the Harbour Agency goes on.",
        "The Harbour Act was established by the High Court.",
        "Tom Roe, the director of Black Water, left.",
        "Tom Roe, the chairman of the Subcommittee on Piers, left.",
        "The Quill Institute is supported by the Harbour Trust.",
    ],
)
def test_what_ties_nothing_or_only_two_persons_is_no_tie(text):
    assert ties(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tom Roe, formerly of Harrow Holdings, left.",
        "Tom Roe, who works for Harrow Holdings, left.",
        "Tom Roe, a member of the Harbour Party, left.",
        "The Quill Institute is funded by Tom Roe.",
    ],
)
def test_a_person_who_says_nothing_and_holds_no_office_has_no_tie(text):
    assert ties(text) == []


def test_a_person_who_is_heard_may_have_a_tie():
    (tie,) = ties("“The pier is closed,” said Tom Roe. Tom Roe, formerly of Harrow Holdings, left.")
    assert (tie.left_name, tie.kind, tie.right_name) == ("Tom Roe", "formerly_at", "Harrow Holdings")


def test_who_is_told_something_is_not_who_holds_the_office_behind():
    assert ties("She told Agence Lantern, the president of the Harbour League, Ann Poe, was late.") == []


def test_kinds_are_those_of_the_model():
    assert {pattern.kind for listed in PATTERNS.values() for pattern in listed} <= set(TIE_KINDS)


def test_hostile_runs_of_tying_words_cost_little():
    assert ties("The Harbour Trust " + "owned by the " * 20_000) == []
    assert len(ties("Northern Mills is owned by Harrow Holdings. " * 2_000)) == 2_000
