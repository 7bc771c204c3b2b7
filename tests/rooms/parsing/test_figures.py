"""The hard cases in tests/cases/figures.jsonl were written for this project (CC0); a field left out of a case is not checked."""

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstsaid.dates import day, from_edtf
from firstsaid.model import FIGURE_KINDS, MODIFIERS, Figure
from firstsaid.parsing.figures import find_figures

CASES = [json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "figures.jsonl").read_text("utf-8").splitlines()]
FIELDS = ("low", "high", "unit", "kind", "modifier", "of")


def found_in(text: str, **given_to: object) -> list[Figure]:
    return find_figures(text, [(0, len(text))], **given_to)  # type: ignore[arg-type]


def fields(figure: Figure) -> dict[str, str | None]:
    return {
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "kind": figure.kind,
        "modifier": figure.modifier,
        "of": figure.of_lemma,
    }


def compare() -> tuple[dict[str, float], list[str]]:
    """Shares over all expected figures, and what went wrong. Expected and found are paired in order of place by their bounds."""
    expected = found = both_bounds = roles = modifiers = false_alarms = n_found = 0
    wrong = []
    for case in CASES:
        figures = [fields(figure) for figure in found_in(case["text"])]
        n_found += len(figures)
        left = list(figures)
        for wanted in case["figures"]:
            expected += 1
            same = [f for f in left if (f["low"], f["high"]) == (wanted["low"], wanted["high"])]
            near = same or [f for f in left if {f["low"], f["high"]} & ({wanted["low"], wanted["high"]} - {None})]
            if not near:
                wrong.append(f"{case['text']} misses {wanted}")
                continue
            best = near[0]
            left.remove(best)
            found += 1
            both_bounds += bool(same)
            roles += all(best[name] == wanted[name] for name in ("unit", "kind", "of") if name in wanted)
            modifiers += best["modifier"] == wanted.get("modifier", best["modifier"])
            if any(best[name] != wanted[name] for name in FIELDS if name in wanted):
                wrong.append(f"{case['text']} wants {wanted} and has {best}")
        false_alarms += len(left)
        wrong += [f"{case['text']} invents {extra}" for extra in left]
    shares = {
        "found": found / expected,
        "bounds": both_bounds / expected,
        "role": roles / expected,
        "modifier": modifiers / expected,
        "false alarms": false_alarms / n_found,
    }
    return shares, wrong


def test_hard_cases_keep_their_floors() -> None:
    shares, wrong = compare()
    report = f"{shares}\n" + "\n".join(wrong)
    assert len(CASES) >= 330
    assert shares["found"] >= 0.97, report
    assert shares["bounds"] >= 0.96, report
    assert shares["role"] >= 0.93, report
    assert shares["modifier"] >= 0.96, report
    assert shares["false alarms"] <= 0.03, report


def test_spans_are_the_words_of_the_figure() -> None:
    text = "The attack left 15 dead and more than 45 injured in Kyiv."
    assert [text[f.start : f.end] for f in found_in(text)] == ["15", "more than 45"]
    assert [text[f.of_start : f.of_end] for f in found_in(text)] == ["dead", "injured"]


def test_weekday_counts_back_from_the_document() -> None:
    text = "On Monday 15 people were killed in Kyiv."
    figure = found_in(text, published=from_edtf("2024-05-15", "test"))[0]
    assert figure.as_of_earliest is not None
    assert day(figure.as_of_earliest) == "2024-05-13"
    assert figure.place == "Kyiv"


def test_day_without_year_is_the_nearest_one() -> None:
    figure = found_in("It ended on 28 December.", published=from_edtf("2024-01-05", "test"))[0]
    assert figure.low == "2023-12-28"


def test_month_in_the_sentence_dates_the_figure() -> None:
    figure = found_in("In March 2019 some 400 people drowned.")[1]
    assert figure.as_of_earliest is not None
    assert day(figure.as_of_earliest) == "2019-03-01"


def test_numbers_of_400_digits_are_left_out() -> None:
    assert found_in("He wrote " + "9" * 400 + " times and 3 " + "billion " * 400) == [] or all(
        len(f.low or "") < 100 for f in found_in("9" * 400 + " 3 " + "billion " * 400)
    )


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ja", None, "xx"])
def test_every_language_is_read_without_complaint(language: str | None) -> None:
    assert found_in("12 %", language=language)[0].unit == "percent"


PIECES = st.sampled_from(
    [
        "one",
        "two",
        "three",
        "half",
        "a",
        "million",
        "thousand",
        "hundred",
        "and",
        "-",
        "–",
        ",",
        ".",
        "/",
        "%",
        "$",
        "€",
        "1",
        "12",
        "2019",
        "100,000",
        "1.5",
        "3/4",
        "in",
        "of",
        "from",
        "to",
        "between",
        "per",
        "more",
        "than",
        "least",
        "at",
        "March",
        "Monday",
        "年",
        "月",
        "十",
        "万",
        "人",
        "½",
        "years",
        "old",
        "th",
        "s",
        "m",
        "(",
        ")",
        "[",
        "]",
        ":",
        "killed",
        "people",
        "people's",
        "#",
        "+",
        "°",
        "\n",
        "0",
        "000",
        "'111",
        "A320",
        "the",
        "or",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\n"])), max_size=30))
def test_any_mix_of_pieces_gives_ordered_spans_and_canonical_bounds(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    figures = found_in(text)
    assert figures == found_in(text)
    last = 0
    for figure in figures:
        assert last <= figure.start < figure.end <= len(text)
        last = figure.end
        assert figure.kind in FIGURE_KINDS
        assert figure.modifier in MODIFIERS
        if figure.kind != "date":
            low, high = (None if end is None else Decimal(end) for end in (figure.low, figure.high))
            assert low is None or high is None or low <= high
            assert "E" not in f"{figure.low}{figure.high}"


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    found_in(text)


@pytest.mark.parametrize("unit", ["1", "1,", "1-", "one ", "1/", "千", " - 1", "a hundred ", "$", "1'111", "4 March 2019 "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    begun = time.process_time()
    found_in(unit * (20_000 // len(unit)))
    short = time.process_time() - begun
    begun = time.process_time()
    found_in(unit * (80_000 // len(unit)))
    assert time.process_time() - begun < 12 * short + 1  # four times the text; the rest is noise of a busy machine
