import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstsaid.dates import day, from_edtf
from firstsaid.model import Prediction, Quotation
from firstsaid.parsing.predictions import find_predictions

PUBLISHED = from_edtf("2022-05-10", "test")

CASES = [json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "predictions.jsonl").read_text("utf-8").splitlines()]


def found_in(text: str, **given_to: object) -> list[Prediction]:
    return find_predictions(text, [(0, len(text))], (), **given_to)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will open next year.",
        "Ministers are expected to resign.",
        "She is going to sue the city.",
        "The mayor plans to close two schools.",
        "The bank forecasts that prices fall.",
        "They'll rebuild it by 2030.",
        "The party is set to lose its majority.",
        "The firm has pledged to cut waste.",
    ],
)
def test_future_forms_are_predictions(text: str) -> None:
    assert len(found_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Will the bridge open next year?",
        "Applicants shall hand in two copies.",
        "He will often walk to work.",
        "She had said that it would rain.",
        "It was expected to open in 2019.",
        "He wrote a last will and testament.",
        "Free will is an old question.",
        "Will Smith lives here.",
        "Students are required to wear a badge.",
        "The bridge opened last year.",
        "I will begin with a few remarks.",
        "He was going to the market.",
    ],
)
def test_look_alikes_are_no_predictions(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("The dam will be ready by 2025.", "by 2025", "2022-05-10", "2025-12-31"),
        ("It will end within a year.", "within a year", "2022-05-10", "2023-05-10"),
        ("It will open next month.", "next month", "2022-06-01", "2022-06-30"),
        ("It will be gone by the end of the decade.", "by the end of the decade", "2022-05-10", "2029-12-31"),
        ("Rates will rise over the next two years.", "over the next two years", "2022-05-10", "2024-05-10"),
        ("He will resign on 4 March 2023.", "on 4 March 2023", "2023-03-04", "2023-03-04"),
        ("The court will rule in September.", "in September", "2022-09-01", "2022-09-30"),
        ("They will vote on Friday.", "on Friday", "2022-05-13", "2022-05-13"),
        ("The road will be closed until 2024.", "until 2024", "2022-05-10", "2024-12-31"),
        ("It will rain tomorrow.", "tomorrow", "2022-05-11", "2022-05-11"),
        ("It will be built in 2031.", "in 2031", "2031-01-01", "2031-12-31"),
        ("The gap will close by the end of this year.", "by the end of this year", "2022-05-10", "2022-12-31"),
        ("The troops will leave in six months.", "in six months", "2022-05-10", "2022-11-10"),
    ],
)
def test_horizon_is_resolved_against_the_document(text: str, words: str, first: str, last: str) -> None:
    (prediction,) = found_in(text, published=PUBLISHED)
    assert prediction.horizon_start is not None
    assert text[prediction.horizon_start : prediction.horizon_end] == words
    assert prediction.horizon_earliest is not None
    assert prediction.horizon_latest is not None
    assert (day(prediction.horizon_earliest), day(prediction.horizon_latest)) == (first, last)


def test_horizon_without_a_document_date_is_a_span_only() -> None:
    (prediction,) = found_in("It will end within a year.")
    assert prediction.horizon_start == 12
    assert prediction.horizon_latest is None


def test_month_that_something_was_issued_in_is_no_horizon() -> None:
    (prediction,) = found_in("The bank will sell the bonds that it issued in May.", published=PUBLISHED)
    assert prediction.horizon_start is None


def test_condition_is_a_span() -> None:
    text = "If the talks fail, the army will march."
    (prediction,) = found_in(text)
    assert text[prediction.condition_start : prediction.condition_end] == "If the talks fail"


def test_prediction_in_a_quotation_is_quoted() -> None:
    text = '"We will win in 2030," she said.'
    quotation = Quotation("q", "", 1, 20, "direct", ((1, 20),))
    (prediction,) = find_predictions(text, [(0, len(text))], (quotation,))
    assert prediction.is_quoted


@pytest.mark.parametrize(
    ("text", "language", "n"),
    [
        ("Die Partei wird im Jahr 2025 die Mehrheit verlieren.", "de", 1),
        ("Die Brücke wird derzeit gebaut.", "de", 0),
        ("Le pont sera fini en 2025.", "fr", 1),
        ("Le pont est fini.", "fr", 0),
        ("El puente estará listo en 2025.", "es", 1),
    ],
)
def test_other_languages_have_basic_forms(text: str, language: str, n: int) -> None:
    assert len(found_in(text, language=language)) == n


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr", None]))
def test_any_text_is_read(text: str, language: str | None) -> None:
    for prediction in found_in(text + " will fall by 2031 if it rains", published=PUBLISHED, language=language):
        assert 0 <= prediction.start < prediction.end


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_hard_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = found_in(text, published=PUBLISHED, language=case["language"])
    assert bool(found) == case["predicts"]
    for prediction in found:
        condition = None if prediction.condition_start is None else text[prediction.condition_start : prediction.condition_end]
        assert condition == case["condition"]
        words = None if prediction.horizon_start is None else text[prediction.horizon_start : prediction.horizon_end]
        wanted = case["horizon"]
        assert words == (wanted["words"] if wanted else None)
        days = [None if moment is None else day(moment) for moment in (prediction.horizon_earliest, prediction.horizon_latest)]
        assert days == ([wanted["first"], wanted["last"]] if wanted else [None, None])


@pytest.mark.parametrize("words", ["by the end of ", "will by May ", "within ", "in the first ", "will the next "])
def test_horizons_in_a_row_are_read(words: str) -> None:
    assert len(found_in(words * 100 + "it will rain")) <= 1
