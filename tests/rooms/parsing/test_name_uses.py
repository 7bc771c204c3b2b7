"""What has a capital and is no name; texts of the project's own (CC0)."""

import pytest

from firstsaid.parsing.naming.names import find_names
from firstsaid.parsing.structure import take_apart


def names(text):
    return [named.surface for named in find_names(take_apart(text, (), "en")).names]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She met Norlandish officials. He met the Norlandish harbourmaster.", []),
        ("She met a Norlandish-speaking pilot at the Tarrow-backed pier.", ["Tarrow"]),
        ("She sailed to Norland and thanked Norland’s pilots.", ["Norland", "Norland"]),
        ("She met Ann Quibbish there. Later Quibbish boats came.", ["Ann Quibbish", "Quibbish"]),
        ("Under D. From time to time the bank may pay. Under B. The bank may pay.", []),
        ("It rained in southern Norland But the harbour stayed open.", ["Norland"]),
        ("She leads the Harbour Board He left.", ["Harbour Board"]),
        ("The staff saw the May NPI figures before the June NPI figures.", ["NPI", "NPI"]),
        ("She joined the Institute of Tides and Dr. Roe left.", ["Institute of Tides", "Roe"]),
        ("She met the Honorable Tex Marl there.", ["Tex Marl"]),
    ],
)
def test_only_names_are_names(text, found):
    assert names(text) == found


def test_initials_that_only_label_who_speaks_are_no_name():
    text = "HB: Who came?\n\nAnn Poe: The QRA came.\n\nHB: And then?\n\nAnn Poe: The QRA left.\n\nHB: Thanks."
    assert "HB" not in names(text)
    assert names(text).count("QRA") == 2


def test_numbered_parts_of_a_text_are_no_names():
    text = "See Table 2 and Annex B, wrote Ann Lund. Article IV of the treaty was signed on Table Mountain, as Figure 3.1 shows."
    assert names(text) == ["Ann Lund", "Table Mountain"]
