from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.parsing import sentences


def split(text):
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. A. Poe paid $3.5 million.", '"It is late."', "He left."],
        ['"Why?" she asked.', '"No!"', "He... well, no."],
        ["He lives in the U.S. Senate district of Gov. Roe.", "She does not."],
        ["Am 3. März kam er z.B. mit Dr. Weiß.", "Dann ging er."],
        ["They met at 5 p.m. on Friday.", "No. 5 was late."],
        ["The riots.4", "Nobody cared.[12]", "The end."],
    ],
)
def test_sentences_end_where_they_should(expected):
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize("text", ["他说。她走了。", "वह आया। वह गया।", "هل جاء؟ نعم."])
def test_stops_of_other_scripts(text):
    assert len(split(text)) == 2


def test_paragraphs_always_end_sentences():
    assert split("A line without stop\n\nThe next") == ["A line without stop", "The next"]


def test_hard_wrapped_lines_do_not():
    line = "the water rose over the lower gate and the men who stood there ran"
    text = "\n".join([line] * 8)
    assert len(split(text)) == 1


@given(st.text(alphabet='aB. \n"”!?。1', max_size=120))
def test_sentences_are_in_order_disjoint_and_hold_everything_but_space(text):
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
