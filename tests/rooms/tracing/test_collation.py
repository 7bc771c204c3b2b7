"""Word columns over all witnesses."""

from hypothesis import given
from hypothesis import strategies as st

from firstsaid.tracing import collate

texts = st.lists(st.lists(st.sampled_from(["red", "boat", "sank", "the", "old", "quay", "40"]), max_size=8).map(" ".join), max_size=6)


@given(texts)
def test_every_word_stands_in_one_column_in_order(listed):
    collation = collate(listed)
    for witness, text in enumerate(listed):
        spans = [collation.spans(column)[witness] for column in range(collation.n_columns)]
        words = [text[start:end] for start, end in filter(None, spans)]
        assert words == text.split()


@given(texts)
def test_no_column_is_empty_and_equal_codes_mean_equal_words(listed):
    collation = collate(listed)
    for column in range(collation.n_columns):
        spans = collation.spans(column)
        words = [None if span is None else listed[witness][slice(*span)] for witness, span in enumerate(spans)]
        assert any(words)
        codes = [int(collation.codes[column, version]) for version in collation.version_of]
        assert [[a == b for b in words] for a in words] == [[a == b for b in codes] for a in codes]


def test_words_added_by_two_witnesses_share_a_column():
    collation = collate(["the boat sank", "the red boat sank", "the red boat sank today", "the boat sank at night"])
    column = next(c for c in range(collation.n_columns) if collation.spans(c)[1] == (4, 7))
    assert collation.spans(column) == (None, (4, 7), (4, 7), None)


def test_case_and_punctuation_make_no_version():
    collation = collate(["The boat, sank.", "the boat sank"])
    assert collation.version_of == (0, 0)
    assert collation.spans(1) == ((4, 8), (4, 8))
    assert list(collation.variable()) == []


def test_nothing_collates_to_nothing():
    assert collate([]).n_columns == 0
    assert collate(["", ""]).n_columns == 0


def test_two_fragments_of_different_places_are_not_laid_beside_each_other() -> None:
    words = [f"word{number}" for number in range(60)]
    whole = " ".join(words)
    beginning, end = " ".join(words[:12]), " ".join(words[40:54])
    collation = collate([end, whole, beginning, "and " + end])
    spans = [collation.spans(column) for column in range(collation.n_columns)]
    assert not any(row[0] is not None and row[2] is not None for row in spans)
    assert collation.n_columns <= 61
