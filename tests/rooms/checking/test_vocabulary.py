"""Columns of words and events against slow, obvious ways of asking the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.checking.shingles import ShingleIndex
from firstsaid.checking.tokens import keys_of
from firstsaid.checking.vocabulary import Vocabulary

texts = st.lists(st.text("ab c’é,.", max_size=40), max_size=6)


@given(texts)
def test_the_words_of_a_text_are_its_words(listed):
    vocabulary = Vocabulary.of(listed)
    names = list(vocabulary.numbers)
    assert [[names[number] for number in vocabulary.of_text(at)] for at in range(len(listed))] == [list(keys_of(text)) for text in listed]


@given(texts, st.integers(0, 7))
def test_words_are_counted_once_a_text(listed, n_texts):
    vocabulary = Vocabulary.of(listed)
    counts = vocabulary.n_texts_with(n_texts)
    for key, number in vocabulary.numbers.items():
        assert counts[number] == sum(key in keys_of(text) for text in listed[:n_texts])


@given(texts, st.sets(st.sampled_from(["a", "b", "ab", "ba", "c", "zz"])))
def test_texts_with_a_word_or_a_part_of_one_are_found(listed, asked):
    vocabulary = Vocabulary.of(listed)
    found = vocabulary.texts_with(asked)
    for key in asked:
        assert found.get(key, []) == [at for at, text in enumerate(listed) if key in keys_of(text)]
    if asked:
        holding = [at for at, text in enumerate(listed) if any(part in key for key in keys_of(text) for part in asked)]
        assert vocabulary.texts_with_part(asked) == holding


wordings = st.lists(st.lists(st.sampled_from("abcd"), min_size=3, max_size=6).map(tuple), min_size=1, max_size=4)
long_texts = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=30), max_size=5)


@given(wordings, long_texts)
def test_wordings_are_found_in_all_texts_as_in_each_alone(listed, found_in):
    index = ShingleIndex.build(listed)
    vocabulary = Vocabulary.of([" ".join(words) for words in found_in])

    def found(vocabulary):
        ids = [index.ids.get(key, 0) for key in vocabulary.numbers]
        for first, words, bounds in vocabulary.some_texts():
            numbers = [ids[word] for word in words]
            for text, *rest in index.found_in(np.array(numbers, np.uint64), bounds, 0.5):
                yield (first + text, *rest)

    alone = [(at, *rest) for at, words in enumerate(found_in) for _, *rest in found(Vocabulary.of([" ".join(words)]))]
    assert list(found(vocabulary)) == alone
    whole = {(at, number) for at, words in enumerate(found_in) for number, keys in enumerate(listed) if " ".join(keys) in " ".join(words)}
    assert whole <= {(at, number) for at, number, *_ in alone}
