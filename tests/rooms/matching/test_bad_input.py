"""Texts that no one would write: that it ends and is right; how long it takes is measured by `benchmarks.speed`."""

import random

import pytest

from firstsaid.matching import GatheredTexts
from firstsaid.matching.gathered import Matched

WORDS = [f"w{number}" for number in range(2_000)]


def matched(texts: list[str]) -> Matched:
    with GatheredTexts() as held:
        for number, text in enumerate(texts):
            held.add(f"d{number:06}", text, number)
        return held.matched()


def made(seed: int, n_words: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=n_words))


def test_texts_of_no_word_and_of_one_share_nothing():
    found = matched(["", "word", "", "word", " ", "."] * 50)
    assert not len(found.alignments)
    assert found.families()[0] == []


def test_one_word_a_hundred_thousand_times_is_no_passage():
    assert not len(matched(["again " * 100_000, "again " * 100_000, "again"]).alignments)


def test_two_words_in_turn_are_found_once_not_at_every_place():
    found = matched(["to and " * 20_000] * 2)
    assert len(found.alignments) <= 2


def test_equal_documents_are_a_star_on_the_first_and_one_family():
    text = made(1, 60)
    found = matched([text] * 2_000)
    assert len(found.alignments) == 1_999
    assert set(found.alignments[:, 0].tolist()) == {0}
    named, passages = found.families()
    assert len(set(named)) == 1
    assert sorted(passages[:, 0].tolist()) == list(range(2_000))
    assert {(start, end) for _, start, end in passages.tolist()} == {(0, len(text))}


def test_a_long_document_shares_all_its_passages_with_the_short_ones_it_was_made_of():
    parts = [made(seed, 40) for seed in range(300)]
    found = matched([*parts, " ".join(parts)])
    pairs = {(left, right) for left, _, _, right, *_ in found.alignments.tolist()}
    assert {(number, 300) for number in range(300)} <= pairs
    named, _ = found.families()
    assert len(set(named)) == 300


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\u202e", "\U0010ffff", "\ufeff"])
def test_odd_characters_between_words_hide_no_copy(odd):
    text = made(3, 50)
    found = matched([text, text.replace(" ", f" {odd} ")])
    assert len(found.alignments) == 1
    assert found.alignments[0, 7] >= 49


def test_a_text_that_repeats_itself_is_one_witness_of_one_family():
    verse = made(5, 40)
    named, passages = matched([verse, f"{verse} {verse} {verse}", f"{verse} {verse}"]).families()
    assert len(set(named)) == 1
    assert set(passages[:, 0].tolist()) == {0, 1, 2}
