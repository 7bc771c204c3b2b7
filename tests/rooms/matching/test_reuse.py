"""Passages that texts share are found, and nothing else."""

import random
import time

import pytest

from firstsaid.errors import UsageError
from firstsaid.matching import families, reuse
from firstsaid.model import Alignment, DateRange

STORY = (
    "On the first night of the frost the ferryman tied his boat to the old iron ring below the mill, walked up the lane with a lantern, "
    "and told the people at the inn that the river would not be open again before the feast of the candles"
)
SCRIPTS = {
    "Latin": STORY,
    "Cyrillic": "в первую морозную ночь паромщик привязал лодку к старому железному кольцу под мельницей и поднялся по дороге с фонарём",
    "Greek": "την πρώτη νύχτα του παγετού ο βαρκάρης έδεσε τη βάρκα του στον παλιό σιδερένιο κρίκο κάτω από τον μύλο και ανέβηκε",
    "Arabic": "في أول ليلة من الصقيع ربط صاحب العبارة قاربه بالحلقة الحديدية القديمة تحت الطاحونة ثم صعد الطريق حاملا فانوسا",
    "Hebrew": "בלילה הראשון של הכפור קשר בעל המעבורת את סירתו אל טבעת הברזל הישנה מתחת לטחנה ועלה בשביל עם פנס בידו",
    "Devanagari": "पाले की पहली रात को नाविक ने अपनी नाव चक्की के नीचे पुराने लोहे के कड़े से बाँधी और लालटेन लेकर गली में चला गया",
    "Chinese": "霜降的第一个夜晚摆渡人把船系在磨坊下面的旧铁环上提着灯笼走上小路告诉客栈里的人河要到蜡烛节才会重新通航",
    "Thai": "คืนแรกของน้ำค้างแข็งคนแจวเรือผูกเรือไว้กับห่วงเหล็กเก่าใต้โรงสีแล้วเดินขึ้นทางพร้อมตะเกียงบอกผู้คนในโรงเตี๊ยม",
    "Japanese": "霜の最初の夜に渡し守は水車小屋の下の古い鉄の輪に舟をつなぎ提灯を持って小道を上り宿の人々に話した",
    "Korean": "서리가 내린 첫날 밤 뱃사공은 방앗간 아래 낡은 쇠고리에 배를 묶고 등불을 들고 골목길을 올라가 주막 사람들에게 말했다",
}


def noise(seed: int, n_words: int = 60) -> str:
    """Words that nothing shares."""
    chooser = random.Random(seed)
    return " ".join("".join(chooser.choices("bcdfghjklmnpqrstvwxzaeiou", k=chooser.randint(3, 9))) for _ in range(n_words))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_copied_passage_is_found_in_every_script(script):
    passage = SCRIPTS[script]
    left, right = f"{noise(1)}. {passage}. {noise(2)}", f"{noise(3)}. {passage}. {noise(4)}"
    [found] = reuse(["a", "b"], [left, right])
    assert left[found.left_start : found.left_end] == passage.rstrip()
    assert right[found.right_start : found.right_end] == passage.rstrip()
    assert found.similarity == 10_000


@pytest.mark.parametrize(("before", "after"), [("", " end of it"), ("so it began ", ""), ("", "")])
def test_passages_that_open_or_close_a_document_and_exact_duplicates_are_found(before, after):
    left, right = STORY, before + STORY + after
    [found] = reuse(["a", "b"], [left, right])
    assert (found.left_start, found.left_end) == (0, len(STORY))
    assert right[found.right_start : found.right_end] == STORY


def test_letter_case_marks_accents_and_line_end_hyphens_do_not_matter():
    printed = STORY.upper().replace(",", " --").replace("LANTERN", "LAN'TERN").replace("ferry", "férry")
    hyphenated = STORY.replace("candles", "can-\ndles").replace("lantern", "lan-\r\n  tern")
    for altered in (printed, hyphenated):
        [found] = reuse(["a", "b"], [STORY, altered])
        assert (found.similarity, found.left_end, found.right_end) == (10_000, len(STORY), len(altered))


def test_altered_misread_cut_and_extended_wording_is_one_alignment():
    altered = STORY.replace("old iron ring", "rusted ring").replace("walked up", "vvalked np").replace(" with a lantern", "").replace(
        "the people at the inn", "everybody who sat that evening at the long table of the inn"
    )  # fmt: skip
    left, right = f"{noise(5)} {STORY} {noise(6)}", f"{noise(7)} {altered} {noise(8)}"
    [found] = reuse(["a", "b"], [left, right])
    assert left[found.left_start : found.left_end] == STORY
    assert right[found.right_start : found.right_end] == altered
    assert 6_000 < found.similarity < 9_500


def test_a_moved_clause_stays_in_the_alignment():
    clauses = STORY.split(", ")
    moved = ", ".join([clauses[1], clauses[0], clauses[2]])
    [found] = reuse(["a", "b"], [f"{noise(1)} {STORY}", f"{noise(2)} {moved}"])
    assert found.right_end - found.right_start == len(moved)


def test_similarity_counts_equal_words_of_both_sides():
    [found] = reuse(["a", "b"], [STORY, STORY.replace("ferryman", "xxxxxxxx")])
    n = len(STORY.split())
    assert (found.n_words, found.similarity) == (n - 1, 2 * (n - 1) * 10_000 // (2 * n))


def test_the_order_of_the_texts_changes_nothing():
    texts = {f"d{i}": f"{noise(i)} {STORY[i:]} {noise(i + 50)}" for i in range(12)}
    expected = reuse(list(texts), list(texts.values()))
    shuffled = random.Random(3).sample(list(texts), len(texts))
    assert reuse(shuffled, [texts[i] for i in shuffled]) == expected
    assert len(expected) == 12 * 11 // 2
    assert all(one.left_id < one.right_id for one in expected)
    assert len({one.id for one in expected}) == len(expected)


def test_texts_that_share_only_common_phrases_are_not_paired():
    phrase = "as a matter of fact"
    assert reuse([f"d{i}" for i in range(40)], [f"{noise(i)} {phrase} {noise(i + 99)}" for i in range(40)]) == []


def test_two_rewritings_are_joined_through_what_they_were_copied_from():
    words = STORY.split()
    first = " ".join(f"zz{i}" if i % 8 == 0 else word for i, word in enumerate(words))
    second = " ".join(f"yy{i}" if i % 8 == 4 else word for i, word in enumerate(words))
    assert reuse(["b", "c"], [first, second]) == []
    found = {(one.left_id, one.right_id) for one in reuse(["a", "b", "c"], [STORY, first, second])}
    assert found == {("a", "b"), ("a", "c"), ("b", "c")}


def test_repetition_inside_a_document_is_not_reuse():
    assert reuse(["a"], [f"{STORY} {noise(1)} {STORY}"]) == []
    assert reuse(["a", "b"], [f"{STORY} {noise(1)} {STORY}", noise(2)]) == []
    [found] = reuse(["a", "b"], [f"{STORY} {noise(1)} {STORY}", f"{noise(3)} {STORY}"])
    assert found.left_start == 0


def test_boilerplate_is_left_out():
    texts = [f"{STORY} {noise(1)}", f"{noise(2)} {STORY}"]
    assert reuse(["a", "b"], texts, left_out=[[(0, len(STORY))], []]) == []


def test_documents_inside_each_other_are_not_compared():
    texts = [f"{noise(1)} {STORY}", STORY, STORY]
    places = [("page", 0, 500), ("page", 100, 400), ("other", 0, 300)]
    found = reuse(["whole", "part", "copy"], texts, nested=places)
    assert {(one.left_id, one.right_id) for one in found} == {("copy", "whole"), ("copy", "part")}


def test_what_thousands_share_is_a_star_on_its_earliest_document():
    n = 3_000
    ids = [f"d{i:04}" for i in range(n)]
    dates = [None if i % 7 == 0 else DateRange(10_000 - i, 10_000 - i, "column") for i in range(n)]
    began = time.monotonic()
    found = reuse(ids, [STORY] * n, dates=dates)
    assert time.monotonic() - began < 20
    hub = ids[max(i for i in range(n) if i % 7)]
    assert len(found) == n - 1
    assert all(one.hub and hub in (one.left_id, one.right_id) for one in found)
    passages = families(found)
    assert len(passages) == n
    assert len({passage.family_id for passage in passages}) == 1


@pytest.mark.parametrize(
    "texts",
    [
        [], [""], ["", "", "word"], ["word " * 300_000, "word " * 300_000, "word"], ["ab cd " * 50_000] * 2,
        ["x" * 1_000_000] * 2, ["\x00\x01\x02 \ud800 \x7f" * 1_000] * 3, ["漢" * 100_000] * 2,
        ["-\n" * 200_000] * 2, ["a-\n " * 100_000] * 2,
    ],
)  # fmt: skip
def test_strange_texts_take_bounded_time(texts):
    began = time.monotonic()
    reuse([str(i) for i in range(len(texts))], texts)
    assert time.monotonic() - began < 10


def test_a_repeated_id_is_refused_by_name():
    with pytest.raises(UsageError, match="'a' is given to two texts"):
        reuse(["a", "b", "a"], ["", "", ""])
    with pytest.raises(UsageError, match="2 ids for 1 texts"):
        reuse(["a", "b"], [""])


def one(left, a0, a1, right, b0, b1):
    return Alignment("", left, a0, a1, right, b0, b1, 10_000, 10)


def test_a_thin_overlap_joins_no_families():
    found = families([one("a", 0, 100, "b", 0, 100), one("a", 90, 200, "c", 0, 110)])
    assert len({p.family_id for p in found}) == 2
    joined = families([one("a", 0, 100, "b", 0, 100), one("a", 10, 110, "c", 0, 100)])
    assert len({p.family_id for p in joined}) == 1
    assert len(joined) == 3


def test_a_family_keeps_its_id_when_a_later_witness_joins():
    first = families([one("a", 0, 100, "b", 0, 100)], ["b", "a"])
    second = families([one("a", 0, 100, "b", 0, 100), one("a", 0, 100, "c", 0, 100)], ["b", "a", "c"])
    assert {p.family_id for p in first} == {p.family_id for p in second}
    assert families([]) == []
