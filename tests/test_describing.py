"""What the user says of documents that do not say it themselves: kept, laid over what was read, followed by the next trace."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import firstsaid
from firstsaid.corpus import Corpus, open_corpus
from firstsaid.errors import CorpusError, UsageError
from firstsaid.store.described import fits

LETTER = (
    "The harbour master wrote that the new pier would cost nine hundred crowns and that nobody in the council had asked the fishermen "
    "whether they wanted it at all, which they did not."
)


@pytest.fixture
def corpus(tmp_path: Path):
    folder = tmp_path / "archive"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "first.txt").write_text(LETTER)
    (folder / "letters" / "second.txt").write_text("A copy. " + LETTER)
    (folder / "other.txt").write_text("It rained in the valley for the whole of the week.")
    with open_corpus(tmp_path / "case.firstsaid", create=True) as opened:
        opened.add(folder)
        yield opened


def described(corpus: Corpus) -> dict[str, tuple[str | None, str | None, tuple[str, ...], str | None]]:
    from firstsaid.dates import to_edtf

    return {
        document.location: (
            document.outlet, document.title, document.authors,
            to_edtf(document.published) if document.published and document.published.basis == "the user" else None,
        )
        for document in corpus.documents()
    }  # fmt: skip


def test_a_pattern_describes_documents_and_leaves_the_others(corpus):
    before = described(corpus)
    assert corpus.describe("letters/*", outlet="Harbour Archive", published="1890-03") == 2
    after = described(corpus)
    assert {location: (row[0], row[3]) for location, row in after.items() if location.startswith("letters")} == {
        "letters/first.txt": ("Harbour Archive", "1890-03"),
        "letters/second.txt": ("Harbour Archive", "1890-03"),
    }
    assert after["other.txt"] == before["other.txt"]


def test_a_date_that_is_said_solves_the_problem_of_its_absence(corpus):
    assert {problem.location for problem in corpus.problems()} == {"letters/first.txt", "letters/second.txt", "other.txt"}
    corpus.describe("letters/*", published="1890")
    assert {problem.location for problem in corpus.problems()} == {"other.txt"}


def test_what_was_said_last_holds_and_what_was_not_said_stays(corpus):
    corpus.describe("letters/*", outlet="Harbour Archive", authors=("Ada Lund", "Per Holm"))
    corpus.describe("letters/first.txt", outlet="The Tide", title="To the council")
    assert described(corpus)["letters/first.txt"][:3] == ("The Tide", "To the council", ("Ada Lund", "Per Holm"))
    assert [document.location for document, _ in corpus.search("council")][:1] == ["letters/first.txt"]


def test_the_trace_follows_what_was_said(corpus):
    corpus.trace()
    corpus.describe("letters/first.txt", outlet="The Tide", published="1890-03-02")
    corpus.describe("letters/second.txt", outlet="The Ebb", published="1889")
    assert "family" in corpus.status().stale
    corpus.trace()
    (family,) = corpus.families()
    assert [corpus.document(one).location for one in family.earliest_document_ids] == ["letters/second.txt"]


def test_documents_added_later_are_meant_too_and_reading_again_forgets_nothing(corpus, tmp_path):
    corpus.describe("letters/*", outlet="Harbour Archive")
    later = tmp_path / "later" / "letters"
    later.mkdir(parents=True)
    (later / "third.txt").write_text("A third letter, of which the harbour master never heard.")
    corpus.add(tmp_path / "later")
    assert described(corpus)["letters/third.txt"][0] == "Harbour Archive"
    corpus.reread()
    assert {row[0] for location, row in described(corpus).items() if location.startswith("letters")} == {"Harbour Archive"}
    assert corpus.verify().failures == ()


@pytest.mark.parametrize(
    ("locations", "said", "message"),
    [
        (("nowhere.txt",), {"outlet": "The Tide"}, "no document lies at 'nowhere.txt'"),
        (("letters/*", "nowhere.txt"), {"outlet": "The Tide"}, "no document lies at 'nowhere.txt'"),
        (("letters/*",), {}, "say what is known"),
        (("letters/*",), {"outlet": " "}, "the outlet is empty"),
        (("letters/*",), {"published": "last spring"}, "is no date with a year"),
    ],
)
def test_what_cannot_be_meant_is_refused_whole(corpus, locations, said, message):
    before = described(corpus)
    with pytest.raises(UsageError, match=message):
        corpus.describe(*locations, **said)
    assert described(corpus) == before


def test_a_pattern_means_a_place_and_the_parts_of_it():
    assert fits("posts.jsonl", "posts.jsonl#7")
    assert fits("posts.jsonl#7", "posts.jsonl#7")
    assert not fits("posts.jsonl#7", "posts.jsonl#71")
    assert not fits("letters/a.txt", "letters/a_txt")
    assert fits("**************************************x", "y" * 5_000 + "x")
    assert not fits("*a" * 12 + "b", "a" * 5_000)


def test_a_corpus_of_the_version_before_can_be_described(corpus):
    path = corpus.path
    corpus.close()
    old = sqlite3.connect(path)
    old.executescript("DROP TABLE description; ALTER TABLE document DROP COLUMN as_read; PRAGMA user_version = 2;")
    old.close()
    with firstsaid.open(path) as again:
        assert again.describe("other.txt", outlet="The Weather") == 1
        assert described(again)["other.txt"][0] == "The Weather"


def test_a_corpus_of_the_version_before_is_not_called_damaged(corpus):
    path = corpus.path
    corpus.close()
    old = sqlite3.connect(path)
    old.executescript("DROP TABLE claim_telling;")
    old.close()
    with pytest.raises(CorpusError, match=r"earlier Firstsaid\. Bring it up to date with: firstsaid trace"):
        open_corpus(path, read_only=True)
    with open_corpus(path) as again:
        again.trace()
    with open_corpus(path, read_only=True) as again:
        assert again.status().stale == ()
