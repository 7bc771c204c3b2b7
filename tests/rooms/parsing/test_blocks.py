"""Block quotations without marks, echoes and the author's own voice. All passages were written for these tests (CC0)."""

import pytest

from firstsaid.model import Layout
from firstsaid.parsing.sayings import sayings

SPOKEN = "We ask that the hedges be counted. A landlord who cannot count them cannot say where his land ends."
RETURN = "This is a strange request, and I do not know what to make of it."


def block(text, **more):
    """(content, speaker name) of the only block."""
    (found,) = [q for q in sayings(text, **more).quotations if q.form == "block"]
    return " / ".join(text[a:b] for a, b in found.pieces), found.speaker_name


@pytest.mark.parametrize(
    ("introduction", "speaker"),
    [
        ("Wrote the Society:", "Society"),
        ("In a 2018 essay, Miriam Vale notes that", "Miriam Vale"),
        ("Here is Miriam Vale in old age, to her son:", "Miriam Vale"),
        ("I was shown Miriam Vale's diary, and I copy one page of it:", "Miriam Vale"),
        ("What they wanted was set out by Miriam Vale in a circular:", "Miriam Vale"),
        ("The report goes on (our emphasis):", "report"),
        ("I have read the pamphlet. Miriam Vale says (machine translated):", "Miriam Vale"),
    ],
)
def test_many_kinds_of_introduction_open_a_block(introduction, speaker):
    content, name = block(f"My father kept hedges, and I keep books.\n\n{introduction}\n\n{SPOKEN}\n\n{RETURN}")
    assert content == SPOKEN
    assert speaker.lower() in name.lower()


@pytest.mark.parametrize(
    "introduction", ["I have three reasons for my view:", "So I would say:", "There are two things that I must do now:"]
)
def test_what_the_author_announces_himself_is_no_block(introduction):
    text = f"My father kept hedges.\n\n{introduction}\n\nFirst, nobody counts the hedges in this town, and nobody ever will.\n\n{RETURN}"
    assert not [q for q in sayings(text).quotations if q.form == "block"]


def test_the_entries_of_a_diary_go_on():
    entries = "Tuesday. No boats. The company man came at noon and read us a paper."
    more = "Wednesday. No boats. They say the soldiers are at the lock, and we have buried the spoons."
    content, _ = block(f"The lock-keeper Josiah Bramm kept a diary:\n\n{entries}\n\n{more}\n\nBramm wrote no more that week.")
    assert content == f"{entries} / {more}"


def test_who_repeats_words_between_marks_did_not_say_them_before():
    text = f"Wrote the Society:\n\n{SPOKEN}\n\nSo the Society wants “the hedges be counted”! Nobody asked for that before.\n\nSo it went."
    content, _ = block(text)
    assert content == SPOKEN


def test_italics_and_indents_show_where_a_block_ends():
    text = f"Wrote the Society:\n\n    {SPOKEN}\n\n    We have said it before and we say it again.\n\nSo much for hedges, says he."
    content, _ = block(text)
    assert content.endswith("say it again.")


def test_layout_decides_where_there_is_one():
    text = f"Somebody sent me this.\n\n{SPOKEN}\n\n{RETURN}"
    start = text.index(SPOKEN)
    content, _ = block(text, layout=(Layout("", start, start + len(SPOKEN), "block_quote"),))
    assert content == SPOKEN


def test_words_of_a_block_between_marks_are_its_speaker_s():
    text = f"Wrote the Society:\n\n{SPOKEN}\n\nIt is the “cannot count them” that I admire. The “landlords” will not like it."
    result = sayings(text)
    assert ("cannot count them", "Society") in [(text[q.start : q.end], q.speaker_name) for q in result.quotations]
    assert [text[use.start : use.end] for use in result.scare_quotes] == ["landlords"]


def test_what_an_essay_s_author_would_say_is_no_quotation():
    text = (
        "I keep hearing that hedges are old. I would say that they are older than we think. One might believe that nobody counts them. "
        "My neighbour told me that the council had counted them twice."
    )
    assert [(text[q.start : q.end], q.speaker_name) for q in sayings(text).quotations] == [
        ("the council had counted them twice", "My neighbour")
    ]


def test_a_word_said_in_an_essay_is_a_quotation():
    text = 'I went to hear the minister. She said "resilience" thirty-one times. I counted.'
    assert [(text[q.start : q.end], q.form) for q in sayings(text).quotations] == [("resilience", "direct")]


def test_cues_of_habit():
    text = "‘What’s wanted,’ the late Ida Colefax used to say, ‘isn’t a law but a neighbour.’"
    (quotation,) = sayings(text).quotations
    assert len(quotation.pieces) == 2
    assert "Ida Colefax" in quotation.speaker_name


@pytest.mark.parametrize(
    "unit",
    [
        "Poe writes:\n\nI am here and we are long enough to be quoted.\n\n",
        "“a b c d” “", "— non, dit-il, — ", "1) x:\n\n", "«", "「", "said: ", "Selon X, ",
        "dass ", "قال ", "گفت که ", "は「」と", "表示，", "a:\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de", "fr", "ar", "fa", "ru", "zh", None])
def test_hostile_repetition_is_read_without_a_stumble(unit, language):
    text = unit * (6_000 // len(unit))
    for quotation in sayings(text, language=language).quotations:
        assert 0 <= quotation.start < quotation.end <= len(text)


def test_words_behind_a_colon_are_reported_in_an_essay():
    text = "I have read it, and I do not like it. The licence runs: The holder shall have regard to the public. My father wept."
    assert "The holder shall have regard to the public" in [text[q.start : q.end] for q in sayings(text).quotations]


def test_who_opened_the_sentence_before_is_he():
    told = "I read the letters. Jonas Iredale copied the reply for his friends. Underneath it he added three sentences:"
    text = f"{told}\n\n{SPOKEN}\n\n{RETURN}"
    assert block(text)[1] == "Jonas Iredale"


def test_i_inside_a_quotation_is_who_says_it():
    text = "“As I wrote in May, ‘the keeper of the lock is its memory’,” said Ann Poe."
    inner = [q for q in sayings(text).quotations if q.parent_id]
    assert [q.speaker_name for q in inner if q.form == "direct"] == ["Ann Poe"]


def test_a_block_whose_author_says_i_where_the_essay_does_not_is_surer():
    said = "I have counted the hedges of this parish for thirty years, and I never found two that were alike."
    told = "Nobody has counted the hedges of this parish for thirty years, and there are no two that are alike."
    before = "The parish is old. Its hedges are older.\n\nOne of its keepers, Miriam Vale, wrote in her diary:"
    found = [sayings(f"{before}\n\n{words}\n\nVale died in that year.").quotations for words in (said, told)]
    blocks = [[q for q in quotations if q.form == "block"] for quotations in found]
    assert blocks[0]
    assert not blocks[1] or blocks[0][0].confidence > blocks[1][0].confidence


def test_a_colon_before_a_dash_introduces_too():
    content, name = block(f"My father kept hedges.\n\nMiriam Vale wrote to her son:—\n\n{SPOKEN}\n\n{RETURN}")
    assert (content, name) == (SPOKEN, "Miriam Vale")


def test_reading_of_what_nobody_would_mark_as_quoted_is_no_introduction():
    mine = "I still know forty kinds of hedge by their leaves, and I can tell a good one from a bad one with my eyes shut."
    text = f"My father kept hedges, and I learned to read from the labels on them.\n\n{mine}\n\n{RETURN}"
    assert not [q for q in sayings(text).quotations if q.form == "block"]
