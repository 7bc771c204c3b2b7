import time

from hypothesis import given
from hypothesis import strategies as st

from firstsaid.checking.compare import hold
from firstsaid.checking.tokens import keys_of, sentence_around
from firstsaid.text import words

ALPHABETS = ("ab'’- \n.1é漢", "aB'’-‐\xad \n.½ßŁœ“…\u200b_²Ǆ")


@given(st.one_of(*(st.text(alphabet=alphabet, max_size=40) for alphabet in ALPHABETS), st.text(max_size=30)))
def test_the_short_way_to_words_is_the_long_one(text):
    assert keys_of(text) == words(text).keys


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_sentence_holds_its_stretch(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    low, high = sentence_around(text, start, end)
    assert low <= max(start, low)
    assert end <= high <= max(len(text), end)


def test_titles_and_initials_end_no_sentence():
    text = "It rained. Mr. J. Reyes went home. Then it stopped."
    assert text[slice(*sentence_around(text, 20, 22))] == "Mr. J. Reyes went home."


def test_a_million_equal_signs_take_no_time():
    began = time.process_time()
    for sign in ("a", ".", '"', " ", "…", "a ", "not "):
        text = sign * (1_000_000 // len(sign))
        keys_of(text)
        sentence_around(text, 500_000, 500_010)
        hold("a quotation of a few words that is not there", text, (500_000, 500_040))
    assert time.process_time() - began < 30
