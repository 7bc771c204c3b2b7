"""What a fact-checker must not be shown. All passages were written for these tests (CC0)."""

import time

import pyarrow as pa
import pytest

from firstsaid.columns import unnested
from firstsaid.dates import day, from_edtf
from firstsaid.model import Layout
from firstsaid.parsing import annotate
from firstsaid.parsing.kernels import figure_rows, said_rows
from firstsaid.parsing.predictions import find_predictions


def said(text):
    return [(q.form, text[q.start : q.end], q.speaker_name) for q in annotate(text, language="en").quotations]


def names(text):
    return {m.surface for m in annotate(text, language="en").mentions}


@pytest.mark.parametrize(
    "text",
    [
        "It was agreed that the clock should be taken down by the end of May.",
    ],
)
def test_what_is_no_person_body_or_text_is_no_speaker(text):
    assert [speaker for _, _, speaker in said(text)] in ([], [None])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Poe on Tuesday said that the river would fall by May.", "Ann Poe"),
        ("The retired surgeon said that the river would fall by May.", "The retired surgeon"),
        ("The Harbour Board met. It said that the river would fall by May.", "Harbour Board"),
        ("The mayor of Norton, Ann Poe, said that the river would fall by May.", "Ann Poe"),
        ("Two of her neighbours said that the river would fall by May.", "Two of her neighbours"),
        ("Ann Poe, who runs the mill, said that the river would fall by May.", "Ann Poe"),
    ],
)
def test_speakers_are_found_behind_times_and_appositions(text, speaker):
    assert [row[2] for row in said(text)] == [speaker]


def test_a_statement_ends_before_its_footnote_marker():
    assert said("The surveyor said that the harbour was 38 fathoms.[12] He left.")[0][1] == "the harbour was 38 fathoms"


def test_one_word_states_nothing():
    assert said("A member of the public asked about dogs. Ann Poe repeats what she wrote.") == []


def test_footnote_markers_are_no_figures():
    text = "Nobody counted the riots.4 In 201867: twelve men left.5 The rest stayed with 40 boats.6"
    figures = annotate(text, language="en").figures
    assert [text[f.start : f.end] for f in figures] == ["twelve", "40"]


def test_boilerplate_says_nothing():
    text = "“It rains,” said Ann Poe.\n\n“We value your 12 clicks,” said the Footer Company."
    layout = (Layout("d", 27, len(text), "boilerplate", reason="footer"),)
    found = annotate(text, layout=layout)
    assert [text[q.start : q.end] for q in found.quotations] == ["It rains,"]
    assert not found.figures
    item = {"start": 27, "end": len(text), "kind": "boilerplate", "target": None, "reason": "footer"}
    table = pa.Table.from_pylist([{"document_id": "d", "text": text, "language": "en", "layout": [item]}])
    assert unnested(said_rows(table), "quotation").num_rows == 1
    assert figure_rows(table).num_rows == 0


def test_headings_and_openings_give_no_names():
    text = "Chair In Global River Politics\n\nSaying I'm tired, Ann Poe left on May 4. Gravel came on Thursday. Unlike Poe, we stayed."
    assert names(text) == {"Ann Poe", "Poe"}


@pytest.mark.parametrize(
    ("text", "language", "last"),
    [
        ("It will be ready by the spring of 2023.", "en", "2023-05-31"),
        ("It will be ready before the end of spring 2023.", "en", "2023-05-31"),
        ("It will be ready by summer.", "en", "2023-08-31"),
        ("It will open in winter.", "en", "2023-02-28"),
        ("It will close before spring.", "en", "2023-02-28"),
        ("Die Brücke soll bis Frühjahr 2023 stehen.", "de", "2023-05-31"),
        ("Le pont sera fini avant la fin de l’été 2023.", "fr", "2023-08-31"),
    ],
)
def test_seasons_are_horizons(text, language, last):
    (found,) = find_predictions(text, [(0, len(text))], (), published=from_edtf("2022-09-05", "test"), language=language)
    assert found.horizon_latest is not None
    assert day(found.horizon_latest) == last


@pytest.mark.parametrize(
    "text", ["You will not need me to tell you so.", "She will not say what she wrote.", "Those who will come are few."]
)
def test_future_forms_of_nothing_to_come_are_no_predictions(text):
    assert not find_predictions(text, [(0, len(text))], ())


@pytest.mark.parametrize("unit", ["said ", '"', "1 ", '"a ', "the X said, ", "1\n"])
def test_a_hundred_thousand_characters_of_anything_end_soon(unit):
    begun = time.process_time()
    annotate((unit * 100_000)[:100_000], language="en")
    assert time.process_time() - begun < 5
