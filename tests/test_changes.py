"""Two corpora, or two versions of one page, side by side."""

import pytest

import firstsaid
from firstsaid.corpus.changes import changes_between, changes_over_time, versions_of
from firstsaid.errors import UsageError

HALL = "The hall in Orme will close on 4 May 2024. It cost 40 crowns a day to heat, said the warden."


def made(folder, texts):
    (folder / "texts").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    opened = firstsaid.open(folder / "case.firstsaid")
    opened.add(folder / "texts")
    return opened


def test_two_corpora_say_what_came_went_moved_and_changed_by_kind(tmp_path):
    old = {
        "hall.txt": HALL,
        "gone.txt": "A note that nobody kept.",
        "old-place.txt": "The well is dry again this year.",
        "same.txt": "Same.",
    }
    new = {
        "hall.txt": HALL.replace("will close", "will not close").replace("40", "45"),
        "new-place.txt": "The well is dry again this year.", "fresh.txt": "A new note.", "same.txt": "Same.",
    }  # fmt: skip
    with made(tmp_path / "a", old) as left, made(tmp_path / "b", new) as right:
        found = {(one.what, (one.left or one.right).location): one for one in changes_between(left, right)}
    assert sorted(found) == [
        ("came", "fresh.txt"), ("changed", "hall.txt"), ("moved", "old-place.txt"), ("went", "gone.txt"),
    ]  # fmt: skip
    assert found["changed", "hall.txt"].kinds == {"figure": 1, "negation": 1}
    assert found["moved", "old-place.txt"].right.location == "new-place.txt"


def test_versions_of_one_location_are_compared_in_order(tmp_path):
    with made(tmp_path / "a", {"hall.txt": HALL}) as corpus:
        with pytest.raises(UsageError, match="one version"):
            versions_of(corpus, "hall.txt")
        (tmp_path / "a" / "texts" / "hall.txt").write_text(HALL.replace("40", "44"), encoding="utf-8")
        corpus.add(tmp_path / "a" / "texts")
        (change,) = changes_over_time(versions_of(corpus, "hall.txt"))
    assert change.kinds == {"figure": 1}


def test_equal_corpora_have_no_changes(tmp_path):
    with made(tmp_path / "a", {"hall.txt": HALL}) as left, made(tmp_path / "b", {"hall.txt": HALL}) as right:
        assert list(changes_between(left, right)) == []
