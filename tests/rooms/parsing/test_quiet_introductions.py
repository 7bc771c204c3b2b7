"""Words of another behind a full sentence, without a colon and without marks. All passages were written for these tests (CC0)."""

import pytest

from firstsaid.parsing.blocks.block_model import both
from firstsaid.parsing.blocks.manners import manners_of
from firstsaid.parsing.blocks.sentence_signs import around, of_sentence, openings_of, small_words_of
from firstsaid.parsing.lexicon import cues
from firstsaid.parsing.sayings import Mode, sayings
from firstsaid.parsing.structure import take_apart
from firstsaid.parsing.who.addressees import addressee_of

MINE = (
    "I grew up beside the canal and I have never trusted its owners. My mother kept their accounts for a while, and I think she never "
    "forgave herself. We moved away when I was nine."
)
THEIRS = (
    "Thy boats shall not pass, nor shall thy people drink of it; for the water is ours — every drop — and whosoever taketh it taketh "
    "from our children. We have said so unto the magistrate, and we shall say so again!"
)
BACK = "It is a hard passage to read today, and I do not read it often. But that is what they thought, and they wrote it down."
NEWS = (
    "The council said on Monday that the canal would be closed. Officials told reporters that the work had begun. “It will take a year,” "
    "said Ann Poe, who runs the works. The mayor said that the town had no choice."
)


def blocks(text):
    return [text[q.start : q.end] for q in sayings(text, language="en", mode=Mode(is_parsed=False)).quotations if q.form == "block"]


def essay(sentence):
    return f"{MINE}\n\nThe owners had a pamphlet of their own, and Dora Finch wrote it. {sentence}\n\n{THEIRS}\n\n{BACK}"


@pytest.mark.parametrize(
    "sentence",
    [
        "The complete passage runs as follows.",
        "Here is the passage.",
        "Wrote Finch in the year of the drought,",
        "Finch writes in the pamphlet that",
    ],
)
def test_a_full_sentence_introduces_in_an_essay(sentence):
    assert blocks(essay(sentence)) == [THEIRS]


@pytest.mark.parametrize("sentence", ["Nobody bought it.", "It sold badly, and the printer was never paid.", "I have lost my copy."])
def test_a_sentence_that_announces_nothing_introduces_nothing(sentence):
    own = "My own copy went to the school. I gave it to the teacher myself, and I asked him to keep it on a high shelf."
    assert not blocks(f"{MINE}\n\nThe owners had a pamphlet. {sentence}\n\n{own}\n\n{BACK}")


def test_news_are_left_to_their_colons():
    assert not blocks("\n\n".join([NEWS] * 20 + ["The complete account is this.", THEIRS, NEWS]))


def test_signs_have_readable_names():
    page = take_apart(essay("Wrote Finch in 1907."), (), "en")
    unit = next(number for number, at in enumerate(page.paragraph_of_unit) if at == 2) - 1
    signs = of_sentence(page, cues("en"), 1, unit)
    assert signs["verb first"] == signs["ends on a year"] == 1
    assert small_words_of(page, unit)["f wrote"] == 1
    manners = manners_of(page)
    assert openings_of(page, manners, 1) == {"b thy": 1.0, "a it": 1.0}
    assert around(manners, 1)["habits unlike both"] > 0
    assert around(manners, len(manners) - 1) == {}


def test_both_halves_count_more_than_either():
    assert both(1.0, 1.0)["both"] > both(1.0, -3.0)["both"] == both(-3.0, 1.0)["both"] == 0


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("An Open Letter to the Chancellor\n\nOn Monday you wrote to us.", "the Chancellor"),
        ("Dear Mr Poe,\n\nYou wrote to us in May.", "Mr Poe"),
        ("A Word on Boats\n\nYou wrote to us in May.", None),
    ],
)
def test_a_letter_shows_whom_it_addresses(opening, name):
    page = take_apart(opening, (), "en")
    found = addressee_of(page)
    assert (" ".join(page.words[found.start : found.end]) if found else None) == name
