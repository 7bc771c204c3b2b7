"""The compiled words are the words of `firstsaid.text`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid import text
from firstsaid.matching.words import word_arrays

PIECES = st.sampled_from(
    ["a", "B", "ß", "é", "e\u0301", "ﬁ", "İ", "9", "٣", "'", "’", "\u00ad", "-", "\u2010", "-\n", "-\r\n ", "- \n\tx", "\n", " ", ".", "_",
     "漢", "字", "か", "゛", "ก", "ำ", "๕", "က", "س", "أ", "ـ", "\u064b", "\u200c", "ש", "ְ", "Ж", "й", "और", "क्", "한", "각", "½", "²", "Ⅻ",
     "\ud800", "\x00", "😀", "𝔘", "\U000e0100", "ʼ", "ǆ", "Σ", "ς", "ŉ",
     "\u200b", "\u200f", "\ufeff", "ﾎ", "ﾞ", "が", "ł", "ı", "\u0e4d", "\ufe0f", "த", "ொ", "ಕ", "-\nत"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=30))


def slow_hash(key: str) -> int:
    """The hash of a word's key, one letter at a time."""
    mask = (1 << 64) - 1
    state = 0xCBF29CE484222325
    for letter in key:
        state = ((state ^ ord(letter)) * 0x100000001B3) & mask
        state ^= state >> 29
    state ^= state >> 32
    state = (state * 0xD6E8FEB86659FD93) & mask
    state ^= state >> 32
    return state or 1


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_compiled_words_are_those_of_the_text_module(texts):
    arrays = word_arrays(texts)
    for d, one in enumerate(texts):
        expected = text.words(one)
        low, high = arrays.bounds[d], arrays.bounds[d + 1]
        assert arrays.starts[low:high].tolist() == expected.starts.tolist()
        assert arrays.ends[low:high].tolist() == expected.ends.tolist()
        assert arrays.hashes[low:high].tolist() == [slow_hash(key) for key in expected.keys]


def test_every_code_point_is_a_word_to_both_or_to_neither():
    texts = ["".join(map(chr, range(low, low + 0x800))) for low in range(0, 0x34000, 0x800)]
    arrays = word_arrays(texts)
    for d, one in enumerate(texts):
        starts, ends = text.word_bounds(one)
        low, high = arrays.bounds[d], arrays.bounds[d + 1]
        assert np.array_equal(arrays.starts[low:high], starts)
        assert np.array_equal(arrays.ends[low:high], ends)


def test_words_that_touch_boilerplate_match_nothing():
    arrays = word_arrays(["one two three four", "five"], [[(5, 9)], []])
    assert [h == 0 for h in arrays.hashes.tolist()] == [False, True, True, False, False]


@pytest.mark.parametrize("texts", [[], [""], ["", "..."], ["\x00\n\t"]])
def test_texts_without_words_have_none(texts):
    arrays = word_arrays(texts)
    assert len(arrays) == 0
    assert arrays.bounds.tolist() == [0] * (len(texts) + 1)
