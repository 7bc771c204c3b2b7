"""What could be checked, as a user lists it."""

import json

from firstsaid.corpus import Corpus
from firstsaid.corpus.rows import line_of, rows_of


def listed(example: Corpus):
    return list(rows_of(example, "claims"))


def test_claims_come_in_order_of_worth_and_none_is_hidden(example: Corpus):
    rows = listed(example)
    worths = [row["worth"] for row in rows]
    assert worths == sorted(worths, reverse=True)
    n_places = sum(1 + len(row["also"]) for row in rows)
    assert n_places == example.table("claims").num_rows


def test_every_place_of_a_claim_shows_its_words_and_counts_copies_once(example: Corpus):
    for row in listed(example):
        documents = {row["document"], *(one["document"] for one in row["also"])}
        assert row["n_documents"] == len(documents)
        assert 1 <= row["n_tellings"] <= row["n_documents"]
        for one in (row, *row["also"], *row["possibly"]):
            text = example.document(one["document"]).text
            assert one["text"] == text[one["start"] : one["end"]]


def test_the_release_that_many_print_is_one_telling(example: Corpus):
    releases = [row for row in listed(example) if row["n_documents"] == 8]
    assert {(row["n_tellings"], row["published"]) for row in releases} == {(1, "2022-09-06")}


def test_rows_are_json_and_lines_say_how_often(example: Corpus):
    rows = listed(example)
    json.dumps(rows)
    lines = [line_of("claims")(row) for row in rows]
    assert any("in 8 documents, 1 telling (all are copies)" in line for line in lines)
    assert any("tellings; the earliest" in line for line in lines)
