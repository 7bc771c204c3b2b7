"""Claims set against each other: what is a copy, what says the same in other words, and how often a claim was told."""

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.columns import from_table, schema
from firstsaid.matching import claims
from firstsaid.model import CLAIM_BANDS, CLAIM_DIFFERENCES, ClaimPair, ClaimTelling, Passage, digest

DAY = 1440
FERRY = "At least 15 people died when the ferry sank off Marrow Island."


def forms_of(texts):
    """`texts`: (document, text) in order; each is one claim."""
    rows = [(digest("claim", document, at), document, 100 * at, 100 * at + len(text), text) for at, (document, text) in enumerate(texts)]
    names = ("id", "document_id", "start", "end", "text")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    return claims.form_rows(pa.table({name: list(column) for name, column in columns.items()}))


def heading_of(documents):
    return pa.table(
        {"document_id": pa.array(list(documents), pa.string()), "published_earliest": pa.array(list(documents.values()), pa.int64())}
    )


def told(texts, dates=None, passages=None):
    """Pairs and tellings of claims; documents are a day apart in alphabetical order unless told otherwise."""
    documents = dates or {name: DAY * at for at, name in enumerate(sorted({document for document, _ in texts}))}
    beside = {"heading": heading_of(documents), "passage": passages or schema(Passage).empty_table()}
    pairs = claims.pair_rows(forms_of(texts), beside)
    return from_table(ClaimPair, pairs), from_table(ClaimTelling, claims.telling_rows(pairs, beside))


@pytest.mark.parametrize(
    ("other", "band", "differs"),
    [
        (FERRY, "copy", ()),
        ("When the ferry sank off Marrow Island, at least 15 people died.", "copy", ()),
        ("At least 15 people died as the ferry sank just off Marrow Island.", "same", ()),
        ("At least 22 people died when the ferry sank off Marrow Island.", "possibly", ("figure",)),
        ("At least 15 sheep died when the ferry sank off Marrow Island.", "possibly", ("word",)),
        ("At least 15 people sank when the ferry died off Marrow Island.", "possibly", ("order",)),
        ("At least 15 people never died when the ferry sank off Marrow Island.", "possibly", ("denial",)),
        ("At least 15 people survived when the ferry sank off Marrow Island.", "possibly", ("direction",)),
    ],
)
def test_bands_and_what_sets_two_claims_apart(other, band, differs):
    ((pair,), _) = told([("a", FERRY), ("b", other)])
    assert (pair.band, pair.differs) == (band, differs)
    assert (pair.left_document_id, pair.right_document_id) == ("a", "b")


def test_another_subject_makes_no_pair():
    pairs, tellings = told([("a", FERRY), ("b", "The museum in Elsby returned the mask to the islanders in May.")])
    assert pairs == []
    assert tellings == []


def test_the_same_words_in_many_documents_are_one_telling():
    _, tellings = told([(name, FERRY) for name in "abcdefghijkl"])
    assert len({one.document_id for one in tellings}) == 12
    assert len({one.telling_id for one in tellings}) == 1


def test_several_wordings_of_one_claim_are_as_many_tellings():
    other = "At least 15 people died as the ferry sank just off Marrow Island."
    _, tellings = told([("a", FERRY), ("b", other), ("c", FERRY)])
    assert len({one.group_id for one in tellings}) == 1
    assert sorted({one.document_id for one in tellings}) == ["a", "b", "c"]
    assert len({one.telling_id for one in tellings}) == 2


def test_a_copied_passage_is_one_telling_also_where_a_word_was_changed():
    texts = [("a", FERRY), ("b", "At least 22 people died when the ferry sank off Marrow Island.")]
    spans = [("a", 0, len(FERRY)), ("b", 100, 100 + len(texts[1][1]))]
    rows = [Passage(f"p{at}", "family", *span) for at, span in enumerate(spans)]
    passages = pa.table({name: [getattr(row, name) for row in rows] for name in schema(Passage).names}, schema=schema(Passage))
    ((pair,), tellings) = told(texts, passages=passages)
    assert pair.band == "copy"
    assert len({one.telling_id for one in tellings}) == 1


def test_the_earlier_document_is_left_and_an_undated_one_comes_last():
    ((pair,), tellings) = told([("a", FERRY), ("b", FERRY)], dates={"a": None, "b": 5 * DAY})
    assert pair.left_document_id == "b"
    assert [one.reason for one in tellings] == ["the earliest here", "the same words as in b, or copied with it"]


def test_a_document_that_repeats_itself_makes_no_pair():
    assert told([("a", FERRY), ("a", FERRY)]) == ([], [])


def test_the_order_of_rows_changes_nothing():
    texts = [(name, f"At least {10 + at} people died when the ferry sank off Marrow Island.") for at, name in enumerate("abcd")]
    texts += [(name, text + " Again.") for name, text in texts]
    table = forms_of(texts)
    shuffled = list(range(len(texts)))
    random.Random(3).shuffle(shuffled)
    beside = {"heading": heading_of(dict.fromkeys("abcd", 0)), "passage": schema(Passage).empty_table()}
    forward, backward = (claims.pair_rows(rows, beside) for rows in (table, table.take(shuffled)))
    assert sorted(map(str, from_table(ClaimPair, forward))) == sorted(map(str, from_table(ClaimPair, backward)))
    assert claims.telling_rows(forward, beside).equals(claims.telling_rows(backward.take(list(range(backward.num_rows))[::-1]), beside))


def test_no_claims_give_no_rows():
    beside = {"heading": heading_of({}), "passage": schema(Passage).empty_table()}
    pairs = claims.pair_rows(claims.FORM_SCHEMA.empty_table(), beside)
    assert pairs.num_rows == claims.telling_rows(pairs, beside).num_rows == 0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_texts_are_compared(texts):
    pairs, _ = told([(f"d{at}", text) for at, text in enumerate(texts)])
    for pair in pairs:
        assert pair.band in CLAIM_BANDS
        assert set(pair.differs) <= set(CLAIM_DIFFERENCES)
        assert 0 <= pair.score <= 10_000
