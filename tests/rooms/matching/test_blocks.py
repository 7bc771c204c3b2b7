"""What is found does not depend on blocks, cores, memory or the order in which texts come."""

import random
from pathlib import Path

import numpy as np
import pytest

from firstsaid.errors import UsageError
from firstsaid.matching import GatheredTexts, families, gathered, reuse, seeding
from firstsaid.matching.aligning import Corpus, aligned_words
from firstsaid.matching.settings import ReuseSettings
from firstsaid.matching.space import Space
from firstsaid.matching.words import word_arrays


def made_texts(n: int, seed: int = 1) -> dict[str, str]:
    """Texts of 120 made words, a third of which take thirty from an earlier one; every tenth is a form that all of them fill in."""
    chance = random.Random(seed)
    words = [f"w{number}" for number in range(900)]
    form = chance.choices(words, k=25)
    texts: list[list[str]] = []
    for number in range(n):
        text = chance.choices(words, k=120)
        if texts and chance.random() < 0.34:
            at, to = chance.randrange(90), chance.randrange(90)
            text[to : to + 30] = texts[chance.randrange(len(texts))][at : at + 30]
        if number % 10 == 0:
            text[:25] = form
        texts.append(text)
    return {f"d{(number * 7919) % n:04}": " ".join(text) for number, text in enumerate(texts)}


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so small that a small corpus has many."""
    monkeypatch.setattr(seeding, "PART_WORDS_BITS", 8)
    monkeypatch.setattr(seeding, "WORDS_PER_CHUNK", 1_000)
    monkeypatch.setattr(seeding, "MOST_RANGES", 7)
    monkeypatch.setattr(gathered, "CHUNK_CHARACTERS", 5_000)


def rows_of(found: gathered.Matched) -> list[tuple]:
    return [
        (found.names[a], a0, a1, found.names[b], b0, b1, similarity, n_words, bool(hub))
        for a, a0, a1, b, b0, b1, similarity, n_words, hub in found.alignments.tolist()
    ]


def expected_rows(texts: dict[str, str]) -> list[tuple]:
    found = reuse(list(texts), list(texts.values()))
    return [
        (a.left_id, a.left_start, a.left_end, a.right_id, a.right_start, a.right_end, a.similarity, a.n_words, a.hub) for a in found
    ]  # fmt: skip


def test_small_blocks_give_the_rows_of_one_block(small_blocks, monkeypatch):
    texts = made_texts(150)
    cut = expected_rows(texts)
    monkeypatch.undo()
    assert cut == expected_rows(texts)
    assert len(cut) > 100


@pytest.mark.parametrize("words_in_memory", [0, 4_000, 10**9])
def test_gathered_texts_share_what_texts_at_hand_share(small_blocks, tmp_path, words_in_memory):
    texts = made_texts(150)
    with GatheredTexts(words_in_memory, tmp_path) as held:
        for name, text in texts.items():
            held.add(name, text)
        found = held.matched()
        assert rows_of(found) == expected_rows(texts)
        assert bool(list(tmp_path.iterdir())) == (words_in_memory < 10**9)
    assert not list(tmp_path.iterdir())


def test_the_order_of_gathered_texts_leaves_no_trace(small_blocks):
    texts = made_texts(80)
    found = []
    for names in (sorted(texts), sorted(texts, reverse=True)):
        with GatheredTexts() as held:
            for name in names:
                held.add(name, texts[name], moment=len(name))
            found.append(held.matched())
    assert rows_of(found[0]) == rows_of(found[1])


def test_families_of_gathered_texts_are_those_of_their_alignments():
    texts = made_texts(120)
    moments = {name: int(name[1:]) * 37 % 120 for name in texts}
    with GatheredTexts() as held:
        for name, text in texts.items():
            held.add(name, text, moments[name])
        named, passages = held.matched().families()
        names = sorted(texts)
    alignments = reuse(list(texts), list(texts.values()), dates=[moments[name] for name in texts])
    expected = families(alignments, sorted(texts, key=lambda name: (moments[name], name)))
    assert [(p.family_id, p.document_id, p.start, p.end) for p in expected] == [
        (family, names[document], start, end) for family, (document, start, end) in zip(named, passages.tolist(), strict=True)
    ]


def test_nothing_gathered_shares_nothing():
    with GatheredTexts() as held:
        assert not len(held.matched().alignments)
    with GatheredTexts() as held:
        held.add("a", "")
        found = held.matched()
        assert found.families()[0] == []


def test_an_id_given_twice_is_refused():
    with GatheredTexts() as held:
        held.add("a", "one")
        held.add("a", "two")
        with pytest.raises(UsageError, match="'a' is given to two texts"):
            held.matched()


def test_more_words_than_places_can_number_are_refused(monkeypatch):
    monkeypatch.setattr(gathered, "MOST_WORDS", 2)
    with GatheredTexts() as held:
        held.add("a", "one two three")
        with pytest.raises(UsageError, match="match them in two parts"):
            held.matched()


def test_spilled_arrays_are_private_and_gone_after_a_failure(tmp_path: Path):
    def fail() -> None:
        with Space.on_disk(tmp_path) as space:
            space.empty(10, np.uint64)[:] = 7
            assert space.keep(np.arange(5)).tolist() == [0, 1, 2, 3, 4]
            assert space.keep(np.arange(3, dtype=np.uint32)).tolist() == [0, 1, 2]
            (folder,) = tmp_path.iterdir()
            assert folder.stat().st_mode & 0o777 == 0o700
            raise KeyError("as it happens")

    with pytest.raises(KeyError):
        fail()
    assert not list(tmp_path.iterdir())


def test_arrays_on_disk_give_the_rows_of_arrays_in_memory(small_blocks, tmp_path):
    texts = made_texts(100)
    words = word_arrays([texts[name] for name in sorted(texts)])
    corpus = Corpus.of(None, None, len(texts))
    with Space.on_disk(tmp_path) as space:
        spilled = aligned_words(words, corpus, ReuseSettings(), space)
    assert np.array_equal(spilled, aligned_words(words, corpus, ReuseSettings()))
