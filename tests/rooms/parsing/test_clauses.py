"""Statements in the writer's words, by the parse. All passages were written for these tests (CC0)."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.parsing import annotate
from firstsaid.parsing.clauses import parser
from firstsaid.parsing.clauses.clauses import find_clauses
from firstsaid.parsing.clauses.parser import MAX_CHARACTERS, ParserError, check, model_folder, trees_of
from firstsaid.parsing.sayings import Mode, sayings
from firstsaid.parsing.structure import take_apart


def said(text, **mode):
    """(form, content, speaker's span) of every quotation."""
    return [
        (q.form, " / ".join(text[a:b] for a, b in q.pieces), text[q.speaker_start : q.speaker_end] if q.speaker_start is not None else None)
        for q in sayings(text, language="en", mode=Mode(**mode)).quotations
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("The engineer said that the dam would hold until spring.", "the dam would hold until spring", "The engineer"),
        ("The dam would hold until spring, the engineer said on Monday.", "The dam would hold until spring", "the engineer"),
        ("According to the harbour board, the quay was never closed.", "the quay was never closed", "the harbour board"),
        ("The quay was never closed, according to the harbour board.", "The quay was never closed", "the harbour board"),
        ("Ann Poe warned the council that the wells would run dry.", "the wells would run dry", "Ann Poe"),
        ("She denied that anybody had opened the gate.", "anybody had opened the gate", "She"),
        (
            "According to Lind, the NRA, which is funded by the Harbour Trust, will rebuild the pier.",
            "the NRA, which is funded by the Harbour Trust, will rebuild the pier",
            "Lind",
        ),
        (
            "The clerk said that the town had signed a pact of counter-flooding.",
            "the town had signed a pact of counter-flooding",
            "The clerk",
        ),
        ("A report by the water board found that the pumps were old.", "the pumps were old", "A report by the water board"),
    ],
)
def test_a_statement_has_its_clause_and_its_whole_subject(text, content, speaker):
    assert ("indirect", content, speaker) in said(text)


def test_words_between_marks_inside_a_clause_make_it_a_mixed_one():
    assert said("The mayor said that the quay was “the town's memory” and would be rebuilt.") == [
        ("mixed", "the quay was “the town's memory” and would be rebuilt", "The mayor")
    ]


def test_what_stands_between_marks_alone_stays_direct():
    assert said("“We checked every pump,” said Ann Poe, who keeps the books.")[0][:2] == ("direct", "We checked every pump,")


def test_without_the_parser_only_what_is_marked_is_found():
    text = "The engineer said that the dam would hold. “It will hold,” said Ann Poe."
    assert [form for form, _, _ in said(text)] == ["indirect", "direct"]
    assert [form for form, _, _ in said(text, is_parsed=False)] == ["direct"]
    assert [q.form for q in annotate(text, parser=False).quotations] == ["direct"]


def test_precise_leaves_out_what_nobody_is_found_to_say():
    text = "The quay lay empty. “We will never come back to this town.” It rained."
    assert said(text)
    assert said(text, is_precise=True) == []


@given(st.lists(st.sampled_from(["re-elected", "counter-terrorism", "mail-in", "mayor", "said", "that", "and", "was", ","]), max_size=25))
@settings(max_examples=15, deadline=None)
def test_no_statement_ends_inside_a_hyphenated_word(words):
    text = "Ann Poe said that " + " ".join(words) + "."
    for quotation in sayings(text, language="en").quotations:
        for start, end in quotation.pieces:
            assert text[start - 1 : start] != "-"
            assert text[end : end + 1] != "-"


def test_precise_lists_a_part_of_the_usual_statements():
    text = "The mayor said that the quay would be rebuilt. The board likes the plan, and the clerk hopes for rain."
    assert set(said(text, is_precise=True)) <= set(said(text))


def test_a_text_in_another_language_never_loads_the_parser(monkeypatch):
    def refuse():
        raise AssertionError("the parser was asked for")

    monkeypatch.setattr(parser, "_pipeline", refuse)
    sayings("Der Bürgermeister sagte, dass die Brücke im Mai wieder geöffnet wird und dass niemand verletzt worden ist.")


def test_a_sentence_without_end_is_not_parsed():
    text = "he said that the dam was safe and that " * (MAX_CHARACTERS // 30)
    page = take_apart(text, (), "en")
    assert trees_of(page, range(len(page.units))) == []
    assert find_clauses(page, []).found == []


def test_other_data_than_the_pinned_are_refused(tmp_path: Path):
    check(model_folder())
    with pytest.raises(ParserError):
        check(tmp_path)


WORDS = ["He", "said,", "that", "“", "”", "the", "mayor", '"', "denied", "X", "according", "to", ".", ";", "(", "—", "told", "it\n"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_give_pieces_in_order_inside_the_text(words):
    text = " ".join(words)
    for quotation in sayings(text, language="en").quotations:
        ends = [position for piece in quotation.pieces for position in piece]
        assert ends == sorted(ends)
        assert ends[0] >= 0
        assert ends[-1] <= len(text)


def test_a_text_gives_the_same_alone_and_after_others():
    text = "The clerk said that the books were kept. “They were not,” the mayor replied."
    alone = said(text)
    sayings("The farmer claims that the well is dry. According to Ann Poe, it is not.", language="en")
    assert said(text) == alone


SENTENCES = (
    "{person} said on Tuesday that {place} would not sign the treaty, and {body} told reporters that the talks had failed.",
    "According to {paper}, {surname} wants the harbour of {place} to be closed before winter.",
    "{surname} called the plan “a gift to {body}” and denied that anybody in {place} had paid for it.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "names",
    [
        ("Omar Farouk", "Farouk", "Somalia", "NRA", "Teheran Journal"),
        ("Ines Duarte", "Duarte", "Norway", "WHO", "Boston Herald"),
        ("Li Wei", "Wei", "Israel", "FBI", "Pravda Post"),
    ],
)
def test_other_names_leave_every_statement_as_it_was(sentence, names):
    slots = ("person", "surname", "place", "body", "paper")

    def nameless(chosen):
        text = "The talks began on Monday. " + sentence.format(**dict(zip(slots, chosen, strict=True)))
        found = said(text)
        for name, slot in sorted(zip(chosen, slots, strict=True), key=lambda pair: -len(pair[0])):
            found = [tuple(part and part.replace(name, slot) for part in row) for row in found]
        return found

    assert nameless(names) == nameless(("Edda Marrin", "Marrin", "Corvane", "KBU", "Solvane Journal"))
    assert nameless(names)
