"""The rules of the draft check one by one, each with a fault and the fair practice that looks like it."""

import pytest

from firstsaid.checking.draft_dates import Day, day_of
from firstsaid.checking.draft_sense import clash
from firstsaid.checking.limits import limit_behind, lost_at_ellipsis, swapped_by_bracket
from firstsaid.checking.relative_days import relative_days
from firstsaid.checking.tokens import sentences_of
from firstsaid.dates import days_from_civil


@pytest.mark.parametrize(
    ("quoted", "stretch", "is_fair"),
    [
        ("We shall mend the roof … before winter", "We shall mend the roof, I told the board, before winter", True),
        ("We shall mend the roof … before winter", "We shall mend the roof, at least the north side, before winter", False),
        ("No ferry … will be sold", "No ferry with fewer than ten seats will be sold", False),
        ("The old bell … and we shall ring it", "The old bell is ours. It was cast here, and we shall ring it", True),
        ("Sailors like it … more", "Sailors like it. The fish like it more", False),
        ("I climbed up … I saw the sea", "I climbed up. It was late. I saw the sea", True),
    ],
)
def test_an_ellipsis_swallows_no_bound_and_joins_no_two_sentences(quoted, stretch, is_fair):
    assert (lost_at_ellipsis(quoted, stretch) == "") is is_fair


@pytest.mark.parametrize(
    ("quoted", "base", "expected"),
    [
        ("The pumps have", "The pumps have not failed.", "not"),
        ("Every road will be cleared", "Every road will be cleared this week.", "this week"),
        ("I met her at the pier", "I met her at the pier this week.", ""),
        ("The pumps work", "The pumps work. Not all do.", ""),
    ],
)
def test_a_quotation_does_not_stop_in_front_of_its_not_or_its_limit(quoted, base, expected):
    assert limit_behind(quoted, base, len(quoted)) == expected


@pytest.mark.parametrize(
    ("quoted", "stretch", "following", "is_fair"),
    [
        ("She paid [the ferryman] twice", "She paid him twice", "", True),
        ("She paid for [the bridge] twice", "She paid for promises twice", "", False),
        ("We shall keep [the tower]", "We shall keep", " it.", True),
        ("We shall keep [the tower]", "We shall keep", " secrets.", False),
        ("We shall keep [the old tower]", "We shall keep", " the tower.", True),
    ],
)
def test_a_bracket_explains_and_does_not_replace(quoted, stretch, following, is_fair):
    assert (swapped_by_bracket(quoted, stretch, following) == "") is is_fair


@pytest.mark.parametrize(
    ("statement", "sentence", "before", "kind"),
    [
        ("the quay would be rebuilt in spring", "The quay may be rebuilt in spring.", "She said that", "hedge"),
        ("the quay might be rebuilt in spring", "The quay may be rebuilt in spring.", "She said that", None),
        ("the quay would be rebuilt in spring", "We hope the quay will be rebuilt in spring.", "She hopes that", None),
        ("the crew would sail on Friday", "The crew will sail on Friday, provided that the mast is mended.", "He said that", "cut"),
        ("the crew would sail if the mast was mended", "The crew will sail, provided that the mast is mended.", "He said that", None),
        ("catches were higher than before", "Catches were lower than before.", "They found that", "wording"),
        ("catches were lower than before", "Catches were lower than before, prices higher.", "They found that", None),
        ("the harbour was dredged", "The harbour was not dredged.", "He said that", "negation"),
        ("the harbour was not dredged", "The harbour was not dredged, and nobody asked why.", "He said that", None),
        ("the harbour was dredged", "The harbour was dredged, and nobody asked why.", "He said that", None),
        ("all the boats came back", "Some boats came back.", "She said that", "wording"),
    ],
)
def test_what_keeps_a_sentence_from_saying_the_same(statement, sentence, before, kind):
    found = clash(statement, sentence, before)
    assert (found.kind if found else None) == kind


def test_days_named_from_the_texts_own():
    friday = days_from_civil(2024, 5, 3)
    words = "The vote was yesterday. The next is on Monday. It rained last night."
    assert [(words[start:end], offsets) for start, end, offsets in relative_days(words, friday)] == [
        ("yesterday", (-1,)), ("Monday", (-4, 3)), ("night", (-1,)),
    ]  # fmt: skip


def test_dates_agree_where_nothing_that_both_tell_differs():
    assert day_of("XXXX-05-03").agrees(Day(2024, 5, 3))
    assert not day_of("2023-05").agrees(Day(2024, 5, 3))
    assert not Day(None, None, None).agrees(Day(2024, 5, 3))
    assert Day(2024, 5, 3).weekday() == 4


def test_sentences_are_not_cut_at_titles():
    text = "Dr. Lind came. She left!\n\nA note"
    assert [text[start:end] for start, end in sentences_of(text)] == ["Dr. Lind came.", "She left!", "A note"]
