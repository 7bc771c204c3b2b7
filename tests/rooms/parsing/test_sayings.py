"""Who says what. All passages were written for these tests (CC0)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.parsing.sayings import sayings


def said(text, **more):
    """(form, pieces, speaker name) of every quotation."""
    quotations = sayings(text, **more).quotations
    return [(q.form, " / ".join(text[a:b] for a, b in q.pieces), q.speaker_name) for q in quotations]


def test_a_quotation_split_by_its_cue_is_one_with_pieces():
    text = "“The dam is safe,” said Mayor Ann Poe. “We checked it twice.”"
    assert said(text) == [("direct", "The dam is safe, / We checked it twice.", "Ann Poe")]


def test_an_interrupted_quotation_with_two_cues_is_two():
    text = "“The dam,” she said, “is safe,” and then, after a pause, she added, “for now.”"
    assert [row[1] for row in said(text)] == ["The dam, / is safe,", "for now."]


def test_the_surname_is_resolved_to_the_full_name():
    text = "Mayor Ann Poe opened the gates on Monday. Poe said that the river would fall by Friday."
    assert said(text) == [("indirect", "the river would fall by Friday", "Ann Poe")]


def test_a_pronoun_keeps_its_span_and_gets_the_last_name_less_surely():
    text = "“The dam is safe,” said Ann Poe.\n\n“Nobody slept,” she said."
    first, second = sayings(text).quotations
    assert text[second.speaker_start : second.speaker_end] == "she"
    assert second.speaker_name == "Ann Poe"
    assert second.confidence < first.confidence


def test_a_question_asked_by_a_name_after_it():
    text = "“Is it safe?” Poe asked. “It is!” the engineer replied."
    assert said(text) == [("direct", "Is it safe?", "Poe"), ("direct", "It is!", "the engineer")]


def test_an_inverted_introduction_opens_a_block_that_ends_when_the_author_is_back():
    text = (
        "Wrote the Harbour Society:\n\nThe pier has stood for ninety years and was never closed by a storm. We ask the town to keep it."
        "\n\nBut the Society forgets the winter of 1962."
    )
    form, content, speaker = said(text)[0]
    assert (form, speaker) == ("block", "Harbour Society")
    assert content.startswith("The pier")
    assert content.endswith("to keep it.")


def test_a_block_over_two_paragraphs_ends_at_its_footnote():
    text = (
        "In a 2018 essay, Miriam Vale notes that\n\nnobody who lived on the river asked for the wall. I know, for I was there.\n\n"
        "I have walked that wall for thirty years.12\n\nVale's memory is better than the minutes."
    )
    form, content, speaker = said(text)[0]
    assert (form, speaker) == ("block", "Miriam Vale")
    assert content.endswith("there. / I have walked that wall for thirty years.")


def test_an_essay_titled_is_the_cited_work_and_no_quotation():
    text = "Jonas Reed writes in an essay titled “The Dry Year” that\n\nthe lake fell by a metre between June and August.\n\nThis is wrong."
    result = sayings(text)
    (block,) = result.quotations
    assert text[block.work_start : block.work_end] == "The Dry Year"
    assert [use.use for use in result.scare_quotes] == ["title"]


def test_a_quotation_inside_a_quotation_knows_its_parent():
    text = "He told the inquiry: “She said, ‘Open the gate,’ and I opened it.”"
    outer, inner = sayings(text).quotations
    assert inner.parent_id == outer.id
    assert (inner.speaker_name, text[inner.start : inner.end]) == ("She", "Open the gate,")


def test_scare_quotes_words_and_titles_are_no_quotations():
    text = "The so-called “experts” of the word “resilience” wrote a book titled “Water and Power”. Nobody minded."
    result = sayings(text)
    assert not result.quotations
    assert [use.use for use in result.scare_quotes] == ["word", "word", "title"]


def test_a_signature_names_the_speaker():
    assert said("“Let the river run.” ~ Ada Finch, ferryman") == [("direct", "Let the river run.", "Ada Finch")]


def test_an_opening_mark_repeated_at_each_paragraph_is_one_quotation():
    text = "“The first part goes on,” said Hale. “It has a second.\n\n“And it ends here.”\n\nHe left."
    assert said(text) == [("direct", "The first part goes on, / It has a second. / And it ends here.", "Hale")]


def test_a_stray_mark_spoils_nothing_beyond_its_paragraph():
    good = "“The dam is safe,” said Ann Poe."
    assert said('He lost a " somewhere in the mud.\n\n' + good)[-1] == said(good)[0]


def test_capitals_only_are_read_like_other_text():
    text = 'THE MAYOR SAID THE DAM WAS SAFE. "WE CHECKED IT," SAID ANN POE. NOBODY ELSE SPOKE.'
    assert ("direct", "WE CHECKED IT,", "Ann Poe") in said(text)


def test_single_marks_and_apostrophes():
    text = "'The workers' boats are gone,' said Tom Hale. 'They left in '98.'"
    assert said(text) == [("direct", "The workers' boats are gone, / They left in '98.", "Tom Hale")]


def test_according_to_before_and_after():
    text = "According to the Harbour Office, 40 boats were lost. Twelve men drowned, according to Captain Roe."
    assert said(text) == [("indirect", "40 boats were lost", "Harbour Office"), ("indirect", "Twelve men drowned", "Roe")]


def test_speakers_without_a_name_are_kept_as_such():
    text = "A person familiar with the matter said the boats were late. Officials said that nobody was hurt."
    assert [q.speaker_is_unnamed for q in sayings(text).quotations] == [True, True]


def test_a_fragment_in_a_clause_is_mixed():
    text = "Ann Poe said that the plan was “a disaster” for the fishermen."
    assert said(text) == [("mixed", "the plan was “a disaster” for the fishermen", "Ann Poe")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Der Damm ist sicher“, sagte Bürgermeisterin Anna Poe. „Wir haben ihn geprüft.“", "Der Damm ist sicher / Wir haben ihn geprüft."),
        ("« Le barrage est sûr », a déclaré la maire Anne Poe.", "Le barrage est sûr"),
        ("«La presa es segura», dijo la alcaldesa Ana Poe.", "La presa es segura"),
        ("قالت رئيسة البلدية آنا بو: «السد آمن».", "السد آمن"),
        ("وزیر نیرو گفت: «سد ایمن است».", "سد ایمن است"),
        ("市长安娜说：“大坝是安全的。”", "大坝是安全的。"),
        ("市長は「ダムは安全だ」と述べた。", "ダムは安全だ"),
    ],
)
def test_marks_and_cues_of_other_languages(text, expected):
    (quotation,) = sayings(text).quotations
    assert " / ".join(text[a:b] for a, b in quotation.pieces) == expected
    assert quotation.speaker_name


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Der Ingenieur Karl Weiß erklärte, dass die Tore im Mai geöffnet werden.", "Karl Weiß", "die Tore im Mai geöffnet werden"),
        ("Le ministre a affirmé que les portes seraient ouvertes en mai.", "Le ministre", "les portes seraient ouvertes en mai"),
        ("Selon le préfet, tout va bien dans la vallée.", "le préfet", "tout va bien dans la vallée"),
    ],
)
def test_reported_clauses_of_other_languages(text, speaker, content):
    assert said(text) == [("indirect", content, speaker)]


def test_replacing_names_by_others_changes_no_span():
    text = "Ann Poe of the Harbour Office said that the dam was safe, but Tom Roe called it “a trap”."
    other = text.replace("Ann Poe", "Bea Orr").replace("Tom Roe", "Jim Lee")
    assert [(q.form, q.pieces, q.confidence) for q in sayings(text).quotations] == [
        (q.form, q.pieces, q.confidence) for q in sayings(other).quotations
    ]


def test_acronym_in_brackets_and_surname_are_the_long_name():
    text = (
        "The Northern Relief Agency (NRA) sent boats. The NRA's director, Lena Marsh, told the Daily Gazette that they sailed. Marsh left."
    )
    by_name = {}
    for mention in sayings(text).mentions:
        by_name.setdefault(mention.in_full, []).append(mention.surface)
    assert ["Northern Relief Agency", "NRA", "NRA"] in by_name.values()
    assert ["Lena Marsh", "Marsh"] in by_name.values()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aB .,:\"'“”‘’«»„\n—said xPoe「」。", max_size=200))
def test_spans_lie_in_the_text_whatever_it_is(text):
    result = sayings(text, document_id="d")
    for quotation in result.quotations:
        assert 0 <= quotation.start <= quotation.end <= len(text)
        assert (quotation.pieces[0][0], quotation.pieces[-1][1]) == (quotation.start, quotation.end)
        assert all(a < b for a, b in quotation.pieces)
    assert len({q.id for q in result.quotations}) == len(result.quotations)
    assert sayings(text, document_id="d").quotations == result.quotations


@pytest.mark.parametrize("unit", ['"', "“", "'", "said ", "«", "Poe writes:\n\nlong long words here\n\n"])
def test_hostile_repetition_takes_bounded_time(unit):
    sayings(unit * (20_000 // len(unit)), language="en")
