"""What a document says twice is no reuse with itself, and counts once towards others."""

from __future__ import annotations

import random
from pathlib import Path

import firstsaid
from firstsaid.matching import reuse

STORY = (
    "On the first night of the frost the ferryman tied his boat to the old iron ring below the mill, walked up the lane with a lantern, "
    "and told the people at the inn that the river would not be open again before the feast of the candles."
)
PULL_QUOTE = STORY[100:]
REFRAIN = "and the river goes on and the bells ring on below the hill my dear"


def noise(seed: int, n_words: int = 60) -> str:
    """Words that nothing shares."""
    chooser = random.Random(seed)
    return " ".join("".join(chooser.choices("bcdfghjklmnpqrstvwxzaeiou", k=chooser.randint(3, 9))) for _ in range(n_words))


def test_a_body_that_stands_twice_matches_another_document_once_at_its_first_place() -> None:
    body = f"{noise(1)} {STORY} {noise(2)}"
    [found] = reuse(["a", "b"], [f"{body} {body}", f"{noise(3)} {STORY} {noise(4)}"])
    assert found.left_start == body.index(STORY)
    [whole] = reuse(["a", "b"], [f"{body} {body}", body])
    assert (whole.left_start, whole.left_end, whole.right_end) == (0, len(body), len(body))
    [both] = reuse(["a", "b"], [f"{body} {body}", f"{body}\n{body}"])
    assert (both.left_start, both.left_end) == (0, 2 * len(body) + 1)


def test_a_pull_quote_beside_the_full_passage_adds_no_alignment() -> None:
    other = f"{noise(4)} {STORY} {noise(5)}"
    for text in (f"{noise(1)} {PULL_QUOTE} {noise(2)} {STORY} {noise(3)}", f"{noise(1)} {STORY} {noise(2)} {PULL_QUOTE} {noise(3)}"):
        [found] = reuse(["a", "b"], [text, other])
        assert text[found.left_start : found.left_end] == STORY.rstrip(".")


def test_a_refrain_is_one_alignment_however_often_it_is_sung() -> None:
    song = " ".join(f"{noise(i, 30)} {REFRAIN}" for i in range(6))
    assert reuse(["a"], [song]) == []
    for other in (" ".join(f"{noise(i + 40, 30)} {REFRAIN}" for i in range(5)), f"{noise(70)} {REFRAIN} {noise(71)}"):
        [found] = reuse(["a", "b"], [song, other])
        assert found.left_start == song.index(REFRAIN)


def test_a_corpus_lists_the_repetition_and_joins_each_document_once(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    body = f"{noise(1, 80)}.\n\n{STORY}\n\n{noise(2, 80)}.\n"
    texts = {
        "2020-01-03-twice.txt": f"Frost on the river\n\n{body}\nFrost on the river\n\n{body}",
        "2020-01-05-once.txt": f"The ferry\n\n{noise(3)}.\n\n{STORY}\n\n{noise(4)}.\n",
        "2020-01-06-pull-quote.txt": f"The inn\n\n{PULL_QUOTE}\n\n{noise(5)}.\n\n{STORY}\n\n{noise(6)}.\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with firstsaid.open(tmp_path / "case.firstsaid") as corpus:
        corpus.add(folder)
        corpus.trace()
        assert [problem.location for problem in corpus.problems() if problem.kind == "doubled-body"] == ["2020-01-03-twice.txt"]
        [family] = corpus.families()
        passages = list(corpus.passages(family.id))
        assert len(passages) == family.n_documents == 3
        for passage in passages:
            document = corpus.document(passage.document_id)
            assert document.text[passage.start : passage.end] == STORY.rstrip(".")
            if "twice" in document.location:
                assert passage.start == document.text.index(STORY)
