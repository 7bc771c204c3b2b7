"""Small texts with the name that each statement's speaker should come out as; written for the project (CC0). `*`: a speaker not named."""

import json
from pathlib import Path

import pytest

from firstsaid.parsing import annotate

CASES = [json.loads(line) for line in (Path(__file__).parents[2] / "cases" / "names.jsonl").read_text(encoding="utf-8").splitlines()]


def marked(case):
    reason = case.get("known_failure")
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(case, id=f"{case['kind']}: {case['text'][:40]}", marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_speakers_come_out_under_their_names(case):
    found = annotate(case["text"], language=case["language"]).quotations
    assert [("*" if one.speaker_is_unnamed else "") + (one.speaker_name or "-") for one in found] == case["speakers"]


def test_there_are_enough_cases_of_every_kind():
    assert len(CASES) >= 80
    assert sum("known_failure" in case for case in CASES) <= 0.08 * len(CASES)


def test_a_capital_behind_an_office_and_a_stop_begins_a_sentence():
    text = "“We go,” said Marta Lind, the director. According to Lind, the pier falls. Dr. Roe agreed with Sen. Poe."
    assert [text[one.start : one.end] for one in annotate(text, language="en").mentions] == ["Marta Lind", "Lind", "Roe", "Poe"]
