"""The reading view's notes on what is said elsewhere in other words."""

from __future__ import annotations

from firstsaid.columns import to_table
from firstsaid.corpus import Corpus
from firstsaid.model import ClaimTelling
from firstsaid.showing.claim_marks import claim_marks
from firstsaid.showing.lines import Lines
from firstsaid.showing.links import Links
from firstsaid.showing.reading_view import reading_view
from firstsaid.store import connect, write


def telling(document, words: str, telling_id: str) -> ClaimTelling:
    start = document.text.index(words)
    return ClaimTelling("group", telling_id, f"{telling_id}-{document.id}", document.id, start, start + len(words), "same claim", 8_000)


def test_a_claim_names_its_other_tellings_the_earliest_first_and_copies_once(own_case):
    with Corpus(own_case, connect.connect(own_case)) as corpus:
        one, two, three, arabic = (
            corpus.document(name) for name in ("harbour/one.html", "post/two.html", "wire/three.txt", "arabic/five.html")
        )
        rows = [
            telling(one, "at least 30 houses in the lower street stood in water", "a"),
            telling(two, "30 houses in the lower street stood in water", "b"),
            telling(three, "30 houses in the lower street stood in water", "b"),
            telling(arabic, "وغمرت المياه ثلاثين منزلا", "c"),
        ]
        with connect.transaction(corpus.connection):
            write.save_rows(corpus.connection, "claim_telling", to_table(ClaimTelling, rows), "run-by-hand")
        lines = Lines(corpus, Links())
        (mark,) = claim_marks(lines, one)
        assert one.text[mark.start : mark.end].startswith("at least 30 houses")
        assert mark.note.head == "Said in other words in 2 other tellings"
        assert [place.document.outlet for place in mark.note.evidence] == ["صدى الميناء", "Kelsen Post"]
        assert [mark.note.head for mark in claim_marks(lines, two)] == ["Said in other words in 2 other tellings"]
        view = reading_view(lines, one)
        assert ("claim", "Said in other words", 1) in view.layers
        assert any(note.layer == "claim" for block in view.blocks for note in block.notes)


def test_where_nothing_is_said_in_other_words_there_is_no_layer(case):
    lines = Lines(case, Links())
    assert "claim" not in {name for name, _, _ in reading_view(lines, case.document("harbour/one.html")).layers}


def test_a_corpus_traced_before_there_were_claims_is_shown_all_the_same(own_case):
    with Corpus(own_case, connect.connect(own_case)) as corpus:
        corpus.connection.execute("DROP TABLE claim_telling")
        assert reading_view(Lines(corpus, Links()), corpus.document("harbour/one.html")).blocks
