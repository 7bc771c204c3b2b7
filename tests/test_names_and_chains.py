"""Who is who in a corpus, and by whom words came: what a user lists, asks and decides."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import firstsaid
from firstsaid.corpus import Corpus
from firstsaid.errors import UsageError

WORDS = "the harbour wall will hold for another forty winters if nobody digs under it"
FILES = {
    "a-first.txt": f"2021-03-01\n\nThe wall\n\n“It is old, and {WORDS},” said Edda Quill, the mayor of Norton.\n",
    "b-through.txt": "2021-03-02\n\nTalk\n\n“Edda Quill told me that ‘we were never asked about the money’,” said Tom Roe.\n",
    "c-copy.txt": f"2021-03-03\n\nNotes on walls\n\nSome notes follow. It is old, and {WORDS}. That is all we noted.\n",
    "d-voice.txt": "2021-03-04\n\nBoard\n\n“We will answer in May,” said a spokesman for the Harbour Board.\n",
    "e-short.txt": "2021-03-05\n\nAgain\n\n“I never saw it,” Edda Quill told the Daily Lantern. “Nobody showed it to me,” Quill said.\n",
}


def shown(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "firstsaid", *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    opened = firstsaid.open(tmp_path / "case.firstsaid")
    opened.add(folder)
    opened.trace()
    return opened


def hands(corpus: Corpus, speaker: str) -> list[tuple[str, str | None]]:
    return sorted((one.document.location[0], one.hand) for one in corpus.heard(speaker))


def test_words_of_a_speaker_are_found_first_hand_relayed_and_unattributed(corpus: Corpus) -> None:
    assert hands(corpus, "Quill") == [("a", "first-hand"), ("b", "relayed"), ("c", "unattributed"), ("e", "first-hand"), ("e", "relayed")]


def test_every_step_of_a_chain_has_its_words(corpus: Corpus) -> None:
    (told,) = [one for one in corpus.heard("Quill") if one.document.location.startswith("b")]
    steps = [(step.role, step.name) for step in told.path]
    assert steps[1:] == [("speaker", "Tom Roe"), ("speaker", "Edda Quill")]
    assert [told.document.text[step.start : step.end] for step in told.path[1:]] == ["Tom Roe", "Edda Quill"]
    assert corpus.chain(told.quotation) == told.path


def test_a_work_through_which_somebody_is_heard_is_a_step(corpus: Corpus) -> None:
    first = next(one for one in corpus.heard("Quill") if one.document.location.startswith("e"))
    assert [(step.role, step.name) for step in first.path[1:]] == [("work", "Daily Lantern"), ("speaker", "Edda Quill")]


def test_a_body_is_heard_through_who_speaks_for_it(corpus: Corpus) -> None:
    (one,) = corpus.heard("Harbour Board")
    assert (one.hand, one.path[-1].role, one.path[-1].name) == ("relayed", "on_behalf_of", "Harbour Board")


def test_the_listing_shows_hand_and_chain(corpus: Corpus) -> None:
    lines = shown("list", str(corpus.path), "quotations", "--speaker", "Quill", "--json").splitlines()
    found = [json.loads(line) for line in lines]
    copy = found[-1]
    assert copy["hand"] == "unattributed"
    assert copy["attributed_in"]["file"].startswith("a-first")
    assert WORDS in copy["text"]
    assert copy["chain"][-1]["name"] is None
    told = shown("list", str(corpus.path), "quotations", "--speaker", "Quill")
    assert "relayed, direct, Edda Quill (through Tom Roe)" in told
    assert "unattributed, the words of Edda Quill in a-first" in told


def test_a_name_that_nobody_has_is_answered_with_those_written_like_it(corpus: Corpus) -> None:
    told = shown("list", str(corpus.path), "quotations", "--speaker", "Quil")
    assert told.startswith("nobody called “Quil” is quoted here; written like it: Edda Quill")
    assert len(told.splitlines()) == 1
    assert "written like it" not in shown("list", str(corpus.path), "quotations", "--speaker", "Xxyzzy")


def test_a_name_that_fits_several_speakers_says_which(corpus: Corpus) -> None:
    assert corpus.speakers_like("Quill") == (["Edda Quill"], [])
    corpus.decide_names("Quill", "Edda Quill", "split", "another Quill")
    corpus.trace()
    told = shown("list", str(corpus.path), "quotations", "--speaker", "Quill")
    assert "“Quill” fits 2 speakers, all listed: Edda Quill; Quill." in told


def test_a_decision_on_names_survives_another_trace_and_can_be_taken_back(corpus: Corpus) -> None:
    def names() -> set[str]:
        corpus.trace()
        return {name.canonical for name in corpus.names()}

    assert "Quill" not in names()
    corpus.decide_names("Quill", "Edda Quill", "split", "another Quill")
    assert corpus.status().stale
    assert {"Quill", "Edda Quill"} <= names()
    assert hands(corpus, "Edda Quill").count(("e", "first-hand")) == 0
    corpus.decide_names("Edda Quill", "Tom Roe", "joined", "a pen name")
    corpus.decide_names("Quill", "Edda Quill", "confirmed")
    assert {"Quill", "Edda Quill"}.isdisjoint(names()) or "Tom Roe" not in names()
    (both,) = [name for name in corpus.names() if "Tom Roe" in name.spellings]
    assert both.spellings == ("Edda Quill", "Quill", "Tom Roe")
    assert not corpus.status().unanchored


def test_decisions_on_names_are_checked(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="no text has the name 'Nobody Here'"):
        corpus.decide_names("Nobody Here", "Edda Quill", "joined")
    with pytest.raises(UsageError, match="one spelling"):
        corpus.decide_names("Edda Quill", "edda quill", "split")
    with pytest.raises(UsageError, match="Verdicts: joined, split, confirmed"):
        corpus.decide_names("Quill", "Edda Quill", "dismissed")
    assert "--with" in shown("decide", str(corpus.path), "Quill", "split")


def test_the_list_of_names_says_why_spellings_are_one(corpus: Corpus) -> None:
    rows = [json.loads(line) for line in shown("list", str(corpus.path), "names", "--json").splitlines()]
    (quill,) = [row for row in rows if row["canonical"] == "Edda Quill"]
    assert quill["kind"] == "person"
    assert {one["spelling"]: one["because"] for one in quill["joined"]}["Quill"] == (
        "“Quill” is the last word of “Edda Quill”, the only full name with it in this text"
    )
