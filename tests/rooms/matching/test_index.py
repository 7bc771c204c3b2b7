"""The index finds given words, short or long, altered or not, and never answers from a damaged folder."""

import json
import random

import pytest

from firstsaid.matching import index

from .test_reuse import SCRIPTS, STORY, noise


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    texts = {f"n{i:02}": noise(i, 200) for i in range(20)}
    texts |= {f"s-{script}": f"{noise(40)}. {passage}. {noise(41)}" for script, passage in SCRIPTS.items()}
    texts |= {"empty": "", "again": f"{noise(60, 100)} {STORY.replace('lantern', 'candle')}"}
    folder = tmp_path_factory.mktemp("index") / "index"
    return texts, index.build(folder, list(texts), list(texts.values())), folder


def words_found(texts, matches):
    return [(m.document_id, texts[m.document_id][m.start : m.end]) for m in matches]


@pytest.mark.parametrize("query", ["old iron ring", "tied his boat to the old iron ring", "The people, at the INN that"])
def test_short_queries_are_found_word_for_word(opened, query):
    texts, held, _ = opened
    found = held.find(query)
    assert {m.document_id for m in found} == {"s-Latin", "again"}
    assert all(m.similarity == 10_000 and (m.query_start, m.query_end) == (0, len(query)) for m in found)
    assert all(text.lower().split() == query.lower().replace(",", "").split() for _, text in words_found(texts, found))


def test_altered_wording_is_found(opened):
    texts, held, _ = opened
    found = words_found(texts, held.find("tied the boat to an old iron ring by the mill"))
    assert {document for document, _ in found} == {"s-Latin", "again"}
    assert all("iron ring" in text for _, text in found)


def test_the_closer_wording_comes_first(opened):
    _, held, _ = opened
    found = held.find("walked up the lane with a candle, and told the people")
    assert [m.document_id for m in found] == ["again", "s-Latin"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_is_found(opened, script):
    _, held, _ = opened
    passage = SCRIPTS[script]
    middle = " ".join(passage.split()[2:8]) if " " in passage.strip() else passage[5:15]
    assert f"s-{script}" in {m.document_id for m in held.find(middle)}


def test_a_long_text_is_matched_passage_by_passage(opened):
    texts, held, _ = opened
    draft = f"{noise(90, 150)} {STORY} {noise(91, 150)} {texts['n03'][:400]}"
    found = held.find(draft)
    assert {"s-Latin", "again", "n03"} == {m.document_id for m in found}
    best = next(m for m in found if m.document_id == "s-Latin")
    assert draft[best.query_start : best.query_end] == STORY


@pytest.mark.parametrize("query", ["", "...", "quixotic", "unheard of words in here", "\x00"])
def test_what_is_not_there_is_not_found(opened, query):
    assert opened[1].find(query) == []


def test_one_word_is_found_whole(opened):
    assert {m.document_id for m in opened[1].find("ferryman")} == {"s-Latin", "again"}


def test_an_index_is_opened_again_and_refused_when_stale(opened):
    texts, held, folder = opened
    again = index.open_index(folder, held.inputs)
    assert again is not None
    assert again.find("old iron ring") == held.find("old iron ring")
    assert held.inputs == index.inputs_digest(list(texts), list(texts.values()))
    assert index.open_index(folder, "of other texts") is None
    assert index.open_index(folder / "nowhere") is None


@pytest.mark.parametrize("damage", ["truncated", "missing", "garbled", "format", "ids"])
def test_a_damaged_index_is_not_opened(tmp_path, damage):
    index.build(tmp_path / "i", ["a"], [STORY])
    listing = tmp_path / "i" / "index.json"
    content = json.loads(listing.read_text())
    if damage == "truncated":
        (tmp_path / "i" / "hashes.bin").write_bytes(b"\0" * 8)
    elif damage == "missing":
        (tmp_path / "i" / "word_places.bin").unlink()
    elif damage == "garbled":
        listing.write_text('{"format": ')
    else:
        content |= {"format": 0} if damage == "format" else {"ids": ["a", "b"]}
        listing.write_text(json.dumps(content))
    assert index.open_index(tmp_path / "i") is None


def test_building_again_replaces_and_leaves_nothing_behind(tmp_path):
    index.build(tmp_path / "i", ["a"], [STORY])
    held = index.build(tmp_path / "i", ["b", "a"], ["the bell of the drowned village rang twice", ""], inputs="mine")
    assert held.inputs == "mine"
    assert [m.document_id for m in held.find("drowned village rang")] == ["b"]
    assert held.find("old iron ring") == []
    assert [path.name for path in tmp_path.iterdir()] == ["i"]


def test_an_empty_corpus_has_an_index(tmp_path):
    assert index.build(tmp_path / "i", [], []).find("anything at all") == []


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_index_brought_up_to_date_is_the_one_built_at_once(tmp_path, seed):
    chance = random.Random(seed)
    texts = {f"{chance.randrange(10**6):06}": chance.choice((noise(i, 30), STORY, "", f"{noise(i, 5)} {STORY[:60]}")) for i in range(60)}
    names = list(texts)
    asked = []

    def texts_of(wanted):
        asked.append(len(wanted))
        return [texts[one] for one in wanted]

    held = chance.sample(names, 30)
    for step in range(5):
        index.update(tmp_path / "i", held, texts_of, f"{step}")
        index.build(tmp_path / "once", held, [texts[one] for one in held], inputs=f"{step}")
        assert files(tmp_path / "i") == files(tmp_path / "once")
        held = chance.sample(held, len(held) - chance.randrange(4)) + chance.sample(
            [n for n in names if n not in held], chance.randrange(9)
        )
    assert max(asked[1:]) < 9


def test_an_index_whose_places_lead_nowhere_is_built_anew(tmp_path):
    index.build(tmp_path / "i", ["a"], [STORY])
    path = tmp_path / "i" / "word_places.bin"
    path.write_bytes(b"\xff" * len(path.read_bytes()))
    made = index.update(tmp_path / "i", ["a", "b"], lambda wanted: [STORY] * len(wanted), "x")
    assert {m.document_id for m in made.find("old iron ring")} == {"a", "b"}
