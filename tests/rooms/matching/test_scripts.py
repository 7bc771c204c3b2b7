"""Two altered copies are found in every script, and their places are places of the originals."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from firstsaid.matching import reuse
from firstsaid.text import words

COPIES = {
    row["script"]: row
    for row in map(json.loads, (Path(__file__).parents[2] / "cases" / "copies_by_script.jsonl").read_text("utf-8").splitlines())
}


def noise(seed: int, n_words: int = 60) -> str:
    """Words that nothing shares."""
    chooser = random.Random(seed)
    return " ".join("".join(chooser.choices("bcdfghjklmnpqrstvwxzaeiou", k=chooser.randint(3, 9))) for _ in range(n_words))


@pytest.mark.parametrize("script", COPIES)
def test_a_copy_as_others_type_print_or_scan_it_is_one_alignment_of_the_originals(script):
    row = COPIES[script]
    left, right = f"{noise(1)}. {row['left']} {noise(2)}", f"{noise(3)}. {row['right']} {noise(4)}"
    [found] = reuse(["a", "b"], [left, right])
    assert found.similarity >= row["similarity_at_least"]
    for text, copy, start, end in (
        (left, row["left"], found.left_start, found.left_end),
        (right, row["right"], found.right_start, found.right_end),
    ):
        at = text.index(copy)
        listed = words(copy)
        # From the copy's first word to its last, three characters (one altered word at an end) more or less.
        assert abs(start - (at + listed.starts[0])) <= 3
        assert abs(end - (at + listed.ends[-1])) <= 3


@pytest.mark.parametrize(
    "phrase",
    ["สำนักงานตำรวจแห่งชาติ", "ありがとうございますとおっしゃっていました", "ក្រសួងអប់រំយុវជននិងកីឡាជាតិ"],
    ids=["Thai", "Japanese", "Khmer"],
)
def test_a_long_name_in_letters_without_spaces_is_no_copy(phrase):
    texts = [f"{noise(i)} {phrase} {noise(i + 50)}" for i in range(20)]
    assert reuse([str(i) for i in range(20)], texts) == []
