"""What the ranker reads and how: token vectors, the network, weights in a file. All passages were written for these tests (CC0)."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.parsing.clauses.attributing import packed, steps_of, unpacked
from firstsaid.parsing.clauses.clauses import MIN_STEPS, choices_of
from firstsaid.parsing.clauses.network import N_PLACES, WIDTH, Network
from firstsaid.parsing.clauses.parser import _pipeline, trees_of
from firstsaid.parsing.sayings import sayings
from firstsaid.parsing.structure import take_apart

SENTENCES = (
    "The engineer said that the dam would hold until spring.",
    "Nobody in the tram shed had asked for a lamp.",
    "According to the harbour board, the quay was never closed.",
    "Rain.",
    "He wants the ferry back, and she has promised to find one.",
)


def test_token_vectors_are_those_of_the_pinned_model():
    pipeline, vectors = _pipeline()
    ours, theirs = ([pipeline.make_doc(sentence) for sentence in SENTENCES] for _ in range(2))
    vectors.set_on(ours)
    pipeline.get_pipe("tok2vec").set_annotations(theirs, pipeline.get_pipe("tok2vec").predict(theirs))
    for left, right in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(left.tensor, right.tensor, atol=1e-4)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_a_sentence_has_the_same_parse_whatever_stands_beside_it(sentences):
    page = take_apart("\n\n".join(sentences), (), "en")
    found = dict(trees_of(page, range(len(page.units))))
    for unit, sentence in enumerate(sentences):
        alone = take_apart(sentence, (), "en")
        tree = dict(trees_of(alone, [0]))[0]
        assert (tree.tags, tree.links, tree.head) == (found[unit].tags, found[unit].links, found[unit].head)


def test_weights_come_back_from_their_file_as_they_went_in():
    random = np.random.default_rng(3)
    network = Network(
        random.normal(size=(WIDTH, (N_PLACES + 1) * 4)).astype(np.float32),
        random.normal(size=(2, 4)).astype(np.float32),
        random.normal(size=4).astype(np.float32),
        random.normal(size=4).astype(np.float32),
    )
    held = json.loads(json.dumps(packed({"say|V": 3}, {"a": 1.0, "b": -0.5, "c": 0.0, "d": 0.0}, network, ["c", "a"])))
    known = unpacked(held)
    assert [known.weights[known.places[trait]] for trait in "abcd"] == [1.0, -0.5, 0.0, 0.0]
    rows = known.network.rows[[known.rows[known.places[trait]] for trait in "cabd"]]
    np.testing.assert_allclose(rows[:2], network.rows, atol=0.02)
    assert not rows[2:].any()


def test_a_word_has_the_most_strength_of_its_classes():
    assert steps_of({"claim|N": 1, "claim|V": 4, "lamp|N": 0}) == {"claim": 4}


def test_a_sentence_with_one_weak_word_alone_is_not_parsed():
    page = take_apart("The lamp was lit at dusk.", (), "en")
    assert MIN_STEPS > 1
    assert choices_of(page, []) == []


def test_chances_are_chances():
    page = take_apart(" ".join(SENTENCES), (), "en")
    choices = choices_of(page, [])
    assert choices
    assert all(0 <= choice.chance <= choice.any_chance + 1e-9 <= 1 + 2e-9 for choice in choices)


def speakers(text):
    return [(text[q.start : q.end], q.speaker_name) for q in sayings(text, language="en").quotations]


def test_a_paragraph_between_marks_goes_on_with_the_one_before_it():
    text = (
        "The vote was at nine.\n\n“The boats stay in,” Ann Poe said.\n\n“They stay until the ice has gone.”\n\nThe meeting closed at ten."
    )
    found = [q for q in sayings(text, language="en").quotations if q.form == "direct"]
    assert [[text[a:b] for a, b in q.pieces] for q in found] == [["The boats stay in,", "They stay until the ice has gone."]]


def test_a_paragraph_with_words_of_its_own_does_not():
    text = "“The boats stay in,” Ann Poe said.\n\n“They stay until the ice has gone,” said Tom Roe."
    assert [name for _, name in speakers(text)] == ["Ann Poe", "Tom Roe"]


def test_a_word_of_time_before_marks_takes_no_statement_from_its_speaker():
    text = (
        "Ann Poe came late. She repeats what she told the Herald on the first morning: “The pumps failed because nobody had tested them.”"
    )
    assert ("The pumps failed because nobody had tested them", "Ann Poe") in [(words.rstrip("."), name) for words, name in speakers(text)]
